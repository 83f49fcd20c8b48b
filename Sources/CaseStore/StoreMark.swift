import Casework

/// How far the store has changed: two equal marks mean that nobody did more than read in between.
///
/// A face that keeps a page for some seconds shows it again only while what the page stands on is the same. Every act
/// leaves a row in the audit log, whichever program did it, and every import a batch.
public struct StoreMark: Sendable, Equatable {
    /// The last row of the log that changed a flag.
    var flags: Int
    /// The last row of the log that changed a case.
    var cases: Int
    /// The last row of the log that changed something else: people, ties, bodies, places, word lists.
    var rest: Int
    /// The last import.
    var batch: Int
    /// The last row of the log that was looked at.
    private(set) var row: Int

    /// Compares what changed, not how far was read.
    public static func == (left: StoreMark, right: StoreMark) -> Bool {
        left.hasSameFlags(as: right) && left.cases == right.cases
    }

    /// True where no flag changed, nor who may see it.
    public func hasSameFlags(as other: StoreMark) -> Bool { flags == other.flags && hasSameRest(as: other) }

    /// True where no case changed, nor who may see it.
    public func hasSameCases(as other: StoreMark) -> Bool { cases == other.cases && hasSameRest(as: other) }

    /// True where only flags and cases changed, at most.
    public func hasSameRest(as other: StoreMark) -> Bool { rest == other.rest && batch == other.batch }

    /// The acts that only read, and those that were refused.
    static let reading = [
        "flags-list", "flags-count", "flag-similar", "flag-open", "rule-precision", "list", "search", "count", "open",
        "print", "coverage", "statistics", "sign-in", "sign-out", "token-list", "outcomes", "year-report", "refused",
        "audit-report", "audit-verify", "audit-anchor", "hold-list", "request-list", "export-list",
    ]

    /// Reads the mark, and which flags changed since an older one.
    static func since(_ old: StoreMark?, in session: any SQLSession) throws -> (mark: StoreMark, flags: [Int]) {
        let row = try session.query("SELECT COALESCE(MAX(seq), 0) FROM audit_log")[0].int(0)
        let batch = try session.query("SELECT COALESCE(MAX(id), 0) FROM import_batch")[0].int(0)
        guard let old else { return (StoreMark(flags: row, cases: row, rest: row, batch: batch, row: row), []) }
        var mark = old
        (mark.batch, mark.row) = (batch, row)
        var flags: [Int] = []
        if row == old.row { return (mark, flags) }
        let names = reading.map { "'\($0)'" }.joined(separator: ", ")
        // By number alone: grouped, the planner would come by another index, along the whole log.
        let changes = try session.query(
            "SELECT seq, object_kind, object_id FROM audit_log WHERE seq > $1 AND action NOT IN (\(names))",
            [.int(old.row)])
        for change in changes {
            let seq = try change.int(0)
            switch try change.text(1) {
            case "flag":
                mark.flags = max(mark.flags, seq)
                flags.append(try change.int(2))
            case "case": mark.cases = max(mark.cases, seq)
            default: mark.rest = max(mark.rest, seq)
            }
        }
        return (mark, flags)
    }
}

extension CaseStore {
    /// How far the store has changed; cheap where the mark of a moment ago is given.
    public func mark(after old: StoreMark? = nil) throws(StoreError) -> StoreMark { try changes(since: old).mark }

    /// The same, and which flags changed since then.
    func changes(since old: StoreMark?) throws(StoreError) -> (mark: StoreMark, flags: [Int]) {
        try read { try StoreMark.since(old, in: $0) }
    }
}
