internal import Messages

/// Events that `dws` receives for its user, one a line: messages, messages taken back, reactions.
///
/// Three shapes: the transport's with `payload.body`, one with the body as JSON in the text `data`, and the flat one that
/// `dws event consume` prints.
struct DwsEvents: ExportFormat {
    var slug: String { "dingtalk-events" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        let prefix = outline.root == .array ? "[]." : ""
        var recognition = Recognition()
        if outline.has(prefix + "event_id"), outline.text(prefix + "type")?.hasPrefix("user_im_message") == true {
            recognition.found += ["type = user_im_message…", "key event_id"]
            return recognition
        }
        if outline.has(prefix + "data"), outline.text(prefix + "event_type")?.hasPrefix("user_im_") == true {
            recognition.found += ["event_type = user_im_…", "key data"]
            return recognition
        }
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
    var innerFields: Int { Self.event.keys.count }

    private static let event = DwsRecordReader(isEvent: true)

    private enum Field {
        static let payload = 0
        static let data = 1
        static let type = 2
        static let occurred = 3
        static let flat = 4
    }

    private static let keys = JSONKeys([
        ["payload"], ["data"], ["type", "event_type", "eventKey"], ["occurredAtMs", "event_born_time", "timestamp"],
        ["message_id", "conversation_id"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        if record[Field.data].kind == .string {
            record.scratch.withText(of: record[Field.data], in: json) { inner, start, scratch in
                let start = JSONScan.skipSpace(in: inner.view, from: start)
                read(at: start, of: inner, record, scratch, into: &builder)
            }
            return
        }
        if let body = json.start(of: "body", in: record[Field.payload]) {
            read(at: body, of: json, record, record.scratch.inner, into: &builder)
        } else if !record[Field.flat].isEmpty {
            read(at: record.start, of: json, record, record.scratch.inner, into: &builder)
        } else {
            builder.reject(.missingField, line: record.line, field: "payload")
        }
    }

    private func read(
        at start: Int, of json: JSONView, _ record: JSONRecord, _ scratch: JSONScratch, into builder: inout BlockBuilder
    ) {
        let type = record.json.raw(record[Field.type])
        let isPrivate = type.find("_o2o") != nil || type.find("_single") != nil
        var reader = Self.event
        reader.isInConversation = isPrivate
        guard let message = JSONRecord(json, at: start, line: record.line, keys: reader.keys, scratch: scratch) else {
            builder.reject(.missingField, line: record.line, field: "payload")
            return
        }
        let fields = DwsRecordReader.EventFields(message)
        if !fields.recalled.isEmpty || type.find("recall") != nil {
            addRecall(fields, in: json, record, into: &builder)
        } else if fields.isSide || type.find("reaction") != nil || type.find("_read_") != nil {
            // A thumb up or a message that was seen is no message.
            builder.pass()
        } else {
            if case .time(let time) = builder.time(record[Field.occurred], in: record.json) {
                reader.otherTime = time
            }
            reader.read(message, into: &builder)
        }
    }

    /// Somebody took a message back: the message itself stays.
    private func addRecall(
        _ fields: DwsRecordReader.EventFields, in json: JSONView, _ record: JSONRecord, into builder: inout BlockBuilder
    ) {
        let isDated = !fields.recalled.isEmpty
        let (holder, written) = isDated ? (json, fields.recalled) : (record.json, record[Field.occurred])
        guard let time = builder.requireTime(written, in: holder, line: record.line, field: "msgRecallTime") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.kind = .recall
        message.group = builder.group(fields.group, name: JSONValue(), in: json, platform: .dingtalk)
        message.speakerKey = SpeakerKey.key(
            id: json.raw(fields.recaller), name: ByteView(start: nil, count: 0), ordinal: record.line)
        builder.add(message)
    }
}
