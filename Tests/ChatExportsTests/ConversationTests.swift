import ChatExports
import Foundation
import Messages
import Testing

/// Files of many conversations: small ones are taken together, and come out as if each were read alone.
@Suite struct ConversationTests {
    private static func document(_ conversations: [String]) -> String {
        "{\"success\":true,\"result\":{\"conversationMessagesList\":[\n" + conversations.joined(separator: ",\n")
            + "\n],\"hasMore\":true}}\n"
    }

    /// Conversations of a few messages each, their keys in any order.
    private static func conversations(_ seed: Int) -> [String] {
        var random = SeededRandom(state: UInt64(seed))
        let joint = seed % 2 == 0 ? ",\n    " : ","
        func object(_ members: [String]) -> String {
            let isUsual = seed % 3 == 0
            return "{" + (isUsual ? members : members.shuffled(using: &random)).joined(separator: joint) + "}"
        }
        return (0..<Int.random(in: 1...40, using: &random)).map { number in
            let count = Int.random(in: 0...(number % 9 == 8 ? 30 : 3), using: &random)
            let messages = (0..<count).map { index in
                let words = [#"停水了"#, #"第一行\n第二行"#, #"\"引号\"\\"#, "]}],{"].randomElement(using: &random) ?? ""
                return object([
                    "\"openMessageId\":\"msg\(number)-\(index)\"", "\"sender\":\"示例\(index % 3)\"",
                    "\"senderOpenDingTalkId\":\"od\(index % 3)\"", "\"content\":\"\(words)\"",
                    "\"createTime\":\"2026-05-29 08:14:05\"",
                ])
            }
            return object([
                "\"openConversationId\":\"cid\(number % 7)==\"", "\"singleChat\":\(number % 5 == 4)",
                #""title":"群\#(number % 7)\"一""#, "\"messages\":[" + messages.joined(separator: joint) + "]",
            ])
        }
    }

    private static func read(_ text: String, chunkBytes: Int) throws -> (
        lines: [String], rejects: [String], gaps: [ExportGap]
    ) {
        var options = ExportOptions(now: Rendering.now)
        options.chunkBytes = chunkBytes
        let file = try ExportFile(bytes: Array(text.utf8), name: "a.json", options: options)
        #expect(file.detection.format == "dingtalk-dws")
        var lines: [String] = []
        var rejects: [String] = []
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            for record in block.records {
                let group = block.groups[Int(record.group)]
                lines.append(
                    "\(record.line) \(group.id) \(group.name) \(block.string(record.id)) \(block.string(record.text))")
            }
            rejects += block.rejects.map { "\($0.origin.line) \($0.reason.rawValue)" }
        }
        return (lines, rejects, file.knownGaps)
    }

    @Test(arguments: Seeds.some(30))
    func `the size of the pieces makes no difference`(_ seed: Int) throws {
        let conversations = Self.conversations(seed)
        let text = Self.document(conversations)
        let whole = try Self.read(text, chunkBytes: 1 << 20)
        #expect(whole.rejects.isEmpty && whole.gaps == [.hasMore])
        // Each conversation alone, which is too little to be taken together with another.
        var single: [String] = []
        for conversation in conversations {
            guard conversation.contains("openMessageId") else { continue }
            let read = try Self.read(Self.document([conversation]), chunkBytes: 1 << 20)
            single += read.lines.map { $0.drop { $0 != " " }.description }
        }
        #expect(whole.lines.map { $0.drop { $0 != " " }.description } == single)
        #expect(whole.lines.enumerated().allSatisfy { $1.hasPrefix("\($0 + 1) ") })
        for chunkBytes in [1, 100, 1500] { #expect(try Self.read(text, chunkBytes: chunkBytes).lines == whole.lines) }
    }

    @Test(arguments: Seeds.some(40))
    func `what is cut or broken costs itself, whatever the size of the pieces`(_ seed: Int) throws {
        var random = SeededRandom(state: UInt64(seed) &+ 99)
        var bytes = Array(Self.document(Self.conversations(seed) + Self.conversations(seed + 1)).utf8)
        let at = Int.random(in: 200..<max(201, bytes.count), using: &random) % bytes.count
        if seed % 2 == 0 {
            bytes.removeSubrange(max(200, at)...)
        } else {
            bytes[at] = [0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C].randomElement(using: &random) ?? 0
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let whole = try? Self.read(text, chunkBytes: 1 << 20) else { return }
        for chunkBytes in [61, 700] {
            let other = try Self.read(text, chunkBytes: chunkBytes)
            // Whose names stand behind their messages is found by counting, which damage makes a guess of.
            let places = seed % 3 == 0 ? 0..<4 : 2..<4
            func told(_ lines: [String]) -> [String] {
                lines.map { line in
                    let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
                    return parts[0] + " "
                        + parts.dropFirst().enumerated().filter { places.contains($0.offset) }
                        .map { String($0.element) }.joined(separator: " ")
                }
            }
            #expect(told(other.lines) == told(whole.lines), "\(chunkBytes)")
            #expect(other.rejects == whole.rejects, "\(chunkBytes)")
        }
        if seed % 2 == 0 { #expect(whole.rejects.contains { $0.hasSuffix("endsEarly") }) }
    }

    @Test func `a list that comes twice in a conversation is read twice`() throws {
        let message = #"{"openMessageId":"m1","sender":"甲","content":"一","createTime":"2026-05-29 08:14:05"}"#
        let conversation =
            #"{"openConversationId":"c","title":"群","singleChat":false,"messages":[\#(message)],"messages":[\#(message)]}"#
        #expect(try Self.read(Self.document([conversation]), chunkBytes: 1 << 20).lines.count == 2)
    }
}
