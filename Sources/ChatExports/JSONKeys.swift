/// The keys of one format's records, looked up by their bytes.
///
/// A record's value of the n-th name lands in the n-th field. Names may repeat a field: aliases of one meaning.
struct JSONKeys: Sendable {
    /// A name by its length and its first and last eight bytes (padded with zeros), and the field that it means.
    private struct Entry {
        var first: UInt64
        var last: UInt64
        var name: StaticString
        var field: Int16
        /// The next entry of the same hash; -1 ends the chain.
        var next: Int16
        var length: Int32
    }

    private var entries: [Entry] = []
    private var heads = [Int16](repeating: -1, count: 256)
    /// The number of fields.
    private(set) var count = 0

    /// One field per entry, each with all names that mean it.
    init(_ fields: [[StaticString]]) {
        count = fields.count
        for (field, aliases) in fields.enumerated() {
            for name in aliases {
                let bytes = ByteView(start: name.utf8Start, count: name.utf8CodeUnitCount)
                let (first, last) = Self.words(bytes, 0, bytes.count)
                let hash = Self.hash(first, last, bytes.count)
                entries.append(
                    Entry(
                        first: first, last: last, name: name, field: Int16(field), next: heads[hash],
                        length: Int32(bytes.count)))
                heads[hash] = Int16(entries.count - 1)
            }
        }
    }

    @inline(__always)
    private static func hash(_ first: UInt64, _ last: UInt64, _ length: Int) -> Int {
        let mixed = (first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 56)
    }

    /// The first and the last eight bytes of a name, or what it has of them.
    @inline(__always)
    private static func words(_ view: ByteView, _ start: Int, _ length: Int) -> (UInt64, UInt64) {
        guard let base = UnsafeRawPointer(view.baseAddress) else { return (0, 0) }
        if length >= 8 {
            return (
                base.loadUnaligned(fromByteOffset: start, as: UInt64.self),
                base.loadUnaligned(fromByteOffset: start &+ length &- 8, as: UInt64.self)
            )
        }
        if start &+ 8 <= view.count {
            let word = base.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            let kept = length == 0 ? 0 : word & (UInt64.max >> UInt64(64 &- 8 &* length))
            return (kept, kept)
        }
        var word: UInt64 = 0
        for index in 0..<length { word |= UInt64(view[start &+ index]) << UInt64(8 &* index) }
        return (word, word)
    }

    /// The field that a key names, or nil.
    @inline(__always)
    func field(_ json: JSONView, _ key: JSONValue) -> Int? {
        let length = Int(key.end &- key.start)
        let (first, last) = Self.words(json.view, Int(key.start), length)
        var candidate = heads[Self.hash(first, last, length)]
        while candidate >= 0 {
            let entry = entries[Int(candidate)]
            if entry.first == first, entry.last == last, Int(entry.length) == length,
                length <= 16 || json.equals(key, entry.name)
            {
                return Int(entry.field)
            }
            candidate = entry.next
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
