public import ArgumentParser
public import CaseStore
public import Casework
import Foundation
import Lexicons
import Messages
import Pipeline

/// What every command takes that works for a person.
struct DeskOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            say("以哪位工作人员的身份（编号，见 staff list）", "the staff member's number (see staff list)"), valueName: "person"))
    var person: Int?

    @OptionGroup var data: DataOptions

    /// The desk of the person; without `--as` the operator's.
    func desk() throws -> CaseDesk { try Self.desk(in: data, as: person ?? 0) }

    static func desk(in data: DataOptions, as person: Int) throws -> CaseDesk {
        let store = try CaseStore(opening: data.folder)
        if try store.isOlderThanItsEnd() {
            Console.complain(
                say(
                    "数据库比日志末尾的记录旧：放回过旧库，下面的内容可能不是最新的。请运行 minsheng audit verify",
                    "the store is older than the record of its log's end: an old copy was put back, and what follows may not be the latest. Run minsheng audit verify"
                ))
        }
        return try CaseDesk(store, as: person, now: now)
    }

    /// Now, seconds since 1970-01-01 UTC.
    static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}

extension StaffRole: ExpressibleByArgument {}
extension UnitKind: ExpressibleByArgument {}
extension CaseState: ExpressibleByArgument {}
extension CaseSource: ExpressibleByArgument {}
extension PetitionClass: ExpressibleByArgument {}
extension ReasonCode: ExpressibleByArgument {}
extension CaseQuery.View: ExpressibleByArgument {}
extension CaseExport.Form: ExpressibleByArgument {}
extension StaffTie.Kind: ExpressibleByArgument {}
extension SubjectRequest.Kind: ExpressibleByArgument {}
extension SubjectRequest.Answer: ExpressibleByArgument {}
extension DutyRecord.Kind: ExpressibleByArgument {}
extension ExporterRole: ExpressibleByArgument {}
extension CaseResolution.Problem: ExpressibleByArgument {}
extension CaseResolution.Measure: ExpressibleByArgument {}

extension Supervision: ExpressibleByArgument {
    public init?(argument: String) {
        guard let level = Self.allCases.first(where: { $0.slug == argument }) else { return nil }
        self = level
    }

    public static var allValueStrings: [String] { allCases.map(\.slug) }
}

extension CivilDay: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// The names of places, bodies and posts that a face shows beside their numbers.
struct CaseNames {
    private let places: [String: String]
    private let units: [Int: OrgUnit]
    private let officials: [Int: Official]

    /// Looks up what some cases need.
    init(_ desk: CaseDesk, of cases: [CaseSummary]) throws {
        places = try desk.store.placeNames(of: Array(Set(cases.map(\.area))))
        units = Dictionary(uniqueKeysWithValues: try desk.units().map { ($0.id, $0) })
        officials = Dictionary(uniqueKeysWithValues: try desk.officials().map { ($0.id, $0) })
    }

    func place(_ code: String) -> String { code + (places[code].map { " " + $0 } ?? "") }
    func unit(_ id: Int) -> String { "#\(id)" + (units[id].map { " " + $0.name } ?? "") }
    func official(_ id: Int) -> String { "#\(id)" + (officials[id].map { " " + $0.post } ?? "") }

    /// The names of tracks and topics; slugs where the shipped file cannot be read.
    static let taxonomy: Taxonomy = {
        let path = LoadedLexicons.shipped + "/taxonomy.yaml"
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        return (try? LexiconLoader.lexicon(of: [(path, text ?? "")]).taxonomy) ?? Taxonomy(tracks: [:], topics: [:])
    }()

    static func topic(_ topic: Topic) -> String { taxonomy.name(of: topic, in: language) }
}

/// How cases look.
enum CaseOutput {
    static func json(_ summary: CaseSummary) -> [String: JSONValue] {
        [
            "area": .string(summary.area), "due": .optional(summary.dueOn?.description),
            "number": .string(summary.number), "received": .string(summary.receivedOn.description),
            "recurrence": .int(summary.recurrence), "retaliation": .bool(summary.hasRetaliation),
            "severity": .string(summary.severity.rawValue), "source": .string(summary.source.rawValue),
            "state": .string(summary.state.rawValue), "supervision": .string(summary.supervision.slug),
            "topic": .string(summary.topic.rawValue), "track": .string(summary.track.rawValue),
            "unit": summary.unit.map { .int($0) } ?? .null, "verified": false, "version": .int(summary.version),
        ]
    }

    static func json(_ view: CaseView) -> JSONValue {
        var object = json(view.summary)
        object["summary"] = .optional(view.words)
        object["original"] = .array(view.original.map { .string($0) })
        object["alias"] = .optional(view.alias)
        object["texts"] = .array(
            view.texts.map { ["event": .int($0.event), "kind": .string($0.kind), "words": .optional($0.words)] })
        object["events"] = .array(
            view.events.map { event in
                [
                    "action": .string(event.action.rawValue), "actor": .int(event.actor),
                    "day": .string(event.day.description), "from": .optional(event.from?.rawValue),
                    "reason": .optional(event.reason?.rawValue), "to": .string(event.to.rawValue),
                    "unit": event.unit.map { .int($0) } ?? .null, "until": .optional(event.until?.description),
                ]
            })
        object["actions"] = .array(
            view.offers.map { offer in
                [
                    "action": .string(offer.action.rawValue), "allowed": .bool(offer.blockedBy == nil),
                    "why": .optional(offer.blockedBy?.text(of: offer.action, in: language)),
                ]
            })
        object["clocks"] = .array(
            view.clocks.map { clock in
                [
                    "due": .string(clock.due.description), "kind": .string(clock.kind.rawValue),
                    "met": .optional(clock.metOn?.description), "start": .string(clock.start.description),
                    "status": .string(clock.status.rawValue),
                ]
            })
        object["signs"] = .array(view.signs.map { .string($0.rawValue) })
        object["links"] = .array(view.links.map { ["kind": .string($0.kind), "number": .string($0.number)] })
        object["accused"] = .array(
            view.accused.map { ["official": $0.official.map { .int($0) } ?? .null, "unit": .int($0.unit)] })
        object["held"] = .bool(view.isHeld)
        object["mendBy"] = .optional(view.mendBy?.description)
        object["onDuty"] = .array(view.onDuty.map { .int($0) })
        object["proposedSupervision"] = .string(view.proposedSupervision.slug)
        object["snoozedUntil"] = .optional(view.snoozedUntil?.description)
        object["resolution"] =
            view.resolution.map { resolution in
                [
                    "gap": .bool(resolution.hasGap), "measure": .string(resolution.measure.rawValue),
                    "persons": .int(resolution.persons), "problem": .string(resolution.problem.rawValue),
                    "returned": .int(resolution.returned),
                ]
            } ?? .null
        return .object(object)
    }

    static func line(_ summary: CaseSummary, _ names: CaseNames? = nil) -> String {
        var parts = [
            summary.number, FlagOutput.severity(summary.severity), summary.track.letter, CaseNames.topic(summary.topic),
            Console.safe(names?.place(summary.area) ?? summary.area), summary.state.name(in: language),
        ]
        if let unit = summary.unit { parts.append(Console.safe(names?.unit(unit) ?? "#\(unit)")) }
        if let due = summary.dueOn { parts.append(say("到期 ", "due ") + due.description) }
        if summary.supervision > .none { parts.append(summary.supervision.name(in: language)) }
        if summary.recurrence > 0 {
            parts.append(say("复发 \(summary.recurrence) 次", "came back \(summary.recurrence)×"))
        }
        if summary.hasRetaliation { parts.append(say("打击报复", "retaliation")) }
        parts.append(say("未核实", "unverified"))
        return parts.joined(separator: " · ")
    }

    static func print(_ view: CaseView, _ names: CaseNames) {
        Console.print(line(view.summary, names))
        func row(_ zh: String, _ en: String, _ value: String) {
            Console.print("  " + say(zh, en) + Console.safe(value.replacing("\n", with: " ⏎ ")))
        }
        row("版本：", "version: ", String(view.summary.version))
        if let words = view.words { row("摘要：", "summary: ", words) }
        for words in view.original { row("原话：", "original: ", words) }
        if let alias = view.alias { row("化名：", "alias: ", alias) }
        for one in view.accused {
            row(
                "被反映：", "accused: ",
                say("单位 ", "unit ") + names.unit(one.unit)
                    + (one.official.map { say("，职务 ", ", post ") + names.official($0) } ?? ""))
        }
        for (index, event) in view.events.enumerated() {
            let codes = [event.reason?.name(in: language), event.supervision?.name(in: language)].compactMap { $0 }
            let reason = codes.map { "（\($0)）" }.joined()
            let who = event.actor == 0 ? say("系统", "rule") : "#\(event.actor)"
            row(
                "", "",
                "\(index + 1). \(event.day) \(event.action.name(in: language))\(reason) → \(event.to.name(in: language)) \(who)"
            )
            for text in view.texts where text.event == index + 1 {
                row("     ", "     ", text.words ?? say("（已删除）", "(erased)"))
            }
        }
        for clock in view.clocks {
            row("期限：", "term: ", "\(clock.kind.name(in: language)) \(clock.due) \(status(clock.status))")
        }
        if view.proposedSupervision > view.summary.supervision {
            row("建议督办：", "supervision proposed: ", view.proposedSupervision.name(in: language))
        }
        if let resolution = view.resolution {
            row(
                "结果：", "outcome: ",
                resolution.problem.name(in: language) + " · " + say("措施：", "measure: ")
                    + resolution.measure.name(in: language)
                    + say(
                        " · 处理 \(resolution.persons) 人 · 退还 \(resolution.returned) 元",
                        " · \(resolution.persons) officials · \(resolution.returned) yuan given back"))
        }
        if let day = view.mendBy { row("整改期限：", "to be mended until: ", "\(day)") }
        if !view.onDuty.isEmpty {
            row("今日值班：", "on duty today: ", view.onDuty.map { "#\($0)" }.joined(separator: " "))
        }
        if view.isHeld { row("留存中", "held", "") }
        if let day = view.snoozedUntil { row("暂存至：", "put off until: ", "\(day)") }
        for sign in view.signs { row("疑似敷衍：", "sign: ", language == .zh ? sign.names.zh : sign.names.en) }
        for link in view.links { row("关联：", "link: ", Self.link(link.kind) + " " + link.number) }
        // The command, and for whom it is no word the name that the desk's button has.
        let actions = view.offers.map {
            say($0.action.name(in: .zh) + " ", "") + $0.action.rawValue + ($0.blockedBy == nil ? "" : "✗")
        }
        row("可办：", "you may: ", actions.joined(separator: say("、", " ")))
    }

    private static func link(_ kind: String) -> String {
        switch kind {
        case "merged_into": say("并案", "merged")
        case "related": say("相关", "related")
        case "repeat_of": say("重复反映", "a repeat")
        case "split_from": say("拆分", "split")
        default: kind
        }
    }

    static func status(_ status: CaseClock.Status) -> String {
        switch status {
        case .running: say("进行中", "running")
        case .yellow: say("将到期", "yellow")
        case .red: say("已超期", "red")
        case .met: say("按时", "met")
        case .late: say("逾期办结", "late")
        case .paused: say("中止中", "paused")
        case .notApplicable: say("不适用：无法联系", "not applicable: nobody can be written to")
        }
    }

    static func tell(_ outcome: CaseOutcome, isJSON: Bool) {
        if isJSON {
            let line: JSONValue = [
                "clues": .array(outcome.clues.map(\.rawValue).sorted().map { .string($0) }),
                "erased": .bool(outcome.isErased), "number": .optional(outcome.number),
                "reopened": .optional(outcome.reopened), "split": .optional(outcome.split),
                "state": .optional(outcome.state?.rawValue),
            ]
            Console.write(line.line)
        } else {
            Console.print(
                (outcome.number ?? say("（您已看不到这个件）", "(you no longer see it)"))
                    + (outcome.state.map { "  " + $0.name(in: language) } ?? ""))
        }
        if let reopened = outcome.reopened {
            Console.tell(say("此事曾答复，现转重办：\(reopened)", "It was answered before and is opened again: \(reopened)"))
        }
        if let split = outcome.split { Console.tell(say("拆出：\(split)", "Split off: \(split)")) }
        if outcome.clues.count >= 2 {
            Console.tell(
                say("摘要里的细节可能让人认出是哪一户，请改写：", "The summary may point at one household; rewrite it: ")
                    + outcome.clues.map(\.rawValue).sorted().joined(separator: ", "))
        }
        if !outcome.isErased {
            Console.tell(
                say("别的程序还开着，已删的内容在它结束后才彻底消失。", "Another program is reading; what was erased is gone once it ends."))
        }
    }
}

/// How many rows a command lists at most.
enum RowLimit {
    /// Refuses what no list can have: SQLite takes a negative number for all rows.
    static func check(_ limit: Int?) throws {
        if let limit, limit < 1 { throw ValidationError(say("--limit 至少为 1", "--limit must be at least 1")) }
    }
}
