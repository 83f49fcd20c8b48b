import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng flags similar`.
struct SimilarCases: Listing {
    static let configuration = CommandConfiguration(
        commandName: "similar", abstract: say("同村同事项的未办结件", "Open cases of the same place and topic"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [CaseSummary] { try desk.desk().similarCases(to: id) }
    static func json(_ summary: CaseSummary) -> JSONValue { .object(CaseOutput.json(summary)) }
    static func lines(_ summary: CaseSummary) -> [String] { [CaseOutput.line(summary)] }
}

/// What a waiting flag waits for, as it is typed.
enum WaitingFor: String, CaseIterable, ExpressibleByArgument {
    case soon, supervisor
    case secondReader = "second-reader"
    case levelAbove = "level-above"

    var name: String {
        switch self {
        case .soon: say("过半未审", "half its time over")
        case .supervisor: say("到期待审批人", "for a supervisor")
        case .secondReader: say("待第二人复看", "for a second reader")
        case .levelAbove: say("须上交", "for the level above")
        }
    }

    func filter(at desk: CaseDesk) -> FlagFilter.Waiting {
        switch self {
        // Half the time is left: the yellow of a queue.
        case .soon: .expiry(by: desk.today.number + desk.store.configuration.flagDays / 2)
        case .supervisor: .supervisor
        case .secondReader: .secondReader
        case .levelAbove: .levelAbove
        }
    }
}

/// `minsheng flags counts`.
struct CountFlags: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counts",
        abstract: say("待审线索各有多少（数到 1000），不含文字，可作每日提醒", "How many flags wait (up to 1000): no words, fit for a notice"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        var object: [String: JSONValue] = [:]
        func count(_ key: String, _ label: String, _ change: (inout FlagFilter) -> Void) throws {
            var filter = FlagFilter()
            filter.states = [.new, .claimed]
            change(&filter)
            let count = try desk.flagCount(filter)
            object[key] = .int(count)
            if !output.json { Console.print("\(label)\t\(count)") }
        }
        for severity in Severity.allCases {
            try count(severity.rawValue, FlagOutput.severity(severity)) { $0.severities = [severity] }
        }
        for waiting in WaitingFor.allCases {
            try count(waiting.rawValue, waiting.name) { $0.waiting = waiting.filter(at: desk) }
        }
        if output.json { Console.write(JSONValue.object(object).line) }
    }
}

/// `minsheng flags precision`.
struct RulePrecisionCommand: Listing {
    static let configuration = CommandConfiguration(
        commandName: "precision",
        abstract: say(
            "各规则近来约几成被确认（审过 20 条以上才列）", "How often people agreed with each rule, in tenths, from twenty decisions on"))

    @Option(name: .long, help: ArgumentHelp(say("最近几天", "of the last so many days")))
    var days = 90
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        // A century is more than any store holds, and far from where days overflow.
        guard (1...36_500).contains(days) else {
            throw ValidationError(say("--days 在 1 到 36500 之间", "--days must be from 1 to 36500"))
        }
    }

    func items() throws -> [(rule: String, share: RuleShare)] {
        try desk.desk().rulePrecision(days: days).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func json(_ item: (rule: String, share: RuleShare)) -> JSONValue {
        ["rule": .string(item.rule), "share": .number(Double(item.share.tenths) / 10)]
    }

    static func lines(_ item: (rule: String, share: RuleShare)) -> [String] {
        [say("\(item.rule)  约 \(item.share.text)", "\(item.rule)  some \(item.share.text)")]
    }
}

/// `minsheng flags coverage`.
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: say("哪些村没有群、哪些群本月没有导出", "Villages without a group, groups without an export this month"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let coverage = try desk.desk().coverage()
        for group in coverage.groups {
            if output.json {
                let line: JSONValue = [
                    "activeDays": .int(group.activeDays),
                    "exporters": .array(group.exporters.map { .string($0.rawValue) }), "group": .string(group.groupID),
                    "lastDay": .optional(group.lastDay?.description), "unverified": .bool(group.isUnverified),
                    "village": .string(group.village), "waiting": .optional(group.waiting),
                ]
                Console.write(line.line)
            } else {
                let last = group.lastDay?.description ?? say("从未导入", "never")
                let waiting = group.waiting.map { say("  待审 \($0)", "  waiting \($0)") } ?? ""
                let doubt = group.isUnverified ? say("  未经第二人导出核对", "  exported by one side only") : ""
                Console.print(
                    "\(Console.safe(group.groupID))  \(group.village)  \(last)  \(group.activeDays)/30" + waiting
                        + doubt)
            }
        }
        tell(coverage.villagesWithoutGroup, "没有群的村：", "villages without a group: ")
        tell(coverage.villagesWithoutExport, "35 天没有导出的村：", "villages without an export in 35 days: ")
    }

    private func tell(_ villages: [String], _ zh: String, _ en: String) {
        guard !villages.isEmpty else { return }
        let list = villages.prefix(20).joined(separator: ", ") + (villages.count > 20 ? " …" : "")
        Console.tell(say(zh, en) + "\(villages.count)  \(list)")
    }
}
