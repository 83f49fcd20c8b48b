internal import Glibc

/// Turns the bytes of a file into UTF-8, piece by piece.
///
/// What cannot be decoded becomes U+FFFD; nothing stops it.
///
/// UTF-8 passes unchanged, also where it is broken: the parsers repair the few texts that they keep.
struct Transcoder: ~Copyable {
    private let encoding: TextEncoding
    private var carry: [UInt8] = []
    /// Where in the output of the last call bytes were missing, so that UTF-16 was read on from the next one.
    private(set) var shifts: [Int] = []
    private var converter: iconv_t?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
        if encoding == .gb18030 {
            converter = iconv_open("UTF-8", "GB18030")
            precondition(converter != iconv_t(bitPattern: -1), "glibc knows GB18030")
        }
    }

    deinit { if let converter { iconv_close(converter) } }

    /// Decodes the next piece of the file onto `output`; `isLast` flushes what a cut character left over.
    mutating func decode(_ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, onto output: inout [UInt8]) {
        if encoding == .utf8 {
            output.append(contentsOf: piece)
            return
        }
        var input = carry
        input.append(contentsOf: piece)
        shifts.removeAll(keepingCapacity: true)
        let used = encoding == .gb18030 ? fromGB18030(input, onto: &output) : wide(input, isLast, onto: &output)
        carry = Array(input[used...])
        if isLast, !carry.isEmpty {
            carry = []
            output.append(contentsOf: Self.replacement)
            if encoding != .gb18030 { shifts.append(output.count - 1) }
        }
    }

    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Decodes UTF-16, and goes on at the other byte behind a place where an odd number of them is missing.
    private mutating func wide(_ input: [UInt8], _ isLast: Bool, onto output: inout [UInt8]) -> Int {
        let plan = input.withUnsafeBufferPointer {
            UTF16Phase.plan($0, isLast: isLast, high: encoding == .utf16LittleEndian ? 1 : 0)
        }
        var at = 0
        for place in plan.shifts {
            _ = fromUTF16(input, at..<place, onto: &output)
            output.append(contentsOf: Self.replacement)
            shifts.append(output.count - 1)
            at = place
        }
        return fromUTF16(input, at..<plan.end, onto: &output)
    }

    /// Decodes a range; the offset behind what was used.
    private func fromUTF16(_ input: [UInt8], _ range: Range<Int>, onto output: inout [UInt8]) -> Int {
        let high = encoding == .utf16LittleEndian ? 1 : 0
        let end = range.lowerBound + range.count & ~1
        return Self.write(onto: &output, atMost: range.count / 2 * 3 + 4) { target, written in
            var at = range.lowerBound
            while at < end {
                let unit = UInt32(input[at &+ high]) << 8 | UInt32(input[at &+ 1 &- high])
                var scalar = unit
                var width = 2
                if unit & 0xF800 == 0xD800 {
                    scalar = 0xFFFD
                    if unit < 0xDC00 {
                        // The other half of the pair comes with the next piece.
                        guard at &+ 4 <= end else { break }
                        let low = UInt32(input[at &+ 2 &+ high]) << 8 | UInt32(input[at &+ 3 &- high])
                        if low & 0xFC00 == 0xDC00 {
                            scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                            width = 4
                        }
                    }
                }
                Self.put(scalar, target, &written)
                at &+= width
            }
            return at
        }
    }

    /// Makes room at the end of a text, lets it be filled, and gives back what was not needed.
    @inline(__always)
    private static func write(
        onto output: inout [UInt8], atMost room: Int,
        _ body: (UnsafeMutablePointer<UInt8>, inout Int) -> Int
    ) -> Int {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: room))
        var written = start
        let used = output.withUnsafeMutableBufferPointer { target in
            target.baseAddress.map { body($0, &written) } ?? 0
        }
        output.removeLast(output.count - written)
        return used
    }

    /// Writes one scalar as UTF-8 where there is room for four bytes.
    @inline(__always)
    static func put(_ scalar: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ at: inout Int) {
        if scalar < 0x80 {
            target[at] = UInt8(truncatingIfNeeded: scalar)
            at &+= 1
        } else if scalar < 0x800 {
            target[at] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
            target[at &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 63)
            at &+= 2
        } else if scalar < 0x10000 {
            target[at] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
            target[at &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 63)
            target[at &+ 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 63)
            at &+= 3
        } else {
            target[at] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
            target[at &+ 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 63)
            target[at &+ 2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 63)
            target[at &+ 3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 63)
            at &+= 4
        }
    }

    /// Appends one scalar as UTF-8.
    ///
    /// Surrogates must not be passed.
    @inline(__always)
    static func append(_ scalar: UInt32, to output: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            output.append(UInt8(truncatingIfNeeded: scalar))
        case ..<0x800:
            output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 63))
        case ..<0x10000:
            output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 63))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 63))
        default:
            output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 63))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 63))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 63))
        }
    }

    /// Two-byte characters go by a table; the rare ones of four bytes one by one through the converter.
    private func fromGB18030(_ input: [UInt8], onto output: inout [UInt8]) -> Int {
        let count = input.count
        var at = 0
        // Pairs of bytes become three; where much is broken there may be more, and the room is made anew.
        while at < count {
            let before = at
            let room = (count - at) / 2 * 3 + 64
            var isCut = false
            at = input.withUnsafeBufferPointer { view in
                GB18030Table.pairs.withUnsafeBufferPointer { table in
                    Self.write(onto: &output, atMost: room) { target, written in
                        pairs(view, from: before, table, target, &written, most: written + room - 4, &isCut)
                    }
                }
            }
            if isCut { break }
        }
        return at
    }

    /// Decodes on while there is room, and says where it stopped.
    ///
    /// A character that is cut at the end of the piece waits for the next one.
    @inline(__always)
    private func pairs(
        _ view: ByteView, from start: Int, _ table: UnsafeBufferPointer<UInt32>,
        _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int, most: Int, _ isCut: inout Bool
    ) -> Int {
        var at = start
        let count = view.count
        while at < count, written <= most {
            let lead = view[at]
            if lead < 0x80 {
                target[written] = lead
                written &+= 1
                at &+= 1
                continue
            }
            guard at &+ 1 < count else {
                isCut = true
                return at
            }
            let trail = view[at &+ 1]
            if trail >= 0x40 {
                let packed = table[Int(lead &- 0x80) &<< 8 | Int(trail)]
                UnsafeMutableRawPointer(target + written).storeBytes(of: packed.littleEndian, as: UInt32.self)
                // Nearly all are three bytes. A branch is foreseen, while a sum would wait for the table.
                if packed &>> 24 == GB18030Table.usual {
                    written &+= 3
                    at &+= 2
                } else {
                    written &+= Int(packed &>> 25)
                    at &+= 1 &+ Int(packed &>> 24 & 1)
                }
                continue
            }
            guard trail &- 0x30 < 10 else {
                Self.put(0xFFFD, target, &written)
                at &+= 1
                continue
            }
            guard at &+ 4 <= count else {
                isCut = true
                return at
            }
            let scalar = long(view.part(at..<(at &+ 4)))
            Self.put(scalar ?? 0xFFFD, target, &written)
            at &+= scalar == nil ? 1 : 4
        }
        return at
    }

    /// The scalar of a character of four bytes.
    private func long(_ bytes: ByteView) -> UInt32? { converter.flatMap { GB18030Table.scalar(of: bytes, $0) } }
}

/// What the pairs of bytes of GB18030 stand for, asked of the system's converter once.
private enum GB18030Table {
    /// By lead byte less 0x80 and trail byte: three bytes of UTF-8, lowest first; above them one bit where both bytes are used up,
    /// and how many bytes it comes to.
    ///
    /// U+FFFD in place of the first byte where they are no pair.
    static let pairs: [UInt32] = {
        var table = [UInt32](repeating: packed(0xFFFD) & ~(1 << 24), count: 128 << 8)
        let opened: iconv_t? = iconv_open("UTF-8", "GB18030")
        guard let converter = opened, converter != iconv_t(bitPattern: -1) else { return table }
        defer { iconv_close(converter) }
        for lead in 0x81...0xFE {
            for trail in 0x40...0xFE where trail != 0x7F {
                let pair = [UInt8(lead), UInt8(trail)]
                let scalar: UInt32? = pair.withUnsafeBufferPointer { GB18030Table.scalar(of: $0, converter) }
                if let scalar { table[(lead - 0x80) << 8 | trail] = packed(scalar) }
            }
        }
        return table
    }()

    /// What stands above the bytes of a pair that is three bytes of UTF-8.
    static let usual: UInt32 = 3 << 1 | 1

    /// One scalar of the table; pairs of bytes stand for none beyond the first plane.
    private static func packed(_ scalar: UInt32) -> UInt32 {
        let bytes = Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8.prefix(3))
        let word = bytes.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(8 * $1.offset) }
        return word | 1 << 24 | UInt32(bytes.count) << 25
    }

    /// The scalar that some bytes are one character for.
    static func scalar(of bytes: ByteView, _ converter: iconv_t) -> UInt32? {
        var source = bytes.map { CChar(bitPattern: $0) }
        var target = [CChar](repeating: 0, count: 16)
        var left = source.count
        var room = target.count
        let result = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return iconv(converter, &from, &left, &to, &room)
            }
        }
        guard result != -1, left == 0 else {
            // What went wrong must not colour the next one.
            iconv(converter, nil, nil, nil, nil)
            return nil
        }
        let text = target[..<(target.count - room)].map { UInt8(bitPattern: $0) }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        return scalars.count == 1 ? scalars.first?.value : nil
    }
}
