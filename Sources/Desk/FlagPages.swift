import CaseStore
import Casework
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

    /// One list as a browser got it: with the tokens of its session in its forms, and without what waits to be dismissed.
    private struct ShownKey: Hashable {
        var session: String
        var language: Language
        var address: String
        var day: Int
        var waiting: Set<Int>
    }

    private struct State {
        var mark: StoreMark?
        var pages: [Key: (page: FlagPage, at: Int64)] = [:]
        var shown: [ShownKey: (list: Shown, at: Int64)] = [:]

        mutating func forget() { (pages, shown) = ([:], [:]) }
    }

    /// A list that was written out.
    struct Shown: Sendable {
        var markup: Markup
        /// How many flags were read for it, as the log tells.
        var rows: Int
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

    /// A list written out, from memory where it still holds.
    ///
    /// `write` reads the flags by ``page(_:limit:offset:_:)``, which logs it; what comes from memory is logged here.
    func shown(
        since mark: StoreMark, _ call: Call, write: () throws -> Shown
    ) throws -> Markup {
        let key = ShownKey(
            session: call.session?.secret ?? "", language: call.language, address: call.address,
            day: call.today.number, waiting: call.app.dismissals.flags)
        if let known = state.withLock({ $0.shown[key] }), (0..<Self.seconds).contains(call.now - known.at) {
            try call.desk().logFlagPage(rows: known.list.rows)
            return known.list.markup
        }
        let list = try write()
        state.withLock { state in
            guard state.mark == mark else { return }
            if state.shown.count >= Self.most { state.shown = [:] }
            state.shown[key] = (list, call.now)
        }
        return list.markup
    }

    /// Forgets what no longer holds; words that were erased don't stay here.
    @discardableResult
    func freshen(_ store: CaseStore) throws -> StoreMark {
        let mark = try store.mark(after: state.withLock { $0.mark })
        state.withLock { state in
            if state.mark != mark { state.forget() }
            state.mark = mark
        }
        return mark
    }
}
