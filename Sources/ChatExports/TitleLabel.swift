/// What stands before a time in a title: `导出时间: 2026-03-05 10:20`.
///
/// Such a line looks like the head of a message, and nobody is called that.
enum TitleLabel {
    private static let labels: [StaticString] = [
        "时间", "日期", "导出时间", "导出日期", "导出于", "时间范围", "日期范围", "会议时间", "开会时间", "更新时间", "更新日期", "更新于", "最后更新",
        "最后更新于", "最后修改", "修改时间", "修改于", "发布时间", "发布日期", "发布于", "生成时间", "生成日期", "生成于", "打印时间", "打印日期", "创建时间",
        "创建日期", "创建于", "开始时间", "起始时间", "结束时间", "截止时间", "截止日期", "截止", "截至", "起止时间", "时间跨度", "统计时间", "统计区间", "记录时间",
        "发送时间", "接收时间", "归档时间", "备份时间", "制表时间", "制表日期", "填报时间", "填表时间", "上报时间", "报送时间", "印发时间", "通知时间", "活动时间",
        "保存日期", "保存时间", "儲存日期", "儲存時間", "匯出日期", "匯出時間",
        "消息范围", "培训时间", "施工时间", "停水时间", "停电时间", "公示时间", "公示期", "办理时间", "登记时间", "受理时间", "Time", "Date", "Exported",
        "Exported at",
        "Export time", "Generated", "Generated at", "Updated", "Updated at", "Last updated", "Created", "Created at",
        "Printed",
    ]

    /// True where a name, perhaps with Markdown's marks around it and more behind a colon, is the label of a title.
    static func isTitle(_ name: ByteView) -> Bool {
        var end = JSONScan.byte(0x3A, or: 0x3A, in: name, from: 0)
        if let wide = name.part(0..<end).find("：") { end = wide }
        while end > 0, isMark(name[end - 1]) { end -= 1 }
        // Nearly all names end otherwise.
        guard end >= 4, mayEnd(name[end - 1], name[end - 2]) else { return false }
        var start = 0
        while start < end, isMark(name[start]) { start += 1 }
        let label = name.part(start..<end)
        return labels.contains { label.equals($0) }
    }

    /// True for a line that stands above the messages and says what they are, and for a rule below such lines.
    static func isTitleLine(_ line: ByteView) -> Bool {
        let inner = line.part(TextLine.trim(line, 0..<line.count))
        if let first = inner.first, inner.count >= 5, first == 0x3D || first == 0x2D || first == 0x2A {
            return inner.allSatisfy { $0 == first }
        }
        guard inner.contains(0x3A) || inner.find("：") != nil else { return false }
        return isTitle(inner) || others.contains { inner.begins(with: $0) && isColon(inner, $0.utf8CodeUnitCount) }
    }

    private static func isColon(_ line: ByteView, _ at: Int) -> Bool {
        at < line.count && line[at] == 0x3A || line.holds("：", at: at)
    }

    /// What else is said above the messages of a chat.
    private static let others: [StaticString] = [
        "群名", "群名称", "群聊", "群聊名称", "会话", "会话名称", "会话类型", "会话数量", "聊天对象", "消息数量", "消息总数", "总消息数", "消息数", "类型", "聊天类型",
        "导出工具", "导出账号",
        "导出人", "微信聊天记录", "聊天记录", "Chat with",
    ]

    /// Blanks, and `#`, `*`, `-`, `>`, `|`, `_`, `[`, `]`.
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x23, 0x2A, 0x2D, 0x3E, 0x7C, 0x5F, 0x5B, 0x5D: true
        default: false
        }
    }

    /// The last two bytes of the labels: 间, 間, 期, 于, 围, 新, 改, 止, 至, 度; `e`, `t`, `d`.
    private static func mayEnd(_ last: UInt8, _ before: UInt8) -> Bool {
        switch (before, last) {
        case (0x97, 0xB4), (0x96, 0x93), (0x9C, 0x9F), (0xBA, 0x8E), (0x9B, 0xB4), (0x96, 0xB0), (0x94, 0xB9),
            (0xAD, 0xA2),
            (0x87, 0xB3), (0xBA, 0xA6):
            true
        default: last == 0x65 || last == 0x74 || last == 0x64
        }
    }
}
