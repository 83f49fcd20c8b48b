import Messages

extension Reject {
    /// One line: where, what, what to do.
    ///
    /// Never the line's text.
    func explanation(in language: Language) -> String {
        let (zh, en): ((String, String), (String, String)) =
            switch reason {
            case .notJSON: (("不是有效的 JSON", "请重新导出，或改好这一行后再读"), ("not valid JSON", "Export again, or mend the line"))
            case .endsEarly:
                (
                    ("文件在第 \(number ?? 0) 字节处中断，之前的完整消息都已读取", "请重新导出完整的文件"),
                    (
                        "the file ends early at byte \(number ?? 0); all whole messages before it were read",
                        "Export it again"
                    )
                )
            case .missingField:
                (("缺少时间、发言人或内容", "请用同一工具重新导出"), ("time, speaker or content is missing", "Export it again"))
            case .badTime:
                (
                    ("时间读不出来，或早于 2011 年、晚于今天", "请检查导出电脑的时间后重新导出"),
                    ("the time cannot be read, is before 2011 or in the future", "Check the clock and export again")
                )
            case .strayLine:
                (("不属于任何消息", "请确认没有改动过导出的文本"), ("belongs to no message", "Check whether the text was edited"))
            case .wrongColumns where number == nil:
                (
                    ("引号没有成对，这一行读不出来", "请补上或去掉这一行的引号"),
                    ("a quote was opened and never closed", "Complete or remove the line's quotes")
                )
            case .wrongColumns:
                (
                    ("列数不对（\(number ?? 0) 列）", "请重新导出，不要用 Excel 另存"),
                    ("wrong number of columns (\(number ?? 0))", "Export again without re-saving")
                )
            case .tooLong:
                (("一条记录过长", "请去掉头像和媒体内容后重新导出"), ("the record is too long", "Export without avatars and media"))
            case .badEncoding:
                (
                    ("此处的字节有缺失或损坏，文字读不出来", "请重新导出"),
                    ("bytes are missing or damaged here, so that the words cannot be read", "Export again")
                )
            }
        if language == .en { return "\(origin): \(en.0). \(en.1)." }
        let place = Origin(file: origin.file, line: origin.line)
        return "\(place)：\(origin.field.map { "“\($0)”" } ?? "")\(zh.0)。\(zh.1)。"
    }
}
