import CaseStore
import Messages
import Synchronization

/// Dismissals that can still be taken back.
///
/// The store erases the words of a dismissed flag at once, so the desk waits some seconds before it asks for that. The flag
/// is claimed meanwhile; if the program ends in between, it simply stands in the queue again: nothing is lost.
final class Dismissals: Sendable {
    /// One that waits.
    struct Waiting: Sendable {
        var flag: Int
        var reason: String
        var staff: Int
        var version: Int?
        var due: Int64
        var session: String?
        var language: Language
    }

    private let store: CaseStore
    private let seconds: Int64
    private let notices: Notices
    private let waiting = Mutex<[Waiting]>([])

    init(store: CaseStore, seconds: Int64, notices: Notices) {
        (self.store, self.seconds, self.notices) = (store, seconds, notices)
    }

    /// Puts one down; the flag must be claimed.
    func add(_ flag: Int, reason: String, version: Int?, by call: Call) {
        let one = Waiting(
            flag: flag, reason: reason, staff: call.person?.id ?? -1, version: version, due: call.now + seconds,
            session: call.session?.secret, language: call.language)
        waiting.withLock { $0.append(one) }
    }

    /// Takes one back; false when it is done, or another's.
    func takeBack(_ flag: Int, by staff: Int) -> Bool {
        waiting.withLock { waiting in
            guard let index = waiting.firstIndex(where: { $0.flag == flag && $0.staff == staff }) else { return false }
            waiting.remove(at: index)
            return true
        }
    }

    /// The flags that wait.
    var flags: Set<Int> { waiting.withLock { Set($0.map(\.flag)) } }

    /// Does those whose time is over.
    ///
    /// - Returns: true where there were some: what waits is less now, or as much as before.
    @discardableResult
    func settle(at now: Int64) -> Bool {
        let due = waiting.withLock { waiting in
            let due = waiting.filter { $0.due <= now }
            if !due.isEmpty { waiting.removeAll { $0.due <= now } }
            return due
        }
        for one in due {
            do {
                let desk = try CaseDesk(store, as: one.staff, now: min(now, one.due))
                _ = try desk.dismiss(one.flag, reason: one.reason, version: one.version, isLast: false)
            } catch {
                // The flag stands in the queue again, and its reader learns why.
                let why = (error as? any ExplainedError)?.explanation(in: one.language) ?? ""
                let notice = Notice(text: "#\(one.flag) \(why)", isProblem: true)
                if let session = one.session { notices.leave(notice, for: session) }
            }
        }
        // Once for all: it waits for the disk several times.
        if !due.isEmpty { store.forgetErased() }
        return !due.isEmpty
    }
}
