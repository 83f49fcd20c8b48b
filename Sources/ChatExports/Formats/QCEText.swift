internal import Messages

/// QQChatExporter's text: a banner, then for each message `名:`, `时间: …`, `内容: …`, and what belongs to it.
struct QCEText: ExportFormat {
    static let slug = "qce-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let hasTitle = lines.prefix(12).contains { line in
            line.withUnsafeBufferPointer { $0.begins(with: "[QQChatExporter") || $0.find("QQ聊天记录导出文件") != nil }
        }
        let times = lines.count { $0.withUnsafeBufferPointer { QCETextReader.time($0) != nil } }
        recognition.require(hasTitle, "title QQ聊天记录导出文件")
        recognition.require(times > 0, "lines like 时间: 2026-03-02 08:14:05")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        var name = ""
        var isPrivate = false
        for line in head.text?.lines.prefix(20) ?? [] {
            line.withUnsafeBufferPointer { view in
                if let found = QCETextReader.value(of: "聊天名称:", in: view), name.isEmpty {
                    name = String(decoding: view.part(found), as: UTF8.self)
                } else if let found = QCETextReader.value(of: "聊天类型:", in: view) {
                    isPrivate = isPrivate || view.part(found).equals("私聊")
                }
            }
        }
        return FormatReading(
            group: GroupIdentity(id: "", name: name, platform: .qq), source: .lines(QCETextReader()),
            isPrivate: isPrivate)
    }
}

/// Reads the lines of QQChatExporter's text.
///
/// A name is known by the time below it: it is held until then.
struct QCETextReader: LineReader {
    private var heldName: [UInt8] = []
    private var heldLine: [UInt8] = []
    private var heldNumber = 0
    private var record = MessageBlock.Record()
    private var isOpen = false
    /// Where the open message's words begin; -1 before its 内容.
    private var start = -1
    private var carried: [UInt8] = []
    private var quote: [UInt8] = []
    /// True behind the words: what follows says of files and mentions.
    private var isBehind = false
    private var blanks = 0
    private var messageLines = 0
    var lineCount: Int? { messageLines }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if heldNumber > 0, settleName(by: line, number: number, into: &builder) { return }
        if TextLine.isBlank(line) {
            if isOpen, start >= 0, !isBehind { blanks += 1 } else { builder.pass() }
            return
        }
        let text = TextLine.trimmed(line)
        if text.last == 0x3A, text.count <= 160 {
            heldName = Array(text.dropLast())
            heldNumber = number
            heldLine = Array(line)
            return
        }
        if text.count >= 20, text.allSatisfy({ $0 == 0x3D }) {
            close(into: &builder)
            builder.pass()
            return
        }
        take(line, into: &builder)
    }

    mutating func pause(_ builder: inout BlockBuilder) {
        guard isOpen, start >= 0 else { return }
        carried = builder.look(from: start) { Array($0) }
        builder.drop(from: start)
    }

    mutating func resume(_ builder: inout BlockBuilder) {
        guard isOpen, start >= 0 else { return }
        start = builder.mark
        carried.withUnsafeBufferPointer { builder.append($0) }
    }

    mutating func finish(into builder: inout BlockBuilder) {
        if heldNumber > 0 { takeHeld(into: &builder) }
        close(into: &builder)
    }

    /// `时间: 2026-03-02 08:14:05`.
    static func time(_ line: ByteView) -> ExportTime.Reading? {
        value(of: "时间:", in: line).flatMap { ExportTime.parse(line.part($0)) }
    }

    /// What stands behind a label at the line's beginning.
    static func value(of label: StaticString, in line: ByteView) -> Range<Int>? {
        guard line.begins(with: label) else { return nil }
        return TextLine.trim(line, label.utf8CodeUnitCount..<line.count)
    }

    /// Begins a message where a time follows the name that is held; else the name was a line of the words.
    private mutating func settleName(by line: ByteView, number: Int, into builder: inout BlockBuilder) -> Bool {
        guard let time = Self.time(line) else {
            takeHeld(into: &builder)
            return false
        }
        close(into: &builder)
        let named = heldNumber
        heldNumber = 0
        guard case .time(let plausible) = builder.plausible(time) else {
            builder.reject(.badTime, line: number)
            messageLines += 1
            return true
        }
        record = MessageBlock.Record()
        (record.sentAt, record.precision) = plausible
        record.line = Int32(truncatingIfNeeded: named)
        record.speakerKey = heldName.withUnsafeBufferPointer {
            SpeakerKey.key(id: ByteView(start: nil, count: 0), name: $0, ordinal: named)
        }
        if record.speakerKey == 0 { record.kind = .system }
        (isOpen, start, isBehind, quote) = (true, -1, false, [])
        messageLines += 2
        return true
    }

    private mutating func takeHeld(into builder: inout BlockBuilder) {
        heldNumber = 0
        let line = heldLine
        line.withUnsafeBufferPointer { take($0, into: &builder) }
    }

    /// Takes a line of a message, or one of the banner.
    private mutating func take(_ line: ByteView, into builder: inout BlockBuilder) {
        guard isOpen else {
            builder.pass()
            return
        }
        if start < 0, let words = Self.value(of: "内容:", in: line) {
            start = builder.mark
            builder.append(line.part(words))
            messageLines += 1
        } else if let quoted = Self.value(of: "回复:", in: line), start < 0 || isBehind || hasReplyMark(builder) {
            let words = line.part(quoted)
            quote = words.find("- ").map { Array(words.part(($0 + 2)..<words.count)) } ?? Array(words)
            isBehind = true
            messageLines += 1
        } else if isBehind || start < 0 || isAppendix(line) {
            // What kind it is, which files belong to it, who is mentioned.
            isBehind = isBehind || start >= 0
            passBlanks(into: &builder)
            builder.pass()
        } else {
            for _ in 0...blanks { builder.append("\n") }
            messageLines += blanks + 1
            blanks = 0
            builder.append(line)
            if builder.mark - start > builder.context.longestText {
                builder.drop(from: start)
                builder.reject(.tooLong, line: Int(record.line))
                messageLines -= 1
                isOpen = false
            }
        }
    }

    private func hasReplyMark(_ builder: BlockBuilder) -> Bool { builder.look(from: start) { $0.begins(with: "[回复") } }

    private func isAppendix(_ line: ByteView) -> Bool {
        line.begins(with: "资源: ") && line.ends(with: " 个文件") || line.begins(with: "提及: ")
    }

    private mutating func passBlanks(into builder: inout BlockBuilder) {
        for _ in 0..<blanks { builder.pass() }
        blanks = 0
    }

    private mutating func close(into builder: inout BlockBuilder) {
        passBlanks(into: &builder)
        guard isOpen else { return }
        isOpen = false
        // Only now: a message may be handed out a chunk later than it was begun.
        record.group = builder.group()
        if start < 0 { start = builder.mark }
        if !quote.isEmpty { builder.dropReplyMark(from: start) }
        if quote.isEmpty {
            builder.add(record, words: start)
        } else {
            builder.addContent(from: start, kind: record.kind, trust: .untyped, into: record, quote: quote)
        }
    }
}
