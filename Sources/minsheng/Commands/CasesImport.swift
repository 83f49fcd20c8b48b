import ArgumentParser
import CaseStore
import Casework
import ChatExports
import Foundation
import Messages

/// `minsheng cases import`.
struct ImportCases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: say("按表登记别的平台的来件（CSV 或 XLSX）", "Registers rows of another platform (CSV or XLSX)"),
        discussion: say(
            """
            第一行写列名：reference,topic,village,summary 必有；source,original,severity,class,received,accused 可有。
            每行一件、各自登记；错行逐行说明，其余照登。同一 reference 只登记一次，可放心重导。
            """,
            """
            The first row names the columns: reference,topic,village,summary, and, if wanted, source,original,severity,
            class,received,accused. Each row is a case of its own; wrong rows are named, the others registered. One reference
            is registered once, so a file may be imported again.
            """))

    @Argument(help: ArgumentHelp(say("表格文件", "the table")), completion: .file())
    var file: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        var rows = try TableFile.rows(of: file)[...]
        guard let head = rows.popFirst() else { throw DeskError(.file(file)) }
        let columns = Dictionary(
            head.fields.enumerated().map { ($1.trimmingCharacters(in: .whitespaces).lowercased(), $0) },
            uniquingKeysWith: { first, _ in first })
        if let stranger = columns.keys.sorted().first(where: { !Self.known.contains($0) }) {
            throw DeskError(.badField("\(file):\(head.line): \(stranger)"))
        }
        if let missing = Self.required.first(where: { columns[$0] == nil }) {
            throw DeskError(.badField("\(file):\(head.line): \(missing)"))
        }
        let desk = try desk.desk()
        var (made, known, wrong) = (0, 0, 0)
        for row in rows where row.fields.contains(where: { !$0.isEmpty }) {
            do {
                let outcome = try desk.register(Self.newCase(row.fields, columns))
                made += 1
                CaseOutput.tell(outcome, isJSON: output.json)
            } catch let error as DeskError where error.reason == .knownReference {
                known += 1
            } catch let error as any ExplainedError {
                // Whoever may not register at all is told so once, not by every row.
                if let error = error as? DeskError, Self.isHopeless(error.reason) { throw error }
                wrong += 1
                Console.complain("\(file):\(row.line): " + error.explanation(in: language))
            }
        }
        Console.tell(
            say(
                "登记 \(made) 件，早已登记 \(known) 件，有误 \(wrong) 行",
                "registered \(made), known before \(known), wrong rows \(wrong)")
        )
        if wrong > 0 { throw ExitCode(1) }
    }

    private static let required = ["reference", "topic", "village", "summary"]
    private static let known = Set(
        required + ["source", "original", "severity", "class", "received", "accused"])

    private static func isHopeless(_ reason: DeskError.Reason) -> Bool {
        switch reason {
        case .role, .nobody, .noSuchStaff: true
        default: false
        }
    }

    /// Makes a case of a row; a value that cannot be is named by its column.
    private static func newCase(_ fields: [String], _ columns: [String: Int]) throws -> NewCase {
        func text(_ column: String) -> String? {
            guard let index = columns[column], index < fields.count else { return nil }
            let text = fields[index].trimmingCharacters(in: .whitespaces)
            return text.isEmpty ? nil : text
        }
        func value<Value>(_ column: String, _ read: (String) -> Value?) throws -> Value? {
            guard let text = text(column) else { return nil }
            guard let value = read(text) else { throw DeskError(.badField(column)) }
            return value
        }
        guard let topic = try value("topic", Topic.init(rawValue:)) else { throw DeskError(.badField("topic")) }
        guard let village = text("village") else { throw DeskError(.badField("village")) }
        guard let reference = text("reference") else { throw DeskError(.badField("reference")) }
        var new = NewCase(
            track: topic.track, topic: topic, area: village,
            source: try value("source", CaseSource.init(rawValue:)) ?? .platform, summary: text("summary") ?? "")
        new.reference = reference
        new.original = text("original")
        new.severity = try value("severity", Severity.init(rawValue:)) ?? .medium
        new.petition = try value("class", PetitionClass.init(rawValue:))
        new.receivedOn = try value("received") { CivilDay($0) }
        new.accused = try AccusedText.read(text("accused")?.split(separator: " ").map(String.init) ?? [])
        return new
    }
}
