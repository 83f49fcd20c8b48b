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

    private var sums = Array(repeating: [UInt8](repeating: 0, count: 32), count: Kind.allCases.count)

    /// The sum of nothing.
    init() {}

    /// Changes a seal in a sum: nil for none before, or none after.
    mutating func replace(
        _ old: [UInt8]?, by new: [UInt8]?, of name: String, in kind: Kind, _ sealer: CaseSealer
    ) {
        guard old != new else { return }
        // A row that isn't sealed yet has no seal to take out.
        for seal in [old, new].compactMap({ $0 }) where !seal.isEmpty {
            let code = sealer.seal(rows: Array("tally \(kind.rawValue) \(name) ".utf8) + seal)
            code.withUnsafeBytes { code in
                for index in 0..<32 { sums[kind.rawValue][index] ^= code[index] }
            }
        }
    }

    // MARK: - In the store

    /// The sums as they are kept.
    private struct Kept {
        /// The sums as hex digits, with blanks between them.
        private var sums: Substring
        /// The row of the log that they are bound to, and the code that binds them.
        private(set) var seq: Int
        private var code: Substring

        init(_ tally: RowTally) {
            sums = Substring(tally.sums.map(CaseStore.hex).joined(separator: " "))
            (seq, code) = (0, "")
        }

        /// Reads what ``text`` writes; nil for anything else.
        init?(_ text: String) {
            let parts = text.split(separator: " ")
            guard parts.count == Kind.allCases.count + 2, let seq = Int(parts[Kind.allCases.count]) else { return nil }
            sums = text[..<parts[Kind.allCases.count - 1].endIndex]
            (self.seq, code) = (seq, parts[parts.count - 1])
        }

        /// Three sums, the row and the code.
        var text: String { "\(sums) \(seq) \(code)" }

        var tally: RowTally? {
            var tally = RowTally()
            tally.sums = sums.split(separator: " ").compactMap { CaseStore.bytes(hex: $0) }
            return tally.sums.count == Kind.allCases.count && tally.sums.allSatisfy { $0.count == 32 } ? tally : nil
        }

        /// Binds the sums to the hash of a row, for after a transaction; to nothing within one, which nobody sees.
        mutating func bind(to seq: Int, _ hash: [UInt8]?, by sealer: CaseSealer) {
            self.seq = seq
            code = Substring(binding(hash, by: sealer))
        }

        /// True where they are bound like that.
        func isBound(to hash: [UInt8]?, by sealer: CaseSealer) -> Bool { code == binding(hash, by: sealer) }

        private func binding(_ hash: [UInt8]?, by sealer: CaseSealer) -> String {
            let name = hash == nil ? "tally within" : "tally after"
            return CaseStore.hex(Array(sealer.seal(rows: Array("\(name) \(sums) \(seq) ".utf8) + (hash ?? []))))
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
        for (sheet, kind) in [(RowSeal.cases, Kind.cases), (RowSeal.flags, .flags)] {
            let rows = try session.cursor("SELECT id, seal FROM \(sheet.table)")
            while try rows.step() {
                tally.replace(nil, by: Array(rows.bytes(1)), of: String(rows.int(0)), in: kind, sealer)
            }
        }
        for register in Register.allCases {
            let code = try RowSeal.knownCode(of: register, in: session)
            tally.replace(nil, by: code.map { Array($0.utf8) }, of: register.rawValue, in: .registers, sealer)
        }
        return tally
    }

    /// What a check of the sums found.
    enum Finding: Equatable {
        /// Rows that were good once.
        case older(Kind)
        /// The sums themselves were changed, taken away or put back.
        case unbound
    }

    /// Holds the sums against the seals that stand in the rows, and against the end of the log; nil when they fit.
    static func finding(in session: any SQLSession, by sealer: CaseSealer) throws -> Finding? {
        guard let kept = try kept(in: session), try isBound(kept, in: session, by: sealer) else { return .unbound }
        guard let tally = kept.tally else { return .unbound }
        let found = try summed(in: session, by: sealer)
        return Kind.allCases.first { found.sums[$0.rawValue] != tally.sums[$0.rawValue] }.map { .older($0) }
    }

    /// The first case that lacks an act which the log has: one that was put back; 0 where the log doesn't tell.
    static func firstOlderCase(in session: any SQLSession) throws -> Int {
        let actions = CaseAction.allCases.filter { $0 != .assign }.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try session.query(
            """
            SELECT COALESCE(MIN(l.object_id), 0) FROM audit_log AS l WHERE l.object_kind = 'case'
              AND l.action IN (\(actions)) AND NOT EXISTS (SELECT 1 FROM matter_event AS e WHERE e.audit_seq = l.seq)
            """)[0].int(0)
    }
}
