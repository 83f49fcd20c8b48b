import Glibc
import Synchronization

/// The right to have a data folder's store open, which many processes share, or to put another store in its place, which
/// nobody shares.
///
/// A lock of the kernel's on the key file, which every folder has and no restoring replaces: it goes with the process that
/// holds it, however that ends. What was answered as done while a backup is put in place would be gone with the old store.
final class StoreUse: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Shares the store; throws `beingReplaced` where another process still replaces it after so many seconds.
    init(sharing folder: String, seconds: Double) throws(StoreError) {
        descriptor = Mutex(try Self.locked(folder, LOCK_SH, seconds: seconds, .beingReplaced))
    }

    /// Has the store alone; throws `inUse` where anybody has it open.
    init(replacing folder: String) throws(StoreError) {
        descriptor = Mutex(try Self.locked(folder, LOCK_EX, seconds: 0, .inUse))
    }

    deinit { end() }

    /// Lets others have it.
    func end() {
        descriptor.withLock {
            if let open = $0 { close(open) }
            $0 = nil
        }
    }

    private static func locked(
        _ folder: String, _ kind: Int32, seconds: Double, _ reason: StoreError.Reason
    ) throws(StoreError) -> Int32 {
        let files = DataFolder(path: folder)
        let descriptor = open(files.keyFile, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw files.failure() }
        let end = ContinuousClock.now + .seconds(seconds)
        while flock(descriptor, kind | LOCK_NB) != 0 {
            let isHeld = errno == EWOULDBLOCK
            guard isHeld || errno == EINTR, ContinuousClock.now < end else {
                let failure = isHeld ? StoreError(reason, folder: folder) : files.failure()
                close(descriptor)
                throw failure
            }
            usleep(20_000)
        }
        return descriptor
    }
}
