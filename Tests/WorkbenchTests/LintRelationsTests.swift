import Foundation
import Lexicons
import Testing
import Workbench

/// What only shows beside another rule, set, pattern or reader.
struct LintRelationsTests {
    /// A subject of these rules, each some lines of YAML behind its id.
    static func subject(_ rules: [String], sets: String = "", topic: String = "lighting") -> String {
        var text = "subject: \(topic)\n" + (sets.isEmpty ? "" : "sets:\n" + sets) + "rules:\n"
        for (index, rule) in rules.enumerated() {
            text += "  - id: \(topic).r\(index)\n    topic: \(topic)\n    severity: medium\n    weight: 0.7\n"
            text += rule.split(separator: "\n").map { "    \($0)\n" }.joined()
            if !rule.contains("examples") { text += "    examples: {match: [路灯坏了], miss: [路灯好了]}\n" }
        }
        return text
    }

    static func codes(_ rules: [String], sets: String = "", topic: String = "lighting") throws -> Set<LintCode> {
        try LinterTests.codes(topic, subject(rules, sets: sets, topic: topic))
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        var left: String
        var right: String
        var code: LintCode?
        var testDescription: String { left + " | " + right }
        init(_ left: String, _ right: String, _ code: LintCode?) {
            (self.left, self.right, self.code) = (left, right, code)
        }
    }

    @Test(arguments: [
        Pair("all: [[路灯, 灯杆], [坏了, 不亮]]", "all: [[坏了, 不亮], [路灯, 灯杆]]", .duplicateRule),
        Pair("all: [[路灯, 灯杆], [坏了, 不亮]]\norder: true", "all: [[坏了, 不亮], [路灯, 灯杆]]\norder: true", nil),
        Pair("all: [[路灯, 灯杆], [坏了]]\nwithin: 40", "all: [[坏了], [晚上, 夜里], [路灯]]\nwithin: 10", .swallowedRule),
        Pair("all: [[路灯, 灯杆], [坏了]]\nwithin: 10", "all: [[坏了], [晚上, 夜里], [路灯]]\nwithin: 10", nil),
        Pair("all: [[路灯], [坏了]]", "all: [[村路灯, 新路灯], [坏了]]", .swallowedRule),
        Pair("all: [[路灯], [坏了]]", "all: [[村路灯], [坏了]]\nunless: [没坏]", .swallowedRule),
        Pair("all: [[路灯], [坏了]]\nunless: [没坏]", "all: [[村路灯], [坏了]]", nil),
    ])
    func `a rule is held against others in whatever order and detail its conditions stand`(_ row: Pair) throws {
        let found = try Self.codes([row.left, row.right]).intersection([.duplicateRule, .swallowedRule])
        #expect(found == Set([row.code].compactMap(\.self)))
    }

    @Test func `a graver rule is not swallowed by a milder one`() throws {
        let text = Self.subject(["all: [[路灯], [坏了]]", "all: [[村路灯], [坏了]]"])
        let second = try #require(text.range(of: "severity: medium", options: .backwards))
        let graver = text.replacingCharacters(in: second, with: "severity: high")
        #expect(try LinterTests.codes("lighting", text).contains(.swallowedRule))
        #expect(try !LinterTests.codes("lighting", graver).contains(.swallowedRule))
    }

    @Test func `the same conditions in another subject are told`() throws {
        let rule = "all: [[路灯, 灯杆], [坏了], [半年, 一年]]"
        let files =
            try LinterTests.files("lighting", Self.subject([rule])) + [
                LexiconFile(path: "safety.yaml", text: Self.subject([rule], topic: "safety"))
            ]
        let found = Linter(files: files).findings().filter { $0.code == .duplicateRule }
        #expect(found.map(\.file) == ["safety.yaml"])
        #expect(found.first?.zh.contains("lighting.yaml:3") ?? false)
    }

    @Test func `two conditions of the same words, equal sets, and what a set need not say are told`() throws {
        let sets = "  lamps: [路灯, 照明灯]\n  lights: [照明灯, 路灯]\n  dead: {terms: [坏了, 灭了], protect: [苹果坏, 坏了名声]}\n"
        let codes = try Self.codes(
            ["all: [[\"@lamps\"], [\"@lights\"]]", "all: [[\"@lamps\"], [\"@dead\"]]\nunless: [照明]"], sets: sets)
        #expect(codes.isSuperset(of: [.sameCondition, .duplicateSet, .idleSetException, .partlyCancelled]))
        let plain = try Self.codes(["all: [[\"@lamps\"], [坏了, 灭了]]"], sets: "  lamps: [路灯, 照明灯]\n")
        #expect(plain.isDisjoint(with: [.sameCondition, .duplicateSet, .idleSetException, .partlyCancelled]))
    }

    @Test func `the name of a set without its sign is told, and mended`() throws {
        let text = Self.subject(["all: [[lamps], [坏了]]"], sets: "  lamps: [路灯, 照明灯]\n")
        let linter = Linter(files: try LinterTests.files("lighting", text))
        #expect(linter.findings().contains { $0.code == .looksLikeReference })
        #expect(linter.fixed().files.first?.text.contains("[[\"@lamps\"], [坏了]]") ?? false)
    }

    @Test func `words of a set that flag alone are looked at too`() throws {
        let ordinary = try Self.codes(["any: [\"@one\"]"], sets: "  one: [路灯坏了, 今天]\n")
        #expect(ordinary.contains(.ordinaryWord))
        let single = try Self.codes(["any: [\"@one\"]"], sets: "  one: [路灯坏了, 灯]\n")
        #expect(single.contains(.ordinaryWord))
        #expect(try !Self.codes(["any: [\"@one\"]"], sets: "  one: [路灯坏了, 灯不亮]\n").contains(.ordinaryWord))
    }

    @Test(arguments: ["医生", "手机", "垃圾", "老师", "银行"])
    func `a common noun that flags alone is told`(_ word: String) throws {
        #expect(try Self.codes(["any: [没路灯, \(word)]"]).contains(.ordinaryWord))
        #expect(try !Self.codes(["all: [[\(word)], [坏了]]"]).contains(.ordinaryWord))
    }

    // MARK: Patterns

    @Test(arguments: [
        "[一-龥]{5}", "[[:alpha:]]+", "(?i)\\w{5}", "(?<lamp>.{5})", "[^的]{5}", ".{3}灯?", "(?!水).{3}", ".+(*ACCEPT)",
        "(路灯|.{3})",
        "路灯|.{4}",
    ])
    func `a pattern without a character of its own is refused`(_ pattern: String) throws {
        #expect(try Self.patternCodes(pattern).contains(.patternWithoutLiteral))
    }

    @Test(arguments: ["路灯.{0,4}坏", "(路灯|灯杆)?坏了", "[灯]", "(?<lamp>路灯)", "\\x{706F}", "(?:(?:路灯)+)坏", "路灯(?!好)"])
    func `a pattern with one is not`(_ pattern: String) throws {
        #expect(try !Self.patternCodes(pattern).contains(.patternWithoutLiteral))
    }

    @Test(arguments: [
        Pair("路燈坏", "", .unmatchableLiteral), Pair("LED坏", "", .unmatchableLiteral),
        Pair("路灯 坏", "", .unmatchableLiteral),
        Pair("（路灯）坏", "", .unmatchableLiteral), Pair("路灯。坏", "", .unmatchableLiteral), Pair("路灯坏(。|,)", "", nil),
        Pair("(?i)LED坏", "", nil), Pair("路灯坏", "", nil),
    ])
    func `a character that no text has when it is matched is told`(_ row: Pair) throws {
        #expect(try Self.patternCodes(row.left).contains(.unmatchableLiteral) == (row.code != nil))
    }

    @Test(arguments: [
        Pair("路灯(坏|灭)了", "路灯, 苹果树", .strangeRequirement), Pair("路灯.{0,5}坏", "路灯, 拖了", nil),
        Pair("路灯.{0,5}坏|灯杆", "路灯", .strangeRequirement),
        Pair("路灯.{0,5}坏|灯杆", "路灯, 杆", nil), Pair("(路灯|灯杆)坏", "灯", nil),
    ])
    func `what is required must stand in the pattern, in each way through it`(_ row: Pair) throws {
        let found = try Self.patternCodes(row.left, requires: row.right).contains(.strangeRequirement)
        #expect(found == (row.code != nil))
    }

    @Test(arguments: [
        Pair("王家坪村.{0,5}没灯", "灯", .villageName), Pair("(?:赵庄|石桥镇)的路灯", "灯", .villageName),
        Pair("路灯.{0,9}坏", "溪瑶村", .villageName), Pair("(?:村里|镇上|全村)的路灯", "灯", nil), Pair("[张王李]家的灯", "灯", nil),
    ])
    func `a village in a pattern is told`(_ row: Pair) throws {
        #expect(try Self.patternCodes(row.left, requires: row.right).contains(.villageName) == (row.code != nil))
    }

    @Test(arguments: [
        ("(灯", "少了右括号"), ("灯[坏", "少了右方括号"), ("灯坏)", "多了一个右括号"), ("+灯", "前面没有可以重复"), ("灯\\", "末尾多了一个"),
        ("灯{9,3}", "前大后小"), ("灯\\1", "引用的分组不存在"), ("灯[龥-一]", "范围前大后小"), ("灯(?y)", "(? 后面的符号"), ("灯\\p{Hanx}", "属性"),
    ])
    func `what PCRE2 says of a pattern is told in Chinese`(_ pattern: String, _ words: String) throws {
        let text = Self.subject(["pattern: '\(pattern)'\nrequires: [灯]"])
        let found = Linter(files: try LinterTests.files("lighting", text)).findings().filter { $0.code == .badPattern }
        #expect(found.first?.zh.contains(words) ?? false, "\(found.map(\.zh))")
    }

    @Test(arguments: [
        ("any: &lamps [路灯坏]", "锚点", 10), ("any: [*lamps]", "引用", 11), ("any: [路灯坏", "方括号", nil),
        ("any: [\"路灯坏]", "引号没有合上", nil),
        ("any: [@路灯]", "加引号", 11), ("\tany: [路灯坏]", "制表符", nil), ("any: 路灯: 坏", "冒号", nil), ("any: {路灯: 坏", "花括号", nil),
    ])
    func `what libyaml says of a file is told in Chinese, at its column`(
        _ line: String, _ words: String, _ column: Int?
    ) throws {
        let text = Self.subject([line])
        let found = Linter(files: try LinterTests.files("lighting", text)).findings().filter { $0.code == .notYAML }
        #expect(found.first?.zh.contains(words) ?? false, "\(found.map(\.zh))")
        if let column { #expect(found.first?.column == column) }
    }

    private static func patternCodes(_ pattern: String, requires: String = "灯, 坏, led") throws -> Set<LintCode> {
        try codes(["pattern: '\(pattern)'\nrequires: [\(requires)]"])
    }

    // MARK: Other readers

    @Test func `numbers and truth values without quotes are told, and quoted`() throws {
        let text = Self.subject(["any: [12345, 路灯坏了, no]"])
        let linter = Linter(files: try LinterTests.files("lighting", text))
        #expect(linter.findings().count { $0.code == .unquotedValue } == 2)
        #expect(linter.fixed().files.first?.text.contains("[\"12345\", 路灯坏了, \"no\"]") ?? false)
    }

    @Test(arguments: ["within: 1e1", "within: 0xA", "within: 1.5", "order: yes", "boundaries: maybe"])
    func `values that only some readers understand are refused, by the loader too`(_ line: String) throws {
        let text = Self.subject(["all: [[路灯], [坏了]]\n\(line)"])
        #expect(try LinterTests.codes("lighting", text).contains(.badValue))
        #expect(throws: (any Error).self) {
            try LexiconLoader.lexicon(of: try LinterTests.files("lighting", text).map { ($0.path, $0.text) })
        }
    }

    @Test func `other spellings are checked all at once, and unused ones are told`() throws {
        let text = "sound: 路灯\nlook: [苹果树, 路灯, 路灯]\nalike: [己]\nparts: {路灯: 足, 灯: ''}\n"
        let files =
            try LinterTests.files("lighting", Self.subject(["all: [[路灯], [坏了]]"])) + [
                LexiconFile(path: "variants.yaml", text: text), LexiconFile(path: "words.yaml", text: "words: 低保\n"),
            ]
        let found = Linter(files: files).findings().filter { $0.file != "lighting.yaml" }
        let places = found.map { "\($0.file):\($0.line) \($0.code.rawValue)" }
        #expect(
            Set(places).isSuperset(of: [
                "variants.yaml:1 L102", "variants.yaml:2 L215", "variants.yaml:2 L202", "variants.yaml:3 L105",
                "variants.yaml:4 L105", "words.yaml:1 L102",
            ]), "\(places)")
    }

    @Test func `one file in another encoding does not hide the faults of the others`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try LinterTests.subject("停水, 停水").write(
            to: folder.appendingPathComponent("water.yaml"), atomically: true, encoding: .utf8)
        try Data([0x61, 0x3A, 0x20, 0x62, 0x0A, 0xB7, 0xA2, 0x0A]).write(
            to: folder.appendingPathComponent("noise.yaml"))
        let found = try Linter(folder: folder.path).findings()
        #expect(found.contains { $0.code == .duplicateTerm })
        #expect(found.contains { $0.code == .notYAML && $0.file.hasSuffix("noise.yaml") && $0.line == 2 })
    }

    @Test(arguments: ["#lint: allow L112 方言", "#  lint: allow　L112　方言", "# lint: allow L310 L112 方言"])
    func `an acceptance is taken however its blanks are typed`(_ comment: String) throws {
        let text = Self.subject(["any: [路灯坏了]"], sets: "  \(comment)\n  idle: [照明灯, 灯杆]\n")
        let findings = Linter(files: try LinterTests.files("lighting", text)).findings()
        #expect(findings.first { $0.code == .unusedSet }?.suppression == "方言")
    }
}
