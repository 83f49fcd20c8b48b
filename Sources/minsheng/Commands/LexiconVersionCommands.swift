import ArgumentParser
import CaseStore
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon propose`.
struct LexiconPropose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: say("提交一版词库，等另一个人批准", "Proposes a version of the lexicons for another person to approve"),
        discussion: say(
            "--as 词库员。把 --lexicons 的目录（不写则随软件发布的）整个存进数据目录。有 lint 错误或例句不符的不收，退出码 1。",
            "--as a lexicon keeper. Keeps the whole folder of --lexicons (default: the shipped one) in the data folder. Lexicons with lint errors or failing examples are refused, with exit code 1."
        ))

    @Option(name: .long, help: ArgumentHelp(say("为什么改", "why"), valueName: "text"))
    var reason: String

    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var desk: DeskOptions
    @OptionGroup var json: JSONOption

    func validate() throws { try Self.check(reason) }

    /// Why a version is proposed or gone back to is read by the second person and, years later, by an auditor.
    static func check(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError(say("--reason 请写一句改了什么、为什么", "--reason needs a sentence: what changed, and why"))
        }
    }

    func run() throws {
        let opened = try desk.desk()
        let lexicons = try LoadedLexicons(at: lexicon.lexicons)
        let errors = try Linter(folder: lexicons.folder).findings().filter { $0.code.level == .error }
        for error in errors { Console.complain(error.editorLine) }
        let failures = ExampleFailure.failures(of: lexicons.lexicon, try LexiconMatcher(lexicons.lexicon)).count
        if failures > 0 {
            Console.complain(
                say(
                    "例句有 \(failures) 句不符。请先看 minsheng lexicon test。",
                    "\(failures) examples fail. See minsheng lexicon test first."))
        }
        if !errors.isEmpty || failures > 0 { throw ExitCode(1) }
        if lexicons.model == nil {
            Console.tell(
                say(
                    "注意：\(lexicons.folder) 里没有 model.bin，启用后只按规则判断。",
                    "Note: there is no model.bin in \(lexicons.folder); the rules would decide alone."))
        }
        let version = try LexiconRelease(opened).propose(lexicons, reason: reason)
        VersionOutput.write(version, isJSON: json.json)
        if version.approver == nil {
            Console.tell(
                say(
                    "等另一位词库员或审批人批准：minsheng lexicon approve \(version.id) --as 编号",
                    "Waits for another keeper or a supervisor: minsheng lexicon approve \(version.id) --as PERSON"))
        }
    }
}

/// `minsheng lexicon approve`.
struct LexiconApprove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: say("批准一版词库并启用；提交的人自己不能批", "Approves a version and takes it into use; not by whoever proposed it"),
        discussion: say(
            "--as 另一位词库员或审批人。批准前可用 lexicon diff、lexicon backtest 看改了什么。启用后等待中的线索按新版重新打分；线索一条不少，原先由哪一版标出的仍记着。",
            "--as another lexicon keeper or a supervisor. See what changes first: lexicon diff, lexicon backtest. Then the flags that wait are scored anew; none is lost, and each keeps the version that made it."
        ))

    @Argument(help: ArgumentHelp(say("版本号，见 lexicon versions", "the version's number"), valueName: "version"))
    var version: Int

    @OptionGroup var desk: DeskOptions
    @OptionGroup var json: JSONOption

    func run() throws {
        let opened = try desk.desk()
        let counts = try LexiconRelease(opened).approve(version)
        try VersionOutput.tell(version, counts, opened.store, isJSON: json.json)
    }
}

/// `minsheng lexicon rollback`.
struct LexiconRollback: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: say("退回到批准过的任何一版", "Goes back to any version that was approved"),
        discussion: say(
            "--as 词库员或审批人。等待中的线索按那一版重新打分。",
            "--as a lexicon keeper or a supervisor. The flags that wait are scored anew by that version."))

    @Argument(help: ArgumentHelp(say("版本号，见 lexicon versions", "the version's number"), valueName: "version"))
    var version: Int

    @Option(name: .long, help: ArgumentHelp(say("为什么退回", "why"), valueName: "text"))
    var reason: String

    @OptionGroup var desk: DeskOptions
    @OptionGroup var json: JSONOption

    func validate() throws { try LexiconPropose.check(reason) }

    func run() throws {
        let opened = try desk.desk()
        let counts = try LexiconRelease(opened).rollBack(to: version, reason: reason)
        try VersionOutput.tell(version, counts, opened.store, isJSON: json.json)
    }
}

/// `minsheng lexicon versions`.
struct LexiconVersions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions",
        abstract: say("列出各版词库：谁提交、谁批准、为什么、何时启用", "Lists the versions: who proposed and approved them, why, since when"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var json: JSONOption

    func run() throws {
        let versions = try desk.desk().lexiconVersions()
        for version in versions { VersionOutput.write(version, isJSON: json.json) }
        if versions.isEmpty {
            Console.tell(
                say(
                    "还没有提交过词库；在用的是 config.json 指定的或随软件发布的。",
                    "No version was proposed yet; the lexicons in use are those of config.json, or the shipped ones."))
        }
    }
}

/// How versions look.
enum VersionOutput {
    static func write(_ version: LexiconVersion, isJSON: Bool) {
        if isJSON {
            Console.write(json(version).line)
        } else {
            for line in lines(version) { Console.print(Console.safe(line)) }
        }
    }

    private static func json(_ version: LexiconVersion) -> JSONValue {
        [
            "approvedAt": .optional(version.approvedAt.map { Day.stamp($0) }),
            "approvedBy": version.approver.map { .int($0) } ?? .null, "current": .bool(version.isCurrent),
            "digest": .string(version.digest), "id": .int(version.id),
            "proposedAt": .string(Day.stamp(version.proposedAt)), "proposedBy": .int(version.proposer),
            "reason": .string(version.reason),
            "uses": .array(
                version.uses.map {
                    ["at": .string(Day.stamp($0.at)), "by": .int($0.staff), "reason": .string($0.reason)]
                }),
        ]
    }

    private static func lines(_ version: LexiconVersion) -> [String] {
        let approval =
            version.approver.map { say("#\($0) 批准", "approved by #\($0)") } ?? say("待批准", "waits for approval")
        let use = version.isCurrent ? say("（在用）", " (in use)") : ""
        let day = Day.stamp(version.proposedAt).prefix(10)
        let head =
            say("第 \(version.id) 版", "version \(version.id)") + use + "  \(version.digest.prefix(12))  \(day)  "
            + say("#\(version.proposer) 提交", "proposed by #\(version.proposer)") + say("，", ", ") + approval
        // The first use is the approval itself.
        let returns = version.uses.dropFirst().map {
            "  " + Day.stamp($0.at).prefix(10) + "  " + say("#\($0.staff) 退回到这一版：", "went back to by #\($0.staff): ")
                + $0.reason
        }
        return [head, "  " + say("理由：", "why: ") + version.reason] + returns
    }

    /// Says what a version's coming into use has done.
    static func tell(_ id: Int, _ counts: LexiconRescoring, _ store: CaseStore, isJSON: Bool) throws {
        guard let version = try store.lexiconVersions().first(where: { $0.id == id }) else { return }
        write(version, isJSON: isJSON)
        Console.tell(
            say(
                "已启用。等待中的线索 \(counts.read) 条已重新打分，其中 \(counts.changed) 条有变化；\(counts.unflagged) 条按这一版标不出，仍留给人看。",
                "In use now. \(counts.read) waiting flags scored anew, \(counts.changed) of them changed; \(counts.unflagged) would not be flagged by it and stay for a person."
            ))
    }
}
