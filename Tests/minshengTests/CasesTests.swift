import Foundation
import Testing

/// The life of cases through the program, as a person types it.
struct CasesTests {
    /// A copy of the county's data with bodies and people.
    final class Office {
        let data: String
        private(set) var ids: [String: String] = [:]

        init() throws {
            data = FileManager.default.temporaryDirectory.appendingPathComponent("office-" + UUID().uuidString).path
            try FileManager.default.copyItem(atPath: County.shared.get().data, toPath: data)
            // The tests run in any year.
            let year = Calendar(identifier: .gregorian).component(.year, from: Date())
            let lines = (year - 1...year + 1).map { "\($0)-01-01,year,试验" }
            let file = data + "/calendar.csv"
            try ("day,kind,source\n" + lines.joined(separator: "\n")).write(
                toFile: file, atomically: true, encoding: .utf8)
            for (name, words) in [
                ("calendar", "calendar import \(file)"),
                ("commission", "units add --kind county_commission --area 990001000000 --name 县纪委"),
                ("township", "units add --kind township_gov --area 990001001000 --name 甲溪镇"),
                ("discipline", "units add --kind township_discipline --area 990001001000 --name 甲溪镇纪委"),
                ("village", "units add --kind village --area 990001001201 --name 青石湾村 --parent 2"),
                ("secretary", "units add-official --unit 4 --post 村支书 --managed-rank 2"),
                ("head", "units add-official --unit 1 --post 副书记 --managed-rank 4"),
                ("intake", "staff add --unit 1 --role intake --name 甲"),
                ("second", "staff add --unit 1 --role intake --name 乙"),
                ("supervisor", "staff add --unit 1 --role supervisor --name 丙"),
                ("inspector", "staff add --unit 1 --role inspector --name 丁"),
                ("auditor", "staff add --unit 1 --role auditor --name 戊"),
                ("watch", "staff add --unit 3 --role township_discipline --name 己"),
                ("villager", "staff add --unit 4 --role handler --name 庚 --official 1"),
                ("town", "staff add --unit 2 --role handler --name 辛"),
            ] {
                let run = try Program.run(words + " --data \(data)")
                try #require(run.code == 0, "\(words): \(run.error)")
                ids[name] = run.lines.last
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: data) }

        func run(_ words: String, as name: String? = nil, input: String = "") throws -> Program.Outcome {
            let person = name.map { " --as \(ids[$0] ?? "0")" } ?? ""
            return try Program.run(words + person + " --data \(data)", input: input)
        }

        /// Runs what must be done, and gives the first line.
        @discardableResult
        func must(_ words: String, as name: String? = nil, input: String = "") throws -> String {
            let run = try run(words, as: name, input: input)
            try #require(run.code == 0, "\(words): \(run.code) \(run.error)")
            return run.lines.first ?? ""
        }

        func register(_ topic: String = "water", as name: String = "intake") throws -> String {
            let line = try must(
                "cases register --topic \(topic) --village 990001001201 --source visit --summary 反映情况待核实", as: name)
            return String(line.split(separator: " ")[0])
        }
    }

    @Test func `a new folder registers its first complaint without another command`() throws {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("new-" + UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: data) }
        for words in [
            "init", "units add --kind county_commission --area 990001000000 --name 县纪委",
            "staff add --unit 1 --role intake --name 甲",
            "cases register --topic water --village 990001001201 --source visit --summary 反映停水 --as 1",
        ] {
            let run = try Program.run("\(words) --data \(data)")
            // A year whose calendar hasn't come out is an error that says how to mend it.
            #expect(run.code == 0 || run.error.contains("calendar import"), "\(words): \(run.error)")
        }
        #expect(try Program.run("calendar list --data \(data)").lines.count > 30)
    }

    @Test func `from a flag to a closed case`() throws {
        let office = try Office()
        let flags = try office.run("flags list --json --topic water", as: "intake")
        let flag = try #require(flags.lines.first?.firstMatch(of: /"id":([0-9]+)/)?.1)
        try office.must("flags claim \(flag)", as: "intake")
        #expect(try office.run("flags claim \(flag)", as: "second").code == 2)
        let number = String(
            try office.must("flags confirm \(flag) --summary 反映供水设施损坏", as: "intake").split(separator: " ")[0])
        #expect(number.hasSuffix("-A-0001"))
        try office.must("cases accept \(number)", as: "intake")
        try office.must("cases assign \(number) --unit 4", as: "intake")
        let refused = try office.run("cases close \(number)", as: "supervisor")
        #expect(refused.code == 2 && refused.complaints.count == 1 && refused.out.isEmpty)
        try office.must(
            "cases reply \(number) --done 更换了水管 --done-on 2026-01-05 --result 已恢复供水 --evidence 1", as: "villager")
        try office.must("cases follow-up \(number) --reason satisfied", as: "watch")
        try office.must("cases close \(number) --problem duty --measure criticism --persons 1", as: "supervisor")
        let shown = try office.run("cases show \(number) --json", as: "villager").text
        #expect(shown.contains(#""state":"closed""#) && shown.contains(#""measure":"criticism""#))
        #expect(!shown.contains("水管坏了"), "the handler never sees the original words")
        #expect(try office.must("audit verify", as: "auditor").hasPrefix("✓"))
    }

    @Test func `whoever a report is about finds it by no command`() throws {
        let office = try Office()
        let report = try office.register("embezzlement")
        let complaint = try office.register()
        try office.must("cases accept \(complaint)", as: "intake")
        try office.must("cases assign \(complaint) --unit 4", as: "intake")
        for name in ["villager", "town", "watch", "second", "inspector"] {
            for words in [
                "cases list --view all", "cases list --view all --json", "cases list --view all --search 反映",
                "cases counts",
                "cases statistics", "cases report --year 2026", "flags list", "cases holds", "cases requests",
                "audit report",
                "cases exports", "cases export --recipient a --purpose b --view all", "cases incident",
                "cases report-statistics", "cases show \(report)", "cases print \(report) --recipient a --purpose b",
                "cases snooze \(report) --until 2030-01-01", "cases note \(report) --reason visit --text x",
                "cases relate \(complaint) --to \(report)", "audit report --case \(report)",
                "cases claim-code \(report)", "cases request \(report) --kind access",
            ] {
                let run = try office.run(words, as: name)
                // The caller's own words come back in nothing but the complaint about them.
                #expect(!run.text.contains(report) && !run.text.contains("embezzlement"), "\(name): \(words)")
            }
            let counts = try office.run("cases counts --json", as: name).text
            #expect(counts.contains(#""all":1"#) || counts.contains(#""all":0"#), "\(name): \(counts)")
        }
        // The commission's own staff are told alike whether a case is there or not.
        let there = try office.run("cases show \(report)", as: "second")
        let absent = try office.run("cases show 990001-2026-B-9999", as: "second")
        #expect(there.code == 2 && there.error == absent.error)
        #expect(try office.run("cases show \(report)", as: "intake").code == 0)
        #expect(try office.run("audit report --action refused", as: "auditor").lines.count > 20)
    }

    @Test func `rows changed with the shell are found`() throws {
        let office = try Office()
        for _ in 0..<3 { _ = try office.register() }
        func verdict(_ sql: String) throws -> String {
            let copy = office.data + "-" + UUID().uuidString
            try FileManager.default.copyItem(atPath: office.data, toPath: copy)
            defer { try? FileManager.default.removeItem(atPath: copy) }
            let shell = try Program.shell(
                "command -v python3 >/dev/null || exit 0; python3 -c 'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); "
                    + "c.executescript(sys.argv[2])' \"$1\" \"$2\"",
                [copy + "/store.sqlite", "DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete; " + sql])
            #expect(shell.code == 0, "\(shell.error)")
            let run = try Program.run("audit verify --json --data \(copy)")
            #expect(run.code == 1)
            return String(run.text.firstMatch(of: /"verdict":"([a-z]+)"/)?.1 ?? "")
        }
        #expect(try verdict("UPDATE audit_log SET actor = 99 WHERE seq = 5;") == "altered")
        #expect(try verdict("DELETE FROM audit_log WHERE seq = 5;") == "altered")
        #expect(try verdict("DELETE FROM audit_log WHERE seq > (SELECT MAX(seq) - 2 FROM audit_log);") == "cut")
        let old = office.data + "-old"
        try FileManager.default.copyItem(atPath: office.data, toPath: old)
        defer { try? FileManager.default.removeItem(atPath: old) }
        _ = try office.register()
        try office.must("audit anchor --to \(old)/outside.txt", as: "auditor")
        #expect(try office.must("audit verify --anchors \(old)/outside.txt").hasPrefix("✓"))
        let restored = try Program.run("audit verify --json --anchors \(old)/outside.txt --data \(old)")
        #expect(restored.code == 1 && restored.text.contains(#""verdict":"restored""#))
        for _ in 0..<6 {
            _ = try Program.run("cases list --as \(office.ids["intake"] ?? "") --data \(old)")
        }
        let forked = try Program.run("audit verify --json --anchors \(old)/outside.txt --data \(old)")
        #expect(forked.code == 1 && forked.text.contains(#""verdict":"forked""#))
    }

    @Test func `cases that were changed with the shell are found, and acted on no more`() throws {
        let office = try Office()
        let number = try office.register("embezzlement")
        let shell = try Program.shell(
            "command -v python3 >/dev/null || exit 0; python3 -c 'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); "
                + "c.executescript(sys.argv[2])' \"$1\" \"$2\"",
            [office.data + "/store.sqlite", "UPDATE matter SET severity = 0; DELETE FROM accused WHERE unit_id = 4;"])
        #expect(shell.code == 0, "\(shell.error)")
        let run = try office.run("audit verify --json")
        #expect(run.code == 1 && run.text.contains(#""verdict":"changed""#))
        let shown = try office.run("cases accept \(number)", as: "intake")
        #expect(shown.code == 2 && shown.complaints.count == 1 && shown.error.contains("audit verify"))
    }

    @Test func `two programs at once wait for each other, and leave no gap in the numbers`() throws {
        let office = try Office()
        let run = try Program.shell(
            """
            work() {
              for i in 1 2 3 4 5; do
                "$MINSHENG" cases register --topic roads --village 990001001201 --source visit --summary 反映道路破损 \\
                  --as "$1" --data "$2" >/dev/null || exit 1
              done
            }
            work "$1" "$3" & first=$!; work "$2" "$3" & second=$!
            wait $first && wait $second
            """, [office.ids["intake"] ?? "", office.ids["second"] ?? "", office.data])
        #expect(run.code == 0, "\(run.error)")
        let numbers = try office.run("cases list --view all --json", as: "intake").lines.compactMap {
            $0.firstMatch(of: /-A-([0-9]+)"/).flatMap { Int($0.1) }
        }
        #expect(numbers.sorted() == Array(1...10))
        #expect(try office.must("audit verify").hasPrefix("✓"))
    }

    @Test func `rows of another platform are registered each for itself, and once`() throws {
        let office = try Office()
        let file = office.data + "/rows.csv"
        try Data(
            """
            reference,topic,village,summary,received,severity
            P-1,water,990001001201,"反映供水中断,多日",2026-01-05,high
            P-2,petition,990001001201,反映道路破损,,
            P-3,roads,990001001201,,,
            P-4,lighting,990001001201,反映路灯不亮,,
            P-4,lighting,990001001201,反映路灯不亮,,

            """.utf8
        ).write(to: URL(fileURLWithPath: file))
        let run = try office.run("cases import \(file)", as: "intake")
        #expect(run.code == 1 && run.lines.count == 2, "\(run.error)")
        #expect(run.error.contains(":3: topic") && run.error.contains(":4: summary"))
        let again = try office.run("cases import \(file) --json", as: "intake")
        #expect(again.code == 1 && again.lines.isEmpty)
        #expect(try office.run("cases import \(file)", as: "villager").complaints.count == 1)
        let other = office.data + "/other.csv"
        try Data("reference,topic,village,summary,sender\n".utf8).write(to: URL(fileURLWithPath: other))
        let stranger = try office.run("cases import \(other)", as: "intake")
        #expect(stranger.code == 2 && stranger.error.contains("sender"))
    }

    @Test func `passwords are read from standard input and never shown, tokens are shown once`() throws {
        let office = try Office()
        let id = try #require(office.ids["intake"])
        let given = try office.run("staff password \(id)", input: "山高水长 2026 一\n")
        #expect(given.code == 0 && !given.error.contains("山高水长") && given.out.isEmpty)
        #expect(try office.run("staff password \(id)", input: "abc\n").code == 2)
        #expect(try office.run("staff password", as: "intake", input: "wrong\n另一个密码 88 号\n").code == 2)
        #expect(try office.run("staff password", as: "intake", input: "山高水长 2026 一\n另一个密码 88 号\n").code == 0)
        let token = try office.must("staff token-issue --label 统计", as: "intake")
        #expect(token.hasPrefix("ms_"))
        #expect(try !office.run("staff tokens", as: "intake").text.contains(token))
        try office.must("staff token-end 1", as: "intake")
    }

    @Test func `several at once, each for itself`() throws {
        let office = try Office()
        let numbers = [try office.register(), try office.register("roads"), try office.register("noise")]
        try office.must("cases accept \(numbers[0])", as: "intake")
        let run = try office.run("cases accept \(numbers.joined(separator: " "))", as: "intake")
        #expect(run.code == 2 && run.lines.count == 2 && run.complaints.count == 1)
        #expect(run.error.contains(numbers[0]))
    }

    @Test func `an export is a workbook where its name says so, and is on record`() throws {
        let office = try Office()
        _ = try office.register()
        let file = office.data + "/out.xlsx"
        try office.must("cases export --recipient 县水利局 --purpose 检修 --out \(file)", as: "intake")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(Array(bytes.prefix(4)) == [0x50, 0x4B, 3, 4])
        let records = try office.run("cases exports --json", as: "auditor")
        #expect(records.lines.count == 1 && records.text.contains(#""form":"xlsx""#) && records.text.contains("县水利局"))
    }
}
