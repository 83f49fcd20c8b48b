internal import Messages

/// chatlog's CSV: `Time,SenderName,Sender,TalkerName,Talker,Content`.
///
/// No ids; local time.
struct ChatlogCSV: ExportFormat {
    var slug: String { "chatlog-csv" }

    static let columns = "Time,SenderName,Sender,TalkerName,Talker,Content"

    func recognise(_ head: ExportHead) -> Recognition {
        guard let head = head.text else { return Recognition(missing: ["text"]) }
        let first = head.lines.first { !$0.allSatisfy { $0 <= 0x20 } } ?? []
        let row = String(decoding: first, as: UTF8.self).filter { $0 != "\"" && $0 != " " }
        var recognition = Recognition()
        recognition.require(row == Self.columns, "header row \(Self.columns)")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        FormatReading(group: GroupIdentity(id: "", name: "", platform: .wechat), source: .lines(ChatlogCSVReader()))
    }
}

/// Reads chatlog's CSV row by row.
struct ChatlogCSVReader: LineReader {
    private var rows = CSVRows()
    private var hasHeader = false

    private enum Column {
        static let time = 0
        static let name = 1
        static let sender = 2
        static let talkerName = 3
        static let talker = 4
        static let content = 5
        static let count = 6
    }

    init() {}

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if !rows.isOpen, line.isEmpty || line.allSatisfy({ $0 <= 0x20 }) {
            builder.pass()
            return
        }
        if let first = rows.take(line, number: number) {
            row(line: first, into: &builder)
        } else if rows.isRunaway {
            recover(into: &builder)
        }
    }

    mutating func finish(into builder: inout BlockBuilder) {
        if rows.isOpen { recover(into: &builder) }
    }

    /// A quote was opened and never closed: its line is lost, the lines behind it are rows of their own.
    private mutating func recover(into builder: inout BlockBuilder) {
        let first = rows.openLine
        for (index, line) in rows.abandon().enumerated() {
            if index == 0 {
                builder.reject(.wrongColumns, line: first)
            } else if line.allSatisfy({ $0 <= 0x20 }) {
                builder.pass()
            } else {
                rows.splitAlone(line)
                row(line: first + index, into: &builder)
            }
        }
    }

    private mutating func row(line: Int, into builder: inout BlockBuilder) {
        if !hasHeader {
            hasHeader = true
            builder.pass()
            return
        }
        guard rows.ends.count == Column.count else {
            builder.reject(.wrongColumns, line: line, number: rows.ends.count)
            return
        }
        rows.text.withUnsafeBufferPointer { text in
            func field(_ column: Int) -> ByteView { text.part(rows.field(column)) }
            guard case .time(let time) = builder.plausible(ExportTime.parse(field(Column.time))) else {
                builder.reject(.badTime, line: line, field: "Time")
                return
            }
            var message = MessageBlock.Record()
            (message.sentAt, message.precision) = time
            message.line = Int32(truncatingIfNeeded: line)
            let talker = field(Column.talker)
            let isRoom = talker.ends(with: "@chatroom") || talker.ends(with: "@im.chatroom")
            message.group =
                isRoom ? builder.group(id: talker, name: field(Column.talkerName), platform: .wechat) : builder.group()
            message.speakerKey = SpeakerKey.key(id: field(Column.sender), name: field(Column.name), ordinal: line)
            ChatlogBody.add(field(Column.content), message, into: &builder)
        }
    }
}

/// chatlog's text form of a message: its own marks for media, quotes and merged forwards.
enum ChatlogBody {
    private static let marks: [(StaticString, MessageKind)] = [
        ("![图片](", .image), ("[语音](", .voice), ("![视频](", .video), ("![动画表情](", .sticker), ("[位置|", .location),
        ("[链接|", .link), ("[文件|", .file), ("[合并转发|", .forward), ("[群公告|", .notice), ("[笔记|", .text),
        ("[小程序|", .link), ("[视频号|", .link), ("[红包]", .money), ("[转账|", .money), ("[语音通话]", .call),
        ("[名片]", .card), ("[分享]", .link), ("[接龙|", .relay),
    ]

    /// Appends a message whose content is in that form.
    static func add(_ content: ByteView, _ header: MessageBlock.Record, into builder: inout BlockBuilder) {
        var message = header
        let isSystem = message.speakerKey == 0
        message.kind = isSystem ? .system : .text
        let start = builder.mark
        if !isSystem, content.begins(with: "> ") {
            addReply(content, &message, into: &builder)
            return
        }
        let mark = isSystem ? nil : marks.first { content.begins(with: $0.0) }
        guard let mark else {
            builder.append(content)
            let reading = builder.look(from: start) { ContentRules.read($0, kind: message.kind) }
            builder.settle(reading, from: start, into: &message)
            builder.add(message)
            return
        }
        message.kind = mark.1
        switch mark.1 {
        case .image, .voice, .video, .sticker:
            builder.append(WeChatKinds.placeholder(mark.1))
        case .forward, .notice, .relay, .text:
            appendTitled(content, tag: mark.0.utf8CodeUnitCount, withRest: mark.1 != .forward, into: &builder)
        default:
            builder.append(content)
        }
        message.text = MessageBlock.Slice(start: start, end: builder.mark)
        builder.add(message)
        if mark.1 == .forward {
            builder.addForwarded(ForwardText.timedItems(content), of: Array(content), parent: message)
        }
    }

    /// `[标签|标题]` and what stands below it.
    private static func appendTitled(_ content: ByteView, tag: Int, withRest: Bool, into builder: inout BlockBuilder) {
        let lineEnd = content.find("\n") ?? content.count
        let end = content.part(0..<lineEnd).findLast("]") ?? content.find("]", from: tag) ?? content.count
        let start = builder.mark
        builder.append(content.part(content.trimmed(tag..<max(tag, end))))
        let rest = content.trimmed(min(content.count, end + 1)..<content.count)
        guard withRest, !rest.isEmpty else { return }
        if builder.mark > start { builder.append("\n") }
        builder.append(content.part(rest))
    }

    /// `> 名(id) 时间`, `> 被引` lines, then the words.
    private static func addReply(
        _ content: ByteView, _ message: inout MessageBlock.Record, into builder: inout BlockBuilder
    ) {
        var quote: [UInt8] = []
        var textStart = content.count
        var isFirst = true
        var isQuoting = true
        ForwardText.forEachLine(content) { line in
            guard isQuoting else { return }
            guard content.part(line).begins(with: ">") else {
                textStart = line.lowerBound
                isQuoting = false
                return
            }
            if !isFirst {
                if !quote.isEmpty { quote.append(0x0A) }
                quote.append(contentsOf: content[content.trimmed((line.lowerBound + 1)..<line.upperBound)])
            }
            isFirst = false
        }
        let start = builder.mark
        builder.append(content.part(content.trimmed(min(textStart, content.count)..<content.count)))
        message.text = MessageBlock.Slice(start: start, end: builder.mark)
        let quoteStart = builder.mark
        quote.withUnsafeBufferPointer { builder.append($0) }
        if !quote.isEmpty { message.quote = MessageBlock.Slice(start: quoteStart, end: builder.mark) }
        builder.add(message)
    }
}
