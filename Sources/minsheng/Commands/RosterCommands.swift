import ArgumentParser
import CaseStore
import Casework
import Messages

/// Who is on duty where: `--unit`, `--staff`, and the first day.
struct DutyFields: ParsableArguments {
    @OptionGroup var body: BodyNumber
    @Option(name: .long, help: ArgumentHelp(say("人员编号", "the person's number"), valueName: "n"))
    var staff: Int
    @Option(name: .long, help: ArgumentHelp(say("从哪天", "from which day"), valueName: "date"))
    var from: CivilDay
}

/// `minsheng staff duty-set`.
struct SetDuty: Doing {
    static let configuration = CommandConfiguration(
        commandName: "duty-set", abstract: say("排值班", "Puts somebody on duty"))

    @OptionGroup var turn: DutyFields
    @Option(name: .long, help: ArgumentHelp(say("到哪天（默认当天）", "to which day (default: the same)"), valueName: "date"))
    var to: CivilDay?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        let last = to ?? turn.from
        guard last >= turn.from else { throw DeskError(.badField("to")) }
        try desk.desk().setDuty(DutyTurn(unit: turn.body.unit, staff: turn.staff, days: turn.from...last))
    }
}

/// `minsheng staff duty-end`.
struct EndDuty: Doing {
    static let configuration = CommandConfiguration(
        commandName: "duty-end", abstract: say("撤销一段值班", "Takes a turn of duty back"))

    @OptionGroup var turn: DutyFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().endDuty(unit: turn.body.unit, staff: turn.staff, from: turn.from) }
}

/// `minsheng staff duty-list`.
struct ListDutyTurns: Listing {
    static let configuration = CommandConfiguration(
        commandName: "duty-list", abstract: say("值班表（默认今后 30 天）", "Who is on duty (default: the next 30 days)"))

    @Option(name: .long, help: ArgumentHelp(say("从哪天", "from which day"), valueName: "date"))
    var from: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("到哪天", "to which day"), valueName: "date"))
    var to: CivilDay?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [DutyTurn] {
        let desk = try desk.desk()
        let first = from ?? desk.today
        return try desk.dutyRoster(first...max(first, to ?? first.advanced(by: 30)))
    }

    static func json(_ turn: DutyTurn) -> JSONValue {
        [
            "from": .string(turn.days.lowerBound.description), "staff": .int(turn.staff),
            "to": .string(turn.days.upperBound.description), "unit": .int(turn.unit),
        ]
    }

    static func lines(_ turn: DutyTurn) -> [String] {
        [
            "\(turn.days.lowerBound) – \(turn.days.upperBound)  "
                + say("单位 \(turn.unit)  人员 \(turn.staff)", "unit \(turn.unit)  staff \(turn.staff)")
        ]
    }
}
