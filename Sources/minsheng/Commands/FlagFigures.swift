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
        for severity in Severity.allCases {
            var filter = FlagFilter()
            filter.states = [.new, .claimed]
            filter.severities = [severity]
            let count = try desk.flagCount(filter)
            object[severity.rawValue] = .int(count)
            if !output.json { Console.print("\(FlagOutput.severity(severity))\t\(count)") }
        }
        if output.json { Console.write(JSONValue.object(object).line) }
    }
}

/// `minsheng flags precision`.
struct RulePrecisionCommand: Listing {
    static let configuration = CommandConfiguration(
        commandName: "precision", abstract: say("各规则近来的属实比例", "How often people agreed with each rule"))

    @Option(name: .long, help: ArgumentHelp(say("最近几天", "of the last so many days")))
    var days = 90
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [(rule: String, precision: RulePrecision)] {
        try desk.desk().rulePrecision(days: days).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func json(_ item: (rule: String, precision: RulePrecision)) -> JSONValue {
        [
            "confirmed": .int(item.precision.confirmed), "dismissed": .int(item.precision.dismissed),
            "rule": .string(item.rule),
        ]
    }

    static func lines(_ item: (rule: String, precision: RulePrecision)) -> [String] {
        ["\(item.rule)  \(item.precision.confirmed)/\(item.precision.confirmed + item.precision.dismissed)"]
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
                    "activeDays": .int(group.activeDays), "group": .string(group.groupID),
                    "lastDay": .optional(group.lastDay?.description), "village": .string(group.village),
                ]
                Console.write(line.line)
            } else {
                let last = group.lastDay?.description ?? say("从未导入", "never")
                Console.print("\(Console.safe(group.groupID))  \(group.village)  \(last)  \(group.activeDays)/30")
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
