#!/usr/bin/env python3
"""Speed, memory and answers of `minsheng attribute`, beside JioNLP and cpca where they are installed, on the same texts in one run.

    villages.py PROGRAM TABLE… FILE.jsonl [--pad N] [--repeat N]

PROGRAM is the minsheng executable, TABLE a table of villages (CSV), FILE.jsonl what `gazetteer evaluate` takes. With `--pad N`
the tables are repeated under other codes until N villages are in them: what a nation costs. Run it with the Python in which
JioNLP and cpca are installed (`pip install jionlp cpca`).
"""
import argparse, csv, json, os, subprocess, sys, tempfile, time

SUFFIXES = ["社区居民委员会", "社区居委会", "村村民委员会", "村民委员会", "村村委会", "村委会", "居民委员会", "居委会", "社区", "村"]


def stem(name):
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix): return name[:-len(suffix)]
    return name


def peak(command, stdin, stdout=os.devnull):
    """Seconds and the peak of resident memory (MB) of one command."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
        os.dup2(os.open(stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.execv(command[0], command)
    before = time.monotonic()
    _, _, usage = os.wait4(child, 0)
    return time.monotonic() - before, usage.ru_maxrss / 1024


def padded(tables, wanted, folder):
    path = os.path.join(folder, "padded.csv")
    rows = [row for table in tables for row in csv.DictReader(open(table, encoding="utf-8-sig"))]
    with open(path, "w") as out:
        out.write("code,name\n")
        count, province = 0, 10
        while count < wanted:
            for row in rows:
                if count == wanted: break
                out.write(f"{province}{row['code'][2:]},{row['name']}\n")
                count += 1
            province += 1
            if province == 100: sys.exit("too few rows in the tables for so many villages")
    return path


def line(name, tally, rate):
    print(f"{name:34} right {tally['right']:4}  wrong {tally['wrong']:4}  nothing {tally['none']:4}  {rate:>10,.0f} a second")


def ours(program, tables, items, labelled, folder, repeat):
    data = os.path.join(folder, "data")
    subprocess.run([program, "init", "--data", data], capture_output=True)
    before = time.monotonic()
    done = subprocess.run([program, "gazetteer", "import", "--data", data] + tables, capture_output=True)
    print(f"import: {time.monotonic() - before:.2f} s  {done.stderr.decode().strip().splitlines()[-1]}")
    command = [program, "attribute", "--data", data, "--jobs", "1"]
    empty, answers = os.path.join(folder, "empty.jsonl"), os.path.join(folder, "answers.jsonl")
    open(empty, "w").close()
    for name, keys in [("minsheng, group's home known", ["text", "home", "date", "forwarded"]), ("minsheng, no context", ["text"])]:
        many = os.path.join(folder, "many.jsonl")
        with open(many, "w") as out:
            for _ in range(repeat):
                for number, item in enumerate(items):
                    row = {key: item[key] for key in keys if item.get(key) is not None}
                    if "date" in row: row["sentAt"] = row.pop("date")
                    out.write(json.dumps({**row, "id": number}, ensure_ascii=False) + "\n")
        start, memory = peak(command, empty)
        whole, most = peak(command, many, answers)
        count = len(items) * repeat
        found = [json.loads(text)["village"] for text in open(answers).read().splitlines()[:len(items)]]
        tally = {"right": 0, "wrong": 0, "none": 0}
        for number in labelled:
            answer = found[number]
            tally["none" if answer is None else "right" if answer["code"] in items[number]["gold"] else "wrong"] += 1
        line(name, tally, count / max(0.001, whole - start))
        print(f"    (JSON included, one thread; starts in {start:.2f} s with {memory:.0f} MB, peak {most:.0f} MB)")


def jionlp_line(items, labelled, names):
    try:
        import jionlp
    except ImportError:
        return print("JioNLP: not installed")
    jionlp.parse_location("福建省泉州市安溪县", town_village=True)
    tally = {"right": 0, "wrong": 0, "none": 0}
    before = time.monotonic()
    for number in labelled:
        try: found = jionlp.parse_location(items[number]["text"], town_village=True)
        except Exception: found = {}
        gold = names[items[number]["gold"][0]]
        if not found.get("village"): tally["none"] += 1
        elif stem(found["village"]) == stem(gold["name"]) and (found.get("county") or "") in (gold.get("county"), None, ""):
            tally["right"] += 1
        else: tally["wrong"] += 1
    line("JioNLP, villages", tally, len(labelled) / (time.monotonic() - before))


def cpca_line(items, labelled, names):
    try:
        import cpca
    except ImportError:
        return print("cpca: not installed")
    cpca.transform(["福建省泉州市安溪县"])
    before = time.monotonic()
    frame = cpca.transform([items[number]["text"] for number in labelled])
    seconds = time.monotonic() - before
    tally = {"right": 0, "wrong": 0, "none": 0}
    for number, county in zip(labelled, frame["区"]):
        gold = names[items[number]["gold"][0]].get("county")
        # pandas says NaN where nothing was found.
        tally["none" if not county or county != county else "right" if county == gold else "wrong"] += 1
    line("cpca, counties (nothing below)", tally, len(labelled) / seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--pad", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=20)
    arguments = parser.parse_args()
    tables = [path for path in arguments.paths if path.endswith(".csv")]
    items = [json.loads(text) for path in arguments.paths if path.endswith(".jsonl") for text in open(path) if text.strip()]
    names = {row["code"]: row for table in tables for row in csv.DictReader(open(table, encoding="utf-8-sig"))}
    # The texts that have a village of the tables: the others' answers are measured on no more.
    labelled = [number for number, item in enumerate(items) if item["gold"] and item["gold"][0] in names]
    print(f"{len(items)} texts, {len(labelled)} of them with a village of the tables; {len(names)} villages")
    with tempfile.TemporaryDirectory() as folder:
        used = [padded(tables, arguments.pad, folder)] if arguments.pad else tables
        ours(arguments.program, used, items, labelled, folder, arguments.repeat)
    if not arguments.pad:
        jionlp_line(items, labelled, names)
        cpca_line(items, labelled, names)


main()
