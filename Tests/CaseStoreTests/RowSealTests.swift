import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct RowSealTests {
    private let county: DeskCounty

    init() throws {
        county = try DeskCounty()
        _ = try county.closed(original: "水龙头三天没有一滴水了也没有人来看一眼")
        _ = try county.desk("intake").register(DeskCounty.report())
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        _ = try county.store.importing(try Scratch.draft("路灯又坏了没人管", members: [2]))
    }

    /// Changes a copy of the file as a stranger with the sqlite3 shell would, and says what the program makes of it.
    private func verdict(_ sql: String) throws -> AuditVerdict {
        let copy = county.scratch.root + "/" + UUID().uuidString
        try county.store.close()
        try FileManager.default.copyItem(atPath: county.scratch.folder, toPath: copy)
        var plain = Configuration()
        // The shell checks no foreign keys.
        plain.foreignKeysEnabled = false
        try DatabaseQueue(path: copy + "/store.sqlite", configuration: plain).write { database in
            for table in ["audit_log", "matter_event", "matter_number"] {
                for what in ["update", "delete"] {
                    try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)_no_\(what)")
                }
            }
            try database.execute(sql: sql)
        }
        return try CaseStore(opening: copy).verifyAudit()
    }

    @Test(arguments: [
        "UPDATE matter SET state = 'registered', is_open = 1, ended_on = NULL WHERE id = 1",
        "UPDATE matter SET severity = 0 WHERE id = 1", "UPDATE matter SET unit_id = 3 WHERE id = 1",
        "UPDATE matter SET due_on = 99999 WHERE id = 2", "UPDATE matter SET seal = NULL WHERE id = 2",
        "UPDATE matter SET seal = (SELECT seal FROM matter WHERE id = 1) WHERE id = 2",
        "DELETE FROM accused WHERE matter_id = 2", "UPDATE accused SET unit_id = 2 WHERE matter_id = 2 AND unit_id = 5",
        "INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on) VALUES (900, 2, 6, 0, 20000)",
        "DELETE FROM assignment WHERE matter_id = 2",
        "UPDATE matter_event SET actor = 3 WHERE matter_id = 1 AND ordinal = 1",
        "DELETE FROM matter_event WHERE matter_id = 1 AND ordinal = 2",
        "UPDATE matter_text SET payload = NULL WHERE matter_id = 1",
        "DELETE FROM matter_text WHERE matter_id = 1 AND kind = 'original'",
        "UPDATE matter SET number = '350999-2026-A-0009' WHERE id = 1",
        "DELETE FROM matter WHERE id = 2",
        """
        DELETE FROM assignment WHERE matter_id = 2; DELETE FROM accused WHERE matter_id = 2;
        DELETE FROM matter_text WHERE matter_id = 2; DELETE FROM matter_key WHERE matter_id = 2;
        DELETE FROM matter_event WHERE matter_id = 2; DELETE FROM matter_number WHERE matter_id = 2;
        DELETE FROM matter WHERE id = 2
        """,
    ])
    func `a case that another program changed, and what hangs on it, is told`(_ sql: String) throws {
        guard case .changed(.matter, let row) = try verdict(sql) else {
            Issue.record("not noticed: \(sql)")
            return
        }
        #expect(row == 1 || row == 2)
    }

    @Test(arguments: [
        "UPDATE staff SET role = 'supervisor' WHERE id = 1", "UPDATE unit SET parent_id = NULL WHERE id = 5",
        "INSERT INTO staff (id, unit_id, role, name) VALUES (99, 1, 'intake', 'x')", "DELETE FROM calendar_day",
        "DELETE FROM meta WHERE name = 'organisation_seal'",
    ])
    func `bodies, people, ties and the calendar that another program changed are told`(_ sql: String) throws {
        #expect(try verdict(sql) == .changed(.organisation, row: 0))
    }

    @Test func `a tie that is taken out by hand is told`() throws {
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: try county.unit("village").id))
        #expect(try verdict("DELETE FROM staff_tie") == .changed(.organisation, row: 0))
    }

    @Test(arguments: [
        "DELETE FROM flag_message; DELETE FROM flag WHERE id = 1",
        "UPDATE flag SET state = 'dismissed', payload = NULL WHERE id = 2",
    ])
    func `a flag that is taken out or buried by hand is told`(_ sql: String) throws {
        guard case .changed(.flag, row: _) = try verdict(sql) else {
            Issue.record("not noticed: \(sql)")
            return
        }
    }

    @Test func `a case that was changed by hand is acted on no more, so that no act seals the change`() throws {
        let number = try #require(try county.desk("intake").cases(CaseQuery()).first?.number)
        #expect(try county.desk("intake").view(number).summary.track == .misconduct)
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write {
            try $0.execute(sql: "UPDATE matter SET severity = 0 WHERE number = ?", arguments: [number])
        }
        #expect(refusal { _ = try county.desk("intake").view(number) } == .alteredRows)
        #expect(refusal { _ = try county.desk("intake").perform(CaseAct(.accept), on: number) } == .alteredRows)
        let again = try county.desk("auditor").auditReport().rows
        #expect(again.contains { $0.action == "refused" && $0.detail.contains("altered-rows") })
    }

    @Test func `a store that is left alone is sound whatever is done in it by acts`() throws {
        let number = try county.assigned(day: 40)
        _ = try county.desk("admin", day: 50).runClock()
        _ = try county.desk("admin", day: 60).retain()
        try county.desk("admin", day: 60).endStaff(try #require(county.people["clerk"]))
        _ = try county.desk("intake", day: 61).perform(CaseAct(.toMisconduct), on: number)
        _ = try county.desk("admin", day: 61).endStaff(try #require(county.people["intake"]))
        #expect(try county.store.verifyAudit().isSound)
    }
}
