internal import Messages

/// What a DingTalk robot is called back with, one JSON object a line.
///
/// Only messages that mention the robot.
struct DingTalkRobot: ExportFormat {
    var slug: String { "dingtalk-robot" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        for key in ["conversationType", "senderNick", "msgtype", "createAt"] {
            recognition.require(outline.has(prefix + key), "key \(key)")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = GroupIdentity(id: "", name: "", platform: .dingtalk)
        let reader = DingTalkRobotReader()
        let isArray = head.outline?.root == .array
        return FormatReading(group: group, source: isArray ? .array([], reader) : .sequence(reader))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] { [.mentionsOnly] }
}

/// Reads one callback.
struct DingTalkRobotReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let id = 1
        static let type = 2
        static let text = 3
        static let content = 4
        static let sender = 5
        static let name = 6
        static let group = 7
        static let groupName = 8
        static let groupType = 9
        static let staff = 10
    }

    private static let keys = JSONKeys([
        ["createAt"], ["msgId"], ["msgtype"], ["text"], ["content"], ["senderId"], ["senderNick"], ["conversationId"],
        ["conversationTitle"], ["conversationType"], ["senderStaffId"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        guard let time = builder.requireTime(record[Field.time], in: json, line: record.line, field: "createAt") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = group(record, &builder)
        let id = record[Field.staff].isEmpty ? record[Field.sender] : record[Field.staff]
        message.speakerKey = SpeakerKey.key(id: id, name: record[Field.name], in: json, ordinal: record.line)

        let start = builder.mark
        let kind = appendWords(record, into: &builder)
        // A robot's text begins with the blank that stood behind its mention.
        let words = builder.look(from: start) { $0.trimmed(0..<$0.count) }
        builder.settle(ContentReading(kind: kind, text: words), from: start, into: &message)
        if message.text.isEmpty {
            builder.drop(from: start)
            builder.append(WeChatKinds.placeholder(kind))
        }
        let reading = builder.look(from: start) { ContentRules.read($0, kind: kind) }
        builder.settle(reading, from: start, into: &message)
        message.id = builder.slice(record[Field.id], in: json)
        builder.add(message)
    }

    private func group(_ record: JSONRecord, _ builder: inout BlockBuilder) -> Int32 {
        let json = record.json
        // "1" is a talk with one person: its id is no group's.
        guard !json.equals(record[Field.groupType], "1") else { return builder.group() }
        return builder.group(record[Field.group], name: record[Field.groupName], in: json, platform: .dingtalk)
    }

    private func appendWords(_ record: JSONRecord, into builder: inout BlockBuilder) -> MessageKind {
        let json = record.json
        let type = json.raw(record[Field.type])
        let content = record[Field.content]
        if type.equals("text") {
            builder.append(json.member(record[Field.text], "content"), in: json)
            return .text
        }
        if type.equals("richText") {
            var hasText = false
            json.forEachElement(of: json.member(content, "richText")) { part in
                let text = json.member(part, "text")
                if !text.isEmpty { hasText = true }
                builder.append(text, in: json)
            }
            return hasText ? .text : .image
        }
        if type.equals("audio") {
            builder.append(json.member(content, "recognition"), in: json)
            return .voice
        }
        if type.equals("file") {
            builder.append("[文件] ")
            builder.append(json.member(content, "fileName"), in: json)
            return .file
        }
        if type.equals("picture") { return .image }
        return type.equals("video") ? .video : .other
    }
}
