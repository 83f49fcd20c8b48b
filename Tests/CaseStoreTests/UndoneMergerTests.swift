import CaseStore
import Casework
import Messages
import Testing

/// What becomes of two cases when their merger is undone, and what holds a merged one.
struct UndoneMergerTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    private func one(_ original: String? = nil) throws -> String {
        try #require(try county.desk("intake").register(DeskCounty.water(original: original)).number)
    }

    private func merge(_ number: String, into other: String, day: Int = 0) throws {
        var details = ActDetails()
        details.other = other
        _ = try county.desk("intake", day: day).perform(CaseAct(.merge), on: number, details: details)
    }

    private func unmerge(_ number: String, day: Int = 0, as name: String = "intake") throws {
        _ = try county.desk(name, day: day).perform(CaseAct(.unmerge), on: number)
    }

    @Test func `a case that comes out of another one is due again, and counts when nobody sees to it`() throws {
        let (main, merged) = (try one(), try one())
        try merge(merged, into: main)
        try unmerge(merged, day: 1)
        let view = try county.desk("intake", day: 1).view(merged)
        #expect(view.summary.state == .registered && view.summary.dueOn == CivilDay("2026-03-10"))
        #expect(view.clocks.first { $0.kind == .route5wd }?.status == .running)
        #expect(try county.desk("admin", day: 60).runClock().stuck == 2)
    }

    @Test func `both histories say that a merger was undone`() throws {
        let main = try county.assigned()
        let merged = try one()
        try merge(merged, into: main)
        let before = try county.desk("intake").view(main).summary.version
        try unmerge(merged)
        let seen = try county.desk("villager").view(main)
        #expect(seen.summary.version == before + 1 && seen.summary.state == .assigned && seen.links.isEmpty)
        let view = try county.desk("intake").view(main)
        #expect(view.events.last?.action == .unmerge && view.events.last?.to == .assigned)
        #expect(CaseFile.replayed(view.events, from: .grievance) == .assigned)
        #expect(try county.desk("intake").view(merged).events.map(\.action) == [.register, .merge, .unmerge])
        // Where the other one becomes a report, the event would tell of it.
        _ = try county.desk("intake").perform(CaseAct(.toMisconduct), on: merged)
        #expect(try county.desk("villager").view(main).events.allSatisfy { $0.action != .unmerge })
        #expect(try county.desk("watch").view(main).events.allSatisfy { $0.action != .unmerge })
        #expect(try county.desk("intake").view(main).events.last?.action == .unmerge)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `an undone merger doesn't end a closed case anew`() throws {
        let main = try county.assigned()
        let merged = try one()
        try merge(merged, into: main)
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: main)
        _ = try county.desk("supervisor").perform(CaseAct(.close), on: main)
        let days = try county.desk("intake").view(main).clocks.first { $0.kind == .fiveDays }
        try unmerge(merged, day: 20)
        let view = try county.desk("intake", day: 20).view(main)
        #expect(view.summary.state == .closed)
        #expect(view.clocks.first { $0.kind == .fiveDays }?.metOn == days?.metOn && days?.metOn != nil)
        // Day 40 is within thirty of the undoing and not of the closing.
        #expect(try county.desk("intake", day: 40).register(DeskCounty.water()).reopened == nil)
    }

    @Test func `nobody undoes a merger into what he may not see, or learns why`() throws {
        let (main, middle, merged) = (try county.assigned(), try one(), try one())
        try merge(merged, into: middle)
        try merge(middle, into: main)
        _ = try county.desk("intake").perform(CaseAct(.toMisconduct), on: main)
        let links = try county.desk("intake").view(middle).links
        let report = try #require(links.first { $0.kind == "merged_into" && $0.number != merged })
        let before = try county.desk("intake").view(report.number)
        for number in [merged, middle] {
            #expect(refusal { try unmerge(number, as: "intake2") } == .refused(.notVisible, .note))
            #expect(try county.desk("intake2").view(number).offers.allSatisfy { $0.action != .unmerge })
        }
        #expect(
            refusal { try unmerge("350999-2026-A-9999", as: "intake2") } == .refused(.notVisible, .note),
            "as a number that nobody has")
        #expect(try county.desk("intake").view(report.number) == before)
        // Whoever may read both may.
        #expect(try county.desk("intake").view(middle).offers.contains { $0.action == .unmerge })
        try unmerge(middle)
        let after = try county.desk("intake").view(report.number)
        #expect(after.summary.version == before.summary.version + 1 && after.events.last?.action == .unmerge)
        #expect(CaseFile.replayed(after.events, from: .grievance) == .registered)
        #expect(try county.desk("intake2").view(middle).summary.state == .registered)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `a hold on a case holds what was merged into it, over a chain too`() throws {
        let (main, middle, merged) = (try one("我们这边的水也停了一个星期"), try one("水管坏了三天没人修"), try one("停水了要去河里挑水"))
        try merge(merged, into: middle)
        try merge(middle, into: main)
        let hold = try county.desk("supervisor").placeHold(on: main, basis: "法院函〔2026〕3号")
        var decline = CaseAct(.decline)
        (decline.reason, decline.text) = (.courts, "请向法院提出")
        _ = try county.desk("intake").perform(decline, on: main)
        let held = try county.desk("admin", day: 900).retain()
        #expect(held.originals == 0 && held.files == 0)
        for number in [main, middle, merged] {
            let view = try county.desk("intake", day: 900).view(number)
            #expect(view.isHeld && view.original.count == 1)
        }
        let request = try county.desk("intake").takeRequest(.erasure, on: merged)
        #expect(
            refusal { _ = try county.desk("intake").answerRequest(request, on: merged, .granted, basis: "x") }
                == .mustBeKept)
        for name in ["supervisor", "intake"] { _ = try county.desk(name).liftHold(hold, on: main) }
        let report = try county.desk("admin", day: 900).retain()
        #expect(report.originals == 3 && report.files == 3)
    }

    @Test func `whoever may not see the report that a case went into doesn't erase it or see its hold`() throws {
        let (main, merged) = (try county.assigned(), try one("停水了要去河里挑水"))
        try merge(merged, into: main)
        _ = try county.desk("intake").perform(CaseAct(.toMisconduct), on: main)
        let request = try county.desk("intake2").takeRequest(.erasure, on: merged)
        func tried() -> DeskError.Reason? {
            refusal { _ = try county.desk("intake2").answerRequest(request, on: merged, .granted, basis: "x") }
        }
        #expect(tried() == .refused(.notVisible, .note))
        let number = try #require(try county.desk("intake").view(merged).links.first?.number)
        _ = try county.desk("supervisor").placeHold(on: number, basis: "函")
        #expect(tried() == .refused(.notVisible, .note))
        #expect(try !county.desk("intake2").view(merged).isHeld && county.desk("intake").view(merged).isHeld)
        let held = try county.desk("admin", day: 900).retain()
        #expect(held.originals == 0 && held.files == 0)
    }
}
