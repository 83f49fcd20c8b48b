import ChatExports
import Foundation
import Messages
import Testing

/// What the tools that many people run write in their variants, and what only looks like it.
@Suite struct ExporterShapeTests {
    private func rendering(_ text: String, name: String = "export") throws -> Rendering {
        let file = try TemporaryFile(text.utf8, name: name)
        return try Rendering(path: file.path)
    }

    /// A message's kind, speaker, words and quote.
    private func told(_ rendering: Rendering) -> [String] {
        rendering.messages.map { line in
            let parts = line.components(separatedBy: " | ")
            return (parts[3...4] + parts[7...]).joined(separator: " ")
        }
    }

    private func group(_ rendering: Rendering) -> String? {
        rendering.messages.first?.components(separatedBy: " | ")[5]
    }

    // MARK: Titles

    @Test(arguments: [
        "会议纪要\n时间: 2026-05-29 10:20\n内容如下\n路灯坏了\n", "# 周报\n\n更新于 2026-05-29 10:20\n\n本周修路灯。\n",
        "# 报告\n\n**导出时间:** 2026-05-29 10:20\n\n路灯坏了\n", "发布时间：2026-05-29 10:20:30\n路灯坏了\n",
        "【会议】\n会议时间 2026-05-29 10:20\n地点 村委会\n",
        "导出时间: 2026-05-29 10:20\n时间范围: 2026-05-01 00:00 ~ 2026-05-29 10:20\n共 0 条\n",
        "> 打印时间: 2026-05-29 10:20\n> 页码: 1\n路灯坏了\n",
    ])
    func `a title with a time is no message`(_ text: String) throws {
        for times in [1, 60] {
            let long = text + String(repeating: "路灯坏了，没人管。\n", count: times)
            let error = #expect(throws: ExportError.self) { try self.rendering(long) }
            #expect(error?.reason == .unknownText)
        }
    }

    @Test(arguments: [1, 3, 90])
    func `titles above a chat make no speakers`(_ count: Int) throws {
        let titles =
            "群名: 柳溪村\n导出时间: 2026-05-29 10:20:30\n时间范围: 2026-05-01 00:00:00 ~ 2026-05-29 08:19:00\n============\n\n"
        let lines = (0..<count).map { "[2026-05-29 08:\($0 % 50 + 10):05] 示例村民甲: 第\($0)句" }
        let rendering = try self.rendering(titles + lines.joined(separator: "\n") + "\n")
        #expect(told(rendering) == (0..<count).map { "text #1 第\($0)句" })
        #expect(rendering.rejects.isEmpty && rendering.blankLines == 5)
    }

    @Test func `a line with a time and no name is glued to nobody's words`() throws {
        let lines = [
            "[2026-05-29 08:14] 示例村民甲: 路灯坏了", "[2026-05-29 08:15] [系统] \"示例村民戊\"加入了群聊", "第二行",
            "[2026-05-29 08:16] 没有名字的一句", "[公告] 不是时间", "[2026-05-29 08:17] 示例村民甲: 谢谢",
        ]
        #expect(
            told(try self.rendering(lines.joined(separator: "\n"))) == [
                "text #1 路灯坏了", "system #0 \"示例村民戊\"加入了群聊\\u{a}第二行", "text #2 没有名字的一句\\u{a}[公告] 不是时间", "text #1 谢谢",
            ])
    }

    // MARK: wechat-cli

    private func markdown(_ line: String, type: String = "群聊", count: Int = 1) -> String {
        "# 聊天记录: 柳溪村监督群\n\n**时间范围:** 最早 ~ 最新\n\n**导出时间:** 2026-05-30 09:00\n\n**消息数量:** \(count)\n\n"
            + "**类型:** \(type)\n\n---\n- \(line)\n"
    }

    @Test(arguments: [
        ("[2026-05-29 08:14] 示例村民甲: [语音] <msg><voicemsg length=\"9\"/></msg>", "voice #1 [语音]"),
        ("[2026-05-29 08:14] 示例村民甲: [位置] <msg><location label=\"柳溪桥\" poiname=\"\"/></msg>", "location #1 [位置] 柳溪桥"),
        ("[2026-05-29 08:14] 示例村民甲: [表情]", "sticker #1 [动画表情]"),
        ("[2026-05-29 08:14] 示例村民甲: [图片] /home/demo/a.dat (文件不存在)", "image #1 [图片]"),
        ("[2026-05-29 08:14] [系统] \"甲: 乙\"加入了群聊", "system #0 \"甲: 乙\"加入了群聊"),
        ("[2026-05-29 08:14] 示例村民甲: [系统] \"示例村民甲\" 撤回了一条消息", "recall #0 \"示例村民甲\" 撤回了一条消息"),
        // A person may write the label, too.
        ("[2026-05-29 08:14] 示例村民甲: [系统] 坏了没人管", "text #1 坏了没人管"),
        ("[2026-05-29 08:14] 示例村民甲: 路灯: 坏了", "text #1 路灯: 坏了"),
        ("[2026-05-29 08:14] 没有名字的一句", "text #1 没有名字的一句"),
        ("[2026-05-29 08:14:05] 示例村民甲: 带秒的", "text #1 带秒的"),
        ("[2026-05-29 08:14] 示例村民甲: 是的\n  -> 回复: 灯坏了", "text #1 是的 quote=灯坏了"),
    ])
    func `a line of wechat-cli is told by its label`(_ row: (line: String, told: String)) throws {
        let markdown = try self.rendering(markdown(row.line))
        #expect(markdown.slug == "wechat-cli-markdown")
        #expect(told(markdown) == [row.told])
        #expect(markdown.rejects.isEmpty)
        let head = #"{"chat":"群","username":"5@chatroom","is_group":true,"count":1,"offset":0,"limit":50,"messages":["#
        let escaped = row.line.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        let json = try self.rendering(head + "\"" + escaped + "\"]}")
        #expect(json.slug == "wechat-cli-json")
        #expect(told(json) == [row.told])
    }

    @Test func `what wechat-cli admits is told`() throws {
        #expect(try self.rendering(markdown("[2026-05-29 08:14] 甲: 灯", count: 500)).gaps == [.limit])
        let error = #expect(throws: ExportError.self) {
            let file = try TemporaryFile(markdown("[2026-05-29 08:14] 甲: 灯", type: "私聊").utf8)
            _ = try ExportFile(path: file.path, options: ExportOptions(now: Rendering.now))
        }
        #expect(error?.reason == .privateChat)
        let history = "柳溪村 的消息记录（返回 1 条，offset=20, limit=50） [群聊]:\n\n[2026-05-29 08:14] 甲: 灯\n"
        #expect(try self.rendering(history).gaps == [.partial])
    }

    @Test func `a broken text in a list of texts costs few`() throws {
        let lines = (10..<40).map { "\"[2026-05-29 08:\($0)] 甲: 第\($0)句\"" }
        let head = #"{"chat":"群","username":"5@chatroom","is_group":true,"messages":["#
        let whole = lines.joined(separator: ",") + "]}"
        let broken = whole.replacing("第20句\"", with: "第20句\"x").replacing("甲: 第30句", with: "甲\"\": 第30句")
        for chunkBytes in [1, 64, 1 << 20] {
            let file = try TemporaryFile((head + broken).utf8)
            let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes)
            #expect(rendering.messages.count >= 26, "chunks of \(chunkBytes) bytes")
            #expect(!rendering.rejects.isEmpty)
        }
    }

    // MARK: WeFlow

    @Test func `a chunk of a page is of the group that its folder is called after`() throws {
        let bytes = try Fixture.bytes("weflow-chunk.js")
        let file = try TemporaryFile(bytes, name: "柳溪村监督群_20260501-20260531_data/chunk-000003.js")
        #expect(group(try Rendering(path: file.path)) == "wechat::柳溪村监督群")
    }

    @Test func `WeFlow's header in two lines names the group and may refuse it`() throws {
        func lines(_ type: String) -> String {
            #"{"_type":"chatlab","generator":"WeFlow Rust Exporter","version":"1.0"}"# + "\n"
                + #"{"_type":"meta","name":"柳溪村监督群","platform":"wechat","type":"\#(type)"}"# + "\n"
                + #"{"_type":"message","sender":"a","accountName":"甲","timestamp":1780013645,"type":0,"content":"灯"}"#
                + "\n"
        }
        let rendering = try self.rendering(lines("group"))
        #expect(group(rendering) == "wechat::柳溪村监督群")
        #expect(rendering.rejects.isEmpty && rendering.blankLines == 2)
        let error = #expect(throws: ExportError.self) {
            let file = try TemporaryFile(lines("private").utf8)
            _ = try ExportFile(path: file.path, options: ExportOptions(now: Rendering.now))
        }
        #expect(error?.reason == .privateChat)
    }

    @Test(arguments: [
        (
            "<msg><appmsg><title>我们也停了</title><type>57</type><refermsg><content>书记吃拿卡要</content></refermsg></appmsg></msg>",
            "text #1 我们也停了 quote=书记吃拿卡要"
        ),
        (
            "<sysmsg type=\"revokemsg\"><revokemsg><replacemsg>\"甲\" 撤回了一条消息</replacemsg></revokemsg></sysmsg>",
            "recall #0 \"甲\" 撤回了一条消息"
        ),
    ])
    func `XML in place of words is opened whatever the writer`(_ row: (xml: String, told: String)) throws {
        let escaped = row.xml.replacing("\"", with: "\\\"")
        let lines =
            #"{"_type":"chatlab","version":"1.0"}"# + "\n" + #"{"_type":"meta","name":"群","platform":"wechat"}"# + "\n"
            + #"{"_type":"message","sender":"a","accountName":"甲","timestamp":1780013645,"type":99,"content":"\#(escaped)"}"#
        #expect(told(try self.rendering(lines)) == [row.told])
        let page = row.xml.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        let html =
            "<!DOCTYPE html><html><head><title>群</title></head><body><main class=\"messages\">\n<article class=\"message sent\">"
            + "<time>2026-05-29 08:14:05</time><b>甲</b><p>\(page)</p></article>\n</main></body></html>\n"
        #expect(told(try self.rendering(html)) == [row.told])
        let text = "1780013645 '甲'\n\(row.xml)\n\n"
        #expect(told(try self.rendering(text)) == [row.told])
    }

    // MARK: wechat-export-studio

    @Test func `of a reply without its words only the quote is left, however long the text before it`() throws {
        let lines =
            (0..<300).map { "[2026-05-29 08:\($0 % 50 + 10)] 甲: 第\($0)句" } + ["[2026-05-29 09:00] 乙: [引用] 书记吃拿卡要"]
        let rendering = try self.rendering(lines.joined(separator: "\n") + "\n")
        #expect(told(rendering).last == "text #2  quote=书记吃拿卡要")
        let short = try self.rendering(lines.suffix(3).joined(separator: "\n") + "\n")
        #expect(short.slug == "export-studio-text")
        #expect(told(short).last == "text #2  quote=书记吃拿卡要")
    }

    // MARK: Plain tables

    @Test(arguments: [
        ("时间,发送者,类型,内容", "2026-05-29 08:14:05,甲,text,停水了"), ("时间,发送者,内容", "2026/5/29 8:14,甲,停水了"),
        ("日期时间,昵称,消息", "2026-05-29 08:14,甲,停水了"), ("发送时间\t发言人\t正文", "2026-05-29 08:14\t甲\t停水了"),
        ("时间,姓名,消息内容,是否自己发送", "2026-05-29 08:14,甲,停水了,否"),
        ("时间,发送人,类型,内容,图片/视频,语音", "2026-05-29 08:14:05,甲,text,停水了,,"),
        ("Time,Sender,Content,Type,FromSelf", "\"2026-05-29 08:14:05\",\"甲\",\"停水了\",\"Text\",\"False\""),
        ("ID,时间,发送者,消息类型,内容,文件路径", "0,2026-05-29 08:14:05,甲,text,停水了,"),
    ])
    func `a header in plain words needs no mapping`(_ row: (header: String, line: String)) throws {
        let file = try TemporaryFile((row.header + "\n" + row.line + "\n").utf8, name: "柳溪村监督群.csv")
        let rendering = try Rendering(path: file.path)
        #expect(rendering.slug == "plain-table")
        #expect(told(rendering) == ["text #1 停水了"])
        #expect(group(rendering) == "wechat::柳溪村监督群")
        let opened = try ExportFile(path: file.path, options: ExportOptions(now: Rendering.now))
        #expect(opened.detection.evidence.contains { $0.hasPrefix("columns assumed: time=") })
    }

    @Test(arguments: [
        "时间,姓名,电话,内容,办理结果", "时间,发送者,发言人,内容", "时间,地点,内容", "时间,姓名,内容,满意度", "开始时间,结束时间,姓名,内容",
    ])
    func `a header that may be of a register asks for a mapping`(_ header: String) throws {
        let cells = Array(repeating: "一", count: header.split(separator: ",").count).joined(separator: ",")
        let error = #expect(throws: ExportError.self) { try self.rendering(header + "\n" + cells + "\n") }
        #expect(error?.reason == .unknownTable || error?.reason == .unknownText)
    }
}
