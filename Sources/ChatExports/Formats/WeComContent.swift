internal import Messages

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
    static func withInner(_ value: JSONValue, in json: JSONView, _ body: (JSONView, JSONValue) -> Void) {
        if value.kind == .object {
            body(json, value)
            return
        }
        json.decoded(value).withUnsafeBufferPointer { view in
            let inner = JSONView(view)
            if let (content, _) = inner.value(at: 0), content.kind == .object { body(inner, content) }
        }
    }

    /// Adds a message whose body stands flat under one key: as words, as JSON, or as JSON in a text.
    static func add(
        _ content: JSONValue, type: ByteView, in json: JSONView, with scratch: JSONScratch, head: MessageBlock.Record,
        into builder: inout BlockBuilder
    ) {
        var message = head
        message.kind = kind(type)
        if message.kind == .other, type.isEmpty || type.allSatisfy({ $0 &- 0x30 < 10 }) { message.kind = .text }
        if content.kind == .object {
            if add(bodyAt: Int(content.start), type: type, in: json, message, into: &builder) { return }
        } else if json.mayBeObject(content) {
            let isRead = scratch.withText(of: content, in: json) { inner, start, _ in
                let start = JSONScan.skipSpace(in: inner.view, from: start)
                return add(bodyAt: start, type: type, in: inner, message, into: &builder)
            }
            if isRead { return }
        }
        let start = builder.mark
        builder.append(content, in: json)
        finish(&message, from: start, in: &builder)
    }

    /// Adds a message whose body is an object: itself, or one in it under the name of the type; false where it is none.
    private static func add(
        bodyAt start: Int, type: ByteView, in json: JSONView, _ head: MessageBlock.Record,
        into builder: inout BlockBuilder
    ) -> Bool {
        var message = head
        var body = JSONValue()
        let end = json.forEachMember(at: start) { key, value in
            if value.kind == .object, json.raw(key).elementsEqual(type) { body = value }
        }
        guard let end else { return false }
        let object = JSONValue(kind: .object, start: Int32(start), end: Int32(end))
        if body.kind == .absent { body = object }
        let mark = builder.mark
        // Nearly all messages: no need to look for what mixed ones have.
        if type.equals("text") { builder.append(json.member(body, "content"), in: json) }
        if builder.mark == mark { message.kind = append(body, of: message.kind, in: json, into: &builder) }
        if message.kind == .text, builder.mark == mark { builder.append(json.raw(object)) }
        finish(&message, from: mark, in: &builder)
        if message.kind == .forward { addItems(of: body, in: json, parent: message, depth: 0, into: &builder) }
        return true
    }

    private static func finish(_ message: inout MessageBlock.Record, from start: Int, in builder: inout BlockBuilder) {
        settle(&message, from: start, in: &builder)
        if message.kind == .system { message.speakerKey = 0 }
        builder.add(message)
    }

    private static func settle(_ message: inout MessageBlock.Record, from start: Int, in builder: inout BlockBuilder) {
        let kind = message.kind
        if builder.mark == start { builder.append(WeChatKinds.placeholder(kind)) }
        let reading = builder.look(from: start) { ContentRules.read($0, kind: kind) }
        builder.settle(reading, from: start, into: &message)
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
