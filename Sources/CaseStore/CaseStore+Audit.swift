import Crypto
import Foundation
public import Messages

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

/// What a verification of the chain says.
public enum AuditVerdict: Sendable, Equatable {
    /// Every row follows from the one before, and every anchor fits.
    case sound(rows: Int)
    /// A row was changed, put in or taken out in the middle (the first that doesn't follow).
    case altered(seq: Int)
    /// Rows at the end are gone: cases know of acts that the log doesn't have (the last that it has, the last known).
    case cut(last: Int, known: Int)
    /// An older copy of the whole store was put back: an anchor lies beyond its end.
    case restored(last: Int, anchor: Int)
    /// Rows beside the log were changed by another program: which kind, and the first row's number.
    case changed(RowKind, row: Int)
    /// The store went another way since an anchor: its history was rewritten, or a restored copy was worked on.
    case forked(anchor: Int)
    /// What stands beside the store to tell of an older copy is gone or can't be read: which file.
    case lost(Witness)

    /// What tells of an older copy that was put back.
    public enum Witness: String, Sendable {
        /// The file `log-end`.
        case end = "log-end"
        /// The file `anchors.txt`, of which the log has rows.
        case anchors = "anchors.txt"
    }

    /// Rows that are held against the log and their seals.
    public enum RowKind: String, Sendable {
        /// A case, or what hangs on it.
        case matter = "case"
        case flag
        /// Bodies, posts, people, ties, the calendar.
        case organisation
        /// The register of groups.
        case groups
        /// The gazetteer, and the names that people taught.
        case places
        /// Passwords and tokens.
        case accounts
        /// Versions of the word lists.
        case lexicons
        /// What was handed on, and the deployer's duties.
        case papers
        /// Requests of the people whom the words are about.
        case requests
        /// Who is on duty.
        case roster
        /// What must go up, and since when that is known.
        case upward
        /// What was imported, of which groups, exported by whom.
        case imports
        /// One of the registers: older rows of it were put back.
        case register
        /// The sums of all seals.
        case seals
        /// Tables, views and triggers themselves.
        case schema

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .matter: ("件", "a case")
                case .flag: ("线索", "a flag")
                case .organisation: ("单位、人员、回避或日历", "bodies, people, ties or the calendar")
                case .groups: ("群登记", "the register of groups")
                case .places: ("地名", "the gazetteer")
                case .accounts: ("密码或令牌", "passwords or tokens")
                case .lexicons: ("词库版本", "the versions of the lexicons")
                case .papers: ("导出或履职台账", "the records of exports or duties")
                case .requests: ("查阅、更正、删除申请", "the requests of people")
                case .roster: ("值班表", "the duty roster")
                case .upward: ("上交期限", "the terms of what must go up")
                case .imports: ("导入记录", "the records of imports")
                case .register: ("某个登记表（放回了旧内容）", "a register (older rows were put back)")
                case .seals: ("封印合计", "the sums of the seals")
                case .schema: ("表、视图或触发器", "tables, views or triggers")
                }
            return language == .zh ? zh : en
        }
    }

    /// True when nothing is wrong.
    public var isSound: Bool { if case .sound = self { true } else { false } }

    /// Its slug.
    public var slug: String {
        switch self {
        case .sound: "sound"
        case .altered: "altered"
        case .cut: "cut"
        case .changed: "changed"
        case .restored: "restored"
        case .forked: "forked"
        case .lost: "lost"
        }
    }

    /// One line in a language.
    public func text(in language: Language) -> String {
        let isChinese = language == .zh
        switch self {
        case .sound(let rows):
            return isChinese ? "审计链完好，共 \(rows) 行" : "the audit chain is sound, \(rows) rows"
        case .altered(let seq):
            return isChinese
                ? "第 \(seq) 行起对不上：有行被改、被插或被抽走" : "row \(seq) doesn't follow: rows were altered, put in or taken out"
        case .cut(let last, let known):
            return isChinese
                ? "末尾被截：日志到第 \(last) 行，而件里记着第 \(known) 行"
                : "the end was cut: the log ends at \(last), cases know of \(known)"
        case .changed(let kind, let row):
            let (what, place) = (kind.name(in: language), row == 0 ? "" : isChinese ? "（第 \(row) 行）" : " (row \(row))")
            return isChinese
                ? "\(what)\(place)在本程序之外被改动；请从备份恢复" : "\(what)\(place) was changed by another program; restore a backup"
        case .restored(let last, let anchor):
            return isChinese
                ? "放回了旧库：日志到第 \(last) 行，外部锚点已到第 \(anchor) 行"
                : "an old copy was put back: the log ends at \(last), an anchor says \(anchor)"
        case .forked(let anchor):
            return isChinese
                ? "与第 \(anchor) 行的外部锚点不符：历史被重写，或旧库放回后又有新行"
                : "the anchor at row \(anchor) doesn't fit: history was rewritten, or went on from an old copy"
        case .lost(.end):
            return isChinese
                ? "数据目录里的 log-end 不见了或读不懂：查不出是否放回过旧库。请用别处的锚点核对（--anchors），再从备份恢复；若现库无误，先 minsheng backup 再 minsheng restore 它"
                : "the file log-end of the data folder is missing or garbled: an older copy that was put back can't be told. Compare with anchors kept elsewhere (--anchors), then restore a backup; if the store is right as it is, minsheng backup and then minsheng restore that"
        case .lost(.anchors):
            return isChinese
                ? "日志里打过锚点，锚点文件 anchors.txt 却不见了、读不懂或缺了行：请用别处的锚点核对（--anchors），无误后运行 minsheng audit anchor"
                : "the log has anchors that anchors.txt hasn't (missing, garbled, or lines gone): compare with anchors kept elsewhere (--anchors), and if they fit run minsheng audit anchor"
        }
    }
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
