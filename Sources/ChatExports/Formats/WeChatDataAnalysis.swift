internal import Messages

/// WeChatDataAnalysis' `messages.json`: one conversation, its server ids as bare numbers.
struct WeChatDataAnalysisJSON: ExportFormat {
    var slug: String { "wechat-data-analysis-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("schemaVersion"), "key schemaVersion")
        recognition.require(outline.has("conversation"), "key conversation")
        recognition.require(outline.has("messages"), "key messages")
        recognition.needsWholeFile = !outline.has("conversation") || !outline.has("schemaVersion")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let id = outline.text(anyOf: ["conversation.username"])
        let isPrivate = outline.text("conversation.isGroup") == "false" || id.hasPrefix("wxid_")
        let group = GroupIdentity(
            id: id == "hidden" || id == "已隐藏" ? "" : id, name: outline.text(anyOf: ["conversation.displayName"]),
            platform: .wechat)
        return FormatReading(
            group: group, source: .array(["messages"], WeChatDataAnalysisReader()), isPrivate: isPrivate)
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        // In its private mode people are numbered.
        outline.text("account") == "hidden" ? [.pseudonyms] : []
    }
}

/// Reads one message of WeChatDataAnalysis.
struct WeChatDataAnalysisReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let type = 3
        static let name = 4
        static let sender = 5
        static let senderName = 6
        static let content = 7
        static let quote = 8
        static let transcript = 9
        static let title = 10
        static let record = 11
        static let url = 12
        static let place = 13
    }

    private static let keys = JSONKeys([
        ["createTime"], ["createTimeText"], ["serverId"], ["type"], ["renderType"], ["senderUsername"],
        ["senderDisplayName"], ["content"], ["quoteContent"], ["voiceTranscript"], ["title", "fileName"],
        ["recordItem"], ["url"], ["locationPoiname", "locationLabel"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        let head = builder.head(
            record, time: field, named: "createTime", sender: Field.sender, senderName: Field.senderName)
        guard var message = head else { return }
        message.group = builder.group()
        message.id = builder.serverID(json.raw(record[Field.id]))
        let kind = kind(record)
        let start = builder.mark
        if kind == .voice, !record[Field.transcript].isEmpty {
            builder.append(record[Field.transcript], in: json)
        } else if kind == .forward, !record[Field.record].isEmpty {
            appendRecord(record, into: &builder)
        } else {
            appendWords(record, kind, from: start, into: &builder)
        }
        let quote = record[Field.quote].isEmpty ? [] : json.decoded(record[Field.quote])
        builder.addContent(
            from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message, quote: quote)
    }

    private func kind(_ record: JSONRecord) -> MessageKind {
        let json = record.json
        let named = WeChatKinds.kind(name: record[Field.name], in: json)
        if named != .other { return named }
        return json.integer(record[Field.type]).map { WeChatKinds.kind(type: $0) } ?? .other
    }

    /// The content; for links, files and places the title with it.
    private func appendWords(
        _ record: JSONRecord, _ kind: MessageKind, from start: Int, into builder: inout BlockBuilder
    ) {
        let json = record.json
        func addLine(_ value: JSONValue) {
            guard value.kind == .string, !value.isEmpty else { return }
            let text = json.decoded(value)
            let isThere = builder.look(from: start) { view in text.count <= view.count && contains(view, text) }
            guard !isThere else { return }
            if builder.mark > start { builder.append("\n") }
            text.withUnsafeBufferPointer { builder.append($0) }
        }
        switch kind {
        case .link, .file, .location:
            addLine(record[Field.title])
            addLine(record[Field.place])
            addLine(record[Field.content])
        default: builder.append(record[Field.content], in: json)
        }
    }

    private func contains(_ view: ByteView, _ text: [UInt8]) -> Bool {
        guard let first = text.first else { return true }
        var at = JSONScan.byte(first, or: first, in: view, from: 0)
        while at + text.count <= view.count {
            if view.part(at..<(at + text.count)).equals(text) { return true }
            at = JSONScan.byte(first, or: first, in: view, from: at + 1)
        }
        return false
    }

    /// A merged forward: the items stand in XML of their own.
    private func appendRecord(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        builder.append("<msg><appmsg><type>19</type><title>")
        let title = record[Field.title].isEmpty ? record[Field.content] : record[Field.title]
        for byte in json.decoded(title) {
            switch byte {
            case 0x3C: builder.append("&lt;")
            case 0x26: builder.append("&amp;")
            default: withUnsafePointer(to: byte) { builder.append(ByteView(start: $0, count: 1)) }
            }
        }
        builder.append("</title><recorditem><![CDATA[")
        builder.append(record[Field.record], in: json)
        builder.append("]]></recorditem></appmsg></msg>")
    }
}
