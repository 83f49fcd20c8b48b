internal import Messages

/// chatlog-keeper's JSON: an array over all rooms and accounts.
struct ChatlogKeeperJSON: ExportFormat {
    var slug: String { "chatlog-keeper-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        for key in ["sender_wxid", "conversation_id", "account_id"] {
            recognition.require(outline.has(prefix + key), "key \(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let reader = ChatlogKeeperReader()
        let isArray = head.outline?.root == .array
        return FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat),
            source: isArray ? .array([], reader) : .sequence(reader))
    }
}

/// Reads one message of chatlog-keeper.
///
/// The room is `conversation_id`: a thread is one account's view of it.
struct ChatlogKeeperReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let sender = 1
        static let name = 2
        static let room = 3
        static let roomName = 4
        static let content = 5
        static let type = 6
        static let id = 7
        static let source = 8
    }

    private static let keys = JSONKeys([
        ["ts"], ["sender_wxid"], ["sender"], ["conversation_id"], ["chat_room"], ["content"], ["msg_type"],
        ["server_id"], ["source_offset"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let head = builder.head(record, time: Field.time, named: "ts", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.room(record[Field.room], name: record[Field.roomName], in: json)
        // Where the server gave no id, the place in the source is the message's own.
        message.id = builder.slice(record[Field.id].isEmpty ? record[Field.source] : record[Field.id], in: json)
        let kind = json.integer(record[Field.type]).map { WeChatKinds.kind(type: $0) } ?? .other
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}
