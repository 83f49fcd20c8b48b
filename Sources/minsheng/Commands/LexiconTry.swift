import ArgumentParser
import CaseStore
import ChatExports
import Lexicons
import Matching
import Messages
import Pipeline
import Villages
import Workbench

/// `minsheng lexicon try`.
struct LexiconTry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: say("试一句话：逐步说明怎么判断的", "Tries a text: what is done with it, stage by stage"),
        discussion: say(
            "规范形、分词、词库里的词、规则（命中的和只差一点的）、削弱它的词、各主题分数、模型的一份、结论、归属村。不保存。",
            "Normal form, words, the lexicon's words, rules that fired or nearly did, what stopped them, scores, the model's part, verdict, village. Nothing is stored."
        ))

    @Argument(help: ArgumentHelp(say("要试的话；- 为标准输入", "the text; - is standard input"), valueName: "text"))
    var text: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            say("在哪个群里说的（编号或名称），用来归属到村", "the group that it is said in (id or name)"), valueName: "group"))
    var group: String?

    @Flag(name: .long, help: ArgumentHelp(say("只用规则，不用模型", "rules only, without the model")))
    var rulesOnly = false

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption

    /// Bytes of a text that a person still reads stage by stage: some five thousand characters.
    private static let longest = 16_384

    func run() throws {
        let place = try PlaceFinder(folder: data.data, isNeeded: false)
        let lexicons = try LoadedLexicons(at: lexicon.lexicons ?? place?.store.configuration.lexicons)
        let analyser = TextAnalyser(
            try LexiconMatcher(lexicons.lexicon, names: place?.words ?? []), model: rulesOnly ? nil : lexicons.model)
        var typed = text
        if text == "-" {
            var lines: [String] = []
            while let line = readLine() { lines.append(line) }
            typed = lines.joined(separator: "\n")
        }
        guard typed.utf8.count <= Self.longest else {
            throw ValidationError(
                say(
                    "这段话太长（\(typed.utf8.count) 字节，最多 \(Self.longest)）。try 一次看一条消息；整份导出请用 lexicon backtest",
                    "the text is too long (\(typed.utf8.count) bytes, at most \(Self.longest)). try looks at one message; for exports use lexicon backtest"
                ))
        }
        let trial = TextTrial(typed, analyser: analyser, lexicon: lexicons.lexicon)
        let request: JSONValue = ["group": .optional(group), "text": .string(typed)]
        let village = request.line.withUnsafeBufferPointer { TextRequest($0) }.flatMap { place?.attribution(of: $0) }
        let report = TrialReport(trial, village: village, names: lexicons.lexicon.taxonomy)
        if json.json {
            Console.write(report.json.line)
        } else {
            for line in report.lines { Console.print(Console.safe(line)) }
        }
    }
}

/// A trial for a person and for a program.
struct TrialReport {
    let trial: TextTrial
    let village: Attribution?
    let names: Taxonomy

    init(_ trial: TextTrial, village: Attribution?, names: Taxonomy) {
        self.trial = trial
        self.village = village
        self.names = names
    }

    // MARK: For a person

    var lines: [String] {
        var lines: [String] = []
        func add(_ zh: String, _ en: String, _ text: String) { lines.append(say(zh + "　", en + ": ") + text) }
        add("原文", "text", oneLine(trial.text))
        add("规范形", "normal form", oneLine(trial.normal))
        for change in trial.changes {
            let to = change.to.isEmpty ? say("略去", "dropped") : "「\(oneLine(change.to))」"
            lines.append("  「\(oneLine(change.from))」@\(scalars(change.span)) → \(to)")
        }
        add("分词", "words", trial.words.map(oneLine).joined(separator: " | "))
        add("词库里的词", "the lexicon's words", trial.hits.isEmpty ? say("无", "none") : "")
        for hit in trial.hits { lines.append("  「\(slice(hit.span))」@\(scalars(hit.span))") }
        lines += ruleLines
        add("各主题分数（规则）", "scores by topic (rules)", trial.topics.isEmpty ? say("无", "none") : "")
        for (topic, score) in trial.topics {
            lines.append("  \(names.name(of: topic, in: language)) (\(topic.rawValue)) \(two(score))")
        }
        lines += modelLines
        lines.append(say("结论　", "verdict: ") + verdictLine)
        for hit in trial.verdict.evidence { lines.append("  「\(slice(hit.span))」 \(hit.rule)") }
        if let village {
            lines.append(
                say("归属村　", "village: ")
                    + "\(village.name) \(village.code)（\(FlagOutput.basis(village.basis))，\(two(village.confidence))）")
        } else {
            lines.append(
                say(
                    "归属村　未归属（没有数据目录、没有指明群，或话里没有地名）",
                    "village: none (no data folder, no group named, or no place in the text)"))
        }
        return lines
    }

    private var ruleLines: [String] {
        var lines = [say("规则　", "rules: ") + (trial.rules.isEmpty ? say("没有规则的词凑齐", "no rule has all its words") : "")]
        for rule in trial.rules {
            let words = rule.spans.map { "「\(slice($0))」" }.joined(separator: " ")
            if rule.fired {
                lines.append("  ✓ \(rule.id)  \(effect(rule))  \(words)")
            } else {
                lines.append("  ✗ \(rule.id)  \(words)  \(rule.obstacle.map(explain) ?? "")")
            }
            for stop in rule.stopped where rule.fired || rule.obstacle?.key != stop.key {
                lines.append("      " + explain(stop))
            }
        }
        return lines
    }

    private func effect(_ rule: TextTrial.RuleLine) -> String {
        switch rule.effect {
        case .evidence(let topic, _, let weight):
            let left = rule.weight ?? weight
            let name = names.name(of: topic, in: language)
            if rule.guards.isEmpty { return "\(name) \(two(weight))" }
            return "\(name) \(two(weight)) → \(two(left))（\(rule.guards.joined(separator: " "))）"
        case .guarding(let tracks, let whole, let factor):
            let against = tracks.map { names.name(of: $0, in: language) }.sorted().joined(separator: "、")
            return say("削弱", "weakens ") + "\(against) ×\(two(factor))" + (whole ? "" : say("（同句）", " (same sentence)"))
        }
    }

    /// Why something does not count.
    func explain(_ obstacle: TextTrial.Obstacle) -> String { ObstacleText.line(obstacle, in: trial.text) }

    private var modelLines: [String] {
        guard let model = trial.model else { return [say("模型　没有用", "model: not used")] }
        let shares = Track.allCases.map { "\(names.name(of: $0, in: language)) \(two(model.probabilities[$0] ?? 0))" }
        var lines = [
            say("模型　", "model: ") + shares.joined(separator: "  ") + say("；标出的门槛 ", "; flagged from ")
                + two(model.accept)
        ]
        let sound = Track.allCases.map {
            "\(names.name(of: $0, in: language)) \(signed(model.sound[$0] ?? 0))"
        }.joined(separator: "  ")
        lines.append("  " + say("听起来（对数几率）：", "sounds like (log-odds): ") + sound)
        if !model.sets.isEmpty {
            lines.append("  " + say("词组：", "sets: ") + model.sets.map { "@" + $0 }.joined(separator: " "))
        }
        let parts = model.parts.prefix(8).map { "\(partName($0.name)) \(signed($0.odds))" }.joined(separator: "  ")
        lines.append("  " + names.name(of: model.leading, in: language) + say("的依据：", " because of: ") + parts)
        if !model.carriers.isEmpty {
            lines.append(
                "  " + say("最像的字串：", "most telling runs: ")
                    + model.carriers.map { "「\(slice($0))」" }.joined(separator: " "))
        }
        return lines
    }

    /// A number that the model weighs, in words: `text.grievance` is how much the characters sound like a grievance.
    private func partName(_ name: String) -> String {
        guard language == .zh else { return name }
        var pieces = name.split(separator: ".").map(String.init)
        let track = pieces.last.flatMap(Track.init(rawValue:))
        if track != nil { pieces.removeLast() }
        let known = [
            "text": "字串", "rules": "规则", "rules.sum": "规则合计", "stopped": "没命中的规则", "guards": "防误报", "length": "长度",
            "text.peak": "最像的一段",
            "bias": "起点",
        ]
        let stem = pieces.joined(separator: ".")
        return (known[stem] ?? stem) + (track.map { "→" + names.name(of: $0, in: .zh) } ?? "")
    }

    private var verdictLine: String {
        let verdict = trial.verdict
        guard verdict.flagged, let track = verdict.track, let topic = verdict.topic, let severity = verdict.severity
        else {
            return say("不标出，分数 ", "not flagged, score ") + two(verdict.score)
        }
        return [
            names.name(of: track, in: language), names.name(of: topic, in: language), FlagOutput.severity(severity),
            say("分数 ", "score ") + two(verdict.score),
        ].joined(separator: " · ") + (verdict.guards.isEmpty ? "" : "  [\(verdict.guards.joined(separator: " "))]")
    }

    private func oneLine(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
    }
    private func slice(_ span: Range<Int>) -> String { oneLine(FlagOutput.slice(trial.text, span)) }

    /// `3-5`: characters of the original.
    private func scalars(_ span: Range<Int>) -> String {
        let start = trial.text.utf8.prefix(span.lowerBound).count { $0 & 0xC0 != 0x80 }
        return "\(start)-\(start + FlagOutput.slice(trial.text, span).unicodeScalars.count)"
    }

    private func two(_ number: Double) -> String {
        let hundredths = Int((abs(number) * 100).rounded())
        return (number < 0 ? "-" : "") + "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private func signed(_ number: Double) -> String { (number >= 0 ? "+" : "") + two(number) }

    // MARK: For a program

    var json: JSONValue {
        [
            "changes": .array(
                trial.changes.map { change in
                    merged(change.span, ["to": .string(change.to)])
                }),
            "hits": .array(trial.hits.map { merged($0.span, ["word": .string($0.word)]) }),
            "map": .array(map.map { .int($0) }), "model": modelJSON, "normal": .string(trial.normal),
            "rules": .array(trial.rules.map(ruleJSON)), "text": .string(trial.text),
            "topics": .array(trial.topics.map { ["score": .number($0.score), "topic": .string($0.topic.rawValue)] }),
            "verdict": verdictJSON, "village": PlaceFinder.json(village),
            "words": .array(trial.words.map { .string($0) }),
        ]
    }

    /// For each unit of the normal form the character of the original that it begins at.
    private var map: [Int] {
        var counts: [Int] = []
        var count = 0
        for byte in trial.text.utf8 {
            counts.append(byte & 0xC0 == 0x80 ? count - 1 : count)
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        return trial.map.map { $0 < counts.count ? counts[$0] : count }
    }

    private func merged(_ span: Range<Int>, _ members: [String: JSONValue]) -> JSONValue {
        guard case .object(var value) = FlagOutput.hit(trial.text, Hit(rule: "", span: span)) else { return .null }
        value["rule"] = nil
        value.merge(members) { $1 }
        return .object(value)
    }

    private func obstacleJSON(_ obstacle: TextTrial.Obstacle?) -> JSONValue {
        guard let obstacle else { return .null }
        return [
            "key": .string(obstacle.key), "number": obstacle.number.map { .int($0) } ?? .null,
            "span": obstacle.span.map { merged($0, [:]) } ?? .null, "word": .string(obstacle.word),
        ]
    }

    private func ruleJSON(_ rule: TextTrial.RuleLine) -> JSONValue {
        var value: [String: JSONValue] = [
            "fired": .bool(rule.fired), "guards": .array(rule.guards.map { .string($0) }),
            "obstacle": obstacleJSON(rule.obstacle),
            "rule": .string(rule.id), "stopped": .array(rule.stopped.map(obstacleJSON)),
            "weightLeft": rule.weight.map { .number($0) } ?? .null, "words": .array(rule.spans.map { merged($0, [:]) }),
        ]
        switch rule.effect {
        case .evidence(let topic, let severity, let weight):
            value["topic"] = .string(topic.rawValue)
            value["severity"] = .string(severity.rawValue)
            value["weight"] = .number(weight)
        case .guarding(let tracks, let whole, let factor):
            value["against"] = .array(tracks.map(\.rawValue).sorted().map { .string($0) })
            value["scope"] = whole ? "text" : "sentence"
            value["factor"] = .number(factor)
        }
        return .object(value)
    }

    private var modelJSON: JSONValue {
        guard let model = trial.model else { return .null }
        func byTrack(_ values: [Track: Double]) -> JSONValue {
            .object(Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, .number($0.value)) }))
        }
        return [
            "accept": .number(model.accept), "carriers": .array(model.carriers.map { merged($0, [:]) }),
            "leading": .string(model.leading.rawValue),
            "parts": .array(model.parts.map { ["name": .string($0.name), "odds": .number($0.odds)] }),
            "probabilities": byTrack(model.probabilities), "sets": .array(model.sets.map { .string($0) }),
            "sound": byTrack(model.sound),
        ]
    }

    private var verdictJSON: JSONValue {
        let verdict = trial.verdict
        return [
            "flagged": .bool(verdict.flagged), "guards": .array(verdict.guards.map { .string($0) }),
            "hits": .array(verdict.evidence.map { FlagOutput.hit(trial.text, $0) }), "score": .number(verdict.score),
            "severity": .optional(verdict.severity?.rawValue), "topic": .optional(verdict.topic?.rawValue),
            "track": .optional(verdict.track?.rawValue),
        ]
    }
}

/// Why a rule or a hit does not count, in words.
enum ObstacleText {
    static func line(_ obstacle: TextTrial.Obstacle, in text: String) -> String {
        let at = obstacle.span.map { "「\(FlagOutput.slice(text, $0))」" } ?? ""
        switch obstacle.key {
        case "unless":
            return say(
                "同句里有“\(obstacle.word)”，不算（unless）", "'\(obstacle.word)' in the same sentence cancels it (unless)")
        case "unless-anywhere":
            return say(
                "文中有“\(obstacle.word)”，不算（unless-anywhere）",
                "'\(obstacle.word)' in the text cancels it (unless-anywhere)")
        case "not-after":
            return say("\(at)紧跟在“\(obstacle.word)”后面，不算（not-after）", "\(at) follows '\(obstacle.word)' (not-after)")
        case "not-before":
            return say(
                "\(at)后面紧跟“\(obstacle.word)”，不算（not-before）", "\(at) is followed by '\(obstacle.word)' (not-before)")
        case "protect":
            return say("\(at)落在“\(obstacle.word)”里面，不算（protect）", "\(at) lies inside '\(obstacle.word)' (protect)")
        case "boundaries":
            return say("\(at)不在词的边界上（boundaries）", "\(at) does not stand at word boundaries (boundaries)")
        case "within":
            return say(
                "词离得太远：隔了 \(obstacle.number ?? 0) 个字（within）",
                "the words are \(obstacle.number ?? 0) characters apart (within)")
        case "order": return say("先后不对（order）", "in the wrong order (order)")
        case "across": return say("分在两句里（across）", "in different sentences (across)")
        case "pattern": return say("正则式不符（pattern）", "the pattern does not match (pattern)")
        case "undecided": return say("正则式超过步数，未决", "the pattern ran into its limit")
        default: return say("第 \(obstacle.number ?? 1) 个条件没有词", "no word of condition \(obstacle.number ?? 1)")
        }
    }
}
