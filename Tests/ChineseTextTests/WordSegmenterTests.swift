import ChineseText
import Testing

struct WordSegmenterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let words: String
        var testDescription: String { name }
    }

    private static let userWords = ["低保", "低保金", "村委会", "村干部", "危房改造", "套取", "冒领", "回扣", "送礼", "宅基地", "溪瑶村", "一卡通"]

    @Test(arguments: [
        Case(name: "user words stay whole", text: "村委会把危房改造和低保金", words: "村委会 把 危房改造 和 低保金"),
        Case(name: "the longer user word wins", text: "低保金", words: "低保金"),
        Case(name: "a user word cuts ICU's word where a word is left over", text: "危房改造款被套取", words: "危房改造 款 被 套取"),
        Case(name: "a user word inside two others is none", text: "收回扣款", words: "收回 扣款"),
        Case(name: "a gift is no bribe", text: "送礼物", words: "送 礼物"),
        Case(name: "a name is one word", text: "溪瑶村停水", words: "溪瑶村 停水"),
        Case(name: "traditional characters are cut like simplified", text: "宅基地歸村委會", words: "宅基地 歸 村委會"),
        Case(
            name: "a link is one piece", text: "见https://mp.weixin.qq.com/s/aB_c-1?x=2 吧",
            words: "见 https://mp.weixin.qq.com/s/aB_c-1?x=2 吧"),
        Case(name: "a mention is one piece", text: "@溪瑶村-李支书\u{2005}路灯坏", words: "@溪瑶村-李支书 路灯 坏"),
        Case(name: "everybody", text: "@所有人停水", words: "@所有人 停水"),
        Case(name: "an emoji word", text: "好的[强]谢谢", words: "好 的 [强] 谢谢"),
        Case(
            name: "numbers, times and dates", text: "3月15日8:00到17:30交1,200.50元",
            words: "3月 15日 8:00 到 17:30 交 1,200.50 元"),
        Case(name: "Chinese numerals", text: "三十五户两万五", words: "三十五 户 两万五"),
        Case(name: "dashes and dots", text: "唉——……", words: "唉 —— ……"),
        Case(name: "an emoji with its skin tone", text: "好👍🏻的", words: "好 👍🏻 的"),
        Case(name: "blanks are no words", text: "  停水 \u{3000} 了 ", words: "停水 了"),
        Case(name: "full-width dates", text: "１９９８年１２月３１日", words: "１９９８年 １２月 ３１日"),
        Case(name: "a year in plain digits is two words", text: "2026年3月", words: "2026 年 3月"),
        Case(name: "a date in Chinese numerals", text: "二〇〇三年十二月三十一日", words: "二〇〇三年 十二月 三十一日"),
        Case(name: "ordinals, about so many, per cent", text: "第三次第2次几百户30％", words: "第三 次 第2 次 几百 户 30％"),
        Case(name: "a decade is no year", text: "８０年代", words: "８０ 年代"),
        Case(name: "ten thousands belong to the number", text: "3.5万元", words: "3.5万 元"),
        Case(name: "a numeral inside a word is no numeral", text: "万一停水十分着急", words: "万一 停水 十分 着急"),
        Case(name: "a numeral and its measure are two words", text: "一位老人来了两次", words: "一 位 老人 来 了 两 次"),
        Case(name: "an adverb and what it modifies", text: "就是不能用", words: "就 是 不 能 用"),
        Case(name: "people's names", text: "找王建国和李娜说", words: "找 王建国 和 李娜 说"),
        Case(name: "foreign names", text: "奥马尔斯基来了", words: "奥马尔斯基 来 了"),
        Case(name: "what no list holds is joined", text: "他住在泖港镇", words: "他 住 在 泖港 镇"),
        Case(name: "a letter word, a number with a unit, an address", text: "wifi不行4G也慢", words: "wifi 不行 4G 也 慢"),
        Case(name: "characters beyond the BMP stay whole", text: "𠮷先生好", words: "𠮷 先生 好"),
        Case(name: "nothing", text: "", words: ""),
    ])
    func `cuts`(_ row: Case) {
        let words = WordSegmenter(userWords: Self.userWords).words(in: row.text, scratch: .init())
        #expect(words.joined(separator: " ") == row.words)
    }

    @Test(arguments: [
        "吃拿卡要", "优亲厚友", "建档立卡", "雨露计划", "一卡通", "新农合", "村支书", "村两委", "驻村", "扶贫办", "监委", "退耕还林", "征地款", "网格员", "旱厕",
        "坑洼", "互联网", "微信", "惠农", "溪瑶村", "老虎洞村", "東聯村", "低保戶", "村委會主任", "12345热线", "di保", "4G基站",
    ])
    func `a user word stands whole wherever it stands`(word: String) {
        let segmenter = WordSegmenter(userWords: [word])
        for (before, after) in [("", ""), ("我们这的", "没人管"), ("问一下", "，急"), ("（", "）"), ("a ", " b")] {
            #expect(segmenter.words(in: before + word + after, scratch: .init()).contains(word))
        }
    }

    @Test func `of user words that overlap the longest win`() {
        let segmenter = WordSegmenter(userWords: ["村委会", "委会主任", "村委会主任", "主任"])
        #expect(segmenter.words(in: "村委会主任", scratch: .init()) == ["村委会主任"])
    }

    @Test func `no user word cuts a link, a mention or a bracket code`() {
        let segmenter = WordSegmenter(userWords: ["村支书", "weixin", "捂脸"])
        let text = "@李村支书\u{2005}[捂脸]https://mp.weixin.qq.com"
        #expect(
            segmenter.words(in: text, scratch: .init()) == ["@李村支书", "[捂脸]", "https://mp.weixin.qq.com"])
    }

    @Test func `a scratch used before changes nothing`() {
        let segmenter = WordSegmenter(userWords: Self.userWords)
        let used = segmenter.makeScratch()
        let texts = ["村委会把危房改造和低保金套取了wifi", "好", "1998年，第三次", "", "ＡＢＣ村里停水👍🏻", "好"]
        for text in texts + texts.reversed() {
            #expect(segmenter.words(in: text, scratch: used) == segmenter.words(in: text, scratch: .init()))
        }
    }

    @Test(arguments: 0..<20)
    func `traditional text is cut as its simplified twin`(seed: Int) {
        var random = Seeded(seed)
        let pairs = Array(zip("東聯村委會說補貼沒發給貧困戶來電話", "东联村委会说补贴没发给贫困户来电话"))
        let chosen = (0..<random.next(40)).map { _ in pairs[random.next(pairs.count)] }
        let segmenter = WordSegmenter()
        let cuts = [String(chosen.map(\.0)), String(chosen.map(\.1))].map { text in
            segmenter.words(in: text, scratch: .init()).map(\.count)
        }
        #expect(cuts[0] == cuts[1])
    }

    @Test(arguments: 0..<30)
    func `the pieces cover the text`(seed: Int) {
        var random = Seeded(seed)
        let alphabet = Array("村委会低保金被套取https://a.b @某人\u{2005}[强]3.5月一百第王建国𠮷々〇年１９👍🏻é，。 \r\n")
        var text = String((0..<random.next(60)).map { _ in alphabet[random.next(alphabet.count)] })
        let length = text.utf8.count
        let pieces = text.withUTF8 { WordSegmenter(userWords: Self.userWords).pieces(of: $0, scratch: .init()) }
        #expect(pieces.first?.lowerBound ?? 0 == 0)
        #expect(pieces.last?.upperBound ?? 0 == length)
        for (left, right) in zip(pieces, pieces.dropFirst()) { #expect(left.upperBound == right.lowerBound) }
    }
}
