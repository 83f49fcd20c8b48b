internal import Messages

/// The `export.json` of a program that decrypts DingTalk's database: conversations, each with its messages.
struct DingTalkExportJSON: ExportFormat {
    var slug: String { "dingtalk-export-json" }

    private static let labels = ConversationLabels(
        id: "conversation_id", name: "title", type: "type", groupTypes: ["group"], platform: .dingtalk)

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        for key in ["conversation_id", "messages[].created_at", "messages[].message_id"] {
            recognition.require(outline.has("conversations[]." + key), "key conversations[].\(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .dingtalk),
            source: .conversations(["conversations"], "messages", Self.labels, DingTalkExportReader()))
    }
}

/// Reads one message; the conversation around it names the group.
struct DingTalkExportReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let sender = 3
        static let name = 4
        static let type = 5
        static let contentType = 6
        static let text = 7
        static let content = 8
    }

    private static let keys = JSONKeys([
        ["created_at"], ["created_at_str"], ["message_id"], ["sender_id"], ["sender_name"], ["content_type_name"],
        ["content_type"], ["text"], ["content"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(record, time: field, named: "created_at", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.slice(record[Field.id], in: json)
        let start = builder.mark
        builder.append(record[Field.text].isEmpty ? record[Field.content] : record[Field.text], in: json)
        json.plain(record[Field.type]) { type in
            json.plain(record[Field.contentType]) {
                DingTalkLocal.add(from: start, type: type, contentType: $0, message, into: &builder)
            }
        }
    }
}
