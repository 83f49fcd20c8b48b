public import Casework
import Foundation
import Glibc

/// The store that a backup was put in the place of: kept for some days, so that a wrong restoring can be undone, and no
/// longer, as nothing is erased in it.
struct ReplacedStore {
    private let store: String

    init(in folder: String) { store = DataFolder(path: folder).storeFile }

    /// The file.
    var path: String { store + ".replaced" }

    /// True while it is there.
    var isThere: Bool { access(path, F_OK) == 0 }

    /// Takes the store that is in place as the one that was replaced; it stays in place, too, until another one is renamed
    /// over it, so that the folder is never without one.
    func take() throws {
        remove()
        // What a store that couldn't be opened has in its log of writes goes along: it must not be read into another one.
        rename(store + "-wal", path + "-wal")
        unlink(store + "-shm")
        guard access(store, F_OK) == 0, link(store, path) != 0 else { return }
        // No links on this file system.
        try FileManager.default.moveItem(atPath: store, toPath: path)
    }

    /// Removes it; false where it is still there.
    @discardableResult
    func remove() -> Bool {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        return !isThere
    }

    /// The day from which it is to go: after the restoring, the shortest of the times that words live.
    func lastDay(_ configuration: StoreConfiguration, in session: any SQLSession) throws -> CivilDay {
        let restored = try session.query(
            """
            SELECT seconds FROM audit_log WHERE object_kind = 'store' AND object_id = 0 AND action = 'restore'
            ORDER BY seq DESC LIMIT 1
            """
        ).first?.int(0)
        let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        let instant = restored.map { Int64($0) } ?? Int64(changed?.timeIntervalSince1970 ?? 0)
        return CivilDay(instant: instant).advanced(by: configuration.shortestLife)
    }
}

extension StoreConfiguration {
    /// The shortest time that words live once they are due for something, in days.
    var shortestLife: Int { min(flagDays, originalDays, handedOverDays, fileDays) }
}

extension CaseStore {
    /// The day from which the store that a backup was put in the place of is to go (`retention run`); nil where none is kept.
    public func replacedStoreGoes() throws(StoreError) -> CivilDay? {
        let replaced = ReplacedStore(in: folder)
        guard replaced.isThere else { return nil }
        return try read { try replaced.lastDay(configuration, in: $0) }
    }

    /// Removes the store that was replaced once its time is over; false where it should be gone and isn't.
    func endReplaced(on today: CivilDay) throws(StoreError) -> Bool {
        guard let day = try replacedStoreGoes(), day <= today else { return true }
        return ReplacedStore(in: folder).remove()
    }
}
