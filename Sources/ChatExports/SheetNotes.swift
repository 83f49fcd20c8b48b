/// What stands around the rows of a workbook's sheet, and is no row of the table.
struct SheetNotes {
    /// The group that cells above the header name; empty where they name none.
    var groupID = ""
    var groupName = ""
    /// True when they name a person's id in a group's place.
    var isPrivate = false
    /// For the lines of the table as text: from this line on, the row of the sheet is so much further down.
    var shifts: [(line: Int, by: Int)] = []

    /// Takes the group's id and name out of the cells of a row above the header.
    mutating func take(_ cells: [[UInt8]]) {
        let texts = cells.map { String(decoding: $0, as: UTF8.self) }
        let labels: Set = ["昵称", "群名", "群名称", "群聊名称", "会话名称", "名称", "Nickname"]
        for (index, text) in texts.enumerated() {
            if text.hasSuffix("@chatroom") { groupID = text }
            guard index > 0 else { continue }
            let label = texts[index - 1].filter { !$0.isWhitespace && $0 != ":" && $0 != "：" }
            if labels.contains(label) { groupName = text }
            if label == "微信ID" || label == "WeChatID" { isPrivate = !text.isEmpty && !text.hasSuffix("chatroom") }
        }
    }

    /// The row of the sheet that a line of the table as text stands in.
    func row(ofLine line: Int) -> Int {
        var low = 0
        var high = shifts.count
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].line <= line { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? line : line + shifts[low - 1].by
    }
}
