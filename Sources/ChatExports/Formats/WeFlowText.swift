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
        guard line.count >= 13 else { return nil }
        if line[11] == 0x27 || line.count > 14 && line[14] == 0x27 { return epochHeader(line) }
        guard line.count >= 22, line[4] == 0x2D, line[19] == 0x20, line[20] == 0x27 else { return nil }
        let end = TextLine.trim(line, 20..<line.count).upperBound
        guard end > 21, line[end - 1] == 0x27, Stamps.isShaped(line, at: 0) else { return nil }
        let name = 21..<(end - 1)
        return TextHeader(
            name: name, time: ExportTime.stamp(line, at: 0).map { ($0, .second) }, isSystem: name.isEmpty)
    }

    /// `1780000000 '名'`, in seconds or milliseconds: what the streaming writers put where nobody set a format.
    private func epochHeader(_ line: ByteView) -> TextHeader? {
        let digits = line[11] == 0x27 ? 10 : 13
        let end = TextLine.trim(line, 0..<line.count).upperBound
        guard end > digits + 2, line[end - 1] == 0x27, line[digits] == 0x20, line[0] == 0x31 else { return nil }
        var number: Int64 = 0
        for byte in line.part(0..<digits) {
            guard byte &- 0x30 < 10 else { return nil }
            number = number * 10 + Int64(byte &- 0x30)
        }
        let name = (digits + 2)..<(end - 1)
        return TextHeader(name: name, time: (ExportTime.seconds(number), .second), isSystem: name.isEmpty)
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        // The streaming writers hand WeChat's own XML on as it is.
        guard builder.look(from: start, { $0.first == 0x3C && WeChatXML.isXML($0) }) else {
            builder.add(record, words: start)
            return
        }
        let kind: MessageKind = record.kind == .system ? .system : .other
        builder.addContent(from: start, kind: kind, trust: .untyped, into: record)
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
        guard start &+ 16 <= line.count, let base = UnsafeRawPointer(line.baseAddress) else { return false }
        let first = base.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
        let second = base.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self).littleEndian
        return
            (marks(first ^ 0x2D30_302D_3030_3030, 0x7F76_767F_7676_7676)
            | marks(second ^ 0x3030_3A30_3020_3030, 0x7676_7F76_767F_7676)) == 0
    }

    /// The high bits of the bytes that are too large: digits from ten on, and whatever stands where another byte should.
    ///
    /// `digits` are the bytes less what is expected; `room` is what carries those into the high bit.
    @inline(__always)
    private static func marks(_ digits: UInt64, _ room: UInt64) -> UInt64 {
        (digits | (digits &+ room)) & 0x8080_8080_8080_8080
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
