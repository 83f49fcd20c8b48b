import GRDB
import Glibc

/// The SQLite file of a data folder: GRDB's pool for short acts, connections of their own for imports.
struct SQLiteEngine: Sendable {
    /// How a connection is set up.
    struct Options: Sendable {
        /// How long a writer waits for another one.
        var busySeconds = 5.0
        /// A limit for the file's size in pages of 4 KiB; for tests of a full disk.
        var pageLimit: Int?
    }

    let path: String
    let options: Options
    private let pool: DatabasePool
    private let line = ActLine()

    /// Opens the file, which must be there (it was made with its mode before), in WAL mode.
    init(path: String, options: Options) throws {
        self.path = path
        self.options = options
        pool = try DatabasePool(path: path, configuration: Self.configuration(options))
        // GRDB sets NORMAL when it turns the WAL on. A decision that was answered must outlive a power cut, and the
        // acts are few: an import is one transaction.
        // Every page of the desk is read here, beside its line in the log: 32 MB of pages instead of 2 spare two thirds of its
        // time with a million cases. Imports read over connections of their own, and stay small.
        try pool.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -32000")
        }
    }

    static func configuration(_ options: Options) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(options.busySeconds)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // Erased text must be gone from the pages, a view must not call functions of its own, and no query may
            // leave a temporary file.
            try database.execute(
                sql: """
                    PRAGMA secure_delete = ON;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA synchronous = FULL;
                    """)
            if let limit = options.pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(limit)") }
        }
        return configuration
    }

    /// Reads from one snapshot.
    func read<Value>(_ body: (any SQLSession) throws -> Value) throws -> Value {
        try pool.read { try body(SQLiteSession($0)) }
    }

    /// Writes in one transaction, which other threads' acts may share, and returns once it is on the disk; sooner where it
    /// need not wait, and then ``syncLog()`` must follow.
    func write<Value>(waitsForDisk: Bool = true, _ body: (any SQLSession) throws -> Value) throws -> Value {
        var value: Value?
        try withoutActuallyEscaping(body) { body in
            try line.run(on: pool, waitsForDisk: waitsForDisk) { value = try body(SQLiteSession($0)) }
        }
        guard let value else { preconditionFailure("an act that doesn't throw has a value") }
        return value
    }

    /// Waits until the disk has whatever was written so far.
    ///
    /// SQLite locks the store and its shared memory, never the WAL, so that opening and closing this one harms no lock.
    @discardableResult
    func syncLog() -> Bool {
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        return fdatasync(descriptor) == 0
    }

    /// Moves the WAL into the file and empties it, so that no old page is left in it.
    ///
    /// - Returns: False while a reader of another process holds an old page.
    func truncateLog() -> Bool {
        do {
            try pool.writeWithoutTransaction { database in
                // After closing, SQLite would be asked of a connection that is gone, and crash.
                guard database.sqliteConnection != nil else { return }
                try database.checkpoint(.truncate)
                // GRDB writes to a store whose WAL is empty when it opens it, and would then wait for an import. One
                // page without secrets keeps the WAL from being empty.
                try database.execute(sql: "UPDATE meta SET value = value WHERE name = 'key_check'")
            }
            return true
        } catch {
            return false
        }
    }

    /// The value of a setting on the writing connection.
    func pragma(_ name: String) throws -> String {
        try pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") ?? "" }
    }

    /// Closes all connections; SQLite removes the WAL with the last one.
    func close() throws { try pool.close() }

    /// A connection of its own that holds one transaction open.
    func openTransaction() throws -> SQLiteTransaction {
        try SQLiteTransaction(path: path, options: options)
    }
}

/// One transaction on a connection of its own, open from call to call.
///
/// The changes lie in the WAL until the end, so memory stays bounded however long it runs; a process that dies leaves
/// frames without a commit, which the next opener ignores.
struct SQLiteTransaction: Sendable {
    private let queue: DatabaseQueue

    fileprivate init(path: String, options: SQLiteEngine.Options) throws {
        var configuration = SQLiteEngine.configuration(options)
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
        // Digests fall all over their index: with SQLite's two megabytes of cache pages go to the WAL again and again.
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA cache_size = -4000")
            try $0.execute(sql: "BEGIN IMMEDIATE")
        }
    }

    func run<Value>(_ body: (any SQLSession) throws -> Value) throws -> Value {
        try queue.writeWithoutTransaction { try body(SQLiteSession($0)) }
    }

    func commit() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try queue.close()
    }

    /// Undoes everything.
    ///
    /// SQLite has done so already where the disk was full.
    func cancel() {
        try? queue.writeWithoutTransaction { database in
            if database.isInsideTransaction { try database.execute(sql: "ROLLBACK") }
        }
        try? queue.close()
    }
}
