internal import Messages

/// chatlog's CSV: `Time,SenderName,Sender,TalkerName,Talker,Content`.
///
/// No ids; local time.
struct ChatlogCSV: ExportFormat {
    var slug: String { "chatlog-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["Time", "SenderName", "Sender", "TalkerName", "Talker", "Content"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: GroupIdentity(id: "", name: "", platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, ChatlogRowReader()))))
    }
}

/// Reads a row of chatlog's CSV.
struct ChatlogRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let name = 1
        static let sender = 2
        static let talkerName = 3
        static let talker = 4
        static let content = 5
    }

    var columns: [[StaticString]] {
        [["Time"], ["SenderName"], ["Sender"], ["TalkerName"], ["Talker"], ["Content"]]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let head = builder.head(
            row, time: Column.time, named: "Time", sender: row[Column.sender], senderName: row[Column.name])
        guard var message = head else { return }
        let talker = row[Column.talker]
        let isRoom = talker.ends(with: "@chatroom") || talker.ends(with: "@im.chatroom")
        message.group =
            isRoom ? builder.group(id: talker, name: row[Column.talkerName], platform: .wechat) : builder.group()
        ChatlogBody.add(row[Column.content], message, into: &builder)
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
        // All of them begin with [ or !, and hardly a message does.
        let isMarked = content.first == 0x5B || content.first == 0x21
        let mark = isSystem || !isMarked ? nil : marks.first { content.begins(with: $0.0) }
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

    /// True of a content in that form, other than plain words.
    static func isRendered(_ content: ByteView) -> Bool {
        content.begins(with: "> ") || content.begins(with: "[群公告]") || content.begins(with: "[合并转发]")
            || marks.contains { content.begins(with: $0.0) }
    }

    /// Where the words of a reply stand, and what it quotes: `> 名(id) 时间`, `> 被引` lines, then the words.
    static func reply(_ content: ByteView) -> (text: Range<Int>, quote: [UInt8]) {
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
        return (content.trimmed(min(textStart, content.count)..<content.count), quote)
    }

    private static func addReply(
        _ content: ByteView, _ message: inout MessageBlock.Record, into builder: inout BlockBuilder
    ) {
        let (text, quote) = reply(content)
        let start = builder.mark
        builder.append(content.part(text))
        message.text = MessageBlock.Slice(start: start, end: builder.mark)
        let quoteStart = builder.mark
        quote.withUnsafeBufferPointer { builder.append($0) }
        if !quote.isEmpty { message.quote = MessageBlock.Slice(start: quoteStart, end: builder.mark) }
        builder.add(message)
    }
}
