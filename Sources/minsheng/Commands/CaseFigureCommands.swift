import ArgumentParser
import CaseStore
import Casework
import Messages

/// Figures and sheets: `minsheng cases statistics`, `report`, `print`, `exports`, `orphans`, `incident`.
enum CaseFigureCommands {
    static let all: [any ParsableCommand.Type] = [
        PrintCase.self, ListExports.self, Statistics.self, Outcomes.self, ReportStatistics.self, YearlyReport.self,
        Incident.self,
        CountOrphans.self,
    ]
}

/// `minsheng cases print`.
struct PrintCase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: say("走访单、移交单：只有摘要，记下给谁、为何", "A sheet for a visit or a hand-over: the summary alone, logged"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @OptionGroup var whom: RecipientFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let view = try desk.sheet(of: number, recipient: whom.recipient, purpose: whom.purpose)
        if output.json { return Console.write(CaseOutput.json(view).line) }
        func row(_ zh: String, _ en: String, _ value: String) { Console.print(say(zh, en) + Console.safe(value)) }
        row("件号：", "number: ", view.summary.number)
        row("地点：", "place: ", try CaseNames(desk, of: [view.summary]).place(view.summary.area))
        row("事项：", "topic: ", CaseNames.topic(view.summary.topic))
        row("收到：", "received: ", "\(view.summary.receivedOn)")
        row("状态：", "state: ", view.summary.state.name(in: language) + say("（未核实）", " (unverified)"))
        row("摘要：", "summary: ", (view.words ?? "").replacing("\n", with: " ⏎ "))
        for clock in view.clocks { row("期限：", "term: ", "\(clock.kind.name(in: language)) \(clock.due)") }
        row("用途：", "purpose: ", "\(whom.purpose)  \(whom.recipient)  \(desk.today)  #\(desk.actor)")
        Console.print(say("现场情况：", "what was found: "))
    }
}

/// For whom and what for something leaves the store.
struct RecipientFields: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("给谁", "who gets it"), valueName: "words"))
    var recipient: String
    @Option(name: .long, help: ArgumentHelp(say("为何", "what for"), valueName: "words"))
    var purpose: String
}

/// The days that a list is about.
struct PeriodFields: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(say("从哪天", "from which day"), valueName: "date"))
    var from: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("到哪天", "to which day"), valueName: "date"))
    var to: CivilDay?

    /// The days; a year back where nothing is said.
    func days(today: CivilDay) -> ClosedRange<CivilDay> {
        let last = to ?? today
        return min(from ?? last.advanced(by: -365), last)...last
    }
}

/// `minsheng cases exports`.
struct ListExports: Listing {
    static let configuration = CommandConfiguration(
        commandName: "exports", abstract: say("导出记录：给谁、为何、哪些字段、几行", "What left the store: for whom, why, fields, rows"))

    @OptionGroup var period: PeriodFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [ExportRecord] {
        let desk = try desk.desk()
        return try desk.exports(period.days(today: desk.today))
    }

    static func json(_ record: ExportRecord) -> JSONValue {
        [
            "by": .int(record.staff), "day": .string(record.day.description),
            "fields": .array(record.fields.map { .string($0) }), "form": .string(record.form),
            "purpose": .string(record.purpose), "recipient": .string(record.recipient), "rows": .int(record.rows),
            "sha256": .string(record.sha256),
        ]
    }

    static func lines(_ record: ExportRecord) -> [String] {
        ["\(record.day)  #\(record.staff)  \(record.form)  \(record.rows)  \(record.recipient)  \(record.purpose)"]
    }
}

/// `minsheng cases statistics`.
struct Statistics: Listing {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: say("诉求和建议：地方、事项、月份、单位的办理数字", "Complaints and suggestions by place, topic, month and unit"))

    static var nothing: String { say("没有可列的数字：不足五件的不列。", "no figures to list: none under five is.") }

    @OptionGroup var period: PeriodFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [CaseStatistic] {
        let desk = try desk.desk()
        let days = period.days(today: desk.today)
        return try desk.statistics(from: days.lowerBound, through: days.upperBound)
    }

    static func json(_ row: CaseStatistic) -> JSONValue {
        var object = figures(row.figures)
        object["area"] = .string(row.area)
        object["month"] = .string(String(row.month.description.prefix(7)))
        object["topic"] = .string(row.topic.rawValue)
        object["unit"] = .optional(row.unit)
        return .object(object)
    }

    static func figures(_ figures: CaseFigures) -> [String: JSONValue] {
        [
            "answerDays": .int(figures.answerDays), "answered": .int(figures.answered),
            "answeredSameDay": .int(figures.answeredSameDay), "ended": .int(figures.ended),
            "endedInFiveDays": .int(figures.endedInFiveDays),
            "endedInFiveWorkingDays": .int(figures.endedInFiveWorkingDays), "notAsked": .int(figures.notAsked),
            "notReachable": .int(figures.notReachable), "notSatisfied": .int(figures.notSatisfied),
            "received": .int(figures.received), "recurred": .int(figures.recurred),
            "satisfied": .int(figures.satisfied), "supervised": .int(figures.supervised),
        ]
    }

    static func lines(_ row: CaseStatistic) -> [String] {
        [
            "\(row.month.description.prefix(7))  \(row.area)  \(CaseNames.topic(row.topic))  "
                + (row.unit.map { "#\($0)  " } ?? "") + line(row.figures)
        ]
    }

    static func line(_ figures: CaseFigures) -> String {
        say(
            "收 \(figures.received)  结 \(figures.ended)  5日内 \(figures.endedInFiveDays)  复发 \(figures.recurred)  督办 \(figures.supervised)",
            "received \(figures.received)  ended \(figures.ended)  in five days \(figures.endedInFiveDays)  "
                + "came back \(figures.recurred)  supervised \(figures.supervised)")
    }
}

/// `minsheng cases outcomes`.
struct Outcomes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcomes",
        abstract: say(
            "办理成效：收到、办结、问题类别、处理人数；检举控告按全县、不足 5 不显示",
            "From demands to people: what came of matters; reports county-wide, none under five"))

    @OptionGroup var period: PeriodFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let days = period.days(today: desk.today)
        let report = try desk.outcomes(from: days.lowerBound, through: days.upperBound)
        if output.json {
            let line: JSONValue = [
                "ended": .int(report.ended), "from": .string(days.lowerBound.description),
                "outcomes": .array(report.rows.map(Self.json)), "received": .int(report.received),
                "reports": .optional(report.reports), "substantiated": .optional(report.substantiated),
                "to": .string(days.upperBound.description),
            ]
            return Console.write(line.line)
        }
        func figure(_ number: Int?) -> String { number.map(String.init) ?? "<5" }
        Console.print(
            say(
                "诉求和建议 \(report.received) 件，办结 \(report.ended) 件；检举控告 \(figure(report.reports)) 件，属实和部分属实 \(figure(report.substantiated)) 件",
                "complaints and suggestions \(report.received), ended \(report.ended); reports \(figure(report.reports)), "
                    + "substantiated \(figure(report.substantiated))"))
        for row in report.rows {
            Console.print(
                (row.isReport ? "B  " : "A  ") + row.problem.name(in: language) + "  " + row.measure.name(in: language)
                    + say(
                        "  \(figure(row.cases)) 件  \(figure(row.officials)) 人  退还 \(figure(row.returned)) 元  制度漏洞 \(figure(row.gaps))",
                        "  cases \(figure(row.cases))  officials \(figure(row.officials))  returned \(figure(row.returned))  gaps \(figure(row.gaps))"
                    ))
        }
    }

    private static func json(_ row: OutcomeStatistic) -> JSONValue {
        [
            "cases": .optional(row.cases), "gaps": .optional(row.gaps), "measure": .string(row.measure.rawValue),
            "officials": .optional(row.officials), "problem": .string(row.problem.rawValue),
            "report": .bool(row.isReport), "returned": .optional(row.returned),
        ]
    }
}

/// `minsheng cases report-statistics`.
struct ReportStatistics: Listing {
    static let configuration = CommandConfiguration(
        commandName: "report-statistics",
        abstract: say(
            "检举控告：全县、按季、晚一季、不足 5 不显示", "Reports of misconduct: county, quarter, a quarter late, none under five"))

    static var nothing: String { say("没有可列的数字：不足五件的不列。", "no figures to list: none under five is.") }

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [ReportStatistic] { try desk.desk().reportStatistics() }

    static func json(_ row: ReportStatistic) -> JSONValue {
        [
            "count": .optional(row.count), "quarter": .string(row.quarter.description),
            "topic": .string(row.topic.rawValue),
        ]
    }

    static func lines(_ row: ReportStatistic) -> [String] {
        ["\(row.quarter)  \(CaseNames.topic(row.topic))  \(row.count.map(String.init) ?? "<5")"]
    }
}

/// `minsheng cases report`.
struct YearlyReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: say("年度报告：事项、来源、被反映多的单位、转送交办督办、建议采纳", "The yearly report: topics, sources, units, acts, suggestions"))

    @Option(name: .long, help: ArgumentHelp(say("年份", "the year"), valueName: "year"))
    var year: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let report = try desk.desk().yearReport(year)
        if output.json { return Console.write(json(report).line) }
        Console.print(say("一、事项", "1 topics"))
        for (topic, figures) in report.topics.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Console.print("  \(CaseNames.topic(topic))  " + Statistics.line(figures))
        }
        Console.print(say("二、来源", "2 sources"))
        for (source, count) in report.sources.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Console.print("  \(source.name(in: language))  \(count)")
        }
        Console.print(say("三、单位", "3 units"))
        for unit in report.units.prefix(20) { Console.print("  #\(unit.unit)  " + Statistics.line(unit.figures)) }
        Console.print(say("四、转送、交办、督办、上报、不予受理", "4 passed on, assigned, supervised, escalated, declined"))
        for (action, count) in report.acts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Console.print("  \(action.name(in: language))  \(count)")
        }
        Console.print(
            say(
                "五、建议 \(report.suggestions.received) 件，答复 \(report.suggestions.answered) 件",
                "5 suggestions \(report.suggestions.received), answered \(report.suggestions.answered)"))
    }

    private func json(_ report: YearReport) -> JSONValue {
        let topics = report.topics.sorted { $0.key.rawValue < $1.key.rawValue }.map { topic, figures in
            JSONValue.object(Statistics.figures(figures).merging(["topic": .string(topic.rawValue)]) { $1 })
        }
        return [
            "acts": Self.counts(report.acts.map { ($0.rawValue, $1) }, of: "action"),
            "sources": Self.counts(report.sources.map { ($0.rawValue, $1) }, of: "source"),
            "suggestions": [
                "answered": .int(report.suggestions.answered), "received": .int(report.suggestions.received),
            ],
            "topics": .array(topics),
            "units": .array(
                report.units.map { unit in
                    .object(Statistics.figures(unit.figures).merging(["unit": .int(unit.unit)]) { $1 })
                }), "year": .int(report.year),
        ]
    }

    /// Counts by name, as objects: keys that come from data could not be documented.
    static func counts(_ counts: [(String, Int)], of key: String) -> JSONValue {
        .array(
            counts.sorted { $0.0 < $1.0 }.map { name, count in .object([key: .string(name), "count": .int(count)]) })
    }
}

/// `minsheng cases incident`.
struct Incident: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident",
        abstract: say("泄露事件报告的底稿：谁在何时打开、导出过什么", "What a leak may have touched: opened and exported by whom and when"))

    @Option(name: .long, help: ArgumentHelp(say("人员编号", "a person's number"), valueName: "n"))
    var actor: Int?
    @OptionGroup var period: PeriodFields
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let days = period.days(today: desk.today)
        let report = try desk.incident(days, by: actor)
        if output.json {
            let line: JSONValue = [
                "acts": YearlyReport.counts(report.acts.map { ($0, $1) }, of: "action"),
                "cases": .array(report.cases.map { .string($0) }),
                "exports": .array(report.exports.map { ListExports.json($0) }),
                "from": .string(days.lowerBound.description), "to": .string(days.upperBound.description),
            ]
            return Console.write(line.line)
        }
        Console.print(say("一、时间：", "1 time: ") + "\(days.lowerBound) – \(days.upperBound)")
        Console.print(
            say(
                "二、可能涉及的信息种类：摘要、打码后的原话、办理记录；本库不存身份信息",
                "2 kinds of data: summaries, masked words, records of handling; no identity is stored"))
        Console.print(say("三、涉及的件：", "3 cases: ") + "\(report.cases.count)  " + report.cases.joined(separator: ", "))
        for (action, count) in report.acts.sorted(by: { $0.key < $1.key }) { Console.print("    \(action)\t\(count)") }
        Console.print(say("四、导出：", "4 exports: ") + "\(report.exports.count)")
        for record in report.exports.flatMap(ListExports.lines) { Console.print("    " + Console.safe(record)) }
        Console.print(say("五、可能的危害：", "5 possible harm: "))
        Console.print(say("六、已采取的补救措施：", "6 what was done: "))
        Console.print(say("七、联系方式：", "7 contact: "))
    }
}

/// `minsheng cases orphans`.
struct CountOrphans: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orphans", abstract: say("多少检举控告件没有人能接着办", "How many open reports nobody can take further"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let count = try desk.desk().orphanCount()
        if output.json {
            Console.write(JSONValue.object(["count": .int(count)]).line)
        } else {
            Console.print(String(count))
        }
        if count > 0 {
            Console.tell(
                say(
                    "请用 cases assign 另行指定、用 staff hand-over 移交离岗人员手上的件，或增加不需回避的人员。",
                    "Give them to somebody else (cases assign), hand over what a leaver had (staff hand-over), or add somebody "
                        + "who is clear of the wall."))
            throw ExitCode(1)
        }
    }
}
