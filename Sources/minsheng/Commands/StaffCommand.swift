import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng staff`.
struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: say("工作人员", "People of the desk"),
        subcommands: [
            ListStaff.self, AddStaff.self, EndStaff.self, HandOverStaff.self, SetDuty.self, ListDutyTurns.self,
            EndDuty.self, SetPassword.self, IssueToken.self,
            ListTokens.self, EndToken.self,
        ])
}

/// `minsheng staff list`.
struct ListStaff: Listing {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出在岗人员", "Lists who has not left"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [StaffMember] { try desk.desk().staff() }

    static func json(_ person: StaffMember) -> JSONValue {
        [
            "id": .int(person.id), "name": .string(person.name), "official": .optional(person.official),
            "role": .string(person.role.rawValue), "unit": .int(person.unit.id),
        ]
    }

    static func lines(_ person: StaffMember) -> [String] {
        ["#\(person.id) \(person.name)  \(person.role.name(in: language))  \(person.unit.name)"]
    }
}

/// `minsheng staff add`.
struct AddStaff: Adding {
    static let configuration = CommandConfiguration(commandName: "add", abstract: say("登记工作人员", "Adds a person"))

    @OptionGroup var body: BodyNumber
    @Option(name: .long, help: ArgumentHelp(say("角色", "role")))
    var role: StaffRole
    @Option(name: .long, help: ArgumentHelp(say("姓名", "name")))
    var name: String
    @Option(name: .long, help: ArgumentHelp(say("本人的干部职务编号", "number of the person's own post"), valueName: "n"))
    var official: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func add() throws -> Int { try desk.desk().addStaff(unit: body.unit, role: role, name: name, official: official) }
}

/// `minsheng staff end`.
struct EndStaff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: say(
            "离岗：手上的检举控告件交给同单位同角色的人，并说还剩几件",
            "Ends a person's work: open reports go to others of the role, and it says how many are left"))

    @Argument(help: ArgumentHelp(say("编号", "the person's number")))
    var person: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let left = try desk.desk().endStaff(person)
        if output.json { Console.write(JSONValue.object(["done": true, "left": .int(left)]).line) }
        guard left > 0 else { return }
        Console.tell(
            say(
                "还有 \(left) 件检举控告没有人接，请审批人用 staff hand-over --from \(person) 移交，或用 cases assign 指定。",
                "\(left) open reports are left in hand: a supervisor gives them to somebody (staff hand-over --from \(person), "
                    + "or cases assign)."))
        throw ExitCode(1)
    }
}

/// `minsheng staff hand-over`.
struct HandOverStaff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: say("把一人手上的检举控告件交给另一人；回避重新核对", "Hands a person's open reports to another; the wall is asked anew"))

    @Option(name: .long, help: ArgumentHelp(say("交出人编号", "whose"), valueName: "n"))
    var from: Int
    @Option(name: .long, help: ArgumentHelp(say("接手人编号", "to whom"), valueName: "n"))
    var to: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let result = try desk.handOver(from: from, to: to)
        if output.json {
            Console.write(JSONValue.object(["handed": .int(result.handed), "left": .int(result.left)]).line)
        } else {
            Console.print(say("已移交 \(result.handed) 件", "handed over: \(result.handed)"))
        }
        if result.left > 0 {
            Console.complain(
                say(
                    "另有 \(result.left) 件接手人应当回避，请另行指定。",
                    "\(result.left) are behind the other's wall: name somebody else."))
            throw ExitCode(1)
        }
    }
}
