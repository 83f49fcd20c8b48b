#!/usr/bin/env python3
"""Reads a large file of each format: Minsheng beside `wc -l` and Python's json, csv or line loop, in one run.

    Benchmarks/formats.py [--binary .build/release/minsheng] [--megabytes 200] [--keep DIR] [name ...]

The files are made of the readers' fixtures: of ten messages nine are plain words of the length that people write (29
characters on average, from `generate.py`), in records like the fixture's own; the tenth is one of the fixture's, pictures,
quotes, forwards and notices in turn. Equal arguments give equal files. What a fixture holds on purpose that cannot be read
is left out.

All figures are megabytes a CPU second of one core, each process with its start; `resident` is the most memory that
Minsheng held. Python reads JSON with its json module, tables with csv, and texts line by line with one regular expression
for the lines that begin a message. A file of which not every message was read is marked.
"""
import argparse
import base64
import html
import json
import os
import pathlib
import quopri
import random
import re
import resource
import subprocess
import sys
import tempfile

import generate

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/ChatExportsTests/Fixtures"
PLAIN = 9  # plain messages for each one of the fixture's
MAPS = {"pattern.txt": ["--map", "line=@@ {sender} @@ {time}"],
        "table.csv": ["--map", "date=日期,time=时间,sender=姓名,text=消息内容,kind=消息类型"]}
# The words of plain messages in pages, which `read` shows otherwise.
OF_PAGES = ["喇叭坏了<br>没人修 &amp; 没人管", "8:00停水 &amp; 没人管<br>见 <i>公告</i> 8:30<br>"]
BLOCK = 2 << 20  # so much is made, and then repeated


def sentences(count):
    """Small talk as `generate.py` writes it."""
    rng = random.Random(1)
    talk, tails = (generate.compiled(frames, generate.SMALL) for frames in (generate.TALK, generate.TAILS))

    def one(frames):
        form, lists = rng.choice(frames)
        return form % tuple(rng.choice(words) for words in lists)

    return [one(talk) + ("。" + one(talk) if rng.random() < 0.4 else "") + one(tails) for _ in range(count)]


WORDS = sentences(997)


def read(binary, path, *options):
    """The messages of a file as `read --json` prints them, and the lines of its rejects."""
    run = subprocess.run([binary, "read", "--json", "--day", "2026-06-01", *options, str(path)], capture_output=True, check=False)
    messages = [json.loads(line) for line in run.stdout.decode().splitlines()]
    return messages, {int(n) for n in re.findall(r"^[^\n]*?\.\w+[：:](\d+)", run.stderr.decode(), re.MULTILINE)}


def interleaved(records, plain, write):
    """A block of text: each record in turn, and after each so many plain ones with other words; its count of messages."""
    out, size, messages, turn = [], 0, 0, 0
    while size < BLOCK:
        text, count = records[turn % len(records)]
        pieces = [(write(text, None), count)]
        for step in range(PLAIN * count if plain else 0):
            number = turn * 31 + step
            record, old = plain[number % len(plain)]
            pieces.append((write(record, (old, WORDS[number % len(WORDS)])), 1))
        turn += 1
        for piece, found in pieces:
            out.append(piece)
            size += len(piece.encode("utf-8", "replace"))
            messages += found
    return out, messages


def inner(text):
    """The object that a text is when it is JSON itself; None for any other text."""
    try:
        value = json.loads(text) if text.startswith("{") else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def replaced(value, old, new):
    """The value with one string in it replaced, also where JSON stands as a text in JSON."""
    if isinstance(value, str):
        if value != old and old in value and (text := inner(value)) is not None:
            tight = None if '": ' in value else (",", ":")
            return json.dumps(replaced(text, old, new), ensure_ascii=False, separators=tight)
        return new if value == old else value
    if isinstance(value, dict):
        return {key: replaced(item, old, new) for key, item in value.items()}
    return [replaced(item, old, new) for item in value] if isinstance(value, list) else value


def strings(value):
    if isinstance(value, str):
        yield value
        if (text := inner(value)) is not None:
            yield from strings(text)
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def sorted_out(messages, rejects, records):
    """The records (by number) that give messages, with how many; and the plain ones, with their words."""
    good, plain = [], []
    for number, record in records:
        found = [m for m in messages if m["origin"]["line"] == number]
        if not found or number in rejects:
            continue
        good.append((record, len(found)))
        only = found[0]
        if len(found) == 1 and only["kind"] == "text" and only["quote"] is None:
            is_text = isinstance(record, str)
            written = [only["text"], html.escape(only["text"], quote=False)]
            words = next((s for s in (written if is_text else strings(record)) if s.strip() in written), "")
            if words and (not is_text or record.count(words) == 1):
                plain.append((record, words))
    return good, plain


def largest_list(value):
    """The list of the most objects in a document, or the messages of its first conversation, with what holds it."""
    if isinstance(value, dict) and isinstance(value.get("conversations"), list):
        return 0, value["conversations"][0], "messages"
    best = (0, None, None)
    stack = [(None, None, value)]
    while stack:
        holder, key, item = stack.pop()
        if isinstance(item, list):
            # Some hold their messages as texts.
            count = sum(isinstance(element, dict) or isinstance(element, str) and key == "messages" for element in item)
            if count > best[0]:
                best = (count, holder, key)
            if holder is not None and count:
                continue
            stack += [(item, index, element) for index, element in enumerate(item)]
        elif isinstance(item, dict):
            stack += [(item, name, element) for name, element in item.items()]
    return best


def lines_of(text, messages, rejects):
    """A text cut where its messages and rejects begin: what stands before the first, and the pieces with their line."""
    lines = text.splitlines(keepends=True)
    starts = sorted({m["origin"]["line"] for m in messages} | rejects)
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    return "".join(lines[:starts[0] - 1]), [(s, "".join(lines[s - 1:e])) for s, e in zip(starts, ends)]


class Maker:
    """Makes the files, each in a process of its own."""

    def __init__(self, binary, path, target, size):
        self.binary, self.path, self.target, self.size = binary, path, target, size

    def repeat(self, before, block, joint, after, encode=lambda text: text.encode("utf-8", "replace")):
        """Writes a block again and again; says how often."""
        block, joint = encode(block), encode(joint)
        count = max(1, self.size // (len(block) + len(joint)))
        with open(self.target, "wb") as out:
            out.write(encode(before) + block)
            for _ in range(count - 1):
                out.write(joint + block)
            out.write(encode(after))
        return count

    def make(self):
        """Writes the file; the kind of Python reader that fits it and the number of its messages."""
        text = self.path.read_bytes().decode("utf-8-sig", "replace")
        messages, rejects = read(self.binary, self.path, *MAPS.get(self.path.name, []))
        if self.path.suffix == ".jsonl":
            lines = list(enumerate(text.splitlines(), 1))
            good, plain = sorted_out(messages, rejects, [(n, json.loads(s)) for n, s in lines if n not in rejects and s.strip()[:1] == "{"])
            heads = [s for n, s in lines if s.strip()[:1] == "{" and n not in rejects and n < min(m["origin"]["line"] for m in messages)]
            block, count = interleaved(good, plain, lambda r, w: json.dumps(replaced(r, *w) if w else r, ensure_ascii=False))
            return "lines", count * self.repeat("".join(h + "\n" for h in heads), "\n".join(block) + "\n", "", "")
        if self.path.suffix == ".json":
            document = json.loads(text)
            _, holder, key = largest_list(document)
            records = document if holder is None else holder[key]
            good, plain = sorted_out(messages, rejects, list(enumerate(records, 1)))
            indent = 2 if "\n  " in text else None

            def written(record, words):
                return json.dumps(replaced(record, *words) if words else record, ensure_ascii=False, indent=indent)

            block, count = interleaved(good, plain, written)
            mark = "\u0001"
            if holder is not None:
                holder[key] = [mark]
            before, after = json.dumps([mark] if holder is None else document, ensure_ascii=False, indent=indent).split('"\\u0001"')
            joint = ",\n" if indent else ", "
            count *= self.repeat(before, joint.join(block), joint, after)
            # The messages of its other conversations come on top.
            return "json", None if isinstance(document, dict) and "conversations" in document else count
        if self.path.suffix in {".html", ".js"}:
            return self.page(text, messages, rejects)
        # What stands at the margin behind the messages of a YAML file says whose they are.
        end = re.search(r"\n(?=meta:|username:)", text).end() if self.path.suffix == ".yaml" else len(text)
        text, after = text[:end], text[end:]
        before, pieces = lines_of(text, messages, rejects)
        good, plain = sorted_out(messages, rejects, pieces)
        # A piece at the file's end may lack its line end and the blank line behind it.
        good, plain = ([(p.rstrip("\n") + "\n" * (1 + ("\n\n" in text)), x) for p, x in some] for some in (good, plain))
        if self.path.suffix == ".csv":
            good, plain = ([(p.rstrip("\n") + "\n", x) for p, x in some] for some in (good, plain))
        block, count = interleaved(good, plain, lambda p, w: w[1].join(p.rsplit(w[0], 1)) if w else p)
        return "csv" if self.path.suffix == ".csv" else "text", count * self.repeat(before, "".join(block), "", after)

    def page(self, text, messages, rejects):
        """A web page or a script: the messages between what stands before and behind them."""
        if self.path.suffix == ".js":
            start, end, joint = re.search(r"local_msg_list = \[|LOADED__\(\d+,\[", text).end(), text.rindex("]"), ","
            records = list(enumerate(json.loads("[" + text[start:end] + "]"), 1))
            good, plain = sorted_out(messages, rejects, records)

            def written(record, words):
                return json.dumps(replaced(record, *words) if words else record, ensure_ascii=False)
        else:
            if self.path.name.startswith("mail"):
                start, end, joint = text.index("<div><span style=\"font-size:17px\"><"), text.index("</body>"), ""
                pieces = re.split(r"(?=<div><span style=\"font-size:17px\"><)", text[start:end])[1:]
                good = plain = [(piece, 1) for piece in pieces]
            else:
                listed = re.search(r"(chatMessages|messagesData|WEFLOW_DATA) = \[\n", text)
                if listed:
                    start, end, joint, first = listed.end(), text.index("\n];"), "\n", 1
                    lines = [line.rstrip(",") + "," for line in text[start:end].split("\n")]
                else:
                    # An element a line: the messages are counted by the lines of the page.
                    start, end, joint = re.search(r"(?m)^<\w+ class=\"message ", text).start(), text.rindex("</p></"), "\n"
                    end, first = text.index("\n", end), text[:start].count("\n") + 1
                    lines = text[start:end].split("\n")
                good, plain = sorted_out(messages, rejects, list(enumerate(lines, first)))
            # Words as a page writes them.
            plain = [(p, words) for words in OF_PAGES for p, _ in good if words in p] or plain

            def written(record, words):
                return words[1].join(record.split(words[0])) if words else record
        block, count = interleaved(good, plain, written)
        return "text", count * self.repeat(text[:start], joint.join(block), joint, text[end:])


def mail(source, target, encoding):
    """The text of a file as the body of a mail."""
    words = pathlib.Path(source).read_bytes()
    head = "From: a@example.invalid\nSubject: export\nMIME-Version: 1.0\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: %s\n\n"
    charset = "gb18030" if encoding == "base64" else "utf-8"
    if charset != "utf-8":
        words = words.decode().encode(charset)
    body = base64.encodebytes(words) if encoding == "base64" else quopri.encodestring(words)
    pathlib.Path(target).write_bytes((head % (charset, encoding)).encode() + body)


PYTHON = {
    "json": "import json,sys\njson.load(open(sys.argv[1], encoding='utf-8'))",
    "lines": "import json,sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)",
    "csv": "import csv,sys\ncsv.field_size_limit(1<<30)\nfor row in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')): pass",
    "text": "import re,sys\nhead = re.compile(r'(\\d{4}-\\d\\d-\\d\\d )?\\d\\d?:\\d\\d(:\\d\\d)?')\n"
    "for line in open(sys.argv[1], encoding='utf-8', errors='replace'): head.search(line)",
    "mail": "import email,sys\nfrom email import policy\nm = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=policy.default)\nm.get_content()",
}


def measured(command):
    """Runs a command; its CPU seconds, the most memory it held in MB, and what it wrote."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out


def report(binary, name, file, kind, expected):
    """Measures one file and prints its line."""
    size = file.stat().st_size / 1e6
    ours, held, out = measured([binary, "read", "--explain", "--json", "--day", "2026-06-01", *MAPS.get(name, []), str(file)])
    if not out:
        print(f"{name:38} not read")
        return
    found = json.loads(out.splitlines()[0])
    lines, _, _ = measured(["wc", "-l", str(file)])
    python, _, _ = measured([sys.executable, "-c", PYTHON[kind], str(file)])
    mark = "" if expected in (None, found["messages"]) else f"  ONLY {found['messages']} OF {expected} MESSAGES"
    print(f"{name:38} {found['format']:22} {kind:5} {size:5.0f} {size / ours:9.0f} {size / max(lines, 1e-3):7.0f} "
          f"{size / max(python, 1e-3):7.0f} {python / ours:8.1f} {held:6.0f} MB{mark}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=str(ROOT / ".build/release/minsheng"))
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--keep", help="keeps the files in a folder, and measures nothing")
    parser.add_argument("--make", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.make:
        print(*Maker(options.binary, pathlib.Path(options.names[0]), options.make, options.megabytes << 20).make())
        return
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors; megabytes a CPU second")
    print(f"{'file':38} {'format':22} {'kind':5} {'MB':>5} {'minsheng':>9} {'wc -l':>7} {'python':>7} {'x python':>8} {'resident':>9}")
    mails = {"mail.txt in base64.eml": "base64", "mail.txt in quoted-printable.eml": "quoted-printable"}
    for name in [*(p.name for p in sorted(FIXTURES.iterdir()) if p.suffix in {".json", ".jsonl", ".csv", ".txt", ".html", ".js", ".md", ".yaml"}), *mails]:
        if options.names and name not in options.names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(options.keep or folder) / name
            path = FIXTURES / ("mail.txt" if name in mails else name)
            target = pathlib.Path(folder) / "mail.txt" if name in mails else file
            # In a process of its own: what a parent holds counts as its children's memory.
            made = subprocess.run(
                [sys.executable, __file__, "--binary", options.binary, "--make", str(target), "--megabytes", str(options.megabytes), str(path)],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
            if made.returncode:
                print(f"{name:38} left out: {made.stderr.splitlines()[-1]}")
                continue
            kind, expected = made.stdout.split()
            if name in mails:
                subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(pathlib.Path(__file__).resolve().parent)!r}); import formats; "
                                "formats.mail(*sys.argv[1:])", str(target), str(file), mails[name]], check=True)
                kind = "mail"
            if not options.keep:
                report(options.binary, name, file, kind, None if expected == "None" else int(expected))


if __name__ == "__main__":
    main()
