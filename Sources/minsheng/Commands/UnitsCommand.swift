import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng units`.
struct Units: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "units", abstract: say("单位和干部职务", "Bodies and posts"),
        subcommands: [ListUnits.self, AddUnit.self, AddOfficial.self])
}

/// The body that is meant.
struct BodyNumber: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("单位编号", "the body's number"), valueName: "n"))
    var unit: Int
}

/// `minsheng units list`.
struct ListUnits: Listing {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出单位和干部职务", "Lists bodies and posts"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [(unit: OrgUnit, officials: [Official])] {
        let desk = try desk.desk()
        let officials = Dictionary(grouping: try desk.officials(), by: \.unit)
        return try desk.units().map { ($0, officials[$0.id] ?? []) }
    }

    static func json(_ item: (unit: OrgUnit, officials: [Official])) -> JSONValue {
        let posts: [JSONValue] = item.officials.map {
            ["id": .int($0.id), "managedRank": .int($0.managedRank), "post": .string($0.post)]
        }
        return [
            "area": .string(item.unit.area), "id": .int(item.unit.id), "kind": .string(item.unit.kind.rawValue),
            "name": .string(item.unit.name), "officials": .array(posts), "parent": .optional(item.unit.parent),
        ]
    }

    static func lines(_ item: (unit: OrgUnit, officials: [Official])) -> [String] {
        ["#\(item.unit.id) \(item.unit.name)  \(item.unit.kind.rawValue)  \(item.unit.area)"]
            + item.officials.map { "    \(say("干部", "official")) \($0.id) \($0.post)" }
    }
}

/// `minsheng units add`.
struct AddUnit: Adding {
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
    @OptionGroup var output: JSONOption

    func add() throws -> Int { try desk.desk().addUnit(kind: kind, area: area, name: name, parent: parent) }
}

/// `minsheng units add-official`.
struct AddOfficial: Adding {
    static let configuration = CommandConfiguration(
        commandName: "add-official", abstract: say("登记干部职务（不记姓名）", "Adds a post (never a name)"))

    @OptionGroup var body: BodyNumber
    @Option(name: .long, help: ArgumentHelp(say("职务", "post")))
    var post: String
    @Option(
        name: .customLong("managed-rank"),
        help: ArgumentHelp(
            say("由哪级管理：2 乡镇 3 县 4 市 5 省", "who manages the cadre: 2 township, 3 county, 4 city, 5 province"),
            valueName: "n"))
    var managedRank: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func add() throws -> Int { try desk.desk().addOfficial(unit: body.unit, post: post, managedRank: managedRank) }
}
