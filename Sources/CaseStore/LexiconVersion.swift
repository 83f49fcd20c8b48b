internal import Foundation

/// A version of the lexicons, as the store keeps it.
public struct LexiconVersion: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// SHA-256 over names and contents, as the loader counts it, as hex text.
    public var digest: String
    /// The staff member who proposed it.
    public var proposer: Int
    /// When, seconds since 1970-01-01 UTC.
    public var proposedAt: Int64
    /// Why.
    public var reason: String
    /// The other person, who approved it; nil while it waits.
    public var approver: Int?
    /// When it was approved.
    public var approvedAt: Int64?
    /// When it was taken into use, oldest first.
    public var uses: [Use] = []
    /// True for the version in use.
    public var isCurrent = false

    /// One time that a version was taken into use.
    public struct Use: Sendable, Equatable {
        /// Who did it.
        public var staff: Int
        /// When, seconds since 1970-01-01 UTC.
        public var at: Int64
        /// Why: `approved`, or the reason of going back to it.
        public var reason: String
    }
}

/// A file of a version.
public struct LexiconVersionFile: Sendable, Equatable {
    /// The name without a folder.
    public var name: String
    /// The bytes.
    public var content: [UInt8]

    /// Names a file.
    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }
}

extension CaseStore {
    /// The versions of the lexicons, oldest first.
    public func lexiconVersions() throws(StoreError) -> [LexiconVersion] { try read(LexiconVersion.all) }

    /// The files of a version, by name.
    public func lexiconFiles(of version: LexiconVersion) throws(StoreError) -> [LexiconVersionFile] {
        try read { try version.files(in: $0) }
    }

    /// The folder of a version inside the data folder, its files written there where it was not; `anew` writes them again.
    ///
    /// The store is what counts; the folder is a copy for the loader.
    @discardableResult
    public func unpack(_ version: LexiconVersion, anew: Bool = false) throws(StoreError) -> String {
        try Self.mapping(folder) { try engine.read { try version.unpack(into: folder, from: $0, anew: anew) } }
    }

    /// The configuration with the lexicons that two people put into use, where they did: then a file's word no longer counts.
    static func configuration(
        _ configuration: StoreConfiguration, of engine: SQLiteEngine, in folder: String
    ) throws(StoreError) -> StoreConfiguration {
        var configuration = configuration
        try mapping(folder) {
            try engine.read { session in
                guard let version = try LexiconVersion.all(in: session).first(where: \.isCurrent) else { return }
                // On a disk that cannot be written the loader says what is missing.
                configuration.lexicons =
                    (try? version.unpack(into: folder, from: session, anew: false)) ?? version.folder(in: folder)
            }
        }
        return configuration
    }
}

extension LexiconVersion {
    func folder(in data: String) -> String { "\(data)/lexicons/\(id)-\(digest.prefix(12))" }

    static func all(in session: any SQLSession) throws -> [LexiconVersion] {
        var uses: [Int: [Use]] = [:]
        var current: Int?
        for row in try session.query("SELECT version_id, used_by, used_at, reason FROM lexicon_use ORDER BY ordinal") {
            let id = try row.int(0)
            uses[id, default: []].append(
                Use(staff: try row.int(1), at: Int64(try row.int(2)), reason: try row.text(3)))
            current = id
        }
        return try session.query(
            "SELECT id, digest, proposed_by, proposed_at, reason, approved_by, approved_at FROM lexicon_version ORDER BY id"
        ).map { row in
            let id = try row.int(0)
            return LexiconVersion(
                id: id, digest: try row.text(1), proposer: try row.int(2), proposedAt: Int64(try row.int(3)),
                reason: try row.text(4), approver: try row.intOrNil(5),
                approvedAt: try row.intOrNil(6).map { Int64($0) }, uses: uses[id] ?? [], isCurrent: id == current)
        }
    }

    func files(in session: any SQLSession) throws -> [LexiconVersionFile] {
        try session.query(
            """
            SELECT v.name, f.content FROM lexicon_version_file AS v JOIN lexicon_file AS f ON f.digest = v.digest
            WHERE v.version_id = $1 ORDER BY v.name
            """, [.int(id)]
        ).map { LexiconVersionFile(name: try $0.text(0), content: try $0.blob(1)) }
    }

    /// The folder appears whole or not at all.
    func unpack(into data: String, from session: any SQLSession, anew: Bool) throws -> String {
        let target = folder(in: data)
        let manager = FileManager.default
        if !anew, manager.fileExists(atPath: target) { return target }
        let draft = "\(data)/lexicons/.\(id).\(getpid())"
        try manager.createDirectory(
            atPath: draft, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? manager.removeItem(atPath: draft) }
        for file in try files(in: session) {
            try Data(file.content).write(to: URL(fileURLWithPath: draft + "/" + file.name))
        }
        if anew { try? manager.removeItem(atPath: target) }
        // Another process may have been quicker: its folder is the same.
        guard rename(draft, target) == 0 || manager.fileExists(atPath: target) else {
            throw DataFolder(path: data).failure()
        }
        return target
    }
}
