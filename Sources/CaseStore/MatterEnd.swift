/// When a matter ended, as SQL over `m`, a row of `matter` or of `readable_matter`.
///
/// A merged case is no ended one: the matter goes on in the case that it was merged into, and ends with it.
enum MatterEnd {
    /// The day as figures count it: null while the case, or the one that it was merged into, is open.
    ///
    /// Null as well where that one has become a report: no figure tells of its days.
    static let day = ending("CASE WHEN x.track = 'misconduct' THEN NULL ELSE x.ended_on END")

    /// The day from which words live their last: the same, but where the case that it was merged into has become a report
    /// they stay as long as a whole file, whatever becomes of the report.
    static func day(fileDays: Int, wordDays: Int) -> String {
        ending(
            "CASE WHEN x.track = 'misconduct' THEN m.ended_on + \(max(0, fileDays - wordDays)) ELSE x.ended_on END")
    }

    /// The case in which the matter goes on: its own number for any but a merged one; null where that one's is gone.
    static let main = ending("x.id", own: "m.id")

    /// What holds a case's words: a hold on it, or on one that it was merged into, however many lie between.
    static let holds = """
        WITH RECURSIVE \(chain) SELECT 1 FROM hold AS h WHERE h.lifted_on IS NULL
          AND (h.matter_id = m.id OR h.matter_id IN (SELECT id FROM main))
        """

    /// The cases that a merged one was merged into, of which a person may not read one.
    static let hiddenMain = """
        WITH RECURSIVE \(chain) SELECT 1 FROM main WHERE NOT EXISTS (
          SELECT 1 FROM readable_matter AS r WHERE r.id = main.id AND r.staff_id = $2)
        """

    /// The cases that `m` was merged into, from one to the next.
    private static let chain = """
        main (id) AS (
          SELECT l.other_id FROM matter_link AS l WHERE l.matter_id = m.id AND l.kind = 'merged_into'
          UNION SELECT l.other_id FROM main JOIN matter_link AS l ON l.matter_id = main.id
          WHERE l.kind = 'merged_into')
        """

    /// `value` of the case at the end of the chain, `x`, for a merged one.
    private static func ending(_ value: String, own: String = "m.ended_on") -> String {
        """
        CASE WHEN m.state <> 'merged' THEN \(own) ELSE (
          WITH RECURSIVE \(chain)
          SELECT \(value) FROM main JOIN matter AS x ON x.id = main.id WHERE x.state <> 'merged' LIMIT 1) END
        """
    }
}
