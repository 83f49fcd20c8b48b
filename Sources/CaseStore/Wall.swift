/// The wall: who must not see which case, whatever a role or an assignment says.
///
/// Computed in the database. A row of `wall` means "this person must not see this case", with the reason.
/// `readable_matter` and `readable_flag` grant reading where no row of the wall stands in the way; every query of this
/// room for a person goes through them.
enum Wall {
    /// The statements that make the views.
    ///
    /// Traps that they avoid: the rule of ranks must not hold for commissions, or a county's commission could not look
    /// into its own bureaus; a report without an accused has an empty wall, so nobody may read it at all. A tie to an
    /// official is a tie to the official's unit: kin of the secretary must not read what is said of the committee.
    private static let wall = """
        CREATE VIEW wall (staff_id, matter_id, why) AS
          SELECT s.id, a.matter_id, 'accused' FROM staff AS s JOIN accused AS a ON a.official_id = s.official_id
          UNION ALL
          SELECT s.id, a.matter_id, 'same-unit' FROM staff AS s JOIN accused AS a ON a.unit_id = s.unit_id
          UNION ALL
          SELECT s.id, a.matter_id, 'rank'
          FROM accused AS a JOIN matter AS m ON m.id = a.matter_id JOIN unit AS au ON au.id = a.unit_id
            JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
          WHERE m.track = 'misconduct' AND u.rank <= au.rank
            AND u.kind NOT IN ('county_commission', 'city_commission')
          UNION ALL
          SELECT s.id, a.matter_id, 'above-remit'
          FROM accused AS a JOIN unit AS au ON au.id = a.unit_id LEFT JOIN official AS o ON o.id = a.official_id
            JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
          WHERE au.rank > u.rank OR o.managed_rank > u.rank
          UNION ALL
          SELECT t.staff_id, a.matter_id, 'tie'
          FROM accused AS a JOIN staff_tie AS t ON t.ended_on IS NULL LEFT JOIN official AS o ON o.id = t.official_id
          WHERE t.official_id = a.official_id OR COALESCE(t.unit_id, o.unit_id) = a.unit_id
          UNION ALL
          SELECT t.staff_id, t.matter_id, 'recused' FROM staff_tie AS t
          WHERE t.matter_id IS NOT NULL AND t.ended_on IS NULL
          UNION ALL
          SELECT s.id, m.id, 'elsewhere' FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
          WHERE m.track = 'misconduct' AND substr(m.area_code, 1, length(u.area_prefix)) <> u.area_prefix
          UNION ALL
          SELECT s.id, m.id, 'retaliation' FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
          WHERE m.retaliation = 1 AND u.rank < 3
          UNION ALL
          SELECT s.id, m.id, 'no-accused' FROM matter AS m JOIN staff AS s ON 1 = 1
          WHERE m.track = 'misconduct' AND NOT EXISTS (SELECT 1 FROM accused AS a WHERE a.matter_id = m.id);

        """

    /// The views of the first schema of cases.
    static let firstViews = wall + readable(with: "", "") + readableFlag

    /// What people read today.
    static let readableMatter = readable(with: "m.queue_on, ", openToAll)

    private static func readable(with more: String, _ shortcut: String) -> String {
        """
        CREATE VIEW readable_matter AS
          SELECT s.id AS staff_id, m.id, m.number, m.alias, m.track, m.topic, m.petition, m.severity, m.area_code,
            m.source, m.state, m.is_open, m.unit_id, m.received_on, m.supervision, m.recurrence, m.is_repeat,
            m.is_sensitive, m.retaliation, m.due_on, m.ended_on, m.audit_seq, \(more)m.version
          FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
          WHERE s.ended_on IS NULL
            AND substr(m.area_code, 1, length(u.area_prefix)) = u.area_prefix
            AND (
              (m.track <> 'misconduct' AND s.role IN ('intake', 'inspector', 'supervisor'))
              OR (m.track <> 'misconduct' AND s.role = 'handler' AND (m.unit_id = s.unit_id
                OR EXISTS (SELECT 1 FROM matter_assist AS x WHERE x.matter_id = m.id AND x.unit_id = s.unit_id)))
              OR (m.track <> 'misconduct' AND s.role = 'township_discipline' AND m.is_sensitive = 0)
              OR (s.role IN ('township_discipline', 'intake', 'inspector', 'supervisor')
                AND EXISTS (SELECT 1 FROM assignment AS x
                  WHERE x.matter_id = m.id AND x.staff_id = s.id AND x.ended_on IS NULL)))
            AND (\(shortcut) NOT EXISTS (SELECT 1 FROM wall AS w WHERE w.staff_id = s.id AND w.matter_id = m.id));

        """
    }

    /// When no row of the wall can stand before a case.
    ///
    /// Nobody is spoken of, nothing is kept above the county, and the person is not recused from it. That is so of nearly
    /// every complaint, and costs a tenth of the whole wall.
    private static let openToAll = """
        m.track <> 'misconduct' AND m.retaliation = 0
              AND NOT EXISTS (SELECT 1 FROM accused AS a WHERE a.matter_id = m.id)
              AND NOT EXISTS (SELECT 1 FROM staff_tie AS t
                WHERE t.staff_id = s.id AND t.matter_id = m.id AND t.ended_on IS NULL)
              OR
        """

    private static let readableFlag = """
        CREATE VIEW readable_flag (staff_id, flag_id) AS
          SELECT s.id, f.id
          FROM flag AS f JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
            LEFT JOIN chat_group AS g ON g.id = f.group_id
          WHERE s.ended_on IS NULL AND s.role IN ('intake', 'supervisor')
            AND u.kind IN ('county_commission', 'city_commission')
            AND substr(COALESCE(f.village_code, g.village_code, u.area_code), 1, length(u.area_prefix)) = u.area_prefix
            AND NOT (f.track = 'misconduct' AND EXISTS (
              SELECT 1 FROM staff_tie AS t LEFT JOIN official AS o ON o.id = t.official_id
                JOIN unit AS tu ON tu.id = COALESCE(t.unit_id, o.unit_id)
              WHERE t.staff_id = s.id AND t.ended_on IS NULL
                AND tu.area_code IN (COALESCE(f.village_code, g.village_code), g.village_code,
                  substr(COALESCE(f.village_code, g.village_code), 1, 9) || '000')));

        """
}
