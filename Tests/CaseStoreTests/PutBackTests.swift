import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// Rows that were good once: whoever keeps an old copy of the file has old rows with the seals that they had.
struct PutBackTests {
    private let county: DeskCounty
    private let complaint: String
    private let report: String

    init() throws {
        county = try DeskCounty()
        complaint = try county.assigned(original: "水龙头三天没有一滴水了也没有人来看一眼")
        report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        try county.store.close()
    }

    private var old: String { county.scratch.root + "/old.sqlite" }

    private static let hanging = [
        "matter_event", "accused", "assignment", "matter_assist", "matter_link", "matter_key", "matter_text", "hold",
        "matter_outcome", "matter_flag", "claim_code", "matter_number",
    ]

    /// A case with all that hangs on it, as it was.
    private static func back(case id: Int) -> String {
        let parts = hanging.map { ($0, "matter_id") } + [("matter", "id")]
        return parts.map { table, key in
            "DELETE FROM \(table) WHERE \(key) = \(id); INSERT INTO \(table) SELECT * FROM o.\(table) WHERE \(key) = \(id);"
        }.joined()
    }

    private static func back(table: String, seal: String) -> String {
        "DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM o.\(table);" + back(setting: seal)
    }

    private static func back(setting name: String) -> String {
        "DELETE FROM meta WHERE name = '\(name)'; INSERT INTO meta SELECT * FROM o.meta WHERE name = '\(name)';"
    }

    /// What a stranger puts back after an act.
    enum Attempt: CaseIterable, Sendable {
        case supervision, tie, flag, group, sumsToo, sumsGone, everyRow

        var sql: String {
            switch self {
            case .supervision: back(case: 1)
            case .tie: back(table: "staff_tie", seal: "organisation_seal")
            case .flag: "DELETE FROM flag_desk;" + back(table: "flag", seal: "none")
            case .group: back(table: "chat_group", seal: "groups_seal")
            case .sumsToo: back(case: 1) + back(setting: "rows_tally")
            case .sumsGone: back(case: 1) + "DELETE FROM meta WHERE name = 'rows_tally'"
            case .everyRow:
                back(case: 1) + back(case: 2) + back(table: "staff_tie", seal: "organisation_seal")
                    + back(setting: "rows_tally") + back(setting: "audit_end")
            }
        }

        var verdicts: [AuditVerdict] {
            switch self {
            case .supervision: [.changed(.matter, row: 1)]
            case .tie, .group: [.changed(.register, row: 0)]
            case .flag: [.changed(.flag, row: 0)]
            case .sumsToo, .sumsGone: [.changed(.seals, row: 0)]
            case .everyRow: []
            }
        }

        private func back(case id: Int) -> String { PutBackTests.back(case: id) }
        private func back(table: String, seal: String) -> String { PutBackTests.back(table: table, seal: seal) }
        private func back(setting name: String) -> String { PutBackTests.back(setting: name) }
    }

    private func desk(_ name: String, in store: CaseStore) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(county.people[name]), now: DeskCounty.monday + 3600)
    }

    /// Keeps a copy, then does an act of each kind.
    private func act() throws {
        try Data(contentsOf: URL(fileURLWithPath: county.file)).write(to: URL(fileURLWithPath: old))
        let store = try CaseStore(opening: county.scratch.folder)
        var supervise = CaseAct(.supervise)
        supervise.supervision = .red
        supervise.until = CivilDay(instant: DeskCounty.monday).advanced(by: 9)
        _ = try desk("supervisor", in: store).perform(supervise, on: complaint)
        _ = try desk("admin", in: store).declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: county.units["village"]))
        try desk("intake", in: store).claim(1)
        try store.add(
            RegisteredGroup(
                id: "g9", name: "另一个群", platform: .wechat, village: "350999001202", noticePostedOn: "2026-01-02"))
        #expect(try store.verifyAudit().isSound)
        try store.close()
    }

    @Test(arguments: Attempt.allCases)
    func `an old row that is put back is told, and no later act hides it`(_ attempt: Attempt) throws {
        try act()
        try county.meddle(attempt.sql, beside: old)
        let store = try CaseStore(opening: county.scratch.folder)
        for _ in 0..<3 {
            let verdict = try store.verifyAudit()
            if let wanted = attempt.verdicts.first { #expect(verdict == wanted) }
            #expect(!verdict.isSound)
            // Reads are logged, and other cases are acted on: each seals the sums anew.
            _ = try desk("intake", in: store).cases()
            _ = try desk("intake", in: store).register(DeskCounty.water(area: DeskCounty.otherVillage))
        }
        #expect(try !store.verifyAudit().isSound)
    }

    @Test func `a case that was put back is neither shown nor exported, and other cases are`() throws {
        try act()
        try county.meddle(Self.back(case: 1), beside: old)
        let store = try CaseStore(opening: county.scratch.folder)
        let supervisor = try desk("supervisor", in: store)
        #expect(refusal { _ = try supervisor.view(complaint) } == .alteredRows)
        #expect(try supervisor.view(report).summary.number == report)
        func export(_ track: Track) throws {
            var query = CaseQuery()
            query.track = track
            _ = try supervisor.export(CaseExport(form: .csv, recipient: "县纪委", purpose: "例会", query: query))
        }
        #expect(refusal { try export(.grievance) } == .alteredRows)
        try export(.misconduct)
    }

    @Test func `a case that was put back is not acted on, and other cases are`() throws {
        try act()
        try county.meddle(Self.back(case: 1), beside: old)
        let store = try CaseStore(opening: county.scratch.folder)
        var supervise = CaseAct(.supervise)
        (supervise.supervision, supervise.until) = (.red, CivilDay(instant: DeskCounty.monday).advanced(by: 9))
        #expect(refusal { _ = try desk("supervisor", in: store).perform(supervise, on: complaint) } == .alteredRows)
        #expect(
            refusal { _ = try desk("villager", in: store).perform(DeskCounty.reply(), on: complaint) } == .alteredRows)
        _ = try desk("supervisor", in: store).perform(supervise, on: report)
    }

    @Test(arguments: [Attempt.tie, .group])
    func `nothing is written to a register of which an older state was put back`(_ attempt: Attempt) throws {
        try act()
        try county.meddle(attempt.sql, beside: old)
        let store = try CaseStore(opening: county.scratch.folder)
        let tie = StaffTie(staff: try #require(county.people["watch"]), kind: .kin, unit: county.units["village"])
        #expect(reason { _ = try desk("admin", in: store).declare(tie) } == .alteredRows(.register))
        #expect(try store.verifyAudit() == attempt.verdicts.first)
    }

    @Test func `rows of the log that another program wrote stay told after the next act`() throws {
        let copy = county.scratch.root + "/other"
        try FileManager.default.copyItem(atPath: county.scratch.folder, toPath: copy)
        let other = try CaseStore(opening: copy)
        let end = try #require(try other.auditHead()?.seq)
        _ = try desk("intake", in: other).cases()
        try other.close()
        try FileManager.default.copyItem(atPath: copy + "/store.sqlite", toPath: old)
        try county.meddle("INSERT INTO audit_log SELECT * FROM o.audit_log WHERE seq > \(end)", beside: old)
        let store = try CaseStore(opening: county.scratch.folder)
        for _ in 0..<3 {
            #expect(try store.verifyAudit() == .altered(seq: end + 1))
            _ = try desk("intake", in: store).cases()
        }
    }

    @Test func `a store that is made to look older is not sealed anew`() throws {
        try act()
        try county.meddle(
            Self.back(case: 1) + "DELETE FROM meta WHERE name = 'rows_tally'; " + DeskCounty.withoutOrder, beside: old)
        #expect(try CaseStore(opening: county.scratch.folder).verifyAudit() == .changed(.seals, row: 0))
    }
}
