import CaseStore
import Lexicons
import Matching
import Messages
import Pipeline
import Testing
import Workbench

struct SuggestionsTests {
    static let rules = """
        subject: roads
        rules:
          - id: roads.hole
            topic: roads
            severity: medium
            weight: 0.6
            any: [坑洼, 塌陷]
            examples: {match: [路面坑洼], miss: [路很平]}
          - id: roads.lid
            topic: roads
            severity: medium
            weight: 0.6
            all: [[窨井盖], [丢了, 被偷]]
            examples: {match: [窨井盖丢了], miss: [窨井盖找到了]}

        """

    static func suggestions(_ texts: [Suggestions.Text]) throws -> Suggestions {
        let lexicon = try LexiconLoader.lexicon(of: [("roads.yaml", rules)])
        return Suggestions(texts, analyser: TextAnalyser(try LexiconMatcher(lexicon)), lexicon: lexicon)
    }

    static let planted = ["护栏歪斜", "减速带脱落", "路沿石松动", "涵洞渗水"]

    /// Texts of everyday words; every fifth confirmed one holds a planted phrase.
    static let texts: [Suggestions.Text] = {
        let words = [
            "昨天", "下午", "我们", "看见", "那边", "学校", "门口", "小卖部", "车子", "开过去", "老人", "孩子", "早上", "回家", "事情", "大家", "知道",
        ]
        var random = SeededGenerator(state: 4)
        return (0..<240).map { index in
            let isConfirmed = index < 100
            var text = (0..<8).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            if isConfirmed, index % 5 < 4 { text += "，" + planted[index % 5] + "，" }
            text += (0..<4).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            return Suggestions.Text(
                flag: index + 1, text: text, topic: .roads, isConfirmed: isConfirmed, isOpen: !isConfirmed)
        }
    }()

    @Test func `planted phrases are among the first ten, with counts and lines to paste`() throws {
        let suggestions = try Self.suggestions(Self.texts)
        let first = suggestions.missing.prefix(10)
        for phrase in Self.planted {
            let found = try #require(
                first.first { $0.text == phrase || phrase.contains($0.text) && $0.text.count >= 3 },
                "\(phrase): \(first.map(\.text))")
            #expect(found.confirmed == 20 && found.others == 0)
            #expect(found.logLikelihood > 20 && found.logRatio > 3)
            let file = "subject: roads\nrules:\n" + found.yaml
            #expect(throws: Never.self) { try LexiconLoader.lexicon(of: [("roads.yaml", file)]) }
        }
    }

    @Test func `what stands in two flags, or is forbidden, or names a village is not told`() throws {
        var texts = Self.texts
        for index in 0..<2 { texts[index].text += "，唐老四家" }
        for index in 0..<20 { texts[index].text += "，石棠坳村，越级上访" }
        let told = try Self.suggestions(texts).missing.map(\.text)
        #expect(!told.contains { $0.contains("唐老四") || $0.contains("石棠坳村") || $0.contains("上访") }, "\(told)")
    }

    @Test func `words that raise false alarms, rules one condition short, and spellings are told`() throws {
        var texts = Self.texts
        for index in 100..<140 { texts[index].text += "，坑洼" }
        for index in 0..<12 { texts[index].text += "，窨井盖翘起" }
        for index in 0..<6 { texts[index].text += "，窨井该丢" }
        let suggestions = try Self.suggestions(texts)
        #expect(suggestions.falseAlarms.first?.text == "坑洼")
        #expect((suggestions.falseAlarms.first?.examples.count ?? 0) == 5)
        let near = try #require(suggestions.nearMisses.first { $0.rule == "roads.lid" })
        #expect(near.condition == 2 && near.flags == 12)
        #expect(
            suggestions.variants.contains { $0.text == "窨井该" && $0.word == "窨井盖" && $0.flags == 6 },
            "\(suggestions.variants)")
    }

    @Test func `nouns that end in a particle's character are suggested, and no particle is a slip`() throws {
        let rules = """
            subject: sanitation
            rules:
              - id: sanitation.toilet
                topic: sanitation
                severity: medium
                weight: 0.6
                any: [厕所, 没水]
                examples: {match: [厕所臭], miss: [很干净]}

            """
        let lexicon = try LexiconLoader.lexicon(of: [("sanitation.yaml", rules)])
        var texts = Self.texts
        for index in 0..<12 { texts[index].text += "，公共侧所没人扫，没谁来" }
        let found = Suggestions(texts, analyser: TextAnalyser(try LexiconMatcher(lexicon)), lexicon: lexicon)
        #expect(found.variants.contains { $0.text == "侧所" && $0.word == "厕所" && $0.flags == 12 }, "\(found.variants)")
        #expect(!found.variants.contains { $0.text == "没谁" })
    }

    @Test func `a phrase that several rules miss is told once`() throws {
        var rules = Self.rules
        for index in 0..<4 {
            rules += """
                  - id: roads.lid\(index)
                    topic: roads
                    severity: medium
                    weight: 0.6
                    all: [[窨井盖], [少了\(index), 没了\(index)]]
                    examples: {match: [窨井盖少了\(index)], miss: [窨井盖找到了]}

                """
        }
        let lexicon = try LexiconLoader.lexicon(of: [("roads.yaml", rules)])
        var texts = Self.texts
        for index in 0..<12 { texts[index].text += "，窨井盖翘起" }
        let found = Suggestions(texts, analyser: TextAnalyser(try LexiconMatcher(lexicon)), lexicon: lexicon)
        #expect(found.nearMisses.count == 1)
        #expect(found.nearMisses.first?.also.count == 4)
    }

    @Test func `statistics count verdicts by rule, and name dead rules and those that fire only together`() throws {
        let lexicon = try LexiconLoader.lexicon(of: [("roads.yaml", Self.rules)])
        func flag(_ id: Int, _ rules: [String], _ outcome: FlagState, _ reason: String? = nil) -> JudgedFlag {
            JudgedFlag(flag: id, outcome: outcome, reason: reason, topic: .roads, rules: rules, day: 20_500, text: nil)
        }
        let flags =
            (1...8).map { flag($0, ["roads.hole", "old.rule"], .confirmed) }
            + (9...10).map { flag($0, ["roads.hole"], .dismissed, "not-a-complaint") } + [
                flag(11, ["roads.hole"], .new)
            ]
        let lines = RuleStatistics(RuleOutcomes(flags: flags, isWhole: true), lexicon: lexicon).lines
        let hole = try #require(lines.first { $0.rule == "roads.hole" })
        #expect(
            hole.hits == 11 && hole.confirmed == 8 && hole.dismissed == ["not-a-complaint": 2] && hole.undecided == 1)
        #expect(hole.precision == Proportion(8, of: 10))
        #expect(hole.months == ["2026-02": 11])
        #expect(lines.first { $0.rule == "roads.lid" }?.isDead == true)
        let old = try #require(lines.first { $0.rule == "old.rule" })
        #expect(!old.isInLexicon && old.firesOnlyTogether)
        // Where few are not told, neither is what they follow from.
        let told = RuleStatistics(RuleOutcomes(flags: flags, isWhole: false), lexicon: lexicon).lines
        let hidden = try #require(told.first { $0.rule == "roads.hole" })
        #expect(hidden.hits == 11 && hidden.confirmed == 8 && hidden.months == ["2026-02": 11])
        #expect(hidden.dismissed == ["not-a-complaint": nil] && hidden.undecided == nil)
        #expect(hidden.precision.value == nil && hidden.share == nil)
        let more = (20...40).map { flag($0, ["roads.hole"], .confirmed) }
        let many = RuleStatistics(RuleOutcomes(flags: flags + more, isWhole: false), lexicon: lexicon).lines
        #expect(many.first { $0.rule == "roads.hole" }?.share?.tenths == 9)
    }
}
