internal import Messages

/// MemoTrace's text for language models: days between rows of asterisks, then `名:正文`, without clocks.
struct MemoTraceDialogue: ExportFormat {
    static let slug = "memotrace-dialogue"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        let bars = lines.count { $0.withUnsafeBufferPointer { DialogueGrammar.dayBar($0) != nil } }
        let first = lines.first { !$0.withUnsafeBufferPointer(TextLine.isBlank) }
        let isOnTop = first?.withUnsafeBufferPointer { DialogueGrammar.dayBar($0) != nil } ?? false
        var recognition = Recognition()
        recognition.require(bars > 0, "lines like ********************2026-03-02********************")
        recognition.require(isOnTop, "such a line on top")
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let group = FolderName.group(of: file, platform: .wechat)
        return FormatReading(
            group: group, source: .lines(DirectReader(HeadedReader(DialogueGrammar(), spacing: .none))),
            isPrivate: FolderName.isPrivate(file))
    }
}

/// The lines of MemoTrace's dialogues.
struct DialogueGrammar: TextGrammar {
    private var day: Int64?
    var isUnmistakable: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        guard let day, let colon = line.part(0..<min(line.count, 60)).find(":"), colon > 0 else { return nil }
        let name = TextLine.trim(line, 0..<colon)
        for mark: StaticString in ["，", "。", "！", "？", "//"] where line.part(0..<colon + 1).find(mark) != nil {
            return nil
        }
        guard !name.isEmpty else { return nil }
        return TextHeader(
            name: name, time: (day * 86400 - ExportTime.beijing, .day),
            words: TextLine.trim(line, (colon + 1)..<line.count))
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard let found = Self.dayBar(line) else { return nil }
        day = found
        return .passed
    }

    /// The day of `********************2026-03-02********************`.
    static func dayBar(_ line: ByteView) -> Int64? {
        let text = TextLine.trimmed(line)
        guard text.count >= 28, text.count <= 90, text[0] == 0x2A, text[text.count - 1] == 0x2A else { return nil }
        var low = 0
        var high = text.count
        while low < high, text[low] == 0x2A { low += 1 }
        while high > low, text[high - 1] == 0x2A { high -= 1 }
        guard low >= 8, text.count - high >= 8 else { return nil }
        return CalendarDay(String(decoding: text.part(low..<high), as: UTF8.self))?.number
    }
}
