internal import Messages

/// The answer of WeFlow's HTTP interface, saved to a file.
struct WeFlowAPI: ExportFormat {
    var slug: String { "weflow-api-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("talker"), "key talker")
        recognition.require(
            outline.has("messages[].senderUsername") || outline.has("messages[].localType"), "key senderUsername")
        if outline.has("session") { recognition.missing.append("absence of session") }
        recognition.needsWholeFile = !outline.has("talker")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let talker = outline.text(anyOf: ["talker"])
        let name = outline.text(anyOf: ["talkerName", "displayName", "name"])
        return FormatReading(
            group: GroupIdentity(id: talker, name: name, platform: .wechat),
            source: .array(["messages"], WeFlowRecordReader(senders: [:], hasShortIDs: false)),
            isPrivate: talker.hasPrefix("wxid_"))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        outline.text("hasMore") == "true" ? [.hasMore] : []
    }
}

/// EchoTrace's web page: the messages are a list of JSON objects in it.
struct EchoTraceHTML: ExportFormat {
    var slug: String { "echotrace-html" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let script = head.script else { return Recognition(missing: ["a script"]) }
        var recognition = Recognition()
        recognition.require(script.variable == "messagesData", "const messagesData")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let script = head.script
        let id = script?.chatID ?? ""
        var name = script?.title ?? ""
        for tail in [" - 聊天记录", "-聊天记录"] where name.hasSuffix(tail) { name.removeLast(tail.count) }
        return FormatReading(
            group: GroupIdentity(id: id, name: name, platform: .wechat),
            source: .script("messagesData", EchoTraceScriptReader()), isPrivate: id.hasPrefix("wxid_"))
    }
}

/// Reads a message of the web page: the content alone tells what it is.
struct EchoTraceScriptReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let content = 1
        static let name = 2
        static let sender = 3
    }

    private static let keys = JSONKeys([["timestamp"], ["content"], ["senderName"], ["avatarKey"]])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let head = builder.head(
            record, time: Field.time, named: "timestamp", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        let start = builder.mark
        builder.append(record[Field.content], in: record.json)
        let isSystem = message.speakerKey == 0
        builder.addContent(from: start, kind: isSystem ? .system : .text, trust: .untyped, into: message)
    }
}
