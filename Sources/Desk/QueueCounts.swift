import CaseStore
import Messages
import Synchronization

/// How many wait in each view, by person, for some seconds: every page shows them, and each count walks the wall.
///
/// What somebody does is in their own numbers at once, and what changes who may see what is in everybody's.
final class QueueCounts: Sendable {
    /// The numbers of one person.
    struct Counts: Sendable {
        var cases: [CaseQuery.View: Int]
        /// Flags that wait for a decision.
        var flags: Int
        fileprivate var at: Int64
    }

    /// How long a number is shown while others work.
    private static let seconds: Int64 = 15

    private let known = Mutex<[Int: Counts]>([:])

    /// The numbers of the person who asks.
    func counts(for call: Call) throws -> Counts {
        let person = call.person?.id ?? -1
        if let counts = known.withLock({ $0[person] }), (0..<Self.seconds).contains(call.now - counts.at) {
            return counts
        }
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        let desk = try call.desk()
        let counts = Counts(
            cases: try desk.counts(), flags: call.seesFlags ? try desk.flagCount(filter) : 0, at: call.now)
        known.withLock { $0[person] = counts }
        return counts
    }

    /// Forgets a person's numbers, or everybody's.
    func forget(_ person: Int? = nil) {
        known.withLock { known in
            if let person { known[person] = nil } else { known = [:] }
        }
    }
}
