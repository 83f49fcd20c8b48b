/// A session that minds the seals of what it writes.
///
/// Before the first write to a register it is held against its seal, so that no act seals what another program
/// changed; at the end of the act the registers that were written, and the end of the audit log, are sealed anew.
final class SealedSession: SQLSession {
    private let inner: any SQLSession
    private let sealer: CaseSealer
    private let folder: String
    private var written: Set<Register> = []
    /// How many rows of the log were added.
    private var logged = 0

    init(_ inner: any SQLSession, _ sealer: CaseSealer, folder: String) {
        self.inner = inner
        self.sealer = sealer
        self.folder = folder
    }

    /// Seals what was written: the last thing in the transaction of an act that succeeded.
    ///
    /// - Returns: the end of the log when it grew.
    func finish() throws -> String? {
        for register in Register.allCases where written.contains(register) {
            try RowSeal.seal(register, in: inner, by: sealer)
        }
        guard logged > 0 || !written.isEmpty else { return nil }
        return try AuditLog.sealEnd(after: logged, in: inner, by: sealer)
    }

    var dialect: SQLDialect { inner.dialect }

    func othersMark() throws -> SQLMark? { try inner.othersMark() }

    func query(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try inner.query(sql, values) }

    func cursor(_ sql: String, _ values: [SQLValue]) throws -> any SQLCursor { try inner.cursor(sql, values) }

    func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLCursor) throws -> Void) throws {
        try inner.each(sql, values, body)
    }

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        if let table = Self.table(writtenBy: sql) { try mind(table) }
        return try inner.execute(sql, values)
    }

    func script(_ sql: String) throws { try inner.script(sql) }

    @discardableResult
    func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        try mind(table)
        return try inner.insert(into: table, columns: columns, rows: rows)
    }

    /// True where this act has written to a register, which it held against its seal first.
    func hasWritten(_ register: Register) -> Bool { written.contains(register) }

    private func mind(_ table: some StringProtocol) throws {
        if table == "audit_log" { return logged += 1 }
        guard let register = Register(holding: table), !written.contains(register) else { return }
        guard try RowSeal.isReady(register, in: inner, by: sealer) else {
            throw StoreError(.alteredRows(register.rowKind), folder: folder)
        }
        guard try RowTally.hasLatestRegisters(in: inner, by: sealer) else {
            throw StoreError(.alteredRows(.register), folder: folder)
        }
        written.insert(register)
    }

    /// The table that a statement writes: the third word of an insert or a deletion, the second of an update.
    static func table(writtenBy sql: String) -> Substring? {
        let words = sql.split(maxSplits: 3, whereSeparator: { $0 == " " || $0.isNewline })
        switch words.first {
        case "UPDATE" where words.count > 1: return words[1]
        case "INSERT" where words.count > 2, "DELETE" where words.count > 2: return words[2]
        default: return nil
        }
    }
}
