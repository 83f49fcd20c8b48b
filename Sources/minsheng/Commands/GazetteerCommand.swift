public import ArgumentParser
import CaseStore
import ChatExports
import Foundation
public import Messages
import Villages

/// `minsheng gazetteer`.
struct GazetteerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gazetteer", abstract: say("村名表", "The gazetteer of villages"),
        subcommands: [
            ImportPlaces.self, CompareEditions.self, ListPlaces.self, EvaluatePlaces.self, TestPlaces.self,
            ListTaught.self, SetHome.self, TrainPlaces.self,
        ])
}

extension CodeScheme: ExpressibleByArgument {}

/// `minsheng gazetteer import`.
struct ImportPlaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: say("导入村名表（CSV、XLSX，或公开名录）", "Imports a table of villages (CSV, XLSX, or a public list)"),
        discussion: say(
            "列：code,name[,level,parent,aliases,valid_from,valid_to,successor,succession]，或中文列名：代码,名称,级别,上级,别名,启用日期,停用日期,后继代码,变更类型。代码 12 位；别名写成 old:旧名;natural:自然村。没有表头的公开名录（adyliu、njzjz、Vonng）也能读。可以一次给多个文件或文件夹。",
            "Columns: code,name[,level,parent,aliases,valid_from,valid_to,successor,succession]. Codes have 12 digits; aliases as old:NAME;natural:NAME. Public lists without a header (adyliu, njzjz, Vonng) are read too. Several files or folders may be given."
        ))

    @Argument(
        help: ArgumentHelp(say("文件或文件夹", "files or folders"), valueName: "path"),
        completion: .file(extensions: ["csv", "xlsx"]))
    var file: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            say("代码属于哪一套：nbs 统计用、mca 民政、local 本地", "whose codes they are: nbs, mca or local")))
    var scheme: CodeScheme = .nbs

    @OptionGroup var data: DataOptions

    func run() throws {
        let store = try CaseStore(opening: data.folder)
        var failed = 0
        let files = GazetteerImporting.files(file)
        if files.isEmpty {
            Console.complain(
                say("文件夹里没有 CSV 或 XLSX 表格。请检查路径。", "The folder holds no CSV or XLSX table. Check the path."))
            throw ExitCode(2)
        }
        for path in files {
            failed += try GazetteerImporting.run(path, into: store, scheme: scheme)
        }
        if failed > 0 { throw ExitCode(1) }
    }
}

/// Reads tables of places.
enum GazetteerImporting {
    /// The tables in files and folders, in order.
    static func files(_ paths: [String]) -> [String] {
        paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [path]
            }
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
            return names.filter { $0.lowercased().hasSuffix(".csv") || $0.lowercased().hasSuffix(".xlsx") }.sorted().map
            {
                path + "/" + $0
            }
        }
    }

    /// What a table says; its rows' problems are told.
    static func contents(_ file: String) throws -> GazetteerTable.Contents {
        let rows = try TableFile.rows(of: file)
        let contents: GazetteerTable.Contents
        if let table = GazetteerTable(header: rows.first?.fields ?? []) {
            contents = table.contents(rows.dropFirst())
        } else if let table = GazetteerTable(headless: rows.prefix(20).map(\.fields)) {
            contents = table.contents(rows)
        } else {
            Console.complain(
                say(
                    "\(file)：第一行要有列名，至少 code,name（或 代码,名称）。",
                    "\(file): the first line must name the columns, at least code,name."))
            throw ExitCode(2)
        }
        for problem in contents.problems.prefix(20) { Console.tell(problem.explanation(file: file, in: language)) }
        let more = contents.problems.count - 20
        if more > 0 { Console.tell(say("另有 \(more) 行有误。", "\(more) more rows are wrong.")) }
        return contents
    }

    /// - Returns: the number of rows that could not be used.
    @discardableResult
    static func run(_ file: String, into store: CaseStore, scheme: CodeScheme = .nbs) throws -> Int {
        let contents = try contents(file)
        let counts = try store.mergePlaces(
            contents.entries, successions: contents.successions, foreign: contents.foreign, scheme: scheme)
        Console.tell(
            say(
                "村名表：新增 \(counts.added)，改动 \(counts.changed)，未变 \(counts.unchanged)，有误 \(contents.problems.count)。",
                "Gazetteer: \(counts.added) added, \(counts.changed) changed, \(counts.unchanged) unchanged, \(contents.problems.count) wrong."
            ))
        return contents.problems.count
    }
}

/// `minsheng gazetteer compare`.
struct CompareEditions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: say("比较两版村名表，列出变动；经人确认后写入", "Compares two editions; writes the difference once a person confirms it"),
        discussion: say(
            "名录不写明谁并入了谁：撤销的村没有后继，须由人在村名表的 successor 列补上。",
            "No list says who absorbed whom: a village that was removed has no successor until a person writes it into the column successor."
        ))

    @Argument(help: ArgumentHelp(say("旧版", "the old edition")), completion: .file())
    var old: String
    @Argument(help: ArgumentHelp(say("新版", "the new edition")), completion: .file())
    var new: String
    @Option(name: .long, help: ArgumentHelp(say("新版生效日 YYYY-MM-DD", "the first day of the new edition, YYYY-MM-DD")))
    var on: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("确认人：看过变动后写入村名表", "who has read the difference: writes it into the gazetteer"), valueName: "name"))
    var confirmedBy: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        if let on, !Day.isValid(on) { throw ValidationError(say("--on 要写 YYYY-MM-DD", "--on must be YYYY-MM-DD")) }
        if confirmedBy != nil, on == nil {
            throw ValidationError(
                say("确认时要用 --on 写明新版生效日", "to confirm, say with --on from when the new edition holds"))
        }
    }

    func run() throws {
        let before = try GazetteerImporting.contents(old)
        let after = try GazetteerImporting.contents(new)
        let difference = EditionDifference(old: before.entries, new: after.entries)
        for change in difference.changes {
            if output.json {
                let value: JSONValue = [
                    "change": .string(change.kind.rawValue), "newCode": .optional(change.new?.code),
                    "newName": .optional(change.new?.name), "oldCode": .optional(change.old?.code),
                    "oldName": .optional(change.old?.name),
                ]
                Console.write(value.line)
            } else {
                let places = [change.old, change.new].map { $0.map { "\($0.code) \($0.name)" } ?? "—" }
                Console.print(Console.safe(Self.word(change.kind) + "  " + places.joined(separator: "  →  ")))
            }
        }
        let counts = EditionDifference.Change.Kind.allCases.map { kind in
            Self.word(kind) + " \(difference.changes.count { $0.kind == kind })"
        }
        Console.tell(
            say("未变 \(difference.unchanged)，", "\(difference.unchanged) unchanged, ")
                + counts.joined(separator: say("，", ", ")))
        guard let confirmedBy, let on else {
            if !difference.changes.isEmpty {
                Console.tell(
                    say(
                        "没有写入。看过以后用 --on 生效日 --confirmed-by 姓名 写入。",
                        "Nothing was written. When you have read it, add --on DAY --confirmed-by NAME."))
            }
            return
        }
        let (entries, successions) = difference.dated(from: on, last: Self.dayBefore(on))
        let counted = try CaseStore(opening: data.folder).mergePlaces(
            entries, successions: successions, foreign: [], scheme: .nbs)
        Console.tell(
            say(
                "已由 \(confirmedBy) 确认并写入：新增 \(counted.added)，改动 \(counted.changed)。",
                "Confirmed by \(confirmedBy) and written: \(counted.added) added, \(counted.changed) changed."))
    }

    private static func word(_ kind: EditionDifference.Change.Kind) -> String {
        switch kind {
        case .added: say("新增", "added")
        case .removed: say("撤销", "removed")
        case .renamed: say("更名", "renamed")
        case .recoded: say("换码", "recoded")
        case .reparented: say("划转", "reparented")
        }
    }

    private static func dayBefore(_ day: String) -> String {
        Day.text(Int((Moment.seconds(day) ?? 0) / 86_400) - 1)
    }
}

/// `minsheng gazetteer list`.
struct ListPlaces: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: say("列出村名表", "Lists the gazetteer"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        for place in try CaseStore(opening: data.folder).places() {
            if output.json {
                let value: JSONValue = [
                    "aliases": .array(
                        place.aliases.map { ["kind": .string($0.kind.rawValue), "text": .string($0.text)] }),
                    "code": .string(place.code), "level": .string(place.level.rawValue), "name": .string(place.name),
                    "parent": .optional(place.parent), "successor": .optional(place.successor),
                    "validFrom": .optional(place.validFrom), "validTo": .optional(place.validTo),
                ]
                Console.write(value.line)
            } else {
                let aliases = place.aliases.map(\.text).joined(separator: "、")
                Console.print(
                    Console.safe(
                        place.code + "  " + place.level.rawValue + "  " + place.name
                            + (aliases.isEmpty ? "" : "  (\(aliases))")
                            + (place.successor.map { "  → " + $0 } ?? "")))
            }
        }
    }
}

/// `minsheng gazetteer home`.
struct SetHome: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "home",
        abstract: say("写明一个群在某段时间属于哪个村", "Says to which village a group belonged during some time"))

    @Argument(help: ArgumentHelp(say("群编号", "the group's id")))
    var group: String
    @Argument(help: ArgumentHelp(say("村（或乡镇）代码", "the code of the village or township")))
    var village: String
    @Option(name: .long, help: ArgumentHelp(say("起始日", "the first day"), valueName: "day"))
    var from: String?
    @Option(name: .long, help: ArgumentHelp(say("截止日", "the last day"), valueName: "day"))
    var to: String?
    @Option(name: .long, help: ArgumentHelp(say("确认人", "who confirms it"), valueName: "name"))
    var by: String

    @OptionGroup var data: DataOptions

    func validate() throws {
        for day in [from, to].compactMap(\.self) where !Day.isValid(day) {
            throw ValidationError(say("日期要写 YYYY-MM-DD", "days must be YYYY-MM-DD"))
        }
    }

    func run() throws {
        try CaseStore(opening: data.folder).setHome(
            GroupHome(group: group, place: village, validFrom: from, validTo: to, confirmedBy: by))
    }
}
