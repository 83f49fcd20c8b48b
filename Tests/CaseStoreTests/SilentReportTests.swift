import CaseStore
import Casework
import Messages
import Testing

/// What tells somebody behind the wall that there is a report.
struct SilentReportTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    /// All that a complaint shows to some people.
    private func views(of number: String) throws -> [CaseView] {
        try ["villager", "watch", "inspector"].map { try county.desk($0, day: 1).view(number) }
    }

    private func split(_ topic: Topic, from number: String, by name: String = "intake") throws -> CaseOutcome {
        var (act, details) = (CaseAct(.split), ActDetails())
        (act.text, details.topic) = ("另反映补助发放不公", topic)
        return try county.desk(name, day: 1).perform(act, on: number, details: details)
    }

    private func relate(_ number: String, to other: String, version: Int? = nil) throws {
        var details = ActDetails()
        (details.other, details.version) = (other, version)
        _ = try county.desk("intake", day: 1).perform(CaseAct(.relate), on: number, details: details)
    }

    @Test func `a report that is split off a complaint leaves nothing in it`() throws {
        let number = try county.assigned()
        let before = try views(of: number)
        let outcome = try split(.embezzlement, from: number)
        let report = try #require(outcome.split)
        #expect(outcome.number == number && outcome.state == .assigned)
        #expect(try views(of: number) == before, "no event, version, day or link")
        // Whoever may read both sees that they belong together.
        let intake = try county.desk("intake", day: 1)
        #expect(try intake.view(number).links.map { [$0.kind, $0.number] } == [["split_from", report]])
        let view = try intake.view(report)
        #expect(view.links.map { [$0.kind, $0.number] } == [["split_from", number]])
        #expect(view.events.map(\.action) == [.register] && view.summary.source == .split)
        #expect(try county.store.verifyAudit().isSound)
        // A part that is a complaint stays seen.
        let part = try #require(try split(.roads, from: number).split)
        let seen = try county.desk("watch", day: 1).view(number)
        #expect(seen.events.last?.action == .split)
        #expect(seen.links.map { [$0.kind, $0.number] } == [["split_from", part]])
    }

    @Test func `a relation with a report stands in the report alone`() throws {
        let number = try county.assigned()
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let before = try views(of: number)
        #expect(refusal { try relate(number, to: report, version: 99) } == .changedMeanwhile)
        try relate(number, to: report, version: before[0].summary.version)
        #expect(try views(of: number) == before)
        let intake = try county.desk("intake", day: 1)
        #expect(try intake.view(number).links.map { [$0.kind, $0.number] } == [["related", report]])
        let view = try intake.view(report)
        #expect(view.events.map(\.action) == [.register, .relate])
        #expect(CaseFile.replayed(view.events, from: .misconduct) == .registered)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `a complaint out of a report doesn't say that it was split off`() throws {
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let part = try #require(try split(.water, from: report).split)
        let seen = try county.desk("watch", day: 1).view(part)
        #expect(seen.summary.source == .visit && seen.links.isEmpty)
        #expect(try county.desk("intake", day: 1).view(part).links.map(\.number) == [report])
    }

    @Test func `a part that becomes a report takes its trace along`() throws {
        let number = try county.assigned()
        let part = try #require(try split(.roads, from: number).split)
        var note = CaseAct(.note)
        (note.reason, note.text) = (.telephoned, "已电话了解")
        _ = try county.desk("intake", day: 1).perform(note, on: number)
        _ = try county.desk("intake", day: 1).perform(CaseAct(.toMisconduct), on: part)
        let seen = try county.desk("inspector", day: 1).view(number)
        #expect(seen.events.map(\.action) == [.register, .accept, .assign, .note] && seen.links.isEmpty)
        // Words stay with their event.
        #expect(seen.texts.map(\.event) == [4])
        let whole = try county.desk("intake", day: 1).view(number)
        #expect(whole.events.map(\.action) == [.register, .accept, .assign, .split, .note])
        #expect(whole.texts.map(\.event) == [5])
    }

    @Test func `figures on rules tell nobody of a report, waiting or decided`() throws {
        func flag(_ index: Int, _ topic: Topic) throws -> Int {
            try county.store.importing(
                try Scratch.draft("第\(index)条线索的文字", members: [UInt64(index + 1)], topic: topic))
        }
        let waiting = try flag(0, .embezzlement)
        let outcomes = try county.desk("supervisor").flagOutcomes()
        #expect(outcomes.flags.isEmpty && !outcomes.isWhole)
        #expect(try county.desk("supervisor").ruleMonths(from: CivilDay(20_400)).isEmpty)
        // Thirty reports and nineteen complaints are confirmed: each kind is counted for itself.
        let complaints = try (1...20).map { try flag($0, .water) }
        let reports = try (21...50).map { try flag($0, .embezzlement) }
        let intake = try county.desk("intake")
        for id in complaints.dropLast() { _ = try intake.confirm(id, FlagConfirmation(summary: "反映供水问题")) }
        #expect(try intake.rulePrecision().isEmpty)
        for id in reports.prefix(19) { _ = try intake.confirm(id, FlagConfirmation(summary: "")) }
        #expect(try intake.rulePrecision().isEmpty, "nineteen and nineteen are not told as one")
        for id in reports.dropFirst(19) { _ = try intake.confirm(id, FlagConfirmation(summary: "")) }
        #expect(try intake.rulePrecision() == ["water.cut": try #require(RuleShare(confirmed: 30, dismissed: 0))])
        let commission = try #require(county.units["commission"])
        let keeper = try CaseDesk(
            county.store,
            as: CaseDesk(county.store, as: county.people["admin"] ?? 0, now: DeskCounty.monday)
                .addStaff(unit: commission, role: .lexicon, name: "keeper"), now: DeskCounty.monday)
        #expect(try keeper.rulePrecision().isEmpty, "shares of reports are for those who review them")
        let months = try keeper.ruleMonths(from: CivilDay(20_400))
        #expect(months["water.cut"]?.values.allSatisfy { $0.hits.map { $0 >= 5 } ?? true && $0.share == nil } == true)
        #expect(try keeper.flagOutcomes().flags.map(\.outcome) == Array(repeating: .confirmed, count: 19) + [.new])
        // Of decided reports nobody with ties hears, whatever village they were of.
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["intake2"]), kind: .kin, unit: try county.unit("village").id))
        let tied = try county.desk("intake2")
        var all = FlagFilter()
        all.tracks = [.misconduct]
        #expect(try tied.flags(all).isEmpty && intake.flags(all).count == 31)
        #expect(refusal { _ = try tied.flag(reports[0]) } == .noSuchFlag(reports[0]))
        #expect(refusal { _ = try tied.flag(waiting) } == .noSuchFlag(waiting))
    }
}
