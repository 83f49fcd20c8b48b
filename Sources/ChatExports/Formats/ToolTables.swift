internal import Messages

/// WeFlow's workbook, and the same saved as text: rows that say which chat it is, then one row a message.
///
/// Three layouts: the whole one of groups, one of two people (EchoTrace's and the first versions' for groups, too), and a
/// compact one without ids.
struct WeFlowTable: ExportFormat {
    var slug: String { "weflow-table" }

    private static let role: [StaticString] = ["发送者身份", "Sender"]

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = Self.header(head) else { return Recognition(missing: ["column 发送者身份"]) }
        var recognition = Recognition()
        let names: [[StaticString]] = [["时间", "Time"], Self.role, ["消息类型", "Message type"], ["内容", "Content"]]
        for aliases in names { recognition.require(header.column(aliases) != nil, "column \(aliases[0])") }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = Self.header(head) else { throw ExportError(.unknownText, file: file) }
        // Whether it is a group shows in the id above the header: columns for group nicknames came late.
        return FormatReading(
            group: ToolTables.group(header, file: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, WeFlowTableReader()))),
            isPrivate: ToolTables.notes(header).isPrivate)
    }

    private static func header(_ head: ExportHead) -> CSVHeader? { head.text.flatMap { CSVHeader($0, naming: role) } }
}

/// CipherTalk's workbook: the time in several columns, WeChat's number of the type, merged forwards in a column of their own.
struct CipherTalkTable: ExportFormat {
    var slug: String { "ciphertalk-table" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["时间", "发送者", "微信ID", "消息类型", "消息内容", "原始类型代码"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: ToolTables.group(header, file: file, platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, CipherTalkTableReader()))))
    }
}

/// QQChatExporter's workbook: its first sheet holds the messages, the others count them and list files.
struct QCETable: ExportFormat {
    var slug: String { "qce-table" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        header.require(["时间", "发送者", "消息类型", "消息内容", "是否撤回"], of: &recognition)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        return FormatReading(
            group: ToolTables.group(header, file: file, platform: .qq),
            source: .lines(DirectReader(CSVTable(header, QCETableReader()))))
    }
}

private enum ToolTables {
    /// What the rows above the header say.
    static func notes(_ header: CSVHeader) -> SheetNotes {
        var notes = SheetNotes()
        for title in header.titles { notes.take(title) }
        return notes
    }

    /// The group that the rows above the header name, else the folder, else the file.
    static func group(_ header: CSVHeader, file: String, platform: Platform) -> GroupIdentity {
        let notes = notes(header)
        if notes.groupID.isEmpty, notes.groupName.isEmpty {
            // A sheet's own name says nothing of the chat, its workbook's does.
            let parts = file.ranges(of: ".xlsx!/").last.map { file[..<$0.lowerBound] }
            return FolderName.groupOrStem(of: parts.map { String($0) + ".xlsx" } ?? file, platform: platform)
        }
        return GroupIdentity(id: notes.groupID, name: notes.groupName, platform: platform)
    }
}

private struct WeFlowTableReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let id = 1
        static let nick = 2
        static let role = 3
        static let type = 4
        static let text = 5
    }

    var columns: [[StaticString]] {
        [
            ["时间", "Time"], ["发送者微信ID", "Sender WeChat ID"], ["发送者昵称", "Sender nickname"], ["发送者身份", "Sender"],
            ["消息类型", "Message type"], ["内容", "Content"],
        ]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let name = row[Column.nick].isEmpty ? row[Column.role] : row[Column.nick]
        let head = builder.head(row, time: Column.time, named: "时间", sender: row[Column.id], senderName: name)
        guard var message = head else { return }
        message.group = builder.group()
        let kind = WeChatKinds.kind(name: row[Column.type])
        let start = builder.mark
        builder.append(row[Column.text])
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}

private struct CipherTalkTableReader: CSVRecordReader {
    private enum Column {
        static let epoch = 0
        static let time = 1
        static let id = 2
        static let name = 3
        static let number = 4
        static let type = 5
        static let text = 6
        static let items = 7
    }

    var columns: [[StaticString]] {
        [["时间戳"], ["时间"], ["微信ID"], ["发送者"], ["原始类型代码"], ["消息类型"], ["消息内容"], ["聊天记录详情"]]
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let time = row[Column.epoch].isEmpty ? Column.time : Column.epoch
        let head = builder.head(
            row, time: time, named: "时间戳", sender: row[Column.id], senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        let named = WeChatKinds.kind(name: row[Column.type])
        let kind =
            named == .other
            ? Int64(String(decoding: row[Column.number], as: UTF8.self)).map { WeChatKinds.kind(type: $0) } ?? .other
            : named
        let start = builder.mark
        builder.append(row[Column.text])
        if !row[Column.items].isEmpty {
            if builder.mark > start { builder.append("\n") }
            builder.append(row[Column.items])
        }
        builder.addContent(from: start, kind: kind, trust: kind == .other ? .untyped : .typed, into: message)
    }
}

private struct QCETableReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let id = 1
        static let name = 2
        static let type = 3
        static let text = 4
    }

    var columns: [[StaticString]] { [["时间"], ["发送者QQ号"], ["发送者"], ["消息类型"], ["消息内容"]] }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let id = row[Column.id].equals("0") ? ByteView(start: nil, count: 0) : row[Column.id]
        let head = builder.head(row, time: Column.time, named: "时间", sender: id, senderName: row[Column.name])
        guard var message = head else { return }
        message.group = builder.group()
        let named = WeChatKinds.kind(name: row[Column.type])
        let start = builder.mark
        builder.append(row[Column.text])
        // Words beside a picture are words.
        let isPlaceholder = named != .system && builder.look(from: start) { ContentRules.isBracketsOnly($0) }
        let kind = named == .system || isPlaceholder ? named : .text
        builder.addContent(from: start, kind: kind, trust: .untyped, into: message)
    }
}
