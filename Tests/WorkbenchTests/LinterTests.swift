import Foundation
import Messages
import Testing
import Workbench

struct LinterTests {
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/lexicons")

    /// The taxonomy of the fixtures beside one file.
    static func files(_ name: String, _ text: String) throws -> [LexiconFile] {
        let taxonomy = try String(
            contentsOf: fixtures.appendingPathComponent("forty-faults/taxonomy.yaml"), encoding: .utf8)
        return [LexiconFile(path: "\(name).yaml", text: text), LexiconFile(path: "taxonomy.yaml", text: taxonomy)]
    }

    /// A subject of one rule whose only condition are these words.
    static func subject(_ words: String, topic: String = "water", examples: String = "match: [停水了], miss: [来水了]")
        -> String
    {
        """
        subject: \(topic)
        rules:
          - id: \(topic).one
            topic: \(topic)
            severity: medium
            weight: 0.7
            any: [\(words)]
            examples: {\(examples)}

        """
    }

    static func codes(_ name: String, _ text: String) throws -> Set<LintCode> {
        Set(Linter(files: try files(name, text)).findings().filter { $0.suppression == nil }.map(\.code))
    }

    @Test func `forty planted faults, and forty are found, each on its line`() throws {
        let folder = Self.fixtures.appendingPathComponent("forty-faults").path
        let findings = try Linter(folder: folder).findings()
        var planted = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".yaml") {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            for (index, line) in text.components(separatedBy: "\n").enumerated() {
                let words = line.split(separator: " ")
                guard words.count == 3, words[0] == "#", words[1] == "fault" else { continue }
                planted += 1
                let found = findings.contains { finding in
                    finding.file == folder + "/" + name && finding.line == index + 2
                        && finding.code.rawValue == words[2]
                }
                #expect(found, "\(name):\(index + 2) \(words[2])")
            }
        }
        #expect(planted == 40)
    }

    @Test func `a sound file has no finding`() throws {
        #expect(try Self.codes("water", Self.subject("停水, 断水")).isEmpty)
    }

    @Test func `findings name file, line and column`() throws {
        let finding = try #require(
            Linter(files: try Self.files("water", Self.subject("停水, 断水, 停水"))).findings().first {
                $0.code == .duplicateTerm
            })
        #expect(finding.file == "water.yaml")
        #expect((finding.line, finding.column) == (7, 19))
    }

    struct Words: Sendable, CustomTestStringConvertible {
        var words: String
        var isForbidden: Bool
        var testDescription: String { words }
        init(_ words: String, _ isForbidden: Bool) { (self.words, self.isForbidden) = (words, isForbidden) }
    }

    @Test(arguments: [
        Words("越级上访", true), Words("上訪", true), Words("聚众闹事", true), Words("拉横幅", true), Words("少数民族", true),
        Words("回族", true),
        Words("穆斯林", true), Words("家庭教会", true), Words("总书记", true), Words("共产党", true), Words("妄议中央", true),
        Words("发牢骚", true),
        Words("游 行", true), Words("静*坐", true), Words("进京告状", true), Words("邪教", true), Words("集体散步", true),
        Words("petitioner", true), Words("尚访", true), Words("shangfang", true), Words("说政府坏话", true),
        Words("对党不满", true),
        Words("骂书记", true), Words("去省里告状", true), Words("信主的人", true), Words("去庙里上香", true), Words("老缅", true),
        Words("刺头", true), Words("钉子户", true), Words("看外网", true), Words("大家一起去县里", true),
        Words("信访办不理人", false), Words("民族小学停水", false), Words("教会我们用", false), Words("礼拜天停水", false),
        Words("蚊虫聚集", false),
        Words("水族箱", false), Words("垃圾聚集", false), Words("横幅挡路灯", false), Words("清真寺路停水", false),
        Words("经理总理不清", false),
    ])
    func `words of the forbidden subjects are refused, words that only look like them are not`(_ row: Words) throws {
        let codes = try Self.codes("water", Self.subject("停水, \(row.words)"))
        #expect(codes.contains(.forbiddenTerm) == row.isForbidden)
    }

    @Test func `a file, an id and a title beyond the taxonomy are refused`() throws {
        #expect(try Self.codes("stability", Self.subject("停水", topic: "stability")).contains(.forbiddenSubject))
        let titled = Self.subject("停水").replacing("subject: water\n", with: "subject: water\ntitle: 上访人员\n")
        #expect(try Self.codes("water", titled).contains(.forbiddenSubject))
        let named = Self.subject("停水").replacing("water.one", with: "water.protest")
        #expect(try Self.codes("water", named).contains(.forbiddenSubject))
    }

    @Test func `a rule of innocent words that catches a gathering is refused`() throws {
        let text = """
            subject: service
            rules:
              - id: service.crowd
                topic: service
                severity: medium
                weight: 0.7
                all: [[大家, 一起], [门口, 政府], [集合, 不走]]
                within: 20
                examples: {match: [大家在门口集合], miss: [大家好]}

            """
        #expect(try Self.codes("service", text).contains(.forbiddenReach))
    }

    @Test func `that somebody was punished because he petitioned may be found`() throws {
        let text = """
            subject: retaliation
            rules:
              - id: retaliation.after
                topic: retaliation
                severity: high
                weight: 0.7
                all: [[上访, 举报, 发帖], [停了低保, 被打, 断电]]
                examples: {match: [举报以后停了低保], miss: [举报箱在哪]}

            """
        let codes = try Self.codes("retaliation", text)
        #expect(!codes.contains(.forbiddenTerm))
        #expect(!codes.contains(.forbiddenReach))
        let bare = text.replacing(", [停了低保, 被打, 断电]", with: "")
        #expect(try Self.codes("retaliation", bare).contains(.forbiddenTerm))
    }

    @Test func `a warning is accepted by a comment with a reason, an error is not`() throws {
        func text(_ comment: String, _ words: String) -> String {
            Self.subject(words).replacing("    any:", with: "    \(comment)\n    any:")
        }
        #expect(try Self.codes("water", text("# lint: allow L203 方言两种写法", "停水, 停电, 停電")).isEmpty)
        #expect(try Self.codes("water", text("# lint: allow L203", "停水, 停电, 停電")) == [.twinTerm, .badSuppression])
        #expect(try Self.codes("water", text("# lint: allow L202 why", "停水, 停水")) == [.duplicateTerm, .badSuppression])
        #expect(try Self.codes("water", text("# lint: allow L203 why", "停水")) == [.idleSuppression])
        let allow = (path: "lint.allow", text: "L203 water 方言\n")
        let files = try Self.files("water", Self.subject("停水, 停电, 停電"))
        #expect(Linter(files: files, allow: allow).findings().allSatisfy { $0.suppression == "方言" })
    }

    @Test func `mending leaves nothing mechanical, keeps comments, and does not change what fires`() throws {
        let text = """
            subject: water
            # A comment that stays.
            sets:
              dry: [停水, 断水, 停水, 斷水, 没 水]   # behind
            rules:
              - id: water.one
                topic: water
                severity: medium
                wieght: 0.7
                any: ["@dry", 停水]
                within: 5
                examples: {match: [停水了], miss: [来水了]}

            """
        let linter = Linter(files: try Self.files("water", text))
        let (files, count) = linter.fixed()
        #expect(count >= 6)
        let mended = try #require(files.first).text
        #expect(mended.contains("# A comment that stays.") && mended.contains("# behind"))
        #expect(mended.contains("dry: [停水, 断水, 没水]"))
        #expect(mended.contains("weight: 0.7") && !mended.contains("within"))
        #expect(Linter(files: files).findings().isEmpty, "\(mended)")
    }

    @Test(arguments: ["(a+)+$", "(钱|钱钱)+完", "(收.*)*了了", "^(([村里])+.)+$"])
    func `patterns that run away are found`(_ pattern: String) throws {
        let text = """
            subject: bribery
            rules:
              - id: bribery.one
                topic: bribery
                severity: high
                weight: 0.7
                pattern: '\(pattern)'
                requires: [收, 钱, 村, a]
                examples: {match: [收钱], miss: [没有]}

            """
        #expect(try !Self.codes("bribery", text).isDisjoint(with: [.catastrophicPattern, .slowPattern]))
    }

    @Test(arguments: [
        ["低保(?:补+)+款", "款, 低保", "低保补款"], ["路灯(?:没+)+修", "修", "路灯没修"], ["电话(?:[0-9]+)+号", "号", "电话1号"],
        ["路灯(?:没|没有|没没)+人修", "修", "路灯没人修"], ["路灯(?:天|天)+坏", "坏", "路灯天坏"],
    ])
    func `a pattern runs away between its literals too`(_ row: [String]) throws {
        let text = """
            subject: lighting
            rules:
              - id: lighting.one
                topic: lighting
                severity: low
                weight: 0.7
                pattern: '\(row[0])'
                requires: [\(row[1])]
                examples: {match: [\(row[2])], miss: [没有]}

            """
        #expect(try Self.codes("lighting", text).contains(.catastrophicPattern))
        let bounded = text.replacing("+)+", with: "{1,9})").replacing(")+", with: "){1,3}")
        #expect(try !Self.codes("lighting", bounded).contains(.catastrophicPattern))
    }

    @Test(arguments: [
        Words("灯杆歪了，没人扶", true), Words("路灯坏了、路灯没亮", true), Words("路灯坏咯。", true), Words("'路灯坏了,没人管'", true),
        Words("坏了没？", false), Words("流程：", false), Words("好，", false), Words("路灯坏了", false),
    ])
    func `two words that a mark runs together are told`(_ row: Words) throws {
        let text = Self.subject(row.words, topic: "lighting", examples: "match: [灯], miss: [水]")
        #expect(try Self.codes("lighting", text).contains(.punctuatedTerm) == row.isForbidden)
    }

    @Test(arguments: ["村民, 老张, 隔壁, 那家人", "的, 了, 又, 去, 户", "老王, 老李, 二婶, 三叔"])
    func `a neighbour's name is no official's act`(_ words: String) throws {
        let text = """
            subject: inaction
            rules:
              - id: inaction.one
                topic: inaction
                severity: medium
                weight: 0.9
                all: [[发帖, 上访, 举报], [\(words)]]
                within: 20
                examples: {match: [隔壁村民上访], miss: [没有]}

            """
        #expect(try Self.codes("inaction", text).contains(.forbiddenTerm))
    }

    @Test func `names of topics and other spellings are closed too`() throws {
        let folder = Self.fixtures.appendingPathComponent("forty-faults")
        let taxonomy = try String(contentsOf: folder.appendingPathComponent("taxonomy.yaml"), encoding: .utf8)
        func codes(_ path: String, _ text: String) -> Set<LintCode> {
            Set(Linter(files: [LexiconFile(path: path, text: text)]).findings().map(\.code))
        }
        #expect(!codes("taxonomy.yaml", taxonomy).contains(.forbiddenTerm))
        #expect(codes("taxonomy.yaml", taxonomy.replacing("zh: 用电", with: "zh: 上访")).contains(.forbiddenTerm))
        #expect(codes("variants.yaml", "sound: [上访, 路灯]\n").contains(.forbiddenTerm))
        #expect(!codes("variants.yaml", "sound: [低保, 路灯]\n").contains(.forbiddenTerm))
    }

    @Test func `a file that is not read for its name is told`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            ("water.yaml", Self.subject("停水")), ("roads.yml", "x"), ("noise.YAML", "x"), ("notes.txt", "x"),
        ] {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let found = try Linter(folder: folder.path).findings().filter { $0.code == .unreadFile }
        #expect(found.map { ($0.file as NSString).lastPathComponent } == ["noise.YAML", "roads.yml"])
    }

    @Test(arguments: [
        Words("溪瑶村", true), Words("李家庄", true), Words("王家坪村没灯", true), Words("村里没水", false), Words("全村停水", false),
        Words("张家湾", true), Words("李家庄没灯", true), Words("大柳树村", true), Words("幸福社区", true), Words("城关街道没灯", true),
        Words("老家院子", false), Words("找社区", false), Words("农村社区", false), Words("专家楼", false),
        Words("轮流坐庄", false), Words("赵庄没灯", true), Words("吴村", true), Words("赵村民", false), Words("饭庄油烟", false),
        Words("和村里说", false), Words("感谢村里", false), Words("农家乐", false), Words("别人家村", false),
    ])
    func `names of villages do not belong into a lexicon`(_ row: Words) throws {
        let codes = try Self.codes("water", Self.subject("停水, \(row.words)"))
        #expect(codes.contains(.villageName) == row.isForbidden)
    }

    @Test func `the shipped lexicons pass, with few acceptances`() throws {
        let folder = Self.fixtures.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Lexicons"
        ).path
        let open = try Linter(folder: folder).findings().filter { $0.suppression == nil && $0.code.level != .hint }
        #expect(open.isEmpty, "\(open.map { "\($0.file):\($0.line) \($0.code.rawValue) \($0.en)" })")
        let allow = try String(contentsOfFile: folder + "/lint.allow", encoding: .utf8)
        #expect(allow.split(separator: "\n").count { !$0.hasPrefix("#") } <= 5)
    }

    @Test func `every code has a slug of its own`() {
        #expect(Set(LintCode.allCases.map(\.slug)).count == LintCode.allCases.count)
        #expect(LintCode.swallowedTerm.slug == "swallowed-term")
    }
}
