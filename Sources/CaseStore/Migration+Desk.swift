extension Migration {
    /// What people on the desk need beside the cases: the order of the queues, cases put off, holds, requests, outcomes,
    /// codes to look a case up by, records of the deployer's duties.
    static let desk = Migration(
        name: "desk",
        script: """
            DROP VIEW readable_matter;
            DROP INDEX matter_queue;
            DROP INDEX matter_unit;

            ALTER TABLE matter ADD COLUMN queue_on BIGINT NOT NULL DEFAULT 0 CHECK (queue_on BETWEEN -1000 AND 100000);
            UPDATE matter SET queue_on =
              received_on - 10 * severity - 5 * CASE WHEN recurrence < 6 THEN recurrence ELSE 6 END;

            CREATE INDEX matter_line ON matter (is_open DESC, queue_on, id);
            CREATE INDEX matter_unit_line ON matter (unit_id, is_open DESC, queue_on, id);
            CREATE INDEX matter_town_line ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id);
            CREATE INDEX matter_unit_due ON matter (unit_id, is_open, due_on, id);
            CREATE INDEX matter_town_due ON matter (substr(area_code, 1, 9), is_open, due_on, id);
            CREATE INDEX matter_unit_state ON matter (unit_id, state, received_on, id);
            CREATE INDEX matter_town_state ON matter (substr(area_code, 1, 9), state, received_on, id);
            CREATE INDEX matter_recurring ON matter (is_open DESC, queue_on, id) WHERE recurrence > 0;
            CREATE INDEX matter_watched ON matter (is_open DESC, queue_on, id) WHERE supervision > 0;
            CREATE INDEX matter_unit_recurring ON matter (unit_id, is_open DESC, queue_on, id) WHERE recurrence > 0;
            CREATE INDEX matter_unit_watched ON matter (unit_id, is_open DESC, queue_on, id) WHERE supervision > 0;
            CREATE INDEX matter_town_recurring ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id)
              WHERE recurrence > 0;
            CREATE INDEX matter_town_watched ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id)
              WHERE supervision > 0;
            CREATE INDEX matter_changed ON matter (audit_seq);
            CREATE INDEX accused_unit ON accused (unit_id, matter_id);
            CREATE INDEX matter_assist_unit ON matter_assist (unit_id, matter_id);
            CREATE INDEX matter_link_other ON matter_link (other_id);
            CREATE INDEX flag_urgency ON flag (state, (expires_on - 7 * severity), id);
            CREATE INDEX flag_age ON flag (state, day, id);

            CREATE TABLE snooze (
              staff_id BIGINT NOT NULL REFERENCES staff (id),
              matter_id BIGINT NOT NULL REFERENCES matter (id),
              until_day BIGINT NOT NULL CHECK (until_day BETWEEN 0 AND 100000),
              PRIMARY KEY (staff_id, matter_id));

            CREATE TABLE hold (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              matter_id BIGINT NOT NULL REFERENCES matter (id),
              basis TEXT NOT NULL CHECK (length(basis) BETWEEN 1 AND 200),
              placed_by BIGINT NOT NULL REFERENCES staff (id),
              placed_on BIGINT NOT NULL CHECK (placed_on BETWEEN 0 AND 100000),
              lifting_by BIGINT REFERENCES staff (id),
              lifted_by BIGINT REFERENCES staff (id) CHECK (lifted_by <> lifting_by),
              lifted_on BIGINT CHECK (lifted_on BETWEEN 0 AND 100000),
              CHECK ((lifted_by IS NULL) = (lifted_on IS NULL)),
              CHECK (lifted_by IS NULL OR lifting_by IS NOT NULL));

            CREATE INDEX hold_matter ON hold (matter_id);

            CREATE TABLE subject_request (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              matter_id BIGINT NOT NULL REFERENCES matter (id),
              kind TEXT NOT NULL CHECK (kind IN ('access', 'correction', 'erasure')),
              received_on BIGINT NOT NULL CHECK (received_on BETWEEN 0 AND 100000),
              taken_by BIGINT NOT NULL REFERENCES staff (id),
              proposal TEXT CHECK (proposal IN ('granted', 'refused')),
              basis TEXT CHECK (length(basis) BETWEEN 1 AND 200),
              proposed_by BIGINT REFERENCES staff (id),
              decided_by BIGINT REFERENCES staff (id) CHECK (decided_by <> proposed_by),
              decided_on BIGINT CHECK (decided_on BETWEEN 0 AND 100000),
              CHECK ((proposal IS NULL) = (proposed_by IS NULL)),
              CHECK ((proposal IS NULL) = (basis IS NULL)),
              CHECK ((decided_by IS NULL) = (decided_on IS NULL)),
              CHECK (decided_by IS NULL OR proposal IS NOT NULL));

            CREATE INDEX subject_request_matter ON subject_request (matter_id);

            CREATE TABLE matter_outcome (
              matter_id BIGINT PRIMARY KEY NOT NULL REFERENCES matter (id),
              problem TEXT NOT NULL CHECK (problem IN ('duty', 'conduct', 'corruption', 'none')),
              measure TEXT NOT NULL CHECK (measure IN ('none', 'talk', 'criticism', 'organisational', 'warning',
                'serious-warning', 'removal', 'probation', 'expulsion', 'transferred', 'teaching')),
              officials BIGINT NOT NULL CHECK (officials BETWEEN 0 AND 10000),
              returned BIGINT NOT NULL CHECK (returned BETWEEN 0 AND 1000000000000),
              has_gap BIGINT NOT NULL CHECK (has_gap IN (0, 1)));

            CREATE TABLE claim_code (
              matter_id BIGINT PRIMARY KEY NOT NULL REFERENCES matter (id),
              hash TEXT NOT NULL CHECK (length(hash) BETWEEN 40 AND 200),
              issued_on BIGINT NOT NULL CHECK (issued_on BETWEEN 0 AND 100000),
              failures BIGINT NOT NULL CHECK (failures BETWEEN 0 AND 1000000),
              locked_until BIGINT NOT NULL CHECK (locked_until BETWEEN 0 AND 9000000000000000),
              rating TEXT CHECK (rating IN ('satisfied', 'not-satisfied')),
              rated_on BIGINT CHECK (rated_on BETWEEN 0 AND 100000),
              CHECK ((rating IS NULL) = (rated_on IS NULL)));

            CREATE TABLE duty_record (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              kind TEXT NOT NULL CHECK (kind IN ('assessment', 'legal-basis', 'processor', 'training', 'incident-plan',
                'compliance-audit', 'incident')),
              reference TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
              made_on BIGINT NOT NULL CHECK (made_on BETWEEN 0 AND 100000),
              recorded_by BIGINT NOT NULL CHECK (recorded_by BETWEEN 0 AND 9000000000000000),
              audit_seq BIGINT NOT NULL UNIQUE CHECK (audit_seq BETWEEN 1 AND 9000000000000000));

            CREATE TABLE export_job (
              id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
              exported_by BIGINT NOT NULL REFERENCES staff (id),
              exported_on BIGINT NOT NULL CHECK (exported_on BETWEEN 0 AND 100000),
              recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 200),
              purpose TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
              form TEXT NOT NULL CHECK (form IN ('csv', 'open311', 'xlsx', 'sheet', 'report')),
              columns TEXT NOT NULL CHECK (length(columns) <= 400),
              row_count BIGINT NOT NULL CHECK (row_count BETWEEN 0 AND 100000000),
              sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
              audit_seq BIGINT NOT NULL UNIQUE CHECK (audit_seq BETWEEN 1 AND 9000000000000000));

            INSERT INTO export_job SELECT id, exported_by, exported_on, recipient, purpose, form, columns, row_count,
              sha256, audit_seq FROM export_log;
            DROP TABLE export_log;
            ALTER TABLE export_job RENAME TO export_log;

            """ + Wall.readableMatter,
        sqlite: appendOnly(["duty_record", "export_log"]))
}
