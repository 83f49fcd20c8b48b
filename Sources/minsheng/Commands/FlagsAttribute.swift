import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages
import Pipeline
import Villages

/// `minsheng flags attribute`.
struct AttributeFlag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribute",
        abstract: say("更正一条线索归属的村，并教会依据的叫法", "Corrects the village of a flag, and teaches the name that decided"),
        discussion: say(
            "不写 --village 或 --pick 时只列出依据和候选村；--pick 1 取第一个候选村。--teach 的叫法先只在本群有效，第二个群也这样教时在全乡镇有效；同时改正还在等待的线索，并成为 gazetteer test 重放的用例。",
            "Without --village or --pick it prints the evidence and the candidates; --pick 1 takes the first of them. What --teach says counts in this group; when a second group teaches the same, in the township. Waiting flags are put right too, and gazetteer test replays it."
        ))

    @Argument(help: ArgumentHelp(say("编号", "the flag's number")))
    var id: Int
    @Option(name: .long, help: ArgumentHelp(say("正确的村代码", "the code of the right village"), valueName: "code"))
    var village: String?
    @Option(name: .long, help: ArgumentHelp(say("取第几个候选村", "take the candidate of this number"), valueName: "number"))
    var pick: Int?
    @Option(name: .long, help: ArgumentHelp(say("更正人", "who corrects it"), valueName: "name"))
    var by: String?
    @Option(name: .long, help: ArgumentHelp(say("文中的叫法", "the name in the text"), valueName: "words"))
    var teach: String?

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        if village != nil, pick != nil {
            throw ValidationError(say("--village 和 --pick 只用一个", "use --village or --pick, not both"))
        }
        if village != nil || pick != nil, by?.isEmpty ?? true {
            throw ValidationError(say("更正要写明更正人：--by 姓名", "say who corrects it: --by NAME"))
        }
        if teach != nil, village == nil, pick == nil {
            throw ValidationError(
                say("--teach 要和 --village 或 --pick 一起用", "--teach needs --village or --pick"))
        }
    }

    func run() throws {
        // The wall stands here too: a flag that the person may not read is not there.
        let opened = try desk.desk()
        let store = opened.store
        let record = try opened.flag(id)
        let names = try store.placeNames(of: record.placing.candidates)
        let choices = record.placing.candidates.filter { names[$0] != nil }
        guard let by, village != nil || pick != nil else {
            let resolver = try PlaceFinder.resolver(of: store)
            let resolution = try TaughtReplay(store).resolution(of: record, resolver)
            if output.json {
                var object = Explanation(resolution, record.content?.text ?? "", resolver).json
                object["choices"] = .array(
                    choices.map { ["code": .string($0), "name": .string(names[$0] ?? "")] })
                object["flag"] = .int(id)
                return Console.write(JSONValue.object(object).line)
            }
            Console.print(Console.safe(Explanation(resolution, record.content?.text ?? "", resolver).line))
            for (number, code) in choices.enumerated() {
                Console.print(Console.safe("  \(number + 1)  \(code)  \(names[code] ?? "")"))
            }
            return
        }
        if let pick, !choices.indices.contains(pick - 1) {
            Console.complain(
                say(
                    "线索 \(id) 有 \(choices.count) 个候选村，没有第 \(pick) 个。请用 --village 写代码。",
                    "flag \(id) has \(choices.count) candidates, none of number \(pick). Name the code with --village.")
            )
            throw ExitCode(2)
        }
        let village = village ?? choices[(pick ?? 1) - 1]
        if let teach, !(record.content?.text.contains(teach) ?? false) || teach.count < 2 {
            Console.complain(
                say(
                    "--teach 的叫法不在线索 \(id) 的文字里，或不足两个字。请照原文写。",
                    "the words of --teach are not in the text of flag \(id), or shorter than two characters. Write them as they stand there."
                ))
            throw ExitCode(2)
        }
        let seconds = Int64(Date().timeIntervalSince1970)
        let today = Day.text(Int((seconds + 28_800) / 86_400))
        let taught = try store.correct(
            FlagCorrection(
                flag: id, village: village, by: by, on: today, seconds: seconds, teaching: teach,
                version: record.summary.version, actor: desk.person ?? 0))
        Console.tell(say("线索 \(id) 现在归 \(village)。", "Flag \(id) belongs to \(village) now."))
        let isWide = if case .township = taught?.scope { true } else { false }
        let moved = try taught.map { try TaughtReplay(store).apply($0, on: today, seconds: seconds) } ?? []
        if output.json {
            let line: JSONValue = [
                "flag": .int(id), "moved": .int(moved.count),
                "taught": taught.map {
                    ["scope": .string(isWide ? "township" : "group"), "text": .string($0.text)]
                } ?? .null, "village": .string(village),
            ]
            Console.write(line.line)
        }
        guard let taught else { return }
        Console.tell(
            say("已教会“\(taught.text)”，", "Taught '\(taught.text)', ")
                + (isWide ? say("在全乡镇有效", "it counts in the township") : say("在本群有效", "it counts in this group"))
                + say("；另有 \(moved.count) 条等待的线索随之改正。", "; \(moved.count) more waiting flags were put right."))
        if try TaughtReplay(store).results().contains(where: { !$0.passed }) {
            Console.tell(
                say(
                    "有更正不再成立，请运行 minsheng gazetteer test",
                    "Some correction no longer holds: run minsheng gazetteer test"))
            throw ExitCode(1)
        }
    }
}
