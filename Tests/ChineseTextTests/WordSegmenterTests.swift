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
        Case(name: "a user word inside two others is none", text: "收回扣款", words: "收回 扣 款"),
        Case(name: "a gift is no bribe", text: "送礼物", words: "送 礼物"),
        Case(name: "a name is one word", text: "溪瑶村停水", words: "溪瑶村 停水"),
        Case(name: "traditional characters are cut like simplified", text: "宅基地歸村委會", words: "宅基地 歸 村委會"),
        Case(
            name: "a link is one piece", text: "见https://mp.weixin.qq.com/s/aB_c-1?x=2 吧",
            words: "见 https://mp.weixin.qq.com/s/aB_c-1?x=2 吧"),
        Case(name: "a mention is one piece", text: "@溪瑶村-李支书\u{2005}路灯坏", words: "@溪瑶村-李支书 路灯 坏"),
        Case(name: "everybody", text: "@所有人停水", words: "@所有人 停水"),
        Case(name: "an emoji word", text: "好的[强]谢谢", words: "好的 [强] 谢谢"),
        Case(
            name: "numbers, times and dates", text: "3月15日8:00到17:30交1,200.50元",
            words: "3月 15日 8:00 到 17:30 交 1,200.50 元"),
        Case(name: "Chinese numerals", text: "三十五户两万五", words: "三十五 户 两万五"),
        Case(name: "dashes and dots", text: "唉——……", words: "唉 —— ……"),
        Case(name: "an emoji with its skin tone", text: "好👍🏻的", words: "好 👍🏻 的"),
        Case(name: "blanks are no words", text: "  停水 \u{3000} 了 ", words: "停水 了"),
        Case(name: "nothing", text: "", words: ""),
    ])
    func `cuts`(_ row: Case) {
        let words = WordSegmenter(userWords: Self.userWords).words(in: row.text, scratch: .init())
        #expect(words.joined(separator: " ") == row.words)
    }

    @Test(arguments: 0..<30)
    func `the pieces cover the text`(seed: Int) {
        var random = Seeded(seed)
        let alphabet = Array("村委会低保金被套取https://a.b @某人\u{2005}[强]3.5月一百👍🏻é，。 \n")
        var text = String((0..<random.next(60)).map { _ in alphabet[random.next(alphabet.count)] })
        let length = text.utf8.count
        let pieces = text.withUTF8 { WordSegmenter(userWords: Self.userWords).pieces(of: $0, scratch: .init()) }
        #expect(pieces.first?.lowerBound ?? 0 == 0)
        #expect(pieces.last?.upperBound ?? 0 == length)
        for (left, right) in zip(pieces, pieces.dropFirst()) { #expect(left.upperBound == right.lowerBound) }
    }
}
