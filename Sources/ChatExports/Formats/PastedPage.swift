internal import Messages

/// What a chat window put on the clipboard, saved as a web page: WeCom on a PC, or a text pasted into a mail or a document.
///
/// The lines that the page shows are those of a pasted text.
struct PastedPage: ExportFormat {
    var slug: String { "pasted-page" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let text = head.text else { return Recognition(missing: ["text"]) }
        let page = MailHead(text)
        guard page.isPage else { return Recognition(missing: ["a page"]) }
        var recognition = Recognition()
        let layout = PastedLayout(page.lines)
        let score = TextScore(page.lines, PastedGrammar(layout, day: nil))
        if Self.isClip(text.lines) { recognition.found.append("mark of a clipboard") }
        // One line with a date stands on many pages.
        let isEnough = layout.count > 0 && layout.isCertain && (score.headers > 1 || Self.isClip(text.lines))
        recognition.require(score.isPlausible && isEnough, "shown lines like \(layout.example)")
        if score.isPlausible { recognition.found.append("\(score.headers) shown lines like \(layout.example)") }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let text = head.text ?? TextHead(lines: [])
        let plain = TextHead(lines: MailHead(text).lines, assumedDay: text.assumedDay)
        var (reading, reader) = try PastedText.reading(plain, file: file)
        reading.source = .page(reader)
        if Self.isWeCom(text.lines) { reading.group.platform = .wecom }
        return reading
    }

    private static func isWeCom(_ lines: [[UInt8]]) -> Bool { lines.contains { holds($0, "<wxwork-data") } }

    private static func isClip(_ lines: [[UInt8]]) -> Bool {
        isWeCom(lines) || lines.contains { holds($0, "<!--StartFragment-->") }
    }

    private static func holds(_ line: [UInt8], _ mark: StaticString) -> Bool {
        line.withUnsafeBufferPointer { $0.find(mark) != nil }
    }
}
