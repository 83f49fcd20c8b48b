import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct StatisticsTests {
    private let day = CivilDay(instant: DeskCounty.monday)

    @Test func `figures are those of the cases that the person may see`() throws {
        let county = try DeskCounty()
        _ = try county.closed()
        _ = try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage))
        _ = try county.desk("intake").register(DeskCounty.report())
        func received(_ name: String) throws -> Int {
            try county.desk(name).statistics(from: day, through: day).reduce(0) { $0 + $1.figures.received }
        }
        #expect(try received("intake") == 2 && received("watch") == 2 && received("villager") == 1)
        let rows = try county.desk("supervisor").statistics(from: day, through: day)
        #expect(rows.count == 2 && rows[0].figures.ended == 1 && rows[0].unit == county.units["village"])
        #expect(rows.allSatisfy { $0.topic.track != .misconduct })
        let commission = try #require(county.units["commission"])
        let analyst = try CaseDesk(
            county.store,
            as: CaseDesk(county.store, as: county.people["admin"] ?? 0, now: DeskCounty.monday)
                .addStaff(unit: commission, role: .analyst, name: "analyst"), now: DeskCounty.monday)
        #expect(try analyst.statistics(from: day, through: day).isEmpty, "no cell of under five")
        for _ in 0..<4 { _ = try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage)) }
        let coarse = try analyst.statistics(from: day, through: day)
        #expect(coarse.map(\.area) == [DeskCounty.township] && coarse[0].figures.received == 6 && coarse[0].unit == nil)
        #expect(refusal { _ = try county.desk("auditor").statistics(from: day, through: day) } == .role(.auditor))
    }

    @Test func `reports are counted for the county, a quarter late, from five on, and alike for everybody`() throws {
        let county = try DeskCounty()
        for number in 0..<6 {
            var report = DeskCounty.report()
            if number == 5 { report.topic = .fraud }
            _ = try county.desk("intake", day: number).register(report)
        }
        // March is in the first quarter: shown from the third on.
        #expect(try county.desk("supervisor", day: 100).reportStatistics().isEmpty)
        let shown = try county.desk("supervisor", day: 130).reportStatistics()
        #expect(shown.count == 2)
        #expect(
            shown.first { $0.topic == .embezzlement }?.count == 5 && shown.first { $0.topic == .fraud }?.count == nil)
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: try county.unit("village").id))
        #expect(try county.desk("inspector", day: 130).reportStatistics() == shown)
        for name in ["villager", "watch", "town", "clerk", "auditor", "admin"] {
            #expect(refusal { _ = try county.desk(name, day: 130).reportStatistics() } != nil, "\(name)")
        }
    }

    @Test func `the yearly report has its sections`() throws {
        let county = try DeskCounty()
        let number = try county.closed()
        var suggestion = NewCase(
            track: .suggestion, topic: .suggestion, area: DeskCounty.village, source: .letter, summary: "建议增加一班车")
        suggestion.severity = .low
        _ = try county.desk("intake").register(suggestion)
        var act = CaseAct(.supervise)
        act.supervision = .yellow
        let open = try #require(
            try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage)).number)
        #expect(open != number)
        _ = try county.desk("watch", day: 1).perform(act, on: open)
        let report = try county.desk("supervisor", day: 1).yearReport(2026)
        #expect(report.topics[.water]?.received == 2 && report.topics[.suggestion]?.received == 1)
        #expect(report.sources == [.visit: 2, .letter: 1])
        #expect(report.units.map(\.unit) == [county.units["village"]])
        #expect(report.acts[.assign] == 1 && report.acts[.supervise] == 1)
        #expect(report.suggestions == (1, 0))
        #expect(try county.desk("supervisor").yearReport(2025).topics.isEmpty)
    }
}
