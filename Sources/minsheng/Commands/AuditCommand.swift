import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// `minsheng audit`.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: say("审计日志", "The audit log"),
        subcommands: [VerifyAudit.self, AnchorAudit.self, ReportAudit.self])
}

/// `minsheng audit verify`.
struct VerifyAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: say("核对审计链：改动、截尾、放回旧库、分叉各有说法", "Verifies the chain: altered, cut, restored and forked told apart"))

    @Option(
        name: .long,
        help: ArgumentHelp(
            say("外部锚点文件，可多个（默认再看数据目录的 anchors.txt）", "files of anchors (besides anchors.txt of the data folder)"),
            valueName: "file"),
        completion: .file())
    var anchors: [String] = []
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var known: [AuditAnchor] = []
        for file in anchors {
            guard let data = FileManager.default.contents(atPath: file) else { throw DeskError(.file(file)) }
            known += try AnchorFile.read(data, file)
        }
        let own = desk.data.folder + "/" + AnchorFile.name
        if let data = FileManager.default.contents(atPath: own) { known += try AnchorFile.read(data, own) }
        let verdict = try desk.desk().verify(anchors: known)
        if output.json {
            let line: JSONValue = [
                "anchors": .int(known.count), "sound": .bool(verdict.isSound),
                "text": .string(verdict.text(in: language)),
                "verdict": .string(verdict.slug),
            ]
            Console.write(line.line)
        } else {
            Console.print((verdict.isSound ? "✓ " : "✗ ") + verdict.text(in: language))
            if known.isEmpty {
                Console.tell(
                    say(
                        "没有锚点：整链重写或放回旧库查不出来。请每天运行 minsheng audit anchor --to 另一块盘上的文件。",
                        "No anchors: a chain written anew can't be told. Run minsheng audit anchor --to FILE daily."))
            }
        }
        if !verdict.isSound { throw ExitCode(1) }
    }
}

/// `minsheng audit anchor`.
struct AnchorAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor",
        abstract: say("打一个锚点，抄到值班簿、发到市里、存到另一块盘", "Writes an anchor, for the duty book, the city, another disk"))

    @Option(
        name: .long,
        help: ArgumentHelp(say("另外写入的文件（应在别的盘上）", "a file besides, best on another disk"), valueName: "file"),
        completion: .file())
    var to: [String] = []
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        let anchor = try desk.anchor()
        let line = anchor.line + " \(desk.today)"
        for file in to { try AnchorFile.append(line, to: file) }
        if output.json {
            return Console.write(
                JSONValue.object(["hash": .string(anchor.hash), "seq": .int(anchor.seq)]).line)
        }
        Console.print(line)
    }
}

/// Files of anchors: a line each, only ever added to.
enum AnchorFile {
    static let name = "anchors.txt"

    static func read(_ data: Data, _ file: String) throws -> [AuditAnchor] {
        try String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
            guard let anchor = AuditAnchor(line: line) else { throw DeskError(.file(file)) }
            return anchor
        }
    }

    static func append(_ line: String, to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DeskError(.file(file)) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((line + "\n").utf8))
            try handle.synchronize()
        } catch {
            throw DeskError(.file(file))
        }
    }
}

/// `minsheng audit report`.
struct ReportAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: say("谁做过、看过、试过什么", "Who did, read and tried what"))

    @Option(name: .long, help: ArgumentHelp(say("人员编号", "a person's number"), valueName: "n"))
    var actor: Int?
    @Option(name: .long, help: ArgumentHelp(say("动作", "an action")))
    var action: String?
    @Option(name: .customLong("case"), help: ArgumentHelp(say("一个件的件号", "one case's number"), valueName: "number"))
    var number: String?
    @Option(name: .long, help: ArgumentHelp(say("从哪天", "from which day"), valueName: "date"))
    var from: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("到哪天", "to which day"), valueName: "date"))
    var to: CivilDay?
    @Option(name: .long, help: ArgumentHelp(say("最近几行", "the newest so many")))
    var limit = 200
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func validate() throws { try RowLimit.check(limit) }

    func run() throws {
        let desk = try desk.desk()
        var query = AuditQuery()
        query.actor = actor
        query.action = action
        query.number = number
        query.limit = limit
        if from != nil || to != nil {
            let first = from ?? CivilDay(0)
            query.days = first...max(first, to ?? desk.today)
        }
        let report = try desk.auditReport(query)
        for row in report.rows {
            if output.json {
                let line: JSONValue = [
                    "action": .string(row.action), "actor": .int(row.actor), "at": .string(Day.stamp(row.seconds)),
                    "detail": .string(row.detail), "object": .string(row.objectKind), "objectID": .int(row.objectID),
                    "seq": .int(row.seq),
                ]
                Console.write(line.line)
            } else {
                Console.print(
                    "\(row.seq)  \(Day.stamp(row.seconds))  #\(row.actor)  \(row.action)  \(row.objectKind) \(row.objectID)  "
                        + Console.safe(row.detail))
            }
        }
    }
}
