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
    struct Sheet: Sendable {
        fileprivate let letter: UInt8
        /// The table of the rows.
        let table: String
        /// The sum that their seals go into.
        var kind: RowTally.Kind { table == "matter" ? .cases : .flags }
        fileprivate let names: String
        fileprivate let columns: SealedColumns
        fileprivate let key: String
        fileprivate let parts: [Part]
        /// Selects the seal and the columns of one row; and number, seal and columns of all between two numbers.
        fileprivate let one: String
        fileprivate let all: String

        /// `key` is the column by which rows of the parts name the row.
        fileprivate init(_ letter: Character, _ table: String, columns: String, key: String, parts: [Part]) {
            self.init(letter.asciiValue ?? 0, table, columns: columns, key: key, parts: parts)
        }

        private init(_ letter: UInt8, _ table: String, columns names: String, key: String, parts: [Part]) {
            (self.letter, self.table, self.names, self.key) = (letter, table, names, key)
            columns = SealedColumns(names)
            one = "SELECT x.seal, \(columns.expressions) FROM \(table) AS x WHERE x.id = $1"
            all = """
                SELECT x.id, x.seal, \(columns.expressions) FROM \(table) AS x WHERE x.id >= $1 AND x.id <= $2
                ORDER BY x.id
                """
            self.parts = parts.map { $0.keyed(by: key) }
        }

        /// The form before the step `members` of the schema.
        fileprivate var before: Sheet {
            Sheet(
                letter, table, columns: RowSeal.before(names), key: key,
                parts: parts.filter { !$0.isNew }.map(\.before))
        }
    }

    /// Some rows that hang on another one.
    fileprivate struct Part: Sendable {
        let letter: UInt8
        let isNew: Bool
        let columns: SealedColumns
        private let table: String
        private let names: String
        private let order: String
        /// Selects the columns of what hangs on one row; and of all between two, with their numbers before them.
        private(set) var ofOne = ""
        private(set) var ofAll = ""

        init(_ letter: Character, _ table: String, _ names: String, order: String, isNew: Bool = false) {
            self.letter = letter.asciiValue ?? 0
            (self.table, self.names, self.order, self.isNew) = (table, names, order, isNew)
            columns = SealedColumns(names)
        }

        var before: Part {
            Part(Character(Unicode.Scalar(letter)), table, RowSeal.before(names), order: order)
        }

        func keyed(by key: String) -> Part {
            var part = self
            part.ofOne = "SELECT \(columns.expressions) FROM \(table) AS x WHERE x.\(key) = $1 ORDER BY \(order)"
            part.ofAll = """
                SELECT x.\(key), \(columns.expressions) FROM \(table) AS x WHERE x.\(key) >= $1 AND x.\(key) <= $2
                ORDER BY x.\(key), \(order)
                """
            return part
        }
    }

    /// The columns of the form before the step `members`: of sealed words and keys only whether they were there.
    private static func before(_ columns: String) -> String {
        columns.replacing("HEX:payload", with: "payload").replacing(" HEX:wrapped", with: "")
            .replacing(" HEX:key", with: "")
    }

    static let cases = Sheet(
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

    static let flags = Sheet(
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
        guard let (old, made) = try seals(of: id, in: sheet, session, sealer) else { return }
        let seal = Array(made)
        guard seal != old else { return }
        try session.execute("UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
        try RowTally.change(in: session, by: sealer) {
            $0.replace(old, by: seal, of: String(id), in: sheet.kind, sealer)
        }
    }

    private static func isWhole(
        _ id: Int, of sheet: Sheet, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Bool {
        guard let (seal, made) = try seals(of: id, in: sheet, session, sealer) else { return false }
        return seal.withUnsafeBytes { CaseSealer.isSame(made, $0) }
    }

    /// The seal that a row has, and the one that follows from it and what hangs on it; nil where the row is gone.
    private static func seals(
        of id: Int, in sheet: Sheet, _ session: any SQLSession, _ sealer: CaseSealer
    ) throws -> (old: [UInt8], made: SHA256Digest)? {
        var seal: [UInt8]?
        var bytes = sealer.blank
        try session.each(sheet.one, [.int(id)]) { row in
            seal = Array(row.bytes(0))
            bytes.append(sheet.letter)
            sheet.columns.append(row, from: 1, to: &bytes)
            bytes.append(0x0A)
        }
        guard let seal else { return nil }
        for part in sheet.parts {
            try session.each(part.ofOne, [.int(id)]) { row in
                bytes.append(part.letter)
                part.columns.append(row, from: 0, to: &bytes)
                bytes.append(0x0A)
            }
        }
        return (seal, sealer.seal(bytes))
    }

    // MARK: - All rows

    /// All numbers that rows can have, and some besides.
    static let all = -9_000_000_000_000_000...9_000_000_000_000_000

    /// A walk over rows that hang on others, and the number of what the next of them hangs on.
    private final class Head {
        private let part: Part
        private let cursor: any SQLCursor
        private(set) var next: Int?

        init(_ part: Part, _ cursor: any SQLCursor) throws {
            (self.part, self.cursor) = (part, cursor)
            next = try cursor.step() ? cursor.int(0) : nil
        }

        /// Writes the line of the row, and goes on to the next one.
        func write(to bytes: inout RowBytes) throws {
            bytes.append(part.letter)
            part.columns.append(cursor, from: 1, to: &bytes)
            bytes.append(0x0A)
            next = try cursor.step() ? cursor.int(0) : nil
        }
    }

    /// Hands on the seal that every row has, and the one that follows from the rows, by number, until it is told to end.
    ///
    /// - Returns: the number at which it ended, or of a row that is gone while others hang on it.
    private static func walk(
        _ sheet: Sheet, _ numbers: ClosedRange<Int> = all, in session: any SQLSession, by sealer: CaseSealer,
        _ body: (Int, _ old: UnsafeRawBufferPointer, _ made: SHA256Digest) throws -> Bool
    ) throws -> Int? {
        let bounds = [SQLValue.int(numbers.lowerBound), .int(numbers.upperBound)]
        let heads = try sheet.parts.map { try Head($0, session.cursor($0.ofAll, bounds)) }
        let rows = try session.cursor(sheet.all, bounds)
        var bytes = sealer.blank
        while try rows.step() {
            let id = rows.int(0)
            bytes.clear()
            bytes.append(sheet.letter)
            sheet.columns.append(rows, from: 2, to: &bytes)
            bytes.append(0x0A)
            for head in heads {
                while let next = head.next, next <= id {
                    // Rows of something that is not there: somebody took its own row out.
                    guard next == id else { return next }
                    try head.write(to: &bytes)
                }
            }
            guard try body(id, rows.bytes(1), sealer.seal(bytes)) else { return id }
        }
        return heads.compactMap(\.next).first
    }

    /// What a walk over some rows found.
    struct Check {
        /// The number of the first row that doesn't fit its seal.
        var misfit: Int?
        /// What the seals before it come to.
        var tally = RowTally()
    }

    /// Holds rows against their seals, among those between two numbers.
    static func check(
        _ sheet: Sheet, _ numbers: ClosedRange<Int>, _ session: any SQLSession, _ sealer: CaseSealer
    ) throws -> Check {
        var check = Check()
        var bytes = sealer.blank
        check.misfit = try walk(sheet, numbers, in: session, by: sealer) { id, seal, made in
            guard CaseSealer.isSame(made, seal) else { return false }
            check.tally.toggle(seal, of: id, in: sheet.kind, sealer, &bytes)
            return true
        }
        return check
    }

    /// Seals the flags that an import made: all at once, as a query for each would take longer than storing it.
    static func seal(flagsFrom first: Int, in session: any SQLSession, by sealer: CaseSealer) throws {
        try sealAll(flags, from: first, in: session, by: sealer)
    }

    private static func sealAll(
        _ sheet: Sheet, from first: Int = all.lowerBound, except misfits: Set<Int> = [], in session: any SQLSession,
        by sealer: CaseSealer
    ) throws {
        // Ten thousand at a time: a large import leaves hundreds of thousands.
        var next = first
        while true {
            var (seals, count, last) = ([(id: Int, old: [UInt8], new: [UInt8])](), 0, next)
            _ = try walk(sheet, next...all.upperBound, in: session, by: sealer) { id, seal, made in
                (count, last) = (count + 1, id)
                if !misfits.contains(id) { seals.append((id, Array(seal), Array(made))) }
                return count < 10_000
            }
            for (id, _, seal) in seals {
                try session.execute("UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
            }
            try RowTally.change(in: session, by: sealer) { tally in
                for (id, old, new) in seals { tally.replace(old, by: new, of: String(id), in: sheet.kind, sealer) }
            }
            guard count == 10_000 else { return }
            next = last + 1
        }
    }

    // MARK: - Everything

    /// Seals everything that is there: a new store, or one of a program that knew no seals.
    ///
    /// `isNarrow` does it in the form before the step `members`, for tests.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer, isNarrow: Bool = false) throws {
        for sheet in [cases, flags] { try sealAll(isNarrow ? sheet.before : sheet, in: session, by: sealer) }
        for register in Register.allCases { try sealAnew(register, in: session, by: sealer) }
        try RowTally.sealAll(in: session, by: sealer)
        try AuditLog.sealEndAnew(as: isNarrow ? .before : .store, in: session, by: sealer)
    }

    /// Takes over a store of a program before the step `order`, and before `members` if it isn't wide: what another program
    /// changed in it stays told, and where its log doesn't end as it was sealed everything does.
    static func takeOver(isWide: Bool, in session: any SQLSession, by sealer: CaseSealer) throws {
        guard try AuditLog.endsAsBefore(in: session, by: sealer) else { return }
        if !isWide { try widen(in: session, by: sealer) }
        try RowTally.sealAll(in: session, by: sealer)
        try AuditLog.sealEndAnew(in: session, by: sealer)
    }

    /// Seals cases and flags in the form of the step `members`, where they fit their seals in the form before.
    private static func widen(in session: any SQLSession, by sealer: CaseSealer) throws {
        for sheet in [cases, flags] {
            var misfits: Set<Int> = []
            let orphan = try walk(sheet.before, in: session, by: sealer) { id, seal, made in
                if !CaseSealer.isSame(made, seal) { misfits.insert(id) }
                return true
            }
            // Rows that hang on nothing end a walk: then nothing is sealed, and everything told.
            if orphan == nil { try sealAll(sheet, except: misfits, in: session, by: sealer) }
        }
        try AuditLog.noteFlags(in: session)
    }
}
