import Casework
import Messages
import Synchronization

/// What of flags was read a moment ago, in memory: opening thirty sealed texts is most of what a page of them costs.
///
/// - A page is a person's own, and is shown again only while no flag changed, nor who may see one; no claim on it ran out;
///   and its numbers of similar cases are those of now, or of the last seconds where others work on cases.
/// - An opened text is the same for everybody whom the wall lets see its row. It is found by the row's seal, so it can't
///   be an older one, and goes when the log names its flag.
///
/// What is shown from here leaves its row in the audit log like everything else (`CaseDesk.flagPage`).
public final class KeptFlags: Sendable {
    /// Whose page, of which flags.
    struct PageKey: Hashable {
        var person: Int
        var filter: FlagFilter
        /// Flags that are left out: they take no place on the page.
        var without: Set<Int>
    }

    private struct Kept {
        var page: FlagPage
        var mark: StoreMark
        var at: Int64
        /// When the first claim on the page runs out: by the clock, without a row in any log.
        var until: Int64
    }

    struct SimilarKey: Hashable {
        var person: Int
        var place: String
        var topic: String
    }

    private struct State {
        var mark: StoreMark?
        var stamp = 0
        var pages: [PageKey: Kept] = [:]
        var records: [Int: (seal: SQLValue, record: FlagRecord)] = [:]
        var similar: [SimilarKey: (count: Int, mark: StoreMark, at: Int64)] = [:]
    }

    /// How long a number of similar cases is shown while others work on cases.
    private static let seconds: Int64 = 15
    private static let (mostPages, mostRecords, mostNumbers) = (600, 4000, 40_000)
    private let state = Mutex(State())

    /// Nothing yet.
    public init() {}

    /// Forgets what no longer holds, words that were erased above all; returns how far the store has changed.
    @discardableResult
    public func freshen(_ store: CaseStore) throws(StoreError) -> StoreMark {
        let old = state.withLock { $0.mark }
        let (mark, flags) = try store.changes(since: old)
        let hasSameFlags = old.map { mark.hasSameFlags(as: $0) } ?? false
        let hasSameRest = old.map { mark.hasSameRest(as: $0) } ?? false
        state.withLock { state in
            if !hasSameFlags { state.pages = [:] }
            for flag in flags { state.records[flag] = nil }
            if !hasSameRest { (state.records, state.similar) = ([:], [:]) }
            // Another thread may have come further meanwhile.
            if mark.row >= state.mark?.row ?? 0 { state.mark = mark }
        }
        return mark
    }

    /// A person's page, where it still holds.
    func page(_ key: PageKey, _ mark: StoreMark, at now: Int64) -> FlagPage? {
        guard let kept = state.withLock({ $0.pages[key] }) else { return nil }
        guard kept.mark.hasSameFlags(as: mark), (kept.at..<kept.until).contains(now),
            mark.hasSameCases(as: kept.mark) || now - kept.at < Self.seconds
        else { return nil }
        return kept.page
    }

    /// Keeps a page that was read after a mark, and gives it a number of its own.
    func keep(_ page: FlagPage, _ key: PageKey, _ mark: StoreMark, at now: Int64, until: Int64) -> FlagPage {
        var page = page
        state.withLock { state in
            state.stamp += 1
            page.stamp = state.stamp
            // What changed while the page was read is not in it.
            guard state.mark?.hasSameFlags(as: mark) ?? false else { return }
            if state.pages.count >= Self.mostPages { state.pages = [:] }
            state.pages[key] = Kept(page: page, mark: mark, at: now, until: until)
        }
        return page
    }

    /// True where words of a flag are in memory, for tests.
    package func holds(_ flag: Int) -> Bool {
        state.withLock { state in
            state.records[flag] != nil
                || state.pages.values.contains { $0.page.rows.contains { $0.record.summary.id == flag } }
        }
    }

    /// The opened flags of some rows, each named by its number and the row's seal.
    func records(_ rows: [(id: Int, seal: SQLValue)]) -> [Int: FlagRecord] {
        state.withLock { state in
            var records: [Int: FlagRecord] = [:]
            for (id, seal) in rows {
                if let known = state.records[id], known.seal == seal { records[id] = known.record }
            }
            return records
        }
    }

    /// Keeps flags that were opened after a mark.
    func keep(_ records: [(seal: SQLValue, record: FlagRecord)], since mark: StoreMark) {
        state.withLock { state in
            guard state.mark?.hasSameFlags(as: mark) ?? false else { return }
            if state.records.count + records.count > Self.mostRecords { state.records = [:] }
            for one in records where one.seal != .null { state.records[one.record.summary.id] = one }
        }
    }

    /// How many open cases of a place and topic a person may see, where that is known.
    func similar(_ key: SimilarKey, _ mark: StoreMark, at now: Int64) -> Int? {
        guard let known = state.withLock({ $0.similar[key] }) else { return nil }
        guard known.mark.hasSameRest(as: mark), now >= known.at,
            known.mark.hasSameCases(as: mark) || now - known.at < Self.seconds
        else { return nil }
        return known.count
    }

    /// Keeps such a number.
    func keep(similar count: Int, for key: SimilarKey, _ mark: StoreMark, at now: Int64) {
        state.withLock { state in
            if state.similar.count >= Self.mostNumbers { state.similar = [:] }
            state.similar[key] = (count, mark, now)
        }
    }
}
