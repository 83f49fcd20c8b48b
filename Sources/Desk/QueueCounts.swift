import CaseStore
import Casework
import Messages
import Synchronization

/// How many wait in each view, by person: every page shows them, and each count walks the wall.
///
/// Numbers of cases hold while nobody does more than read cases, numbers of flags likewise, and for some seconds while others
/// work. What somebody does is in their own numbers at once, and what changes who may see what is in everybody's.
final class QueueCounts: Sendable {
    /// The numbers of one person.
    struct Counts: Sendable {
        var cases: [CaseQuery.View: Int]
        /// Flags that wait for a decision.
        var flags: Int
    }

    /// A number, when it was counted, and how far the store had changed before that.
    private struct Known<Value: Sendable>: Sendable {
        var value: Value
        var at: Int64
        var mark: StoreMark

        /// Terms run out with the day, without a row in any log.
        func holds(at now: Int64, _ mark: StoreMark, isSame: Bool) -> Bool {
            guard now >= at, self.mark.hasSameRest(as: mark) else { return false }
            return now - at < QueueCounts.seconds || (isSame && CivilDay(instant: now) == CivilDay(instant: at))
        }
    }

    /// How long a number is shown while others work.
    private static let seconds: Int64 = 15

    private let cases = Mutex<[Int: Known<[CaseQuery.View: Int]>]>([:])
    private let flags = Mutex<[Int: Known<Int>]>([:])

    /// The numbers of the person who asks.
    func counts(for call: Call) throws -> Counts {
        try counts(for: call, since: call.app.pages.freshen(call.app.store))
    }

    /// The same where it is known how far the store had changed a moment ago.
    func counts(for call: Call, since mark: StoreMark) throws -> Counts {
        Counts(cases: try cases(for: call, mark), flags: call.seesFlags ? try flags(for: call, mark) : 0)
    }

    private func cases(for call: Call, _ mark: StoreMark) throws -> [CaseQuery.View: Int] {
        let person = call.person?.id ?? -1
        if let known = cases.withLock({ $0[person] }),
            known.holds(at: call.now, mark, isSame: known.mark.hasSameCases(as: mark))
        {
            return known.value
        }
        let counts = try call.desk().counts(of: QueueFilter.View.allCases.compactMap(\.cases))
        cases.withLock { $0[person] = Known(value: counts, at: call.now, mark: mark) }
        return counts
    }

    private func flags(for call: Call, _ mark: StoreMark) throws -> Int {
        let person = call.person?.id ?? -1
        if let known = flags.withLock({ $0[person] }),
            known.holds(at: call.now, mark, isSame: known.mark.hasSameFlags(as: mark))
        {
            return known.value
        }
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        // The order is that of the index by which the queue itself is read.
        filter.order = .urgency
        let count = try call.desk().flagCount(filter)
        flags.withLock { $0[person] = Known(value: count, at: call.now, mark: mark) }
        return count
    }

    /// Forgets a person's numbers, or everybody's.
    func forget(_ person: Int? = nil) {
        guard let person else {
            cases.withLock { $0 = [:] }
            flags.withLock { $0 = [:] }
            return
        }
        cases.withLock { $0[person] = nil }
        flags.withLock { $0[person] = nil }
    }

    /// Forgets the numbers of flags that would show a few too many now that some are gone for good.
    func forgetFlags() { flags.withLock { $0 = $0.filter { $0.value.value >= 1000 } } }
}
