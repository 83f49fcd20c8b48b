extension Migration {
    /// The doors of the desk: passwords, open sessions, tokens of programs.
    ///
    /// No secret is in it: a password as its scrypt hash, a session and a token as SHA-256 of 32 random bytes. Instants
    /// are seconds since 1970-01-01 UTC: they are the officials' own.
    static let accounts = Migration(
        name: "accounts",
        script: """
            CREATE TABLE credential (
              staff_id BIGINT PRIMARY KEY NOT NULL REFERENCES staff (id),
              hash TEXT NOT NULL CHECK (length(hash) BETWEEN 40 AND 200),
              set_on BIGINT NOT NULL CHECK (set_on BETWEEN 0 AND 100000),
              must_change BIGINT NOT NULL CHECK (must_change IN (0, 1)),
              failures BIGINT NOT NULL CHECK (failures BETWEEN 0 AND 1000000),
              locked_until BIGINT NOT NULL CHECK (locked_until BETWEEN 0 AND 9000000000000000));

            CREATE TABLE desk_session (
              digest {blob} PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
              staff_id BIGINT NOT NULL REFERENCES staff (id),
              opened BIGINT NOT NULL CHECK (opened BETWEEN 0 AND 9000000000000000),
              seen BIGINT NOT NULL CHECK (seen >= opened));

            CREATE INDEX desk_session_staff ON desk_session (staff_id);

            CREATE TABLE api_token (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              staff_id BIGINT NOT NULL REFERENCES staff (id),
              digest {blob} NOT NULL UNIQUE CHECK (length(digest) = 32),
              label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
              issued_on BIGINT NOT NULL CHECK (issued_on BETWEEN 0 AND 100000),
              expires_on BIGINT NOT NULL CHECK (expires_on BETWEEN 0 AND 100000),
              ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000));

            CREATE INDEX api_token_staff ON api_token (staff_id);
            """)
}
