import Crypto
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
    /// - Cost: one pass over the log and one over the cases, on two threads; memory for a row each.
    public func verifyAudit(anchors: [AuditAnchor] = []) throws(StoreError) -> AuditVerdict {
        let sealer = self.sealer
        // Before the log, which may grow meanwhile.
        let beside = endFile.end()
        let found = Mutex<(chain: Result<AuditVerdict, StoreError>?, rows: Result<AuditVerdict?, StoreError>?)>(
            (nil, nil))
        DispatchQueue.concurrentPerform(iterations: 2) { part in
            if part == 0 {
                let verdict = Result { () throws(StoreError) in
                    try read { try Self.chain($0, anchors, sealer, beside: beside) }
                }
                found.withLock { $0.chain = verdict }
            } else {
                let verdict = Result { () throws(StoreError) in try changedRows(sealer) }
                found.withLock { $0.rows = verdict }
            }
        }
        let (chain, rows) = found.withLock { $0 }
        guard let chain, let rows else { preconditionFailure("both parts have run") }
        let verdict = try chain.get()
        switch verdict {
        case .altered, .cut: return verdict
        case .sound, .forked, .restored, .changed: return try rows.get() ?? verdict
        }
    }

    /// Seals what stands in the rows now: for tests that write rows by hand, as no act could, or as an older program
    /// sealed them.
    package func sealAnew(isNarrow: Bool = false) throws(StoreError) {
        let sealer = self.sealer
        try write { try RowSeal.sealAll(in: $0, by: sealer, isNarrow: isNarrow) }
    }

    private func changedRows(_ sealer: CaseSealer) throws(StoreError) -> AuditVerdict? {
        // Whoever can change rows can also take a trigger away, or put a weaker view in the place of the wall.
        if try Self.mapping(folder, { try !engine.hasOwnSchema() }) { return .changed(.schema, row: 0) }
        return try read { session in
            if let row = try RowSeal.firstChanged(in: session, by: sealer) { return .changed(.matter, row: row) }
            if let register = try RowSeal.firstChangedRegister(in: session, by: sealer) {
                return .changed(register.rowKind, row: 0)
            }
            return try RowSeal.firstChangedFlag(in: session, by: sealer).map { .changed(.flag, row: $0) }
        }
    }

    private static func chain(
        _ session: any SQLSession, _ anchors: [AuditAnchor], _ sealer: CaseSealer, beside: AuditLog.End?
    ) throws -> AuditVerdict {
        var wanted: [Int: Set<String>] = [:]
        for anchor in anchors { wanted[anchor.seq, default: []].insert(anchor.hash) }
        let end = try AuditLog.sealedEnd(in: session)
        let walk = try session.cursor(
            "SELECT seq, seconds, actor, action, object_kind, object_id, detail, hash FROM audit_log ORDER BY seq")
        var previous = [UInt8](repeating: 0, count: 32)
        var bytes: [UInt8] = []
        var (last, misfit, endFits) = (0, Int?.none, false)
        while try walk.step() {
            let seq = walk.int(0)
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: previous)
            for column in 0..<7 {
                let field = walk.bytes(column)
                withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: field)
            }
            let follows = SHA256.hash(data: bytes).withUnsafeBytes { hash in
                for index in 0..<32 { previous[index] = hash[index] }
                return hash.elementsEqual(walk.bytes(7))
            }
            guard seq == last + 1, follows else { return .altered(seq: last + 1) }
            if !wanted.isEmpty, let hashes = wanted[seq], hashes != [hex(previous)] { misfit = misfit ?? seq }
            if seq == end?.seq { endFits = end?.seal == AuditLog.End(seq, previous, by: sealer).seal }
            if seq == beside?.seq, beside?.seal != AuditLog.End(seq, previous, by: sealer).seal {
                misfit = misfit ?? seq
            }
            last = seq
        }
        let known = try session.query(
            """
            SELECT MAX(m) FROM (SELECT MAX(audit_seq) AS m FROM matter UNION ALL
              SELECT MAX(audit_seq) FROM matter_event UNION ALL SELECT MAX(audit_seq) FROM export_log UNION ALL
              SELECT MAX(audit_seq) FROM duty_record) AS known
            """)[0].intOrNil(0)
        if let known = [known, end?.seq].compactMap({ $0 }).max(), known > last {
            return .cut(last: last, known: known)
        }
        if let misfit { return .forked(anchor: misfit) }
        let ends = Array(wanted.keys) + [beside?.seq].compactMap { $0 }
        if let beyond = ends.max(), beyond > last { return .restored(last: last, anchor: beyond) }
        // Rows that follow each other well, but that this program didn't write: plain hashes anybody can compute.
        guard last == 0 || endFits && end?.seq == last else {
            return .altered(seq: endFits ? (end?.seq ?? 0) + 1 : min(last, end?.seq ?? last))
        }
        return .sound(rows: last)
    }
}
