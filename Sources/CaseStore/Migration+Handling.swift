extension Migration {
    /// Seals over cases, who is on duty, what was taken over from other platforms, who exported, flags that were put off or
    /// must go up, and how many questions one flag bundles.
    static let handling = Migration(
        name: "handling",
        script: """
            ALTER TABLE matter ADD COLUMN seal {blob} CHECK (length(seal) = 32);
            ALTER TABLE flag ADD COLUMN bundled BIGINT NOT NULL DEFAULT 1 CHECK (bundled BETWEEN 1 AND 10000);
            ALTER TABLE flag_desk ADD COLUMN extended_on BIGINT CHECK (extended_on BETWEEN 0 AND 100000);

            UPDATE matter SET queue_on =
              received_on - 10 * severity - 5 * CASE WHEN recurrence < 6 THEN recurrence ELSE 6 END;

            CREATE TABLE duty_roster (
              unit_id BIGINT NOT NULL REFERENCES unit (id),
              staff_id BIGINT NOT NULL REFERENCES staff (id),
              first_day BIGINT NOT NULL CHECK (first_day BETWEEN 0 AND 100000),
              last_day BIGINT NOT NULL CHECK (last_day BETWEEN first_day AND 100000),
              PRIMARY KEY (unit_id, first_day, staff_id));

            CREATE TABLE matter_origin (
              digest {blob} PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
              matter_id BIGINT NOT NULL REFERENCES matter (id));

            CREATE TABLE upward_duty (
              kind TEXT NOT NULL CHECK (kind IN ('case', 'flag')),
              object_id BIGINT NOT NULL CHECK (object_id BETWEEN 1 AND 9000000000000000),
              seen_on BIGINT NOT NULL CHECK (seen_on BETWEEN 0 AND 100000),
              PRIMARY KEY (kind, object_id));

            CREATE TABLE batch_group (
              batch_id BIGINT NOT NULL REFERENCES import_batch (id),
              group_id TEXT NOT NULL REFERENCES chat_group (id),
              exporter TEXT CHECK (exporter IN ('owner', 'cadre', 'township', 'resident', 'other')),
              PRIMARY KEY (batch_id, group_id));

            CREATE INDEX batch_group_group ON batch_group (group_id, batch_id);
            """)
}
