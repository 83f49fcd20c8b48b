internal import Messages

/// What every record of a file is read with.
struct ReadingContext: Sendable {
    let file: String
    let now: Int64
    /// The group that the file names as a whole; empty id and name where it names none.
    var group: GroupIdentity
    /// True when the caller named the group: then records don't change it.
    var isGroupFixed: Bool
    /// The longest record, in bytes.
    let longestRecord: Int
    /// The longest words of one message, in bytes.
    let longestText: Int
}

/// Fills a block: checks times, interns groups, repairs text.
struct BlockBuilder {
    /// Its `bytes` are longer than the text: there is room at their end, so that what is appended is merely copied.
    private var block = MessageBlock()
    /// The bytes of text so far.
    private var used = 0
    let context: ReadingContext
    private var groupOfKey: [[UInt8]: Int32] = [:]
    private var lastKey: [UInt8] = []
    private var lastGroup: Int32 = 0
    /// The group of the conversation that is being read, and of those before it.
    private var entered: Int32 = 0
    private var enteredGroups: [GroupIdentity: Int32] = [:]

    init(_ context: ReadingContext) { self.context = context }

    // MARK: Rejects and passed lines

    mutating func reject(_ reason: Reject.Reason, line: Int, field: String? = nil, number: Int? = nil) {
        let origin = Origin(file: context.file, line: line, field: field)
        block.rejects.append(Reject(reason: reason, origin: origin, number: number))
    }

    /// Counts a line that is no message and no reject: blank, a comment, a header.
    mutating func pass() { block.blankLines += 1 }

    // MARK: Groups

    /// The group of the whole file, or of the conversation that was entered last.
    mutating func group() -> Int32 {
        if block.groups.isEmpty { block.groups.append(context.group) }
        return entered
    }

    /// Goes on with the messages of another conversation, unless the caller named the group.
    mutating func enter(_ group: GroupIdentity) {
        if context.isGroupFixed { return }
        if let known = enteredGroups[group] {
            entered = known
            return
        }
        entered = Int32(block.groups.count)
        enteredGroups[group] = entered
        block.groups.append(group)
    }

    /// The group that a record names by id; the file's own where the id is empty.
    mutating func group(id: ByteView, name: ByteView, platform: Platform) -> Int32 {
        if context.isGroupFixed || id.isEmpty && name.isEmpty { return group() }
        let shown = id.isEmpty ? name : id
        if !block.groups.isEmpty, shown.equals(lastKey) { return lastGroup }
        _ = group()
        let key = Array(shown)
        if let known = groupOfKey[key] {
            lastKey = key
            lastGroup = known
            return known
        }
        let identity = GroupIdentity(
            id: String(decoding: id, as: UTF8.self), name: String(decoding: name, as: UTF8.self), platform: platform)
        let isFilesOwn = identity == context.group
        let index = isFilesOwn ? 0 : Int32(block.groups.count)
        if !isFilesOwn { block.groups.append(identity) }
        groupOfKey[key] = index
        lastKey = key
        lastGroup = index
        return index
    }

    // MARK: Times

    enum TimeReading {
        case time(ExportTime.Reading)
        case missing, bad
    }

    /// A time that is plausible, out of a number or a text.
    func time(_ value: JSONValue, in json: JSONView) -> TimeReading {
        switch value.kind {
        case .absent: return .missing
        case .number, .string:
            if value.isEmpty { return .missing }
            if let number = json.integer(value), number > 99_999 {
                return plausible((ExportTime.seconds(number), .second))
            }
            if value.isEscaped {
                return json.decoded(value).withUnsafeBufferPointer { plausible(ExportTime.parse($0)) }
            }
            return plausible(ExportTime.parse(json.raw(value)))
        case .object, .array, .word: return .bad
        }
    }

    /// A time if the platform existed then and it isn't in the future.
    func plausible(_ reading: ExportTime.Reading?) -> TimeReading {
        guard let reading, reading.seconds >= ExportTime.earliest, reading.seconds <= context.now + 86400 else {
            return .bad
        }
        return .time(reading)
    }

    /// A plausible time, or a reject that says which field is to blame.
    mutating func requireTime(
        _ value: JSONValue, in json: JSONView, line: Int, field: String
    ) -> ExportTime.Reading? {
        switch time(value, in: json) {
        case .time(let reading): return reading
        case .missing: reject(.missingField, line: line, field: field)
        case .bad: reject(.badTime, line: line, field: field)
        }
        return nil
    }

    // MARK: Text

    /// Where the next text will begin.
    var mark: Int { used }

    /// Appends decoded JSON text.
    @inline(__always)
    mutating func append(_ value: JSONValue, in json: JSONView) {
        guard value.kind == .string || value.kind == .number else { return }
        let raw = json.raw(value)
        guard value.isEscaped else { return append(raw) }
        reserve(JSONView.mostDecoded(raw.count))
        used = block.bytes.withUnsafeMutableBufferPointer { JSONView.decode(raw, into: $0, from: used) }
    }

    @inline(__always)
    mutating func append(_ text: ByteView) {
        guard let source = text.baseAddress else { return }
        let count = text.count
        reserve(count)
        block.bytes.withUnsafeMutableBufferPointer { bytes in
            // There is room for it, made one line above.
            if let target = bytes.baseAddress { (target + used).update(from: source, count: count) }
        }
        used &+= count
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(ByteView(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Makes room for so many more bytes.
    @inline(__always)
    private mutating func reserve(_ count: Int) {
        if block.bytes.count &- used < count { grow(count) }
    }

    @inline(never)
    private mutating func grow(_ count: Int) {
        let missing = max(count, block.bytes.count, 1 << 10)
        block.bytes.append(contentsOf: repeatElement(0, count: missing))
    }

    /// Appends a JSON value as a slice of its own.
    mutating func slice(_ value: JSONValue, in json: JSONView) -> MessageBlock.Slice {
        guard !value.isEmpty, value.kind == .string || value.kind == .number else { return .none }
        let start = mark
        append(value, in: json)
        return MessageBlock.Slice(start: start, end: mark)
    }

    /// Looks at the text since a mark.
    @inline(__always)
    func look<Result>(from start: Int, _ body: (ByteView) -> Result) -> Result {
        block.bytes.withUnsafeBufferPointer { body(ByteView(rebasing: $0[start..<used])) }
    }

    /// Keeps of the text since a mark what a reading keeps, as the record's text and quote; names in between are dropped.
    @inline(__always)
    mutating func settle(_ reading: ContentReading, from start: Int, into record: inout MessageBlock.Record) {
        record.kind = reading.kind
        if reading.quote == nil, reading.text.lowerBound == 0 {
            used = start &+ reading.text.upperBound
            record.text = MessageBlock.Slice(start: start, end: used)
            return
        }
        settleParts(reading, from: start, into: &record)
    }

    private mutating func settleParts(
        _ reading: ContentReading, from start: Int, into record: inout MessageBlock.Record
    ) {
        let (text, quote) = look(from: start) { view in
            (Array(view[reading.text]), reading.quote.map { Array(view[$0]) } ?? [])
        }
        used = start
        record.text = slice(of: text)
        record.quote = quote.isEmpty ? .none : slice(of: quote)
    }

    private mutating func slice(of text: [UInt8]) -> MessageBlock.Slice {
        let start = used
        text.withUnsafeBufferPointer { append($0) }
        return MessageBlock.Slice(start: start, end: used)
    }

    /// Takes back all text since a mark.
    mutating func drop(from start: Int) { used = start }

    /// Puts a placeholder where there are no words: for nothing, for a path to a media file, for a data URL of megabytes.
    mutating func replaceMedia(from start: Int, kind: MessageKind) {
        switch kind {
        case .image, .voice, .video, .sticker, .file:
            guard mark == start || look(from: start, ContentRules.isMediaFile) else { return }
        default:
            guard mark == start else { return }
        }
        drop(from: start)
        append(WeChatKinds.placeholder(kind))
    }

    /// The number of rejects so far.
    var rejectCount: Int { block.rejects.count }

    /// Appends a record; one with more words than any person sends is a reject.
    @inline(__always)
    mutating func add(_ record: MessageBlock.Record) {
        if max(record.text.count, record.quote.count) > context.longestText { return refuse(record) }
        block.records.append(record)
    }

    @inline(never)
    private mutating func refuse(_ record: MessageBlock.Record) {
        if !record.text.isEmpty, Int(record.text.end) == used { drop(from: Int(record.text.start)) }
        reject(.tooLong, line: Int(record.line))
    }

    /// Makes room for what a piece of text will yield.
    mutating func reserve(bytes: Int, records: Int) {
        reserve(bytes)
        block.records.reserveCapacity(records)
    }

    /// The block, its text made valid UTF-8 and its rejects in the order of the file.
    ///
    /// Nothing is left in the builder.
    mutating func finished() -> MessageBlock {
        var block = exchange(&self.block, with: MessageBlock())
        block.bytes.removeLast(block.bytes.count - used)
        if !Self.isSound(block) { Self.repair(&block) }
        block.rejects.sort { ($0.origin.line, $0.reason.rawValue) < ($1.origin.line, $1.reason.rawValue) }
        return block
    }

    /// True when all text is valid and no slice begins inside a character: then every slice is valid.
    private static func isSound(_ block: MessageBlock) -> Bool {
        guard block.bytes.withUnsafeBufferPointer(UTF8Check.isValid) else { return false }
        func begins(_ slice: MessageBlock.Slice) -> Bool {
            slice.isEmpty || block.bytes[Int(slice.start)] & 0xC0 != 0x80
        }
        return block.records.allSatisfy { begins($0.text) && begins($0.quote) && begins($0.id) }
    }

    private static func repair(_ block: inout MessageBlock) {
        let old = block.bytes
        block.bytes = []
        block.bytes.reserveCapacity(old.count + 64)
        func repaired(_ slice: MessageBlock.Slice) -> MessageBlock.Slice {
            slice.isEmpty ? .none : block.append(String(decoding: old[slice.range], as: UTF8.self).utf8)
        }
        for index in block.records.indices {
            block.records[index].id = repaired(block.records[index].id)
            block.records[index].text = repaired(block.records[index].text)
            block.records[index].quote = repaired(block.records[index].quote)
        }
    }
}
