/// Finds the end of one JSON value, resumably: it may be fed piece by piece, and nested as deep as it likes.
///
/// Brackets are matched by type, strings must be followed by punctuation, and nothing but ASCII stands outside strings:
/// so a quote that was lost is noticed at the next string instead of swallowing the rest of the file.
struct ValueScanner {
    enum Outcome: Equatable {
        /// The value ends before this offset.
        case done(Int)
        /// More bytes are needed; go on from this offset.
        case more(Int)
        /// No JSON; noticed at this offset.
        case broken(Int)
    }

    private var depth = 0
    /// One bit per open bracket, the innermost lowest: 1 for an object.
    ///
    /// Deeper than 64 the types are not checked.
    private var objects: UInt64 = 0
    private var inString = false
    private var begun = false
    /// The last byte outside strings that is no white space, of what was scanned before this piece.
    private var last: UInt8 = 0
    /// Where this piece begins: what stands before it in the view depends on who reads.
    private var floor = 0

    /// A scanner inside an array that is already open, for skipping its rest; `last` is what was taken before.
    static func insideArray(behind last: UInt8) -> ValueScanner {
        var scanner = ValueScanner()
        scanner.depth = 1
        scanner.begun = true
        scanner.last = last
        return scanner
    }

    /// Goes on at an offset.
    ///
    /// The first call must be at the value's first byte.
    mutating func scan(_ view: ByteView, from start: Int, isLast: Bool) -> Outcome {
        var at = start
        let count = view.count
        floor = start
        if !begun {
            guard at < count else { return .more(at) }
            begun = true
            switch view[at] {
            case 0x22:
                inString = true
                at += 1
            case 0x7B, 0x5B: break
            default: return scalar(view, from: at, isLast: isLast)
            }
        } else if depth == 0, !inString {
            return scalar(view, from: at, isLast: isLast)
        }
        while true {
            if inString {
                at = JSONScan.quoteOrBackslash(in: view, from: at)
                if at >= count { return .more(count) }
                if view[at] == 0x5C {
                    if at &+ 1 >= count { return .more(at) }
                    at &+= 2
                    continue
                }
                if at &+ 1 < count {
                    guard Self.mayFollowString(view[at &+ 1]) else { return .broken(at) }
                } else if !isLast {
                    return .more(at)
                }
                inString = false
                at &+= 1
                if depth == 0 { return .done(at) }
                // From text to text: `":"`, `","`, and with a blank between.
                if at &+ 2 < count, view[at] == 0x3A || view[at] == 0x2C {
                    let quote = view[at &+ 1] == 0x20 ? at &+ 2 : at &+ 1
                    if view[quote] == 0x22 {
                        inString = true
                        at = quote &+ 1
                        continue
                    }
                }
            }
            if let outcome = outside(view, &at) { return outcome }
        }
    }

    /// Runs outside strings until one begins (nil) or there is an outcome.
    @inline(__always)
    private mutating func outside(_ view: ByteView, _ at: inout Int) -> Outcome? {
        let count = view.count
        while at < count {
            let byte = view[at]
            switch byte {
            case 0x22:
                inString = true
                at &+= 1
                return nil
            case 0x2C, 0x3A: at &+= 1
            case 0...0x20: at = JSONScan.skipSpace(in: view, from: at)
            case 0x7B, 0x5B:
                if depth > 0, depth < 64, !mayOpen(view, at) { return .broken(at) }
                if depth < 64 { objects = objects << 1 | (byte == 0x7B ? 1 : 0) }
                depth &+= 1
                at &+= 1
            case 0x7D, 0x5D:
                if depth <= 64 {
                    guard (objects & 1 == 1) == (byte == 0x7D) else { return .broken(at) }
                    objects >>= 1
                }
                depth &-= 1
                at &+= 1
                if depth <= 0 { return .done(at) }
            case 0x27, 0x5C, 0x60, 0x80...: return .broken(at)
            default: at &+= 1
            }
        }
        last = solid(view, before: count)
        return .more(count)
    }

    /// A bracket opens after `:` in an object and after `[` or `,` in an array; `{"a":1 {` has lost its end.
    private func mayOpen(_ view: ByteView, _ at: Int) -> Bool {
        switch solid(view, before: at) {
        case 0x3A: objects & 1 == 1
        case 0x2C, 0x5B: objects & 1 == 0
        default: false
        }
    }

    /// The last byte before an offset that is no white space, in this piece or before it.
    private func solid(_ view: ByteView, before end: Int) -> UInt8 {
        var at = end &- 1
        while at >= floor, view[at] <= 0x20 { at &-= 1 }
        return at >= floor ? view[at] : last
    }

    private func scalar(_ view: ByteView, from start: Int, isLast: Bool) -> Outcome {
        var at = start
        while at < view.count {
            switch view[at] {
            case 0...0x20, 0x2C, 0x5D, 0x7D: return .done(at)
            case 0x22, 0x5C, 0x7B, 0x5B, 0x80...: return .broken(at)
            default: at += 1
            }
        }
        return isLast ? .done(at) : .more(at)
    }

    @inline(__always)
    private static func mayFollowString(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x2C || byte == 0x3A || byte == 0x7D || byte == 0x5D
    }
}
