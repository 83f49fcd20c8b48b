import ChatExports
import Foundation
import Messages
import Testing

/// Layouts of texts that small tools write, the bars and titles between their messages, and what cannot be read with certainty.
@Suite struct LayoutTests {
    private func rendering(_ lines: [String], name: String = "export") throws -> Rendering {
        let file = try TemporaryFile((lines.joined(separator: "\n") + "\n").utf8, name: name)
        let rendering = try Rendering(path: file.path)
        // Pieces of any size say the same.
        for bytes in [1, 40] {
            #expect(try Rendering(path: file.path, chunkBytes: bytes).messages == rendering.messages)
        }
        return rendering
    }

    /// A message's time, speaker and words.
    private func told(_ rendering: Rendering) -> [String] {
        rendering.messages.map { line in
            let parts = line.components(separatedBy: " | ")
            return ([Self.time(parts[1]) + (parts[2] == "minute" ? "" : ":05"), parts[4]] + parts[7...])
                .joined(separator: " ")
        }
    }

    /// A time in Beijing, to the minute.
    private static func time(_ seconds: String) -> String {
        let date = Date(timeIntervalSince1970: (Double(seconds) ?? 0) + 8 * 3600)
        return String(date.ISO8601Format().prefix(16))
    }

    private func groups(_ rendering: Rendering) -> [String] {
        rendering.messages.map { $0.components(separatedBy: " | ")[5] }
    }

    // MARK: Bars

    private static let bars = [
        "--- %d ---", "-----%d-----", "———— %d ————", "========== %d ==========", "## %d", "### %d 星期五", "【%d】", "%d",
        "%d（周五）", "** %d **", "[%d]", "═══ %d ═══", "--- %d (2 条消息) ---",
    ]
    private static let heads = [
        "%d 08:14:05 赵大：灯坏了", "[%d 08:14:05] 赵大: 灯坏了", "[%d 08:14] [赵大] 灯坏了", "%d 08:14:05\t赵大\t灯坏了",
        "赵大 %d 08:14:05\n灯坏了", "%d 08:14:05 | 赵大：灯坏了", "赵大\n%d 08:14:05\n灯坏了", "%d 08:14:05 赵大\n灯坏了",
        "%d 08:14:05 '赵大'\n灯坏了", "赵大(wxid_demo) %d 08:14:05\n灯坏了", "[%d 08:14:05] 赵大(wxid_demo): 灯坏了",
        "[%d 08:14:05] 赵大:\n灯坏了", "赵大 (%d 08:14:05):灯坏了",
    ]

    @Test(arguments: heads, bars)
    func `a bar above each day is no message and no part of one`(_ head: String, _ bar: String) throws {
        var (plain, barred): ([String], [String]) = ([], [])
        for day in ["2026-05-27", "2026-05-28", "2026-05-29"] {
            barred += [bar.replacing("%d", with: day), ""]
            for _ in 0..<2 {
                let message = head.replacing("%d", with: day).split(separator: "\n").map(String.init) + [""]
                plain += message
                barred += message
            }
        }
        let rendering = try self.rendering(barred)
        let expected = try self.rendering(plain)
        #expect(told(rendering) == told(expected))
        #expect(rendering.messages.count == 6)
        #expect(rendering.rejects.isEmpty)
        #expect(rendering.messages.allSatisfy { $0.hasSuffix("灯坏了") })
    }

    @Test func `a line like a bar that is somebody's words stays theirs`() throws {
        let lines = [
            "--- 2026-05-28 ---", "[2026-05-28 08:14:05] 赵大: 明天起停水：", "--- 2026-05-29 ---", "请大家存水",
            "[2026-05-28 08:15:05] 钱二: 好", "--- 2026-05-29 ---", "[2026-05-29 08:14:05] 赵大: ===== 2026-05-29 =====",
            "[2026-05-29 08:15:05] 赵大: 停了", "--- 2026-06-01 ---",
        ]
        #expect(
            told(try self.rendering(lines)).map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") } == [
                "明天起停水：\\u{a}--- 2026-05-29 ---\\u{a}请大家存水", "好", "===== 2026-05-29 =====",
                "停了\\u{a}--- 2026-06-01 ---",
            ])
    }

    @Test(arguments: ["## %d", "【%d】", "%d", "——— %d ———", "=== %d ==="], [[], [""]])
    func `bars give the days of heads that have none`(_ bar: String, _ blanks: [String]) throws {
        func bars(_ day: String) -> [String] { blanks + [bar.replacing("%d", with: day)] + blanks }
        let lines =
            bars("2026-05-28") + ["[08:14] 赵大: 灯坏了", "[08:15] 钱二: 收到"] + bars("2026-05-29") + ["[08:14] 赵大: 还没修"]
        let rendering = try self.rendering(lines)
        #expect(rendering.gaps.isEmpty)
        #expect(
            told(rendering) == [
                "2026-05-28T08:14 #1 灯坏了", "2026-05-28T08:15 #2 收到", "2026-05-29T08:14 #1 还没修",
            ])
    }

    // MARK: Columns

    private static let columns = [
        "2026-05-29 08:14:05\t%n\t%w", "2026-05-29 08:14:05 | %n | %w", "2026-05-29 08:14:05  %n  %w",
        "[2026-05-29 08:14:05] [%n] %w", "[2026-05-29 08:14:05] <%n> %w", "2026-05-29 08:14:05 <%n> %w",
        "2026/5/29 8:14:05\t%n\t%w",
    ]

    @Test(arguments: columns, [0, 1, 3, 6])
    func `words keep their colons in columns`(_ line: String, _ colons: Int) throws {
        let words = (0..<6).map { $0 < colons ? "低保名单：第\($0)批没公示" : "第\($0)句" }
        let names = ["赵大", "钱二", "赵大", "孙三[二组]", "钱二", "赵大"]
        let lines = zip(names, words).map { line.replacing("%n", with: $0).replacing("%w", with: $1) }
        let rendering = try self.rendering(lines)
        #expect(
            told(rendering) == zip([1, 2, 1, 3, 2, 1], words).map { "2026-05-29T08:14:05 #\($0) \($1)" })
        #expect(rendering.slug == "pasted-text")
        #expect(rendering.rejects.isEmpty)
    }

    @Test(arguments: [
        ("2026-05-29 08:14:05 赵大 %w", "line={date} {time} {sender} {text}"),
        ("[2026-05-29 08:14:05] 赵大 %w", "line=[{time}] {sender} {text}"),
    ])
    func `names that nothing tells from words are refused`(_ row: (line: String, map: String)) throws {
        for colons in [0, 6, 18, 24, 30, 45] {
            let lines = (0..<60).map { row.line.replacing("%w", with: $0 < colons ? "名单：没公示" : "第\($0)句") }
            let error = #expect(throws: ExportError.self) { try self.rendering(lines.reversed()) }
            #expect(error?.reason == .unknownText)
            // What the refusal says leads to the messages.
            #expect(error?.detail == "--map \"\(row.map)\"")
            var options = ExportOptions(now: Rendering.now)
            options.columnMap = try ColumnMap(row.map)
            let file = try ExportFile(
                bytes: Array(lines.joined(separator: "\n").utf8), name: "a.txt", options: options)
            let block = try #require(try file.nextChunk()).block()
            #expect(block.records.count == 60 && Set(block.records.map(\.speakerKey)).count == 1)
            #expect(block.records.allSatisfy { !block.string($0.text).contains("赵大") })
        }
    }

    @Test(arguments: [("[2026-05-29 08:14:05] ", ": "), ("2026-05-29 08:14:05 ", "："), ("[2026-05-29 08:14] ", "：")])
    func `a colon in a name is the name's where all heads have another sign`(_ sign: (before: String, colon: String))
        throws
    {
        let names = ["王三:一组", "赵大", "王三:一组", "钱二"]
        let lines = names.enumerated().map { sign.before + $1 + sign.colon + "8:00第\($0)句" }
        let speakers = try self.rendering(lines).messages.map { $0.components(separatedBy: " | ") }
        #expect(speakers.map { $0[4] } == ["#1", "#2", "#1", "#3"])
        #expect(speakers.map { $0[7] } == (0..<4).map { "8:00第\($0)句" })
    }

    // MARK: Three lines

    @Test(
        arguments: ["2026年05月29日 08:14", "2026-05-29 08:14:05", "2026/5/29 8:14", "2026年5月29日  8:14"], [true, false])
    func `a name may stand above its time`(_ time: String, _ hasBlanks: Bool) throws {
        var lines: [String] = []
        for (name, words) in [("赵大", "灯坏了"), ("王三:一组", "8:00停水"), ("赵大", "2026-05-28 08:00:00 钱二"), ("a,b", "好")] {
            lines += [name, time, words] + (hasBlanks ? [""] : [])
        }
        for file in ["export.txt", "export 2026-06-30.txt"] {
            let rendering = try self.rendering(lines, name: file)
            let parts = rendering.messages.map { $0.components(separatedBy: " | ") }
            #expect(parts.map { $0[4] } == ["#1", "#2", "#1", "#3"])
            #expect(parts.map { $0[7] } == ["灯坏了", "8:00停水", "2026-05-28 08:00:00 钱二", "好"])
            #expect(parts.allSatisfy { Self.time($0[1]) == "2026-05-29T08:14" })
            #expect(rendering.gaps.isEmpty && rendering.rejects.isEmpty)
        }
    }

    @Test(arguments: ["停水通知\n2026-05-29 10:20\n明天停水\n", "周报\n\n赵大\n2026年5月29日 10:20\n路灯修好了\n"])
    func `a time below one title makes no chat`(_ text: String) throws {
        let error = #expect(throws: ExportError.self) { try self.rendering([text]) }
        #expect(error?.reason == .unknownText)
    }

    // MARK: Titles

    @Test(arguments: [
        ("微信聊天记录: 柳溪群 (45678@chatroom)", "wechat:45678@chatroom:柳溪群"), ("会话名称：柳溪群", "wechat::柳溪群"),
        ("=== 与 柳溪群 的对话 ===", "wechat::柳溪群"), ("[LINE] 柳溪群的聊天記錄\n儲存日期： 2026/05/30 10:00", "wechat::柳溪群"),
        ("WeChat Chat Export for LLM v1.1.0\n会话类型：群聊\n会话名称：柳溪群\n消息总数：3", "wechat::柳溪群"),
    ])
    func `a title names the group`(_ title: (text: String, group: String)) throws {
        let lines = [title.text, "======", ""] + (4...6).map { "[2026-05-29 08:1\($0):05] 赵大: 第\($0)句" }
        let rendering = try self.rendering(lines)
        #expect(Set(groups(rendering)) == [title.group])
        #expect(rendering.messages.count == 3 && rendering.rejects.isEmpty)
    }

    @Test func `two chats in one text are two groups`() throws {
        let lines = [
            "备份时间: 2026-05-30 10:00:00", "会话数量: 2", "==========", "", "【柳溪群】(2 条消息)", "----------",
            "[2026-05-29 08:14:05] 赵大: 灯坏了", "[2026-05-29 08:15:05] 钱二: 【路灯】(3 条街)", "", "【东山群】(1 条消息)",
            "----------", "[2026-05-28 08:14:05] 孙三: 停水",
        ]
        let rendering = try self.rendering(lines)
        #expect(groups(rendering) == ["wechat::柳溪群", "wechat::柳溪群", "wechat::东山群"])
        #expect(rendering.messages.map { $0.components(separatedBy: " | ")[7] } == ["灯坏了", "【路灯】(3 条街)", "停水"])
        #expect(rendering.rejects.isEmpty)
    }

    @Test func `words like a chat's title are words where no title stands above`() throws {
        let lines = [
            "[2026-05-29 08:14:05] 赵大: 坏了的：", "", "【东门路灯】(3 条)", "修一下", "[2026-05-29 08:15:05] 钱二: 好",
        ]
        let rendering = try self.rendering(lines)
        #expect(
            rendering.messages.map { $0.components(separatedBy: " | ")[7] } == [
                "坏了的：\\u{a}\\u{a}【东门路灯】(3 条)\\u{a}修一下", "好",
            ])
        #expect(Set(groups(rendering)) == ["wechat::"])
    }

    @Test func `LINE's text has a bare clock, a tab, a name, a tab and the words below each day`() throws {
        let lines = [
            "[LINE] 柳溪群的聊天記錄", "儲存日期： 2026/05/30 10:00", "", "2026/05/28（四）", "09:05\t趙大\t燈壞了：三天",
            "09:06\t錢二\t收到", "", "2026/05/29（五）", "09:05\t趙大\t還沒修",
        ]
        let rendering = try self.rendering(lines)
        #expect(
            told(rendering) == [
                "2026-05-28T09:05 #1 燈壞了：三天", "2026-05-28T09:06 #2 收到", "2026-05-29T09:05 #1 還沒修",
            ])
    }

    // MARK: Others

    @Test(arguments: ["", " [柳溪 [二组](456@chatroom)]", " [柳溪群(456@chatroom)]"])
    func `chatlog's fork writes a number behind the name`(_ group: String) throws {
        let lines = [
            "王三:一组(wxid_a) [1767196798000001]\(group) 2026-05-29 08:14:05", "8:00停水", "",
            "李[四](副)(wxid_b) [1767196798000002]\(group) 2026-05-29 08:14:06", "收到", "",
            "王三:一组(wxid_a) [1767196798000003]\(group) 2026-05-29 08:14:07", "还没来", "",
        ]
        let rendering = try self.rendering(lines)
        #expect(rendering.slug == "chatlog-text")
        #expect(told(rendering).map { $0.suffix($0.count - 20) } == ["#1 8:00停水", "#2 收到", "#1 还没来"])
        if !group.isEmpty { #expect(groups(rendering).allSatisfy { $0.hasPrefix("wechat:456@chatroom:柳溪") }) }
    }

    @Test(arguments: [
        "—————  2026-05f^-29  —————", "—————  2026-0529  —————", "—————  2026-15-29  —————", "—————  2026年5月  —————",
    ])
    func `a damaged day of a mail is a reject, and what follows is not put under the day before`(_ bar: String) throws {
        func day(_ bar: String) -> [String] { [bar, "", "", "赵大  08:14", "", "灯坏了", "", ""] }
        let good = "—————  2026-05-%d  —————"
        let lines =
            ["微信群\"柳溪群\"的聊天记录如下:", ""] + day(good.replacing("%d", with: "28")) + day(bar)
            + day(good.replacing("%d", with: "30"))
        let rendering = try self.rendering(lines)
        #expect(told(rendering).map { $0.prefix(10) } == ["2026-05-28", "2026-05-30"])
        #expect(rendering.rejects == ["11 badTime", "14 badTime", "16 strayLine"])
        // The same where heads with one blank make it a pasted text.
        let pasted = try self.rendering(lines.dropFirst(2).map { $0.replacing("  08:14", with: " 08:14") })
        #expect(told(pasted).map { $0.prefix(10) } == ["2026-05-28", "2026-05-30"])
    }

    @Test(arguments: ["  ", " "])
    func `a day between dashes may have its weekday`(_ blanks: String) throws {
        let lines = ["—————  2026年5月28日 星期四  —————", "", "", "赵大\(blanks)08:14", "", "灯坏了"]
        #expect(told(try self.rendering(lines)) == ["2026-05-28T08:14 #1 灯坏了"])
    }

    @Test(arguments: ["--- 补贴 2026 ---", "——— 13800000000 ———", "————————", "--- 第3-4组 ---", "--- 2026-05 计划 ---"])
    func `words between dashes are words`(_ words: String) throws {
        let lines = [
            "—————  2026-05-28  —————", "", "", "赵大  08:14", "", "看", words, "", words, "", "", "钱二  08:15", "", "好",
        ]
        let rendering = try self.rendering(lines)
        #expect(rendering.messages.count == 2 && rendering.rejects.isEmpty)
        #expect(rendering.messages[0].contains(words))
    }
}
