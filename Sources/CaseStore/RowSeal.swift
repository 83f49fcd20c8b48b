import Crypto
import Messages

/// Seals over rows: what another program changed in the file is noticed.
///
/// A case's seal is a keyed code over its row and all that hangs on it: its numbers, history, accused, assignments, links,
/// holds, keys and texts. A flag has one, too, over its row and the messages that belong to it. A register (``Register``)
/// has one over all of its rows: the organisation's, on which the wall and the terms stand, is one of them. The form is in
/// docs/reference/casework.md. Without the key file nobody can make one.
enum RowSeal {
    /// A row with all that hangs on it, under one seal.
    private struct Sheet {
        let letter: UInt8
        let table: String
        let columns: String
        let key: String
        let parts: [Part]
        /// Selects number, seal and text of one row, and of all from the number `{first}` on.
        let one: String
        let all: String

        /// `key` is the column by which rows of the parts name the row.
        init(_ letter: Character, _ table: String, columns: String, key: String, parts: [Part]) {
            self.init(letter.asciiValue ?? 0, table, columns: columns, key: key, parts: parts)
        }

        private init(_ letter: UInt8, _ table: String, columns: String, key: String, parts: [Part]) {
            (self.letter, self.table, self.columns, self.key) = (letter, table, columns, key)
            let text = RowSeal.text(columns.split(separator: " ").map(String.init))
            one = "SELECT x.id, x.seal, \(text) FROM \(table) AS x WHERE x.id = $1"
            all = "SELECT x.id, x.seal, \(text) FROM \(table) AS x WHERE x.id >= {first} ORDER BY x.id"
            self.parts = parts.map { $0.keyed(by: key) }
        }

        /// The form before the step `members` of the schema.
        var before: Sheet {
            Sheet(
                letter, table, columns: RowSeal.before(columns), key: key,
                parts: parts.filter { !$0.isNew }.map(\.before))
        }
    }

    /// Some rows that hang on another one, as a text each.
    private struct Part {
        let letter: UInt8
        let isNew: Bool
        private let table: String
        private let columns: String
        private let order: String
        /// Selects the number of what they hang on and their text: of one, and of all.
        private(set) var ofOne = ""
        private(set) var ofAll = ""

        init(_ letter: Character, _ table: String, _ columns: String, order: String, isNew: Bool = false) {
            self.letter = letter.asciiValue ?? 0
            (self.table, self.columns, self.order, self.isNew) = (table, columns, order, isNew)
        }

        var before: Part {
            Part(Character(Unicode.Scalar(letter)), table, RowSeal.before(columns), order: order)
        }

        func keyed(by key: String) -> Part {
            var part = self
            let text = RowSeal.text(columns.split(separator: " ").map(String.init))
            part.ofOne = "SELECT x.\(key), \(text) FROM \(table) AS x WHERE x.\(key) = $1 ORDER BY \(order)"
            part.ofAll =
                "SELECT x.\(key), \(text) FROM \(table) AS x WHERE x.\(key) >= {first} ORDER BY x.\(key), \(order)"
            return part
        }
    }

    /// The columns of the form before the step `members`: of sealed words and keys only whether they were there.
    private static func before(_ columns: String) -> String {
        columns.replacing("HEX:payload", with: "payload").replacing(" HEX:wrapped", with: "")
            .replacing(" HEX:key", with: "")
    }

    private static let cases = Sheet(
        "c", "matter",
        columns: "id number alias track topic petition severity area_code source state is_open unit_id received_on "
            + "supervision recurrence is_repeat is_sensitive retaliation due_on ended_on audit_seq version queue_on",
        key: "matter_id",
        parts: [
            Part(
                "e", "matter_event",
                "ordinal action actor actor_unit day from_state to_state reason unit_id until_day supervision "
                    + "reply_done_on reply_evidence reply_marks audit_seq", order: "x.ordinal"),
            Part("a", "accused", "unit_id official_id", order: "x.unit_id"),
            Part("g", "assignment", "staff_id id assigned_by assigned_on ended_on", order: "x.staff_id, x.id"),
            Part("s", "matter_assist", "unit_id", order: "x.unit_id"),
            Part("l", "matter_link", "other_id kind", order: "x.other_id, x.kind"),
            Part("k", "matter_key", "purpose id destroyed_on HEX:wrapped", order: "x.purpose"),
            Part("t", "matter_text", "kind id event_ordinal key_id HEX:payload", order: "x.kind, x.id"),
            Part("h", "hold", "id placed_by placed_on lifting_by lifted_by lifted_on basis", order: "x.id"),
            Part("o", "matter_outcome", "problem measure officials returned has_gap", order: "x.problem"),
            Part("b", "matter_flag", "flag_id", order: "x.flag_id"),
            Part("p", "claim_code", "hash issued_on rating rated_on", order: "x.issued_on"),
            Part(
                "n", "matter_number", "county year letter ordinal", order: "x.county, x.year, x.letter, x.ordinal",
                isNew: true),
        ])

    private static let flags = Sheet(
        "f", "flag",
        columns: "id batch_id group_id village_code village_name basis confidence tier day track topic severity score "
            + "rules guards undecided message_count HEX:payload data_key_id HEX:key lexicon_version gazetteer_version state "
            + "reason expires_on bundled version",
        key: "flag_id",
        parts: [
            Part(
                "d", "flag_desk", "claimed_by claimed_until dismissal_by dismissal_reason escalated_on extended_on",
                order: "x.flag_id"),
            Part("m", "flag_message", "digest", order: "x.digest", isNew: true),
        ])

    /// An expression that writes columns as one text, bytes as hex digits; of a column called `payload` it only says
    /// whether there is something in it, and `HEX:key` is the wrapped key that a flag names.
    static func text(_ columns: [String], _ dialect: SQLDialect = .sqlite) -> String {
        columns.map { column in
            if column == "payload" { return "CASE WHEN x.payload IS NULL THEN '0' ELSE '1' END" }
            if column == "HEX:key" {
                return
                    "COALESCE((SELECT \(dialect.hex("y.wrapped")) FROM data_key AS y WHERE y.id = x.data_key_id), '-')"
            }
            if column.hasPrefix("HEX:") {
                let name = "x." + column.dropFirst(4)
                return "CASE WHEN \(name) IS NULL THEN '-' ELSE \(dialect.hex(name)) END"
            }
            return "COALESCE(CAST(x.\(column) AS TEXT), '-')"
        }.joined(separator: " || '|' || ")
    }

    // MARK: - One row

    /// Seals a case anew after an act on it.
    static func seal(_ matter: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        try seal(matter, of: cases, in: session, by: sealer)
    }

    /// True when a case is as the last act left it.
    static func isWhole(_ matter: Int, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        try isWhole(matter, of: cases, in: session, by: sealer)
    }

    /// Seals a flag anew.
    static func seal(flag: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        try seal(flag, of: flags, in: session, by: sealer)
    }

    /// True when a flag is as the last act or import left it.
    static func isWhole(flag: Int, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        try isWhole(flag, of: flags, in: session, by: sealer)
    }

    private static func seal(
        _ id: Int, of sheet: Sheet, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        guard let (_, bytes) = try read(id, of: sheet, in: session) else { return }
        try session.execute(
            "UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(Array(sealer.seal(rows: bytes)))])
    }

    private static func isWhole(
        _ id: Int, of sheet: Sheet, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Bool {
        guard let (seal, bytes) = try read(id, of: sheet, in: session), case .blob(let seal) = seal else {
            return false
        }
        return sealer.seal(rows: bytes) == seal
    }

    private static func read(
        _ id: Int, of sheet: Sheet, in session: any SQLSession
    ) throws -> (SQLValue, [UInt8])? {
        guard let row = try session.query(sheet.one, [.int(id)]).first else { return nil }
        var bytes = line(sheet.letter, try row.text(2).utf8)
        for part in sheet.parts {
            for row in try session.query(part.ofOne, [.int(id)]) { bytes += line(part.letter, try row.text(1).utf8) }
        }
        return (row[1], bytes)
    }

    private static func line(_ letter: UInt8, _ text: some Collection<UInt8>) -> [UInt8] {
        [letter] + Array(text) + [0x0A]
    }

    // MARK: - All rows

    /// Hands on the bytes of every row with its seal, by number; false for one whose row is gone.
    private static func walk(
        _ sheet: Sheet, from first: Int = 0, in session: any SQLSession,
        _ body: (Int, UnsafeRawBufferPointer, [UInt8]) throws -> Bool
    ) throws -> Int? {
        func select(_ sql: String) -> String { sql.replacing("{first}", with: String(first)) }
        var heads: [(letter: UInt8, cursor: any SQLCursor, hasRow: Bool)] = []
        for part in sheet.parts {
            let cursor = try session.cursor(select(part.ofAll))
            heads.append((part.letter, cursor, try cursor.step()))
        }
        let rows = try session.cursor(select(sheet.all))
        var bytes: [UInt8] = []
        while try rows.step() {
            let id = rows.int(0)
            bytes.removeAll(keepingCapacity: true)
            bytes.append(sheet.letter)
            bytes.append(contentsOf: rows.bytes(2))
            bytes.append(0x0A)
            for index in heads.indices {
                while heads[index].hasRow, heads[index].cursor.int(0) <= id {
                    let head = heads[index]
                    // Rows of something that is not there: somebody took its own row out.
                    guard head.cursor.int(0) == id else { return head.cursor.int(0) }
                    bytes.append(head.letter)
                    bytes.append(contentsOf: head.cursor.bytes(1))
                    bytes.append(0x0A)
                    heads[index].hasRow = try head.cursor.step()
                }
            }
            guard try body(id, rows.bytes(1), bytes) else { return id }
        }
        return heads.first { $0.hasRow }?.cursor.int(0)
    }

    private static func firstMisfit(
        in sheet: Sheet, _ session: any SQLSession, _ sealer: CaseSealer
    ) throws -> Int? {
        try walk(sheet, in: session) { _, seal, bytes in
            sealer.seal(rows: bytes).withUnsafeBytes { $0.elementsEqual(seal) }
        }
    }

    /// The number of the first case that is not as its last act left it, or was taken out; nil when all are.
    static func firstChanged(in session: any SQLSession, by sealer: CaseSealer) throws -> Int? {
        try firstMisfit(in: cases, session, sealer) ?? firstMissingCase(in: session)
    }

    /// A flag that was changed, taken out or put in, or that ended without a row of the log; nil when there is none.
    static func firstChangedFlag(in session: any SQLSession, by sealer: CaseSealer) throws -> Int? {
        try firstMisfit(in: flags, session, sealer) ?? firstMissingFlag(in: session)
    }

    /// Seals the flags that an import made: all at once, as a query for each would take longer than storing it.
    static func seal(flagsFrom first: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        try sealAll(flags, from: first, in: session, by: sealer)
    }

    private static func sealAll(
        _ sheet: Sheet, from first: Int = 0, except misfits: Set<Int> = [], in session: any SQLSession,
        by sealer: CaseSealer
    ) throws {
        // Ten thousand at a time: a large import leaves hundreds of thousands.
        var next = first
        while true {
            var (seals, count, last) = ([(Int, [UInt8])](), 0, next)
            _ = try walk(sheet, from: next, in: session) { id, _, bytes in
                (count, last) = (count + 1, id)
                if !misfits.contains(id) { seals.append((id, Array(sealer.seal(rows: bytes)))) }
                return count < 10_000
            }
            for (id, seal) in seals {
                try session.execute("UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
            }
            guard count == 10_000 else { return }
            next = last + 1
        }
    }

    // MARK: - Everything

    /// Seals everything that is there: a new store, or one that an older program made.
    ///
    /// `isNarrow` does it in the form before the step `members`, for tests.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer, isNarrow: Bool = false) throws {
        for sheet in [cases, flags] { try sealAll(isNarrow ? sheet.before : sheet, in: session, by: sealer) }
        for register in Register.allCases { try sealAnew(register, in: session, by: sealer) }
        try AuditLog.sealEnd(in: session, by: sealer)
    }

    /// Seals cases and flags in the form of the step `members`, where they fit their seals in the form before: what
    /// another program changed stays told.
    static func widen(in session: any SQLSession, by sealer: CaseSealer) throws {
        for sheet in [cases, flags] {
            var misfits: Set<Int> = []
            let orphan = try walk(sheet.before, in: session) { id, seal, bytes in
                if !sealer.seal(rows: bytes).withUnsafeBytes({ $0.elementsEqual(seal) }) { misfits.insert(id) }
                return true
            }
            // Rows that hang on nothing end a walk: then nothing is sealed, and everything told.
            if orphan == nil { try sealAll(sheet, except: misfits, in: session, by: sealer) }
        }
        try AuditLog.noteFlags(in: session)
        try AuditLog.sealEnd(in: session, by: sealer)
    }
}
