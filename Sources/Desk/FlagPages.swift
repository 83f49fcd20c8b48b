import CaseStore
import Messages
import Synchronization

/// Pages of flags that were shown a moment ago, by person, in memory.
///
/// A page is shown again only while nothing in the store changed: opening thirty sealed texts is most of what it costs. Each
/// showing leaves its row in the audit log like the first one, and asks anew whether the person is one who sees flags.
final class FlagPages: Sendable {
    private struct Key: Hashable {
        var person: Int
        var filter: String
        var limit: Int
        var offset: Int
    }

    private struct State {
        var mark: StoreMark?
        var pages: [Key: (page: FlagPage, at: Int64)] = [:]
    }

    /// Claims run out by the clock, without a row in any log.
    private static let seconds: Int64 = 30
    private static let most = 300
    private let state = Mutex(State())

    /// A page of flags, from memory where it still holds.
    func page(_ filter: QueueFilter, limit: Int, offset: Int, _ call: Call) throws -> FlagPage {
        let key = Key(
            person: call.person?.id ?? -1, filter: filter.address(after: filter.after), limit: limit, offset: offset)
        let mark = try freshen(call.app.store)
        let desk = try call.desk()
        if let known = state.withLock({ $0.pages[key] }), (0..<Self.seconds).contains(call.now - known.at) {
            try desk.logFlagPage(rows: known.page.rows.count)
            return known.page
        }
        let page = try desk.flagPage(filter.flags(limit: limit, offset: offset, today: call.today))
        state.withLock { state in
            // What changed while the page was read is not in it.
            guard state.mark == mark else { return }
            if state.pages.count >= Self.most { state.pages = [:] }
            state.pages[key] = (page, call.now)
        }
        return page
    }

    /// Forgets what no longer holds; words that were erased don't stay here.
    @discardableResult
    func freshen(_ store: CaseStore) throws -> StoreMark {
        let mark = try store.mark(after: state.withLock { $0.mark })
        state.withLock { state in
            if state.mark != mark { state.pages = [:] }
            state.mark = mark
        }
        return mark
    }
}
