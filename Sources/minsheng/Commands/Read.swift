import ArgumentParser
import ChatExports
import Foundation
import Messages
import Pipeline

/// `minsheng read`.
struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: say("看导入时会读到什么，不保存", "Shows what the importer sees; stores nothing"))

    @Argument(help: ArgumentHelp(say("导出文件或文件夹", "export files or folders")), completion: .file())
    var paths: [String]

    @Flag(
        name: .long, help: ArgumentHelp(say("说明认作哪种格式、依据和缺口", "explains the format, what spoke for it, and known gaps"))
    )
    var explain = false

    @Option(
        name: .long, help: ArgumentHelp(say("把无法读取的行的位置写到文件", "writes where rejects stand to a file")),
        completion: .file())
    var rejects: String?

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var options = ExportOptions(now: Int64(Date().timeIntervalSince1970))
        options.chunkBytes = 1 << 20
        var needsALook = false
        var rejected: [Reject] = []
        let files = FileFinder.files(at: paths)
        if files.isEmpty {
            Console.complain(say("没有找到任何文件。请检查文件夹。", "There are no files here. Check the folder."))
            throw ExitCode(2)
        }
        var failed = 0
        for path in files {
            do throws(ExportError) {
                let file = try ExportFile(path: path, options: options)
                let summary = try read(file, path: path, &rejected)
                needsALook = needsALook || summary.rejects > 0 || !file.knownGaps.isEmpty
                if explain { tell(file, path: path, summary) }
            } catch {
                failed += 1
                Console.complain(error.explanation(in: language))
            }
        }
        if let rejects {
            let lines = rejected.map { $0.explanation(in: language) + "\n" }.joined()
            Console.flush()
            do { try Data(lines.utf8).write(to: URL(fileURLWithPath: rejects)) } catch {
                Console.complain(
                    say(
                        "\(rejects)：写不进去。请检查文件夹、权限和磁盘空间。",
                        "\(rejects): cannot be written. Check folder, rights and space."))
                throw ExitCode(2)
            }
        }
        if failed == files.count { throw ExitCode(2) }
        if needsALook || failed > 0 { throw ExitCode(1) }
    }

    /// What one file came to.
    private struct Summary {
        var messages = 0
        var rejects = 0
        var blanks = 0
        var groups: [GroupIdentity] = []
        var speakers: [UInt64: Int] = [:]
        var first: Int64?
        var last: Int64?
    }

    private func read(_ file: ExportFile, path: String, _ rejected: inout [Reject]) throws(ExportError) -> Summary {
        var summary = Summary()
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            summary.rejects += block.rejects.count
            summary.blanks += block.blankLines
            for index in Set(block.records.map(\.group)).sorted() {
                let group = block.groups[Int(index)]
                if !summary.groups.contains(group) { summary.groups.append(group) }
            }
            if rejects != nil {
                rejected += block.rejects
            } else {
                for reject in block.rejects { Console.tell(reject.explanation(in: language)) }
            }
            for record in block.records {
                summary.messages += 1
                summary.first = min(summary.first ?? record.sentAt, record.sentAt)
                summary.last = max(summary.last ?? record.sentAt, record.sentAt)
                let speaker: Int
                if record.speakerKey == 0 {
                    speaker = 0
                } else if let known = summary.speakers[record.speakerKey] {
                    speaker = known
                } else {
                    speaker = summary.speakers.count + 1
                    summary.speakers[record.speakerKey] = speaker
                }
                if !explain { write(record, of: block, speaker: speaker, path: path) }
            }
        }
        return summary
    }

    private func write(_ record: MessageBlock.Record, of block: MessageBlock, speaker: Int, path: String) {
        let group = block.groups[Int(record.group)]
        let text = block.string(record.text)
        guard output.json else {
            let who = speaker == 0 ? say("系统", "system") : "#\(speaker)"
            let quote =
                record.quote.isEmpty ? "" : say("（引用：", " (quoting: ") + block.string(record.quote) + say("）", ")")
            Console.print(
                Console.safe(
                    Day.stamp(record.sentAt) + " " + group.name + " " + who + " [" + record.kind.name + "] "
                        + text.replacing("\n", with: " ⏎ ") + quote))
            return
        }
        var value: [String: JSONValue] = [
            "group": [
                "id": .string(group.id), "name": .string(group.name), "platform": .string(group.platform.rawValue),
            ],
            "id": record.id.isEmpty ? .null : .string(block.string(record.id)), "kind": .string(record.kind.name),
            "origin": ["file": .string(path), "line": .int(Int(record.line))],
            "precision": .string(record.precision.name),
            "quote": record.quote.isEmpty ? .null : .string(block.string(record.quote)),
            "sentAt": .string(Day.stamp(record.sentAt)), "speaker": .int(speaker), "text": .string(text),
        ]
        if record.forwarded { value["forwarded"] = true }
        Console.write(JSONValue.object(value).line)
    }

    private func tell(_ file: ExportFile, path: String, _ summary: Summary) {
        let days = [summary.first, summary.last].compactMap { $0 }.map { String(Day.stamp($0).prefix(10)) }
        let gaps = file.knownGaps
        if output.json {
            let value: JSONValue = [
                "blank": .int(summary.blanks), "encoding": .string(file.detection.encoding.rawValue),
                "evidence": .array(file.detection.evidence.map { .string($0) }), "file": .string(path),
                "first": .optional(days.first), "format": .string(file.detection.format),
                "gaps": .array(gaps.map { .string($0.rawValue) }),
                "groups": .array(
                    summary.groups.map {
                        ["id": .string($0.id), "name": .string($0.name), "platform": .string($0.platform.rawValue)]
                    }), "last": .optional(days.last), "messages": .int(summary.messages),
                "rejects": .int(summary.rejects),
                "runnerUp": file.detection.runnerUp.map {
                    ["format": .string($0.format), "whyNot": .string($0.whyNot)]
                } ?? .null, "speakers": .int(summary.speakers.count),
            ]
            Console.write(value.line)
            return
        }
        Console.print(Console.safe(path))
        func row(_ zh: String, _ en: String, _ value: String) {
            Console.print("  " + say(zh, en) + Console.safe(value))
        }
        row("格式：", "format: ", file.detection.format)
        row("编码：", "encoding: ", file.detection.encoding.rawValue)
        row("依据：", "because: ", file.detection.evidence.joined(separator: "; "))
        if let other = file.detection.runnerUp { row("其次：", "next best: ", other.format + " (" + other.whyNot + ")") }
        for group in summary.groups {
            row("群：", "group: ", group.name + "  " + group.id + "  " + group.platform.rawValue)
        }
        row("日期：", "days: ", days.joined(separator: " … "))
        row(
            "消息：", "messages: ",
            say(
                "\(summary.messages) 条，\(summary.speakers.count) 人；无法读取 \(summary.rejects)，空行 \(summary.blanks)",
                "\(summary.messages), speakers \(summary.speakers.count), rejects \(summary.rejects), blank \(summary.blanks)"
            ))
        for gap in gaps { row("缺口：", "gap: ", gap.explanation(in: language)) }
    }
}
