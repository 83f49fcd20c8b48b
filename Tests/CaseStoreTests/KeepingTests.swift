import CaseStore
import Casework
import Foundation
import Messages
import Testing

struct KeepingTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    @Test func `what is put off leaves one's own queue until its day, and nobody else's`() throws {
        let number = try county.assigned()
        func found(_ view: CaseQuery.View, _ name: String, day: Int) throws -> [String] {
            var query = CaseQuery()
            query.view = view
            return try county.desk(name, day: day).cases(query).map(\.number)
        }
        try county.desk("villager").snooze(number, until: try #require(CivilDay("2026-03-05")))
        for view in [CaseQuery.View.open, .mine] { #expect(try found(view, "villager", day: 0) == []) }
        #expect(try found(.snoozed, "villager", day: 2) == [number] && found(.open, "supervisor", day: 2) == [number])
        // What is due is never hidden.
        #expect(try found(.red, "villager", day: 2) == [number])
        #expect(try found(.open, "villager", day: 3) == [number] && found(.snoozed, "villager", day: 3) == [])
        #expect(try county.desk("villager", day: 2).view(number).snoozedUntil == CivilDay("2026-03-05"))
        #expect(
            refusal { try county.desk("neighbour").snooze(number, until: CivilDay(20_600)) }
                == .refused(.notVisible, .note))
    }

    @Test func `a hold keeps words beyond their time, and two people end it`() throws {
        let number = try county.closed(original: "我家的水管坏了三天都没有人管")
        let hold = try county.desk("supervisor").placeHold(on: number, basis: "档案函〔2026〕3号")
        #expect(try county.desk("admin", day: 900).retain().originals == 0)
        #expect(try county.desk("supervisor", day: 900).view(number).isHeld)
        #expect(try county.desk("supervisor", day: 900).liftHold(hold, on: number) == false)
        #expect(refusal { _ = try county.desk("supervisor", day: 900).liftHold(hold, on: number) } == .sameReader)
        #expect(try county.desk("intake").holds().map(\.number) == [number])
        #expect(try county.desk("intake", day: 900).liftHold(hold, on: number))
        let report = try county.desk("admin", day: 901).retain()
        #expect(report.originals == 1 && report.files == 1)
        #expect(try county.desk("intake").holds().isEmpty)
    }

    @Test func `an erasure that is asked for takes two people and a reason, and destroys every word`() throws {
        let number = try county.assigned(original: "我家的水管坏了三天都没有人管")
        let request = try county.desk("intake").takeRequest(.erasure, on: number)
        #expect(try county.desk("intake").answerRequest(request, on: number, .granted, basis: "本人撤回") == false)
        #expect(
            refusal { _ = try county.desk("intake").answerRequest(request, on: number, .granted, basis: "本人撤回") }
                == .sameReader)
        #expect(try county.desk("intake").view(number).original.count == 1, "one person erases nothing")
        #expect(try county.desk("supervisor").answerRequest(request, on: number, .granted, basis: "同意"))
        let view = try county.desk("intake").view(number)
        #expect(view.original.isEmpty && view.words == nil)
        #expect(try county.desk("intake").requests().first?.decidedOn != nil)
        #expect(
            refusal { _ = try county.desk("supervisor").answerRequest(request, on: number, .refused, basis: "x") }
                == .badField("request"))
    }

    @Test func `a report's words are kept until its receipt, whoever asks`() throws {
        let number = try #require(
            try county.desk("intake").register(DeskCounty.report(original: "他把补助都拿走了没有发给大家")).number)
        let request = try county.desk("intake").takeRequest(.erasure, on: number)
        #expect(
            refusal { _ = try county.desk("intake").answerRequest(request, on: number, .granted, basis: "x") }
                == .mustBeKept)
        #expect(try county.desk("intake").answerRequest(request, on: number, .refused, basis: "规则第五十二条") == false)
        #expect(try county.desk("supervisor").answerRequest(request, on: number, .refused, basis: "规则第五十二条"))
        #expect(try county.desk("intake2").requests().isEmpty, "a list must not tell of it")
        #expect(
            refusal { _ = try county.desk("intake2").takeRequest(.access, on: number) } == .refused(.notVisible, .note))
    }

    @Test func `a code shows where a case stands and its answer, never what it says`() throws {
        let number = try county.assigned(original: "我家的水管坏了三天都没有人管")
        let code = try county.desk("intake").issueClaimCode(for: number)
        #expect(code.count == 16 && code.allSatisfy(\.isNumber))
        let anyone = try CaseDesk(county.store, now: DeskCounty.monday)
        var progress = try anyone.progress(of: number, code: code)
        #expect(progress.step == .handling && progress.dueOn != nil && progress.reply == nil)
        #expect(refusal { _ = try anyone.progress(of: number, code: code, rating: .satisfied) } == .badField("rating"))
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: number)
        progress = try anyone.progress(of: number, code: code, rating: .notSatisfied)
        #expect(progress.step == .answered && progress.reply == "更换了阀门\n已恢复供水" && progress.rating == .notSatisfied)
        #expect(county.scratch.files(holding: Array(code.utf8)) == [])
        #expect(refusal { _ = try anyone.progress(of: "350999-2026-A-9999", code: code) } == .wrongCode)
        for _ in 0..<5 {
            #expect(refusal { _ = try anyone.progress(of: number, code: "1234567890123456") } == .wrongCode)
        }
        #expect(refusal { _ = try anyone.progress(of: number, code: code) } == .wrongCode, "locked")
        let later = try CaseDesk(county.store, now: DeskCounty.monday + 3601)
        #expect(try later.progress(of: number, code: code).step == .answered)
        #expect(refusal { _ = try county.desk("villager").issueClaimCode(for: number) } == .role(.handler))
    }

    @Test func `a report's code says no more than received, handled, ended`() throws {
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let code = try county.desk("intake").issueClaimCode(for: number)
        let progress = try CaseDesk(county.store, now: DeskCounty.monday).progress(of: number, code: code)
        #expect(progress.step == .received && progress.dueOn == nil && progress.reply == nil)
    }

    @Test func `whoever leaves leaves no report to nobody`() throws {
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        #expect(refusal { _ = try county.desk("intake2").view(number) } != nil)
        try county.desk("admin").endStaff(try #require(county.people["intake"]))
        #expect(try county.desk("intake2").view(number).summary.number == number)
        #expect(try county.desk("supervisor").orphanCount() == 0)
    }

    @Test func `a hand-over asks the wall anew`() throws {
        let village = try county.unit("village").id
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let (intake, other) = (try #require(county.people["intake"]), try #require(county.people["intake2"]))
        _ = try county.desk("supervisor").declare(StaffTie(staff: other, kind: .kin, unit: village))
        let refused = try county.desk("supervisor").handOver(from: intake, to: other)
        #expect(refused.handed == 0 && refused.left == 1)
        #expect(try county.desk("intake").view(number).summary.number == number)
        #expect(refusal { _ = try county.desk("intake2").view(number) } != nil)
        let inspector = try #require(county.people["inspector"])
        #expect(try county.desk("supervisor").handOver(from: intake, to: inspector).handed == 1)
        #expect(refusal { _ = try county.desk("intake").view(number) } != nil)
        #expect(try county.desk("inspector").view(number).summary.number == number)
    }

    @Test func `papers are on record and run out`() throws {
        let desk = try county.desk("supervisor")
        #expect(try desk.duties().allSatisfy { !$0.passed })
        for kind in DutyRecord.Kind.allCases {
            try desk.record(DutyRecord(kind: kind, reference: "县发〔2026〕1号", madeOn: desk.today))
        }
        #expect(try desk.duties().allSatisfy(\.passed))
        #expect(try county.desk("supervisor", day: 400).duties().filter { !$0.passed }.map(\.kind) == [.training])
        let tomorrow = DutyRecord(kind: .training, reference: "x", madeOn: desk.today.advanced(by: 1))
        #expect(refusal { try desk.record(tomorrow) } == .badField("made-on"))
    }

    @Test func `a sheet holds the summary alone, and stands in the list of what left`() throws {
        let number = try county.assigned(original: "我家的水管坏了三天都没有人管")
        let sheet = try county.desk("watch").sheet(of: number, recipient: "走访组", purpose: "入户核实")
        #expect(sheet.words == "反映供水中断多日" && sheet.original.isEmpty && sheet.alias == nil && sheet.texts.isEmpty)
        let day = CivilDay(instant: DeskCounty.monday)
        let record = try #require(try county.desk("auditor").exports(day...day).first)
        #expect(record.form == "sheet" && record.recipient == "走访组" && record.rows == 1)
        #expect(refusal { _ = try county.desk("intake").exports(day...day) } == .role(.intake))
    }

    @Test func `an incident names what was opened and exported, as far as the wall lets one see`() throws {
        let number = try county.assigned()
        let report = try #require(try county.desk("intake2").register(DeskCounty.report()).number)
        _ = try county.desk("intake2").view(report)
        _ = try county.desk("intake2").view(number)
        let day = CivilDay(instant: DeskCounty.monday)
        let staff = try #require(county.people["intake2"])
        let found = try county.desk("supervisor").incident(day...day, by: staff)
        #expect(found.cases == [number, report] && found.acts["open"] == 2)
        _ = try county.desk("admin").declare(
            StaffTie(
                staff: try #require(county.people["supervisor"]), kind: .stake, unit: try county.unit("village").id))
        let walled = try county.desk("supervisor").incident(day...day, by: staff)
        #expect(walled.cases == [number] && walled.acts["open"] == 1)
    }

    @Test func `what came of a matter is kept in classes and counts`() throws {
        let number = try county.assigned()
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: number)
        var details = ActDetails()
        var resolution = CaseResolution(problem: .duty)
        (resolution.measure, resolution.persons, resolution.returned, resolution.hasGap) = (.criticism, 1, 3000, true)
        details.resolution = resolution
        _ = try county.desk("supervisor").perform(CaseAct(.close), on: number, details: details)
        #expect(try county.desk("intake").view(number).resolution == resolution)
    }

    @Test func `an old copy that is put back undoes no tie, no leaving and no end of a session`() throws {
        let file = county.scratch.root + "/backup.sqlite"
        let intake = try #require(county.people["intake"])
        let session = try #require(try county.store.openSession(for: intake, now: DeskCounty.monday))
        let (_, token) = try county.desk("intake").issueToken("程序")
        try county.desk("admin").backUp(to: file)
        _ = try county.desk("intake2").declare(
            StaffTie(staff: try #require(county.people["intake2"]), kind: .kin, unit: try county.unit("village").id))
        try county.desk("admin").endStaff(try #require(county.people["clerk"]))
        try county.store.close()
        let admin = try #require(county.people["admin"])
        _ = try CaseDesk.restore(file, into: county.scratch.folder, by: admin, now: DeskCounty.monday + 60)
        let store = try CaseStore(opening: county.scratch.folder)
        let desk = try CaseDesk(store, now: DeskCounty.monday + 60)
        #expect(try desk.ties().map(\.staff) == [county.people["intake2"]])
        #expect(try !desk.staff().contains { $0.name == "clerk" })
        #expect(try store.session(for: session.secret, now: DeskCounty.monday + 60) == nil)
        #expect(try store.tokenOwner(token, now: DeskCounty.monday + 60) == nil)
        #expect(try store.verifyAudit().isSound)
    }
}
