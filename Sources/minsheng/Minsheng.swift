import ArgumentParser
import CMalloc
import CaseStore
import Foundation
import Messages
import Pipeline

/// The command line: thin faces over `Pipeline`.
@main
struct Minsheng: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minsheng",
        abstract: say("民声：从监督群的每周导出记录里找出诉求和检举控告，归到村，交人审核", "Finds complaints in exports of supervision groups"),
        discussion: say(
            """
            数据目录：--data DIR，否则 $MINSHENG_DATA，否则 ./minsheng-data。
            结果写到标准输出，其余写到标准错误。退出码：0 完成；1 完成但需要人看；2 无法完成；64 用法有误。
            """,
            """
            The data folder: --data DIR, else $MINSHENG_DATA, else ./minsheng-data.
            Data goes to stdout, all else to stderr. Exit: 0 done, 1 done but a person must look, 2 could not, 64 usage.
            """),
        version: "0.1.0",
        subcommands: [
            Initialize.self, Groups.self, GazetteerCommand.self, Import.self, Read.self, Classify.self, Segment.self,
            Attribute.self, LexiconCommand.self, ModelCommand.self, Flags.self, Cases.self, Units.self,
            StaffCommand.self,
            Ties.self, CalendarCommand.self, Audit.self, Retention.self, ClockCommand.self, Duties.self, Serve.self,
            Backup.self, Restore.self, Doctor.self,
        ])

    /// Runs the command; every error becomes one line and an exit code.
    static func main() async {
        Console.keepCrashesSilent()
        Console.ignoreBrokenPipes()
        cmalloc_bound()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            Console.flush()
        } catch let code as ExitCode {
            Console.flush()
            Foundation.exit(code.rawValue)
        } catch let error as any ExplainedError {
            Console.flush()
            Console.complain(error.explanation(in: language))
            Foundation.exit(2)
        } catch let error where isOwn(error) {
            Console.flush()
            tell(error)
        } catch {
            Console.flush()
            // Foundation's errors print a page; their description is the line that matters.
            Console.complain(say("出错：", "Error: ") + error.localizedDescription)
            Foundation.exit(2)
        }
    }

    /// Prints what the argument parser has to say, in the reader's language, and ends.
    private static func tell(_ error: any Error) -> Never {
        guard language == .zh else { exit(withError: error) }
        let message = fullMessage(for: error)
        if exitCode(for: error) != .success {
            let lines = UsageWords.told(fault: message).split(separator: "\n").map(String.init)
            Console.complain(lines.first ?? message)
            for line in lines.dropFirst() { Console.tell(line) }
            Foundation.exit(exitCode(for: error).rawValue)
        }
        // A version and a completion script are printed as they are.
        guard message.hasPrefix("OVERVIEW: ") || message.hasPrefix("USAGE: ") else { exit(withError: error) }
        Console.print(UsageWords.told(help: message))
        Console.flush()
        Foundation.exit(0)
    }

    /// Help, version, usage: what the argument parser explains itself.
    private static func isOwn(_ error: any Error) -> Bool {
        let code = exitCode(for: error)
        return code == .validationFailure || code == .success
    }
}
