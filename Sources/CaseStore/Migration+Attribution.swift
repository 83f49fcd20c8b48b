extension Migration {
    /// How well founded a flag's village is, so that a queue can show first what a person must settle.
    ///
    /// The reasons and candidates lie in the flag's sealed part: they go with its text. Null for older flags, and once a
    /// person has placed one.
    static let attribution = Migration(
        name: "attribution",
        script: """
            ALTER TABLE flag ADD COLUMN tier TEXT CHECK (tier IN ('A', 'B', 'C', 'D', 'Q'));
            """)
}
