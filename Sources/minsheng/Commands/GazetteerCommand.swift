import ArgumentParser
import CaseStore
import ChatExports
import Messages
import Villages

/// `minsheng gazetteer`.
struct GazetteerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gazetteer", abstract: say("村名表", "The gazetteer of villages"),
        subcommands: [ImportPlaces.self, ListPlaces.self])
}

/// `minsheng gazetteer import`.
struct ImportPlaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("导入村名表（CSV）", "Imports a table of villages (CSV)"),
        discussion: say(
            "列：code,name[,level,parent,aliases,valid_from,valid_to,successor]，或中文列名：代码,名称,级别,上级,别名,启用日期,停用日期,后继代码。代码 12 位；别名写成 old:旧名;natural:自然村。",
            "Columns: code,name[,level,parent,aliases,valid_from,valid_to,successor]. Codes have 12 digits; aliases as old:NAME;natural:NAME."
        ))

    @Argument(help: ArgumentHelp(say("CSV 文件", "the CSV file")), completion: .file(extensions: ["csv"]))
    var file: String

    @OptionGroup var data: DataOptions

    func run() throws {
        if try GazetteerImporting.run(file, into: CaseStore(opening: data.folder)) > 0 { throw ExitCode(1) }
    }
}

/// Reads a table of places into the store.
enum GazetteerImporting {
    /// - Returns: the number of rows that could not be used.
    static func run(_ file: String, into store: CaseStore) throws -> Int {
        let rows = try TableFile.rows(of: file)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            Console.complain(
                say(
                    "\(file)：第一行要有列名，至少 code,name（或 代码,名称）。",
                    "\(file): the first line must name the columns, at least code,name."))
            throw ExitCode(2)
        }
        let (entries, problems) = table.entries(rows.dropFirst())
        for problem in problems.prefix(20) { Console.tell(problem.explanation(file: file, in: language)) }
        if problems.count > 20 {
            Console.tell(say("另有 \(problems.count - 20) 行有误。", "\(problems.count - 20) more rows are wrong."))
        }
        let counts = try store.mergePlaces(entries)
        Console.tell(
            say(
                "村名表：新增 \(counts.added)，改动 \(counts.changed)，未变 \(counts.unchanged)，有误 \(problems.count)。",
                "Gazetteer: \(counts.added) added, \(counts.changed) changed, \(counts.unchanged) unchanged, \(problems.count) wrong."
            ))
        return problems.count
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
