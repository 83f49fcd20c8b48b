internal import Messages

/// wechat-export-studio's JSON: `schema`, `conversation`, `messages`.
struct ExportStudioJSON: ExportFormat {
    var slug: String { "export-studio-json" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let outline = head.outline else { return Recognition(missing: ["JSON"]) }
        var recognition = Recognition()
        let isOwn = outline.text("schema")?.hasPrefix("wechat-export-studio/") == true
        recognition.require(isOwn, "schema = wechat-export-studio/1")
        recognition.require(outline.has("messages"), "key messages")
        recognition.needsWholeFile = !outline.has("conversation")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let outline = head.outline ?? JSONOutline()
        let id = outline.text(anyOf: ["conversation.username"])
        let group = GroupIdentity(
            id: id, name: outline.text(anyOf: ["conversation.displayName"]), platform: .wechat)
        return FormatReading(
            group: group, source: .array(["messages"], ExportStudioRecordReader()),
            isPrivate: ExportStudio.isPrivate(id))
    }
}

/// wechat-export-studio's table.
struct ExportStudioCSV: ExportFormat {
    var slug: String { "export-studio-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["时间", "发言人", "方向", "类型", "内容", "附件/标题"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: FolderName.groupOrStem(of: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, ExportStudioRowReader()))))
    }
}

/// wechat-export-studio's Markdown: days as headings, then a list of messages, one line each.
struct ExportStudioMarkdown: ExportFormat {
    var slug: String { "export-studio-markdown" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let title = ExportStudio.title(lines)
        recognition.require(title != nil, "title # 群 · 聊天记录, with 会话 below it")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let title = ExportStudio.title(head.lines)
        let group = GroupIdentity(id: title?.id ?? "", name: title?.name ?? "", platform: .wechat)
        var reading = head.reading(ExportStudioMarkdownGrammar(), group: group)
        reading.isPrivate = ExportStudio.isPrivate(group.id)
        return reading
    }
}

/// wechat-export-studio's text: `[2026-03-02 08:14:05] 名: 正文`, one line a message, nothing else.
///
/// Others write such lines, too: it is told by what it puts in place of line ends and of replies.
struct ExportStudioText: ExportFormat {
    var slug: String { "export-studio-text" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        let grammar = ExportStudioTextGrammar()
        var heads = 0
        var others = 0
        var marks = 0
        // Ids in brackets behind the names are another tool's.
        var withIDs = 0
        let last = lines.lastIndex { !$0.withUnsafeBufferPointer(TextLine.isBlank) }
        for (index, line) in lines.enumerated() {
            line.withUnsafeBufferPointer { view in
                if TextLine.isBlank(view) { return }
                guard let header = grammar.header(view), let words = header.words else {
                    // The file may end in the middle of a line.
                    if index != last { others += 1 }
                    return
                }
                heads += 1
                if view[header.name.upperBound - 1] == 0x29 { withIDs += 1 }
                let text = view.part(words)
                let isTagged = text.begins(with: "[引用]") || text.equals("[系统消息]") || text.equals("[撤回]")
                if isTagged || text.find(" ⏎ ") != nil { marks += 1 }
            }
        }
        var recognition = Recognition()
        recognition.require(
            heads > 0 && others == 0 && withIDs * 2 <= heads, "only lines like [2026-03-02 08:14] 名: 正文")
        recognition.require(marks > 0, "⏎, [引用], [系统消息] or [撤回] in them")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = FolderName.groupOrStem(of: file, platform: .wechat)
        return (head.text ?? TextHead(lines: [])).reading(ExportStudioTextGrammar(), group: group)
    }
}

enum ExportStudio {
    /// The group in `# 群 · 聊天记录` and `> 会话 `id` ｜ …`; nil where the first lines are no such titles.
    static func title(_ lines: [[UInt8]]) -> (id: String, name: String)? {
        let top = lines.prefix(8).map { String(decoding: $0, as: UTF8.self) }
        let tail = " · 聊天记录"
        guard let first = top.first(where: { $0.hasPrefix("# ") }), first.hasSuffix(tail),
            let second = top.first(where: { $0.hasPrefix("> 会话 `") })
        else { return nil }
        let id = second.split(separator: "`", omittingEmptySubsequences: false).dropFirst().first ?? ""
        return (String(id), String(first.dropFirst(2).dropLast(tail.count)))
    }

    /// The id of the talk of two people is a person's.
    static func isPrivate(_ id: String) -> Bool { !id.isEmpty && !id.hasSuffix("chatroom") }

    /// Appends a message that stands on one line, its words since a mark.
    static func add(_ record: MessageBlock.Record, from start: Int, into builder: inout BlockBuilder) {
        restoreLines(" ⏎ ", from: start, &builder)
        let isTagged = builder.look(from: start) { $0.first == 0x5B && ($0.begins(with: "[引用]") || $0.equals("[撤回]")) }
        guard isTagged else { return builder.add(record, words: start) }
        var message = record
        if builder.look(from: start, { $0.equals("[撤回]") }) {
            (message.kind, message.speakerKey) = (.recall, 0)
            message.text = MessageBlock.Slice(start: start, end: builder.mark)
            builder.add(message)
            return
        }
        addQuoteAlone(message, from: start, into: &builder)
    }

    /// Appends a reply of which only the words that it quotes were exported: `[引用] 被引`.
    static func addQuoteAlone(_ record: MessageBlock.Record, from start: Int, into builder: inout BlockBuilder) {
        var message = record
        let quote = builder.look(from: start) { Array($0[$0.trimmed("[引用]".utf8.count..<$0.count)]) }
        builder.drop(from: start)
        if !quote.isEmpty { builder.setQuote(quote, of: &message) }
        builder.add(message)
    }

    /// Puts line ends where a mark stands for them.
    static func restoreLines(_ mark: StaticString, from start: Int, _ builder: inout BlockBuilder) {
        let restored = builder.look(from: start) { view -> [UInt8]? in
            guard var next = view.find(mark) else { return nil }
            var lines: [UInt8] = []
            var at = 0
            while true {
                lines.append(contentsOf: view.part(at..<next))
                at = next + mark.utf8CodeUnitCount
                lines.append(0x0A)
                guard let following = view.find(mark, from: at) else { break }
                next = following
            }
            return lines + view.part(at..<view.count)
        }
        guard let restored else { return }
        builder.drop(from: start)
        restored.withUnsafeBufferPointer { builder.append($0) }
    }
}

/// The lines of wechat-export-studio's Markdown.
struct ExportStudioMarkdownGrammar: TextGrammar {
    private var day: CalendarDay?
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count > 16, line.begins(with: "- `") else { return nil }
        let tick = JSONScan.byte(0x60, or: 0x60, in: line, from: 3)
        guard tick == 8 || tick == 11, line.holds("` **", at: tick) else { return nil }
        let from = tick + 4
        // The name is short, and may hold asterisks itself.
        guard let close = line.part(0..<min(line.count, from + 160)).find("**：", from: from) else { return nil }
        let words = (close + "**：".utf8.count)..<line.count
        return TextHeader(name: from..<close, time: time(line.part(3..<tick)), words: words)
    }

    private func time(_ clock: ByteView) -> ExportTime.Reading? {
        guard let day, let moment = Moment(whole: clock) else { return nil }
        return moment.reading(on: day)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        if line[0] == 0x23, line.begins(with: "## "), let found = CalendarDay(line.part(3..<line.count)) {
            day = found
            return .passed
        }
        // What stands above the first day says how many messages there are.
        return day == nil ? .passed : nil
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        ExportStudio.add(record, from: start, into: &builder)
    }
}

/// The lines of wechat-export-studio's text.
struct ExportStudioTextGrammar: TextGrammar {
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 20, line[0] == 0x5B, Stamps.isMinuteShaped(line, at: 1) else { return nil }
        let close = line[17] == 0x3A ? 20 : 17
        guard close + 2 < line.count, line[close] == 0x5D, line[close + 1] == 0x20,
            close == 17 || Stamps.isShaped(line, at: 1),
            let colon = line.part(0..<min(line.count, close + 162)).find(": ", from: close + 2), colon > close + 2
        else { return nil }
        let time =
            close == 20
            ? ExportTime.stamp(line, at: 1).map { ($0, TimePrecision.second) } : Stamps.minute(line, at: 1)
        return TextHeader(name: (close + 2)..<colon, time: time, words: (colon + 2)..<line.count)
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        ExportStudio.add(record, from: start, into: &builder)
    }
}

/// Reads one row of wechat-export-studio's table.
struct ExportStudioRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let name = 1
        static let direction = 2
        static let type = 3
        static let text = 4
        static let title = 5
    }

    var columns: [[StaticString]] { [["时间"], ["发言人"], ["方向"], ["类型"], ["内容"], ["附件/标题"]] }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let nothing = ByteView(start: nil, count: 0)
        let head = builder.head(row, time: Column.time, named: "时间", sender: nothing, senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        let type = row[Column.type]
        var kind = WeChatKinds.kind(name: type)
        if row[Column.direction].equals("系统") {
            message.speakerKey = 0
            if kind == .text || kind == .other { kind = .system }
        }
        let start = builder.mark
        builder.append(row[Column.text])
        switch kind {
        case .link, .file, .location, .card, .other:
            if builder.mark == start { builder.append(row[Column.title]) }
        default: break
        }
        ExportStudio.restoreLines("\\n", from: start, &builder)
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}

/// Reads one message of wechat-export-studio's JSON.
struct ExportStudioRecordReader: JSONRecordReader {
    var keys: JSONKeys { Self.keys }

    private enum Field {
        static let epoch = 0
        static let time = 1
        static let kind = 2
        static let type = 3
        static let sender = 4
        static let text = 5
        static let extra = 6
    }

    private static let keys = JSONKeys([
        ["timestamp"], ["time"], ["kind"], ["rawType"], ["sender"], ["text"], ["extra"],
    ])

    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {
        let json = record.json
        let field = record[Field.epoch].isEmpty ? Field.time : Field.epoch
        guard let time = builder.requireTime(record[field], in: json, line: record.line, field: "timestamp") else {
            return
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: record.line)
        message.group = builder.group()
        let (id, name) = names(record[Field.sender], in: json)
        message.speakerKey = SpeakerKey.key(id: id, name: name, in: json, ordinal: record.line)
        var kind = WeChatKinds.kind(name: record[Field.kind], in: json)
        if kind == .other, let type = json.integer(record[Field.type]) { kind = WeChatKinds.kind(type: type) }
        let start = builder.mark
        builder.append(record[Field.text], in: json)
        var quote: [UInt8] = []
        if record[Field.extra].kind == .object {
            let extra = record[Field.extra]
            if kind == .text { quote = json.decoded(json.member(extra, "quotedText")) }
            if builder.mark == start, kind != .image, kind != .video, kind != .voice, kind != .sticker {
                builder.append(json.member(extra, anyOf: ["title", "fileName"]), in: json)
            }
        }
        let trust: ContentRules.Trust = kind == .other ? .untyped : .typed
        builder.addContent(from: start, kind: kind, trust: trust, into: message, quote: quote)
    }

    private func names(_ sender: JSONValue, in json: JSONView) -> (id: JSONValue, name: JSONValue) {
        var id = JSONValue()
        var name = JSONValue()
        guard sender.kind == .object else { return (id, name) }
        _ = json.forEachMember(at: Int(sender.start)) { key, value in
            if json.equals(key, "username") { id = value } else if json.equals(key, "displayName") { name = value }
        }
        return (id, name)
    }
}
