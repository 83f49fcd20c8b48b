import ChatExports
import Foundation
import Messages
import Testing

/// What is looked for many bytes at a time must be found wherever it stands.
@Suite struct BlockEdgeTests {
    private static func texts(_ json: String, chunkBytes: Int = 1 << 20) throws -> (texts: [String], rejects: [String])
    {
        var options = ExportOptions(now: Rendering.now)
        options.chunkBytes = chunkBytes
        let file = try ExportFile(bytes: Array(json.utf8), name: "a.json", options: options)
        var texts: [String] = []
        var rejects: [String] = []
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            texts += block.records.map { block.string($0.text) }
            rejects += block.rejects.map { "\($0.origin.line) \($0.reason.rawValue)" }
        }
        return (texts, rejects)
    }

    private static func document(_ contents: [String], behind width: Int = 0) -> String {
        let records = contents.map {
            #"{"sender":"a","accountName":"甲","timestamp":1780000000,"type":0,"content":\#($0)}"#
        }
        return
            #"{"chatlab":{"version":"0.0.2"},"meta":{"name":"群","platform":"wechat","groupId":"5@chatroom"},"messages":["#
            + String(repeating: " ", count: width) + records.joined(separator: ",") + "]}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    @Test(arguments: 0..<70)
    func `quotes, backslashes and brackets in words end nothing, wherever they stand`(_ width: Int) throws {
        let words = [
            #"路灯坏了"]},{"x":["#, #"\"#, #"\\\" 停水"#, "{[}]'`", "第一行\n\"第二行\"", String(repeating: "\\", count: 65) + "\"",
            String(repeating: "水", count: 50),
        ]
        let found = try Self.texts(Self.document(words.map(Self.quoted), behind: width))
        #expect(found.texts == words)
        #expect(found.rejects.isEmpty)
    }

    /// One byte at a time everything goes the slow way, record by record.
    @Test(arguments: [#"""#, "'", "{", "}", "[", "]", "\\", ":", "坏"])
    func `a byte too many costs the same messages however much is read at once`(_ extra: String) throws {
        let whole = Self.document(["停水", "停电", "断网", "塌方"].map(Self.quoted))
        let start = whole.utf8.count - 330
        for offset in stride(from: start, to: whole.utf8.count - 2, by: 3) {
            var bytes = Array(whole.utf8)
            bytes.insert(contentsOf: extra.utf8, at: offset)
            let text = String(decoding: bytes, as: UTF8.self)
            let atOnce = try? Self.texts(text)
            let slowly = try? Self.texts(text, chunkBytes: 1)
            #expect(atOnce?.texts == slowly?.texts, "\(extra) at \(offset)")
            #expect(atOnce?.rejects == slowly?.rejects, "\(extra) at \(offset)")
        }
    }

    @Test(arguments: 0..<40)
    func `the cells of a table end where they end, in quotes and without`(_ width: Int) throws {
        let pad = String(repeating: "很", count: width)
        let rows = [
            "2026-05-29 04:26:40,甲,a,群,5@chatroom,\(pad)停水",
            "2026-05-29 04:26:41,\"甲\",\"a\",\"群\",5@chatroom,\"\(pad),停电\"",
            "2026-05-29 04:26:42,甲,a,群,5@chatroom,\"\(pad)\"\"断网\"\"\"",
            "\"2026-05-29 04:26:43\",甲,a,群,5@chatroom,\"\(pad)\n塌方\"",
            "2026-05-29 04:26:44,甲,a,群,5@chatroom,\"\"",
        ]
        let found = try Self.texts(
            "Time,SenderName,Sender,TalkerName,Talker,Content\n" + rows.joined(separator: "\n") + "\n")
        #expect(found.texts == [pad + "停水", pad + ",停电", pad + "\"断网\"", pad + "\n塌方", ""])
        #expect(found.rejects.isEmpty)
    }
}
