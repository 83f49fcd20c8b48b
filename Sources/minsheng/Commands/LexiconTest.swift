import ArgumentParser
import CaseStore
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon test`.
struct LexiconTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: say("检验词库里的例句：该命中的命中，不该命中的不命中", "Checks the examples that stand beside the rules"),
        discussion: say(
            """
            不符的例句下面标出命中的词：数字是第几个条件，x 是取消它的词。
            --verdicts 再用审核结论检验：确认过、文字还在的线索应仍然标出；驳回待复核的应不再标出。只用 --as 的人有权看的，只报编号，不显示文字。
            退出码 1：有不符。
            """,
            """
            Under an example that fails stands what matched: the numbers are conditions, x is what cancelled.
            --verdicts replays reviewers' verdicts too: what was confirmed, while its words are kept, must still be flagged; what was
            dismissed and waits for its second reader must not. Only what the person of --as may read; numbers of flags only, no texts.
            Exit code 1: something fails.
            """))

    @Flag(name: .long, help: ArgumentHelp(say("也用数据目录里的审核结论检验", "replay the verdicts in the data folder too")))
    var verdicts = false

    @OptionGroup var desk: DeskOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let lexicons = try LoadedLexicons(at: lexicon.lexicons)
        let matcher = try LexiconMatcher(lexicons.lexicon)
        let failures = ExampleFailure.failures(of: lexicons.lexicon, matcher)
        let count = lexicons.lexicon.rules.reduce(0) { $0 + $1.matching.count + $1.missing.count }
        for failure in failures { report(failure) }
        Console.tell(
            say(
                "规则 \(lexicons.lexicon.rules.count) 条，例句 \(count) 句，不符 \(failures.count) 句。",
                "\(lexicons.lexicon.rules.count) rules, \(count) examples, \(failures.count) not as they should be."))
        let broken = verdicts ? try replay(lexicons, matcher) : 0
        if !failures.isEmpty || broken > 0 { throw ExitCode(1) }
    }

    private func report(_ failure: ExampleFailure) {
        if json.json {
            let value: JSONValue = [
                "conditions": .array(
                    failure.found.map { spans in
                        .array(spans.map { FlagOutput.hit(failure.text, Hit(rule: failure.rule, span: $0)) })
                    }),
                "file": .string(failure.origin.file), "line": .int(failure.origin.line),
                "obstacle": .optional(failure.obstacle?.key), "rule": .string(failure.rule),
                "shouldMatch": .bool(failure.shouldMatch), "text": .string(failure.text),
            ]
            Console.write(value.line)
            return
        }
        let what = failure.shouldMatch ? say("应命中而未命中", "does not match") : say("不应命中却命中", "matches")
        let why = failure.obstacle.map { say("：", ": ") + ObstacleText.line($0, in: failure.text) } ?? ""
        Console.print(Console.safe("\(failure.origin)  \(failure.rule)  \(what)\(why)"))
        for line in failure.marked.lines { Console.print("    " + Console.safe(line)) }
    }

    /// Replays verdicts; answers how many come out otherwise.
    private func replay(_ lexicons: LoadedLexicons, _ matcher: LexiconMatcher) throws -> Int {
        let analyser = TextAnalyser(matcher, model: lexicons.model)
        let results = try VerdictReplay(desk.desk()).results(analyser)
        for result in results where !result.passed {
            let should = result.verdict.shouldFlag
            if json.json {
                let value: JSONValue = [
                    "flag": .int(result.verdict.flag), "outcome": .string(result.verdict.outcome.rawValue),
                    "score": .number(result.score),
                    "shouldFlag": .bool(should),
                ]
                Console.write(value.line)
            } else {
                Console.print(
                    should
                        ? say(
                            "线索 \(result.verdict.flag)：已确认，现在标不出了",
                            "flag \(result.verdict.flag): confirmed, and not flagged any more")
                        : say(
                            "线索 \(result.verdict.flag)：已驳回，现在仍会标出",
                            "flag \(result.verdict.flag): dismissed, and still flagged"))
            }
        }
        let broken = results.count { !$0.passed }
        Console.tell(
            say(
                "审核结论 \(results.count) 条，不符 \(broken) 条。",
                "\(results.count) verdicts replayed, \(broken) come out otherwise."))
        return broken
    }
}
