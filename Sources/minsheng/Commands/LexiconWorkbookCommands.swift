import ArgumentParser
import CaseStore
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

    func run() throws {
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
        let reading = try LexiconWorkbook.read(file, into: files, folder: folder)
        for error in reading.errors {
            if json.json {
                let value: JSONValue = [
                    "cell": .string(error.cell), "message": .string(language == .zh ? error.zh : error.en),
                    "type": "error",
                ]
                Console.write(value.line)
            } else {
                Console.print(Console.safe(error.explanation(in: language)))
            }
        }
        if !reading.errors.isEmpty {
            Console.tell(
                say(
                    "有 \(reading.errors.count) 格有错，什么也没有写。",
                    "\(reading.errors.count) faulty cells; nothing was written."))
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

    /// Refuses what could not be loaded, or reaches beyond the closed taxonomy.
    private func check(_ reading: LexiconWorkbook.Reading) throws {
        let errors = Linter(files: reading.files).findings().filter { $0.code.level == .error }
        for error in errors {
            Console.complain(reading.cellError(of: error)?.explanation(in: language) ?? error.editorLine)
        }
        if !errors.isEmpty {
            Console.tell(say("改后的词库有错，什么也没有写。", "The changed lexicons have errors; nothing was written."))
            throw ExitCode(1)
        }
    }
}
