internal import Messages

/// WeFlow's text: `2026-03-02 08:14:05 '名'`, the words below, a blank line.
///
/// No ids, and no group: its name is in the file's name.
struct WeFlowText: ExportFormat {
    static let slug = "weflow-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "2026-03-02 08:14:05 '名'", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        return head.reading(WeFlowTextGrammar(), group: Self.group(ofFile: file))
    }

    /// The group that WeFlow's own way to name files says: `群名_20260302-20260308.txt`, `群名_全部时间.txt`.
    static func group(ofFile path: String) -> GroupIdentity {
        let folder = FolderName.group(of: path, platform: .wechat)
        var stem = path.split(separator: "/").last.map(String.init) ?? ""
        if let dot = stem.lastIndex(of: ".") { stem = String(stem[..<dot]) }
        let parts = stem.split(separator: "_")
        let isRange = parts.last.map { $0 == "全部时间" || $0.count == 17 && CalendarDay(String($0.prefix(8))) != nil }
        guard folder.id.isEmpty, parts.count > 1, isRange == true else { return folder }
        return GroupIdentity(id: "", name: parts.dropLast().joined(separator: "_"), platform: .wechat)
    }
}

/// The lines of WeFlow's text.
struct WeFlowTextGrammar: TextGrammar {
    func header(_ line: ByteView) -> TextHeader? {
        guard line.count >= 22, line[4] == 0x2D, line[19] == 0x20, line[20] == 0x27 else { return nil }
        let end = TextLine.trim(line, 20..<line.count).upperBound
        guard end > 21, line[end - 1] == 0x27, Stamps.isShaped(line, at: 0) else { return nil }
        let name = 21..<(end - 1)
        return TextHeader(
            name: name, time: ExportTime.stamp(line, at: 0).map { ($0, .second) }, isSystem: name.isEmpty)
    }
}

/// Times that stand at a fixed place of a line.
enum Stamps {
    /// True for `dddd-dd-dd dd:dd:dd`, also where it is no time that can be.
    @inline(__always)
    static func isShaped(_ line: ByteView, at start: Int) -> Bool {
        guard start &+ 19 <= line.count else { return false }
        return isMinuteShaped(line, at: start) && line[start &+ 16] == 0x3A && isPair(line, start &+ 17)
    }

    /// True for `dddd-dd-dd dd:dd`.
    @inline(__always)
    static func isMinuteShaped(_ line: ByteView, at start: Int) -> Bool {
        guard start &+ 16 <= line.count else { return false }
        return line[start &+ 4] == 0x2D && line[start &+ 7] == 0x2D && line[start &+ 10] == 0x20
            && line[start &+ 13] == 0x3A && isPair(line, start) && isPair(line, start &+ 2) && isPair(line, start &+ 5)
            && isPair(line, start &+ 8) && isPair(line, start &+ 11) && isPair(line, start &+ 14)
    }

    @inline(__always)
    private static func isPair(_ line: ByteView, _ at: Int) -> Bool {
        line[at] &- 0x30 < 10 && line[at &+ 1] &- 0x30 < 10
    }

    /// The time of `dddd-dd-dd dd:dd`.
    static func minute(_ line: ByteView, at start: Int) -> ExportTime.Reading? {
        guard let day = ExportTime.dayStamp(line, at: start), let hour = ExportTime.pair(line, start + 11),
            let minute = ExportTime.pair(line, start + 14),
            let seconds = ExportTime.minute(days: day, hour: hour, minute: minute)
        else { return nil }
        return (seconds, .minute)
    }
}
