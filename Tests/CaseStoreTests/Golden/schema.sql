CREATE VIEW readable_flag (staff_id, flag_id) AS
  SELECT s.id, f.id
  FROM flag AS f JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
    LEFT JOIN chat_group AS g ON g.id = f.group_id
  WHERE s.ended_on IS NULL AND s.role IN ('intake', 'supervisor')
    AND u.kind IN ('county_commission', 'city_commission')
    AND substr(COALESCE(f.village_code, g.village_code, u.area_code), 1, length(u.area_prefix)) = u.area_prefix
    AND NOT (f.track = 'misconduct' AND EXISTS (
      SELECT 1 FROM staff_tie AS t LEFT JOIN official AS o ON o.id = t.official_id
        JOIN unit AS tu ON tu.id = COALESCE(t.unit_id, o.unit_id)
      WHERE t.staff_id = s.id AND t.ended_on IS NULL
        AND tu.area_code IN (COALESCE(f.village_code, g.village_code), g.village_code,
          substr(COALESCE(f.village_code, g.village_code), 1, 9) || '000')));

CREATE VIEW readable_matter AS
  SELECT s.id AS staff_id, m.id, m.number, m.alias, m.track, m.topic, m.petition, m.severity, m.area_code,
    m.source, m.state, m.is_open, m.unit_id, m.received_on, m.supervision, m.recurrence, m.is_repeat,
    m.is_sensitive, m.retaliation, m.due_on, m.ended_on, m.audit_seq, m.queue_on, m.version
  FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
  WHERE s.ended_on IS NULL
    AND substr(m.area_code, 1, length(u.area_prefix)) = u.area_prefix
    AND (
      (m.track <> 'misconduct' AND s.role IN ('intake', 'inspector', 'supervisor'))
      OR (m.track <> 'misconduct' AND s.role = 'handler' AND (m.unit_id = s.unit_id
        OR EXISTS (SELECT 1 FROM matter_assist AS x WHERE x.matter_id = m.id AND x.unit_id = s.unit_id)))
      OR (m.track <> 'misconduct' AND s.role = 'township_discipline' AND m.is_sensitive = 0)
      OR (s.role IN ('township_discipline', 'intake', 'inspector', 'supervisor')
        AND EXISTS (SELECT 1 FROM assignment AS x
          WHERE x.matter_id = m.id AND x.staff_id = s.id AND x.ended_on IS NULL)))
    AND (m.track <> 'misconduct' AND m.retaliation = 0
      AND NOT EXISTS (SELECT 1 FROM accused AS a WHERE a.matter_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM staff_tie AS t
        WHERE t.staff_id = s.id AND t.matter_id = m.id AND t.ended_on IS NULL)
      OR NOT EXISTS (SELECT 1 FROM wall AS w WHERE w.staff_id = s.id AND w.matter_id = m.id));

CREATE VIEW wall (staff_id, matter_id, why) AS
  SELECT s.id, a.matter_id, 'accused' FROM staff AS s JOIN accused AS a ON a.official_id = s.official_id
  UNION ALL
  SELECT s.id, a.matter_id, 'same-unit' FROM staff AS s JOIN accused AS a ON a.unit_id = s.unit_id
  UNION ALL
  SELECT s.id, a.matter_id, 'rank'
  FROM accused AS a JOIN matter AS m ON m.id = a.matter_id JOIN unit AS au ON au.id = a.unit_id
    JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
  WHERE m.track = 'misconduct' AND u.rank <= au.rank
    AND u.kind NOT IN ('county_commission', 'city_commission')
  UNION ALL
  SELECT s.id, a.matter_id, 'above-remit'
  FROM accused AS a JOIN unit AS au ON au.id = a.unit_id LEFT JOIN official AS o ON o.id = a.official_id
    JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
  WHERE au.rank > u.rank OR o.managed_rank > u.rank
  UNION ALL
  SELECT t.staff_id, a.matter_id, 'tie'
  FROM accused AS a JOIN staff_tie AS t ON t.ended_on IS NULL LEFT JOIN official AS o ON o.id = t.official_id
  WHERE t.official_id = a.official_id OR COALESCE(t.unit_id, o.unit_id) = a.unit_id
  UNION ALL
  SELECT t.staff_id, t.matter_id, 'recused' FROM staff_tie AS t
  WHERE t.matter_id IS NOT NULL AND t.ended_on IS NULL
  UNION ALL
  SELECT s.id, m.id, 'elsewhere' FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
  WHERE m.track = 'misconduct' AND substr(m.area_code, 1, length(u.area_prefix)) <> u.area_prefix
  UNION ALL
  SELECT s.id, m.id, 'retaliation' FROM matter AS m JOIN staff AS s ON 1 = 1 JOIN unit AS u ON u.id = s.unit_id
  WHERE m.retaliation = 1 AND u.rank < 3
  UNION ALL
  SELECT s.id, m.id, 'no-accused' FROM matter AS m JOIN staff AS s ON 1 = 1
  WHERE m.track = 'misconduct' AND NOT EXISTS (SELECT 1 FROM accused AS a WHERE a.matter_id = m.id);

CREATE TRIGGER audit_log_link BEFORE INSERT ON audit_log
  WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_log)
  BEGIN SELECT RAISE(ABORT, 'audit_log has no gaps'); END;

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
  BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
  BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;

CREATE TRIGGER duty_record_no_delete BEFORE DELETE ON duty_record
  BEGIN SELECT RAISE(ABORT, 'duty_record is append-only'); END;

CREATE TRIGGER duty_record_no_update BEFORE UPDATE ON duty_record
  BEGIN SELECT RAISE(ABORT, 'duty_record is append-only'); END;

CREATE TRIGGER export_log_no_delete BEFORE DELETE ON export_log
  BEGIN SELECT RAISE(ABORT, 'export_log is append-only'); END;

CREATE TRIGGER export_log_no_update BEFORE UPDATE ON export_log
  BEGIN SELECT RAISE(ABORT, 'export_log is append-only'); END;

CREATE TRIGGER lexicon_file_no_delete BEFORE DELETE ON lexicon_file
  BEGIN SELECT RAISE(ABORT, 'lexicon_file is append-only'); END;

CREATE TRIGGER lexicon_file_no_update BEFORE UPDATE ON lexicon_file
  BEGIN SELECT RAISE(ABORT, 'lexicon_file is append-only'); END;

CREATE TRIGGER lexicon_use_no_delete BEFORE DELETE ON lexicon_use
  BEGIN SELECT RAISE(ABORT, 'lexicon_use is append-only'); END;

CREATE TRIGGER lexicon_use_no_update BEFORE UPDATE ON lexicon_use
  BEGIN SELECT RAISE(ABORT, 'lexicon_use is append-only'); END;

CREATE TRIGGER lexicon_version_file_no_delete BEFORE DELETE ON lexicon_version_file
  BEGIN SELECT RAISE(ABORT, 'lexicon_version_file is append-only'); END;

CREATE TRIGGER lexicon_version_file_no_update BEFORE UPDATE ON lexicon_version_file
  BEGIN SELECT RAISE(ABORT, 'lexicon_version_file is append-only'); END;

CREATE TRIGGER matter_event_no_delete BEFORE DELETE ON matter_event
  BEGIN SELECT RAISE(ABORT, 'matter_event is append-only'); END;

CREATE TRIGGER matter_event_no_update BEFORE UPDATE ON matter_event
  BEGIN SELECT RAISE(ABORT, 'matter_event is append-only'); END;

CREATE TRIGGER matter_number_no_delete BEFORE DELETE ON matter_number
  BEGIN SELECT RAISE(ABORT, 'matter_number is append-only'); END;

CREATE TRIGGER matter_number_no_update BEFORE UPDATE ON matter_number
  BEGIN SELECT RAISE(ABORT, 'matter_number is append-only'); END;

CREATE TABLE accused (
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  unit_id BIGINT NOT NULL REFERENCES unit (id),
  official_id BIGINT REFERENCES official (id),
  PRIMARY KEY (matter_id, unit_id));

CREATE TABLE api_token (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  issued_on BIGINT NOT NULL CHECK (issued_on BETWEEN 0 AND 100000),
  expires_on BIGINT NOT NULL CHECK (expires_on BETWEEN 0 AND 100000),
  ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000));

CREATE TABLE assignment (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  assigned_by BIGINT NOT NULL,
  assigned_on BIGINT NOT NULL CHECK (assigned_on BETWEEN 0 AND 100000),
  ended_on BIGINT CHECK (ended_on BETWEEN 0 AND 100000));

CREATE TABLE "audit_log" (
  seq INTEGER PRIMARY KEY NOT NULL CHECK (seq BETWEEN 1 AND 9000000000000000),
  seconds BIGINT NOT NULL CHECK (seconds BETWEEN 0 AND 9000000000000000),
  actor BIGINT NOT NULL CHECK (actor BETWEEN 0 AND 9000000000000000),
  action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
  object_kind TEXT NOT NULL CHECK (object_kind IN ('none', 'case', 'flag', 'staff', 'unit', 'store')),
  object_id BIGINT NOT NULL CHECK (object_id BETWEEN 0 AND 9000000000000000),
  detail TEXT NOT NULL CHECK (length(detail) <= 400),
  hash BLOB NOT NULL CHECK (length(hash) = 32));

CREATE TABLE batch_group (
  batch_id BIGINT NOT NULL REFERENCES import_batch (id),
  group_id TEXT NOT NULL REFERENCES chat_group (id),
  exporter TEXT CHECK (exporter IN ('owner', 'cadre', 'township', 'resident', 'other')),
  PRIMARY KEY (batch_id, group_id));

CREATE TABLE calendar_day (
  day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
  kind TEXT NOT NULL CHECK (kind IN ('year', 'rest', 'makeup')),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  PRIMARY KEY (day, kind));

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

CREATE TABLE claim_code (
  matter_id BIGINT PRIMARY KEY NOT NULL REFERENCES matter (id),
  hash TEXT NOT NULL CHECK (length(hash) BETWEEN 40 AND 200),
  issued_on BIGINT NOT NULL CHECK (issued_on BETWEEN 0 AND 100000),
  failures BIGINT NOT NULL CHECK (failures BETWEEN 0 AND 1000000),
  locked_until BIGINT NOT NULL CHECK (locked_until BETWEEN 0 AND 9000000000000000),
  rating TEXT CHECK (rating IN ('satisfied', 'not-satisfied')),
  rated_on BIGINT CHECK (rated_on BETWEEN 0 AND 100000),
  CHECK ((rating IS NULL) = (rated_on IS NULL)));

CREATE TABLE column_map (
  group_id TEXT PRIMARY KEY NOT NULL REFERENCES chat_group (id),
  map TEXT NOT NULL CHECK (length(map) BETWEEN 1 AND 4000));

CREATE TABLE credential (
  staff_id BIGINT PRIMARY KEY NOT NULL REFERENCES staff (id),
  hash TEXT NOT NULL CHECK (length(hash) BETWEEN 40 AND 200),
  set_on BIGINT NOT NULL CHECK (set_on BETWEEN 0 AND 100000),
  must_change BIGINT NOT NULL CHECK (must_change IN (0, 1)),
  failures BIGINT NOT NULL CHECK (failures BETWEEN 0 AND 1000000),
  locked_until BIGINT NOT NULL CHECK (locked_until BETWEEN 0 AND 9000000000000000));

CREATE TABLE data_key (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  purpose TEXT NOT NULL CHECK (purpose IN ('flag', 'case')),
  wrapped BLOB CHECK (length(wrapped) BETWEEN 32 AND 200),
  destroyed_on BIGINT CHECK (destroyed_on BETWEEN 0 AND 100000),
  CHECK ((wrapped IS NULL) = (destroyed_on IS NOT NULL)));

CREATE TABLE desk_session (
  digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  opened BIGINT NOT NULL CHECK (opened BETWEEN 0 AND 9000000000000000),
  seen BIGINT NOT NULL CHECK (seen >= opened));

CREATE TABLE duty_record (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  kind TEXT NOT NULL CHECK (kind IN ('assessment', 'legal-basis', 'processor', 'training', 'incident-plan',
    'compliance-audit', 'incident')),
  reference TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
  made_on BIGINT NOT NULL CHECK (made_on BETWEEN 0 AND 100000),
  recorded_by BIGINT NOT NULL CHECK (recorded_by BETWEEN 0 AND 9000000000000000),
  audit_seq BIGINT NOT NULL UNIQUE CHECK (audit_seq BETWEEN 1 AND 9000000000000000));

CREATE TABLE duty_roster (
  unit_id BIGINT NOT NULL REFERENCES unit (id),
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  first_day BIGINT NOT NULL CHECK (first_day BETWEEN 0 AND 100000),
  last_day BIGINT NOT NULL CHECK (last_day BETWEEN first_day AND 100000),
  PRIMARY KEY (unit_id, first_day, staff_id));

CREATE TABLE "export_log" (
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
  payload BLOB,
  data_key_id BIGINT NOT NULL REFERENCES data_key (id),
  lexicon_version TEXT NOT NULL CHECK (length(lexicon_version) <= 128),
  gazetteer_version TEXT NOT NULL CHECK (length(gazetteer_version) <= 128),
  state TEXT NOT NULL CHECK (state IN
    ('new', 'claimed', 'confirmed', 'joined', 'dismissed', 'forwarded_up', 'expired')),
  reason TEXT CHECK (length(reason) BETWEEN 1 AND 40),
  expires_on BIGINT NOT NULL CHECK (expires_on BETWEEN 0 AND 200000),
  version BIGINT NOT NULL CHECK (version BETWEEN 1 AND 9000000000000000), tier TEXT CHECK (tier IN ('A', 'B', 'C', 'D', 'Q')), bundled BIGINT NOT NULL DEFAULT 1 CHECK (bundled BETWEEN 1 AND 10000), seal BLOB CHECK (length(seal) = 32),
  CHECK (payload IS NOT NULL OR state NOT IN ('new', 'claimed')),
  CHECK (payload IS NULL OR state NOT IN ('dismissed', 'forwarded_up', 'expired')),
  CHECK (group_id IS NOT NULL OR payload IS NULL));

CREATE TABLE flag_correction (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  flag_id BIGINT NOT NULL REFERENCES flag (id),
  from_code TEXT CHECK (length(from_code) = 12),
  to_code TEXT NOT NULL CHECK (length(to_code) = 12),
  alias_id BIGINT REFERENCES taught_alias (id),
  corrected_by TEXT NOT NULL CHECK (length(corrected_by) BETWEEN 1 AND 100),
  corrected_on TEXT NOT NULL CHECK (length(corrected_on) = 10));

CREATE TABLE flag_desk (
  flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
  claimed_by BIGINT REFERENCES staff (id),
  claimed_until BIGINT,
  dismissal_by BIGINT REFERENCES staff (id),
  dismissal_reason TEXT CHECK (length(dismissal_reason) BETWEEN 1 AND 40),
  escalated_on BIGINT CHECK (escalated_on BETWEEN 0 AND 100000), extended_on BIGINT CHECK (extended_on BETWEEN 0 AND 100000),
  CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
  CHECK ((dismissal_by IS NULL) = (dismissal_reason IS NULL)));

CREATE TABLE flag_message (
  digest BIGINT PRIMARY KEY NOT NULL,
  flag_id BIGINT NOT NULL REFERENCES flag (id));

CREATE TABLE flag_reading (
  flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
  version_id BIGINT NOT NULL REFERENCES lexicon_version (id));

CREATE TABLE group_home (
  group_id TEXT NOT NULL REFERENCES chat_group (id),
  valid_from TEXT NOT NULL CHECK (length(valid_from) IN (0, 10)),
  valid_to TEXT CHECK (length(valid_to) = 10),
  place_code TEXT NOT NULL CHECK (length(place_code) = 12),
  confirmed_by TEXT NOT NULL CHECK (length(confirmed_by) <= 100),
  PRIMARY KEY (group_id, valid_from));

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

CREATE TABLE lexicon_file (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  content BLOB NOT NULL);

CREATE TABLE lexicon_use (
  ordinal BIGINT PRIMARY KEY NOT NULL CHECK (ordinal BETWEEN 1 AND 9000000000000000),
  version_id BIGINT NOT NULL REFERENCES lexicon_version (id),
  used_by BIGINT NOT NULL REFERENCES staff (id),
  used_at BIGINT NOT NULL CHECK (used_at BETWEEN 0 AND 9000000000000000),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 400));

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
  version BIGINT NOT NULL CHECK (version BETWEEN 1 AND 9000000000000000), queue_on BIGINT NOT NULL DEFAULT 0 CHECK (queue_on BETWEEN -1000 AND 100000), seal BLOB CHECK (length(seal) = 32),
  CHECK ((is_open = 1) = (ended_on IS NULL)),
  CHECK (track <> 'misconduct' OR petition = 'accusation'));

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

CREATE TABLE matter_flag (
  flag_id BIGINT PRIMARY KEY NOT NULL REFERENCES flag (id),
  matter_id BIGINT NOT NULL REFERENCES matter (id));

CREATE TABLE matter_key (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('file', 'original')),
  wrapped BLOB CHECK (length(wrapped) BETWEEN 32 AND 200),
  destroyed_on BIGINT CHECK (destroyed_on BETWEEN 0 AND 100000),
  UNIQUE (matter_id, purpose),
  CHECK ((wrapped IS NULL) = (destroyed_on IS NOT NULL)));

CREATE TABLE matter_link (
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  other_id BIGINT NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL CHECK (kind IN ('merged_into', 'related', 'repeat_of', 'split_from')),
  PRIMARY KEY (matter_id, other_id, kind),
  CHECK (matter_id <> other_id));

CREATE TABLE matter_number (
  county TEXT NOT NULL CHECK (length(county) = 6),
  year BIGINT NOT NULL CHECK (year BETWEEN 1970 AND 2200),
  letter TEXT NOT NULL CHECK (letter IN ('A', 'B', 'C')),
  ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 1 AND 100000000),
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  PRIMARY KEY (county, year, letter, ordinal));

CREATE TABLE matter_origin (
  digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
  matter_id BIGINT NOT NULL REFERENCES matter (id));

CREATE TABLE matter_outcome (
  matter_id BIGINT PRIMARY KEY NOT NULL REFERENCES matter (id),
  problem TEXT NOT NULL CHECK (problem IN ('duty', 'conduct', 'corruption', 'none')),
  measure TEXT NOT NULL CHECK (measure IN ('none', 'talk', 'criticism', 'organisational', 'warning',
    'serious-warning', 'removal', 'probation', 'expulsion', 'transferred', 'teaching')),
  officials BIGINT NOT NULL CHECK (officials BETWEEN 0 AND 10000),
  returned BIGINT NOT NULL CHECK (returned BETWEEN 0 AND 1000000000000),
  has_gap BIGINT NOT NULL CHECK (has_gap IN (0, 1)));

CREATE TABLE matter_text (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  event_ordinal BIGINT NOT NULL CHECK (event_ordinal BETWEEN 1 AND 1000000),
  kind TEXT NOT NULL CHECK (kind IN ('original', 'summary', 'note', 'reply', 'paper')),
  key_id BIGINT NOT NULL REFERENCES matter_key (id),
  payload BLOB,
  CHECK (payload IS NULL OR length(payload) >= 32));

CREATE TABLE meta (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL);

CREATE TABLE official (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id BETWEEN 1 AND 9000000000000000),
  unit_id BIGINT NOT NULL REFERENCES unit (id),
  post TEXT NOT NULL CHECK (length(post) BETWEEN 1 AND 100),
  managed_rank BIGINT NOT NULL CHECK (managed_rank BETWEEN 2 AND 5));

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

CREATE TABLE place_code (
  code TEXT NOT NULL CHECK (length(code) = 12),
  scheme TEXT NOT NULL CHECK (scheme IN ('nbs', 'mca', 'local')),
  other TEXT NOT NULL CHECK (length(other) BETWEEN 1 AND 40),
  PRIMARY KEY (code, scheme, other));

CREATE TABLE place_entity (
  code TEXT NOT NULL CHECK (length(code) = 12),
  valid_from TEXT NOT NULL CHECK (length(valid_from) IN (0, 10)),
  entity BIGINT NOT NULL CHECK (entity BETWEEN 1 AND 9000000000000000),
  scheme TEXT NOT NULL CHECK (scheme IN ('nbs', 'mca', 'local')),
  PRIMARY KEY (code, valid_from));

CREATE TABLE saved_filter (
  staff_id BIGINT PRIMARY KEY NOT NULL REFERENCES staff (id),
  payload BLOB NOT NULL CHECK (length(payload) BETWEEN 29 AND 8192));

CREATE TABLE schema_migration (
  ordinal BIGINT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL UNIQUE);

CREATE TABLE seen_digest (
  group_id TEXT NOT NULL REFERENCES chat_group (id),
  day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 100000),
  digests BLOB NOT NULL CHECK (length(digests) % 8 = 0),
  PRIMARY KEY (group_id, day));

CREATE TABLE snooze (
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  matter_id BIGINT NOT NULL REFERENCES matter (id),
  until_day BIGINT NOT NULL CHECK (until_day BETWEEN 0 AND 100000),
  PRIMARY KEY (staff_id, matter_id));

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

CREATE TABLE succession (
  from_code TEXT NOT NULL CHECK (length(from_code) = 12),
  to_code TEXT NOT NULL CHECK (length(to_code) = 12),
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'recode', 'reparent', 'conversion')),
  PRIMARY KEY (from_code, to_code));

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

CREATE TABLE upward_duty (
  kind TEXT NOT NULL CHECK (kind IN ('case', 'flag')),
  object_id BIGINT NOT NULL CHECK (object_id BETWEEN 1 AND 9000000000000000),
  seen_on BIGINT NOT NULL CHECK (seen_on BETWEEN 0 AND 100000),
  PRIMARY KEY (kind, object_id));

CREATE INDEX accused_unit ON accused (unit_id, matter_id);

CREATE INDEX api_token_staff ON api_token (staff_id);

CREATE INDEX assignment_matter ON assignment (matter_id, staff_id, id);

CREATE INDEX assignment_staff ON assignment (staff_id, matter_id);

CREATE INDEX audit_log_actor ON audit_log (actor, seq);

CREATE INDEX audit_log_object ON audit_log (object_kind, object_id, seq);

CREATE INDEX batch_group_group ON batch_group (group_id, batch_id);

CREATE INDEX desk_session_staff ON desk_session (staff_id);

CREATE INDEX flag_age ON flag (state, day, id);

CREATE INDEX flag_correction_flag ON flag_correction (flag_id);

CREATE UNIQUE INDEX flag_data_key ON flag (data_key_id);

CREATE INDEX flag_message_flag ON flag_message (flag_id, digest);

CREATE INDEX flag_queue ON flag (state, severity DESC, day, id);

CREATE INDEX flag_village ON flag (village_code, state);

CREATE INDEX flag_waiting ON flag ((expires_on - 7 * severity), id) WHERE (state || '') IN ('new', 'claimed');

CREATE INDEX hold_matter ON hold (matter_id, id);

CREATE INDEX matter_assist_unit ON matter_assist (unit_id, matter_id);

CREATE INDEX matter_changed ON matter (audit_seq);

CREATE INDEX matter_due ON matter (is_open, due_on, id);

CREATE INDEX matter_flag_matter ON matter_flag (matter_id, flag_id);

CREATE INDEX matter_line ON matter (is_open DESC, queue_on, id);

CREATE INDEX matter_link_other ON matter_link (other_id);

CREATE INDEX matter_number_matter ON matter_number (matter_id, county, year, letter, ordinal);

CREATE INDEX matter_place ON matter (area_code, topic);

CREATE INDEX matter_place_open ON matter (area_code, topic) WHERE is_open = 1;

CREATE INDEX matter_recurring ON matter (is_open DESC, queue_on, id) WHERE recurrence > 0;

CREATE INDEX matter_report_line ON matter (is_open DESC, queue_on, id) WHERE track = 'misconduct';

CREATE INDEX matter_state ON matter (state, received_on, id);

CREATE INDEX matter_text_matter ON matter_text (matter_id, kind, id);

CREATE INDEX matter_town_due ON matter (substr(area_code, 1, 9), is_open, due_on, id);

CREATE INDEX matter_town_line ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id);

CREATE INDEX matter_town_recurring ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id)
  WHERE recurrence > 0;

CREATE INDEX matter_town_state ON matter (substr(area_code, 1, 9), state, received_on, id);

CREATE INDEX matter_town_watched ON matter (substr(area_code, 1, 9), is_open DESC, queue_on, id)
  WHERE supervision > 0;

CREATE INDEX matter_unit_due ON matter (unit_id, is_open, due_on, id);

CREATE INDEX matter_unit_line ON matter (unit_id, is_open DESC, queue_on, id);

CREATE INDEX matter_unit_recurring ON matter (unit_id, is_open DESC, queue_on, id) WHERE recurrence > 0;

CREATE INDEX matter_unit_state ON matter (unit_id, state, received_on, id);

CREATE INDEX matter_unit_watched ON matter (unit_id, is_open DESC, queue_on, id) WHERE supervision > 0;

CREATE INDEX matter_watched ON matter (is_open DESC, queue_on, id) WHERE supervision > 0;

CREATE INDEX place_entity_entity ON place_entity (entity);

CREATE INDEX staff_tie_staff ON staff_tie (staff_id);

CREATE INDEX subject_request_matter ON subject_request (matter_id);

CREATE INDEX unit_area ON unit (area_code);
