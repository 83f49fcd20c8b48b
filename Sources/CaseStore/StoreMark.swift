import Casework

/// How far the store has changed: two equal marks mean that nobody did more than read in between.
///
/// A face that keeps a page for some seconds shows it again only while the mark is the same. Every act leaves a row in the
/// audit log, whichever program did it, and every import a batch.
public struct StoreMark: Sendable, Equatable {
    /// The last row of the log that was more than reading.
    var change: Int
    /// The last import.
    var batch: Int
    /// The last row of the log that was looked at.
    private(set) var row: Int

    /// Compares what changed, not how far was read.
    public static func == (left: StoreMark, right: StoreMark) -> Bool {
        left.change == right.change && left.batch == right.batch
    }

    /// The acts that only read.
    static let reading = [
        "flags-list", "flags-count", "flag-similar", "flag-open", "rule-precision", "list", "search", "count", "open",
        "print", "coverage", "statistics", "sign-in", "sign-out", "token-list",
        "outcomes", "year-report",
    ]

    init(after old: StoreMark?, in session: any SQLSession) throws {
        row = try session.query("SELECT COALESCE(MAX(seq), 0) FROM audit_log")[0].int(0)
        batch = try session.query("SELECT COALESCE(MAX(id), 0) FROM import_batch")[0].int(0)
        guard let old else {
            change = row
            return
        }
        change = old.change
        if row == old.row { return }
        let names = Self.reading.map { "'\($0)'" }.joined(separator: ", ")
        change = try session.query(
            "SELECT COALESCE(MAX(seq), $2) FROM audit_log WHERE seq > $1 AND action NOT IN (\(names))",
            [.int(old.row), .int(old.change)])[0].int(0)
    }
}

extension CaseStore {
    /// How far the store has changed; cheap where the mark of a moment ago is given.
    public func mark(after old: StoreMark? = nil) throws(StoreError) -> StoreMark {
        try read { try StoreMark(after: old, in: $0) }
    }
}

extension CaseDesk {
    /// Writes down that a page of flags was shown once more that a face had kept; the person must still be one who sees flags.
    public func logFlagPage(rows: Int) throws {
        try run("flags-list") { act in
            _ = try act.require([.intake, .supervisor])
            try act.log("flags-list", "none", 0, "rows=\(rows)")
        }
    }
}
