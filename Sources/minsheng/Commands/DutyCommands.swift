import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng duties`.
struct Duties: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duties", abstract: say("法定文书清单：影响评估、依据、预案、培训、合规审计", "The papers that the law asks for"),
        subcommands: [ListDuties.self, RecordDuty.self])
}

/// `minsheng duties list`.
struct ListDuties: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("逐项核对；缺一项即退出码 1", "The checklist; exit 1 where one is missing"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let checks = try desk.desk().duties()
        for check in checks {
            if output.json {
                let line: JSONValue = [
                    "kind": .string(check.kind.rawValue), "madeOn": .optional(check.newest?.madeOn.description),
                    "passed": .bool(check.passed), "reference": .optional(check.newest?.reference),
                ]
                Console.write(line.line)
            } else {
                let what = check.newest.map { "\($0.madeOn)  \($0.reference)" } ?? say("没有登记", "none on record")
                Console.print((check.passed ? "✓ " : "✗ ") + check.kind.name(in: language) + "  " + Console.safe(what))
            }
        }
        if checks.contains(where: { !$0.passed }) { throw ExitCode(1) }
    }
}

/// `minsheng duties record`.
struct RecordDuty: Doing {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: say("登记一份文书（只增不改）", "Puts a paper on record; only ever added to"))

    @Option(name: .long, help: ArgumentHelp(say("种类", "kind")))
    var kind: DutyRecord.Kind
    @Option(name: .long, help: ArgumentHelp(say("文号和存放处", "its number and where it lies"), valueName: "words"))
    var reference: String
    @Option(
        name: .customLong("made-on"), help: ArgumentHelp(say("日期（默认今天）", "its day (default: today)"), valueName: "date")
    )
    var madeOn: CivilDay?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        let desk = try desk.desk()
        try desk.record(DutyRecord(kind: kind, reference: reference, madeOn: madeOn ?? desk.today))
    }
}
