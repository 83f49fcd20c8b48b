import ArgumentParser
import CaseStore
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon stats`.
struct LexiconStats: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: say(
            "各规则的战绩：命中、确认、驳回的理由、查准率及区间、走势", "How rules fared: hits, verdicts, precision with its interval, trend"),
        discussion: say(
            "按数据目录里的线索统计，不看文字；文字已抹去的也算。--as 受理人、审批人、词库员或统计人。区间为 95 % 威尔逊区间。--dead 只列从未命中的规则和总是一起命中的规则。",
            "Of the flags in the data folder, without their words. --as: intake, supervisor, lexicon keeper or analyst. Intervals: Wilson, 95 %. --dead lists rules that never fired, or only together."
        ))

    @Flag(name: .long, help: ArgumentHelp(say("只列没用的规则", "only rules that are of no use")))
    var dead = false

    @OptionGroup var desk: DeskOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let opened = try desk.desk()
        let lexicons = try LoadedLexicons(at: lexicon.lexicons ?? opened.store.configuration.lexicons)
        let statistics = RuleStatistics(try opened.flagOutcomes(), lexicon: lexicons.lexicon)
        for line in statistics.lines where dead ? line.isDead || line.firesOnlyTogether : line.hits != 0 {
            if json.json { Console.write(Self.json(line).line) } else { Console.print(Console.safe(Self.text(line))) }
        }
        let unused = statistics.lines.count(where: \.isDead)
        if statistics.lines.contains(where: \.isUntold) {
            Console.tell(
                say(
                    "检举控告类线索不计在内；1 到 4 的数不报（JSON 里为 null）。",
                    "Flags of reports are not counted; numbers from one to four are not told (null in JSON)."))
        }
        Console.tell(
            say(
                "线索 \(statistics.flags) 条；从未命中的规则 \(unused) 条（--dead 列出）。",
                "\(statistics.flags) flags; \(unused) rules never fired (--dead lists them)."))
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// A count, where it is told.
    private static func number(_ count: Int?) -> String { count.map(String.init) ?? say("不足 5", "under 5") }

    private static func text(_ line: RuleStatistics.Line) -> String {
        if line.isDead { return "\(line.rule)  " + say("从未命中", "never fired") }
        var parts = [
            line.rule, say("命中 \(number(line.hits))", "\(number(line.hits)) hits"),
            say("确认 \(number(line.confirmed))", "\(number(line.confirmed)) confirmed"),
        ]
        let reasons = line.dismissed.sorted { $0.key < $1.key }.map { "\($0.key) \(number($0.value))" }
            .joined(separator: " ")
        parts.append(
            say("驳回 \(number(line.dismissedCount))", "\(number(line.dismissedCount)) dismissed")
                + (reasons.isEmpty ? "" : "（\(reasons)）"))
        if let share = line.share { parts.append(say("查准率约 ", "precision some ") + share.text) }
        if let value = line.precision.value, let interval = line.precision.interval {
            parts.append(
                say("查准率 ", "precision ")
                    + "\(percent(value))（\(percent(interval.lowerBound))–\(percent(interval.upperBound))）")
        }
        let months = line.months.sorted { $0.key < $1.key }.suffix(6).map { "\($0.key) \(number($0.value))" }
            .joined(separator: " ")
        parts.append(say("走势 ", "by month ") + months)
        if let day = line.lastDay { parts.append(say("最近 ", "last ") + Day.text(day)) }
        if let other = line.companion, let hits = line.hits, other.together * 2 >= hits {
            parts.append(
                line.firesOnlyTogether
                    ? say("总与 \(other.rule) 一起", "only together with \(other.rule)")
                    : say("与 \(other.rule) 重叠 \(other.together)", "overlaps \(other.rule) \(other.together)"))
        }
        if !line.isInLexicon { parts.append(say("现词库里没有", "not in the lexicon")) }
        return parts.joined(separator: "  ")
    }

    private static func json(_ count: Int?) -> JSONValue { count.map { .int($0) } ?? .null }

    private static func json(_ line: RuleStatistics.Line) -> JSONValue {
        [
            "companion": line.companion.map { ["rule": .string($0.rule), "together": .int($0.together)] } ?? .null,
            "confirmed": json(line.confirmed), "dead": .bool(line.isDead),
            "dismissed": .array(
                line.dismissed.sorted { $0.key < $1.key }.map {
                    ["flags": json($0.value), "reason": .string($0.key)]
                }), "hits": json(line.hits),
            "inLexicon": .bool(line.isInLexicon), "last": .optional(line.lastDay.map { Day.text($0) }),
            "months": .array(
                line.months.sorted { $0.key < $1.key }.map { ["flags": json($0.value), "month": .string($0.key)] }),
            "onlyTogether": .bool(line.firesOnlyTogether),
            "precision": line.precision.value.map { .number($0) } ?? .null,
            "precisionHigh": line.precision.interval.map { .number($0.upperBound) } ?? .null,
            "precisionLow": line.precision.interval.map { .number($0.lowerBound) } ?? .null, "rule": .string(line.rule),
            "share": line.share.map { .number(Double($0.tenths) / 10) } ?? .null, "undecided": json(line.undecided),
        ]
    }
}

/// `minsheng lexicon suggest`.
struct LexiconSuggest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: say(
            "按审核结论建议：缺的词、误报的词、只差一个条件的规则、新写法",
            "Suggests from verdicts: words that are missing or raise false alarms, near-misses, spellings"),
        discussion: say(
            """
            缺的词：在确认的线索里比在其他线索里多得多、词库又没有的词和短语（对数似然 LL 和效应量 log₂ 比）。
            只读 --as 的人（受理人或审批人）有权看的线索。少于 3 条线索里出现的不列；号码、姓名、地名和固定分类不许的不列。例子只给还在待审的线索编号，用 flags show 查看。
            """,
            """
            Missing: words and phrases that are much more frequent in confirmed flags than in others (log-likelihood LL, and the effect as a binary
            log ratio), and not in the lexicon. What stands in fewer than three flags, numbers, names, places and what the taxonomy forbids is left
            out. Only flags are read that the person of --as (intake or supervisor) may read. Examples are numbers of flags that still wait; open them with flags show.
            """))

    @Option(name: .long, help: ArgumentHelp(say("每类最多列几条", "at most so many of each kind"), valueName: "n"))
    var most = 20

    @OptionGroup var desk: DeskOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        if most < 1 { throw ValidationError(say("--most 至少为 1", "--most must be at least 1")) }
    }

    func run() throws {
        let opened = try desk.desk()
        let lexicons = try LoadedLexicons(at: lexicon.lexicons ?? opened.store.configuration.lexicons)
        let analyser = TextAnalyser(try LexiconMatcher(lexicons.lexicon), model: lexicons.model)
        let suggestions = Suggestions(try VerdictReplay(opened).texts(), analyser: analyser, lexicon: lexicons.lexicon)
        if json.json { rows(suggestions) } else { lines(suggestions) }
        Console.tell(
            say(
                "读了确认的 \(suggestions.texts.confirmed) 条、其他 \(suggestions.texts.others) 条线索的文字；别的线索文字已抹去。",
                "Read the words of \(suggestions.texts.confirmed) confirmed and \(suggestions.texts.others) other flags; those of the rest are erased."
            ))
    }

    private func tenths(_ number: Double) -> String {
        let value = Int((abs(number) * 10).rounded())
        return (number < 0 ? "-" : "") + "\(value / 10).\(value % 10)"
    }

    private func line(_ phrase: Suggestions.Phrase, dismissed: Bool = false) -> String {
        let examples =
            phrase.examples.isEmpty
            ? "" : say("  例：", "  see ") + phrase.examples.map { "#\($0)" }.joined(separator: " ")
        return "  \(phrase.text)  \(phrase.topic.rawValue)  "
            + say(
                "确认 \(phrase.confirmed) \(dismissed ? "驳回" : "其他") \(phrase.others)",
                "\(phrase.confirmed) confirmed, \(phrase.others) \(dismissed ? "dismissed" : "others")")
            + "  LL \(tenths(phrase.logLikelihood))  log₂ \(tenths(phrase.logRatio))\(examples)"
    }

    private func lines(_ suggestions: Suggestions) {
        Console.print(say("缺的词：", "missing words:"))
        for phrase in suggestions.missing.prefix(most) { Console.print(Console.safe(line(phrase))) }
        Console.print(say("误报的词（考虑加条件或 unless）：", "words that raise false alarms (add a condition or unless):"))
        for phrase in suggestions.falseAlarms.prefix(most) {
            Console.print(Console.safe(line(phrase, dismissed: true)))
        }
        if suggestions.dismissed < Suggestions.fewest {
            Console.print(
                say(
                    "  驳回的线索文字多已抹去（还能读的 \(suggestions.dismissed) 条），看不出词；查准率低的规则见 lexicon stats。",
                    "  the words of dismissed flags are mostly erased (\(suggestions.dismissed) can be read); for rules that are often wrong see lexicon stats."
                ))
        }
        Console.print(say("只差一个条件的规则：", "rules one condition short:"))
        for near in suggestions.nearMisses.prefix(most) {
            let words = near.words.joined(separator: "、")
            let wanted = near.wanted.joined(separator: "、")
            let also =
                near.also.isEmpty
                ? "" : say("；另有 \(near.also.count) 条规则也是", "; so do \(near.also.count) other rules")
            Console.print(
                Console.safe(
                    say(
                        "  \(near.rule)  \(near.flags) 条没有第 \(near.condition) 个条件的词（\(wanted)），却多有：\(words)\(also)",
                        "  \(near.rule)  \(near.flags) flags lack condition \(near.condition) (\(wanted)), and rather have: \(words)\(also)"
                    )))
        }
        Console.print(say("新写法：", "spellings:"))
        for variant in suggestions.variants.prefix(most) {
            let kind = variant.kind == "sound" ? say("同音", "sounds like") : say("形近", "looks like")
            Console.print(Console.safe("  \(variant.text)  \(kind) \(variant.word)  \(variant.flags)"))
        }
        guard !suggestions.missing.isEmpty else { return }
        Console.print(
            say(
                "可粘贴到相应主题的 rules 下（分量低，只作佐证；请写好例句再用）：",
                "to paste under rules of the topic's file (weak at first; write the examples before use):"))
        for phrase in suggestions.missing.prefix(most) {
            for line in phrase.yaml.split(separator: "\n") { Console.print(String(line)) }
        }
    }

    private func rows(_ suggestions: Suggestions) {
        func row(_ phrase: Suggestions.Phrase, _ type: String) -> JSONValue {
            [
                "confirmed": .int(phrase.confirmed), "examples": .array(phrase.examples.map { .int($0) }),
                "logLikelihood": .number(phrase.logLikelihood), "logRatio": .number(phrase.logRatio),
                "others": .int(phrase.others),
                "text": .string(phrase.text), "topic": .string(phrase.topic.rawValue), "type": .string(type),
                "yaml": type == "missing" ? .string(phrase.yaml) : .null,
            ]
        }
        for phrase in suggestions.missing.prefix(most) { Console.write(row(phrase, "missing").line) }
        for phrase in suggestions.falseAlarms.prefix(most) { Console.write(row(phrase, "false-alarm").line) }
        for near in suggestions.nearMisses.prefix(most) {
            let value: JSONValue = [
                "also": .array(near.also.map { .string($0) }), "condition": .int(near.condition),
                "flags": .int(near.flags), "rule": .string(near.rule),
                "type": "near-miss", "wanted": .array(near.wanted.map { .string($0) }),
                "words": .array(near.words.map { .string($0) }),
            ]
            Console.write(value.line)
        }
        for variant in suggestions.variants.prefix(most) {
            let value: JSONValue = [
                "examples": .array(variant.examples.map { .int($0) }), "flags": .int(variant.flags),
                "kind": .string(variant.kind),
                "text": .string(variant.text), "type": "variant", "word": .string(variant.word),
            ]
            Console.write(value.line)
        }
    }
}
