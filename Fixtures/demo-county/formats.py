"""Writes one group's messages in the layouts that the export tools use. Each function returns text (or a list of parts)."""

import base64
import hashlib
import json
import time

ZONE = 8 * 3600
WEFLOW_KINDS = {
    "text": ("文本消息", 1), "image": ("图片消息", 3), "voice": ("语音消息", 34), "video": ("视频消息", 43),
    "sticker": ("动画表情", 47), "link": ("链接消息", 21474836529), "file": ("文件消息", 25769803825),
    "money": ("红包卡片", 8594229559345), "notice": ("群公告", 373662154801), "forward": ("聊天记录", 81604378673),
    "system": ("系统消息", 10000), "recall": ("系统消息", 10000),
}
CHATLAB_KINDS = {
    "text": 0, "image": 1, "voice": 2, "video": 3, "file": 4, "sticker": 5, "link": 7, "money": 20, "notice": 0,
    "forward": 26, "system": 80, "recall": 81,
}
LABELS = {"image": "[图片]", "video": "[视频]", "sticker": "[表情包]", "money": "[红包]"}
MEDIA_TAIL = " 注意：如需下载使用dws chat message download-media命令下载"


def clock(seconds, form="%Y-%m-%d %H:%M:%S"):
    """Beijing time, whatever the machine's zone."""
    return time.strftime(form, time.gmtime(seconds + ZONE))


def hexes(message):
    """32 hexadecimal digits that belong to the message."""
    return hashlib.md5(message.key.encode()).hexdigest()


def words(message):
    """The text as tools with placeholders print it, without its quotation."""
    if message.kind == "voice":
        return "[语音消息] " + message.text if message.text else "[语音消息]"
    if message.kind == "file":
        return "[文件] " + message.text
    if message.kind == "link":
        return "[链接] %s\n%s" % (message.text, message.url)
    if message.kind == "notice":
        return "[群公告] " + message.text
    if message.kind == "forward":
        return "[转发的聊天记录]%s\n%s" % (message.text, "\n".join("%s: %s" % (who, said) for who, _, said in message.items))
    return LABELS.get(message.kind, message.text)


def dumps(value, **options):
    """JSON with its Chinese unescaped; one marked place becomes half a surrogate pair, as broken tools write it."""
    return json.dumps(value, ensure_ascii=False, **options).replace("@@LONE@@", "\\ud83d")


def weflow(group, messages, exported):
    """WeFlow: pretty-printed; `localId` is the ordinal within this file."""
    rows = []
    for ordinal, m in enumerate(messages, 1):
        name, code = WEFLOW_KINDS[m.kind]
        who = m.speaker.wxid if m.speaker else group.id
        shown = m.speaker.remark or m.speaker.name if m.speaker else group.name
        content = words(m)
        if m.quote:
            name, code = "引用消息", 244813135921
            content += "[引用 %s：%s]" % (m.quote.speaker.name, words(m.quote))
        row = {
            "localId": ordinal, "createTime": m.time, "formattedTime": clock(m.time), "type": name, "localType": code,
            "content": content, "isSend": int(m.speaker is group.owner), "senderUsername": who,
            "senderDisplayName": shown, "source": "", "senderAvatarKey": who,
        }
        if m.speaker:
            row["platformMessageId"] = m.id
        if m.quote:
            row.update(replyToMessageId=m.quote.id, quotedSender=m.quote.speaker.name, quotedContent=words(m.quote))
        rows.append(row)
    session = {
        "wxid": group.id, "nickname": group.name, "remark": "", "displayName": group.name, "type": "群聊",
        "lastTimestamp": messages[-1].time, "messageCount": len(messages),
    }
    header = {"version": "1.0.3", "exportedAt": exported, "generator": "WeFlow"}
    return dumps({"weflow": header, "session": session, "messages": rows}, indent=2)


def chatlab_parts(group, messages, exported, generator, strings):
    """The header, the members and the messages of both ChatLab layouts."""
    header = {"version": "0.0.2", "exportedAt": exported, "generator": generator}
    meta = {"name": group.name, "platform": "wechat", "type": "group", "groupId": group.id}
    people = {m.speaker.wxid: m.speaker for m in messages if m.speaker}
    members = [{"platformId": p.wxid, "accountName": p.account, "groupNickname": p.name} for p in people.values()]
    rows = []
    for m in messages:
        row = {
            "sender": m.speaker.wxid if m.speaker else "SYSTEM",
            "accountName": m.speaker.account if m.speaker else "系统消息",
            "timestamp": str(m.time) if strings else m.time, "type": CHATLAB_KINDS[m.kind], "content": words(m),
        }
        if m.speaker:
            row["groupNickname"] = m.speaker.name
            row["platformMessageId"] = m.id
        if m.quote:
            row["type"] = 25
            row["replyToMessageId"] = m.quote.id
            if generator != "ChatLab":  # the database tools keep the quotation in the text as well
                row["content"] += "[引用 %s：%s]" % (m.quote.speaker.name, words(m.quote))
        if m.items:
            row["chatRecords"] = [
                {"sender": "", "accountName": who, "timestamp": at, "type": 0, "content": said} for who, at, said in m.items
            ]
        rows.append(row)
    return header, meta, members, rows


def chatlab(group, messages, exported):
    """ChatLab's own JSON."""
    header, meta, members, rows = chatlab_parts(group, messages, exported, "ChatLab", False)
    return dumps({"chatlab": header, "meta": meta, "members": members, "messages": rows}, indent=1)


def jsonl(group, messages, exported, generator="WeFlow", strings=False, broken=False):
    """ChatLab's JSON lines; some tools write the times as strings, and one line may be cut."""
    header, meta, members, rows = chatlab_parts(group, messages, exported, generator, strings)
    lines = [{"_type": "header", "chatlab": header, "meta": meta}]
    lines += [{"_type": "member", **member} for member in members] + [{"_type": "message", **row} for row in rows]
    texts = [dumps(line, separators=(",", ":")) for line in lines]
    if broken:
        texts.insert(len(texts) // 2, texts[-1][: len(texts[-1]) // 2])
    return "\n".join(texts) + "\n"


def chatlog_item(group, m, order=0):
    """One object of chatlog's array; the words of everything but text stand in `contents`."""
    stamp = clock(m.time, "%Y-%m-%dT%H:%M:%S") + "+08:00"
    item = {
        "seq": m.time * 1000 + order, "time": stamp, "talker": group.id, "talkerName": group.name, "isChatRoom": True,
        "sender": m.speaker.wxid if m.speaker else "系统消息", "senderName": m.speaker.name if m.speaker else "",
        "isSelf": m.speaker is group.owner, "type": 1, "subType": 0, "content": m.text,
    }
    kinds = {"image": (3, 0), "voice": (34, 0), "video": (43, 0), "sticker": (47, 0), "link": (49, 5), "file": (49, 6),
             "forward": (49, 19), "notice": (49, 87), "money": (49, 2001), "system": (10000, 0), "recall": (10000, 0)}
    if m.kind in kinds:
        item["type"], item["subType"] = kinds[m.kind]
    if m.kind in ("image", "video"):
        item.update(content="", contents={"md5": hexes(m)})
    elif m.kind == "voice":
        item.update(content="", contents={"voice": m.id, "text": m.text} if m.text else {"voice": m.id})
    elif m.kind == "sticker":
        item.update(content="", contents={"cdnurl": "http://example.invalid/e/" + hexes(m)})
    elif m.kind == "link":
        item.update(content="", contents={"title": m.text, "desc": "", "url": m.url})
    elif m.kind == "file":
        item.update(content="", contents={"title": m.text, "md5": hexes(m)})
    elif m.kind == "money":
        item["content"] = "[红包]"
    elif m.kind == "notice":
        data = [{"DataType": "1", "DataDesc": m.text}]
        item.update(content="", contents={"title": "群公告", "desc": m.text, "recordInfo": {"DataList": {"DataItems": data}}})
    elif m.kind == "forward":
        data = [{"DataType": "1", "SourceName": who, "SourceTime": clock(at), "DataDesc": said} for who, at, said in m.items]
        item.update(content="", contents={"title": m.text, "desc": m.items[0][2], "recordInfo": {"DataList": {"DataItems": data}}})
    if m.quote:
        refer = chatlog_item(group, m.quote)
        refer.update(seq=0, talker="", talkerName="", isChatRoom=False)
        item.update(type=49, subType=57, contents={"refer": refer})
    return item


def chatlog(group, messages, exported):
    """chatlog's JSON: a minified array; Go escapes the three HTML characters."""
    text = dumps([chatlog_item(group, m, i % 7) for i, m in enumerate(messages)], separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def quoted_cell(text):
    """A CSV field, in quotes where it must be."""
    return '"%s"' % text.replace('"', '""') if any(c in text for c in ',"\n\r') or text[:1] == " " else text


def csv(group, messages, exported):
    """chatlog's CSV: local time, no ids; the content spans lines."""
    lines = ["Time,SenderName,Sender,TalkerName,Talker,Content"]
    for m in messages:
        body = {
            "image": "![图片](http://127.0.0.1:5030/image/%s)" % hexes(m), "video": "![视频](http://127.0.0.1:5030/video/%s)" % hexes(m),
            "voice": "[语音](http://127.0.0.1:5030/voice/%s)" % m.id, "sticker": "![动画表情](http://example.invalid/e/%s)" % hexes(m),
            "link": "[链接|%s](%s)" % (m.text, m.url), "file": "[文件|%s](http://127.0.0.1:5030/file/%s)" % (m.text, hexes(m)),
            "notice": "[群公告|%s]" % m.text, "money": "[红包]",
        }.get(m.kind, m.text)
        if m.kind == "forward":
            body = "[合并转发|%s]\n" % m.text + "".join("  %s %s\n  %s\n\n" % (w, clock(at, "%m-%d %H:%M:%S"), said) for w, at, said in m.items)
        if m.quote:
            q = m.quote
            body = "> %s(%s) %s\n> %s\n%s" % (q.speaker.name, q.speaker.wxid, clock(q.time, "%m-%d %H:%M:%S"), words(q), body)
        name, sender = (m.speaker.name, m.speaker.wxid) if m.speaker else ("", "系统消息")
        lines.append(",".join(quoted_cell(cell) for cell in (clock(m.time), name, sender, group.name, group.id, body)))
    return "\n".join(lines) + "\n"


def mail(group, messages, exported, name=None, modern=False):
    """What the phone mails when messages are ticked: minutes only, no ids, no system lines."""
    name = name or group.name
    lines = ["Dear:", "", '微信群"%s"的聊天记录如下:' % name] if modern else ["%s 微信群上的聊天记录如下，请查收。" % name]
    day = ""
    for m in messages:
        if not m.speaker:
            continue
        if clock(m.time, "%Y-%m-%d") != day:
            day = clock(m.time, "%Y-%m-%d")
            lines += ["", "—————  %s  —————" % day, ""]
        body = {
            "image": "[图片: %s.jpg(请在附件中查看)]" % hexes(m), "video": "[视频: %s.mp4(请在附件中查看)]" % hexes(m), "voice": "[语音]",
            "sticker": "[动画表情]", "link": "[链接] " + m.text, "file": "[文件: %s(请在附件中查看)]" % m.text, "money": "[红包]",
            "forward": "[聊天记录] " + m.text, "notice": m.text,
        }.get(m.kind, m.text)
        if m.quote:
            body = "「%s：%s」\n- - - - - - - - - - - - - - -\n%s" % (m.quote.speaker.name, words(m.quote), body)
        lines += ["", "%s  %s" % (m.speaker.name, clock(m.time, "%H:%M")), "", body, ""]
    return "\n".join(lines) + "\n"


def ding_text(m):
    """How DingTalk's command line prints a body."""
    media = "(mediaId=@lADPDe%s)%s" % (hexes(m)[:20], MEDIA_TAIL)
    return {
        "image": "[图片消息]" + media, "video": "[视频消息]" + media, "sticker": "[表情]",
        "voice": (m.text + "\n" if m.text else "") + "[语音消息]" + media,
        "file": "[文件] %s fileId: %s%s" % (m.text, hexes(m)[:12], MEDIA_TAIL),
        "link": "[链接] %s %s" % (m.text, m.url), "money": "[红包]",
    }.get(m.kind, m.text)


def dws(group, messages, exported, whole=True):
    """The official command line's message list, version 1 of its contract."""
    rows = []
    for m in messages:
        row = {
            "messageId": m.id, "conversationId": group.id, "threadId": "", "sender": m.speaker.name, "senderId": m.speaker.ding,
            "senderType": "user", "messageType": m.kind if m.kind != "notice" else "text", "text": ding_text(m), "createTime": clock(m.time),
        }
        if m.quote:
            q = m.quote
            row["quotedMessage"] = {"messageId": q.id, "sender": q.speaker.name, "text": ding_text(q), "createTime": clock(q.time)}
        rows.append(row)
    envelope = {
        "contractVersion": "im.message-list.v1", "messages": rows, "count": len(rows), "complete": whole, "hasMore": not whole,
        "partial": False, "truncated": not whole, "truncatedByPageLimit": not whole, "failedCount": 0, "failures": [],
        "pagesFetched": 1, "scope": "group",
    }
    return dumps(envelope, indent=2, sort_keys=True)


def dws_raw(group, messages, exported):
    """The raw answer of `dws chat message list`, on one line."""
    rows = []
    for m in messages:
        row = {
            "openMessageId": m.id, "openConversationId": group.id, "sender": m.speaker.name, "senderOpenDingTalkId": m.speaker.ding,
            "content": ding_text(m), "createTime": clock(m.time),
        }
        if m.quote:
            q = m.quote
            row["quotedMessage"] = {"openMessageId": q.id, "sender": q.speaker.name, "content": ding_text(q), "createTime": clock(q.time)}
        if m.items:
            row["content"] = "[聊天记录] " + m.text
            row["forwardMessages"] = [{"sender": who, "content": said, "createTime": clock(at)} for who, at, said in m.items]
        rows.append(row)
    return dumps({"result": {"hasMore": False, "messages": rows}, "success": True}, separators=(",", ":"), sort_keys=True)


def robot(group, messages, exported):
    """What a DingTalk robot was sent: one call-back a line."""
    lines = []
    for m in messages:
        row = {
            "conversationId": group.id, "conversationType": "2", "conversationTitle": group.name, "msgId": m.id, "createAt": m.time * 1000 + 334,
            "senderId": "$:LWCP_v1:$" + m.speaker.ding, "senderNick": m.speaker.name, "senderCorpId": "dingdemo0000", "isInAtList": True,
            "atUsers": [{"dingtalkId": "$:LWCP_v1:$robot0"}],
        }
        if m.kind == "image":
            row.update(msgtype="picture", content={"downloadCode": hexes(m)})
        elif m.kind == "voice":
            row.update(msgtype="audio", content={"downloadCode": hexes(m), "recognition": m.text, "duration": 4000})
        elif m.rich:
            row.update(msgtype="richText", content={"richText": [{"text": m.text}, {"type": "picture", "downloadCode": hexes(m)}]})
        else:
            row.update(msgtype="text", text={"content": " " + m.text})
        lines.append(dumps(row, separators=(",", ":")))
    return "\n".join(lines) + "\n"


def wecom(group, messages, exported):
    """WeCom's message archive after decryption: ids only, no names."""
    lines = []
    for m in messages:
        row = {"msgid": m.id, "action": "send", "from": m.speaker.wecom, "tolist": group.some, "roomid": group.id, "msgtime": m.time * 1000 + 217}
        key, body = "text", {"content": m.text}
        if m.quote:
            body["content"] = "「%s：%s」\n- - - - - - - - - - - - - - -\n%s" % (m.quote.speaker.name, m.quote.text, m.text)
        blob = {"md5sum": hexes(m), "sdkfileid": base64.b64encode(hexes(m).encode()).decode()}
        if m.kind == "image":
            key, body = "image", {**blob, "filesize": 70961}
        elif m.kind == "voice":
            key, body = "voice", {**blob, "voice_size": 4020, "play_length": 6}
        elif m.kind == "video":
            key, body = "video", {**blob, "filesize": 1270961, "play_length": 11}
        elif m.kind == "sticker":
            key, body = "emotion", {**blob, "type": 1, "width": 240, "height": 240, "imagesize": 9120}
        elif m.kind == "file":
            key, body = "file", {**blob, "filename": m.text, "fileext": m.text.rsplit(".", 1)[-1], "filesize": 18020}
        elif m.kind == "link":
            key, body = "link", {"title": m.text, "description": "", "link_url": m.url, "image_url": ""}
        elif m.kind == "money":
            key, body = "redpacket", {"type": 1, "wish": "恭喜发财", "totalcnt": 10, "totalamount": 1000}
        elif m.kind == "recall":
            row["action"] = "recall"
            key, body = "revoke", {"pre_msgid": m.recalls.id}
        elif m.kind == "forward":
            items = [{"type": "ChatRecordText", "msgtime": at, "content": dumps({"content": said}), "from_chatroom": True} for _, at, said in m.items]
            key, body = "chatrecord", {"title": m.text, "item": items}
        elif m.rich:
            items = [{"type": "text", "content": dumps({"content": m.text})}, {"type": "image", "content": dumps(blob)}]
            key, body = "mixed", {"item": items}
        lines.append(dumps({**row, "msgtype": key, key: body}, separators=(",", ":")))
    lines.insert(len(lines) // 2, dumps({"msgid": "1%018d_switch" % messages[0].time, "action": "switch", "time": messages[0].time * 1000, "user": "cadre01"}))
    return "\n".join(lines) + "\n"
