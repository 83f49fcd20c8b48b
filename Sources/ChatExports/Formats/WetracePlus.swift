internal import Messages

/// Wetrace-Plus' archive: conversations, each with its messages.
struct WetracePlusJSON: ExportFormat {
    var slug: String { "wetrace-plus-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.text("format") == "wetrace-plus", "format = wetrace-plus")
        recognition.require(outline.has("conversations"), "key conversations")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat),
            source: .conversations(["conversations"], "messages", .wechat, WetracePlusReader()))
    }
}

/// Reads one message of the archive; the conversation around it names the group.
struct WetracePlusReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let sender = 2
        static let name = 3
        static let type = 4
        static let content = 5
    }

    private static let keys = JSONKeys([
        ["time"], ["id"], ["sender_id"], ["sender_name"], ["type"], ["content"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let head = builder.head(record, time: Field.time, named: "time", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.slice(record[Field.id], in: json)
        let type = record[Field.type]
        let kind = json.integer(type).map { WeChatKinds.kind(type: $0) } ?? WeChatKinds.kind(name: type, in: json)
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}
