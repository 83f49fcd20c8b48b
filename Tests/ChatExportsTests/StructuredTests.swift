import ChatExports
import Foundation
import Messages
import Testing

/// What the readers of JSON, tables and pages have in common, and what each alone must get right.
@Suite struct StructuredTests {
    /// A webhook's body on one line is read as a file of such lines.
    private static let documents = Fixture.structured.map(\.name).filter {
        $0.hasSuffix(".json") && $0 != "chatlog-webhook.json"
    }

    private func rendering(_ text: String, name: String = "export") throws -> Rendering {
        let file = try TemporaryFile(text.utf8, name: name)
        return try Rendering(path: file.path)
    }

    // MARK: Sniffing

    @Test(arguments: documents)
    func `keys in alphabetical order, and without white space, change nothing`(_ name: String) throws {
        let plain = try Rendering(path: Fixture.path(name))
        let object = try JSONSerialization.jsonObject(with: Data(try Fixture.bytes(name)))
        for options: JSONSerialization.WritingOptions in [[.sortedKeys], [.sortedKeys, .prettyPrinted]] {
            let sorted = try JSONSerialization.data(
                withJSONObject: object, options: options.union(.withoutEscapingSlashes))
            let file = try TemporaryFile(sorted, name: name)
            let other = try Rendering(path: file.path)
            #expect(other.slug == plain.slug)
            #expect(other.messages == plain.messages)
            #expect(other.gaps == plain.gaps)
        }
    }

    @Test func `what stands far behind the head still tells the format`() throws {
        let picture = String(repeating: "iVBORw0KGgo", count: 20000)
        let text = String(decoding: try Fixture.bytes("qce.json"), as: UTF8.self)
        let padded = text.replacing(#""chatInfo": {"#, with: #""avatars": {"1": "\#(picture)"}, "chatInfo": {"#)
        #expect(padded.utf8.count > 3 << 16)
        #expect(try rendering(padded).messages == Rendering(path: Fixture.path("qce.json")).messages)
        let page = String(decoding: try Fixture.bytes("memotrace.html"), as: UTF8.self)
        let styled = page.replacing("body{margin:0}", with: "body{background:url(data:\(picture))}")
        let file = try TemporaryFile(styled.utf8, name: "memotrace.html")
        #expect(try Rendering(path: file.path).messages == Rendering(path: Fixture.path("memotrace.html")).messages)
    }

    @Test(arguments: 0..<3)
    func `a character cut by the end of the head flips no encoding`(_ shift: Int) throws {
        let head = #"{"weflow":{},"session":{"wxid":"g@chatroom"},"messages":["#
        let record = #"{"createTime":1780000000,"localType":1,"senderUsername":"a","content":"一二三四五"},"#
        var text = head + String(repeating: " ", count: shift)
        while text.utf8.count < 70000 { text += record }
        let rendering = try rendering(String(text.dropLast()) + "]}")
        #expect(rendering.encoding == .utf8)
        #expect(rendering.rejects.isEmpty)
    }

    @Test func `the columns of a table may stand in any order, behind tabs and semicolons too`() throws {
        let name = "memotrace-v3.csv"
        let plain = try Rendering(path: Fixture.path(name))
        let rows = [
            ("时间", "发送人", "内容", "消息ID", "类型"), ("2026-05-29 04:26:40", "示例村民甲", "学校围墙斜了", "8100000000000000051", "文本"),
        ]
        for separator in [",", "\t", ";"] {
            let text = rows.map { [$0.0, $0.1, $0.2, $0.3, $0.4].joined(separator: separator) }.joined(separator: "\n")
            let file = try TemporaryFile(text.utf8, name: name)
            let other = try Rendering(path: file.path)
            #expect(other.slug == "memotrace-v3-csv")
            #expect(other.messages.first == plain.messages.first)
        }
    }

    @Test func `the evidence and what spoke against the runner-up are said`() throws {
        let file = try ExportFile(path: Fixture.path("weflow-weclone.csv"), options: ExportOptions(now: Rendering.now))
        #expect(file.detection.evidence.contains("column MsgSvrID"))
        #expect(file.detection.runnerUp?.format == "pywxdump-csv")
        #expect(file.detection.runnerUp?.whyNot.contains("room_name") == true)
    }

    // MARK: Refusals

    @Test(arguments: [
        (
            #"{"metadata":{"name":"QQChatExporter"},"chatInfo":{},"chunked":{"format":"jsonl"}}"#,
            ExportError.Reason.companion
        ),
        (#"{"wxid_demo":{"wxid":"wxid_demo","nickname":"甲","remark":"","account":""}}"#, .companion),
        (#"{"schemaVersion":1,"exportedAt":"2026","files":[]}"#, .companion),
        (
            #"{"success":true,"talker":"wxid_demo","messages":[{"senderUsername":"a","createTime":1780000000}]}"#,
            .privateChat
        ),
        (#"{"chat":"甲","is_group":false,"messages":[{"sender_username":"a"}],"username":"wxid_demo"}"#, .privateChat),
        (#"{"schemaVersion":1,"conversation":{"isGroup":false},"messages":[]}"#, .privateChat),
        (
            #"{"metadata":{"name":"QQChatExporter"},"chatInfo":{"type":"private"},"statistics":{},"messages":[]}"#,
            .privateChat
        ),
        ("<!DOCTYPE html><html><script>const other = [1];</script></html>", .html),
    ])
    func `is refused with words`(_ row: (text: String, reason: ExportError.Reason)) throws {
        let error = #expect(throws: ExportError.self) { try rendering(row.text) }
        #expect(error?.reason == row.reason)
    }

    @Test func `a folder that names a person is a private chat's`() throws {
        let file = try TemporaryFile(try Fixture.bytes("memotrace-v3.csv"), name: "聊天记录/某人(wxid_demo)/某人.csv")
        #expect(#expect(throws: ExportError.self) { try Rendering(path: file.path) }?.reason == .privateChat)
    }

    @Test func `the room's id stands in the folder's name alone`() throws {
        let file = try TemporaryFile(
            try Fixture.bytes("memotrace-v3.csv"), name: "聊天记录/柳溪村监督群(555@chatroom)/柳溪村监督群.csv")
        #expect(try Rendering(path: file.path).messages.allSatisfy { $0.contains("wechat:555@chatroom:柳溪村监督群") })
    }

    // MARK: Ids and times

    @Test func `an id beyond what a Double holds keeps its digits`() throws {
        let rendering = try Rendering(path: Fixture.path("wechat-data-analysis.json"))
        #expect(rendering.messages[0].contains("id=8100000000000000032"))
    }

    @Test func `a text time of another zone is noticed and the epoch wins`() throws {
        let text =
            #"{"weflow":{},"session":{"wxid":"g@chatroom"},"messages":[{"createTime":1780000000,"formattedTime":"2026-05-28 20:26:40","localType":1,"content":"好","senderUsername":"a"}]}"#
        let rendering = try rendering(text)
        #expect(rendering.gaps == [.otherZone])
        #expect(rendering.messages[0].contains("| 1780000000 |"))
    }

    @Test(arguments: [
        ("wx-cli.json", [ExportGap.limit, .stale, .unknownShards]), ("wechat-data-analysis.json", [.pseudonyms]),
        ("weflow-api.json", [.hasMore]), ("qce.json", []),
    ])
    func `the holes that an exporter admits are known`(_ row: (name: String, gaps: [ExportGap])) throws {
        #expect(try Rendering(path: Fixture.path(row.name)).gaps == row.gaps)
    }

    // MARK: Damage

    @Test func `strange characters are words`() throws {
        for strange in ["a\\u0000b", "上\u{2028}下", "左\u{202E}右", "a\u{0}b", "a\rb"] {
            let text =
                #"[{"ts":1780000000,"sender":"甲","sender_wxid":"a","conversation_id":"g@chatroom","account_id":"b","msg_type":1,"content":"\#(strange)"}]"#
            let rendering = try rendering(text)
            #expect(rendering.messages.count == 1)
            #expect(rendering.rejects.isEmpty)
        }
    }

    @Test func `a row that is too long costs itself`() throws {
        let long = String(repeating: "长", count: 20000)
        let rows = [
            "2026-05-29 04:26:40,甲,1001,8812345678901,text,1,一,False",
            "2026-05-29 04:26:41,甲,1001,8812345678902,text,1,\(long),False",
            "2026-05-29 04:26:42,甲,1001,8812345678903,text,1,二,False",
        ]
        let text =
            "datetime,sender_name,sender_id,message_id,message_type,content_type,text,recalled\n"
            + rows.joined(separator: "\n")
        let file = try TemporaryFile(text.utf8)
        for chunkBytes in [4096, 1 << 20] {
            let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes, longest: 10000)
            #expect(rendering.messages.count + rendering.rejects.count == 3)
            #expect(rendering.messages.count >= 2)
        }
    }

    @Test func `a line and an object of a script that are too long cost themselves`() throws {
        let long = String(repeating: "长", count: 6000)
        let line: (String) -> String = {
            #"{"_type":"message","chatlab":{},"sender":"a","timestamp":1780000000,"type":0,"content":"\#($0)"}"#
        }
        let lines = try TemporaryFile(["一", long, "二"].map(line).joined(separator: "\n").utf8)
        let object: (String) -> String = { "{type:1,text:'\($0)',timestamp:1780000000,displayname:'甲'},\n" }
        let page = "<html><script>const chatMessages = [\n\(["一", long, "二"].map(object).joined())];</script>"
        let script = try TemporaryFile(page.utf8)
        for chunkBytes in [1000, 1 << 20] {
            for path in [lines.path, script.path] {
                let rendering = try Rendering(path: path, chunkBytes: chunkBytes, longest: 10000)
                #expect(rendering.messages.count == 2)
                #expect(rendering.rejects == ["2 tooLong"])
            }
        }
    }

    @Test func `an archive cut in its second conversation keeps what was whole`() throws {
        let bytes = try Fixture.bytes("wetrace-plus.json")
        let text = String(decoding: bytes, as: UTF8.self)
        let cut = text.utf8.distance(
            from: text.startIndex, to: try #require(text.range(of: "8100000000000000015")).lowerBound)
        let file = try TemporaryFile(bytes.prefix(cut))
        let rendering = try Rendering(path: file.path)
        #expect(rendering.messages.count == 3)
        #expect(rendering.rejects == ["4 badTime time", "5 endsEarly (\(cut))"])
    }

    @Test(arguments: [#"'a'"#, #""a""#, "`a`", #"'it\'s'"#, #"'\u{1F600}'"#, #"'\x41'"#, #"'say "hi"'"#])
    func `a text of JavaScript is read as it is meant`(_ literal: String) throws {
        let page =
            "<html><script>var chatMessages=[/* a */{type:1,text:\(literal),timestamp:1780000000,displayname:'甲',},];</script>"
        let meant = [
            #"'a'"#: "a", #""a""#: "a", "`a`": "a", #"'it\'s'"#: "it's", #"'\u{1F600}'"#: "😀", #"'\x41'"#: "A",
            #"'say "hi"'"#: #"say "hi""#,
        ]
        let rendering = try rendering(page)
        #expect(rendering.messages.first?.hasSuffix("| " + (meant[literal] ?? "?")) == true)
    }
}
