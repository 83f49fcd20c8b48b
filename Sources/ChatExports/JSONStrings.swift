internal import CScan

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

    /// The most bytes that a string of so many comes to, with what is written behind its end.
    ///
    /// `\x` is two and becomes three.
    static func mostDecoded(_ count: Int) -> Int { count + count / 2 + 24 }

    /// Writes the decoded text of a string's bytes to an offset, and says where it ends; there must be room for it.
    static func decode(_ raw: ByteView, into output: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
        guard let target = output.baseAddress, let source = raw.baseAddress else { return start }
        precondition(output.count - start >= mostDecoded(raw.count), "no room for a decoded string")
        var done = start
        var at = 0
        while true {
            at = cscan_unescape(source, raw.count, at, target, &done)
            guard at &+ 1 < raw.count else { return done }
            // It stopped at a backslash with something else behind.
            guard raw[at &+ 1] == 0x75 else {
                put(0xFFFD, target, &done)
                at &+= 2
                continue
            }
            repeat {
                at = unicode(raw, escapeAt: at &+ 1, target, &done)
            } while at &+ 1 < raw.count && raw[at] == 0x5C && raw[at &+ 1] == 0x75
        }
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
