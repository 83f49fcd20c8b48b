public import Messages

/// Cuts a text in normal form into overlapping runs of one to three characters and gives each a number.
///
/// Digits count as one character, since no sum or date is typical of a complaint. The ends of the text count as a
/// character in runs of two and three. Numbers are hashes: different runs may share one, which a model bears.
public struct CharacterGrams: Sendable {
    /// The number of bits of a run's number.
    public let bits: Int

    /// Makes a cutter whose numbers are below two to the power of `bits` (1...24).
    public init(bits: Int) {
        precondition((1...24).contains(bits), "a model of 2^\(bits) weights")
        self.bits = bits
    }

    /// A mark for the ends of the text; no text in normal form holds it.
    private static let edge: UInt64 = 2

    /// Calls a function with each run's number, its first unit and the unit behind its last, clipped to the text.
    ///
    /// - Returns: how many runs there are.
    @inlinable
    @discardableResult
    public func forEach(in text: NormalizedText, _ body: (Int, Int, Int) -> Void) -> Int {
        text.units.withUnsafeBufferPointer { units in
            let count = text.count
            guard count > 0 else { return 0 }
            var before: UInt64 = Self.edgeUnit
            var beforeThat: UInt64 = 0
            for index in 0...count {
                let unit = index < count ? Self.folded(units[index]) : Self.edgeUnit
                if index < count { body(number(unit), index, index + 1) }
                body(number(before << 16 | unit | 1 << 62), max(0, index - 1), min(count, index + 1))
                if index > 0 {
                    body(
                        number(beforeThat << 32 | before << 16 | unit | 2 << 62), max(0, index - 2),
                        min(count, index + 1))
                }
                beforeThat = before
                before = unit
            }
            return 3 * count + 1
        }
    }

    @usableFromInline static var edgeUnit: UInt64 { edge }

    /// Digits are one character.
    @inlinable
    static func folded(_ unit: UInt16) -> UInt64 { unit &- 0x30 < 10 ? 0x30 : UInt64(unit) }

    /// The number of a named set of the lexicons, by the digest of its name.
    public func number(ofClass digest: UInt32) -> Int { number(UInt64(digest) | 3 << 62) }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), its upper bits.
    @inlinable
    func number(_ key: UInt64) -> Int {
        var mixed = key &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) >> UInt64(64 - bits))
    }
}
