internal import Messages

/// PyWxDump's JSON: an array of rows, the names in a file of their own beside it.
struct PyWxDumpJSON: ExportFormat {
    var slug: String { "pywxdump-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        for key in ["MsgSvrID", "type_name", "room_name"] {
            recognition.require(outline.has("[]." + key), "key \(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat), source: .array([], PyWxDumpRecordReader()))
    }
}

/// PyWxDump's web page: the same rows in `data.js`.
struct PyWxDumpHTML: ExportFormat {
    var slug: String { "pywxdump-html" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let script = head.script else { return Recognition(missing: ["a script"]) }
        var recognition = Recognition()
        recognition.require(script.variable == "local_msg_list", "const local_msg_list")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat),
            source: .script("local_msg_list", PyWxDumpRecordReader()))
    }
}

/// PyWxDump's CSV, 5,000 rows a file: the same columns.
struct PyWxDumpCSV: ExportFormat {
    var slug: String { "pywxdump-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["type_name", "talker", "room_name", "CreateTime"], of: &recognition)
        // Some versions have no MsgSvrID, and people delete is_sender.
        recognition.require(header.column(["MsgSvrID", "is_sender"]) != nil, "column MsgSvrID")
        // Its first versions have the words as JSON in `content`.
        recognition.require(header.column(["msg", "content"]) != nil, "column msg")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, PyWxDumpRowReader()))))
    }
}

/// WeFlow's CSV for WeClone: PyWxDump's columns without the room, its times in UTC.
struct WeCloneCSV: ExportFormat {
    var slug: String { "weflow-weclone-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["type_name", "talker", "msg", "CreateTime"], of: &recognition)
        recognition.require(header.column(["MsgSvrID", "is_sender"]) != nil, "column MsgSvrID")
        if header.column(["room_name"]) != nil { recognition.missing.append("absence of room_name") }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: FolderName.groupOrStem(of: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, PyWxDumpRowReader()))))
    }
}

/// Reads one row of the JSON.
struct PyWxDumpRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let type = 2
        static let talker = 3
        static let room = 4
        static let words = 5
        static let nothing = 6
    }

    private static let keys = JSONKeys([
        ["CreateTime"], ["MsgSvrID"], ["type_name"], ["talker"], ["room_name"], ["msg"], [],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let head = builder.head(
            record, time: Field.time, named: "CreateTime", sender: Field.talker, senderName: Field.nothing)
        guard var message = head else { return }
        message.group = builder.room(record[Field.room], name: JSONValue(), in: json)
        message.id = builder.serverID(json.raw(record[Field.id]))
        let start = builder.mark
        builder.append(record[Field.words], in: json)
        json.plain(record[Field.type]) { PyWxDump.add(from: start, type: $0, message, into: &builder) }
    }
}

/// Reads one row of either table.
struct PyWxDumpRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let id = 1
        static let type = 2
        static let talker = 3
        static let room = 4
        static let words = 5
    }

    var columns: [[StaticString]] {
        [["CreateTime"], ["MsgSvrID"], ["type_name"], ["talker"], ["room_name"], ["msg", "content"]]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let nothing = ByteView(start: nil, count: 0)
        let head = builder.head(
            row, time: Column.time, named: "CreateTime", sender: row[Column.talker], senderName: nothing)
        guard var message = head else { return }
        let room = row[Column.room]
        let isRoom = room.ends(with: "@chatroom") || room.ends(with: "@im.chatroom")
        message.group = isRoom ? builder.group(id: room, name: nothing, platform: .wechat) : builder.group()
        message.id = builder.serverID(row[Column.id])
        let start = builder.mark
        PyWxDump.append(row[Column.words], into: &builder)
        PyWxDump.add(from: start, type: row[Column.type], message, into: &builder)
    }
}

private enum PyWxDump {
    /// Appends the words; the first versions' are `{"src": "…", "msg": "…"}`.
    static func append(_ words: ByteView, into builder: inout BlockBuilder) {
        if words.first == 0x7B, words.find("\"msg\"") != nil {
            let json = JSONView(words)
            var found = JSONValue()
            let end = json.forEachMember(at: 0) { key, value in if json.equals(key, "msg") { found = value } }
            if end != nil, found.kind == .string { return builder.append(found, in: json) }
        }
        builder.append(words)
    }

    /// Takes the text since a mark for a message of a type's name.
    static func add(from start: Int, type: ByteView, _ message: MessageBlock.Record, into builder: inout BlockBuilder) {
        let kind = WeChatKinds.kind(name: type)
        switch kind {
        case .text: break
        case .image, .video, .sticker:
            // The bare words 图片, 视频, 表情 and paths stand for what isn't there.
            if builder.mark - start <= 12 { builder.drop(from: start) }
        default: break
        }
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}
