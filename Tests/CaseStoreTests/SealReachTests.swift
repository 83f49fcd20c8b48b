import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What no seal covered once: the newest flag, the last number of a series, the messages of a flag.
struct SealReachTests {
    enum Reach: CaseIterable, Sendable {
        case newestFlag, lastNumber, members

        /// An act that leaves such a row.
        func act(in store: CaseStore, by intake: Int) throws {
            switch self {
            case .newestFlag: _ = try store.importing(try Scratch.draft("井盖丢了没人管", members: [3]))
            case .lastNumber:
                _ = try CaseDesk(store, as: intake, now: DeskCounty.monday)
                    .register(DeskCounty.water(area: DeskCounty.otherVillage))
            case .members:
                let session = try store.openImport(of: Scratch.source)
                try session.replace(1, with: try Scratch.draft("路灯坏了没人管呀", members: [1, 9]))
                try session.finish(ImportCounts())
            }
        }

        /// Takes the row out again.
        var removal: String {
            switch self {
            case .newestFlag: "DELETE FROM flag_message WHERE flag_id = 3; DELETE FROM flag WHERE id = 3"
            case .lastNumber: "DELETE FROM matter_number WHERE matter_id = (SELECT MAX(id) FROM matter)"
            case .members: "DELETE FROM flag_message WHERE digest = 9"
            }
        }

        var verdict: AuditVerdict {
            switch self {
            case .newestFlag: .changed(.flag, row: 3)
            case .lastNumber: .changed(.matter, row: 2)
            case .members: .changed(.flag, row: 1)
            }
        }
    }

    private let county: DeskCounty
    private let intake: Int

    init() throws {
        county = try DeskCounty()
        intake = try #require(county.people["intake"])
        _ = try county.desk("intake").register(DeskCounty.water())
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        _ = try county.store.importing(try Scratch.draft("路灯又坏了没人管", members: [2]))
        try county.store.close()
    }

    /// Does an act in the store, opened anew, and says where the log ends.
    private func acting(_ reach: Reach) throws -> AuditAnchor {
        let store = try CaseStore(opening: county.scratch.folder)
        try reach.act(in: store, by: intake)
        let end = try #require(try store.auditHead())
        #expect(try store.verifyAudit(anchors: [end]).isSound)
        try store.close()
        return end
    }

    private func verdict(_ anchors: [AuditAnchor] = []) throws -> AuditVerdict {
        let store = try CaseStore(opening: county.scratch.folder)
        let verdict = try store.verifyAudit(anchors: anchors)
        #expect(try store.verifyAudit(anchors: anchors, pieces: AuditPieces(rows: 3, sheets: 1)) == verdict)
        return verdict
    }

    @Test(arguments: Reach.allCases)
    func `a row that is taken out is told`(_ reach: Reach) throws {
        _ = try acting(reach)
        try county.meddle(reach.removal)
        #expect(try verdict() == reach.verdict)
    }

    @Test(arguments: Reach.allCases)
    func `taken out together with the end of the log, it is told as cut`(_ reach: Reach) throws {
        let end = try acting(reach)
        try county.meddle("\(reach.removal); DELETE FROM audit_log WHERE seq = \(end.seq)")
        #expect(try verdict() == .cut(last: end.seq - 1, known: end.seq))
    }

    @Test(arguments: Reach.allCases)
    func `an older file that is put back is told as restored, and as forked once it was worked on`(
        _ reach: Reach
    ) throws {
        let old = try Data(contentsOf: URL(fileURLWithPath: county.file))
        let end = try acting(reach)
        try old.write(to: URL(fileURLWithPath: county.file))
        #expect(try verdict() == .restored(last: end.seq - 1, anchor: end.seq), "the file beside it tells")
        #expect(try verdict([end]) == .restored(last: end.seq - 1, anchor: end.seq))
        let store = try CaseStore(opening: county.scratch.folder)
        for _ in 0..<2 { _ = try CaseDesk(store, as: intake, now: DeskCounty.monday + 9).cases() }
        try store.close()
        #expect(try verdict([end]) == .forked(anchor: end.seq))
    }

    @Test func `an import is a row of the log: by whom, how many flags it made, and which is the last`() throws {
        let store = try CaseStore(opening: county.scratch.folder)
        var source = Scratch.source
        source.importer = intake
        let session = try store.openImport(of: source)
        for number in 3...5 { try session.insert(try Scratch.draft("井盖丢了没人管", members: [UInt64(number)])) }
        try session.finish(ImportCounts())
        _ = try store.openImport(of: source)
        let rows = try CaseDesk(store, as: try #require(county.people["auditor"]), now: DeskCounty.monday).auditReport()
            .rows.filter { $0.action == "import" }
        #expect(rows.map(\.detail) == ["flags=1;last=1", "flags=1;last=2", "flags=3;last=5"])
        #expect(rows.map(\.objectID) == [1, 2, 3] && rows.map(\.actor) == [0, 0, intake])
        #expect(rows.allSatisfy { CivilDay(instant: $0.seconds).number == source.startedOn })
    }

    /// Makes the store one of a program before the step `members`.
    private func age(_ sql: String = "") throws {
        let store = try CaseStore(opening: county.scratch.folder)
        try store.sealAnew(as: .narrow)
        try store.close()
        try county.meddle(
            """
            \(DeskCounty.withoutOrder) DELETE FROM schema_migration WHERE name = 'members'; DROP INDEX flag_message_flag;
            CREATE INDEX flag_message_flag ON flag_message (flag_id); \(sql)
            """)
    }

    @Test func `an older store is sealed anew with the step, and its flags are counted`() throws {
        try age()
        #expect(try verdict().isSound)
        let auditor = try #require(county.people["auditor"])
        let store = try CaseStore(opening: county.scratch.folder)
        let rows = try CaseDesk(store, as: auditor, now: DeskCounty.monday).auditReport().rows
        #expect(rows.last?.action == "flags-counted" && rows.last?.detail == "last=2")
        try store.close()
        try county.meddle("DELETE FROM flag_message WHERE flag_id = 2; DELETE FROM flag WHERE id = 2")
        #expect(try verdict() == .changed(.flag, row: 2))
        try county.meddle("INSERT INTO flag_message (digest, flag_id) VALUES (7, 1)")
        #expect(try verdict() == .changed(.flag, row: 1))
    }

    @Test func `what was changed in an older store stays told when it is sealed anew`() throws {
        try age("UPDATE flag SET severity = 0 WHERE id = 1")
        #expect(try verdict() == .changed(.flag, row: 1))
        try age("UPDATE matter SET severity = 0 WHERE id = 1")
        #expect(try verdict() == .changed(.matter, row: 1))
    }
}
