/// Rows of the log about imports: an import is an act as any other, and its row says which flag was the last one then, so
/// that none can be taken out that nobody has acted on yet.
extension AuditLog {
    /// The act of an import, and of the program that first counted the flags of an older store.
    private static let (importing, counting) = ("import", "flags-counted")

    /// Writes an import down: how many flags it made, and the last flag there is.
    static func append(
        importOf batch: Int, by actor: Int, flags: Int, last: Int, on day: Int, in session: any SQLSession
    ) throws {
        try append(
            importing, by: actor, to: ("store", batch), detail: "flags=\(flags);last=\(last)",
            at: Int64(day) * 86_400, in: session)
    }

    /// Writes down the last flag of a store in which imports left no rows.
    static func noteFlags(in session: any SQLSession) throws {
        let last = try session.query("SELECT COALESCE(MAX(id), 0) FROM flag")[0].int(0)
        let batch = try session.query("SELECT COALESCE(MAX(id), 0) FROM import_batch")[0].int(0)
        // At the instant of the row before: opening a store knows no clock.
        let instant = try session.query("SELECT seconds FROM audit_log ORDER BY seq DESC LIMIT 1").first?.int(0)
        if last > 0 {
            try append(
                counting, by: 0, to: ("store", batch), detail: "last=\(last)", at: Int64(instant ?? 0), in: session)
        }
    }

    /// The last flag that the log says there is; 0 when it says nothing.
    static func lastFlag(in session: any SQLSession) throws -> Int {
        let row = try session.query(
            """
            SELECT detail FROM audit_log WHERE object_kind = 'store' AND object_id > 0 AND action IN ($1, $2)
            ORDER BY object_id DESC, seq DESC LIMIT 1
            """, [.text(importing), .text(counting)]
        ).first
        let detail = try row?.text(0) ?? ""
        let last = detail.split(separator: ";").first { $0.hasPrefix("last=") }
        return last.flatMap { Int($0.dropFirst(5)) } ?? 0
    }
}
