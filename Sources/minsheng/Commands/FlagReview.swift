import ArgumentParser
import CaseStore
import Casework
import Messages

/// The acts on a flag: `minsheng flags claim`, `confirm`, `join`, `dismiss`, `forward-up`.
enum FlagReview {
    static let all: [any ParsableCommand.Type] = [
        ClaimFlag.self, ReleaseFlag.self, ConfirmFlag.self, JoinFlag.self, DismissFlag.self, UndoDismissal.self,
        ExtendFlag.self, ForwardFlag.self, SimilarCases.self, CountFlags.self, RulePrecisionCommand.self,
        CoverageCommand.self,
    ]

    static func tell(_ id: Int, _ outcome: FlagOutcome, isJSON: Bool) {
        if isJSON {
            let line: JSONValue = [
                "erased": .bool(outcome.isErased), "id": .int(id), "secondReader": .bool(outcome.needsSecondReader),
                "state": .string(outcome.state.rawValue),
            ]
            Console.write(line.line)
        } else {
            Console.print("#\(id) \(outcome.state.name(in: language))")
        }
        if outcome.needsSecondReader {
            Console.tell(say("须由另一人再看一遍、同样驳回后才删除。", "Another person must read and dismiss it before it is erased."))
        }
    }
}

/// `minsheng flags claim`.
struct ClaimFlag: Doing {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: say("领取线索（半小时）", "Takes a flag in hand for half an hour"))

    @Argument(help: ArgumentHelp(say("编号，可多个", "the flag's number, or several")))
    var id: [Int]
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        let desk = try desk.desk()
        try Bulk.run(id) { try desk.claim($0) }
    }
}

/// `minsheng flags release`.
struct ReleaseFlag: Doing {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: say("放回领取的线索", "Gives a claim back"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().release(id) }
}

/// `minsheng flags undo`.
struct UndoDismissal: Doing {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: say("撤回自己的驳回（另一人同意之前）", "Takes one's dismissal back, before another agreed"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().withdrawDismissal(id) }
}

/// `minsheng flags extend`.
struct ExtendFlag: Doing {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: say("线索延期一次（审批人）", "Gives a flag its time once more (supervisors, once)"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().extend(id) }
}

/// `minsheng flags confirm`.
struct ConfirmFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: say("确认线索，登记为件", "Registers a flag as a case"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @Option(name: .long, help: ArgumentHelp(say("摘要，用自己的话写", "summary in your own words"), valueName: "words"))
    var summary: String
    @Option(name: .long, help: ArgumentHelp(say("事项（默认按线索）", "topic (default: the flag's)")))
    var topic: Topic?
    @Option(name: .long, help: ArgumentHelp(say("村代码（默认按线索）", "village (default: the flag's)"), valueName: "code"))
    var village: String?
    @Option(
        name: .long,
        help: ArgumentHelp(say("被反映的单位，或 单位:干部（可多个）", "the accused: UNIT or UNIT:OFFICIAL"), valueName: "unit"))
    var accused: [String] = []
    @Option(
        name: .long,
        help: ArgumentHelp(say("同时受理并分办给这个单位", "accept it and assign it to this unit at once"), valueName: "n"))
    var unit: Int?
    @Option(name: .customLong("version-seen"), help: ArgumentHelp(say("看到的版本", "the version you saw"), valueName: "n"))
    var versionSeen: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var confirmation = FlagConfirmation(summary: summary)
        confirmation.topic = topic
        confirmation.track = topic?.track
        confirmation.area = village
        confirmation.accused = try AccusedText.read(accused)
        confirmation.version = versionSeen
        confirmation.unit = unit
        CaseOutput.tell(try desk.desk().confirm(id, confirmation), isJSON: output.json)
    }
}

/// `minsheng flags join`.
struct JoinFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: say("线索并入未办结的件", "Joins a flag to an open case"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @Option(name: .long, help: ArgumentHelp(say("件号", "the case's number"), valueName: "number"))
    var to: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws { CaseOutput.tell(try desk.desk().join(id, to: to), isJSON: output.json) }
}

/// `minsheng flags dismiss`.
struct DismissFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: say("驳回线索，删除原话", "Dismisses a flag and erases its words"))

    @Argument(help: ArgumentHelp(say("编号，可多个", "the flag's number, or several")))
    var id: [Int]
    @Option(
        name: .long,
        help: ArgumentHelp(say("理由代码（小写字母和连字符）", "reason code (small letters, hyphens)"), valueName: "code"))
    var reason: String
    @Option(name: .customLong("version-seen"), help: ArgumentHelp(say("看到的版本", "the version you saw"), valueName: "n"))
    var versionSeen: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let isBulk = id.count > 1
        try Bulk.run(id) { id in
            FlagReview.tell(
                id, try desk.dismiss(id, reason: reason, version: versionSeen, isBulk: isBulk), isJSON: output.json)
        }
    }
}

/// `minsheng flags forward-up`.
struct ForwardFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward-up",
        abstract: say("上交涉及上级管理干部的线索，本级不留内容", "Hands a flag to the level above; nothing of it stays here"))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @Option(
        name: .long, help: ArgumentHelp(say("移交内容写入的新文件", "new file for the packet"), valueName: "file"),
        completion: .file())
    var packet: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let outcome = try desk.desk().forwardUp(id) { try PacketFile.write(FlagOutput.json($0), to: packet) }
        FlagReview.tell(id, outcome, isJSON: output.json)
    }
}
