/// Walks the shallow structure of a JSON file of any size: keys and short values, everything else skipped unread.
final class JSONStream {
    let window: ByteWindow
    /// The last byte that `take` consumed.
    private(set) var lastTaken: UInt8 = 0

    init(_ window: ByteWindow) { self.window = window }

    /// The next byte that is no white space, not consumed; nil at the end.
    func peek() throws(ExportError) -> UInt8? {
        while true {
            let at = window.bytes.withUnsafeBufferPointer { JSONScan.skipSpace(in: $0, from: window.start) }
            window.start = at
            if at < window.bytes.count { return window.bytes[at] }
            guard try window.fill() else { return nil }
        }
    }

    /// Consumes one byte, which `peek` has shown.
    func take() {
        lastTaken = window.bytes[window.start]
        window.start += 1
    }

    /// Consumes a value; false when it is no JSON, or the file ends in it (then all of it is consumed).
    func skipValue() throws(ExportError) -> Bool { try skip(ValueScanner()) }

    /// Consumes what is left of the array that is open, and its bracket.
    func skipRestOfArray() throws(ExportError) -> Bool { try skip(.insideArray(behind: lastTaken)) }

    private func skip(_ start: ValueScanner) throws(ExportError) -> Bool {
        var scanner = start
        var at = window.start
        while true {
            let isLast = window.isAtEnd
            switch window.bytes.withUnsafeBufferPointer({ scanner.scan($0, from: at, isLast: isLast) }) {
            case .done(let end):
                window.start = end
                return true
            case .broken(let end):
                window.start = end
                return false
            case .more(let next):
                window.start = next
                guard try window.fill() else {
                    window.start = window.bytes.count
                    return false
                }
                at = 0
            }
        }
    }

    /// Consumes a value and returns its bytes, nil when it is longer than the limit, broken or cut.
    func copyValue(limit: Int) throws(ExportError) -> [UInt8]? {
        var scanner = ValueScanner()
        var at = window.start
        while true {
            let isLast = window.isAtEnd
            switch window.bytes.withUnsafeBufferPointer({ scanner.scan($0, from: at, isLast: isLast) }) {
            case .done(let end):
                let value = Array(window.bytes[window.start..<end])
                window.start = end
                return value.count <= limit ? value : nil
            case .broken(let end):
                window.start = end
                return nil
            case .more(let next):
                if next - window.start > limit {
                    window.start = next
                    _ = try skip(scanner)
                    return nil
                }
                let used = next - window.start
                guard try window.fill(atLeast: used) else {
                    window.start = window.bytes.count
                    return nil
                }
                at = used
            }
        }
    }

    /// Consumes a member's key and colon; nil at `}` (consumed), at the end, or where there is none.
    func nextKey() throws(ExportError) -> String? {
        lastTaken = 0
        while let byte = try peek() {
            switch byte {
            case 0x2C: take()
            case 0x22:
                guard let raw = try copyValue(limit: 256) else {
                    // A key of more than 256 bytes names nothing that is known.
                    guard try peek() == 0x3A else { return nil }
                    take()
                    return ""
                }
                guard try peek() == 0x3A else { return nil }
                take()
                return String(decoding: raw.dropFirst().dropLast(), as: UTF8.self)
            case 0x7D:
                take()
                return nil
            default: return nil
            }
        }
        return nil
    }

    /// Goes to the array under the given keys and consumes its bracket; false when it isn't there.
    func enterArray(_ path: [String]) throws(ExportError) -> Bool {
        for name in path {
            guard try peek() == 0x7B else { return false }
            take()
            while true {
                guard let key = try nextKey() else { return false }
                if key == name { break }
                guard try peek() != nil, try skipValue() else { return false }
            }
        }
        guard try peek() == 0x5B else { return false }
        take()
        return true
    }
}
