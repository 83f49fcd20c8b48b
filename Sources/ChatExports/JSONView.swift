internal import CScan

/// A JSON value within a view: where it stands and what it is.
struct JSONValue {
    enum Kind: UInt8 { case absent, string, object, array, number, word }

    var kind: Kind = .absent
    /// True for a string that holds a backslash.
    var isEscaped = false
    /// The value's bytes; of a string those between its quotes.
    var start: Int32 = 0
    var end: Int32 = 0

    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { end <= start }
}

/// JSON in memory: values are found by scanning, nothing is decoded that isn't asked for.
struct JSONView {
    let view: ByteView

    init(_ view: ByteView) { self.view = view }

    /// The value that begins at an offset (white space skipped), and where it ends; nil where there is none.
    @inline(__always)
    func value(at start: Int) -> (JSONValue, end: Int)? {
        let at = JSONScan.skipSpace(in: view, from: start)
        guard at < view.count else { return nil }
        switch view[at] {
        case 0x22:
            guard let (string, end) = string(at: at) else { return nil }
            return (string, end)
        case 0x7B, 0x5B:
            guard let end = end(ofNested: at) else { return nil }
            let kind: JSONValue.Kind = view[at] == 0x7B ? .object : .array
            return (JSONValue(kind: kind, start: Int32(at), end: Int32(end)), end)
        default:
            var end = at
            scalar: while end < view.count {
                switch view[end] {
                case 0...0x20, 0x2C, 0x5D, 0x7D: break scalar
                default: end &+= 1
                }
            }
            guard end > at else { return nil }
            let kind: JSONValue.Kind
            switch view[at] {
            case 0x2D, 0x30...0x39: kind = .number
            case 0x74, 0x66, 0x6E: kind = .word
            default: return nil
            }
            return (JSONValue(kind: kind, start: Int32(at), end: Int32(end)), end)
        }
    }

    /// Where the object or array ends that begins at an offset; nil where it is none.
    @inline(never)
    private func end(ofNested at: Int) -> Int? {
        guard let base = view.baseAddress else { return nil }
        let end = cscan_value(base, view.count, at)
        if end > 0 { return end }
        var scanner = ValueScanner()
        guard case .done(let other) = scanner.scan(view, from: at, isLast: true) else { return nil }
        return other
    }

    /// The string whose opening quote stands at an offset.
    @inline(__always)
    func string(at quote: Int) -> (JSONValue, end: Int)? {
        var at = JSONScan.quoteOrBackslash(in: view, from: quote &+ 1)
        guard at < view.count else { return nil }
        let escaped = view[at] == 0x5C
        if escaped {
            at = JSONScan.closingQuote(in: view, from: at)
            guard at < view.count else { return nil }
        }
        let string = JSONValue(kind: .string, isEscaped: escaped, start: Int32(quote &+ 1), end: Int32(at))
        return (string, at &+ 1)
    }

    /// Calls `body` with each member of the object whose brace stands at `start`, and returns where the object ends;
    /// nil when it is no object.
    @inline(__always)
    func forEachMember(at start: Int, _ body: (_ key: JSONValue, _ value: JSONValue) -> Void) -> Int? {
        guard start < view.count, view[start] == 0x7B else { return nil }
        var at = start &+ 1
        var needsComma = false
        while true {
            at = JSONScan.skipSpace(in: view, from: at)
            guard at < view.count else { return nil }
            if view[at] == 0x7D { return at &+ 1 }
            if view[at] == 0x2C {
                needsComma = false
                at &+= 1
                continue
            }
            guard !needsComma, view[at] == 0x22, let (key, afterKey) = string(at: at) else { return nil }
            at = JSONScan.skipSpace(in: view, from: afterKey)
            guard at < view.count, view[at] == 0x3A, let (value, end) = value(at: at &+ 1) else { return nil }
            body(key, value)
            at = end
            needsComma = true
        }
    }

    /// Calls `body` with each element of an array value.
    func forEachElement(of array: JSONValue, _ body: (JSONValue) -> Void) {
        guard array.kind == .array else { return }
        var at = Int(array.start) + 1
        while true {
            at = JSONScan.skipSpace(in: view, from: at)
            guard at < Int(array.end) else { return }
            if view[at] == 0x2C {
                at += 1
                continue
            }
            guard view[at] != 0x5D, let (element, end) = value(at: at) else { return }
            body(element)
            at = end
        }
    }

    /// The member of an object with a name, or an absent value.
    ///
    /// For rare fields: it scans the object.
    func member(_ object: JSONValue, _ name: StaticString) -> JSONValue {
        var found = JSONValue()
        guard object.kind == .object else { return found }
        _ = forEachMember(at: Int(object.start)) { key, value in
            if equals(key, name) { found = value }
        }
        return found
    }

    /// Where the value of a member begins, without looking for its end; nil where there is none.
    func start(of name: StaticString, in object: JSONValue) -> Int? {
        guard object.kind == .object else { return nil }
        var at = Int(object.start) &+ 1
        while at < Int(object.end) {
            at = JSONScan.skipSpace(in: view, from: at)
            guard at < view.count else { return nil }
            if view[at] == 0x2C {
                at &+= 1
                continue
            }
            guard view[at] == 0x22, let (key, afterKey) = string(at: at) else { return nil }
            at = JSONScan.skipSpace(in: view, from: afterKey)
            guard at < view.count, view[at] == 0x3A else { return nil }
            at = JSONScan.skipSpace(in: view, from: at &+ 1)
            if equals(key, name) { return at }
            guard let (_, end) = value(at: at) else { return nil }
            at = end
        }
        return nil
    }

    /// The first present member out of several names; null counts as absent.
    func member(_ object: JSONValue, anyOf names: [StaticString]) -> JSONValue {
        for name in names {
            let value = member(object, name)
            if value.kind != .absent, !isNull(value) { return value }
        }
        return JSONValue()
    }

    /// True unless a word or a number is none that JSON has; only the borders of these were looked for.
    func isSound(_ value: JSONValue) -> Bool {
        let text = raw(value)
        switch value.kind {
        case .word: return text.equals("true") || text.equals("false") || text.equals("null")
        case .number:
            return text.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
                default: false
                }
            }
        case .string, .object, .array, .absent: return true
        }
    }

    /// True for a text that may be an object written as JSON: a brace stands at its beginning, or something escaped.
    func mayBeObject(_ value: JSONValue) -> Bool {
        guard value.kind == .string else { return false }
        let at = JSONScan.skipSpace(in: view, from: Int(value.start))
        return at < Int(value.end) && (view[at] == 0x7B || view[at] == 0x5C)
    }

    /// True for the word `null`.
    func isNull(_ value: JSONValue) -> Bool { value.kind == .word && view[Int(value.start)] == 0x6E }

    /// True for the word `true`.
    func isTrue(_ value: JSONValue) -> Bool { value.kind == .word && view[Int(value.start)] == 0x74 }

    /// True when a value's bytes are exactly a name's.
    @inline(__always)
    func equals(_ value: JSONValue, _ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard Int(value.end) &- Int(value.start) == count else {
            return value.isEscaped && decoded(value).withUnsafeBufferPointer { $0.equals(name) }
        }
        for index in 0..<count where view[Int(value.start) &+ index] != name.utf8Start[index] { return false }
        return true
    }

    /// The bytes of a value as they stand.
    func raw(_ value: JSONValue) -> ByteView { ByteView(rebasing: view[value.range]) }

    /// A whole number: digits, of a number or a string, never through a Double.
    func integer(_ value: JSONValue) -> Int64? {
        guard value.kind == .number || value.kind == .string, value.end > value.start else { return nil }
        var at = Int(value.start)
        let isNegative = view[at] == 0x2D
        if isNegative { at += 1 }
        guard at < Int(value.end) else { return nil }
        var result: Int64 = 0
        while at < Int(value.end) {
            let digit = view[at] &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(digit))
            if overflow || carry { return nil }
            result = sum
            at += 1
        }
        return isNegative ? -result : result
    }
}
