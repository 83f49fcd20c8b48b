import CaseStore
import Casework
import Messages
import Synchronization

/// How many wait in each view, by person: every page shows them, and each count walks the wall.
///
/// Numbers hold while nobody does more than read, and for some seconds while others work. What somebody does is in their own
/// numbers at once, and what changes who may see what is in everybody's.
final class QueueCounts: Sendable {
    /// The numbers of one person.
    struct Counts: Sendable {
        var cases: [CaseQuery.View: Int]
        /// Flags that wait for a decision.
        var flags: Int
        fileprivate var at: Int64
        /// How far the store had changed before it was counted.
        fileprivate var mark: StoreMark

        /// Terms run out with the day, without a row in any log.
        fileprivate func holds(at now: Int64, _ mark: StoreMark) -> Bool {
            (0..<QueueCounts.seconds).contains(now - at)
                || (self.mark == mark && now >= at && CivilDay(instant: now) == CivilDay(instant: at))
        }
    }

    /// How long a number is shown while others work.
    private static let seconds: Int64 = 15

    private let known = Mutex<[Int: Counts]>([:])

    /// The numbers of the person who asks.
    func counts(for call: Call) throws -> Counts {
        try counts(for: call, since: call.app.pages.freshen(call.app.store))
    }

    /// The same where it is known how far the store had changed a moment ago.
    func counts(for call: Call, since mark: StoreMark) throws -> Counts {
        let person = call.person?.id ?? -1
        if let counts = known.withLock({ $0[person] }), counts.holds(at: call.now, mark) { return counts }
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        let desk = try call.desk()
        let counts = Counts(
            cases: try desk.counts(of: QueueFilter.View.allCases.compactMap(\.cases)),
            flags: call.seesFlags ? try desk.flagCount(filter) : 0, at: call.now, mark: mark)
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
