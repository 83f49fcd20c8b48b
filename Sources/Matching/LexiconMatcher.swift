public import ChineseText
public import Lexicons
public import Messages

/// Finds which rules of a lexicon fire on a text, and where.
///
/// One literal scan finds the words of all rules at once; a rule is looked at only when each of its conditions has a word
/// in the text, a pattern only when a required word is there, word boundaries only when a surviving hit asks for them.
///
/// - Input: valid UTF-8 of one utterance.
/// - Output: at most one match per rule and sentence, in the order of the rules, spans in bytes of the original.
/// - Cost: O(text) for most texts; equal texts give equal matches.
public struct LexiconMatcher: Sendable {
    let rules: [CompiledRule]
    let scanner: TermScanner
    /// Finds the words that cancel, in texts in which something is there to be cancelled.
    let vetoes: TermScanner
    let vetoWordCount: Int
    let segmenter: WordSegmenter
    /// Per term: true when it begins, or ends, with a Latin letter or digit and so must be a whole word there.
    let wholeAtStart: [Bool]
    let wholeAtEnd: [Bool]
    /// Per term: true for a spelling that counts only from word break to word break.
    let needsBreaks: [Bool]
    /// Per term: true when its characters may be repeated; empty when there is none such.
    let isRepeatable: [Bool]
    /// Per term: the bits of the groups that it is in.
    let membership: SparseRows
    /// For each rule the groups that must all be hit, six places each; -1 where there are fewer.
    let gates: [Int32]
    /// At most five conditions and what a pattern requires.
    static let gateWidth = 6
    /// The evidence rules that are looked at when a term is hit, term after term, and where each term's begin.
    let anchored: [Int32]
    let anchoredStarts: [Int32]
    /// The guards, looked at only when evidence was found.
    let guards: [Int32]
    /// Per term the digests of the named sets that it is in, term after term, and where each term's begin.
    let classes: [UInt32]
    let classStarts: [Int32]

    /// What fired on one text.
    public struct Result: Sendable, Equatable {
        /// The evidence and the guards that fired.
        public var matches: [RuleMatch] = []
        /// The ids of rules whose pattern ran into its limit.
        public var undecided: [String] = []
        /// True when at least one rule fired or could not be decided, whatever the guards say.
        public var isCandidate = false
    }

    /// One thread's buffers.
    public final class Scratch {
        /// The normal form of the text that was normalised last.
        public internal(set) var text = NormalizedText()
        var hits: [TermHit] = []
        var squeezed = SqueezedText()
        var classes: [UInt32] = []
        /// True when `hits` and `bits` are those of `text`.
        var isScanned = false
        var bits: [UInt64] = []
        var vetoHits: [TermHit] = []
        /// The most units of one of them.
        var longestVeto = 0
        var vetoBits: [UInt64] = []
        var hasVetoes = false
        var chain = HitChain()
        var candidates: [Int32] = []
        var meeting: [(hit: TermHit, conditions: UInt8)] = []
        var tried: [Bool] = []
        let patterns = PatternScratch()
        private var words: WordSegmenter.Scratch?

        /// Makes empty buffers.
        public init() {}

        /// Brings a text into normal form, for `result(forNormalized:)` and `withUnits`.
        public func normalize(_ bytes: UnsafeBufferPointer<UInt8>) {
            TextNormalizer.shared.normalize(bytes, into: &text)
            isScanned = false
        }

        /// Puts marks in place of the greeting that the text begins with (书记您好，…), so that nobody who is greeted is taken for
        /// who is accused; offsets stay.
        public func setGreetingAside() {
            let length = Greeting.length(in: text)
            guard length > 0, text.units[0] != Self.mark else { return }
            for place in 0..<length { text.units[place] = Self.mark }
            isScanned = false
        }

        /// A comma, in normal form.
        private static let mark: UInt16 = 0x2C

        /// Calls a function with the bytes of the normal form's units.
        public func withUnits<Answer>(_ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
            text.units.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<(text.count * 2)])) }
        }

        /// ICU is opened when the first rule asks for a word boundary.
        var segmenter: WordSegmenter.Scratch {
            if let words { return words }
            let made = WordSegmenter.Scratch()
            words = made
            return made
        }
    }

    /// Compiles a lexicon.
    ///
    /// - Parameters:
    ///   - lexicon: the checked rules.
    ///   - names: further words that the segmenter keeps whole (the gazetteer's).
    /// - Throws: a pattern that does not compile, or that runs away on a hostile text; a word of other spellings that no
    ///   rule asks for.
    public init(_ lexicon: Lexicon, names: [String] = []) throws(LexiconError) {
        var words = WordGroups()
        var compiled: [CompiledRule] = []
        var vetoWords = WordGroups()
        for rule in lexicon.rules { compiled.append(try Self.compile(rule, &words, &vetoWords)) }
        rules = compiled
        let spelled = try SpelledTerms(lexicon.variants, words)
        let terms = words.terms + spelled.forms.map(\.units)
        scanner = TermScanner(terms)
        vetoes = TermScanner(vetoWords.terms)
        vetoWordCount = (vetoWords.terms.count + 63) / 64
        segmenter = WordSegmenter(userWords: lexicon.words + names)
        wholeAtStart = terms.map { $0.first.map(Self.isLatin) ?? false }
        wholeAtEnd = terms.map { $0.last.map(Self.isLatin) ?? false }
        needsBreaks = [Bool](repeating: false, count: words.terms.count) + spelled.forms.map(\.needsBreaks)
        var repeatable = [Bool](repeating: false, count: spelled.repeatable.isEmpty ? 0 : terms.count)
        for term in spelled.repeatable { repeatable[term] = true }
        isRepeatable = repeatable

        (classes, classStarts) = Self.classes(words, spelled)
        membership = Self.membership(words, spelled)
        gates = compiled.flatMap { rule in
            (0..<Self.gateWidth).map { $0 < rule.gate.count ? Int32(rule.gate[$0]) : -1 }
        }
        var (anchors, guards) = Self.anchors(compiled, words)
        for form in spelled.forms { anchors.append(Array(Set(form.words.flatMap { anchors[$0] })).sorted()) }
        self.guards = guards
        anchored = anchors.flatMap { $0 }
        anchoredStarts = anchors.reduce(into: [0]) { starts, list in
            starts.append((starts.last ?? 0) + Int32(list.count))
        }
    }

    /// For each term the named sets that it is in, by digests of their names: those stay when a set is added.
    private static func classes(_ words: WordGroups, _ spelled: SpelledTerms) -> ([UInt32], [Int32]) {
        var lists = [[UInt32]](repeating: [], count: words.terms.count)
        for (name, numbers) in words.named {
            let digest = classDigest(of: name)
            for number in numbers where !lists[number].contains(digest) { lists[number].append(digest) }
        }
        // What is only a suspicion of a spelling says nothing to the model.
        for form in spelled.forms { lists.append(form.needsBreaks ? [] : Array(Set(form.words.flatMap { lists[$0] }))) }
        let starts = lists.reduce(into: [0 as Int32]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
        return (lists.flatMap { $0.sorted() }, starts)
    }

    /// For each term, spellings at the end, the bits of the groups that it is in.
    private static func membership(_ words: WordGroups, _ spelled: SpelledTerms) -> SparseRows {
        // Groups come in the order of their numbers, so that each term's are.
        var groups = [[Int32]](repeating: [], count: words.terms.count)
        for (group, terms) in words.groups.enumerated() {
            for term in terms { groups[term].append(Int32(group)) }
        }
        var rows = SparseRows(bits: words.groups.count)
        for own in groups { rows.append(own.lazy.map(Int.init)) }
        for form in spelled.forms { rows.append(form.words.flatMap { groups[$0] }.map(Int.init).sorted()) }
        return rows
    }

    /// The number by which `classes(in:)` gives a named set: FNV-1a of its name.
    package static func classDigest(of name: String) -> UInt32 {
        name.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    /// The words that the segmenter keeps whole work here too.
    public var words: WordSegmenter { segmenter }

    /// Chooses for each evidence rule the condition that is met least often: the one whose words fewest rules use.
    private static func anchors(_ rules: [CompiledRule], _ words: WordGroups) -> ([[Int32]], [Int32]) {
        var uses = [Int](repeating: 0, count: words.terms.count)
        for rule in rules {
            for group in rule.gate {
                for term in words.groups[group] { uses[term] += 1 }
            }
        }
        var anchored = [[Int32]](repeating: [], count: words.terms.count)
        var guards: [Int32] = []
        for (index, rule) in rules.enumerated() {
            guard case .evidence = rule.effect else {
                guards.append(Int32(index))
                continue
            }
            let costs = rule.gate.map { group in
                let total = words.groups[group].reduce(0) { $0 + uses[$1] * (words.terms[$1].count == 1 ? 20 : 1) }
                return (Double(total) / Double(max(1, words.groups[group].count)), group)
            }
            guard let best = costs.min(by: { $0 < $1 }) else { continue }
            for term in words.groups[best.1] { anchored[term].append(Int32(index)) }
        }
        return (anchored, guards)
    }

    private static func compile(
        _ rule: Rule, _ words: inout WordGroups, _ vetoes: inout WordGroups
    ) throws(LexiconError) -> CompiledRule {
        var pattern: Pattern?
        if let text = rule.pattern {
            do {
                let compiled = try Pattern(text)
                try HostileTexts.check(try Pattern(text, isPlain: true), rule)
                pattern = compiled
            } catch let error as LexiconError {
                throw error
            } catch let error as Pattern.Failure {
                let offset = String(decoding: text.utf8.prefix(error.offset), as: UTF8.self).count
                throw LexiconError(.badPattern(error.message, offset: offset), at: rule.origin)
            } catch {
                throw LexiconError(.badPattern("\(error)", offset: 0), at: rule.origin)
            }
        }
        return CompiledRule(rule, pattern: pattern, words: &words, vetoes: &vetoes)
    }

    /// True for an ASCII letter or digit in normal form.
    static func isLatin(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 || unit &- 0x61 < 26 }
}

/// Texts on which a pattern with nested repeats runs away.
///
/// Short ones: what explodes does so within a hundred characters.
enum HostileTexts {
    static func check(_ pattern: Pattern, _ rule: Rule) throws(LexiconError) {
        let scratch = PatternScratch(limit: 20_000)
        for literal in rule.requires.words.prefix(2) {
            let base = Array(TextNormalizer.shared.normalized(literal).string.utf8)
            for filler in ["一", "a", "1", literal] {
                var text = base
                while text.count < 240 { text += Array(filler.utf8) }
                for tail in [base, Array("!".utf8)]
                where pattern.firstMatch(in: text + tail, scratch: scratch) == .undecided {
                    throw LexiconError(.catastrophicPattern, at: rule.origin)
                }
            }
        }
    }
}
