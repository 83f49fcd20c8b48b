extension Migration {
    /// A seal for every flag; those of the registers stand among the settings.
    static let seals = Migration(
        name: "seals",
        script: """
            ALTER TABLE flag ADD COLUMN seal {blob} CHECK (length(seal) = 32);

            CREATE INDEX matter_flag_matter ON matter_flag (matter_id);
            """)
}
