import ArgumentParser
import CaseStore
import Foundation
import Messages
import Pipeline
import Villages

/// `minsheng gazetteer evaluate`.
struct EvaluatePlaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: say("用标注好的句子衡量归属的准确程度", "Measures attribution on labelled sentences"),
        discussion: say(
            "每行 {\"text\",\"group\"或\"home\",\"date\"?,\"gold\":[代码…],\"slice\"?,\"forwarded\"?}；gold 为空表示不应归到任何村。",
            "Each line {\"text\",\"group\" or \"home\",\"date\"?,\"gold\":[codes…],\"slice\"?,\"forwarded\"?}; an empty gold says that no place must be named."
        ))

    @Argument(help: ArgumentHelp(say("JSONL 文件", "a JSONL file")), completion: .file(extensions: ["jsonl"]))
    var file: String
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("不用数据目录，直接用这些村名表（可重复）", "use these tables in place of the data folder (repeatable)"), valueName: "csv"),
        completion: .file(extensions: ["csv"]))
    var table: [String] = []
    @Flag(name: .long, help: ArgumentHelp(say("不用群所属的村", "without the groups' homes")))
    var withoutHome = false
    @Option(name: .long, help: ArgumentHelp(say("最多列几条错例", "list so many misses at most")))
    var misses = 50

    @Flag(
        name: .long, help: ArgumentHelp(say("再量一下速度：单线程每秒归属多少条", "also the speed: messages a second on one thread")))
    var speed = false

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var groups: [String: RegisteredGroup] = [:]
        var homes = GroupHomes([])
        let resolver: VillageResolver
        if table.isEmpty {
            let store = try CaseStore(opening: data.folder)
            resolver = try PlaceFinder.resolver(of: store)
            homes = GroupHomes(try store.groupHomes())
            for group in try store.groups() {
                for name in group.formerNames + [group.name, group.id] { groups[name] = group }
            }
        } else {
            var builder = GazetteerBuilder()
            var successions: [Succession] = []
            for path in GazetteerImporting.files(table) {
                let contents = try GazetteerImporting.contents(path)
                for entry in contents.entries { builder.add(entry) }
                successions += contents.successions
            }
            resolver = VillageResolver(builder.gazetteer(successions: successions))
        }
        var evaluation = VillageEvaluation(resolver)
        var items: [VillageEvaluation.Item] = []
        var failed = 0
        for (line, text) in try lines() {
            guard let item = item(text, line, groups, homes, resolver) else {
                failed += 1
                Console.tell(
                    say(
                        "\(file) 第 \(line) 行：不是含 text 和 gold 的 JSON 对象，或日期写错；这一行没有算。",
                        "\(file):\(line): not a JSON object with text and gold, or a wrong date; the line was left out."
                    ))
                continue
            }
            evaluation.take(item)
            if speed { items.append(item) }
        }
        report(evaluation, resolver)
        if speed { measure(items, resolver) }
        if failed > 0 { throw ExitCode(1) }
    }

    /// Goes over the items again and again for two seconds.
    private func measure(_ items: [VillageEvaluation.Item], _ resolver: VillageResolver) {
        guard !items.isEmpty else { return }
        let texts = items.map { (bytes: Array($0.text.utf8), context: $0.context) }
        let scratch = VillageResolver.Scratch()
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        while clock.now - start < .seconds(2) {
            for text in texts {
                text.bytes.withUnsafeBufferPointer {
                    count += resolver.resolution(of: $0, in: text.context, scratch: scratch).reasons.isEmpty ? 0 : 1
                }
            }
        }
        let rate = Int(Double(count) / ((clock.now - start) / .seconds(1)))
        Console.tell(say("单线程每秒 \(rate) 条。", "\(rate) messages a second on one thread."))
    }

    private func lines() throws -> [(Int, Data)] {
        guard let data = FileManager.default.contents(atPath: file) else {
            Console.complain(say("\(file)：打不开，请检查路径。", "\(file): cannot be opened. Check the path."))
            throw ExitCode(2)
        }
        return data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().filter {
            $0.element.contains { $0 > 0x20 }
        }.map { ($0.offset + 1, Data($0.element)) }
    }

    private func item(
        _ line: Data, _ number: Int, _ groups: [String: RegisteredGroup], _ homes: GroupHomes,
        _ resolver: VillageResolver
    ) -> VillageEvaluation.Item? {
        guard let object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any],
            let text = object["text"] as? String
        else { return nil }
        let gold = object["gold"] ?? object["codes"] ?? object["code"]
        var codes: [String] = []
        if let one = gold as? String { codes = [one] } else if let many = gold as? [String] { codes = many }
        guard gold != nil else { return nil }
        var sentAt: Int64?
        if let date = (object["sentAt"] ?? object["date"]) as? String {
            guard let seconds = Moment.seconds(date) else { return nil }
            sentAt = seconds
        }
        let isForwarded = object["forwarded"] as? Bool ?? false
        var context = VillageResolver.Context(
            home: object["home"] as? String, group: object["group"] as? String, sentAt: sentAt, isForwarded: isForwarded
        )
        if let group = (object["group"] as? String).flatMap({ groups[$0] }) {
            context = homes.context(of: group, sentAt: sentAt, isForwarded: isForwarded)
        } else if context.home == nil, let name = context.group {
            context = resolver.context(ofGroupNamed: name, sentAt: sentAt, isForwarded: isForwarded)
        }
        if withoutHome { context.home = nil }
        var slices = ["slice", "tag", "tags"].flatMap { key -> [String] in
            if let one = object[key] as? String { [one] } else { object[key] as? [String] ?? [] }
        }
        if isForwarded { slices.append("forwarded") }
        return VillageEvaluation.Item(
            line: number, text: text, context: context, gold: codes.filter { !$0.isEmpty }, slices: slices)
    }

    // MARK: What is printed

    private func report(_ evaluation: VillageEvaluation, _ resolver: VillageResolver) {
        let sorted = evaluation.slices.sorted { $0.key < $1.key }
        if output.json {
            Console.write(Self.json("*", evaluation.total).line)
            for (name, counts) in sorted { Console.write(Self.json(name, counts).line) }
            for miss in evaluation.misses.prefix(misses) { Console.write(json(miss, resolver).line) }
            return
        }
        let total = evaluation.total
        Console.print(
            say(
                "共 \(total.items) 条，其中 \(total.placed) 条有村可归。",
                "\(total.items) items, \(total.placed) of them have a place."))
        row(say("归对", "right"), total.rightPlaced, total.placed)
        row(say("归错（占已归的）", "wrong, of those attributed"), total[.wrong] + total[.falseVillage], total.answered)
        row(say("没有归", "unattributed"), total[.unattributed], total.placed)
        row(say("无村却归村", "false village where none is named"), total[.falseVillage], total.empty)
        row(say("该离开本群的村而离开：准", "overrides that are right"), total.rightOverrides, total.overrides)
        row(say("该离开而离开：全", "overrides that were found"), total.rightOverrides, total.wantedOverrides)
        for (name, counts) in sorted {
            Console.print(
                "  " + Console.safe(name) + ": "
                    + say("\(counts[.right])/\(counts.items) 对", "\(counts[.right])/\(counts.items) right")
                    + say(
                        "，错 \(counts[.wrong] + counts[.falseVillage])",
                        ", \(counts[.wrong] + counts[.falseVillage]) wrong")
                    + say("，未归 \(counts[.unattributed])", ", \(counts[.unattributed]) unattributed"))
        }
        for miss in evaluation.misses.prefix(misses) {
            let wanted = miss.item.gold.map { resolver.gazetteer.today(of: $0)?.name ?? $0 }.joined(separator: "、")
            Console.print(
                Console.safe(
                    "\(file):\(miss.item.line) " + miss.outcome.rawValue + " " + say("应为", "wanted ") + wanted + " | "
                        + Explanation(miss.resolution, miss.item.text, resolver).line + " | " + miss.item.text))
        }
    }

    private func row(_ name: String, _ count: Int, _ whole: Int) {
        guard whole > 0 else { return }
        let range = VillageEvaluation.interval(count, of: whole)
        func percent(_ share: Double) -> String { String(format: "%.2f%%", share * 100) }
        Console.print(
            "\(name): \(count)/\(whole) = " + percent(Double(count) / Double(whole))
                + " (95%: " + percent(range.lowerBound) + "–" + percent(range.upperBound) + ")")
    }

    private static func json(_ name: String, _ counts: VillageEvaluation.Counts) -> JSONValue {
        let wrong = counts[.wrong] + counts[.falseVillage]
        func share(_ count: Int, _ whole: Int) -> JSONValue {
            guard whole > 0 else { return .null }
            let range = VillageEvaluation.interval(count, of: whole)
            return [
                "count": .int(count), "high": .number(range.upperBound), "low": .number(range.lowerBound),
                "of": .int(whole), "share": .number(Double(count) / Double(whole)),
            ]
        }
        return [
            "accuracy": share(counts.rightPlaced, counts.placed),
            "falseVillage": share(counts[.falseVillage], counts.empty),
            "items": .int(counts.items), "overridePrecision": share(counts.rightOverrides, counts.overrides),
            "overrideRecall": share(counts.rightOverrides, counts.wantedOverrides), "slice": .string(name),
            "unattributed": share(counts[.unattributed], counts.placed), "wrong": share(wrong, counts.answered),
        ]
    }

    private func json(_ miss: VillageEvaluation.Miss, _ resolver: VillageResolver) -> JSONValue {
        [
            "gold": .array(miss.item.gold.map { .string($0) }), "line": .int(miss.item.line),
            "outcome": .string(miss.outcome.rawValue), "text": .string(miss.item.text),
            "village": PlaceFinder.json(miss.resolution.attribution),
            "why": .string(Explanation(miss.resolution, miss.item.text, resolver).line),
        ]
    }
}

/// `minsheng gazetteer taught`.
struct ListTaught: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "taught",
        abstract: say("列出更正时教会的叫法；--end 停用一个", "Lists names that corrections taught; --end stops one"))

    @Option(name: .long, help: ArgumentHelp(say("停用这个编号", "stop the name of this number"), valueName: "id"))
    var end: Int?
    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let store = try CaseStore(opening: data.folder)
        if let end {
            try store.endTaughtAlias(end, on: Day.text(Int((Date().timeIntervalSince1970 + 28_800) / 86_400)))
        }
        for alias in try store.taughtAliases() {
            let scope =
                switch alias.scope {
                case .group(let id): "group:" + id
                case .township(let code): "township:" + code
                }
            if output.json {
                let value: JSONValue = [
                    "confirmations": .int(alias.confirmations), "flag": alias.flag.map { .int($0) } ?? .null,
                    "id": .int(alias.id), "scope": .string(scope), "taughtBy": .string(alias.author),
                    "taughtOn": .string(alias.taughtOn), "text": .string(alias.text),
                    "validTo": .optional(alias.validTo),
                    "village": .string(alias.village),
                ]
                Console.write(value.line)
            } else {
                Console.print(
                    Console.safe(
                        "\(alias.id)  \(alias.text)  → \(alias.village)  \(scope)  \(alias.author) \(alias.taughtOn)"
                            + (alias.validTo.map { say("  停用于 ", "  ended on ") + $0 } ?? "")))
            }
        }
    }
}

/// `minsheng gazetteer test`.
struct TestPlaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: say(
            "重放所有更正：教会的叫法现在还归得对吗", "Replays all corrections: do the taught names still lead where they should"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let cases = try TaughtReplay(CaseStore(opening: data.folder)).results()
        for one in cases where output.json || !one.passed {
            let value: JSONValue = [
                "alias": .string(one.alias.text), "id": .int(one.alias.id), "passed": .bool(one.passed),
                "village": .string(one.alias.village), "what": .string(one.what.rawValue), "got": .optional(one.got),
            ]
            if output.json {
                Console.write(value.line)
            } else {
                Console.print(
                    Console.safe(
                        say("没有通过：", "failed: ") + "\(one.alias.id) \(one.alias.text) → \(one.alias.village), "
                            + say("现在归到 ", "now goes to ") + (one.got ?? "—") + " (\(one.what.rawValue))"))
            }
        }
        let failed = cases.count { !$0.passed }
        Console.tell(say("共 \(cases.count) 个，没有通过 \(failed) 个。", "\(cases.count) cases, \(failed) failed."))
        if failed > 0 { throw ExitCode(1) }
    }
}
