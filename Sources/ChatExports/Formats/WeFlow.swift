internal import Messages

/// WeFlow's JSON: `weflow`, `session`, `messages`; also its compact variant arkme-json.
struct WeFlowJSON: ExportFormat {
    var slug: String { "weflow-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        var recognition = Recognition()
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        // Alphabetical writers put `session` and `weflow` behind the messages, where a cut file has them no more.
        let isCut =
            !outline.isComplete && !outline.has("weflow") && !outline.has("session") && !outline.has("exportInfo")
            && ["localType", "createTime", "senderUsername"].allSatisfy { outline.has("messages[]." + $0) }
        if isCut { recognition.found.append("keys localType, createTime and senderUsername; the end is missing") }
        recognition.require(isCut || outline.has("weflow"), "key weflow")
        recognition.require(outline.has("messages"), "key messages")
        let isCompact = outline.text("weflow.format") == "arkme-json"
        if isCompact { recognition.found.append("weflow.format = arkme-json") }
        recognition.needsWholeFile = !outline.has("session") || (isCompact && outline.tables["senders"] == nil)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let (group, isPrivate) = WeFlowSession.group(outline)
        let reader = WeFlowRecordReader(
            senders: WeFlowSession.senders(outline.tables["senders"]), hasShortIDs: false)
        return FormatReading(group: group, source: .array(["messages"], reader), isPrivate: isPrivate)
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] { WeFlowSession.gaps(in: outline) }
}

/// CipherTalk's detailed JSON: WeFlow's messages under `exportInfo`.
struct CipherTalkJSON: ExportFormat {
    var slug: String { "ciphertalk-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("exportInfo"), "key exportInfo")
        recognition.require(outline.text("exportInfo.format") == "detailed-json", "exportInfo.format = detailed-json")
        recognition.require(outline.has("messages"), "key messages")
        recognition.needsWholeFile = !outline.has("session")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let (group, isPrivate) = WeFlowSession.group(head.outline ?? JSONOutline())
        let reader = WeFlowRecordReader(senders: [:], hasShortIDs: true)
        return FormatReading(group: group, source: .array(["messages"], reader), isPrivate: isPrivate)
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] { WeFlowSession.gaps(in: outline) }
}

/// EchoTrace's JSON, and WeFlow's before 2026: the same messages without a header of its own.
struct EchoTraceJSON: ExportFormat {
    var slug: String { "echotrace-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("session"), "key session")
        recognition.require(
            outline.has("messages[].senderUsername") || outline.has("messages[].localType"), "key senderUsername")
        if outline.has("weflow") || outline.has("exportInfo") {
            recognition.missing.append("absence of weflow, exportInfo")
        }
        // Told by what it lacks, and that may stand at the end.
        recognition.needsWholeFile = true
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let (group, isPrivate) = WeFlowSession.group(head.outline ?? JSONOutline())
        let reader = WeFlowRecordReader(senders: [:], hasShortIDs: true)
        return FormatReading(group: group, source: .array(["messages"], reader), isPrivate: isPrivate)
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] { WeFlowSession.gaps(in: outline) }
}

/// The `session` object of the WeFlow family.
private enum WeFlowSession {
    static func group(_ outline: JSONOutline) -> (group: GroupIdentity, isPrivate: Bool) {
        let id = outline.text(anyOf: ["session.wxid", "session.groupId"])
        let group = GroupIdentity(
            id: id,
            name: outline.text(anyOf: ["session.displayName", "session.nickname", "session.remark"]),
            platform: .wechat)
        // The id of a private chat is a person's: it must not pass for a group's.
        return (group, outline.text("session.type") == "私聊" || id.hasPrefix("wxid_"))
    }

    /// Where the time as text isn't Beijing's, the exporting machine stood in another zone: then other texts of it are
    /// wrong, too.
    static func gaps(in outline: JSONOutline) -> [ExportGap] {
        var gaps: [ExportGap] = outline.text("hasMore") == "true" ? [.hasMore] : []
        let epoch = outline.text("messages[].createTime").flatMap { Int64($0) }
        let text = outline.text("messages[].formattedTime") ?? ""
        let written = Array(text.utf8).withUnsafeBufferPointer { ExportTime.parse($0) }
        if let epoch, let written, written.precision == .second {
            // The first of each may stem from two records: zones differ by quarters of an hour.
            let (shift, isAbsurd) = ExportTime.seconds(epoch).subtractingReportingOverflow(written.seconds)
            let widest: Int64 = 26 * 3600
            if !isAbsurd, shift != 0, shift % 900 == 0, (-widest...widest).contains(shift) { gaps.append(.otherZone) }
        }
        return gaps
    }

    /// arkme-json: the speakers' keys by the hash of their number in `senders`.
    static func senders(_ raw: [UInt8]?) -> [UInt64: UInt64] {
        guard let raw else { return [:] }
        var senders: [UInt64: UInt64] = [:]
        raw.withUnsafeBufferPointer { view in
            let json = JSONView(view)
            guard let (array, _) = json.value(at: 0) else { return }
            json.forEachElement(of: array) { entry in
                let number = json.decoded(json.member(entry, "senderID"))
                let id = json.decoded(json.member(entry, "wxid"))
                let name = json.decoded(json.member(entry, anyOf: ["groupNickname", "displayName", "nickname"]))
                let key = id.withUnsafeBufferPointer { id in
                    name.withUnsafeBufferPointer { SpeakerKey.key(id: id, name: $0, ordinal: senders.count) }
                }
                senders[number.withUnsafeBufferPointer { SpeakerKey.hash($0) }] = key
            }
        }
        return senders
    }
}

/// Reads one message of WeFlow, EchoTrace, or CipherTalk.
struct WeFlowRecordReader: JSONRecordReader {
    /// arkme-json: keys of speakers by the hash of their number.
    let senders: [UInt64: UInt64]
    /// True where short ids are row numbers of a local database: a server's id has 15 digits and more.
    let hasShortIDs: Bool

    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let time = 0
        static let type = 1
        static let typeName = 2
        static let content = 3
        static let sender = 4
        static let name = 5
        static let id = 6
        static let quote = 7
        static let senderNumber = 8
        static let items = 9
        static let timeText = 10
        static let parsed = 11
        static let quoteObject = 12
    }

    private static let keys = JSONKeys([
        ["createTime"], ["localType"], ["type"], ["content"], ["senderUsername"], ["senderDisplayName"],
        ["platformMessageId", "serverId"], ["quotedContent"], ["senderID"], ["chatRecords"], ["formattedTime"],
        ["parsedContent"], ["quote"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        // Hand-edited files lack the epoch; the text beside it is local time.
        let hasEpoch = record[Field.time].kind != .absent
        let timeField = hasEpoch ? record[Field.time] : record[Field.timeText]
        guard let time = builder.requireTime(timeField, in: json, line: record.line, field: "createTime") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group()
        message.speakerKey = speaker(record)
        message.id = id(record, &builder)
        let kind = kind(record)
        // The interface gives what it made of the message beside the message.
        let content = record[Field.parsed].isEmpty ? record[Field.content] : record[Field.parsed]
        if record[Field.items].kind == .array {
            ChatRecords.settle(content, in: json, kind: .forward, items: record[Field.items], into: &message, &builder)
            builder.add(message)
            ChatRecords.add(record[Field.items], in: json, parent: message, into: &builder)
            return
        }
        let start = builder.mark
        if content.kind == .object || content.kind == .array {
            // Nobody wrote that, but there may be words in it.
            builder.append(json.raw(content))
        } else {
            builder.append(content, in: json)
        }
        builder.addContent(from: start, kind: kind, into: message, quote: kind == .text ? quote(record) : [])
    }

    /// The structured quote is whole where the one in the text may be cut.
    private func quote(_ record: JSONRecord) -> [UInt8] {
        let json = record.json
        if !record[Field.quote].isEmpty { return json.decoded(record[Field.quote]) }
        guard record[Field.quoteObject].kind == .object else { return [] }
        return json.decoded(json.member(record[Field.quoteObject], anyOf: ["content", "parsedContent", "text"]))
    }

    private func speaker(_ record: JSONRecord) -> UInt64 {
        let json = record.json
        let number = record[Field.senderNumber]
        if !number.isEmpty, let key = senders[SpeakerKey.hash(json.raw(number))] { return key }
        return SpeakerKey.key(id: record[Field.sender], name: record[Field.name], in: json, ordinal: record.line)
    }

    private func kind(_ record: JSONRecord) -> MessageKind {
        let byNumber = record.json.integer(record[Field.type]).map { WeChatKinds.kind(type: $0) } ?? .other
        if byNumber != .other, record[Field.type].kind != .absent { return byNumber }
        return WeChatKinds.kind(name: record[Field.typeName], in: record.json)
    }

    private func id(_ record: JSONRecord, _ builder: inout BlockBuilder) -> MessageBlock.Slice {
        let value = record[Field.id]
        let length = Int(value.end - value.start)
        if hasShortIDs, length < 15 { return .none }
        if length == 1, record.json.raw(value)[0] == 0x30 { return .none }
        return builder.slice(value, in: record.json)
    }
}
