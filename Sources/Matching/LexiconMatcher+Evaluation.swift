internal import ChineseText
internal import Lexicons
internal import Messages

extension LexiconMatcher {
    /// The rules that fire on a text.
    ///
    /// The bytes must be valid UTF-8.
    public func result(for text: UnsafeBufferPointer<UInt8>, scratch: Scratch) -> Result {
        scratch.normalize(text)
        return result(forNormalized: text, scratch: scratch)
    }

    /// The rules that fire on a text that `Scratch.normalize` was called with last.
    ///
    /// Guards are looked at only where evidence was found, unless `asksGuards` is set.
    public func result(
        forNormalized text: UnsafeBufferPointer<UInt8>, asksGuards: Bool = false, scratch: Scratch
    ) -> Result {
        var result = Result()
        guard scan(scratch) else { return result }
        collectCandidates(scratch)
        guard asksGuards || !scratch.candidates.isEmpty else { return result }
        let view = TextView(scratch.text)
        let candidates = scratch.candidates
        for index in candidates {
            evaluate(rules[Int(index)], view, text, scratch, into: &result)
        }
        result.isCandidate = !result.matches.isEmpty || !result.undecided.isEmpty
        guard asksGuards || !result.matches.isEmpty else { return result }
        for index in guards where isOpen(rules[Int(index)], scratch) {
            evaluate(rules[Int(index)], view, text, scratch, into: &result)
        }
        return result
    }

    /// The named sets whose words stand in the text that was normalised last, each once, in the order of the text.
    ///
    /// By digests of their names; at most 20, which is what a long message has.
    public func classes(in scratch: Scratch) -> [UInt32] {
        scratch.classes.removeAll(keepingCapacity: true)
        guard scan(scratch) else { return scratch.classes }
        var found = exchange(&scratch.classes, with: [])
        scratch.hits.withUnsafeBufferPointer { hits in
            classStarts.withUnsafeBufferPointer { starts in
                classes.withUnsafeBufferPointer { classes in
                    // Hits come in the order of the text, shorter ones first.
                    for hit in hits where found.count < 20 {
                        let term = Int(hit.term)
                        for place in Int(starts[term])..<Int(starts[term + 1])
                        where found.count < 20 && !found.contains(classes[place]) {
                            found.append(classes[place])
                        }
                    }
                }
            }
        }
        scratch.classes = found
        return found
    }

    /// The rules that fire on a string.
    ///
    /// For tools and tests.
    public func result(for text: String, scratch: Scratch) -> Result {
        var copy = text
        return copy.withUTF8 { result(for: $0, scratch: scratch) }
    }

    /// The literal scan: fills `hits` with what counts as a hit at all, and the bits of the groups.
    ///
    /// False when there is none.
    func scan(_ scratch: Scratch) -> Bool {
        if scratch.isScanned { return !scratch.hits.isEmpty }
        scratch.isScanned = true
        scratch.hits.removeAll(keepingCapacity: true)
        scanner.scan(scratch.text, into: &scratch.hits)
        if !isRepeatable.isEmpty {
            scratch.squeezed.scan(scratch.text, with: scanner, isRepeatable, into: &scratch.hits)
        }
        guard !scratch.hits.isEmpty else { return false }
        let normal = scratch.text
        scratch.hits.removeAll { !isWord($0, normal) }
        guard !scratch.hits.isEmpty else { return false }
        if scratch.bits.count != membership.width || scratch.tried.count != rules.count {
            scratch.bits = [UInt64](repeating: 0, count: membership.width)
            scratch.tried = [Bool](repeating: false, count: rules.count)
        }
        scratch.hasVetoes = false
        scratch.hits.withUnsafeBufferPointer { hits in
            membership.withUnsafeRows { rows in
                scratch.bits.withUnsafeMutableBufferPointer { bits in
                    for word in bits.indices { bits[word] = 0 }
                    for hit in hits { rows.formUnion(of: Int(hit.term), into: bits) }
                }
            }
        }
        return true
    }

    /// Dropped noise inside a word must look like what people put there; Latin words and numbers must be whole.
    private func isWord(_ hit: TermHit, _ text: NormalizedText) -> Bool {
        let start = Int(hit.start)
        let end = Int(hit.end)
        if wholeAtStart[Int(hit.term)], start > 0, text.gaps[start].isEmpty, Self.isLatin(text.units[start - 1]) {
            return false
        }
        if wholeAtEnd[Int(hit.term)], end < text.count, text.gaps[end].isEmpty, Self.isLatin(text.units[end]) {
            return false
        }
        var spaces = 0
        for index in (start + 1)..<max(start + 1, end) where !text.gaps[index].isEmpty {
            if text.gaps[index].contains(.wide) { return false }
            if text.gaps[index] == .space { spaces += 1 }
        }
        // 贪 污 and 村 干 部 are spelt out; 低保 户口 is two words.
        return spaces == 0 || spaces == end - start - 1
    }

    /// The evidence rules whose every condition has a word in the text, in the order of the rules.
    func collectCandidates(_ scratch: Scratch) {
        var found = exchange(&scratch.candidates, with: [])
        found.removeAll(keepingCapacity: true)
        scratch.hits.withUnsafeBufferPointer { hits in
            scratch.bits.withUnsafeBufferPointer { bits in
                scratch.tried.withUnsafeMutableBufferPointer { tried in
                    anchored.withUnsafeBufferPointer { anchored in
                        anchoredStarts.withUnsafeBufferPointer { starts in
                            gates.withUnsafeBufferPointer { gates in
                                for hit in hits {
                                    let term = Int(hit.term)
                                    for place in Int(starts[term])..<Int(starts[term + 1]) {
                                        let rule = Int(anchored[place])
                                        if !tried[rule], Self.isOpen(gates, rule, bits) {
                                            tried[rule] = true
                                            found.append(anchored[place])
                                        }
                                    }
                                }
                                for rule in found { tried[Int(rule)] = false }
                            }
                        }
                    }
                }
            }
        }
        found.sort()
        scratch.candidates = found
    }

    /// Whether each of a rule's groups is hit; `gates` holds six places for each rule, -1 where it has fewer groups.
    @inline(__always)
    private static func isOpen(
        _ gates: UnsafeBufferPointer<Int32>, _ rule: Int, _ bits: UnsafeBufferPointer<UInt64>
    ) -> Bool {
        for place in rule * gateWidth..<(rule + 1) * gateWidth {
            let group = gates[place]
            if group < 0 { return true }
            if bits[Int(group >> 6)] >> UInt64(group & 63) & 1 == 0 { return false }
        }
        return true
    }

    func isOpen(_ rule: CompiledRule, _ scratch: Scratch) -> Bool {
        for group in rule.gate where !isHit(group, scratch) { return false }
        return true
    }

    private func isHit(_ group: Int, _ scratch: Scratch) -> Bool {
        scratch.bits[group >> 6] >> UInt64(group & 63) & 1 != 0
    }

    func isMember(_ term: Int32, of group: Int) -> Bool {
        membership.contains(group, row: Int(term))
    }

    /// Looks for the rule's words in the right distance and order, sentence by sentence.
    func evaluate(
        _ rule: CompiledRule, _ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ scratch: Scratch,
        into result: inout Result
    ) {
        if !rule.anywhereBits.isEmpty, mayStand(rule.anywhereBits, scratch) { return }
        var isUndecided = false
        if rule.groups.isEmpty {
            guard let group = rule.requires else { return }
            let sentences = Set(
                scratch.hits.filter { isMember($0.term, of: group) }.map { view.sentence(of: Int($0.start)) })
            for sentence in sentences.sorted(by: { $0.lowerBound < $1.lowerBound })
            where !cancels(rule, view, sentence, scratch) {
                switch match(rule, view, sentence, scratch) {
                case .match(let span):
                    append(rule, [span], sentence, view, into: &result)
                case .noMatch: break
                case .undecided: isUndecided = true
                }
            }
        } else {
            collect(rule, scratch)
            guard scratch.meeting.count >= rule.groups.count else { return }
            scratch.chain.begin(rule)
            for (hit, conditions) in scratch.meeting where counts(hit, rule, view, text, scratch) {
                scratch.chain.add(Int(hit.start)..<Int(hit.end), conditions: conditions, in: view)
            }
            let found = scratch.chain.found
            for spans in found {
                guard let first = spans.first, let last = spans.last else { continue }
                let sentence =
                    view.sentence(of: first.lowerBound).lowerBound..<view.sentence(of: last.lowerBound).upperBound
                if cancels(rule, view, sentence, scratch) { continue }
                var spans = spans
                if rule.pattern != nil {
                    switch match(rule, view, sentence, scratch) {
                    case .match(let span):
                        // Both halves show.
                        if !spans.contains(where: {
                            $0.lowerBound <= span.lowerBound && span.upperBound <= $0.upperBound
                        }) {
                            spans.removeAll { span.lowerBound <= $0.lowerBound && $0.upperBound <= span.upperBound }
                            spans.insert(span, at: spans.firstIndex { $0.lowerBound > span.lowerBound } ?? spans.count)
                        }
                    case .noMatch: continue
                    case .undecided:
                        isUndecided = true
                        continue
                    }
                }
                append(rule, spans, sentence, view, into: &result)
            }
        }
        if isUndecided { result.undecided.append(rule.id) }
    }

    /// The hits that meet any condition of a rule, with the bits of those that they meet.
    func collect(_ rule: CompiledRule, _ scratch: Scratch) {
        var meeting = exchange(&scratch.meeting, with: [])
        meeting.removeAll(keepingCapacity: true)
        scratch.hits.withUnsafeBufferPointer { hits in
            membership.withUnsafeRows { rows in
                rule.groups.withUnsafeBufferPointer { groups in
                    for hit in hits {
                        var conditions: UInt8 = 0
                        for index in groups.indices where rows.contains(groups[index], row: Int(hit.term)) {
                            conditions |= 1 << UInt8(index)
                        }
                        if conditions != 0 { meeting.append((hit, conditions)) }
                    }
                }
            }
        }
        scratch.meeting = meeting
    }

    private func append(
        _ rule: CompiledRule, _ spans: [Range<Int>], _ sentence: Range<Int>, _ view: TextView, into result: inout Result
    ) {
        result.matches.append(
            RuleMatch(
                rule: rule.id, effect: rule.effect, spans: spans.map(view.text.original),
                sentence: view.text.original(sentence)))
    }

    func cancels(
        _ rule: CompiledRule, _ view: TextView, _ sentence: Range<Int>, _ scratch: Scratch
    ) -> Bool {
        guard !rule.unlessBits.isEmpty, mayStand(rule.unlessBits, scratch) else { return false }
        return Self.hits(scratch.vetoHits, startingIn: sentence).contains { hit in
            Self.holds(rule.unlessBits, hit.term) && Int(hit.end) <= sentence.upperBound
        }
    }

    /// The hits that start in a stretch; `hits` are in the order of their starts.
    ///
    /// A long text has many hits and many sentences: to try all on all would take its length squared.
    static func hits(_ hits: [TermHit], startingIn stretch: Range<Int>) -> ArraySlice<TermHit> {
        func first(from place: Int) -> Int {
            var (low, high) = (0, hits.count)
            while low < high {
                let middle = (low + high) / 2
                if Int(hits[middle].start) < place { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let start = first(from: stretch.lowerBound)
        return hits[start..<max(start, first(from: stretch.upperBound))]
    }

    /// Whether a word's bit is set.
    static func holds(_ bits: SparseBits, _ term: Int32) -> Bool { bits.contains(Int(term)) }

    /// Whether any of the veto words stands anywhere in the text; the scan for them is made when first asked for.
    func mayStand(_ words: SparseBits, _ scratch: Scratch) -> Bool {
        if !scratch.hasVetoes {
            scratch.hasVetoes = true
            scratch.vetoHits.removeAll(keepingCapacity: true)
            vetoes.scan(scratch.text, into: &scratch.vetoHits)
            if scratch.vetoBits.count != vetoWordCount {
                scratch.vetoBits = [UInt64](repeating: 0, count: vetoWordCount)
            }
            for word in 0..<vetoWordCount { scratch.vetoBits[word] = 0 }
            scratch.longestVeto = 0
            for hit in scratch.vetoHits {
                scratch.vetoBits[Int(hit.term) >> 6] |= 1 << UInt64(hit.term & 63)
                scratch.longestVeto = max(scratch.longestVeto, Int(hit.end - hit.start))
            }
        }
        return words.meets(scratch.vetoBits)
    }

    /// Whether a hit survives the rule's own conditions on it.
    func counts(
        _ hit: TermHit, _ rule: CompiledRule, _ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ scratch: Scratch
    ) -> Bool {
        let span = Int(hit.start)..<Int(hit.end)
        if !rule.nearBits.isEmpty, mayStand(rule.nearBits, scratch) {
            let reach = scratch.longestVeto + TextView.nearUnits
            for other in Self.hits(
                scratch.vetoHits, startingIn: span.lowerBound - reach..<span.upperBound + TextView.nearUnits + 1)
            {
                if Self.holds(rule.afterBits, other.term), view.isNear(Int(other.end), span.lowerBound) { return false }
                if Self.holds(rule.beforeBits, other.term), view.isNear(span.upperBound, Int(other.start)) {
                    return false
                }
                if Self.holds(rule.protectBits, other.term), Int(other.start) <= span.lowerBound,
                    Int(other.end) >= span.upperBound
                {
                    return false
                }
            }
        }
        let mustBeWord = needsBreaks[Int(hit.term)]
        guard rule.boundaries != .none || mustBeWord else { return true }
        let breaks = view.breaks(segmenter, text, scratch.segmenter)
        let bytes = view.text.original(span)
        let start = breaks.contains(bytes.lowerBound)
        let end = breaks.contains(bytes.upperBound)
        return rule.boundaries == .both || mustBeWord ? start && end : start || end
    }

    /// Tries the pattern on a sentence; of a very long one only on the surroundings of the required words.
    func match(
        _ rule: CompiledRule, _ view: TextView, _ sentence: Range<Int>, _ scratch: Scratch
    ) -> UnitOutcome {
        guard let pattern = rule.pattern, let group = rule.requires else { return .noMatch }
        var outcome = UnitOutcome.noMatch
        var done = sentence.lowerBound
        for hit in Self.hits(scratch.hits, startingIn: sentence) where isMember(hit.term, of: group) {
            let window =
                sentence.count <= 2_000
                ? sentence
                : max(done, Int(hit.start) - 500)..<min(sentence.upperBound, Int(hit.end) + 500)
            guard window.upperBound > done else { continue }
            done = window.upperBound
            let subject = view.subject(window)
            switch pattern.firstMatch(in: subject.bytes, scratch: scratch.patterns) {
            case .match(let bytes):
                guard bytes.count > 0 else { continue }
                return .match(subject.units[bytes.lowerBound]..<subject.units[bytes.upperBound - 1] + 1)
            case .noMatch: continue
            case .undecided: outcome = .undecided
            }
        }
        return outcome
    }

    enum UnitOutcome {
        case match(Range<Int>)
        case noMatch
        case undecided
    }
}

extension LexiconMatcher {
    /// Whether one rule, a guard too, fires on a text by itself.
    ///
    /// For the examples that stand beside the rules.
    public func fires(_ id: String, on text: String, scratch: Scratch) -> Bool {
        guard let rule = rules.first(where: { $0.id == id }) else { return false }
        var result = Result()
        var copy = text
        copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            guard scan(scratch), isOpen(rule, scratch) else { return }
            evaluate(rule, TextView(scratch.text), bytes, scratch, into: &result)
        }
        return !result.matches.isEmpty
    }
}
