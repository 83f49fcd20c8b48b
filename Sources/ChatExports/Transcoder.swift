internal import Glibc

/// Turns the bytes of a file into UTF-8, piece by piece.
///
/// What cannot be decoded becomes U+FFFD; nothing stops it.
///
/// UTF-8 passes unchanged, also where it is broken: the parsers repair the few texts that they keep.
struct Transcoder: ~Copyable {
    private let encoding: TextEncoding
    private var carry: [UInt8] = []
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
        let used = encoding == .gb18030 ? fromGB18030(&input, onto: &output) : fromUTF16(input, onto: &output)
        carry = Array(input[used...])
        if isLast, !carry.isEmpty {
            carry = []
            output.append(contentsOf: Self.replacement)
        }
    }

    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private func fromUTF16(_ input: [UInt8], onto output: inout [UInt8]) -> Int {
        let high = encoding == .utf16LittleEndian ? 1 : 0
        let end = input.count & ~1
        var at = 0
        output.reserveCapacity(output.count + input.count * 3 / 2)
        while at < end {
            let unit = UInt32(input[at + high]) << 8 | UInt32(input[at + 1 - high])
            if unit & 0xF800 != 0xD800 {
                Self.append(unit, to: &output)
                at += 2
                continue
            }
            guard unit < 0xDC00 else {
                output.append(contentsOf: Self.replacement)
                at += 2
                continue
            }
            // The other half of the pair comes with the next piece.
            guard at + 4 <= end else { break }
            let low = UInt32(input[at + 2 + high]) << 8 | UInt32(input[at + 3 - high])
            if low & 0xFC00 == 0xDC00 {
                Self.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &output)
                at += 4
            } else {
                output.append(contentsOf: Self.replacement)
                at += 2
            }
        }
        return at
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

    private func fromGB18030(_ input: inout [UInt8], onto output: inout [UInt8]) -> Int {
        guard let converter else { return input.count }
        let count = input.count
        // Four bytes of UTF-8 for two of GB18030 is the worst case, three for one broken byte.
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: count * 3 + 16))
        var written = start
        var used = 0
        input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                while used < count {
                    var from = source.baseAddress.map { ($0 + used).assumingMemoryBound(to: CChar.self) }
                    var to = target.baseAddress.map { ($0 + written).assumingMemoryBound(to: CChar.self) }
                    var left = count - used
                    var room = target.count - written
                    let result = iconv(converter, &from, &left, &to, &room)
                    used = count - left
                    written = target.count - room
                    guard result == -1 else { continue }
                    // EINVAL: a character is cut at the end of the piece and waits for the next one.
                    guard errno == EILSEQ, written + 3 <= target.count else { return }
                    for byte in Self.replacement {
                        target[written] = byte
                        written += 1
                    }
                    used += 1
                }
            }
        }
        output.removeLast(output.count - written)
        return used
    }
}
