import Lexicons
import Matching
import Messages
import Testing

struct LexiconMatcherTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// The keys of the rule below `id` and `topic`.
        let rule: String
        /// The spans of the one match, or a text without marks for none.
        let marked: String
        var testDescription: String { name }
    }

    static func matcher(_ rule: String, names: [String] = []) throws -> LexiconMatcher {
        var text = "rules:\n  - id: t.r\n    topic: embezzlement\n    severity: high\n    weight: 0.8\n"
        text += "    examples: {match: [甲], miss: [乙]}\n"
        for line in rule.split(separator: "\n") { text += "    \(line)\n" }
        return try LexiconMatcher(LexiconLoader.lexicon(of: [("t.yaml", text)]), names: names)
    }

    @Test(arguments: [
        Case(name: "one condition", rule: "any: [截留]", marked: "钱被⟦截留⟧了"),
        Case(name: "no word, no match", rule: "any: [截留]", marked: "钱发了"),
        Case(name: "two conditions near each other", rule: "all: [[低保金], [截留]]", marked: "我的⟦低保金⟧被村干部⟦截留⟧了"),
        Case(name: "in either order", rule: "all: [[低保金], [截留]]", marked: "⟦截留⟧我的⟦低保金⟧"),
        Case(
            name: "not in the wrong order where order counts", rule: "all: [[低保金], [截留]]\norder: true",
            marked: "截留我的低保金"),
        Case(name: "in the right order", rule: "all: [[低保金], [截留]]\norder: true", marked: "⟦低保金⟧被⟦截留⟧"),
        Case(name: "at the distance", rule: "all: [[低保金], [截留]]\nwithin: 3", marked: "⟦低保金⟧一二三⟦截留⟧"),
        Case(name: "beyond the distance", rule: "all: [[低保金], [截留]]\nwithin: 3", marked: "低保金一二三四截留"),
        Case(
            name: "a nearer word is found behind a farther one", rule: "all: [[低保金], [截留]]\nwithin: 2",
            marked: "低保金一二三四，⟦低保金⟧被⟦截留⟧"),
        Case(name: "not over the end of a sentence", rule: "all: [[低保金], [截留]]", marked: "发低保金。截留了"),
        Case(
            name: "over the end of a sentence where allowed", rule: "all: [[低保金], [截留]]\nacross: true",
            marked: "发⟦低保金⟧。⟦截留⟧了"),
        Case(
            name: "over a line break, as people press Enter", rule: "all: [[低保金], [截留]]", marked: "我的⟦低保金⟧\n被村干部⟦截留⟧了"),
        Case(name: "three conditions", rule: "all: [[干部], [低保], [亲戚]]", marked: "⟦干部⟧把⟦低保⟧给⟦亲戚⟧"),
        Case(
            name: "three conditions chained, each near the next", rule: "all: [[干部], [低保], [亲戚]]\nwithin: 2",
            marked: "⟦干部⟧把这⟦低保⟧都给⟦亲戚⟧"),
        Case(name: "one word does not meet two conditions", rule: "all: [[低保, 截留], [截留]]", marked: "截留了"),
        Case(name: "two words meet two conditions that share one", rule: "all: [[低保, 截留], [截留]]", marked: "⟦低保⟧⟦截留⟧"),
        Case(name: "unless in the same sentence", rule: "any: [截留]\nunless: [严禁]", marked: "严禁任何人截留补贴"),
        Case(
            name: "unless in another sentence does not count", rule: "any: [截留]\nunless: [严禁]", marked: "上面严禁。他们照样⟦截留⟧"),
        Case(name: "unless anywhere", rule: "any: [截留]\nunless-anywhere: [严禁]", marked: "上面严禁。谁敢截留"),
        Case(name: "not right after a negation", rule: "any: [截留]\nnot-after: [没有, 不]", marked: "我们没有被截留"),
        Case(
            name: "a negation before a comma is another matter", rule: "any: [截留]\nnot-after: [没有]", marked: "钱没有，⟦截留⟧了"
        ),
        Case(name: "not right before", rule: "any: [贪]\nnot-before: [玩]", marked: "孩子贪玩"),
        Case(name: "a protected phrase", rule: "any: [回扣]\nprotect: [收回扣款]", marked: "银行收回扣款"),
        Case(name: "beside a protected phrase", rule: "any: [回扣]\nprotect: [收回扣款]", marked: "收回扣款，也拿⟦回扣⟧"),
        Case(
            name: "a hit that cuts words is none with boundaries", rule: "any: [回扣]\nboundaries: both", marked: "银行收回扣款"
        ),
        Case(name: "a hit on words is one with boundaries", rule: "any: [回扣]\nboundaries: both", marked: "他拿了⟦回扣⟧"),
        Case(name: "traditional, full width and noise", rule: "any: [贪污低保, wifi30]", marked: "⟦貪*污·低保⟧"),
        Case(name: "full width Latin", rule: "any: [wifi30]", marked: "⟦ＷｉＦｉ３０⟧"),
        Case(name: "spelt out with blanks", rule: "any: [村干部]", marked: "⟦村 干 部⟧"),
        Case(name: "a blank between two words parts them", rule: "any: [低保户]", marked: "低保 户口"),
        Case(name: "more than two dropped characters part a word", rule: "any: [贪污]", marked: "贪 ** 污"),
        Case(name: "a Latin word is a whole word", rule: "any: [app]", marked: "happy"),
        Case(name: "beside Chinese it is whole", rule: "any: [app]", marked: "那个⟦APP⟧坏了"),
        Case(
            name: "a pattern with a required word", rule: "pattern: '吃了\\d+年低保'\nrequires: [低保]", marked: "自己却⟦吃了11年低保⟧"
        ),
        Case(name: "a pattern sees the normal form", rule: "pattern: '吃了\\d+年低保'\nrequires: [低保]", marked: "⟦吃了１１年低保⟧"),
        Case(name: "a pattern that is not met", rule: "pattern: '吃了\\d+年低保'\nrequires: [低保]", marked: "吃了多年低保"),
        Case(
            name: "the twentieth group of a pattern",
            rule: "pattern: '\((1...20).map { "(第\($0)笔)" }.joined(separator: "|"))'\nrequires: [笔]",
            marked: "少了⟦第20笔⟧钱"),
        Case(name: "words and a pattern", rule: "all: [[干部]]\npattern: '\\d+万'\nrequires: [万]", marked: "⟦干部⟧拿了⟦13万⟧"),
        Case(
            name: "words without the pattern", rule: "all: [[干部]]\npattern: '\\d+万'\nrequires: [万]", marked: "干部拿了好几万"),
        Case(name: "a mark in the text beyond the plane", rule: "any: [𠮷野]", marked: "😂⟦𠮷野⟧😂"),
    ])
    func `finds what is marked`(_ row: Case) throws {
        let expected = Marked(row.marked)
        let result = try Self.matcher(row.rule).result(for: expected.text, scratch: .init())
        #expect(result.matches.flatMap(\.spans) == expected.spans)
    }

    @Test func `fires once in each sentence`() throws {
        let result = try Self.matcher("any: [截留]").result(for: "截留又截留。还截留！截留", scratch: .init())
        #expect(result.matches.map(\.spans.first?.lowerBound) == [0, 21, 30])
    }

    @Test func `a pattern that hits its limit is undecided, not absent`() throws {
        // Passes the check at loading, as none of the hostile texts there is made of these letters.
        let matcher = try Self.matcher("pattern: '低保(?:[xy]+)+[zw]'\nrequires: [低保]")
        let text = "低保" + String(repeating: "x", count: 60) + "y"
        let result = matcher.result(for: text, scratch: .init())
        #expect(result.matches.isEmpty)
        #expect(result.undecided == ["t.r"])
    }

    @Test(arguments: ["(?:a+)+$", "(?:一|的)*(?:一|的)*(?:一|的)*!$", "(.*)*x$"])
    func `a pattern that runs away does not load`(pattern: String) {
        #expect(throws: LexiconError.self) {
            _ = try Self.matcher("pattern: '低保\(pattern)'\nrequires: [低保]")
        }
    }

    @Test func `hostile texts take a bounded time`() throws {
        let matcher = try Self.matcher("all: [[低保, 低], [保, 截留], [干部]]\nwithin: 30")
        for filler in ["低保", "低保截留", "。低保", "低 ", "*"] {
            let text = String(repeating: filler, count: 20_000)
            let clock = ContinuousClock()
            let time = clock.measure { _ = matcher.result(for: text, scratch: .init()) }
            #expect(time < .seconds(20), "\(filler)")
        }
    }

    @Test(arguments: 0..<60)
    func `agrees with a slow search over all pairs`(seed: Int) throws {
        var random = Seeded(seed)
        let words = ["甲", "乙乙", "丙"]
        let within = random.next(6)
        let ordered = random.next(2) == 0
        let matcher = try Self.matcher(
            "all: [[\(words[0])], [\(words[1])], [\(words[2])]]\nwithin: \(within)\norder: \(ordered)")
        let alphabet = Array("甲乙丙一一。")
        let text = String((0..<random.next(40)).map { _ in alphabet[random.next(alphabet.count)] })
        let fires = !matcher.result(for: text, scratch: .init()).matches.isEmpty
        #expect(fires == Self.slowly(text, words, within: within, ordered: ordered), "\(text) \(within) \(ordered)")
    }

    private static func slowly(_ text: String, _ words: [String], within: Int, ordered: Bool) -> Bool {
        for sentence in text.split(separator: "。") {
            let characters = Array(sentence)
            let places = words.map { word in
                characters.indices.filter { characters[$0...].starts(with: word) }.map { $0..<$0 + word.count }
            }
            for first in places[0] {
                for second in places[1] {
                    for third in places[2] {
                        let chain = [first, second, third]
                        let sorted = chain.sorted { $0.lowerBound < $1.lowerBound }
                        if ordered && chain != sorted { continue }
                        let fits = zip(sorted, sorted.dropFirst()).allSatisfy {
                            (0...within).contains($1.lowerBound - $0.upperBound)
                        }
                        if fits { return true }
                    }
                }
            }
        }
        return false
    }
}

/// A small generator with a seed, so that a failing case can be repeated.
struct Seeded {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    /// 0 ..< bound.
    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % max(1, bound)
    }
}
