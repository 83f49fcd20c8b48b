internal import Messages

/// WeCom's message archive (会话内容存档) after decryption: JSON lines, or an array of the same objects.
struct WeComArchive: ExportFormat {
    var slug: String { "wecom-archive" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        recognition.require(outline.has(prefix + "msgid"), "key msgid")
        recognition.require(
            outline.has(prefix + "msgtype") || outline.has(prefix + "action"), "key msgtype")
        recognition.require(
            outline.has(prefix + "tolist") || outline.has(prefix + "action") || outline.has(prefix + "roomid"),
            "key tolist")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = GroupIdentity(id: "", name: "", platform: .wecom)
        let reader = WeComRecordReader()
        let isArray = head.outline?.root == .array
        return FormatReading(group: group, source: isArray ? .array([], reader) : .sequence(reader))
    }
}

/// Reads one message of the archive.
struct WeComRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let id = 0
        static let action = 1
        static let sender = 2
        static let room = 3
        static let time = 4
        static let type = 5
        static let bodies = 6
    }

    /// The objects that hold a message's words; not always under the name of its type.
    private static let bodies: [StaticString] = [
        "text", "info", "markdown", "link", "weapp", "file", "location", "redpacket", "external_redpacket", "todo",
        "collect", "meeting", "doc", "docmsg", "calendar", "chatrecord", "mixed", "news", "sphfeed", "voice",
    ]

    private static let keys = JSONKeys(
        [["msgid"], ["action"], ["from"], ["roomid"], ["msgtime"], ["msgtype"]] + bodies.map { [$0] } + [
            ["votetitle"], ["voteitem"],
        ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        // Somebody changed the corporation that he speaks for: no message, no sender, no time.
        if json.equals(record[Field.action], "switch") {
            builder.pass()
            return
        }
        guard let time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "msgtime") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group(
            id: json.raw(record[Field.room]), name: ByteView(start: nil, count: 0), platform: .wecom)
        message.speakerKey = SpeakerKey.key(
            id: json.raw(record[Field.sender]), name: ByteView(start: nil, count: 0), ordinal: record.line)
        let type = json.raw(record[Field.type])
        if type.equals("revoke") || json.equals(record[Field.action], "recall") {
            message.kind = .recall
        } else {
            message.kind = WeComContent.kind(type)
            let body = body(record)
            let start = builder.mark
            if type.equals("text") {
                // Nearly all messages: no need to look for what mixed ones have.
                builder.append(json.member(body, "content"), in: json)
            } else if type.equals("vote") {
                appendVote(record, into: &builder)
            } else {
                message.kind = WeComContent.append(body, of: message.kind, in: json, into: &builder)
            }
            if builder.mark == start { builder.append(WeChatKinds.placeholder(message.kind)) }
            let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
            builder.settle(reading, from: start, into: &message)
        }
        if message.kind == .system { message.speakerKey = 0 }
        message.id = builder.slice(record[Field.id], in: json)
        builder.add(message)
        if message.kind == .forward {
            WeComContent.addItems(of: body(record), in: json, parent: message, depth: 0, into: &builder)
        }
    }

    /// The body under the name of the type, else the first that is there.
    private func body(_ record: JSONRecord) -> JSONValue {
        var first = record[Field.bodies]
        if first.kind == .object, record.json.equals(record[Field.type], "text") { return first }
        if first.kind != .object { first = JSONValue() }
        for (index, name) in Self.bodies.enumerated() {
            let value = record[Field.bodies + index]
            guard value.kind == .object else { continue }
            if record.json.equals(record[Field.type], name) { return value }
            if first.kind == .absent { first = value }
        }
        return first
    }

    private func appendVote(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let title = Field.bodies + Self.bodies.count
        builder.append(record[title], in: record.json)
        record.json.forEachElement(of: record[title + 1]) { item in
            builder.append("\n")
            builder.append(item, in: record.json)
        }
    }
}

/// The bodies of the archive's message types.
enum WeComContent {
    /// The kind of a type's name.
    static func kind(_ type: ByteView) -> MessageKind {
        let kinds: [(StaticString, MessageKind)] = [
            ("text", .text), ("markdown", .text), ("mixed", .text), ("todo", .text), ("vote", .text),
            ("image", .image), ("voice", .voice), ("video", .video), ("emotion", .sticker), ("file", .file),
            ("location", .location), ("card", .card), ("link", .link), ("weapp", .link), ("news", .link),
            ("docmsg", .link), ("sphfeed", .link), ("collect", .relay), ("chatrecord", .forward),
            ("redpacket", .money), ("external_redpacket", .money), ("meeting_voice_call", .call),
            ("voip_doc_share", .call), ("voiptext", .call), ("agree", .system), ("disagree", .system),
        ]
        return kinds.first { type.equals($0.0) }?.1 ?? .other
    }

    /// Appends the words of a body; the kind that it turned out to be.
    static func append(
        _ body: JSONValue, of kind: MessageKind, in json: JSONView, into builder: inout BlockBuilder
    ) -> MessageKind {
        func text(_ names: StaticString...) {
            let start = builder.mark
            for name in names {
                let value = json.member(body, name)
                guard value.kind == .string, !value.isEmpty else { continue }
                if builder.mark > start { builder.append("\n") }
                builder.append(value, in: json)
            }
        }
        switch kind {
        case .text:
            let items = json.member(body, "item")
            if items.kind == .array { return appendMixed(items, in: json, into: &builder) }
            text("title", "content")
        case .link:
            let items = json.member(body, "item")
            json.forEachElement(of: items) { item in
                _ = append(item, of: .link, in: json, into: &builder)
                builder.append("\n")
            }
            if items.kind != .array { text("title", "displayname", "description", "feed_desc") }
        case .relay, .forward: text("title")
        case .file:
            builder.append("[文件] ")
            text("filename")
        case .location:
            builder.append("[位置] ")
            text("title", "address")
        case .money:
            builder.append("[红包] ")
            text("wish")
        case .other: text("title", "topic", "content")
        default: break
        }
        return kind
    }

    /// Texts and pictures in one message: its words, or a picture where there are none.
    private static func appendMixed(
        _ items: JSONValue, in json: JSONView, into builder: inout BlockBuilder
    ) -> MessageKind {
        let start = builder.mark
        json.forEachElement(of: items) { item in
            guard json.equals(json.member(item, "type"), "text") else { return }
            if builder.mark > start { builder.append("\n") }
            withInner(json.member(item, "content"), in: json) { inner, content in
                builder.append(inner.member(content, "content"), in: inner)
            }
        }
        return builder.mark > start ? .text : .image
    }

    /// JSON that stands as a string within JSON.
    private static func withInner(_ value: JSONValue, in json: JSONView, _ body: (JSONView, JSONValue) -> Void) {
        if value.kind == .object {
            body(json, value)
            return
        }
        json.decoded(value).withUnsafeBufferPointer { view in
            let inner = JSONView(view)
            if let (content, _) = inner.value(at: 0), content.kind == .object { body(inner, content) }
        }
    }

    /// Appends the items of a merged forward.
    ///
    /// Nobody is named in them.
    static func addItems(
        of record: JSONValue, in json: JSONView, parent: MessageBlock.Record, depth: Int,
        into builder: inout BlockBuilder
    ) {
        guard depth < 16 else { return }
        var ordinal = 0
        json.forEachElement(of: json.member(record, "item")) { item in
            guard item.kind == .object else { return }
            ordinal += 1
            var message = MessageBlock.Record()
            message.sentAt = parent.sentAt
            message.precision = parent.precision
            if case .time(let time) = builder.time(json.member(item, "msgtime"), in: json) {
                (message.sentAt, message.precision) = time
            }
            message.line = parent.line
            message.group = parent.group
            message.forwarded = true
            let nothing = ByteView(start: nil, count: 0)
            message.speakerKey = SpeakerKey.key(
                id: nothing, name: nothing, ordinal: Int(parent.line) << 20 | depth << 16 | ordinal)
            message.kind = itemKind(json.raw(json.member(item, "type")))
            withInner(json.member(item, "content"), in: json) { inner, content in
                let start = builder.mark
                message.kind = append(content, of: message.kind, in: inner, into: &builder)
                if builder.mark == start { builder.append(WeChatKinds.placeholder(message.kind)) }
                let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
                builder.settle(reading, from: start, into: &message)
                builder.add(message)
                if message.kind == .forward {
                    addItems(of: content, in: inner, parent: message, depth: depth + 1, into: &builder)
                }
            }
        }
    }

    /// `ChatRecordText` and the like; the rest as for messages.
    private static func itemKind(_ type: ByteView) -> MessageKind {
        let prefix: StaticString = "ChatRecord"
        guard type.begins(with: prefix) else { return kind(type) }
        let name = type.part(prefix.utf8CodeUnitCount..<type.count)
        let kinds: [(StaticString, MessageKind)] = [
            ("Text", .text), ("Mixed", .text), ("Image", .image), ("Voice", .voice), ("Video", .video), ("File", .file),
            ("Link", .link), ("Location", .location), ("Card", .card),
        ]
        return kinds.first { name.equals($0.0) }?.1 ?? .other
    }
}
