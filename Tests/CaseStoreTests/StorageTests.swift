import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// Values of the same characters that are stored otherwise, which SQL takes for others: a wall that is taken down so, a case
/// that leaves every list.
struct StorageTests {
    private let county: DeskCounty
    private let complaint: String
    private let report: String

    init() throws {
        county = try DeskCounty()
        complaint = try county.assigned(original: "水龙头三天没有一滴水了也没有人来看一眼")
        report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: county.units["village"]))
        _ = try county.desk("supervisor").placeHold(on: complaint, basis: "档案函〔2026〕3号")
    }

    /// What a stranger changes, and what must be said of it.
    enum Change: CaseIterable, Sendable {
        case tie, endOfTie, prefix, rank, place, accused, hold, flagPlace, reading, exporter, act, seal

        var sql: String {
            let loose = "PRAGMA ignore_check_constraints = ON; "
            return switch self {
            case .tie: "UPDATE staff_tie SET unit_id = CAST(unit_id AS BLOB)"
            case .endOfTie: loose + "UPDATE staff_tie SET ended_on = '-'"
            case .prefix: loose + "UPDATE unit SET area_prefix = '350999' WHERE kind = 'township_discipline'"
            case .rank: loose + "UPDATE unit SET rank = 3 WHERE kind = 'township_discipline'"
            case .place: "UPDATE matter SET area_code = CAST(area_code AS BLOB) WHERE id = 1"
            case .accused: "UPDATE accused SET unit_id = CAST(unit_id AS BLOB) WHERE matter_id = 2"
            case .hold: loose + "UPDATE hold SET lifted_on = '-'"
            case .flagPlace: "UPDATE flag SET village_code = CAST(village_code AS BLOB)"
            case .reading: "INSERT INTO flag_reading (flag_id, version_id) VALUES (1, 1)"
            case .exporter: "UPDATE import_batch SET format = 'x'"
            case .act: "UPDATE audit_log SET action = CAST(action AS BLOB) WHERE seq = 9"
            case .seal: loose + "UPDATE matter SET seal = CAST(HEX(seal) AS TEXT) WHERE id = 1"
            }
        }

        var verdict: AuditVerdict {
            switch self {
            case .tie, .endOfTie, .prefix, .rank: .changed(.organisation, row: 0)
            case .place, .hold, .seal: .changed(.matter, row: 1)
            case .accused: .changed(.matter, row: 2)
            case .flagPlace, .reading: .changed(.flag, row: 1)
            case .exporter: .changed(.imports, row: 0)
            case .act: .altered(seq: 9)
            }
        }
    }

    @Test(arguments: Change.allCases)
    func `a value that is stored otherwise, and a column that the wall stands on, are told`(_ change: Change) throws {
        #expect(try county.store.verifyAudit().isSound)
        try county.meddle(change.sql)
        #expect(try county.store.verifyAudit() == change.verdict)
        #expect(try county.store.verifyAudit(pieces: AuditPieces(rows: 3, sheets: 1)) == change.verdict)
    }

    @Test(arguments: [Change.tie, .endOfTie, .prefix, .rank])
    func `no words are shown and nothing is decided where the wall was changed`(_ change: Change) throws {
        let supervisor = try county.desk("supervisor")
        _ = try supervisor.view(complaint)
        try county.meddle(change.sql)
        for _ in 0..<2 {
            #expect(reason { _ = try supervisor.view(complaint) } == .alteredRows(.organisation))
            var assign = CaseAct(.assign)
            assign.staff = county.people["inspector"]
            #expect(
                reason { _ = try county.desk("intake").perform(assign, on: report) } == .alteredRows(.organisation))
            #expect(reason { _ = try county.desk("intake").flags(FlagFilter()) } == .alteredRows(.organisation))
        }
        // The log stays open to whoever looks into it.
        let rows = try county.desk("auditor").auditReport().rows
        #expect(rows.contains { $0.action == "refused" && $0.detail.hasSuffix("altered-rows") })
    }

    @Test(arguments: [Change.place, .accused, .hold])
    func `a case in which a value is stored otherwise is acted on no more`(_ change: Change) throws {
        try county.meddle(change.sql)
        let number = change == .accused ? report : complaint
        var supervise = CaseAct(.supervise)
        (supervise.supervision, supervise.until) = (.red, CivilDay(instant: DeskCounty.monday).advanced(by: 9))
        let why = refusal { _ = try county.desk("supervisor").perform(supervise, on: number) }
        #expect(why != nil)
        #expect(try county.store.verifyAudit() == change.verdict)
    }

    @Test(arguments: [nil, Change.place, .tie, .rank, .flagPlace])
    func `a store of a program whose seals didn't tell is sealed anew, but for what was stored otherwise`(
        _ change: Change?
    ) throws {
        let store = try CaseStore(opening: county.scratch.folder)
        try store.sealAnew(as: .joined)
        try store.close()
        try county.meddle("DELETE FROM schema_migration WHERE name IN ('storage', 'log'); " + (change?.sql ?? ""))
        let next = try CaseStore(opening: county.scratch.folder)
        let verdict = try next.verifyAudit()
        if let change { #expect(verdict == change.verdict) } else { #expect(verdict.isSound) }
        _ = try CaseDesk(next, now: DeskCounty.monday).anchor()
        #expect(try next.verifyAudit().isSound == (change == nil))
    }

    @Test func `a store that is made to look older is not sealed anew`() throws {
        try county.meddle(Change.tie.sql + "; DELETE FROM schema_migration WHERE name IN ('storage', 'log')")
        #expect(try !CaseStore(opening: county.scratch.folder).verifyAudit().isSound)
    }
}
