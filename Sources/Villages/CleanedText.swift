/// A text without what stands in the way of names: readings in brackets (瑶(yáo)村), and the quote that chat programs put
/// before an answer (「张三：…」 and a line of dashes).
struct CleanedText {
    private let kept: [UInt8]
    /// For each kept byte where it stood.
    private let positions: [UInt32]

    /// Cleans a text; nil when there is nothing to clean, which is nearly always.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard Self.isSuspect(bytes) else { return nil }
        var cuts: [Range<Int>] = []
        if let end = Self.quoteEnd(bytes) { cuts.append(0..<end) }
        var place = cuts.last?.upperBound ?? 0
        while place < bytes.count {
            if let end = Self.readingEnd(bytes, from: place) {
                cuts.append(place..<end)
                place = end
            } else {
                place += 1
            }
        }
        guard !cuts.isEmpty else { return nil }
        var kept: [UInt8] = []
        var positions: [UInt32] = []
        var next = 0
        for place in bytes.indices {
            while next < cuts.count, cuts[next].upperBound <= place { next += 1 }
            if next < cuts.count, cuts[next].contains(place) { continue }
            kept.append(bytes[place])
            positions.append(UInt32(place))
        }
        self.kept = kept
        self.positions = positions
    }

    /// Calls a function with the text.
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) { kept.withUnsafeBufferPointer(body) }

    /// Whether there is a bracket, or a quote at the beginning.
    private static func isSuspect(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count > 3 else { return false }
        if bytes[0] == 0xE3, bytes[1] == 0x80, bytes[2] == 0x8C { return true }
        for place in 0..<bytes.count - 2 {
            if bytes[place] == 0x28 { return true }
            if bytes[place] == 0x88, place > 1, bytes[place - 1] == 0xBC, bytes[place - 2] == 0xEF { return true }
        }
        return false
    }

    /// Where a range of the cleaned text stands in the original.
    func original(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty, range.upperBound <= positions.count else { return 0..<0 }
        return Int(positions[range.lowerBound])..<Int(positions[range.upperBound - 1]) + 1
    }

    /// The end of 「…」 with its line of dashes.
    private static func quoteEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.starts(with: [0xE3, 0x80, 0x8C]) else { return nil }
        var place = 3
        while place + 4 < bytes.count {
            if bytes[place] == 0xE3, bytes[place + 1] == 0x80, bytes[place + 2] == 0x8D, bytes[place + 3] == 0x0A,
                bytes[place + 4] == 0x2D || bytes[place + 4] == 0xE2
            {
                var end = place + 4
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
                return end
            }
            place += 1
        }
        return nil
    }

    /// The end of a bracket that holds letters only, up to eight of them, beginning at a place.
    private static func readingEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var place = start
        if bytes[place] == 0x28 {
            place += 1
        } else if start + 2 < bytes.count, bytes[place] == 0xEF, bytes[place + 1] == 0xBC, bytes[place + 2] == 0x88 {
            place += 3
        } else {
            return nil
        }
        var letters = 0
        while place < bytes.count, letters < 9 {
            let byte = bytes[place]
            if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
                place += 1
            } else if (0xC3...0xC9).contains(byte) {
                place += 2
            } else if byte == 0x29 {
                return letters > 0 ? place + 1 : nil
            } else if byte == 0xEF, place + 2 < bytes.count, bytes[place + 1] == 0xBC, bytes[place + 2] == 0x89 {
                return letters > 0 ? place + 3 : nil
            } else {
                return nil
            }
            letters += 1
        }
        return nil
    }
}
