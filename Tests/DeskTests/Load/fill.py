"""A million cases in a store that is there: rows as the desk would have left them, their words and history apart.

The queue, its counts and the wall read what is filled in here: cases, the accused of reports, who has them in hand. The seals are
no real ones, so such a folder is for measuring only.
"""
import sqlite3


def fill(path, count, people):
    """`people`: numbers of those to whom the reports are given in turn."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    first = base.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM matter").fetchone()[0]
    hand = base.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM assignment").fetchone()[0]
    units = [row[0] for row in base.execute("SELECT id FROM unit WHERE kind IN ('county_dept', 'township_gov', 'village') ORDER BY id")]
    unit = f"CASE s % {len(units)} " + " ".join(f"WHEN {at} THEN {number}" for at, number in enumerate(units)) + " END"
    base.execute("CREATE TEMP TABLE area (at INTEGER PRIMARY KEY, code TEXT)")
    base.executemany("INSERT INTO area VALUES (?, ?)", enumerate(
        row[0] for row in base.execute("SELECT DISTINCT code FROM place WHERE level = 'village' ORDER BY code").fetchall()))
    areas = base.execute("SELECT COUNT(*) FROM area").fetchone()[0]
    base.execute("CREATE TEMP TABLE one (i INTEGER PRIMARY KEY, s INTEGER, o INTEGER)")
    # A fixed scatter, the same in every run.
    base.executemany(
        "INSERT INTO one VALUES (?, ?, ?)",
        ((i, (i * 2654435761) % 4294967296 >> 3, ((i * 40503 + 7) * 69069) % 1000003) for i in range(count)))
    topics = "CASE s % 8 " + " ".join(
        f"WHEN {at} THEN '{name}'" for at, name in enumerate(
            ("water", "roads", "lighting", "sanitation", "drainage", "subsidies", "disclosure", "electricity"))) + " END"
    # One in thirty is a report of misconduct, one in five is open.
    base.execute(
        f"""
        INSERT INTO matter (id, number, alias, track, topic, petition, severity, area_code, source, state, is_open, unit_id,
          received_on, supervision, recurrence, is_repeat, is_sensitive, retaliation, due_on, ended_on, audit_seq, version,
          queue_on, seal)
        SELECT id, number, 'x', CASE WHEN report THEN 'misconduct' ELSE 'grievance' END,
          CASE WHEN report THEN 'embezzlement' ELSE {topics} END, CASE WHEN report THEN 'accusation' ELSE 'appeal' END, severity,
          (SELECT code FROM area WHERE at = s % {areas}), 'chat', state, open,
          CASE WHEN report THEN NULL ELSE {unit} END, day, s % 40 = 0, s % 50 = 0, 0, 0, 0,
          CASE WHEN open AND state <> 'replied' THEN day + 7 END, CASE WHEN NOT open THEN day + 6 END, 1, 3,
          day - 10 * severity - 5 * (s % 50 = 0), zeroblob(32)
        FROM (SELECT i + {first} AS id, s, i % 30 = 7 AS report, o % 5 = 0 AS open,
            printf('990001-%d-%s-%06d', 2015 + i / 100000, CASE WHEN i % 30 = 7 THEN 'B' ELSE 'A' END, i % 100000) AS number,
            CASE WHEN s % 17 = 0 THEN 2 WHEN s % 3 = 0 THEN 0 ELSE 1 END AS severity,
            CASE WHEN o % 5 <> 0 THEN 'closed' WHEN i % 30 = 7 THEN 'assigned' WHEN o % 2 = 0 THEN 'in_progress'
              ELSE 'replied' END AS state,
            CAST(strftime('%s', 'now') AS INTEGER) / 86400 - 1 - s % 400 AS day
          FROM one)
        """)
    base.execute(f"INSERT INTO accused (matter_id, unit_id) SELECT i + {first}, {unit} FROM one WHERE i % 30 = 7")
    who = f"CASE i % {len(people)} " + " ".join(f"WHEN {at} THEN {person}" for at, person in enumerate(people)) + " END"
    base.execute(
        f"INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on) "
        f"SELECT i + {hand}, i + {first}, {who}, 1, 20000 FROM one WHERE i % 30 = 7")
    base.commit()
    base.close()
