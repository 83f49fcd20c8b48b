internal import Messages

/// WeCom's message archive (会话内容存档) after decryption: JSON lines, or an array of the same objects.
struct WeComArchive: ExportFormat {
    var slug: String { "wecom-archive" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        // Some programs keep each message as it came, as a text under `content`.
        let wrapped = outline.text(prefix + "content") ?? ""
        if !outline.has(prefix + "msgtype"), wrapped.contains("\"msgid\""), wrapped.contains("\"msgtype\"") {
            recognition.found.append("key content with a message in it")
            return recognition
        }
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
    /// For messages that stand as a text in a record of another program's.
    var innerFields: Int { Self.keys.count }

    private enum Field {
        static let id = 0
        static let action = 1
        static let sender = 2
        static let room = 3
        static let time = 4
        static let type = 5
        static let content = 6
        static let bodies = 7
    }

    /// The objects that hold a message's words; not always under the name of its type.
    private static let bodies: [StaticString] = [
        "text", "info", "markdown", "link", "weapp", "file", "location", "redpacket", "external_redpacket", "todo",
        "collect", "meeting", "doc", "docmsg", "calendar", "chatrecord", "mixed", "news", "sphfeed", "voice",
    ]

    private static let keys = JSONKeys(
        [["msgid"], ["action"], ["from"], ["roomid"], ["msgtime"], ["msgtype"], ["content"]] + bodies.map { [$0] } + [
            ["votetitle"], ["voteitem"],
        ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        if record[Field.content].kind != .absent, readWrapped(record, into: &builder) { return }
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
            if body.kind == .absent, record[Field.content].kind != .absent {
                message.id = builder.slice(record[Field.id], in: json)
                WeComContent.add(
                    record[Field.content], type: type, in: json, with: record.scratch, head: message, into: &builder)
                return
            }
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

    /// Reads the whole message that stands as a text under `content`; false where there is none.
    private func readWrapped(_ record: JSONRecord, into builder: inout BlockBuilder) -> Bool {
        let content = record[Field.content]
        if content.kind == .object {
            return readInner(record.json, at: Int(content.start), record, record.scratch.inner, into: &builder)
        }
        guard record.json.mayBeObject(content) else { return false }
        return record.scratch.withText(of: content, in: record.json) { inner, start, scratch in
            readInner(inner, at: start, record, scratch, into: &builder)
        }
    }

    private func readInner(
        _ json: JSONView, at start: Int, _ record: JSONRecord, _ scratch: JSONScratch, into builder: inout BlockBuilder
    ) -> Bool {
        let start = JSONScan.skipSpace(in: json.view, from: start)
        let inner = JSONRecord(json, at: start, line: record.line, keys: keys, scratch: scratch)
        guard let inner, inner[Field.type].kind != .absent, inner[Field.time].kind != .absent,
            inner[Field.content].kind == .absent
        else { return false }
        read(inner, into: &builder)
        return true
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
