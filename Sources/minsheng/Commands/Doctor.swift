import ArgumentParser
import CaseStore
import ChineseText
import Lexicons
import Messages
import Pipeline

/// `minsheng doctor`.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: say("检查数据目录、词库和运行环境", "Checks the data folder, the lexicons and the machine"))

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let store = try CaseStore(opening: data.folder)
        var failed = false
        for check in try store.checks() {
            failed = failed || !check.passed
            write(check.name, check.passed, check.value, check.remedy(in: language))
        }
        let installation = try Installation(folder: data.folder, lexicons: lexicon.lexicons)
        let lexicons = installation.lexicons
        write(
            "lexicons", true,
            "\(lexicons.lexicon.rules.count) " + say("条规则，版本 ", "rules, version ")
                + String(lexicons.version.prefix(12)), nil)
        let broken = LexiconExamples.failures(of: lexicons.lexicon, matcher: installation.analyser.matcher)
        failed = failed || !broken.isEmpty
        write(
            "lexicon-examples", broken.isEmpty, "\(broken.count)",
            broken.first.map { say("例句不符，先看 ", "An example fails, first ") + $0.description })
        write("icu", true, TextNormalizer.libraryVersion, nil)
        let places = Set(try store.places().map(\.code))
        let homeless = installation.groups.filter { !places.contains($0.village) }
        failed = failed || !homeless.isEmpty
        write(
            "groups", homeless.isEmpty, "\(installation.groups.count)",
            homeless.isEmpty
                ? nil
                : say(
                    "\(homeless.count) 个群的村代码不在村名表里，请导入村名表",
                    "\(homeless.count) groups have a village that is not in the gazetteer; import it"))
        if failed { throw ExitCode(1) }
    }

    private func write(_ name: String, _ passed: Bool, _ value: String, _ remedy: String?) {
        if output.json {
            let line: JSONValue = [
                "check": .string(name), "passed": .bool(passed), "remedy": .optional(passed ? nil : remedy),
                "value": .string(value),
            ]
            Console.write(line.line)
        } else {
            Console.print((passed ? "✓ " : "✗ ") + name + "  " + value + (passed ? "" : "  " + (remedy ?? "")))
        }
    }
}
