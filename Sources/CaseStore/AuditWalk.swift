import Crypto

/// Some rows of the log, held against each other: each must follow from the row before.
///
/// A row's hash takes in the stored hash of the row before and nothing else of it, so that the log can be cut into
/// stretches that are walked at once. A stretch begins with a stored hash and ends with a known number: what was changed
/// at a cut doesn't follow in one of the two stretches beside it.
struct AuditWalk: Equatable {
    /// The row before the first; nil from the beginning.
    var after: Int?
    /// The last row; nil to the end, wherever that is.
    var through: Int?

    /// What a walk came to.
    enum Outcome: Equatable {
        /// Every row follows; the number of the last one, 0 in an empty log.
        case follows(last: Int)
        /// The first row that doesn't follow: changed, put in, or with one taken out before it.
        case breaks(at: Int)
    }

    /// Cuts a log into stretches of `length` rows, or of more where they would be more than a thousand (as somebody may have
    /// written a row with a huge number); the last one goes to its end.
    static func stretches(of rows: Int, length: Int) -> [AuditWalk] {
        let length = max(length, rows / 1000 + 1)
        let cuts = Array(stride(from: length, to: max(rows, length), by: length))
        return (0...cuts.count).map { index in
            AuditWalk(after: index > 0 ? cuts[index - 1] : nil, through: index < cuts.count ? cuts[index] : nil)
        }
    }

    /// Walks the rows.
    ///
    /// - Cost: a buffer for one row.
    func outcome(in session: any SQLSession) throws -> Outcome {
        var previous = [UInt8](repeating: 0, count: 32)
        var last = after ?? 0
        if let after {
            guard let hash = try Self.hash(of: after, in: session), hash.count == 32 else {
                return .breaks(at: after + 1)
            }
            previous = hash
        }
        // The hash of the row before stands in front of what is hashed, and is written over by the next.
        var bytes = RowBytes(after: previous)
        let walk = try rows(in: session)
        while try walk.step() {
            guard walk.int(0) == last + 1, Self.follows(walk, &bytes) else { return .breaks(at: last + 1) }
            last += 1
        }
        if let through, last != through { return .breaks(at: last + 1) }
        return .follows(last: last)
    }

    private func rows(in session: any SQLSession) throws -> any SQLCursor {
        let bounds = [(">", after), ("<=", through)].compactMap { sign, seq in seq.map { "seq \(sign) \($0)" } }
        let condition = bounds.isEmpty ? "" : "WHERE " + bounds.joined(separator: " AND ")
        return try session.cursor("SELECT \(AuditLog.columns) FROM audit_log \(condition) ORDER BY seq")
    }

    /// Holds the row that a cursor stands on against its hash, after the one that stands in front of `bytes`.
    private static func follows(_ row: any SQLCursor, _ bytes: inout RowBytes) -> Bool {
        bytes.clear()
        // A value of another storage looks the same to a hash, and not to a query.
        guard row.append(framed: AuditLog.storage, to: &bytes), row.storage(7) == .blob else { return false }
        var hasher = SHA256()
        bytes.withBytes { hasher.update(bufferPointer: $0) }
        let hash = hasher.finalize()
        guard CaseSealer.isSame(hash, row.bytes(7)) else { return false }
        hash.withUnsafeBytes { bytes.replaceFront($0) }
        return true
    }

    /// The stored hash of a row; nil where there is none.
    static func hash(of seq: Int, in session: any SQLSession) throws -> [UInt8]? {
        guard let row = try session.query("SELECT hash FROM audit_log WHERE seq = $1", [.int(seq)]).first,
            case .blob(let hash) = row[0]
        else { return nil }
        return hash
    }
}
