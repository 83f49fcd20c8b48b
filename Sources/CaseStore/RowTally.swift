import Casework
import Crypto

/// All seals taken together, under the end of the log: that each row fits its own seal doesn't say that it is today's.
///
/// Whoever keeps an old copy of the file could put back a case of yesterday with the seal that it had, or a register without a
/// tie that was declared since. So every seal goes as a keyed code into one sum for the cases, one for the flags and one for
/// the registers: an act takes the old code out and puts the new one in, which costs two codes however many rows there
/// are. The sums are sealed with the last row of the log, again at every row, so that they can't be put back either.
struct RowTally {
    /// What is summed.
    enum Kind: Int, CaseIterable {
        case cases, flags, registers
    }

    private var sums = [SIMD32<UInt8>](repeating: .zero, count: Kind.allCases.count)

    /// The sum of nothing.
    init() {}

    /// Changes a seal in a sum: nil for none before, or none after.
    mutating func replace(
        _ old: [UInt8]?, by new: [UInt8]?, of name: String, in kind: Kind, _ sealer: CaseSealer
    ) {
        guard old != new else { return }
        var bytes = sealer.blank
        for seal in [old, new].compactMap({ $0 }) {
            seal.withUnsafeBytes { toggle($0, in: kind, sealer, &bytes) { $0.append(name) } }
        }
    }

    /// Puts the seal of a row into a sum; `bytes` is room of the sealer's, for many in a row.
    mutating func toggle(
        _ seal: UnsafeRawBufferPointer, of id: Int, in kind: Kind, _ sealer: CaseSealer, _ bytes: inout RowBytes
    ) {
        toggle(seal, in: kind, sealer, &bytes) { $0.append(decimal: Int64(id)) }
    }

    /// Puts the code of a seal in, or takes it out: the same for an exclusive or.
    private mutating func toggle(
        _ seal: UnsafeRawBufferPointer, in kind: Kind, _ sealer: CaseSealer, _ bytes: inout RowBytes,
        name: (inout RowBytes) -> Void
    ) {
        // A row that isn't sealed yet has no seal to take out.
        guard !seal.isEmpty else { return }
        bytes.clear()
        bytes.append("tally ")
        bytes.append(decimal: Int64(kind.rawValue))
        bytes.append(0x20)
        name(&bytes)
        bytes.append(0x20)
        bytes.append(seal)
        sealer.seal(bytes).withUnsafeBytes { sums[kind.rawValue] ^= $0.loadUnaligned(as: SIMD32<UInt8>.self) }
    }

    /// Takes the sums of other rows to its own.
    mutating func join(_ other: RowTally) {
        for kind in Kind.allCases { sums[kind.rawValue] ^= other.sums[kind.rawValue] }
    }

    // MARK: - In the store

    /// The sums as they are kept.
    private struct Kept {
        /// The sums as hex digits, with blanks between them.
        private var sums: String
        /// The row of the log that they are bound to, and the code that binds them.
        private(set) var seq: Int
        private var code: String

        init(_ tally: RowTally) {
            sums = tally.sums.map { sum in withUnsafeBytes(of: sum) { CaseStore.hex($0) } }.joined(separator: " ")
            (seq, code) = (0, "")
        }

        /// Reads what ``text`` writes; nil for anything else.
        init?(_ text: String) {
            // As bytes: every act reads it, and characters cost more than the codes.
            let parts = text.utf8.split(separator: 0x20)
            let count = Kind.allCases.count
            guard parts.count == count + 2, let seq = Int(Substring(parts[count])) else { return nil }
            sums = String(text[..<parts[count - 1].endIndex])
            (self.seq, code) = (seq, String(Substring(parts[count + 1])))
        }

        /// Three sums, the row and the code.
        var text: String { "\(sums) \(seq) \(code)" }

        var tally: RowTally? {
            let known = sums.utf8.split(separator: 0x20).compactMap { CaseStore.bytes(hex: Substring($0)) }
            guard known.count == Kind.allCases.count, known.allSatisfy({ $0.count == 32 }) else { return nil }
            var tally = RowTally()
            tally.sums = known.map { SIMD32($0) }
            return tally
        }

        /// Binds the sums to the hash of a row, for after a transaction; to nothing within one, which nobody sees.
        mutating func bind(to seq: Int, _ hash: [UInt8]?, by sealer: CaseSealer) {
            self.seq = seq
            code = binding(hash, by: sealer)
        }

        /// True where they are bound like that.
        func isBound(to hash: [UInt8]?, by sealer: CaseSealer) -> Bool { code == binding(hash, by: sealer) }

        private func binding(_ hash: [UInt8]?, by sealer: CaseSealer) -> String {
            var bytes = sealer.blank
            bytes.append(hash == nil ? "tally within " : "tally after ")
            bytes.append(sums)
            bytes.append(0x20)
            bytes.append(decimal: Int64(seq))
            bytes.append(0x20)
            hash?.withUnsafeBytes { bytes.append($0) }
            return sealer.seal(bytes).withUnsafeBytes { CaseStore.hex($0) }
        }
    }

    private static let name = "rows_tally"

    private static func kept(in session: any SQLSession) throws -> Kept? {
        try session.query("SELECT value FROM meta WHERE name = '\(name)'").first.flatMap { Kept(try $0.text(0)) }
    }

    private static func keep(_ kept: Kept, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO meta (name, value) VALUES ('\(name)', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [.text(kept.text)])
    }

    /// True where the sums are those that the last transaction left, bound to the end of the log that it sealed, or those
    /// that this one has changed already.
    private static func isSound(_ kept: Kept, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        try kept.isBound(to: nil, by: sealer) || isBound(kept, in: session, by: sealer)
    }

    private static func isBound(_ kept: Kept, in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        guard kept.seq == (try AuditLog.sealedEnd(in: session)?.seq ?? 0) else { return false }
        let hash = kept.seq == 0 ? [] : try AuditWalk.hash(of: kept.seq, in: session)
        return hash.map { kept.isBound(to: $0, by: sealer) } ?? false
    }

    /// Changes what is kept, in the transaction of an act; ``bind(to:_:in:by:)`` comes at its end.
    ///
    /// What another program changed, put back or took away stays as it is, so that it stays told.
    static func change(
        in session: any SQLSession, by sealer: CaseSealer, _ body: (inout RowTally) -> Void
    ) throws {
        guard let kept = try kept(in: session), var tally = kept.tally, try isSound(kept, in: session, by: sealer)
        else {
            return
        }
        body(&tally)
        var next = Kept(tally)
        next.bind(to: kept.seq, nil, by: sealer)
        try keep(next, in: session)
    }

    /// Binds the sums to the new end of the log, before that is sealed.
    static func bind(to seq: Int, _ hash: [UInt8], in session: any SQLSession, by sealer: CaseSealer) throws {
        guard var kept = try kept(in: session), try isSound(kept, in: session, by: sealer) else { return }
        kept.bind(to: seq, hash, by: sealer)
        try keep(kept, in: session)
    }

    /// Sums up everything that is there: a new store, or one of an older program.
    static func sealAll(in session: any SQLSession, by sealer: CaseSealer) throws {
        var kept = Kept(try summed(in: session, by: sealer))
        kept.bind(to: 0, nil, by: sealer)
        try keep(kept, in: session)
    }

    /// The sums of the seals that stand in the rows.
    ///
    /// - Cost: a code for each case and flag.
    private static func summed(in session: any SQLSession, by sealer: CaseSealer) throws -> RowTally {
        var tally = RowTally()
        var bytes = sealer.blank
        for sheet in [RowSeal.cases, RowSeal.flags] {
            let rows = try session.cursor("SELECT id, seal FROM \(sheet.table)")
            while try rows.step() { tally.toggle(rows.bytes(1), of: rows.int(0), in: sheet.kind, sealer, &bytes) }
        }
        try tally.addRegisters(in: session, by: sealer)
        return tally
    }

    private mutating func addRegisters(in session: any SQLSession, by sealer: CaseSealer) throws {
        for register in Register.allCases {
            let code = try RowSeal.knownCode(of: register, in: session)
            replace(nil, by: code.map { Array($0.utf8) }, of: register.rawValue, in: .registers, sealer)
        }
    }

    /// What a check of the sums found.
    enum Finding: Equatable {
        /// Rows that were good once.
        case older(Kind)
        /// The sums themselves were changed, taken away or put back.
        case unbound
    }

    /// Holds the sums against the seals that stand in the rows, and against the end of the log; nil when they fit.
    ///
    /// `rows` are the sums of cases and flags as they were read piece by piece. Where those don't fit, somebody may have
    /// worked meanwhile: then all are read again at once.
    static func finding(
        rows: RowTally, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Finding? {
        guard let kept = try kept(in: session), try isBound(kept, in: session, by: sealer) else { return .unbound }
        guard let tally = kept.tally else { return .unbound }
        var found = rows
        try found.addRegisters(in: session, by: sealer)
        if found.sums == tally.sums { return nil }
        found = try summed(in: session, by: sealer)
        return Kind.allCases.first { found.sums[$0.rawValue] != tally.sums[$0.rawValue] }.map { .older($0) }
    }

    /// True where the sums are those of the seals that stand in the rows, and bound to the end of the log.
    static func isLatest(in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        guard let kept = try kept(in: session), let tally = kept.tally, try isBound(kept, in: session, by: sealer)
        else {
            return false
        }
        return try summed(in: session, by: sealer).sums == tally.sums
    }

    /// False where the seals of the registers are not those of the sums: older rows of one were put back with their seal.
    ///
    /// Where the sums themselves don't fit the end of the log they tell nothing here.
    static func hasLatestRegisters(in session: any SQLSession, by sealer: CaseSealer) throws -> Bool {
        guard let kept = try kept(in: session), let tally = kept.tally, try isSound(kept, in: session, by: sealer)
        else {
            return true
        }
        var found = RowTally()
        try found.addRegisters(in: session, by: sealer)
        return found.sums[Kind.registers.rawValue] == tally.sums[Kind.registers.rawValue]
    }

    /// The acts that stand in the history of a case as well as in the log; handing a case over leaves no event.
    private static let acts = CaseAction.allCases.filter { $0 != .assign }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// The first case that lacks an act which the log has: one that was put back; 0 where the log doesn't tell.
    static func firstOlderCase(in session: any SQLSession) throws -> Int {
        try session.query(
            """
            SELECT COALESCE(MIN(l.object_id), 0) FROM audit_log AS l WHERE l.object_kind = 'case'
              AND l.action IN (\(acts)) AND NOT EXISTS (SELECT 1 FROM matter_event AS e WHERE e.audit_seq = l.seq)
            """)[0].int(0)
    }

    /// True where the history of a case has the last act that the log knows of it.
    ///
    /// - Cost: that of the rows about the case since that act.
    static func hasLastAct(_ matter: Int, in session: any SQLSession) throws -> Bool {
        let last = try session.query(
            """
            SELECT (SELECT e.matter_id FROM matter_event AS e WHERE e.audit_seq = l.seq) FROM audit_log AS l
            WHERE l.object_kind = 'case' AND l.object_id = $1 AND l.action IN (\(acts)) ORDER BY l.seq DESC LIMIT 1
            """, [.int(matter)])
        return try last.first.map { try $0.intOrNil(0) == matter } ?? true
    }
}
