extension JSONView {
    /// Appends the decoded text of a string (or the bytes of a scalar).
    ///
    /// Invalid escapes and lone surrogates become U+FFFD.
    @inline(__always)
    func append(_ value: JSONValue, to output: inout [UInt8]) {
        guard value.kind == .string || value.kind == .number else { return }
        if value.isEscaped {
            appendEscaped(value, to: &output)
        } else {
            output.append(contentsOf: ByteView(rebasing: view[value.range]))
        }
    }

    /// The decoded text of a string.
    func decoded(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        append(value, to: &output)
        return output
    }

    private func appendEscaped(_ value: JSONValue, to output: inout [UInt8]) {
        let end = Int(value.end)
        var at = Int(value.start)
        while at < end {
            let next = min(end, JSONScan.quoteOrBackslash(in: ByteView(rebasing: view[..<end]), from: at))
            if next > at { output.append(contentsOf: ByteView(rebasing: view[at..<next])) }
            at = next + 1
            guard at < end else { return }
            switch view[at] {
            case 0x6E: output.append(0x0A)
            case 0x74: output.append(0x09)
            case 0x72: output.append(0x0D)
            case 0x62: output.append(0x08)
            case 0x66: output.append(0x0C)
            case 0x22, 0x5C, 0x2F: output.append(view[at])
            case 0x75:
                at = appendUnicode(escapeAt: at, end: end, to: &output)
                continue
            default: output.append(contentsOf: Transcoder.replacement)
            }
            at += 1
        }
    }

    /// Decodes `uXXXX` (and the other half of a pair); returns the offset behind it.
    private func appendUnicode(escapeAt at: Int, end: Int, to output: inout [UInt8]) -> Int {
        guard let unit = hex(at + 1, end) else {
            output.append(contentsOf: Transcoder.replacement)
            return at + 1
        }
        let after = at + 5
        guard unit & 0xF800 == 0xD800 else {
            Transcoder.append(unit, to: &output)
            return after
        }
        if unit < 0xDC00, after + 1 < end, view[after] == 0x5C, view[after + 1] == 0x75,
            let low = hex(after + 2, end), low & 0xFC00 == 0xDC00
        {
            Transcoder.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &output)
            return after + 6
        }
        output.append(contentsOf: Transcoder.replacement)
        return after
    }

    private func hex(_ start: Int, _ end: Int) -> UInt32? {
        guard start + 4 <= end else { return nil }
        var value: UInt32 = 0
        for index in start..<(start + 4) {
            let byte = view[index]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
