import ArgumentParser
import Lexicons
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon diff`.
struct LexiconDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: say("比较两个词库：增删的词、改动的规则", "Compares two lexicons: words added and dropped, rules changed"),
        discussion: say(
            "OLD 和 NEW 是词库目录，或数据目录里的版本号；NEW 不写则用 --lexicons 指的。",
            "OLD and NEW are folders of lexicons, or versions in the data folder; without NEW it is the one of --lexicons."
        ))

    @Argument(help: ArgumentHelp(say("旧版", "the old version"), valueName: "old"), completion: .directory)
    var old: String

    @Argument(help: ArgumentHelp(say("新版", "the new version"), valueName: "new"), completion: .directory)
    var new: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    /// The first twelve digits of the SHA-256 of a folder's model; nil where there is none.
    private static func modelDigest(in folder: String) -> String? {
        var digests = FileDigest()
        return digests.digest(of: folder + "/model.bin").map { String($0.digest.prefix(12)) }
    }

    func run() throws {
        let before = try LexiconVersionFolder.find(old, data: data) ?? old
        let after = try LexiconVersionFolder.find(new ?? lexicon.lexicons, data: data) ?? LoadedLexicons.shipped
        let report = DifferenceReport(
            LexiconDifference(
                from: try LexiconFile.files(in: before), to: try LexiconFile.files(in: after),
                models: (Self.modelDigest(in: before), Self.modelDigest(in: after))))
        if json.json {
            for row in report.rows { Console.write(row.line) }
        } else {
            for line in report.lines { Console.print(Console.safe(line)) }
        }
    }
}
