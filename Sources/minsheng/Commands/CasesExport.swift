import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// `minsheng cases export`.
struct ExportCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: say(
            "导出您能看的件：XLSX、CSV 或 Open311，记下给谁、为何", "Exports the cases that you may see, and logs for whom and why"))

    @Option(
        name: .long, help: ArgumentHelp(say("格式（默认按文件名，否则 csv）", "form (default: by the file's name, else csv)")))
    var form: CaseExport.Form?
    @OptionGroup var whom: RecipientFields
    @Option(name: .long, help: ArgumentHelp(say("视图", "view")))
    var view = CaseQuery.View.open
    @Option(
        name: .long,
        help: ArgumentHelp(say("村、乡镇或县的代码，含下级", "code of a village, township or county"), valueName: "code"))
    var village: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(say("新文件（默认标准输出）", "a new file (default: standard output)"), valueName: "file"),
        completion: .file())
    var out: String?
    @OptionGroup var desk: DeskOptions

    func run() throws {
        var query = CaseQuery()
        query.view = view
        query.area = village
        query.limit = .max
        let bytes = try desk.desk().export(
            CaseExport(form: form ?? Self.form(of: out), recipient: whom.recipient, purpose: whom.purpose, query: query)
        )
        guard let out else { return Console.write(bytes) }
        try PacketFile.write(bytes, to: out)
    }

    private static func form(of file: String?) -> CaseExport.Form {
        switch file.map({ ($0 as NSString).pathExtension.lowercased() }) {
        case "xlsx": .xlsx
        case "json": .open311
        default: .csv
        }
    }
}
