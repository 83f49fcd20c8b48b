/// The keys of one format's records, looked up by their bytes.
///
/// A record's value of the n-th name lands in the n-th field. Names may repeat a field: aliases of one meaning.
struct JSONKeys: Sendable {
    private var names: [StaticString] = []
    private var fields: [Int] = []
    /// For each hash the first of its names, then a chain through `next`; -1 ends it.
    private var first = [Int16](repeating: -1, count: 128)
    private var next: [Int16] = []
    /// The number of fields.
    private(set) var count = 0

    /// One field per entry, each with all names that mean it.
    init(_ entries: [[StaticString]]) {
        count = entries.count
        for (field, aliases) in entries.enumerated() {
            for name in aliases {
                let hash = Self.hash(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
                next.append(first[hash])
                first[hash] = Int16(names.count)
                names.append(name)
                fields.append(field)
            }
        }
    }

    @inline(__always)
    private static func hash(_ key: ByteView) -> Int {
        guard let last = key.last else { return 0 }
        return (Int(key[0]) &* 7 &+ Int(last) &* 31 &+ key.count &* 13) & 127
    }

    /// The field that a key names, or nil.
    @inline(__always)
    func field(_ view: JSONView, _ key: JSONValue) -> Int? {
        var candidate = first[Self.hash(view.raw(key))]
        while candidate >= 0 {
            if view.equals(key, names[Int(candidate)]) { return fields[Int(candidate)] }
            candidate = next[Int(candidate)]
        }
        return nil
    }
}

/// One record of a JSON export: its members by field number.
struct JSONRecord {
    let json: JSONView
    /// The line or record number within the file.
    let line: Int
    let fields: UnsafeMutableBufferPointer<JSONValue>
    /// Where the record ends.
    let end: Int

    /// The value of a field; absent where the record has none or null.
    subscript(field: Int) -> JSONValue { fields[field] }

    /// Reads the object at an offset into the fields; nil when it is no object or no JSON.
    @inline(__always)
    init?(
        _ json: JSONView, at start: Int, line: Int, keys: JSONKeys, fields: UnsafeMutableBufferPointer<JSONValue>
    ) {
        self.json = json
        self.line = line
        self.fields = fields
        fields.update(repeating: JSONValue())
        let end = json.forEachMember(at: start) { key, value in
            guard let field = keys.field(json, key), !json.isNull(value) else { return }
            // The first alias wins unless it was empty: {"senderName":"","nick":"…"}.
            if fields[field].kind == .absent || fields[field].isEmpty { fields[field] = value }
        }
        guard let end else { return nil }
        self.end = end
    }
}
