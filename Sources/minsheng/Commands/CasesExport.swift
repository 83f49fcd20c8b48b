import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// `minsheng cases export`.
struct ExportCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: say("导出您能看的件：CSV 或 Open311，记下给谁、为何", "Exports the cases that you may see, and logs for whom and why"))

    @Option(name: .long, help: ArgumentHelp(say("格式", "form")))
    var form = CaseExport.Form.csv
    @Option(name: .long, help: ArgumentHelp(say("给谁", "who gets it"), valueName: "words"))
    var recipient: String
    @Option(name: .long, help: ArgumentHelp(say("为何", "what for"), valueName: "words"))
    var purpose: String
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
            CaseExport(form: form, recipient: recipient, purpose: purpose, query: query))
        guard let out else { return Console.write(bytes) }
        try PacketFile.write(bytes, to: out)
    }
}
