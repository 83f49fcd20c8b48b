public import Lexicons
public import Matching
public import Messages

/// Runs the examples that stand beside the rules.
public enum LexiconExamples {
    /// An example that does not do what its rule says.
    public struct Failure: Sendable, CustomStringConvertible {
        /// The rule.
        public var rule: String
        /// Where the rule stands.
        public var origin: Origin
        /// The example.
        public var text: String
        /// True when it should have matched.
        public var shouldMatch: Bool

        /// One line.
        public var description: String {
            "\(origin): \(rule) " + (shouldMatch ? "does not match: " : "matches: ") + text
        }
    }

    /// The examples that fail, in the order of the rules.
    public static func failures(of lexicon: Lexicon, matcher: LexiconMatcher) -> [Failure] {
        let scratch = LexiconMatcher.Scratch()
        return lexicon.rules.flatMap { rule in
            (rule.matching.map { ($0, true) } + rule.missing.map { ($0, false) })
                .filter { text, shouldMatch in matcher.fires(rule.id, on: text, scratch: scratch) != shouldMatch }
                .map { Failure(rule: rule.id, origin: rule.origin, text: $0, shouldMatch: $1) }
        }
    }
}
