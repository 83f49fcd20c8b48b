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
        /// Its columns as they are listed, and what hangs on it.
        let names: String
        let parts: [Part]
        /// The column by which rows of the parts name the row.
        let key: String
        fileprivate let form: SealForm
        fileprivate let columns: SealedColumns
        /// Selects the seal and the columns of one row; and number, seal and columns of all between two numbers.
        fileprivate let one: String
        fileprivate let all: String

        fileprivate init(_ letter: Character, _ table: String, columns: String, key: String, parts: [Part]) {
            self.init(letter.asciiValue ?? 0, table, columns: columns, key: key, parts: parts, .stored)
        }

        private init(
            _ letter: UInt8, _ table: String, columns names: String, key: String, parts: [Part], _ form: SealForm
        ) {
            (self.letter, self.table, self.names, self.key, self.form) = (letter, table, names, key, form)
            columns = SealedColumns(names, form)
            one = "SELECT x.seal, \(columns.expressions) FROM \(table) AS x WHERE x.id = $1"
            all = """
                SELECT x.id, x.seal, \(columns.expressions) FROM \(table) AS x WHERE x.id >= $1 AND x.id <= $2
                ORDER BY x.id
                """
            self.parts = parts.filter { $0.since <= form }.map { $0.keyed(by: key, form) }
        }

        /// The same in another form.
        fileprivate func formed(_ form: SealForm) -> Sheet {
            form == self.form ? self : Sheet(letter, table, columns: names, key: key, parts: parts, form)
        }

        /// Writes the row that a cursor stands on; false where a value is not stored as its column is declared.
        fileprivate func write(_ row: any SQLCursor, from first: Int, to bytes: inout RowBytes) -> Bool {
            if form == .stored { bytes.append(SealForm.mark) }
            bytes.append(letter)
            return columns.append(row, from: first, to: &bytes)
        }
    }

    /// Some rows that hang on another one.
    struct Part: Sendable {
        fileprivate let letter: UInt8
        /// The table, and its columns as they are listed.
        let table: String
        let names: String
        /// The first form that has it.
        fileprivate let since: SealForm
        private let order: String
        private var columns: SealedColumns
        /// Selects the columns of what hangs on one row; and of all between two, with their numbers before them.
        fileprivate private(set) var ofOne = ""
        fileprivate private(set) var ofAll = ""

        fileprivate init(
            _ letter: Character, _ table: String, _ names: String, order: String, since: SealForm = .narrow
        ) {
            self.letter = letter.asciiValue ?? 0
            (self.table, self.names, self.order, self.since) = (table, names, order, since)
            columns = SealedColumns(names)
        }

        fileprivate func keyed(by key: String, _ form: SealForm) -> Part {
            var part = self
            part.columns = SealedColumns(names, form)
            part.ofOne = "SELECT \(part.columns.expressions) FROM \(table) AS x WHERE x.\(key) = $1 ORDER BY \(order)"
            part.ofAll = """
                SELECT x.\(key), \(part.columns.expressions) FROM \(table) AS x WHERE x.\(key) >= $1 AND x.\(key) <= $2
                ORDER BY x.\(key), \(order)
                """
            return part
        }

        /// Writes the row that a cursor stands on; false where a value is not stored as its column is declared.
        fileprivate func write(_ row: any SQLCursor, from first: Int, to bytes: inout RowBytes) -> Bool {
            bytes.append(letter)
            return columns.append(row, from: first, to: &bytes)
        }
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
                since: .joined),
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
            Part("m", "flag_message", "digest", order: "x.digest", since: .joined),
            Part("v", "flag_reading", "version_id", order: "x.flag_id", since: .stored),
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
        guard let (old, made, _) = try seals(of: id, in: sheet, session, sealer) else { return }
        let seal = Array(made)
        guard seal != old else { return }
        try session.execute("UPDATE \(sheet.table) SET seal = $2 WHERE id = $1", [.int(id), .blob(seal)])
        try RowTally.change(in: session, by: sealer) {
            $0.replace(old, by: seal, of: String(id), in: sheet.kind, sealer)
        }
    }

    /// The same for a row of either.
    static func isWhole(
        _ id: Int, of sheet: Sheet, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Bool {
        guard let (seal, made, isDeclared) = try seals(of: id, in: sheet, session, sealer) else { return false }
        return isDeclared && seal.withUnsafeBytes { CaseSealer.isSame(made, $0) }
    }

    /// The seal that a row has, and the one that follows from it and what hangs on it; nil where the row is gone.
    ///
    /// `isDeclared`: every value is stored as its column is declared.
    private static func seals(
        of id: Int, in sheet: Sheet, _ session: any SQLSession, _ sealer: CaseSealer
    ) throws -> (old: [UInt8], made: SHA256Digest, isDeclared: Bool)? {
        var seal: [UInt8]?
        var bytes = sealer.blank
        var isDeclared = true
        try session.each(sheet.one, [.int(id)]) { row in
            seal = Array(row.bytes(0))
            isDeclared = row.storage(0) == .blob
            if !sheet.write(row, from: 1, to: &bytes) { isDeclared = false }
        }
        guard let seal else { return nil }
        for part in sheet.parts {
            try session.each(part.ofOne, [.int(id)]) { row in
                if !part.write(row, from: 0, to: &bytes) { isDeclared = false }
            }
        }
        return (seal, sealer.seal(bytes), isDeclared)
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

        /// Writes the row, and goes on to the next one; false where a value is not stored as its column is declared.
        func write(to bytes: inout RowBytes) throws -> Bool {
            let isDeclared = part.write(cursor, from: 1, to: &bytes)
            next = try cursor.step() ? cursor.int(0) : nil
            return isDeclared
        }
    }

    /// A row in a walk.
    private struct Step {
        var id: Int
        /// The seal that it has; good until the next step.
        var old: UnsafeRawBufferPointer
        /// The seal that follows from the rows.
        var made: SHA256Digest
        /// True where every value is stored as its column is declared.
        var isDeclared: Bool

        /// True where the row is as it was sealed.
        var fits: Bool { isDeclared && CaseSealer.isSame(made, old) }
    }

    /// Hands on the seal that every row has, and the one that follows from the rows, by number, until it is told to end.
    ///
    /// - Returns: the number at which it ended, or of a row that is gone while others hang on it.
    private static func walk(
        _ sheet: Sheet, _ numbers: ClosedRange<Int> = all, in session: any SQLSession, by sealer: CaseSealer,
        _ body: (Step) throws -> Bool
    ) throws -> Int? {
        let bounds = [SQLValue.int(numbers.lowerBound), .int(numbers.upperBound)]
        let heads = try sheet.parts.map { try Head($0, session.cursor($0.ofAll, bounds)) }
        let rows = try session.cursor(sheet.all, bounds)
        var bytes = sealer.blank
        while try rows.step() {
            let id = rows.int(0)
            bytes.clear()
            var isDeclared = rows.storage(1) == .blob
            if !sheet.write(rows, from: 2, to: &bytes) { isDeclared = false }
            for head in heads {
                while let next = head.next, next <= id {
                    // Rows of something that is not there: somebody took its own row out.
                    guard next == id else { return next }
                    if try !head.write(to: &bytes) { isDeclared = false }
                }
            }
            let step = Step(id: id, old: rows.bytes(1), made: sealer.seal(bytes), isDeclared: isDeclared)
            guard try body(step) else { return id }
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
        check.misfit = try walk(sheet, numbers, in: session, by: sealer) { step in
            guard step.fits else { return false }
            check.tally.toggle(step.old, of: step.id, in: sheet.kind, sealer, &bytes)
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
            _ = try walk(sheet, next...all.upperBound, in: session, by: sealer) { step in
                (count, last) = (count + 1, step.id)
                if !misfits.contains(step.id) { seals.append((step.id, Array(step.old), Array(step.made))) }
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
    /// `form` is an older one for tests.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer, as form: SealForm = .stored) throws {
        for sheet in [cases, flags] { try sealAll(sheet.formed(form), in: session, by: sealer) }
        for register in Register.allCases where register.since <= form {
            try sealAnew(register, as: form, in: session, by: sealer)
        }
        try RowTally.sealAll(in: session, by: sealer)
        try AuditLog.sealEndAnew(as: form == .narrow ? .before : .store, in: session, by: sealer)
    }

    /// Takes over a store of a program before the step `storage`: what another program changed in it stays told, and where its
    /// log or its sums don't end as they were sealed everything does.
    ///
    /// `hasSums`: it has the step `order`.
    static func takeOver(
        from form: SealForm, hasSums: Bool, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        if hasSums {
            guard try RowTally.isLatest(in: session, by: sealer) else { return }
        } else {
            guard try AuditLog.endsAsBefore(in: session, by: sealer) else { return }
        }
        for sheet in [cases, flags] { try widen(sheet, from: form, in: session, by: sealer) }
        if form == .narrow { try AuditLog.noteFlags(in: session) }
        for register in Register.allCases {
            // The wall stands on the rank and the prefix, which follow from what was sealed: a store in which they don't isn't
            // sealed anew there.
            if register == .organisation, try !hasDerivedPlaces(in: session) { continue }
            guard try register.since > form || isWhole(register, as: form, in: session, by: sealer) else { continue }
            try sealAnew(register, in: session, by: sealer)
        }
        try RowTally.sealAll(in: session, by: sealer)
        try AuditLog.sealEndAnew(in: session, by: sealer)
    }

    /// Seals cases or flags anew, where they fit their seals in an older form.
    private static func widen(
        _ sheet: Sheet, from form: SealForm, in session: any SQLSession, by sealer: CaseSealer
    ) throws {
        var misfits: Set<Int> = []
        let orphan = try walk(sheet.formed(form), in: session, by: sealer) { step in
            if !step.fits { misfits.insert(step.id) }
            return true
        }
        // Rows that hang on nothing end a walk: then nothing is sealed, and everything told.
        if orphan == nil { try sealAll(sheet, except: misfits, in: session, by: sealer) }
    }

    /// True where the ranks and prefixes of all bodies follow from their kinds and places.
    private static func hasDerivedPlaces(in session: any SQLSession) throws -> Bool {
        try session.query(
            """
            SELECT 1 FROM unit WHERE rank <> CASE WHEN kind = 'village' THEN 1 WHEN kind LIKE 'township%' THEN 2
              WHEN kind LIKE 'county%' THEN 3 ELSE 4 END
              OR area_prefix <> substr(area_code, 1, CASE rank WHEN 1 THEN 12 WHEN 2 THEN 9 WHEN 3 THEN 6 ELSE 4 END)
            LIMIT 1
            """
        ).isEmpty
    }
}
