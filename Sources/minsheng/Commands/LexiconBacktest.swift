import ArgumentParser
import CaseStore
import Casework
import ChatExports
import Foundation
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon backtest`.
struct LexiconBacktest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: say(
            "回测：两版词库读同样的导出文件，看多标出什么、少标出什么",
            "Reads export files with two versions: what is newly flagged, what is lost, what changes"),
        discussion: say(
            """
            PATH 是导出文件、文件夹、ZIP，或 classify 那样的 JSONL。什么也不保存。每条消息单独判断（与 classify 相同）；--utterances 按导入的办法把一个人连着说的几条合在一起。
            --against 是旧版词库的目录，或数据目录里的版本；不写则与随软件发布的（或在用的）比。
            两版只可能在少数词上不同时，前 20 万条和以后每 64 条里的一条由两版完整判断（各规则的次数按这些算），其余只看可能不同的；增减的条数总是准确的。--whole 全部完整判断。
            样本按 --seed 抽取，每条机会均等，已遮盖号码和姓名。退出码 1：有文件读不了。
            """,
            """
            PATH: exports, folders, ZIPs, or JSON Lines as classify takes them. Nothing is stored. Each message is judged by itself, as
            classify does; --utterances joins what one person said in one go, as import does. --against names the old version: a folder, or a
            version in the data folder; else the shipped one (or the one in use). Where the versions can differ on some words only,
            the first 200,000 texts and one in 64 after them are judged by both in full (counts by rule are of these), of the others only those
            on which they may differ; what changes is counted exactly. --whole judges all. The sample is drawn by --seed, each text with
            the same chance, numbers and names masked. Exit code 1: a file could not be read.
            """))

    @Argument(help: ArgumentHelp(say("导出文件", "exports"), valueName: "path"), completion: .file())
    var paths: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(say("旧版词库：目录或版本", "the old version: a folder, or a version"), valueName: "version"),
        completion: .directory)
    var against: String?

    @Option(name: .long, help: ArgumentHelp(say("抽几条样本", "how many changed texts to draw"), valueName: "n"))
    var sample = 20

    @Option(name: .long, help: ArgumentHelp(say("样本的种子", "the sample's seed"), valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(
            say("另加的中性语料：一行一句，或 JSONL", "more neutral texts: one a line, or JSON Lines"), valueName: "file"),
        completion: .file())
    var neutral: [String] = []

    @Flag(name: .long, help: ArgumentHelp(say("全部由两版完整判断", "judge every text by both versions in full")))
    var whole = false

    @Flag(name: .long, help: ArgumentHelp(say("没有增减的规则也列出", "list rules that neither gained nor lost too")))
    var allRules = false

    @Flag(name: .long, help: ArgumentHelp(say("合并一个人连着说的几条", "join what one person said in one go")))
    var utterances = false

    @Flag(name: .long, help: ArgumentHelp(say("只用规则，不用模型", "rules only, without the model")))
    var rulesOnly = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let new = try LoadedLexicons(at: lexicon.lexicons)
        let old = try LoadedLexicons(at: LexiconVersionFolder.find(against, data: data))
        let run = try backtest(old, new)
        var input = BacktestInput(reading: try reading.options(groups: []))
        input.asUtterances = utterances
        run.takeBuiltInNeutral()
        for file in neutral where !input.feedNeutral(file, into: run) {
            run.note(failure: ExportError(.noSuchFile, file: file))
        }
        input.feed(paths, into: run) { file, messages in
            Console.progress(say("\(file)：\(messages) 条", "\(file): \(messages) messages"))
        }
        Console.clearBar()
        let report = run.finish()
        let output = BacktestOutput(
            report: report, names: new.lexicon.taxonomy, old: old, new: new, allRules: allRules)
        if json.json {
            for row in output.rows { Console.write(row.line) }
        } else {
            for line in output.lines { Console.print(Console.safe(line)) }
        }
        for failure in report.failures { Console.complain(failure.explanation(in: language)) }
        if report.texts + report.passedOver + report.rejected == 0, report.failures.isEmpty {
            Console.complain(
                say(
                    "\(paths.joined(separator: "、"))：没有找到导出文件。请核对路径",
                    "\(paths.joined(separator: ", ")): no exports there. Check the path"))
        }
        let isNothing = report.texts + report.passedOver + report.rejected == 0
        if isNothing || report.texts == 0 && !report.failures.isEmpty { throw ExitCode(2) }
        if !report.failures.isEmpty || report.rejected > 0 { throw ExitCode(1) }
    }

    private func backtest(_ old: LoadedLexicons, _ new: LoadedLexicons) throws -> BacktestRun {
        var options = BacktestRun.Options()
        options.seed = seed
        options.sampleSize = max(0, sample)
        options.isWhole = whole
        let oldModel = rulesOnly ? nil : old.model
        let newModel = rulesOnly ? nil : new.model
        return BacktestRun(
            old: TextAnalyser(try LexiconMatcher(old.lexicon), model: oldModel),
            new: TextAnalyser(try LexiconMatcher(new.lexicon), model: newModel),
            gate: DifferenceGate(old.lexicon, oldModel, new.lexicon, newModel), options: options)
    }
}

/// Where a version of the lexicons lies.
enum LexiconVersionFolder {
    /// The folder that a person means by a folder or by a version's number or digest; nil means the installation's.
    static func find(_ named: String?, data: DataOptions) throws -> String? {
        let store = data.folder + "/store.sqlite"
        guard let named else {
            guard FileManager.default.fileExists(atPath: store) else { return nil }
            return try CaseStore(opening: data.folder).configuration.lexicons
        }
        // A folder that is called 2 is meant before version 2.
        let manager = FileManager.default
        if manager.fileExists(atPath: named) || !manager.fileExists(atPath: store) { return named }
        let opened = try CaseStore(opening: data.folder)
        let found = try opened.lexiconVersions().first {
            String($0.id) == named || named.utf8.count >= 8 && $0.digest.hasPrefix(named)
        }
        guard let found else {
            guard Int(named) != nil else { return named }
            throw ValidationError(
                say(
                    "没有第 \(named) 版，也没有叫这个名字的文件夹。见 minsheng lexicon versions",
                    "there is no version \(named), nor a folder of that name. See minsheng lexicon versions"))
        }
        return try LoadedLexicons(of: found, in: opened).folder
    }
}

/// A backtest for a person and for a program.
struct BacktestOutput {
    let report: BacktestReport
    let names: Taxonomy
    let old: LoadedLexicons
    let new: LoadedLexicons
    let allRules: Bool

    private func kindName(_ kind: BacktestReport.Kind) -> String {
        switch kind {
        case .new: say("新标出", "newly flagged")
        case .lost: say("不再标出", "no longer flagged")
        case .track: say("换了类别", "other track")
        case .topic: say("换了主题", "other topic")
        case .severity: say("换了轻重", "other severity")
        }
    }

    /// Tabs of a topic's changes.
    private func counts(_ changes: [BacktestReport.Kind: Int]) -> String {
        BacktestReport.Kind.allCases.compactMap { kind in changes[kind].map { "\(kindName(kind)) \($0)" } }.joined(
            separator: say("，", ", "))
    }

    var lines: [String] {
        var lines = [
            say("旧版 ", "old ") + "\(old.folder)  \(old.version.prefix(12))",
            say("新版 ", "new ") + "\(new.folder)  \(new.version.prefix(12))",
            say(
                "消息 \(report.texts) 条（另有 \(report.passedOver) 条没有文字，\(report.rejected) 行读不了）；两版完整判断 \(report.judged) 条，旧版标出 \(report.oldFlagged)，新版标出 \(report.newFlagged)。",
                "\(report.texts) texts (\(report.passedOver) messages without words, \(report.rejected) rejects); \(report.judged) judged in full, the old version flags \(report.oldFlagged) of them, the new one \(report.newFlagged)."
            ),
        ]
        let total = counts(report.changes)
        lines.append(say("变化（全部消息）：", "changes (all texts): ") + (total.isEmpty ? say("没有", "none") : total))
        for topic in Topic.allCases {
            if let changes = report.topics[topic] {
                lines.append("  \(names.name(of: topic, in: language))：\(counts(changes))")
            }
        }
        lines.append(
            say(
                "中性语料 \(report.neutral.texts) 句：旧版标出 \(report.neutral.old)，新版标出 \(report.neutral.new)",
                "neutral texts \(report.neutral.texts): the old version flags \(report.neutral.old), the new one \(report.neutral.new)"
            ))
        for change in report.neutralNew { lines.append("  ＋ \(Self.words(change.text))") }
        lines += ruleLines
        if !report.sample.isEmpty { lines.append(say("样本：", "sample:")) }
        for change in report.sample {
            lines.append("  [\(kindName(change.kind))] \(change.origin)  \(topic(change.old)) → \(topic(change.new))")
            lines.append("    \(Self.words(change.text))")
        }
        let slow = report.rules.sorted { ($1.microseconds, $0.rule) < ($0.microseconds, $1.rule) }.prefix(10).filter {
            $0.microseconds > 0
        }
        if !slow.isEmpty {
            lines.append(
                say("最费时的规则（每百万条的处理器毫秒，抽样）：", "dearest rules (CPU milliseconds for a million texts, from a sample):"))
        }
        for rule in slow { lines.append("  \(rule.rule)  \(Int(rule.microseconds / 1000))") }
        let ratio = report.classifySeconds > 0 ? report.seconds / report.classifySeconds : 0
        lines.append(
            say(
                "用时 \(tenths(report.seconds)) 秒（处理器）；单独一版 classify 约 \(tenths(report.classifySeconds)) 秒，比值 \(tenths(ratio))。",
                "\(tenths(report.seconds)) CPU seconds; classify with one version takes some \(tenths(report.classifySeconds)), a ratio of \(tenths(ratio))."
            ))
        return lines
    }

    /// The rules that gained or lost; the others where they are asked for.
    private var ruleLines: [String] {
        let known = report.rules.filter { $0.old + $0.new + $0.gained + $0.lost > 0 }
        let changed = known.filter { $0.gained + $0.lost > 0 }
        let shown = (allRules ? known : changed).sorted {
            ($1.gained + $1.lost, $1.new, $0.rule) < ($0.gained + $0.lost, $0.new, $1.rule)
        }
        let rest = known.count - changed.count
        var lines: [String] = []
        if !shown.isEmpty {
            lines.append(
                say(
                    "规则：标出的条数，旧 → 新（完整判断的），增减（全部消息）：",
                    "rules: flags, old → new (judged in full), gained and lost (all texts):"))
        }
        lines += shown.map { "  \($0.rule)  \($0.old) → \($0.new)  ＋\($0.gained) －\($0.lost)" }
        if !allRules, rest > 0 {
            lines.append(
                say(
                    "  另有 \(rest) 条规则没有增减（--all-rules 列出）", "  \(rest) more rules neither gained nor lost (--all-rules)"
                ))
        }
        return lines
    }

    private func tenths(_ number: Double) -> String {
        let value = Int((number * 10).rounded())
        return "\(value / 10).\(value % 10)"
    }

    private func topic(_ verdict: Verdict) -> String {
        guard let topic = verdict.topic, let severity = verdict.severity else { return say("不标", "none") }
        return names.name(of: topic, in: language) + "/" + FlagOutput.severity(severity)
    }

    /// Words as they may be shown: on one line, numbers and names masked.
    static func words(_ text: String) -> String {
        TextMasker().masked(text).text.split(separator: "\n").joined(separator: "⏎")
    }

    var rows: [JSONValue] {
        func object(_ changes: [BacktestReport.Kind: Int]) -> JSONValue {
            .object(
                Dictionary(
                    uniqueKeysWithValues: BacktestReport.Kind.allCases.map { ($0.rawValue, .int(changes[$0] ?? 0)) }))
        }
        func side(_ verdict: Verdict) -> JSONValue {
            [
                "score": .number(verdict.score), "severity": .optional(verdict.severity?.rawValue),
                "topic": .optional(verdict.topic?.rawValue), "track": .optional(verdict.track?.rawValue),
            ]
        }
        func row(_ change: BacktestReport.Change, _ what: String) -> JSONValue {
            [
                "file": .string(change.origin.file), "kind": .string(change.kind.rawValue),
                "line": .int(change.origin.line),
                "new": side(change.new), "old": side(change.old), "text": .string(Self.words(change.text)),
                "type": .string(what),
            ]
        }
        var rows: [JSONValue] = [
            [
                "changes": object(report.changes), "classifySeconds": .number(report.classifySeconds),
                "judged": .int(report.judged),
                "neutral": [
                    "new": .int(report.neutral.new), "old": .int(report.neutral.old),
                    "texts": .int(report.neutral.texts),
                ],
                "new": ["flagged": .int(report.newFlagged), "version": .string(new.version)],
                "old": ["flagged": .int(report.oldFlagged), "version": .string(old.version)],
                "passedOver": .int(report.passedOver),
                "rejected": .int(report.rejected), "seconds": .number(report.seconds), "texts": .int(report.texts),
                "type": "total",
            ]
        ]
        for topic in Topic.allCases {
            guard let changes = report.topics[topic] else { continue }
            rows.append(["changes": object(changes), "topic": .string(topic.rawValue), "type": "topic"])
        }
        rows += report.rules.map { rule in
            [
                "gained": .int(rule.gained), "lost": .int(rule.lost),
                "microsecondsPerMillion": .int(Int(rule.microseconds)),
                "new": .int(rule.new), "old": .int(rule.old), "rule": .string(rule.rule), "type": "rule",
            ]
        }
        rows += report.neutralNew.map { row($0, "neutral") }
        rows += report.sample.map { row($0, "sample") }
        return rows
    }
}
