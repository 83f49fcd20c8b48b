import CaseStore
import Casework
import Foundation
import Messages
import Testing

struct ClockRunTests {
    @Test func `what nobody handles goes up from the village to the township to the county, with a reason`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        // The first step was due on Tuesday; from Thursday on it is two working days late.
        #expect(try county.desk("admin", day: 2).runClock() == ClockReport())
        #expect(try county.desk("admin", day: 3).runClock(isTrial: true).escalated == 1)
        #expect(try county.desk("villager", day: 3).view(number).summary.state == .assigned, "a trial moves nothing")
        #expect(try county.desk("admin", day: 3).runClock().escalated == 1)
        #expect(refusal { _ = try county.desk("villager", day: 3).view(number) } == .refused(.notVisible, .note))
        var view = try county.desk("town", day: 3).view(number)
        #expect(view.summary.state == .escalated && view.summary.unit == county.units["township"])
        let step = try #require(view.events.last)
        #expect(step.action == .escalate && step.reason == .overdue && step.actor == 0)
        #expect(try county.desk("admin", day: 3).runClock() == ClockReport(), "it has a term of its own there")
        #expect(try county.desk("admin", day: 8).runClock().escalated == 1)
        view = try county.desk("clerk", day: 8).view(number)
        #expect(view.summary.unit == county.units["bureau"])
        #expect(CaseFile.replayed(view.events, from: .grievance) == .escalated)
        // Above the bureau there is nobody who handles: a person must see to it.
        let stuck = try county.desk("admin", day: 14).runClock()
        #expect(stuck.escalated == 0 && stuck.stuck == 1)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `what came back goes up like the rest, by the clock and by hand`() throws {
        let county = try DeskCounty()
        let number = try county.closed()
        #expect(try county.desk("intake", day: 3).register(DeskCounty.water("再次反映供水中断")).reopened == number)
        // Opened again on Thursday 5 March: five working days are over on the 12th.
        #expect(try county.desk("admin", day: 11).runClock() == ClockReport())
        var act = CaseAct(.escalate)
        (act.reason, act.unit) = (.beyondAuthority, try county.unit("township"))
        let offers = try county.desk("villager", day: 11).view(number).offers
        #expect(offers.contains { $0.action == .escalate && $0.blockedBy == nil })
        #expect(try county.desk("admin", day: 14).runClock(isTrial: true).escalated == 1)
        #expect(try county.desk("villager", day: 11).perform(act, on: number).number == nil)
        let other = try county.closed(day: 60)
        _ = try county.desk("intake", day: 61).register(DeskCounty.water("第三次反映供水中断"))
        #expect(try county.desk("watch", day: 61).view(other).summary.state == .redo)
        #expect(try county.desk("admin", day: 80).runClock().escalated == 2)
        let view = try county.desk("town", day: 80).view(other)
        #expect(view.summary.state == .escalated && view.events.last?.reason == .overdue)
        #expect(CaseFile.replayed(view.events, from: .grievance) == .escalated)
    }

    @Test func `what no unit was given, or a unit returned, is due in five working days and then told as stuck`() throws
    {
        let county = try DeskCounty()
        let flag = try county.store.importing(try Scratch.draft("水停了三天没有人管", members: [1]))
        let number = try #require(
            try county.desk("intake").confirm(flag, FlagConfirmation(summary: "反映供水中断")).number)
        #expect(try county.desk("intake").view(number).summary.dueOn == CivilDay("2026-03-09"))
        #expect(try county.desk("admin", day: 8).runClock() == ClockReport())
        #expect(try county.desk("admin", day: 9).runClock().stuck == 1)
        _ = try county.desk("intake", day: 9).perform(CaseAct(.accept), on: number)
        var assign = CaseAct(.assign)
        assign.unit = try county.unit("village")
        _ = try county.desk("intake", day: 9).perform(assign, on: number)
        var back = CaseAct(.sendBack)
        (back.reason, back.text) = (.notOurRemit, "不归本村管")
        _ = try county.desk("villager", day: 10).perform(back, on: number)
        let due = try #require(CivilDay("2026-03-19"))
        #expect(try county.desk("intake", day: 10).view(number).summary.dueOn == due)
        let clocks = try county.desk("intake", day: 18).view(number).clocks
        #expect(clocks.first { $0.kind == .route5wd }?.status == .red)
        #expect(try county.desk("admin", day: 21).runClock().stuck == 1)
    }

    @Test func `a suspended case goes on when its day has come, and a report is never moved`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        _ = try county.desk("villager").perform(CaseAct(.begin), on: number)
        var suspend = CaseAct(.suspend)
        (suspend.reason, suspend.until) = (.season, CivilDay("2026-03-12"))
        _ = try county.desk("supervisor").perform(suspend, on: number)
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        #expect(try county.desk("admin", day: 9).runClock() == ClockReport())
        #expect(try county.desk("admin", day: 10).runClock().woken == 1)
        #expect(try county.desk("villager", day: 10).view(number).summary.state == .inProgress)
        #expect(try county.desk("intake", day: 200).view(report).summary.state == .registered)
        #expect(refusal { _ = try county.desk("villager", day: 10).runClock() } == .role(.handler))
    }

    @Test func `an installation's own windows and terms count`() throws {
        let scratch = Scratch()
        var configuration = StoreConfiguration()
        configuration.recurrenceDays = ["water": 7, "default": 60]
        configuration.handlingDays = ["water": 1]
        let store = try CaseStore.create(at: scratch.folder, configuration: configuration)
        #expect(store.configuration.recurrenceDays["water"] == 7)
        for wrong in [
            "{\"recurrenceDays\": {\"water\": 6}}", "{\"handlingDays\": {\"petition\": 5}}", "{\"escalationDays\": 0}",
        ] {
            try Data(wrong.utf8).write(to: URL(fileURLWithPath: scratch.folder + "/config.json"))
            #expect(throws: StoreError.self, "\(wrong)") { try CaseStore(opening: scratch.folder) }
        }
    }
}
