import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng retention`.
struct Retention: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: say("到期删除", "Erasing what has lived its time"),
        subcommands: [RunRetention.self])
}

/// `minsheng retention run`.
struct RunRetention: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: say("删除到期的原话和线索；重的线索转审批人，不删", "Erases what is due; grave flags go to the supervisor instead"))

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(say("只看会删什么", "only say what would go")))
    var dryRun = false
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let report = try desk.desk().retain(isTrial: dryRun)
        if output.json {
            let line: JSONValue = [
                "alteredCases": .array(report.alteredCases.map { .int($0) }),
                "alteredFlags": .array(report.alteredFlags.map { .int($0) }), "dryRun": .bool(dryRun),
                "erased": .bool(report.isErased),
                "escalatedFlags": .array(report.escalatedFlags.map { .int($0) }),
                "expiredFlags": .array(report.expiredFlags.map { .int($0) }), "files": .int(report.files),
                "originals": .int(report.originals),
            ]
            Console.write(line.line)
        } else {
            Console.print(
                say(
                    "线索删除 \(report.expiredFlags.count) 条，转审批人 \(report.escalatedFlags.count) 条；原话删除 \(report.originals) 件；案卷删除 \(report.files) 件",
                    "flags erased \(report.expiredFlags.count), escalated \(report.escalatedFlags.count); originals \(report.originals); files \(report.files)"
                ))
        }
        AlteredRows.tell(cases: report.alteredCases, flags: report.alteredFlags)
        // Grave flags, bytes that another program still holds and rows that were changed need a person.
        let isAltered = !report.alteredCases.isEmpty || !report.alteredFlags.isEmpty
        if !report.escalatedFlags.isEmpty || !report.isErased || isAltered { throw ExitCode(1) }
    }
}

/// `minsheng clock`.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: say("到点推进", "What the clock moves"), subcommands: [RunClock.self])
}

/// `minsheng clock run`.
struct RunClock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: say(
            "超期的诉求逐级上报，中止到期的恢复办理；每天早上运行", "Sends overdue complaints up, wakes suspended ones; run it every morning"))

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(say("只看会推进什么", "only say what would move")))
    var dryRun = false
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let report = try desk.desk().runClock(isTrial: dryRun)
        if output.json {
            let line: JSONValue = [
                "altered": .array(report.altered.map { .int($0) }), "dryRun": .bool(dryRun),
                "escalated": .int(report.escalated), "stuck": .int(report.stuck),
                "woken": .int(report.woken),
            ]
            Console.write(line.line)
        } else {
            Console.print(
                say(
                    "上报 \(report.escalated) 件，无处可报 \(report.stuck) 件，恢复办理 \(report.woken) 件",
                    "escalated \(report.escalated), nowhere to go \(report.stuck), woken \(report.woken)"))
        }
        AlteredRows.tell(cases: report.altered, flags: [])
        // What stands as high as it can needs a supervisor.
        if report.stuck > 0 {
            Console.complain(
                say(
                    "无处可报的件请审批人看 cases list --view red，用 cases escalate 指明上级单位，或 cases supervise 督办",
                    "what has nowhere to go: a supervisor looks at cases list --view red, and names the body above by cases escalate, or supervises"
                ))
            throw ExitCode(1)
        }
        if !report.altered.isEmpty { throw ExitCode(1) }
    }
}

/// What a run passed over, as another program changed it.
private enum AlteredRows {
    static func tell(cases: [Int], flags: [Int]) {
        func list(_ rows: [Int]) -> String { rows.map(String.init).joined(separator: say("、", ", ")) }
        if !cases.isEmpty {
            Console.complain(
                say(
                    "有件在本程序之外被改动，没有处理（第 \(list(cases)) 行）：请运行 minsheng audit verify，再从备份恢复",
                    "cases were changed by another program and passed over (rows \(list(cases))): run minsheng audit verify, then restore a backup"
                ))
        }
        if !flags.isEmpty {
            Console.complain(
                say(
                    "有线索在本程序之外被改动，没有处理（第 \(list(flags)) 行）：请运行 minsheng audit verify，再从备份恢复",
                    "flags were changed by another program and passed over (rows \(list(flags))): run minsheng audit verify, then restore a backup"
                ))
        }
    }
}
