import ChatExports
import Foundation
import Messages

/// What a file gave, as lines of text that can be compared and read.
struct Rendering: Equatable {
    var slug = ""
    var encoding = TextEncoding.utf8
    var messages: [String] = []
    var rejects: [String] = []
    var blankLines = 0
    var gaps: [ExportGap] = []

    /// 2026-06-30, a month after the fixtures' messages.
    static let now: Int64 = 1_782_800_000

    init(path: String, chunkBytes: Int = 1 << 20, longest: Int = 64 << 20, group: GroupIdentity? = nil) throws {
        var options = ExportOptions(now: Self.now, group: group)
        options.chunkBytes = chunkBytes
        options.longestRecord = longest
        let file = try ExportFile(path: path, options: options)
        slug = file.detection.format
        encoding = file.detection.encoding
        var speakers: [UInt64: Int] = [0: 0]
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            blankLines += block.blankLines
            for record in block.records {
                let speaker = speakers[record.speakerKey, default: speakers.count]
                speakers[record.speakerKey] = speaker
                messages.append(Self.line(record, in: block, speaker: speaker))
            }
            for reject in block.rejects {
                let field = reject.origin.field.map { " \($0)" } ?? ""
                let number = reject.number.map { " (\($0))" } ?? ""
                rejects.append("\(reject.origin.line) \(reject.reason.rawValue)\(field)\(number)")
            }
        }
        gaps = file.knownGaps
    }

    private static func line(_ record: MessageBlock.Record, in block: MessageBlock, speaker: Int) -> String {
        let group = block.groups[Int(record.group)]
        var parts = ["\(record.line)", "\(record.sentAt)", record.precision.name]
        parts.append("\(record.forwarded ? ">" : "")\(record.kind.name)")
        parts.append("#\(speaker)")
        parts.append("\(group.platform.rawValue):\(group.id):\(group.name)")
        parts.append("id=\(block.string(record.id))")
        parts.append(escaped(block.string(record.text)))
        if !record.quote.isEmpty { parts.append("quote=" + escaped(block.string(record.quote))) }
        return parts.joined(separator: " | ")
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map {
            $0.value < 0x20 || $0.value == 0x2028 ? "\\u{\(String($0.value, radix: 16))}" : "\($0)"
        }
        .joined()
    }

    /// The whole as one text.
    var text: String {
        let gapLine = gaps.isEmpty ? "" : "gaps \(gaps.map(\.rawValue).joined(separator: " "))\n"
        return "format \(slug)\n" + gapLine + messages.joined(separator: "\n") + "\n"
            + rejects.map { "reject \($0)\n" }.joined() + "passed \(blankLines)\n"
    }
}

/// The files beside the tests.
enum Fixture {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    static func path(_ name: String) -> String { here.appending(path: "Fixtures").appending(path: name).path }

    static func golden(_ name: String) -> URL { here.appending(path: "Golden").appending(path: name + ".txt") }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

    /// Every export of the fixtures.
    static let names = [
        "chatlab.json", "chatlab.jsonl", "weflow.json", "weflow-alphabetical.json", "weflow-arkme.json",
        "ciphertalk.json", "echotrace.json", "chatlog.json", "chatlog.csv", "mail.txt", "mail-2025.txt",
        "mail-dense.txt", "robot.jsonl", "dws-list.json", "dws-raw.json", "wecom.jsonl", "wecom-array.json",
    ]
}

/// A file that lives as long as its owner.
final class TemporaryFile {
    let path: String

    init(_ bytes: some Sequence<UInt8>, name: String = "export") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
