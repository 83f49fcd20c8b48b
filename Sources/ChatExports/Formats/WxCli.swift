internal import Messages

/// wx-cli's JSON: `chat`, `is_group`, `messages`; maps in alphabetical order, so the group's id stands last.
struct WxCliJSON: ExportFormat {
    var slug: String { "wx-cli-json" }

    /// wx-cli takes so many newest messages where it isn't told otherwise.
    private static let usualLimit = "500"

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("chat"), "key chat")
        recognition.require(outline.has("messages"), "key messages")
        let isOwn = outline.has("is_group") || outline.has("chat_type")
        recognition.require(isOwn || outline.has("messages[].sender_username"), "key is_group")
        recognition.needsWholeFile = true
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let id = outline.text(anyOf: ["username"])
        let isPrivate =
            outline.text("is_group") == "false" || outline.text("chat_type") == "private" || id.hasPrefix("wxid_")
        let group = GroupIdentity(id: id, name: outline.text(anyOf: ["chat"]), platform: .wechat)
        return FormatReading(group: group, source: .array(["messages"], WxCliRecordReader()), isPrivate: isPrivate)
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        var gaps: [ExportGap] = []
        if outline.text("count") == Self.usualLimit { gaps.append(.limit) }
        if outline.text("meta.status")?.contains("stale") == true { gaps.append(.stale) }
        if outline.has("meta.unknown_shards[]") || outline.text("meta.status")?.contains("unknown_shards") == true {
            gaps.append(.unknownShards)
        }
        return gaps
    }
}

/// Reads one message of wx-cli.
struct WxCliRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let type = 2
        static let sender = 3
        static let name = 4
        static let content = 5
        static let url = 6
    }

    // Each local id is one of several databases': no id.
    private static let keys = JSONKeys([
        ["timestamp"], ["time"], ["type"], ["sender_username"], ["sender", "sender_group_nickname"], ["content"],
        ["url"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(record, time: field, named: "timestamp", sender: Field.sender, senderName: Field.name)
        guard var message = head else { return }
        message.group = builder.group()
        let kind = WeChatKinds.kind(name: record[Field.type], in: json)
        let start = builder.mark
        builder.append(record[Field.content], in: json)
        if kind == .link, !record[Field.url].isEmpty, builder.look(from: start, { $0.find("http") == nil }) {
            builder.append("\n")
            builder.append(record[Field.url], in: json)
        }
        builder.addContent(from: start, kind: kind, trust: .untyped, into: message)
    }
}
