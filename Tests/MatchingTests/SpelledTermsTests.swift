import Lexicons
import Matching
import Messages
import Testing

struct SpelledTermsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// The spans of the match, or a text without marks for none.
        let marked: String
        var testDescription: String { name }
    }

    /// A rule on a few words, with the spellings that `variants.yaml` names.
    static func matcher(_ words: String, _ variants: String) throws -> LexiconMatcher {
        let rule = """
            rules:
              - {id: t.r, topic: embezzlement, severity: high, weight: 0.8, any: [\(words)],
                 examples: {match: [甲], miss: [乙]}}
            """
        return try LexiconMatcher(LexiconLoader.lexicon(of: [("t.yaml", rule), ("variants.yaml", variants)]))
    }

    private func check(_ test: Case, _ matcher: LexiconMatcher) {
        let marked = Marked(test.marked)
        let result = matcher.result(for: marked.text, scratch: LexiconMatcher.Scratch())
        #expect(result.matches.flatMap(\.spans) == marked.spans, "\(test.name)")
    }

    @Test(arguments: [
        Case(name: "as it is written", marked: "钱被⟦截留⟧了"),
        Case(name: "one character by ear", marked: "钱被⟦劫留⟧了"),
        Case(name: "both characters by ear", marked: "钱被⟦劫流⟧了"),
        Case(name: "another word that sounds alike", marked: "河道要节流了"),
        Case(name: "a common word beside another", marked: "我家会扣钱"),
        Case(name: "inside another word", marked: "他去汇口岸"),
        Case(name: "a further reading of a character", marked: "去⟦银杭⟧取"),
        Case(name: "a long word with one character by ear", marked: "通⟦下水盗⟧"),
        Case(name: "a long word with two characters by ear", marked: "看下谁盗堵了"),
    ])
    func `words are found by their sound`(_ test: Case) throws {
        check(test, try Self.matcher("截留, 回扣, 下水道, 银行", "sound: [截留, 回扣, 下水道, 银行]"))
    }

    @Test(arguments: [
        Case(name: "a first letter", marked: "吃⟦d保⟧"),
        Case(name: "a syllable", marked: "吃⟦Di保⟧的人"),
        Case(name: "the second character", marked: "吃⟦低bao⟧的人"),
        Case(name: "all syllables", marked: "吃⟦dibao⟧的人"),
        Case(name: "all letters are too little", marked: "吃db的人"),
        Case(name: "within a Latin word", marked: "吃Vivid保的人"),
        Case(name: "a long word with one character in letters", marked: "找⟦村zhi书⟧去"),
        Case(name: "a long word with two characters in letters", marked: "找⟦cz书⟧去"),
    ])
    func `words are found half in Latin letters`(_ test: Case) throws {
        check(test, try Self.matcher("低保, 村支书", "latin: [低保, 村支书]"))
    }

    @Test(arguments: [
        Case(name: "a character that looks alike", marked: "钱被⟦戳留⟧了"),
        Case(name: "a character taken apart", marked: "他⟦今贝污⟧"),
        Case(name: "one half of it", marked: "他贝污"),
    ])
    func `words are found by their look`(_ test: Case) throws {
        check(test, try Self.matcher("截留, 贪污", "look: [截留, 贪污]\nalike: [截戳]\nparts: {贪: 今贝}"))
    }

    @Test(arguments: [
        Case(name: "one", marked: "真⟦贪贪贪污⟧啊"),
        Case(name: "all", marked: "真⟦贪贪污污污⟧啊"),
        Case(name: "a word that does not ask", marked: "截⟦截留⟧"),
        Case(name: "a word of doubles stays whole", marked: "⟦天天⟧"),
    ])
    func `repeated characters count once`(_ test: Case) throws {
        check(test, try Self.matcher("贪污, 截留, 天天", "repeated: [贪污]"))
    }

    @Test func `a spelling that is a word of a rule stays that word`() throws {
        let rules = """
            rules:
              - {id: t.a, topic: embezzlement, severity: high, weight: 0.8, any: [截留], examples: {match: [甲], miss: [乙]}}
              - {id: t.b, topic: drainage, severity: low, weight: 0.8, any: [劫留], examples: {match: [甲], miss: [乙]}}
            """
        let matcher = try LexiconMatcher(
            LexiconLoader.lexicon(of: [("t.yaml", rules), ("variants.yaml", "sound: [截留]")]))
        let result = matcher.result(for: "劫留", scratch: LexiconMatcher.Scratch())
        #expect(result.matches.map(\.rule) == ["t.b"])
    }

    @Test func `a word that no rule asks for is refused with its line`() throws {
        let error = #expect(throws: LexiconError.self) {
            _ = try Self.matcher("截留", "latin: [截留]\nsound:\n  - 截流水")
        }
        #expect(error?.origin == Origin(file: "variants.yaml", line: 3))
        #expect(error?.explanation(in: .en).contains("截流水") == true)
    }

    @Test(arguments: [
        ("sound: [低]", "variants.yaml:1"), ("alike: [低]", "variants.yaml:1"), ("parts: {低保: 氐}", "variants.yaml:1"),
        ("heard: [低保]", "variants.yaml:1"),
    ])
    func `what cannot be meant is refused with its line`(_ variants: String, _ place: String) throws {
        let error = #expect(throws: LexiconError.self) { _ = try Self.matcher("低保", variants) }
        #expect(error?.origin.description == place)
    }
}
