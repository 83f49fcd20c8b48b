internal import Messages

/// wechat-decrypt's JSON: `chat_username`, `is_group`, `messages` with WeChat's own content.
struct WechatDecryptJSON: ExportFormat {
    var slug: String { "wechat-decrypt-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("chat_username"), "key chat_username")
        recognition.require(outline.has("messages"), "key messages")
        recognition.require(outline.has("is_group") || outline.has("display_name"), "key is_group")
        recognition.needsWholeFile = !outline.has("is_group")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let group = GroupIdentity(
            id: outline.text(anyOf: ["chat_username"]), name: outline.text(anyOf: ["display_name"]), platform: .wechat)
        return FormatReading(
            group: group, source: .array(["messages"], WechatDecryptRecordReader()),
            isPrivate: outline.text("is_group") == "false")
    }
}

/// wechat-decrypt's table: a file for each of the phone's databases, in a folder with the group's name.
struct WechatDecryptCSV: ExportFormat {
    var slug: String { "wechat-decrypt-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["时间", "发送者", "消息类型", "内容", "server_id"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        var group = FolderName.group(of: file, platform: .wechat)
        if group.id.isEmpty {
            let stem = FolderName.stem(file)
            group.name = stem.hasPrefix("message_") || stem == "message" ? FolderName.folder(of: file) : stem
        }
        return FormatReading(
            group: group, source: .lines(DirectReader(CSVTable(header, WechatDecryptRowReader()))))
    }
}

/// What wechat-decrypt and others leave before the words.
enum WechatDecrypt {
    /// Where the words begin behind the sender's id, a colon and a line end, which WeChat keeps before them in groups.
    static func wordsStart(_ content: ByteView) -> Int {
        var at = 0
        while at < content.count, at < 64, isOfID(content[at]) { at += 1 }
        return at >= 5 && content.holds(":\n", at: at) ? at + 2 : 0
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x40, 0x2E: true
        default: false
        }
    }

    /// Takes the sender's id away from the text since a mark.
    static func dropSender(from start: Int, _ builder: inout BlockBuilder) {
        let words = builder.look(from: start) { view -> [UInt8]? in
            let at = wordsStart(view)
            return at > 0 ? Array(view[at...]) : nil
        }
        guard let words else { return }
        builder.drop(from: start)
        words.withUnsafeBufferPointer { builder.append($0) }
    }
}

/// Reads one message of wechat-decrypt's JSON.
struct WechatDecryptRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let type = 2
        static let typeName = 3
        static let sender = 4
        static let name = 5
        static let content = 6
        static let id = 7
        static let isSystem = 8
    }

    // Each local id is one of several databases': no id.
    private static let keys = JSONKeys([
        ["create_time"], ["time_str"], ["type"], ["type_name"], ["sender_username"], ["sender"],
        ["content", "display_content"], ["server_id"], ["is_system"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(record, time: field, named: "create_time", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        if record[Field.id].end - record[Field.id].start >= 15 {
            message.id = builder.slice(record[Field.id], in: json)
        }
        var kind = json.integer(record[Field.type]).map { WeChatKinds.kind(type: $0) } ?? .other
        if kind == .other { kind = WeChatKinds.kind(name: record[Field.typeName], in: json) }
        if json.isTrue(record[Field.isSystem]), record[Field.isSystem].kind == .word { kind = .system }
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        WechatDecrypt.dropSender(from: start, &builder)
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}

/// Reads one row of wechat-decrypt's table.
struct WechatDecryptRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let name = 1
        static let type = 2
        static let text = 3
        static let id = 4
    }

    var columns: [[StaticString]] { [["时间"], ["发送者"], ["消息类型"], ["内容"], ["server_id"]] }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let nothing = ByteView(start: nil, count: 0)
        let head = builder.head(row, time: Column.time, named: "时间", sender: nothing, senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(row[Column.id])
        let kind = Self.kind(row[Column.type])
        var content = row[Column.text]
        if kind == .system, content.begins(with: "[系统: "), content.ends(with: "]") {
            content = content.part("[系统: ".utf8.count..<(content.count - 1))
        }
        let start = builder.mark
        builder.append(content.part(WechatDecrypt.wordsStart(content)..<content.count))
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }

    /// The kind of a type's name; `未知(244813135921)` is WeChat's number.
    private static func kind(_ name: ByteView) -> MessageKind {
        if name.begins(with: "分享/文件") { return .link }
        guard name.begins(with: "未知("), name.ends(with: ")") else { return WeChatKinds.kind(name: name) }
        let digits = name.part("未知(".utf8.count..<(name.count - 1))
        return Int64(String(decoding: digits, as: UTF8.self)).map { WeChatKinds.kind(type: $0) } ?? .other
    }
}
