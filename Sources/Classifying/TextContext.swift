public import Messages

/// What stands beside a text in a conversation: of what kind the messages are, and none of their words.
///
/// A cadre's question calls up complaints, an answer confirms one, and what is said after a notice mostly talks about it.
public struct TextContext: Sendable, Equatable {
    /// What somebody else's message is, by the guards that fired on it.
    public enum Kind: String, Sendable, CaseIterable {
        /// A cadre asks who has a trouble, or where exactly.
        case question
        /// An outage, a meeting, a call to all.
        case notice
        /// A cadre's answer.
        case answer

        /// The kind that a guard of this name tells; nil for one that tells none.
        static func told(by guardRule: String) -> Kind? {
            if guardRule.hasPrefix("guard.ask-") || guardRule == "guard.answer-ask-back" { return .question }
            if guardRule.hasPrefix("guard.answer") { return .answer }
            if guardRule.hasPrefix("guard.notice") { return .notice }
            return nil
        }
    }

    /// One reason why a verdict leans, for the explanation of a flag.
    struct Reason: Equatable {
        /// As it stands among the hits (raised) or the guards (lowered).
        let name: String
        /// What it adds to the log-odds.
        let leaning: Double
    }

    /// What was said directly before.
    public var before: Kind?
    /// What was answered directly after.
    public var after: Kind?

    /// Nothing is known of the neighbours.
    public static let none = TextContext()

    /// Names the neighbours' kinds.
    public init(before: Kind? = nil, after: Kind? = nil) {
        self.before = before
        self.after = after
    }

    /// What a flag says of its neighbours, by the rules among its hits and its guards.
    ///
    /// For a flag that is read anew: the messages beside it were not kept.
    public init(named rules: some Sequence<String>) {
        let names = Set(rules)
        for kind in Kind.allCases {
            if !names.isDisjoint(with: TextContext(before: kind).reasons.map(\.name)) { before = kind }
            if after == nil, !names.isDisjoint(with: TextContext(after: kind).reasons.map(\.name)) { after = kind }
        }
    }

    /// What begins the names of reasons.
    public static let prefix = "context."

    /// The most that both neighbours together add to the log-odds.
    static let mostRaised = 1.4
    /// The most that they take away.
    static let mostLowered = 0.7

    /// What a message is by the rules that fired on it: a question before an answer before a notice.
    public static func kind(of matches: [RuleMatch]) -> Kind? {
        let told = Set(matches.compactMap { Kind.told(by: $0.rule) })
        return told.contains(.question) ? .question : told.contains(.answer) ? .answer : told.first
    }

    /// What the neighbours say for or against a flag.
    var reasons: [Reason] {
        var reasons: [Reason] = []
        switch before {
        case .question: reasons.append(Reason(name: Self.prefix + "question-before", leaning: 0.7))
        case .notice: reasons.append(Reason(name: Self.prefix + "notice-before", leaning: -0.7))
        case .answer, nil: break
        }
        if after == .answer || after == .question {
            reasons.append(Reason(name: Self.prefix + "answer-after", leaning: 0.7))
        }
        return reasons
    }

    /// True when the neighbours say anything.
    public var leans: Bool { !reasons.isEmpty }

    /// What the neighbours add to the log-odds of a flag.
    var leaning: Double { reasons.reduce(0) { $0 + $1.leaning } }
}
