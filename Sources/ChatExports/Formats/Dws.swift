internal import Messages

/// What DingTalk's command line `dws` writes: the message-list contract, or the raw answers of its interface.
struct DwsJSON: ExportFormat {
    var slug: String { "dingtalk-dws" }

    private static let envelopes = [[], ["result"], ["data"]]
    private static let lists = ["messages", "list", "items", "records", "data", "result"]

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        if let grouped = Self.groupedPath(outline) {
            recognition.found.append("key " + grouped.joined(separator: "."))
            return recognition
        }
        if outline.text("contractVersion")?.hasPrefix("im.message-list") == true {
            recognition.found.append("contractVersion = im.message-list")
            recognition.require(outline.has("messages"), "key messages")
            return recognition
        }
        let path = Self.path(outline)
        recognition.require(path != nil, "key openMessageId in a list of messages")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        if let grouped = head.outline.flatMap(Self.groupedPath) {
            return FormatReading(
                group: GroupIdentity(id: "", name: "", platform: .dingtalk),
                source: .conversations(
                    grouped, "messages", .dingtalk, DwsRecordReader(isInConversation: true)))
        }
        let path = head.outline.flatMap(Self.path) ?? ["messages"]
        // Exporters that call dws leave the group to the folder's name.
        let isBare = path.isEmpty && head.outline?.has("[].openConversationId") != true
        let group = isBare ? FolderName.group(of: file, platform: .dingtalk) : nil
        return FormatReading(
            group: group ?? GroupIdentity(id: "", name: "", platform: .dingtalk),
            source: .array(path, DwsRecordReader()))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        var gaps: [ExportGap] = []
        for prefix in ["", "result.", "data."] {
            func says(_ key: String, _ word: String) -> Bool { outline.text(prefix + key) == word }
            if says("hasMore", "true") { gaps.append(.hasMore) }
            if says("complete", "false") { gaps.append(.incomplete) }
            if says("truncated", "true") { gaps.append(.truncated) }
            if says("partial", "true") { gaps.append(.partial) }
            let failed = outline.text(prefix + "failedCount").flatMap { Int($0) } ?? 0
            if failed > 0 || outline.has(prefix + "failures[]") { gaps.append(.failures) }
        }
        return gaps
    }

    /// Where the answer to "all my messages" or to a search keeps its conversations.
    private static func groupedPath(_ outline: JSONOutline) -> [String]? {
        let name = "conversationMessagesList"
        return envelopes.map { $0 + [name] }.first {
            let list = $0.joined(separator: ".") + "[]."
            return outline.has(list + "messages") && outline.has(list + "openConversationId")
        }
    }

    /// Where the raw answer keeps its messages.
    private static func path(_ outline: JSONOutline) -> [String]? {
        func holdsMessages(_ prefix: String) -> Bool {
            let hasID = outline.has(prefix + "openMessageId") || outline.has(prefix + "openMsgId")
            return hasID
                && (outline.has(prefix + "openConversationId") || outline.has(prefix + "senderOpenDingTalkId")
                    || outline.has(prefix + "senderOpenDingtalkId"))
        }
        if outline.root == .array { return holdsMessages("[].") ? [] : nil }
        for envelope in envelopes {
            for list in lists where holdsMessages((envelope + [list]).joined(separator: ".") + "[].") {
                return envelope + [list]
            }
        }
        return nil
    }
}

/// Reads one message of either shape.
///
/// The names are those that DingTalk's own code accepts.
struct DwsRecordReader: JSONRecordReader {
    /// True where the conversation around the message says its group.
    var isInConversation = false
    /// When it was, where the message doesn't say.
    var otherTime: ExportTime.Reading?
    /// True for events: their `timestamp` is when they were delivered.
    var isEvent = false

    var keys: JSONKeys { isEvent ? Self.eventKeys : Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let text = 2
        static let senderID = 3
        static let sender = 4
        static let group = 5
        static let groupName = 6
        static let type = 7
        static let senderType = 8
        static let quote = 9
        static let items = 10
        static let recalled = 11
        static let side = 12
        static let recaller = 13
    }

    private static let texts: [StaticString] = ["text", "content", "msgContent", "message", "msg", "body", "plainText"]
    private static let innerTexts: [StaticString] = texts + ["richText", "title", "value"]
    private static let senders: [StaticString] = [
        "sender", "senderName", "senderNick", "nick", "senderStaffName", "userName", "name",
    ]
    private static let senderIDs: [StaticString] = [
        "senderOpenDingTalkId", "senderOpenDingtalkId", "sender_open_dingtalk_id", "senderUserId", "senderId",
        "sender_id", "senderStaffId", "openDingTalkId", "userId",
    ]
    private static let innerSenderIDs: [StaticString] = [
        "openDingTalkId", "openDingtalkId", "userId", "senderId", "id",
    ]
    private static let innerNames: [StaticString] = [
        "name", "nick", "userName", "staffName", "displayName", "senderName",
    ]
    private static let createTimes: [StaticString] = ["createTime", "create_time", "sendTime", "gmtCreate", "createAt"]
    private static let times: [StaticString] = createTimes + ["timestamp", "time"]
    private static let items: [StaticString] = ["forwardMessages", "forwardedMessages", "forwarded"]

    // `id` alone may be a row number and is no alias of the message's id.
    private static let others: [[StaticString]] = [
        ["openMessageId", "openMsgId", "messageId", "message_id", "msgId", "msg_id"], texts, senderIDs, senders,
        ["openConversationId", "openconversation_id", "conversationId", "conversation_id", "chatId", "chat_id"],
        ["conversationTitle", "conversationName", "groupName"], ["messageType", "msgType", "message_type", "msgtype"],
        ["senderType", "sender_type"], ["quotedMessage", "replyMessage", "quoted", "replyToMessage"], items,
    ]
    private static let keys = JSONKeys([times] + others)
    private static let eventKeys = JSONKeys(
        [createTimes] + others + [
            ["msgRecallTime", "recall_time"], ["emotionName", "reaction_name", "read_time"],
            ["recaller_open_dingtalk_id", "recaller"],
        ])

    /// What an event says beside a message's own fields.
    struct EventFields {
        /// When a message was taken back.
        let recalled: JSONValue
        /// True for a reaction, or a mark that something was read.
        let isSide: Bool
        let recaller: JSONValue
        let group: JSONValue

        init(_ record: JSONRecord) {
            recalled = record[Field.recalled]
            isSide = record[Field.side].kind != .absent
            recaller = record[Field.recaller].isEmpty ? record[Field.senderID] : record[Field.recaller]
            group = record[Field.group]
        }
    }

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        var time = record[Field.time].isEmpty ? otherTime : nil
        if time == nil {
            time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "createTime")
        }
        guard let time else { return }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group =
            isInConversation
            ? builder.group()
            : builder.group(record[Field.group], name: record[Field.groupName], in: json, platform: .dingtalk)
        let sender = record[Field.sender]
        var senderID = record[Field.senderID]
        if senderID.isEmpty, sender.kind == .object { senderID = json.member(sender, anyOf: Self.innerSenderIDs) }
        message.speakerKey = SpeakerKey.key(id: senderID, name: name(sender, in: json), in: json, ordinal: record.line)
        var kind = json.plain(record[Field.type]) { DwsContent.kind(type: $0) }
        if json.equals(record[Field.senderType], "system") { kind = .system }
        let items = record[Field.items].kind == .array ? record[Field.items] : JSONValue()
        settle(record[Field.text], in: json, kind: kind, hasItems: items.kind == .array, into: &message, &builder)
        if message.kind == .system { message.speakerKey = 0 }
        addQuote(record[Field.quote], in: json, to: &message, &builder)
        message.id = builder.slice(record[Field.id], in: json)
        builder.add(message)
        add(items, in: json, parent: message, depth: 0, into: &builder)
    }

    private func settle(
        _ text: JSONValue, in json: JSONView, kind: MessageKind, hasItems: Bool,
        into message: inout MessageBlock.Record, _ builder: inout BlockBuilder
    ) {
        let start = builder.mark
        var words = text
        if text.kind == .object { words = json.member(text, anyOf: Self.innerTexts) }
        builder.append(words, in: json)
        DwsContent.clean(from: start, in: &builder)
        DwsContent.openCards(from: start, in: &builder)
        if hasItems {
            let title = builder.look(from: start) { $0.trimmed(0..<($0.find("\n") ?? $0.count)) }
            builder.settle(ContentReading(kind: .forward, text: title), from: start, into: &message)
            if message.text.isEmpty {
                builder.append(WeChatKinds.placeholder(.forward))
                message.text = MessageBlock.Slice(start: start, end: builder.mark)
            }
            return
        }
        if builder.mark == start { builder.append(WeChatKinds.placeholder(kind)) }
        let reading = builder.look(from: start) { DwsContent.read($0, kind: kind) }
        builder.settle(reading, from: start, into: &message)
    }

    private func addQuote(
        _ quoted: JSONValue, in json: JSONView, to message: inout MessageBlock.Record, _ builder: inout BlockBuilder
    ) {
        guard quoted.kind == .object else { return }
        let start = builder.mark
        builder.append(json.member(quoted, anyOf: Self.texts), in: json)
        DwsContent.clean(from: start, in: &builder)
        if builder.mark > start { message.quote = MessageBlock.Slice(start: start, end: builder.mark) }
    }

    private func add(
        _ items: JSONValue, in json: JSONView, parent: MessageBlock.Record, depth: Int, into builder: inout BlockBuilder
    ) {
        guard items.kind == .array, depth < 16 else { return }
        var ordinal = 0
        json.forEachElement(of: items) { item in
            guard item.kind == .object else { return }
            ordinal += 1
            var message = MessageBlock.Record()
            message.sentAt = parent.sentAt
            message.precision = parent.precision
            if case .time(let time) = builder.time(json.member(item, anyOf: Self.times), in: json) {
                (message.sentAt, message.precision) = time
            }
            message.line = parent.line
            message.group = parent.group
            message.forwarded = true
            message.speakerKey = SpeakerKey.key(
                id: json.member(item, anyOf: Self.senderIDs),
                name: name(json.member(item, anyOf: Self.senders), in: json), in: json,
                ordinal: Int(parent.line) << 16 | ordinal)
            let kind = json.plain(json.member(item, anyOf: ["messageType", "msgType"])) { DwsContent.kind(type: $0) }
            let inner = json.member(item, anyOf: Self.items)
            settle(
                json.member(item, anyOf: Self.texts), in: json, kind: kind, hasItems: inner.kind == .array,
                into: &message, &builder)
            addQuote(json.member(item, "quotedMessage"), in: json, to: &message, &builder)
            builder.add(message)
            add(inner, in: json, parent: message, depth: depth + 1, into: &builder)
        }
    }

    private func name(_ sender: JSONValue, in json: JSONView) -> JSONValue {
        sender.kind == .object ? json.member(sender, anyOf: Self.innerNames) : sender
    }
}
