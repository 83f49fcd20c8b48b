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
            "导出您能看的件：XLSX、CSV 或 Open311，记下给谁、为何", "Exports the cases that you may see, and logs for whom and why"),
        discussion: say(
            "加 --json 时，文件写到 --out 指明处，标准输出是一行：格式、文件、字节数和 SHA-256（与 cases exports 里的相同）。",
            "With --json the file goes to --out, and standard output says form, file, bytes and SHA-256, as in cases exports."
        ))

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
    @OptionGroup var output: JSONOption

    func validate() throws {
        if output.json, out == nil {
            throw ValidationError(
                say("--json 要和 --out 一起用：标准输出留给那一行", "--json needs --out: standard output is for its line"))
        }
    }

    func run() throws {
        let form = form ?? Self.form(of: out)
        var query = CaseQuery()
        query.view = view
        query.area = village
        query.limit = .max
        let bytes = try desk.desk().export(
            CaseExport(form: form, recipient: whom.recipient, purpose: whom.purpose, query: query)
        )
        guard let out else { return Console.write(bytes) }
        try PacketFile.write(bytes, to: out)
        guard output.json else { return }
        let line: JSONValue = [
            "bytes": .int(bytes.count), "file": .string(out), "form": .string(form.rawValue),
            "sha256": .string(CaseExport.digest(of: bytes)),
        ]
        Console.write(line.line)
    }

    private static func form(of file: String?) -> CaseExport.Form {
        switch file.map({ ($0 as NSString).pathExtension.lowercased() }) {
        case "xlsx": .xlsx
        case "json": .open311
        default: .csv
        }
    }
}
