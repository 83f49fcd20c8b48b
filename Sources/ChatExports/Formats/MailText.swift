internal import Messages

/// The text that WeChat on a phone sends when messages are chosen and mailed: no ids, minutes, day bars.
struct MailText: ExportFormat {
    var slug: String { "wechat-mail" }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let head = head.text else { return Recognition(missing: ["text"]) }
        var recognition = Recognition()
        let banner = head.lines.prefix(20).contains { $0.withUnsafeBufferPointer { MailLine.isBanner($0) } }
        let bar = head.lines.contains { $0.withUnsafeBufferPointer { MailLine.dayBar($0) != nil } }
        if banner { recognition.found.append("line 聊天记录如下") }
        if bar { recognition.found.append("day bar") }
        if !banner, !bar { recognition.missing.append("line 聊天记录如下 or a day bar") }
        return recognition
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let lines = head.text?.lines ?? []
        var name = ""
        for line in lines.prefix(20) {
            let isPrivate = line.withUnsafeBufferPointer { $0.find("在微信上的聊天记录如下") != nil }
            if isPrivate { throw ExportError(.privateChat, file: file) }
            if let found = line.withUnsafeBufferPointer({ MailLine.groupName($0) }) {
                name = found
                break
            }
        }
        let group = GroupIdentity(id: "", name: name, platform: .wechat)
        return FormatReading(group: group, source: .lines(MailReader(layout: MailLayout(lines))))
    }
}

/// Where this copy of the text keeps its blank lines.
struct MailLayout: Sendable {
    /// True when a message's header follows a blank line.
    var hasBlankBefore = false
    /// True when a blank line follows a message's header.
    var hasBlankAfter = false

    init(_ lines: [[UInt8]]) {
        var headers = 0
        var before = 0
        var after = 0
        for (index, line) in lines.enumerated() where line.withUnsafeBufferPointer({ MailLine.header($0) != nil }) {
            headers += 1
            if index == 0 || Self.isBlank(lines[index - 1]) || Self.isBar(lines[index - 1]) { before += 1 }
            if index + 1 == lines.count || Self.isBlank(lines[index + 1]) { after += 1 }
        }
        guard headers > 0 else { return }
        // Look-alikes inside bodies are few, so the shares decide.
        hasBlankBefore = before * 2 > headers && lines.contains(where: Self.isBlank)
        hasBlankAfter = hasBlankBefore && after * 2 > headers
    }

    private static func isBlank(_ line: [UInt8]) -> Bool { line.withUnsafeBufferPointer { MailLine.isBlank($0) } }
    private static func isBar(_ line: [UInt8]) -> Bool {
        line.withUnsafeBufferPointer { MailLine.dayBar($0) != nil }
    }
}

/// What a line of mail text can be.
enum MailLine {
    /// A blank line; no-break spaces count as blanks.
    static func isBlank(_ line: ByteView) -> Bool {
        var at = 0
        while at < line.count {
            let width = space(line, at)
            if width == 0 { return false }
            at += width
        }
        return true
    }

    /// The line that says that a group's messages follow.
    static func isBanner(_ line: ByteView) -> Bool {
        guard line.count >= 18, line.find("聊天记录如下") != nil else { return false }
        let text = line.part(trim(line, 0..<line.count))
        let ends: [StaticString] = ["请查收。", "如下:", "如下：", "请查收", "如下"]
        return ends.contains { text.ends(with: $0) }
    }

    /// The length of the blank at an offset: 1, 2 for U+00A0, 0 for none.
    static func space(_ line: ByteView, _ at: Int) -> Int {
        let byte = line[at]
        if byte == 0x20 || byte == 0x09 || byte == 0x0D { return 1 }
        return byte == 0xC2 && at + 1 < line.count && line[at + 1] == 0xA0 ? 2 : 0
    }

    /// The group that a first line names, nil when it is no first line.
    static func groupName(_ line: ByteView) -> String? {
        guard let end = line.find("聊天记录如下") else { return nil }
        if let at = line.find("微信群上的") {
            return String(decoding: line.part(trim(line, 0..<at)), as: UTF8.self)
        }
        guard let at = line.find("微信群") else { return nil }
        var range = (at + "微信群".utf8.count)..<end
        if line.part(range).ends(with: "的") { range = range.lowerBound..<(range.upperBound - "的".utf8.count) }
        let quotes: [Character] = ["\"", "“", "”", "「", "」"]
        return String(String(decoding: line.part(trim(line, range)), as: UTF8.self).filter { !quotes.contains($0) })
    }

    /// The day of a `—————  2026-03-02  —————` line, in days since 1970.
    static func dayBar(_ line: ByteView) -> Int64? {
        let inner = trim(line, 0..<line.count)
        guard inner.count >= 14 else { return nil }
        let lead = line[inner.lowerBound]
        guard lead == 0x2D || lead == 0xE2 || lead == 0xEF else { return nil }
        guard let first = dashes(line, inner.lowerBound, inner.upperBound) else { return nil }
        var end = inner.upperBound
        var trailing = 0
        while let width = dashWidth(line, endingAt: end), end - width > first {
            end -= width
            trailing += 1
        }
        guard trailing >= 3 else { return nil }
        let middle = trim(line, first..<end)
        var cursor = ExportTime.Cursor(line.part(middle))
        guard let (year, digits) = cursor.number(atMost: 4), digits == 4 else { return nil }
        cursor.skipSpaces()
        guard cursor.dateSeparator(.year) else { return nil }
        cursor.skipSpaces()
        guard let (month, _) = cursor.number(atMost: 2) else { return nil }
        cursor.skipSpaces()
        guard cursor.dateSeparator(.month) else { return nil }
        cursor.skipSpaces()
        guard let (day, _) = cursor.number(atMost: 2) else { return nil }
        cursor.skipSpaces()
        cursor.takeDay()
        guard cursor.isAtEnd else { return nil }
        return ExportTime.days(year: year, month: month, day: day)
    }

    /// `名  8:30`: where the name ends and the clock.
    ///
    /// The last two blanks with a clock behind them decide.
    static func header(_ line: ByteView) -> (name: Range<Int>, hour: Int64, minute: Int64)? {
        let inner = trim(line, 0..<line.count)
        let end = inner.upperBound
        // Read from the back: MM, colon, H or HH, two blanks.
        guard inner.count >= 7, line[end - 1] &- 0x30 < 10, line[end - 2] &- 0x30 < 10, line[end - 3] == 0x3A else {
            return nil
        }
        var at = end - 3
        while at > inner.lowerBound, end - at < 6, line[at - 1] &- 0x30 < 10 { at -= 1 }
        let digits = end - 3 - at
        guard digits == 1 || digits == 2 else { return nil }
        var hour: Int64 = 0
        for byte in line[at..<(end - 3)] { hour = hour * 10 + Int64(byte &- 0x30) }
        let minute = Int64(line[end - 2] &- 0x30) * 10 + Int64(line[end - 1] &- 0x30)
        var nameEnd = at
        var blanks = 0
        while nameEnd > inner.lowerBound {
            if line[nameEnd - 1] == 0x20 || line[nameEnd - 1] == 0x09 {
                nameEnd -= 1
            } else if nameEnd >= 2, line[nameEnd - 2] == 0xC2, line[nameEnd - 1] == 0xA0 {
                nameEnd -= 2
            } else {
                break
            }
            blanks += 1
        }
        guard blanks >= 2, nameEnd > inner.lowerBound, hour < 24, minute < 60 else { return nil }
        return (inner.lowerBound..<nameEnd, hour, minute)
    }

    static func trim(_ line: ByteView, _ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, space(line, low) > 0 { low += space(line, low) }
        while high > low {
            if space(line, high - 1) == 1 {
                high -= 1
            } else if high - 2 >= low, space(line, high - 2) == 2 {
                high -= 2
            } else {
                break
            }
        }
        return low..<high
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

    private static func dashWidth(_ line: ByteView, beginningAt at: Int) -> Int? {
        if line[at] == 0x2D { return 1 }
        for dash: StaticString in ["—", "─", "－", "–"] where line.holds(dash, at: at) { return dash.utf8CodeUnitCount }
        return nil
    }

    private static func dashWidth(_ line: ByteView, endingAt end: Int) -> Int? {
        if end > 0, line[end - 1] == 0x2D { return 1 }
        for dash: StaticString in ["—", "─", "－", "–"] where line.holds(dash, at: end - dash.utf8CodeUnitCount) {
            return dash.utf8CodeUnitCount
        }
        return nil
    }
}
