internal import Messages

/// The way of most formats from a record to a message: who, when, then what stands in the content.
extension BlockBuilder {
    /// A message's head; nil after a reject.
    @inline(__always)
    mutating func head(
        _ record: JSONRecord, time field: Int, named name: String, sender: Int, senderName: Int
    ) -> MessageBlock.Record? {
        let json = record.json
        guard let time = requireTime(record[field], in: json, line: record.line, field: name) else { return nil }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.speakerKey = SpeakerKey.key(
            id: record[sender], name: record[senderName], in: json, ordinal: record.line)
        return message
    }

    /// A group that a record names, where the id is a room's; else the file's own.
    @inline(__always)
    mutating func room(_ id: JSONValue, name: JSONValue, in json: JSONView) -> Int32 {
        let raw = json.raw(id)
        guard raw.ends(with: "@chatroom") || raw.ends(with: "@im.chatroom") else { return group() }
        if !name.isEscaped { return group(id: raw, name: json.raw(name), platform: .wechat) }
        return json.decoded(name).withUnsafeBufferPointer { group(id: raw, name: $0, platform: .wechat) }
    }

    /// The group that a record names by its id and perhaps its name.
    @inline(__always)
    mutating func group(_ id: JSONValue, name: JSONValue, in json: JSONView, platform: Platform) -> Int32 {
        if !id.isEscaped, !name.isEscaped {
            let isNamed = name.kind == .string
            return group(
                id: json.raw(id), name: isNamed ? json.raw(name) : ByteView(start: nil, count: 0), platform: platform)
        }
        return json.decoded(id).withUnsafeBufferPointer { id in
            json.decoded(name).withUnsafeBufferPointer { group(id: id, name: $0, platform: platform) }
        }
    }

    /// Takes the text since a mark for a message's content and appends the message, its items behind it.
    ///
    /// XML of WeChat's is read, a path to a picture becomes a placeholder, quotes are set apart, merged forwards opened.
    mutating func addContent(
        from start: Int, kind: MessageKind, trust: ContentRules.Trust = .typed, into head: MessageBlock.Record,
        quote: [UInt8] = []
    ) {
        var message = head
        if look(from: start, { Self.isXML($0, kind) }) {
            addXML(from: start, kind: kind, message)
            return
        }
        if look(from: start, { Self.isForward($0, kind) }) {
            addForward(from: start, message)
            return
        }
        replaceMedia(from: start, kind: kind)
        var reading = look(from: start) { ContentRules.read($0, kind: kind, trust: trust) }
        if !quote.isEmpty { reading.quote = nil }
        settle(reading, from: start, into: &message)
        if kind == .system || message.kind == .system { message.speakerKey = 0 }
        if !quote.isEmpty { setQuote(quote, of: &message) }
        add(message)
    }

    /// A quote that the format keeps apart, itself perhaps with a placeholder or a quote in it.
    mutating func setQuote(_ quote: [UInt8], of message: inout MessageBlock.Record) {
        let start = mark
        quote.withUnsafeBufferPointer { append($0) }
        if look(from: start, WeChatXML.isXML) {
            let words = look(from: start) { WeChatXML.words($0, kind: .other) }
            drop(from: start)
            words.text.withUnsafeBufferPointer { append($0) }
        }
        let inner = look(from: start) { ContentRules.read($0, kind: .text) }
        var quoted = MessageBlock.Record()
        settle(ContentReading(kind: .text, text: inner.text), from: start, into: &quoted)
        message.quote = quoted.text
    }

    /// The type of a quote is that of text, and its content XML all the same.
    private static func isXML(_ view: ByteView, _ kind: MessageKind) -> Bool {
        kind == .text ? view.count > 8 && view[0] == 0x3C && WeChatXML.isXML(view) : WeChatXML.isXML(view)
    }

    private static func isForward(_ view: ByteView, _ kind: MessageKind) -> Bool {
        switch kind {
        case .forward: true
        case .text, .other, .link:
            view.count > 12
                && (view.begins(with: "[转发的聊天记录]") || view.begins(with: "【合并转发的聊天记录】")
                    || view.begins(with: "[合并转发|"))
        default: false
        }
    }

    /// A merged forward that stands as text: its title, then its items.
    private mutating func addForward(from start: Int, _ head: MessageBlock.Record) {
        var message = head
        let text = look(from: start) { Array($0) }
        drop(from: start)
        let (title, items) = text.withUnsafeBufferPointer { ForwardText.items(of: $0) }
        if title.isEmpty {
            append(WeChatKinds.placeholder(.forward))
        } else {
            text.withUnsafeBufferPointer { append($0.part(title)) }
        }
        message.text = MessageBlock.Slice(start: start, end: mark)
        message.kind = .forward
        add(message)
        addForwarded(items, of: text, parent: message)
    }

    private mutating func addXML(from start: Int, kind: MessageKind, _ head: MessageBlock.Record) {
        var message = head
        let words = look(from: start) { WeChatXML.words($0, kind: kind) }
        drop(from: start)
        words.text.withUnsafeBufferPointer { append($0) }
        if mark == start { append(WeChatKinds.placeholder(words.kind)) }
        let reading = look(from: start) { ContentRules.read($0, kind: words.kind) }
        settle(reading, from: start, into: &message)
        if message.kind == .system || words.kind == .system { message.speakerKey = 0 }
        if !words.quote.isEmpty { setQuote(words.quote, of: &message) }
        add(message)
        for (ordinal, item) in words.items.enumerated() {
            var inner = MessageBlock.Record()
            (inner.sentAt, inner.precision) = (message.sentAt, message.precision)
            let written = item.time.withUnsafeBufferPointer { ExportTime.parse($0) }
            if case .time(let time) = plausible(written) { (inner.sentAt, inner.precision) = time }
            (inner.line, inner.group, inner.forwarded) = (message.line, message.group, true)
            let nothing = ByteView(start: nil, count: 0)
            inner.speakerKey = item.name.withUnsafeBufferPointer {
                SpeakerKey.key(id: nothing, name: $0, ordinal: Int(message.line) << 16 | ordinal)
            }
            let itemStart = mark
            item.text.withUnsafeBufferPointer { append($0) }
            replaceMedia(from: itemStart, kind: item.kind)
            let reading = look(from: itemStart) { ContentRules.read($0, kind: item.kind) }
            settle(reading, from: itemStart, into: &inner)
            add(inner)
        }
    }
}
