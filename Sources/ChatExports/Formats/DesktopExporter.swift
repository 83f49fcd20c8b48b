internal import Messages

/// wechat-exporter's table of a PC: 26 columns, with the group's id and the server's ids in each row.
struct DesktopExporterCSV: ExportFormat {
    var slug: String { "desktop-exporter-csv" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["Unix时间", "会话内部标识", "发送者", "发送者内部标识", "类型", "内容"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: FolderName.group(of: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, DesktopExporterRowReader()))))
    }
}

/// wechat-exporter's text of a PC: titles, bars with the day, then `[#000001 2026-03-02 08:14:05 +08:00] 名: 正文`.
struct DesktopExporterText: ExportFormat {
    var slug: String { "desktop-exporter-text" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let title = Self.title(lines)
        recognition.require(title != nil, "titles 会话: and 会话内部标识:")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let title = Self.title(head.lines)
        let group = GroupIdentity(id: title?.id ?? "", name: title?.name ?? "", platform: .wechat)
        var reading = head.reading(DesktopExporterGrammar(), group: group)
        reading.isPrivate = !group.id.hasSuffix("chatroom")
        return reading
    }

    private static func title(_ lines: [[UInt8]]) -> (id: String, name: String)? {
        let top = lines.prefix(16).map { String(decoding: $0, as: UTF8.self) }
        func value(_ label: String) -> String? {
            top.first { $0.hasPrefix(label) }.map { String($0.dropFirst(label.count)) }
        }
        guard let name = value("会话: "), let id = value("会话内部标识: ") else { return nil }
        return (id, name)
    }
}

/// The lines of wechat-exporter's text.
struct DesktopExporterGrammar: TextGrammar {
    private var day: CalendarDay?
    private var hasBegun = false
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count > 11, line[0] == 0x5B else { return nil }
        let close = JSONScan.byte(0x5D, or: 0x5D, in: line.part(0..<min(line.count, 48)), from: 1)
        guard close + 2 < line.count, line[close] == 0x5D, line[close + 1] == 0x20 else { return nil }
        let time: ExportTime.Reading?
        if line[1] == 0x23 {
            let space = JSONScan.byte(0x20, or: 0x20, in: line.part(0..<close), from: 2)
            guard space + 20 <= close, Stamps.isShaped(line, at: space + 1) else { return nil }
            time = ExportTime.parse(line.part((space + 1)..<close))
        } else {
            // The first versions have the day in the bars alone.
            guard close == 9, let day, let moment = Moment(whole: line.part(1..<close)) else { return nil }
            time = moment.reading(on: day)
        }
        let rest = (close + 2)..<line.count
        guard let colon = line.part(rest.lowerBound..<min(rest.upperBound, rest.lowerBound + 160)).find(": ") else {
            return TextHeader(time: time, words: rest, isSystem: true)
        }
        let name = rest.lowerBound..<(rest.lowerBound + colon)
        return TextHeader(name: name, time: time, words: (name.upperBound + 2)..<line.count)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        if line.count > 11, line.count < 48, line.begins(with: "===== "), line.ends(with: " =====") {
            if let found = CalendarDay(line.part(TextLine.trim(line, 6..<(line.count - 6)))) {
                (day, hasBegun) = (found, true)
                return .passed
            }
        }
        if hasBegun { return nil }
        hasBegun = header(line) != nil
        return hasBegun ? nil : .passed
    }
}

/// Reads one row of wechat-exporter's table.
struct DesktopExporterRowReader: CSVRecordReader {
    private enum Column {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let room = 3
        static let roomName = 4
        static let name = 5
        static let sender = 6
        static let type = 7
        static let text = 8
        static let transcript = 9
    }

    var columns: [[StaticString]] {
        [
            ["Unix时间"], ["ISO8601时间", "完整本地时间"], ["服务端消息ID"], ["会话内部标识"], ["会话名称"], ["发送者"], ["发送者内部标识"], ["类型"],
            ["内容"],
            ["语音转写"],
        ]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        // Excel makes a power of ten of long numbers, and leaves the text beside them.
        let isWhole = !row[Column.epoch].isEmpty && row[Column.epoch].allSatisfy { $0 &- 0x30 < 10 }
        let field = isWhole ? Column.epoch : Column.time
        let head = builder.head(
            row, time: field, named: "Unix时间", sender: row[Column.sender], senderName: row[Column.name])
        guard var message = head else { return }
        let room = row[Column.room]
        let isRoom = room.ends(with: "@chatroom") || room.ends(with: "@im.chatroom")
        message.group =
            isRoom ? builder.group(id: room, name: row[Column.roomName], platform: .wechat) : builder.group()
        message.id = builder.serverID(row[Column.id])
        let kind = WeChatKinds.kind(name: row[Column.type])
        let start = builder.mark
        let hasTranscript = kind == .voice && !row[Column.transcript].isEmpty
        builder.append(hasTranscript ? row[Column.transcript] : row[Column.text])
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}
