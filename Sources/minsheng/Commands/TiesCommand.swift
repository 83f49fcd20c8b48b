import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng ties`.
struct Ties: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ties", abstract: say("回避关系", "Ties that keep a person from a case"),
        subcommands: [ListTies.self, AddTie.self, EndTie.self])
}

/// `minsheng ties list`.
struct ListTies: Listing {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出有效的回避关系", "Lists the ties that hold"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [StaffTie] { try desk.desk().ties() }

    static func json(_ tie: StaffTie) -> JSONValue {
        [
            "declared": .string(tie.declaredOn.description), "id": .int(tie.id), "kind": .string(tie.kind.rawValue),
            "official": .optional(tie.official), "staff": .int(tie.staff), "unit": .optional(tie.unit),
        ]
    }

    static func lines(_ tie: StaffTie) -> [String] {
        let what =
            tie.unit.map { say("单位 \($0)", "unit \($0)") }
            ?? say("干部 \(tie.official ?? 0)", "official \(tie.official ?? 0)")
        return ["#\(tie.id) \(say("人员", "staff")) \(tie.staff)  \(name(of: tie.kind))  \(what)  \(tie.declaredOn)"]
    }
}

extension ListTies {
    private static func name(of kind: StaffTie.Kind) -> String {
        switch kind {
        case .kin: say("亲属", "kin")
        case .stake: say("利害关系", "stake")
        case .posted: say("曾任职、挂职", "posted")
        case .native: say("籍贯", "native")
        case .witness: say("证人", "witness")
        case .other: say("其他", "other")
        }
    }
}

/// `minsheng ties add`.
struct AddTie: Adding {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: say("申报回避：立刻看不到相关的件", "Declares a tie: what it concerns is out of sight at once"))

    @Option(name: .long, help: ArgumentHelp(say("人员编号（默认本人）", "the person (default: yourself)"), valueName: "n"))
    var staff: Int?
    @Option(name: .long, help: ArgumentHelp(say("关系", "kind of tie")))
    var kind: StaffTie.Kind
    @Option(name: .long, help: ArgumentHelp(say("单位编号", "a body"), valueName: "n"))
    var unit: Int?
    @Option(name: .long, help: ArgumentHelp(say("干部编号", "a post"), valueName: "n"))
    var official: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func add() throws -> Int {
        let desk = try desk.desk()
        return try desk.declare(StaffTie(staff: staff ?? desk.actor, kind: kind, official: official, unit: unit))
    }
}

/// `minsheng ties end`.
struct EndTie: Doing {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: say("解除回避（不能解除自己的）", "Ends a tie (nobody's own)"))

    @Argument(help: ArgumentHelp(say("编号", "the tie's number")))
    var tie: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().endTie(tie) }
}
