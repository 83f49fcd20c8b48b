import Dispatch
import Synchronization

/// Brings to the disk, within a second, what did not wait for it: rows of the log about lists that show nobody's words.
///
/// The file beside the store claims no row before the disk has it, or a power cut would look like an older copy put back.
final class LateSync: Sendable {
    private let engine: SQLiteEngine
    private let endFile: EndFile
    /// The end of the log that the disk need not have yet; nil while nothing is under way.
    private let waiting = Mutex<String?>(nil)

    init(_ engine: SQLiteEngine, _ endFile: EndFile) { (self.engine, self.endFile) = (engine, endFile) }

    /// Says where the log ends now.
    func note(_ end: String) {
        let isFirst = waiting.withLock { waiting in
            defer { waiting = end }
            return waiting == nil
        }
        guard isFirst else { return }
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .milliseconds(500)) { self.flush() }
    }

    /// Waits for the disk now, where anything is under way.
    func flush() {
        let end = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        if let end, engine.syncLog() { endFile.note(end) }
    }
}
