public import Casework
import Messages
import Synchronization

/// One import, all of it or nothing: what it writes counts from ``finish(_:)`` on.
///
/// One import at a time has a data folder. Until the first write, or ``begin()``, it only reads, and everybody else reads
/// and writes as ever; from then on other writers wait for its end.
///
/// Calls from several threads wait for each other. A session that is dropped, or whose process dies, leaves no trace.
/// After an error of the engine the session has ended, and everything is undone.
public final class ImportSession: Sendable {
    /// The number of the import.
    public let batch: Int
    private let store: CaseStore
    private let groups: Set<String>
    private let state: Mutex<State>

    /// How many times the usual wait an import waits for the store's writers: it has read a whole file by then, and on a
    /// busy desk there is always another one at work.
    private static let patience = 12

    private struct State {
        /// Nil once the import has ended.
        var lock: Lock?
        /// Nil while nothing was written.
        var transaction: SQLiteTransaction?
        var source: ImportSource
        /// The number of the first flag that the import makes.
        var firstFlag = 0
        var nextFlag = 0
        var nextKey = 0
        /// The groups that something was read of.
        var seen: Set<String> = []
        /// The registers that the import adds to, but for one that another program changed: that stays told.
        var registers: [Register] = []

        mutating func end() { (transaction, lock) = (nil, nil) }
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
        let lock = try Lock(folder: store.folder, seconds: store.engine.options.busySeconds)
        (batch, groups) = try store.read { session in
            var known: Set<String> = []
            for row in try session.query("SELECT id FROM chat_group") { known.insert(try row.text(0)) }
            return (try Self.nextNumber(of: "import_batch", in: session), known)
        }
        state = Mutex(State(lock: lock, source: source))
    }

    deinit { state.withLock { $0.transaction?.cancel() } }

    /// Completes what was not known when the import began: digest, size, format, encoding.
    public func describe(_ change: (inout ImportSource) -> Void) {
        state.withLock { change(&$0.source) }
    }

    /// Begins to write: what is asked from here on stays true until the end, as nobody else can write before it.
    ///
    /// Every writing call does so by itself. Throws `busy` when others write on and on for a minute.
    public func begin() throws(StoreError) { try write { _, _ in } }

    // MARK: - Seen messages

    /// The digests of the messages of a group on a day that are known, ascending.
    public func digests(group: String, day: Int) throws(StoreError) -> [UInt64] {
        try read { session in
            let rows = try session.query(
                "SELECT digests FROM seen_digest WHERE group_id = $1 AND day = $2", [.text(group), .int(day)])
            return try rows.first.map { Self.numbers(in: try $0.blob(0)) } ?? []
        }
    }

    /// Sets the digests of the messages of a group on a day that are known, in any order.
    public func setDigests(_ digests: [UInt64], group: String, day: Int) throws(StoreError) {
        guard groups.contains(group) else { throw StoreError(.unknownGroup(group), folder: store.folder) }
        let value = Self.bytes(of: digests)
        try write { session, state in
            state.seen.insert(group)
            try session.execute(
                """
                INSERT INTO seen_digest (group_id, day, digests) VALUES ($1, $2, $3)
                ON CONFLICT (group_id, day) DO UPDATE SET digests = excluded.digests
                """, [.text(group), .int(day), .blob(value)])
        }
    }

    // MARK: - Flags

    /// The flags that hold any of the messages, each once, by number.
    public func flagIDs(withAnyMemberIn digests: [UInt64]) throws(StoreError) -> [Existing] {
        try read { session in
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
        try read { session in
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
        return try write { session, state in
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
        try write { session, state in
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
        return try read { session in
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
        let isKnown = try write { session, _ in
            try Self.owners(of: draft.members, in: session).count == Set(draft.members).count
        }
        if isKnown { return }
        try write { session, _ in
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
        let end = try write { session, state in
            try Self.updateBatch(self.batch, state.source, counts, in: session)
            try RowSeal.seal(flagsFrom: state.firstFlag, in: session, by: self.store.sealer)
            try session.insert(
                into: "batch_group", columns: ["batch_id", "group_id", "exporter"],
                rows: state.seen.sorted().map {
                    [.int(self.batch), .text($0), .text(state.source.exporter?.rawValue)]
                })
            for register in state.registers { try RowSeal.seal(register, in: session, by: self.store.sealer) }
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
                defer { state.end() }
                do {
                    try transaction.commit()
                } catch {
                    transaction.cancel()
                    throw error
                }
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
            state.end()
        }
    }

    // MARK: - Private

    private func check(_ draft: FlagDraft) throws(StoreError) {
        guard groups.contains(draft.groupID) else {
            throw StoreError(.unknownGroup(draft.groupID), folder: store.folder)
        }
    }

    /// Reads in the transaction, or while there is none from the store as it is.
    private func read<Value: Sendable>(_ body: (any SQLSession) throws -> Value) throws(StoreError) -> Value {
        try run { state in
            if let transaction = state.transaction { return try transaction.run(body) }
            return try store.engine.read(body)
        }
    }

    /// Writes in the transaction, which the first write begins.
    @discardableResult
    private func write<Value: Sendable>(
        _ body: (any SQLSession, inout State) throws -> Value
    ) throws(StoreError) -> Value {
        try run { state in
            if state.transaction == nil { try openTransaction(&state) }
            guard let transaction = state.transaction else { throw StoreError(.importEnded, folder: store.folder) }
            return try transaction.run { try body($0, &state) }
        }
    }

    /// Runs a body while the import is open.
    ///
    /// An error of this room leaves the import open, as nothing was written before it; an error of the engine ends it,
    /// since SQLite may have rolled back by itself and would commit each later statement at once.
    private func run<Value: Sendable>(_ body: (inout State) throws -> Value) throws(StoreError) -> Value {
        let folder = store.folder
        let outcome: Result<Value, StoreError> = state.withLock { state in
            guard state.lock != nil else { return .failure(StoreError(.importEnded, folder: folder)) }
            do {
                return .success(try body(&state))
            } catch let error as StoreError {
                return .failure(error)
            } catch {
                state.transaction?.cancel()
                state.end()
                return .failure(StoreError(error, folder: folder))
            }
        }
        return try outcome.get()
    }

    /// Begins SQLite's transaction; numbers are given out from memory from here on, since nobody else writes.
    private func openTransaction(_ state: inout State) throws {
        let transaction = try waited()
        state.transaction = transaction
        try transaction.run { session in
            guard try SchemaCheck.isOwn(in: session) else {
                throw StoreError(.alteredRows(.schema), folder: store.folder)
            }
            state.firstFlag = try Self.nextNumber(of: "flag", in: session)
            state.nextFlag = state.firstFlag
            state.nextKey = try Self.nextNumber(of: "data_key", in: session)
            state.registers = try [.imports, .exporters].filter {
                try RowSeal.isReady($0, in: session, by: store.sealer)
            }
            try Self.insertBatch(batch, source: state.source, in: session)
        }
    }

    /// A transaction, as soon as other writers leave room for it.
    private func waited() throws(StoreError) -> SQLiteTransaction {
        for _ in 1..<Self.patience {
            do throws(StoreError) {
                return try CaseStore.mapping(store.folder) { try store.engine.openTransaction() }
            } catch {
                guard error.reason == .busy else { throw error }
            }
        }
        return try CaseStore.mapping(store.folder) { try store.engine.openTransaction() }
    }
}
