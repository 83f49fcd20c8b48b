internal import Messages

/// How a text addresses somebody before it says anything: 书记您好，…; @张主任 你好 ….
///
/// Who is greeted is not who is accused, but their title is the first word of many reports.
enum Greeting {
    /// The number of units up to the end of the greeting that a text begins with; 0 where it begins with none.
    static func length(in text: NormalizedText) -> Int {
        guard text.count > 3 else { return 0 }
        let isCalled = text.units[0] == 0x40
        let start = isCalled ? 1 : 0
        guard let title = endOfTitle(from: start, in: text) else { return 0 }
        for words in greetings {
            let end = title + words.count
            guard end <= text.count, text.units[title..<end].elementsEqual(words) else { continue }
            return end
        }
        // 书记好, but 主任好几年没公开.
        if title == text.count - 1, text.units[title] == 0x597D { return text.count }
        // @张主任 路灯不亮.
        return isCalled && (title == text.count || !text.gaps[title].isEmpty || isMark(text.units[title])) ? title : 0
    }

    /// Where the first title ends that stands within a few characters of a place, with nothing but a name before it.
    private static func endOfTitle(from start: Int, in text: NormalizedText) -> Int? {
        for place in start..<min(start + mostBefore, text.count) {
            if firsts.contains(text.units[place]),
                let title = titles.first(where: { text.units[place..<text.count].starts(with: $0) })
            {
                let end = place + title.count
                // 书记们.
                return end < text.count && text.units[end] == 0x4EEC ? end + 1 : end
            }
            guard text.units[place] &- 0x4E00 < 0x5200 else { return nil }
        }
        return nil
    }

    private static func isMark(_ unit: UInt16) -> Bool {
        unit == 0x2C || unit == 0x3A || unit == 0x21 || unit == 0x3002
    }

    /// So many characters of a name or an honorific (尊敬的张) may stand before the title.
    private static let mostBefore = 7

    private static let titles: [[UInt16]] = [
        "书记", "主任", "村长", "镇长", "乡长", "支书", "领导", "县长", "市长", "区长", "局长", "所长", "站长", "组长", "队长", "会计", "干部", "管理员",
        "群主",
    ].map { Array($0.utf16) }

    private static let greetings: [[UInt16]] = [
        "早上好", "上午好", "中午好", "下午好", "晚上好", "您好", "你好", "辛苦了", "您看看", "你看看", "您看一下", "你看一下", "您看下", "你看下", "好,", "好!",
        "好:", "好。",
    ].map { Array($0.utf16) }
    private static let firsts = Set(titles.map { $0[0] })
}
