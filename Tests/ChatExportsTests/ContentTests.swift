import ChatExports
import Foundation
import Messages
import Testing

/// What single contents and fields turn into, through the smallest files that hold them.
@Suite struct ContentTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var content: String
        var kind = "text"
        var text: String
        var quote: String?
        var testDescription: String { name }
    }

    /// Mail text tells the kind by the content alone.
    @Test(arguments: [
        Case(name: "plain words", content: "路灯坏了", text: "路灯坏了"),
        Case(name: "an emoji word is a word", content: "[强]", text: "[强]"),
        Case(name: "a picture", content: "[图片]", kind: "image", text: "[图片]"),
        Case(name: "a picture and words are words", content: "[图片]坏了", text: "[图片]坏了"),
        Case(name: "a voice message with its words", content: "[语音] 没水了", kind: "voice", text: "没水了"),
        Case(name: "a voice message", content: "[语音]", kind: "voice", text: "[语音]"),
        Case(name: "a file keeps its name", content: "[文件] 名单.xlsx", kind: "file", text: "[文件] 名单.xlsx"),
        Case(name: "a notice keeps its words", content: "[群公告] 明天停电", kind: "notice", text: "明天停电"),
        Case(name: "a relay keeps its words", content: "[接龙] 报名", kind: "relay", text: "报名"),
        Case(
            name: "an English attachment", content: "Image 1 (see attachment)", kind: "image",
            text: "Image 1 (see attachment)"),
        Case(name: "a quote at the end", content: "修好了[引用 甲：灯坏了]", text: "修好了", quote: "灯坏了"),
        Case(name: "a quote of a quote", content: "好[引用 甲：谢[引用 乙：修了]]", text: "好", quote: "谢[引用 乙：修了]"),
        Case(name: "a quote that is a picture", content: "看[引用 甲：[图片]]", text: "看", quote: "[图片]"),
        Case(name: "a quote in front", content: "「甲：灯坏了」\n- - - - - -\n还没修", text: "还没修", quote: "灯坏了"),
        Case(name: "corner brackets that quote nothing", content: "「灯坏了」\n谁修", text: "「灯坏了」\n谁修"),
        Case(name: "a time in the first line", content: "8:00停水", text: "8:00停水"),
        Case(name: "a line separator stays", content: "上\u{2028}下", text: "上\u{2028}下"),
        Case(name: "a mention keeps its blank", content: "@甲\u{2005}在吗", text: "@甲\u{2005}在吗"),
    ])
    func `a content is read as`(_ row: Case) throws {
        let text =
            "柳溪村监督群 微信群上的聊天记录如下，请查收。\n\n—————  2026-05-28  —————\n\n甲  08:30\n\n\(row.content)\n\n乙  08:31\n\n好\n"
        let record = try #require(try messages(text).first)
        #expect(record.kind == row.kind)
        #expect(record.text == row.text)
        #expect(record.quote == row.quote)
    }

    struct Time: Sendable, CustomTestStringConvertible {
        var written: String
        var seconds: Int64?
        var testDescription: String { written }
    }

    @Test(arguments: [
        Time(written: "1780000000", seconds: 1_780_000_000), Time(written: "1780000000123", seconds: 1_780_000_000),
        Time(written: "1780000000.5", seconds: 1_780_000_000), Time(written: #""1780000000""#, seconds: 1_780_000_000),
        Time(written: #""1780000000.25""#, seconds: 1_780_000_000),
        Time(written: #""2026-05-29T04:26:40+08:00""#, seconds: 1_780_000_000),
        Time(written: #""2026-05-28T20:26:40.000Z""#, seconds: 1_780_000_000),
        Time(written: #""2026-05-28T15:26:40-0500""#, seconds: 1_780_000_000),
        Time(written: #""2026-05-29 04:26:40""#, seconds: 1_780_000_000),
        Time(written: #""2026/5/29 4:26:40""#, seconds: 1_780_000_000),
        Time(written: #""2026年5月29日 04:26:40""#, seconds: 1_780_000_000),
        Time(written: #""2026-05-29 04:26""#, seconds: 1_779_999_960), Time(written: "0"), Time(written: "-5"),
        Time(written: "1295539199"), Time(written: "1295539200", seconds: 1_295_539_200), Time(written: "1782886401"),
        Time(written: "1782886400", seconds: 1_782_886_400), Time(written: #""7.41259E+18""#),
        Time(written: #""2026-02-30 08:00:00""#),
        Time(written: #""2026-05-29 24:00:00""#), Time(written: #""昨天 10:23""#), Time(written: "{}"),
        Time(written: "99999999999999999999999"),
    ])
    func `a time is read as`(_ row: Time) throws {
        let text = #"{"_type":"message","chatlab":{},"sender":"a","timestamp":\#(row.written),"type":0,"content":"好"}"#
        let file = try TemporaryFile(text.utf8)
        let rendering = try Rendering(path: file.path)
        let seconds = rendering.messages.first.map { Int64($0.components(separatedBy: " | ")[1]) ?? 0 }
        #expect(seconds == row.seconds)
        #expect(rendering.rejects == (row.seconds == nil ? ["1 badTime timestamp"] : []))
    }

    @Test func `a picture before the messages and one in the header line do no harm`() throws {
        let picture = String(repeating: "iVBORw0KGgo", count: 40000)
        let document =
            #"{"session":{"avatar":"\#(picture)","wxid":"g@chatroom"},"weflow":{},"messages":[{"createTime":1780000000,"localType":1,"content":"好","senderUsername":"a"}]}"#
        let file = try TemporaryFile(document.utf8)
        #expect(try Rendering(path: file.path).messages.count == 1)
        let header = #"{"_type":"header","chatlab":{},"meta":{"groupAvatar":"\#(picture)","groupId":"g@chatroom"}}"#
        let lines = try TemporaryFile(
            (header + "\n" + #"{"_type":"message","sender":"a","timestamp":1780000000,"content":"好"}"# + "\n").utf8)
        let rendering = try Rendering(path: lines.path)
        #expect(rendering.messages.count == 1)
        #expect(rendering.messages[0].hasPrefix("2 | "))
        #expect(rendering.messages[0].contains("wechat:g@chatroom:"))
    }

    @Test(arguments: [64, 4096, 1 << 20])
    func `a record that is too long costs itself`(_ chunkBytes: Int) throws {
        let long = String(repeating: "长", count: 20000)
        let record =
            #"{"seq":1,"time":"2026-05-29T04:26:40+08:00","talker":"g@chatroom","isChatRoom":true,"sender":"a","type":1,"content":""#
        let array = "[" + ["一", long, "二"].map { record + $0 + "\"}" }.joined(separator: ",") + "]"
        let file = try TemporaryFile(array.utf8)
        let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes, longest: 10000)
        #expect(rendering.messages.count == 2)
        #expect(rendering.rejects == ["2 tooLong"])
    }

    @Test func `more words than anybody sends cost the message, in each family of formats`() throws {
        let most = ExportOptions.longestText / 3
        for (count, isRead) in [(most, true), (most + 1, false)] {
            let long = String(repeating: "长", count: count)
            let lines = ["一", long, "二"].map {
                #"{"_type":"message","chatlab":{},"sender":"a","timestamp":1780000000,"type":0,"content":"\#($0)"}"#
            }
            let table =
                ["MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime,id"]
                + ["一", long, "二"].enumerated().map { "\($0),文本,0,甲,g1@chatroom,\($1),,2026-05-29 08:14:0\($0),\($0)" }
            let text = ["一", long, "二"].map { "2026-05-29 08:14:05 '甲'\n\($0)\n" }
            for content in [lines, table, text].map({ $0.joined(separator: "\n") + "\n" }) {
                let file = try TemporaryFile(content.utf8)
                let rendering = try Rendering(path: file.path)
                #expect(rendering.messages.count + rendering.rejects.count >= 3, "\(rendering.slug)")
                #expect(rendering.rejects.isEmpty == isRead, "\(rendering.slug) \(rendering.rejects)")
                #expect(rendering.rejects.allSatisfy { $0.contains("tooLong") })
            }
        }
    }

    @Test func `nesting without end is survived`() throws {
        let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
        let record =
            #"{"seq":1,"time":"2026-05-29T04:26:40+08:00","talker":"g@chatroom","isChatRoom":true,"sender":"a","type":1,"content":"好","contents":"#
        let file = try TemporaryFile(("[" + record + deep + "}," + record + "{}}]").utf8)
        #expect(try Rendering(path: file.path).messages.count == 2)
        let open = try TemporaryFile(("[" + record + String(repeating: "{\"a\":[", count: 100_000)).utf8)
        #expect(try Rendering(path: open.path).rejects.count == 1)
    }

    @Test(arguments: ["mail.txt", "mail-dense.txt", "chatlog.csv"])
    func `lone carriage returns end lines`(_ name: String) throws {
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self)
        let file = try TemporaryFile(text.replacingOccurrences(of: "\n", with: "\r").utf8)
        let plain = try Rendering(path: Fixture.path(name))
        #expect(try Rendering(path: file.path).messages == plain.messages)
        #expect(try Rendering(path: file.path, chunkBytes: 50) == Rendering(path: file.path))
    }

    @Test func `one broken character doesn't make a file GB18030`() throws {
        var bytes = try Fixture.bytes("mail.txt")
        bytes.insert(contentsOf: Array("绕行".utf8).dropLast(), at: bytes.count)
        let file = try TemporaryFile(bytes)
        let rendering = try Rendering(path: file.path)
        #expect(rendering.encoding == .utf8)
        #expect(rendering.messages.last?.contains("绕\u{FFFD}") == true)
    }

    @Test(arguments: [1, 11])
    func `a broken record doesn't hide the group that stands behind the messages`(_ broken: Int) throws {
        let text = String(decoding: try Fixture.bytes("weflow-alphabetical.json"), as: UTF8.self)
        var parts = text.components(separatedBy: #""createTime": "#)
        parts[broken] = String(parts[broken].dropFirst(10)).replacingOccurrences(
            of: "\"formattedTime\"", with: "\"formattedTime")
        let file = try TemporaryFile(parts.joined(separator: #""createTime": "#).utf8)
        let rendering = try Rendering(path: file.path)
        #expect(rendering.rejects.first == "\(broken) notJSON")
        // The eleventh is a merged forward of five messages.
        #expect(rendering.messages.count == (broken == 1 ? 18 : 14))
        #expect(rendering.messages.allSatisfy { $0.contains("wechat:55500011122@chatroom:") })
    }

    @Test func `the caller's group overrides the file's`() throws {
        let group = GroupIdentity(id: "clerk-1", name: "登记的群", platform: .wechat)
        for name in Fixture.names {
            let rendering = try Rendering(path: Fixture.path(name), group: group)
            #expect(rendering.messages.allSatisfy { $0.contains("wechat:clerk-1:登记的群") })
        }
    }

    @Test func `objects over several lines are read one after another`() throws {
        let record =
            "{\n \"msgid\": \"1\",\n \"action\": \"send\",\n \"from\": \"a\",\n \"tolist\": [],\n \"roomid\": \"wr\",\n \"msgtime\": 1780000000905,\n \"msgtype\": \"text\",\n \"text\": {\"content\": \"好\"}\n}\n"
        let file = try TemporaryFile((record + record + record).utf8)
        #expect(try Rendering(path: file.path, chunkBytes: 64).messages.count == 3)
    }

    @Test func `no name or id of a person is in what is handed on`() throws {
        for name in Fixture.names where !name.hasPrefix("mail") {
            let file = try ExportFile(path: Fixture.path(name), options: ExportOptions(now: Rendering.now))
            var said = "\(file.detection)"
            while let chunk = try file.nextChunk() {
                let block = chunk.block()
                said += String(decoding: block.bytes, as: UTF8.self) + "\(block.rejects)\(block.groups)"
            }
            for secret in ["wxid_", "wmDemo", "open-demo", "LWCP", "DemoStaff"] {
                #expect(!said.contains(secret), "\(name): \(secret)")
            }
        }
    }

    private func messages(_ text: String) throws -> [(kind: String, text: String, quote: String?)] {
        let source = try TemporaryFile(text.utf8)
        let file = try ExportFile(path: source.path, options: ExportOptions(now: Rendering.now))
        var found: [(kind: String, text: String, quote: String?)] = []
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            found += block.records.map {
                ($0.kind.name, block.string($0.text), $0.quote.isEmpty ? nil : block.string($0.quote))
            }
        }
        return found
    }
}
