import CaseStore
import Casework
import Messages
import Testing

/// What numbers and counts tell of cases that a person may not see.
struct HiddenTraceTests {
    private let county: DeskCounty
    private let days = CivilDay(instant: DeskCounty.monday)...CivilDay(instant: DeskCounty.monday)

    init() throws { county = try DeskCounty() }

    private func tie(_ name: String) throws {
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people[name]), kind: .kin, unit: try county.unit("village").id))
    }

    /// A report with a hold, a request, a sheet and a flag.
    private func busyReport() throws -> String {
        let flag = try county.store.importing(
            try Scratch.draft("补助被他拿走了", members: [1], day: 20510, topic: .embezzlement))
        let number = try #require(
            try county.desk("intake").confirm(flag, FlagConfirmation(summary: "反映补助发放问题")).number)
        _ = try county.desk("supervisor").placeHold(on: number, basis: "函")
        _ = try county.desk("intake").takeRequest(.access, on: number)
        _ = try county.desk("intake").sheet(of: number, recipient: "市纪委", purpose: "核实")
        return number
    }

    @Test func `an incident's acts and exports leave out what the person may not read`() throws {
        let other = try county.desk("admin").addStaff(
            unit: try county.unit("commission").id, role: .supervisor, name: "second")
        let desk = try CaseDesk(county.store, as: other, now: DeskCounty.monday)
        let number = try county.assigned()
        let before = try desk.incident(days)
        _ = try busyReport()
        let after = try desk.incident(days)
        let seen = Set(["case", "incident", "import"])
        #expect(after.acts.filter { !seen.contains($0.key) } == before.acts.filter { !seen.contains($0.key) })
        #expect(after.cases == [number] && after.exports == [])
        // Whoever may read it is told of all of it.
        let whole = try county.desk("supervisor").incident(days)
        #expect(whole.cases.count == 2 && whole.exports.map(\.form) == ["sheet"])
        for act in ["flag-confirm", "hold-place", "request-take", "print", "export"] {
            #expect((whole.acts[act] ?? 0) > (after.acts[act] ?? 0), "\(act)")
        }
    }

    @Test func `a tied auditor is shown no row of a hidden report's sheet`() throws {
        _ = try busyReport()
        let auditor = try county.desk("auditor")
        #expect(try auditor.auditReport().rows.contains { $0.action == "export" } && auditor.exports(days).count == 1)
        try tie("auditor")
        #expect(try !auditor.auditReport().rows.contains { $0.action == "export" } && auditor.exports(days).isEmpty)
        // A sheet of something else stays in sight.
        _ = try county.desk("intake").sheet(of: county.assigned(), recipient: "走访组", purpose: "核实")
        #expect(try auditor.auditReport().rows.filter { $0.action == "export" }.count == 1)
        #expect(try auditor.exports(days).map(\.recipient) == ["走访组"])
    }

    @Test func `holds, requests and ties are numbered so that no gap tells of a hidden report`() throws {
        let report = try busyReport()
        var recuse = CaseAct(.recuse)
        recuse.staff = county.people["inspector"]
        _ = try county.desk("supervisor").perform(recuse, on: report)
        let number = try county.assigned()
        #expect(try county.desk("supervisor").placeHold(on: number, basis: "函一") == 1)
        #expect(try county.desk("supervisor").placeHold(on: number, basis: "函二") == 2)
        #expect(try county.desk("intake2").takeRequest(.access, on: number) == 1)
        #expect(try county.desk("intake2").holds().map(\.id) == [1, 2])
        #expect(try county.desk("intake2").requests().map { [$0.number, "\($0.id)"] } == [[number, "1"]])
        try tie("watch")
        #expect(try county.desk("watch").ties().map(\.id) == [1])
        // The second is the second whatever becomes of the first.
        for name in ["intake", "supervisor"] { _ = try county.desk(name).liftHold(1, on: number) }
        #expect(try county.desk("intake").holds().map { [$0.number, "\($0.id)"] } == [[report, "1"], [number, "2"]])
        for place in [0, 1, 3] {
            #expect(refusal { _ = try county.desk("intake").liftHold(place, on: number) } == .badField("hold"))
        }
        #expect(refusal { _ = try county.desk("intake2").liftHold(1, on: report) } == .refused(.notVisible, .note))
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `a complaint's code goes on when it becomes a report, by its old number, and says a step alone`() throws
    {
        let number = try county.assigned()
        let code = try county.desk("intake").issueClaimCode(for: number)
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: number)
        let anyone = try CaseDesk(county.store, now: DeskCounty.monday)
        #expect(try anyone.progress(of: number, code: code).reply != nil)
        let report = try #require(
            try county.desk("intake").perform(CaseAct(.toMisconduct), on: number).number)
        for one in [number, report] {
            let progress = try anyone.progress(of: one, code: code)
            #expect(progress.step == .received && progress.dueOn == nil && progress.reply == nil)
        }
        for one in ["350999-2026-A-1", "350999-2026-A-00001", "350999-2026-A-0002", "x", "", "---"] {
            #expect(refusal { _ = try anyone.progress(of: one, code: code) } == .wrongCode)
        }
        #expect(refusal { _ = try anyone.progress(of: number, code: "1234567890123456") } == .wrongCode)
    }

    @Test func `original words of reports that get no receipt end with the time of a file`() throws {
        func report() throws -> String {
            try #require(try county.desk("intake").register(DeskCounty.report(original: "他把补助都拿走了")).number)
        }
        let (kept, sent, open, held) = (try report(), try report(), try report(), try report())
        var act = CaseAct(.propose)
        (act.reason, act.text) = (.noSubstance, "没有实质内容")
        _ = try county.desk("intake").perform(act, on: kept)
        act = CaseAct(.keep)
        act.reason = .noSubstance
        _ = try county.desk("supervisor").perform(act, on: kept)
        for number in [sent, held] {
            act = CaseAct(.transfer)
            act.text = "转送公安机关"
            _ = try county.desk("intake").perform(act, on: number)
        }
        _ = try county.desk("supervisor").placeHold(on: held, basis: "函")
        #expect(try county.desk("admin", day: 729).retain().originals == 0)
        #expect(try county.desk("admin", day: 730).retain().originals == 2)
        func words(_ number: String) throws -> Int { try county.desk("intake", day: 730).view(number).original.count }
        #expect(try words(kept) == 0 && words(sent) == 0 && words(open) == 1 && words(held) == 1)
        #expect(try county.desk("intake", day: 730).view(kept).words != nil, "the file of a report stays")
    }

    @Test func `a body stands in a place of its level, under one that can be above it`() throws {
        let desk = try county.desk("admin")
        let village = try county.unit("village").id
        func add(_ kind: UnitKind, _ area: String, under parent: Int? = nil) -> DeskError.Reason? {
            refusal { _ = try desk.addUnit(kind: kind, area: area, name: "x", parent: parent) }
        }
        let (bureau, township) = (try county.unit("bureau").id, try county.unit("township").id)
        let (other, commission) = (DeskCounty.otherVillage, try county.unit("commission").id)
        #expect(add(.village, other, under: village) == .badField("parent"))
        #expect(add(.townshipGovernment, "350999002000", under: township) == .badField("parent"))
        #expect(add(.townshipGovernment, "350998002000", under: bureau) == .badField("parent"), "another county's")
        #expect(add(.village, other, under: 99) == .noSuchUnit(99))
        #expect(add(.village, "350999001203", under: township) == .badField("area"), "not in the gazetteer")
        #expect(add(.townshipGovernment, DeskCounty.county) == .badField("area"))
        #expect(add(.village, DeskCounty.township) == .badField("area"))
        #expect(add(.countyDepartment, DeskCounty.county, under: bureau) == nil, "a government and its department")
        #expect(add(.village, other, under: township) == nil)
        #expect(add(.townshipDiscipline, "350999002000", under: commission) == nil)
    }

    @Test func `doctor asks for the next year's calendar from December on`() throws {
        func failed(_ day: String) throws -> [String] {
            let noon = Int64(try #require(CivilDay(day)).number) * 86_400 + 14_400
            return try county.store.checks(now: noon).filter { !$0.passed }.map(\.name)
        }
        #expect(try failed("2027-12-31") == [] && failed("2028-11-30") == [])
        #expect(try failed("2028-12-01") == ["calendar"] && failed("2029-01-02") == ["calendar"])
        let december = Int64(try #require(CivilDay("2028-12-24")).number) * 86_400
        let check = try county.store.checks(now: december).first { $0.name == "calendar" }
        #expect(check?.remedy(in: .en)?.contains("2029") == true)
    }
}
