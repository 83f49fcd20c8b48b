internal import Messages

/// What the lines above the first message say of the chat: `会话名称：柳溪村监督群`, `微信聊天记录: 柳溪村监督群 (456@chatroom)`.
struct TextTitle {
    private(set) var name = ""
    private(set) var id = ""
    private(set) var isPrivate = false

    private static let labels: [StaticString] = [
        "群名", "群名称", "群聊", "群聊名称", "会话", "会话名称", "聊天对象", "微信聊天记录", "聊天记录",
    ]

    init(_ lines: [[UInt8]]) {
        for line in lines.prefix(20) where line.count <= 300 {
            let isTitle = line.withUnsafeBufferPointer { take(TextLine.trimmed($0)) }
            if !isTitle { return }
        }
    }

    /// The reading with the group that the title names, where nothing else names one.
    func named(_ reading: FormatReading) -> FormatReading {
        guard !name.isEmpty || isPrivate else { return reading }
        var reading = reading
        reading.isPrivate = reading.isPrivate || isPrivate
        guard reading.group.id.isEmpty, reading.group.name.isEmpty else { return reading }
        (reading.group.name, reading.group.id) = (name, id)
        return reading
    }

    /// Takes a line; false for one that no title is made of.
    private mutating func take(_ line: ByteView) -> Bool {
        if line.isEmpty || DayBar(line) != nil || TitleLabel.isTitleLine(line), value(of: line) == nil { return true }
        if let (start, end) = Self.framed(line) {
            set(line.part(start..<end))
            return true
        }
        guard let (label, value) = value(of: line) else { return Self.isBanner(line) }
        if label.equals("会话类型") || label.equals("聊天类型") || label.equals("类型") {
            isPrivate = value.equals("私聊") || value.equals("单聊")
        } else if name.isEmpty, Self.labels.contains(where: { label.equals($0) }) {
            set(value)
        }
        return true
    }

    /// The label before a colon and what stands behind it; nil where the line is no title.
    private func value(of line: ByteView) -> (label: ByteView, value: ByteView)? {
        let narrow = JSONScan.byte(0x3A, or: 0x3A, in: line, from: 0)
        var (colon, width) = (narrow, 1)
        if let wide = line.part(0..<narrow).find("：") { (colon, width) = (wide, "：".utf8.count) }
        guard colon > 0, colon < line.count else { return nil }
        var start = 0
        while start < colon, line[start] == 0x23 || line[start] == 0x2A || line[start] == 0x3E || line[start] <= 0x20 {
            start += 1
        }
        let label = line.part(TextLine.trim(line, start..<colon))
        let isKnown =
            Self.labels.contains { label.equals($0) } || label.equals("会话类型") || label.equals("聊天类型")
            || label.equals("类型")
        guard isKnown else { return nil }
        return (label, line.part(TextLine.trim(line, (colon + width)..<line.count)))
    }

    private mutating func set(_ value: ByteView) {
        guard name.isEmpty, !value.isEmpty, value.count <= 200 else { return }
        for close: StaticString in [")", "）"] where value.ends(with: close) {
            let open: StaticString = close.utf8CodeUnitCount == 1 ? "(" : "（"
            guard let at = value.findLast(open) else { continue }
            let inner = value.part((at + open.utf8CodeUnitCount)..<(value.count - close.utf8CodeUnitCount))
            guard inner.ends(with: "@chatroom") || inner.ends(with: "@im.chatroom") else { continue }
            id = String(decoding: inner, as: UTF8.self)
            name = String(decoding: value.part(TextLine.trim(value, 0..<at)), as: UTF8.self)
            return
        }
        name = String(decoding: value, as: UTF8.self)
    }

    /// `=== 与 群 的对话 ===` and `[LINE] 群的聊天記錄`: where the name stands.
    private static func framed(_ line: ByteView) -> (Int, Int)? {
        let frames: [(StaticString, StaticString)] = [
            ("=== 与 ", " 的对话 ==="), ("[LINE] 與", "的聊天記錄"), ("[LINE] 与", "的聊天记录"),
            ("[LINE] ", "的聊天記錄"), ("[LINE] ", "的聊天记录"),
        ]
        for (before, after) in frames
        where line.begins(with: before) && line.ends(with: after)
            && line.count > before.utf8CodeUnitCount + after.utf8CodeUnitCount
        {
            return (before.utf8CodeUnitCount, line.count - after.utf8CodeUnitCount)
        }
        return nil
    }

    /// A line that names the exporter, or counts: nothing with a time in it.
    private static func isBanner(_ line: ByteView) -> Bool {
        if line.begins(with: "共 "), line.ends(with: "条消息") || line.ends(with: "条记录") { return line.count <= 40 }
        return line.count <= 96 && (line.begins(with: "WeChat ") || line.holds("WeChat ", at: 3))
            && line.find("Export") != nil
    }

    /// True for what stands above the messages and is not anybody's words.
    static func isPart(_ line: ByteView) -> Bool {
        let inner = TextLine.trimmed(line)
        return TitleLabel.isTitleLine(inner) || framed(inner) != nil || isBanner(inner)
    }
}

/// The title of one chat among several of a text: `【柳溪村监督群】(8 条消息)`.
enum SectionTitle {
    /// The chat's name; nil for any other line.
    @inline(__always)
    static func name(_ line: ByteView) -> [UInt8]? {
        guard line.count >= 12, line.count <= 300, line[0] == 0xE3 || line[0] == 0x3D || line[0] == 0x23 else {
            return nil
        }
        return read(line)
    }

    private static func read(_ line: ByteView) -> [UInt8]? {
        var high = TextLine.trim(line, 0..<line.count).upperBound
        var low = 0
        while low < high, line[low] == 0x3D || line[low] == 0x23 || TextLine.space(line, low) == 1 { low += 1 }
        while high > low, line[high - 1] == 0x3D || line[high - 1] == 0x20 { high -= 1 }
        let inner = line.part(low..<high)
        var close = 0
        for mark: StaticString in [")", "）"] where inner.ends(with: mark) { close = mark.utf8CodeUnitCount }
        guard close > 0 else { return nil }
        let at = max(inner.findLast("(") ?? -1, inner.findLast("（") ?? -1)
        guard at > 0 else { return nil }
        var cursor = ExportTime.Cursor(inner.part(0..<(inner.count - close)))
        cursor.move(to: at + (inner[at] == 0x28 ? 1 : 3))
        _ = cursor.takeText("共")
        cursor.skipSpaces()
        guard cursor.number(atMost: 9) != nil else { return nil }
        cursor.skipSpaces()
        guard cursor.takeText("条") else { return nil }
        _ = cursor.takeText("消息") || cursor.takeText("记录")
        guard cursor.isAtEnd else { return nil }
        var name = TextLine.trim(inner, 0..<at)
        let part = inner.part(name)
        if part.begins(with: "【"), part.ends(with: "】") {
            name = TextLine.trim(inner, (name.lowerBound + 3)..<(name.upperBound - 3))
        } else if low == 0 {
            return nil
        }
        return name.isEmpty ? nil : Array(inner[name])
    }
}
