internal import CScan

/// Bytes that a scanner looks at.
///
/// Nothing is read outside it: every function below checks its bounds.
typealias ByteView = UnsafeBufferPointer<UInt8>

enum JSONScan {
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// Marks the high bit of zero bytes.
    ///
    /// The lowest mark is exact; bytes above it may be marked falsely by a borrow.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// The first `"` or `\` at or after an offset, or the count where there is none.
    @inline(__always)
    static func quoteOrBackslash(in view: ByteView, from start: Int) -> Int {
        byte(0x22, or: 0x5C, in: view, from: start)
    }

    /// The quote that closes a string of which an offset is no escaped byte, or the count.
    static func closingQuote(in view: ByteView, from start: Int) -> Int {
        guard let base = view.baseAddress, start < view.count else { return view.count }
        var isEscaped = false
        return cscan_string(base, view.count, start, &isEscaped)
    }

    /// The first byte at or after an offset that is no JSON white space (control bytes count as white space).
    @inline(__always)
    static func skipSpace(in view: ByteView, from start: Int) -> Int {
        var at = start
        let count = view.count
        if at < count, view[at] > 0x20 { return at }
        guard let base = UnsafeRawPointer(view.baseAddress) else { return at }
        // Pretty-printed files are a third indentation.
        while at &+ 8 <= count {
            let word = base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let solid = (((word & ~highs) &+ (ones &* 0x5F)) | word) & highs
            if solid != 0 { return at &+ (solid.trailingZeroBitCount >> 3) }
            at &+= 8
        }
        while at < count, view[at] <= 0x20 { at &+= 1 }
        return at
    }

    /// The first byte at or after an offset that ends or marks a text of JavaScript: its quote, a double quote, a
    /// backslash, a control byte; or the count.
    @inline(__always)
    static func scriptMark(_ quote: UInt8, in view: ByteView, from start: Int) -> Int {
        var at = start
        let count = view.count
        guard let base = UnsafeRawPointer(view.baseAddress) else { return count }
        while at &+ 8 <= count {
            let word = base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let found =
                zeros(word ^ (ones &* UInt64(quote))) | zeros(word ^ (ones &* 0x22)) | zeros(word ^ (ones &* 0x5C))
                | ((word &- ones &* 0x20) & ~word & highs)
            if found != 0 { return at &+ (found.trailingZeroBitCount >> 3) }
            at &+= 8
        }
        while at < count {
            let byte = view[at]
            if byte == quote || byte == 0x22 || byte == 0x5C || byte < 0x20 { return at }
            at &+= 1
        }
        return count
    }

    /// The first line feed at or after an offset, or the count.
    @inline(__always)
    static func lineFeed(in view: ByteView, from start: Int) -> Int { byte(0x0A, or: 0x0A, in: view, from: start) }

    /// The first of two bytes at or after an offset, or the count.
    @inline(__always)
    static func byte(_ first: UInt8, or second: UInt8, in view: ByteView, from start: Int) -> Int {
        guard start < view.count, let base = view.baseAddress else { return view.count }
        return cscan_either(base, view.count, start, first, second)
    }
}
