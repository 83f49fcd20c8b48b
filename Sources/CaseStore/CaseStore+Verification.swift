import Dispatch
import Messages
import Synchronization

extension CaseStore {
    /// Walks the whole chain, holds it against anchors from outside, and holds the rows of cases, flags and the
    /// organisation against their seals.
    ///
    /// The order of the verdicts is that of the evidence: an altered row of the log first, then what the cases know, then
    /// rows that were changed beside the log, then the anchors. A chain that was rewritten from its beginning with the
    /// folder's key is sound in itself: only an anchor tells.
    ///
    /// - Cost: one pass over the log and one over cases and flags, cut into pieces for all cores; memory for some rows each.
    public func verifyAudit(anchors: [AuditAnchor] = []) throws(StoreError) -> AuditVerdict {
        try verifyAudit(anchors: anchors, pieces: AuditPieces())
    }

    /// The same in pieces of another size, for tests.
    package func verifyAudit(anchors: [AuditAnchor] = [], pieces: AuditPieces) throws(StoreError) -> AuditVerdict {
        // Before the log, which may grow meanwhile.
        try verifyAudit(anchors: anchors, pieces: pieces, beside: endFile.state())
    }

    /// The same of a copy that has no file beside it: a backup.
    func verifyCopy() throws(StoreError) -> AuditVerdict {
        try verifyAudit(anchors: [], pieces: AuditPieces(), beside: nil)
    }

    private func verifyAudit(
        anchors: [AuditAnchor], pieces: AuditPieces, beside: EndFile.State?
    ) throws(StoreError) -> AuditVerdict {
        let parts = try read { try pieces.parts(in: $0) }
        let found = Mutex<[Result<AuditFinding, StoreError>?]>(Array(repeating: nil, count: parts.count))
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let finding = Result { () throws(StoreError) in try self.finding(parts[index], anchors, beside) }
            found.withLock { $0[index] = finding }
        }
        var (first, tally) = (AuditFinding.nothing, RowTally())
        for part in found.withLock({ $0 }) {
            guard let part else { preconditionFailure("every part has run") }
            let finding = try part.get()
            tally.join(finding.tally)
            if (finding.rank, finding.row) < (first.rank, first.row) { first = finding }
        }
        let sealer = self.sealer
        // Where rows don't fit their own seals the sums say nothing more.
        if first.rank > AuditFinding.lastOfRows {
            let sums = try read { session in
                try AuditFinding(
                    sums: RowTally.finding(rows: tally, in: session, by: sealer), in: session)
            }
            if sums.rank < first.rank { first = sums }
        }
        return first.verdict
    }

    /// Seals what stands in the rows now: for tests that write rows by hand, as no act could, or as an older program
    /// sealed them.
    package func sealAnew(as form: SealForm = .stored) throws(StoreError) {
        let sealer = self.sealer
        try write { try RowSeal.sealAll(in: $0, by: sealer, as: form) }
    }

    private func finding(
        _ part: AuditPieces.Part, _ anchors: [AuditAnchor], _ beside: EndFile.State?
    ) throws(StoreError) -> AuditFinding {
        let sealer = self.sealer
        // Whoever can change rows can also take a trigger away, or put a weaker view in the place of the wall.
        if part == .schema {
            return try read { try SchemaCheck.isOwn(in: $0) ? .nothing : .schema }
        }
        return try read { session in
            switch part {
            case .log(let walk) where walk.through == nil:
                try AuditFinding(endOf: walk, anchors, beside, in: session, by: sealer)
            case .log(let walk): AuditFinding(walk: try walk.outcome(in: session))
            case .cases(let numbers): .cases(try RowSeal.check(RowSeal.cases, numbers, session, sealer))
            case .flags(let numbers): .flags(try RowSeal.check(RowSeal.flags, numbers, session, sealer))
            case .missingCases: .missingCase(try RowSeal.firstMissingCase(in: session))
            case .missingFlags: .missingFlag(try RowSeal.firstMissingFlag(in: session))
            case .registers: .register(try RowSeal.firstChangedRegister(in: session, by: sealer))
            case .indices(let table): try IndexCheck(table, in: session).isWhole() ? .nothing : .indices
            case .schema: .nothing
            }
        }
    }
}

/// How a verification is cut into pieces.
package struct AuditPieces: Sendable {
    /// Rows of the log in one piece.
    private let rows: Int
    /// Cases, or flags, in one piece.
    private let sheets: Int

    /// Pieces of some tens of milliseconds, so that no core waits long for another.
    package init(rows: Int = 60_000, sheets: Int = 20_000) { (self.rows, self.sheets) = (rows, sheets) }

    /// One piece.
    enum Part: Equatable {
        case log(AuditWalk)
        case cases(ClosedRange<Int>), flags(ClosedRange<Int>)
        case missingCases, missingFlags, registers, schema
        case indices(String)
    }

    /// The pieces, the long ones first; together they are the whole store, whatever numbers stand in it.
    func parts(in session: any SQLSession) throws -> [Part] {
        // What is no number counts as 0 here, and comes with the last piece.
        func last(_ column: String, of table: String) throws -> Int {
            let newest = try session.cursor("SELECT \(column) FROM \(table) ORDER BY \(column) DESC LIMIT 1")
            return try newest.step() ? newest.int(0) : 0
        }
        let cases = try Self.ranges(to: last("id", of: "matter"), of: sheets)
        let flags = try Self.ranges(to: last("id", of: "flag"), of: sheets)
        let log = AuditWalk.stretches(of: try last("seq", of: "audit_log"), length: rows)
        let tables = session.dialect == .sqlite ? try IndexCheck.tables(in: session) : []
        return [.missingCases, .missingFlags, .registers, .schema] + tables.map(Part.indices)
            + cases.map(Part.cases) + flags.map(Part.flags) + log.map(Part.log)
    }

    private static func ranges(to last: Int, of length: Int) -> [ClosedRange<Int>] {
        AuditWalk.stretches(of: min(last, RowSeal.all.upperBound), length: length).map {
            ($0.after.map { $0 + 1 } ?? RowSeal.all.lowerBound)...($0.through ?? RowSeal.all.upperBound)
        }
    }
}

/// What one piece of a verification found.
private struct AuditFinding {
    /// Its place in the order of the evidence.
    var rank: Int
    /// The first row that it is about.
    var row = 0
    var verdict: AuditVerdict
    /// What the seals of the rows come to.
    var tally = RowTally()
}

extension AuditFinding {
    // The end of the log says how many rows are sound, where nobody found anything else.
    static let nothing = AuditFinding(rank: 100, verdict: .sound(rows: 0))
    static let schema = AuditFinding(rank: 2, verdict: .changed(.schema, row: 0))
    // After everything that is wrong with rows: their own tables tell of them better.
    static let indices = AuditFinding(rank: 12, verdict: .changed(.indices, row: 0))

    private static func changed(_ kind: AuditVerdict.RowKind, _ row: Int?, rank: Int) -> AuditFinding {
        row.map { AuditFinding(rank: rank, row: $0, verdict: .changed(kind, row: $0)) } ?? nothing
    }

    private static func changed(_ kind: AuditVerdict.RowKind, _ check: RowSeal.Check, rank: Int) -> AuditFinding {
        var finding = changed(kind, check.misfit, rank: rank)
        finding.tally = check.tally
        return finding
    }

    /// The last rank of what is wrong with single rows.
    static let lastOfRows = 7

    static func cases(_ check: RowSeal.Check) -> AuditFinding { changed(.matter, check, rank: 3) }
    static func missingCase(_ row: Int?) -> AuditFinding { changed(.matter, row, rank: 4) }
    static func register(_ register: Register?) -> AuditFinding {
        register.map { AuditFinding(rank: 5, verdict: .changed($0.rowKind, row: 0)) } ?? nothing
    }
    static func flags(_ check: RowSeal.Check) -> AuditFinding { changed(.flag, check, rank: 6) }
    static func missingFlag(_ row: Int?) -> AuditFinding { changed(.flag, row, rank: 7) }

    /// Rows that fit their seals, but are not those of today.
    init(sums finding: RowTally.Finding?, in session: any SQLSession) throws {
        switch finding {
        case nil: self = .nothing
        case .older(.cases): self = .changed(.matter, try RowTally.firstOlderCase(in: session), rank: 8)
        case .older(.flags): self = .changed(.flag, 0, rank: 9)
        case .older(.registers): self = .changed(.register, 0, rank: 10)
        case .unbound: self = .changed(.seals, 0, rank: 11)
        }
    }

    init(walk: AuditWalk.Outcome) {
        switch walk {
        case .follows: self = .nothing
        case .breaks(let seq): self.init(rank: 0, row: seq, verdict: .altered(seq: seq))
        }
    }

    /// Walks the last piece of the log, and holds its end against what cases, anchors, the sealed end and the file beside
    /// the store know; their rows before it are held against each other by the other pieces.
    init(
        endOf walk: AuditWalk, _ anchors: [AuditAnchor], _ beside: EndFile.State?, in session: any SQLSession,
        by sealer: CaseSealer
    ) throws {
        let outcome = try walk.outcome(in: session)
        guard case .follows(let last) = outcome else {
            self.init(walk: outcome)
            return
        }
        let end = try AuditLog.sealedEnd(in: session)
        let known = try [AuditLog.lastKnown(in: session), end?.seq].compactMap { $0 }.max() ?? 0
        if known > last {
            self.init(rank: 1, verdict: .cut(last: last, known: known))
            return
        }
        var misfits = try anchors.filter { $0.seq >= 1 && $0.seq <= last }.filter { anchor in
            try AuditWalk.hash(of: anchor.seq, in: session).map(CaseStore.hex) != anchor.hash
        }.map(\.seq)
        var (isLost, claimed) = (false, 0)
        switch beside {
        case nil: break
        case .missing, .garbled: isLost = true
        case .says(let end):
            claimed = end.seq
            let fits = try [AuditLog.End.Form.file, .before].contains { try end.fits(as: $0, in: session, by: sealer) }
            // A row before the first was never claimed in another way than the folder's own.
            if !fits, end.seq == 0 { isLost = true }
            if !fits, end.seq >= 1, end.seq <= last { misfits.append(end.seq) }
        }
        if let misfit = misfits.min() {
            self.init(rank: 20, verdict: .forked(anchor: misfit))
            return
        }
        if let beyond = (anchors.map(\.seq) + [claimed]).max(), beyond > last {
            self.init(rank: 20, verdict: .restored(last: last, anchor: beyond))
            return
        }
        // Rows that follow each other well, but that this program didn't write: plain hashes anybody can compute.
        let endFits = try end?.fits(as: .store, in: session, by: sealer) ?? false
        guard last == 0 || endFits && end?.seq == last else {
            let seq = endFits ? (end?.seq ?? 0) + 1 : min(last, end?.seq ?? last)
            self.init(rank: 1, row: seq, verdict: .altered(seq: seq))
            return
        }
        if isLost {
            self.init(rank: 25, verdict: .lost(.end))
            return
        }
        self.init(rank: 30, verdict: .sound(rows: last))
    }
}
