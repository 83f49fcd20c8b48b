import Foundation
import Testing

/// `read` with what a person says beside the files, and `groups compare`, as they are typed.
struct ReadingTests {
    /// A folder of a test's own.
    private final class Place {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "minsheng-reading-" + UUID().uuidString
        )
        .path

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws -> String {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
            return path + "/" + name
        }
    }

    private static func texts(_ run: Program.Outcome) throws -> [String] {
        try run.lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["text"] as? String)
        }
    }

    private static func object(_ line: String?) throws -> [String: Any] {
        let line = try #require(line)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func `a table that nobody knows is refused with a mapping to try, and read by it`() throws {
        let place = try Place()
        let file = try place.write(
            "register.csv", "时间,发言人,内容,备注\n2026/3/2 8:14,甲,水管坏了,x\n2026/3/2 8:15,乙,\"两行\n的话\",y\n坏,丙,没有时间,z\n")
        let refused = try Program.run(["read", file])
        #expect(refused.code == 2)
        #expect(refused.out.isEmpty)
        #expect(refused.error.contains("--map") && refused.error.contains("发言人"))
        let run = try Program.run([
            "read", "--json", "--map", "time=时间,sender=发言人,text=内容", "--group", "g9@chatroom", file,
        ])
        #expect(run.code == 1)
        #expect(try Self.texts(run) == ["水管坏了", "两行\n的话"])
        #expect(run.complaints.count == 1 && run.error.contains("register.csv:5"))
        let first = try Self.object(run.lines.first)
        #expect((first["group"] as? [String: Any])?["id"] as? String == "g9@chatroom")
        #expect(first["sentAt"] as? String == "2026-03-02T08:14:00+08:00")
        #expect(first["precision"] as? String == "minute")
        let wrong = try Program.run(["read", "--map", "time=时刻,text=内容", file])
        #expect(wrong.code == 2 && wrong.error.contains("时刻"))
        #expect(try Program.run(["read", "--map", "time=时间", file]).code == 64)
    }

    @Test func `a text without dates asks for the day, and takes it`() throws {
        let place = try Place()
        let file = try place.write("粘贴.txt", "甲 8:14:05\n停水了\n\n乙 8:15:00\n知道了\n")
        let asked = try Program.run(["read", file])
        #expect(asked.code == 2 && asked.error.contains("--day"))
        let run = try Program.run(["read", "--json", "--day", "2026-03-02", file])
        // The day is assumed, and a person must know.
        #expect(run.code == 1)
        #expect(try Self.object(run.lines.first)["sentAt"] as? String == "2026-03-02T08:14:05+08:00")
        #expect(try Program.run(["read", "--day", "2.3.2026", file]).code == 64)
        let told = try Program.run(["read", "--explain", "--json", "--day", "2026-03-02", file])
        #expect(try Self.object(told.lines.first)["gaps"] as? [String] == ["dateAssumed"])
    }

    @Test func `what could not be read is written, mended, and read again`() throws {
        let place = try Place()
        let lines = try County.chatLab(["早", "路灯坏了", "好"]).split(separator: "\n")
        let broken = lines[2].replacingOccurrences(of: "路灯坏了", with: "路灯\"坏了")
        let file = try place.write("week.jsonl", (lines[..<2] + [broken[...]] + lines[3...]).joined(separator: "\n"))
        let rejects = place.path + "/rejects.txt"
        let run = try Program.run(["read", "--json", "--rejects", rejects, file])
        #expect(run.code == 1)
        #expect(try Self.texts(run) == ["早", "好"])
        let rights = try FileManager.default.attributesOfItem(atPath: rejects)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let written = try String(contentsOfFile: rejects, encoding: .utf8)
        #expect(written.contains("#reject 3 notJSON"))
        try Data(written.replacingOccurrences(of: "路灯\"坏了", with: "路灯坏了").utf8).write(
            to: URL(fileURLWithPath: rejects))
        let mended = try Program.run(["read", "--json", rejects])
        #expect(mended.code == 0, "\(mended.error)")
        #expect(try Self.texts(mended) == ["路灯坏了"])
        #expect(
            (try Self.object(mended.lines.first)["group"] as? [String: Any])?["id"] as? String == "g1@chatroom")
    }

    @Test func `written as ChatLab lines and read again is the same`() throws {
        let place = try Place()
        let file = try place.write(
            "群聊.txt",
            "青石湾村监督群 微信群上的聊天记录如下，请查收。\n\n—————  2026-03-02  —————\n\n\n甲  8:14\n\n停水了\n\n乙  8:15\n\n[图片: a.jpg(请在附件中查看)]\n\n甲  8:16\n\n「乙：修好了」\n- - - - - - -\n还没有\n"
        )
        let written = try Program.run(["read", "--format", "chatlab", file])
        #expect(written.code == 0)
        let again = try place.write("again.jsonl", written.text)
        func told(_ path: String) throws -> [[String]] {
            try Program.run(["read", "--json", path]).lines.map { line in
                let object = try Self.object(line)
                return ["sentAt", "precision", "speaker", "kind", "text", "quote"].map { "\(object[$0] ?? "-")" }
            }
        }
        #expect(try told(again) == told(file))
        #expect(try told(file).count == 3)
        #expect(try Program.run(["read", "--format", "chatlab", "--json", file]).code == 64)
    }

    @Test func `an explanation says what it was taken for and why, in both languages`() throws {
        let place = try Place()
        let here = try place.write("x.dat", County.chatLab(["早"]))
        let run = try Program.run(["read", "--explain", here])
        #expect(run.code == 0)
        for word in ["格式：chatlab-jsonl", "编码：UTF-8", "依据：", "其次：", "群：青石湾村监督群", "日期：2026-03-02", "消息：1 条，1 人"] {
            #expect(run.text.contains(word), "\(word)")
        }
        let english = try Program.run(["read", "--explain", "--lang", "en", here])
        #expect(english.text.contains("format: chatlab-jsonl") && english.text.contains("next best: "))
    }

    @Test func `what spoke for a format is told in Chinese, names of keys and columns apart`() throws {
        let place = try Place()
        let mail = "青石湾村监督群 微信群上的聊天记录如下，请查收。\n\n—————  2026-03-02  —————\n\n\n甲  8:14\n\n停水了\n"
        let table = "MsgSvrID,type_name,talker,room_name,msg,CreateTime\n1,文本,甲,g1@chatroom,停水了,2026-03-02 08:14:05\n"
        let files = [
            try place.write("a", County.chatLab(["早"])), try place.write("b", mail), try place.write("c", table),
            try place.write("d", "2026-03-02 08:14:05 '甲'\n停水了\n\n2026-03-02 08:15:05 '乙'\n我家也是\n\n"),
        ]
        for file in files {
            let run = try Program.run(["read", "--explain", file])
            #expect(run.code == 0, "\(run.text)")
            let told = run.text.split(separator: "\n").filter { $0.contains("依据：") || $0.contains("其次：") }
            #expect(told.count == 2, "\(run.text)")
            for line in told {
                #expect(!line.contains(/\b(keys?|columns?|lines?|missing|absence|more|asked|first)\b/), "\(line)")
            }
        }
    }

    @Test func `a private chat is shown as no group's, and not imported`() throws {
        let place = try Place()
        let file = try place.write(
            "talk.txt", "甲 和 乙 在微信上的聊天记录如下，请查收。\n\n—————  2026-03-02  —————\n\n\n甲  8:14\n\n水管坏了\n")
        let run = try Program.run(["read", "--json", "--group", "g1@chatroom", file])
        #expect(run.code == 1)
        #expect((try Self.object(run.lines.first)["group"] as? [String: Any])?["id"] as? String == "")
        let copy = try County.shared.get().copy()
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let imported = try Program.run(["import", "--group", "g1@chatroom", file, "--data", copy + "/data"])
        #expect(imported.code == 2 && imported.error.contains("私聊"))
    }

    @Test func `two exports of a group are compared, without who and what`() throws {
        let place = try Place()
        let texts = (0..<8).map { "第\($0)句" }
        let one = try place.write("one.jsonl", County.chatLab(texts))
        let lines = try County.chatLab(texts).split(separator: "\n")
        let two = try place.write("two.jsonl", (lines[..<4] + lines[6...]).joined(separator: "\n"))
        let run = try Program.run(["groups", "compare", one, two])
        #expect(run.code == 1)
        #expect(run.text.contains("缺 2 条") && run.text.contains("two.jsonl"))
        #expect(!run.text.contains("句") && !run.text.contains("wxid"))
        let json = try Program.run(["groups", "compare", "--json", one, two])
        let total = try Self.object(json.lines.last)
        #expect(total["differs"] as? Bool == true && total["common"] as? Int == 6)
        #expect(try Program.run(["groups", "compare", one, one]).code == 0)
        let other = try place.write("other.jsonl", County.chatLab(texts, group: "g2@chatroom", name: "别的群"))
        #expect(try Program.run(["groups", "compare", "--group", "g1@chatroom", one, other]).code == 2)
        #expect(try Program.run(["groups", "compare", one, place.path + "/none"]).code == 2)
    }

    @Test func `tools that word links otherwise, or name no group, are compared all the same`() throws {
        let place = try Place()
        func message(_ clock: String, _ type: Int, _ subtype: Int, _ content: String, _ contents: String) -> String {
            #"{"seq":1,"time":"2026-03-02T\#(clock)+08:00","talker":"g1@chatroom","talkerName":"青石湾村监督群","isChatRoom":true,"#
                + #""sender":"w","senderName":"甲","type":\#(type),"subType":\#(subtype),"content":"\#(content)","contents":\#(contents)}"#
        }
        let one = try place.write(
            "one.json",
            "[" + message("08:14:05", 1, 0, "路灯坏了", "{}") + ","
                + message("08:15:05", 49, 5, "", #"{"title":"公示","url":"http://x.invalid/a"}"#) + ","
                + message("08:16:05", 1, 0, "没人管", "{}") + "]")
        let rows = [
            "消息ID,类型,发送人,时间,内容,备注,昵称,更多信息", "7412000000000000001,文本,甲,2026-03-02 08:14:05,路灯坏了,,甲,",
            "7412000000000000002,分享链接,甲,2026-03-02 08:15:05,\"【分享链接】\n标题：公示\n链接: http://x.invalid/a\",,甲,",
            "7412000000000000003,图片,甲,2026-03-02 08:16:05,【图片】,,甲,",
        ]
        let two = try place.write("乙导出的.csv", rows.joined(separator: "\r\n"))
        let run = try Program.run(["groups", "compare", one, two])
        #expect(run.code == 1 && run.error.isEmpty)
        // The link is no difference; what is one is said in the reader's language.
        #expect(run.text.contains("one.json 缺 1 条（图片 1）") && run.text.contains("乙导出的.csv 缺 1 条（文字 1）"), "\(run.text)")
        let named = try Program.run(["groups", "compare", "--group", "g1@chatroom", one, two])
        #expect(named.code == 1 && named.text == run.text)
    }
}
