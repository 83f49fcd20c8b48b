import ChatExports
import Foundation
import Messages
import Testing

/// What holds for every text reader, over texts made at random.
@Suite struct TextPropertyTests {
    /// A layout: how a message is written.
    struct Layout: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var top = ""
        var bottom = "\n"
        /// `%N` the name, `%T` the time to seconds, `%M` to minutes.
        let head: String
        /// True when words stand on the head's line.
        var isInline = false
        var hasSeconds = true
        var bodyTop = ""
    }

    static let layouts = [
        Layout(testDescription: "weflow-text", head: "%T '%N'"),
        Layout(testDescription: "memotrace-text", head: "%T %N"),
        Layout(testDescription: "chatlog-text", head: "%N(wxid_a) %T"),
        Layout(testDescription: "dingtalk-text", head: "[%T] %N:"),
        Layout(testDescription: "qq-text", head: "%T %N(10002345)"),
        Layout(testDescription: "welink-text", bottom: "", head: "%N(z00123456)\t%T"),
        Layout(testDescription: "wechat-data-analysis-text", bottom: "", head: "[%T] %N(wxid_a): ", isInline: true),
        Layout(
            testDescription: "wechat-exporter-text", top: "群 - 微信聊天记录\n\n", bottom: "", head: "%N (%T):", isInline: true
        ),
        Layout(
            testDescription: "wx-cli-text", top: "=== 群[群] (9 条) ===\n\n", bottom: "", head: "[%M] %N: ",
            isInline: true,
            hasSeconds: false),
        Layout(testDescription: "pasted-text", head: "%N %M", hasSeconds: false),
        Layout(
            testDescription: "wechat-mail", top: "群 微信群上的聊天记录如下，请查收。\n\n—————  2026-05-29  —————\n\n", head: "%N  %C",
            hasSeconds: false, bodyTop: "\n"),
    ]

    private static let names = ["示例甲", "示例村民乙", "三组 丙", "Demo", "示例丁\u{200D}", "示例（戊）"]
    private static let words = [
        "8:00停水", "没人管", "[强]", "村口  的灯", "a b", "“引号”", "# 号", "> 不是引用", "12:30", "上\u{2028}下", "\u{202E}反",
        "e\u{301}", "：",
    ]

    private struct Made {
        var text: String
        var bodies: [String]
        var times: [Int64]
        var lines: Int
    }

    /// A text and what it says; bodies may hold blank lines and lines that look like heads.
    private static func make(_ layout: Layout, seed: UInt64) -> Made {
        var random = SeededRandom(state: seed)
        var made = Made(text: layout.top, bodies: [], times: [], lines: 0)
        for number in 0..<Int.random(in: 8...40, using: &random) {
            let clock = (number / 60, number % 60, Int.random(in: 0..<60, using: &random))
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            let minute = "\(two(8 + clock.0)):\(two(clock.1))"
            let head = layout.head.replacingOccurrences(of: "%N", with: names.randomElement(using: &random) ?? "")
                .replacingOccurrences(of: "%T", with: "2026-05-29 \(minute):\(two(clock.2))")
                .replacingOccurrences(of: "%M", with: "2026-05-29 \(minute)").replacingOccurrences(
                    of: "%C", with: minute)
            var lines = ["第\(number)条" + (words.randomElement(using: &random) ?? "")]
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                lines.append(
                    Int.random(in: 0..<4, using: &random) == 0 ? "" : "续" + (words.randomElement(using: &random) ?? ""))
            }
            while lines.last == "" { lines.removeLast() }
            let body = lines.joined(separator: "\n")
            made.text += head + (layout.isInline ? "" : "\n") + layout.bodyTop + body + "\n" + layout.bottom
            made.bodies.append(body)
            made.times.append(1_780_012_800 + Int64((clock.0 * 60 + clock.1) * 60 + (layout.hasSeconds ? clock.2 : 0)))
        }
        made.lines = made.text.utf8.count { $0 == 0x0A }
        return made
    }

    @Test(arguments: layouts, Seeds.some(3, from: 1))
    func `what is written is read again, whatever stands in the bodies`(_ layout: Layout, _ seed: Int) throws {
        let made = Self.make(layout, seed: UInt64(seed))
        for chunkBytes in [40, 1 << 20] {
            let file = try ExportFile(
                bytes: Array(made.text.utf8), name: "a", options: TextFormatTests.options(chunkBytes))
            #expect(file.detection.format == layout.testDescription)
            var bodies: [String] = []
            var times: [Int64] = []
            var others = 0
            while let chunk = try file.nextChunk() {
                let block = chunk.block()
                bodies += block.records.map { block.string($0.text) }
                times += block.records.map(\.sentAt)
                others += block.rejects.count + block.blankLines
            }
            #expect(bodies == made.bodies)
            #expect(times == made.times)
            let tally = try #require(file.lineTally)
            #expect(tally.lines == made.lines)
            #expect(tally.inMessages + others == made.lines)
        }
    }

    @Test(arguments: layouts, Seeds.some(4, from: 11))
    func `in a damaged text each line is still a message's, a reject or passed over`(_ layout: Layout, _ seed: Int)
        throws
    {
        var random = SeededRandom(state: UInt64(seed))
        var bytes = Array(Self.make(layout, seed: UInt64(seed)).text.utf8)
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            let at = Int.random(in: (bytes.count / 4)..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert([0x00, 0x0A, 0x0D, 0x20, 0xE5, 0x85].randomElement(using: &random) ?? 0, at: at)
            default:
                bytes.insert(contentsOf: Array("\n\n2026-05-29 08:14:05 '示例'\n[2026-05-29 08:14:05] a:\n".utf8), at: at)
            }
        }
        let file: ExportFile
        do { file = try ExportFile(bytes: bytes, name: "a", options: TextFormatTests.options(64)) } catch { return }
        var others = 0
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            others += block.rejects.count + block.blankLines
            for record in block.records {
                #expect(String(validating: block.bytes[record.text.range], as: UTF8.self) != nil)
            }
        }
        let tally = try #require(file.lineTally)
        #expect(tally.inMessages + others == tally.lines)
    }

    @Test(arguments: layouts, [100_000, 3_000_000])
    func `one line that is far too long costs itself`(_ layout: Layout, _ count: Int) throws {
        let made = Self.make(layout, seed: 5)
        let text = made.text + String(repeating: "长", count: count) + "\n" + made.text.dropFirst(layout.top.count)
        let file = try ExportFile(bytes: Array(text.utf8), name: "a", options: TextFormatTests.options(1 << 16))
        var messages = 0
        var rejects: [Reject.Reason] = []
        while let chunk = try file.nextChunk() {
            messages += chunk.block().records.count
            rejects += chunk.block().rejects.map(\.reason)
        }
        #expect(messages == made.bodies.count * 2)
        #expect(rejects == [.tooLong])
        // A line of that length is passed over while it is read, and counted all the same.
        let tally = try #require(file.lineTally)
        #expect(tally.lines == text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
    }

    @Test func `a character cut in one line doesn't change the encoding of a file`() throws {
        var bytes = Array(Self.make(Self.layouts[2], seed: 9).text.utf8)
        let whole = bytes
        let at = try #require(bytes.firstRange(of: Array("条".utf8))).lowerBound
        bytes.remove(at: at + 2)
        let file = try ExportFile(bytes: bytes, name: "a", options: TextFormatTests.options(1 << 20))
        #expect(file.detection.encoding == .utf8)
        let other = try ExportFile(bytes: whole, name: "a", options: TextFormatTests.options(1 << 20))
        let (broken, plain) = (try TextFormatTests.texts(file), try TextFormatTests.texts(other))
        #expect(zip(broken, plain).count { $0 != $1 } == 1)
        #expect(broken[0].contains("\u{FFFD}"))
    }

    @Test func `zeros in a text don't make it UTF-16`() throws {
        let text = "2026-05-29 08:14:05 '甲'\n停\0水\0\0了\n\n"
        let file = try ExportFile(bytes: Array(text.utf8), name: "a", options: TextFormatTests.options(1 << 20))
        #expect(file.detection.encoding == .utf8)
        #expect(try TextFormatTests.texts(file).count == 1)
    }
}
