/// Tries a pattern on texts, for tools that judge patterns and not texts.
package final class PatternProbe {
    /// A pattern that does not compile: why, and at which character.
    package struct Failure: Error, Sendable {
        package let message: String
        package let offset: Int
    }

    /// What a try comes to.
    package enum Outcome: Sendable {
        case match, noMatch
        /// More steps than the limit.
        case tooLong
    }

    private let plain: Pattern

    /// Compiles a pattern as matching does, without the short cuts that spare a hopeless text.
    package init(_ pattern: String) throws(Failure) {
        do throws(Pattern.Failure) {
            plain = try Pattern(pattern, isPlain: true)
        } catch {
            throw Failure(message: error.message, offset: error.offset)
        }
    }

    /// Whether the pattern matches anywhere in a text within so many steps.
    package func outcome(on text: String, limit: UInt32) -> Outcome {
        switch plain.firstMatch(in: Array(text.utf8), scratch: PatternScratch(limit: limit)) {
        case .match: .match
        case .noMatch: .noMatch
        case .undecided: .tooLong
        }
    }

    /// True when the pattern matches the empty text, and so everywhere.
    ///
    /// An empty match counts as none in `Pattern`, so it is tried between two letters.
    package static func matchesNothing(_ pattern: String) -> Bool {
        guard let probe = try? Pattern("x(?:" + pattern + ")y", isPlain: true) else { return false }
        if case .match(let range) = probe.firstMatch(in: Array("xy".utf8), scratch: PatternScratch()) {
            return range.count == 2
        }
        return false
    }
}
