internal import Messages

/// What programs around WeCom's archive write instead of its own messages: flat rows, each vendor with names of its own.
struct WeComVendors: ExportFormat {
    var slug: String { "wecom-vendor" }

    private static let envelopes = [[], ["data"], ["result"], ["data", "list"], ["data", "records"]]
    private static let lists = ["", "list", "records", "rows", "items", "data", "messages"]

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(Self.place(outline) != nil, "keys chat_record_id and chat_id, or msgContent and msgTime")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = GroupIdentity(id: "", name: "", platform: .wecom)
        let reader = WeComVendorReader()
        guard case .array(let path) = head.outline.flatMap(Self.place) else {
            return FormatReading(group: group, source: .sequence(reader))
        }
        return FormatReading(group: group, source: .array(path, reader))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        outline.text("hasMore") == "true" || outline.text("data.hasMore") == "true" ? [.hasMore] : []
    }

    /// Where the rows stand.
    private enum Place {
        case array([String]), sequence
    }

    private static func place(_ outline: JSONOutline) -> Place? {
        func isRow(_ prefix: String) -> Bool {
            let isRecord = outline.has(prefix + "chat_record_id") && outline.has(prefix + "chat_id")
            let isTable =
                outline.has(prefix + "msgContent") && outline.has(prefix + "msgTime")
                && (outline.has(prefix + "qunTalkerName") || outline.has(prefix + "staffName")
                    || outline.has(prefix + "cursorId"))
            return isRecord || isTable
        }
        if outline.root == .array { return isRow("[].") ? .array([]) : nil }
        if isRow("") { return .sequence }
        for envelope in envelopes {
            for list in lists {
                let path = envelope + (list.isEmpty ? [] : [list])
                if !path.isEmpty, isRow(path.joined(separator: ".") + "[].") { return .array(path) }
            }
        }
        return nil
    }
}

/// Reads one row, under any of the names that vendors give.
struct WeComVendorReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let sender = 2
        static let name = 3
        static let room = 4
        static let roomName = 5
        static let type = 6
        static let content = 7
        /// Whose account it was read from, where nobody else is named.
        static let staff = 8
    }

    private static let keys = JSONKeys([
        ["msgTime", "msgtime", "msg_time", "send_time", "sendTime", "chat_time", "create_time", "createTime", "time"],
        ["msgid", "msgId", "msg_id", "chat_record_id"],
        ["from", "sender_id", "senderId", "sender", "from_id", "fromId", "sender_userid", "userid"],
        ["qunTalkerName", "talkerName", "sender_name", "senderName", "from_name", "fromName"],
        ["roomid", "roomId", "room_id", "chat_id", "chatId", "qunId"],
        ["qunName", "roomName", "room_name", "chat_name", "chatName", "groupName"],
        ["msgType", "msgtype", "msg_type"],
        ["msgContent", "msg_content", "content", "text", "message"], ["staffName"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let name = record[Field.name].isEmpty ? Field.staff : Field.name
        let head = builder.head(record, time: Field.time, named: "msgTime", sender: Field.sender, senderName: name)
        guard var message = head else { return }
        message.group = builder.group(record[Field.room], name: record[Field.roomName], in: json, platform: .wecom)
        message.id = builder.slice(record[Field.id], in: json)
        let type = json.raw(record[Field.type])
        if type.equals("revoke") || type.equals("recall") {
            message.kind = .recall
            builder.add(message)
            return
        }
        WeComContent.add(
            record[Field.content], type: type, in: json, with: record.scratch, head: message, into: &builder)
    }
}
