import ChatExports
import Foundation
import Messages
import Testing

/// A seeded source of random numbers, so that a failure's seed repeats it.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite struct PropertyTests {
    @Test(arguments: Fixture.names)
    func `the size of the chunks makes no difference`(_ name: String) throws {
        let whole = try Rendering(path: Fixture.path(name))
        for chunkBytes in [1, 64, 100, 333, 1024, 4096, 1 << 16] {
            let pieces = try Rendering(path: Fixture.path(name), chunkBytes: chunkBytes)
            #expect(pieces == whole, "chunks of \(chunkBytes) bytes")
        }
    }

    @Test(arguments: Fixture.names)
    func `a file that ends early loses no complete message`(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let whole = try Rendering(path: Fixture.path(name))
        // Every byte of the small fixtures; of the larger ones a stride that no record's length is a multiple of.
        for length in stride(from: 0, to: bytes.count, by: bytes.count > 1300 ? 37 : 1) {
            let file = try TemporaryFile(bytes.prefix(length), name: name)
            let cut: Rendering
            do { cut = try Rendering(path: file.path) } catch is ExportError { continue }
            // The group's keys may stand behind the cut, and the last message of a text may be cut itself.
            let isText = name.hasPrefix("mail") || name.hasSuffix(".csv")
            // A line at the very end that looks like a header is taken for one.
            let messages = cut.messages.dropLast(isText ? 2 : 0).map(Self.withoutGroup)
            #expect(messages == whole.messages.prefix(messages.count).map(Self.withoutGroup), "cut at \(length)")
            if !isText, name.hasSuffix(".json"), cut.messages.count < whole.messages.count {
                #expect(cut.rejects.contains { $0.contains("endsEarly") }, "cut at \(length)")
            }
        }
    }

    @Test func `all messages before the cut come`() throws {
        let bytes = try Fixture.bytes("chatlog.json")
        for length in stride(from: 700, to: bytes.count, by: 11) {
            let file = try TemporaryFile(bytes.prefix(length))
            let complete = String(decoding: bytes.prefix(length), as: UTF8.self).components(separatedBy: "},{\"seq\"")
                .count
            let cut = try Rendering(path: file.path)
            let records = Set(cut.messages.map { $0.prefix { $0 != " " } })
            #expect(records.count >= complete - 1, "cut at \(length)")
            #expect(cut.rejects == ["\(records.count + 1) endsEarly (\(length))"], "cut at \(length)")
        }
    }

    private static func withoutGroup(_ line: String) -> String {
        var parts = line.components(separatedBy: " | ")
        // The speaker's number, too: arkme-json names its speakers behind the messages.
        if parts.count > 5 { parts.removeSubrange(4...5) }
        return parts.joined(separator: " | ")
    }

    @Test(arguments: Seeds.some(40))
    func `flipped bytes never crash`(_ seed: Int) throws {
        var random = SplitMix64(state: UInt64(seed))
        let name = Fixture.names[seed % Fixture.names.count]
        let original = try Fixture.bytes(name)
        for _ in 0..<12 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default:
                    bytes.insert(
                        [0x22, 0x5C, 0x7B, 0x7D, 0x5B, 0x5D, 0x00, 0x0A].randomElement(using: &random) ?? 0, at: at)
                }
            }
            let file = try TemporaryFile(bytes)
            do {
                let small = try Rendering(path: file.path, chunkBytes: 97)
                let large = try Rendering(path: file.path)
                #expect(small.messages.count >= 0 && large.messages.count >= 0)
            } catch is ExportError {}
        }
    }

    @Test(arguments: Seeds.some(30))
    func `one flipped byte in an array costs few messages`(_ seed: Int) throws {
        var random = SplitMix64(state: UInt64(seed) &+ 1000)
        let name = ["weflow.json", "chatlog.json", "chatlab.json", "wecom-array.json"][seed % 4]
        var bytes = try Fixture.bytes(name)
        let whole = try Rendering(path: Fixture.path(name))
        // In the second half stand records only, but for a short tail.
        let at = Int.random(in: (bytes.count / 2)..<(bytes.count * 9 / 10), using: &random)
        bytes[at] = [0x22, 0x5C, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x41].randomElement(using: &random) ?? 0
        let file = try TemporaryFile(bytes)
        let broken = try Rendering(path: file.path)
        func records(_ rendering: Rendering) -> Int { Set(rendering.messages.map { $0.prefix { $0 != " " } }).count }
        #expect(records(broken) >= records(whole) - 2, "\(name) at \(at)")
    }

    @Test(arguments: Seeds.some(20))
    func `every line of a file of lines is a message, a reject, or passed over`(_ seed: Int) throws {
        var random = SplitMix64(state: UInt64(seed) &+ 7)
        var lines = [#"{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"groupId":"g@chatroom","name":"例"}}"#]
        for number in 0..<Int.random(in: 1...60, using: &random) {
            let message =
                #"{"_type":"message","sender":"s\#(number % 5)","timestamp":1780000000,"type":0,"content":"第\#(number)句"}"#
            let kinds = [
                message, message, "", "  ", "# 注", message + "x", String(message.dropLast(9)), "[]", "null", "文字",
                message.replacingOccurrences(of: "17800", with: "-"), #"{"_type":"member"}"#, #"{"_type":"other"}"#,
            ]
            lines.append(kinds.randomElement(using: &random) ?? message)
        }
        let file = try TemporaryFile(lines.joined(separator: seed % 2 == 0 ? "\n" : "\r\n").utf8)
        for chunkBytes in [64, 1000, 1 << 20] {
            let rendering = try Rendering(path: file.path, chunkBytes: chunkBytes)
            // A last line without anything in it isn't counted: there is no line behind the last line feed.
            let trailing = lines.last == "" ? 1 : 0
            #expect(
                rendering.messages.count + rendering.rejects.count + rendering.blankLines == lines.count - trailing)
        }
    }

    @Test(arguments: ["mail.txt", "mail-2025.txt", "mail-dense.txt"])
    func `every line of mail text is part of a message, a reject, or passed over`(_ name: String) throws {
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self)
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).count - 1
        let rendering = try Rendering(path: Fixture.path(name))
        let bodies = rendering.messages.map { line -> Int in
            let text = line.components(separatedBy: " | ")[7]
            let quoteLines = line.contains("quote=") ? 2 : 0
            return 1 + quoteLines + (text.isEmpty ? 0 : text.components(separatedBy: "\\u{a}").count)
        }
        #expect(bodies.reduce(0, +) + rendering.rejects.count + rendering.blankLines == lines)
    }

    @Test(arguments: Fixture.names)
    func `the encoding makes no difference`(_ name: String) throws {
        let plain = try Rendering(path: Fixture.path(name))
        let text = String(decoding: try Fixture.bytes(name), as: UTF8.self)
        let wide = Array(text.utf16)
        let little = wide.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let big = wide.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let chinese = try #require(text.data(using: Self.gb18030))
        let variants: [(TextEncoding, [UInt8])] = [
            (.utf8, [0xEF, 0xBB, 0xBF] + Array(text.utf8)), (.utf16LittleEndian, [0xFF, 0xFE] + little),
            (.utf16LittleEndian, little), (.utf16BigEndian, [0xFE, 0xFF] + big), (.utf16BigEndian, big),
            (.gb18030, Array(chinese)), (.utf8, Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)),
        ]
        for (index, (encoding, bytes)) in variants.enumerated() {
            let file = try TemporaryFile(bytes, name: name)
            for chunkBytes in [77, 1 << 20] {
                let other = try Rendering(path: file.path, chunkBytes: chunkBytes)
                #expect(other.encoding == encoding, "variant \(index)")
                #expect(other.messages == plain.messages, "variant \(index), \(chunkBytes) bytes")
                #expect(other.rejects == plain.rejects, "variant \(index), \(chunkBytes) bytes")
            }
        }
    }

    /// Foundation has no name for it: `kCFStringEncodingGB_18030_2000` with the bit that marks such numbers.
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0000 | 0x0632)
}
