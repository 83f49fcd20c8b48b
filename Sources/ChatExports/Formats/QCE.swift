internal import Messages

/// QQChatExporter's JSON: `metadata`, `chatInfo`, `messages` in one file.
struct QCEJSON: ExportFormat {
    var slug: String { "qce-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("chatInfo"), "key chatInfo")
        recognition.require(QCE.isNamed(outline), "metadata.name = QQChatExporter")
        recognition.require(outline.has("messages"), "key messages")
        // Alphabetical writers and large statistics move the rest behind the messages.
        recognition.needsWholeFile = !outline.has("statistics") || !outline.has("chatInfo")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        return FormatReading(
            group: QCE.group(outline), source: .array(["messages"], QCERecordReader()),
            isPrivate: QCE.isPrivate(outline))
    }
}

/// A chunk of QQChatExporter's chunked export: one message a line, the group in `manifest.json` above it.
struct QCEChunk: ExportFormat {
    var slug: String { "qce-chunk" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        let hasSender = outline.has("sender.uid") || outline.has("sender.uin")
        recognition.require(hasSender, "key sender.uid")
        recognition.require(outline.has("content.text") || outline.has("content.elements"), "key content.text")
        recognition.require(outline.has("timestamp") || outline.has("time"), "key timestamp")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        var reading = FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .qq), source: .sequence(QCERecordReader()))
        reading.companion = Companion(names: ["../manifest.json", "manifest.json"]) { outline in
            outline.has("chatInfo") ? QCE.group(outline) : nil
        }
        return reading
    }
}

enum QCE {
    static func isNamed(_ outline: JSONOutline) -> Bool {
        let name = outline.text(anyOf: ["metadata.name", "exporter.name", "metadata.generator"])
        return name.filter { $0 != " " }.lowercased().contains("qqchatexporter")
    }

    static func group(_ outline: JSONOutline) -> GroupIdentity {
        let id = outline.text(anyOf: [
            "chatInfo.groupCode", "chatInfo.groupId", "chatInfo.peerUin", "chatInfo.peerUid", "chatInfo.id",
        ])
        return GroupIdentity(id: id, name: outline.text(anyOf: ["chatInfo.name"]), platform: .qq)
    }

    /// The type is sometimes wrong: more than two people are no private chat.
    static func isPrivate(_ outline: JSONOutline) -> Bool {
        guard outline.text("chatInfo.type") == "private" else { return false }
        guard let senders = outline.tables["statistics.senders"] else { return true }
        var people = 0
        senders.withUnsafeBufferPointer { view in
            let json = JSONView(view)
            guard let (array, _) = json.value(at: 0) else { return }
            json.forEachElement(of: array) { sender in
                let id = json.member(sender, anyOf: ["uid", "uin"])
                if !id.isEmpty, !json.equals(id, "未知"), !json.equals(id, "0") { people += 1 }
            }
        }
        return people <= 2
    }
}

/// Reads one message of QQChatExporter, of its versions 4 to 6.
struct QCERecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let sender = 3
        static let type = 4
        static let typeNumber = 5
        static let content = 6
        static let system = 7
        static let raw = 8
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["time"], ["messageId", "id"], ["sender"], ["type"], ["messageType"], ["content"],
        ["system", "isSystemMessage"], ["rawMessage"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let written = record[Field.epoch].isEmpty ? record[Field.time] : record[Field.epoch]
        guard let time = builder.requireTime(written, in: json, line: record.line, field: "timestamp") else { return }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group()
        message.speakerKey = speaker(record)
        message.id = builder.slice(record[Field.id], in: json)
        let body = Body(record[Field.content], in: json)
        let kind = kind(record, body)
        let start = builder.mark
        builder.append(body.text, in: json)
        if body.quote.kind != .absent { builder.dropReplyMark(from: start) }
        builder.addContent(
            from: start, kind: kind, trust: .untyped, into: message,
            quote: body.quote.isEmpty ? [] : json.decoded(body.quote))
    }

    /// The members of `content` that matter, found in one pass.
    private struct Body {
        var text = JSONValue()
        var resource = JSONValue()
        var quote = JSONValue()

        init(_ content: JSONValue, in json: JSONView) {
            if content.kind == .string {
                text = content
                return
            }
            guard content.kind == .object else { return }
            var elements = JSONValue()
            var resources = JSONValue()
            _ = json.forEachMember(at: Int(content.start)) { key, value in
                if json.equals(key, "text") {
                    text = value
                } else if json.equals(key, "elements") {
                    elements = value
                } else if json.equals(key, "resources") {
                    resources = value
                } else if json.equals(key, "reply") {
                    quote = json.member(value, anyOf: ["content", "text"])
                }
            }
            // An empty list is two bytes long.
            if resources.end > resources.start + 2 {
                json.forEachElement(of: resources) { item in
                    if resource.kind == .absent { resource = json.member(item, "type") }
                }
            }
            if quote.kind == .absent, json.raw(elements).find("\"reply\"") != nil { findReply(elements, in: json) }
        }

        private mutating func findReply(_ elements: JSONValue, in json: JSONView) {
            var found = JSONValue()
            json.forEachElement(of: elements) { element in
                guard json.equals(json.member(element, "type"), "reply") else { return }
                found = json.member(json.member(element, "data"), anyOf: ["content", "text", "summary"])
            }
            quote = found
        }
    }

    private func speaker(_ record: JSONRecord) -> UInt64 {
        let json = record.json
        var uid = JSONValue()
        var uin = JSONValue()
        var name = JSONValue()
        let sender = record[Field.sender].kind == .object ? record[Field.sender] : record[Field.raw]
        guard sender.kind == .object else {
            return SpeakerKey.key(id: uid, name: name, in: json, ordinal: record.line)
        }
        _ = json.forEachMember(at: Int(sender.start)) { key, value in
            if json.equals(key, "uid") || json.equals(key, "senderUid") {
                uid = value
            } else if json.equals(key, "uin") || json.equals(key, "senderUin") {
                uin = value
            } else if json.equals(key, "name") || json.equals(key, "sendNickName") {
                name = value
            }
        }
        // Number 0 is nobody's.
        let id = uin.isEmpty || json.equals(uin, "0") || json.isNull(uin) ? uid : uin
        return SpeakerKey.key(id: id, name: name, in: json, ordinal: record.line)
    }

    private func kind(_ record: JSONRecord, _ body: Body) -> MessageKind {
        let json = record.json
        if json.isTrue(record[Field.system]) || json.equals(record[Field.typeNumber], "5") { return .system }
        let type = json.raw(record[Field.type])
        if type.equals("text") || type.equals("reply") { return .text }
        let named = WeChatKinds.kind(name: record[Field.type], in: json)
        if named != .other { return named }
        guard body.text.isEmpty || json.integer(record[Field.typeNumber]) != 2 else { return .text }
        // Words beside a picture are words.
        guard json.plain(body.text, ContentRules.isBracketsOnly) else { return .text }
        let resource = WeChatKinds.kind(name: body.resource, in: json)
        if body.resource.kind != .absent, resource != .other { return resource }
        return .text
    }
}

extension BlockBuilder {
    /// Drops `[回复 某人: …]` before the words: it repeats what was quoted.
    mutating func dropReplyMark(from start: Int) {
        let words = look(from: start) { view -> [UInt8]? in
            guard view.begins(with: "[回复"), let lineEnd = view.find("]\n") ?? view.find("] ") else { return nil }
            return Array(view.part(view.trimmed((lineEnd + 1)..<view.count)))
        }
        guard let words else { return }
        drop(from: start)
        words.withUnsafeBufferPointer { append($0) }
    }
}
