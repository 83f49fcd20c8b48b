public import Casework
import Messages
import Synchronization

/// One import, all of it or nothing: what it writes counts from ``finish(_:)`` on.
///
/// Calls from several threads wait for each other. A session that is dropped, or whose process dies, leaves no trace.
/// After an error of the engine the session has ended, and everything is undone.
public final class ImportSession: Sendable {
    /// The number of the import.
    public let batch: Int
    private let store: CaseStore
    private let groups: Set<String>
    private let state: Mutex<State>

    private struct State {
        /// The number of the first flag that the import makes.
        let firstFlag: Int
        /// Nil once the import has ended.
        var transaction: SQLiteTransaction?
        var source: ImportSource
        var nextFlag: Int
        var nextKey: Int
        /// The groups that something was read of.
        var seen: Set<String> = []
    }

    /// A flag that holds one of the messages that were asked for.
    public struct Existing: Sendable, Hashable {
        /// The flag's number.
        public var id: Int
        /// Where it is in its life.
        public var state: FlagState
    }

    init(store: CaseStore, source: ImportSource) throws(StoreError) {
        self.store = store
        let engine = store.engine
        let transaction = try CaseStore.mapping(store.folder) { try engine.openTransaction() }
        do {
            // Nobody else writes while the transaction is open, so numbers can be given out from memory. Rows are never
            // deleted, so none is given twice.
            var next: [Int] = []
            var known: Set<String> = []
            try transaction.run { session in
                for table in ["import_batch", "flag", "data_key"] {
                    let rows = try session.query("SELECT COALESCE(MAX(id), 0) + 1 FROM \(table)")
                    next.append(try rows[0].int(0))
                }
                for row in try session.query("SELECT id FROM chat_group") { known.insert(try row.text(0)) }
                try Self.insertBatch(next[0], source: source, in: session)
            }
            batch = next[0]
            groups = known
            state = Mutex(
                State(
                    firstFlag: next[1], transaction: transaction, source: source, nextFlag: next[1], nextKey: next[2]))
        } catch {
            transaction.cancel()
            throw StoreError(error, folder: store.folder)
        }
    }

    deinit { state.withLock { $0.transaction?.cancel() } }

    /// Completes what was not known when the import began: digest, size, format, encoding.
    public func describe(_ change: (inout ImportSource) -> Void) {
        state.withLock { change(&$0.source) }
    }

    // MARK: - Seen messages

    /// The digests of the messages of a group on a day that are known, ascending.
    public func digests(group: String, day: Int) throws(StoreError) -> [UInt64] {
        try run { session, _ in
            let rows = try session.query(
                "SELECT digests FROM seen_digest WHERE group_id = $1 AND day = $2", [.text(group), .int(day)])
            return try rows.first.map { Self.numbers(in: try $0.blob(0)) } ?? []
        }
    }

    /// Sets the digests of the messages of a group on a day that are known, in any order.
    public func setDigests(_ digests: [UInt64], group: String, day: Int) throws(StoreError) {
        guard groups.contains(group) else { throw StoreError(.unknownGroup(group), folder: store.folder) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digests.count * 8)
        for digest in digests.sorted() {
            withUnsafeBytes(of: digest.littleEndian) { bytes.append(contentsOf: $0) }
        }
        let value = bytes
        try run { session, state in
            state.seen.insert(group)
            try session.execute(
                """
                INSERT INTO seen_digest (group_id, day, digests) VALUES ($1, $2, $3)
                ON CONFLICT (group_id, day) DO UPDATE SET digests = excluded.digests
                """, [.text(group), .int(day), .blob(value)])
        }
    }

    private static func numbers(in bytes: [UInt8]) -> [UInt64] {
        bytes.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count - 7, by: 8).map {
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
            }
        }
    }

    // MARK: - Flags

    /// The flags that hold any of the messages, each once, by number.
    public func flagIDs(withAnyMemberIn digests: [UInt64]) throws(StoreError) -> [Existing] {
        try run { session, _ in
            var found: Set<Existing> = []
            for digest in digests {
                let rows = try session.query(
                    "SELECT f.id, f.state FROM flag_message AS m JOIN flag AS f ON f.id = m.flag_id WHERE m.digest = $1",
                    [Self.value(digest)])
                for row in rows { found.insert(Existing(id: try row.int(0), state: try row.choice(1))) }
            }
            return found.sorted { $0.id < $1.id }
        }
    }

    /// The digests of the messages in a flag, ascending; empty when there is no such flag.
    public func members(of flag: Int) throws(StoreError) -> [UInt64] {
        try run { session, _ in
            let rows = try session.query("SELECT digest FROM flag_message WHERE flag_id = $1", [.int(flag)])
            return try rows.map { UInt64(bitPattern: Int64(try $0.int(0))) }.sorted()
        }
    }

    /// Stores a new flag and returns its number.
    ///
    /// A message belongs to one flag: those that an earlier flag holds stay with it. Throws `duplicateFlag` when that
    /// leaves none, and `unknownGroup`.
    ///
    /// `isFresh` says that all of its messages are read for the first time, so that no flag can hold them.
    @discardableResult
    public func insert(_ draft: FlagDraft, isFresh: Bool = false) throws(StoreError) -> Int {
        try check(draft)
        return try run { session, state in
            let owned = isFresh ? [:] : try Self.owners(of: draft.members, in: session)
            if let first = owned.values.min(), owned.count == Set(draft.members).count {
                throw StoreError(.duplicateFlag(first), folder: self.store.folder)
            }
            let (id, key) = (state.nextFlag, state.nextKey)
            let sealed = try self.store.key.seal(FlagRow.plain(of: draft), flag: id, key: key)
            try Self.insertKey(key, wrapped: sealed.wrapped, in: session)
            let expiry = max(draft.day, state.source.startedOn) + self.store.configuration.flagDays
            let own: [(name: String, value: SQLValue)] = [
                ("id", .int(id)), ("batch_id", .int(self.batch)), ("payload", .blob(sealed.payload)),
                ("data_key_id", .int(key)), ("state", .text(FlagState.new.rawValue)), ("expires_on", .int(expiry)),
                ("version", .int(1)),
            ]
            let columns = try own + FlagRow.clearColumns(of: draft)
            try session.insert(into: "flag", columns: columns.map(\.name), rows: [columns.map(\.value)])
            try Self.insertMessages(draft.members, except: owned, of: id, in: session)
            state.nextFlag += 1
            state.nextKey += 1
            return id
        }
    }

    /// Puts a fuller reading of the same matter in place of a flag that nobody has looked at.
    ///
    /// The text is sealed under a new key and the old key is gone. Throws `wrongState` unless the flag is new.
    public func replace(_ id: Int, with draft: FlagDraft) throws(StoreError) {
        try check(draft)
        try run { session, state in
            let rows = try session.query("SELECT state, data_key_id, bundled FROM flag WHERE id = $1", [.int(id)])
            guard let row = rows.first else { throw StoreError(.noSuchFlag(id), folder: self.store.folder) }
            let old: FlagState = try row.choice(0)
            guard old == .new else { throw StoreError(.wrongState(id, old), folder: self.store.folder) }
            // What another program changed is not sealed anew, so that it can still be told.
            let isWhole = try RowSeal.isWhole(flag: id, in: session, by: self.store.sealer)
            // A fuller reading of one text must not push the others out of a bundle.
            let draft = try row.int(2) > 1 ? FlagBundle.joined(self.draft(of: id, in: session), draft) : draft
            let key = state.nextKey
            let sealed = try self.store.key.seal(FlagRow.plain(of: draft), flag: id, key: key)
            try Self.insertKey(key, wrapped: sealed.wrapped, in: session)
            let columns =
                try FlagRow.clearColumns(of: draft) + [
                    ("payload", .blob(sealed.payload)), ("data_key_id", .int(key)), ("batch_id", .int(self.batch)),
                ]
            let settings = columns.enumerated().map { "\($1.name) = $\($0 + 2)" }.joined(separator: ", ")
            try session.execute(
                "UPDATE flag SET \(settings), version = version + 1 WHERE id = $1", [.int(id)] + columns.map(\.value))
            try session.execute("DELETE FROM data_key WHERE id = $1", [.int(try row.int(1))])
            try session.execute("DELETE FROM flag_message WHERE flag_id = $1", [.int(id)])
            let owned = try Self.owners(of: draft.members, in: session)
            try Self.insertMessages(draft.members, except: owned, of: id, in: session)
            if isWhole { try RowSeal.seal(flag: id, in: session, by: self.store.sealer) }
            state.nextKey += 1
        }
    }

    /// The flag that gathers texts like this one, which nobody has looked at yet; nil when it stands for itself.
    public func bundle(for draft: FlagDraft) throws(StoreError) -> Int? {
        guard FlagBundle.gathers(track: draft.track, topic: draft.topic) else { return nil }
        return try run { session, _ in
            let rows = try session.query(
                """
                SELECT id FROM flag WHERE state = 'new' AND day = $1 AND group_id = $2 AND topic = $3 AND track = $4
                  AND COALESCE(village_code, '') = $5 AND bundled < $6 ORDER BY id LIMIT 1
                """,
                [
                    .int(draft.day), .text(draft.groupID), .text(draft.topic.rawValue), .text(draft.track.rawValue),
                    .text(draft.village?.code ?? ""), .int(FlagBundle.mostTexts),
                ])
            return try rows.first?.int(0)
        }
    }

    /// Takes a text into a flag that gathers such; one whose messages all stand in flags already changes nothing.
    public func absorb(_ draft: FlagDraft, into id: Int) throws(StoreError) {
        let isKnown = try run { session, _ in
            try Self.owners(of: draft.members, in: session).count == Set(draft.members).count
        }
        if isKnown { return }
        try run { session, _ in
            let isWhole = try RowSeal.isWhole(flag: id, in: session, by: self.store.sealer)
            try session.execute("UPDATE flag SET bundled = bundled + 1 WHERE id = $1", [.int(id)])
            if isWhole { try RowSeal.seal(flag: id, in: session, by: self.store.sealer) }
        }
        try replace(id, with: draft)
    }

    /// A stored flag as a draft again.
    private func draft(of id: Int, in session: any SQLSession) throws -> FlagDraft {
        let record = try store.record(id, in: session)
        let members = try session.query("SELECT digest FROM flag_message WHERE flag_id = $1", [.int(id)])
        return try FlagRow.draft(
            of: record, members: members.map { UInt64(bitPattern: Int64(try $0.int(0))) }.sorted())
    }

    // MARK: - The end

    /// Makes everything count.
    public func finish(_ counts: ImportCounts) throws(StoreError) {
        let end = try run { session, state in
            try Self.updateBatch(self.batch, state.source, counts, in: session)
            try RowSeal.seal(flagsFrom: state.firstFlag, in: session, by: self.store.sealer)
            try session.insert(
                into: "batch_group", columns: ["batch_id", "group_id", "exporter"],
                rows: state.seen.sorted().map {
                    [.int(self.batch), .text($0), .text(state.source.exporter?.rawValue)]
                })
            try AuditLog.append(
                importOf: self.batch, by: state.source.importer, flags: state.nextFlag - state.firstFlag,
                last: state.nextFlag - 1, on: counts.finishedOn ?? state.source.startedOn, in: session)
            return try AuditLog.sealEnd(after: 1, in: session, by: self.store.sealer)
        }
        do {
            try state.withLock { state in
                guard let transaction = state.transaction else {
                    throw StoreError(.importEnded, folder: store.folder)
                }
                do {
                    try transaction.commit()
                } catch {
                    transaction.cancel()
                    state.transaction = nil
                    throw error
                }
                state.transaction = nil
            }
        } catch {
            throw StoreError(error, folder: store.folder)
        }
        if let end { store.endFile.note(end) }
        // A replaced flag's old bytes may lie in the WAL.
        _ = store.engine.truncateLog()
    }

    /// Undoes everything.
    public func cancel() {
        state.withLock { state in
            state.transaction?.cancel()
            state.transaction = nil
        }
    }

    // MARK: - Private

    private func check(_ draft: FlagDraft) throws(StoreError) {
        guard groups.contains(draft.groupID) else {
            throw StoreError(.unknownGroup(draft.groupID), folder: store.folder)
        }
    }

    /// Runs a body in the transaction.
    ///
    /// An error of this room leaves the import open, as nothing was written before it; an error of the engine ends it,
    /// since SQLite may have rolled back by itself and would commit each later statement at once.
    @discardableResult
    private func run<Value: Sendable>(
        _ body: (any SQLSession, inout State) throws -> Value
    ) throws(StoreError) -> Value {
        let folder = store.folder
        let outcome: Result<Value, StoreError> = state.withLock { state in
            guard let transaction = state.transaction else { return .failure(StoreError(.importEnded, folder: folder)) }
            do {
                return .success(try transaction.run { try body($0, &state) })
            } catch let error as StoreError {
                return .failure(error)
            } catch {
                transaction.cancel()
                state.transaction = nil
                return .failure(StoreError(error, folder: folder))
            }
        }
        return try outcome.get()
    }

    /// Digests are unsigned, the engines' integers are not.
    private static func value(_ digest: UInt64) -> SQLValue { .int(Int64(bitPattern: digest)) }

    private static func owners(of digests: [UInt64], in session: any SQLSession) throws -> [UInt64: Int] {
        var owners: [UInt64: Int] = [:]
        for digest in digests {
            let rows = try session.query("SELECT flag_id FROM flag_message WHERE digest = $1", [value(digest)])
            if let row = rows.first { owners[digest] = try row.int(0) }
        }
        return owners
    }

    private static func insertMessages(
        _ digests: [UInt64], except owned: [UInt64: Int], of id: Int, in session: any SQLSession
    ) throws {
        let own = Set(digests).filter { owned[$0] == nil }.sorted()
        // Two messages of one minute may share the minute's digest: it stays with the first flag.
        for digest in own {
            try session.execute(
                "INSERT INTO flag_message (digest, flag_id) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
                [value(digest), .int(id)])
        }
    }

    private static func insertKey(_ id: Int, wrapped: [UInt8], in session: any SQLSession) throws {
        try session.execute(
            "INSERT INTO data_key (id, purpose, wrapped) VALUES ($1, 'flag', $2)", [.int(id), .blob(wrapped)])
    }

    private static func insertBatch(_ id: Int, source: ImportSource, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO import_batch (id, sha256, size, format, encoding, read_count, new_count, seen_count,
              flagged_count, rejected_count, refused_count, blank_count, gap_days, started_on, finished_on,
              lexicon_version, gazetteer_version)
            VALUES ($1, '', 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, $2, $2, '', '')
            """, [.int(id), .int(source.startedOn)])
    }

    private static func updateBatch(
        _ id: Int, _ source: ImportSource, _ counts: ImportCounts, in session: any SQLSession
    ) throws {
        let columns: [(name: String, value: SQLValue)] = [
            ("sha256", .text(source.sha256)), ("size", .int(source.size)), ("format", .text(source.format)),
            ("encoding", .text(source.encoding)), ("started_on", .int(source.startedOn)),
            ("finished_on", .int(counts.finishedOn ?? source.startedOn)), ("read_count", .int(counts.read)),
            ("new_count", .int(counts.new)), ("seen_count", .int(counts.seen)), ("flagged_count", .int(counts.flagged)),
            ("rejected_count", .int(counts.rejected)), ("refused_count", .int(counts.refused)),
            ("blank_count", .int(counts.blank)), ("gap_days", .int(counts.gapDays)),
            ("first_day", .int(counts.firstDay)), ("last_day", .int(counts.lastDay)),
            ("lexicon_version", .text(source.lexiconVersion)), ("gazetteer_version", .text(source.gazetteerVersion)),
        ]
        let settings = columns.enumerated().map { "\($1.name) = $\($0 + 2)" }.joined(separator: ", ")
        try session.execute("UPDATE import_batch SET \(settings) WHERE id = $1", [.int(id)] + columns.map(\.value))
    }
}
