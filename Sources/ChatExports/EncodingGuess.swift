/// Decides the encoding of a file from its bytes alone.
enum EncodingGuess {
    /// The encoding, and the number of bytes of its byte-order mark.
    static func guess(_ source: ByteSource, head: [UInt8]) throws(ExportError) -> (TextEncoding, mark: Int) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if let wide = withoutMark(head) { return (wide, 0) }
        // Where a byte is missing the zeros change sides: the beginning says more.
        for count in [4096, 512] where head.count > count {
            if let wide = withoutMark(Array(head.prefix(count))) { return (wide, 0) }
        }
        // A head of base64 pictures says nothing: judge where the first character beyond ASCII stands.
        guard let offset = try firstNonASCII(source, head: head) else { return (.utf8, 0) }
        let sample = try source.bytes(at: offset, count: 1 << 16)
        return (looksLikeGB18030(sample) ? .gb18030 : .utf8, 0)
    }

    /// UTF-16 without a mark has its zeros on one side: of digits, spaces and line ends.
    ///
    /// Zeros that a damaged disk left in other text stand anywhere, and beside good UTF-8.
    private static func withoutMark(_ head: [UInt8]) -> TextEncoding? {
        guard head.count >= 4 else { return nil }
        var zeros = [0, 0]
        var isASCII = true
        for (index, byte) in head.enumerated() {
            if byte == 0 { zeros[index & 1] += 1 }
            if byte >= 0x80 { isASCII = false }
        }
        let enough = max(2, head.count / (isASCII ? 4 : 40))
        let side = zeros[1] > zeros[0] ? 1 : 0
        guard zeros[side] >= enough, zeros[side] > zeros[1 - side] * 8 else { return nil }
        let (good, bad) = characters(head)
        if good > bad * 2 { return nil }
        return side == 1 ? .utf16LittleEndian : .utf16BigEndian
    }

    private static func firstNonASCII(_ source: ByteSource, head: [UInt8]) throws(ExportError) -> Int? {
        if let index = head.firstIndex(where: { $0 >= 0x80 }) { return index }
        var offset = head.count
        while true {
            let piece = try source.bytes(at: offset, count: 1 << 20)
            if piece.isEmpty { return nil }
            if let index = indexOfNonASCII(piece) { return offset + index }
            offset += piece.count
        }
    }

    private static func indexOfNonASCII(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { raw in
            var at = 0
            while at + 8 <= raw.count {
                let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080
                if word != 0 { return at + word.trailingZeroBitCount / 8 }
                at += 8
            }
            while at < raw.count {
                if raw[at] >= 0x80 { return at }
                at += 1
            }
            return nil
        }
    }

    /// A byte-cut character in one line must not flip a file, so the shares decide.
    private static func looksLikeGB18030(_ sample: [UInt8]) -> Bool {
        let (good, bad) = characters(sample)
        return bad > good || bad == 0 && isMixture(sample)
    }

    /// True for UTF-8 that nobody writes: letters of several scripts in one word, and no Chinese.
    ///
    /// Of `图片` in GB18030 the four bytes are two letters of UTF-8, one Greek, one African.
    private static func isMixture(_ sample: [UInt8]) -> Bool {
        var mixed = 0
        var plain = 0
        var at = 0
        while at < sample.count {
            guard sample[at] >= 0x80 else {
                at += 1
                continue
            }
            var scripts: Set<UInt8> = []
            let start = at
            while at + 1 < sample.count, sample[at] >= 0x80 {
                // A character of three bytes: then the file is what it looks like.
                if sample[at] >= 0xE0 { return false }
                // Signs like · and ° stand beside any letter.
                if sample[at] != 0xC2 { scripts.insert(script(sample[at])) }
                at += 2
            }
            if at == start { break }
            if scripts.count > 1 { mixed += 1 } else { plain += 1 }
        }
        return mixed > 0 && mixed >= plain
    }

    /// A number for the letters that begin with a byte: Latin, phonetic, Greek, Cyrillic, and so on.
    private static func script(_ lead: UInt8) -> UInt8 {
        switch lead {
        case 0...0xC5: 0
        case 0xC6...0xC9: 1
        case 0xCA...0xCB: 2
        case 0xCC...0xCF: 3
        case 0xD0...0xD3: 4
        case 0xD4...0xD5: 5
        case 0xD6...0xD7: 6
        case 0xD8...0xDB: 7
        default: 8
        }
    }

    /// The characters beyond ASCII that are UTF-8, and the bytes that are none.
    private static func characters(_ sample: [UInt8]) -> (good: Int, bad: Int) {
        var good = 0
        var bad = 0
        var at = 0
        while at < sample.count {
            let lead = sample[at]
            if lead < 0x80 {
                at += 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            // The sample's cut last character speaks for nothing.
            if at + length > sample.count { break }
            let fits = lead >= 0xC2 && lead < 0xF5 && sample[(at + 1)..<(at + length)].allSatisfy { $0 & 0xC0 == 0x80 }
            if fits {
                good += 1
                at += length
            } else {
                bad += 1
                at += 1
            }
        }
        return (good, bad)
    }
}
