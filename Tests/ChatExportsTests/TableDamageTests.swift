import ChatExports
import Foundation
import Messages
import Testing

/// Stray quotes and lost bytes cost the line in which they are, in whatever chunks it is read.
@Suite struct TableDamageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let rows: [String]
        /// The words of what is read.
        let words: [String]
        let rejects: [String]
        var testDescription: String { name }

        init(_ name: String, _ rows: [String], _ words: [String], rejects: [String] = []) {
            (self.name, self.rows, self.words, self.rejects) = (name, rows, words, rejects)
        }
    }

    private static func row(_ minute: Int, _ words: String) -> String { "2026-05-29 08:1\(minute):00,甲,\(words)" }

    private static func read(_ bytes: some Sequence<UInt8>, name: String = "柳溪村.csv") throws -> (
        words: [String], rejects: [String]
    ) {
        let file = try TemporaryFile(bytes, name: name)
        var found: (words: [String], rejects: [String])?
        for chunkBytes in [1 << 20, 61, 7] {
            let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes)
            let words = rendering.messages.map { $0.components(separatedBy: " | ")[7] }
            if let found {
                #expect(words == found.words, "chunks of \(chunkBytes) bytes")
                #expect(rendering.rejects == found.rejects, "chunks of \(chunkBytes) bytes")
            } else {
                found = (words, rendering.rejects)
            }
        }
        return found ?? ([], [])
    }

    @Test(arguments: [
        Case(
            "cells of several lines, blank ones too", [row(0, "\"一\n\n二\""), row(1, "三")], ["一\\u{a}\\u{a}二", "三"]),
        Case(
            "a stray quote at a cell's beginning, before cells of one line",
            [row(0, "一"), row(1, "\"二"), row(2, "三"), row(3, "四")], ["一", "三", "四"], rejects: ["3 wrongColumns"]),
        Case(
            "a stray quote before a cell of several lines",
            [row(0, "\"一"), row(1, "二"), row(2, "\"三\n\n四\""), row(3, "五"), row(4, "\"六,\"\"七\"\"\"")],
            ["二", "三\\u{a}\\u{a}四", "五", "六,\"七\""], rejects: ["2 wrongColumns"]),
        Case(
            "a lost quote at a cell's end, with a quoted cell at once behind it",
            [row(0, "\"一,二"), row(1, "\"三\n四\""), row(2, "五")], ["三\\u{a}四", "五"], rejects: ["2 wrongColumns"]),
        Case(
            "a quote before and one behind what nobody quoted",
            [row(0, "\"一"), row(1, "二"), row(2, "三\""), row(3, "四")],
            ["二", "三\"", "四"], rejects: ["2 wrongColumns"]),
        Case(
            "two stray quotes", [row(0, "\"一"), row(1, "二"), row(2, "\"三"), row(3, "四"), row(4, "\"五\n六\"")],
            ["二", "四", "五\\u{a}六"], rejects: ["2 wrongColumns", "4 wrongColumns"]),
        Case(
            "a table that somebody pasted, said before",
            [row(5, "\"看:\n2026-05-29 08:11:00,乙,好\n2026-05-29 08:12:00,乙,行\"")],
            ["看:\\u{a}2026-05-29 08:11:00,乙,好\\u{a}2026-05-29 08:12:00,乙,行"]),
        Case(
            "quotes within words", [row(0, "他说\"不管\""), row(1, "\"他说\"不管\"，走\""), row(2, "\"好\"的"), row(3, "\"好\"")],
            ["他说\"不管\"", "他说\"不管\"，走", "\"好\"的", "好"]),
        Case("an open quote within words", [row(0, "5\"的管子"), row(1, "三")], ["5\"的管子", "三"]),
        Case("blanks around quotes", [row(0, " \"一,二\" "), row(1, "三")], ["一,二", "三"]),
    ])
    func `a stray quote costs its line`(_ row: Case) throws {
        let found = try Self.read((["时间,发送者,内容"] + row.rows).joined(separator: "\n").utf8)
        #expect(found.words == row.words)
        #expect(found.rejects == row.rejects)
    }

    @Test func `one quote in a long table costs one message`() throws {
        var rows = (0..<20_000).map { number in
            let time = "2026-05-29 \(10 + number / 3600):\(10 + number / 60 % 50):\(10 + number % 50)"
            return "\(time),甲,\(number % 7 == 3 ? "\"第\(number)句\n\n\"\"完\"\"\"" : "第\(number)句")"
        }
        let whole = try Self.read((["时间,发送者,内容"] + rows).joined(separator: "\r\n").utf8)
        #expect(whole.words.count == 20_000 && whole.rejects.isEmpty)
        rows[777] = rows[777].replacing("第", with: "\"第")
        let found = try Self.read((["时间,发送者,内容"] + rows).joined(separator: "\r\n").utf8)
        #expect(found.words == whole.words.filter { $0 != "第777句" })
        #expect(found.rejects.count == 1)
    }

    @Test func `quotes that open and close across each other end soon`() throws {
        let lines = String(repeating: "2026-05-29 08:10:00,a\",\"\n", count: 100_000)
        let text = "时间,发送者,内容\n" + lines + "2026-05-29 08:10:00,甲,\"好\"的\n"
        let file = try TemporaryFile(text.utf8, name: "a.csv")
        let clock = ContinuousClock()
        let taken = try clock.measure { _ = try Rendering(path: file.path) }
        #expect(taken < .seconds(60))
    }

    // MARK: UTF-16

    private static func wide(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
            return isBig ? [high, low] : [low, high]
        }
    }

    @Test(arguments: [false, true], [1, -1, 3])
    func `a byte too many or too few in UTF-16 costs its line`(_ isBig: Bool, _ change: Int) throws {
        let rows = (0..<400).map { "2026-05-29 08:\(10 + $0 / 10):\(10 + $0 % 10),示例甲,第\($0)户一直没有拿到补贴，问谁谁不知道" }
        var bytes: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
        var middle = 0
        bytes += Self.wide("时间,发送者,内容\r\n", isBig: isBig)
        for (index, row) in rows.enumerated() {
            if index == 123 { middle = bytes.count + 2 * 32 }
            bytes += Self.wide(row + "\r\n", isBig: isBig)
        }
        #expect(try Self.read(bytes).words.count == 400)
        if change < 0 {
            bytes.remove(at: middle)
        } else {
            bytes.insert(contentsOf: [UInt8](repeating: 0x77, count: change), at: middle)
        }
        let found = try Self.read(bytes)
        #expect(found.words == (0..<400).filter { $0 != 123 }.map { "第\($0)户一直没有拿到补贴，问谁谁不知道" })
        #expect(found.rejects == ["125 badEncoding"])
    }

    @Test func `two places in UTF-16 without a mark cost two lines`() throws {
        let rows = (0..<60).map { "2026-05-29 08:10:\(10 + $0 % 50),示例甲,第\($0)户一直没有拿到补贴" }
        var bytes = Self.wide("时间,发送者,内容\n" + rows.joined(separator: "\n") + "\n", isBig: false)
        for place in [bytes.count / 3, bytes.count * 2 / 3] { bytes.remove(at: place) }
        let found = try Self.read(bytes)
        #expect(found.words.count == 58)
        #expect(found.rejects.count == 2)
        #expect(found.rejects.allSatisfy { $0.hasSuffix(" badEncoding") })
    }

    @Test func `Chinese without a digit is left as it is`() throws {
        let words = String(repeating: "一二三开最需退。“一”　　　　　　　　", count: 40)
        let bytes = [0xFF, 0xFE] + Self.wide("时间,发送者,内容\n2026-05-29 08:10:00,甲,\(words)\n", isBig: false)
        let found = try Self.read(bytes)
        #expect(found.words == [words.trimmingCharacters(in: .whitespaces)] || found.words == [words])
        #expect(found.rejects.isEmpty)
    }

    @Test func `a byte that is missing in UTF-16 JSON is said`() throws {
        let text = String(decoding: try Fixture.bytes("chatlab.json"), as: UTF8.self)
        var bytes = [0xFF, 0xFE] + Self.wide(text, isBig: false)
        bytes.remove(at: bytes.count / 2)
        let file = try TemporaryFile(bytes)
        #expect(try Rendering(path: file.path).rejects.contains { $0.contains("badEncoding") })
    }
}
