import Dispatch
import Foundation
import Glibc
import Synchronization

/// The sealed end of the log as a small file beside the store: an older copy of the store that is put back shows at once,
/// though nobody wrote an anchor.
///
/// Written after an act is on the disk, once a second at most. It proves nothing against somebody who puts this file back,
/// too: anchors elsewhere do.
final class EndFile: Sendable {
    private let path: String
    /// When it was written last, in nanoseconds since the machine started; 0 for never.
    private let written = Mutex<UInt64>(0)
    /// True where the store is older than what the file says: then it stays as it is, and goes on telling.
    private let isKept = Mutex(false)

    init(in folder: String) { path = folder + "/log-end" }

    /// Writes the end down; a full disk is no reason to undo an act that is done.
    func note(_ end: String) {
        guard !isKept.withLock({ $0 }) else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        let isDue = written.withLock { written in
            guard written == 0 || now - written >= 1_000_000_000 else { return false }
            written = now
            return true
        }
        guard isDue else { return }
        // Whole or not at all, as another process may read it.
        let draft = path + ".\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array((end + "\n").utf8)
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        if count != bytes.count || rename(draft, path) != 0 { unlink(draft) }
    }

    /// Leaves the file as it is from now on.
    func keep() { isKept.withLock { $0 = true } }

    /// What was written last; nil when nothing was.
    func end() -> AuditLog.End? {
        FileManager.default.contents(atPath: path).flatMap {
            AuditLog.End(text: String(decoding: $0, as: UTF8.self))
        }
    }

    /// Forgets it: a backup is put back on purpose, and the log says so.
    static func remove(in folder: String) { unlink(EndFile(in: folder).path) }
}
