/// A text in the form that matching works on, with an exact map back to the original bytes.
///
/// Units are UTF-16 code units after NFKC, case folding and Traditional→Simplified; noise characters inside a word are
/// dropped and leave a gap. The arrays are buffers that their owner reuses from text to text, so that a scan allocates
/// nothing: only the first `count` elements mean anything.
public struct NormalizedText: Sendable {
    /// What was dropped between a unit and the one before it.
    public struct Gap: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8

        @inlinable
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Blanks.
        public static let space = Gap(rawValue: 1)
        /// Symbols (`*`, `.`, `·`, `-` …).
        public static let symbol = Gap(rawValue: 2)
        /// More than two characters: no term reaches across.
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
    /// The number of units.
    public var count = 0

    /// Makes an empty text.
    public init() {}

    /// Makes room for so many units.
    @inlinable
    public mutating func reserve(_ capacity: Int) {
        guard units.count < capacity else { return }
        let size = max(capacity, units.count * 2)
        units = [UInt16](repeating: 0, count: size)
        starts = [UInt32](repeating: 0, count: size)
        ends = [UInt32](repeating: 0, count: size)
        gaps = [Gap](repeating: [], count: size)
    }

    /// The original bytes of a range of units, half-open.
    ///
    /// The range must not be empty.
    @inlinable
    public func original(_ range: Range<Int>) -> Range<Int> {
        Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }

    /// The units as a string.
    ///
    /// For tests and explanations.
    public var string: String { String(decoding: units[..<count], as: UTF16.self) }
}
