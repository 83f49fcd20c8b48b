import Crypto
import Messages

/// Seals over rows: what another program changed in the file is noticed.
///
/// A case's seal is a keyed code over its row and all that hangs on it: history, accused, assignments, links, holds, keys
/// and texts. The organisation's is one over bodies, posts, people, ties and the calendar, on which the wall and the terms
/// stand. The form is in docs/reference/casework.md. Without the key file nobody can make one.
enum RowSeal {
    /// Some rows of a case, as a text each.
    private struct Part {
        var letter: UInt8
        var table: String
        var columns: [String]
        var order: String

        init(_ letter: Character, _ table: String, _ columns: String, order: String) {
            self.letter = letter.asciiValue ?? 0
            self.table = table
            self.columns = columns.split(separator: " ").map(String.init)
            self.order = order
        }

        /// Selects the case and the text of each row.
        func select(_ condition: String = "") -> String {
            "SELECT x.matter_id, \(RowSeal.text(columns)) FROM \(table) AS x\(condition) ORDER BY x.matter_id, \(order)"
        }
    }

    private static let parts = [
        Part(
            "e", "matter_event",
            "ordinal action actor actor_unit day from_state to_state reason unit_id until_day supervision reply_done_on "
                + "reply_evidence reply_marks audit_seq", order: "x.ordinal"),
        Part("a", "accused", "unit_id official_id", order: "x.unit_id"),
        Part("g", "assignment", "staff_id id assigned_by assigned_on ended_on", order: "x.staff_id, x.id"),
        Part("s", "matter_assist", "unit_id", order: "x.unit_id"),
        Part("l", "matter_link", "other_id kind", order: "x.other_id, x.kind"),
        Part("k", "matter_key", "purpose id destroyed_on", order: "x.purpose"),
        Part("t", "matter_text", "kind id event_ordinal key_id payload", order: "x.kind, x.id"),
        Part("h", "hold", "id placed_by placed_on lifting_by lifted_by lifted_on basis", order: "x.id"),
        Part("o", "matter_outcome", "problem measure officials returned has_gap", order: "x.problem"),
    ]

    private static let columns = [
        "id", "number", "alias", "track", "topic", "petition", "severity", "area_code", "source", "state", "is_open",
        "unit_id", "received_on", "supervision", "recurrence", "is_repeat", "is_sensitive", "retaliation", "due_on",
        "ended_on", "audit_seq", "version", "queue_on",
    ]

    /// An expression that writes columns as one text; of a sealed text it only says whether it is there.
    private static func text(_ columns: [String]) -> String {
        columns.map { column in
            column == "payload"
                ? "CASE WHEN x.payload IS NULL THEN '0' ELSE '1' END"
                : "COALESCE(CAST(x.\(column) AS TEXT), '-')"
        }.joined(separator: " || '|' || ")
    }

    // MARK: - One case

    private static let one = "SELECT x.seal, \(text(columns)) FROM matter AS x WHERE x.id = $1"
    private static let partsOfOne = parts.map { ($0.letter, $0.select(" WHERE x.matter_id = $1")) }

    /// Seals a case anew after an act on it.
    static func seal(_ matter: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        guard let (_, bytes) = try read(matter, in: session) else { return }
        try session.execute(
            "UPDATE matter SET seal = $2 WHERE id = $1", [.int(matter), .blob(Array(sealer.seal(rows: bytes)))])
    }

    /// True when a case is as the last act left it.
    static func isWhole(_ matter: Int, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        guard let (seal, bytes) = try read(matter, in: session), case .blob(let seal) = seal else { return false }
        return sealer.seal(rows: bytes) == seal
    }

    private static func read(_ matter: Int, in session: any SQLSession) throws -> (SQLValue, [UInt8])? {
        guard let row = try session.query(one, [.int(matter)]).first else { return nil }
        var bytes = line(0x63, try row.text(1).utf8)
        for (letter, select) in partsOfOne {
            for row in try session.query(select, [.int(matter)]) { bytes += line(letter, try row.text(1).utf8) }
        }
        return (row[0], bytes)
    }

    private static func line(_ letter: UInt8, _ text: some Collection<UInt8>) -> [UInt8] {
        [letter] + Array(text) + [0x0A]
    }

    // MARK: - All cases

    /// Hands on the bytes of every case with its seal, in the order of the rows; false for one whose row is gone.
    private static func walk(
        in session: any SQLSession, _ body: (Int, UnsafeRawBufferPointer, [UInt8]) throws -> Bool
    ) throws -> Int? {
        var heads: [(letter: UInt8, cursor: any SQLCursor, hasRow: Bool)] = []
        for part in parts {
            let cursor = try session.cursor(part.select())
            heads.append((part.letter, cursor, try cursor.step()))
        }
        let cases = try session.cursor("SELECT x.id, x.seal, \(text(columns)) FROM matter AS x ORDER BY x.id")
        var bytes: [UInt8] = []
        while try cases.step() {
            let id = cases.int(0)
            bytes.removeAll(keepingCapacity: true)
            bytes.append(0x63)
            bytes.append(contentsOf: cases.bytes(2))
            bytes.append(0x0A)
            for index in heads.indices {
                while heads[index].hasRow, heads[index].cursor.int(0) <= id {
                    let head = heads[index]
                    // Rows of a case that is not there: somebody took its own row out.
                    guard head.cursor.int(0) == id else { return head.cursor.int(0) }
                    bytes.append(head.letter)
                    bytes.append(contentsOf: head.cursor.bytes(1))
                    bytes.append(0x0A)
                    heads[index].hasRow = try head.cursor.step()
                }
            }
            guard try body(id, cases.bytes(1), bytes) else { return id }
        }
        return heads.first { $0.hasRow }?.cursor.int(0)
    }

    /// The number of the first case that is not as its last act left it; nil when all are.
    static func firstChanged(in session: any SQLSession, by sealer: CaseSealer) throws -> Int? {
        if let found = try walk(
            in: session, { _, seal, bytes in sealer.seal(rows: bytes).withUnsafeBytes { $0.elementsEqual(seal) } })
        {
            return found
        }
        // A case that was taken out whole leaves a gap in the rows or in the numbers, or the log knows of a later one.
        let ends = try session.query(
            """
            SELECT COUNT(*), COALESCE(MAX(id), 0), (SELECT COALESCE(MAX(l.object_id), 0) FROM audit_log AS l
              WHERE l.object_kind = 'case' AND l.action <> 'refused') FROM matter
            """)[0]
        let (count, last, logged) = (try ends.int(0), try ends.int(1), try ends.int(2))
        if count != last { return count + 1 }
        if logged > last { return logged }
        let series = try session.query(
            """
            SELECT MIN(matter_id) FROM matter_number GROUP BY county, year, letter HAVING COUNT(*) <> MAX(ordinal)
            """)
        return try series.first?.int(0)
    }

    /// Seals every case: once, when a store of an older program is brought to this schema.
    private static func sealCases(in session: any SQLSession, by sealer: CaseSealer) throws {
        var seals: [(Int, [UInt8])] = []
        _ = try walk(in: session) { id, _, bytes in
            seals.append((id, Array(sealer.seal(rows: bytes))))
            return true
        }
        for (id, seal) in seals {
            try session.execute("UPDATE matter SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
        }
    }

    // MARK: - The organisation

    private static let organisation = [
        ("unit", "id parent_id kind area_code name", "x.id"), ("official", "id unit_id post managed_rank", "x.id"),
        ("staff", "id unit_id official_id role name ended_on", "x.id"),
        ("staff_tie", "id staff_id kind official_id unit_id matter_id declared_on ended_on", "x.id"),
        ("calendar_day", "day kind source", "x.day, x.kind"),
    ]
    private static let organisationName = "organisation_seal"

    private static func organisationCode(in session: any SQLSession, by sealer: CaseSealer) throws -> String {
        var bytes: [UInt8] = []
        for (table, columns, order) in organisation {
            let list = columns.split(separator: " ").map(String.init)
            let cursor = try session.cursor("SELECT \(text(list)) FROM \(table) AS x ORDER BY \(order)")
            while try cursor.step() {
                bytes.append(contentsOf: table.utf8)
                bytes.append(0x7C)
                bytes.append(contentsOf: cursor.bytes(0))
                bytes.append(0x0A)
            }
        }
        return CaseStore.hex(Array(sealer.seal(rows: bytes)))
    }

    /// Seals bodies, posts, people, ties and the calendar anew.
    static func sealOrganisation(in session: any SQLSession, by sealer: CaseSealer) throws {
        try session.execute(
            """
            INSERT INTO meta (name, value) VALUES ('\(organisationName)', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [.text(try organisationCode(in: session, by: sealer))])
    }

    /// True when bodies, posts, people, ties and the calendar are as the last act left them.
    static func isOrganisationWhole(in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        let known = try session.query("SELECT value FROM meta WHERE name = '\(organisationName)'").first?.text(0)
        return try known == organisationCode(in: session, by: sealer)
    }

    /// Seals everything that is there.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer) throws {
        try sealCases(in: session, by: sealer)
        try sealOrganisation(in: session, by: sealer)
    }

    // MARK: - Flags

    /// A flag that was taken out, or that ended without a row of the log; nil when there is none.
    static func firstLostFlag(in session: any SQLSession) throws -> Int? {
        let ends = try session.query(
            """
            SELECT COUNT(*), COALESCE(MAX(id), 0), (SELECT COALESCE(MAX(l.object_id), 0) FROM audit_log AS l
              WHERE l.object_kind = 'flag' AND l.action <> 'refused') FROM flag
            """)[0]
        let (count, last, logged) = (try ends.int(0), try ends.int(1), try ends.int(2))
        if count != last { return count + 1 }
        if logged > last { return logged }
        return try session.query(
            """
            SELECT MIN(f.id) FROM flag AS f WHERE f.state NOT IN ('new', 'claimed') AND NOT EXISTS
              (SELECT 1 FROM audit_log AS l WHERE l.object_kind = 'flag' AND l.object_id = f.id
                AND l.action IN ('flag-confirm', 'flag-join', 'flag-dismiss', 'flag-forward-up', 'flag-expire', 'flag-erase'))
              AND NOT EXISTS (SELECT 1 FROM matter_flag AS b WHERE b.flag_id = f.id)
            """)[0].intOrNil(0)
    }
}
