/// Finds a word among others by an open table of its units' hashes.
///
/// A lexicon has tens of thousands of words; a dictionary keyed by arrays takes three times as long to fill.
struct TermIndex {
    /// One more than the word's number, 0 for an empty place.
    private var slots = [Int32](repeating: 0, count: 1 << 12)
    private var count = 0

    /// The word's number among the others, or their count and true when it is not among them: it must be appended then.
    mutating func insert(_ units: [UInt16], among terms: [[UInt16]]) -> (number: Int, isNew: Bool) {
        if 2 * count >= slots.count { grow(terms) }
        var place = Self.hash(units) & (slots.count - 1)
        while slots[place] != 0 {
            let number = Int(slots[place]) - 1
            if terms[number] == units { return (number, false) }
            place = (place + 1) & (slots.count - 1)
        }
        slots[place] = Int32(terms.count) + 1
        count += 1
        return (terms.count, true)
    }

    /// The word's number, nil when it is not among the others.
    func number(of units: [UInt16], among terms: [[UInt16]]) -> Int? {
        var place = Self.hash(units) & (slots.count - 1)
        while slots[place] != 0 {
            let number = Int(slots[place]) - 1
            if terms[number] == units { return number }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func grow(_ terms: [[UInt16]]) {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        for (number, units) in terms.enumerated() {
            var place = Self.hash(units) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = Int32(number) + 1
        }
    }

    /// FNV-1a over units, its high bits mixed in.
    private static func hash(_ units: [UInt16]) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for unit in units { hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3 }
        return Int((hash ^ hash >> 32) & 0x7FFF_FFFF)
    }
}
