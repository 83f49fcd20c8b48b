extension Migration {
    /// Places over time: what stays the same under changing codes, what took over from what, and what people taught.
    static let villages = Migration(
        name: "villages",
        script: """
            CREATE TABLE place_entity (
              code TEXT NOT NULL CHECK (length(code) = 12),
              valid_from TEXT NOT NULL CHECK (length(valid_from) IN (0, 10)),
              entity BIGINT NOT NULL CHECK (entity BETWEEN 1 AND 9000000000000000),
              scheme TEXT NOT NULL CHECK (scheme IN ('nbs', 'mca', 'local')),
              PRIMARY KEY (code, valid_from));

            CREATE INDEX place_entity_entity ON place_entity (entity);

            CREATE TABLE place_code (
              code TEXT NOT NULL CHECK (length(code) = 12),
              scheme TEXT NOT NULL CHECK (scheme IN ('nbs', 'mca', 'local')),
              other TEXT NOT NULL CHECK (length(other) BETWEEN 1 AND 40),
              PRIMARY KEY (code, scheme, other));

            CREATE TABLE succession (
              from_code TEXT NOT NULL CHECK (length(from_code) = 12),
              to_code TEXT NOT NULL CHECK (length(to_code) = 12),
              kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'recode', 'reparent', 'conversion')),
              PRIMARY KEY (from_code, to_code));

            CREATE TABLE group_home (
              group_id TEXT NOT NULL REFERENCES chat_group (id),
              valid_from TEXT NOT NULL CHECK (length(valid_from) IN (0, 10)),
              valid_to TEXT CHECK (length(valid_to) = 10),
              place_code TEXT NOT NULL CHECK (length(place_code) = 12),
              confirmed_by TEXT NOT NULL CHECK (length(confirmed_by) <= 100),
              PRIMARY KEY (group_id, valid_from));

            CREATE TABLE taught_alias (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              text TEXT NOT NULL CHECK (length(text) BETWEEN 2 AND 200),
              village_code TEXT NOT NULL CHECK (length(village_code) = 12),
              group_id TEXT REFERENCES chat_group (id),
              township_code TEXT CHECK (length(township_code) = 12),
              valid_from TEXT CHECK (length(valid_from) = 10),
              valid_to TEXT CHECK (length(valid_to) = 10),
              taught_by TEXT NOT NULL CHECK (length(taught_by) BETWEEN 1 AND 100),
              taught_on TEXT NOT NULL CHECK (length(taught_on) = 10),
              flag_id BIGINT REFERENCES flag (id),
              confirmations BIGINT NOT NULL CHECK (confirmations BETWEEN 0 AND 1000000),
              CHECK ((group_id IS NULL) <> (township_code IS NULL)));

            CREATE TABLE flag_correction (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              flag_id BIGINT NOT NULL REFERENCES flag (id),
              from_code TEXT CHECK (length(from_code) = 12),
              to_code TEXT NOT NULL CHECK (length(to_code) = 12),
              alias_id BIGINT REFERENCES taught_alias (id),
              corrected_by TEXT NOT NULL CHECK (length(corrected_by) BETWEEN 1 AND 100),
              corrected_on TEXT NOT NULL CHECK (length(corrected_on) = 10));

            CREATE INDEX flag_correction_flag ON flag_correction (flag_id);
            """)
}
