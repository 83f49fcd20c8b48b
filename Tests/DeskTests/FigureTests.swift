import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Numbers and the lists behind them.
struct FigureTests {
    /// Three complaints: one closed at once and one supervised; a report, which is in no figure.
    private func filled() throws -> DeskWorld {
        let world = try DeskWorld()
        let closed = try world.complaint("反映甲井抽水声响")
        var act = CaseAct(.reply)
        act.reply = ReplyDraft(done: "更换了阀门", doneOn: CivilDay("2026-03-02"), result: "已恢复供水", evidence: 1)
        _ = try world.acting("villager").perform(act, on: closed)
        _ = try world.acting("supervisor").perform(CaseAct(.close), on: closed)
        let watched = try complaint(.roads, "反映乙桥栏杆松动", world)
        var supervise = CaseAct(.supervise)
        supervise.supervision = .yellow
        _ = try world.acting("supervisor").perform(supervise, on: watched)
        _ = try complaint(.drainage, "反映丙渠堵塞", world)
        _ = try world.report("反映丁账去向不明")
        return world
    }

    /// A complaint on a topic of its own: one more on the same would be merged with the first.
    private func complaint(_ topic: Topic, _ summary: String, _ world: DeskWorld) throws -> String {
        let new = NewCase(track: .grievance, topic: topic, area: DeskWorld.village, source: .visit, summary: summary)
        let number = try #require(try world.acting("intake").register(new).number)
        _ = try world.acting("intake").perform(CaseAct(.accept), on: number)
        var act = CaseAct(.assign)
        act.unit = try CaseDesk(world.store, now: 0).units().first { $0.id == world.units["village"] }
        _ = try world.acting("intake").perform(act, on: number)
        return number
    }

    private func rows(_ page: String) -> Int { page.matches(of: #/<tr data-row>/#).count }

    @Test func `every number of the overview opens a list of as many cases`() async throws {
        let world = try filled()
        let browser = try world.browser("supervisor")
        let page = try await browser.get("/overview").text
        let links = page.matches(of: #/<a href="(/cases[^"]*figure=[^"]*)">(?:<b>)?([0-9]+)</#)
        // Received, closed, recurred, supervised; a topic, a place, a month, a unit.
        #expect(links.count >= 8)
        for link in links {
            let address = String(link.1).replacing("&amp;", with: "&")
            #expect(try await rows(browser.get(address).text) == Int(link.2), "\(address)")
        }
    }

    @Test(arguments: FigureQuery.Figure.allCases)
    func `a figure's list is what the figure counted`(_ figure: FigureQuery.Figure) throws {
        let world = try filled()
        let today = CivilDay(instant: DeskWorld.monday)
        let desk = try world.acting("supervisor")
        let days = today.advanced(by: -30)...today
        var total = CaseFigures()
        for row in try desk.statistics(from: days.lowerBound, through: today) { total += row.figures }
        #expect(total.received == 3 && total.ended == 1 && total.supervised == 1)
        let count =
            switch figure {
            case .received: total.received
            case .ended: total.ended
            case .fiveDays: total.endedInFiveDays
            case .fiveWorkingDays: total.endedInFiveWorkingDays
            case .answered: total.answered
            case .satisfied: total.satisfied
            case .recurred: total.recurred
            case .supervised: total.supervised
            }
        #expect(try desk.cases(behind: FigureQuery(figure, days), CaseQuery()).count == count)
        let before = today.advanced(by: -30)...today.advanced(by: -1)
        #expect(try desk.cases(behind: FigureQuery(figure, before), CaseQuery()).isEmpty)
        let unit = try #require(world.units["bureau"])
        #expect(try desk.cases(behind: FigureQuery(figure, days, unit: unit), CaseQuery()).isEmpty)
        // Nobody gets a longer list than they may read.
        #expect(try world.acting("neighbour").cases(behind: FigureQuery(figure, days), CaseQuery()).isEmpty)
    }

    @Test func `rules tell of months without telling of reports or of few`() async throws {
        let world = try DeskWorld()
        for index in 0..<7 { _ = try world.flag("第\(index)户停水三天") }
        for index in 0..<7 { _ = try world.flag("第\(index)笔低保被截留", topic: .embezzlement) }
        let months = try world.acting("lexicon").ruleMonths(from: CivilDay(instant: DeskWorld.monday - 86_400 * 40))
        #expect(months["water.cut"]?.values.map(\.hits) == [7])
        #expect((try? world.acting("villager").ruleMonths(from: CivilDay(0))) == nil)
    }
}
