import ArgumentParser
import CaseStore
import Casework
import Foundation
import Messages

/// What an act takes on the command line.
protocol ActFields: ParsableArguments {
    func fill(_ act: inout CaseAct, _ details: inout ActDetails, units: [OrgUnit]) throws
}

/// An act by name.
protocol NamedAct {
    static var action: CaseAction { get }
}

/// One act as a command.
protocol ActSpec: NamedAct {
    associatedtype Fields: ActFields
}

/// `minsheng cases <act>`: fills in an act, lets the store judge it, prints what came of it.
struct ActCommand<Spec: ActSpec>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: Spec.action.rawValue, abstract: Spec.action.name(in: language))
    }

    @Argument(help: ArgumentHelp(say("件号，可多个", "the case's number, or several")))
    var number: [String]
    @OptionGroup var fields: Spec.Fields
    @Option(
        name: .customLong("version-seen"),
        help: ArgumentHelp(
            say("看到的版本；他人改过就拒绝", "the version you saw; refused when somebody changed it"), valueName: "n"))
    var versionSeen: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let desk = try desk.desk()
        var act = CaseAct(Spec.action)
        var details = ActDetails()
        details.version = versionSeen
        try fields.fill(&act, &details, units: desk.units())
        let packet = (fields as? PacketFields)?.packet
        guard packet == nil || number.count == 1 else { throw DeskError(.oneByOne) }
        // Each is an act of its own: what one refuses doesn't undo the others.
        try Bulk.run(number) { number in
            let outcome = try desk.perform(act, on: number, details: details) { view in
                guard let packet else { return }
                try PacketFile.write(CaseOutput.json(view), to: packet)
            }
            CaseOutput.tell(outcome, isJSON: output.json)
        }
    }
}

/// Acts on several things at once.
enum Bulk {
    /// Does one after the other; what refuses is named, and makes the exit code 2 in the end.
    static func run<Item>(_ items: [Item], _ act: (Item) throws -> Void) throws {
        guard items.count > 1 else { return try items.forEach(act) }
        var refused = 0
        for item in items {
            do {
                try act(item)
            } catch let error as any ExplainedError {
                refused += 1
                Console.complain("\(item): " + error.explanation(in: language))
            }
        }
        if refused > 0 { throw ExitCode(2) }
    }
}

/// A sealed packet: written once, for its owner's eyes.
enum PacketFile {
    static func write(_ value: JSONValue, to path: String) throws { try write(value.line, to: path) }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DeskError(.file(path)) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(bytes))
            try file.synchronize()
        } catch {
            throw DeskError(.file(path))
        }
    }
}

/// The acts of the table, each with what it takes.
enum CaseActs {
    private enum Accept: ActSpec { typealias Fields = NoFields; static let action = CaseAction.accept }
    private enum Decline: ActSpec {
        typealias Fields = ReasonTextFields<Decline>; static let action = CaseAction.decline
    }
    private enum Assign: ActSpec { typealias Fields = AssignFields; static let action = CaseAction.assign }
    private enum Return: ActSpec {
        typealias Fields = ReasonTextFields<Return>; static let action = CaseAction.sendBack
    }
    private enum Begin: ActSpec { typealias Fields = NoFields; static let action = CaseAction.begin }
    private enum Escalate: ActSpec {
        typealias Fields = EscalateFields<Escalate>; static let action = CaseAction.escalate
    }
    private enum Extend: ActSpec { typealias Fields = ExtendFields; static let action = CaseAction.extend }
    private enum Suspend: ActSpec { typealias Fields = SuspendFields<Suspend>; static let action = CaseAction.suspend }
    private enum Resume: ActSpec { typealias Fields = NoFields; static let action = CaseAction.resume }
    private enum Reply: ActSpec { typealias Fields = ReplyFields; static let action = CaseAction.reply }
    private enum FollowUp: ActSpec {
        typealias Fields = ReasonFields<FollowUp>; static let action = CaseAction.followUp
    }
    private enum Close: ActSpec { typealias Fields = CloseFields; static let action = CaseAction.close }
    private enum Redo: ActSpec { typealias Fields = ReasonFields<Redo>; static let action = CaseAction.redo }
    private enum Supervise: ActSpec { typealias Fields = LevelFields; static let action = CaseAction.supervise }
    private enum Merge: ActSpec { typealias Fields = OtherFields; static let action = CaseAction.merge }
    private enum Unmerge: ActSpec { typealias Fields = NoFields; static let action = CaseAction.unmerge }
    private enum Relate: ActSpec { typealias Fields = OtherFields; static let action = CaseAction.relate }
    private enum Split: ActSpec { typealias Fields = SplitFields; static let action = CaseAction.split }
    private enum Assist: ActSpec { typealias Fields = UnitFields; static let action = CaseAction.assist }
    private enum Turn: ActSpec { typealias Fields = NoFields; static let action = CaseAction.toMisconduct }
    private enum Summarise: ActSpec { typealias Fields = TextFields; static let action = CaseAction.summarise }
    private enum Note: ActSpec { typealias Fields = ReasonTextFields<Note>; static let action = CaseAction.note }
    private enum Retaliation: ActSpec { typealias Fields = NoFields; static let action = CaseAction.retaliation }
    private enum Recuse: ActSpec { typealias Fields = StaffFields; static let action = CaseAction.recuse }
    private enum Review: ActSpec { typealias Fields = TextFields; static let action = CaseAction.review }
    private enum SecondReview: ActSpec { typealias Fields = TextFields; static let action = CaseAction.secondReview }
    private enum Conclude: ActSpec { typealias Fields = TextFields; static let action = CaseAction.concludeReview }
    private enum Transfer: ActSpec { typealias Fields = TextFields; static let action = CaseAction.transfer }
    private enum Keep: ActSpec { typealias Fields = ReasonFields<Keep>; static let action = CaseAction.keep }
    private enum ForwardUp: ActSpec { typealias Fields = PacketFields; static let action = CaseAction.forwardUp }
    private enum Propose: ActSpec {
        typealias Fields = ReasonTextFields<Propose>; static let action = CaseAction.propose
    }
    private enum Dispose: ActSpec { typealias Fields = DisposeFields<Dispose>; static let action = CaseAction.dispose }
    private enum HandOver: ActSpec { typealias Fields = ReceiptFields; static let action = CaseAction.handOver }
    private enum Result: ActSpec { typealias Fields = ResultFields<Result>; static let action = CaseAction.enterResult }
    private enum RealName: ActSpec {
        typealias Fields = ReasonFields<RealName>; static let action = CaseAction.realName
    }
    private enum Notice: ActSpec { typealias Fields = NoFields; static let action = CaseAction.notify }
    private enum FeedBack: ActSpec { typealias Fields = TextFields; static let action = CaseAction.feedBack }
    private enum Clarify: ActSpec { typealias Fields = TextFields; static let action = CaseAction.clarify }
    private enum Narrow: ActSpec { typealias Fields = NarrowFields; static let action = CaseAction.narrow }

    static let all: [any ParsableCommand.Type] = [
        ActCommand<Accept>.self, ActCommand<Decline>.self, ActCommand<Assign>.self, ActCommand<Return>.self,
        ActCommand<Begin>.self, ActCommand<Escalate>.self, ActCommand<Extend>.self, ActCommand<Suspend>.self,
        ActCommand<Resume>.self, ActCommand<Reply>.self, ActCommand<FollowUp>.self, ActCommand<Close>.self,
        ActCommand<Redo>.self, ActCommand<Supervise>.self, ActCommand<Merge>.self, ActCommand<Unmerge>.self,
        ActCommand<Relate>.self, ActCommand<Split>.self, ActCommand<Assist>.self, ActCommand<Turn>.self,
        ActCommand<Summarise>.self, ActCommand<Note>.self, ActCommand<Retaliation>.self, ActCommand<Recuse>.self,
        ActCommand<Review>.self, ActCommand<SecondReview>.self, ActCommand<Conclude>.self, ActCommand<Transfer>.self,
        ActCommand<Keep>.self, ActCommand<ForwardUp>.self, ActCommand<Propose>.self, ActCommand<Dispose>.self,
        ActCommand<HandOver>.self, ActCommand<Result>.self, ActCommand<RealName>.self, ActCommand<Notice>.self,
        ActCommand<FeedBack>.self, ActCommand<Clarify>.self, ActCommand<Narrow>.self,
    ]
}
