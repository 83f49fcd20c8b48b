extension JSONView {
    /// The decoded text of a string (or the bytes of a scalar).
    ///
    /// Invalid escapes and lone surrogates become U+FFFD.
    func decoded(_ value: JSONValue) -> [UInt8] {
        guard value.kind == .string || value.kind == .number else { return [] }
        let raw = raw(value)
        guard value.isEscaped else { return Array(raw) }
        return [UInt8](unsafeUninitializedCapacity: Self.mostDecoded(raw.count)) {
            $1 = Self.decode(raw, into: $0, from: 0)
        }
    }

    /// A string without its escapes, for as long as a body takes; its own bytes where it has none.
    ///
    /// Python's and .NET's writers spell every Han character as an escape (`\u6587\u672c`) unless told otherwise.
    @inline(__always)
    func plain<Value>(_ value: JSONValue, _ body: (ByteView) -> Value) -> Value {
        value.isEscaped ? decoded(value).withUnsafeBufferPointer(body) : body(raw(value))
    }

    /// The most bytes that a string of so many comes to: `\x` is two and becomes three.
    static func mostDecoded(_ count: Int) -> Int { count + count / 2 + 8 }

    /// Writes the decoded text of a string's bytes to an offset, and says where it ends; there must be room for it.
    static func decode(_ raw: ByteView, into output: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
        guard let target = output.baseAddress, let source = raw.baseAddress else { return start }
        precondition(output.count - start >= mostDecoded(raw.count), "no room for a decoded string")
        var done = start
        var at = 0
        while at < raw.count {
            let next = JSONScan.quoteOrBackslash(in: raw, from: at)
            (target + done).update(from: source + at, count: next - at)
            done += next - at
            at = next + 1
            guard at < raw.count else { return done }
            switch raw[at] {
            case 0x6E: put(0x0A, target, &done)
            case 0x74: put(0x09, target, &done)
            case 0x72: put(0x0D, target, &done)
            case 0x62: put(0x08, target, &done)
            case 0x66: put(0x0C, target, &done)
            case 0x22, 0x5C, 0x2F: put(UInt32(raw[at]), target, &done)
            case 0x75:
                at = unicode(raw, escapeAt: at, target, &done)
                continue
            default: put(0xFFFD, target, &done)
            }
            at += 1
        }
        return done
    }

    @inline(__always)
    private static func put(_ scalar: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ at: inout Int) {
        Transcoder.put(scalar, target, &at)
    }

    /// Decodes `uXXXX` (and the other half of a pair); returns the offset behind it.
    private static func unicode(
        _ raw: ByteView, escapeAt at: Int, _ target: UnsafeMutablePointer<UInt8>, _ done: inout Int
    ) -> Int {
        guard let unit = hex(raw, at + 1) else {
            put(0xFFFD, target, &done)
            return at + 1
        }
        let after = at + 5
        guard unit & 0xF800 == 0xD800 else {
            put(unit, target, &done)
            return after
        }
        if unit < 0xDC00, after + 1 < raw.count, raw[after] == 0x5C, raw[after + 1] == 0x75,
            let low = hex(raw, after + 2), low & 0xFC00 == 0xDC00
        {
            put(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), target, &done)
            return after + 6
        }
        put(0xFFFD, target, &done)
        return after
    }

    private static func hex(_ raw: ByteView, _ start: Int) -> UInt32? {
        guard start + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for index in start..<(start + 4) {
            let byte = raw[index]
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
