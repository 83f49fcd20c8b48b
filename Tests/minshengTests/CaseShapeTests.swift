import Foundation
import Testing

/// `--json` of the case commands and docs/reference/json.md say the same.
struct CaseShapeTests {
    private let shapes = JSONShapeTests()

    @Test func `every list and figure of the case commands has its documented shape`() throws {
        let office = try CasesTests.Office()
        let number = try office.register()
        let other = try office.register("roads")
        let report = try office.register("embezzlement")
        func check(_ words: String, as name: String? = nil, _ section: String? = nil, code: Int32 = 0) throws {
            let run = try office.run(words + " --json", as: name)
            #expect(run.code == code, "\(words): \(run.error)")
            let list = words.split(separator: " ").prefix { !$0.hasPrefix("-") }.joined(separator: " ")
            try shapes.check(run.lines, against: section ?? "`minsheng \(list) --json`")
        }
        for act in [
            "cases accept \(number)", "cases assign \(number) --unit 4", "cases relate \(number) --to \(other)",
            "cases note \(number) --reason visit --text 已到现场",
        ] { try office.must(act, as: "intake") }
        try office.must("cases hold \(number) --basis 档函1号", as: "supervisor")
        try office.must("cases lift-hold \(number)", as: "intake")
        try office.must("cases request \(number) --kind access", as: "intake")
        try office.must("cases answer-request \(number) --answer granted --basis 本人申请", as: "intake")
        try office.must("cases answer-request \(number) 1 --answer granted --basis 本人申请", as: "supervisor")
        try office.must("cases print \(number) --recipient 走访组 --purpose 核实", as: "intake")
        try office.must(
            "cases reply \(number) --done 更换了水管 --done-on 2026-01-05 --result 已恢复 --evidence 1", as: "villager")
        try office.must("cases close \(number) --problem none", as: "supervisor")
        let code = try office.must("cases claim-code \(number)", as: "intake")
        let acts = "`minsheng cases` acts, `cases register` and `flags confirm`, with `--json`"
        try check("cases accept \(other)", as: "intake", acts)
        try check("cases list --view all", as: "intake")
        var shown = try office.run("cases show \(number) --json", as: "intake").lines
        shown += try office.run("cases show \(report) --json", as: "intake").lines
        try shapes.check(shown, against: "`minsheng cases show --json`")
        for words in ["cases counts", "cases holds", "cases requests", "cases statistics", "flags counts"] {
            try check(words, as: "intake")
        }
        try check("cases report --year \(number.split(separator: "-")[1])", as: "intake")
        for words in ["cases incident", "cases exports", "flags coverage"] { try check(words, as: "supervisor") }
        let progress = try office.run("cases progress \(number) --rate satisfied --json", input: code + "\n")
        try shapes.check(progress.lines, against: "`minsheng cases progress --json`")
        try check(
            "flags dismiss 1 --reason not-complaint", as: "intake",
            "`minsheng flags dismiss --json` and `minsheng flags forward-up --json`")
        try office.must("flags confirm 2 --summary 反映设施损坏 --topic water", as: "intake")
        // Few decisions are not told: one is seen by a person, and no share of it.
        #expect(try office.run("flags precision --days 3000 --json", as: "supervisor").lines.isEmpty)
        let place = "flags attribute 3"
        try check(place, as: "intake", "`minsheng flags attribute --json`: the choices")
        try check(
            "\(place) --village 990001001201 --by 受理人", as: "intake",
            "`minsheng flags attribute --json`: the correction")
        try check(
            "cases export --recipient 存档 --purpose 备查 --out \(office.data)/cases.csv", as: "intake",
            "`minsheng cases export --json`")
        #expect(try office.run("cases export --recipient 存档 --purpose 备查 --json", as: "intake").code == 64)
        #expect(try office.run("lexicon versions", as: "auditor").code == 0)
        #expect(try office.run("lexicon versions", as: "villager").code == 2)
        try office.must("ties add --kind native --unit 4", as: "inspector")
        try office.must("staff token-issue --label 程序", as: "intake")
        for words in ["units list", "staff list", "ties list", "calendar list", "retention run", "clock run"] {
            try check(words)
        }
        try check("staff tokens", as: "intake")
        try check("cases outcomes", as: "supervisor")
        let later = String(Date(timeIntervalSinceNow: 30 * 86_400).ISO8601Format().prefix(10))
        let done = "Commands that only do something, with `--json`"
        try check(
            "staff duty-set --unit 4 --staff \(office.ids["villager"] ?? "") --from 2030-01-01", as: "villager", done)
        try check("staff duty-list --from 2030-01-01", as: "villager")
        try check("cases snooze \(other) --until \(later)", as: "intake", done)
        try check("cases hold \(other) --basis 档函2号", as: "supervisor", "Commands that make one thing, with `--json`")
        let decided = "`minsheng cases lift-hold --json` and `minsheng cases answer-request --json`"
        try check("cases lift-hold \(other) 1", as: "supervisor", decided)
        try check("cases claim-code \(other)", as: "intake", "`minsheng cases claim-code --json`")
        try check("cases orphans", as: "supervisor")
        try check("audit anchor", as: "auditor")
        try office.must("duties record --kind training --reference 培训1号", as: "supervisor")
        try check("duties list", code: 1)
        try check("audit verify", as: "auditor")
        try check("audit report", as: "auditor")
        try check("staff end \(office.ids["inspector"] ?? "")", as: nil, "`minsheng staff end --json`")
    }
}
