import ChatExports
import Foundation
import Messages
import Testing

/// The same exports as other programs save them: every Han character as an escape, lines that end with a lone return.
@Suite struct EscapedTests {
    /// Python's `json.dump` and .NET's writer spell everything beyond ASCII as `\uXXXX` unless told otherwise.
    @Test(arguments: Fixture.names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") })
    func `a file is read alike with all characters as escapes`(_ name: String) throws {
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self).replacing("\u{FEFF}", with: "")
        // What a file says in comments or in bytes that are no UTF-8 can't be spelled so.
        guard !text.contains("\u{FFFD}"), !text.hasPrefix("#") else { return }
        var escaped = ""
        for unit in text.utf16 {
            if unit < 0x80 {
                escaped.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        let file = try TemporaryFile(escaped.utf8, name: name)
        let (plain, read) = (try Rendering(path: Fixture.path(name)), try Rendering(path: file.path))
        #expect(read.slug == plain.slug)
        #expect(read.messages == plain.messages)
        #expect(read.rejects == plain.rejects && read.blankLines == plain.blankLines && read.gaps == plain.gaps)
    }

    /// What old editors save: no line feed in the file.
    @Test(
        arguments: Fixture.names.filter {
            ["json", "jsonl", "csv", "html", "js", "md", "txt", "yaml"].contains(
                $0.split(separator: ".").last.map(String.init) ?? "")
        })
    func `a file is read alike with returns for line feeds`(_ name: String) throws {
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self)
        guard !text.contains("\u{FFFD}") else { return }
        let returns = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r")
        let file = try TemporaryFile(returns.utf8, name: name)
        let feeds = try TemporaryFile(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").utf8, name: name)
        let (plain, read) = (try Rendering(path: feeds.path), try Rendering(path: file.path))
        #expect(read == plain)
    }
}

/// What chatlog's server answers and sends.
@Suite struct ChatlogShapeTests {
    private func rendering(_ text: String) throws -> Rendering {
        let file = try TemporaryFile(text.utf8, name: "export")
        return try Rendering(path: file.path)
    }

    private func told(_ rendering: Rendering) -> [String] {
        rendering.messages.map { line in
            let parts = line.components(separatedBy: " | ")
            return ([parts[3]] + parts[7...]).joined(separator: " ")
        }
    }

    private static func message(_ type: Int, _ subtype: Int, _ content: String, _ contents: String) -> String {
        #"{"seq":1,"time":"2026-05-29T08:14:05+08:00","talker":"9@chatroom","talkerName":"柳溪村监督群","isChatRoom":true,"sender":"wxid_a","senderName":"示例甲","isSelf":false,"type":\#(type),"subType":\#(subtype),"content":"\#(content)","contents":\#(contents)}"#
    }

    private static let rendered = [
        message(1, 0, "> 路灯坏了三天", "{}"),
        message(
            49, 57, #"> 示例乙(wxid_b) 05-29 08:10:00\n> 路灯坏了\n> 三天\n收到，明天修"#,
            #"{"refer":{"type":1,"subType":0,"content":"路灯坏了\n三天"}}"#),
        message(49, 57, #"> [引用]\n收到"#, "{}"),
        message(49, 57, #"> 示例乙(wxid_b) 05-29 08:10:00\n> 路灯坏了\n知道了"#, "{}"),
        message(
            49, 19, #"[合并转发|聊天记录]\n  示例丙 2026-05-28 10:00:00\n  水停了\n\n"#,
            #"{"title":"聊天记录","recordInfo":{"DataList":{"DataItems":[{"DataType":"1","SourceName":"示例丙","SourceTime":"2026-05-28 10:00:00","DataDesc":"水停了"}]}}}"#
        ),
        message(34, 0, "[语音](http://127.0.0.1:5030/voice/1)", #"{"voice":"1"}"#),
        message(49, 6, "[文件|名单.xlsx](http://127.0.0.1:5030/file/a)", #"{"title":"名单.xlsx"}"#),
        message(49, 87, "[群公告]", "{}"),
    ]

    private static let words = [
        "text > 路灯坏了三天", #"text 收到，明天修 quote=路灯坏了\u{a}三天"#, "text 收到", "text 知道了 quote=路灯坏了",
        "forward 聊天记录", ">text 水停了", "voice [语音]", "file [文件] 名单.xlsx", "notice ",
    ]

    @Test func `what the webhook renders is taken apart again`() throws {
        let body =
            #"{"keyword":"","lastTime":"2026-05-29 08:00:00","length":8,"messages":["#
            + Self.rendered.joined(separator: ",") + #"],"sender":"","talker":"9@chatroom"}"#
        let read = try rendering(body)
        #expect(read.slug == "chatlog-webhook")
        #expect(told(read) == Self.words)
    }

    @Test func `an answer with its length is read on one line, on several, and one a line`() throws {
        let list = Self.rendered.joined(separator: ",")
        let one = try rendering(#"{"length":8,"messages":[\#(list)]}"#)
        #expect(one.slug == "chatlog-json" && told(one) == Self.words)
        let pretty = try rendering("{\n  \"length\": 8,\n  \"messages\": [\n\(list)\n  ]\n}\n")
        #expect(pretty.slug == "chatlog-json" && told(pretty) == Self.words)
        let lines = Self.rendered.map { #"{"length":1,"messages":[\#($0)]}"# }.joined(separator: "\n")
        let several = try rendering(lines + "\n")
        #expect(several.slug == "chatlog-json" && told(several) == Self.words)
    }
}

/// Dates whose year the program left out.
@Suite struct YearlessTests {
    private func days(_ text: String, on day: String) throws -> [String] {
        let file = try TemporaryFile(text.utf8, name: "paste.txt")
        var options = ExportOptions(now: 1_800_000_000)
        options.assumedDay = CalendarDay(day)
        let export = try ExportFile(path: file.path, options: options)
        var days: [String] = []
        while let chunk = try export.nextChunk() {
            days += chunk.block().records.map {
                String(Date(timeIntervalSince1970: TimeInterval($0.sentAt + 8 * 3600)).formatted(.iso8601).prefix(10))
            }
        }
        return days
    }

    private static let paste = """
        示例甲 1/2 18:14:31
        路灯坏了

        示例乙 2025/12/30 9:00:05
        收到

        示例丙 10/5 7:30:00
        水停了
        """

    @Test func `the last one before the day of copying is meant`() throws {
        #expect(
            try days(Self.paste, on: "2026-10-06")
                == ["2026-01-02", "2025-12-30", "2026-10-05"])
        // Never months after it.
        #expect(
            try days(Self.paste, on: "2026-03-01")
                == ["2026-01-02", "2025-12-30", "2025-10-05"])
        // A file over New Year, named by its first day.
        #expect(
            try days(Self.paste, on: "2025-12-28")
                == ["2026-01-02", "2025-12-30", "2025-10-05"])
    }
}

/// What spreadsheets write around a table, and what a cut takes from one.
@Suite struct ResavedTests {
    @Test func `rows of separators are blank, and a line that names the separator is no header`() throws {
        let plain = String(decoding: try Fixture.bytes("memotrace-v3.csv"), as: UTF8.self)
        let table = plain.replacing("\u{FEFF}", with: "")
        let file = try TemporaryFile(("sep=,\r\n" + table + ",,,,,,,\r\n,,,,,,,\r\n").utf8, name: "export.csv")
        let (before, after) = (try Rendering(path: Fixture.path("memotrace-v3.csv")), try Rendering(path: file.path))
        #expect(after.slug == before.slug && after.messages.count == before.messages.count && !after.messages.isEmpty)
        #expect(after.rejects.count == before.rejects.count)
        #expect(after.blankLines == before.blankLines + 3)
    }

    @Test(arguments: 1...12)
    func `an alphabetical file that is cut keeps its complete messages`(_ part: Int) throws {
        let bytes = try Fixture.bytes("weflow-alphabetical.json")
        let whole = try Rendering(path: Fixture.path("weflow-alphabetical.json"))
        let end = bytes.count * (part + 3) / 20
        let file = try TemporaryFile(bytes.prefix(end), name: "export.json")
        let cut = try Rendering(path: file.path)
        #expect(cut.slug == "weflow-json")
        #expect(cut.messages.count <= whole.messages.count)
        // Times and words are those of the whole file; only the group stood behind the cut.
        func told(_ line: String) -> [String] {
            let parts = line.components(separatedBy: " | ")
            return Array(parts[1...3] + parts[7...])
        }
        #expect(cut.messages.map(told) == whole.messages.prefix(cut.messages.count).map(told))
    }
}
