import ChatExports
import Foundation
import Messages
import Testing

/// What small tools leave in their tables and files, and what they set apart.
@Suite struct ToolTableTests {
    private func rendering(_ text: String, name: String = "柳溪村.csv") throws -> Rendering {
        let file = try TemporaryFile(text.utf8, name: name)
        return try Rendering(path: file.path)
    }

    /// A message's kind, speaker, words and what it quotes.
    private func told(_ rendering: Rendering) -> [String] {
        rendering.messages.map { line in
            let parts = line.components(separatedBy: " | ")
            return (parts[3...4] + parts[7...]).joined(separator: " ")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let cells: String
        let told: String
        var testDescription: String { cells }

        init(_ cells: String, _ told: String) { (self.cells, self.told) = (cells, told) }
    }

    @Test(arguments: [
        Row("甲,文本,\"wxid_a1:\n路灯坏了\",", "text #1 路灯坏了"),
        Row("甲,文本,\"tian-wei88:\n路灯坏了\",", "text #1 路灯坏了"),
        // People's own words keep their first line.
        Row("甲,文本,\"Notice:\n明天停水\",", "text #1 Notice:\\u{a}明天停水"),
        Row("甲,文本,\"abc.de@f:\n明天停水\",", "text #1 abc.de@f:\\u{a}明天停水"),
        Row(
            "甲,ZSTD,\"wxid_b2:\n<?xml version=\"\"1.0\"\"?>\n<msg><appmsg><title>马上修</title><type>57</type><refermsg><type>1</type><displayname>乙</displayname><content>路灯坏了</content></refermsg></appmsg></msg>\",",
            "text #1 马上修 quote=路灯坏了"),
        Row("甲,语音,[语音],村主任扣了补贴", "voice #1 村主任扣了补贴"), Row("甲,语音,,村主任扣了补贴", "voice #1 村主任扣了补贴"),
        Row("甲,语音,[语音],", "voice #1 [语音]"), Row("甲,语音,[语音] 7\",村主任扣了补贴", "voice #1 村主任扣了补贴"),
        Row("甲,语音,语音（12秒）,村主任扣了补贴", "voice #1 村主任扣了补贴"), Row("甲,语音,[语音] 7\",", "voice #1 [语音] 7\""),
        Row("甲,文本,8:00,村主任扣了补贴", "text #1 8:00\\u{a}村主任扣了补贴"),
        // Words of both columns are kept, and the same words once.
        Row("甲,语音,扣了补贴,村主任扣了", "voice #1 扣了补贴\\u{a}村主任扣了"),
        Row("甲,语音,[语音] 扣了补贴,扣了补贴", "voice #1 扣了补贴"),
    ])
    func `words are read without what a database keeps before them`(_ row: Row) throws {
        let head = "时间,发送方,类型,内容,语音转写,媒体文件"
        let rendering = try self.rendering(head + "\n2026-05-29 08:14:00,\(row.cells),\n")
        #expect(rendering.slug == "plain-table")
        #expect(told(rendering) == [row.told])
        // The same by a mapping.
        let file = try TemporaryFile((head + ",备考\n2026-05-29 08:14:00,\(row.cells),,\n").utf8, name: "a.csv")
        var options = ExportOptions(now: Rendering.now)
        options.columnMap = try ColumnMap("time=时间,sender=发送方,kind=类型,text=内容,transcript=语音转写")
        let mapped = try ExportFile(path: file.path, options: options)
        let block = try #require(try mapped.nextChunk()).block()
        let words = block.records.map { block.string($0.text).replacingOccurrences(of: "\n", with: "\\u{a}") }
        let meant = row.told.components(separatedBy: " quote=")[0].split(separator: " ", maxSplits: 2)[2]
        #expect(words == [String(meant)])
    }

    @Test func `the id before the words says who speaks`() throws {
        let rows = ["wxid_a1:\n一", "wxid_b2:\n二", "wxid_a1:\n三"].map { "2026-05-29 08:14:00,柳溪村,\"\($0)\"" }
        let rendering = try self.rendering((["时间,发送方,内容"] + rows).joined(separator: "\n"))
        #expect(told(rendering) == ["text #1 一", "text #2 二", "text #1 三"])
    }

    @Test(arguments: [
        (
            "时间,谁说的,内容,热度\n2026-05-29 08:14:00,甲,\"灯坏了\n\n三天没人修\",1\n2026-05-29 08:15:00,乙,\"好\n的\",2\n",
            "time=时间,sender=谁说的,text=内容"
        ),
        (
            "时间,成员,类型,内容,语音转文字,热度\n2026-05-29 08:14:00,甲,语音,[语音],灯坏了,1\n",
            "time=时间,sender=成员,text=内容,kind=类型,transcript=语音转文字"
        ),
        (
            "Time,Member,Message,Voice Transcript,Score\n2026-05-29 08:14:00,甲,[语音],灯坏了,1\n",
            "time=Time,sender=Member,text=Message,transcript=Voice Transcript"
        ),
    ])
    func `an unknown table is refused with the mapping that is meant`(_ text: String, _ map: String) throws {
        let error = #expect(throws: ExportError.self) { try self.rendering(text) }
        #expect(error?.reason == .unknownTable)
        #expect(error?.detail?.contains("--map \"\(map)\"") == true)
    }

    // MARK: DingTalk

    private static func conversation(_ id: Int, type: String, _ messages: [String]) -> String {
        #"{"conversation_id":"\#(id):9","title":"群\#(id)","type":"\#(type)","messages":["#
            + messages.joined(separator: ",") + "]}"
    }

    private static func message(_ id: Int, _ time: String, _ type: Int, _ text: String) -> String {
        #"{"message_id":74125896300\#(id),"sender_id":\#(id),"sender_name":"甲:一组","content_type":\#(type),"content_type_name":"","text":"\#(text)",\#(time)}"#
    }

    @Test func `DingTalk's conversations are read, each for itself`() throws {
        let first = [
            Self.message(10, #""created_at":1780000000000"#, 1, "停水了"),
            Self.message(11, #""created_at":0,"created_at_str":"2026-05-29 04:26:45""#, 2, "[图片]"),
            Self.message(12, #""created_at":null,"created_at_str":"2026-05-29 04:26:45""#, 3, "[语音]"),
        ]
        let conversations = [
            Self.conversation(1, type: "group", first),
            Self.conversation(2, type: "group", [Self.message(13, #""created_at":1780000009000"#, 1, "路灯坏了")]),
            Self.conversation(3, type: "single", [Self.message(14, #""created_at":1780000009000"#, 1, "在吗")]),
        ]
        let text = #"{"export_time":"2026-06-01","conversations":["# + conversations.joined(separator: ",") + "]}"
        let rendering = try self.rendering(text, name: "export.json")
        #expect(rendering.slug == "dingtalk-export-json")
        #expect(
            rendering.messages == [
                "1 | 1780000000 | second | text | #1 | dingtalk:1:9:群1 | id=7412589630010 | 停水了",
                "3 | 1780000005 | second | voice | #2 | dingtalk:1:9:群1 | id=7412589630012 | [语音]",
                "4 | 1780000009 | second | text | #3 | dingtalk:2:9:群2 | id=7412589630013 | 路灯坏了",
                "5 | 1780000009 | second | text | #4 | dingtalk:: | id=7412589630014 | 在吗",
            ])
        #expect(rendering.rejects == ["2 badTime created_at"])
    }

    // MARK: YAML

    @Test(arguments: [1, 2, 3, 5], [0, 2, 4])
    func `the blanks behind a dash make no difference`(_ width: Int, _ margin: Int) throws {
        let before = String(repeating: " ", count: margin)
        let blanks = String(repeating: " ", count: width)
        func item(_ lines: [String]) -> String {
            lines.enumerated().map { before + ($0 == 0 ? "-" + blanks : " " + blanks) + $1 + "\n" }.joined()
        }
        let text =
            "chat: 群\nis_group: true\nmessages:\n"
            + item(["content: |-", "  路灯", "  坏了", "sender: 甲", "timestamp: 1780000000", "type: 文本"])
            + item(["content: '收到", "", "  了'", "sender: 乙", "timestamp: 1780000060", "type: 文本"])
            + "username: 9@chatroom\n"
        let rendering = try self.rendering(text, name: "chat.yaml")
        #expect(rendering.slug == "wx-cli-yaml")
        #expect(told(rendering) == ["text #1 路灯\\u{a}坏了", "text #2 收到\\u{a}了"])
        #expect(rendering.rejects.isEmpty)
    }

    // MARK: Pages

    private static let mail = """
        微信群"柳溪村"的聊天记录如下:

        —————  2026-05-29  —————


        甲  08:14

        第一行

        第三行


        乙  08:15

        收到


        甲  08:15

        好


        """.components(separatedBy: "\n")

    private static func page(_ body: String) -> String { "<html><body>\(body)</body></html>" }
    private static var shown: [String] { mail.map { $0.replacing("  ", with: "&nbsp; ") } }

    private static func divs(_ before: String, _ after: String) -> String {
        let lines = shown.map { "<div>" + before + ($0.isEmpty ? "<br>" : $0) + after + "</div>" }
        return page(lines.joined())
    }

    private static let pages: [String] = [
        mail.joined(separator: "\n"), divs("", ""), divs("<span>", "</span>\n"),
        page(shown.joined(separator: "<br>\r\n")), page("<pre>" + mail.joined(separator: "\r\n") + "</pre>"),
        page("<pre>" + mail.joined(separator: "\n").trimmingCharacters(in: .newlines) + "</pre>"),
    ]

    @Test(arguments: pages)
    func `a mail as a page is the mail`(_ text: String) throws {
        let rendering = try self.rendering(text, name: "mail.html")
        #expect(rendering.slug == "wechat-mail")
        #expect(told(rendering) == ["text #1 第一行\\u{a}\\u{a}第三行", "text #2 收到", "text #1 好"])
    }
}
