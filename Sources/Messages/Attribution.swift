/// A village that a message is about, and why.
public struct Attribution: Sendable, Equatable {
    /// What decided.
    ///
    /// The raw values are those of the JSON.
    public enum Basis: String, Sendable, CaseIterable, Codable {
        /// The village's name stands in the text.
        case text
        /// A township stands in the text, and no village of it.
        case township
        /// Several villages are concerned; the lowest unit that contains them all.
        case parent
        /// Nothing in the text: the registered village of the group.
        case group
    }

    /// The 12-digit code of the village (or township).
    public var code: String
    /// Its name.
    public var name: String
    /// What decided.
    public var basis: Basis
    /// 0...1.
    public var confidence: Double
    /// Half-open UTF-8 byte offsets of the words that decided; empty for `.group`.
    public var spans: [Range<Int>]

    /// Makes an attribution.
    public init(code: String, name: String, basis: Basis, confidence: Double, spans: [Range<Int>] = []) {
        self.code = code
        self.name = name
        self.basis = basis
        self.confidence = confidence
        self.spans = spans
    }
}
