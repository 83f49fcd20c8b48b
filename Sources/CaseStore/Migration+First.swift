extension Migration {
    /// The register, the gazetteer, imports and flags.
    ///
    /// Days are days since 1970-01-01 in China's time. The checks also hold the types: SQLite orders text above every
    /// number, so that `BETWEEN` refuses it, as PostgreSQL does by type.
    static let first = Migration(
        name: "first",
        script: """
            CREATE TABLE meta (
              name TEXT PRIMARY KEY NOT NULL,
              value TEXT NOT NULL);

            CREATE TABLE place (
              code TEXT NOT NULL CHECK (length(code) = 12),
              valid_from TEXT NOT NULL CHECK (length(valid_from) IN (0, 10)),
              name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
              level TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
              parent TEXT,
              valid_to TEXT CHECK (length(valid_to) = 10),
              successor TEXT,
              ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 0 AND 100000000),
              PRIMARY KEY (code, valid_from));

            CREATE TABLE place_alias (
              code TEXT NOT NULL,
              valid_from TEXT NOT NULL,
              ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 0 AND 100000000),
              text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
              kind TEXT NOT NULL CHECK (kind IN ('short', 'old', 'natural', 'estate', 'landmark', 'typo', 'taught')),
              PRIMARY KEY (code, valid_from, ordinal),
              FOREIGN KEY (code, valid_from) REFERENCES place (code, valid_from) ON DELETE CASCADE);

            CREATE TABLE chat_group (
              id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
              name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
              platform TEXT NOT NULL CHECK (platform IN ('wechat', 'dingtalk', 'wecom', 'qq', 'welink')),
              village_code TEXT NOT NULL CHECK (length(village_code) = 12),
              notice_posted_on TEXT NOT NULL CHECK (length(notice_posted_on) = 10),
              ordinal BIGINT NOT NULL UNIQUE CHECK (ordinal BETWEEN 1 AND 100000000));

            CREATE TABLE chat_group_name (
              group_id TEXT NOT NULL REFERENCES chat_group (id),
              ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 0 AND 100000000),
              name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
              PRIMARY KEY (group_id, ordinal));

            CREATE TABLE import_batch (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              sha256 TEXT NOT NULL CHECK (length(sha256) IN (0, 64)),
              size BIGINT NOT NULL CHECK (size BETWEEN 0 AND 9000000000000000),
              format TEXT NOT NULL CHECK (length(format) <= 40),
              encoding TEXT NOT NULL CHECK (length(encoding) <= 40),
              read_count BIGINT NOT NULL CHECK (read_count BETWEEN 0 AND 9000000000000000),
              new_count BIGINT NOT NULL CHECK (new_count BETWEEN 0 AND 9000000000000000),
              seen_count BIGINT NOT NULL CHECK (seen_count BETWEEN 0 AND 9000000000000000),
              flagged_count BIGINT NOT NULL CHECK (flagged_count BETWEEN 0 AND 9000000000000000),
              rejected_count BIGINT NOT NULL CHECK (rejected_count BETWEEN 0 AND 9000000000000000),
              refused_count BIGINT NOT NULL CHECK (refused_count BETWEEN 0 AND 9000000000000000),
              blank_count BIGINT NOT NULL CHECK (blank_count BETWEEN 0 AND 9000000000000000),
              gap_days BIGINT NOT NULL CHECK (gap_days BETWEEN 0 AND 100000),
              first_day BIGINT CHECK (first_day BETWEEN 0 AND 100000),
              last_day BIGINT CHECK (last_day BETWEEN 0 AND 100000),
              started_on BIGINT NOT NULL CHECK (started_on BETWEEN 0 AND 100000),
              finished_on BIGINT NOT NULL CHECK (finished_on BETWEEN 0 AND 100000),
              lexicon_version TEXT NOT NULL CHECK (length(lexicon_version) <= 128),
              gazetteer_version TEXT NOT NULL CHECK (length(gazetteer_version) <= 128));

            CREATE TABLE seen_digest (
              group_id TEXT NOT NULL REFERENCES chat_group (id),
              day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
              digests {blob} NOT NULL CHECK (length(digests) % 8 = 0),
              PRIMARY KEY (group_id, day));

            CREATE TABLE data_key (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              purpose TEXT NOT NULL CHECK (purpose IN ('flag', 'case')),
              wrapped {blob} CHECK (length(wrapped) BETWEEN 32 AND 200),
              destroyed_on BIGINT CHECK (destroyed_on BETWEEN 0 AND 100000),
              CHECK ((wrapped IS NULL) = (destroyed_on IS NOT NULL)));

            CREATE TABLE flag (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              batch_id BIGINT NOT NULL REFERENCES import_batch (id),
              group_id TEXT REFERENCES chat_group (id),
              village_code TEXT CHECK (length(village_code) = 12),
              village_name TEXT,
              basis TEXT CHECK (basis IN ('text', 'township', 'parent', 'group')),
              confidence DOUBLE PRECISION CHECK (confidence BETWEEN 0 AND 1),
              day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
              track TEXT NOT NULL CHECK (track IN ('misconduct', 'grievance', 'suggestion')),
              topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
              severity BIGINT NOT NULL CHECK (severity BETWEEN 0 AND 2),
              score DOUBLE PRECISION NOT NULL CHECK (score BETWEEN 0 AND 1),
              rules TEXT NOT NULL,
              guards TEXT NOT NULL,
              undecided TEXT NOT NULL,
              message_count BIGINT NOT NULL CHECK (message_count BETWEEN 0 AND 9000000000000000),
              payload {blob},
              data_key_id BIGINT NOT NULL REFERENCES data_key (id),
              lexicon_version TEXT NOT NULL CHECK (length(lexicon_version) <= 128),
              gazetteer_version TEXT NOT NULL CHECK (length(gazetteer_version) <= 128),
              state TEXT NOT NULL CHECK (state IN
                ('new', 'claimed', 'confirmed', 'joined', 'dismissed', 'forwarded_up', 'expired')),
              reason TEXT CHECK (length(reason) BETWEEN 1 AND 40),
              expires_on BIGINT NOT NULL CHECK (expires_on BETWEEN 0 AND 200000),
              version BIGINT NOT NULL CHECK (version BETWEEN 1 AND 9000000000000000),
              CHECK (payload IS NOT NULL OR state NOT IN ('new', 'claimed')),
              CHECK (payload IS NULL OR state NOT IN ('dismissed', 'forwarded_up', 'expired')),
              CHECK (group_id IS NOT NULL OR payload IS NULL));

            CREATE INDEX flag_queue ON flag (state, severity DESC, day, id);
            CREATE UNIQUE INDEX flag_data_key ON flag (data_key_id);
            CREATE INDEX flag_village ON flag (village_code, state);

            CREATE TABLE flag_message (
              digest BIGINT PRIMARY KEY NOT NULL,
              flag_id BIGINT NOT NULL REFERENCES flag (id));

            CREATE INDEX flag_message_flag ON flag_message (flag_id);
            """)
}
