import ArgumentParser
import CaseStore
import Foundation
import Lexicons
import Messages
import Pipeline
import Villages
import Workbench

/// `minsheng lexicon lint`.
struct LexiconLint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: say(
            "检查词库：写法、重复、永不命中、失控的正则、缺例句、超出固定分类",
            "Checks the lexicon files: form, duplicates, dead rules, runaway patterns, forbidden subjects"),
        discussion: say(
            """
            每条一行：文件:行:列: 轻重：说明 [代码]。错误和警告使退出码为 1；提示要加 --hints 才列出。
            放行：在该行上方或行末写“# lint: allow L205 理由”，写在文件开头则管整个文件；或写进词库目录的 lint.allow。错误不能放行。
            有数据目录时，地名库里的村名也会查。
            """,
            """
            One line each: file:line:column: level: what [code]. Errors and warnings make the exit code 1; --hints lists hints too.
            To accept one, write "# lint: allow L205 why" above or behind the line, at the head of a file for all of it, or into
            lint.allow in the folder. Errors cannot be accepted. Where there is a data folder, its gazetteer's names are looked for too.
            """))

    @Flag(name: .long, help: ArgumentHelp(say("能机械改正的直接改正", "mend what is mechanical")))
    var fix = false

    @Flag(name: .long, help: ArgumentHelp(say("提示也列出", "list hints too")))
    var hints = false

    @Flag(name: .long, help: ArgumentHelp(say("已放行的也列出", "list what was accepted too")))
    var accepted = false

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        if fix, lexicon.lexicons == nil {
            throw ValidationError(say("--fix 要用 --lexicons 说明改哪个目录", "--fix needs --lexicons: the folder to mend"))
        }
    }

    func run() throws {
        let place = try PlaceFinder(folder: data.data, isNeeded: false)
        let folder = lexicon.lexicons ?? place?.store.configuration.lexicons ?? LoadedLexicons.shipped
        var linter = try Linter(folder: folder, placeNames: place?.words ?? [])
        if fix { linter = try mended(linter, place?.words ?? [], folder) }
        let all = linter.findings()
        let open = all.filter { $0.suppression == nil }
        for finding in all where finding.suppression == nil || accepted {
            guard hints || finding.code.level != .hint || finding.suppression != nil else { continue }
            if json.json { Console.write(finding.json.line) } else { Console.print(Console.safe(finding.editorLine)) }
        }
        func count(_ level: LintCode.Level) -> Int { open.count { $0.code.level == level } }
        let suppressed = all.count - open.count
        Console.tell(
            say(
                "文件 \(linter.files.count) 个：错误 \(count(.error))，警告 \(count(.warning))，提示 \(count(.hint))，已放行 \(suppressed)。",
                "\(linter.files.count) files: \(count(.error)) errors, \(count(.warning)) warnings, \(count(.hint)) hints, \(suppressed) accepted."
            ))
        let fixable = open.count { $0.isFixable && $0.code.level != .hint }
        if fixable > 0, !fix {
            Console.tell(say("其中 \(fixable) 处可用 --fix 改正。", "\(fixable) of them can be mended with --fix."))
        }
        if open.contains(where: { $0.code.level != .hint }) { throw ExitCode(1) }
    }

    private func mended(_ linter: Linter, _ names: [String], _ folder: String) throws -> Linter {
        let (files, count) = linter.fixed()
        for (old, new) in zip(linter.files, files) where old.text != new.text {
            do {
                try Data(new.text.utf8).write(to: URL(fileURLWithPath: new.path), options: .atomic)
            } catch {
                Console.complain(
                    say(
                        "\(new.path)：写不进去。请检查文件和目录的写权限、磁盘空间",
                        "\(new.path): cannot be written. Check its rights and the disk's room"
                    ))
                throw ExitCode(2)
            }
            Console.tell(say("已改正 \(new.path)", "mended \(new.path)"))
        }
        Console.tell(say("共改正 \(count) 处。", "\(count) mended."))
        return try Linter(folder: folder, placeNames: names)
    }
}
