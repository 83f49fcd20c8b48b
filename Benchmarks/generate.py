#!/usr/bin/env python3
"""Makes one big export of an invented group in WeFlow's layout, to measure with.

    python3 generate.py --messages 1000000 --seed 1 --out FILE [--candidates 0.04]

Equal arguments give equal bytes. About the given share of the messages is built from frames of complaints and reports
(a facility and its fault, an office and what it did); the rest is small talk that names neither. Neighbouring messages
are of different speakers, and each speaker's are more than two minutes apart, so that no two lines join into one
utterance. `-` writes to standard output. The counts go to standard error.
"""

import argparse
import random
import re
import sys
import time

START = 1735660800  # 2025-01-01 00:00 in Beijing
YEAR = 365 * 86400
MEMBERS = 499  # a prime: a step through the members comes back to one only after all others
STEP = 173
GROUP = ("52600399901@chatroom", "测量用的监督群")

# Words of small talk. None of them is a facility, an office, a benefit or a fault.
SMALL = {
    "时": "今天早上 昨天晚上 刚才 明天下午 礼拜六 后天一早 中午吃完饭 前两天 上个月 下个礼拜 清早 傍晚 天黑以后 逢场那天".split(),
    "谁": "我姐 我妈 二叔 隔壁阿姨 小表妹 老同学 大外甥女 三姨 我家那口子 孩子他爸 奶奶 楼上小两口 阿桂 老石".split(),
    "地": "县城 镇上 老街 河对岸 集市 果园 坡上 院坝 小卖部 凉亭 省城 海边 动物园 花市".split(),
    "菜": "白菜 萝卜 莴笋 菠菜 芹菜 豌豆尖 韭菜 红薯 蒜苗 香椿 春笋 南瓜 茄子 丝瓜 豆角 芋头".split(),
    "果": "脐橙 沃柑 枇杷 草莓 樱桃 丑橘 柚子 猕猴桃 葡萄 桃子 李子 石榴".split(),
    "食": "糍粑 腊肉 豆腐 米酒 饺子 面条 苞谷粑 酸菜鱼 汤圆 凉粉 炖鸡 红烧肉 泡菜 绿豆汤".split(),
    "物": "钥匙 老花镜 雨伞 头盔 围巾 保温杯 书包 耳环 帽子 手套".split(),
    "天": "太阳很大 下小雨 起雾 刮风 凉快 暖和 下雪 闷热 出彩虹 多云".split(),
    "好": "真好看 挺香的 太甜了 笑死我了 好得很 很热闹 蛮划算 有意思 特别新鲜 让人高兴".split(),
    "做": "散步 钓鱼 包饺子 摘果子 晒被子 看球赛 逛集市 学跳舞 练毛笔字 做手工 打太极 挖笋".split(),
    "数": "一 两 三 四 五 六 七 八 十来 二十".split(),
    "价": "三块 五块五 八块 十二 十五块 二十出头 六毛 一块八".split(),
    "戏": "年代剧 谍战片 唱歌比赛 美食节目 动画片 武侠片 相声 花鼓戏".split(),
    "娃": "我家老大 小孙女 妹崽 小胖子 双胞胎 幺儿 大侄女 豆豆".split(),
    "课": "数学 语文 英语 画画 书法 唱歌 跳绳 朗读".split(),
}
TALK = """
{时}去{地}转了一圈，买了{数}斤{果}，{好}
{谁}{时}做了{食}，叫大家都来尝一口
外头{天}，正好出去{做}，有一起的没有
{娃}{时}的{课}得了第{数}名，晚上加个菜
{时}陪{谁}去{地}{做}，走了好多步
谁看到我的{物}了，可能落在{地}那边
自家种的{菜}吃不完，{价}一斤，要的来拿
{地}新到的{果}{价}一斤，{好}
{时}跟{谁}看{戏}，看到半夜才睡
求教{食}怎么做才好吃，{谁}想学
{谁}从{地}带回来{数}箱{果}，分给大家尝尝
{娃}吵着要去{地}{做}，我只好答应
这几天{天}，{菜}长得飞快
{时}{天}，记得把{菜}盖一下
给{谁}寄了{数}斤{食}，昨天收着了，说{好}
{时}有没有人去{地}，顺便帮我带点{菜}
{数}个老伙计约好{时}去{地}{做}
{谁}学会了用手机拍视频，拍的{菜}地{好}
祝{谁}生日快乐，天天开心，笑口常开
{戏}的主角是{谁}喜欢的，一集都不落
{娃}写了篇作文，题目是我爱{做}
早上好，{地}这边{天}，大家那边呢
今年的{果}花开得密，{谁}说收成错不了
{时}梦到在{地}{做}，醒来笑了半天
""".strip().split("\n")
TAILS = """
，哈哈哈|，你们说呢|，改天再聊|，想来的接龙|，带上{物}|，顺便看看{谁}|，图片等下发|，谢谢大家|，不急慢慢来|，{好}|，下次叫上{娃}
，记得早点来|，我先忙去了|，回头请大家吃{食}|，不见不散|，有空来坐坐|，晚上接着看{戏}|，一点都不贵|，人多才热闹|，{谁}也说{好}
""".strip().replace("\n", "|").split("|") + [""] * 9

# Words and frames of what is to be found.
FOUND = {
    "组": "一组 二组 三组 四组 五组 我们组 河东片 上湾 下湾 新屋场".split(),
    "久": "三天了 一个多礼拜了 半个月了 快两个月了 大半年了 从年前到现在 好几天了".split(),
    "求": "麻烦来人看看 有没有人管 希望尽快处理 请村里解决一下 到底什么时候能弄好 老人小孩都遭罪 问了几次没人答 请重视一下".split(),
    "施": "路灯 太阳能路灯 自来水管 变压器 电线杆 排水沟 下水道 水渠 抽水泵 公厕 健身器材 桥栏杆 井盖 提灌站 垃圾池".split(),
    "坏": "坏了 不能用了 没人修 一直没修好 出问题了 又坏了 早就坏了".split(),
    "断": "停水 停电 断网 没信号 没水 跳闸".split(),
    "脏": "垃圾没人清运 污水横流 臭气熏天 垃圾堆成山 污水直排 苍蝇成群".split(),
    "路": "进村路 水泥路 机耕路 通组路 桥头那段路 学校门口的路".split(),
    "烂": "坑坑洼洼 塌了半边 全是泥 烂得不能走 裂了大口子".split(),
    "惠": "低保 耕地补贴 危房改造款 养老金 种粮补贴 残疾补贴 征地款 救助金 退耕还林款".split(),
    "欠": "没到账 没发下来 少发了 停发了 批不下来 一直没领到".split(),
    "吵": "半夜打牌 广场舞音响 工地打桩 加工厂锯木头 歌厅唱歌".split(),
    "官": "村干部 村支书 村主任 村会计 组长 村委 驻村干部 镇干部".split(),
    "贪": "截留了 私吞了 挪用了 冒领了 克扣了 侵占了".split(),
    "亲": "亲戚 小舅子 自家兄弟 儿子 老婆 连襟 侄子".split(),
    "公": "工程款 集体的钱 扶贫款 卖树款 租金 捐款 项目款 鱼塘承包费".split(),
    "礼": "送烟送酒 塞红包 请吃饭 交好处费 给回扣".split(),
}
COMPLAINTS = """
{组}的{施}{坏}，{久}，{求}
{施}{坏}{久}，{求}
{组}又{断}，{久}，{求}
{组}{脏}，{久}，{求}
{路}{烂}，骑车摔了人，{求}
{路}{烂}，{久}，{求}
我家的{惠}{欠}，{久}，{求}
{惠}别人都有，我家{欠}，{求}
{吵}吵得睡不着，{久}，{求}
""".strip().split("\n")
REPORTS = """
{官}把我家的{惠}{贪}，{求}
{惠}被{官}{贪}，{久}，{求}
{官}把{公}{贪}，账目从来不公开
{惠}名单上都是{官}的{亲}，真正困难的没有份
办事要给{官}{礼}，不然就拖着不办
工程不招标就给了{官}的{亲}，{公}去向不明
{公}去哪里了，{官}从来不公布，{求}
反映了好多回，{官}推来推去不作为，{久}
""".strip().split("\n")

ROW = """    {
      "localId": %d,
      "createTime": %d,
      "formattedTime": "%s",
      "type": "%s",
      "localType": %d,
      "content": "%s",
      "isSend": 0,
      "senderUsername": "%s",
      "senderDisplayName": "%s",
      "source": "",
      "senderAvatarKey": "%s",
      "platformMessageId": "%d"
    }"""


def compiled(frames, words):
    """Each frame as a format string and the lists that fill it."""
    return [(re.sub(r"\{.\}", "%s", frame), [words[name] for name in re.findall(r"\{(.)\}", frame)]) for frame in frames]


def clock(seconds, days):
    """Beijing time; the date is made once a day."""
    day, rest = divmod(seconds + 8 * 3600, 86400)
    if day not in days:
        days.clear()
        days[day] = time.strftime("%Y-%m-%d", time.gmtime(day * 86400))
    return "%s %02d:%02d:%02d" % (days[day], rest // 3600, rest // 60 % 60, rest % 60)


def write(out, count, seed, share):
    """Writes the export; returns how many candidates and how many characters of text are in it."""
    rng = random.Random(seed)
    chance = rng.random
    talk, tails = compiled(TALK, SMALL), compiled(TAILS, SMALL)
    candidates = compiled(COMPLAINTS, FOUND), compiled(REPORTS, FOUND)
    surnames, names = "吴刘王陈李张罗周唐彭邓何谢曾冯", "满仓 桂香 长根 秀莲 水生 冬梅 有福 腊梅 德旺 春桃 国平 玉兰".split()
    members = [("wxid_m%03dk%05d" % (i, rng.randrange(10**5)), "%s%s" % (surnames[i % 15], names[i // 15 % 12])) for i in range(MEMBERS)]
    last = START + (count - 1) * YEAR // max(1, count)
    out.write('{\n  "weflow": {\n    "version": "1.0.3",\n    "exportedAt": %d,\n    "generator": "WeFlow"\n  },\n' % (START + YEAR))
    out.write('  "session": {\n    "wxid": "%s",\n    "nickname": "%s",\n    "remark": "",\n    "displayName": "%s",\n' % (GROUP + GROUP[1:]))
    out.write('    "type": "群聊",\n    "lastTimestamp": %d,\n    "messageCount": %d\n  },\n  "messages": [\n' % (last, count))
    found = characters = 0
    days, rows = {}, []
    for i in range(count):
        kind, code = "文本消息", 1
        dice = chance()
        if dice < share:
            found += 1
            frames = candidates[dice * 4 < share]  # a quarter of them are reports
            form, lists = frames[int(chance() * len(frames))]
            text = form % tuple([words[int(chance() * len(words))] for words in lists])
        elif dice > 0.97:
            kind, code, text = ("图片消息", 3, "[图片]") if dice > 0.98 else ("语音消息", 34, "[语音消息]")
        else:
            form, lists = talk[int(chance() * len(talk))]
            text = form % tuple([words[int(chance() * len(words))] for words in lists])
            if dice > 0.61:  # people who have more to tell; brings the mean to some 29 characters
                form, lists = talk[int(chance() * len(talk))]
                text += "。" + form % tuple([words[int(chance() * len(words))] for words in lists])
            form, lists = tails[int(chance() * len(tails))]
            text += form % tuple([words[int(chance() * len(words))] for words in lists])
        characters += len(text)
        sent = START + i * YEAR // count
        who, name = members[i * STEP % MEMBERS]
        # An odd factor modulo a power of two: no two ids are equal.
        server = 7 * 10**17 + (i * 0x9E3779B97F4A7C15 & (1 << 62) - 1)
        rows.append(ROW % (i + 1, sent, clock(sent, days), kind, code, text, who, name, who, server))
        if len(rows) == 20_000:
            out.write(",\n".join(rows) + (",\n" if i + 1 < count else "\n"))
            rows = []
    out.write(",\n".join(rows) + ("\n" if rows else "") + "  ]\n}\n")
    return found, characters


def main():
    """Reads the arguments, writes the file, prints the counts."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--messages", type=int, default=1_000_000, help="how many (default: one million)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--candidates", type=float, default=0.04, help="share of complaints and reports (default: 0.04)")
    options.add_argument("--out", required=True, help="the file to write; - is standard output")
    chosen = options.parse_args()
    # More messages than that would bring one speaker's within two minutes of each other.
    if not 0 < chosen.messages <= MEMBERS * YEAR // 121:
        options.error("--messages must be between 1 and %d" % (MEMBERS * YEAR // 121))
    if not 0 <= chosen.candidates <= 0.97:
        options.error("--candidates must be between 0 and 0.97")
    if chosen.out == "-":
        out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False)
    else:
        out = open(chosen.out, "w", encoding="utf-8", newline="\n")
    with out:
        found, characters = write(out, chosen.messages, chosen.seed, chosen.candidates)
    print("messages %d" % chosen.messages, file=sys.stderr)
    print("candidates %d (%.2f %%)" % (found, 100 * found / chosen.messages), file=sys.stderr)
    print("characters per message %.1f" % (characters / chosen.messages), file=sys.stderr)


if __name__ == "__main__":
    main()
