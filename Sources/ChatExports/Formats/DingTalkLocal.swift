internal import Messages

/// The JSON of an exporter that reads DingTalk's own database: `chat.json`.
struct DingTalkLocalJSON: ExportFormat {
    var slug: String { "dingtalk-local-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        for key in ["conversation_id", "message_id", "source_table"] {
            recognition.require(outline.has("[]." + key), "key \(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .dingtalk), source: .array([], DingTalkLocalReader()))
    }
}

/// The same as a table: `chat.csv`.
struct DingTalkLocalCSV: ExportFormat {
    var slug: String { "dingtalk-local-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(
            ["datetime", "sender_name", "sender_id", "message_id", "message_type", "text"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        // The folder has the group's name; its id is in the JSON only.
        var group = FolderName.group(of: file, platform: .dingtalk)
        if group.id.isEmpty { group.name = FolderName.folder(of: file) }
        return FormatReading(group: group, source: .lines(DirectReader(CSVTable(header, DingTalkLocalRowReader()))))
    }
}

/// Reads one message of the JSON.
struct DingTalkLocalReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let sender = 3
        static let name = 4
        static let group = 5
        static let type = 6
        static let contentType = 7
        static let text = 8
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["datetime"], ["message_id"], ["sender_id"], ["sender_name"], ["conversation_id"],
        ["message_type"], ["content_type"], ["text"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(record, time: field, named: "timestamp", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group(record[Field.group], name: JSONValue(), in: json, platform: .dingtalk)
        message.id = builder.slice(record[Field.id], in: json)
        let start = builder.mark
        builder.append(record[Field.text], in: json)
        json.plain(record[Field.type]) { type in
            json.plain(record[Field.contentType]) {
                DingTalkLocal.add(from: start, type: type, contentType: $0, message, into: &builder)
            }
        }
    }
}

/// Reads one row of the table.
struct DingTalkLocalRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let id = 1
        static let sender = 2
        static let name = 3
        static let type = 4
        static let contentType = 5
        static let text = 6
    }

    var columns: [[StaticString]] {
        [
            ["datetime"], ["message_id"], ["sender_id"], ["sender_name"], ["message_type"], ["content_type"],
            ["text"],
        ]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let head = builder.head(
            row, time: Column.time, named: "datetime", sender: row[Column.sender], senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(row[Column.id], digits: 10)
        let start = builder.mark
        builder.append(row[Column.text])
        DingTalkLocal.add(
            from: start, type: row[Column.type], contentType: row[Column.contentType], message, into: &builder)
    }
}

/// What the JSON, the table and the text of that exporter have in common.
enum DingTalkLocal {
    /// Takes the text since a mark for a message.
    static func add(
        from start: Int, type: ByteView, contentType: ByteView, _ message: MessageBlock.Record,
        into builder: inout BlockBuilder
    ) {
        var kind = kind(type, contentType)
        unwrap(from: start, &kind, in: &builder)
        builder.addContent(from: start, kind: kind, trust: .untyped, into: message)
    }

    /// What the exporter could make nothing of stands there as JSON: its words take its place.
    static func unwrap(from start: Int, _ kind: inout MessageKind, in builder: inout BlockBuilder) {
        guard builder.look(from: start, { $0.count > 1 && $0[0] == 0x7B }),
            let words = builder.look(from: start, words)
        else { return }
        builder.drop(from: start)
        words.withUnsafeBufferPointer { builder.append($0) }
        if words.isEmpty, kind == .text { kind = .other }
    }

    /// By name, else by DingTalk's number of the content.
    private static func kind(_ type: ByteView, _ contentType: ByteView) -> MessageKind {
        let named = WeChatKinds.kind(name: type)
        if named != .other { return named }
        let numbers: [(StaticString, MessageKind)] = [
            ("1", .text), ("2", .image), ("3", .voice), ("4", .file), ("202", .video), ("500", .file), ("501", .file),
        ]
        return numbers.first { contentType.equals($0.0) }?.1 ?? .text
    }

    /// The words of a content that is JSON; nil when it is none.
    private static func words(_ content: ByteView) -> [UInt8]? {
        let view = content.part(content.trimmed(0..<content.count))
        let json = JSONView(view)
        guard let (object, end) = json.value(at: 0), object.kind == .object, end == view.count else { return nil }
        let names: [StaticString] = ["text", "content", "title", "summary", "markdown"]
        let found = json.member(object, anyOf: names)
        if found.kind == .string { return json.decoded(found) }
        let nested = json.member(object, anyOf: ["textContent", "content", "text"])
        return json.decoded(json.member(nested, anyOf: names))
    }
}
