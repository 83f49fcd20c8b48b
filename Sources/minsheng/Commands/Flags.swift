public import ArgumentParser
public import CaseStore
import Casework
import Foundation
import Lexicons
public import Messages
import Pipeline

/// `minsheng flags`.
struct Flags: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags", abstract: say("疑似线索队列", "The queue of flags"),
        subcommands: [ListFlags.self, ShowFlag.self, AttributeFlag.self] + FlagReview.all,
        defaultSubcommand: ListFlags.self)
}

extension Track: ExpressibleByArgument {}
extension Topic: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension FlagState: ExpressibleByArgument {}
extension FlagFilter.Order: ExpressibleByArgument {}

/// `minsheng flags list`.
struct ListFlags: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: say("列出疑似线索：轻重、类别、事项、村、打码原文、规则", "Lists flags: severity, track, topic, village, text, rule"))

    @Option(name: .long, help: ArgumentHelp(say("类别", "track")))
    var track: [Track] = []
    @Option(name: .long, help: ArgumentHelp(say("事项", "topic")))
    var topic: [Topic] = []
    @Option(name: .long, help: ArgumentHelp(say("轻重", "severity")))
    var severity: [Severity] = []
    @Option(
        name: .long,
        help: ArgumentHelp(say("村、乡镇或县的代码，含下级", "code of a village, township or county"), valueName: "code"))
    var village: String?
    @Option(name: .long, help: ArgumentHelp(say("状态（默认 new）", "state (default new)")))
    var state: [FlagState] = [.new]
    @Flag(name: .long, help: ArgumentHelp(say("只列未能归属的", "unattributed ones only")))
    var unattributed = false
    @Option(name: .long, help: ArgumentHelp(say("只列某条规则的", "of one rule only"), valueName: "id"))
    var rule: String?
    @Option(name: .long, help: ArgumentHelp(say("只列在等什么的", "only those that wait for it")))
    var waiting: WaitingFor?
    @Option(name: .long, help: ArgumentHelp(say("只列某个群的", "of one group only"), valueName: "id"))
    var group: String?
    @Option(name: .long, help: ArgumentHelp(say("次序", "order")))
    var order = FlagFilter.Order.urgency
    @Option(name: .long, help: ArgumentHelp(say("最多列几条", "at most so many")))
    var limit: Int?
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("接着上一页（上一页末尾给出的位置）", "go on after a page: the place that it ended with"), valueName: "place"))
    var after: String?

    @OptionGroup var desk: DeskOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var output: JSONOption

    func validate() throws { try RowLimit.check(limit) }

    func run() throws {
        var filter = FlagFilter()
        filter.states = Set(state)
        filter.tracks = Set(track)
        filter.topics = Set(topic)
        filter.severities = Set(severity)
        filter.place = village
        filter.unattributed = unattributed
        filter.limit = limit
        filter.rule = rule
        filter.order = order
        if let after {
            guard let mark = FlagMark(text: after) else { throw DeskError(.badField("after")) }
            filter.after = mark
        }
        let opened = try desk.desk()
        filter.groupID = group
        if let waiting {
            filter.waiting = waiting.filter(at: opened)
            if state == [.new] { filter.states = [] }
        }
        let records = try opened.flags(filter)
        defer {
            if records.count == limit, let place = records.last.flatMap({ FlagMark($0.summary, in: order) }) {
                Console.tell(say("下一页：--after \(place.text)", "next page: --after \(place.text)"))
            }
        }
        if output.json {
            for record in records { Console.write(FlagOutput.json(record).line) }
            return
        }
        let names = try LoadedLexicons(at: lexicon.lexicons ?? opened.store.configuration.lexicons).lexicon.taxonomy
        if records.isEmpty {
            Console.tell(say("没有疑似线索。导入导出记录：minsheng import 文件夹", "No flags. Import exports: minsheng import FOLDER"))
            return
        }
        for record in records { FlagOutput.print(record, names) }
        Console.tell(
            say(
                "共 \(records.count) 条，均未核实。详情：minsheng flags show 编号",
                "\(records.count) flags, none verified. More: minsheng flags show ID"))
    }
}

/// `minsheng flags show`.
struct ShowFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("一条疑似线索的全部依据", "One flag with all its reasons"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int

    @OptionGroup var desk: DeskOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let opened = try desk.desk()
        let record = try opened.flag(id)
        if output.json {
            Console.write(FlagOutput.json(record).line)
            return
        }
        let names = try LoadedLexicons(at: lexicon.lexicons ?? opened.store.configuration.lexicons).lexicon.taxonomy
        FlagOutput.print(record, names)
        let summary = record.summary
        func row(_ zh: String, _ en: String, _ value: String) {
            Console.print("  " + say(zh, en) + Console.safe(value))
        }
        row("日期：", "day: ", Day.text(summary.day))
        row("分值：", "score: ", String(summary.score))
        row("消息数：", "messages: ", String(summary.messageCount))
        if let quote = record.content?.quote { row("引用：", "quoted: ", quote.replacing("\n", with: " ⏎ ")) }
        if let village = summary.village {
            row(
                "归属依据：", "basis: ",
                FlagOutput.basis(village.basis) + say("，把握 ", ", confidence ") + String(village.confidence))
        }
        if let tier = record.placing.tier {
            let why = record.placing.reasons.joined(separator: ", ")
            row("归属等级：", "tier: ", tier.rawValue + (why.isEmpty ? "" : "（\(why)）"))
        }
        let corrections = try opened.store.correctionCount(of: id)
        if corrections > 0 { row("人工归属：", "placed by a person: ", say("\(corrections) 次", "\(corrections)×")) }
        let candidates = try opened.store.placeNames(of: record.placing.candidates)
        let choices = record.placing.candidates.filter { candidates[$0] != nil }
        for (number, code) in choices.enumerated() {
            row("候选村 \(number + 1)：", "candidate \(number + 1): ", "\(code) \(candidates[code] ?? "")")
        }
        if !choices.isEmpty, corrections == 0 {
            row("确定：", "settle: ", "minsheng flags attribute \(id) --pick 1 --by " + say("姓名", "NAME"))
        }
        for hit in record.content?.hits ?? [] {
            row("命中：", "hit: ", hit.rule + " 「" + FlagOutput.slice(record.content?.text ?? "", hit.span) + "」")
        }
        if !record.guards.isEmpty { row("减弱：", "weakened by: ", record.guards.joined(separator: ", ")) }
        if !record.undecided.isEmpty { row("未判定：", "undecided: ", record.undecided.joined(separator: ", ")) }
        row("词库版本：", "lexicon version: ", String(record.lexiconVersion.prefix(12)))
        if let version = try opened.store.lexiconReading(of: id) {
            row("重新打分：", "scored anew: ", say("第 \(version) 版词库", "by version \(version) of the lexicons"))
        }
        if opened.actor != 0, let due = try opened.upwardDue(ofFlag: id) {
            row("须上交：", "must go up by: ", due.description)
        }
        row(
            "状态：", "state: ", summary.state.name(in: language) + say("，到期 ", ", expires ") + Day.text(summary.expiresOn)
        )
    }
}

/// How a flag looks.
enum FlagOutput {
    static func json(_ record: FlagRecord) -> JSONValue {
        let summary = record.summary
        let text = record.content?.text
        return [
            "bundled": .int(summary.bundled), "day": .string(Day.text(summary.day)),
            "expires": .string(Day.text(summary.expiresOn)),
            "group": .optional(summary.groupID), "guards": .array(record.guards.map { .string($0) }),
            "hits": .array((record.content?.hits ?? []).map { hit(text ?? "", $0) }), "id": .int(summary.id),
            "lexicon": .string(record.lexiconVersion), "messages": .int(summary.messageCount),
            "placing": [
                "candidates": .array(record.placing.candidates.map { .string($0) }),
                "reasons": .array(record.placing.reasons.map { .string($0) }),
                "tier": .optional(record.placing.tier?.rawValue),
            ],
            "quote": .optional(record.content?.quote), "rules": .array(summary.rules.map { .string($0) }),
            "score": .number(summary.score), "severity": .string(summary.severity.rawValue),
            "state": .string(summary.state.rawValue), "text": .optional(text),
            "topic": .string(summary.topic.rawValue), "track": .string(summary.track.rawValue),
            "undecided": .array(record.undecided.map { .string($0) }), "verified": false,
            "version": .int(summary.version),
            "village": summary.village.map {
                [
                    "basis": .string($0.basis.rawValue), "code": .string($0.code), "confidence": .number($0.confidence),
                    "name": .string($0.name),
                ]
            } ?? .null,
        ]
    }

    /// A hit as `classify` and `flags` print it: offsets count Unicode scalars of the text, half-open.
    static func hit(_ text: String, _ hit: Hit) -> JSONValue {
        let bytes = text.utf8
        let start = bytes.prefix(hit.span.lowerBound).count { $0 & 0xC0 != 0x80 }
        let words = slice(text, hit.span)
        return [
            "end": .int(start + words.unicodeScalars.count), "rule": .string(hit.rule), "start": .int(start),
            "text": .string(words),
        ]
    }

    static func slice(_ text: String, _ span: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[span], as: UTF8.self)
    }

    static func print(_ record: FlagRecord, _ names: Taxonomy) {
        let summary = record.summary
        let place = summary.village.map { $0.name + "（" + basis($0.basis) + "）" } ?? say("未能归属", "unattributed")
        Console.print(
            "#\(summary.id) " + severity(summary.severity) + " " + summary.track.letter + " "
                + names.name(of: summary.track, in: language) + " · " + names.name(of: summary.topic, in: language)
                + " · "
                + Console.safe(place)
                + (summary.bundled > 1
                    ? " · "
                        + say("公示质询 \(summary.bundled) 条", "\(summary.bundled) questions about what was made public")
                    : "")
                + " · " + say("未核实", "unverified"))
        if let content = record.content {
            Console.print("    " + Console.safe(marked(content.text, content.hits)))
        }
        Console.print("    " + say("规则：", "rule: ") + summary.rules.joined(separator: ", "))
    }

    static func severity(_ severity: Severity) -> String {
        switch severity {
        case .high: say("【急】", "[high]")
        case .medium: say("【中】", "[medium]")
        case .low: say("【轻】", "[low]")
        }
    }

    static func basis(_ basis: Attribution.Basis) -> String {
        switch basis {
        case .text: say("文中点名", "named in the text")
        case .township: say("文中只提乡镇", "township named")
        case .parent: say("涉及多村", "several villages")
        case .group: say("本群所属", "the group's village")
        }
    }

    /// The text with its hits in brackets; long texts are cut to what stands around them.
    private static func marked(_ text: String, _ hits: [Hit]) -> String {
        let bytes = Array(text.utf8)
        var spans: [Range<Int>] = []
        for span in hits.map(\.span).sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = spans.last, span.lowerBound < last.upperBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                spans.append(span)
            }
        }
        var marked = ""
        var position = 0
        for span in spans {
            marked += shortened(bytes[position..<span.lowerBound], isFirst: position == 0)
            marked += "⟦" + String(decoding: bytes[span], as: UTF8.self) + "⟧"
            position = span.upperBound
        }
        let tail = String(decoding: bytes[position...], as: UTF8.self)
        marked += tail.count > 80 ? tail.prefix(60) + "…" : tail
        return marked.replacing("\n", with: " ⏎ ")
    }

    private static func shortened(_ bytes: ArraySlice<UInt8>, isFirst: Bool) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.count > 80 else { return text }
        return isFirst ? "…" + text.suffix(40) : text.prefix(30) + "…" + text.suffix(30)
    }
}
