internal import Messages

/// A small list of words that is looked up at one place of a text at a time.
struct WordSet: Sendable {
    private let byFirst: [UInt16: [[UInt16]]]
    private let byLast: [UInt16: [[UInt16]]]
    /// One bit for each unit that begins or ends a word: nearly all places are passed over by one look.
    private let firsts: [UInt64]
    private let lasts: [UInt64]

    /// Makes a list of the words between the blanks; they must be in normal form.
    init(_ list: String) {
        // Longest first, so that the length handed back is the longest word's.
        let words = list.split(whereSeparator: \.isWhitespace).map { Array($0.utf16) }.sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: words) { $0.first ?? 0 }
        byLast = Dictionary(grouping: words) { $0.last ?? 0 }
        firsts = Self.bits(words.compactMap(\.first))
        lasts = Self.bits(words.compactMap(\.last))
    }

    private static func bits(_ units: [UInt16]) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: 1024)
        for unit in units { bits[Int(unit) >> 6] |= 1 << UInt64(unit & 63) }
        return bits
    }

    private static func holds(_ bits: [UInt64], _ unit: UInt16) -> Bool {
        bits[Int(unit) >> 6] >> UInt64(unit & 63) & 1 != 0
    }

    /// The units that words begin with.
    var beginnings: Set<UInt16> { Set(byFirst.keys) }

    /// The length of the longest word that begins at a place; 0 when none does.
    func begins(at place: Int, in text: NormalizedText, limit: Int = .max) -> Int {
        let end = min(text.count, limit)
        guard place >= 0, place < end, Self.holds(firsts, text.units[place]), let words = byFirst[text.units[place]]
        else {
            return 0
        }
        for word in words where place + word.count <= end {
            if word.indices.allSatisfy({ text.units[place + $0] == word[$0] }) { return word.count }
        }
        return 0
    }

    /// The length of the longest word that ends at a place; 0 when none does.
    func ends(at place: Int, in text: NormalizedText, from: Int = 0) -> Int {
        guard place > from, place <= text.count, Self.holds(lasts, text.units[place - 1]),
            let words = byLast[text.units[place - 1]]
        else { return 0 }
        for word in words where place - word.count >= from {
            let start = place - word.count
            if word.indices.allSatisfy({ text.units[start + $0] == word[$0] }) { return word.count }
        }
        return 0
    }

    /// Where the first word within a stretch begins; nil when there is none.
    func first(in range: Range<Int>, of text: NormalizedText) -> Int? {
        range.first { begins(at: $0, in: text, limit: range.upperBound) > 0 }
    }
}
