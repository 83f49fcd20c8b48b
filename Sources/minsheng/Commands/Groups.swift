public import ArgumentParser
import CaseStore
import ChatExports
public import Messages
import Pipeline

extension Platform: ExpressibleByArgument {}

/// `minsheng groups`.
struct Groups: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups", abstract: say("监督群登记", "The register of groups"),
        subcommands: [AddGroup.self, ImportGroups.self, ListGroups.self, CompareExports.self],
        defaultSubcommand: ListGroups.self)
}

/// `minsheng groups add`.
struct AddGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: say("登记一个群", "Registers a group"))

    @Option(
        name: .long,
        help: ArgumentHelp(say("群编号（导出文件里的群 ID；没有就自定）", "the group's id in exports; your own where they have none")))
    var id: String
    @Option(name: .long, help: ArgumentHelp(say("群名", "the group's name")))
    var name: String
    @Option(name: .long, help: ArgumentHelp(say("平台", "platform")))
    var platform: Platform
    @Option(name: .long, help: ArgumentHelp(say("所属村的 12 位代码", "12-digit code of its village"), valueName: "code"))
    var village: String
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "在群里公告（告知成员诉求会被转办）的日期", "day on which its members were told in the group that complaints are passed on"),
            valueName: "yyyy-mm-dd"))
    var noticePostedOn: String
    @Option(name: .long, help: ArgumentHelp(say("曾用名，可重复", "a former name; may be repeated")))
    var formerName: [String] = []

    @OptionGroup var data: DataOptions

    func validate() throws {
        if !Day.isValid(noticePostedOn) {
            throw ValidationError(
                say("--notice-posted-on 要写成 2026-03-02 这样的日期", "--notice-posted-on must be a day such as 2026-03-02"))
        }
        if id.isEmpty || name.isEmpty {
            throw ValidationError(say("--id 和 --name 不能为空", "--id and --name must not be empty"))
        }
    }

    func run() throws {
        let store = try CaseStore(opening: data.folder)
        try store.add(
            RegisteredGroup(
                id: id, name: name, platform: platform, village: village, noticePostedOn: noticePostedOn,
                formerNames: formerName))
        Console.tell(say("已登记“\(name)”。", "Registered '\(name)'."))
    }
}

/// `minsheng groups import`.
struct ImportGroups: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("从表格（CSV、xlsx）批量登记", "Registers the groups of a table (CSV, xlsx)"),
        discussion: say(
            "列：id,name,platform,village,notice_posted_on[,former_names]，或中文列名：群编号,群名,平台,村代码,公告日期,曾用名",
            "Columns: id,name,platform,village,notice_posted_on[,former_names]"))

    @Argument(
        help: ArgumentHelp(say("CSV 或 xlsx 文件", "the CSV or xlsx file")),
        completion: .file(extensions: ["csv", "xlsx"]))
    var file: String

    @OptionGroup var data: DataOptions

    func run() throws {
        if try GroupImporting.run(file, into: CaseStore(opening: data.folder)) > 0 { throw ExitCode(1) }
    }
}

/// Reads a table of groups into the register.
enum GroupImporting {
    private static let columns: [[String]] = [
        ["id", "群编号", "群id", "群号"], ["name", "群名", "群名称"], ["platform", "平台"], ["village", "村代码", "村", "归属村"],
        ["notice_posted_on", "公告日期", "告知日期"], ["former_names", "曾用名"],
    ]

    private static let platforms: [String: Platform] = [
        "微信": .wechat, "钉钉": .dingtalk, "企业微信": .wecom, "qq": .qq, "welink": .welink,
    ]

    /// - Returns: the number of rows that could not be used.
    static func run(_ file: String, into store: CaseStore) throws -> Int {
        let rows = try TableFile.rows(of: file)
        let header = (rows.first?.fields ?? []).map { $0.lowercased().filter { !$0.isWhitespace } }
        let positions = columns.map { names in header.firstIndex { names.contains($0) } }
        guard positions.prefix(5).allSatisfy({ $0 != nil }) else {
            Console.complain(
                say(
                    "\(file)：第一行要有列名 id,name,platform,village,notice_posted_on（或 群编号,群名,平台,村代码,公告日期）。",
                    "\(file): the first line must name the columns id,name,platform,village,notice_posted_on."))
            throw ExitCode(2)
        }
        let villages = Set(try store.places().lazy.filter { $0.level == .village }.map(\.code))
        var groups: [RegisteredGroup] = []
        var ids: Set<String> = []
        var problems = 0
        for (line, fields) in rows.dropFirst() {
            let values = positions.map { position in
                position.flatMap { $0 < fields.count ? fields[$0].trimmed : nil } ?? ""
            }
            func leaveOut(_ zh: String, _ en: String) {
                problems += 1
                Console.tell(say("\(file):\(line)：\(zh)这一行没有登记。", "\(file):\(line): \(en) This row was left out."))
            }
            guard !values[0].isEmpty, !values[1].isEmpty else {
                leaveOut("缺群编号或群名。", "The id or the name is missing.")
                continue
            }
            guard let platform = Platform(rawValue: values[2].lowercased()) ?? platforms[values[2].lowercased()] else {
                leaveOut(
                    "没有平台“\(values[2])”，请写 wechat、dingtalk、wecom、qq 或 welink。",
                    "There is no platform '\(values[2])'. Write wechat, dingtalk, wecom, qq or welink.")
                continue
            }
            guard villages.contains(values[3]) else {
                leaveOut(
                    "村名表里没有村代码“\(values[3])”，请先导入村名表或改正代码。",
                    "No village has the code '\(values[3])'. Import the gazetteer first, or mend the code.")
                continue
            }
            guard let notice = Day.written(values[4]) else {
                leaveOut(
                    "公告日期“\(values[4])”有误，请写 YYYY-MM-DD。", "The notice day '\(values[4])' is wrong. Write YYYY-MM-DD.")
                continue
            }
            guard ids.insert(values[0]).inserted else {
                leaveOut("群编号“\(values[0])”前面已有。", "The id '\(values[0])' stood in a row before.")
                continue
            }
            groups.append(
                RegisteredGroup(
                    id: values[0], name: values[1], platform: platform, village: values[3], noticePostedOn: notice,
                    formerNames: values[5].split(whereSeparator: { ";；|".contains($0) }).map { String($0).trimmed }))
        }
        let counts = try store.importGroups(groups)
        Console.tell(
            say(
                "群登记：新增 \(counts.added)，改动 \(counts.changed)，未变 \(counts.unchanged)，有误 \(problems)。",
                "Groups: \(counts.added) added, \(counts.changed) changed, \(counts.unchanged) unchanged, \(problems) wrong."
            ))
        return problems
    }
}

extension String {
    /// Without blanks and line ends at both ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// `minsheng groups list`.
struct ListGroups: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: say("列出已登记的群", "Lists the register"))

    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        for group in try CaseStore(opening: data.folder).groups() {
            if output.json {
                let value: JSONValue = [
                    "formerNames": .array(group.formerNames.map { .string($0) }), "id": .string(group.id),
                    "name": .string(group.name), "noticePostedOn": .string(group.noticePostedOn),
                    "platform": .string(group.platform.rawValue), "village": .string(group.village),
                ]
                Console.write(value.line)
            } else {
                Console.print(
                    Console.safe(
                        [group.id, group.name, group.platform.rawValue, group.village, group.noticePostedOn]
                            .joined(separator: "  ")))
            }
        }
    }
}
