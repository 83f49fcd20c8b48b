internal import Messages

/// WeFlow's Markdown: what chat it is, a rule, then for each message `## 2026-03-02 08:14:05 名` and its words below.
struct WeFlowMarkdown: ExportFormat {
    static let slug = "weflow-markdown"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        var headers = 0
        var titles = 0
        for line in lines {
            line.withUnsafeBufferPointer { view in
                if WeFlowMarkdownGrammar.isHeader(view) { headers += 1 }
                if view.begins(with: "- 导出工具: WeFlow") || view.begins(with: "- 会话ID: `") { titles += 1 }
            }
        }
        var recognition = Recognition()
        recognition.require(headers > 0, "lines like ## 2026-03-02 08:14:05 名")
        recognition.require(titles > 0, "line - 会话ID: or - 导出工具: WeFlow")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        var group = FolderName.group(of: file, platform: .wechat)
        var isPrivate = false
        for line in head.lines.prefix(20) {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("## ") { break }
            if text.hasPrefix("# "), group.name.isEmpty { group.name = String(text.dropFirst(2)) }
            let id = text.hasPrefix("- 会话ID: `") ? text.split(separator: "`").dropFirst().first ?? "" : ""
            if id.hasSuffix("@chatroom") { group.id = String(id) }
            isPrivate = isPrivate || text.hasPrefix("- 会话类型: 私聊")
        }
        var reading = head.reading(WeFlowMarkdownGrammar(), group: group)
        reading.isPrivate = isPrivate
        return reading
    }
}

/// The lines of WeFlow's Markdown.
struct WeFlowMarkdownGrammar: TextGrammar {
    private var hasBegun = false
    var isUnmistakable: Bool { true }

    static func isHeader(_ line: ByteView) -> Bool {
        line.begins(with: "## ") && line.count > 23 && line[22] == 0x20 && Stamps.isShaped(line, at: 3)
    }

    mutating func header(_ line: ByteView) -> TextHeader? {
        guard Self.isHeader(line) else { return nil }
        hasBegun = true
        let name = TextLine.trim(line, 22..<line.count)
        return TextHeader(
            name: name, time: ExportTime.stamp(line, at: 3).map { ($0, .second) }, isSystem: name.isEmpty)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        hasBegun || Self.isHeader(line) ? nil : .passed
    }

    /// Lines behind `>` at the beginning are quoted; a picture that stands before words says nothing more.
    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        let isPlain = builder.look(from: start) { !$0.begins(with: "> ") && !$0.begins(with: "![") }
        if isPlain { return builder.add(record, words: start) }
        let content = builder.look(from: start) { Array($0) }
        builder.drop(from: start)
        content.withUnsafeBufferPointer { view in
            var quote: [UInt8] = []
            var at = 0
            while at < view.count, view[at] == 0x3E {
                let end = JSONScan.lineFeed(in: view, from: at)
                if !quote.isEmpty { quote.append(0x0A) }
                quote.append(contentsOf: view.part(view.trimmed((at + 1)..<end)))
                at = min(end + 1, view.count)
            }
            quote = quote.withUnsafeBufferPointer(ContentRules.withoutName)
            var words = view.trimmed(at..<view.count)
            while view.holds("![", at: words.lowerBound) {
                let end = JSONScan.lineFeed(in: view, from: words.lowerBound)
                guard end < words.upperBound else { break }
                words = view.trimmed(end..<words.upperBound)
            }
            builder.append(view.part(words))
            builder.addContent(from: start, kind: record.kind, trust: .untyped, into: record, quote: quote)
        }
    }
}
