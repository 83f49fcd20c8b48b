internal import Messages

/// A table whose header says in plain words who wrote what and when, and nothing that a chat hasn't.
///
/// Many small tools write one. Where a column is of another matter it may be a register of something else: then a person has to
/// say by `--map` what it is.
struct PlainTable: ExportFormat {
    var slug: String { "plain-table" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let header = head.text.flatMap(CSVHeader.init) else { return Recognition(missing: ["header row"]) }
        var recognition = Recognition()
        for field in [PlainColumn.time, .sender, .text] {
            let count = header.names.count { PlainColumn.field($0) == field }
            recognition.require(count == 1, count > 1 ? "one column for the \(field)" : "a column for the \(field)")
        }
        let strange = header.names.contains { PlainColumn.field($0) == nil && !$0.isEmpty }
        if strange { recognition.missing.append("columns of a chat alone") }
        // Two of a kind leave a doubt.
        let fields = header.names.compactMap { PlainColumn.field($0) }.filter { $0 != .other }
        if Set(fields).count < fields.count { recognition.missing.append("each column once") }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        guard let header = head.text.flatMap(CSVHeader.init) else { throw ExportError(.unknownText, file: file) }
        let parts = [PlainColumn.time, .sender, .text].compactMap { field -> String? in
            let name = header.names.first { PlainColumn.field($0) == field }
            return name.map { "\(field)=" + String(decoding: $0, as: UTF8.self) }
        }
        return FormatReading(
            group: FolderName.groupOrStem(of: file.hasSuffix(".csv") ? file : Self.workbook(file), platform: .wechat),
            source: .lines(DirectReader(CSVTable(header, PlainRowReader()))),
            remarks: ["columns assumed: " + parts.joined(separator: ",")])
    }

    /// A sheet's own name says nothing of the chat, its workbook's does.
    private static func workbook(_ file: String) -> String {
        file.ranges(of: ".xlsx!/").last.map { String(file[..<$0.lowerBound]) + ".xlsx" } ?? file
    }
}

/// What a column of a plain table holds.
enum PlainColumn: CaseIterable {
    case time, sender, senderID, text, kind, group, groupID, id, transcript
    /// Of no use, and of a chat all the same.
    case other

    var names: [StaticString] {
        switch self {
        case .time: ["时间", "日期时间", "发送时间", "消息时间", "时刻", "Time"]
        case .sender: ["发送者", "发送人", "发送方", "发言人", "昵称", "姓名", "发送者昵称", "发送人昵称", "群昵称", "Sender"]
        case .senderID: ["发送人ID", "发送者ID", "发言人ID", "发送者微信ID", "发送者wxid", "wxid", "微信ID", "微信号"]
        case .text: ["内容", "消息", "消息内容", "正文", "Content"]
        case .kind: ["类型", "消息类型", "Type"]
        case .group: ["聊天对象", "群名", "群名称", "群聊", "群聊名称", "会话", "会话名称"]
        case .groupID: ["聊天对象ID", "群ID", "群聊ID", "会话ID"]
        case .id: ["消息ID", "server_id", "MsgSvrID", "msg_id"]
        case .transcript: ["语音转写", "语音转文字", "语音转写文本", "转写文本", "转写内容"]
        case .other:
            [
                "序号", "ID", "是否自己发送", "是否本人", "方向", "消息方向", "图片/视频", "语音", "图片", "视频", "附件", "文件路径", "显示名称", "备注名",
                "FromSelf", "From Self",
                "local_id", "图片文件", "语音文件", "视频文件", "媒体文件", "媒体路径",
            ]
        }
    }

    private static let ofName: [[UInt8]: PlainColumn] = {
        var table: [[UInt8]: PlainColumn] = [:]
        for column in allCases {
            for name in column.names { table[Array("\(name)".utf8)] = column }
        }
        return table
    }()

    static func field(_ name: [UInt8]) -> PlainColumn? { ofName[name] }
}

/// Reads one row of a plain table.
struct PlainRowReader: CSVRecordReader {
    private enum Column {
        static let time = 0
        static let name = 1
        static let sender = 2
        static let text = 3
        static let type = 4
        static let group = 5
        static let groupID = 6
        static let id = 7
        static let transcript = 8
    }

    var columns: [[StaticString]] {
        [PlainColumn.time, .sender, .senderID, .text, .kind, .group, .groupID, .id, .transcript].map(\.names)
    }

    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder) {
        let parts = TableWords.parts(row[Column.text])
        let id = row[Column.sender].isEmpty ? parts?.id ?? row[Column.sender] : row[Column.sender]
        let head = builder.head(row, time: Column.time, named: "时间", sender: id, senderName: row[Column.name])
        guard var message = head else { return }
        let room = row[Column.groupID]
        let isRoom = room.ends(with: "@chatroom") || room.ends(with: "@im.chatroom")
        message.group = isRoom ? builder.group(id: room, name: row[Column.group], platform: .wechat) : builder.group()
        message.id = builder.serverID(row[Column.id])
        var kind = WeChatKinds.kind(name: row[Column.type])
        let start = builder.mark
        TableWords.append(
            parts?.words ?? row[Column.text], transcript: row[Column.transcript], kind: &kind, into: &builder)
        // Words stand in place of a picture, or beside it.
        let known: MessageKind = kind == .other ? .text : kind
        builder.addContent(from: start, kind: known, trust: kind == .other ? .untyped : .typed, into: message)
    }
}
