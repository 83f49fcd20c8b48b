import Crypto
import Messages

/// Seals over rows: what another program changed in the file is noticed.
///
/// A case's seal is a keyed code over its row and all that hangs on it: history, accused, assignments, links, holds, keys
/// and texts. A flag has one, too. A register (``Register``) has one over all of its rows: the organisation's, on which the
/// wall and the terms stand, is one of them. The form is in docs/reference/casework.md. Without the key file nobody can
/// make one.
enum RowSeal {
    /// A row with all that hangs on it, under one seal.
    private struct Sheet {
        let letter: UInt8
        let table: String
        /// Selects number, seal and text of one row, and of all from the number `{first}` on.
        let one: String
        let all: String
        let parts: [Part]

        /// `key` is the column by which rows of the parts name the row.
        init(_ letter: Character, _ table: String, columns: String, key: String, parts: [Part]) {
            self.letter = letter.asciiValue ?? 0
            self.table = table
            let text = RowSeal.text(columns.split(separator: " ").map(String.init))
            one = "SELECT x.id, x.seal, \(text) FROM \(table) AS x WHERE x.id = $1"
            all = "SELECT x.id, x.seal, \(text) FROM \(table) AS x WHERE x.id >= {first} ORDER BY x.id"
            self.parts = parts.map { $0.keyed(by: key) }
        }
    }

    /// Some rows that hang on another one, as a text each.
    private struct Part {
        let letter: UInt8
        private let table: String
        private let columns: String
        private let order: String
        /// Selects the number of what they hang on and their text: of one, and of all.
        private(set) var ofOne = ""
        private(set) var ofAll = ""

        init(_ letter: Character, _ table: String, _ columns: String, order: String) {
            self.letter = letter.asciiValue ?? 0
            self.table = table
            self.columns = RowSeal.text(columns.split(separator: " ").map(String.init))
            self.order = order
        }

        func keyed(by key: String) -> Part {
            var part = self
            part.ofOne = "SELECT x.\(key), \(columns) FROM \(table) AS x WHERE x.\(key) = $1 ORDER BY \(order)"
            part.ofAll =
                "SELECT x.\(key), \(columns) FROM \(table) AS x WHERE x.\(key) >= {first} ORDER BY x.\(key), \(order)"
            return part
        }
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
            Part("k", "matter_key", "purpose id destroyed_on", order: "x.purpose"),
            Part("t", "matter_text", "kind id event_ordinal key_id payload", order: "x.kind, x.id"),
            Part("h", "hold", "id placed_by placed_on lifting_by lifted_by lifted_on basis", order: "x.id"),
            Part("o", "matter_outcome", "problem measure officials returned has_gap", order: "x.problem"),
            Part("b", "matter_flag", "flag_id", order: "x.flag_id"),
            Part("p", "claim_code", "hash issued_on rating rated_on", order: "x.issued_on"),
        ])

    private static let flags = Sheet(
        "f", "flag",
        columns: "id batch_id group_id village_code village_name basis confidence tier day track topic severity score "
            + "rules guards undecided message_count payload data_key_id lexicon_version gazetteer_version state reason "
            + "expires_on bundled version",
        key: "flag_id",
        parts: [
            Part(
                "d", "flag_desk", "claimed_by claimed_until dismissal_by dismissal_reason escalated_on extended_on",
                order: "x.flag_id")
        ])

    /// An expression that writes columns as one text; of a sealed text it only says whether it is there.
    static func text(_ columns: [String], _ dialect: SQLDialect = .sqlite) -> String {
        columns.map { column in
            if column == "payload" { return "CASE WHEN x.payload IS NULL THEN '0' ELSE '1' END" }
            if column.hasPrefix("HEX:") { return dialect.hex("x." + column.dropFirst(4)) }
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

    /// The number of the first case that is not as its last act left it; nil when all are.
    static func firstChanged(in session: any SQLSession, by sealer: CaseSealer) throws -> Int? {
        if let found = try firstMisfit(in: cases, session, sealer) { return found }
        // A case that was taken out whole leaves a gap in the rows or in the numbers, or the log knows of a later one.
        if let gap = try firstGap(in: "matter", called: "case", session) { return gap }
        let series = try session.query(
            """
            SELECT MIN(matter_id) FROM matter_number GROUP BY county, year, letter HAVING COUNT(*) <> MAX(ordinal)
            """)
        return try series.first?.int(0)
    }

    /// Numbers go up without a gap, as no row is ever deleted; the log knows the last one.
    private static func firstGap(in table: String, called kind: String, _ session: any SQLSession) throws -> Int? {
        let ends = try session.query(
            """
            SELECT COUNT(*), COALESCE(MAX(id), 0), (SELECT COALESCE(MAX(l.object_id), 0) FROM audit_log AS l
              WHERE l.object_kind = '\(kind)' AND l.action <> 'refused') FROM \(table)
            """)[0]
        let (count, last, logged) = (try ends.int(0), try ends.int(1), try ends.int(2))
        if count != last { return count + 1 }
        return logged > last ? logged : nil
    }

    /// Seals the flags that an import made: all at once, as a query for each would take longer than storing it.
    static func seal(flagsFrom first: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        try sealAll(flags, from: first, in: session, by: sealer)
    }

    private static func sealAll(
        _ sheet: Sheet, from first: Int = 0, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        // Ten thousand at a time: a large import leaves hundreds of thousands.
        var next = first
        while true {
            var seals: [(Int, [UInt8])] = []
            _ = try walk(sheet, from: next, in: session) { id, _, bytes in
                seals.append((id, Array(sealer.seal(rows: bytes))))
                return seals.count < 10_000
            }
            for (id, seal) in seals {
                try session.execute("UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
            }
            guard seals.count == 10_000, let last = seals.last else { return }
            next = last.0 + 1
        }
    }

    // MARK: - Everything

    /// Seals everything that is there: a new store, or one that an older program made.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer) throws {
        try sealAll(cases, in: session, by: sealer)
        try sealAll(flags, in: session, by: sealer)
        for register in Register.allCases { try sealAnew(register, in: session, by: sealer) }
        try AuditLog.sealEnd(in: session, by: sealer)
    }

    // MARK: - Flags

    /// A flag that was changed, taken out or put in, or that ended without a row of the log; nil when there is none.
    static func firstChangedFlag(in session: any SQLSession, by sealer: CaseSealer) throws -> Int? {
        if let found = try firstMisfit(in: flags, session, sealer) { return found }
        if let gap = try firstGap(in: "flag", called: "flag", session) { return gap }
        return try session.query(
            """
            SELECT MIN(f.id) FROM flag AS f WHERE f.state NOT IN ('new', 'claimed') AND NOT EXISTS
              (SELECT 1 FROM audit_log AS l WHERE l.object_kind = 'flag' AND l.object_id = f.id
                AND l.action IN ('flag-confirm', 'flag-join', 'flag-dismiss', 'flag-forward-up', 'flag-expire', 'flag-erase'))
              AND NOT EXISTS (SELECT 1 FROM matter_flag AS b WHERE b.flag_id = f.id)
            """)[0].intOrNil(0)
    }
}
