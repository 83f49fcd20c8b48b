/// One step of the schema.
///
/// Named, never edited after a release, only ever appended.
struct Migration: Sendable {
    /// What it is called in the table of applied migrations.
    let name: String
    /// Its statements; `{blob}` stands for the engine's type of byte strings, `{key}` for a number that the rows lie by.
    let script: String
    /// What SQLite alone needs after it: triggers, which PostgreSQL has rights for.
    var sqlite = ""

    /// All steps, oldest first.
    static let all = [
        first, formats, villages, cases, accounts, desk, attribution, lexicons, handling, seals, members, order,
        filters, line, storage, log,
    ]
}

/// Brings a store to the newest schema.
enum Migrator {
    /// True when nothing is missing and nothing is unknown.
    static func isCurrent(_ session: any SQLSession) -> Bool {
        // A store without the table has everything to come; one that cannot be read says so when it is written to.
        let applied = try? session.query("SELECT name FROM schema_migration ORDER BY ordinal").map { try $0.text(0) }
        return applied == Migration.all.map(\.name)
    }

    /// True when a step was taken before.
    static func hasStep(_ name: String, _ session: any SQLSession) -> Bool {
        let found = try? session.query("SELECT 1 FROM schema_migration WHERE name = $1", [.text(name)])
        return found?.isEmpty == false
    }

    /// Applies what is missing, in the caller's transaction.
    ///
    /// - Returns: False when the store has a step that this program doesn't know.
    static func migrate(_ session: any SQLSession) throws -> Bool {
        try session.script(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
              ordinal BIGINT PRIMARY KEY NOT NULL,
              name TEXT NOT NULL UNIQUE)
            """)
        let applied = try session.query("SELECT name FROM schema_migration ORDER BY ordinal").map { try $0.text(0) }
        guard Migration.all.map(\.name).starts(with: applied) else { return false }
        for (ordinal, migration) in Migration.all.enumerated().dropFirst(applied.count) {
            try session.script(
                migration.script.replacing("{blob}", with: session.dialect.blob)
                    .replacing("{key}", with: session.dialect.key))
            if session.dialect == .sqlite, !migration.sqlite.isEmpty { try session.script(migration.sqlite) }
            try session.execute(
                "INSERT INTO schema_migration (ordinal, name) VALUES ($1, $2)",
                [.int(ordinal + 1), .text(migration.name)])
        }
        return true
    }
}
