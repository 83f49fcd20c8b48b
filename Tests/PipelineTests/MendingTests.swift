import ChatExports
import Foundation
import Messages
import Pipeline
import Testing

/// What could not be read is written so that it can be mended, and the mended file brings only what was missing.
struct MendingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        /// The export; `‹…›` is what a person mends, `‹broken→mended›`.
        let text: String
        let good: Int
        let mended: Int
        var testDescription: String { name }

        private func text(_ half: Int) -> String {
            text.components(separatedBy: "‹").enumerated().map { index, part in
                guard index > 0, let end = part.firstIndex(of: "›") else { return part }
                return part[..<end].components(separatedBy: "→")[half] + part[part.index(after: end)...]
            }.joined()
        }

        var broken: String { text(0) }

        /// Mends as a person would: in the file that was written.
        func mend(_ written: String) -> String {
            text.components(separatedBy: "‹").dropFirst().reduce(written) { file, part in
                let halves = part.prefix { $0 != "›" }.components(separatedBy: "→")
                return file.replacingOccurrences(of: halves[0], with: halves[1])
            }
        }
    }

    private static let weflow =
        #"{"weflow":{"version":"1.0.3"},"session":{"wxid":"g1@chatroom","displayName":"青石湾村监督群","type":"群聊","avatar":"\#(String(repeating: "QUJD", count: 2_000))"},"messages":["#

    private static func element(_ id: Int, _ text: String) -> String {
        #"{"localId":\#(id),"createTime":\#(1_772_400_000 + id * 300),"type":"文本消息","localType":1,"content":"\#(text)","isSend":0,"senderUsername":"wxid_\#(id)","senderDisplayName":"名\#(id)","platformMessageId":"74125896301\#(100_000 + id)"}"#
    }

    private static func line(_ id: Int, _ text: String) -> String {
        #"{"_type":"message","sender":"w\#(id)","accountName":"名","timestamp":\#(1_772_400_000 + id * 300),"type":0,"content":"\#(text)"}"#
    }

    @Test(arguments: [
        Case(
            name: "an element of an array", file: "a.json",
            text: weflow + "\n" + element(1, "早") + ",\n" + element(2, "路灯坏了‹\"\"→›") + ",\n" + element(3, "好")
                + "\n]}", good: 2,
            mended: 1),
        Case(
            name: "an element whose time is wrong", file: "a.json",
            text: weflow + element(1, "早") + ","
                + #"{"localId":2,"createTime":‹17→1772400600›,"localType":1,"content":"路灯坏了","senderUsername":"wxid_2"}"#
                + "]}",
            good: 1, mended: 1),
        Case(
            name: "an object of a page", file: "a.html",
            text:
                "<html><head><title>青石湾村监督群 - 聊天记录</title></head><b>微信ID</b><b class=\"info-value\">g1@chatroom</b><script>\nconst messagesData = [\n"
                + #"{"timestamp":1772400300,"senderName":"甲","content":"早"},"# + "\n"
                + #"{"timestamp":1772400600,"senderName":"乙","content":"路灯坏了‹\u0022\u0022→›"},"#.replacingOccurrences(
                    of: "\\u0022", with: "\"") + "\n"
                + #"{"timestamp":1772400900,"senderName":"丙","content":"好"}"# + "\n];</script></html>", good: 2,
            mended: 1),
        Case(
            name: "a message of one of several conversations", file: "a.json",
            text: #"{"format":"wetrace-plus","version":1,"conversations":["#
                + #"{"id":"g9@chatroom","name":"别的群","type":"group","messages":[{"id":"1","time":1772400300,"sender_id":"a","type":"text","content":"早"}]},"#
                + #"{"id":"g1@chatroom","name":"青石湾村监督群","type":"group","messages":["#
                + #"{"id":"2","time":1772400600,"sender_id":"b","type":"text","content":"好"},"#
                + #"{"id":"3","time":‹"昨天"→1772400900›,"sender_id":"c","type":"text","content":"路灯坏了"}]}]}"#,
            good: 1, mended: 1),
        Case(
            name: "the last element of a file that ends early", file: "a.json",
            text: weflow + element(1, "早") + ","
                + #"{"localId":2,"createTime":1772400600,"localType":1,"senderUsername":"wxid_2","content":"路灯‹坏→坏了"}›"#,
            good: 1, mended: 1),
        Case(
            name: "a line of JSON lines", file: "b.jsonl",
            text: ImporterTests.chatLab([]) + line(1, "早") + "\n" + line(2, "路灯坏了").dropLast(2) + "‹§→\"}›\n"
                + line(3, "好") + "\n", good: 2,
            mended: 1),
        Case(
            name: "a row of a table", file: "c.csv",
            text:
                "Time,SenderName,Sender,TalkerName,Talker,Content\n2026-03-02 08:14:05,甲,wxid_a,青石湾村监督群,g1@chatroom,早\n2026-03-02 ‹08：14：09→08:14:09›,乙,wxid_b,青石湾村监督群,g1@chatroom,\"路灯\n坏了\"\n",
            good: 1, mended: 1),
    ])
    func `a mended record is all that is new`(_ row: Case) async throws {
        let place = try ImporterTests.Place()
        let path = try place.write(row.file, row.broken)
        let first = try await place.run([path])
        #expect(first[0].counts.new == row.good)
        #expect(first[0].counts.rejected > 0)

        let options = ExportOptions(now: 1_790_000_000)
        var mending = MendingFile(instructions: ["改好"])
        for input in FileFinder.inputs(at: [path]) {
            let file = try ExportShelf().open(input, options: options)
            var rejects: [Reject] = []
            while let chunk = try file.nextChunk() { rejects += chunk.block().rejects }
            try mending.add(input, from: ExportShelf(), options: options, rejects: rejects) { $0.reason.rawValue }
        }
        let written = String(decoding: mending.bytes, as: UTF8.self)
        #expect(mending.records == row.mended, "\(written)")
        #expect(written.utf8.count < 12_000, "pictures are left out")

        let untouched = try await place.run([try place.write("rejects.txt", written)])
        #expect(untouched.map(\.counts.new).reduce(0, +) == 0, "\(written)")
        let mended = try await place.run([try place.write("mended.txt", row.mend(written))])
        #expect(mended.map(\.file) == [place.path + "/mended.txt!/" + row.file])
        #expect(mended.map(\.counts.new) == [row.mended], "\(row.mend(written))")
        #expect(mended.map(\.counts.rejected) == [0], "\(mended[0].rejects)")
    }
}

/// What is written as ChatLab lines is read back as it was.
struct ChatLabWriterTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("ChatExportsTests/Fixtures")

    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []).sorted()

    private static func read(_ path: String) throws -> (messages: [[Message]], groups: [GroupIdentity], writer: [UInt8])
    {
        let file = try ExportFile(path: path, options: ExportOptions(now: 1_790_000_000))
        var messages: [Message] = []
        var groups: [GroupIdentity] = []
        var written: [UInt8] = []
        var writer: ChatLabWriter?
        var speakers: [UInt64: Int] = [0: 0]
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            for record in block.records {
                let group = block.groups[Int(record.group)]
                if !groups.contains(group) { groups.append(group) }
                let speaker = speakers[record.speakerKey] ?? speakers.count
                speakers[record.speakerKey] = speaker
                messages.append(
                    Message(
                        group: group, id: record.id.isEmpty ? nil : block.string(record.id), sentAt: record.sentAt,
                        precision: record.precision, speaker: speaker, kind: record.kind,
                        text: block.string(record.text),
                        quote: record.quote.isEmpty ? nil : block.string(record.quote), forwarded: record.forwarded,
                        origin: Origin(file: "")))
            }
            guard let group = groups.first else { continue }
            var current = writer ?? ChatLabWriter(group: group)
            if writer == nil { written = current.header(exportedAt: 1_790_000_000) }
            written += current.lines(of: block)
            writer = current
        }
        return ([messages], groups, written)
    }

    @Test(arguments: names)
    func `read, written as ChatLab lines, read again is the same`(_ name: String) throws {
        let once: (messages: [[Message]], groups: [GroupIdentity], writer: [UInt8])
        do { once = try Self.read(Self.fixtures.appendingPathComponent(name).path) } catch is ExportError { return }
        guard once.groups.count == 1 else { return }
        let place = try ImporterTests.Place()
        let path = try place.write("again.jsonl", String(decoding: once.writer, as: UTF8.self))
        let twice = try Self.read(path)
        #expect(twice.messages == once.messages)
        #expect(twice.writer == once.writer)
    }

    @Test func `there are fixtures`() { #expect(Self.names.count > 10) }
}
