import ArgumentParser
import CaseStore
import Casework
import Messages

struct NoFields: ActFields {
    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {}
}

/// A reason of an act: those that it takes are listed; one of another act is refused by the store, with the names of these.
struct ActReason<Act: NamedAct>: ExpressibleByArgument {
    let code: ReasonCode

    init?(argument: String) {
        guard let code = ReasonCode(rawValue: argument) else { return nil }
        self.code = code
    }

    static var allValueStrings: [String] { Act.action.reasons.map(\.rawValue) }
}

struct ReasonField<Act: NamedAct>: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("理由代码", "reason code"), valueName: "code"))
    var reason: ActReason<Act>
}

/// What came of a matter, with a result or a closing.
struct ResolutionFields: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("问题类别", "what kind of problem it was")))
    var problem: CaseResolution.Problem?
    @Option(name: .long, help: ArgumentHelp(say("最重的处理", "the gravest measure")))
    var measure = CaseResolution.Measure.nothing
    @Option(name: .long, help: ArgumentHelp(say("处理几人", "how many officials were dealt with"), valueName: "n"))
    var persons = 0
    @Option(
        name: .long, help: ArgumentHelp(say("退还、补发多少元", "how many yuan were given back or paid out"), valueName: "yuan")
    )
    var returned = 0
    @Flag(name: .long, help: ArgumentHelp(say("暴露制度漏洞", "a gap in the rules made it possible")))
    var gap = false

    var resolution: CaseResolution? {
        problem.map { problem in
            var resolution = CaseResolution(problem: problem)
            (resolution.measure, resolution.persons) = (measure, persons)
            (resolution.returned, resolution.hasGap) = (returned, gap)
            return resolution
        }
    }
}

struct ResultFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>
    @OptionGroup var outcome: ResolutionFields

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.reason = why.reason.code
        details.resolution = outcome.resolution
    }
}

struct CloseFields: ActFields {
    @OptionGroup var outcome: ResolutionFields

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        details.resolution = outcome.resolution
    }
}

struct ReasonFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) { act.reason = why.reason.code }
}

struct TextField: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("内容", "words")))
    var text: String
}

struct TextFields: ActFields {
    @OptionGroup var words: TextField

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) { act.text = words.text }
}

struct ReasonTextFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>
    @OptionGroup var words: TextField

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.reason = why.reason.code
        act.text = words.text
    }
}

/// Finds the body that was typed.
private func body(_ id: Int, in units: [OrgUnit]) throws -> OrgUnit {
    guard let unit = units.first(where: { $0.id == id }) else { throw DeskError(.noSuchUnit(id)) }
    return unit
}

struct UnitFields: ActFields {
    @Option(
        name: .long, help: ArgumentHelp(say("单位编号（见 units list）", "the unit's number (see units list)"), valueName: "n")
    )
    var unit: Int

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) throws {
        act.unit = try body(unit, in: units)
    }
}

struct AssignFields: ActFields {
    @Option(
        name: .long, help: ArgumentHelp(say("主办单位编号（诉求、建议）", "the lead unit's number (complaints)"), valueName: "n"))
    var unit: Int?
    @Option(name: .long, help: ArgumentHelp(say("承办人编号（检举控告）", "the inspector's number (reports)"), valueName: "n"))
    var staff: Int?

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) throws {
        act.unit = try unit.map { try body($0, in: units) }
        act.staff = staff
    }
}

struct EscalateFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>
    @OptionGroup var to: UnitFields

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) throws {
        act.reason = why.reason.code
        try to.fill(&act, &details, units: units)
    }
}

struct DayField: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("到哪一天", "until which day"), valueName: "date"))
    var until: CivilDay
}

struct SuspendFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>
    @OptionGroup var day: DayField

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.reason = why.reason.code
        act.until = day.until
    }
}

struct ExtendFields: ActFields {
    @OptionGroup var words: TextField
    @OptionGroup var day: DayField

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.text = words.text
        act.until = day.until
    }
}

struct ReplyFields: ActFields {
    @Option(name: .long, help: ArgumentHelp(say("做了什么", "what was done"), valueName: "words"))
    var done: String
    @Option(name: .customLong("done-on"), help: ArgumentHelp(say("何时做的", "when it was done"), valueName: "date"))
    var doneOn: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("结果", "what came of it"), valueName: "words"))
    var result = ""
    @Option(name: .long, help: ArgumentHelp(say("佐证件数", "how many proofs"), valueName: "n"))
    var evidence = 0

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.reply = ReplyDraft(done: done, doneOn: doneOn, result: result, evidence: evidence)
    }
}

struct LevelFields: ActFields {
    @Option(name: .long, help: ArgumentHelp(say("督办级别", "level of supervision")))
    var level: Supervision
    @Option(name: .long, help: ArgumentHelp(say("整改期限", "to be mended until"), valueName: "date"))
    var until: CivilDay?

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.supervision = level
        act.until = until
    }
}

struct OtherFields: ActFields {
    @Option(name: .long, help: ArgumentHelp(say("另一件的件号", "the other case's number"), valueName: "number"))
    var to: String

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) { details.other = to }
}

struct SplitFields: ActFields {
    @Option(name: .long, help: ArgumentHelp(say("拆出部分的事项", "topic of the part")))
    var topic: Topic
    @OptionGroup var words: TextField

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        details.topic = topic
        act.text = words.text
    }
}

struct StaffFields: ActFields {
    @Option(
        name: .long,
        help: ArgumentHelp(say("工作人员编号（默认本人）", "staff member's number (default: yourself)"), valueName: "n"))
    var staff: Int?

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) { act.staff = staff }
}

struct DisposeFields<Act: NamedAct>: ActFields {
    @OptionGroup var why: ReasonField<Act>
    @Option(
        name: .customLong("studied-on"),
        help: ArgumentHelp(say("集体研究日期", "day of the collective study"), valueName: "date"))
    var studiedOn: CivilDay
    @Option(name: .long, help: ArgumentHelp(say("研究记录文号", "number of the record"), valueName: "number"))
    var record: String

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        act.reason = why.reason.code
        act.until = studiedOn
        act.paper = record
    }
}

struct ReceiptFields: ActFields {
    @Option(name: .long, help: ArgumentHelp(say("回执号", "the receipt's number"), valueName: "number"))
    var receipt: String

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) { act.paper = receipt }
}

struct PacketFields: ActFields {
    @OptionGroup var paper: ReceiptFields
    @Option(
        name: .long, help: ArgumentHelp(say("移交内容写入的新文件", "new file for the packet"), valueName: "file"),
        completion: .file())
    var packet: String

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) {
        paper.fill(&act, &details, units: units)
    }
}

struct NarrowFields: ActFields {
    @OptionGroup var accused: UnitFields
    @Option(name: .long, help: ArgumentHelp(say("干部编号", "the official's number"), valueName: "n"))
    var official: Int?

    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) throws {
        try accused.fill(&act, &details, units: units)
        details.official = official
    }
}
