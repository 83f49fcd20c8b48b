import ArgumentParser
import CaseStore
import ChatExports
import Foundation
import Messages
import Pipeline

/// `minsheng import`.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: say(
            "导入导出记录（文件、文件夹、ZIP），生成疑似线索", "Imports exports (files, folders, ZIP archives) into flags"))

    @Argument(help: ArgumentHelp(say("导出文件、文件夹或 ZIP", "export files, folders or ZIP archives")), completion: .file())
    var paths: [String]

    @Flag(name: .long, help: ArgumentHelp(say("只统计，不保存", "counts only, keeps nothing")))
    var dryRun = false

    @Option(name: .long, help: ArgumentHelp(say("并行线程数", "number of threads")))
    var jobs: Int = max(1, ProcessInfo.processInfo.activeProcessorCount)

    @Option(
        name: .long,
        help: ArgumentHelp(say("谁导出的：群主、村干部、乡镇、群众、其他", "who exported them: owner, cadre, township, resident or other")))
    var exporter: ExporterRole?

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var output: JSONOption

    func validate() throws {
        if !(1...256).contains(jobs) { throw ValidationError(say("--jobs 应在 1 到 256 之间", "--jobs must be 1 to 256")) }
    }

    func run() async throws {
        let installation = try Installation(folder: data.folder, lexicons: lexicon.lexicons)
        if !dryRun, try !installation.hasApprovedLexicons() {
            Console.complain(
                say(
                    "\(installation.lexicons.folder): 不是在用的词库。请先 minsheng lexicon propose，再由另一人 approve；或加 --dry-run。",
                    "\(installation.lexicons.folder): not the version in use. Propose it, and let another person approve it; or use --dry-run."
                ))
            throw ExitCode(2)
        }
        if installation.groups.isEmpty {
            Console.tell(
                say(
                    "还没有登记任何群，所有消息都会被拒收。登记：minsheng groups add --help",
                    "No group is registered yet, so every message will be refused. Register: minsheng groups add --help"
                ))
        }
        var options = Importer.Options(now: Int64(Date().timeIntervalSince1970))
        options.jobs = jobs
        options.isDryRun = dryRun
        options.exporter = exporter
        options.reading = try reading.options(groups: installation.groups)
        if let group = reading.group, !installation.groups.contains(where: { $0.id == group }) {
            Console.complain(StoreError(.unknownGroup(group), folder: data.folder).explanation(in: language))
            throw ExitCode(2)
        }
        let files = FileFinder.inputs(at: paths)
        if files.isEmpty {
            Console.complain(say("没有找到任何文件。请检查文件夹。", "There are no files here. Check the folder."))
            throw ExitCode(2)
        }
        let reports = try await Importer(installation, options: options).run(files) { progress in
            let percent = progress.total == 0 ? 100 : progress.done * 100 / progress.total
            Console.progress(
                "[\(percent)%] \(progress.done)/\(progress.total) "
                    + say("已读 \(progress.messages) 条 ", "\(progress.messages) messages ") + progress.file)
        }
        Console.clearBar()
        var total = FileCounts()
        for report in reports { total += report.counts }
        if output.json {
            for report in reports { Console.write(ImportOutput.json(report).line) }
            Console.write(ImportOutput.json(total: total, files: reports).line)
        }
        ImportOutput.tell(reports, total: total, isJSON: output.json, isDryRun: dryRun)
        if reports.allSatisfy({ $0.failure != nil }) { throw ExitCode(2) }
        if reports.contains(where: \.needsALook) { throw ExitCode(1) }
    }
}

/// What an import says of itself.
enum ImportOutput {
    static func json(_ report: FileReport) -> JSONValue {
        [
            "blank": .int(report.counts.blank), "candidates": .int(report.counts.candidates),
            "encoding": .optional(report.detection?.encoding.rawValue),
            "error": .optional(report.failure?.explanation(in: language)),
            "extended": .int(report.counts.extended), "file": .string(report.file),
            "flagged": .int(report.counts.flagged), "format": .optional(report.detection?.format),
            "gaps": .array(report.gaps.map { .string($0.rawValue) }), "hits": .int(report.counts.hits),
            "new": .int(report.counts.new), "read": .int(report.counts.read), "refused": .int(report.counts.refused),
            "rejected": .int(report.counts.rejected), "seen": .int(report.counts.seen), "type": "file",
        ]
    }

    static func json(total: FileCounts, files: [FileReport]) -> JSONValue {
        [
            "blank": .int(total.blank), "candidates": .int(total.candidates), "extended": .int(total.extended),
            "failed": .int(files.count { $0.failure != nil && !$0.isPassedOver }), "files": .int(files.count),
            "flagged": .int(total.flagged), "hits": .int(total.hits), "new": .int(total.new), "read": .int(total.read),
            "refused": .int(total.refused), "rejected": .int(total.rejected), "seen": .int(total.seen),
            "type": "total",
        ]
    }

    /// The summary for a person: on stdout as the command's result, or on stderr beside `--json`.
    static func tell(_ reports: [FileReport], total: FileCounts, isJSON: Bool, isDryRun: Bool) {
        let out: (String) -> Void = isJSON ? { _ in } : { Console.print($0) }
        for report in reports {
            if report.isPassedOver { continue }
            if let failure = report.failure {
                Console.complain(failure.explanation(in: language))
                continue
            }
            out(line(Console.safe(report.file), report.counts, report.detection?.format))
            for reject in report.rejects.prefix(5) { Console.tell("  " + reject.explanation(in: language)) }
            if report.counts.rejected > 5 {
                Console.tell(
                    say(
                        "  另有 \(report.counts.rejected - 5) 处无法读取；全部写出以便改正：minsheng read --rejects 文件",
                        "  \(report.counts.rejected - 5) more rejects; write all for mending: minsheng read --rejects FILE"
                    ))
            }
            for gap in report.gaps { Console.tell("  \(Console.safe(report.file)): " + gap.explanation(in: language)) }
            for refused in report.refused.prefix(5) {
                Console.tell("  " + explanation(of: refused.group, refused.messages))
            }
            for early in report.early {
                Console.tell(
                    "  "
                        + Console.safe(
                            say(
                                "群“\(early.group.name)”在 \(early.group.noticePostedOn) 公告；此前的 \(early.messages) 条消息已拒收，未保存。",
                                "The group '\(early.group.name)' was told on \(early.group.noticePostedOn): \(early.messages) earlier messages refused, nothing kept."
                            )))
            }
        }
        out(line(say("合计 \(reports.count) 个文件", "total of \(reports.count) files"), total, nil))
        let passed = reports.count(where: \.isPassedOver)
        if passed > 0 {
            Console.tell(
                say(
                    "\(passed) 个图片、语音、视频等文件没有文字，已跳过。",
                    "\(passed) pictures, sounds, films and the like hold no text and were passed over."))
        }
        let failed = reports.count { $0.failure != nil && !$0.isPassedOver }
        if failed > 0 { Console.tell(say("\(failed) 个文件没有读，原因见上。", "\(failed) files were not read; see above.")) }
        if isDryRun { Console.tell(say("试运行：什么也没有保存。", "Dry run: nothing was kept.")) }
    }

    private static func line(_ name: String, _ counts: FileCounts, _ format: String?) -> String {
        let kind = format.map { " [\($0)]" } ?? ""
        return name + kind
            + say(
                "：读 \(counts.read) = 新 \(counts.new) + 见过 \(counts.seen) + 拒收 \(counts.refused)；疑似线索 \(counts.flagged)，无法读取 \(counts.rejected)，空行 \(counts.blank)",
                ": read \(counts.read) = new \(counts.new) + seen before \(counts.seen) + refused \(counts.refused); flagged \(counts.flagged), rejected \(counts.rejected), blank \(counts.blank)"
            )
    }

    /// A group that is not registered, with the command that registers it.
    private static func explanation(of group: GroupIdentity, _ messages: Int) -> String {
        // The name comes from the export and the line is there to be pasted into a shell.
        if group.name.isEmpty && group.id.isEmpty {
            return say(
                "\(messages) 条消息不在任何群里（私聊），已拒收，未保存。",
                "\(messages) messages are of no group (private chats): refused, nothing kept.")
        }
        func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
        let id = quoted(group.id.isEmpty ? say("自定编号", "YOUR-ID") : group.id)
        let command =
            "minsheng groups add --id \(id) --name \(quoted(group.name)) --platform \(group.platform.rawValue) --village "
            + say("村代码", "CODE") + " --notice-posted-on YYYY-MM-DD"
        return Console.safe(
            say(
                "群“\(group.name)”没有登记，\(messages) 条消息已拒收，未保存。在群里公告后登记：\(command)",
                "The group '\(group.name)' is not registered: \(messages) messages refused, nothing kept. Post the notice, then: \(command)"
            ))
    }
}
