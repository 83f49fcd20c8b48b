import Desk
import Synchronization

/// The desk, once the server knows its port.
final class ApplicationBox: Sendable {
    private let box = Mutex<DeskApplication?>(nil)

    /// The desk; nil until the port is known.
    var desk: DeskApplication? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
