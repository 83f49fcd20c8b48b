/// The languages of what a person reads: Chinese unless English is asked for.
public enum Language: String, Sendable, CaseIterable {
    case zh, en
}

/// An error that a person reads: one line that says where, what, and what to do.
///
/// Never a message's text, a name or a phone number in it: ids and origins only.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// The line in a language.
    func explanation(in language: Language) -> String
}

extension ExplainedError {
    /// The English line.
    public var description: String { explanation(in: .en) }
}
