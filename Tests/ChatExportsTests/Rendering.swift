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

    static func golden(_ name: String) -> URL {
        here.appending(path: "Golden").appending(path: name.replacing("/", with: "-") + ".txt")
    }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

    /// Every export of the fixtures.
    static let names =
        [
            "chatlab.json", "chatlab.jsonl", "weflow.json", "weflow-alphabetical.json", "weflow-arkme.json",
            "ciphertalk.json", "echotrace.json", "chatlog.json", "chatlog.csv", "mail.txt", "mail-2025.txt",
            "mail-dense.txt", "robot.jsonl", "dws-list.json", "dws-raw.json", "wecom.jsonl", "wecom-array.json",
        ] + structured.map(\.name)

    /// The fixtures of the tables, pages and JSON files, with the format that each is.
    static let structured: [(name: String, slug: String)] = [
        ("chatlog-webhook.json", "chatlog-json"), ("chatlog-webhook.jsonl", "chatlog-webhook"),
        ("chatlog-old.json", "chatlog-json"), ("chatlog-keeper.json", "chatlog-keeper-json"),
        ("wetrace-plus.json", "wetrace-plus-json"), ("pywxdump.json", "pywxdump-json"),
        ("pywxdump-data.js", "pywxdump-html"), ("pywxdump.csv", "pywxdump-csv"),
        ("weflow-weclone.csv", "weflow-weclone-csv"), ("wx-cli.json", "wx-cli-json"),
        ("wechat-data-analysis.json", "wechat-data-analysis-json"),
        ("memotrace-sidecar.html.json", "memotrace-v3-json"), ("memotrace-v1.csv", "memotrace-v1-csv"),
        ("memotrace-v1-early.csv", "memotrace-v1-csv"), ("memotrace-v3.csv", "memotrace-v3-csv"),
        ("memotrace.html", "memotrace-html"), ("echotrace.html", "echotrace-html"),
        ("weflow-api.json", "weflow-api-json"), ("dingtalk-local.json", "dingtalk-local-json"),
        ("dingtalk-local.csv", "dingtalk-local-csv"), ("dingtalk-tauri.json", "dingtalk-dws"),
        ("dingtalk-export.json", "dingtalk-export-json"),
        ("dingtalk-events.jsonl", "dingtalk-events"), ("dingtalk-events-flat.jsonl", "dingtalk-events"),
        ("dingtalk-events-data.jsonl", "dingtalk-events"), ("dws-grouped.json", "dingtalk-dws"),
        ("weflow-table.csv", "weflow-table"), ("weflow-table-compact.csv", "weflow-table"),
        ("ciphertalk-table.csv", "ciphertalk-table"), ("qce-table.csv", "qce-table"),
        ("wecom-vendor.json", "wecom-vendor"), ("wecom-records.jsonl", "wecom-vendor"),
        ("wecom-wrapped.jsonl", "wecom-archive"),
        ("wechat-cli.json", "wechat-cli-json"), ("weflow-stream.jsonl", "chatlab-jsonl"),
        ("weflow-stream.html", "weflow-html"), ("weflow-native.html", "weflow-html"),
        ("weflow-page.html", "weflow-html"), ("weflow-chunk.js", "weflow-html"),
        ("export-studio.json", "export-studio-json"), ("export-studio.csv", "export-studio-csv"),
        ("wechat-decrypt.json", "wechat-decrypt-json"), ("wechat-decrypt.csv", "wechat-decrypt-csv"),
        ("wechat-export.json", "wechat-export-json"), ("wechat-export-plain.jsonl", "wechat-export-json"),
        ("wechat-export-tool.json", "wechat-export-tool-json"), ("chatlog-answer.json", "chatlog-json"),
        ("plain-table.csv", "plain-table"), ("desktop-exporter.csv", "desktop-exporter-csv"),
        ("qce.json", "qce-json"), ("qce-v6.json", "qce-json"), ("qce-chunked/chunks/c000001.jsonl", "qce-chunk"),
    ]
}

/// A file that lives as long as its owner, in a folder that is always called the same.
final class TemporaryFile {
    let path: String
    private let folder: URL

    init(_ bytes: some Sequence<UInt8>, name: String = "export") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let file = folder.appending(path: "Fixtures").appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        path = file.path
        try Data(bytes).write(to: file)
        // A chunk's group stands in the file above it.
        guard name.hasSuffix("chunks/c000001.jsonl") else { return }
        let manifest = file.deletingLastPathComponent().deletingLastPathComponent().appending(path: "manifest.json")
        try Data(Fixture.bytes("qce-chunked/manifest.json")).write(to: manifest)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
