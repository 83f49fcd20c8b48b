import ArgumentParser
import CaseStore
import Casework
import Messages

/// `minsheng cases`.
struct Cases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: say("件：登记、分办、答复、办结", "Cases, from registration to closing"),
        subcommands: [
            ListCases.self, ShowCase.self, CountCases.self, RegisterCase.self, ImportCases.self, ExportCases.self,
        ]
            + CaseFigureCommands.all + CaseKeeping.all + CaseActs.all)
}

/// `minsheng cases list`.
struct ListCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("列出您能看的件", "Lists the cases that you may see"))

    @Option(name: .long, help: ArgumentHelp(say("视图", "view")))
    var view = CaseQuery.View.open
    @Option(name: .long, help: ArgumentHelp(say("类别", "track")))
    var track: Track?
    @Option(name: .long, help: ArgumentHelp(say("事项", "topic")))
    var topic: Topic?
    @Option(name: .long, help: ArgumentHelp(say("紧急程度", "severity")))
    var severity: Severity?
    @Option(name: .long, help: ArgumentHelp(say("从这一天起收到的", "received on this day or later"), valueName: "day"))
    var from: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("到这一天为止收到的", "received on this day or before"), valueName: "day"))
    var to: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("状态", "state")))
    var state: CaseState?
    @Option(
        name: .long,
        help: ArgumentHelp(say("村、乡镇或县的代码，含下级", "code of a village, township or county"), valueName: "code"))
    var village: String?
    @Option(name: .long, help: ArgumentHelp(say("摘要里的字", "words of the summary"), valueName: "words"))
    var search: String?
    @Option(name: .long, help: ArgumentHelp(say("最多列几件", "at most so many")))
    var limit = 50
    @Option(name: .long, help: ArgumentHelp(say("略过几件", "pass over so many")))
    var offset = 0
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("接着上一页（上一页末尾给出的位置）", "go on after a page: the place that it ended with"), valueName: "place"))
    var after: String?

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        try RowLimit.check(limit)
        if let from, let to, to < from { throw ValidationError(say("--to 早于 --from", "--to lies before --from")) }
    }

    func run() throws {
        var query = CaseQuery()
        query.view = view
        query.track = track
        query.topic = topic
        query.state = state
        query.area = village
        query.severity = severity
        query.words = search
        query.limit = limit
        query.offset = offset
        if let after {
            guard let mark = CaseMark(text: after) else { throw DeskError(.badField("after")) }
            query.after = mark
        }
        let opened = try desk.desk()
        query.received = CaseQuery.days(from: from, to: to, today: opened.today)
        let found = try opened.cases(query)
        let names = try CaseNames(opened, of: found)
        for summary in found {
            if output.json {
                Console.write(JSONValue.object(CaseOutput.json(summary)).line)
            } else {
                Console.print(CaseOutput.line(summary, names))
            }
        }
        if !output.json { Console.tell(say("共 \(found.count) 件", "\(found.count) cases")) }
        if found.count == limit, let last = found.last {
            let place = CaseMark(last, in: view).text
            Console.tell(say("下一页：--after \(place)", "next page: --after \(place)"))
        }
    }
}

/// `minsheng cases show`.
struct ShowCase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("一件的全部", "One case, whole"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let opened = try desk.desk()
        let view = try opened.view(number)
        if output.json { return Console.write(CaseOutput.json(view).line) }
        CaseOutput.print(view, try CaseNames(opened, of: [view.summary]))
    }
}

/// `minsheng cases counts`.
struct CountCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counts", abstract: say("各视图有多少件（数到 1000）", "How many cases each view has (up to 1000)"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let counts = try desk.desk().counts()
        if output.json {
            let object = Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, JSONValue.int($1)) })
            Console.write(JSONValue.object(object).line)
            return
        }
        for view in CaseQuery.View.allCases { Console.print("\(view.rawValue)\t\(counts[view] ?? 0)") }
    }
}

/// `minsheng cases register`.
struct RegisterCase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: say("手工登记：来访、来电、来信、平台", "Registers a case by hand: visit, telephone, letter, platform"))

    @Option(name: .long, help: ArgumentHelp(say("事项", "topic")))
    var topic: Topic
    @Option(name: .long, help: ArgumentHelp(say("村代码", "code of the village"), valueName: "code"))
    var village: String
    @Option(name: .long, help: ArgumentHelp(say("来源", "source")))
    var source: CaseSource
    @Option(name: .long, help: ArgumentHelp(say("摘要，用自己的话写", "summary in your own words"), valueName: "words"))
    var summary: String
    @Option(
        name: .long, help: ArgumentHelp(say("原话（先打码再存）", "the words as taken down (masked first)"), valueName: "words"))
    var original: String?
    @Option(name: .long, help: ArgumentHelp(say("轻重", "severity")))
    var severity = Severity.medium
    @Option(name: .customLong("class"), help: ArgumentHelp(say("信访分类", "class of the petition regulations")))
    var petition: PetitionClass?
    @Option(name: .long, help: ArgumentHelp(say("收到日期", "day of receipt"), valueName: "date"))
    var received: CivilDay?
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("被反映的单位编号，或 单位:干部（可多个；默认本村及其乡镇）", "the accused: UNIT or UNIT:OFFICIAL (default: village and township)"),
            valueName: "unit"))
    var accused: [String] = []
    @Flag(name: .long, help: ArgumentHelp(say("涉及健康或未成年人", "touches health or minors")))
    var sensitive = false
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("来件在别处的编号；同一编号只登记一次", "its number elsewhere; one number is registered once"), valueName: "number"))
    var reference: String?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var new = NewCase(track: topic.track, topic: topic, area: village, source: source, summary: summary)
        new.original = original
        new.severity = severity
        new.petition = petition
        new.receivedOn = received
        new.isSensitive = sensitive
        new.reference = reference
        new.accused = try AccusedText.read(accused)
        CaseOutput.tell(try desk.desk().register(new), isJSON: output.json)
    }
}

/// `UNIT` or `UNIT:OFFICIAL`.
enum AccusedText {
    static func read(_ texts: [String]) throws -> [CaseView.Accused] {
        try texts.map { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(parts.count), let unit = parts[0], parts.count == 1 || parts[1] != nil else {
                throw ValidationError(say("被反映对象应写成 单位 或 单位:干部", "Write the accused as UNIT or UNIT:OFFICIAL"))
            }
            return CaseView.Accused(unit: unit, official: parts.count == 2 ? parts[1] : nil)
        }
    }
}
