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

    /// How well founded it is.
    ///
    /// The raw values are those of the JSON.
    public enum Tier: String, Sendable, CaseIterable, Codable, Comparable {
        /// Township and village named, and they agree.
        case a = "A"
        /// A village's full name that only one in reach bears.
        case b = "B"
        /// The group's home; a misspelling that sounds the same; what a person taught.
        case c = "C"
        /// A stem, hamlet or landmark with a cue.
        case d = "D"
        /// A unit above the village because the village is not known: a person must look.
        case q = "Q"

        /// The better founded is smaller.
        public static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place as it was on the day of the message.
    public struct Former: Sendable, Equatable {
        /// Its code on that day.
        public var code: String
        /// Its name on that day.
        public var name: String

        /// Names a place.
        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// The 12-digit code of the village (or township), today's.
    public var code: String
    /// Its name.
    public var name: String
    /// What decided.
    public var basis: Basis
    /// 0...1.
    public var confidence: Double
    /// Half-open UTF-8 byte offsets of the words that decided; empty for `.group`.
    public var spans: [Range<Int>]
    /// How well founded it is.
    public var tier: Tier
    /// The villages meant, as they were on the day of the message, where today's code is another; else empty.
    public var former: [Former] = []

    /// Makes an attribution.
    public init(
        code: String, name: String, basis: Basis, confidence: Double, spans: [Range<Int>] = [], tier: Tier = .c
    ) {
        self.tier = tier
        self.code = code
        self.name = name
        self.basis = basis
        self.confidence = confidence
        self.spans = spans
    }
}
