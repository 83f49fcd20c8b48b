internal import Messages

/// wx-cli's Markdown: `# 群`, then for each message `### 2026-03-02 08:14` and below it `**名**: 正文`.
struct WxCliMarkdown: ExportFormat {
    static let slug = "wx-cli-markdown"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var times = 0
        var names = 0
        for line in lines {
            line.withUnsafeBufferPointer { view in
                if WxCliMarkdownGrammar.time(view) != nil { times += 1 }
                if WxCliMarkdownGrammar.name(view) != nil { names += 1 }
            }
        }
        var recognition = Recognition()
        recognition.require(times > 0, "lines like ### 2026-03-02 08:14")
        recognition.require(names > 0, "lines like **名**: 正文")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = FolderName.group(of: file, platform: .wechat)
        return (head.text ?? TextHead(lines: [])).reading(WxCliMarkdownGrammar(), group: group)
    }
}

/// The lines of wx-cli's Markdown.
struct WxCliMarkdownGrammar: TextGrammar {
    private var time: ExportTime.Reading?
    /// True behind a time, until its message comes.
    private var isExpecting = false
    var isUnmistakable: Bool { true }

    mutating func header(_ line: ByteView) -> TextHeader? {
        guard let time else { return nil }
        if let name = Self.name(line) {
            isExpecting = false
            let words = TextLine.trim(line, (name.upperBound + "**:".utf8.count)..<line.count)
            return TextHeader(name: name, time: time, words: words)
        }
        guard isExpecting else { return nil }
        // What nobody said stands without a name.
        isExpecting = false
        return TextHeader(time: time, words: TextLine.trim(line, 0..<line.count), isSystem: true)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard let first = line.first, first == 0x23 || time == nil || first == 0x2D else { return nil }
        if let found = Self.time(line) {
            (time, isExpecting) = (found, true)
            return .passed
        }
        if time == nil, line.begins(with: "# ") { return .group(Array(line.part(TextLine.trim(line, 2..<line.count)))) }
        let rule = TextLine.trimmed(line)
        // What stands above the first message says how many there are.
        return time == nil || rule.count >= 3 && rule.allSatisfy({ $0 == 0x2D }) ? .passed : nil
    }

    /// The lines of a message below its first are written as quotes: `> `.
    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        if let plain = builder.look(from: start, Self.withoutMarks) {
            builder.drop(from: start)
            plain.withUnsafeBufferPointer { builder.append($0) }
        }
        builder.add(record, words: start)
    }

    /// The words without the marks, where all lines but the first have them.
    private static func withoutMarks(_ view: ByteView) -> [UInt8]? {
        var at = JSONScan.lineFeed(in: view, from: 0)
        guard at < view.count else { return nil }
        var plain = Array(view.part(0..<at))
        while at < view.count {
            let start = at + 1
            guard start < view.count, view[start] == 0x3E else { return nil }
            at = JSONScan.lineFeed(in: view, from: start)
            plain.append(0x0A)
            let isSpaced = start + 1 < at && view[start + 1] == 0x20
            plain.append(contentsOf: view.part((start + (isSpaced ? 2 : 1))..<at))
        }
        return plain
    }

    /// `### 2026-03-02 08:14`.
    static func time(_ line: ByteView) -> ExportTime.Reading? {
        guard line.begins(with: "### "), line.count < 48 else { return nil }
        return Moment(whole: line.part(4..<line.count)).flatMap { $0.reading(on: nil) }
    }

    /// The name in `**名**: 正文`.
    static func name(_ line: ByteView) -> Range<Int>? {
        guard line.begins(with: "**"), let close = line.part(0..<min(line.count, 164)).find("**:", from: 2), close > 2
        else { return nil }
        return 2..<close
    }
}
