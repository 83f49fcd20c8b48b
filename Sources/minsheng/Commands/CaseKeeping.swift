import ArgumentParser
import CaseStore
import Casework
import Messages

/// What is done with a case beside the table of states: putting off, holds, requests, codes.
enum CaseKeeping {
    static let all: [any ParsableCommand.Type] = [
        SnoozeCase.self, HoldCase.self, LiftHold.self, ListHolds.self, TakeRequest.self, AnswerRequest.self,
        ListRequests.self, IssueCode.self, ShowProgress.self,
    ]
}

/// `minsheng cases snooze`.
struct SnoozeCase: Doing {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: say("暂存到某日：只离开自己的列表，期限照走", "Puts a case off in one's own queues; no term stops"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @OptionGroup var day: DayField
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().snooze(number, until: day.until) }
}

/// `minsheng cases hold`.
struct HoldCase: Adding {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: say("留存：到期也不删，写明依据", "Keeps a case's words beyond their time, and says why"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @Option(name: .long, help: ArgumentHelp(say("依据（文号）", "the paper that says so"), valueName: "words"))
    var basis: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func add() throws -> Int { try desk.desk().placeHold(on: number, basis: basis) }
}

/// `minsheng cases lift-hold`.
struct LiftHold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift-hold", abstract: say("解除留存：须两人先后办理", "Ends a hold: two people, one after the other"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @Argument(help: ArgumentHelp(say("该件第几条留存，见 cases holds", "which of the case's holds: see cases holds")))
    var hold: Int = 1
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let isEnded = try desk.desk().liftHold(hold, on: number)
        if output.json { return Console.write(JSONValue.object(["decided": .bool(isEnded)]).line) }
        Console.tell(isEnded ? say("已解除。", "Ended.") : say("已提出，须另一人再办。", "Asked for: another person must do it, too."))
    }
}

/// `minsheng cases holds`.
struct ListHolds: Listing {
    static let configuration = CommandConfiguration(
        commandName: "holds", abstract: say("列出留存中的件", "Lists the holds that stand"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [CaseHold] { try desk.desk().holds() }

    static func json(_ hold: CaseHold) -> JSONValue {
        [
            "basis": .string(hold.basis), "id": .int(hold.id), "liftingBy": .optional(hold.liftingBy),
            "number": .string(hold.number), "placed": .string(hold.placedOn.description),
        ]
    }

    static func lines(_ hold: CaseHold) -> [String] { ["\(hold.number) \(hold.id)  \(hold.placedOn)  \(hold.basis)"] }
}

/// `minsheng cases request`.
struct TakeRequest: Adding {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: say("登记查阅、更正、删除请求；不记请求人", "Takes down a request to see, correct or erase; not who asks"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @Option(name: .long, help: ArgumentHelp(say("种类", "kind")))
    var kind: SubjectRequest.Kind
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func add() throws -> Int { try desk.desk().takeRequest(kind, on: number) }
}

/// `minsheng cases answer-request`.
struct AnswerRequest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer-request",
        abstract: say(
            "答复请求：一人提出、另一人同意才算；删除即销毁密钥", "Answers a request: one proposes, another agrees; erasure destroys the keys"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @Argument(help: ArgumentHelp(say("该件第几件请求，见 cases requests", "which of the case's requests: see cases requests")))
    var request: Int = 1
    @Option(name: .long, help: ArgumentHelp(say("答复", "answer")))
    var answer: SubjectRequest.Answer
    @Option(name: .long, help: ArgumentHelp(say("理由和依据", "reason and basis"), valueName: "words"))
    var basis: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let isDecided = try desk.desk().answerRequest(request, on: number, answer, basis: basis)
        if output.json { return Console.write(JSONValue.object(["decided": .bool(isDecided)]).line) }
        Console.tell(isDecided ? say("已答复。", "Decided.") : say("已提出，须另一人同意。", "Proposed: another person must agree."))
    }
}

/// `minsheng cases requests`.
struct ListRequests: Listing {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: say("列出查阅、更正、删除请求", "Lists requests to see, correct or erase"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [SubjectRequest] { try desk.desk().requests() }

    static func json(_ request: SubjectRequest) -> JSONValue {
        [
            "basis": .optional(request.basis), "decided": .optional(request.decidedOn?.description),
            "id": .int(request.id), "kind": .string(request.kind.rawValue), "number": .string(request.number),
            "proposal": .optional(request.proposal?.rawValue), "received": .string(request.receivedOn.description),
        ]
    }

    static func lines(_ request: SubjectRequest) -> [String] {
        let state = request.decidedOn.map { "\($0) " + (request.proposal?.rawValue ?? "") } ?? say("未答复", "open")
        return ["\(request.number) \(request.id)  \(name(of: request.kind))  \(request.receivedOn)  \(state)"]
    }
}

extension ListRequests {
    private static func name(of kind: SubjectRequest.Kind) -> String {
        switch kind {
        case .access: say("查阅", "access")
        case .correction: say("更正", "correction")
        case .erasure: say("删除", "erasure")
        }
    }
}

/// `minsheng cases claim-code`.
struct IssueCode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim-code",
        abstract: say("发查询码：私下交给反映人，只显示一次", "Makes the code to look a case up by: given in private, shown once"))

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let code = try desk.desk().issueClaimCode(for: number)
        if output.json { return Console.write(JSONValue.object(["code": .string(code)]).line) }
        Console.print(code)
    }
}

/// `minsheng cases progress`.
struct ShowProgress: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "progress",
        abstract: say("凭件号和查询码看进度、期限、答复，并评价", "Where a case stands, by its number and code; and a rating of the answer")
    )

    @Argument(help: ArgumentHelp(say("件号", "the case's number")))
    var number: String
    @Option(
        name: .long,
        help: ArgumentHelp(say("评价：satisfied 或 not-satisfied", "satisfied or not-satisfied"), valueName: "word"))
    var rate: ReasonCode?
    @OptionGroup var data: DataOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let code = try SecretInput.line(say("查询码：", "code: "))
        let found = try DeskOptions.desk(in: data, as: 0).progress(of: number, code: code, rating: rate)
        if output.json {
            let line: JSONValue = [
                "due": .optional(found.dueOn?.description), "rating": .optional(found.rating?.rawValue),
                "reply": .optional(found.reply), "step": .string(found.step.rawValue),
            ]
            Console.write(line.line)
            return
        }
        Console.print(Self.name(found.step) + (found.dueOn.map { say("，期限 ", ", due ") + "\($0)" } ?? ""))
        if let reply = found.reply { Console.print(Console.safe(reply.replacing("\n", with: " ⏎ "))) }
    }

    private static func name(_ step: CaseProgress.Step) -> String {
        switch step {
        case .received: say("已登记", "received")
        case .handling: say("办理中", "being handled")
        case .answered: say("已答复", "answered")
        case .ended: say("已办结", "ended")
        }
    }
}
