/// What stands between the quotes of YAML's scalars.
enum YAMLEscapes {
    /// A text in single quotes: only the quote itself is doubled.
    static func single(_ text: ByteView) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            out.append(text[at])
            at += text[at] == 0x27 && at + 1 < text.count && text[at + 1] == 0x27 ? 2 : 1
        }
        return out
    }

    /// A text in double quotes; an escape that is none becomes U+FFFD.
    static func decoded(_ text: ByteView) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            guard text[at] == 0x5C else {
                out.append(text[at])
                at += 1
                continue
            }
            guard at + 1 < text.count else { break }
            let letter = text[at + 1]
            at += 2
            if let digits = widths[letter] {
                let scalar = at + digits <= text.count ? hex(text.part(at..<(at + digits))) : nil
                put(scalar, &out)
                at += scalar == nil ? 0 : digits
            } else {
                put(letters[letter], &out)
            }
        }
        return out
    }

    private static let widths: [UInt8: Int] = [0x78: 2, 0x75: 4, 0x55: 8]

    private static let letters: [UInt8: UInt32] = [
        0x30: 0, 0x61: 7, 0x62: 8, 0x74: 9, 0x09: 9, 0x6E: 10, 0x76: 11, 0x66: 12, 0x72: 13, 0x65: 27, 0x20: 0x20,
        0x22: 0x22, 0x2F: 0x2F, 0x5C: 0x5C, 0x4E: 0x85, 0x5F: 0xA0, 0x4C: 0x2028, 0x50: 0x2029,
    ]

    private static func put(_ value: UInt32?, _ out: inout [UInt8]) {
        let scalar = value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
        out.append(contentsOf: Array(String(scalar).utf8))
    }

    private static func hex(_ text: ByteView) -> UInt32? { UInt32(String(decoding: text, as: UTF8.self), radix: 16) }
}
