extension Migration {
    /// What hangs on a case lies in its indices in the order in which it is sealed, so that a walk over all sorts nothing;
    /// and reports have a line of their own, as few cases are given to persons, and a person's are not to be looked for
    /// among all.
    static let order = Migration(
        name: "order",
        script: """
            DROP INDEX matter_number_matter;
            CREATE INDEX matter_number_matter ON matter_number (matter_id, county, year, letter, ordinal);
            DROP INDEX matter_text_matter;
            CREATE INDEX matter_text_matter ON matter_text (matter_id, kind, id);
            DROP INDEX assignment_matter;
            CREATE INDEX assignment_matter ON assignment (matter_id, staff_id, id);
            DROP INDEX matter_flag_matter;
            CREATE INDEX matter_flag_matter ON matter_flag (matter_id, flag_id);
            DROP INDEX hold_matter;
            CREATE INDEX hold_matter ON hold (matter_id, id);
            CREATE INDEX matter_report_line ON matter (is_open DESC, queue_on, id) WHERE track = 'misconduct';
            """)
}
