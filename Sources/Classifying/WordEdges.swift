internal import ChineseText
internal import Messages

/// Widens a stretch of text to the words and numbers that its ends cut: 十万 of 四十万, 本农田 of 基本农田.
enum WordEdges {
    /// The stretch with the words across its ends.
    ///
    /// - Cost: at most twelve look-ups in the table of words.
    static func widened(_ range: Range<Int>, in text: NormalizedText) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        if let word = longestWord(across: start, in: text) { start = min(start, word.lowerBound) }
        if let word = longestWord(across: end, in: text) { end = max(end, word.upperBound) }
        while start > 0, isNumeral(text.units[start]), isNumeral(text.units[start - 1]), text.gaps[start].isEmpty {
            start -= 1
        }
        while end < text.count, isNumeral(text.units[end]), isNumeral(text.units[end - 1]), text.gaps[end].isEmpty {
            end += 1
        }
        return start..<end
    }

    /// The longest word in current use that a place lies within.
    private static func longestWord(across place: Int, in text: NormalizedText) -> Range<Int>? {
        guard place > 0, place < text.count, text.gaps[place].isEmpty else { return nil }
        for length in stride(from: 4, through: 2, by: -1) {
            for start in max(0, place - length + 1)..<place
            where start + length <= text.count
                && text.gaps[start + 1..<start + length].allSatisfy(\.isEmpty)
                && WordCosts.isCurrent(text.units[start..<start + length])
            {
                return start..<start + length
            }
        }
        return nil
    }

    private static func isNumeral(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 || numerals.contains(unit) }

    private static let numerals = Set("零一二三四五六七八九十百千万亿两半".utf16)
}
