public import Casework
import Foundation
import GRDB
import Glibc
import Messages

/// What a restoring kept of the newer store, and what it could not.
public struct RestoreReport: Sendable, Equatable {
    /// The day from which `retention run` removes the store that was replaced; nil where there was none.
    public var replacedGoes: CivilDay?
    /// Cases and imports that the backup doesn't have: their numbers are given out anew, their exports must be imported again.
    public var lostCases = 0, lostImports = 0
    /// Holds placed since, which count.
    public var holds = 0
    /// Complaints that became reports since: they lie with nobody until somebody at intake makes them reports again.
    public var reports = 0
}

extension CaseDesk {
    /// Writes a compact copy of the store to a new file, without the key: keep the two in different places.
    ///
    /// Whoever works goes on working. The copy is the owner's alone to read.
    public func backUp(to file: String) throws {
        try run("backup", "store") { act in
            if act.person != nil { _ = try act.require([.sysadmin, .supervisor]) }
            try act.log("backup", "store")
        }
        // Under its name only once it is whole: a process that dies must not leave what looks like a backup.
        let draft = file + ".part"
        guard access(file, F_OK) != 0 else { throw DeskError(.file(file)) }
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DeskError(.file(file)) }
        Glibc.close(descriptor)
        defer { for suffix in ["", "-journal"] { unlink(draft + suffix) } }
        do {
            let source = DataFolder(path: store.folder).storeFile
            let queue = try DatabaseQueue(path: source, configuration: SQLiteEngine.configuration(.init()))
            // SQLite fills an empty file that is there, and so keeps its mode.
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [draft]) }
            try queue.close()
        } catch {
            throw StoreError(error, folder: store.folder)
        }
        // Never over a file that somebody made meanwhile.
        guard link(draft, file) == 0 || access(file, F_OK) != 0 && rename(draft, file) == 0 else {
            throw DeskError(.file(file))
        }
    }

    /// Puts a backup in the place of the store.
    ///
    /// Nothing else may have the folder open. The backup must open with the folder's key and its chain be sound. What
    /// was erased since is erased in it again, what keeps somebody from reading or erasing since counts in it (ties, people
    /// gone, holds, retaliation, complaints that became reports), sessions and tokens end, and the restoring is a row of its
    /// chain, so that anchors written since the backup tell of it. The store that was there stays beside as
    /// `store.sqlite.replaced` for some days (``CaseStore/replacedStoreGoes()``), and so do those replaced before it: to undo a
    /// wrong restoring, restore that.
    @discardableResult
    public static func restore(
        _ file: String, into folder: String, by actor: Int, now: Int64
    ) throws -> RestoreReport {
        let files = DataFolder(path: folder)
        let manager = FileManager.default
        guard manager.fileExists(atPath: file) else { throw DeskError(.backup(file)) }
        let use = try StoreUse(replacing: folder)
        defer { use.end() }
        let last = try lastState(of: folder)
        let draft = DataFolder(path: folder + "/.restore.\(getpid())")
        try draft.make()
        defer { try? manager.removeItem(atPath: draft.path) }
        // Held until the end: whoever finds the folder without it may take it away (`EndFile.sweep`).
        let lock = try ImportSession.Lock(folder: draft.path, seconds: 0)
        defer { withExtendedLifetime(lock) {} }
        for name in ["key", "config.json"] where manager.fileExists(atPath: folder + "/" + name) {
            try copy(folder + "/" + name, to: draft.path + "/" + name)
        }
        try copy(file, to: draft.storeFile)
        chmod(draft.storeFile, 0o600)
        let end: String
        var report = RestoreReport()
        do {
            let copy = try CaseStore(opening: draft.path)
            guard try copy.verifyCopy().isSound else { throw DeskError(.backup(file)) }
            report = try CaseDesk(copy, as: actor, now: now).finishRestoring(last)
            end = try copy.fileEnd()
            try copy.close()
        } catch is StoreError {
            throw DeskError(.backup(file))
        }
        // First what tells the end of the new store, then the store: a process that dies between leaves the old one, or the new
        // one whose end is taken when it is opened next.
        let endFile = EndFile(in: folder)
        guard endFile.stage(end) else { throw files.failure() }
        let goes = try last.replacedGoes ?? CivilDay(instant: now).advanced(by: files.configuration().shortestLife)
        try ReplacedStore(in: folder).take(instead: file, goes: goes)
        guard rename(draft.storeFile, files.storeFile) == 0 else { throw files.failure() }
        endFile.put(end)
        endFile.takeStaged { _ in false }
        let store = try CaseStore(replacing: folder)
        defer { try? store.close() }
        report.replacedGoes = try store.replacedStoreGoes()
        return report
    }

    /// Copies a file; a full disk and a folder in the place of a file are told in this room's words.
    private static func copy(_ file: String, to target: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
            throw DeskError(.backup(file))
        }
        do {
            try FileManager.default.copyItem(atPath: file, toPath: target)
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw StoreError(.diskFull, folder: target)
        } catch {
            throw StoreError(.inputOutput, folder: target)
        }
    }

    /// What must not come undone by an old copy: it would undo erasures and the wall.
    private struct LastState {
        /// The last row of the log.
        var seq = 0
        /// Keys of cases that were destroyed.
        var keys: [Int] = []
        /// Flags whose words are gone: by their own numbers, as a fuller reading gives a flag another key.
        var flags: [Int] = []
        /// Ties that hold, as rows of their table.
        var ties: [[SQLValue]] = []
        /// Who has left, and when.
        var left: [(staff: Int, day: Int)] = []
        /// Papers that keep words from erasure.
        var holds: [[SQLValue]] = []
        /// Cases with which retaliation was reported, and those that are reports.
        var retaliations: [Int] = [], reports: [Int] = []
        /// How many cases and imports there are.
        var cases = 0, imports = 0
        /// The day from which the store that was replaced last time goes; nil where there is none.
        var replacedGoes: CivilDay?
    }

    private static let tieColumns = ["id", "staff_id", "kind", "official_id", "unit_id", "matter_id", "declared_on"]

    /// The state of the store that is there; nothing where it can't be read.
    private static func lastState(of folder: String) throws -> LastState {
        var last = LastState()
        guard let old = try? CaseStore(replacing: folder) else { return last }
        try old.read { session in
            last.keys = try session.query("SELECT id FROM matter_key WHERE wrapped IS NULL").map { try $0.int(0) }
            // A flag that became a case was not erased: without the case it waits again, or a report would be lost.
            last.flags = try session.query(
                """
                SELECT f.id FROM flag AS f WHERE f.payload IS NULL AND (f.state NOT IN ('confirmed', 'joined') OR EXISTS
                  (SELECT 1 FROM matter_flag AS b JOIN matter_key AS k ON k.matter_id = b.matter_id
                    WHERE b.flag_id = f.id AND k.purpose = 'original' AND k.wrapped IS NULL))
                """
            ).map { try $0.int(0) }
            last.ties = try session.query(
                "SELECT \(tieColumns.joined(separator: ", ")) FROM staff_tie WHERE ended_on IS NULL ORDER BY id"
            ).map { row in tieColumns.indices.map { row[$0] } }
            last.left = try session.query("SELECT id, ended_on FROM staff WHERE ended_on IS NOT NULL").map {
                (try $0.int(0), try $0.int(1))
            }
            last.holds = try session.query(
                "SELECT matter_id, basis, placed_by, placed_on FROM hold WHERE lifted_on IS NULL ORDER BY id"
            ).map { row in (0..<4).map { row[$0] } }
            last.retaliations = try session.query("SELECT id FROM matter WHERE retaliation = 1").map { try $0.int(0) }
            last.reports = try session.query("SELECT id FROM matter WHERE track = 'misconduct'").map { try $0.int(0) }
            (last.cases, last.imports) = try counts(in: session)
        }
        last.replacedGoes = try old.replacedStoreGoes()
        last.seq = try old.auditHead()?.seq ?? 0
        try old.close()
        return last
    }

    private static func counts(in session: any SQLSession) throws -> (cases: Int, imports: Int) {
        func count(_ table: String) throws -> Int { try session.query("SELECT COUNT(*) FROM \(table)")[0].int(0) }
        return (try count("matter"), try count("import_batch"))
    }

    private func finishRestoring(_ last: LastState) throws -> RestoreReport {
        var report = RestoreReport()
        try run("restore", "store") { act in
            if act.person != nil { _ = try act.require([.sysadmin]) }
            let known = try Self.counts(in: act.session)
            (report.lostCases, report.lostImports) = (
                max(0, last.cases - known.cases), max(0, last.imports - known.imports)
            )
            try act.keepTies(last.ties)
            report.holds = try act.keepHolds(last.holds)
            report.reports = try act.keepFromUnits(last.reports)
            for id in last.retaliations { try act.markRetaliation(id) }
            for (staff, day) in last.left {
                try act.session.execute(
                    "UPDATE staff SET ended_on = $2 WHERE id = $1 AND ended_on IS NULL", [.int(staff), .int(day)])
            }
            try act.session.execute("DELETE FROM desk_session", [])
            try act.session.execute("UPDATE api_token SET ended_on = $1 WHERE ended_on IS NULL", [.int(today.number)])
            for id in last.keys {
                for row in try act.session.query("SELECT matter_id FROM matter_key WHERE id = $1", [.int(id)]) {
                    act.touch(try row.int(0))
                }
                try act.session.execute("UPDATE matter_text SET payload = NULL WHERE key_id = $1", [.int(id)])
                try act.session.execute(
                    "UPDATE matter_key SET wrapped = NULL, destroyed_on = $2 WHERE id = $1 AND wrapped IS NOT NULL",
                    [.int(id), .int(today.number)])
            }
            for id in last.flags { try act.expireAgain(id) }
            try act.log("restore", "store", 0, "before=\(last.seq)")
        }
        _ = store.engine.truncateLog()
        return report
    }
}

extension CaseDesk.Act {
    /// Erases a flag of an older copy whose words are gone in the newer store.
    ///
    /// The flag's own row said why; what the backup knows of it must not come to life again.
    fileprivate func expireAgain(_ flag: Int) throws {
        let rows = try session.query("SELECT data_key_id FROM flag WHERE id = $1 AND payload IS NOT NULL", [.int(flag)])
        guard let row = rows.first else { return }
        try log("flag-expire", "flag", flag, "reason=erased-before")
        try session.execute(
            """
            UPDATE flag SET payload = NULL, state = 'expired', reason = 'erased-before', group_id = NULL,
              village_name = NULL, village_code = substr(village_code, 1, 9) || '000', version = version + 1
            WHERE id = $1
            """, [.int(flag)])
        try session.execute(
            "UPDATE data_key SET wrapped = NULL, destroyed_on = $2 WHERE id = $1",
            [.int(try row.int(0)), .int(desk.today.number)])
    }

    /// Puts the holds of a newer store into an older copy, as far as it knows their cases and people; returns how many it
    /// hadn't.
    fileprivate func keepHolds(_ holds: [[SQLValue]]) throws -> Int {
        var count = 0
        for hold in holds {
            let isNew = try session.execute(
                """
                INSERT INTO hold (id, matter_id, basis, placed_by, placed_on)
                SELECT $5, $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM matter WHERE id = $1)
                  AND EXISTS (SELECT 1 FROM staff WHERE id = $3) AND NOT EXISTS
                    (SELECT 1 FROM hold WHERE matter_id = $1 AND basis = $2 AND placed_on = $4 AND lifted_on IS NULL)
                """, hold + [.int(try nextID("hold"))])
            guard isNew > 0, case .int(let matter) = hold[0] else { continue }
            touch(Int(matter))
            count += 1
        }
        return count
    }

    /// Takes complaints that became reports since the backup out of the hands of those whom they may be about, until somebody at
    /// intake makes them reports again: whom the report speaks of, and who has it, the older copy doesn't know.
    fileprivate func keepFromUnits(_ reports: [Int]) throws -> Int {
        var count = 0
        for id in reports {
            let isComplaint = try session.execute(
                "UPDATE matter SET unit_id = NULL, retaliation = 1 WHERE id = $1 AND track <> 'misconduct'", [.int(id)])
            guard isComplaint > 0 else { continue }
            try session.execute("DELETE FROM matter_assist WHERE matter_id = $1", [.int(id)])
            touch(id)
            count += 1
        }
        return count
    }

    /// Marks a case again with which retaliation was reported since the backup.
    fileprivate func markRetaliation(_ id: Int) throws {
        let isNew = try session.execute(
            "UPDATE matter SET retaliation = 1 WHERE id = $1 AND retaliation = 0", [.int(id)])
        if isNew > 0 { touch(id) }
    }

    /// Puts the ties of a newer store into an older copy, as far as it knows their people, bodies and cases.
    fileprivate func keepTies(_ ties: [[SQLValue]]) throws {
        for tie in ties {
            try session.execute(
                """
                INSERT INTO staff_tie (id, staff_id, kind, official_id, unit_id, matter_id, declared_on)
                SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM staff_tie WHERE id = $1)
                  AND EXISTS (SELECT 1 FROM staff WHERE id = $2)
                  AND ($4 IS NULL OR EXISTS (SELECT 1 FROM official WHERE id = $4))
                  AND ($5 IS NULL OR EXISTS (SELECT 1 FROM unit WHERE id = $5))
                  AND ($6 IS NULL OR EXISTS (SELECT 1 FROM matter WHERE id = $6))
                """, tie)
        }
    }
}
