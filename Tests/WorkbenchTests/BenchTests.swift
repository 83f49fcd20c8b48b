import Foundation
import Lexicons
import Matching
import Messages
import Pipeline
import Testing
import Workbench

struct BenchTests {
    static let text = """
        subject: lighting
        rules:
          - id: lighting.dead
            topic: lighting
            severity: medium
            weight: 0.8
            all: [[路灯], [坏了, 不亮]]
            within: 4
            unless: [修好]
            not-after: [没有]
            protect: [路灯杆]
            examples: {match: [路灯坏了], miss: [路灯修好了]}

        """

    static func trial(_ text: String) throws -> TextTrial {
        let lexicon = try LexiconLoader.lexicon(of: [("lighting.yaml", Self.text)])
        return TextTrial(text, analyser: TextAnalyser(try LexiconMatcher(lexicon)), lexicon: lexicon)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var obstacle: String?
        var testDescription: String { text }
        init(_ text: String, _ obstacle: String?) { (self.text, self.obstacle) = (text, obstacle) }
    }

    @Test(arguments: [
        Case("村口路灯坏了", nil), Case("路灯坏了，下午修好", "unless"), Case("路灯离我家很远但是坏了", "within"), Case("路灯。坏了", "across"),
        Case("没有路灯，坏了", "not-after"), Case("路灯杆坏了", "protect"),
    ])
    func `a trial says why a rule did not fire`(_ row: Case) throws {
        let trial = try Self.trial(row.text)
        let rule = try #require(trial.rules.first { $0.id == "lighting.dead" })
        #expect(rule.fired == (row.obstacle == nil))
        let keys = [rule.obstacle?.key].compactMap { $0 } + rule.stopped.map(\.key)
        #expect(row.obstacle.map(keys.contains) ?? rule.obstacle.isEmptyObstacle, "\(keys)")
        #expect(trial.verdict.flagged == (row.obstacle == nil))
    }

    @Test func `a trial shows what the normal form writes otherwise, with a map to the original`() throws {
        let trial = try Self.trial("路*燈坏ＡＢ了")
        #expect(trial.normal.hasPrefix("路灯"))
        #expect(trial.changes.map(\.from) == ["*", "燈", "Ａ", "Ｂ"])
        #expect(trial.changes.map(\.to) == ["", "灯", "a", "b"])
        #expect(trial.map.prefix(2) == [0, 4])
    }

    @Test func `marks stand under what matched, as wide as a terminal shows it`() {
        let text = "a路灯x坏了"
        let marked = MarkedText(text, [.init(1..<7, "1"), .init(8..<14, "2")])
        #expect(marked.lines == ["a路灯x坏了", " 1111 2222"])
        #expect(MarkedText("甲\n乙", [.init(4..<7)]).lines == ["甲", "乙", "^^"])
    }

    @Test func `a failing example shows the words of each condition and what cancelled them`() throws {
        let wrong = Self.text.replacing("match: [路灯坏了]", with: "match: [路灯坏了，修好没有]")
        let lexicon = try LexiconLoader.lexicon(of: [("lighting.yaml", wrong)])
        let failure = try #require(ExampleFailure.failures(of: lexicon, try LexiconMatcher(lexicon)).first)
        #expect(failure.obstacle?.key == "unless")
        #expect(failure.marked.lines == ["路灯坏了，修好没有", "11112222  xxxx"])
    }

    @Test func `a difference names words, values, rules, and not lines`() throws {
        let new = Self.text.replacing("不亮", with: "不亮, 瞎了").replacing("weight: 0.8", with: "weight: 0.6")
        let difference = LexiconDifference(
            from: [LexiconFile(path: "lighting.yaml", text: Self.text)],
            to: [LexiconFile(path: "lighting.yaml", text: "# c\n" + new)])
        let item = try #require(difference.items.first)
        #expect(difference.items.count == 1)
        #expect(item.fate == .changed && item.name == "lighting.dead")
        #expect(item.values == [.init(key: "weight", from: "0.8", to: "0.6")])
        #expect(item.words == [.init(key: "2", added: ["瞎了"], dropped: [])])
    }

    @Test func `the schema is the one in the documentation, and every key of it is one that the loader takes`() throws {
        let root = LinterTests.fixtures.deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("docs/reference/lexicon.schema.json")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(LexiconJSONSchema.text.utf8).write(to: path)
        }
        #expect(try String(contentsOf: path, encoding: .utf8) == LexiconJSONSchema.text)
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(LexiconJSONSchema.text.utf8)) as? [String: Any])
        let parts = try #require(schema["$defs"] as? [String: Any])
        for (name, required) in [
            ("rule", "topic: lighting, severity: low, weight: 1"),
            ("guard", "against: [grievance], scope: text, factor: 0.5"),
        ] {
            let properties = try #require((parts[name] as? [String: Any])?["properties"] as? [String: Any])
            let values = [
                "within": "3", "across": "true", "order": "true", "boundaries": "both", "pattern": "坏{1,2}",
                "requires": "[坏]",
                "unless": "[甲]", "unless-anywhere": "[甲]", "not-after": "[甲]", "not-before": "[甲]", "protect": "[坏甲]",
            ]
            for key in properties.keys {
                guard let value = values[key], key != "requires" else { continue }
                let extra = key == "pattern" ? "pattern: '\(value)', requires: [坏]" : "\(key): \(value)"
                let id = name == "guard" ? "guard.a" : "lighting.a"
                let text =
                    "\(name)s:\n  - {id: \(id), \(required), any: [坏], \(extra), examples: {match: [坏], miss: [好]}}\n"
                let stem = name == "guard" ? "guards.yaml" : "lighting.yaml"
                #expect(throws: Never.self, "\(key)") { try LexiconLoader.lexicon(of: [(stem, text)]) }
            }
            #expect(Set(values.keys).isSubset(of: properties.keys))
        }
    }
}

extension Optional<TextTrial.Obstacle> {
    var isEmptyObstacle: Bool { self == nil }
}
