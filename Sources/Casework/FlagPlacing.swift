public import Messages

/// How a flag came to its village, and where else it may belong: for whoever settles it.
///
/// Codes of reasons and places only, no words of the text.
public struct FlagPlacing: Sendable, Equatable {
    /// How well founded the village is; nil for flags of older stores, and once a person has placed it.
    public var tier: Attribution.Tier?
    /// The codes of the reasons that led there (`named-home`, `ambiguous` …).
    public var reasons: [String]
    /// The 12-digit codes of the villages that it may be, the group's own among them where a person should look.
    public var candidates: [String]

    /// Notes how a flag came to its village.
    public init(tier: Attribution.Tier? = nil, reasons: [String] = [], candidates: [String] = []) {
        self.tier = tier
        self.reasons = reasons
        self.candidates = candidates
    }
}
