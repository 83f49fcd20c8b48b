#!/usr/bin/env python3
"""Reads a large file of each format: Minsheng beside `wc -l` and Python's json, csv or line loop, in one run.

    Benchmarks/formats.py [--binary .build/release/minsheng] [--megabytes 64] [name ...]

The files are made of the readers' fixtures, whose messages are repeated with new ids. All figures are megabytes a CPU
second of one core; `resident` is the most memory that Minsheng held. A format that reads fewer messages than were written
is marked.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/ChatExportsTests/Fixtures"


def largest_list(value):
    """The list of the most objects in a document, with what holds it."""
    best = (0, None, None)
    stack = [(None, None, value)]
    while stack:
        holder, key, item = stack.pop()
        if isinstance(item, list):
            count = sum(isinstance(element, dict) for element in item)
            if count > best[0]:
                best = (count, holder, key)
            if holder is not None and count:
                continue
            stack += [(item, index, element) for index, element in enumerate(item)]
        elif isinstance(item, dict):
            stack += [(item, name, element) for name, element in item.items()]
    return best


def with_new_ids(record, turn):
    """The record with other digits at the end of its long ids."""
    def change(value):
        if isinstance(value, str) and len(value) > 15 and value[-6:].isdigit():
            return value[:-6] + f"{(int(value[-6:]) + turn) % 1_000_000:06d}"
        return value
    return {key: change(value) for key, value in record.items()}


def grown(path, size):
    """The fixture's text grown to a size in bytes, and the kind of Python reader that fits it."""
    text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
    if path.suffix == ".jsonl":
        lines = [line for line in text.splitlines() if line.strip().startswith("{")]
        records = [json.loads(line) for line in lines]
        out, turn = [lines[0]], 0
        length = 0
        while length < size:
            turn += 1
            for record in records[1:] or records:
                line = json.dumps(with_new_ids(record, turn), ensure_ascii=False)
                out.append(line)
                length += len(line.encode()) + 1
        return "\n".join(out) + "\n", "lines"
    if text.lstrip()[:1] in "{[" and path.suffix == ".json":
        document = json.loads(text)
        count, holder, key = largest_list(document)
        records = document if holder is None else holder[key]
        unit = len(json.dumps(records, ensure_ascii=False).encode())
        many = [with_new_ids(record, turn) if isinstance(record, dict) else record
                for turn in range(max(1, size // unit)) for record in records]
        if holder is None:
            document = many
        else:
            holder[key] = many
        return json.dumps(document, ensure_ascii=False), "json"
    if path.suffix == ".csv":
        head, _, rest = text.partition("\n")
        return head + "\n" + rest * max(1, size // max(1, len(rest.encode()))), "csv"
    return text * max(1, size // len(text.encode())), "text"


def cpu(action):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


PYTHON = {
    "json": "import json,sys\njson.load(open(sys.argv[1], encoding='utf-8'))",
    "lines": "import json,sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)",
    "csv": "import csv,sys\ncsv.field_size_limit(1<<30)\nfor row in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')): pass",
    "text": "import sys\nfor line in open(sys.argv[1], encoding='utf-8'): line.strip()",
}


def resident(command):
    """Runs a command; its CPU seconds, the most memory it held in MB, and what it wrote."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=str(ROOT / ".build/release/minsheng"))
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.make:
        text, kind = grown(pathlib.Path(options.names[0]), options.megabytes << 20)
        pathlib.Path(options.make).write_bytes(text.encode("utf-8", "replace"))
        print(kind)
        return
    print(f"{'fixture':34} {'format':18} {'MB':>5} {'minsheng':>9} {'wc -l':>7} {'python':>7} {'x python':>8} {'resident':>9}")
    for path in sorted(FIXTURES.iterdir()):
        if options.names and path.name not in options.names:
            continue
        if path.suffix not in {".json", ".jsonl", ".csv", ".txt"}:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path.name
            # In a process of its own: what a parent holds counts as its children's memory.
            made = subprocess.run(
                [sys.executable, __file__, "--make", str(file), "--megabytes", str(options.megabytes), str(path)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
            if made.returncode:
                print(f"{path.name:34} left out: its text cannot be repeated")
                continue
            kind = made.stdout.strip()
            size = file.stat().st_size / 1e6
            command = [options.binary, "read", "--explain", "--json", "--day", "2026-06-01", str(file)]
            ours, held, out = resident(command)
            if not out:
                print(f"{path.name:34} not read")
                continue
            found = json.loads(out.splitlines()[0])
            lines = cpu(lambda: subprocess.run(["wc", "-l", str(file)], stdout=subprocess.DEVNULL, check=True))
            python = cpu(lambda: subprocess.run([sys.executable, "-c", PYTHON[kind], str(file)], check=False))
            print(f"{path.name:34} {found['format']:18} {size:5.0f} {size / ours:9.0f} {size / max(lines, 1e-3):7.0f} "
                  f"{size / max(python, 1e-3):7.0f} {python / ours:8.1f} {held:6.0f} MB"
                  + ("" if found["messages"] else "  NO MESSAGES"), flush=True)


if __name__ == "__main__":
    main()
