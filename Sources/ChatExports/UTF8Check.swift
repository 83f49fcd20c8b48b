/// Whether bytes are valid UTF-8.
///
/// Written for Chinese: most characters are three bytes long, and stand in long runs.
enum UTF8Check {
    /// True when all of a view is valid.
    static func isValid(_ view: ByteView) -> Bool {
        guard let base = UnsafeRawPointer(view.baseAddress) else { return true }
        let count = view.count
        var at = 0
        while at < count {
            if at &+ 8 <= count {
                let word = base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    at &+= 8
                    continue
                }
                // Two characters of three bytes, neither E0 nor ED, whose second byte is bound further.
                if word & 0x0000_C0C0_F0C0_C0F0 == 0x0000_8080_E080_80E0 {
                    let first = UInt8(truncatingIfNeeded: word)
                    let second = UInt8(truncatingIfNeeded: word >> 24)
                    if first != 0xE0, first != 0xED, second != 0xE0, second != 0xED {
                        at &+= 6
                        continue
                    }
                }
            }
            let length = self.length(view, at)
            if length == 0 { return false }
            at &+= length
        }
        return true
    }

    /// The length of the character at an offset, 0 where there is none.
    @inline(__always)
    private static func length(_ view: ByteView, _ at: Int) -> Int {
        let lead = view[at]
        if lead < 0x80 { return 1 }
        func isTail(_ offset: Int) -> Bool { at &+ offset < view.count && view[at &+ offset] & 0xC0 == 0x80 }
        switch lead {
        case 0xC2...0xDF: return isTail(1) ? 2 : 0
        case 0xE0...0xEF:
            guard isTail(1), isTail(2) else { return 0 }
            if lead == 0xE0, view[at &+ 1] < 0xA0 { return 0 }
            return lead == 0xED && view[at &+ 1] >= 0xA0 ? 0 : 3
        case 0xF0...0xF4:
            guard isTail(1), isTail(2), isTail(3) else { return 0 }
            if lead == 0xF0, view[at &+ 1] < 0x90 { return 0 }
            return lead == 0xF4 && view[at &+ 1] >= 0x90 ? 0 : 4
        default: return 0
        }
    }
}
