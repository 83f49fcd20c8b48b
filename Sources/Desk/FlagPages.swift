import CaseStore
import Casework
import Messages
import Synchronization

/// Lists of flags as they were written out a moment ago, in memory.
///
/// What is on a list is the store's word, each time anew (``KeptFlags``): here it is only not written out again. Where
/// nothing on it is a person's own, equal lists are written out once for everybody.
final class FlagPages: Sendable {
    /// One list as a browser got it: with the tokens of its session in its forms.
    private struct ShownKey: Hashable {
        var session: String
        var language: Language
        var address: String
        var day: Int
    }

    /// One list that has nobody's token in it.
    private struct RowsKey: Hashable {
        var language: Language
        var address: String
        var day: Int
    }

    private struct State {
        var mark: StoreMark?
        /// The page that was written out is known by its number.
        var shown: [ShownKey: (stamp: Int, markup: Markup)] = [:]
        var rows: [RowsKey: [(look: [FlagLook], markup: Markup)]] = [:]
    }

    private static let (mostShown, mostRows, mostLooks) = (300, 60, 20)
    /// What was read for them.
    let kept = KeptFlags()
    private let state = Mutex(State())

    /// A list written out, from memory where the page is the one that was written out then.
    func shown(_ page: FlagPage, _ call: Call, write: () throws -> Markup) rethrows -> Markup {
        let key = ShownKey(
            session: call.session?.secret ?? "", language: call.language, address: call.address, day: call.today.number)
        if let known = state.withLock({ $0.shown[key] }), known.stamp == page.stamp { return known.markup }
        let markup = try write()
        state.withLock { state in
            if state.shown.count >= Self.mostShown { state.shown = [:] }
            state.shown[key] = (page.stamp, markup)
        }
        return markup
    }

    /// The rows of a list, from memory where somebody was shown the same.
    ///
    /// `looks` says what the rows look like; nil where something on them is the person's own.
    func rows(_ looks: [FlagLook]?, since mark: StoreMark, _ call: Call, write: () -> Markup) -> Markup {
        guard let looks else { return write() }
        let key = RowsKey(language: call.language, address: call.address, day: call.today.number)
        if let known = state.withLock({ $0.rows[key]?.first { $0.look == looks } }) { return known.markup }
        let markup = write()
        state.withLock { state in
            // What changed while it was written out must not stay.
            guard state.mark?.hasSameFlags(as: mark) ?? false else { return }
            if state.rows.count >= Self.mostRows { state.rows = [:] }
            if state.rows[key]?.count ?? 0 >= Self.mostLooks { state.rows[key] = nil }
            state.rows[key, default: []].append((looks, markup))
        }
        return markup
    }

    /// Forgets what no longer holds; words that were erased don't stay here.
    @discardableResult
    func freshen(_ store: CaseStore) throws -> StoreMark {
        let mark = try kept.freshen(store)
        state.withLock { state in
            if let old = state.mark, old.hasSameFlags(as: mark) { return }
            (state.shown, state.rows, state.mark) = ([:], [:], mark)
        }
        return mark
    }
}

/// What a row of the queue looks like to somebody: equal looks are equal rows.
struct FlagLook: Equatable {
    private let record: FlagRecord
    private let isClaimed: Bool
    private let firstReason: String?
    private let isFirstRead: Bool
    private let similar: Int

    /// Nil where something on it is the person's own.
    init?(_ flag: QueuedFlag, for person: Int?) {
        guard flag.firstReader == nil || flag.firstReader != person else { return nil }
        record = flag.record
        isClaimed = flag.claimedBy != nil && flag.claimedBy != person
        (isFirstRead, firstReason) = (flag.firstReader != nil, flag.firstReason)
        similar = flag.similar
    }
}
