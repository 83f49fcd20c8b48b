#!/usr/bin/env python3
"""Writes Sources/CICU/words.bin, the segmenter's table of words, names and joins.

    make-word-table.py UD_TRAIN.conll OUT        (PyPI: jieba, numpy)

Words and their frequencies come from jieba's dictionary (MIT), those seen five times or more: rarer ones are mostly noise.
Expressions that all guidelines of segmentation write as two words (一|个, 不|能, 最|大) are left out. How names are made is
counted from the same dictionary. The weights that join left-over characters are trained here, on UD_Chinese-GSD's training
part (CC BY-SA 4.0), and so the file stands under CC BY-SA 4.0. Nothing else is read; equal inputs give equal bytes.

Layout, little endian (docs/reference/segmentation.md): magic, then sections whose offsets stand in the head.
"""
import math
import os
import random
import re
import struct
import sys

import jieba
import numpy

LOG_TOTAL = 19.0  # Above jieba's own 17.9: fewer, longer words. Flat between 18 and 20.
RARE = 5
LONGEST = 12
WEIGHT_BITS = 16
EPOCHS = 5

MEASURES = set(
    "个种次位批项条家天名年片场份段部座件支张道所届只句口辆栋台块层套群组班排户亩斤里米元岁遍番趟阵顿笔桩起期轮版集册页封幅首棵株根颗"
    "粒滴串束把扇艘架列节堂门对双副打伙帮拨类样代辈声眼步下分秒刻点号楼室间处带线路面身手头尾匹峰员")
# What looks like a numeral and its measure, and is a word of its own.
WHOLE = set(
    "一些 一样 一般 一起 一直 一定 一下 一点 一面 一旦 一致 一切 一带 一体 一边 一路 一手 一身 一头 一时 一生 一向 一同 一律 一共 一概 一度 "
    "一线 一号 万年 千年 百年 半天 半个 一代 一步 三国 三角 四面 四处 八路 九段 五环 十分 万分 千里 万里 百里 一分 二手 三峡 一流 三代 多数 "
    "多元 多样 一块儿 几乎 数年 几何 半夜 一半 十足 百姓 千克 二线 三线 一顿 五金 一点儿 有点儿 多方 多少 数次 八成 千金 第一线 第一手 本身 "
    "该死 本来 首页 本部 本期 本台 本号 本门 首代 这点 那点 这下 本级 本土 本事 本份 本分 各处 各方 各路 各项 这类 每次 每个 某个 每人 这个 "
    "那个 这里 那里 这样 那样 这种 那种 每年 每天 各个 各种 各样 各位 各家 各类 首届 首次 那些 这些 本人 这次 那次 那时 这时 首位 本家 那天 "
    "这天 当天 每月 这儿 那儿".split())
DEGREES = set("很最更较太")
QUALITIES = set("大小好高低长短快慢重轻强弱深远近难早晚新老佳美贵严宽冷热红")
ONE_WORD = set("最近 更新 最早 最佳 最好 最高 最低 太大 太重 太高 太好".split())
TWO_WORDS = set(
    "就是 不能 不是 不会 不可 不到 不让 不想 不敢 不愿 不准 不该 才能 只能 还有 已有 来看 坐在 送到 谈到 起到 办好 时说 不了 更大 更高 最大 "
    "最高 最低 很大 很高 很好 更好 较大 较高 较好 较低 一系列 一大批 一大 这位 这场 这项 这家 这条 这件 这座 这份 这支 这批 这片 这部 这句 "
    "这番 那位 那场 那年".split())
OF = set("好的 目的 有的 别的 似的 是的 有目的 标的 众矢之的 中的 真的 的的".split())
DIGITS = "0123456789０１２３４５６７８９"
NUMERALS = "一二三四五六七八九十两几多半百千万亿数"
# Surnames by number of bearers; jieba tags much else as a name.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
    "关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝")


def is_han(text):
    return all(0x3400 <= ord(c) < 0x4DC0 or 0x4E00 <= ord(c) < 0xA000 or c == "〇" for c in text)


def is_two(word, tag):
    """Whether the guidelines make two words of it."""
    if word in TWO_WORDS:
        return True
    if word in WHOLE or word in ONE_WORD:
        return False
    if word.endswith("的") and len(word) > 1:
        return word not in OF
    if len(word) == 2 and word[0] in NUMERALS and word[1] in MEASURES and tag in ("m", "mq", "t", "x", "zg"):
        return True
    if len(word) == 2 and word[0] in "这那各某本该首" and word[1] in MEASURES:
        return True
    if len(word) == 2 and word[0] in DEGREES and word[1] in QUALITIES:
        return True
    if len(word) == 3 and re.match("第[一二三四五六七八九十]", word) and word[2] in MEASURES:
        return True
    return bool(re.match("多[万亿千百]", word)) or tag in ("m", "mq", "t") and bool(
        re.match("^[一二三四五六七八九十两几多百千万亿数]+[多余]?(个|年|元|人|名|家|次|万|亿|系列|大批|年代|公里|公斤|小时|分钟|月)$", word)
        and len(word) > 2)


def read_words():
    words, names = {}, []
    with open(os.path.join(os.path.dirname(jieba.__file__), "dict.txt"), encoding="utf-8") as file:
        for line in file:
            word, count, tag = line.split(" ")
            tag = tag.strip()
            if not is_han(word) or len(word) > LONGEST:
                continue
            if tag in ("nr", "nrt"):
                names.append((word, tag))
            if len(word) == 1 or int(count) >= RARE and not is_two(word, tag):
                words[word] = LOG_TOTAL - math.log(max(1, int(count)))
    return words, names


def name_costs(names):
    """Per character: the cost of being a surname, a given name's only, first, second character, part of a foreign name."""
    tables = [{} for _ in range(5)]
    for word, tag in names:
        if tag == "nrt":
            for c in word:
                tables[4][c] = tables[4].get(c, 0) + 1
        elif 2 <= len(word) <= 3:
            tables[0][word[0]] = tables[0].get(word[0], 0) + 1
            for place, c in zip(((1,), (2, 3))[len(word) - 2], word[1:]):
                tables[place][c] = tables[place].get(c, 0) + 1
    total = sum(tables[0].values())
    tables[0] = {c: tables[0].get(c, 0) + 1 for c in SURNAMES}
    sums = [total] + [sum(t.values()) for t in tables[1:]]
    # A character must be seen 20 times in foreign names.
    tables[4] = {c: n for c, n in tables[4].items() if n >= 20}
    return [{c: -math.log(n / s) for c, n in t.items()} for t, s in zip(tables, sums)]


def double_array(words, codes):
    """Base and check of a double-array trie; a slot's check is its parent << 12 | cost in 1/128 (0: no word ends here)."""
    root = {}
    for word in sorted(words):
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = words[word]
    size = 1 << 20
    base, check = [0] * size, [0] * size
    used = bytearray(size)
    used[0] = 1
    # Where to begin looking, by the number of children: crowded places are left to nodes with fewer.
    hints = [1] * 6
    queue = [(root, 0)]
    top = 0
    # Bushy nodes first, while there is room.
    while queue:
        queue.sort(key=lambda item: -len(item[0]))
        following = []
        for node, slot in queue:
            kids = sorted((codes[c], c) for c in node if c)
            if not kids:
                continue
            group = min(len(kids), 20).bit_length()
            start = hints[group]
            tries = 0
            while True:
                start = used.find(0, start)
                offset = start - kids[0][0]
                if offset > 0 and all(not used[offset + code] for code, _ in kids):
                    break
                start += 1
                tries += 1
                if tries % 100 == 0:
                    hints[group] = start
            base[slot] = offset
            for code, c in kids:
                place = offset + code
                used[place] = 1
                top = max(top, place)
                cost = node[c].get("")
                check[place] = slot << 12 | (0 if cost is None else max(1, min(4095, round(cost * 128))))
                following.append((node[c], place))
        queue = following
    # A look-up may reach past the last slot by the greatest code.
    end = top + max(codes.values()) + 1
    if end >= size:
        raise SystemExit("the trie does not fit 20 bits")
    return base[:end], check[:end]


# The joins: tags B, M, E, S for each character of a word, from the characters around it.

def sentences(path):
    words, result = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.split("\t")
            if len(fields) > 1:
                words.append(fields[1].replace(" ", ""))
            elif words:
                result.append(words)
                words = []
    return result + ([words] if words else [])


def hashes(text):
    """The buckets of each character's ten features; `Joiner.buckets` in Swift is the same."""
    def unit(c):
        return ord("0") if c in DIGITS else ord("a") if c.isascii() and c.isalpha() else ord(c)

    u = numpy.array([1, 1] + [unit(c) for c in text] + [2, 2], dtype=numpy.uint64)
    n = len(text)
    back2, back1, here, next1, next2 = (u[k:k + n] for k in range(5))
    none = numpy.zeros(n, dtype=numpy.uint64)
    pairs = [(here, none), (back1, none), (next1, none), (back1, here), (here, next1), (back1, next1), (back2, back1),
             (next1, next2), (back2, none), (next2, none)]
    columns = []
    mask = numpy.uint64(0xFFFFFFFF)
    for kind, (a, b) in enumerate(pairs):
        h = (a * numpy.uint64(0x9E3779B1) + b * numpy.uint64(0x85EBCA6B) + numpy.uint64((kind + 1) * 0xC2B2AE35)) & mask
        h ^= h >> numpy.uint64(15)
        h = (h * numpy.uint64(0x2C1B3C6D)) & mask
        columns.append((h >> numpy.uint64(32 - WEIGHT_BITS)).astype(numpy.int64))
    return numpy.stack(columns, axis=1)


def tags_of(words):
    return [t for w in words for t in ([3] if len(w) == 1 else [0] + [1] * (len(w) - 2) + [2])]


FOLLOWS = {0: (1, 2), 1: (1, 2), 2: (0, 3), 3: (0, 3)}


def viterbi(scores):
    best, back = {0: scores[0][0], 3: scores[0][3]}, []
    for row in scores[1:]:
        step, came = {}, {}
        for tag, value in best.items():
            for following in FOLLOWS[tag]:
                candidate = value + row[following]
                if following not in step or candidate > step[following]:
                    step[following], came[following] = candidate, tag
        back.append(came)
        best = step
    tag = max((t for t in best if t in (2, 3)), key=lambda t: best[t])
    path = [tag]
    for came in reversed(back):
        tag = came[tag]
        path.append(tag)
    return path[::-1]


def train(data):
    """An averaged structured perceptron."""
    weights = numpy.zeros((1 << WEIGHT_BITS, 4))
    total = numpy.zeros_like(weights)
    rows = [(hashes("".join(s)), numpy.array(tags_of(s))) for s in data]
    order = list(range(len(rows)))
    random.seed(7)
    step = 0
    for _ in range(EPOCHS):
        random.shuffle(order)
        for index in order:
            step += 1
            buckets, gold = rows[index]
            guess = numpy.array(viterbi(weights[buckets].sum(axis=1).tolist()))
            for place in numpy.nonzero(guess != gold)[0]:
                numpy.add.at(weights, (buckets[place], gold[place]), 1)
                numpy.add.at(weights, (buckets[place], guess[place]), -1)
                # Averaging: what is added now counts for the steps that are left.
                numpy.add.at(total, (buckets[place], gold[place]), -step)
                numpy.add.at(total, (buckets[place], guess[place]), step)
    return weights + total / (step + 1)


def main(corpus, out):
    words, names = read_words()
    counts = {}
    for word in words:
        for c in word:
            counts[c] = counts.get(c, 0) + 1
    # Common characters get small codes: the trie is denser.
    codes = {c: k + 1 for k, c in enumerate(sorted(counts, key=lambda c: (-counts[c], c)))}
    base, check = double_array(words, codes)
    classes = [0] * 0x10000
    for c, code in codes.items():
        if ord(c) < 0x10000:
            classes[ord(c)] = code
    costs = bytearray(5 * (len(codes) + 1))
    for kind, table in enumerate(name_costs(names)):
        for c, code in codes.items():
            costs[kind * (len(codes) + 1) + code] = min(254, round(table[c] * 16)) if c in table else 255
        costs[kind * (len(codes) + 1)] = 255
    weights = train(sentences(corpus))
    scale = 8.0
    joins = numpy.clip(numpy.round(weights * scale), -127, 127).astype(numpy.int8)
    sections = [
        struct.pack("<65536H", *classes), b"".join(struct.pack("<II", b, c) for b, c in zip(base, check)), bytes(costs),
        joins.tobytes()]
    head = [b"MSWORDS1", struct.pack("<II", len(codes) + 1, len(base))]
    place = 64
    offsets = []
    for section in sections:
        offsets.append(place)
        place += (len(section) + 63) // 64 * 64
    head = (b"".join(head) + struct.pack("<4I", *offsets)).ljust(64, b"\0")
    with open(out, "wb") as file:
        file.write(head)
        for section in sections:
            file.write(section.ljust((len(section) + 63) // 64 * 64, b"\0"))
    print(f"{len(words)} words, {len(codes)} characters, {len(base)} slots, {place} bytes; "
          f"weights clipped: {int((abs(weights * scale) > 127).sum())}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
