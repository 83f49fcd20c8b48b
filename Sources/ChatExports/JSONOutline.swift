/// The shallow structure of a JSON file: what formats are told apart by.
///
/// Paths are keys joined by dots, `[]` for the elements of an array: `session.wxid`, `messages[].localId`, `[].seq`.
struct JSONOutline {
    enum Root { case object, array, other }

    var root = Root.other
    /// True when the file is a sequence of objects, each on a line of its own.
    var isLines = false
    /// True when there is one such line in the head of the file.
    var isOneLine = false
    /// True when the whole file was looked at, or as much of it as is sound.
    var isComplete = false
    /// Paths in the order of the file.
    private(set) var paths: [String] = []
    private var known: Set<String> = []
    private var scalars: [String: String] = [:]
    /// The raw JSON of arrays that records refer to (`senders`).
    var tables: [String: [UInt8]] = [:]

    /// True when a path stands in the file.
    func has(_ path: String) -> Bool { known.contains(path) }

    /// The text of a short string, number or word; nil where there is none or it is null.
    func text(_ path: String) -> String? { scalars[path].flatMap { $0 == "null" ? nil : $0 } }

    /// The first present text out of several paths that isn't empty.
    func text(anyOf paths: [String]) -> String {
        paths.lazy.compactMap { text($0) }.first { !$0.isEmpty } ?? ""
    }

    /// The keys of the objects under a prefix.
    func keys(under prefix: String) -> Set<String> {
        let below = paths.compactMap { $0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : nil }
        return Set(below.filter { !$0.isEmpty && !$0.contains(".") && !$0.contains("[") }.map { String($0) })
    }

    /// True for an object of people by their ids, as PyWxDump writes beside its messages.
    var isRegisterOfPeople: Bool {
        guard root == .object, let first = paths.first, !first.contains(".") else { return false }
        return has(first + ".wxid") && has(first + ".nickname")
    }

    /// Adds what another outline saw.
    mutating func merge(_ other: JSONOutline) {
        for path in other.paths { note(path, other.scalars[path]) }
        tables.merge(other.tables) { mine, _ in mine }
    }

    mutating func note(_ path: String, _ scalar: String? = nil) {
        // Hostile files have millions of keys.
        guard known.count < 2048 || known.contains(path) else { return }
        if known.insert(path).inserted { paths.append(path) }
        if let scalar, scalars[path] == nil { scalars[path] = scalar }
    }
}

/// Makes an outline by walking a file as far as needed.
struct OutlineWalker {
    let stream: JSONStream
    var outline = JSONOutline()
    /// True to stop after the first records, false to go to the end of the file.
    var stopsAtRecords: Bool

    private static let sampled = 8
    /// Their keys are people's ids, or they are large and say nothing.
    private static let skipped: Set<String> = ["avatars", "members", "groupMembers", "resourceRefs"]
    private static let tables: Set<String> = ["senders"]
    private static let recordLists: Set<String> = [
        "", "messages", "list", "items", "records", "data", "result", "chatdata", "Messages",
        "conversationMessagesList",
    ]

    init(_ stream: JSONStream, stopsAtRecords: Bool) {
        self.stream = stream
        self.stopsAtRecords = stopsAtRecords
    }

    /// Walks the root value.
    mutating func walk() throws(ExportError) {
        switch try stream.peek() {
        case 0x7B: outline.root = .object
        case 0x5B: outline.root = .array
        default: return
        }
        outline.isComplete = try value(path: "", key: "", depth: 0)
    }

    /// Notes one value and, while shallow, what is in it; false to stop.
    private mutating func value(path: String, key: String, depth: Int) throws(ExportError) -> Bool {
        guard let byte = try stream.peek() else { return false }
        switch byte {
        case 0x7B where depth < 5 && !Self.skipped.contains(key): return try object(path: path, depth: depth)
        case 0x5B where depth < 4 && !Self.skipped.contains(key): return try array(path: path, key: key, depth: depth)
        case 0x7B, 0x5B:
            outline.note(path)
            return try stream.skipValue()
        default:
            if let raw = try stream.copyValue(limit: 512) {
                outline.note(path, Self.text(raw))
                return true
            }
            outline.note(path)
            // A long string was skipped; after a broken one the next byte is no comma or bracket.
            return switch try stream.peek() {
            case 0x2C, 0x7D, 0x5D: true
            default: false
            }
        }
    }

    private mutating func object(path: String, depth: Int) throws(ExportError) -> Bool {
        if !path.isEmpty { outline.note(path) }
        stream.take()
        return try members(path: path, depth: depth)
    }

    /// Notes the members of an object that is open, up to and with its closing brace.
    mutating func members(path: String, depth: Int) throws(ExportError) -> Bool {
        while let key = try stream.nextKey() {
            let inner = path.isEmpty ? key : path + "." + key
            guard try value(path: inner, key: key, depth: depth + 1) else { return false }
        }
        return stream.lastTaken == 0x7D
    }

    private mutating func array(path: String, key: String, depth: Int) throws(ExportError) -> Bool {
        outline.note(path)
        if Self.tables.contains(key), path == key || path == "statistics." + key {
            if let raw = try stream.copyValue(limit: 16 << 20) {
                outline.tables[path] = raw
                return true
            }
            return try stream.peek() != nil
        }
        stream.take()
        let isRecords = Self.recordLists.contains(key)
        var seen = 0
        while let byte = try stream.peek() {
            switch byte {
            case 0x2C: stream.take()
            case 0x5D:
                stream.take()
                return !(isRecords && seen > 0 && stopsAtRecords)
            default:
                if seen == (isRecords ? Self.sampled : 1) {
                    if isRecords { return try skipRecords() }
                    return try stream.skipRestOfArray()
                }
                seen += 1
                outline.note(path + "[]")
                if try value(path: path + "[]", key: "", depth: depth + 1) { continue }
                return isRecords ? try skipRecords() : false
            }
        }
        return false
    }

    /// Passes over the rest of the records as the reader of the messages will: a broken one costs itself, not the keys
    /// behind the array.
    private func skipRecords() throws(ExportError) -> Bool {
        if stopsAtRecords { return false }
        let splitter = ElementSplitter(stream.window, options: ExportOptions(now: 0), isSequence: false)
        while try splitter.next() != nil {}
        return !splitter.endedEarly
    }

    private static func text(_ raw: [UInt8]) -> String {
        raw.withUnsafeBufferPointer { view in
            let json = JSONView(view)
            guard let (value, _) = json.value(at: 0), value.kind == .string else {
                return String(decoding: view, as: UTF8.self)
            }
            return String(decoding: json.decoded(value), as: UTF8.self)
        }
    }
}
