import Crypto

/// The seals of registers, which stand among the settings of the store.
extension RowSeal {
    /// What the rows of a register come to.
    private struct Code {
        var text: String
        /// True where every value is stored as its column is declared.
        var isDeclared = true
    }

    private static func code(
        of register: Register, as form: SealForm = .stored, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Code {
        if register.isAppended {
            let tail = try tail(of: register, after: Tail(), as: form, in: session, by: sealer)
            return Code(text: tail.text, isDeclared: tail.isDeclared)
        }
        var seal = sealer.unfinishedSeal
        var bytes = RowBytes()
        var isDeclared = true
        if form == .stored { bytes.append(SealForm.mark) }
        for table in register.tables {
            let columns = SealedColumns(table.columns, form)
            let cursor = try session.cursor(
                "SELECT \(columns.expressions) FROM \(table.name) AS x ORDER BY \(table.order)")
            while try cursor.step() {
                if !write(cursor, columns, from: 0, of: table, form, to: &bytes) { isDeclared = false }
                // Bit by bit: a nation's gazetteer is some fifty megabytes.
                if bytes.count > 1 << 16 {
                    bytes.withBytes { seal.update(data: $0) }
                    bytes.clear()
                }
            }
        }
        bytes.withBytes { seal.update(data: $0) }
        return Code(text: CaseStore.hex(Array(seal.finalize())), isDeclared: isDeclared)
    }

    private static func write(
        _ row: any SQLCursor, _ columns: SealedColumns, from first: Int, of table: Register.Table, _ form: SealForm,
        to bytes: inout RowBytes
    ) -> Bool {
        bytes.append(table.name)
        // No name of a table has a bar in it.
        bytes.append(0x7C)
        return columns.append(row, from: first, to: &bytes)
    }

    /// How far the rows of an appended register are sealed: each seal is made over the one before and a row.
    private struct Tail {
        var last = 0
        var code = ""
        var isDeclared = true

        var text: String { "\(last) \(code)" }
    }

    private static func tail(
        of register: Register, after known: Tail, as form: SealForm = .stored, in session: any SQLSession,
        by sealer: CaseSealer
    ) throws -> Tail {
        var tail = known
        var bytes = sealer.blank
        for table in register.tables {
            let columns = SealedColumns(table.columns, form)
            let cursor = try session.cursor(
                """
                SELECT x.\(table.key), \(columns.expressions) FROM \(table.name) AS x WHERE x.\(table.key) > $1
                ORDER BY \(table.order)
                """, [.int(known.last)])
            while try cursor.step() {
                tail.last = cursor.int(0)
                bytes.clear()
                if form == .stored { bytes.append(SealForm.mark) }
                bytes.append(tail.code)
                if !write(cursor, columns, from: 1, of: table, form, to: &bytes) { tail.isDeclared = false }
                tail.code = CaseStore.hex(Array(sealer.seal(bytes)))
            }
        }
        return tail
    }

    /// The seal of a register as it is kept; nil when that is gone.
    static func knownCode(of register: Register, in session: any SQLSession) throws -> String? {
        try session.query("SELECT value FROM meta WHERE name = $1", [.text(register.sealName)]).first?.text(0)
    }

    private static func knownTail(of register: Register, in session: any SQLSession) throws -> Tail? {
        let parts = try knownCode(of: register, in: session)?.split(separator: " ", omittingEmptySubsequences: false)
        guard let parts, parts.count == 2, let last = Int(parts[0]) else { return nil }
        return Tail(last: last, code: String(parts[1]))
    }

    private static func note(
        _ code: String, of register: Register, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        let old = try knownCode(of: register, in: session)
        try RowTally.change(in: session, by: sealer) {
            $0.replace(old.map { Array($0.utf8) }, by: Array(code.utf8), of: register.rawValue, in: .registers, sealer)
        }
        try session.execute(
            """
            INSERT INTO meta (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [.text(register.sealName), .text(code)])
    }

    /// Seals a register anew after an act on it: all of it, or the rows that were added.
    static func seal(_ register: Register, in session: any SQLSession, by sealer: CaseSealer) throws {
        guard register.isAppended, let known = try knownTail(of: register, in: session) else {
            return try sealAnew(register, in: session, by: sealer)
        }
        try note(tail(of: register, after: known, in: session, by: sealer).text, of: register, in: session, by: sealer)
    }

    /// Seals all of a register as it stands.
    static func sealAnew(
        _ register: Register, as form: SealForm = .stored, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        try note(
            code(of: register, as: form, in: session, by: sealer).text, of: register, in: session, by: sealer)
    }

    /// True when a register is as the last act left it.
    static func isWhole(
        _ register: Register, as form: SealForm = .stored, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Bool {
        let code = try code(of: register, as: form, in: session, by: sealer)
        return try code.isDeclared && knownCode(of: register, in: session) == code.text
    }

    /// True when an act may write to a register, as its seal will hide nothing: of an appended one a new seal stands on
    /// the old one and on new rows alone, so there must only be no row that the old one doesn't know.
    static func isReady(_ register: Register, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        guard register.isAppended else { return try isWhole(register, in: session, by: sealer) }
        guard let known = try knownTail(of: register, in: session), let table = register.tables.first else {
            return false
        }
        return try session.query("SELECT COALESCE(MAX(\(table.key)), 0) FROM \(table.name)")[0][0] == .int(known.last)
    }

    /// The first register that another program changed.
    static func firstChangedRegister(in session: any SQLSession, by sealer: CaseSealer) throws -> Register? {
        try Register.allCases.first { try !isWhole($0, in: session, by: sealer) }
    }
}
