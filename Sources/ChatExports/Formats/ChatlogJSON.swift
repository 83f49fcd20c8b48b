internal import Messages

/// chatlog's JSON: a bare array, each message with its room.
struct ChatlogJSON: ExportFormat {
    var slug: String { "chatlog-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = Self.prefix(outline)
        var recognition = Recognition()
        func has(_ key: String) -> Bool { outline.has(prefix + key) }
        recognition.require(has("talker") || has("talkerID"), "key talker")
        recognition.require(has("seq") || has("sequence"), "key seq")
        recognition.require(has("isChatRoom") || has("talkerName") || has("chatRoomSender"), "key isChatRoom")
        if prefix == "messages[].", outline.isLines, outline.has("lastTime"), outline.has("talker") {
            recognition.missing.append("no keys lastTime and talker around the messages")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let group = GroupIdentity(id: "", name: "", platform: .wechat)
        let reader = ChatlogRecordReader()
        if outline.root == .array { return FormatReading(group: group, source: .array([], reader)) }
        if let path = Self.envelope(outline) { return FormatReading(group: group, source: .array(path, reader)) }
        guard outline.has("messages[].talker") else { return FormatReading(group: group, source: .sequence(reader)) }
        // Answers one a line are read as the webhook's bodies; one answer may be longer than a line may be.
        let isSeveral = outline.isLines && !outline.isOneLine
        return FormatReading(
            group: group, source: isSeveral ? .sequence(ChatlogWebhookReader()) : .array(["messages"], reader))
    }

    /// Where an answer of one of chatlog's descendants keeps its messages: `{"code":0,"data":[…]}` and the like.
    private static func envelope(_ outline: JSONOutline) -> [String]? {
        let lists = [[], ["list"], ["messages"], ["items"], ["records"]]
        let paths =
            ["data", "result"].flatMap { name in lists.map { [name] + $0 } } + [["list"], ["items"], ["records"]]
        return paths.first { outline.has($0.joined(separator: ".") + "[].talker") }
    }

    private static func prefix(_ outline: JSONOutline) -> String {
        if outline.root == .array { return "[]." }
        if let path = envelope(outline) { return path.joined(separator: ".") + "[]." }
        return outline.has("messages[].talker") ? "messages[]." : ""
    }
}

/// The bodies that chatlog's webhook sends, one a line, each with its messages.
struct ChatlogWebhook: ExportFormat {
    var slug: String { "chatlog-webhook" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("lastTime"), "key lastTime")
        recognition.require(outline.has("talker"), "key talker")
        recognition.require(outline.has("messages"), "key messages")
        recognition.require(outline.isLines, "one object a line")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat), source: .sequence(ChatlogWebhookReader()))
    }
}

/// Reads the messages of one body.
struct ChatlogWebhookReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private static let keys = JSONKeys([["messages"]])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let reader = ChatlogRecordReader()
        var isEmpty = true
        JSONScratch.with(fields: reader.keys.count) { scratch in
            record.json.forEachElement(of: record[0]) { element in
                isEmpty = false
                let message = JSONRecord(
                    record.json, at: Int(element.start), line: record.line, keys: reader.keys, scratch: scratch)
                if let message {
                    reader.read(message, into: &builder)
                } else {
                    builder.reject(.notJSON, line: record.line)
                }
            }
        }
        // A body that says only that nothing new came.
        if isEmpty { builder.pass() }
    }
}

/// Reads one message of chatlog's JSON.
///
/// Only plain text stands in `content`; the words of everything else are in `contents`.
struct ChatlogRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let talker = 1
        static let talkerName = 2
        static let sender = 3
        static let name = 4
        static let type = 5
        static let subtype = 6
        static let content = 7
        static let contents = 8
    }

    private static let keys = JSONKeys([
        ["time", "createTime"], ["talker", "talkerID"], ["talkerName"], ["sender", "chatRoomSender"], ["senderName"],
        ["type"], ["subType"], ["content"], ["contents"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        guard let time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "time") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = group(record, &builder)
        message.speakerKey = SpeakerKey.key(
            id: record[Field.sender], name: record[Field.name], in: json, ordinal: record.line)
        let type = json.integer(record[Field.type]) ?? 1
        let subtype = json.integer(record[Field.subtype]) ?? 0
        message.kind = WeChatKinds.kind(type: type, subtype: subtype)
        if message.kind == .system { message.speakerKey = 0 }

        let start = builder.mark
        let contents = record[Field.contents]
        let items = dataItems(contents, in: json)
        // The webhook renders `content` for people to read, with what is quoted and forwarded in it.
        let isRendered = type == 49 || type == 34 || type == 3 || type == 43 || type == 47 || type == 48
        var quote: [UInt8] = []
        if isRendered, json.plain(record[Field.content], ChatlogBody.isRendered) {
            quote = appendRendered(record[Field.content], in: json, into: &builder)
        } else {
            builder.append(record[Field.content], in: json)
        }
        if builder.mark == start {
            words(contents, items: items, kind: message.kind, in: json, into: &builder)
        }
        let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
        builder.settle(reading, from: start, into: &message)
        addQuote(json.member(contents, "refer"), in: json, to: &message, &builder)
        if message.quote.isEmpty, !quote.isEmpty {
            let quoteStart = builder.mark
            quote.withUnsafeBufferPointer { builder.append($0) }
            message.quote = MessageBlock.Slice(start: quoteStart, end: builder.mark)
        }
        builder.add(message)
        if message.kind == .forward { add(items, in: json, parent: message, depth: 0, into: &builder) }
    }

    /// Appends the words of a reply without what it quotes, and returns that; of everything else the words are in `contents`.
    private func appendRendered(
        _ content: JSONValue, in json: JSONView, into builder: inout BlockBuilder
    ) -> [UInt8] {
        json.plain(content) { content in
            guard content.begins(with: "> ") else { return [] }
            let reply = ChatlogBody.reply(content)
            builder.append(content.part(reply.text))
            return reply.quote
        }
    }

    /// A talker that is no room is a person: no group.
    private func group(_ record: JSONRecord, _ builder: inout BlockBuilder) -> Int32 {
        let talker = record.json.raw(record[Field.talker])
        guard talker.ends(with: "@chatroom") || talker.ends(with: "@im.chatroom") else { return builder.group() }
        let nothing = ByteView(start: nil, count: 0)
        let name = record[Field.talkerName]
        if !name.isEscaped {
            return builder.group(id: talker, name: name.isEmpty ? nothing : record.json.raw(name), platform: .wechat)
        }
        return record.json.decoded(name).withUnsafeBufferPointer {
            builder.group(id: talker, name: $0, platform: .wechat)
        }
    }

    /// Appends the words of a message that has none in `content`.
    private func words(
        _ contents: JSONValue, items: JSONValue, kind: MessageKind, in json: JSONView, into builder: inout BlockBuilder
    ) {
        let start = builder.mark
        let title = json.member(contents, "title")
        let description = json.member(contents, "desc")
        switch kind {
        case .notice, .text, .relay:
            // "群公告" as a title only repeats the kind.
            if !json.equals(title, "群公告") { builder.append(title, in: json) }
            // A description is the cut beginning of the items' words.
            let list = itemTexts(items, in: json)
            appendLine(list.isEmpty ? json.decoded(description) : list, after: start, &builder)
        case .link:
            builder.append(title, in: json)
            appendLine(json.decoded(description), after: start, &builder)
        case .forward:
            builder.append(title, in: json)
        case .file:
            builder.append("[文件] ")
            builder.append(title, in: json)
        case .location:
            builder.append("[位置] ")
            builder.append(json.member(contents, "label"), in: json)
        default: break
        }
        if builder.mark == start { builder.append(WeChatKinds.placeholder(kind)) }
    }

    private func appendLine(_ text: [UInt8], after start: Int, _ builder: inout BlockBuilder) {
        let isRepeated = builder.look(from: start) { $0.elementsEqual(text) }
        guard !text.isEmpty, !isRepeated else { return }
        if builder.mark > start { builder.append("\n") }
        text.withUnsafeBufferPointer { builder.append($0) }
    }

    private func itemTexts(_ items: JSONValue, in json: JSONView) -> [UInt8] {
        var text: [UInt8] = []
        json.forEachElement(of: items) { item in
            let words = json.decoded(json.member(item, "DataDesc"))
            guard !words.isEmpty else { return }
            if !text.isEmpty { text.append(0x0A) }
            text.append(contentsOf: words)
        }
        return text
    }

    private func addQuote(
        _ refer: JSONValue, in json: JSONView, to message: inout MessageBlock.Record, _ builder: inout BlockBuilder
    ) {
        guard refer.kind == .object else { return }
        let start = builder.mark
        let type = json.integer(json.member(refer, "type")) ?? 1
        let kind = WeChatKinds.kind(type: type, subtype: json.integer(json.member(refer, "subType")) ?? 0)
        builder.append(json.member(refer, "content"), in: json)
        if builder.mark == start {
            let contents = json.member(refer, "contents")
            words(contents, items: dataItems(contents, in: json), kind: kind, in: json, into: &builder)
        }
        if builder.mark > start { message.quote = MessageBlock.Slice(start: start, end: builder.mark) }
    }

    private func dataItems(_ contents: JSONValue, in json: JSONView) -> JSONValue {
        guard contents.kind == .object else { return JSONValue() }
        let info = json.member(contents, anyOf: ["recordInfo", "RecordInfo"])
        return json.member(json.member(info, "DataList"), "DataItems")
    }

    /// Appends the items of a merged forward, each followed by its own.
    private func add(
        _ items: JSONValue, in json: JSONView, parent: MessageBlock.Record, depth: Int, into builder: inout BlockBuilder
    ) {
        guard depth < 16 else { return }
        var ordinal = 0
        json.forEachElement(of: items) { item in
            guard item.kind == .object else { return }
            ordinal += 1
            var message = MessageBlock.Record()
            message.sentAt = parent.sentAt
            message.precision = parent.precision
            if case .time(let time) = builder.time(
                json.member(item, anyOf: ["SourceTime", "SrcMsgCreateTime"]), in: json)
            {
                (message.sentAt, message.precision) = time
            }
            message.line = parent.line
            message.group = parent.group
            message.forwarded = true
            message.speakerKey = SpeakerKey.key(
                id: JSONValue(), name: json.member(item, "SourceName"), in: json,
                ordinal: Int(parent.line) << 16 | ordinal)
            message.kind = WeChatKinds.kind(dataType: json.integer(json.member(item, "DataType")))
            let inner = nested(item, in: json)
            if inner.kind == .array { message.kind = .forward }
            let start = builder.mark
            builder.append(json.member(item, anyOf: ["DataDesc", "DataTitle"]), in: json)
            builder.replaceMedia(from: start, kind: message.kind)
            let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
            builder.settle(reading, from: start, into: &message)
            builder.add(message)
            add(inner, in: json, parent: message, depth: depth + 1, into: &builder)
        }
    }

    private func nested(_ item: JSONValue, in json: JSONView) -> JSONValue {
        let wrapped = json.member(item, anyOf: ["RecordXML", "RecordXml", "recordXML"])
        let direct = dataItems(item, in: json)
        return direct.kind == .array ? direct : dataItems(wrapped, in: json)
    }
}
