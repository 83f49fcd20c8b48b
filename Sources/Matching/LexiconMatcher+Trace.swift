internal import ChineseText
internal import Lexicons
package import Messages

/// What the rules of a lexicon do with one text, and what keeps them from firing.
///
/// For people: it costs many times what matching does.
package struct MatchTrace: Sendable {
    /// A word of the lexicon in the text.
    package struct Word: Sendable {
        /// The word in normal form.
        package var text: String
        /// Half-open UTF-8 byte offsets in the original.
        package var span: Range<Int>
    }

    /// The words of all rules' conditions, in text order.
    package var words: [Word] = []
    /// The rules and guards of which at least one condition is met, in their order.
    package var rules: [RuleTrace] = []
}

/// What one rule does with a text.
package struct RuleTrace: Sendable {
    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        case fired
        /// No word of these conditions (from 0) is in the text.
        case missing([Int])
        /// A word under `unless` or `unless-anywhere` cancels it.
        case cancelled(key: String, word: String, span: Range<Int>)
        /// The words stand further apart than `within`: so many characters.
        case apart(Int)
        /// The words stand in the wrong order.
        case order
        /// The words stand in different sentences.
        case otherSentences
        /// Nothing is left after what stopped single hits.
        case stopped
        /// The pattern does not match.
        case noPattern
        /// The pattern ran into its limit.
        case undecided
    }

    /// A hit that does not count, and why.
    package struct Stopped: Sendable {
        package var span: Range<Int>
        /// `not-after`, `not-before`, `protect` or `boundaries`.
        package var key: String
        /// The word that stopped it; empty for boundaries.
        package var word: String
    }

    package var id: String
    package var effect: RuleMatch.Effect
    /// How many conditions it has.
    package var conditionCount: Int
    /// The hits by condition, also those that were stopped.
    package var hits: [[Range<Int>]]
    package var outcome: Outcome
    package var stopped: [Stopped] = []
    /// Where it fired.
    package var matches: [RuleMatch] = []
    /// The most characters between the words that the rule allows.
    package var within: Int
}

extension LexiconMatcher {
    /// What the rules do with a text.
    ///
    /// `mostMissing` is how many conditions a rule may lack to be told of; 0 tells of those alone that could fire.
    package func trace(of text: String, scratch: Scratch, mostMissing: Int = 0) -> MatchTrace {
        var copy = text
        return copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            scratch.setGreetingAside()
            var trace = MatchTrace()
            guard scan(scratch) else { return trace }
            let view = TextView(scratch.text)
            var seen: Set<Range<Int>> = []
            for hit in scratch.hits.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
                let units = Int(hit.start)..<Int(hit.end)
                guard seen.insert(units).inserted else { continue }
                trace.words.append(.init(text: word(units, view), span: view.text.original(units)))
            }
            for rule in rules {
                if let told = self.trace(of: rule, view, bytes, scratch, mostMissing: mostMissing) {
                    trace.rules.append(told)
                }
            }
            return trace
        }
    }

    private func word(_ units: Range<Int>, _ view: TextView) -> String {
        String(decoding: view.text.units[units], as: UTF16.self)
    }

    private func trace(
        of rule: CompiledRule, _ view: TextView, _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: Scratch,
        mostMissing: Int
    ) -> RuleTrace? {
        let hits = rule.gate.map { group in scratch.hits.filter { isMember($0.term, of: group) } }
        let missing = hits.indices.filter { hits[$0].isEmpty }
        guard missing.count < hits.count, missing.count <= mostMissing else { return nil }
        var told = RuleTrace(
            id: rule.id, effect: rule.effect, conditionCount: rule.groups.count,
            hits: hits.map { list in list.map { view.text.original(Int($0.start)..<Int($0.end)) } }, outcome: .fired,
            within: rule.within)
        guard missing.isEmpty else {
            told.outcome = .missing(missing)
            return told
        }
        var result = Result()
        evaluate(rule, view, bytes, scratch, into: &result)
        told.matches = result.matches
        collect(rule, scratch)
        let meeting = scratch.meeting
        for (hit, _) in meeting { if let stop = stop(hit, rule, view, bytes, scratch) { told.stopped.append(stop) } }
        if result.matches.isEmpty {
            told.outcome = result.undecided.isEmpty ? obstacle(rule, meeting, view, bytes, scratch) : .undecided
        }
        return told
    }

    /// Why a hit does not count; nil when it does.
    private func stop(
        _ hit: TermHit, _ rule: CompiledRule, _ view: TextView, _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: Scratch
    ) -> RuleTrace.Stopped? {
        guard !counts(hit, rule, view, bytes, scratch) else { return nil }
        let units = Int(hit.start)..<Int(hit.end)
        let span = view.text.original(units)
        if !rule.nearBits.isEmpty, mayStand(rule.nearBits, scratch) {
            for other in scratch.vetoHits {
                let range = Int(other.start)..<Int(other.end)
                let key: String? =
                    if Self.holds(rule.afterBits, other.term), view.isNear(range.upperBound, units.lowerBound) {
                        "not-after"
                    } else if Self.holds(rule.beforeBits, other.term), view.isNear(units.upperBound, range.lowerBound) {
                        "not-before"
                    } else if Self.holds(rule.protectBits, other.term), range.lowerBound <= units.lowerBound,
                        range.upperBound >= units.upperBound
                    {
                        "protect"
                    } else {
                        nil
                    }
                if let key { return .init(span: span, key: key, word: word(range, view)) }
            }
        }
        return .init(span: span, key: "boundaries", word: "")
    }

    /// What keeps a rule whose every condition has a word from firing.
    private func obstacle(
        _ rule: CompiledRule, _ meeting: [(hit: TermHit, conditions: UInt8)], _ view: TextView,
        _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: Scratch
    ) -> RuleTrace.Outcome {
        func veto(_ bits: SparseBits, in sentence: Range<Int>) -> (String, Range<Int>)? {
            guard !bits.isEmpty, mayStand(bits, scratch) else { return nil }
            let found = scratch.vetoHits.first { hit in
                Self.holds(bits, hit.term) && Int(hit.start) >= sentence.lowerBound
                    && Int(hit.end) <= sentence.upperBound
            }
            return found.map {
                (word(Int($0.start)..<Int($0.end), view), view.text.original(Int($0.start)..<Int($0.end)))
            }
        }
        if let (word, span) = veto(rule.anywhereBits, in: 0..<view.count) {
            return .cancelled(key: "unless-anywhere", word: word, span: span)
        }
        let alive = meeting.filter { counts($0.hit, rule, view, bytes, scratch) }
        func chains(_ within: Int, _ across: Bool, _ ordered: Bool) -> [[Range<Int>]] {
            scratch.chain.begin(rule, within: within, across: across, ordered: ordered)
            for (hit, conditions) in alive {
                scratch.chain.add(Int(hit.start)..<Int(hit.end), conditions: conditions, in: view)
            }
            return scratch.chain.found
        }
        guard !rule.groups.isEmpty else {
            for hit in scratch.hits where rule.requires.map({ isMember(hit.term, of: $0) }) ?? false {
                if let (word, span) = veto(rule.unlessBits, in: view.sentence(of: Int(hit.start))) {
                    return .cancelled(key: "unless", word: word, span: span)
                }
            }
            return .noPattern
        }
        let found = chains(rule.within, rule.across, rule.ordered)
        for spans in found {
            guard let first = spans.first, let last = spans.last else { continue }
            let sentence =
                view.sentence(of: first.lowerBound).lowerBound..<view.sentence(of: last.lowerBound).upperBound
            if let (word, span) = veto(rule.unlessBits, in: sentence) {
                return .cancelled(key: "unless", word: word, span: span)
            }
        }
        if !found.isEmpty { return .noPattern }
        let wide = chains(view.count, rule.across, rule.ordered)
        if let gap = wide.map(Self.widestGap).min() { return .apart(gap) }
        if rule.ordered, !chains(view.count, rule.across, false).isEmpty { return .order }
        if !rule.across, !chains(view.count, true, rule.ordered).isEmpty { return .otherSentences }
        return .stopped
    }

    private static func widestGap(_ spans: [Range<Int>]) -> Int {
        zip(spans, spans.dropFirst()).map { $1.lowerBound - $0.upperBound }.max() ?? 0
    }
}
