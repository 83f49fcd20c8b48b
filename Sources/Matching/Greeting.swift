internal import Messages

/// How a text addresses somebody before it says anything: 书记您好，…; @张主任 你好 ….
///
/// Who is greeted is not who is accused, but their title is the first word of many reports.
enum Greeting {
    /// The number of units up to the end of the greeting that a text begins with; 0 where it begins with none.
    static func length(in text: NormalizedText) -> Int {
        guard text.count > 3 else { return 0 }
        let isCalled = text.units[0] == 0x40
        let opening = isCalled ? 1 : 0
        let start = opening + (honorifics.first { text.units[opening..<text.count].starts(with: $0) }?.count ?? 0)
        guard var title = endOfTitle(from: start, in: text) else { return 0 }
        // 主任，您好.
        if title < text.count, text.units[title] == 0x2C { title += 1 }
        var end = 0
        for words in greetings where end == 0 && text.units[title..<text.count].starts(with: words) {
            let last = title + words.count
            // 晚上好几次, 你好大的胆子 greet nobody.
            if last == text.count || !text.gaps[last].isEmpty || isMark(text.units[last]) { end = last }
        }
        for words in requests where end == 0 && text.units[title..<text.count].starts(with: words) {
            end = title + words.count
        }
        // @张主任 路灯不亮.
        if end == 0, isCalled, title == text.count || !text.gaps[title].isEmpty || isMark(text.units[title - 1]) {
            end = title
        }
        return end > 0 && !accuses(from: end, in: text) ? end : 0
    }

    /// 王书记你好，你家怎么五口人都吃低保: whether who is greeted is the accused after all.
    private static func accuses(from start: Int, in text: NormalizedText) -> Bool {
        (start..<max(start, text.count)).contains { place in
            let rest = text.units[place..<text.count]
            return accusations.contains { rest.starts(with: $0) }
        }
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
            // 反映村主任…, 我们村的干部….
            guard text.units[place] &- 0x4E00 < 0x5200, !noName.contains(text.units[place]) else { return nil }
        }
        return nil
    }

    private static func isMark(_ unit: UInt16) -> Bool {
        unit == 0x2C || unit == 0x3A || unit == 0x21 || unit == 0x3002
    }

    /// So many characters of a name or an honorific (尊敬的张) may stand before the title.
    private static let mostBefore = 7

    private static let noName = Set("我咱俺反举投要的把被让叫请求找问跟和与说".utf16)

    private static let honorifics = words("尊敬的 敬爱的 各位 我们的")
    private static let titles = words(
        "支书记 书记 主任 村长 镇长 乡长 支书 领导 县长 市长 区长 局长 所长 站长 组长 队长 会计 干部 管理员 群主")
    private static let firsts = Set(titles.map { $0[0] })
    private static let greetings = words("早上好 上午好 中午好 下午好 晚上好 您好 你好 辛苦了 好")
    private static let requests = words("您看看 你看看 您看一下 你看一下 您看下 你看下")
    private static let accusations = words(
        """
        你家 您家 你们家 你贪 你吞 你拿 你吃 你收 你把 你自己 你儿子 你老婆 你亲戚 你兄弟 你弟 你哥 你侄 你舅 你卖 你占 你凭什么 你们贪 你们吃 你们拿 你们凭什么 贪 私吞 吞了 把钱 \
        把低保 把补 把集体 把修路
        """)

    private static func words(_ list: String) -> [[UInt16]] {
        list.split(whereSeparator: \.isWhitespace).map { Array($0.utf16) }
    }
}
