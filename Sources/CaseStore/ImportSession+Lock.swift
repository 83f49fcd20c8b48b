import Foundation
import Glibc

extension ImportSession {
    /// The right to import into a data folder, which one import at a time has.
    ///
    /// A lock of the kernel's on the folder itself: it goes with the process that holds it, however that ends, and
    /// leaves no file that could be stale. Who only reads or decides doesn't ask for it.
    final class Lock: Sendable {
        private let descriptor: Int32

        /// Takes the lock; throws `busy` when another import still holds it after so many seconds.
        init(folder: String, seconds: Double) throws(StoreError) {
            let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw DataFolder(path: folder).failure() }
            let end = ContinuousClock.now + .seconds(seconds)
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let isHeld = errno == EWOULDBLOCK
                guard isHeld || errno == EINTR, ContinuousClock.now < end else {
                    let failure = isHeld ? StoreError(.busy, folder: folder) : DataFolder(path: folder).failure()
                    Glibc.close(descriptor)
                    throw failure
                }
                usleep(20_000)
            }
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }
    }
}
