import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// `minsheng units`.
struct Units: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units", abstract: say("单位和干部职务", "Bodies and posts"),
        subcommands: [ListUnits.self, AddUnit.self, AddOfficial.self])
}

/// `minsheng units list`.
struct ListUnits: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出单位和干部职务", "Lists bodies and posts"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try CaseDesk(CaseStore(opening: data.folder), now: 0)
        let officials = Dictionary(grouping: try desk.officials(), by: \.unit)
        for unit in try desk.units() {
            if output.json {
                let posts: [JSONValue] = (officials[unit.id] ?? []).map {
                    ["id": .int($0.id), "managedRank": .int($0.managedRank), "post": .string($0.post)]
                }
                let line: JSONValue = [
                    "area": .string(unit.area), "id": .int(unit.id), "kind": .string(unit.kind.rawValue),
                    "name": .string(unit.name), "officials": .array(posts),
                    "parent": unit.parent.map { .int($0) } ?? .null,
                ]
                Console.write(line.line)
                continue
            }
            Console.print("#\(unit.id) \(Console.safe(unit.name))  \(unit.kind.rawValue)  \(unit.area)")
            for official in officials[unit.id] ?? [] {
                Console.print("    \(say("干部", "official")) \(official.id) \(Console.safe(official.post))")
            }
        }
    }
}

/// `minsheng units add`.
struct AddUnit: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: say("登记单位", "Adds a body"))

    @Option(name: .long, help: ArgumentHelp(say("种类", "kind")))
    var kind: UnitKind
    @Option(name: .long, help: ArgumentHelp(say("地名代码", "12-digit code of its place"), valueName: "code"))
    var area: String
    @Option(name: .long, help: ArgumentHelp(say("名称", "name")))
    var name: String
    @Option(name: .long, help: ArgumentHelp(say("上级单位编号", "number of the body above"), valueName: "n"))
    var parent: Int?
    @OptionGroup var desk: DeskOptions

    func run() throws {
        Console.print(String(try desk.desk().addUnit(kind: kind, area: area, name: name, parent: parent)))
    }
}

/// `minsheng units add-official`.
struct AddOfficial: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-official", abstract: say("登记干部职务（不记姓名）", "Adds a post (never a name)"))

    @Option(name: .long, help: ArgumentHelp(say("单位编号", "the body's number"), valueName: "n"))
    var unit: Int
    @Option(name: .long, help: ArgumentHelp(say("职务", "post")))
    var post: String
    @Option(
        name: .customLong("managed-rank"),
        help: ArgumentHelp(
            say("由哪级管理：2 乡镇 3 县 4 市 5 省", "who manages the cadre: 2 township, 3 county, 4 city, 5 province"),
            valueName: "n"))
    var managedRank: Int
    @OptionGroup var desk: DeskOptions

    func run() throws {
        Console.print(String(try desk.desk().addOfficial(unit: unit, post: post, managedRank: managedRank)))
    }
}

/// `minsheng staff`.
struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: say("工作人员", "People of the desk"),
        subcommands: [ListStaff.self, AddStaff.self, EndStaff.self])
}

/// `minsheng staff list`.
struct ListStaff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出在岗人员", "Lists who has not left"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        for person in try CaseDesk(CaseStore(opening: data.folder), now: 0).staff() {
            if output.json {
                let line: JSONValue = [
                    "id": .int(person.id), "name": .string(person.name),
                    "official": person.official.map { .int($0) } ?? .null, "role": .string(person.role.rawValue),
                    "unit": .int(person.unit.id),
                ]
                Console.write(line.line)
            } else {
                Console.print(
                    "#\(person.id) \(Console.safe(person.name))  \(person.role.name(in: language))  "
                        + Console.safe(person.unit.name))
            }
        }
    }
}

/// `minsheng staff add`.
struct AddStaff: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: say("登记工作人员", "Adds a person"))

    @Option(name: .long, help: ArgumentHelp(say("单位编号", "the body's number"), valueName: "n"))
    var unit: Int
    @Option(name: .long, help: ArgumentHelp(say("角色", "role")))
    var role: StaffRole
    @Option(name: .long, help: ArgumentHelp(say("姓名", "name")))
    var name: String
    @Option(name: .long, help: ArgumentHelp(say("本人的干部职务编号", "number of the person's own post"), valueName: "n"))
    var official: Int?
    @OptionGroup var desk: DeskOptions

    func run() throws {
        Console.print(String(try desk.desk().addStaff(unit: unit, role: role, name: name, official: official)))
    }
}

/// `minsheng staff end`.
struct EndStaff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: say("离岗：收回全部交办", "Ends a person's work and assignments"))

    @Argument(help: ArgumentHelp(say("编号", "the person's number")))
    var person: Int
    @OptionGroup var desk: DeskOptions

    func run() throws { try desk.desk().endStaff(person) }
}

/// `minsheng ties`.
struct Ties: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ties", abstract: say("回避关系", "Ties that keep a person from a case"),
        subcommands: [ListTies.self, AddTie.self, EndTie.self])
}

/// `minsheng ties list`.
struct ListTies: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出有效的回避关系", "Lists the ties that hold"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        for tie in try CaseDesk(CaseStore(opening: data.folder), now: 0).ties() {
            if output.json {
                let line: JSONValue = [
                    "declared": .string(tie.declaredOn.description), "id": .int(tie.id),
                    "kind": .string(tie.kind.rawValue), "official": tie.official.map { .int($0) } ?? .null,
                    "staff": .int(tie.staff), "unit": tie.unit.map { .int($0) } ?? .null,
                ]
                Console.write(line.line)
            } else {
                let what =
                    tie.unit.map { say("单位 \($0)", "unit \($0)") }
                    ?? say("干部 \(tie.official ?? 0)", "official \(tie.official ?? 0)")
                Console.print(
                    "#\(tie.id) \(say("人员", "staff")) \(tie.staff)  \(tie.kind.rawValue)  \(what)  \(tie.declaredOn)")
            }
        }
    }
}

/// `minsheng ties add`.
struct AddTie: ParsableCommand {
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

    func run() throws {
        let desk = try desk.desk()
        let tie = StaffTie(staff: staff ?? desk.actor, kind: kind, official: official, unit: unit)
        Console.print(String(try desk.declare(tie)))
    }
}

/// `minsheng ties end`.
struct EndTie: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: say("解除回避（不能解除自己的）", "Ends a tie (nobody's own)"))

    @Argument(help: ArgumentHelp(say("编号", "the tie's number")))
    var tie: Int
    @OptionGroup var desk: DeskOptions

    func run() throws { try desk.desk().endTie(tie) }
}

/// `minsheng calendar`.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: say("工作日历（放假调休）", "The calendar of working days"),
        subcommands: [ListCalendar.self, ImportCalendar.self])
}

/// `minsheng calendar list`.
struct ListCalendar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出放假和调休的日子", "Lists holidays and make-up days"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        for entry in try CaseDesk(CaseStore(opening: data.folder), now: 0).calendar().entries {
            if output.json {
                let line: JSONValue = [
                    "day": .string(entry.day.description), "kind": .string(entry.kind.rawValue),
                    "source": .string(entry.source),
                ]
                Console.write(line.line)
            } else {
                Console.print("\(entry.day)  \(entry.kind.rawValue)  \(Console.safe(entry.source))")
            }
        }
    }
}

/// `minsheng calendar import`.
struct ImportCalendar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("导入工作日历", "Imports a calendar file"))

    @Argument(help: ArgumentHelp(say("日历文件（day,kind,source）", "calendar file (day,kind,source)")), completion: .file())
    var file: String
    @OptionGroup var desk: DeskOptions

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else { throw DeskError(.file(file)) }
        let calendar = try WorkCalendar(csv: String(decoding: data, as: UTF8.self), file: file)
        try desk.desk().importCalendar(calendar)
        Console.tell(say("已导入 \(calendar.entries.count) 行", "Imported \(calendar.entries.count) lines"))
    }
}
