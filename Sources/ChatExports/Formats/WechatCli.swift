internal import Messages

/// wechat-cli's Markdown: `# 聊天记录: 群`, what the export is, a rule, then `- [2026-03-02 08:14] 名: 正文`.
struct WechatCliMarkdown: ExportFormat {
    var slug: String { "wechat-cli-markdown" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let title = WechatCliTitle(lines)
        recognition.require(title?.isMarkdown == true, "title # 聊天记录: 群, with **消息数量:** below it")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        WechatCliTitle.reading(head, isMarkdown: true)
    }
}

/// wechat-cli's texts: the export with six lines of titles, and what its history prints.
struct WechatCliText: ExportFormat {
    var slug: String { "wechat-cli-text" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let title = WechatCliTitle(lines)
        recognition.require(title?.isMarkdown == false, "title 聊天记录: 群, or 群 的消息记录（返回 … 条")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        WechatCliTitle.reading(head, isMarkdown: false)
    }
}

/// What wechat-cli's history gives as JSON: each message is one text, `[2026-03-02 08:14] 名: 正文`.
struct WechatCliJSON: ExportFormat {
    var slug: String { "wechat-cli-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        recognition.require(outline.has("chat"), "key chat")
        recognition.require(outline.has("is_group"), "key is_group")
        // The first one is long where it is a notice of the group.
        let isText = outline.text("messages[]").map { $0.hasPrefix("[") } ?? true
        let hasObjects = outline.paths.contains { $0.hasPrefix("messages[].") || $0.hasPrefix("messages[][") }
        recognition.require(outline.has("messages[]") && isText && !hasObjects, "texts in messages")
        recognition.needsWholeFile = !outline.has("username")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let id = outline.text(anyOf: ["username"])
        let group = GroupIdentity(id: id, name: outline.text(anyOf: ["chat"]), platform: .wechat)
        return FormatReading(
            group: group, source: .array(["messages"], WechatCliLineReader()),
            isPrivate: outline.text("is_group") == "false" || id.hasPrefix("wxid_"))
    }

    func gaps(in outline: JSONOutline) -> [ExportGap] {
        var gaps: [ExportGap] = []
        if let count = outline.text("count"), count == outline.text("limit") { gaps.append(.truncated) }
        if let offset = outline.text("offset"), offset != "0" { gaps.append(.partial) }
        if outline.has("failures[]") { gaps.append(.failures) }
        return gaps
    }
}

/// What stands above the messages of wechat-cli's texts.
struct WechatCliTitle: Equatable {
    var name = ""
    var isMarkdown = false
    var isPrivate = false
    var gaps: [ExportGap] = []

    /// The tool's own limit of an export, if nobody raised it.
    private static let usualLimit = "500"

    /// Nil where the first lines are no such titles.
    init?(_ lines: [[UInt8]]) {
        let top = lines.prefix(16).map { String(decoding: $0, as: UTF8.self).trimmingSpace }.filter { !$0.isEmpty }
        guard let first = top.first else { return nil }
        if let open = first.firstRange(of: " 的消息记录（返回 ") {
            guard let close = first[open.upperBound...].firstRange(of: "）") else { return nil }
            name = String(first[..<open.lowerBound])
            isPrivate = !first[close.upperBound...].contains("[群聊]")
            let inner = first[open.upperBound..<close.lowerBound]
            let count = inner.prefix { $0.isNumber }
            if inner.hasSuffix("limit=" + count) { gaps.append(.truncated) }
            if inner.contains("offset="), !inner.contains("offset=0") { gaps.append(.partial) }
            if top.prefix(4).contains(where: { $0.hasPrefix("查询失败:") }) { gaps.append(.failures) }
            return
        }
        isMarkdown = first.hasPrefix("# 聊天记录: ")
        guard isMarkdown || first.hasPrefix("聊天记录: ") else { return nil }
        name = String(first.drop { $0 != ":" }.dropFirst(2))
        func value(_ label: String) -> Substring? {
            let mark = isMarkdown ? "**" + label + ":** " : label + ": "
            return top.dropFirst().first { $0.hasPrefix(mark) }?.dropFirst(mark.count)
        }
        guard let count = value("消息数量"), value("导出时间") != nil else { return nil }
        isPrivate = value("类型") == "私聊"
        if count == Self.usualLimit { gaps.append(.limit) }
    }

    static func reading(_ head: ExportHead, isMarkdown: Bool) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let title = WechatCliTitle(head.lines)
        let group = GroupIdentity(id: "", name: title?.name ?? "", platform: .wechat)
        var reading = head.reading(WechatCliGrammar(isMarkdown: isMarkdown), group: group)
        reading.isPrivate = title?.isPrivate ?? false
        reading.gaps = title?.gaps ?? []
        return reading
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmingSpace: String {
        var inner = self[...]
        while let last = inner.last, last.isWhitespace { inner.removeLast() }
        return String(inner.drop { $0.isWhitespace })
    }
}

/// The lines of wechat-cli's texts.
struct WechatCliGrammar: TextGrammar {
    let isMarkdown: Bool
    /// True until the first message: the titles are no part of one.
    private var isAbove = true
    var isUnmistakable: Bool { true }

    init(isMarkdown: Bool) { self.isMarkdown = isMarkdown }

    func header(_ line: ByteView) -> TextHeader? {
        guard isMarkdown else { return WechatCliLine.header(line, from: 0) }
        guard line.count > 20, line[0] == 0x2D, line[1] == 0x20 else { return nil }
        return WechatCliLine.header(line, from: 2)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard isAbove else { return nil }
        isAbove = header(line) == nil
        return isAbove ? .passed : nil
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        WechatCliLine.add(record, from: start, into: &builder)
    }
}

/// Reads a message of wechat-cli that is one text.
struct WechatCliLineReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }
    private static let keys = JSONKeys([])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        builder.reject(.missingField, line: record.line, field: "messages")
    }

    func read(_ text: ByteView, line: Int, into builder: inout BlockBuilder) -> Bool {
        readText(text, number: line, into: &builder)
        return true
    }

    @inline(__always)
    private func readText(_ text: ByteView, number: Int, into builder: inout BlockBuilder) {
        let first = text.part(0..<JSONScan.lineFeed(in: text, from: 0))
        guard let header = WechatCliLine.header(first, from: 0) else {
            builder.reject(.missingField, line: number, field: "messages")
            return
        }
        guard let read = header.time, case .time(let time) = builder.plausible(read) else {
            builder.reject(.badTime, line: number, field: "messages")
            return
        }
        var record = MessageBlock.Record()
        (record.sentAt, record.precision) = time
        record.line = Int32(truncatingIfNeeded: number)
        record.group = builder.group()
        let nothing = ByteView(start: nil, count: 0)
        record.speakerKey =
            header.isSystem ? 0 : SpeakerKey.key(id: nothing, name: text.part(header.name), ordinal: number)
        if record.speakerKey == 0 { record.kind = .system }
        let start = builder.mark
        builder.append(text.part((header.words?.lowerBound ?? text.count)..<text.count))
        WechatCliLine.add(record, from: start, into: &builder)
    }
}

/// One message as wechat-cli writes it on a line.
enum WechatCliLine {
    /// What stands in place of words; the tool writes it before everything that is no text.
    private static let labels: [(text: StaticString, kind: MessageKind)] = [
        ("[图片]", .image), ("[系统]", .system), ("[链接/文件]", .link), ("[链接]", .link), ("[文件]", .file), ("[语音]", .voice),
        ("[视频]", .video), ("[表情]", .sticker), ("[小程序]", .link), ("[名片]", .card), ("[位置]", .location), ("[通话]", .call),
        ("[撤回]", .recall),
    ]

    /// `[2026-03-02 08:14] 名: 正文`, or without a name.
    @inline(__always)
    static func header(_ line: ByteView, from start: Int) -> TextHeader? {
        guard start &+ 18 <= line.count, line[start] == 0x5B, Stamps.isMinuteShaped(line, at: start &+ 1) else {
            return nil
        }
        let hasSeconds = line[start &+ 17] == 0x3A && Stamps.isShaped(line, at: start &+ 1)
        let close = start &+ (hasSeconds ? 20 : 17)
        guard close < line.count, line[close] == 0x5D else { return nil }
        let time =
            hasSeconds
            ? ExportTime.stamp(line, at: start &+ 1).map { ($0, TimePrecision.second) }
            : Stamps.minute(line, at: start &+ 1)
        let rest = min(close &+ 2, line.count)
        // A name is short; one that the tool doesn't know is left out together with its colon.
        let near = line.part(rest..<min(line.count, rest &+ 160))
        if label(near) == nil, let colon = near.find(": ") ?? (near.last == 0x3A ? near.count - 1 : nil), colon > 0 {
            let words = min(rest &+ colon &+ 2, line.count)
            return TextHeader(name: rest..<(rest &+ colon), time: time, words: words..<line.count)
        }
        let words = line.part(rest..<line.count)
        let isSystem = label(words)?.kind == .system || SystemLine.isNotice(words)
        return TextHeader(time: time, words: rest..<line.count, isSystem: isSystem)
    }

    private static func label(_ words: ByteView) -> (kind: MessageKind, length: Int)? {
        guard words.count > 4, words[0] == 0x5B else { return nil }
        for label in labels where words.begins(with: label.text) { return (label.kind, label.text.utf8CodeUnitCount) }
        return nil
    }

    /// Appends the message whose words stand since a mark.
    @inline(__always)
    static func add(_ record: MessageBlock.Record, from start: Int, into builder: inout BlockBuilder) {
        if let label = builder.look(from: start, { label($0) }) {
            addLabelled(record, label, from: start, into: &builder)
        } else if let quote = builder.look(from: start, { quote($0) }) {
            addReply(record, quote, from: start, into: &builder)
        } else {
            builder.add(record, words: start)
        }
    }

    private static func addLabelled(
        _ record: MessageBlock.Record, _ label: (kind: MessageKind, length: Int), from start: Int,
        into builder: inout BlockBuilder
    ) {
        var message = record
        message.kind = label.kind
        let rest = builder.look(from: start) { Array($0[$0.trimmed(label.length..<$0.count)]) }
        if rest.withUnsafeBufferPointer(WeChatXML.isXML) {
            builder.drop(from: start)
            rest.withUnsafeBufferPointer { builder.append($0) }
            builder.addContent(from: start, kind: label.kind, into: message)
            return
        }
        switch label.kind {
        case .system, .recall:
            builder.drop(from: start)
            rest.withUnsafeBufferPointer { builder.append($0) }
            // The label alone is the program's; with a name and words it may be a person's.
            let isNotice = rest.withUnsafeBufferPointer { SystemLine.isNotice($0) || ContentRules.isRecall($0) }
            let isNobodys = record.speakerKey == 0 || rest.isEmpty || isNotice || label.kind == .recall
            if isNobodys { message.speakerKey = 0 } else { message.kind = .text }
        case .image, .video, .sticker:
            // What follows is a number or where the file lies on the exporter's disk.
            builder.drop(from: start)
            builder.append(WeChatKinds.placeholder(label.kind))
        case .file:
            let first = rest.prefix { $0 != 0x0A }
            builder.drop(from: start)
            builder.append(first.isEmpty ? "[文件]" : "[文件] ")
            Array(first).withUnsafeBufferPointer { builder.append($0) }
        default: break
        }
        let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
        builder.settle(reading, from: start, into: &message)
        builder.add(message)
    }

    /// Where a reply ends and what it quotes begins: `  ↳ 回复 名: 被引`, `  -> 回复 名: 被引`, on a line below.
    private static func quote(_ words: ByteView) -> (end: Int, quote: Int)? {
        var end = JSONScan.lineFeed(in: words, from: 0)
        while end < words.count {
            for mark: StaticString in ["\n  ↳ 回复", "\n  -> 回复"] where words.holds(mark, at: end) {
                return (end, end + mark.utf8CodeUnitCount)
            }
            end = JSONScan.lineFeed(in: words, from: end + 1)
        }
        return nil
    }

    private static func addReply(
        _ record: MessageBlock.Record, _ place: (end: Int, quote: Int), from start: Int,
        into builder: inout BlockBuilder
    ) {
        let (reply, quote) = builder.look(from: start) { words in
            (Array(words[..<place.end]), ContentRules.withoutName(words.part(place.quote..<words.count)))
        }
        builder.drop(from: start)
        reply.withUnsafeBufferPointer { builder.append($0) }
        builder.addContent(from: start, kind: .text, into: record, quote: quote)
    }
}
