import Crypto
import Foundation
import Messages

/// What was done, by whom, to what: one row of the audit log.
///
/// Never a name, never a word of a text: ids and codes only.
public struct AuditRow: Sendable, Equatable {
    /// Its number: the first row is 1, and none is left out.
    public var seq: Int
    /// Seconds since 1970-01-01 UTC.
    public var seconds: Int64
    /// The staff member; 0 for the installation's operator or the program.
    public var actor: Int
    /// What was done, as a slug.
    public var action: String
    /// What it was done to: `none`, `case`, `flag`, `staff`, `unit`, `store`.
    public var objectKind: String
    /// The number of that; 0 for none.
    public var objectID: Int
    /// Codes, `key=value` with semicolons.
    public var detail: String
    /// SHA-256 over the row before and this one.
    public var hash: [UInt8]

    /// The hash that follows from the row before.
    ///
    /// The canonical form: the hash of the row before (32 zero bytes for the first), then each field in order as text,
    /// each with its length in bytes as four bytes before it, so that no two rows have one form.
    static func hash(after previous: [UInt8], _ row: AuditRow) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(200)
        for field in [
            String(row.seq), String(row.seconds), String(row.actor), row.action, row.objectKind, String(row.objectID),
            row.detail,
        ] {
            let text = field.utf8
            withUnsafeBytes(of: UInt32(text.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text)
        }
        return Array(SHA256.hash(data: bytes))
    }
}

/// A place in the chain that was written down outside the store.
public struct AuditAnchor: Sendable, Equatable {
    /// The number of the row.
    public var seq: Int
    /// Its hash, as hex text.
    public var hash: String

    /// Names a place in the chain.
    public init(seq: Int, hash: String) {
        self.seq = seq
        self.hash = hash
    }

    /// Reads a line as `audit anchor` writes it: the number, a blank, 64 hex digits; nil for anything else.
    public init?(line: some StringProtocol) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count >= 2, let seq = Int(parts[0]), seq >= 0, parts[1].utf8.count == 64,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.init(seq: seq, hash: String(parts[1]))
    }

    /// The line for the duty book, the mail to the city, another disk.
    public var line: String { "\(seq) \(hash)" }
}

/// The chain inside a transaction.
enum AuditLog {
    /// The numbers that the table takes: none of ours is larger, and one that somebody made up is written down as 0.
    private static let known = 0...9_000_000_000_000_000

    /// Adds a row and returns its number.
    @discardableResult
    static func append(
        _ action: String, by actor: Int, to object: (kind: String, id: Int), detail: String, at seconds: Int64,
        in session: any SQLSession
    ) throws -> Int {
        let last = try session.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").first
        let previous = try last?.blob(1) ?? [UInt8](repeating: 0, count: 32)
        var row = AuditRow(
            seq: try (last?.int(0) ?? 0) + 1, seconds: seconds, actor: actor, action: action, objectKind: object.kind,
            objectID: known.contains(object.id) ? object.id : 0, detail: detail, hash: [])
        row.hash = AuditRow.hash(after: previous, row)
        try session.execute(
            """
            INSERT INTO audit_log (seq, seconds, actor, action, object_kind, object_id, detail, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .int(row.seq), .int(row.seconds), .int(row.actor), .text(row.action), .text(row.objectKind),
                .int(row.objectID), .text(row.detail), .blob(row.hash),
            ])
        return row.seq
    }

    /// The last row's number, and a keyed code over number and hash.
    struct End {
        /// Where it is kept: what stands in one place must be good in no other.
        enum Form: String {
            /// In the store.
            case store = "end of the log"
            /// In the file beside it.
            case file = "log end"
            /// In both, before the step `order` of the schema.
            case before = "audit end"
        }

        var seq: Int
        var seal: String

        init(_ seq: Int, _ hash: [UInt8], as form: Form, by sealer: CaseSealer) {
            self.seq = seq
            var bytes = sealer.blank
            bytes.append(form.rawValue)
            bytes.append(0x20)
            bytes.append(decimal: Int64(seq))
            bytes.append(0x20)
            hash.withUnsafeBytes { bytes.append($0) }
            seal = sealer.seal(bytes).withUnsafeBytes { CaseStore.hex($0) }
        }

        /// Reads what ``text`` writes; nil for anything else.
        init?(text: String) {
            // As bytes: every act reads it, and characters cost more than the seal itself.
            let parts = text.utf8.split { $0 == 0x20 || $0 == 0x0A }
            guard parts.count == 2, let seq = Int(Substring(parts[0])) else { return nil }
            (self.seq, seal) = (seq, String(Substring(parts[1])))
        }

        var text: String { "\(seq) \(seal)" }

        /// True where the log's row of that number is the one that was sealed.
        func fits(as form: Form, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
            // Before the first row there is nothing to hash.
            let hash = seq == 0 ? [] : try AuditWalk.hash(of: seq, in: session)
            return hash.map { End(seq, $0, as: form, by: sealer).seal == seal } ?? false
        }
    }

    private static let endName = "audit_end"

    /// Seals the end of the log after a transaction that added some rows, and the sums of all seals with it; returns it for
    /// the file beside the store, nil while the log is empty.
    ///
    /// Most rows are of reads, which no case remembers: this does, so that an end of them can't be cut unseen. And as
    /// whoever can write the file can compute plain hashes, too, a chain that was written anew shows here. Where the rows
    /// before don't end as the last transaction sealed them nothing is sealed: the next act must not hide what another
    /// program wrote.
    @discardableResult
    static func sealEnd(
        after added: Int, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> String? {
        let last = try session.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").first
        let seq = try last?.int(0) ?? 0
        if let known = try sealedEnd(in: session) {
            guard known.seq == seq - added, try known.fits(as: .store, in: session, by: sealer) else { return nil }
        } else if seq != added {
            return nil
        }
        return try sealAnew(seq, last?.blob(1) ?? [], as: .store, in: session, by: sealer)
    }

    /// Seals the end of the log as it stands: of a new store, or of one of an older program whose end fits.
    @discardableResult
    static func sealEndAnew(
        as form: End.Form = .store, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> String? {
        let last = try session.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").first
        return try sealAnew(last?.int(0) ?? 0, last?.blob(1) ?? [], as: form, in: session, by: sealer)
    }

    private static func sealAnew(
        _ seq: Int, _ hash: [UInt8], as form: End.Form, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> String? {
        if form == .store { try RowTally.bind(to: seq, hash, in: session, by: sealer) }
        guard seq > 0 else { return nil }
        try session.execute(
            """
            INSERT INTO meta (name, value) VALUES ('\(endName)', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [.text(End(seq, hash, as: form, by: sealer).text)])
        return End(seq, hash, as: .file, by: sealer).text
    }

    /// The end as it was sealed last; nil when that is gone.
    static func sealedEnd(in session: any SQLSession) throws -> End? {
        try session.query("SELECT value FROM meta WHERE name = '\(endName)'").first.flatMap {
            End(text: try $0.text(0))
        }
    }

    /// True where the log ends as a program before the step `order` sealed it.
    static func endsAsBefore(in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        let last = try session.query("SELECT seq FROM audit_log ORDER BY seq DESC LIMIT 1").first
        guard let end = try sealedEnd(in: session) else { return last == nil }
        return try end.seq == last?.int(0) && end.fits(as: .before, in: session, by: sealer)
    }

    /// The newest row that cases, exports and duties know of; nil while there are none.
    static func lastKnown(in session: any SQLSession) throws -> Int? {
        try session.query(
            """
            SELECT MAX(m) FROM (SELECT MAX(audit_seq) AS m FROM matter UNION ALL
              SELECT MAX(audit_seq) FROM matter_event UNION ALL SELECT MAX(audit_seq) FROM export_log UNION ALL
              SELECT MAX(audit_seq) FROM duty_record) AS known
            """)[0].intOrNil(0)
    }

    static let columns = "seq, seconds, actor, action, object_kind, object_id, detail, hash"
    /// How the columns that are hashed are stored, as each of them always is: so the hash need not say it.
    static let storage: [SQLStorage] = [.int, .int, .int, .text, .text, .int, .text]

    static func row(_ row: SQLRow) throws -> AuditRow {
        AuditRow(
            seq: try row.int(0), seconds: Int64(try row.int(1)), actor: try row.int(2), action: try row.text(3),
            objectKind: try row.text(4), objectID: try row.int(5), detail: try row.text(6), hash: try row.blob(7))
    }
}

extension CaseStore {
    /// The end of the chain; nil while nothing was logged.
    public func auditHead() throws(StoreError) -> AuditAnchor? {
        try read { session in
            try session.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").first.map {
                AuditAnchor(seq: try $0.int(0), hash: Self.hex(try $0.blob(1)))
            }
        }
    }

    /// True where the file `log-end` knows of a row that the log doesn't have, or has otherwise: an older copy of the store was
    /// put back.
    ///
    /// - Cost: two rows; ``verifyAudit(anchors:)`` looks at everything.
    public func isOlderThanItsEnd() throws(StoreError) -> Bool {
        // The file first: the log only grows.
        guard let end = endFile.end() else { return false }
        return try read { try !fits(end, in: $0) }
    }

    /// True where the file beside the store names a row that the log has.
    func fits(_ end: AuditLog.End, in session: any SQLSession) throws -> Bool {
        // A program of before the step `order` wrote it in another form.
        try end.fits(as: .file, in: session, by: sealer) || end.fits(as: .before, in: session, by: sealer)
    }

    /// What the file beside the store should say now.
    func fileEnd() throws(StoreError) -> String {
        try read { session in
            let last = try session.query("SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1").first
            return AuditLog.End(try last?.int(0) ?? 0, try last?.blob(1) ?? [], as: .file, by: sealer).text
        }
    }

    static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hex($0) } }

    static func hex(_ bytes: UnsafeRawBufferPointer) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for index in 0..<bytes.count {
                text[2 * index] = digit(bytes[index] >> 4)
                text[2 * index + 1] = digit(bytes[index] & 15)
            }
            return 2 * bytes.count
        }
    }

    /// The bytes that hex digits stand for; nil for anything else.
    static func bytes(hex text: Substring) -> [UInt8]? {
        func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case 0x30...0x39: digit - 0x30
            case 0x61...0x66: digit - 0x57
            default: nil
            }
        }
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
