internal import Messages

/// ChatLab Format as one JSON document: `chatlab`, `meta`, `members`, `messages`.
struct ChatLabJSON: ExportFormat {
    var slug: String { "chatlab-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("chatlab"), "key chatlab")
        recognition.require(outline.has("messages"), "key messages")
        if outline.has("_type") { recognition.missing.append("absence of _type") }
        recognition.needsWholeFile = !outline.has("meta")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        return FormatReading(
            group: ChatLab.group(outline), source: .array(["messages"], ChatLabRecordReader(isLines: false)),
            isPrivate: ChatLab.isPrivate(outline))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        outline.text("sync.hasMore") == "true" ? [.hasMore] : []
    }
}

/// ChatLab Format as JSON lines: a header, members, messages.
struct ChatLabLines: ExportFormat {
    var slug: String { "chatlab-jsonl" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("_type"), "key _type")
        recognition.require(outline.has("chatlab") || outline.text("_type") != "header", "key chatlab in the header")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        // WeFlow's streaming writers have the header in two lines, without objects in them.
        let isFlat = !outline.has("meta") && (outline.text("_type") == "chatlab" || outline.text("_type") == "meta")
        return FormatReading(
            group: isFlat ? ChatLab.flatGroup(outline) : ChatLab.group(outline),
            source: .sequence(ChatLabRecordReader(isLines: true, hasShortIDs: isFlat)),
            isPrivate: isFlat ? outline.text("type") == "private" : ChatLab.isPrivate(outline))
    }
}

private enum ChatLab {
    static func isPrivate(_ outline: JSONOutline) -> Bool { outline.text("meta.type") == "private" }

    static func flatGroup(_ outline: JSONOutline) -> GroupIdentity {
        GroupIdentity(
            id: outline.text(anyOf: ["groupId"]), name: outline.text(anyOf: ["name"]),
            platform: Platform(rawValue: outline.text(anyOf: ["platform"])) ?? .wechat)
    }

    static func group(_ outline: JSONOutline) -> GroupIdentity {
        GroupIdentity(
            id: outline.text(anyOf: ["meta.groupId"]), name: outline.text(anyOf: ["meta.name"]),
            platform: Platform(rawValue: outline.text(anyOf: ["meta.platform"])) ?? .wechat)
    }
}

/// Reads one message of ChatLab Format.
struct ChatLabRecordReader: JSONRecordReader {
    /// True for JSON lines, where members and the header stand among the messages.
    let isLines: Bool
    /// True where short ids are row numbers of a local database: a server's id has 15 digits and more.
    var hasShortIDs = false

    var keys: JSONKeys { Self.keys }

    fileprivate enum Field {
        static let sender = 0
        static let name = 1
        static let time = 2
        static let type = 3
        static let content = 4
        static let id = 5
        static let items = 6
        static let lineType = 7
        static let exact = 8
    }

    private static let keys = JSONKeys([
        ["sender"], ["accountName", "groupNickname"], ["timestamp"], ["type"], ["content"], ["platformMessageId"],
        ["chatRecords"], ["_type"], ["minsheng"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        if isLines, !json.equals(record[Field.lineType], "message") {
            let names: [StaticString] = ["header", "member", "meta", "chatlab"]
            let isKnown = names.contains { json.equals(record[Field.lineType], $0) }
            if isKnown { builder.pass() } else { builder.reject(.missingField, line: record.line, field: "_type") }
            return
        }
        let time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "timestamp")
        guard let time else { return }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group()
        message.speakerKey = SpeakerKey.key(
            id: record[Field.sender], name: record[Field.name], in: json, ordinal: record.line)
        let kind = Self.kind(json.integer(record[Field.type]))
        if isXML(record, kind) {
            message.id = id(record, &builder)
            let start = builder.mark
            builder.append(record[Field.content], in: json)
            builder.addContent(from: start, kind: kind, into: message)
            return
        }
        let isExact = ExactContent.settle(
            record[Field.content], exact: record[Field.exact], in: json, into: &message, &builder)
        if !isExact {
            ChatRecords.settle(
                record[Field.content], in: json, kind: kind, items: record[Field.items], into: &message, &builder)
        }
        message.id = id(record, &builder)
        builder.add(message)
        ChatRecords.add(record[Field.items], in: json, parent: message, into: &builder)
    }

    private func id(_ record: JSONRecord, _ builder: inout BlockBuilder) -> MessageBlock.Slice {
        let value = record[Field.id]
        if hasShortIDs, value.end - value.start < 15 { return .none }
        return builder.slice(value, in: record.json)
    }

    /// True where WeChat's own XML stands for the words, as some tools hand it on.
    private func isXML(_ record: JSONRecord, _ kind: MessageKind) -> Bool {
        let content = record[Field.content]
        guard content.kind == .string, record[Field.items].kind != .array, record[Field.exact].kind == .absent else {
            return false
        }
        let raw = record.json.raw(content)
        if raw.first == 0x3C { return WeChatXML.isXML(raw) }
        // The sender's id may stand before it, or the bracket be written as a number.
        guard kind == .other else { return false }
        return record.json.plain(content) { WeChatXML.isXML($0) }
    }

    /// The kind of a ChatLab type code.
    static func kind(_ code: Int64?) -> MessageKind {
        switch code {
        case 0, 25, nil: .text
        case 1: .image
        case 2: .voice
        case 3: .video
        case 4: .file
        case 5: .sticker
        case 7, 24: .link
        case 8: .location
        case 20, 21: .money
        case 22, 80: .system
        case 23: .call
        case 26: .forward
        case 27: .card
        case 81: .recall
        default: .other
        }
    }
}

/// The items of a merged forward as ChatLab and CipherTalk nest them.
enum ChatRecords {
    /// Nested deeper than this, items are left out: no chat program nests so deep.
    private static let deepest = 16

    /// Fills in kind, text and quote of a message or item from its content.
    static func settle(
        _ content: JSONValue, in json: JSONView, kind: MessageKind, items: JSONValue,
        into message: inout MessageBlock.Record, _ builder: inout BlockBuilder
    ) {
        let start = builder.mark
        builder.append(content, in: json)
        builder.replaceMedia(from: start, kind: items.kind == .array ? .forward : kind)
        if kind == .forward || items.kind == .array {
            let title = builder.look(from: start) { view in
                var first = 0..<view.count
                if let end = view.find("\n") { first = 0..<end }
                let title = ForwardText.withoutTag(view, view.trimmed(first))
                return title.isEmpty ? first : title
            }
            builder.settle(ContentReading(kind: .forward, text: title), from: start, into: &message)
        } else {
            let reading = builder.look(from: start) { ContentRules.read($0, kind: kind) }
            builder.settle(reading, from: start, into: &message)
        }
        if message.kind == .system { message.speakerKey = 0 }
    }

    /// Appends the items, each followed by its own.
    static func add(
        _ items: JSONValue, in json: JSONView, parent: MessageBlock.Record, into builder: inout BlockBuilder,
        depth: Int = 0
    ) {
        guard items.kind == .array, depth < deepest else { return }
        var ordinal = 0
        json.forEachElement(of: items) { item in
            guard item.kind == .object else { return }
            ordinal += 1
            var message = MessageBlock.Record()
            message.sentAt = parent.sentAt
            message.precision = parent.precision
            if case .time(let time) = builder.time(json.member(item, anyOf: ["timestamp", "createTime"]), in: json) {
                (message.sentAt, message.precision) = time
            }
            message.line = parent.line
            message.group = parent.group
            message.forwarded = true
            let id = json.member(item, anyOf: ["sender", "senderUsername"])
            let name = json.member(item, anyOf: ["accountName", "senderDisplayName", "groupNickname"])
            message.speakerKey = SpeakerKey.key(id: id, name: name, in: json, ordinal: Int(parent.line) << 16 | ordinal)
            let code = json.member(item, "type")
            let inner = json.member(item, "chatRecords")
            let content = json.member(item, "content")
            let exact = json.member(item, "minsheng")
            if !ExactContent.settle(content, exact: exact, in: json, into: &message, &builder) {
                settle(
                    content, in: json, kind: ChatLabRecordReader.kind(json.integer(code)), items: inner,
                    into: &message, &builder)
            }
            builder.add(message)
            add(inner, in: json, parent: message, into: &builder, depth: depth + 1)
        }
    }
}
