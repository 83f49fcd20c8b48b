"""The members of the groups and what they say: episodes, each a list of messages with the gap in seconds before each."""

import base64
import collections
import random
import re

import chatter
import places

SEED = 20260223
rng = random.Random(SEED)  # the only source of chance, so that equal tables give equal bytes


class Person:
    """A member of a group, with an id on each platform."""

    def __init__(self, name, account, cadre, number):
        self.name, self.account, self.cadre, self.remark = name, account, cadre, None
        self.wxid = "wxid_%s%d22" % ("".join(rng.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(11)), number % 10)
        self.ding = base64.b64encode(rng.randbytes(15)).decode()
        self.wecom = "cadre%02d" % number if cadre else "wmQmJzCgAA" + base64.urlsafe_b64encode(rng.randbytes(15)).decode()


class Message:
    """One message; `gold` says that it begins a sentence that must be found."""

    def __init__(self, speaker, text, kind="text", **more):
        self.speaker, self.text, self.kind = speaker, text, kind
        self.quote = self.items = self.recalls = self.gold = None
        self.url, self.rich, self.time, self.gap, self.id, self.key = "", False, 0, 0, "", ""
        self.__dict__.update(more)


class Group:
    """A group, its members and all that was said in it."""

    def __init__(self, row):
        self.key, self.id, self.name, self.platform, self.village, self.notice, self.former = row[:7]
        self.tool, self.weekly, self.overlap = row[7:]
        self.village_name = VILLAGE[self.village]["name"]
        self.township = VILLAGE[VILLAGE[self.village]["parent"]]["name"]
        nicks = rng.sample(places.NICKS, 16)
        self.residents = []
        for i in range(30):
            real = rng.choice(places.SURNAMES) + rng.choice(places.GIVEN)
            if self.platform == "dingtalk":
                name = "%s-%s组" % (real, "一二三四五六"[i % 6])
            else:
                name = nicks[i // 2] if i % 2 else "%s组%s" % ("一二三四五六"[i % 6], real)
            self.residents.append(Person(name, nicks[i % 16], False, i))
        self.cadres = []
        for i, form in enumerate(rng.sample(places.CADRES, 4)):
            self.cadres.append(Person(form.format(x=rng.choice(places.SURNAMES), y=rng.choice(places.GIVEN)), "微信用户", True, i))
        self.owner = self.cadres[0]
        self.some = [p.wecom for p in self.cadres[:2] + self.residents[:2]]
        self.gold = collections.defaultdict(list)  # day → episodes
        self.said = []
        # What the exporting cadre noted privately about somebody: never to be kept anywhere.
        self.residents[0].remark = "一组那个爱告状的" if self.tool == "weflow" else None


VILLAGE = {
    code: {"name": name, "level": level, "parent": parent, "successor": successor}
    for code, name, level, parent, _, _, _, successor in places.VILLAGES
}


def code_of(place):
    """The code of a village name (or code), rolled up to its successor."""
    code = place if place in VILLAGE else next(c for c, v in VILLAGE.items() if v["name"] == place and v["level"] == "village")
    return VILLAGE[code]["successor"] or code


def fill(text, group, slots):
    """Puts words into a text's slots; the same slot keeps its word within `slots`."""

    def word(match):
        name = match.group(1)
        if name not in slots:
            price = slots.setdefault("_price", rng.randint(3, 19))
            slots[name] = {
                "村": lambda: group.village_name,
                "邻村": lambda: places.NEIGHBOUR[group.village],
                "镇": lambda: group.township,
                "群": lambda: group.name,
                "组": lambda: rng.choice("一二三四五六") + "组",
                "d": lambda: str(rng.randint(3, 12)),
                "n": lambda: str(rng.randint(2, 9)),
                "姓": lambda: rng.choice(places.SURNAMES),
                "价": lambda: str(price),
                "价2": lambda: str(price - 1),
                "价3": lambda: str(max(1, price - 2)),
                "date": lambda: "%d月%d日" % (rng.randint(3, 4), rng.randint(1, 28)),
                "人": lambda: rng.choice(group.residents).name,
                "人2": lambda: rng.choice(group.residents).name,
            }.get(name, lambda: rng.choice(chatter.WORDS[name]))()
        return slots[name]

    return re.sub(r"\{([^{}]{1,4})\}", word, text)


def complaint(group, entry, track, topic, speaker=None, slots=None):
    """A sentence to be found, in one to three lines, with what follows it."""
    entry = entry if isinstance(entry, dict) else {"text": entry}
    lines = entry["text"] if isinstance(entry["text"], tuple) else (entry["text"],)
    lines = [fill(line, group, slots if slots is not None else {}) for line in lines]
    speaker = speaker or rng.choice(group.residents[1:])
    gold = {
        "group": group.id, "text": "\n".join(lines), "track": track, "topic": topic,
        "village": code_of(entry["about"]) if "about" in entry else group.village,
    }
    if entry.get("forward"):
        others = [("阿贵", 70, "你们那边现在咋样"), ("小满", 30, lines[0]), ("阿贵", 10, "发群里让大家看看")]
        return [Message(speaker, "群聊的聊天记录", "forward", items=others, gold=gold)]
    kind = "voice" if entry.get("voice") else "text"
    said = [Message(speaker, line, kind, gap=rng.randint(8, 45)) for line in lines]
    said[0].gold = gold
    said[-1].rich = group.tool in ("wecom", "robot") and rng.random() < 0.3
    if entry.get("twice") == "now":  # the same speaker once more: one utterance, so it counts once
        said += [Message(speaker, line, gap=6) for line in lines]
    if entry.get("quoted"):
        answer = rng.choice(chatter.QUOTE_ANSWERS)
        said.append(Message(rng.choice(group.cadres), answer, gap=rng.randint(200, 1500), quote=said[0]))
        if rng.random() < 0.5:
            echo = rng.choice(["顶一下", "同问", "等结果", "有没有人去看了"])
            said.append(Message(rng.choice(group.residents), echo, gap=200, quote=said[0]))
    elif rng.random() < 0.55 and track == "grievance":
        said.append(Message(rng.choice(group.cadres), rng.choice(chatter.ANSWERS), gap=rng.randint(180, 1700)))
        if rng.random() < 0.4:
            thanks = rng.choice(["好的谢谢", "谢谢", "麻烦了", "辛苦了"])
            said.append(Message(speaker, thanks, gap=rng.randint(200, 300)))
    return said


DECKS = {}


def drawn(name, lines):
    """The next line of a shuffled deck: every one is used before one comes again."""
    if not DECKS.get(name):
        DECKS[name] = rng.sample(lines, len(lines))
    return DECKS[name].pop()


def dialogue(group):
    """A piece of small talk."""
    slots, people = {}, {}
    said = []
    for turn in drawn("dialogues", chatter.DIALOGUES).split("|"):
        who, text = turn.split(" ", 1)
        if who not in people:
            people[who] = rng.choice([p for p in group.residents if p not in people.values()])
        gap = rng.randint(9, 200)
        if text in ("[图片]", "[动画表情]"):
            said.append(Message(people[who], "", "image" if text == "[图片]" else "sticker", gap=gap))
        else:
            said.append(Message(people[who], fill(text, group, slots), gap=gap))
    return said


def forward(group):
    """A merged forward of small talk from elsewhere; its items carry how many minutes ago they were said."""
    title, lines = rng.choice(chatter.FORWARDS)
    slots = {}
    names = ["阿贵", "小满", "老表"]
    items = [(rng.choice(names), 60 * (len(lines) - i), fill(line, group, slots)) for i, line in enumerate(lines)]
    return [Message(rng.choice(group.residents), title, "forward", items=items)]


def media(group):
    """A message without words, or nearly."""
    kinds = {"image": 30, "voice": 12, "spoken": 8, "sticker": 20, "video": 8, "file": 5, "link": 8, "money": 4, "forward": 4}
    kind = rng.choices(list(kinds), kinds.values())[0]
    who = rng.choice(group.residents)
    if kind == "spoken":
        text = fill(rng.choice(chatter.VOICES), group, {})
        return [Message(who, text if group.platform == "dingtalk" or group.tool == "weflow" else "", "voice")]
    if kind == "file":
        return [Message(group.cadres[2], rng.choice(chatter.FILES), "file")]
    if kind == "link":
        title, url = rng.choice(chatter.LINKS)
        return [Message(who, title, "link", url=url)]
    if kind == "forward":
        return forward(group)
    return [Message(who, "", kind)]


def system(group):
    """A line of the app itself, or a recall."""
    who = rng.choice(group.residents)
    if rng.random() < 0.4:
        meant = Message(who, rng.choice(["打错了", "明天的鱼还有没有", "发早了", "这个不算"]))
        by = who if group.tool == "wecom" else None
        return [meant, Message(by, '"%s" 撤回了一条消息' % who.name, "recall", gap=25, recalls=meant)]
    return [Message(None, fill(rng.choice(chatter.SYSTEM), group, {}), "system")]


def officials(group):
    """What cadres write on their own, and what is written to them."""
    kind = rng.choices(["notice", "policy", "thanks", "question"], [34, 16, 25, 25])[0]
    cadre = rng.choice(group.cadres)
    if kind == "notice":
        text = fill(drawn("notices", chatter.NOTICES), group, {})
        if group.platform == "wechat":
            text = text.replace("@所有人 ", "@所有人\u2005")  # as WeChat ends a mention
        said = [Message(cadre, text.replace("[图片]", ""), "notice" if rng.random() < 0.3 else "text")]
        if rng.random() < 0.5:
            for person in rng.sample(group.residents, rng.randint(1, 5)):
                said.append(Message(person, rng.choice(["收到", "收到，谢谢", "好的"]), gap=rng.randint(20, 200)))
        return said
    if kind == "policy":
        return [Message(cadre, drawn("policy", chatter.POLICY))]
    if kind == "thanks":
        reply = rng.choice(["应该的", "不客气", "大家满意就好", "[抱拳]"])
        return [Message(rng.choice(group.residents), drawn("thanks", chatter.THANKS)), Message(cadre, reply, gap=140)]
    answer = rng.choice(["私信你了", "看下群公告第二条", "稍等，我问一下镇里", "工作日都可以来"])
    question = drawn("questions", chatter.QUESTIONS)
    return [Message(rng.choice(group.residents), question), Message(cadre, answer, gap=rng.randint(130, 900))]


def single(group):
    """One line of one resident."""
    kind = rng.choices(["singles", "frames", "near"], [32, 62, 6])[0]
    text = fill(drawn(kind, {"singles": chatter.SINGLES, "frames": chatter.FRAMES, "near": chatter.NEAR}[kind]), group, {})
    return [Message(rng.choice(group.residents), text)]


def ordinary(group):
    """Any episode in which nothing is to be found."""
    if group.tool == "robot":  # only what was addressed to the robot arrives
        return rng.choice([single, single, officials])(group)
    return rng.choices([dialogue, single, media, system, officials], [30, 34, 14, 5, 17])[0](group)
