import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// `minsheng calendar`.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: say("工作日历（放假调休）", "The calendar of working days"),
        subcommands: [ListCalendar.self, ImportCalendar.self])
}

/// `minsheng calendar list`.
struct ListCalendar: Listing {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出放假和调休的日子", "Lists holidays and make-up days"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [WorkCalendar.Entry] { try desk.desk().calendar().entries }

    static func json(_ entry: WorkCalendar.Entry) -> JSONValue {
        [
            "day": .string(entry.day.description), "kind": .string(entry.kind.rawValue),
            "source": .string(entry.source),
        ]
    }

    static func lines(_ entry: WorkCalendar.Entry) -> [String] {
        ["\(entry.day)  \(entry.kind.rawValue)  \(entry.source)"]
    }
}

/// `minsheng calendar import`.
struct ImportCalendar: Doing {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("导入工作日历", "Imports a calendar file"))

    @Argument(help: ArgumentHelp(say("日历文件（day,kind,source）", "calendar file (day,kind,source)")), completion: .file())
    var file: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        guard let data = FileManager.default.contents(atPath: file) else { throw DeskError(.file(file)) }
        let calendar = try WorkCalendar(csv: String(decoding: data, as: UTF8.self), file: file)
        try desk.desk().importCalendar(calendar)
        Console.tell(say("已导入 \(calendar.entries.count) 行", "Imported \(calendar.entries.count) lines"))
    }
}
