"""The queue's first page as a minimal Flask + sqlite3 application would show it: the yardstick of load.sh.

It signs nobody in, computes no wall, decrypts nothing and writes no audit row: the comparison favours it.
"""
import sqlite3
import sys

from flask import Flask, g, render_template_string

PAGE = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>待办</title><h1>待审 {{ total }}</h1>
<ol>{% for row in rows %}<li><a href="/flags/{{ row[0] }}">{{ row[4] }}</a>
<p>{{ row[1] }} · {{ row[2] }} · {{ row[3] }} · 未核实</p></li>{% endfor %}</ol></html>"""


def application(path, count):
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE IF NOT EXISTS flag (id INTEGER PRIMARY KEY, topic TEXT, severity INTEGER, day INTEGER, words TEXT)")
    if not base.execute("SELECT 1 FROM flag LIMIT 1").fetchone():
        base.executemany(
            "INSERT INTO flag (topic, severity, day, words) VALUES (?, ?, ?, ?)",
            ((("water", "roads", "lighting")[n % 3], n % 3, 20000 + n % 400, f"第{n}处水管坏了没有人来修，请尽快处理") for n in range(count)))
        base.execute("CREATE INDEX flag_order ON flag (severity DESC, day, id)")
    base.commit()
    base.close()
    app = Flask(__name__)

    @app.get("/queue")
    def queue():
        if "base" not in g:
            g.base = sqlite3.connect(path)
        rows = g.base.execute("SELECT id, topic, severity, day, words FROM flag ORDER BY severity DESC, day, id LIMIT 30").fetchall()
        total = g.base.execute("SELECT COUNT(*) FROM (SELECT 1 FROM flag LIMIT 1000)").fetchone()[0]
        return render_template_string(PAGE, rows=rows, total=total)

    return app


if __name__ == "__main__":
    application(sys.argv[1], int(sys.argv[3])).run(port=int(sys.argv[2]), threaded=True)
