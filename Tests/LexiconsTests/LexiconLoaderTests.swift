import Lexicons
import Messages
import Testing

struct LexiconLoaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// Line 1 is `rules:`; the rule begins on line 2.
        let rule: String
        let error: String
        var testDescription: String { name }
    }

    static func load(_ text: String, name: String = "water.yaml") throws -> Lexicon {
        try LexiconLoader.lexicon(of: [
            ("Lexicons/sets.yaml", "sets:\n  cadre: [村干部, 支书]\n  gifts: {terms: [回扣], protect: [收回扣款]}\n"),
            ("Lexicons/" + name, text),
        ])
    }

    private static let good = """
        subject: water
        sets:
          pipes: [水管, 自来水]
        rules:
          - id: water.broken
            topic: water
            severity: medium
            weight: 0.8
            all: [["@pipes", 水龙头], [坏了]]
            within: 5
            examples: {match: [水管坏了], miss: [水管好了]}
          - id: water.gift
            topic: bribery
            severity: high
            weight: 0.5
            all: [["@cadre"], ["@gifts"]]
            examples: {match: [支书拿回扣], miss: [支书来了]}
        """

    @Test func `reads rules, sets of the file and shared ones`() throws {
        let lexicon = try Self.load(Self.good)
        #expect(lexicon.rules.map(\.id) == ["water.broken", "water.gift"])
        #expect(lexicon.rules[0].conditions == [["水管", "自来水", "水龙头"], ["坏了"]])
        #expect(lexicon.rules[0].within == 5)
        #expect(lexicon.rules[1].conditions == [["村干部", "支书"], ["回扣"]])
        #expect(lexicon.rules[1].protect == ["收回扣款"])
        #expect(lexicon.rules[1].origin.line == 12)
    }

    @Test func `another text gives another source, for the version`() throws {
        let one = try Self.load(Self.good).source
        #expect(try Self.load(Self.good).source == one)
        #expect(try Self.load(Self.good + "\n").source != one)
    }

    private static let head = "  - id: water.x\n    topic: water\n    severity: low\n    weight: 0.5\n"
    private static let tail = "    examples: {match: [甲], miss: [乙]}\n"

    @Test(arguments: [
        Case(
            name: "an unknown key", rule: head + "    any: [甲]\n    wihtin: 3\n" + tail,
            error: "Lexicons/water.yaml:7: unknown key 'wihtin'"),
        Case(
            name: "a missing key", rule: "  - id: water.x\n    topic: water\n    severity: low\n    any: [甲]\n" + tail,
            error: "Lexicons/water.yaml:2: 'weight' is missing"),
        Case(
            name: "a topic that is none",
            rule: "  - id: water.x\n    topic: watre\n    severity: low\n    weight: 0.5\n    any: [甲]\n" + tail,
            error: "Lexicons/water.yaml:3: 'watre' cannot stand here. Write water / electricity"),
        Case(
            name: "a weight above one",
            rule: "  - id: water.x\n    topic: water\n    severity: low\n    weight: 7\n    any: [甲]\n" + tail,
            error: "Lexicons/water.yaml:5: '7' cannot stand here. Write 0…1"),
        Case(
            name: "a word twice", rule: head + "    any: [甲, 乙, 甲]\n" + tail,
            error: "Lexicons/water.yaml:6: '甲' stands here twice"),
        Case(
            name: "a set that is none", rule: head + "    any: [\"@nobody\"]\n" + tail,
            error: "Lexicons/water.yaml:6: no set '@nobody'"),
        Case(
            name: "an id of another subject",
            rule: "  - id: roads.x\n    topic: water\n    severity: low\n    weight: 0.5\n    any: [甲]\n" + tail,
            error: "Lexicons/water.yaml:2: 'roads.x' cannot stand here. Write water.…"),
        Case(
            name: "an id twice", rule: head + "    any: [甲]\n" + tail + head + "    any: [乙]\n" + tail,
            error: "Lexicons/water.yaml:8: the id 'water.x' is already used at Lexicons/water.yaml:2"),
        Case(
            name: "a rule that nothing can meet", rule: head + "    any: [严禁截留, 严禁挪用]\n    unless: [严禁]\n" + tail,
            error: "Lexicons/water.yaml:2: this rule can never fire: each word of condition 1"),
        Case(
            name: "a pattern without a required word", rule: head + "    pattern: 'a'\n" + tail,
            error: "Lexicons/water.yaml:6: a pattern without `requires`"),
        Case(
            name: "nothing to match", rule: head + tail,
            error: "Lexicons/water.yaml:2: 'any / all / pattern' is missing"),
        Case(
            name: "no counter-example", rule: head + "    any: [甲]\n    examples: {match: [甲]}\n",
            error: "Lexicons/water.yaml:7: 'miss' is missing"),
        Case(
            name: "six conditions", rule: head + "    all: [[甲], [乙], [丙], [丁], [戊], [己]]\n" + tail,
            error: "Lexicons/water.yaml:2: '6' cannot stand here"),
        Case(
            name: "an empty word", rule: head + "    any: ['']\n" + tail, error: "Lexicons/water.yaml:6: an empty word"),
        Case(
            name: "a list where a text belongs", rule: "  - id: [water.x]\n" + tail,
            error: "Lexicons/water.yaml:2: a text expected"),
        Case(name: "no YAML", rule: "  - id: [\n", error: "Lexicons/water.yaml"),
    ])
    func `says where, what and what to do`(_ row: Case) {
        let error = #expect(throws: LexiconError.self) { try Self.load("rules:\n" + row.rule) }
        #expect(error?.description.hasPrefix(row.error) == true, "\(error?.description ?? "no error")")
        #expect(error?.explanation(in: .zh).contains("。") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `a folder that is not there, and one without lexicons`() {
        let error = #expect(throws: LexiconError.self) { try LexiconLoader.load(folder: "/no/such/folder") }
        #expect(error?.origin.file == "/no/such/folder")
    }
}
