import ArgumentParser
import CaseStore
import Casework
import Glibc
import Messages

/// The acts on a flag: `minsheng flags claim`, `confirm`, `join`, `dismiss`, `forward-up`.
enum FlagReview {
    static let all: [any ParsableCommand.Type] = [
        ClaimFlag.self, FlagCommand<ReleaseFlag>.self, ConfirmFlag.self, JoinFlag.self, DismissFlag.self,
        FlagCommand<UndoDismissal>.self, FlagCommand<ExtendFlag>.self, ForwardFlag.self, SimilarCases.self,
        CountFlags.self, RulePrecisionCommand.self, CoverageCommand.self,
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

/// The flag that is meant.
struct FlagNumber: ParsableArguments {
    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
}

/// The version that a decision was made on.
struct VersionSeen: ParsableArguments {
    @Option(name: .customLong("version-seen"), help: ArgumentHelp(say("看到的版本", "the version you saw"), valueName: "n"))
    var version: Int?
}

/// An act on a flag that takes nothing but its number.
protocol FlagSpec {
    static var name: String { get }
    static var abstract: String { get }
    static func act(_ desk: CaseDesk, _ id: Int) throws
}

/// `minsheng flags <act>`.
struct FlagCommand<Spec: FlagSpec>: Doing {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: Spec.name, abstract: Spec.abstract)
    }

    @OptionGroup var flag: FlagNumber
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try Spec.act(desk.desk(), flag.id) }
}

/// `minsheng flags release`.
enum ReleaseFlag: FlagSpec {
    static let name = "release"
    static let abstract = say("放回领取的线索", "Gives a claim back")
    static func act(_ desk: CaseDesk, _ id: Int) throws { try desk.release(id) }
}

/// `minsheng flags undo`.
enum UndoDismissal: FlagSpec {
    static let name = "undo"
    static let abstract = say("撤回自己的驳回（另一人同意之前）", "Takes one's dismissal back, before another agreed")
    static func act(_ desk: CaseDesk, _ id: Int) throws { try desk.withdrawDismissal(id) }
}

/// `minsheng flags extend`.
enum ExtendFlag: FlagSpec {
    static let name = "extend"
    static let abstract = say("线索延期一次（审批人）", "Gives a flag its time once more (supervisors, once)")
    static func act(_ desk: CaseDesk, _ id: Int) throws { try desk.extend(id) }
}

/// `minsheng flags confirm`.
struct ConfirmFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: say("确认线索，登记为件", "Registers a flag as a case"))

    @OptionGroup var flag: FlagNumber
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
    @OptionGroup var seen: VersionSeen
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var confirmation = FlagConfirmation(summary: summary)
        confirmation.topic = topic
        confirmation.track = topic?.track
        confirmation.area = village
        confirmation.accused = try AccusedText.read(accused)
        confirmation.version = seen.version
        confirmation.unit = unit
        CaseOutput.tell(try desk.desk().confirm(flag.id, confirmation), isJSON: output.json)
    }
}

/// `minsheng flags join`.
struct JoinFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: say("线索并入未办结的件", "Joins a flag to an open case"))

    @OptionGroup var flag: FlagNumber
    @Option(name: .long, help: ArgumentHelp(say("件号", "the case's number"), valueName: "number"))
    var to: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws { CaseOutput.tell(try desk.desk().join(flag.id, to: to), isJSON: output.json) }
}

/// `minsheng flags dismiss`.
struct DismissFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: say("驳回线索，删除原话", "Dismisses a flag and erases its words"))

    @Argument(help: ArgumentHelp(say("编号，可多个", "the flag's number, or several")))
    var id: [Int]
    @Option(
        name: .long,
        help: ArgumentHelp(say("理由：\(Self.reasons)", "reason: \(Self.reasons)"), valueName: "code"),
        completion: .list(DismissalReason.allCases.map(\.rawValue)))
    var reason: String
    @OptionGroup var seen: VersionSeen
    @Flag(name: .long, help: ArgumentHelp(say("在终端上也不等，立即驳回", "at once, without the moment to think on a terminal")))
    var now = false
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    /// The codes that there are, each with its name.
    private static var reasons: String {
        DismissalReason.allCases.map {
            say("\($0.rawValue) \($0.name(in: .zh))", "\($0.rawValue) (\($0.name(in: .en)))")
        }
        .joined(separator: say("；", ", "))
    }

    func validate() throws {
        guard DismissalReason(rawValue: reason) == nil else { return }
        throw ValidationError(say("--reason 只能是：\(Self.reasons)", "--reason must be one of: \(Self.reasons)"))
    }

    func run() throws {
        let desk = try desk.desk()
        if !now, SecondThoughts.takenBack() {
            Console.tell(say("没有驳回，什么都没有改。", "Not dismissed; nothing was changed."))
            throw ExitCode(2)
        }
        let isBulk = id.count > 1
        try Bulk.run(id) { id in
            FlagReview.tell(
                id, try desk.dismiss(id, reason: reason, version: seen.version, isBulk: isBulk), isJSON: output.json)
        }
    }
}

/// A moment in which somebody at a terminal takes a dismissal back: the words are erased with it, so afterwards is too late.
enum SecondThoughts {
    /// How long it waits, in seconds.
    private static let seconds: Int32 = 10

    /// True when the person took it back; false at once where nobody sits at a terminal.
    static func takenBack() -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        Console.tell(
            say(
                "\(seconds) 秒后驳回并删除原话。要撤销：U 加回车；不等：回车。",
                "Dismissed in \(seconds) seconds, and the words are erased. To take it back: U and Enter; at once: Enter."
            ))
        var terminal = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&terminal, 1, seconds * 1000) > 0 else { return false }
        return readLine()?.lowercased().hasPrefix("u") ?? false
    }
}

/// `minsheng flags forward-up`.
struct ForwardFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward-up",
        abstract: say("上交涉及上级管理干部的线索，本级不留内容", "Hands a flag to the level above; nothing of it stays here"))

    @OptionGroup var flag: FlagNumber
    @Option(
        name: .long, help: ArgumentHelp(say("移交内容写入的新文件", "new file for the packet"), valueName: "file"),
        completion: .file())
    var packet: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let outcome = try desk.desk().forwardUp(flag.id) { try PacketFile.write(FlagOutput.json($0), to: packet) }
        FlagReview.tell(flag.id, outcome, isJSON: output.json)
    }
}
