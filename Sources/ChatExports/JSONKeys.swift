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
    /// Where the record begins.
    let start: Int
    /// Where the record ends.
    let end: Int
    /// The memory that it was read with.
    let scratch: JSONScratch

    /// The value of a field; absent where the record has none or null.
    subscript(field: Int) -> JSONValue { fields[field] }

    /// Reads the object at an offset into the fields; nil when it is no object or no JSON.
    @inline(__always)
    init?(_ json: JSONView, at start: Int, line: Int, keys: JSONKeys, scratch: JSONScratch) {
        self.json = json
        self.line = line
        self.start = start
        self.scratch = scratch
        fields = scratch.fields
        fields.update(repeating: JSONValue())
        let view = json.view
        guard start < view.count, view[start] == 0x7B else { return nil }
        var at = start &+ 1
        var member = 0
        var needsComma = false
        while true {
            at = JSONScan.skipSpace(in: view, from: at)
            guard at < view.count else { return nil }
            if view[at] == 0x7D { break }
            if view[at] == 0x2C {
                needsComma = false
                at &+= 1
                continue
            }
            guard !needsComma, view[at] == 0x22 else { return nil }
            let guess = scratch.guesses[min(member, JSONScratch.guessed)]
            let field: Int
            if guess.isRepeated(in: view, at: at &+ 1) {
                field = Int(guess.field)
                at = at &+ Int(guess.length) &+ 2
            } else {
                guard let (key, afterKey) = json.string(at: at) else { return nil }
                field = keys.field(json, key) ?? -1
                scratch.guesses[min(member, JSONScratch.guessed)] = JSONScratch.Guess(
                    start: key.start, length: key.end &- key.start, field: Int32(truncatingIfNeeded: field))
                at = afterKey
            }
            member &+= 1
            at = JSONScan.skipSpace(in: view, from: at)
            guard at < view.count, view[at] == 0x3A else { return nil }
            at = JSONScan.skipSpace(in: view, from: at &+ 1)
            // Most values are strings.
            let isString = at < view.count && view[at] == 0x22
            guard let (value, end) = isString ? json.string(at: at) : json.value(at: at) else { return nil }
            // The first alias wins unless it was empty: {"senderName":"","nick":"…"}.
            if field >= 0, fields[field].isEmpty, isString || !json.isNull(value) { fields[field] = value }
            at = end
            needsComma = true
        }
        end = at &+ 1
    }
}

/// Memory that the records of a piece are read with, one after another.
struct JSONScratch {
    /// Where a member's key stood in the record before: exporters write all records' keys in one order.
    struct Guess {
        var start: Int32 = 0
        var length: Int32 = -1
        /// -1 for a key that isn't asked for.
        var field: Int32 = -1

        /// True when the same key, with its closing quote, stands at an offset.
        @inline(__always)
        func isRepeated(in view: ByteView, at start: Int) -> Bool {
            let count = Int(length) &+ 1
            let from = Int(self.start)
            guard length >= 0, start &+ count <= view.count, let base = UnsafeRawPointer(view.baseAddress) else {
                return false
            }
            var done = 0
            while done &+ 8 <= count {
                let old = base.loadUnaligned(fromByteOffset: from &+ done, as: UInt64.self)
                guard old == base.loadUnaligned(fromByteOffset: start &+ done, as: UInt64.self) else { return false }
                done &+= 8
            }
            while done < count {
                if view[from &+ done] != view[start &+ done] { return false }
                done &+= 1
            }
            return true
        }
    }

    /// Members beyond these share one guess.
    static let guessed = 31

    let fields: UnsafeMutableBufferPointer<JSONValue>
    let guesses: UnsafeMutableBufferPointer<Guess>
    private let shelf: UnsafeMutablePointer<Shelf>

    /// What records in records are read with; lent once for all records of a piece.
    private struct Shelf {
        let fields: UnsafeMutableBufferPointer<JSONValue>
        let guesses: UnsafeMutableBufferPointer<Guess>
        /// Where texts that are JSON themselves stand without their escapes, one behind the other; then from the beginning
        /// again.
        let texts: UnsafeMutableBufferPointer<UInt8>
        let textGuesses: UnsafeMutableBufferPointer<Guess>
        var textsEnd = 0
    }

    /// For the records in the records, of the same text.
    var inner: JSONScratch {
        JSONScratch(fields: shelf.pointee.fields, guesses: shelf.pointee.guesses, shelf: shelf)
    }

    /// Memory for the texts in the texts: it stays in the processor's cache.
    private static let textRoom = 1 << 15

    /// A string without its escapes, as a text of its own that holds JSON: where in `json` it begins, and what its records
    /// are read with.
    ///
    /// For as long as the body takes, in which no other text may be asked for.
    @inline(__always)
    func withText<Result>(
        of value: JSONValue, in json: JSONView,
        _ body: (_ json: JSONView, _ start: Int, _ scratch: JSONScratch) -> Result
    ) -> Result {
        let room = JSONView.mostDecoded(Int(value.end &- value.start))
        guard value.isEscaped, room <= Self.textRoom else { return withLongText(of: value, in: json, body) }
        var start = shelf.pointee.textsEnd
        if Self.textRoom &- start < room {
            start = 0
            forgetTexts()
        }
        let end = JSONView.decode(json.raw(value), into: shelf.pointee.texts, from: start)
        shelf.pointee.textsEnd = end
        let view = ByteView(rebasing: UnsafeBufferPointer(shelf.pointee.texts)[..<end])
        return body(JSONView(view), start, forTexts)
    }

    /// A string without its escapes, for as long as a body takes, in which no text may be asked for.
    @inline(__always)
    func plain<Result>(_ value: JSONValue, in json: JSONView, _ body: (ByteView) -> Result) -> Result {
        guard value.isEscaped else { return body(json.raw(value)) }
        return withText(of: value, in: json) { json, start, _ in body(json.view.part(start..<json.view.count)) }
    }

    private var forTexts: JSONScratch {
        JSONScratch(fields: shelf.pointee.fields, guesses: shelf.pointee.textGuesses, shelf: shelf)
    }

    /// Guesses are places in the texts: they go with them.
    private func forgetTexts() { shelf.pointee.textGuesses.update(repeating: Guess()) }

    @inline(never)
    private func withLongText<Result>(
        of value: JSONValue, in json: JSONView, _ body: (JSONView, Int, JSONScratch) -> Result
    ) -> Result {
        shelf.pointee.textsEnd = 0
        forgetTexts()
        defer { forgetTexts() }
        return json.decoded(value).withUnsafeBufferPointer { body(JSONView($0), 0, forTexts) }
    }

    /// Lends memory for records with so many fields, and for records in them.
    static func with(fields count: Int, inner: Int = 0, _ body: (JSONScratch) -> Void) {
        withUnsafeTemporaryAllocation(of: JSONValue.self, capacity: count + inner) { fields in
            fields.initialize(repeating: JSONValue())
            withUnsafeTemporaryAllocation(of: Guess.self, capacity: 3 * (guessed + 1)) { guesses in
                guesses.initialize(repeating: Guess())
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: textRoom) { texts in
                    func part(_ number: Int) -> UnsafeMutableBufferPointer<Guess> {
                        let start = number * (guessed + 1)
                        return UnsafeMutableBufferPointer(rebasing: guesses[start...(start + guessed)])
                    }
                    var shelf = Shelf(
                        fields: UnsafeMutableBufferPointer(rebasing: fields[count...]), guesses: part(1), texts: texts,
                        textGuesses: part(2))
                    withUnsafeMutablePointer(to: &shelf) { shelf in
                        let own = UnsafeMutableBufferPointer(rebasing: fields[..<count])
                        body(JSONScratch(fields: own, guesses: part(0), shelf: shelf))
                    }
                }
            }
        }
    }
}
