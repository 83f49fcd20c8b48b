extension Migration {
    /// The log in the order of its numbers alone: a row is written with three pages instead of five.
    ///
    /// That no two rows have one hash needs no index: a hash has the one before it within, and `verify` computes each.
    /// An index of them is met at another place with every row, and with millions of rows no cache holds it.
    static let log = Migration(
        name: "log",
        script: """
            CREATE TABLE audit_entry (
              seq {key} CHECK (seq BETWEEN 1 AND 9000000000000000),
              seconds BIGINT NOT NULL CHECK (seconds BETWEEN 0 AND 9000000000000000),
              actor BIGINT NOT NULL CHECK (actor BETWEEN 0 AND 9000000000000000),
              action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
              object_kind TEXT NOT NULL CHECK (object_kind IN ('none', 'case', 'flag', 'staff', 'unit', 'store')),
              object_id BIGINT NOT NULL CHECK (object_id BETWEEN 0 AND 9000000000000000),
              detail TEXT NOT NULL CHECK (length(detail) <= 400),
              hash {blob} NOT NULL CHECK (length(hash) = 32));
            INSERT INTO audit_entry (seq, seconds, actor, action, object_kind, object_id, detail, hash)
              SELECT seq, seconds, actor, action, object_kind, object_id, detail, hash FROM audit_log ORDER BY seq;
            DROP TABLE audit_log;
            ALTER TABLE audit_entry RENAME TO audit_log;
            CREATE INDEX audit_log_object ON audit_log (object_kind, object_id, seq);
            CREATE INDEX audit_log_actor ON audit_log (actor, seq);
            """,
        sqlite: appendOnly(["audit_log"]) + gapless)
}
