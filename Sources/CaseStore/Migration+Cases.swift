extension Migration {
    /// Bodies, staff, cases, the wall, the audit log.
    ///
    /// Days are days since 1970-01-01 in China's time. What officials do on the desk is logged to the second; of what
    /// residents said a day is the finest.
    static let cases = Migration(
        name: "cases", script: organisation + matters + papers + audit + Wall.firstViews,
        sqlite: appendOnly(["audit_log", "matter_event", "matter_number", "export_log"]) + gapless)

    private static let organisation = """
        CREATE TABLE unit (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          parent_id BIGINT REFERENCES unit (id) CHECK (parent_id <> id),
          kind TEXT NOT NULL CHECK (kind IN ('village', 'township_gov', 'township_discipline', 'county_dept',
            'county_commission', 'city_dept', 'city_commission')),
          rank BIGINT NOT NULL CHECK (rank = CASE kind WHEN 'village' THEN 1 WHEN 'township_gov' THEN 2
            WHEN 'township_discipline' THEN 2 WHEN 'county_dept' THEN 3 WHEN 'county_commission' THEN 3 ELSE 4 END),
          area_code TEXT NOT NULL CHECK (length(area_code) = 12),
          area_prefix TEXT NOT NULL CHECK (area_prefix = substr(area_code, 1, CASE rank WHEN 1 THEN 12 WHEN 2 THEN 9
            WHEN 3 THEN 6 ELSE 4 END)),
          name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200));

        CREATE INDEX unit_area ON unit (area_code);

        CREATE TABLE official (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          unit_id BIGINT NOT NULL REFERENCES unit (id),
          post TEXT NOT NULL CHECK (length(post) BETWEEN 1 AND 100),
          managed_rank BIGINT NOT NULL CHECK (managed_rank BETWEEN 2 AND 5));

        CREATE TABLE staff (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          unit_id BIGINT NOT NULL REFERENCES unit (id),
          official_id BIGINT UNIQUE REFERENCES official (id),
          role TEXT NOT NULL CHECK (role IN ('handler', 'township_discipline', 'intake', 'inspector', 'supervisor',
            'auditor', 'analyst', 'lexicon', 'sysadmin')),
          name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
          ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000));

        CREATE TABLE staff_tie (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          staff_id BIGINT NOT NULL REFERENCES staff (id),
          kind TEXT NOT NULL CHECK (kind IN ('kin', 'stake', 'posted', 'native', 'witness', 'other')),
          official_id BIGINT REFERENCES official (id),
          unit_id BIGINT REFERENCES unit (id),
          matter_id BIGINT REFERENCES matter (id),
          declared_on BIGINT NOT NULL CHECK (declared_on BETWEEN 0 AND 100000),
          ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000),
          CHECK (official_id IS NOT NULL OR unit_id IS NOT NULL OR matter_id IS NOT NULL));

        CREATE INDEX staff_tie_staff ON staff_tie (staff_id);

        CREATE TABLE calendar_day (
          day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
          kind TEXT NOT NULL CHECK (kind IN ('year', 'rest', 'makeup')),
          source TEXT NOT NULL CHECK (length(source) <= 200),
          PRIMARY KEY (day, kind));

        """

    private static let matters = """
        CREATE TABLE matter (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          number TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 8 AND 20),
          alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 40),
          track TEXT NOT NULL CHECK (track IN ('misconduct', 'grievance', 'suggestion')),
          topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
          petition TEXT NOT NULL CHECK (petition IN ('suggestion', 'accusation', 'appeal', 'appeal-with-opinion')),
          severity BIGINT NOT NULL CHECK (severity BETWEEN 0 AND 2),
          area_code TEXT NOT NULL CHECK (length(area_code) = 12),
          source TEXT NOT NULL CHECK (source IN ('chat', 'visit', 'telephone', 'platform', 'letter', 'petition',
            'transferred', 'patrol', 'split')),
          state TEXT NOT NULL CHECK (length(state) BETWEEN 1 AND 40),
          is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
          unit_id BIGINT REFERENCES unit (id),
          received_on BIGINT NOT NULL CHECK (received_on BETWEEN 0 AND 100000),
          supervision BIGINT NOT NULL CHECK (supervision BETWEEN 0 AND 3),
          recurrence BIGINT NOT NULL CHECK (recurrence BETWEEN 0 AND 100000),
          is_repeat BIGINT NOT NULL CHECK (is_repeat IN (0, 1)),
          is_sensitive BIGINT NOT NULL CHECK (is_sensitive IN (0, 1)),
          retaliation BIGINT NOT NULL CHECK (retaliation IN (0, 1)),
          due_on BIGINT CHECK (due_on BETWEEN 0 AND 100000),
          ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000),
          audit_seq BIGINT NOT NULL CHECK (audit_seq BETWEEN 1 AND 9000000000000000),
          version BIGINT NOT NULL CHECK (version BETWEEN 1 AND 9000000000000000),
          CHECK ((is_open = 1) = (ended_on IS NULL)),
          CHECK (track <> 'misconduct' OR petition = 'accusation'));

        CREATE INDEX matter_queue ON matter (is_open DESC, severity DESC, recurrence DESC, received_on, id);
        CREATE INDEX matter_unit ON matter (unit_id, is_open DESC, severity DESC, recurrence DESC, received_on, id);
        CREATE INDEX matter_due ON matter (is_open, due_on, id);
        CREATE INDEX matter_state ON matter (state, received_on, id);
        CREATE INDEX matter_place ON matter (area_code, topic);

        CREATE TABLE matter_number (
          county TEXT NOT NULL CHECK (length(county) = 6),
          year BIGINT NOT NULL CHECK (year BETWEEN 1970 AND 2200),
          letter TEXT NOT NULL CHECK (letter IN ('A', 'B', 'C')),
          ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 1 AND 100000000),
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          PRIMARY KEY (county, year, letter, ordinal));

        CREATE INDEX matter_number_matter ON matter_number (matter_id);

        CREATE TABLE accused (
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          unit_id BIGINT NOT NULL REFERENCES unit (id),
          official_id BIGINT REFERENCES official (id),
          PRIMARY KEY (matter_id, unit_id));

        CREATE TABLE assignment (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          staff_id BIGINT NOT NULL REFERENCES staff (id),
          assigned_by BIGINT NOT NULL,
          assigned_on BIGINT NOT NULL CHECK (assigned_on BETWEEN 0 AND 100000),
          ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000));

        CREATE INDEX assignment_matter ON assignment (matter_id, staff_id);
        CREATE INDEX assignment_staff ON assignment (staff_id, matter_id);

        CREATE TABLE matter_assist (
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          unit_id BIGINT NOT NULL REFERENCES unit (id),
          PRIMARY KEY (matter_id, unit_id));

        CREATE TABLE matter_event (
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 1 AND 1000000),
          action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
          actor BIGINT NOT NULL CHECK (actor BETWEEN 0 AND 9000000000000000),
          actor_unit BIGINT NOT NULL CHECK (actor_unit BETWEEN 0 AND 9000000000000000),
          day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
          from_state TEXT,
          to_state TEXT NOT NULL,
          reason TEXT CHECK (length(reason) BETWEEN 1 AND 40),
          unit_id BIGINT REFERENCES unit (id),
          until_day BIGINT CHECK (until_day BETWEEN 0 AND 100000),
          supervision BIGINT CHECK (supervision BETWEEN 0 AND 3),
          reply_done_on BIGINT CHECK (reply_done_on BETWEEN 0 AND 100000),
          reply_evidence BIGINT CHECK (reply_evidence BETWEEN 0 AND 10000),
          reply_marks BIGINT CHECK (reply_marks BETWEEN 0 AND 7),
          audit_seq BIGINT NOT NULL UNIQUE CHECK (audit_seq BETWEEN 1 AND 9000000000000000),
          PRIMARY KEY (matter_id, ordinal),
          CHECK ((action = 'reply') = (reply_marks IS NOT NULL)));

        CREATE TABLE matter_link (
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          other_id BIGINT NOT NULL REFERENCES matter (id),
          kind TEXT NOT NULL CHECK (kind IN ('merged_into', 'related', 'repeat_of', 'split_from')),
          PRIMARY KEY (matter_id, other_id, kind),
          CHECK (matter_id <> other_id));

        CREATE TABLE matter_flag (
          flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
          matter_id BIGINT NOT NULL REFERENCES matter (id));

        CREATE TABLE flag_desk (
          flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
          claimed_by BIGINT REFERENCES staff (id),
          claimed_until BIGINT,
          dismissal_by BIGINT REFERENCES staff (id),
          dismissal_reason TEXT CHECK (length(dismissal_reason) BETWEEN 1 AND 40),
          escalated_on BIGINT CHECK (escalated_on BETWEEN 0 AND 100000),
          CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
          CHECK ((dismissal_by IS NULL) = (dismissal_reason IS NULL)));

        """

    private static let papers = """
        CREATE TABLE matter_key (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          purpose TEXT NOT NULL CHECK (purpose IN ('file', 'original')),
          wrapped {blob} CHECK (length(wrapped) BETWEEN 32 AND 200),
          destroyed_on BIGINT CHECK (destroyed_on BETWEEN 0 AND 100000),
          UNIQUE (matter_id, purpose),
          CHECK ((wrapped IS NULL) = (destroyed_on IS NOT NULL)));

        CREATE TABLE matter_text (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          matter_id BIGINT NOT NULL REFERENCES matter (id),
          event_ordinal BIGINT NOT NULL CHECK (event_ordinal BETWEEN 1 AND 1000000),
          kind TEXT NOT NULL CHECK (kind IN ('original', 'summary', 'note', 'reply', 'paper')),
          key_id BIGINT NOT NULL REFERENCES matter_key (id),
          payload {blob},
          CHECK (payload IS NULL OR length(payload) >= 32));

        CREATE INDEX matter_text_matter ON matter_text (matter_id, kind);

        CREATE TABLE export_log (
          id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
          exported_by BIGINT NOT NULL REFERENCES staff (id),
          exported_on BIGINT NOT NULL CHECK (exported_on BETWEEN 0 AND 100000),
          recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 200),
          purpose TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
          form TEXT NOT NULL CHECK (form IN ('csv', 'open311')),
          columns TEXT NOT NULL CHECK (length(columns) <= 400),
          row_count BIGINT NOT NULL CHECK (row_count BETWEEN 0 AND 100000000),
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          audit_seq BIGINT NOT NULL UNIQUE CHECK (audit_seq BETWEEN 1 AND 9000000000000000));

        """

    private static let audit = """
        CREATE TABLE audit_log (
          seq BIGINT PRIMARY KEY NOT NULL CHECK (seq BETWEEN 1 AND 9000000000000000),
          seconds BIGINT NOT NULL CHECK (seconds BETWEEN 0 AND 9000000000000000),
          actor BIGINT NOT NULL CHECK (actor BETWEEN 0 AND 9000000000000000),
          action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
          object_kind TEXT NOT NULL CHECK (object_kind IN ('none', 'case', 'flag', 'staff', 'unit', 'store')),
          object_id BIGINT NOT NULL CHECK (object_id BETWEEN 0 AND 9000000000000000),
          detail TEXT NOT NULL CHECK (length(detail) <= 400),
          hash {blob} NOT NULL UNIQUE CHECK (length(hash) = 32));

        CREATE INDEX audit_log_object ON audit_log (object_kind, object_id, seq);
        CREATE INDEX audit_log_actor ON audit_log (actor, seq);

        """

    /// What SQLite refuses by triggers; PostgreSQL does it by rights: the program's role may only insert.
    static func appendOnly(_ tables: [String]) -> String {
        tables.map { table in
            """
            CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
              BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
            CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
              BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;

            """
        }.joined()
    }

    /// A log without gaps: each row's number follows the one before.
    static let gapless = """
        CREATE TRIGGER audit_log_link BEFORE INSERT ON audit_log
          WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_log)
          BEGIN SELECT RAISE(ABORT, 'audit_log has no gaps'); END;
        """
}
