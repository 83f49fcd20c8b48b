internal import Messages

/// QQ's own text export: a banner, then `2026-03-02 8:14:05 PM 名(10001)`, the words below, a blank line.
struct QQText: ExportFormat {
    static let slug = "qq-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        var recognition = TextRivals.recognition(of: slug, like: "2026-03-02 8:14:05 名(10001)", in: head)
        guard let lines = head.text?.lines, Self.hasBanner(lines) else { return recognition }
        recognition.missing = []
        recognition.found.insert("line 消息记录（此消息记录为文本格式 or 消息对象:", at: 0)
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let grammar = QQGrammar(takesBareNames: Self.hasBanner(head.lines))
        return head.reading(grammar, group: GroupIdentity(id: "", name: "", platform: .qq))
    }

    private static func hasBanner(_ lines: [[UInt8]]) -> Bool {
        lines.prefix(20).contains { $0.withUnsafeBufferPointer { QQGrammar.isBanner($0) } }
    }
}

/// The lines of QQ's text.
struct QQGrammar: TextGrammar {
    /// True where names come without a number, too: old versions and some people have none.
    ///
    /// Only under QQ's own banner, as such heads are those of other layouts.
    var takesBareNames = false
    var platform: Platform { .qq }

    static func isBanner(_ line: ByteView) -> Bool {
        let text = TextLine.trimmed(line)
        return text.begins(with: "消息记录（此消息记录为文本格式") || text.begins(with: "消息分组:") || text.begins(with: "消息对象:")
            || text.begins(with: "消息分组：") || text.begins(with: "消息对象：")
    }

    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 16, line[0] &- 0x30 < 10, line[4] == 0x2D || line[4] == 0x2F else { return nil }
        let end = TextLine.trim(line, 0..<line.count).upperBound
        guard line[end - 1] == 0x29 || line[end - 1] == 0x3E || takesBareNames else { return nil }
        var nameStart = 20
        var time: ExportTime.Reading?
        if Stamps.isShaped(line, at: 0), line[19] == 0x20, line[20] != 0x41, line[20] != 0x50 {
            time = ExportTime.stamp(line, at: 0).map { ($0, .second) }
        } else {
            var cursor = ExportTime.Cursor(line)
            guard let moment = Moment(&cursor), moment.precision == .second else { return nil }
            nameStart = cursor.at
            time = moment.reading(on: nil)
        }
        let name = TextLine.trim(line, min(nameStart, end)..<end)
        guard let id = Self.id(of: line.part(name)) else {
            guard takesBareNames, time != nil, !name.isEmpty, name.count <= 60 else { return nil }
            let words = line.part(name)
            // A sentence behind a time is a body's.
            for mark: StaticString in ["，", "。", "！", "？", "："] where words.find(mark) != nil { return nil }
            return TextHeader(name: name, time: time, isSystem: words.equals("系统消息"))
        }
        let whole = (name.lowerBound + id.lowerBound)..<(name.lowerBound + id.upperBound)
        let number = line.part(whole)
        let isSystem = number.equals("10000") || number.equals("1000000")
        return TextHeader(name: name, id: whole, time: time, isSystem: isSystem)
    }

    /// The number in the last brackets of `名(10001)` or the address in `名<a@b>`.
    static func id(of name: ByteView) -> Range<Int>? {
        guard let last = name.last, last == 0x29 || last == 0x3E else { return nil }
        let bracket: UInt8 = last == 0x29 ? 0x28 : 0x3C
        var open = name.count - 2
        while open >= 0, name[open] != bracket { open -= 1 }
        let id = (open + 1)..<max(open + 1, name.count - 1)
        guard open >= 0, !id.isEmpty else { return nil }
        if bracket == 0x3C { return name.part(id).contains(0x40) ? id : nil }
        return (5...11).contains(id.count) && name.part(id).allSatisfy { $0 &- 0x30 < 10 } ? id : nil
    }

    func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        guard let first = line.first, first == 0x3D || first == 0xE6 || first == 0xEF else { return nil }
        let text = TextLine.trimmed(line)
        if text.count >= 32, text.allSatisfy({ $0 == 0x3D }) { return .passed }
        guard isApart || text.begins(with: "消息") else { return nil }
        for tag: StaticString in ["消息对象:", "消息对象："] where text.begins(with: tag) {
            let name = text.part(TextLine.trim(text, tag.utf8CodeUnitCount..<text.count))
            return .group(Array(name))
        }
        return Self.isBanner(text) ? .passed : nil
    }

    func isSystemLine(_ line: ByteView) -> Bool { SystemLine.isNoticeAmongWords(TextLine.trimmed(line)) }
}
