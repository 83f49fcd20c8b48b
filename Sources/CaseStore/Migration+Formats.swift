extension Migration {
    /// Column mappings: how the tables of a group are read whose layout no format knows.
    static let formats = Migration(
        name: "formats",
        script: """
            CREATE TABLE column_map (
              group_id TEXT PRIMARY KEY NOT NULL REFERENCES chat_group (id),
              map TEXT NOT NULL CHECK (length(map) BETWEEN 1 AND 4000));
            """)
}
