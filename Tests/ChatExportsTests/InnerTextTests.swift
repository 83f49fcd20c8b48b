import ChatExports
import Foundation
import Messages
import Testing

/// Strings with escapes in them, and JSON that stands as a text in JSON.
@Suite struct InnerTextTests {
    private static func texts(_ lines: [String], name: String = "a.jsonl") throws -> [String] {
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let file = try ExportFile(bytes: bytes, name: name, options: ExportOptions(now: Rendering.now))
        var texts: [String] = []
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            #expect(block.rejects.isEmpty)
            texts += block.records.map { block.string($0.text) }
        }
        return texts
    }

    /// A text of many escapes, written as JSON by hand: some simple, some by number, some of two halves.
    private static func written(_ random: inout SeededRandom, _ count: Int) -> (text: String, json: String) {
        var (text, json) = ("", "")
        for _ in 0..<count {
            let piece: (String, String) =
                [
                    ("\"", "\\\""), ("\\", "\\\\"), ("/", "\\/"), ("\t", "\\t"), ("水", "水"), ("灯", "\\u706f"),
                    ("a", "a"),
                    ("😀", "\\ud83d\\ude00"), ("\u{FFFD}", "\\x"), ("修路修路修路", "修路修路修路"), ("x", "\\u0078"),
                    ("\u{FFFD}", "\\ud83d"),
                    ("0123456789abcdef", "0123456789abcdef"),
                ].randomElement(using: &random) ?? ("", "")
            // A half behind which the other half would stand is not meant.
            if json.hasSuffix("\\ud83d"), piece.1.hasPrefix("\\u") { continue }
            text += piece.0
            json += piece.1
        }
        return (text, json)
    }

    @Test(arguments: Seeds.some(40))
    func `escapes are what they mean`(_ seed: Int) throws {
        var random = SeededRandom(state: UInt64(seed))
        var expected: [String] = []
        var lines = [#"{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"groupId":"g@chatroom","name":"例"}}"#]
        for number in 0..<30 {
            let (text, json) = Self.written(&random, Int.random(in: 0...70, using: &random))
            expected.append("停" + text + "。")
            lines.append(
                #"{"_type":"message","sender":"s\#(number % 3)","timestamp":1780000000,"type":0,"content":"停\#(json)。","x":1}"#
            )
        }
        #expect(try Self.texts(lines) == expected)
    }

    private static func escaped(_ json: String) -> String {
        "\"" + json.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }

    @Test(arguments: Seeds.some(20))
    func `a message that stands as a text in a record is read as itself`(_ seed: Int) throws {
        var random = SeededRandom(state: UInt64(seed) &+ 5)
        var plain: [String] = []
        var wrapped: [String] = []
        for number in 0..<400 {
            // Long ones don't fit where the short ones are kept, which are begun anew again and again.
            let length = number % 97 == 96 ? 9000 : Int.random(in: 0...30, using: &random)
            let (_, words) = Self.written(&random, length)
            let keys = [
                #""msgid":"w\#(number)""#, #""action":"send""#, #""from":"wm\#(number % 4)""#, #""tolist":["q"]"#,
                #""roomid":"wr1""#, #""msgtime":1779926400000"#, #""msgtype":"text""#,
                #""text":{"content":"停\#(words)。"}"#,
            ]
            // Writers keep one order of the keys; another one must not be mistaken for it.
            let shuffled = number % 3 == 2 ? keys.shuffled(using: &random) : keys
            let message = "{" + shuffled.joined(separator: ",") + "}"
            plain.append(message)
            wrapped.append(#"{"id":\#(number),"content":\#(Self.escaped(message))}"#)
        }
        let expected = try Self.texts(plain)
        #expect(expected.count == 400)
        #expect(try Self.texts(wrapped) == expected)
    }

    @Test func `bodies that are JSON, words, or neither`() throws {
        let rows = [
            (#""{\"content\":\"停水了\"}""#, "停水了"), (#""{\"text\":{\"content\":\"停水了\"}}""#, "停水了"),
            (#"{"content":"停水了"}"#, "停水了"), (#"{"text":{"content":"停水了"}}"#, "停水了"), (#""停水了""#, "停水了"),
            (#"" \n{\"content\":\"停\\n水\"}""#, "停\n水"), (#""{停水}""#, "{停水}"), (#""{\"content\":""#, "{\"content\":"),
            (#""\\{停水""#, "\\{停水"), (#""""#, ""),
        ]
        let lines = rows.enumerated().map { index, row in
            #"{"chat_id":"wr1","chat_record_id":"r\#(index)","sender_id":"s","msgtime":1779926400000,"msgtype":"text","content":\#(row.0)}"#
        }
        #expect(try Self.texts(lines) == rows.map(\.1))
    }
}
