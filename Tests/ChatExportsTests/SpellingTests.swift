import ChatExports
import Foundation
import Messages
import Testing

/// The spellings in which exporters write one and the same thing.
@Suite struct SpellingTests {
    struct Placeholder: Sendable, CustomTestStringConvertible {
        var content: String
        var kind: MessageKind
        /// What stays as the words; the content itself where nothing is said.
        var text: String?
        var testDescription: String { content }

        init(_ content: String, _ kind: MessageKind, _ text: String? = nil) {
            (self.content, self.kind, self.text) = (content, kind, text)
        }
    }

    @Test(arguments: [
        Placeholder("[图片]", .image), Placeholder("【图片】", .image), Placeholder("[Photo]", .image),
        Placeholder("[图片: 0a1b.jpg(请在附件中查看)]", .image), Placeholder("图片1（可在附件中查看）", .image),
        Placeholder("![图片](http://127.0.0.1/image/0a1b)", .image), Placeholder("[图片消息](mediaId=@a)", .image),
        Placeholder("[图片] local_id=12", .image), Placeholder("[图片: a.png]看这里", .text),
        Placeholder("[语音]", .voice), Placeholder("【语音】没水了", .voice, "没水了"), Placeholder("[语音消息]", .voice),
        Placeholder("[语音消息] 没水了", .voice, "没水了"), Placeholder("[语音消息 - 转文字失败]", .voice),
        Placeholder("语音时长：7.42秒\n翻译结果：没水了", .voice, "没水了"), Placeholder("[语音 7秒]", .voice),
        Placeholder("[视频]", .video), Placeholder("【视频】", .video), Placeholder("![视频](http://127.0.0.1/v)", .video),
        Placeholder("[表情包]", .sticker), Placeholder("[表情包：大笑]", .sticker), Placeholder("[动画表情]", .sticker),
        Placeholder("【表情包】", .sticker), Placeholder("[Sticker]", .sticker),
        Placeholder("[文件] 名单.xlsx", .file), Placeholder("【文件】名单.xlsx", .file), Placeholder("[文件: a.json]", .file),
        Placeholder("[位置] 村口 (30.1,114.2)", .location), Placeholder("【位置分享】", .location),
        Placeholder("[名片]", .card), Placeholder("[语音通话]", .call), Placeholder("[视频通话] 01:23", .call),
        Placeholder("【音视频通话】", .call), Placeholder("[红包]", .money), Placeholder("【红包】", .money),
        Placeholder("[转账] (甲 转账给 乙) ￥5", .money), Placeholder("[转账|发送 ￥5.00](修路)", .money),
        Placeholder("【发起转账】:￥5", .money), Placeholder("[链接] 公示\nhttps://127.0.0.1/", .link),
        Placeholder("【分享链接】\n标题：公示", .link),
        Placeholder("[小程序] 报修", .link), Placeholder("[群公告] 明天停电", .notice, "明天停电"),
        Placeholder("[接龙] 报名", .relay, "报名"),
        Placeholder("[强]", .text), Placeholder("[呲牙][抱拳]", .text), Placeholder("[讨论] 排期", .text),
        Placeholder("8:00停水", .text), Placeholder("A1:坏了", .text),
    ])
    func `a placeholder has one kind in all spellings`(_ row: Placeholder) throws {
        let text =
            "柳溪村监督群 微信群上的聊天记录如下，请查收。\n\n—————  2026-05-28  —————\n\n甲  08:30\n\n\(row.content)\n\n乙  08:31\n\n好\n"
        let file = try ExportFile(bytes: Array(text.utf8), name: "a.txt", options: TextFormatTests.options(1 << 20))
        let block = try #require(try file.nextChunk()).block()
        let record = try #require(block.records.first)
        #expect(record.kind == row.kind)
        #expect(block.string(record.text) == row.text ?? row.content)
    }

    @Test(arguments: [
        "还没修[引用 甲：灯坏了]", "还没修\n引用:甲:灯坏了", "还没修\n引用：甲: 灯坏了", "还没修\n\n[引用](2026-05-28 08:00:00)甲:灯坏了",
        "「甲：灯坏了」\n- - - - - - - - -\n还没修", "[引用] 还没修\n  ↳ 甲: 灯坏了",
    ])
    func `a reply is set apart from what it quotes, in every spelling`(_ content: String) throws {
        let body = content.replacingOccurrences(of: "\n", with: "\\n")
        let line =
            #"{"_type":"message","chatlab":{},"sender":"a","timestamp":1780000000,"type":0,"content":"\#(body)"}"#
        let file = try TemporaryFile(line.utf8)
        let rendering = try Rendering(path: file.path)
        let parts = try #require(rendering.messages.first).components(separatedBy: " | ")
        #expect(parts[7] == "还没修")
        #expect(parts.last == "quote=灯坏了")
    }

    @Test(arguments: [
        #"[{"seq":1,"time":"2026-05-28T08:00:00+08:00","talker":"1@chatroom","isChatRoom":true,"sender":"a","type":49,"subType":57,"content":"还没修","contents":{"refer":{"type":1,"content":"灯坏了"}}}]"#,
        "Time,SenderName,Sender,TalkerName,Talker,Content\n2026-05-28 08:00:00,甲,a,群,1@chatroom,\"> 乙(b) 05-28 07:00:00\n> 灯坏了\n还没修\"\n",
        #"{"weflow":{},"session":{"wxid":"1@chatroom"},"messages":[{"createTime":1780000000,"localType":244813135921,"content":"还没修[引用 甲：灯…]","senderUsername":"a","quotedContent":"灯坏了"}]}"#,
        #"[{"openMessageId":"m","openConversationId":"c","createTime":"2026-05-28 08:00:00","sender":"甲","content":"还没修","quotedMessage":{"content":"灯坏了"}}]"#,
    ])
    func `a reply that the format sets apart keeps its quote whole`(_ text: String) throws {
        let file = try TemporaryFile(text.utf8)
        let rendering = try Rendering(path: file.path)
        let parts = try #require(rendering.messages.first).components(separatedBy: " | ")
        #expect(parts[7] == "还没修")
        #expect(parts.last == "quote=灯坏了")
    }

    @Test(arguments: ["", "null", "未知", "已隐藏", "$username$", "系统消息", "系统", "SYSTEM", "1@chatroom"])
    func `who is nobody is never one person`(_ name: String) throws {
        let lines = (0..<2).map {
            #"{"_type":"message","chatlab":{},"sender":"\#(name)","accountName":"","timestamp":\#(1_780_000_000 + $0),"type":0,"content":"好"}"#
        }
        let file = try TemporaryFile(lines.joined(separator: "\n").utf8)
        let rendering = try Rendering(path: file.path)
        let speakers = rendering.messages.map { $0.components(separatedBy: " | ")[4] }
        #expect(speakers == ["#0", "#0"] || speakers == ["#1", "#2"], "\(speakers)")
        #expect(speakers == ["#0", "#0"] || !["系统消息", "系统", "SYSTEM", "1@chatroom"].contains(name))
    }

    @Test(arguments: [
        ("7412589630147852369", "7412589630147852369"), ("\"7412589630147852369\"", "7412589630147852369"),
        ("\"7.41259E+18\"", ""), ("0", ""), ("null", ""), ("\"undefined\"", ""),
    ])
    func `an id keeps its digits, and what is none is left out`(_ row: (written: String, id: String)) throws {
        let text =
            #"{"weflow":{},"session":{"wxid":"1@chatroom"},"messages":[{"localId":7,"createTime":1780000000,"localType":1,"content":"好","senderUsername":"a","platformMessageId":\#(row.written)}]}"#
        let file = try TemporaryFile(text.utf8)
        let rendering = try Rendering(path: file.path)
        let id = try #require(rendering.messages.first).components(separatedBy: " | ")[6]
        // A rounded or false id is left to the import, which knows it for none.
        #expect(id == "id=" + row.id || row.written.contains("E+") || row.written.contains("undefined"))
    }

    @Test func `a QQ text under its own banner has names without numbers, too`() throws {
        let text =
            "消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:柳溪村监督群\n\n2026-05-28 8:00:01 老田(10001)\n停水了\n2026-05-28 8:01:00 不是谁，是时间\n\n2026-05-28 8:02:03 三嫂\n好\n"
        let file = try ExportFile(bytes: Array(text.utf8), name: "a.txt", options: TextFormatTests.options(1 << 20))
        #expect(file.detection.format == "qq-text")
        let texts = try TextFormatTests.texts(file)
        #expect(texts == ["id=停水了\\u{a}2026-05-28 8:01:00 不是谁，是时间", "id=好"])
    }

    @Test func `cards of dws give their words, and sealed bodies none`() throws {
        let card =
            #"* 仅双方可见\\n[{\\\"text\\\":{\\\"items\\\":[{\\\"data\\\":{\\\"text\\\":\\\"出差中，晚点回复\\\"},\\\"type\\\":\\\"text\\\"}]},\\\"type\\\":\\\"markdown\\\"}]\\n{\\\"previewUrl\\\":\\\"x\\\"}\\nempty"#
            .replacingOccurrences(of: #"\\\""#, with: #"\""#).replacingOccurrences(of: #"\\n"#, with: #"\n"#)
        let contents = [
            card, #"结果：\n{\"approved\":false}\n请看"#, String(repeating: "Ab3+", count: 12) + #"\n||2||1||196"#,
        ]
        let rows = contents.enumerated().map {
            #"{"openMessageId":"m\#($0)","openConversationId":"c","createTime":"2026-05-28 08:00:00","sender":"甲","content":"\#($1)"}"#
        }
        let file = try TemporaryFile(("[" + rows.joined(separator: ",") + "]").utf8)
        let rendering = try Rendering(path: file.path)
        let texts = rendering.messages.map { $0.components(separatedBy: " | ")[7] }
        #expect(texts == ["* 仅双方可见\\u{a}出差中，晚点回复", #"结果：\u{a}{"approved":false}\u{a}请看"#, ""])
    }
}
