import ArgumentParser
import CaseStore
import ChatExports
import Foundation
import Lexicons
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon export`.
struct LexiconExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: say("把词库写成 Excel 工作簿，每个主题一张表", "Writes the lexicons as a workbook, a sheet for each subject"))

    @Option(
        name: .long, help: ArgumentHelp(say("工作簿的文件名（.xlsx）", "the workbook's file name (.xlsx)"), valueName: "file"),
        completion: .file())
    var xlsx: String

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        guard xlsx.lowercased().hasSuffix(".xlsx") else {
            throw ValidationError(say("--xlsx 的文件名要以 .xlsx 结尾", "the file name of --xlsx must end in .xlsx"))
        }
    }

    func run() throws {
        // Somebody's edits may stand in it.
        guard !FileManager.default.fileExists(atPath: xlsx) else {
            Console.complain(
                say(
                    "\(xlsx)：已有这个文件，没有覆盖。请换个文件名，或先移走它",
                    "\(xlsx): is there already, and stays. Take another name, or move it away"))
            throw ExitCode(2)
        }
        let lexicons = try LoadedLexicons(at: LexiconVersionFolder.find(lexicon.lexicons, data: data))
        let files = try LexiconFile.files(in: lexicons.folder)
        try LexiconWorkbook.write(files, digest: lexicons.version, to: xlsx)
        if json.json {
            let value: JSONValue = [
                "file": .string(xlsx), "rules": .int(lexicons.lexicon.rules.count),
                "version": .string(lexicons.version),
            ]
            Console.write(value.line)
        }
        Console.tell(
            say(
                "已写入 \(xlsx)，规则 \(lexicons.lexicon.rules.count) 条。",
                "Wrote \(xlsx), \(lexicons.lexicon.rules.count) rules."))
    }
}

/// `minsheng lexicon import`.
struct LexiconImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: say(
            "读回改过的工作簿：先显示改动，--write 才写入", "Reads a changed workbook back: shows what changes, and writes with --write"),
        discussion: say(
            "没有改动的规则一个字节也不动，注释和顺序照旧。有错的格按“表!格”指出，什么也不写。退出码 1：有错的格，或改后的词库不能用。",
            "What did not change stays byte for byte, comments and order included. Faulty cells are named as sheet!cell, and nothing is written then. Exit code 1: faulty cells, or lexicons that could not be used."
        ))

    @Argument(help: ArgumentHelp(say("工作簿", "the workbook"), valueName: "file"), completion: .file())
    var file: String

    @Flag(name: .long, help: ArgumentHelp(say("写入词库目录", "write into the folder of lexicons")))
    var write = false

    @Flag(
        name: .long,
        help: ArgumentHelp(
            say("词库在导出工作簿以后变过，也写入", "write though the lexicons changed since the workbook was exported")))
    var overNewer = false

    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if write, lexicon.lexicons == nil {
            throw ValidationError(
                say("--write 要用 --lexicons 说明写到哪个目录", "--write needs --lexicons: the folder to write into"))
        }
    }

    func run() throws {
        let folder = lexicon.lexicons ?? LoadedLexicons.shipped
        let files = try LexiconFile.files(in: folder)
        let reading: LexiconWorkbook.Reading
        do throws(ExportError) {
            reading = try LexiconWorkbook.read(file, into: files, folder: folder)
        } catch {
            guard [.unknownTable, .unknownText, .empty].contains(error.reason) else { throw error }
            Console.complain(
                say(
                    "\(file)：不是 lexicon export 写出的工作簿（.xlsx）。请用它导出，改好后再读回",
                    "\(file): no workbook of lexicon export (.xlsx). Export one, change it, and read it back"))
            throw ExitCode(2)
        }
        if !reading.errors.isEmpty {
            let errors = reading.errors + reading.contentErrors()
            for error in errors { tell(error) }
            Console.tell(say("有 \(errors.count) 格有错，什么也没有写。", "\(errors.count) faulty cells; nothing was written."))
            throw ExitCode(1)
        }
        let report = DifferenceReport(LexiconDifference(from: files, to: reading.files))
        if json.json {
            for row in report.rows { Console.write(row.line) }
        } else {
            for line in report.lines { Console.print(Console.safe(line)) }
        }
        for sheet in reading.missingSheets {
            Console.tell(
                say("工作簿里没有 \(sheet) 表，这个文件不动。", "the workbook has no sheet \(sheet); the file stays as it is."))
        }
        try check(reading)
        try compareVersions(reading, folder)
        guard write else {
            if !reading.changed.isEmpty {
                Console.tell(
                    say(
                        "以上改动还没有写入。加 --write 写入 \(folder)。",
                        "Nothing was written yet. Add --write to write into \(folder)."))
            }
            return
        }
        for changed in reading.changed {
            try Data(changed.text.utf8).write(to: URL(fileURLWithPath: changed.path), options: .atomic)
            Console.tell(say("已写入 \(changed.path)", "wrote \(changed.path)"))
        }
    }

    /// Warns where the folder is no more what the workbook was written from, and then writes only when asked twice.
    private func compareVersions(_ reading: LexiconWorkbook.Reading, _ folder: String) throws {
        guard !reading.changed.isEmpty, let from = reading.version, let now = try? LoadedLexicons(at: folder).version,
            from != now
        else { return }
        Console.tell(
            say(
                "工作簿出自另一版词库（\(from.prefix(12))，现在是 \(now.prefix(12))）：以上改动里，别人后来改过的会被改回去。",
                "The workbook was written from another version (\(from.prefix(12)), now \(now.prefix(12))): among the above, what others changed since is undone."
            ))
        if write, !overNewer {
            Console.complain(
                say(
                    "什么也没有写。请重新 export 再改，或核对以上每一处后加 --over-newer。",
                    "Nothing was written. Export anew and change that, or look at each change above and add --over-newer."
                ))
            throw ExitCode(1)
        }
    }

    private func tell(_ error: CellError) {
        guard json.json else { return Console.print(Console.safe(error.explanation(in: language))) }
        let value: JSONValue = [
            "cell": .string(error.cell), "message": .string(language == .zh ? error.zh : error.en), "type": "error",
        ]
        Console.write(value.line)
    }

    /// Refuses what could not be loaded, or reaches beyond the closed taxonomy.
    private func check(_ reading: LexiconWorkbook.Reading) throws {
        let errors = Linter(files: reading.files).findings().filter { $0.code.level == .error }
        for error in errors {
            tell(reading.cellError(of: error) ?? CellError(cell: error.file, zh: error.zh, en: error.en))
        }
        if !errors.isEmpty {
            Console.tell(say("改后的词库有错，什么也没有写。", "The changed lexicons have errors; nothing was written."))
            throw ExitCode(1)
        }
    }
}
