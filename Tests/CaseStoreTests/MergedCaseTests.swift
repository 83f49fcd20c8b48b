import CaseStore
import Casework
import Messages
import Testing

/// A merged case lives on in the one that it was merged into.
struct MergedCaseTests {
    private let county: DeskCounty
    private let today = CivilDay(instant: DeskCounty.monday)

    init() throws { county = try DeskCounty() }

    /// What is said of all cases, by the figures, by the lists behind them and by what came of them.
    private func ended(on day: Int) throws -> (received: Int, ended: Int, fiveDays: Int) {
        let desk = try county.desk("supervisor", day: day)
        var total = CaseFigures()
        let days = today...today.advanced(by: day)
        for row in try desk.statistics(from: days.lowerBound, through: days.upperBound) { total += row.figures }
        for (figure, count) in [
            (FigureQuery.Figure.received, total.received), (.ended, total.ended), (.fiveDays, total.endedInFiveDays),
            (.fiveWorkingDays, total.endedInFiveWorkingDays),
        ] {
            #expect(try desk.cases(behind: FigureQuery(figure, days), CaseQuery()).count == count, "\(figure)")
        }
        let outcomes = try desk.outcomes(from: days.lowerBound, through: days.upperBound)
        #expect(outcomes.received == total.received && outcomes.ended == total.ended)
        return (total.received, total.ended, total.endedInFiveDays)
    }

    private func merge(_ number: String, into other: String, day: Int) throws {
        var details = ActDetails()
        details.other = other
        _ = try county.desk("intake", day: day).perform(CaseAct(.merge), on: number, details: details)
    }

    @Test func `a repeated complaint betters no figure while the matter is open`() throws {
        let first = try county.closed()
        #expect(try ended(on: 0) == (1, 1, 1))
        #expect(try county.desk("intake", day: 3).register(DeskCounty.water("再次反映供水中断")).reopened == first)
        #expect(try ended(on: 3) == (2, 0, 0))
        let done = DeskCounty.reply(on: "2026-03-06")
        _ = try county.desk("villager", day: 4).perform(done, on: first)
        _ = try county.desk("supervisor", day: 4).perform(CaseAct(.close), on: first)
        #expect(try ended(on: 4) == (2, 2, 2))
    }

    @Test func `an end is that of the last case of a chain, and never that of a report`() throws {
        func one() throws -> String {
            try #require(try county.desk("intake").register(DeskCounty.water()).number)
        }
        let (first, second, third) = (try one(), try one(), try one())
        try merge(first, into: second, day: 1)
        try merge(second, into: third, day: 2)
        #expect(try ended(on: 2) == (3, 0, 0))
        var decline = CaseAct(.decline)
        (decline.reason, decline.text) = (.outOfScope, "已告知去处")
        _ = try county.desk("intake", day: 9).perform(decline, on: third)
        #expect(try ended(on: 9) == (3, 3, 0))
        let (fourth, fifth) = (try one(), try one())
        try merge(fourth, into: fifth, day: 1)
        _ = try county.desk("intake", day: 2).perform(CaseAct(.toMisconduct), on: fifth)
        #expect(try ended(on: 9) == (4, 3, 0))
    }

    @Test func `a merged case's code tells where the matter stands, and how it was answered`() throws {
        let main = try county.assigned()
        let merged = try #require(try county.desk("intake").register(DeskCounty.water()).number)
        let code = try county.desk("intake").issueClaimCode(for: merged)
        let later = try #require(try county.desk("intake").register(DeskCounty.water()).number)
        try merge(merged, into: later, day: 0)
        try merge(later, into: main, day: 0)
        let anyone = try CaseDesk(county.store, now: DeskCounty.monday)
        let due = try county.desk("intake").view(main).summary.dueOn
        var progress = try anyone.progress(of: merged, code: code)
        #expect(progress.step == .handling && progress.dueOn == due && due != nil && progress.reply == nil)
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: main)
        progress = try anyone.progress(of: merged, code: code, rating: .satisfied)
        #expect(progress.step == .answered && progress.reply == "更换了阀门\n已恢复供水" && progress.rating == .satisfied)
    }

    @Test func `a merged case's code says no more of a report than a report's own`() throws {
        let main = try county.assigned()
        let merged = try #require(try county.desk("intake").register(DeskCounty.water()).number)
        let code = try county.desk("intake").issueClaimCode(for: merged)
        try merge(merged, into: main, day: 0)
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: main)
        _ = try county.desk("intake").perform(CaseAct(.toMisconduct), on: main)
        let progress = try CaseDesk(county.store, now: DeskCounty.monday).progress(of: merged, code: code)
        #expect(progress.step != .ended && progress.dueOn == nil && progress.reply == nil)
    }

    @Test func `originals of a merged case stay as long as the case that it was merged into`() throws {
        let main = try county.assigned()
        let merged = try #require(
            try county.desk("intake").register(DeskCounty.water(original: "我们这边的水也停了一个星期了")).number)
        try merge(merged, into: main, day: 0)
        func originals(_ day: Int) throws -> Int {
            try county.desk("intake", day: day).view(merged).original.count
        }
        #expect(try county.desk("admin", day: 40).retain().originals == 0)
        #expect(try originals(40) == 1)
        _ = try county.desk("villager", day: 41).perform(DeskCounty.reply(on: "2026-04-12"), on: main)
        _ = try county.desk("supervisor", day: 41).perform(CaseAct(.close), on: main)
        #expect(try county.desk("admin", day: 70).retain().originals == 0)
        #expect(try county.desk("admin", day: 71).retain().originals == 1)
        #expect(try originals(71) == 0)
        #expect(try county.desk("admin", day: 770).retain().files == 0)
        #expect(try county.desk("admin", day: 771).retain().files == 2)
    }

    @Test func `words that were merged into a later report stay as long as a file`() throws {
        let main = try county.assigned()
        let merged = try #require(
            try county.desk("intake").register(DeskCounty.water(original: "我们这边的水也停了一个星期了")).number)
        try merge(merged, into: main, day: 0)
        _ = try county.desk("intake", day: 1).perform(CaseAct(.toMisconduct), on: main)
        #expect(try county.desk("admin", day: 729).retain().originals == 0)
        #expect(try county.desk("admin", day: 730).retain().originals == 1)
    }
}
