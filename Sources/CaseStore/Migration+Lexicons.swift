extension Migration {
    /// Versions of the lexicons: who proposed them and why, who approved them, since when each was used, and by which one a
    /// waiting flag was read last.
    ///
    /// Files are kept once, by their digest, however many versions have them.
    static let lexicons = Migration(
        name: "lexicons",
        script: """
            CREATE TABLE lexicon_file (
              digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
              content {blob} NOT NULL);

            CREATE TABLE lexicon_version (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
              proposed_by BIGINT NOT NULL REFERENCES staff (id),
              proposed_at BIGINT NOT NULL CHECK (proposed_at BETWEEN 0 AND 9000000000000000),
              reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 400),
              approved_by BIGINT REFERENCES staff (id),
              approved_at BIGINT CHECK (approved_at BETWEEN 0 AND 9000000000000000),
              CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
              CHECK (approved_by IS NULL OR approved_by <> proposed_by));

            CREATE TABLE lexicon_version_file (
              version_id BIGINT NOT NULL REFERENCES lexicon_version (id),
              name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
              digest TEXT NOT NULL REFERENCES lexicon_file (digest),
              PRIMARY KEY (version_id, name));

            CREATE TABLE lexicon_use (
              ordinal BIGINT PRIMARY KEY NOT NULL CHECK (ordinal BETWEEN 1 AND 9000000000000000),
              version_id BIGINT NOT NULL REFERENCES lexicon_version (id),
              used_by BIGINT NOT NULL REFERENCES staff (id),
              used_at BIGINT NOT NULL CHECK (used_at BETWEEN 0 AND 9000000000000000),
              reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 400));

            CREATE TABLE flag_reading (
              flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
              version_id BIGINT NOT NULL REFERENCES lexicon_version (id));
            """, sqlite: appendOnly(["lexicon_file", "lexicon_version_file", "lexicon_use"]))
}
