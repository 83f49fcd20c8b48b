internal import Messages

/// Events that `dws` receives for its user, one a line: messages, messages taken back, reactions.
struct DwsEvents: ExportFormat {
    var slug: String { "dingtalk-events" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        recognition.require(outline.has(prefix + "payload.body"), "key payload.body")
        recognition.require(
            outline.has(prefix + "eventId") || outline.has(prefix + "eventKey"), "key eventId")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let isArray = head.outline?.root == .array
        return FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .dingtalk),
            source: isArray ? .array([], DwsEventReader()) : .sequence(DwsEventReader()))
    }
}

/// Reads one event.
struct DwsEventReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private static let keys = JSONKeys([["payload"], ["occurredAtMs"]])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let body = json.member(record[0], "body")
        guard body.kind == .object else {
            builder.reject(.missingField, line: record.line, field: "payload")
            return
        }
        let recalled = json.member(body, "msgRecallTime")
        if recalled.kind != .absent {
            addRecall(of: body, at: recalled.isEmpty ? record[1] : recalled, record, into: &builder)
        } else if json.member(body, "emotionName").kind != .absent {
            // A thumb up is no message.
            builder.pass()
        } else {
            let reader = DwsRecordReader()
            JSONScratch.with(fields: reader.keys.count) { scratch in
                let message = JSONRecord(
                    json, at: Int(body.start), line: record.line, keys: reader.keys, scratch: scratch)
                if let message { reader.read(message, into: &builder) }
            }
        }
    }

    /// Somebody took a message back: the message itself stays.
    private func addRecall(
        of body: JSONValue, at written: JSONValue, _ record: JSONRecord, into builder: inout BlockBuilder
    ) {
        let json = record.json
        guard let time = builder.requireTime(written, in: json, line: record.line, field: "msgRecallTime") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.kind = .recall
        message.group = builder.group(
            json.member(body, anyOf: ["openConversationId", "conversationId"]), name: JSONValue(), in: json,
            platform: .dingtalk)
        message.speakerKey = SpeakerKey.key(
            id: json.raw(json.member(body, anyOf: ["recaller", "senderOpenDingTalkId", "senderOpenDingtalkId"])),
            name: ByteView(start: nil, count: 0), ordinal: record.line)
        builder.add(message)
    }
}
