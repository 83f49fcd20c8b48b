/// What was taken out whole, so that no seal is left to misfit.
extension RowSeal {
    /// A case that was taken out: it leaves a gap in the rows or in the numbers, or the log knows of a later one.
    static func firstMissingCase(in session: any SQLSession) throws -> Int? {
        if let gap = try firstGap(in: "matter", called: "case", knownTo: 0, session) { return gap }
        let series = try session.query(
            """
            SELECT MIN(matter_id) FROM matter_number GROUP BY county, year, letter HAVING COUNT(*) <> MAX(ordinal)
            """)
        return try series.first?.int(0)
    }

    /// A flag that was taken out, or that ended without a row of the log.
    static func firstMissingFlag(in session: any SQLSession) throws -> Int? {
        let known = try AuditLog.lastFlag(in: session)
        if let gap = try firstGap(in: "flag", called: "flag", knownTo: known, session) { return gap }
        return try session.query(
            """
            SELECT MIN(f.id) FROM flag AS f WHERE f.state NOT IN ('new', 'claimed') AND NOT EXISTS
              (SELECT 1 FROM audit_log AS l WHERE l.object_kind = 'flag' AND l.object_id = f.id
                AND l.action IN ('flag-confirm', 'flag-join', 'flag-dismiss', 'flag-forward-up', 'flag-expire', 'flag-erase'))
              AND NOT EXISTS (SELECT 1 FROM matter_flag AS b WHERE b.flag_id = f.id)
            """)[0].intOrNil(0)
    }

    /// Numbers go up without a gap, as no row is ever deleted; the log knows the last one.
    private static func firstGap(
        in table: String, called kind: String, knownTo known: Int, _ session: any SQLSession
    ) throws -> Int? {
        let ends = try session.query(
            """
            SELECT COUNT(*), COALESCE(MAX(id), 0), COALESCE((SELECT l.object_id FROM audit_log AS l
              WHERE l.object_kind = '\(kind)' AND l.action <> 'refused' ORDER BY l.object_id DESC LIMIT 1), 0) FROM \(table)
            """)[0]
        let (count, last, logged) = (try ends.int(0), try ends.int(1), max(known, try ends.int(2)))
        if count != last { return count + 1 }
        return logged > last ? last + 1 : nil
    }
}
