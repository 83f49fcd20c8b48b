internal import ChineseText
internal import Messages

/// What rules ask of one normalised text: its sentences, words around a place, word breaks.
///
/// Made for candidates only.
final class TextView {
    let text: NormalizedText
    let count: Int
    /// The first unit of each sentence, ascending, and the end of the text.
    private let starts: [Int]
    private var breakSet: Set<Int>?
    private var lastSubject: (range: Range<Int>, bytes: [UInt8], units: [Int])?

    init(_ text: NormalizedText) {
        self.text = text
        count = text.count
        var starts = [0]
        for index in 0..<text.count where Self.endsSentence(text.units[index]) {
            if index + 1 < text.count { starts.append(index + 1) }
        }
        starts.append(text.count)
        self.starts = starts
    }

    /// 。！？； in their normal forms.
    ///
    /// A line break is none: people press Enter where others write a comma.
    private static func endsSentence(_ unit: UInt16) -> Bool {
        unit == 0x3002 || unit == 0x21 || unit == 0x3F || unit == 0x3B
    }

    /// The units of the sentence that holds a unit, its end mark included.
    func sentence(of unit: Int) -> Range<Int> {
        var low = 0
        var high = starts.count - 1
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= unit { low = middle } else { high = middle }
        }
        return starts[low]..<starts[low + 1]
    }

    /// The most units between what is near.
    static let nearUnits = 3

    /// Whether what ends at one place and what begins at another are at most three units apart, no comma between.
    func isNear(_ end: Int, _ start: Int) -> Bool {
        guard start >= end, start - end <= Self.nearUnits else { return false }
        for unit in end..<start where Self.parts(text.units[unit]) { return false }
        return true
    }

    /// The word breaks of the original text, as byte offsets.
    func breaks(
        _ segmenter: WordSegmenter, _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: WordSegmenter.Scratch
    ) -> Set<Int> {
        if let breakSet { return breakSet }
        var set: Set<Int> = [0]
        for piece in segmenter.pieces(of: bytes, scratch: scratch) { set.insert(piece.upperBound) }
        breakSet = set
        return set
    }

    /// A stretch in UTF-8 with, for each byte, the unit that it belongs to.
    ///
    /// The last one asked for is kept: several rules try their patterns on one sentence.
    func subject(_ range: Range<Int>) -> (bytes: [UInt8], units: [Int]) {
        if let lastSubject, lastSubject.range == range { return (lastSubject.bytes, lastSubject.units) }
        var bytes: [UInt8] = []
        var units: [Int] = []
        bytes.reserveCapacity(range.count * 3)
        units.reserveCapacity(range.count * 3)
        var index = range.lowerBound
        while index < range.upperBound {
            let unit = UInt32(text.units[index])
            let isPair = unit & 0xFC00 == 0xD800 && index + 1 < range.upperBound
            let point = isPair ? 0x10000 + (unit & 0x3FF) << 10 + UInt32(text.units[index + 1]) & 0x3FF : unit
            switch point {
            case 0..<0x80: bytes.append(UInt8(point))
            case 0x80..<0x800: bytes += [UInt8(0xC0 | point >> 6), UInt8(0x80 | point & 0x3F)]
            case 0x800..<0x10000:
                bytes.append(UInt8(0xE0 | point >> 12))
                bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
                bytes.append(UInt8(0x80 | point & 0x3F))
            default:
                bytes.append(UInt8(0xF0 | point >> 18))
                bytes.append(UInt8(0x80 | point >> 12 & 0x3F))
                bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
                bytes.append(UInt8(0x80 | point & 0x3F))
            }
            while units.count < bytes.count { units.append(index) }
            index += isPair ? 2 : 1
        }
        lastSubject = (range, bytes, units)
        return (bytes, units)
    }

    private static func parts(_ unit: UInt16) -> Bool {
        unit == 0x2C || unit == 0x3001 || unit == 0x0A || endsSentence(unit)
    }
}
