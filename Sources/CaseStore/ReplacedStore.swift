public import Casework
import Foundation
import Glibc

/// The store that a backup was put in the place of: kept for some days, so that a wrong restoring can be undone, and no
/// longer, as nothing is erased in it.
struct ReplacedStore {
    private let folder: String
    private let store: String

    init(in folder: String) {
        self.folder = folder
        store = DataFolder(path: folder).storeFile
    }

    /// The one that was replaced last.
    var path: String { store + ".replaced" }

    /// True while it is there.
    var isThere: Bool { access(path, F_OK) == 0 }

    /// What stands in the names of those that were replaced before it, before the day from which they go.
    private static let until = "store.sqlite.replaced.until-"

    /// Those that were replaced before it: each restoring keeps what it replaces, as the first of several may have replaced the
    /// only newest one.
    private var earlier: [(path: String, goes: CivilDay)] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().compactMap { name in
            guard name.hasPrefix(Self.until), let day = CivilDay(String(name.dropFirst(Self.until.count).prefix(10)))
            else {
                return nil
            }
            return (folder + "/" + name, day)
        }
    }

    /// Takes the store that is in place as the one that was replaced; it stays in place, too, until another one is renamed
    /// over it, so that the folder is never without one.
    ///
    /// What was replaced before stays under another name until `goes`, but for the one that is restored now (`file`).
    func take(instead file: String, goes: CivilDay) throws {
        if isThere, !Self.isSame(file, path) {
            var (kept, count) = (folder + "/" + Self.until + "\(goes)", 1)
            while access(kept, F_OK) == 0 {
                count += 1
                kept = folder + "/" + Self.until + "\(goes)-\(count)"
            }
            guard rename(path, kept) == 0 else { throw DataFolder(path: folder).failure() }
            rename(path + "-wal", kept + "-wal")
        }
        for other in earlier where Self.isSame(file, other.path) { Self.remove(other.path) }
        Self.remove(path)
        // What a store that couldn't be opened has in its log of writes goes along: it must not be read into another one.
        rename(store + "-wal", path + "-wal")
        unlink(store + "-shm")
        guard access(store, F_OK) == 0, link(store, path) != 0 else { return }
        // No links on this file system.
        try FileManager.default.moveItem(atPath: store, toPath: path)
    }

    /// Removes those whose day has come; false where one is still there.
    func remove(on today: CivilDay, last: CivilDay?) -> Bool {
        var isGone = true
        if let last, last <= today { isGone = Self.remove(path) }
        for other in earlier where other.goes <= today { isGone = Self.remove(other.path) && isGone }
        return isGone
    }

    /// The first day on which one of them goes; `last` is that of the one replaced last.
    func firstDay(_ last: CivilDay?) -> CivilDay? { (earlier.map(\.goes) + [last].compactMap { $0 }).min() }

    @discardableResult
    private static func remove(_ path: String) -> Bool {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        return access(path, F_OK) != 0
    }

    /// True where both names are of one file.
    private static func isSame(_ file: String, _ other: String) -> Bool {
        var (one, two) = (stat(), stat())
        return stat(file, &one) == 0 && stat(other, &two) == 0 && one.st_ino == two.st_ino && one.st_dev == two.st_dev
    }

    /// The day from which the last one is to go: after the restoring, the shortest of the times that words live.
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
    /// The day from which the store that a backup was put in the place of is to go (`retention run`), the first where several
    /// are kept; nil where none is.
    public func replacedStoreGoes() throws(StoreError) -> CivilDay? {
        ReplacedStore(in: folder).firstDay(try lastReplacedGoes())
    }

    private func lastReplacedGoes() throws(StoreError) -> CivilDay? {
        let replaced = ReplacedStore(in: folder)
        guard replaced.isThere else { return nil }
        return try read { try replaced.lastDay(configuration, in: $0) }
    }

    /// Removes the stores that were replaced once their time is over; false where one should be gone and isn't.
    func endReplaced(on today: CivilDay) throws(StoreError) -> Bool {
        ReplacedStore(in: folder).remove(on: today, last: try lastReplacedGoes())
    }
}
