#!/usr/bin/env python3
"""Makes the demo county: four weeks of exports of invented groups, and the list of what is to be found in them.

    python3 make.py [--out DIR]

Equal bytes on every run: the seed is fixed, no clock is read, and only the standard library is used.
"""

import argparse
import base64
import collections
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True
import chatter  # noqa: E402
import complaints  # noqa: E402
import formats  # noqa: E402
import places  # noqa: E402
from talk import Group, Message, complaint, fill, forward, ordinary, rng  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = 86400
START = 1771776000  # Monday 2026-02-23, 00:00 in Beijing
WEEKS = ["2026-W09", "2026-W10", "2026-W11", "2026-W12"]
assert formats.clock(START) == "2026-02-23 00:00:00"


def plan(groups):
    """Gives every sentence to be found a group and a day."""
    weights = [g.weekly for g in groups]
    by_key = {g.key: g for g in groups}
    tables = {
        "grievance": complaints.GRIEVANCES, "misconduct": complaints.MISCONDUCT,
        "suggestion": {"suggestion": complaints.SUGGESTIONS},
    }
    for track, table in tables.items():
        for topic, entries in table.items():
            for entry in entries:
                options = entry if isinstance(entry, dict) else {"text": entry}
                text = "".join(options["text"])
                uses = options.get("uses", 2 if "{" in text or (track == "suggestion" and len(text) < 19) else 1)
                chosen = []
                while len(chosen) < uses:
                    group = by_key[options["group"]] if "group" in options else rng.choices(groups, weights)[0]
                    if group not in chosen:
                        chosen.append(group)
                for group in chosen:
                    day = rng.randrange(28)
                    group.gold[day].append(complaint(group, entry, track, topic))
                    if options.get("twice") == "later":
                        another = min(27, day + rng.randint(1, 5)) if day < 27 else 20
                        group.gold[another].append(complaint(group, {"text": options["text"]}, track, topic))


def speak(group):
    """Fills the four weeks of a group."""
    hostile = list(enumerate(chatter.HOSTILE)) if group.key == "longji" else []
    for day in range(28):
        episodes = list(group.gold[day])
        target = group.weekly / 7 * rng.uniform(0.64, 1.1)
        if group.key in ("longji", "shuiche", "xinqiao2", "fengshu2"):
            trader = group.residents[5]
            episodes.append([Message(trader, fill(rng.choice(chatter.PRICES), group, {}))])
        for _, text in [h for h in hostile if 7 + h[0] == day]:
            episodes.append([Message(group.residents[7], text)])
        if group.key in ("luoma", "shuiche") and 8 <= day <= 13:
            for text in [chatter.HOSTILE[i] for i in (2, 3, 4, 6, 9, 14)][day - 8 : day - 7]:
                episodes.append([Message(group.residents[7], text)])
        if day == 10 and group.tool != "robot":
            episodes.append(forward(group))
        if group.key == "shuiche" and day == 15:
            episodes.append([Message(group.residents[7], chatter.HOSTILE[8])])
        while sum(map(len, episodes)) < target:
            episodes.append(ordinary(group))
        rng.shuffle(episodes)
        starts = sorted(rng.randint(6 * 3600, 21 * 3600) for _ in episodes)
        last = 0
        for start, episode in zip(starts, episodes):
            # Over two minutes apart even when cut to minutes, so that no two episodes join into one utterance.
            at = max(start, last + rng.randint(200, 420))
            for index, message in enumerate(episode):
                at += message.gap if index else 0
                message.time = START + day * DAY + at
                if message.items:
                    message.items = [(who, message.time - 60 * before, said) for who, before, said in message.items]
                group.said.append(message)
            last = at
        assert last < DAY, (group.key, day)
    platform = {"dingtalk": "ding", "wecom": "wecom"}.get(group.platform, "wechat")
    if platform == "ding":  # DingTalk's tools give no lines of the app
        group.said = [m for m in group.said if m.speaker]
    if platform == "wecom":
        group.said = [m for m in group.said if m.speaker and (m.kind != "system")]
    for number, m in enumerate(group.said):
        m.key = "%s/%d" % (group.key, number)
        if platform == "ding":
            m.id = "msg" + base64.b64encode(rng.randbytes(16)).decode()
        elif platform == "wecom":
            m.id = "%d_%d_external" % (rng.randrange(10**18, 9 * 10**18), m.time * 1000)
        else:
            m.id = str(rng.randrange(7 * 10**17, 9 * 10**18))  # 18 or 19 digits
    if group.key == "luoma":
        lines_of_one_minute(group)


def lines_of_one_minute(group):
    """Moves a repeated sentence to the start of a minute, so that a format of minutes has equal lines in it."""
    for i, m in enumerate(group.said[:-3]):
        if m.gold and m.text == group.said[i + 2].text:
            base = m.time - m.time % 60
            for j in range(4):
                group.said[i + j].time = base + 5 + 10 * j


def between(group, first, last):
    """What was said from one instant up to another."""
    return [m for m in group.said if first <= m.time < last]


def put(root, week, name, data):
    """Writes one file; text becomes UTF-8."""
    path = os.path.join(root, "exports", week, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


def export(root, group, number, lines):
    """Writes a group's files of one week."""
    week, monday = WEEKS[number], START + number * 7 * DAY
    first, last = max(START, monday - group.overlap * DAY), monday + 7 * DAY
    said, exported = between(group, first, last), last + 9 * 3600
    days = "%s-%s" % (formats.clock(first, "%Y%m%d"), formats.clock(last - 1, "%Y%m%d"))
    dashed = "%s_%s" % (formats.clock(first, "%Y-%m-%d"), formats.clock(last - 1, "%Y-%m-%d"))
    name, text = "", ""
    if group.tool == "weflow":
        name, text = "%s_%s.json" % (group.name, days), formats.weflow(group, said, exported)
        if group.key == "longji" and number == 1:  # a message of 1970
            zero = '"createTime": 0,\n      "formattedTime": "1970-01-01 08:00:00"'
            text = re.sub(r'"createTime": \d+,\n      "formattedTime": "[^"]*"', zero, text, count=1)
    elif group.tool == "chatlab":
        name, text = "%s_%s.json" % (group.name, days), formats.chatlab(group, said, exported)
    elif group.tool == "jsonl":
        name, text = "%s_%s.jsonl" % (group.name, days), formats.jsonl(group, said, exported, broken=number == 2)
    elif group.tool == "jsonl-string":
        name, text = "%s_%s.jsonl" % (group.name, days), formats.jsonl(group, said, exported, "CipherTalk", True)
    elif group.tool == "chatlog":
        name, text = "%s_%s.json" % (group.id, dashed), formats.chatlog(group, said, exported)
    elif group.tool == "csv":
        name, text = "%s_%s.csv" % (group.id, dashed), formats.csv(group, said, exported)
    elif group.tool == "csv-bom":  # saved again by a spreadsheet
        name, text = "%s_%s.csv" % (group.id, dashed), "\ufeff" + formats.csv(group, said, exported).replace("\n", "\r\n")
    elif group.tool == "dws":
        name, text = "%s-%s.json" % (group.name, days), formats.dws(group, said, exported, whole=number < 3)
    elif group.tool == "dws-raw":
        name, text = "%s-%s.json" % (group.name, days), formats.dws_raw(group, said, exported)
    elif group.tool == "robot":
        name, text = "robot-%s-%s.jsonl" % (group.village_name, days), formats.robot(group, said, exported)
    elif group.tool == "wecom":
        name, text = "%s_%s.jsonl" % (group.id, days), formats.wecom(group, said, exported)
    if name:
        put(root, week, name, text)
        lines[group.tool] += len(said)
    if group.tool == "mail" or (group.key == "liuya" and number == 2):
        mails(root, group, number, first, lines)


def mails(root, group, number, first, lines):
    """A week in three mails that overlap, as the phone sends at most about a hundred messages."""
    week, monday = WEEKS[number], START + number * 7 * DAY
    spans = [(first, monday + 3 * DAY), (monday + 2 * DAY, monday + 5 * DAY), (monday + 4 * DAY, monday + 7 * DAY)]
    for part, (begin, end) in enumerate(spans):
        said = between(group, begin, end)
        name = group.former if group.key == "luoma" and number == 0 else group.name
        text = formats.mail(group, said, 0, name=name, modern=(number + part) % 3 == 2)
        data = text.encode()
        if group.key == "lihua" and (number, part) == (1, 1):
            data = text.replace("\n", "\r\n").encode("gb18030")
        if group.key == "lihua" and (number, part) == (2, 0):
            data = b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")
        put(root, week, "%s聊天记录%s-%s.txt" % (group.name, formats.clock(begin, "%m%d"), formats.clock(end - 1, "%m%d")), data)
        lines["mail"] += sum(1 for m in said if m.speaker)


def oddities(root, group):
    """Files that are no exports, or not whole ones."""
    whole = formats.weflow(group, between(group, START + 7 * DAY, START + 9 * DAY), START + 14 * DAY)
    cut = whole[: int(len(whole) * 0.8)].rsplit('"content"', 1)[0] + '"content": "明天'
    put(root, WEEKS[1], "%s_20260302-20260308_2.json" % group.name, cut)
    png = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    put(root, WEEKS[2], "公示照片_20260311.json", png)
    put(root, WEEKS[3], "空文件_20260316-20260322.json", b"")
    put(root, WEEKS[3], "MSG0.db", b"SQLite format 3\0" + bytes.fromhex("1000010100402020000000010000000100000000") + bytes(4060))
    put(root, WEEKS[3], "README.txt", "这个文件夹里放的是第十二周各村监督群的导出记录。\n导出人：各村报账员。有缺的下周补。\n联系电话：15500000000\n")


def table(root, name, header, rows):
    """Writes a CSV table."""
    with open(os.path.join(root, name), "w", encoding="utf-8", newline="\n") as file:
        for row in [header] + rows:
            file.write(",".join(formats.quoted_cell(cell) for cell in row) + "\n")


def main():
    """Makes everything and prints the counts."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--out", default=HERE, help="the folder to write to (default: beside this file)")
    root = options.parse_args().out
    os.makedirs(root, exist_ok=True)
    shutil.rmtree(os.path.join(root, "exports"), ignore_errors=True)
    groups = [Group(row) for row in places.GROUPS]
    stranger = Group(places.UNREGISTERED)
    plan(groups)
    stranger.gold[9].append(complaint(stranger, "广场的灯全坏了，跳舞都看不见人", "grievance", "lighting"))
    lines = collections.Counter()
    for group in groups + [stranger]:
        speak(group)
        for number in range(4):
            export(root, group, number, lines)
    oddities(root, next(g for g in groups if g.key == "longji"))

    columns = "code,name,level,parent,aliases,valid_from,valid_to,successor".split(",")
    table(root, "villages.csv", columns, [list(row) for row in places.VILLAGES])
    columns = "id,name,platform,village,notice_posted_on,former_names".split(",")
    table(root, "groups.csv", columns, [[g.id, g.name, g.platform, g.village, g.notice, g.former] for g in groups])
    gold = [{**m.gold, "day": formats.clock(m.time, "%Y-%m-%d")} for g in groups for m in g.said if m.gold]
    gold.sort(key=lambda row: (row["day"], row["group"], row["text"]))
    with open(os.path.join(root, "gold.jsonl"), "w", encoding="utf-8", newline="\n") as file:
        for row in gold:
            file.write(formats.dumps({key: row[key] for key in ("group", "day", "text", "track", "topic", "village")}) + "\n")
    report(root, groups, stranger, lines, gold)


def report(root, groups, stranger, lines, gold):
    """Prints the counts, and puts them into the README beside this file."""
    everything = [m for g in groups for m in g.said]
    kinds = collections.Counter(m.kind for m in everything)
    tracks = collections.Counter(row["track"] for row in gold)
    files = [os.path.join(d, f) for d, _, names in os.walk(os.path.join(root, "exports")) for f in names]
    rows = [("groups registered", len(groups)),
            ("villages valid today", sum(1 for v in places.VILLAGES if v[2] == "village" and not v[6])),
            ("files", len(files)), ("bytes of exports", sum(map(os.path.getsize, files))),
            ("distinct messages of registered groups", len(everything)), ("messages of the unregistered group", len(stranger.said)),
            ("message records in the files, overlaps and the unregistered group included", sum(lines.values()))]
    rows += [("in files: " + tool, count) for tool, count in sorted(lines.items())]
    rows += [("of kind " + kind, count) for kind, count in sorted(kinds.items())]
    rows += [("to be found: " + track, tracks[track]) for track in ("grievance", "misconduct", "suggestion")]
    rows += [("topics among them", len({row["topic"] for row in gold}))]
    text = "| what | count |\n| --- | ---: |\n" + "".join("| %s | %d |\n" % row for row in rows)
    print(text, end="")
    path = os.path.join(HERE, "README.md")
    if os.path.samefile(root, HERE) and os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            readme = file.read()
        readme = re.sub(r"(<!-- counts -->\n).*(<!-- end -->)", lambda m: m.group(1) + text + m.group(2), readme, flags=re.S)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(readme)


if __name__ == "__main__":
    main()
