public import Messages

/// Cuts a text in normal form into overlapping runs of one to three characters and gives each a hash; pairs of characters
/// with one or two others between them too.
///
/// A pair says what no run does: 没…水 is 没有水, 没一滴水 and 没来水. It knows nothing of the ends of the text.
///
/// Digits count as one character, since no sum or date is typical of a complaint. The ends of the text count as a
/// character in runs of two and three. A character that stands three times or more in a row (啊啊啊啊) counts once: who fills
/// a complaint up with them complains no less.
public enum CharacterGrams {
    /// A mark for the ends of the text; no text in normal form holds it.
    @usableFromInline static let edge: UInt64 = 2

    /// Calls a function with each run's hash, its first unit and the unit behind its last, clipped to the text.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - body: takes each run.
    ///   - pair: takes each pair with the units from its first to behind its last.
    ///   - pieceEnded: takes the number of runs so far, after those that end with a punctuation mark or a line end.
    ///
    /// - Returns: how many runs there are.
    @inlinable
    @discardableResult
    public static func forEach(
        in text: NormalizedText, _ body: (UInt64, Int, Int) -> Void, pair: (UInt64, Int, Int) -> Void = { _, _, _ in },
        pieceEnded: (Int) -> Void = { _ in }
    ) -> Int {
        text.units.withUnsafeBufferPointer { units in
            let count = text.count
            guard count > 0 else { return 0 }
            var before = edge
            var beforeThat: UInt64 = 0
            var third: UInt64 = 0
            // Where the three characters before stand; those that were left out do not count.
            var places = (third: -1, second: -1, first: -1)
            var runs = 0
            for index in 0...count {
                // Emoji and what else lies beyond the first plane say nothing.
                if index < count, units[index] &- 0xD800 < 0x800 { continue }
                let unit = index < count ? folded(units[index]) : edge
                if index > 0, index < count, unit == before, unit != 0x30,
                    index > 1 && units[index - 2] == units[index]
                        || index + 1 < count && units[index + 1] == units[index]
                {
                    continue
                }
                if index < count { body(hash(unit), index, index + 1) }
                body(hash(before << 16 | unit | 1 << 62), max(0, index - 1), min(count, index + 1))
                if index > 0 {
                    body(
                        hash(beforeThat << 32 | before << 16 | unit | 2 << 62), max(0, index - 2),
                        min(count, index + 1))
                }
                if index < count {
                    if places.second >= 0 {
                        pair(hash(beforeThat << 16 | unit | 1 << 32), places.second, index + 1)
                    }
                    if places.third >= 0 { pair(hash(third << 16 | unit | 2 << 32), places.third, index + 1) }
                }
                runs += (index < count ? 2 : 1) + (index > 0 ? 1 : 0)
                if endsPiece(unit) { pieceEnded(runs) }
                third = beforeThat
                beforeThat = before
                before = unit
                places = (places.second, places.first, index)
            }
            return runs
        }
    }

    /// How many pairs a text of so many runs has.
    public static func pairs(ofRuns runs: Int) -> Int {
        let characters = (runs - 1) / 3
        return max(0, characters - 2) + max(0, characters - 3)
    }

    /// Digits are one character.
    @inlinable
    static func folded(_ unit: UInt16) -> UInt64 { unit &- 0x30 < 10 ? 0x30 : UInt64(unit) }

    /// The marks and line ends between clauses, in normal form.
    @inlinable
    static func endsPiece(_ unit: UInt64) -> Bool {
        switch unit {
        case 0x2C, 0x21, 0x3F, 0x3A, 0x3B, 0x3002, 0x0A: true
        default: false
        }
    }

    /// The hash of a named set of the lexicons, by the digest of its name.
    public static func hash(ofClass digest: UInt32) -> UInt64 { hash(UInt64(digest) | 3 << 62) }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
    @inlinable
    static func hash(_ key: UInt64) -> UInt64 {
        var mixed = key &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
