import ChatExports
import Foundation
import Messages
import Testing

/// Texts in which a line begins each message: by fixture, and by the lines that mislead.
@Suite struct TextFormatTests {
    @Test(arguments: TextFixture.golden)
    func `a text fixture gives the messages that were agreed on`(_ fixture: TextFixture) throws {
        let rendering = try Rendering(path: Fixture.path(fixture.name))
        #expect(rendering.slug == fixture.slug)
        let golden = Fixture.golden(fixture.name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(rendering.text.utf8).write(to: golden)
        }
        #expect(rendering.text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test(arguments: TextFixture.all)
    func `neither name nor line ends nor the size of the chunks change a text`(_ fixture: TextFixture) throws {
        let plain = try Rendering(path: Fixture.path(fixture.name))
        let text = String(decoding: try Fixture.bytes(fixture.name), as: UTF8.self)
        let ends = fixture.name.hasSuffix(".html") ? ["\n", "\r\n"] : ["\n", "\r\n", "\r"]
        for end in ends {
            let bytes = Array(text.replacingOccurrences(of: "\n", with: end).utf8)
            for chunkBytes in [1, 50, 333, 1 << 20] {
                // The date may stand in the name, so it is kept where there is one.
                let name = fixture.name.contains("2026") ? fixture.name : "renamed.dat"
                let file = try ExportFile(bytes: bytes, name: name, options: Self.options(chunkBytes))
                #expect(file.detection.format == fixture.slug)
                let messages = try Self.texts(file)
                #expect(messages == plain.messages.map { $0.components(separatedBy: " | ").dropFirst(6).joined() })
                if let tally = file.lineTally, !fixture.name.hasSuffix(".html") {
                    #expect(tally.lines == tally.inMessages + plain.rejects.count + plain.blankLines)
                }
            }
        }
    }

    @Test(arguments: TextFixture.all)
    func `a text may be in any encoding`(_ fixture: TextFixture) throws {
        let plain = try Rendering(path: Fixture.path(fixture.name)).messages
        let text = String(decoding: try Fixture.bytes(fixture.name), as: UTF8.self)
        let wide = Array(text.utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let chinese = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0000 | 0x0632)))
        for bytes in [[0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + wide, wide, Array(chinese)] {
            let file = try ExportFile(bytes: bytes, name: fixture.name, options: Self.options(1 << 20))
            #expect(try Self.texts(file) == plain.map { $0.components(separatedBy: " | ").dropFirst(6).joined() })
        }
    }

    struct Alike: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var slug: String
        var messages: Int
    }

    @Test(arguments: [
        Alike(
            testDescription: "MemoTrace whose names have brackets", text: Self.heads("2026-05-29 08:14:0%d 示例甲(三组)"),
            slug: "memotrace-text", messages: 3),
        Alike(
            testDescription: "QQ without its banner", text: Self.heads("2026-05-29 08:14:0%d 示例甲(10002345)"),
            slug: "qq-text", messages: 3),
        Alike(
            testDescription: "chatlog with full dates", text: Self.heads("示例甲(wxid_demo) 2026-05-29 08:14:0%d"),
            slug: "chatlog-text", messages: 3),
        Alike(
            testDescription: "a paste with full dates", text: Self.heads("示例甲 2026-05-29 08:14:0%d"),
            slug: "pasted-text",
            messages: 3),
        Alike(
            testDescription: "WeCom's paste", text: Self.heads("示例甲@微信 2026/5/29 8:14:0%d"), slug: "pasted-text",
            messages: 3),
        Alike(
            testDescription: "one line a message, time first",
            text: "2026-05-29 08:14:05 示例甲：停水了\n2026-05-29 08:15:05 示例乙：好\n",
            slug: "pasted-text", messages: 2),
        Alike(
            testDescription: "WeFlow that quotes MemoTrace in each message",
            text: Self.heads("2026-05-29 08:14:0%d '示例甲'", body: "转一段：\n2026-05-28 08:00:00 示例乙\n8:00停水"),
            slug: "weflow-text", messages: 3),
        Alike(
            testDescription: "a mail pasted into a chat",
            text: Self.heads("2026-05-29 08:14:0%d '示例甲'", body: "—————  2026-05-28  —————\n示例乙  08:30\n停水"),
            slug: "weflow-text", messages: 3),
    ])
    func `look-alikes are told apart`(_ row: Alike) throws {
        let file = try ExportFile(bytes: Array(row.text.utf8), name: "a.txt", options: Self.options(1 << 20))
        #expect(file.detection.format == row.slug)
        #expect(try Self.texts(file).count == row.messages)
    }

    private static func heads(_ head: String, body: String = "8:00停水，还有\n第二行") -> String {
        (1...3).map { head.replacingOccurrences(of: "%d", with: "\($0)") + "\n" + body + "\n\n" }.joined()
    }

    struct Lone: Sendable {
        var text: String
    }

    @Test(arguments: [
        Lone(text: "您好：\n路灯坏了。\n"), Lone(text: "关于停水的情况说明\n\n村委会 2026年5月29日\n"),
        Lone(text: "通知\n\n请大家\n\n准时\n\n参加\n\n会议 8:30\n"), Lone(text: "[2026-03-02] 甲: 停水\n"),
        Lone(text: "=== 目录 ===\n第一章\n"), Lone(text: "示例甲 10:00\n"),
    ])
    func `a letter is no export`(_ row: Lone) throws {
        let error = #expect(throws: ExportError.self) {
            try ExportFile(bytes: Array(row.text.utf8), name: "a.txt", options: Self.options(1 << 20))
        }
        #expect(error?.reason == .unknownText)
    }

    @Test(arguments: [
        "示例甲(wxid_demo) 08:14:05\n停水\n", "示例甲(wxid_demo) 05-29 08:14:05\n停水\n", "示例甲 昨天 08:14\n停水\n",
        "示例甲 08:14\n停水\n\n示例乙 08:15\n好\n", "示例甲：\n停水\n\n示例乙：\n好\n", "示例甲 5-29 8:14:05\n停水\n",
        "微信群\"柳溪村监督群\"的聊天记录如下:\n\n示例甲  08:14\n\n停水\n",
    ])
    func `a text without a date asks for it, and takes it from the option or from its name`(_ text: String) throws {
        let bytes = Array(text.utf8)
        let error = #expect(throws: ExportError.self) {
            try ExportFile(bytes: bytes, name: "a.txt", options: Self.options(1 << 20))
        }
        #expect(error?.reason == .dateMissing)
        #expect(error?.explanation(in: .en).contains("--day") == true)
        var options = Self.options(1 << 20)
        options.assumedDay = CalendarDay("2026-05-29")
        let told = try ExportFile(bytes: bytes, name: "a.txt", options: options)
        let named = try ExportFile(bytes: bytes, name: "群 2026年5月29日.txt", options: Self.options(1 << 20))
        for file in [told, named] {
            #expect(file.knownGaps == [.dateAssumed])
            #expect(file.detection.evidence.contains { $0.hasPrefix("date assumed: 2026-05-29") })
            let chunk = try #require(try file.nextChunk())
            let day = try #require(chunk.block().records.first).sentAt / 86400 * 86400
            // Eight in the morning of Beijing is midnight of Greenwich; yesterday's is a day before.
            let expected: Int64 = text.contains("昨天") ? 1_779_926_400 : 1_780_012_800
            #expect(abs(day - expected) <= 86400)
        }
    }

    @Test func `a range of days in the name tells the year and not the day`() throws {
        let clock = Array("示例甲(wxid_demo) 08:14:05\n停水\n".utf8)
        #expect(throws: ExportError.self) {
            try ExportFile(bytes: clock, name: "chatlog_20260501-20260531.txt", options: Self.options(1 << 20))
        }
        let dated = Array("示例甲(wxid_demo) 12-31 23:59:59\n停水\n\n示例甲(wxid_demo) 01-01 00:00:01\n停水\n".utf8)
        let file = try ExportFile(bytes: dated, name: "chatlog_20251228-20260103.txt", options: Self.options(1 << 20))
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.map(\.sentAt) == [1_767_196_799, 1_767_196_801])
    }

    @Test func `500 messages of wx-cli are taken for its limit`() throws {
        let head = "=== 柳溪村监督群[群] (500 条) ===\n\n[2026-05-29 08:14] 示例甲: 停水\n"
        let file = try ExportFile(bytes: Array(head.utf8), name: "a", options: Self.options(1 << 20))
        #expect(file.knownGaps == [.limit])
    }

    @Test(arguments: TextFixture.all)
    func `what is cut off costs nothing that stands before it`(_ fixture: TextFixture) throws {
        let bytes = try Fixture.bytes(fixture.name)
        let whole = try Rendering(path: Fixture.path(fixture.name)).messages
        for length in stride(from: bytes.count / 2, to: bytes.count, by: 7) {
            let file: ExportFile
            do {
                file = try ExportFile(
                    bytes: Array(bytes[..<length]), name: fixture.name, options: Self.options(1 << 20))
            } catch { continue }
            // The last message is cut; a line that ends early may look like a head, or like none.
            let messages = try Self.texts(file).dropLast(2)
            let expected = whole.prefix(messages.count).map { $0.components(separatedBy: " | ").dropFirst(6).joined() }
            #expect(Array(messages) == expected, "cut at \(length)")
        }
    }

    static func options(_ chunkBytes: Int) -> ExportOptions {
        var options = ExportOptions(now: Rendering.now)
        options.chunkBytes = chunkBytes
        return options
    }

    /// What the messages say, as `Rendering` writes it.
    static func texts(_ file: ExportFile) throws -> [String] {
        var texts: [String] = []
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            texts += block.records.map { Rendering.words($0, in: block) }
        }
        return texts
    }
}
