internal import Messages

/// MemoTrace's text: `2026-03-02 08:14:05 名`, the words below, a blank line; notices on one line behind their time.
struct MemoTraceText: ExportFormat {
    static let slug = "memotrace-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "2026-03-02 08:14:05 名", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let grammar = MemoTraceGrammar(isEscaped: Self.isEscaped(head.lines))
        return head.reading(grammar, group: FolderName.group(of: file, platform: .wechat))
    }

    /// Some versions escaped all text for a web page: then no sign stands bare anywhere.
    private static func isEscaped(_ lines: [[UInt8]]) -> Bool {
        var entities = 0
        for line in lines {
            for (index, byte) in line.enumerated() where byte == 0x3C || byte == 0x3E || byte == 0x26 {
                let isEntity = byte == 0x26 && line.withUnsafeBufferPointer { HTMLEntity.read($0, index) != nil }
                guard isEntity else { return false }
                entities += 1
            }
        }
        return entities > 0
    }
}

/// The lines of MemoTrace's text.
struct MemoTraceGrammar: TextGrammar {
    let isEscaped: Bool
    var keepsName: Bool { true }
    var wordsFollowAtOnce: Bool { true }
    /// The keys of those who have said something.
    private var speakers: Set<UInt64> = []
    /// The last of them under each last byte, so that the set is seldom asked.
    private var recent = [UInt64](repeating: 0, count: 256)

    init(isEscaped: Bool) { self.isEscaped = isEscaped }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 19, line[4] == 0x2D, line[13] == 0x3A, Stamps.isShaped(line, at: 0) else { return nil }
        let name = TextLine.trim(line, 19..<line.count)
        guard name.isEmpty || line[19] == 0x20, !Self.isQQ(line.part(name)) else { return nil }
        let isSystem = name.isEmpty
        return TextHeader(name: name, time: ExportTime.stamp(line, at: 0).map { ($0, .second) }, isSystem: isSystem)
    }

    /// `名(10001)` and `名<a@b>` are QQ's.
    static func isQQ(_ name: ByteView) -> Bool { QQGrammar.id(of: name) != nil }

    mutating func add(
        _ header: MessageBlock.Record, from start: Int, header name: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        var record = header
        // A head without words is a notice on one line, whose words then are its name; or somebody's message of nothing.
        if !isAlone {
            let key = record.speakerKey
            if recent[Int(key & 255)] != key {
                recent[Int(key & 255)] = key
                speakers.insert(key)
            }
        } else if !name.isEmpty, SystemLine.isNotice(name) || !speakers.contains(record.speakerKey) {
            record.kind = .system
            record.speakerKey = 0
            builder.append(name)
        }
        if isEscaped { builder.unescape(from: start) }
        builder.add(record, words: start)
    }
}

extension BlockBuilder {
    /// Turns the entities of HTML since a mark back into characters.
    mutating func unescape(from start: Int) {
        guard look(from: start, { JSONScan.byte(0x26, or: 0x26, in: $0, from: 0) < $0.count }) else { return }
        let text = look(from: start) { view -> [UInt8] in
            var text: [UInt8] = []
            var at = 0
            while at < view.count {
                if view[at] == 0x26, let (scalar, end) = HTMLEntity.read(view, at) {
                    Transcoder.append(scalar, to: &text)
                    at = end
                } else {
                    text.append(view[at])
                    at += 1
                }
            }
            return text
        }
        drop(from: start)
        text.withUnsafeBufferPointer { append($0) }
    }
}

/// The sentences in which the chat programs themselves speak.
enum SystemLine {
    private static let ends: [StaticString] = [
        "加入了群聊", "加入群聊", "加入本群", "加入本群。", "退出了群聊", "退出群聊", "移出了群聊", "移出群聊", "撤回了一条消息", "撤回一条消息",
        "撤回了一条消息 重新编辑", "成为新群主", "点击添加好友。", "recalled a message", "的红包", "joined the group chat", "开启了朋友验证",
    ]
    private static let parts: [StaticString] = [
        "拍了拍", "修改群名为", "修改了群名", "开启了“", "开启了\"", "与群里其他人都不是", "邀请你加入了群聊", "以下为新消息",
    ]

    /// True for a sentence of the program's, where a person's words are not expected.
    static func isNotice(_ line: ByteView) -> Bool {
        ends.contains { line.ends(with: $0) } || line.count < 400 && parts.contains { line.find($0) != nil }
    }

    /// True where a line among messages can only be the program's: shorter, and the phrase at its end.
    static func isNoticeAmongWords(_ line: ByteView) -> Bool {
        guard line.count <= 120 else { return false }
        for end: StaticString in ["撤回了一条消息", "撤回了一条消息 重新编辑", "点击添加好友。", "recalled a message"] where line.ends(with: end)
        {
            return true
        }
        let isQuoted = line.begins(with: "\"") || line.begins(with: "“") || line.begins(with: "你")
        return isQuoted && (line.ends(with: "加入了群聊") || line.ends(with: "移出了群聊") || line.ends(with: "退出了群聊"))
    }
}
