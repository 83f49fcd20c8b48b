import Foundation
import Testing

/// Help, usage, languages, completions; and docs/reference/cli.md has all of it.
struct HelpTests {
    /// Every command that does something.
    static let commands = [
        "init", "groups add", "groups import", "groups list", "groups compare", "gazetteer import",
        "gazetteer compare", "gazetteer list", "gazetteer evaluate", "gazetteer test", "gazetteer train",
        "gazetteer taught",
        "gazetteer home", "import", "read", "classify", "segment", "attribute", "lexicon lint", "lexicon test",
        "lexicon try",
        "lexicon backtest", "lexicon diff", "lexicon suggest", "lexicon stats", "lexicon evaluate", "lexicon export",
        "lexicon import", "lexicon schema", "lexicon propose", "lexicon approve", "lexicon rollback",
        "lexicon versions",
        "model train", "flags list", "flags show", "flags attribute", "flags claim", "flags confirm", "flags join",
        "flags dismiss", "flags forward-up", "cases list", "cases show", "cases counts", "cases register",
        "cases export", "cases accept", "cases decline", "cases assign", "cases return", "cases begin",
        "cases escalate", "cases extend", "cases suspend", "cases resume", "cases reply", "cases follow-up",
        "cases close", "cases redo", "cases supervise", "cases merge", "cases unmerge", "cases relate",
        "cases split", "cases assist", "cases to-misconduct", "cases summarise", "cases note", "cases retaliation",
        "cases recuse", "cases review", "cases second-review", "cases conclude-review", "cases transfer",
        "cases keep", "cases forward-up", "cases propose", "cases dispose", "cases hand-over", "cases result",
        "cases real-name", "cases notice", "cases feed-back", "cases clarify", "cases narrow", "units list",
        "units add", "units add-official", "staff list", "staff add", "staff end", "ties list", "ties add",
        "ties end", "calendar list", "calendar import", "audit verify", "audit anchor", "audit report",
        "cases print", "cases exports", "cases statistics", "cases report-statistics", "cases report",
        "cases incident", "cases orphans", "cases snooze", "cases hold", "cases lift-hold", "cases holds",
        "cases request", "cases answer-request", "cases requests", "cases claim-code", "cases progress",
        "staff hand-over", "staff password", "staff token-issue", "staff tokens", "staff token-end", "clock run",
        "duties list", "duties record", "flags release", "flags undo", "flags similar", "flags counts",
        "flags precision", "flags coverage", "flags extend", "cases import", "cases outcomes", "staff duty-set",
        "staff duty-list", "staff duty-end",
        "retention run", "serve", "backup", "restore", "doctor",
    ]

    private static let manual = Result {
        try String(contentsOf: Program.package.appendingPathComponent("docs/reference/cli.md"), encoding: .utf8)
    }

    @Test(arguments: commands)
    func `help is in both languages, and the manual has every option of it`(command: String) throws {
        let zh = try Program.run("\(command) --help")
        #expect(zh.code == 0)
        #expect(zh.error.isEmpty)
        #expect(zh.text.contains("数据目录") || zh.text.contains("界面语言"))
        let en = try Program.run("\(command) --help --lang en")
        #expect(en.code == 0)
        #expect(!en.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(en.text)")
        #expect(en.text.contains("minsheng \(command)"))
        let byEnvironment = try Program.run("\(command) --help", environment: ["MINSHENG_LANG": "en"])
        #expect(byEnvironment.text == en.text)
        let sections = try Self.manual.get().components(separatedBy: "\n## ")
        let section = try #require(
            sections.first { $0.hasPrefix("`minsheng \(command)`\n") }, "no section for \(command)")
        let common = try #require(sections.first { $0.hasPrefix("Options of many commands\n") })
        for option in Self.options(in: zh.text) {
            let isThere = section.contains("`" + option) || common.contains("`" + option)
            #expect(isThere, "\(command) \(option)")
        }
        for line in zh.text.split(separator: "\n") where line.hasPrefix("  <") {
            let argument = try #require(line.split(separator: " ").first)
            let isThere = section.contains(argument)
            #expect(isThere, "\(command) \(argument)")
        }
    }

    private static func options(in help: String) -> Set<String> {
        Set(help.split(whereSeparator: { " \n[]|,".contains($0) }).filter { $0.hasPrefix("--") }.map(String.init))
    }

    @Test func `the manual has every subcommand, and no other`() throws {
        func subcommands(_ words: String) throws -> [String] {
            let help = try Program.run("\(words) --help", environment: ["MINSHENG_LANG": "en"]).text
            guard let list = help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first else { return [] }
            // Two blanks, a name; what a line goes on with is indented further.
            return list.split(separator: "\n").filter {
                $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See '")
            }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        }
        var found: [String] = []
        for command in try subcommands("") {
            let below = try subcommands(command)
            found += below.isEmpty ? [command] : below.map { command + " " + $0 }
        }
        #expect(Set(found) == Set(Self.commands))
        let headings = try Self.manual.get().split(separator: "\n").filter { $0.hasPrefix("## `minsheng ") }
        #expect(Set(headings.map(String.init)) == Set(found.map { "## `minsheng \($0)`" }))
    }

    @Test func `the examples of the manual work, in the order of the manual`() throws {
        let county = try County.shared.get()
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(
            "minsheng-manual-" + UUID().uuidString
        ).path
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        for name in ["villages.csv", "groups.csv", "exports"] {
            try FileManager.default.copyItem(atPath: county.folder + "/" + name, toPath: place + "/" + name)
        }
        try #"{"id":1,"text":"水管坏了"}"#.write(toFile: place + "/texts.jsonl", atomically: true, encoding: .utf8)
        let joined = try Self.manual.get().replacing(" \\\n        ", with: " ")
        let left = ["sudo", "--demo", "secretary", "week.zip", "minsheng serve"]
        let examples = joined.split(separator: "\n").filter { $0.hasPrefix("    ") && $0.contains("minsheng ") }
            // They install for the whole machine, take a county's time, go on until stopped, or compare files that a clerk
            // must bring.
            .filter { line in !left.contains { line.contains($0) } }.map { $0.dropFirst(4) }
        #expect(examples.count > 15)
        let script = examples.map { "\($0) || { echo \"failed: $?\" >&2; exit 9; }" }.joined(separator: "\n")
        let run = try Program.shell(
            "cd \"$1\"; minsheng() { \"$MINSHENG\" \"$@\"; }; set -o pipefail\n" + script, [place])
        #expect(run.code == 0, "\(run.error)")
    }

    @Test func `a reason lists those of its act`() throws {
        let run = try Program.run("cases return 1 --reason nonsense --text 不归本村", environment: ["MINSHENG_LANG": "en"])
        #expect(run.code == 64 && run.error.contains("not-our-remit") && !run.error.contains("out-of-scope"))
        let help = try Program.run("cases note --help").text
        #expect(help.contains("new-evidence") && !help.contains("not-our-remit"))
    }

    @Test func `what is not understood is a usage error, with nothing on standard output`() throws {
        for words in [
            "nonsense", "flags list --state nonsense", "flags show x", "flags show", "import", "read",
            "import --jobs 0 x",
            "classify --jobs 0", "classify --nonsense", "flags list --track A", "flags list --lang fr",
            "groups add --id a --name b --platform wechat --village 990001001201 --notice-posted-on 2026-02-30",
            "groups add --id a --name b --platform icq --village 990001001201 --notice-posted-on 2026-02-03",
        ] {
            let run = try Program.run(words)
            #expect(run.code == 64, "\(words)")
            #expect(run.out.isEmpty, "\(words)")
            #expect(run.error.contains("用法："), "\(words)")
            #expect(!run.error.contains(/Error|Usage|invalid|Missing|Unexpected|unexpected|Unknown/), "\(run.error)")
        }
        let english = try Program.run("import --jobs --lang en")
        #expect(english.code == 64 && english.error.contains("Usage:"), "\(english.error)")
    }

    @Test(arguments: [
        ("flags list --lmit 3", "没有选项 --lmit。是不是 --limit？"), ("import --jobs x a", "--jobs <jobs> 不能是“x”。"),
        ("import a --exporter", "--exporter <exporter> 后面缺值。"), ("flags show", "缺少 <id>。"),
        ("classify a b", "多了 2 个参数：'a'、'b'。"), ("flags list --lang fr", "可写：'zh'、'en'。"),
        ("init --demo=3", "--demo 后面不带值，却写了“3”。"),
    ])
    func `wrong usage is told in Chinese`(words: String, told: String) throws {
        let run = try Program.run(words)
        #expect(run.code == 64)
        #expect(run.error.contains(told), "\(run.error)")
    }

    @Test func `help has Chinese headings`() throws {
        for words in ["--help", "import --help", "flags --help", "help cases list"] {
            let help = try Program.run(words)
            #expect(help.code == 0)
            #expect(help.text.contains("用法：") && help.text.contains("选项："), "\(words)")
            #expect(!help.text.contains(/[A-Z]{4,}:|Show |\(default|\(values|detailed/), "\(help.text)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions`(shell: String) throws {
        let run = try Program.run("--generate-completion-script \(shell)")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        for word in ["classify", "gazetteer", "notice-posted-on", "lexicons"] { #expect(run.text.contains(word)) }
        guard shell == "bash" else { return }
        let file = try County.shared.get().write("completion.bash", run.text)
        let checked = try Program.shell(#"bash -n "$1""#, [file])
        #expect(checked.code == 0, "\(checked.error)")
    }

    @Test func `the version`() throws {
        let run = try Program.run("--version")
        #expect(run.code == 0)
        #expect(run.lines.count == 1)
    }

    @Test func `what a person reads is Chinese, or English where asked for`() throws {
        let county = try County.shared.get()
        let zh = try Program.run("flags list --data \(county.data)")
        #expect(zh.text.contains("检举控告"))
        #expect(zh.text.contains("未核实"))
        #expect(zh.text.contains("⟦水管坏了⟧") || zh.text.contains("⟦水管⟧"))
        #expect(zh.error.contains("共 4 条"))
        let en = try Program.run("flags list --lang en --data \(county.data)")
        #expect(en.text.contains("unverified"))
        #expect(en.error.contains("4 flags"))
        // Data do not depend on the language.
        let data = try Program.run("flags list --json --data \(county.data)")
        #expect(try Program.run("flags list --json --lang en --data \(county.data)").out == data.out)
    }

    @Test func `the filters of the queue`() throws {
        let data = try County.shared.get().data
        func count(_ options: String) throws -> Int {
            let run = try Program.run("flags list --json --data \(data) \(options)")
            #expect(run.code == 0)
            return run.lines.count
        }
        #expect(try count("") == 4)
        #expect(try count("--track misconduct") == 1)
        #expect(try count("--track misconduct --track grievance") == 4)
        #expect(try count("--topic water") == 3)
        #expect(try count("--severity high") == 1)
        #expect(try count("--village 990001001202") == 1)
        #expect(try count("--village 990001001000") == 4)
        #expect(try count("--unattributed") == 0)
        #expect(try count("--limit 2") == 2)
        #expect(try count("--state dismissed") == 0)
        let missing = try Program.run("flags show 99 --data \(data)")
        #expect(missing.code == 2)
        #expect(missing.error.contains("flags list"))
    }
}
