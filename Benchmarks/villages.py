#!/usr/bin/env python3
"""Speed and answers of `minsheng attribute`, beside JioNLP and cpca where they are installed, on the same texts in the same run.

    villages.py PROGRAM TABLE… -- FILE.jsonl

PROGRAM is the minsheng executable, TABLE a table of villages (CSV), FILE.jsonl what `gazetteer evaluate` takes. With
`--pad N` the table is repeated under other codes until N villages are in it: what a nation costs.
"""
import argparse, csv, json, os, resource, subprocess, sys, tempfile, time


def run(command, **more):
    before = time.monotonic()
    done = subprocess.run(command, capture_output=True, **more)
    return time.monotonic() - before, done


def peak(command, stdin):
    """Seconds and the peak of resident memory of one command."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--pad", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=20)
    arguments = parser.parse_args()
    tables = [path for path in arguments.paths if path.endswith(".csv")]
    texts = [path for path in arguments.paths if path.endswith(".jsonl")][0]
    items = [json.loads(line) for line in open(texts) if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        run([arguments.program, "init", "--data", data])
        if arguments.pad: tables = [padded(tables, arguments.pad, folder)]
        seconds, done = run([arguments.program, "gazetteer", "import", "--data", data] + tables)
        print(f"import: {seconds:.2f} s  {done.stderr.decode().strip().splitlines()[-1]}")
        many = os.path.join(folder, "many.jsonl")
        with open(many, "w") as out:
            for _ in range(arguments.repeat):
                for number, item in enumerate(items): out.write(json.dumps({**item, "id": number}, ensure_ascii=False) + "\n")
        empty = os.path.join(folder, "empty.jsonl")
        open(empty, "w").close()
        command = [arguments.program, "attribute", "--data", data, "--jobs", "1"]
        start, memory = peak(command, empty)
        whole, most = peak(command, many)
        count = len(items) * arguments.repeat
        print(f"minsheng: start {start:.2f} s ({memory:.0f} MB), {count} messages in {whole - start:.2f} s = "
              f"{count / (whole - start):,.0f} a second on one thread, JSON included; peak {most:.0f} MB")
        _, done = run(command, stdin=open(many))
        answers = [json.loads(line)["village"] for line in done.stdout.decode().splitlines()[:len(items)]]
        names = {row["code"]: row for table in tables for row in csv.DictReader(open(table, encoding="utf-8-sig"))}
        tally = {"right": 0, "wrong": 0, "none": 0}
        for item, answer in zip(items, answers):
            if not item["gold"]: continue
            tally["none" if answer is None else "right" if answer["code"] in item["gold"] else "wrong"] += 1
        print("minsheng, villages:", tally)
    others(items, names)


def stem(name):
    for suffix in ["社区居民委员会", "社区居委会", "村村民委员会", "村民委员会", "村村委会", "村委会", "居民委员会", "居委会", "社区", "村"]:
        if name.endswith(suffix) and len(name) > len(suffix): return name[:-len(suffix)]
    return name


def others(items, names):
    labelled = [item for item in items if item["gold"] and item["gold"][0] in names]
    try:
        import jionlp
    except ImportError:
        print("JioNLP: not installed")
    else:
        jionlp.parse_location("福建省泉州市安溪县", town_village=True)
        tally = {"right": 0, "wrong": 0, "none": 0}
        before = time.monotonic()
        for item in labelled:
            try: found = jionlp.parse_location(item["text"], town_village=True)
            except Exception: found = {}
            gold = names[item["gold"][0]]
            if not found.get("village"): tally["none"] += 1
            elif stem(found["village"]) == stem(gold["name"]) and (found.get("county") or "") in (gold.get("county"), None, ""):
                tally["right"] += 1
            else: tally["wrong"] += 1
        seconds = time.monotonic() - before
        print(f"JioNLP, villages: {tally}, {len(labelled) / seconds:,.0f} a second")
    try:
        import cpca
    except ImportError:
        print("cpca: not installed")
    else:
        cpca.transform(["福建省泉州市安溪县"])
        before = time.monotonic()
        frame = cpca.transform([item["text"] for item in labelled])
        seconds = time.monotonic() - before
        tally = {"right": 0, "wrong": 0, "none": 0}
        for item, county in zip(labelled, frame["区"]):
            gold = names[item["gold"][0]].get("county")
            tally["none" if not county else "right" if county == gold else "wrong"] += 1
        print(f"cpca, counties (it knows nothing below): {tally}, {len(labelled) / seconds:,.0f} a second")


main()
