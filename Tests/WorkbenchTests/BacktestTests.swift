import Classifying
import Foundation
import Lexicons
import Matching
import Messages
import Pipeline
import Testing
import Workbench

struct BacktestTests {
    static func lexicon(_ rules: String) throws -> Lexicon {
        try LexiconLoader.lexicon(of: [
            ("sets.yaml", "sets:\n  dry: [停水, 断水, 缺水]\n  cadre: [村干部, 书记]\n"),
            ("water.yaml", "subject: water\nrules:\n" + rules.replacing("TOPIC", with: "water")),
        ])
    }

    static func rule(_ id: String, _ condition: String, weight: String = "0.7", more: String = "") -> String {
        """
          - id: water.\(id)
            topic: TOPIC
            severity: medium
            weight: \(weight)
            \(condition)
        \(more)    examples: {match: [一], miss: [二]}

        """
    }

    static let old =
        rule("dry", "any: [\"@dry\"]") + rule("pipe", "all: [[水管, 水龙头], [坏, 漏]]") + rule("gone", "any: [水荒]")
        + rule("weak", "any: [井水]", weight: "0.3")
    static let changes: [(name: String, text: String)] = [
        (
            "a word more",
            rule("dry", "any: [\"@dry\", 没水]") + rule("pipe", "all: [[水管, 水龙头], [坏, 漏]]") + rule("gone", "any: [水荒]")
                + rule("weak", "any: [井水]", weight: "0.3")
        ),
        (
            "a word less, a rule gone",
            rule("dry", "any: [停水, 断水]") + rule("pipe", "all: [[水管], [坏, 漏]]")
                + rule("weak", "any: [井水]", weight: "0.3")
        ),
        (
            "another weight and limit",
            rule("dry", "any: [\"@dry\"]", weight: "0.4")
                + rule("pipe", "all: [[水管, 水龙头], [坏, 漏]]", more: "    within: 2\n")
                + rule("gone", "any: [水荒]") + rule("weak", "any: [井水]", weight: "0.6")
        ),
        (
            "a word that cancels",
            rule("dry", "any: [\"@dry\"]", more: "    unless: [通知]\n")
                + rule("pipe", "all: [[水管, 水龙头], [坏, 漏]]", more: "    not-after: [不]\n")
                + rule("gone", "any: [水荒]") + rule("weak", "any: [井水]", weight: "0.3")
        ),
        (
            "another order",
            rule("pipe", "all: [[水管, 水龙头], [坏, 漏]]") + rule("dry", "any: [\"@dry\"]") + rule("gone", "any: [水荒]")
                + rule("weak", "any: [井水]", weight: "0.3")
        ),
        ("a new rule", old + rule("new", "all: [[水], [发黄, 发臭]]")),
        ("nothing", old),
    ]

    static let texts: [String] = {
        let words = [
            "停水", "断水", "缺水", "没水", "水管", "水龙头", "坏", "漏", "通知", "水荒", "井水", "水", "发黄", "发臭", "不", "村里", "今天", "，", "。",
            "了", "三天",
        ]
        var random = SeededGenerator(state: 9)
        return (0..<3000).map { _ in
            (0..<Int.random(in: 1...7, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
        }
    }()

    static func run(_ run: BacktestRun) -> BacktestReport {
        for (index, text) in texts.enumerated() {
            var copy = text
            copy.withUTF8 { run.take($0, origin: Origin(file: "x", line: index + 1)) }
        }
        return run.finish()
    }

    @Test(arguments: changes.indices)
    func `equals two full runs compared line by line, with the gate and without`(_ index: Int) throws {
        let (before, after) = (try Self.lexicon(Self.old), try Self.lexicon(Self.changes[index].text))
        let (old, new) = (TextAnalyser(try LexiconMatcher(before)), TextAnalyser(try LexiconMatcher(after)))
        var expected: [BacktestReport.Kind: Int] = [:]
        var rules: [String: (old: Int, new: Int)] = [:]
        var flagged = (old: 0, new: 0)
        let (scratch, other) = (LexiconMatcher.Scratch(), LexiconMatcher.Scratch())
        for text in Self.texts {
            let was = old.analysis(of: text, scratch: scratch).verdict
            let now = new.analysis(of: text, scratch: other).verdict
            flagged.old += was.flagged ? 1 : 0
            flagged.new += now.flagged ? 1 : 0
            for rule in Set(was.evidence.map(\.rule)) { rules[rule, default: (0, 0)].old += 1 }
            for rule in Set(now.evidence.map(\.rule)) { rules[rule, default: (0, 0)].new += 1 }
            switch (was.flagged, now.flagged) {
            case (false, true): expected[.new, default: 0] += 1
            case (true, false): expected[.lost, default: 0] += 1
            case (true, true):
                if was.track != now.track {
                    expected[.track, default: 0] += 1
                } else if was.topic != now.topic {
                    expected[.topic, default: 0] += 1
                } else if was.severity != now.severity {
                    expected[.severity, default: 0] += 1
                }
            default: break
            }
        }
        var options = BacktestRun.Options()
        options.isWhole = true
        let whole = Self.run(BacktestRun(old: old, new: new, gate: nil, options: options))
        #expect(whole.changes == expected)
        #expect((whole.oldFlagged, whole.newFlagged) == (flagged.old, flagged.new))
        for rule in whole.rules where rule.old + rule.new > 0 {
            #expect((rule.old, rule.new) == (rules[rule.rule]?.old, rules[rule.rule]?.new), "\(rule.rule)")
        }
        options.isWhole = false
        options.wholeFirst = 0
        let gate = DifferenceGate(before, nil, after, nil)
        #expect((gate == nil) == (Self.changes[index].name == "another order"))
        let gated = Self.run(BacktestRun(old: old, new: new, gate: gate, options: options))
        #expect(gated.changes == expected)
        #expect(gated.texts == Self.texts.count)
        for rule in gated.rules where rule.gained + rule.lost > 0 {
            let other = whole.rules.first { $0.rule == rule.rule }
            #expect((rule.gained, rule.lost) == (other?.gained, other?.lost), "\(rule.rule)")
        }
        if gate != nil { #expect(gated.judged < whole.judged) }
    }

    @Test func `a text judged piece by piece is judged whole by the other lexicon too`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let loaded = try LoadedLexicons(at: root.appending(path: "Lexicons").path)
        let analyser = TextAnalyser(try LexiconMatcher(loaded.lexicon), model: loaded.model)
        let talk = "昨天和老同学去看了一场电影，演得还行。晚上吃的酸菜鱼，比上回那家便宜些。我儿子在学吉他，天天弹那首老歌。听说长城上面风很大，票价倒是不贵。"
        let complaint = "我们组的路灯坏了三个月，报了几次都没人来修。"
        let scratch = LexiconMatcher.Scratch()
        #expect(!analyser.analysis(of: talk, scratch: scratch).verdict.flagged)
        var options = BacktestRun.Options()
        options.isWhole = true
        let run = BacktestRun(old: analyser, new: analyser, gate: nil, options: options)
        for text in [complaint + talk, talk + complaint + talk, talk + complaint] {
            var copy = text
            copy.withUTF8 { run.take($0, origin: Origin(file: "x", line: 1)) }
        }
        let report = run.finish()
        #expect((report.oldFlagged, report.newFlagged) == (3, 3))
        #expect(report.changes.isEmpty)
    }

    @Test func `the sample is drawn by the seed alone, and without favour`() throws {
        let (before, after) = (try Self.lexicon(Self.old), try Self.lexicon(Self.changes[1].text))
        let (old, new) = (TextAnalyser(try LexiconMatcher(before)), TextAnalyser(try LexiconMatcher(after)))
        func sample(_ seed: UInt64, _ gate: DifferenceGate?) -> [Int] {
            var options = BacktestRun.Options()
            (options.seed, options.sampleSize) = (seed, 10)
            return Self.run(BacktestRun(old: old, new: new, gate: gate, options: options)).sample.map(\.ordinal)
        }
        #expect(sample(1, nil) == sample(1, DifferenceGate(before, nil, after, nil)))
        #expect(sample(1, nil) != sample(2, nil))
        let drawn = (0..<40).flatMap { sample(UInt64($0), nil) }
        let early = drawn.count { $0 < Self.texts.count / 2 }
        #expect((120...280).contains(early), "\(early) of \(drawn.count) from the first half")
    }

    @Test func `equal spellings in two folders do not hinder the gate`() throws {
        let spellings = "sound: [水荒]\n"
        func lexicon(_ folder: String, _ rules: String) throws -> Lexicon {
            try LexiconLoader.lexicon(of: [
                (folder + "/variants.yaml", spellings), (folder + "/water.yaml", "subject: water\nrules:\n" + rules),
            ])
        }
        let rule = Self.rule("gone", "any: [水荒]").replacing("TOPIC", with: "water")
        let more = rule + Self.rule("new", "any: [断水]").replacing("TOPIC", with: "water")
        #expect(DifferenceGate(try lexicon("a", rule), nil, try lexicon("b", more), nil)?.wordCount == 1)
    }

    @Test func `neutral texts that the new version flags are named`() throws {
        let (before, after) = (
            try Self.lexicon(Self.old), try Self.lexicon(Self.old + Self.rule("new", "any: [下雨, 早上好]"))
        )
        let run = BacktestRun(
            old: TextAnalyser(try LexiconMatcher(before)), new: TextAnalyser(try LexiconMatcher(after)),
            gate: DifferenceGate(before, nil, after, nil))
        run.takeBuiltInNeutral()
        let report = run.finish()
        #expect(report.neutral.old == 0)
        #expect(report.neutral.new == report.neutralNew.count && report.neutral.new >= 2)
    }
}
