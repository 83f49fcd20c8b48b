import ArgumentParser
import CaseStore
import ChatExports
import Foundation
import Messages

/// What a person says beside the files that are to be read.
struct ReadingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "文件属于哪个群（群编号）；文件里没有群名时必须写", "the id of the group that the files belong to; needed where they name none"),
            valueName: "id"))
    var group: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "表格的列或文本的写法，如 time=时间,sender=发言人,text=内容；按群记住",
                "columns of a table, such as time=Date,sender=Name,text=Words; kept for the group"), valueName: "map"))
    var map: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            say("文本里没有日期时，是哪一天（YYYY-MM-DD）", "the day of texts that say none (YYYY-MM-DD)"), valueName: "yyyy-mm-dd"))
    var day: String?

    func validate() throws {
        if let day, CalendarDay(day) == nil {
            throw ValidationError(say("--day 要写成 2026-03-02 这样的日期", "--day must be a day such as 2026-03-02"))
        }
        if let map {
            do throws(ColumnMapError) { _ = try ColumnMap(map) } catch {
                throw ValidationError(error.explanation(in: language))
            }
        }
    }

    /// The options for the readers; `groups` is the register, empty where there is none.
    func options(groups: [RegisteredGroup]) throws -> ExportOptions {
        var options = ExportOptions(now: Int64(Date().timeIntervalSince1970))
        options.assumedDay = day.flatMap { CalendarDay($0) }
        options.columnMap = try map.map { try ColumnMap($0) }
        if let group {
            let known = groups.first { $0.id == group }
            options.group = GroupIdentity(id: group, name: known?.name ?? "", platform: known?.platform ?? .wechat)
        }
        return options
    }
}
