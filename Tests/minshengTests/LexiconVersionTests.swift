import Foundation
import Testing

/// Versions of the lexicons, proposed, approved and taken back as people type it.
struct LexiconVersionTests {
    private let office: CasesTests.Office
    private let keepers: [String]

    init() throws {
        let office = try CasesTests.Office()
        self.office = office
        keepers = try ["壬", "癸"].map { try office.must("staff add --unit 1 --role lexicon --name \($0)") }
    }

    /// A copy of the county's lexicons in which a rule has another word.
    private func lexicons(_ name: String, adding word: String) throws -> String {
        let folder = office.data + "/" + name
        try FileManager.default.copyItem(atPath: County.shared.get().lexicons, toPath: folder)
        let path = folder + "/water.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("[坏了]", with: "[坏了, \(word)]").write(toFile: path, atomically: true, encoding: .utf8)
        return folder
    }

    @Test func `from a changed word to a version in use, and back`() throws {
        let shapes = JSONShapeTests()
        let first = try County.shared.get().lexicons
        let folder = try lexicons("changed", adding: "裂了")
        #expect(try office.run("lexicon versions").error.contains("还没有"))
        #expect(try office.run("lexicon propose --reason 试 --lexicons \(folder)").code == 2)
        let proposed = try office.run("lexicon propose --reason 首版 --lexicons \(first) --as \(keepers[0])")
        #expect(proposed.code == 0 && proposed.error.contains("lexicon approve 1"), "\(proposed.error)")
        #expect(try office.run("lexicon approve 1 --as \(keepers[0])").code == 2)
        try office.must("lexicon approve 1 --as \(keepers[1])")
        try office.must("lexicon propose --reason 裂了也算坏 --lexicons \(folder) --as \(keepers[1])")
        let difference = try office.run("lexicon diff 1 2")
        #expect(difference.text.contains("裂了"), "\(difference.text)\(difference.error)")
        let exports = try County.shared.get().exports
        let backtest = try office.run("lexicon backtest \(exports) --against 1 --lexicons \(folder)")
        #expect(backtest.code == 0, "\(backtest.error)")
        // What was not approved does not import.
        let refused = try office.run("import \(exports) --lexicons \(folder)")
        #expect(refused.code == 2 && refused.error.contains("approve"))
        let approved = try office.run("lexicon approve 2 --json", as: "supervisor")
        #expect(approved.code == 0, "\(approved.error)")
        try shapes.check(approved.lines, against: "`minsheng lexicon versions --json`")
        #expect(try office.must("classify", input: #"{"text":"水管裂了"}"#).contains(#""flagged":true"#))
        let listed = try office.run("lexicon versions --json")
        #expect(listed.lines.count == 2)
        try shapes.check(listed.lines, against: "`minsheng lexicon versions --json`")
        let back = try office.run("lexicon rollback 1 --reason 误报 --as \(keepers[0])")
        #expect(back.code == 0 && back.text.contains("在用"), "\(back.error)")
        #expect(try office.must("classify", input: #"{"text":"水管裂了"}"#).contains(#""flagged":false"#))
        #expect(try office.must("audit verify", as: "auditor").hasPrefix("✓"))
    }

    @Test func `the bench's objects have their documented shapes`() throws {
        let shapes = JSONShapeTests()
        let county = try County.shared.get()
        let folder = try lexicons("shapes", adding: "裂了, 谢谢")
        let path = folder + "/water.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("match: [龙头没水]", with: "match: [龙头有水, 龙头没水]").write(
            toFile: path, atomically: true, encoding: .utf8)
        func lines(_ words: String) throws -> [String] {
            try office.run("\(words) --lexicons \(folder) --json", as: "intake").lines
        }
        try shapes.check(try lines("lexicon test"), against: "`minsheng lexicon test --json`")
        try shapes.check(try lines("lexicon stats"), against: "`minsheng lexicon stats --json`")
        func check(_ words: String, _ section: String) throws {
            let run = try Program.run("\(words) --json --lexicons \(folder) --data \(office.data)")
            try shapes.check(run.lines, against: section)
        }
        try check("lexicon lint --hints", "`minsheng lexicon lint --json`")
        try check("lexicon try 水管*坏了", "`minsheng lexicon try --json`")
        try check("lexicon export --xlsx \(office.data)/a.xlsx", "`minsheng lexicon export --json`")
        let difference = try Program.run("lexicon diff \(county.lexicons) \(folder) --json").lines
        try shapes.check(difference, against: "`minsheng lexicon diff --json` and `minsheng lexicon import --json`")
        try [#"{"text":"水管裂了"}"#, #"{"text":"早"}"#].joined(separator: "\n").write(
            toFile: office.data + "/in.jsonl", atomically: true, encoding: .utf8)
        let rows = try Program.run(
            "lexicon backtest \(office.data)/in.jsonl --against \(county.lexicons) --lexicons \(folder) --json"
        ).lines
        for (type, section) in [("total", "the total"), ("topic", "a topic"), ("rule", "a rule"), ("sample", "a text")]
        {
            try shapes.check(
                rows.filter { $0.contains(#""type":"\#(type)""#) },
                against: "`minsheng lexicon backtest --json`: \(section)")
        }
        let faulty = try Program.run("lexicon import \(office.data)/a.xlsx --write")
        #expect(faulty.code == 64)
    }

    @Test func `suggestions have their documented shapes`() throws {
        let ends = ["东头", "西头", "南边", "北边", "桥下", "坡上"]
        let texts =
            ends.map { "\($0)水管坏了，井台歪斜，龙头渗漏，水官也旧" } + ends.map { "\($0)水管坏了，昨天说过" }
        let file = office.data + "/verdicts.jsonl"
        try County.chatLab(texts, firstID: 300_000).write(toFile: file, atomically: true, encoding: .utf8)
        try office.must("import \(file)")
        let flags = try office.run("flags list --json --limit 50", as: "intake").lines.compactMap { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }
        let typed = flags.filter { ($0["text"] as? String)?.contains("井台歪斜") ?? false }.compactMap { $0["id"] as? Int }
        try #require(typed.count == ends.count)
        for id in typed { try office.must("flags confirm \(id) --summary 设施损坏待修 --topic water", as: "intake") }
        let folder = try County.shared.get().lexicons
        let rows = try office.run("lexicon suggest --json --lexicons \(folder)", as: "intake").lines
        for (type, name) in [("missing", "a word"), ("near-miss", "a near-miss"), ("variant", "a spelling")] {
            try JSONShapeTests().check(
                rows.filter { $0.contains("\"type\":\"\(type)\"") },
                against: "`minsheng lexicon suggest --json`: \(name)")
        }
    }

    @Test func `suggest, stats and replayed verdicts need a person who may`() throws {
        for words in ["lexicon suggest", "lexicon test --verdicts", "lexicon stats"] {
            #expect(try office.run(words).code == 2, "\(words)")
            #expect(try office.run(words, as: "auditor").code == 2, "\(words)")
            #expect(try office.run(words, as: "intake").code == 0, "\(words)")
        }
        #expect(try office.run("lexicon suggest --as \(keepers[0])").code == 2)
        #expect(try office.run("lexicon stats --as \(keepers[0])").code == 0)
    }
}
