import ChatExports
import Foundation
import Messages
import Testing

/// Shapes that tools wrote in some of their versions, and that forks of them write.
@Suite struct ToolShapeTests {
    private func rendering(_ text: String, name: String = "export") throws -> Rendering {
        let file = try TemporaryFile(text.utf8, name: name)
        return try Rendering(path: file.path)
    }

    /// A message's time, kind, speaker, id and words.
    private func told(_ rendering: Rendering) -> [String] {
        rendering.messages.map { line in
            let parts = line.components(separatedBy: " | ")
            return ([parts[1]] + parts[3...4] + parts[6...]).joined(separator: " ")
        }
    }

    // MARK: Tables

    @Test func `PyWxDump's first tables have the words as JSON`() throws {
        let rows = [
            "id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime",
            #"1,7412000000000000001,文本,0,wxid_a,9@chatroom,"{""src"": """", ""msg"": ""路灯\n坏了""}",2026-05-29 04:26:40"#,
            #"2,7412000000000000002,图片,0,wxid_b,9@chatroom,"{""src"": ""a.jpg"", ""msg"": ""图片""}",1780000060"#,
            #"3,7412000000000000003,文本,0,wxid_a,9@chatroom,"{不是 ""msg"" 的 JSON",2026-05-29 04:28:40"#,
        ]
        let rendering = try self.rendering(rows.joined(separator: "\n"))
        #expect(rendering.slug == "pywxdump-csv")
        #expect(
            told(rendering) == [
                "1780000000 text #1 id=7412000000000000001 路灯\\u{a}坏了",
                "1780000060 image #2 id=7412000000000000002 [图片]",
                #"1780000120 text #1 id=7412000000000000003 {不是 "msg" 的 JSON"#,
            ])
    }

    @Test func `tables without server ids are read by their other columns`() throws {
        let room = try self.rendering(
            "id,type_name,is_sender,talker,room_name,msg,CreateTime\n1,文本,0,wxid_a,9@chatroom,停水了,2026-05-29 04:26:40\n"
        )
        #expect(room.slug == "pywxdump-csv" && told(room) == ["1780000000 text #1 id= 停水了"])
        let plain = try self.rendering(
            "type_name,is_sender,talker,msg,src,CreateTime\ntext,0,老田,停水了,,2026-05-28T20:26:40.000Z\n")
        #expect(plain.slug == "weflow-weclone-csv" && told(plain) == ["1780000000 text #1 id= 停水了"])
    }

    @Test func `MemoTrace's table of all chats ends with an id that has no name`() throws {
        let head = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime\n"
        let rendering = try self.rendering(
            head + "12,3,1,0,1,1780000000,,停水了,2026-05-29 04:26:40,7412000000000000001\n"
                + "13,3,1,0,1,1780000060,,灯,坏了,2026-05-29 04:27:40\n")
        #expect(told(rendering) == ["1780000000 text #1 id=7412000000000000001 停水了"])
        // A comma in the words that nobody quoted is no column.
        #expect(rendering.rejects == ["3 wrongColumns (10)"])
    }

    @Test(arguments: [
        ("日期,时刻,谁说的,说了什么", "date=日期,time=时刻,sender=谁说的,text=说了什么"),
        ("时间,发言人,方向,类别,内容,附件/标题", "time=时间,sender=发言人,text=内容"),
        ("is_from_me,type,from,消息类型,消息,sent time", "time=sent time,sender=from,text=消息"),
    ])
    func `an unknown table gets a mapping that fits`(_ row: (header: String, map: String)) throws {
        let count = row.header.split(separator: ",").count
        let cells = Array(repeating: "一", count: count).joined(separator: ",")
        let error = #expect(throws: ExportError.self) {
            try self.rendering(row.header + "\n" + cells + "\n" + cells + "\n")
        }
        // The order in which the fields are asked for.
        let parts = Set(row.map.split(separator: ","))
        let suggested = error?.detail?.components(separatedBy: "--map \"").last?.dropLast() ?? ""
        #expect(Set(suggested.split(separator: ",")) == parts)
    }

    @Test(arguments: [("9@chatroom", false), ("wxid_demo", true), ("", false)])
    func `whose table it is shows in its id where no group nicknames are in it`(_ row: (id: String, isPrivate: Bool))
        throws
    {
        let titles = row.id.isEmpty ? "" : "会话信息,,,,,,,\n微信ID,\(row.id),昵称,柳溪村,备注,,,\n,,,,,,,\n"
        let text =
            titles + "序号,时间,发送者昵称,发送者微信ID,发送者备注,发送者身份,消息类型,内容\n"
            + "1,2026-05-29 04:26:40,甲,wxid_a,,群成员,文本消息,停水了\n2,2026-05-29 04:27:40,乙,wxid_b,,群成员,图片消息,[图片]\n"
        if row.isPrivate {
            #expect(#expect(throws: ExportError.self) { try self.rendering(text) }?.reason == .privateChat)
        } else {
            let rendering = try self.rendering(text)
            #expect(rendering.slug == "weflow-table" && rendering.rejects.isEmpty)
            #expect(told(rendering) == ["1780000000 text #1 id= 停水了", "1780000060 image #2 id= [图片]"])
            #expect(rendering.messages.allSatisfy { $0.contains("wechat:\(row.id):") })
        }
    }

    // MARK: wx-cli

    @Test func `wx-cli's text may be in English, with warnings below its title`() throws {
        let rendering = try self.rendering(
            "=== 柳溪村[group] (2 messages) ===\n\n[wx] Warning: results may be stale\n\n"
                + "[2026-05-29 04:26] 老田: 路灯不亮\n[2026-05-29 04:27] 三嫂: [图片] local_id=12")
        #expect(rendering.slug == "wx-cli-text" && rendering.rejects.isEmpty)
        #expect(rendering.messages.allSatisfy { $0.contains("| wechat::柳溪村 |") })
        #expect(told(rendering).first == "1779999960 text #1 id= 路灯不亮")
    }

    @Test func `what all lines of a message are marked with in Markdown is no part of it`() throws {
        let head = "# 群（群聊）\n\n> 导出 3 条消息\n\n"
        let rendering = try self.rendering(
            head
                + "### 2026-05-29 04:26\n\n**甲**: 一\n> 二\n> \n> 三\n\n### 2026-05-29 04:27\n\n**乙**: [引用] 好\n>   ↳ 甲: 一\n\n"
                + "### 2026-05-29 04:28\n\n**丙**: 有人写：\n> 一句\n另一句\n")
        #expect(
            told(rendering) == [
                "1779999960 text #1 id= 一\\u{a}二\\u{a}\\u{a}三", "1780000020 text #2 id= 好 quote=一",
                "1780000080 text #3 id= 有人写：\\u{a}> 一句\\u{a}另一句",
            ])
    }

    @Test(arguments: [
        ("一句话", "一句话"), ("'它''s'", "它's"), (#""a\u4E00\x41\U0001F600\q""#, "a一A😀\u{FFFD}"), ("\"\"", ""),
        ("|-\n    一\n\n    二", "一\\u{a}\\u{a}二"), ("|\n    一\n      二\n", "一\\u{a}  二"),
        ("|2-\n      一\n    二", "  一\\u{a}二"), (">-\n    一\n    二", "一 二"), ("\"一\n    二\n\n    三\"", "一 二\\u{a}三"),
        ("'一\n    二'", "一 二"), ("一\n    二", "一 二"), ("- 一", "- 一"), ("# 一", "# 一"), ("a: b", "a: b"),
        (#""没有结束"#, #"没有结束 time: 2026-05-29 04:26 timestamp: 1780000000"#),
    ])
    func `a scalar of YAML is read as it is meant`(_ row: (written: String, meant: String)) throws {
        for indent in ["", "  "] {
            let item = """
                - sender: 甲
                  sender_username: wxid_a
                  content: \(row.written)
                  time: 2026-05-29 04:26
                  timestamp: 1780000000

                """
            let items = item.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
            let next = "\(indent)- content: 下一条\n\(indent)  timestamp: 1780000060\n"
            let text = "chat: 群\nmessages:\n" + items + next + "username: 9@chatroom\n"
            let rendering = try self.rendering(text)
            #expect(rendering.slug == "wx-cli-yaml")
            // An open quote takes the rest of its message, and with it the time.
            let isOpen = row.written.hasPrefix("\"没有")
            let first = isOpen ? [] : ["1780000000 text #1 id= \(row.meant)"]
            #expect(told(rendering).dropLast() == first[...])
            #expect(
                told(rendering).last == "1780000060 text #0 id= 下一条" || told(rendering).last?.hasSuffix("下一条") == true)
            #expect(rendering.rejects.count == (isOpen ? 1 : 0))
            #expect(rendering.messages.allSatisfy { $0.contains("wechat:9@chatroom:群") })
        }
    }

    @Test func `wx-cli's YAML says what is missing, and whose talk it is`() throws {
        #expect(try Rendering(path: Fixture.path("wx-cli.yaml")).gaps == [.limit, .stale, .unknownShards])
        let item = "- content: 好\n  timestamp: 1780000000\n"
        let two = "chat: 甲\nis_group: false\nmessages:\n" + item + "username: wxid_a\n"
        #expect(#expect(throws: ExportError.self) { try self.rendering(two) }?.reason == .privateChat)
        // The group's id stands far behind the head.
        let many =
            "chat: 群\nmessages:\n" + String(repeating: item, count: 9000)
            + "meta:\n  unknown_shards: []\nusername: 9@chatroom\n"
        let rendering = try self.rendering(many)
        #expect(rendering.messages.count == 9000 && rendering.gaps.isEmpty)
        #expect(rendering.messages.allSatisfy { $0.contains("wechat:9@chatroom:群") })
    }

    // MARK: Nested values

    @Test(arguments: 0..<80)
    func `brackets and quotes in the texts of nested values end nothing`(_ length: Int) throws {
        let pad = String(repeating: "x", count: length)
        let hostile = #"}]{[\\\"}],{\"\\"#
        let event =
            #"{"eventId":"e","eventKey":"im.message","payload":{"extra":{"a":["\#(pad)","\#(hostile)",{}],"b":"\#(hostile)"},"body":{"createTime":"2026-05-29 04:26:40","sender":"甲","openMessageId":"m\#(length)==","openConversationId":"c==","content":"好\#(hostile)"}}}"#
        let rendering = try self.rendering(event + "\n" + event + "\n")
        #expect(rendering.slug == "dingtalk-events" && rendering.rejects.isEmpty)
        let words = #"好}]{[\"}],{"\"#
        #expect(told(rendering) == Array(repeating: "1780000000 text #1 id=m\(length)== \(words)", count: 2))
        let broken = event.replacing(",{}]", with: ",{]}")
        let mixed = try self.rendering(event + "\n" + broken + "\n")
        #expect(mixed.messages.count == 1 && mixed.rejects == ["2 notJSON"])
    }
}
