import Dispatch
import Foundation
import Glibc
import Synchronization

/// The sealed end of the log as a small file beside the store: an older copy of the store that is put back shows at once,
/// though nobody wrote an anchor.
///
/// It is there from the folder's beginning, and an act only ever writes another in its place, after it is on the disk, once a
/// second at most: a file that is gone stays gone, and is told. It proves nothing against somebody who puts this file back,
/// too: anchors elsewhere do.
final class EndFile: Sendable {
    /// What the file says.
    enum State {
        case missing, garbled
        case says(AuditLog.End)
    }

    static let name = "log-end"

    private let folder: String
    private var path: String { folder + "/" + Self.name }
    /// The end of a store that is being put in place: it becomes the file once the store is there.
    private var staged: String { path + ".restored" }
    /// When it was written last, in nanoseconds since the machine started; 0 for never.
    private let written = Mutex<UInt64>(0)
    /// True where the file can't be believed, or is newer than the store: then it stays as it is, and goes on telling.
    private let isKept = Mutex(false)

    init(in folder: String) { self.folder = folder }

    /// Writes the end down; a full disk is no reason to undo an act that is done.
    func note(_ end: String) {
        guard !isKept.withLock({ $0 }) else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        let isDue = written.withLock { written in
            guard written == 0 || now - written >= 1_000_000_000 else { return false }
            written = now
            return true
        }
        // Somebody took the file away, or wrote into it: the next act must not hide that.
        guard isDue, case .says = state() else { return }
        put(end)
    }

    /// Writes the file, whole or not at all, as another process may read it.
    @discardableResult
    func put(_ end: String) -> Bool { write(end, to: path) }

    /// Writes the end of a store that is about to be put in place.
    func stage(_ end: String) -> Bool { write(end, to: staged) }

    /// Ends a restoring once the store is in its place, also one whose process died there: what was staged becomes the file
    /// where it is the end of this store, and is forgotten where it isn't.
    func takeStaged(_ fits: (AuditLog.End) throws -> Bool) rethrows {
        guard case .says(let end) = Self.state(of: staged), try fits(end) else {
            unlink(staged)
            return
        }
        rename(staged, path)
    }

    private func write(_ end: String, to path: String) -> Bool {
        let draft = path + ".\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        let bytes = Array((end + "\n").utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        if count == bytes.count, rename(draft, path) == 0 { return true }
        unlink(draft)
        return false
    }

    /// Leaves the file as it is from now on.
    func keep() { isKept.withLock { $0 = true } }

    /// What the file says.
    func state() -> State { Self.state(of: path) }

    private static func state(of path: String) -> State {
        guard let data = FileManager.default.contents(atPath: path) else { return .missing }
        // A key's code is 64 digits; whatever else stands there was not written here.
        guard let end = AuditLog.End(text: String(decoding: data, as: UTF8.self)), end.seq >= 0,
            end.seal.utf8.count == 64
        else {
            return .garbled
        }
        return .says(end)
    }

    /// What was written last; nil where that can't be told.
    func end() -> AuditLog.End? {
        if case .says(let end) = state() { end } else { nil }
    }

    /// Takes away what processes left that died while they wrote: drafts of this file, and of a restoring, with its copies of
    /// the store and of the key.
    func sweep() {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        for name in names {
            guard name.hasPrefix(Self.name + "."),
                let process = name.split(separator: ".").last.flatMap({ pid_t($0) }), process != getpid(),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? manager.removeItem(atPath: folder + "/" + name)
        }
        // Numbers of processes mean nothing in another container: who restores has a lock on the folder that is worked in.
        for name in names where name.hasPrefix(".restore.") {
            let path = folder + "/" + name
            let changed = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date
            guard let changed, Date().timeIntervalSince(changed) > 10,
                (try? ImportSession.Lock(folder: path, seconds: 0)) != nil
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }
}
