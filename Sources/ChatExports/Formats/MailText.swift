internal import Messages

/// The text that WeChat on a phone sends when messages are chosen and mailed: no ids, minutes, day bars.
///
/// As plain text, or as the web page that a mail program made of it.
struct MailText: ExportFormat {
    var slug: String { "wechat-mail" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text.map(MailHead.init)?.lines else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let banner = lines.prefix(40).contains { $0.withUnsafeBufferPointer { MailLine.isBanner($0) } }
        let bar = lines.contains { $0.withUnsafeBufferPointer { MailLine.dayBar($0) != nil } }
        if banner { recognition.found.append("line 聊天记录如下") }
        if bar { recognition.found.append("day bar") }
        if !banner, !bar {
            recognition.missing.append("line 聊天记录如下 or a day bar")
            return recognition
        }
        // A mail that somebody pasted into a chat stands in the exports of that chat, too.
        let own = TextScore(lines, MailGrammar(day: nil))
        if own.headers == 0, !banner { recognition.missing.append("lines like 名  8:30") }
        // Mail never writes a day beside a clock; days between dashes stand in other texts, too.
        let isDated = PastedLayout(lines).hasDates
        let first = lines.first { !$0.allSatisfy { $0 <= 0x20 } } ?? []
        let isOnTop = first.withUnsafeBufferPointer {
            MailLine.isBanner($0) || MailLine.dayBar($0) != nil || $0.begins(with: "Dear")
        }
        for rival in TextRivals.scores(lines)
        where (rival.slug != PastedText.slug || isDated && !banner) && rival.score.isPlausible
            && rival.rank > own.headers * (isOnTop ? 4 : 1)
        {
            recognition.missing.append("more such lines than \(rival.slug) has (\(rival.score.headers))")
        }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let mail = MailHead(head.text ?? TextHead(lines: []))
        var name = ""
        var isPrivate = false
        for line in mail.lines.prefix(40) {
            isPrivate = line.withUnsafeBufferPointer { $0.find("在微信上的聊天记录如下") != nil }
            if isPrivate { break }
            if let found = line.withUnsafeBufferPointer({ MailLine.groupName($0) }) {
                name = found
                break
            }
        }
        let plain = TextHead(lines: mail.lines, assumedDay: head.text?.assumedDay)
        // Messages of one day may come without a bar.
        var isDated = false
        let dates = try TextDates(
            plain,
            { line in
                isDated = isDated || MailLine.dayBar(line) != nil
                return isDated || MailLine.header(line) == nil ? nil : .day
            }, file: file)
        let grammar = MailGrammar(day: dates.assumed?.day)
        let group = GroupIdentity(id: "", name: name, platform: .wechat)
        let reader = DirectReader(HeadedReader(grammar, spacing: plain.spacing(of: grammar)))
        return dates.marked(
            FormatReading(group: group, source: mail.isPage ? .page(reader) : .lines(reader), isPrivate: isPrivate))
    }
}

/// The first lines of a mail as people see them.
struct MailHead {
    let lines: [[UInt8]]
    let isPage: Bool

    init(_ head: TextHead) {
        let first = head.lines.lazy.joined().first { $0 > 0x20 }
        isPage = first == 0x3C
        guard isPage else {
            lines = head.lines
            return
        }
        var page = PageText()
        let text = head.lines.joined(separator: [0x0A])
        Array(text).withUnsafeBufferPointer { page.take($0, isLast: true) }
        lines = page.text.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    }
}

/// The lines of mail text.
struct MailGrammar: TextGrammar {
    /// The day of the last bar, in days since 1970.
    private var day: Int64?

    init(day: CalendarDay?) { self.day = day?.number }

    func header(_ line: ByteView) -> TextHeader? {
        guard let header = MailLine.header(line) else { return nil }
        let time = day.flatMap { ExportTime.minute(days: $0, hour: header.hour, minute: header.minute) }
        return TextHeader(name: header.name, time: time.map { ($0, .minute) })
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        if let bar = MailLine.dayBar(line) {
            day = bar
            return .passed
        }
        guard isApart else { return nil }
        if MailLine.isBrokenBar(line) {
            // What follows is of a day that nobody knows: it is rejected, not put under the day before.
            day = nil
            return .broken
        }
        if MailLine.isBanner(line) {
            return MailLine.groupName(line).map { .group(Array($0.utf8)) } ?? .passed
        }
        return line.begins(with: "Dear") && line.count < 16 ? .passed : nil
    }
}

/// What a line of mail text can be.
enum MailLine {
    /// The line that says that a group's messages follow.
    static func isBanner(_ line: ByteView) -> Bool {
        // Heads end in a digit.
        guard line.count >= 18, line[line.count - 1] &- 0x30 >= 10 else { return false }
        let text = TextLine.trimmed(line)
        // Nearly all lines are told by their ends, and need not be searched.
        guard
            text.ends(with: "请查收。") || text.ends(with: "如下:") || text.ends(with: "如下：") || text.ends(with: "请查收")
                || text.ends(with: "如下")
        else { return false }
        return line.find("聊天记录如下") != nil
    }

    /// The group that a first line names, nil when it is no first line.
    static func groupName(_ line: ByteView) -> String? {
        guard let end = line.find("聊天记录如下") else { return nil }
        if let at = line.find("微信群上的") {
            return String(decoding: line.part(TextLine.trim(line, 0..<at)), as: UTF8.self)
        }
        guard let at = line.part(0..<end).find("微信群") else { return nil }
        var range = (at + "微信群".utf8.count)..<end
        if line.part(range).ends(with: "的") { range = range.lowerBound..<(range.upperBound - "的".utf8.count) }
        let quotes: [Character] = ["\"", "“", "”", "「", "」"]
        let name = String(decoding: line.part(TextLine.trim(line, range)), as: UTF8.self)
        return String(name.filter { !quotes.contains($0) })
    }

    /// The day of a `—————  2026-03-02  —————` line, in days since 1970.
    static func dayBar(_ line: ByteView) -> Int64? {
        guard line.count >= 14 else { return nil }
        // Blanks and dashes begin with few bytes, and Chinese characters with others.
        let lead = line[0]
        guard lead <= 0x20 || lead == 0x2D || lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF else {
            return nil
        }
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.count >= 14, let first = dashes(line, inner.lowerBound, inner.upperBound) else { return nil }
        var end = inner.upperBound
        var trailing = 0
        while let width = dashWidth(line, endingAt: end), end - width > first {
            end -= width
            trailing += 1
        }
        guard trailing >= 3 else { return nil }
        var cursor = ExportTime.Cursor(line.part(TextLine.trim(line, first..<end)))
        guard let moment = Moment(&cursor), moment.precision == .day, case .date(let days) = moment.day else {
            return nil
        }
        cursor.skipSpaces()
        // A weekday may stand behind it.
        return cursor.isAtEnd ? days : DayBar(line)?.day
    }

    /// True for a day between dashes that lost some of its characters: `—————  2026-03f^-03  —————`.
    static func isBrokenBar(_ line: ByteView) -> Bool {
        guard line.count >= 12, line.count <= 120, line[0] < 0x41 || line[0] > 0xE9 || line[0] < 0xE4 else {
            return false
        }
        let inner = TextLine.trim(line, 0..<line.count)
        var (low, high, before, after) = (inner.lowerBound, inner.upperBound, 0, 0)
        while low < high, let width = dashWidth(line, beginningAt: low) { (low, before) = (low + width, before + 1) }
        while high > low, let width = dashWidth(line, endingAt: high) { (high, after) = (high - width, after + 1) }
        guard max(before, after) >= 3, before + after >= 4 else { return false }
        let middle = line.part(TextLine.trim(line, low..<high))
        let digits = middle.count { $0 &- 0x30 < 10 }
        // A year, and a sign of a date's; other words between dashes are somebody's.
        return (4...8).contains(digits) && middle.count <= 36
            && (middle.contains(0x2D) || middle.find("年") != nil || middle.find("月") != nil)
            && !holdsOtherWords(middle)
    }

    /// True where Chinese characters stand that no date has.
    private static func holdsOtherWords(_ middle: ByteView) -> Bool {
        var at = 0
        let ofDates: [StaticString] = ["年", "月", "日", "号"]
        while at < middle.count {
            if middle[at] >= 0xE4, middle[at] <= 0xE9 {
                if !ofDates.contains(where: { middle.holds($0, at: at) }) { return true }
                at += 2
            }
            at += 1
        }
        return false
    }

    /// `名  8:30`: where the name ends and the clock.
    ///
    /// The last blanks with a clock behind them decide; plain mail writes two.
    @inline(__always)
    static func header(_ line: ByteView, blanks least: Int = 2) -> (name: Range<Int>, hour: Int64, minute: Int64)? {
        // Most lines are told by their last byte but two, where no blank stands behind it.
        guard line.count >= 6, line[line.count - 3] == 0x3A || TextLine.space(line, endingAt: line.count, from: 0) > 0
        else { return nil }
        return readHeader(line, least)
    }

    private static func readHeader(_ line: ByteView, _ least: Int) -> (name: Range<Int>, hour: Int64, minute: Int64)? {
        let inner = TextLine.trim(line, 0..<line.count)
        let end = inner.upperBound
        // Read from the back: MM, colon, H or HH, blanks.
        guard inner.count >= 6, line[end - 3] == 0x3A, let minute = ExportTime.pair(line, end - 2) else { return nil }
        var at = end - 3
        while at > inner.lowerBound, end - at < 6, line[at - 1] &- 0x30 < 10 { at -= 1 }
        let digits = end - 3 - at
        guard digits == 1 || digits == 2 else { return nil }
        var hour: Int64 = 0
        for byte in line[at..<(end - 3)] { hour = hour * 10 + Int64(byte &- 0x30) }
        var nameEnd = at
        var blanks = 0
        while nameEnd > inner.lowerBound {
            let width = TextLine.space(line, endingAt: nameEnd, from: inner.lowerBound)
            if width == 0 { break }
            nameEnd -= width
            blanks += 1
        }
        guard blanks >= least, nameEnd > inner.lowerBound, hour < 24, minute < 60 else { return nil }
        return (inner.lowerBound..<nameEnd, hour, minute)
    }

    /// The end of at least three dashes.
    private static func dashes(_ line: ByteView, _ start: Int, _ end: Int) -> Int? {
        var at = start
        var count = 0
        while at < end, let width = dashWidth(line, beginningAt: at) {
            at += width
            count += 1
        }
        return count >= 3 ? at : nil
    }

    static func dashWidth(_ line: ByteView, beginningAt at: Int) -> Int? {
        if line[at] == 0x2D { return 1 }
        for dash: StaticString in ["—", "─", "－", "–"] where line.holds(dash, at: at) { return dash.utf8CodeUnitCount }
        return nil
    }

    static func dashWidth(_ line: ByteView, endingAt end: Int) -> Int? {
        if end > 0, line[end - 1] == 0x2D { return 1 }
        for dash: StaticString in ["—", "─", "－", "–"] where line.holds(dash, at: end - dash.utf8CodeUnitCount) {
            return dash.utf8CodeUnitCount
        }
        return nil
    }
}
