import ChatExports
import Foundation
import Messages
import Testing

/// Damage costs what is damaged, whatever the chunks, and nothing goes without a word.
@Suite struct DamageTests {
    private static let documents = Fixture.names.filter {
        $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") || $0.hasSuffix(".html") || $0.hasSuffix(".js")
    }

    @Test(arguments: documents, 0..<8)
    func `the chunks make no difference to a damaged file`(_ name: String, _ seed: Int) throws {
        var random = SeededRandom(state: UInt64(seed) &* 977 &+ 3)
        var bytes = try Fixture.bytes(name)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let signs: [UInt8] = [0x22, 0x5C, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A, 0x00, 0x0A, 0x20, 0x80]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = signs.randomElement(using: &random) ?? 0
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(contentsOf: [UInt8](repeating: 0x20, count: 700), at: at)
            default: bytes.insert(signs.randomElement(using: &random) ?? 0, at: at)
            }
        }
        if seed % 3 == 0 { bytes.removeLast(Int.random(in: 1...(bytes.count / 2), using: &random)) }
        let file = try TemporaryFile(bytes, name: name)
        let whole: Rendering
        do { whole = try Rendering(path: file.path) } catch is ExportError { return }
        for chunkBytes in [1, 61, 512] {
            let pieces = try Rendering(path: file.path, chunkBytes: chunkBytes)
            #expect(
                pieces.messages.map(Self.withoutGroup) == whole.messages.map(Self.withoutGroup),
                "chunks of \(chunkBytes) bytes")
            #expect(pieces.rejects.sorted() == whole.rejects.sorted(), "chunks of \(chunkBytes) bytes")
        }
    }

    /// A group of one id may have a damaged name in one record: which of its names is shown is no matter.
    private static func withoutGroup(_ line: String) -> String {
        var parts = line.components(separatedBy: " | ")
        if parts.count > 5 { parts.remove(at: 5) }
        return parts.joined(separator: " | ")
    }

    private static let head =
        #"{"chatlab":{"version":"0.0.2"},"meta":{"name":"例","type":"group","groupId":"g@chatroom"},"messages":["#

    private static func message(_ number: Int) -> String {
        #"{"sender":"s\#(number)","timestamp":\#(1_780_000_000 + number),"type":0,"content":"第\#(number)句"}"#
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var messages: Int
        var rejects: [String]
    }

    @Test(arguments: [
        Case(
            testDescription: "a stray bracket between two messages",
            text: Self.head + Self.message(1) + "]" + Self.message(2) + "," + Self.message(3) + "]}", messages: 3,
            rejects: ["2 notJSON"]),
        Case(
            testDescription: "the file ends in a key behind the messages",
            text: Self.head + Self.message(1) + #"],"sync":{"hasM"#, messages: 1, rejects: ["0 endsEarly"]),
        Case(
            testDescription: "the file ends in a text behind the messages",
            text: Self.head + Self.message(1) + #"],"note":"abc"#, messages: 1, rejects: ["0 endsEarly"]),
        Case(
            testDescription: "a second document behind the first",
            text: Self.head + Self.message(1) + "]}" + Self.head + Self.message(2) + "]}",
            messages: 1, rejects: ["2 notJSON"]),
        Case(
            testDescription: "zeros behind the document, as a full disk leaves them",
            text: Self.head + Self.message(1) + "]}" + String(repeating: "\0", count: 900), messages: 1, rejects: []),
        Case(
            testDescription: "a message without its end before a thousand blanks",
            text: Self.head + Self.message(1) + "," + Self.message(2).dropLast() + ","
                + String(repeating: " ", count: 1000)
                + Self.message(3)
                + "]}", messages: 2, rejects: ["2 notJSON"]),
    ])
    func `what is broken is said, what is whole is read`(_ row: Case) throws {
        let file = try TemporaryFile(row.text.utf8)
        for chunkBytes in [1, 64, 1 << 20] {
            let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes)
            #expect(rendering.messages.count == row.messages, "chunks of \(chunkBytes) bytes")
            #expect(
                rendering.rejects.map {
                    $0.replacingOccurrences(of: #" \(\d+\)"#, with: "", options: .regularExpression)
                }
                    == row.rejects.map {
                        $0.replacingOccurrences(of: #" \(\d+\)"#, with: "", options: .regularExpression)
                    }, "chunks of \(chunkBytes) bytes")
        }
    }

    @Test func `arrays one behind the other are all read`() throws {
        let fixture = String(decoding: try Fixture.bytes("chatlog.json"), as: UTF8.self)
        let one = try Rendering(path: Fixture.path("chatlog.json"))
        let file = try TemporaryFile((fixture + "\n" + fixture).utf8)
        let two = try Rendering(path: file.path)
        #expect(two.messages.count == 2 * one.messages.count)
        #expect(two.rejects.count == 2 * one.rejects.count)
    }

    @Test func `a private chat is read only where that is asked for, and as no group's`() throws {
        let text = "甲 和 乙 在微信上的聊天记录如下，请查收。\n\n—————  2026-05-28  —————\n\n\n甲  8:30\n\n早\n\n乙  8:31\n\n好\n"
        var options = ExportOptions(now: Rendering.now, group: GroupIdentity(id: "g1", name: "群", platform: .wechat))
        let refused = #expect(throws: ExportError.self) {
            _ = try ExportFile(bytes: Array(text.utf8), name: "a", options: options)
        }
        #expect(refused?.reason == .privateChat)
        options.readsPrivateChats = true
        let file = try ExportFile(bytes: Array(text.utf8), name: "a", options: options)
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.count == 2)
        #expect(block.groups == [GroupIdentity(id: "", name: "", platform: .wechat)])
        #expect(file.knownGaps == [.privateChat])
    }

    @Test(arguments: [
        ("[图片]", TextEncoding.gb18030), ("[位置] 示例路", .gb18030), ("café, Ω, Иван, · °", .utf8),
        ("naïve 示例", .utf8),
    ])
    func `words that are UTF-8 by chance flip no encoding`(_ row: (words: String, encoding: TextEncoding)) throws {
        let text =
            #"{"chatlab":{},"meta":{"name":"g","type":"group"},"messages":[{"sender":"a","timestamp":1780000000,"type":0,"#
            + #""content":"\#(row.words)"}]}"#
        let chinese = String.Encoding(rawValue: 0x8000_0000 | 0x0632)
        let bytes = try #require(row.encoding == .utf8 ? Data(text.utf8) : text.data(using: chinese))
        let file = try TemporaryFile(bytes)
        let rendering = try Rendering(path: file.path)
        #expect(rendering.encoding == row.encoding)
        #expect(rendering.messages.first?.contains(row.words) == true)
    }

    @Test func `a text of which only two messages are left keeps their heads`() throws {
        let text = "2026-05-29 08:14:05 示例村民甲\n低保少了\n\n2026-05-29 08:15:00 \"丙\"加入了群聊\n\n2026-05-29 08:15:40 示例"
        let file = try TemporaryFile(text.utf8)
        let rendering = try Rendering(path: file.path)
        #expect(rendering.messages.first?.contains("低保少了") == true)
        #expect(rendering.rejects.isEmpty)
    }
}
