import CaseStore
import Casework
import Messages
import Testing

/// A report goes on when whoever has it in hand leaves.
struct LeaverTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    private func person(_ name: String) throws -> Int { try #require(county.people[name]) }

    /// A second inspector.
    private func another(_ role: StaffRole = .inspector) throws -> CaseDesk {
        let id = try county.desk("admin").addStaff(
            unit: try county.unit("commission").id, role: role, name: "another \(role.rawValue)")
        return try CaseDesk(county.store, as: id, now: DeskCounty.monday)
    }

    private func assign(_ number: String, to staff: Int) throws {
        var act = CaseAct(.assign)
        act.staff = staff
        _ = try county.desk("supervisor").perform(act, on: number)
    }

    /// A report in the inspector's hand, some steps on.
    private func report(_ steps: Int) throws -> String {
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
        try assign(number, to: try person("inspector"))
        var acts: [(String, CaseAct)] = []
        for (name, action) in [
            ("inspector", CaseAction.propose), ("supervisor", .dispose), ("inspector", .handOver),
            ("inspector", .enterResult),
        ] {
            var act = CaseAct(action)
            act.reason = action == .enterResult ? .unfounded : action == .handOver ? nil : .preliminaryCheck
            act.text = action == .propose ? "有可查性" : nil
            act.until = action == .dispose ? CivilDay(instant: DeskCounty.monday) : nil
            act.paper = action == .dispose || action == .handOver ? "7号" : nil
            acts.append((name, act))
        }
        for (name, act) in acts.prefix(steps) { _ = try county.desk(name).perform(act, on: number) }
        return number
    }

    @Test func `a report goes on in every state when its inspector leaves and nobody could take over`() throws {
        let numbers = try (0...4).map(report)
        #expect(try county.desk("supervisor").orphanCount() == 0)
        #expect(try county.desk("admin").endStaff(person("inspector")) == 5)
        #expect(try county.desk("supervisor").orphanCount() == 5)
        let taker = try another()
        for number in numbers {
            let before = try county.desk("supervisor").view(number).summary.state
            #expect(try county.desk("supervisor").view(number).offers.contains { $0.action == .assign })
            try assign(number, to: taker.actor)
            let view = try taker.view(number)
            #expect(view.summary.state == before)
            #expect(CaseFile.replayed(view.events, from: .misconduct) == before)
        }
        #expect(try county.desk("supervisor").orphanCount() == 0)
        var act = CaseAct(.handOver)
        act.paper = "8号"
        _ = try taker.perform(act, on: numbers[2])
        act = CaseAct(.enterResult)
        act.reason = .partly
        _ = try taker.perform(act, on: numbers[3])
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `what a leaver had in hand is handed over afterwards, too, and reads no more till then`() throws {
        let number = try report(2)
        let inspector = try person("inspector")
        try county.desk("admin").endStaff(inspector)
        #expect(refusal { _ = try county.desk("inspector").view(number) } == .noSuchStaff(inspector))
        let taker = try another()
        #expect(try county.desk("supervisor").handOver(from: inspector, to: taker.actor) == (1, 0))
        #expect(try taker.view(number).summary.state == .disposed)
        #expect(try county.desk("supervisor").handOver(from: inspector, to: taker.actor) == (0, 0))
        #expect(try county.desk("supervisor").orphanCount() == 0)
    }

    @Test func `a report whose only supervisor leaves is handed to another`() throws {
        let number = try report(1)
        let spare = try another(.supervisor)
        _ = try spare.declare(StaffTie(staff: spare.actor, kind: .other, unit: try county.unit("village").id))
        #expect(try county.desk("admin").endStaff(person("supervisor")) == 1)
        // The only supervisor left is tied: it must be known all the same.
        #expect(try spare.orphanCount() == 1)
        let clear = try another(.supervisor)
        #expect(try spare.orphanCount() == 0 && clear.orphanCount() == 1)
        #expect(try clear.handOver(from: person("supervisor"), to: clear.actor) == (1, 0))
        #expect(try clear.orphanCount() == 0)
        #expect(try clear.view(number).offers.contains { $0.action == .dispose })
    }

    @Test func `whoever ends a colleague's work hears of no report that the wall keeps from him`() throws {
        _ = try report(1)
        let admin = try person("admin")
        _ = try county.desk("supervisor").declare(
            StaffTie(staff: admin, kind: .kin, unit: try county.unit("village").id))
        #expect(try county.desk("admin").endStaff(person("inspector")) == 0)
        #expect(try county.desk("supervisor").orphanCount() == 1)
    }

    @Test func `a report in a hand that cannot take the next step counts as one that nobody can`() throws {
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
        var act = CaseAct(.propose)
        try assign(number, to: try person("intake2"))
        (act.reason, act.text) = (.concluded, "无可查性")
        _ = try county.desk("intake2").perform(act, on: number)
        act = CaseAct(.dispose)
        (act.reason, act.until, act.paper) = (.concluded, CivilDay(instant: DeskCounty.monday), "9号")
        _ = try county.desk("supervisor").perform(act, on: number)
        #expect(try county.desk("supervisor").orphanCount() == 1)
        try assign(number, to: try person("inspector"))
        #expect(try county.desk("supervisor").orphanCount() == 0)
    }
}
