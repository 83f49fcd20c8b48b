public import Lexicons
public import Matching
public import Messages
internal import Pipeline

/// An example beside a rule that does not do what the rule says, with what the rule found in it.
public struct ExampleFailure: Sendable {
    /// The rule.
    public var rule: String
    /// Where the rule stands.
    public var origin: Origin
    /// The example.
    public var text: String
    /// True when it should have matched.
    public var shouldMatch: Bool
    /// The words of each condition that stand in the text, by condition.
    public var found: [[Range<Int>]]
    /// What kept the rule from firing; nil when it fired.
    public var obstacle: TextTrial.Obstacle?

    /// The text with what matched marked under it, each word with the number of its condition.
    public var marked: MarkedText {
        let signs: [Character] = ["1", "2", "3", "4", "5", "6"]
        var marks: [MarkedText.Mark] = []
        for (index, spans) in found.enumerated() { marks += spans.map { .init($0, signs[min(index, 5)]) } }
        if let span = obstacle?.span { marks.append(.init(span, "x")) }
        return MarkedText(text, marks)
    }

    /// The examples of a lexicon that fail, in the order of its rules.
    public static func failures(of lexicon: Lexicon, _ matcher: LexiconMatcher) -> [ExampleFailure] {
        let scratch = LexiconMatcher.Scratch()
        return LexiconExamples.failures(of: lexicon, matcher: matcher).map { failure in
            let trace = matcher.trace(of: failure.text, scratch: scratch, mostMissing: 5).rules.first {
                $0.id == failure.rule
            }
            let found = failure.shouldMatch ? trace?.hits ?? [] : trace?.matches.flatMap(\.spans).map { [$0] } ?? []
            return ExampleFailure(
                rule: failure.rule, origin: failure.origin, text: failure.text, shouldMatch: failure.shouldMatch,
                found: found,
                obstacle: failure.shouldMatch
                    ? trace.map(TextTrial.obstacle) ?? TextTrial.Obstacle(key: "all", word: "", span: nil, number: nil)
                    : nil)
        }
    }
}
