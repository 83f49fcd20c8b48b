import ChatExports
import Foundation
import Lexicons
import Messages
import Testing
import Workbench

/// A random number generator with a seed (SplitMix64; Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Random lexicon files, written in many ways.
struct RandomLexicon {
    var random: SeededGenerator

    init(_ seed: Int) { random = SeededGenerator(state: UInt64(seed) &* 77 &+ 5) }

    private static let words = [
        "停水", "断电", "路灯", "坑洼", "垃圾池", "水费，电费", "a、b", "说\"好\"", "12345", "1.5", "#号", "- 破折", "'单'", "yes", "null",
        "水: 管",
        "村 委", "=1+1", "@提到", "逗,号", "分；号", "back\\slash", "扣钱", "名额", "补贴", "冒号:", "[方]", "{花}", "~甲", "！",
    ]

    private mutating func flip(_ share: Int = 2) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

    private mutating func list(_ most: Int, references: [String] = []) -> [String] {
        let count = Int.random(in: 1...most, using: &random)
        let words = Self.words.filter { !$0.hasPrefix("@") }.shuffled(using: &random).prefix(count)
        return (flip() ? [] : references.shuffled(using: &random).prefix(1).map { "@" + $0 }) + words
    }

    private mutating func scalar(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter && !$0.isASCII }
        if isPlain, flip() { return text }
        if flip(), !text.contains("\\") { return "'" + text.replacing("'", with: "''") + "'" }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private mutating func sequence(_ words: [String], indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return " [" + words.map { scalar($0) }.joined(separator: flip() ? ", " : ",  ") + "]"
        case 1: return " [" + words.map { scalar($0) }.joined(separator: ",\n\(margin)  ") + "]"
        default:
            return "\n" + words.map { "\(margin)- \(scalar($0))" + (flip(4) ? "   # 说明" : "") }.joined(separator: "\n")
        }
    }

    mutating func subject(_ name: String) -> String {
        var text = flip() ? "# 文件头\n\n" : ""
        text += "subject: \(name)\ntitle: \(scalar("标题"))\n"
        let sets = (0..<Int.random(in: 1...3, using: &random)).map { "set\($0)" }
        text += "sets:\n"
        for set in sets {
            if flip(3) { text += "  # 词组 \(set)\n" }
            if flip(3) {
                text +=
                    "  \(set):\n    terms:\(sequence(list(8), indent: 6))\n    protect:\(sequence(list(3), indent: 6))\n"
            } else {
                text += "  \(set):\(sequence(list(10), indent: 4))\n"
            }
        }
        if flip() { text += "\n" }
        text += "rules:\n"
        for index in 0..<Int.random(in: 1...4, using: &random) {
            if flip(3) { text += "  # 规则 \(index)\n  # 第二行\n" }
            text += "  - id: \(name).r\(index)\n    topic: \(name)\n"
            text += "    severity: \(["low", "medium", "high"].randomElement(using: &random) ?? "low")\n"
            text += "    weight: \(["0.80", "0.5", "1", "0.65"].randomElement(using: &random) ?? "1")   # 分量\n"
            if flip() {
                text += "    any:\(sequence(list(6, references: sets), indent: 6))\n"
            } else {
                text += "    all:\n"
                for _ in 0..<Int.random(in: 2...4, using: &random) {
                    text += "      - [" + list(5, references: sets).map { scalar($0) }.joined(separator: ", ") + "]\n"
                }
                if flip() { text += "    within: \(Int.random(in: 0...40, using: &random))\n" }
                if flip(3) { text += "    order: true\n" }
            }
            if flip(3) { text += "    pattern: '坏.{0,3}''了'\n    requires: [坏]\n" }
            for key in ["unless", "not-after", "protect"] where flip(3) {
                text += "    \(key):\(sequence(list(3), indent: 6))\n"
            }
            if flip(3) { text += "\n" }
            text +=
                flip()
                ? "    examples: {match: [\(scalar("水停了，真的")), \(scalar("断，电"))], miss: [\(scalar("没事"))]}\n"
                : "    examples:\n      match:\(sequence(["水停了", "带\"引\"号"], indent: 8))\n      miss:\(sequence(["没事", "好 的"], indent: 8))\n"
        }
        return text
    }
}

struct LexiconWorkbookTests {
    static func scratch(_ name: String) -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lexicon-book-\(UUID())")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appendingPathComponent(name).path
    }

    static func roundTrip(_ files: [LexiconFile], into target: [LexiconFile]? = nil) throws -> LexiconWorkbook.Reading {
        let path = scratch("book.xlsx")
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        try LexiconWorkbook.write(files, digest: "0123", to: path)
        return try LexiconWorkbook.read(path, into: target ?? files, folder: "lexicons")
    }

    @Test(arguments: 0..<40)
    func `YAML to workbook to YAML is equal byte for byte`(seed: Int) throws {
        var random = RandomLexicon(seed)
        let files = [
            LexiconFile(path: "lexicons/water.yaml", text: random.subject("water")),
            LexiconFile(path: "lexicons/roads.yaml", text: random.subject("roads")),
        ]
        let reading = try Self.roundTrip(files)
        #expect(reading.errors.isEmpty, "\(reading.errors)")
        #expect(reading.changed.isEmpty, "\(reading.changed.map(\.text))\n\(files.map(\.text))")
    }

    @Test(arguments: 0..<40)
    func `a workbook of another version brings its words, and going back restores what is said`(seed: Int) throws {
        var random = RandomLexicon(seed)
        let one = [LexiconFile(path: "lexicons/water.yaml", text: random.subject("water"))]
        let other = [LexiconFile(path: "lexicons/water.yaml", text: random.subject("water"))]
        let there = try Self.roundTrip(other, into: one)
        #expect(there.errors.isEmpty, "\(there.errors)")
        let difference = LexiconDifference(from: other, to: there.files)
        #expect(difference.isEmpty, "\(difference.items)\n\(there.files[0].text)\n---\n\(other[0].text)")
        let back = try Self.roundTrip(one, into: there.files)
        #expect(LexiconDifference(from: one, to: back.files).isEmpty, "\(back.files[0].text)")
    }

    @Test(arguments: 0..<20)
    func `without a file to go into, the sheet makes one with comments and order, and that one is stable`(seed: Int)
        throws
    {
        var random = RandomLexicon(seed)
        let files = [LexiconFile(path: "lexicons/water.yaml", text: random.subject("water"))]
        let made = try Self.roundTrip(files, into: [])
        // A sheet has no place for the subject's title.
        let changed = LexiconDifference(from: files, to: made.files).items.filter { $0.kind != "title" }
        #expect(changed.isEmpty, "\(made.files.first?.text ?? "")")
        let again = try Self.roundTrip(made.files, into: [])
        #expect(again.files.map(\.text) == made.files.map(\.text))
    }

    @Test func `a changed word changes its line only, and comments stay`() throws {
        let old = """
            # Head.
            subject: water
            sets:
              # Dry.
              dry: [停水, 断水,
                没水]  # behind
            rules:
              - id: water.one   # first
                topic: water
                severity: medium
                weight: 0.80
                any: ["@dry"]
                examples: {match: [停水了], miss: [来水了]}

            """
        let new = old.replacing("断水,", with: "缺水,").replacing("weight: 0.80", with: "weight: 0.6")
        let reading = try Self.roundTrip(
            [LexiconFile(path: "water.yaml", text: new)], into: [LexiconFile(path: "water.yaml", text: old)])
        #expect(reading.files[0].text == new)
    }

    @Test(arguments: [
        ("  lamps: [路灯, 照明灯]   # 灯\n", "  lamps:\n    terms: [路灯, 照明灯]   # 灯\n    protect: [路灯节]\n"),
        (
            "  lamps:   # 灯\n    - 路灯   # 甲\n    - 照明灯\n",
            "  lamps:   # 灯\n    terms:\n    - 路灯   # 甲\n    - 照明灯\n    protect: [路灯节]\n"
        ),
    ])
    func `a set that gets exceptions keeps its comments`(_ row: (old: String, new: String)) throws {
        let rest = "rules: []\n"
        let old = LexiconFile(path: "lighting.yaml", text: "sets:\n" + row.old + rest)
        let sheet = "sets:\n  lamps: {terms: [路灯, 照明灯], protect: [路灯节]}\n" + rest
        let reading = try Self.roundTrip([LexiconFile(path: "lighting.yaml", text: sheet)], into: [old])
        #expect(reading.files[0].text == "sets:\n" + row.new + rest)
        let back = try Self.roundTrip(
            [old], into: [LexiconFile(path: "lighting.yaml", text: "sets:\n" + row.new + rest)])
        #expect(!back.files[0].text.contains("protect") && back.files[0].text.contains("# 灯"))
    }

    @Test func `faults of words are told beside cells that cannot be read`() throws {
        let old = LinterTests.subject("停水, 断水")
        let new = old.replacing("weight: 0.7", with: "weight: 7").replacing("断水]", with: "断水, 上访, \"@nosuch\"]")
        let reading = try Self.roundTrip(
            [LexiconFile(path: "water.yaml", text: new)], into: [LexiconFile(path: "lexicons/water.yaml", text: old)])
        #expect(reading.errors.map(\.cell) == ["water!E2"])
        #expect(reading.contentErrors().map(\.cell) == ["water!F2"])
    }

    @Test func `faulty cells are named`() throws {
        let text = """
            subject: water
            rules:
              - id: water.one
                topic: nonsense
                severity: urgent
                weight: 7
                any: [停水]
                examples: {match: [停水了], miss: [来水了]}
              - id: roads.two
                topic: water
                severity: medium
                weight: 0.6
                any: [断水]
                examples: {match: [断水了], miss: [来水了]}

            """
        let cells = try Self.roundTrip([LexiconFile(path: "water.yaml", text: text)]).errors.map(\.cell)
        #expect(cells == ["water!C2", "water!D2", "water!E2", "water!B3"])
    }

    @Test func `what a linter finds in a workbook is named by its cell`() throws {
        let old = LinterTests.subject("停水, 断水")
        let new = old.replacing("断水]", with: "断水, 上访]").replacing("[来水了]", with: "[来水了, 来水了呀]")
        let reading = try Self.roundTrip(
            [LexiconFile(path: "water.yaml", text: new)], into: [LexiconFile(path: "lexicons/water.yaml", text: old)])
        let errors = Linter(files: reading.files).findings().filter { $0.code.level == .error }
        #expect(errors.compactMap { reading.cellError(of: $0)?.cell } == ["water!B2", "water!F2"], "\(errors)")
    }

    @Test func `a rule that is taken out of the sheet goes with its comment, one that is added comes in its place`()
        throws
    {
        let rules = ["a", "b", "c"].map { name in
            "  # About \(name).\n  - id: water.\(name)\n    topic: water\n    severity: low\n    weight: 0.5\n    any: [停水\(name)]\n    examples: {match: [停水\(name)], miss: [来水]}\n"
        }
        let head = "subject: water\nrules:\n"
        let all = LexiconFile(path: "water.yaml", text: head + rules.joined())
        let some = LexiconFile(path: "water.yaml", text: head + rules[0] + rules[2])
        #expect(try Self.roundTrip([some], into: [all]).files[0].text == some.text)
        let back = try Self.roundTrip([all], into: [some]).files[0].text
        #expect(LexiconDifference(from: [all], to: [LexiconFile(path: "water.yaml", text: back)]).isEmpty)
        let order = ["water.a", "water.b", "water.c"].compactMap { back.range(of: $0)?.lowerBound }
        #expect(order == order.sorted() && order.count == 3)
        #expect(back.contains("# About b."))
    }

    @Test func `LibreOffice opens the workbook and saves it without loss`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice") else {
            print("SKIPPED: no /usr/bin/soffice (apt-get install libreoffice-calc-nogui)")
            return
        }
        var random = RandomLexicon(3)
        let files = [LexiconFile(path: "lexicons/water.yaml", text: random.subject("water"))]
        let path = Self.scratch("book.xlsx")
        let folder = (path as NSString).deletingLastPathComponent
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try LexiconWorkbook.write(files, digest: "0123", to: path)
        let office = Process()
        office.executableURL = URL(fileURLWithPath: "/usr/bin/soffice")
        office.arguments = [
            "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
            "xlsx:Calc MS Excel 2007 XML", "--outdir",
            folder + "/saved", path,
        ]
        office.standardOutput = FileHandle.nullDevice
        office.standardError = FileHandle.nullDevice
        try office.run()
        office.waitUntilExit()
        #expect(office.terminationStatus == 0)
        let reading = try LexiconWorkbook.read(folder + "/saved/book.xlsx", into: files, folder: "lexicons")
        #expect(reading.errors.isEmpty, "\(reading.errors)")
        #expect(reading.changed.isEmpty, "\(reading.changed.map(\.text))")
    }
}
