/// One line of text in UTF-16 with its breaks, in memory that is used again for the next line.
///
/// Plain pointers: the arrays are indexed in the innermost loops, many at once.
final class LineBuffers {
    /// The text.
    private(set) var units: UnsafeMutablePointer<UInt16>
    /// The text with traditional characters simplified.
    private(set) var simple: UnsafeMutablePointer<UInt16>
    /// For each unit, and for the end, the byte offset in the original.
    private(set) var offsets: UnsafeMutablePointer<Int32>
    /// True where a piece begins or ends; one longer than the text.
    private(set) var isBreak: UnsafeMutablePointer<Bool>
    /// Per place, the cost of the best way there, and the place it comes from.
    private(set) var costs: UnsafeMutablePointer<Int>
    private(set) var origins: UnsafeMutablePointer<Int32>
    /// The number of units.
    private(set) var count = 0
    /// True when the text holds what only ICU knows to cut: letters, symbols, emoji.
    private(set) var needsICU = false
    /// True when the text holds what a fixed span can begin with.
    private(set) var hasOpeners = false
    private var capacity = 0

    init() {
        units = .allocate(capacity: 0)
        simple = .allocate(capacity: 0)
        offsets = .allocate(capacity: 0)
        isBreak = .allocate(capacity: 0)
        costs = .allocate(capacity: 0)
        origins = .allocate(capacity: 0)
    }

    deinit { free() }

    private func free() {
        units.deallocate()
        simple.deallocate()
        offsets.deallocate()
        isBreak.deallocate()
        costs.deallocate()
        origins.deallocate()
    }

    /// Reads a line of valid UTF-8; all breaks are false but those at the ends.
    func read(_ text: UnsafeBufferPointer<UInt8>, _ simplified: [UInt16], _ kinds: UnsafePointer<UInt8>) {
        if text.count + 1 > capacity {
            free()
            capacity = text.count * 2 + 1
            units = .allocate(capacity: capacity)
            simple = .allocate(capacity: capacity)
            offsets = .allocate(capacity: capacity)
            isBreak = .allocate(capacity: capacity)
            costs = .allocate(capacity: capacity)
            origins = .allocate(capacity: capacity)
        }
        let known = UnitKinds([.han, .plain, .digit]).rawValue
        var unknown = false
        var openers: UInt8 = 0
        var count = 0
        var position = 0
        simplified.withUnsafeBufferPointer { simplified in
            while position < text.count {
                let point = Self.scalar(text, position)
                offsets[count] = Int32(truncatingIfNeeded: position)
                if point.value < 0x10000 {
                    let unit = UInt16(truncatingIfNeeded: point.value)
                    units[count] = unit
                    simple[count] = simplified[Int(unit)]
                    let kind = kinds[Int(unit)]
                    unknown = unknown || kind & known == 0
                    openers |= kind
                } else {
                    unknown = true
                    units[count] = UInt16(0xD800 + (point.value - 0x10000) >> 10)
                    simple[count] = units[count]
                    count += 1
                    offsets[count] = Int32(truncatingIfNeeded: position)
                    units[count] = UInt16(0xDC00 + (point.value - 0x10000) & 0x3FF)
                    simple[count] = units[count]
                }
                count += 1
                position += point.length
            }
        }
        offsets[count] = Int32(truncatingIfNeeded: position)
        isBreak.update(repeating: false, count: count + 1)
        isBreak[0] = true
        isBreak[count] = true
        self.count = count
        needsICU = unknown
        hasOpeners = openers & UnitKinds.opener.rawValue != 0
    }

    @inline(__always)
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (value: UInt32, length: Int) {
        let lead = UInt32(text[at])
        if lead < 0x80 { return (lead, 1) }
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | UInt32(text[at + 1] & 0x3F), 2) }
        let middle = UInt32(text[at + 1] & 0x3F) << 6 | UInt32(text[at + 2] & 0x3F)
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | middle, 3) }
        return ((lead & 0x07) << 18 | middle << 6 | UInt32(text[at + 3] & 0x3F), 4)
    }

    /// The unit that begins at a byte, if one does.
    func unit(atByte byte: Int) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(offsets[middle]) < byte { low = middle + 1 } else { high = middle }
        }
        return Int(offsets[low]) == byte ? low : nil
    }

    /// Makes one piece of a span.
    func join(_ span: Range<Int>) {
        isBreak[span.lowerBound] = true
        for unit in span.dropFirst() { isBreak[unit] = false }
        isBreak[span.upperBound] = true
    }

    /// The byte ranges between the breaks.
    func pieces() -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        pieces.reserveCapacity(count / 2 + 1)
        var start: Int32 = 0
        for unit in 1..<(count + 1) where isBreak[unit] && offsets[unit] > start {
            pieces.append(Int(start)..<Int(offsets[unit]))
            start = offsets[unit]
        }
        return pieces
    }
}
