import Foundation
import Glibc

/// The data folder: the register, the gazetteer, what was imported, and the flags.
///
/// Acts are synchronous and each is one transaction. Any number of threads may call; several processes may, too: they
/// wait for each other's writes for some seconds, then throw `busy`.
public final class CaseStore: Sendable {
    /// The data folder's path as it was given.
    public let folder: String
    /// What the installation decides.
    public let configuration: StoreConfiguration
    let key: FolderKey
    let sealer: CaseSealer
    let endFile: EndFile
    let organisation = OrganisationCache()
    let wholeRows = WholeRows()
    private let use: StoreUse?
    let engine: SQLiteEngine
    private let late: LateSync
    private let listsWait: Bool
    /// From how many cases in a person's hands on these are looked for along the queue, not by their numbers.
    let manyInHand: Int

    /// Opens the store of a data folder.
    ///
    /// `listsWait`: false for a process that stays and lists cases for many: the rows of the log about lists and counts, which
    /// show nobody's words, are then with the system before a list is shown and on the disk within a second.
    public convenience init(opening folder: String, listsWait: Bool = true) throws(StoreError) {
        try self.init(opening: folder, options: SQLiteEngine.Options(), listsWait: listsWait)
    }

    /// Opens with a lower bound of what is many, for tests.
    package convenience init(opening folder: String, manyInHand: Int) throws(StoreError) {
        try self.init(opening: folder, options: SQLiteEngine.Options(), manyInHand: manyInHand)
    }

    /// Opens with a shorter wait or a size limit, for tests.
    package convenience init(opening folder: String, busySeconds: Double, pageLimit: Int? = nil) throws(StoreError) {
        try self.init(opening: folder, options: .init(busySeconds: busySeconds, pageLimit: pageLimit))
    }

    /// Opens the store of a folder that the caller has alone.
    convenience init(replacing folder: String) throws(StoreError) {
        try self.init(opening: folder, options: SQLiteEngine.Options(), isAlone: true)
    }

    private init(
        opening folder: String, options: SQLiteEngine.Options, manyInHand: Int = 1000, listsWait: Bool = true,
        isAlone: Bool = false
    ) throws(StoreError) {
        (self.manyInHand, self.listsWait) = (manyInHand, listsWait)
        let files = DataFolder(path: folder)
        try files.checkIsThere()
        self.folder = folder
        let written = try files.configuration()
        key = try files.key()
        use = isAlone ? nil : try StoreUse(sharing: folder, seconds: options.busySeconds)
        let sealer = try CaseSealer(folder: folder)
        self.sealer = sealer
        endFile = EndFile(in: folder)
        endFile.sweep()
        let (path, check) = (files.storeFile, key.check)
        var isTakenOver = false
        engine = try Self.mapping(folder) {
            let engine = try SQLiteEngine(path: path, options: options)
            // Whoever only reads must not wait for an import, so nothing is written where nothing is missing.
            if try engine.read(Migrator.isCurrent) == false {
                try engine.write { session in
                    let known = [Migration.seals, .members, .order, .storage].map { Migrator.hasStep($0.name, session) }
                    guard try Migrator.migrate(session) else { throw StoreError(.newerStore, folder: folder) }
                    // With another folder's key the seals would never fit again.
                    let own = try session.query("SELECT value FROM meta WHERE name = 'key_check'").first?.text(0)
                    guard own == check else {
                        throw StoreError(own == nil ? .notADataFolder : .keyWrong, folder: folder)
                    }
                    isTakenOver = !known[3]
                    if !known[0] {
                        try RowSeal.sealAll(in: session, by: sealer)
                    } else if !known[3] {
                        try RowSeal.takeOver(
                            from: known[1] ? .joined : .narrow, hasSums: known[2], in: session, by: sealer)
                    }
                }
            }
            try engine.read { session in
                let known = try session.query("SELECT value FROM meta WHERE name = 'key_check'").first?.text(0)
                if known != check { throw StoreError(known == nil ? .notADataFolder : .keyWrong, folder: folder) }
            }
            return engine
        }
        late = LateSync(engine, endFile)
        configuration = try Self.configuration(written, of: engine, in: folder)
        try tendEndFile(isTakenOver: isTakenOver)
    }

    /// Looks at the file beside the store once, on opening: where it can't be believed no act writes it anew.
    private func tendEndFile(isTakenOver: Bool) throws(StoreError) {
        try Self.mapping(folder) {
            try endFile.takeStaged { end in try engine.read { try fits(end, in: $0) } }
            switch endFile.state() {
            // A program before the step `storage` wrote it with its first act.
            case .missing where isTakenOver: endFile.put(try fileEnd())
            case .missing, .garbled: endFile.keep()
            case .says(let end): if try !engine.read({ try fits(end, in: $0) }) { endFile.keep() }
            }
        }
    }

    /// Makes a data folder with a new key, the default configuration and an empty store, and opens it.
    ///
    /// The folder appears whole or not at all. An empty folder at the place is taken over.
    @discardableResult
    public static func create(
        at folder: String, configuration: StoreConfiguration = StoreConfiguration()
    ) throws(StoreError) -> CaseStore {
        let target = DataFolder(path: folder)
        if let old = try? FileManager.default.contentsOfDirectory(atPath: folder) {
            guard old.isEmpty else { throw StoreError(.alreadyExists, folder: folder) }
        } else if FileManager.default.fileExists(atPath: folder) {
            throw StoreError(.alreadyExists, folder: folder)
        }
        let url = URL(fileURLWithPath: folder).standardizedFileURL
        let parent = url.deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let draft = DataFolder(path: parent.appendingPathComponent(".\(url.lastPathComponent).\(getpid())").path)
        do throws(StoreError) {
            try draft.make()
            try fill(draft, configuration: configuration)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.path)
            throw StoreError(error.reason, folder: folder)
        }
        guard rename(draft.path, url.path) == 0 else {
            let failure = target.failure()
            try? FileManager.default.removeItem(atPath: draft.path)
            throw failure
        }
        return try CaseStore(opening: folder)
    }

    private static func fill(_ draft: DataFolder, configuration: StoreConfiguration) throws(StoreError) {
        let file = FolderKey.newFile()
        guard let key = FolderKey(file: file) else { preconditionFailure("a new key has the right length") }
        try draft.write(file, to: draft.keyFile)
        try mapping(draft.path) {
            try draft.write([UInt8](configuration.encoded()), to: draft.configurationFile)
            let sealer = try CaseSealer(folder: draft.path)
            // SQLite gives its other files the mode of this one.
            try draft.write([], to: draft.storeFile)
            let engine = try SQLiteEngine(path: draft.storeFile, options: SQLiteEngine.Options())
            try engine.write { session in
                _ = try Migrator.migrate(session)
                try session.execute("INSERT INTO meta (name, value) VALUES ('key_check', $1)", [.text(key.check)])
                try RowSeal.sealAll(in: session, by: sealer)
            }
            let end = AuditLog.End(0, [], as: .file, by: sealer).text + "\n"
            try draft.write(Array(end.utf8), to: draft.path + "/" + EndFile.name)
            _ = engine.truncateLog()
            try engine.close()
        }
    }

    /// The key for the digests of messages, 16 bytes.
    public var digestKey: [UInt8] { key.digest }

    /// Empties the WAL and closes the file.
    ///
    /// Not needed, but leaves the folder tidy.
    public func close() throws(StoreError) {
        late.flush()
        _ = engine.truncateLog()
        try Self.mapping(folder) { try engine.close() }
        use?.end()
    }

    /// Takes the pages of what was erased out of the WAL; false while another process still reads an old one.
    @discardableResult
    public func forgetErased() -> Bool { engine.truncateLog() }

    // MARK: - For the other files of this room

    func read<Value>(_ body: (any SQLSession) throws -> Value) throws(StoreError) -> Value {
        try Self.mapping(folder) { try engine.read(body) }
    }

    func write<Value>(_ body: (any SQLSession) throws -> Value) throws(StoreError) -> Value {
        try Self.mapping(folder) { try writing(body) }
    }

    /// Writes in one transaction and seals what was written; errors stay what they are.
    ///
    /// `isList`: only a row of the log about a list that shows nobody's words. `checksSchema`: nothing is written where a
    /// trigger, a view or an index isn't the program's own.
    func writing<Value>(
        isList: Bool = false, checksSchema: Bool = true, _ body: (any SQLSession) throws -> Value
    ) throws -> Value {
        var end: String?
        let waits = listsWait || !isList
        let value = try engine.write(waitsForDisk: waits) { session in
            let sealed = SealedSession(session, sealer, folder: folder)
            if checksSchema, try !organisation.hasOwnSchema(in: session) {
                throw StoreError(.alteredRows(.schema), folder: folder)
            }
            let value = try body(sealed)
            end = try sealed.finish()
            return value
        }
        if let end { waits ? endFile.note(end) : late.note(end) }
        return value
    }

    /// Puts what a body throws into words of this room.
    static func mapping<Value>(_ folder: String, _ body: () throws -> Value) throws(StoreError) -> Value {
        do { return try body() } catch { throw StoreError(error, folder: folder) }
    }
}
