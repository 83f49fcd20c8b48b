import Crypto
import Dispatch
import Messages
import Synchronization

extension CaseStore {
    /// Walks the whole chain, holds it against anchors from outside, and holds the rows of cases, flags and the
    /// organisation against their seals.
    ///
    /// The order of the verdicts is that of the evidence: an altered row of the log first, then what the cases know, then
    /// rows that were changed beside the log, then the anchors. A chain that was rewritten from its beginning is sound in
    /// itself: only an anchor tells.
    ///
    /// - Cost: one pass over the log and one over the cases, on two threads; memory for a row each.
    public func verifyAudit(anchors: [AuditAnchor] = []) throws(StoreError) -> AuditVerdict {
        let sealer = try CaseSealer(folder: folder)
        let found = Mutex<(chain: Result<AuditVerdict, StoreError>?, rows: Result<AuditVerdict?, StoreError>?)>(
            (nil, nil))
        DispatchQueue.concurrentPerform(iterations: 2) { part in
            if part == 0 {
                let verdict = Result { () throws(StoreError) in try read { try Self.chain($0, anchors) } }
                found.withLock { $0.chain = verdict }
            } else {
                let verdict = Result { () throws(StoreError) in try read { try Self.rows($0, sealer) } }
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

    /// Seals what stands in the rows now: for tests that write rows by hand, as no act could.
    package func sealAnew() throws(StoreError) {
        let sealer = try CaseSealer(folder: folder)
        try write { try RowSeal.sealAll(in: $0, by: sealer) }
    }

    private static func rows(_ session: any SQLSession, _ sealer: CaseSealer) throws -> AuditVerdict? {
        if let row = try RowSeal.firstChanged(in: session, by: sealer) { return .changed(.matter, row: row) }
        if try !RowSeal.isOrganisationWhole(in: session, by: sealer) { return .changed(.organisation, row: 0) }
        return try RowSeal.firstLostFlag(in: session).map { .changed(.flag, row: $0) }
    }

    private static func chain(_ session: any SQLSession, _ anchors: [AuditAnchor]) throws -> AuditVerdict {
        var wanted: [Int: Set<String>] = [:]
        for anchor in anchors { wanted[anchor.seq, default: []].insert(anchor.hash) }
        let walk = try session.cursor(
            "SELECT seq, seconds, actor, action, object_kind, object_id, detail, hash FROM audit_log ORDER BY seq")
        var previous = [UInt8](repeating: 0, count: 32)
        var bytes: [UInt8] = []
        var (last, misfit) = (0, Int?.none)
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
            last = seq
        }
        let known = try session.query(
            """
            SELECT MAX(m) FROM (SELECT MAX(audit_seq) AS m FROM matter UNION ALL
              SELECT MAX(audit_seq) FROM matter_event UNION ALL SELECT MAX(audit_seq) FROM export_log UNION ALL
              SELECT MAX(audit_seq) FROM duty_record) AS known
            """)[0].intOrNil(0)
        let end = try session.query("SELECT value FROM meta WHERE name = 'audit_end'").first?.text(0)
        if let known = [known, end.flatMap { Int($0) }].compactMap({ $0 }).max(), known > last {
            return .cut(last: last, known: known)
        }
        if let misfit { return .forked(anchor: misfit) }
        if let beyond = wanted.keys.max(), beyond > last { return .restored(last: last, anchor: beyond) }
        return .sound(rows: last)
    }
}
