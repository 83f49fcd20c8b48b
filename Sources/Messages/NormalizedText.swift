/// A text in the form that matching works on, with an exact map back to the original bytes.
///
/// Units are UTF-16 code units after NFKC, case folding and Traditional→Simplified; noise characters inside a word are
/// dropped and leave a gap. The arrays are reused from text to text by their owner, so that a scan allocates nothing.
public struct NormalizedText: Sendable {
    /// What stands between a unit and the one before it.
    public struct Gap: OptionSet, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Blank characters were dropped before this unit.
        public static let space = Gap(rawValue: 1)
        /// Symbols (`*`, `.`, `·`, `-` …) were dropped before this unit.
        public static let symbol = Gap(rawValue: 2)
        /// More than two characters were dropped: no term reaches across.
        public static let wide = Gap(rawValue: 4)
    }

    /// The folded UTF-16 code units.
    public var units: [UInt16] = []
    /// For each unit the byte offset in the original at which its source begins.
    public var starts: [UInt32] = []
    /// For each unit the byte offset in the original at which its source ends.
    public var ends: [UInt32] = []
    /// For each unit what was dropped before it.
    public var gaps: [Gap] = []

    /// Makes an empty text.
    public init() {}

    /// The number of units.
    @inlinable public var count: Int { units.count }

    /// The original bytes of a range of units, half-open. The range must not be empty.
    @inlinable
    public func original(_ range: Range<Int>) -> Range<Int> {
        Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }
}
