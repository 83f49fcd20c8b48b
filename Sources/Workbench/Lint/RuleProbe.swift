internal import Lexicons
internal import Matching
internal import Messages

/// One rule by itself, made to fire or not on texts.
struct RuleProbe {
    let rule: Rule
    private let matcher: LexiconMatcher
    private let scratch = LexiconMatcher.Scratch()

    /// Compiles a draft's rule; nil where it is too faulty, or its pattern is.
    init?(_ draft: DraftRule, in lexicon: LexiconDraft, withoutPattern: Bool = false) {
        var rule = Rule(
            id: draft.id, effect: Self.effect(draft),
            origin: Origin(file: lexicon.files[draft.file].path, line: draft.node.line))
        for condition in draft.conditions {
            let words = lexicon.expanded(condition, in: draft.file).map(\.text).filter { !$0.isEmpty }
            guard !words.isEmpty else { return nil }
            rule.conditions.append(Terms(lists: [TermList(words)]))
        }
        func terms(_ key: String) -> Terms {
            let words = lexicon.expanded(draft.lists[key] ?? [], in: draft.file).map(\.text).filter { !$0.isEmpty }
            return words.isEmpty ? Terms() : Terms(lists: [TermList(words)])
        }
        rule.within = draft["within"]?.text.flatMap { Double($0) }.map { Int(max(0, min(200, $0))) } ?? 12
        rule.across = draft["across"]?.text == "true"
        rule.ordered = draft["order"]?.text == "true"
        rule.unless = terms("unless")
        rule.unlessAnywhere = terms("unless-anywhere")
        rule.notAfter = terms("not-after")
        rule.notBefore = terms("not-before")
        let protecting = draft.conditions.joined().filter(\.isReference).flatMap { word in
            lexicon.set(word.text, in: draft.file)?.protect.map(\.text) ?? []
        }
        rule.protect = terms("protect") + (protecting.isEmpty ? Terms() : Terms(lists: [TermList(protecting)]))
        rule.boundaries = draft["boundaries"]?.text.flatMap(Rule.Boundaries.init(rawValue:)) ?? .none
        if !withoutPattern, let pattern = draft["pattern"]?.text {
            rule.pattern = pattern
            rule.requires = terms("requires")
            guard !rule.requires.isEmpty else { return nil }
        }
        guard !rule.conditions.isEmpty && rule.conditions.count <= 5 || rule.pattern != nil else { return nil }
        let taxonomy = Taxonomy(tracks: [:], topics: [:])
        guard let matcher = try? LexiconMatcher(Lexicon(rules: [rule], words: [], taxonomy: taxonomy)) else {
            return nil
        }
        self.rule = rule
        self.matcher = matcher
    }

    /// Whether it fires.
    func fires(on text: String) -> Bool { matcher.fires(rule.id, on: text, scratch: scratch) }

    /// Evidence whatever the draft says, so that faulty keys do not stand in the way.
    private static func effect(_ draft: DraftRule) -> RuleMatch.Effect {
        .evidence(topic: draft.topic ?? .other, severity: .low, weight: draft.weight ?? 1)
    }

    /// Texts made of one word of each condition side by side, at most `most`.
    func combinations(most: Int = 60) -> [String] {
        guard !rule.conditions.isEmpty else { return [] }
        let words = rule.conditions.map { Array($0.words) }
        return (0..<most).map { turn in
            // Each condition goes round at its own pace, so that the pairs differ.
            words.enumerated().map { place, list in
                list[(turn * (2 * place + 1) + turn / list.count * place) % list.count]
            }.joined()
        }
    }
}
