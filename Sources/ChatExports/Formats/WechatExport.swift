internal import Messages

/// Wechat-export's JSON, an array or lines: `sender_name`, `datetime`, `type`, `content`, and what else its user ticked.
struct WechatExportJSON: ExportFormat {
    var slug: String { "wechat-export-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        func has(_ key: String) -> Bool { outline.has(prefix + key) }
        recognition.require(has("sender_name") || has("sender_id"), "key sender_name")
        recognition.require(has("datetime") || has("timestamp"), "key datetime")
        recognition.require(has("content") && has("type"), "keys content and type")
        // A table of another program's may hold these names, too.
        let isWhole = has("raw_type") || has("conversation_name") || has("is_self")
        recognition.require(
            isWhole && !has("message_type") || Self.plain.isSuperset(of: outline.keys(under: prefix)),
            "key raw_type or conversation_name")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let isArray = head.outline?.root == .array
        let group = FolderName.group(of: file, platform: .wechat)
        let reader = WechatExportReader()
        return FormatReading(group: group, source: isArray ? .array([], reader) : .sequence(reader))
    }

    /// What is ticked unless somebody changes it.
    private static let plain: Set<String> = ["sender_name", "datetime", "type", "content"]
}

/// Reads one message of Wechat-export's JSON.
struct WechatExportReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let sender = 3
        static let name = 4
        static let room = 5
        static let roomName = 6
        static let type = 7
        static let number = 8
        static let content = 9
        static let quoted = 10
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["datetime"], ["id"], ["sender_id"], ["sender_name"], ["conversation_id"], ["conversation_name"],
        ["type"], ["raw_type"], ["content"], ["quoted"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(record, time: field, named: "datetime", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group(record[Field.room], name: record[Field.roomName], in: json, platform: .wechat)
        message.id = id(record[Field.id], in: json, &builder)
        var kind = WeChatKinds.kind(name: record[Field.type], in: json)
        if kind == .other, let number = json.integer(record[Field.number]) { kind = WeChatKinds.kind(type: number) }
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        if builder.mark == start, kind == .other { builder.append("[其他消息]") }
        let quote = json.member(record[Field.quoted], "content")
        builder.addContent(
            from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message,
            quote: quote.kind == .string ? json.decoded(quote) : [])
    }

    /// The server's number behind `@chatroom:s:`; a row of the phone's own database is no id.
    private func id(_ value: JSONValue, in json: JSONView, _ builder: inout BlockBuilder) -> MessageBlock.Slice {
        guard value.kind == .string, !value.isEscaped else { return .none }
        let text = json.raw(value)
        guard let mark = text.findLast(":s:") else { return .none }
        return builder.serverID(text.part((mark + 3)..<text.count))
    }
}

/// WeChat-Export-Tool's JSON: `Contact`, then `Messages` with names of .NET's manner.
struct WeChatExportToolJSON: ExportFormat {
    var slug: String { "wechat-export-tool-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("Contact"), "key Contact")
        recognition.require(outline.has("Messages"), "key Messages")
        recognition.require(
            outline.has("Messages[].CreateTime") || outline.has("TotalMessageCount"), "key CreateTime in Messages")
        recognition.needsWholeFile = !outline.has("Contact")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let id = outline.text(anyOf: ["Contact.Username", "Contact.UserName"])
        let name = outline.text(anyOf: [
            "Contact.DisplayName", "Contact.Remark", "Contact.NickName", "Contact.Nickname",
        ])
        return FormatReading(
            group: GroupIdentity(id: id, name: name, platform: .wechat),
            source: .array(["Messages"], WeChatExportToolReader()),
            isPrivate: !id.isEmpty && !id.hasSuffix("chatroom"))
    }
}

/// Reads one message of WeChat-Export-Tool's JSON.
struct WeChatExportToolReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let name = 1
        static let sender = 2
        static let type = 3
        static let content = 4
        static let id = 5
    }

    private static let keys = JSONKeys([
        ["CreateTime"], ["SenderName"], ["SenderIdentifier"], ["Type"], ["Content"], ["MessageId"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let head = builder.head(
            record, time: Field.time, named: "CreateTime", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(json.raw(record[Field.id]))
        var kind = json.plain(record[Field.type]) { Self.kind($0) }
        if kind == .other, let number = json.integer(record[Field.type]) { kind = WeChatKinds.kind(type: number) }
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        WechatDecrypt.dropSender(from: start, &builder)
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }

    /// What it calls a file may be a link or a quote just as well: it looks at half of WeChat's number.
    private static func kind(_ name: ByteView) -> MessageKind {
        let names: [(StaticString, MessageKind)] = [
            ("Text", .text), ("Image", .image), ("Voice", .voice), ("Video", .video), ("Emoji", .sticker),
            ("File", .other), ("System", .system),
        ]
        return names.first { name.equals($0.0) }?.1 ?? .other
    }
}

/// WeChat-Export-Tool's text: `Chat with: 群名`, a rule, then `[2026-03-02 08:14:05] 名:` and the words below, indented.
struct WeChatExportToolText: ExportFormat {
    var slug: String { "wechat-export-tool-text" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        recognition.require(Self.name(lines) != nil, "title Chat with:")
        let score = TextScore(lines, WeChatExportToolGrammar())
        recognition.require(score.isPlausible, "lines like [2026-03-02 08:14:05] 名:")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let group = GroupIdentity(id: "", name: Self.name(head.lines) ?? "", platform: .wechat)
        return head.reading(WeChatExportToolGrammar(), group: group)
    }

    private static func name(_ lines: [[UInt8]]) -> String? {
        guard let first = lines.first(where: { !$0.allSatisfy { $0 <= 0x20 } }) else { return nil }
        let title = String(decoding: first, as: UTF8.self)
        let mark = "Chat with: "
        let plain = title.hasPrefix("\u{FEFF}") ? String(title.unicodeScalars.dropFirst()) : title
        return plain.hasPrefix(mark) ? String(plain.dropFirst(mark.count)) : nil
    }
}

/// The lines of WeChat-Export-Tool's text.
struct WeChatExportToolGrammar: TextGrammar {
    private var isAbove = true

    func header(_ line: ByteView) -> TextHeader? { DingTalkTextGrammar().header(line) }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard isAbove else { return nil }
        isAbove = header(line) == nil
        return isAbove ? .passed : nil
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        let words = builder.look(from: start) { $0.begins(with: "  ") ? Array($0[2...]) : nil }
        if let words {
            builder.drop(from: start)
            words.withUnsafeBufferPointer { builder.append($0) }
        }
        builder.addContent(from: start, kind: .text, trust: .untyped, into: record)
    }
}
