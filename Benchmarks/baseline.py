#!/usr/bin/env python3
"""The same job as `minsheng import`, as a careful Python programmer would write it: the baseline of the speed figures.

Reads one WeFlow export with json, brings texts into the same normal form (unicodedata, str.translate), scans with
pyahocorasick, cuts candidates with jieba, evaluates the rules of the same lexicon folder, weighs them, with the model where the
folder has one, keeps keyed digests for de-duplication, and stores flags with sqlite3. It does less than Minsheng: no masking, no encryption, no village, no
bounded memory. Prints the same counts of candidates and hits.

    pip install pyahocorasick jieba numpy PyYAML
    python3 baseline.py --lexicons ../Lexicons --table ../Sources/ChineseText/TraditionalTable+Generated.swift EXPORT.json
"""
import argparse
import glob
import hashlib
import json
import logging
import math
import os
import re
import sqlite3
import struct
import sys
import tempfile
import time
import unicodedata

import ahocorasick
import jieba
import numpy
import yaml

SYMBOLS = set("*._-~|/\\#^+=`'\"·‐‑‒–—―‘’“”•…「」『』・")
ENDS = set("。!?;")
PARTS = ENDS | set(",、\n")


def traditional(path):
    """The pairs of the generated Swift table."""
    text = open(path, encoding="utf-8").read()
    pairs = "".join(text.split('"""')[1].split())
    return {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs) - 1, 2)}


def kind(character):
    """None: stays; '': vanishes; ' ': a blank that leaves a gap; '*': a symbol that leaves a gap."""
    if character in "\n\u2044":
        return None
    if character == "\t":
        return " "
    if character in SYMBOLS:
        return "*"
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf"):
        return ""
    if category in ("So", "Sk", "Sm") and ord(character) < 0x10000:
        return "*"
    return None


class Normal:
    """The normal form of texts. Most texts have nothing that is dropped and take the short way."""

    def __init__(self, table):
        self.simple = table
        noise = {}
        for point in range(0x10000):
            if 0xD800 <= point < 0xE000:
                continue
            what = kind(chr(point))
            if what is not None:
                noise[point] = what
        self.kinds = noise
        self.noise = re.compile("[" + "".join(re.escape(chr(p)) for p in noise) + "]")
        self.lines = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n"})

    def folded(self, text):
        return unicodedata.normalize("NFKC", text.translate(self.lines)).casefold().translate(self.simple)

    def __call__(self, text):
        """The text without noise, and for each character what was dropped before it ('' for none, None: all none)."""
        folded = self.folded(text)
        if not self.noise.search(folded):
            return folded, None
        kept, gaps, gap = [], [], ""
        for index, character in enumerate(folded):
            what = self.kinds.get(ord(character))
            if what == "*" and ord(character) < 0x80 and kept and not gap and kept[-1].isdigit() and kept[-1] < "\x80" \
                    and index + 1 < len(folded) and "0" <= folded[index + 1] <= "9":
                what = None
            if what is None:
                kept.append(character)
                gaps.append(gap)
                gap = ""
            else:
                gap += what
        return "".join(kept), gaps


class Rule:
    __slots__ = ("id", "topic", "weight", "guard", "tracks", "whole", "factor", "conditions", "within", "across", "order",
                 "unless", "anywhere", "after", "before", "protect", "pattern", "requires", "gate")


TRACKS = ["misconduct", "grievance", "suggestion"]
MASK = (1 << 64) - 1


def mixed(key):
    """SplitMix64's finalizer."""
    key = (key + 0x9E3779B97F4A7C15) & MASK
    key = ((key ^ key >> 30) * 0xBF58476D1CE4E5B9) & MASK
    key = ((key ^ key >> 27) * 0x94D049BB133111EB) & MASK
    return key ^ key >> 31


def evidence(score):
    return -math.log(max(1 - score, 0.0183))


def units(text):
    """A text's length in UTF-16."""
    return len(text) if not text or max(text) <= "\uffff" else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Model:
    """The linear model of `model.bin`: character runs of one to three, pairs, named sets, and the rules' evidence."""
    DIGITS = str.maketrans("123456789", "000000000")
    REPEATED = re.compile(r"([^0])\1{2,}")
    NOTHING = (0, 0, 0)
    PIECE_END = re.compile(r"[,!?:;\u3002\n]")
    PIECE_RUNS = 24

    def __init__(self, path, topics):
        data = open(path, "rb").read()
        assert data[:8] == b"MSMODEL\x04"
        sizes = struct.unpack_from("<3I", data, 8)
        self.topics, stride = topics, len(topics) + 1
        count = 6 + 3 + len(topics) + 3 * 15
        numbers = struct.unpack_from("<%dd" % count, data, 24)
        self.scale, self.pair_scale, self.topic_scale, self.share, self.accept, self.strictness = numbers[:6]
        self.bias, self.topic_bias = numbers[6:9], numpy.array(numbers[9:9 + len(topics)])
        self.weights = [numbers[9 + len(topics) + 15 * i:][:15] for i in range(3)]
        start, tables = 24 + 8 * count, []
        for size, columns in zip(sizes, (4, 4, stride)):
            tables.append(numpy.frombuffer(data, numpy.int8, columns * size, start).reshape(-1, columns))
            start += columns * size
        self.checks, self.rows = tables[0][:, 0].tolist(), tables[0][:, 1:].tolist()
        self.pair_checks, self.pair_rows = tables[1][:, 0].tolist(), tables[1][:, 1:].tolist()
        rows = tables[2]
        self.topic_checks = rows[:, 0].tolist()
        # The last row is that of runs that the table does not know.
        self.topic_rows = numpy.vstack([rows[:, 1:].astype(numpy.int32), numpy.zeros((1, len(topics)), numpy.int32)])
        self.known, self.known_pairs, self.known_topics = {}, ({}, {}), {}

    def key(self, run):
        units = numpy.frombuffer(run.encode("utf-16-le", "surrogatepass"), numpy.uint16)
        key = len(units) - 1 << 62
        for unit in units:
            key = key & 3 << 62 | (key & (1 << 62) - 1) << 16 | int(unit)
        return mixed(key & MASK)

    def pair(self, characters, distance):
        """The weights of a pair of characters with `distance` others between them."""
        found = self.find(mixed(ord(characters[0]) << 16 | ord(characters[1]) | distance << 32), self.pair_checks)
        return self.pair_rows[found] if found >= 0 else self.NOTHING

    @staticmethod
    def find(key, checks):
        """The row of a key in a table of buckets of four, each row with a check byte; -1 when it is not there."""
        check = (key & 0xFF) - (key & 0x80) * 2 or 1
        first = ((key >> 32) * (len(checks) // 4) >> 32) * 4
        for row in range(first, first + 4):
            if checks[row] == check:
                return row
        return -1

    def row(self, key):
        found = self.find(key, self.checks)
        return self.rows[found] if found >= 0 else self.NOTHING

    @staticmethod
    def runs(text):
        if text and max(text) > "\uffff":
            text = text.encode("utf-16-le", "surrogatepass")
            text = "".join(chr(text[i] | text[i + 1] << 8) for i in range(0, len(text), 2))
        text = Model.REPEATED.sub(r"\1", text.translate(Model.DIGITS))
        edged = "\x02" + text + "\x02"
        return [*text, *map(str.__add__, edged, edged[1:]), *[edged[i:i + 3] for i in range(len(text))]], text

    def peak(self, rows, text):
        """The highest log-odds of misconduct or grievance in a piece of the text: a mark or a line end ends one."""
        size, best, start, before = len(text), -math.inf, 0, 0
        ends = [m.start() for m in self.PIECE_END.finditer(text)] + [size]
        for end in ends:
            count = 3 * end + 2 if end < size else len(rows)
            if end < size and count - before < self.PIECE_RUNS:
                continue
            piece = rows[start:min(end + 1, size)] + rows[size + start:size + end + 1] \
                + rows[2 * size + max(start, 1):2 * size + end + 1]
            scale = self.scale / math.sqrt(max(count - before, self.PIECE_RUNS))
            best = max(best, sum(r[0] for r in piece) * scale + self.bias[0], sum(r[1] for r in piece) * scale + self.bias[1])
            start, before = end + 1, count
        return best

    def sound(self, runs, text, classes):
        known, first, second, third = self.known, 0, 0, 0
        rows = [known.get(run) for run in runs]
        for place, row in enumerate(rows):
            if row is None:
                row = rows[place] = known[runs[place]] = self.row(self.key(runs[place]))
            first += row[0]
            second += row[1]
            third += row[2]
        scale, sums = self.scale / math.sqrt(max(1, len(runs))), (first, second, third)
        marks = [self.row(mixed(digest | 3 << 62)) for digest in classes]
        class_scale = self.scale * 0.5 / math.sqrt(max(1, len(classes)))
        pairs, pair_sums = self.pairs(text)
        pair_scale = self.pair_scale * 0.7 / math.sqrt(max(1, pairs))
        return [sums[i] * scale + sum(m[i] for m in marks) * class_scale + pair_sums[i] * pair_scale + self.bias[i]
                for i in range(3)] + [self.peak(rows, text)]

    def pairs(self, text):
        """How many pairs a text has, characters with one or two others between them, and the sums of their weights."""
        first = second = third = 0
        for distance, known in enumerate(self.known_pairs, 1):
            for characters in map(str.__add__, text, text[distance + 1:]):
                row = known.get(characters)
                if row is None:
                    row = known[characters] = self.pair(characters, distance)
                first += row[0]
                second += row[1]
                third += row[2]
        return max(0, len(text) - 2) + max(0, len(text) - 3), (first, second, third)

    def topic(self, track, runs, classes, scores):
        rows = [self.known_topics.get(run) for run in runs]
        for place, row in enumerate(rows):
            if row is None:
                rows[place] = self.known_topics[runs[place]] = self.find(self.key(runs[place]), self.topic_checks)
        sums = self.topic_rows[rows].sum(0) * (self.topic_scale / math.sqrt(max(1, len(runs))))
        if classes:
            places = [self.find(mixed(digest | 3 << 62), self.topic_checks) for digest in classes]
            marks = self.topic_rows[places].sum(0)
            sums = sums + marks * (self.topic_scale * 0.5 / math.sqrt(len(classes)))
        sums = sums + self.topic_bias
        own = [(evidence(scores.get((track, slug), 0)) + self.share * sums[i], slug)
               for i, (slug, of) in enumerate(self.topics) if of == track]
        return max(own)[1]

    def shares(self, items):
        odds = [sum(w * x for w, x in zip(row, items)) for row in self.weights] + [0.0]
        highest = max(odds)
        raised = [math.exp(o - highest) for o in odds]
        return [r / sum(raised) for r in raised]

    def items(self, sound, length):
        clipped = [min(8.0, max(-8.0, s)) for s in sound]
        return [1.0] + clipped[:3] + [0.0] * 9 + [min(length, 200) / 50, clipped[3]]

    def threshold(self, length, has_rules):
        """From where up a text is flagged: a short one on which no rule has a say must come to more."""
        return self.accept if has_rules or length >= 12 else max(self.accept, 0.4)

    def suspicion(self, sound, length, leaning=0.0):
        return self.shifted(1 - self.shares(self.items(sound, length))[3], leaning)

    @staticmethod
    def shifted(probability, odds):
        raised = probability * math.exp(odds)
        return raised / (raised + 1 - probability)

    def is_within_reach(self, score):
        """Whether what stands beside a text could turn the verdict on it."""
        return self.shifted(self.accept, -1.4) <= score <= self.shifted(max(self.accept, 0.4), 0.7)


def load(folder, normal):
    """The rules of a folder of lexicon files, as docs/reference/lexicon.md has them."""
    files = {os.path.basename(p)[:-5]: yaml.load(open(p, encoding="utf-8"), Loader=yaml.CSafeLoader)
             for p in sorted(glob.glob(folder + "/*.yaml"))}
    shared = {}
    for stem, document in files.items():
        if stem == "sets" or stem.startswith("sets-"):
            shared.update(document["sets"])
    topics = {t["slug"]: t["track"] for t in files["taxonomy"]["topics"]}
    rules, classes = [], {}
    for stem, document in files.items():
        if stem in ("taxonomy", "words") or stem == "sets" or stem.startswith("sets-"):
            continue
        sets = {**shared, **(document.get("sets") or {})}

        def words(listed, protect=None, asks=False):
            found = []
            for word in listed:
                word = str(word)
                if word.startswith("@"):
                    named = sets[word[1:]]
                    if asks:
                        name = word[1:] if word[1:] in shared and word[1:] not in (document.get("sets") or {}) \
                            else stem + "." + word[1:]
                        classes.setdefault(name, named["terms"] if isinstance(named, dict) else named)
                    if isinstance(named, dict):
                        if protect is not None:
                            protect.extend(named.get("protect", []))
                        named = named["terms"]
                    found.extend(str(w) for w in named)
                else:
                    found.append(word)
            return list(dict.fromkeys(found))

        def forms(listed):
            return [w for w in (normal(x)[0] for x in listed) if w]

        for key in ("rules", "guards"):
            for entry in document.get(key) or []:
                rule, protect = Rule(), []
                rule.id, rule.guard = entry["id"], key == "guards"
                if rule.guard:
                    rule.tracks, rule.whole, rule.factor = set(entry["against"]), entry["scope"] == "text", entry["factor"]
                else:
                    rule.topic, rule.weight = (topics[entry["topic"]], entry["topic"]), entry["weight"]
                conditions = ([entry["any"]] if "any" in entry else []) + entry.get("all", [])
                rule.conditions = [frozenset(forms(words(c, protect, True))) for c in conditions]
                rule.within, rule.across, rule.order = entry.get("within", 12), entry.get("across", False), entry.get("order", False)
                rule.unless, rule.anywhere = forms(words(entry.get("unless", []))), forms(words(entry.get("unless-anywhere", [])))
                rule.after, rule.before = forms(words(entry.get("not-after", []))), forms(words(entry.get("not-before", [])))
                rule.protect = forms(words(list(entry.get("protect", [])))) + forms(protect)
                rule.pattern = re.compile(entry["pattern"], re.A) if "pattern" in entry else None
                rule.requires = frozenset(forms(words(entry["requires"], None, True))) if rule.pattern else None
                if entry.get("boundaries", "none") != "none":
                    sys.exit("the baseline cuts words with jieba, not ICU, and so cannot agree on word boundaries")
                rule.gate = rule.conditions + ([rule.requires] if rule.requires else [])
                rules.append(rule)
    digests = {}
    for name, listed in classes.items():
        digest = 0x811C9DC5
        for byte in name.encode():
            digest = (digest ^ byte) * 0x01000193 & 0xFFFFFFFF
        for word in listed:
            digests.setdefault(normal(str(word))[0], set()).add(digest)
    path = folder + "/model.bin"
    model = Model(path, list(topics.items())) if os.path.exists(path) else None
    return rules, {word: sorted(found) for word, found in digests.items()}, model


def pieces(text):
    """The sentences of a text, and the runs of clauses of long ones: where each is, and the score from which it counts."""
    starts = [0] + [i + 1 for i, c in enumerate(text) if c in ENDS or c == "\n"]
    for start, end in zip(starts, starts[1:] + [len(text)]):
        size = units(text[start:end])
        if size >= 6 and end - start < len(text):
            yield start, end, 0.5
        if size <= 40:
            continue
        cuts = [start] + [i + 1 for i in range(start, end) if text[i] in ",、" and i + 1 < end] + [end]
        last = 0
        for index, begin in enumerate(cuts[:-1]):
            last = max(last, index)
            while last + 2 < len(cuts) and units(text[begin:cuts[last + 2]]) <= 32:
                last += 1
            if 8 <= units(text[begin:cuts[last + 1]]) and cuts[last + 1] - begin < end - start:
                yield begin, cuts[last + 1], 0.7


def is_latin(character):
    return "0" <= character <= "9" or "a" <= character <= "z"


class Matcher:
    def __init__(self, rules, classes, model):
        self.rules, self.classes, self.model = rules, classes, model
        self.automaton = ahocorasick.Automaton()
        groups, self.members = {}, {}
        self.gates = []
        for rule in rules:
            gate = []
            for group in rule.gate:
                number = groups.setdefault(group, len(groups))
                gate.append(number)
            self.gates.append(frozenset(gate))
        for group, number in groups.items():
            for word in group:
                self.members.setdefault(word, set()).add(number)
        for word in self.members:
            self.automaton.add_word(word, word)
        self.automaton.make_automaton()
        uses = {}
        for gate in self.gates:
            for number in gate:
                uses[number] = uses.get(number, 0) + 1
        sizes = {number: len(group) for group, number in groups.items()}
        self.anchored = {}
        for index, rule in enumerate(rules):
            if rule.guard:
                continue
            anchor = min(self.gates[index], key=lambda n: (uses[n], sizes[n]))
            self.anchored.setdefault(anchor, []).append(index)
        self.guards = [i for i, rule in enumerate(rules) if rule.guard]

    def hits(self, text, gaps):
        found = []
        for end, word in self.automaton.iter(text):
            start = end + 1 - len(word)
            if is_latin(word[0]) and start > 0 and (gaps is None or not gaps[start]) and is_latin(text[start - 1]):
                continue
            if is_latin(word[-1]) and end + 1 < len(text) and (gaps is None or not gaps[end + 1]) and is_latin(text[end + 1]):
                continue
            if gaps is not None:
                inner = [g for g in gaps[start + 1:end + 1] if g]
                if any(len(g) > 2 for g in inner):
                    continue
                spaces = sum(1 for g in inner if not g.strip(" "))
                if spaces and spaces != len(word) - 1:
                    continue
            found.append((start, end + 1, word))
        return found

    def candidates(self, found):
        groups = set()
        for _, _, word in found:
            groups |= self.members[word]
        open_rules = set()
        for group in groups:
            for index in self.anchored.get(group, ()):
                if self.gates[index] <= groups:
                    open_rules.add(index)
        return sorted(open_rules), groups

    def evaluate(self, rule, text, found, sentences):
        """The sentences that a rule fires in, as [start, end)."""
        if any(w in text for w in rule.anywhere):
            return []

        def sentence(place):
            for bounds in sentences:
                if bounds[0] <= place < bounds[1]:
                    return bounds
            return sentences[-1]

        def cancelled(start, end):
            part = text[start:end]
            return any(w in part for w in rule.unless)

        fired = []
        if not rule.conditions:
            for bounds in sorted({sentence(s) for s, _, w in found if w in rule.requires}):
                if not cancelled(*bounds) and rule.pattern.search(text[bounds[0]:bounds[1]]):
                    fired.append(bounds)
            return fired
        links, last, full, results = [], None, (1 << len(rule.conditions)) - 1, []
        for start, end, word in sorted(found):
            bits = [i for i, c in enumerate(rule.conditions) if word in c]
            if not bits or not self.counts(rule, text, start, end):
                continue
            bounds = sentence(start)
            if len(results) >= 8 or bounds == last:
                continue
            reached = {}
            for bit in bits:
                if not rule.order or bit == 0:
                    reached.setdefault(1 << bit, start)
                for other_end, other_bounds, other in reversed(links):
                    distance = start - other_end
                    if distance > rule.within + 64:
                        break
                    if distance < 0 or distance > rule.within or not (rule.across or other_bounds == bounds):
                        continue
                    for met, first in other.items():
                        if met & 1 << bit or rule.order and met != (1 << bit) - 1:
                            continue
                        reached.setdefault(met | 1 << bit, first)
            links.append((end, bounds, reached))
            if full in reached:
                results.append((sentence(reached[full])[0], bounds[1]))
                last = None if rule.across else bounds
                if rule.across:
                    links = []
        for bounds in results:
            if not cancelled(*bounds) and (rule.pattern is None or rule.pattern.search(text[bounds[0]:bounds[1]])):
                fired.append(bounds)
        return fired

    @staticmethod
    def counts(rule, text, start, end):
        for word in rule.after:
            for distance in range(4):
                place = start - distance
                if place - len(word) < 0:
                    break
                if text.startswith(word, place - len(word)):
                    return False
                if text[place - 1] in PARTS:
                    break
        for word in rule.before:
            for distance in range(4):
                place = end + distance
                if place + len(word) > len(text):
                    break
                if text.startswith(word, place):
                    return False
                if text[place] in PARTS:
                    break
        for phrase in rule.protect:
            first, final = max(0, end - len(phrase)), min(start, len(text) - len(phrase))
            if len(phrase) >= end - start and any(text.startswith(phrase, p) for p in range(first, final + 1)):
                return False
        return True

    def classes_of(self, found):
        """The named sets that have a word in the text, in the order of the text, at most 20."""
        seen = []
        for _, _, word in sorted(found):
            for digest in self.classes.get(word, ()):
                if len(seen) < 20 and digest not in seen:
                    seen.append(digest)
        return seen

    def kind(self, text, gaps):
        """What a neighbour's message is, by its guards."""
        found = self.hits(text, gaps)
        groups = self.candidates(found)[1] if found else set()
        starts = [0] + [i + 1 for i, c in enumerate(text) if c in ENDS and i + 1 < len(text)]
        sentences = list(zip(starts, starts[1:] + [len(text)]))
        names = [self.rules[i].id for i in self.guards
                 if self.gates[i] <= groups and self.evaluate(self.rules[i], text, found, sentences)]
        if any(name.startswith("guard.ask-") or name == "guard.answer-ask-back" for name in names):
            return "question"
        if any(name.startswith("guard.answer") for name in names):
            return "answer"
        return "notice" if any(name.startswith("guard.notice") for name in names) else None

    def analyse(self, text, gaps, found, neighbours=None):
        """None when nothing came of it; else the number of hits and, where it is flagged, (score, topic).

        `neighbours` gives the kinds of the messages before and after; it is asked only where they could turn the verdict.
        """
        result = self.judged(text, gaps, found, 0.0)
        if self.model and neighbours and self.model.is_within_reach(self.score):
            before, after = neighbours()
            leaning = {"question": 0.7, "notice": -0.7}.get(before, 0) + (0.7 if after in ("answer", "question") else 0)
            if before in ("question", "notice") or after in ("answer", "question"):
                # The counts stay those of the text alone.
                other = self.judged(text, gaps, found, leaning)
                result = (result[0] if result else 0, other[1] if other else None, result is not None)
        return result and (*result, True)[:3]

    def judged(self, text, gaps, found, leaning):
        hits, verdict, peak = self.judge(text, found, leaning)
        score = self.score
        if self.model and not verdict and (hits or peak > -3):
            for start, end, accept in pieces(text):
                part = text[start:end]
                single = self.judge(part, self.hits(part, gaps and gaps[start:end]))[1]
                if single and math.floor(single[0] * 10000 + 0.5) / 10000 >= accept and (not verdict or single[0] > verdict[0]):
                    verdict = single
        self.score = score
        return (hits, verdict) if hits or verdict else None

    def judge(self, text, found, leaning=0.0):
        """The number of hits, (score, topic) or None, and how the loudest piece sounds."""
        model, suspicious, classes, runs, sound = self.model, False, [], [], [0] * 4
        self.score = 0.0
        if model:
            classes, (runs, letters) = self.classes_of(found), model.runs(text)
            sound = model.sound(runs, letters, classes)
            self.score = model.suspicion(sound, units(text), leaning)
            suspicious = self.score >= model.threshold(units(text), False)
        open_rules, groups = self.candidates(found) if found else ([], set())
        if not open_rules and not suspicious:
            return 0, None, sound[3]
        starts = [0] + [i + 1 for i, c in enumerate(text) if c in ENDS and i + 1 < len(text)]
        sentences = list(zip(starts, starts[1:] + [len(text)]))
        matches = [(self.rules[i], b) for i in open_rules for b in self.evaluate(self.rules[i], text, found, sentences)]
        if not matches and not suspicious:
            return 0, None, sound[3]
        guards = []
        for index in self.guards:
            if self.gates[index] <= groups:
                guards += [(self.rules[index], b) for b in self.evaluate(self.rules[index], text, found, sentences)]
        best, strongest, factors = {}, {}, {}
        for rule, (start, end) in matches:
            factor, seen = 1.0, set()
            for guard, (low, high) in guards:
                if guard.id not in seen and rule.topic[0] in guard.tracks and (guard.whole or low < end and start < high):
                    factor *= guard.factor
                    seen.add(guard.id)
            weight = rule.weight * factor
            strongest[rule.topic[0]] = max(strongest.get(rule.topic[0], 0), rule.weight)
            topic = best.setdefault(rule.topic, {})
            topic[rule.id] = max(topic.get(rule.id, 0), weight)
        scores = {}
        for topic, weights in best.items():
            rest = 1.0
            for weight in weights.values():
                rest *= 1 - weight
            scores[topic] = 1 - rest
        if not model:
            top = max(scores.items(), key=lambda s: s[1])
            return len(matches), (top[1], top[0][1]) if top[1] >= 0.5 else None, 0
        for guard in {guard.id: guard for guard, _ in guards}.values():
            for track in guard.tracks:
                factors[track] = factors.get(track, 1) * guard.factor
        still, covered = {}, {}
        for guard, bounds in guards:
            covered.setdefault(guard, set()).add(bounds)
        for guard, sentences in covered.items():
            if guard.whole or sum(end - start for start, end in sentences) * 5 >= len(text) * 4:
                for track in guard.tracks:
                    still[track] = still.get(track, 1) * guard.factor
        verdict = self.weigh(sound, runs, classes, scores, strongest, factors, still, leaning, units(text))
        return len(matches), verdict, sound[3]

    def weigh(self, sound, runs, classes, scores, strongest, factors, still, leaning, length):
        model = self.model
        items = model.items(sound, length)
        items[4:7] = [evidence(max((s for t, s in scores.items() if t[0] == track), default=0)) for track in TRACKS]
        items[7:9] = [min(8, sum(evidence(s) for t, s in scores.items() if t[0] == track)) for track in TRACKS[:2]]
        items[9:11] = [evidence(strongest.get(track, 0)) for track in TRACKS[:2]]
        items[11:13] = [evidence(1 - factors.get(track, 1)) for track in TRACKS[:2]]
        shares = model.shares(items)
        shares = [share * max(still.get(track, 1), 0.02) ** 0.5 * math.exp(leaning)
                  for share, track in zip(shares, TRACKS)] + shares[3:]
        shares = [share / sum(shares) for share in shares]
        loudest = {track: max((s for t, s in scores.items() if t[0] == track), default=0) for track in TRACKS[:2]}
        certain = loudest["misconduct"] >= 0.6 - 1e-9 and shares[0] >= 0.01
        plain = loudest["grievance"] >= 0.8 - 1e-9 and shares[1] >= 0.1
        least = model.accept if certain or plain else 0
        has_rules = any(score > 0 for score in scores.values())
        self.score = round(max(1 - shares[3], least), 4)
        if max(1 - shares[3], least) < model.threshold(length, has_rules):
            return None
        if certain or shares[0] >= model.strictness * sum(shares[:3]):
            track = "misconduct"
        else:
            track = "suggestion" if shares[2] > shares[1] else "grievance"
        return max(1 - shares[3], least), model.topic(track, runs, classes, scores)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export")
    parser.add_argument("--lexicons", required=True)
    parser.add_argument("--table", required=True)
    options = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    normal = Normal(traditional(options.table))
    matcher = Matcher(*load(options.lexicons, normal))
    folder = tempfile.mkdtemp()
    store = sqlite3.connect(folder + "/baseline.db")
    store.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE flag(id INTEGER PRIMARY KEY, day INTEGER, topic TEXT, score REAL, text TEXT);"
        "CREATE TABLE seen(day INTEGER PRIMARY KEY, digests BLOB)")
    key = os.urandom(16)

    began, wall = time.process_time(), time.time()
    export = json.load(open(options.export, encoding="utf-8"))
    candidates = hits = flagged = words = new = 0
    seen, flags, last = {}, [], (None, 0)
    messages = export["messages"]

    def beside(place, step):
        """The kind of somebody else's message directly before or after, half an hour away at most."""
        if not 0 <= place + step < len(messages):
            return None
        own, other = messages[place], messages[place + step]
        if other["localType"] != 1 or other["senderUsername"] == own["senderUsername"] \
                or abs(other["createTime"] - own["createTime"]) > 1800:
            return None
        return matcher.kind(*normal(other["content"]))

    for place, message in enumerate(messages):
        content, sent = message["content"], message["createTime"]
        text, gaps = normal(content)
        day = (sent + 28800) // 86400
        digests = seen.setdefault(day, set())
        digest = hashlib.blake2b(message["platformMessageId"].encode(), digest_size=8, key=key).digest()
        other = hashlib.blake2b(f"{sent // 60}{text}".encode(), digest_size=8, key=key).digest()
        if digest in digests:
            continue
        new += 1
        digests.add(digest)
        digests.add(other)
        # Two lines of one speaker within two minutes would be joined here; the generated export has none.
        joins = message["senderUsername"] == last[0] and sent - last[1] <= 120
        last = (message["senderUsername"], sent)
        if joins:
            sys.exit("the baseline joins no lines; generate the export with Benchmarks/generate.py")
        if message["localType"] != 1:
            continue
        found = matcher.hits(text, gaps)
        if not found and not matcher.model:
            continue
        result = matcher.analyse(text, gaps, found, lambda: (beside(place, -1), beside(place, 1)))
        if result is None:
            continue
        candidates += result[2]
        hits += result[0]
        words += len(jieba.lcut(content))
        if result[1]:
            flagged += 1
            flags.append((day, result[1][1], result[1][0], content))
    store.executemany("INSERT INTO flag(day, topic, score, text) VALUES (?, ?, ?, ?)", flags)
    store.executemany("INSERT INTO seen VALUES (?, ?)", ((d, b"".join(sorted(s))) for d, s in seen.items()))
    store.commit()
    cpu = time.process_time() - began
    print(json.dumps({
        "candidates": candidates, "cpu_seconds": round(cpu, 3), "flagged": flagged, "hits": hits,
        "messages": len(export["messages"]), "messages_per_cpu_second": round(len(export["messages"]) / cpu),
        "new": new, "wall_seconds": round(time.time() - wall, 3), "words": words}, sort_keys=True))


if __name__ == "__main__":
    main()
