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
    private func verdict(
        _ sql: String, dropsTriggers: Bool = true
    ) throws -> AuditVerdict {
        let copy = county.scratch.root + "/" + UUID().uuidString
        try county.store.close()
        try FileManager.default.copyItem(atPath: county.scratch.folder, toPath: copy)
        var plain = Configuration()
        // The shell checks no foreign keys.
        plain.foreignKeysEnabled = false
        try DatabaseQueue(path: copy + "/store.sqlite", configuration: plain).writeWithoutTransaction { database in
            // A clever stranger puts them back.
            let triggers = try String.fetchAll(
                database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
            for table in dropsTriggers ? ["audit_log", "matter_event", "matter_number"] : [] {
                for what in ["update", "delete"] {
                    try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)_no_\(what)")
                }
            }
            try database.execute(sql: sql)
            for trigger in dropsTriggers ? triggers : [] {
                let made = trigger.replacing("CREATE TRIGGER ", with: "CREATE TRIGGER IF NOT EXISTS ")
                try database.execute(sql: made)
            }
        }
        let store = try CaseStore(opening: copy)
        let verdict = try store.verifyAudit()
        // Cut anywhere, a verification says the same.
        #expect(try store.verifyAudit(pieces: AuditPieces(rows: 5, sheets: 1)) == verdict, "\(sql)")
        return verdict
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
        "DELETE FROM matter WHERE id = 2", "DELETE FROM matter_number WHERE matter_id = 2",
        "UPDATE matter_number SET ordinal = 7 WHERE matter_id = 1",
        "UPDATE matter_number SET matter_id = 1 WHERE matter_id = 2",
        "UPDATE matter_number SET year = 2025 WHERE matter_id = 2",
        "UPDATE matter_text SET payload = randomblob(length(payload)) WHERE matter_id = 2",
        "UPDATE matter_key SET wrapped = randomblob(length(wrapped)) WHERE matter_id = 1",
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
        "UPDATE flag SET track = 'suggestion' WHERE id = 1", "UPDATE flag SET severity = 0 WHERE id = 2",
        "UPDATE flag SET expires_on = 1 WHERE id = 1", "UPDATE flag SET village_code = '350999001202' WHERE id = 1",
        "DELETE FROM flag_message WHERE flag_id = 2; DELETE FROM flag WHERE id = 2",
        "DELETE FROM flag_message; DELETE FROM flag",
        "DELETE FROM flag_message WHERE digest = 1", "UPDATE flag_message SET digest = 77 WHERE digest = 2",
        "UPDATE flag_message SET flag_id = 2", "INSERT INTO flag_message (digest, flag_id) VALUES (5, 1)",
        "INSERT INTO flag_message (digest, flag_id) VALUES (5, 9)",
        "UPDATE flag SET payload = randomblob(length(payload)) WHERE id = 1",
        "UPDATE data_key SET wrapped = randomblob(length(wrapped)) WHERE id = 2", "DELETE FROM data_key WHERE id = 1",
        "UPDATE flag SET seal = NULL WHERE id = 1", "INSERT INTO flag_desk (flag_id, extended_on) VALUES (1, 20000)",
        """
        INSERT INTO data_key (id, purpose, wrapped) VALUES (3, 'flag', randomblob(60));
        INSERT INTO flag (id, batch_id, group_id, day, track, topic, severity, score, rules, guards, undecided,
          message_count, payload, data_key_id, lexicon_version, gazetteer_version, state, expires_on, version)
        SELECT 3, batch_id, group_id, day, track, topic, severity, score, rules, guards, undecided, message_count,
          payload, 3, lexicon_version, gazetteer_version, state, expires_on, version FROM flag WHERE id = 1
        """,
    ])
    func `a flag that is changed, taken out, put in or buried by hand is told`(_ sql: String) throws {
        guard case .changed(.flag, row: _) = try verdict(sql) else {
            Issue.record("not noticed: \(sql)")
            return
        }
    }

    @Test(arguments: [
        ("UPDATE chat_group SET notice_posted_on = '2020-01-01'", AuditVerdict.RowKind.groups),
        ("UPDATE chat_group SET village_code = '350999001202'", .groups), ("DELETE FROM place", .places),
        (
            "INSERT INTO credential VALUES (1, 'scrypt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1, 0, 0, 0)",
            .accounts
        ),
        ("INSERT INTO api_token VALUES (1, 1, randomblob(32), 'x', 1, 99999, NULL)", .accounts),
        ("INSERT INTO duty_record VALUES (1, 'assessment', 'x', 1, 1, 1)", .papers),
        ("INSERT INTO flag_correction VALUES (1, 1, NULL, '350999001202', NULL, 'x', '2026-03-02')", .places),
        ("INSERT INTO subject_request VALUES (1, 1, 'erasure', 1, 1, 'granted', 'x', 1, 2, 1)", .requests),
        ("INSERT INTO duty_roster VALUES (1, 1, 1, 2)", .roster),
        ("INSERT INTO upward_duty VALUES ('case', 1, 1)", .upward),
        ("DELETE FROM meta WHERE name = 'groups_seal'", .groups), ("DROP TRIGGER export_log_no_delete", .schema),
        ("DROP VIEW wall; CREATE VIEW wall (staff_id, matter_id, why) AS SELECT 0, 0, 'x'", .schema),
        ("CREATE TABLE copy AS SELECT * FROM matter", .schema),
    ])
    func `registers, and the schema with its wall, that another program changed are told`(
        _ sql: String, _ kind: AuditVerdict.RowKind
    ) throws {
        #expect(try verdict(sql, dropsTriggers: false) == .changed(kind, row: 0), "\(sql)")
    }

    @Test func `rows of the log that another program wrote well are told, though every hash fits`() throws {
        let end = try #require(try county.store.auditHead())
        // A copy that goes its own way has a next row whose hash follows.
        let other = county.scratch.root + "/other"
        try county.store.close()
        try FileManager.default.copyItem(atPath: county.scratch.folder, toPath: other)
        let copy = try CaseStore(opening: other)
        _ = try CaseDesk(copy, as: try #require(county.people["intake"]), now: DeskCounty.monday).cases()
        try copy.close()
        let found = try verdict(
            "ATTACH '\(other)/store.sqlite' AS o; INSERT INTO audit_log SELECT * FROM o.audit_log WHERE seq > \(end.seq)"
        )
        #expect(found == .altered(seq: end.seq + 1))
        #expect(try verdict("DELETE FROM meta WHERE name = 'audit_end'") == .altered(seq: end.seq))
        let cut =
            "DELETE FROM audit_log WHERE seq = \(end.seq); UPDATE meta SET value = '\(end.seq - 1)' WHERE name = 'audit_end'"
        #expect(try verdict(cut).isSound == false)
    }

    @Test func `a flag that was changed by hand is decided no more`() throws {
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write {
            try $0.execute(sql: "UPDATE flag SET track = 'suggestion' WHERE id = 1")
        }
        #expect(refusal { _ = try county.desk("intake").flag(1) } == .alteredRows)
        #expect(refusal { _ = try county.desk("intake").dismiss(1, reason: "nothing") } == .alteredRows)
        #expect(try county.desk("admin", day: 400).retain().alteredFlags == [1])
        #expect(reason { try county.store.erase(1, as: .expired, reason: "x", on: 20_600) } == .alteredRows(.flag))
        // Another export of the same words goes in, and doesn't seal what was changed.
        let session = try county.store.openImport(of: Scratch.source)
        try session.replace(1, with: try Scratch.draft("路灯坏了没人管呀", members: [1, 3]))
        try session.finish(ImportCounts())
        #expect(try county.store.verifyAudit() == .changed(.flag, row: 1))
    }

    @Test func `no act on bodies and people seals what another program changed in them`() throws {
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: try county.unit("village").id))
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write {
            try $0.execute(sql: "DELETE FROM staff_tie")
        }
        #expect(
            reason { _ = try county.desk("admin").addUnit(kind: .village, area: DeskCounty.otherVillage, name: "x") }
                == .alteredRows(.organisation))
        #expect(
            reason { try county.desk("admin").endStaff(try #require(county.people["clerk"])) }
                == .alteredRows(.organisation))
        #expect(try county.store.verifyAudit() == .changed(.organisation, row: 0))
        let rows = try county.desk("auditor").auditReport().rows
        #expect(rows.filter { $0.action == "refused" && $0.detail.hasSuffix("altered-rows") }.count == 2)
    }

    @Test func `no act hides what another program changed in a record that only grows`() throws {
        let number = try #require(try county.desk("intake").cases(CaseQuery()).first?.number)
        func print() throws { _ = try county.desk("intake").sheet(of: number, recipient: "信访局", purpose: "研判") }
        func change(_ sql: String) throws {
            try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write { database in
                let trigger = "SELECT sql FROM sqlite_schema WHERE name = 'export_log_no_update'"
                let made = try #require(try String.fetchOne(database, sql: trigger))
                try database.execute(sql: "DROP TRIGGER export_log_no_update; \(sql); \(made)")
            }
        }
        for _ in 0..<3 { try print() }
        #expect(try county.store.verifyAudit().isSound)
        try change("UPDATE export_log SET purpose = 'x' WHERE id = 1")
        try print()
        #expect(try county.store.verifyAudit() == .changed(.papers, row: 0))
        try change(
            """
            INSERT INTO export_log SELECT 9, exported_by, exported_on, recipient, purpose, form, columns, row_count, sha256,
              audit_seq - 1 FROM export_log WHERE id = 1
            """)
        #expect(reason { try print() } == .alteredRows(.papers))
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
