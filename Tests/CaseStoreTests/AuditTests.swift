import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct AuditTests {
    @Test func `reads, writes and refusals are rows of one chain`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        _ = try county.desk("villager").view(number)
        _ = try county.desk("villager").cases()
        #expect(
            refusal { _ = try county.desk("villager").perform(CaseAct(.close), on: number) }
                == .refused(.state(.assigned), .close))
        let rows = try county.desk("auditor").auditReport().rows
        let own = rows.filter { $0.actor == county.people["villager"] }
        #expect(own.map(\.action) == ["open", "list", "refused"])
        #expect(own.last?.detail == "act=close;why=close,state-assigned")
        #expect(rows.map(\.seq) == Array(1...rows.count))
        #expect(try county.store.verifyAudit() == .sound(rows: rows.count + 1))
        #expect(refusal { _ = try county.desk("supervisor").auditReport() } == .role(.supervisor))
    }

    @Test func `an auditor doesn't learn of a report about the auditor's own village`() throws {
        let county = try DeskCounty()
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("supervisor").view(number)
        let auditor = try county.desk("auditor")
        #expect(try auditor.auditReport().rows.contains { $0.objectKind == "case" })
        _ = try auditor.declare(StaffTie(staff: auditor.actor, kind: .native, unit: try county.unit("village").id))
        let report = try auditor.auditReport()
        #expect(!report.rows.contains { $0.objectKind == "case" })
    }

    @Test func `of a report behind the wall no sheet, and no flag that it came from, is told`() throws {
        let county = try DeskCounty()
        _ = try county.store.importing(try Scratch.draft("村干部截留低保金", members: [1], topic: .embezzlement))
        _ = try county.desk("intake").flag(1)
        let number = try #require(try county.desk("intake").confirm(1, FlagConfirmation(summary: "")).number)
        _ = try county.desk("intake").sheet(of: number, recipient: "县纪委领导", purpose: "研判")
        let days = try #require(CivilDay("2026-01-01"))...(try #require(CivilDay("2026-12-31")))
        let auditor = try county.desk("auditor")
        #expect(try auditor.auditReport().rows.contains { $0.objectKind == "flag" })
        #expect(try auditor.exports(days).count == 1)
        _ = try auditor.declare(
            StaffTie(
                staff: auditor.actor, kind: .native, unit: try county.unit("village").id))
        #expect(try !auditor.auditReport().rows.contains { $0.objectKind == "flag" || $0.objectKind == "case" })
        #expect(try auditor.exports(days).isEmpty)
    }

    @Test func `a search is logged by a code, not by its words`() throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        var query = CaseQuery()
        query.words = "供水中断"
        #expect(try county.desk("intake").cases(query).count == 1)
        query.words = "别的什么"
        #expect(try county.desk("intake").cases(query).isEmpty)
        let details = try county.desk("auditor").auditReport().rows.map(\.detail)
        #expect(details.filter { $0.contains("words=") }.count == 2)
        #expect(!details.contains { $0.contains("供水") })
    }

    @Test func `the triggers refuse changes, and the schema refuses gaps`() throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        for sql in [
            "UPDATE audit_log SET actor = 1", "DELETE FROM audit_log", "UPDATE matter_event SET actor = 1",
            "DELETE FROM matter_event", "DELETE FROM matter_number", "UPDATE matter_number SET ordinal = 7",
            "INSERT INTO audit_log SELECT seq + 7, seconds, actor, action, object_kind, object_id, detail, randomblob(32) FROM audit_log LIMIT 1",
            "UPDATE matter SET state = ''", "UPDATE matter SET is_open = 0", "UPDATE matter SET track = 'misconduct'",
            "UPDATE staff SET role = 'owner'", "UPDATE unit SET rank = 4 WHERE kind = 'village'",
            "DELETE FROM unit", "UPDATE matter_key SET wrapped = NULL",
            "INSERT INTO staff_tie (id, staff_id, kind, declared_on) VALUES (9, 1, 'kin', 1)",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") {
                try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write { try $0.execute(sql: sql) }
            }
        }
    }

    @Test(arguments: [
        "UPDATE audit_log SET actor = actor + 1 WHERE seq = 9",
        "UPDATE audit_log SET seconds = seconds + 1 WHERE seq = 9",
        "UPDATE audit_log SET detail = 'x' WHERE seq = 9", "UPDATE audit_log SET hash = randomblob(32) WHERE seq = 9",
        "DELETE FROM audit_log WHERE seq = 9", "UPDATE audit_log SET object_id = 7 WHERE seq = 9",
        "UPDATE audit_log SET action = action || ' ' WHERE seq = 9",
    ])
    func `a row that was changed or taken out is found by its number`(_ sql: String) throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        try county.meddle(sql)
        #expect(try county.store.verifyAudit() == .altered(seq: 9))
    }

    @Test func `an end that was cut is known by the cases`() throws {
        let county = try DeskCounty()
        let last = try #require(try county.store.auditHead()?.seq)
        _ = try county.assigned()
        let known = try #require(try county.store.auditHead()?.seq)
        try county.meddle("DELETE FROM audit_log WHERE seq > \(last)")
        #expect(try county.store.verifyAudit() == .cut(last: last, known: known))
    }

    @Test func `a copy that was put back is known by an anchor, and its other future is a fork`() throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        try county.store.close()
        let (data, copy) = (county.scratch.folder, county.scratch.root + "/old")
        try FileManager.default.copyItem(atPath: data, toPath: copy)
        let first = try CaseStore(opening: data)
        let intake = try CaseDesk(first, as: try #require(county.people["intake"]), now: DeskCounty.monday)
        _ = try intake.register(DeskCounty.water(area: DeskCounty.otherVillage))
        let anchor = try CaseDesk(first, as: try #require(county.people["auditor"]), now: DeskCounty.monday).anchor()
        #expect(try first.verifyAudit(anchors: [anchor]).isSound)
        #expect(AuditAnchor(line: anchor.line + " 2026-03-02") == anchor && AuditAnchor(line: "7 abc") == nil)
        try first.close()
        let old = try CaseStore(opening: copy)
        let end = try #require(try old.auditHead()?.seq)
        #expect(try old.verifyAudit().isSound, "in itself it is sound")
        #expect(try old.verifyAudit(anchors: [anchor]) == .restored(last: end, anchor: anchor.seq))
        let again = try CaseDesk(old, as: try #require(county.people["intake"]), now: DeskCounty.monday + 60)
        for _ in 0..<4 { _ = try again.cases() }
        #expect(try old.verifyAudit(anchors: [anchor]) == .forked(anchor: anchor.seq))
    }

    @Test func `an old copy of the store's file alone is noticed without an anchor`() throws {
        let county = try DeskCounty()
        try county.store.close()
        let (file, copy) = (county.scratch.folder + "/store.sqlite", county.scratch.root + "/old.sqlite")
        try FileManager.default.copyItem(atPath: file, toPath: copy)
        let store = try CaseStore(opening: county.scratch.folder)
        let end = try #require(try store.auditHead()?.seq)
        for _ in 0..<2 {
            _ = try CaseDesk(store, as: try #require(county.people["intake"]), now: DeskCounty.monday).cases()
        }
        try store.close()
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.copyItem(atPath: copy, toPath: file)
        let old = try CaseStore(opening: county.scratch.folder)
        #expect(try old.verifyAudit() == .restored(last: end, anchor: end + 1))
    }

    @Test func `a chain that was written anew from its beginning is known by an anchor`() throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        let anchor = try county.desk("auditor").anchor()
        // Whoever can write the file can also compute hashes: here a second folder of the same length stands for that.
        let forged = try DeskCounty()
        _ = try forged.assigned()
        _ = try forged.desk("admin").anchor()
        #expect(try forged.store.verifyAudit().isSound)
        #expect(try forged.store.verifyAudit(anchors: [anchor]) == .forked(anchor: anchor.seq))
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `the log is verified in pieces of any length, and each row is found by its number`(_ length: Int) throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        let end = try #require(try county.store.auditHead())
        let pieces = AuditPieces(rows: length, sheets: 1)
        func verdict(_ anchors: [AuditAnchor] = []) throws -> AuditVerdict {
            try county.store.verifyAudit(anchors: anchors, pieces: pieces)
        }
        #expect(try verdict([end]) == .sound(rows: end.seq))
        let wrong = AuditAnchor(seq: 3, hash: end.hash)
        #expect(try verdict([end, wrong, AuditAnchor(seq: 5, hash: end.hash)]) == .forked(anchor: 3))
        #expect(
            try verdict([AuditAnchor(seq: end.seq + 9, hash: end.hash)])
                == .restored(last: end.seq, anchor: end.seq + 9))
        try county.meddle("CREATE TABLE kept AS SELECT * FROM audit_log")
        #expect(try verdict() == .changed(.schema, row: 0))
        for seq in 1...end.seq {
            for change in [
                "UPDATE audit_log SET detail = detail || ' ' WHERE seq = \(seq)",
                "UPDATE audit_log SET hash = randomblob(32) WHERE seq = \(seq)",
                "UPDATE audit_log SET hash = zeroblob(32) WHERE seq = \(seq)",
                "UPDATE audit_log SET actor = actor + 1 WHERE seq >= \(seq)",
                "DELETE FROM audit_log WHERE seq = \(seq)",
            ] {
                try county.meddle(change)
                // Of the last row the sealed end knows.
                let isEnd = change.hasPrefix("DELETE") && seq == end.seq
                #expect(try verdict() == (isEnd ? .cut(last: seq - 1, known: seq) : .altered(seq: seq)), "\(change)")
                try county.meddle("DELETE FROM audit_log; INSERT INTO audit_log SELECT * FROM kept")
            }
        }
        #expect(try verdict() == .changed(.schema, row: 0))
    }

    @Test func `a row with a huge number is told, and not walked up to`() throws {
        let county = try DeskCounty()
        let end = try #require(try county.store.auditHead()?.seq)
        try county.meddle(
            "INSERT INTO audit_log SELECT 8999999999999999, seconds, actor, action, object_kind, object_id, detail, randomblob(32) FROM audit_log WHERE seq = 1"
        )
        #expect(try county.store.verifyAudit() == .altered(seq: end + 1))
        try county.meddle(
            """
            PRAGMA ignore_check_constraints = ON;
            UPDATE audit_log SET seq = -4 WHERE seq > \(end); PRAGMA ignore_check_constraints = OFF
            """)
        #expect(try county.store.verifyAudit() == .altered(seq: 1))
    }
}
