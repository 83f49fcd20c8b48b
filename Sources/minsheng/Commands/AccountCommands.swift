import ArgumentParser
import CaseStore
import Casework
import Foundation
import Glibc
import Messages

/// `minsheng staff password`.
struct SetPassword: Doing {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: say("设密码：从终端或标准输入读，不写在命令里", "Sets a password, read from the terminal or standard input"))

    @Argument(help: ArgumentHelp(say("人员编号（默认本人）", "the person (default: yourself)"), valueName: "person"))
    var person: Int?
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws {
        let desk = try desk.desk()
        let target = person ?? desk.actor
        let isOwn = target == desk.actor
        // A password among the arguments would stand in the list of processes and in the shell's history.
        let old = isOwn ? try SecretInput.line(say("原密码（没有就回车）：", "old password (none: Enter): ")) : nil
        let new = try SecretInput.line(say("新密码：", "new password: "))
        try desk.setPassword(new, of: target, old: old)
        Console.tell(
            isOwn
                ? say("密码已设。", "The password is set.")
                : say("密码已设，本人首次登录时须更换。", "The password is set; it must be replaced at the first sign-in."))
    }
}

/// Secrets that a person types: not shown on a terminal, a line each from a pipe.
enum SecretInput {
    static func line(_ prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return readLine(strippingNewline: true) ?? "" }
        FileHandle.standardError.write(Data(prompt.utf8))
        var old = termios()
        guard tcgetattr(STDIN_FILENO, &old) == 0 else { return readLine(strippingNewline: true) ?? "" }
        var silent = old
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &old)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine(strippingNewline: true) ?? ""
    }
}

/// `minsheng staff token-issue`.
struct IssueToken: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token-issue",
        abstract: say("发一个接口令牌，只显示一次", "Issues a token for a program; it is shown once"))

    @Option(name: .long, help: ArgumentHelp(say("用途", "what it is for"), valueName: "words"))
    var label: String
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let (token, secret) = try desk.desk().issueToken(label)
        if output.json {
            guard case .object(var object) = ListTokens.json(token) else { return }
            object["secret"] = .string(secret)
            Console.write(JSONValue.object(object).line)
        } else {
            Console.print(secret)
            Console.tell(
                say(
                    "令牌 \(token.id)，有效到 \(token.expiresOn)。请立即收好，以后看不到了。",
                    "Token \(token.id), until \(token.expiresOn). Keep it now."))
        }
    }
}

/// `minsheng staff tokens`.
struct ListTokens: Listing {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: say("列出接口令牌", "Lists tokens"))

    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func items() throws -> [APIToken] { try desk.desk().tokens() }

    static func json(_ token: APIToken) -> JSONValue {
        [
            "ended": .optional(token.endedOn?.description), "expires": .string(token.expiresOn.description),
            "id": .int(token.id), "issued": .string(token.issuedOn.description), "label": .string(token.label),
            "staff": .int(token.staff),
        ]
    }

    static func lines(_ token: APIToken) -> [String] {
        let end = token.endedOn.map { say("已停用 ", "ended ") + "\($0)" } ?? say("有效到 ", "until ") + "\(token.expiresOn)"
        return ["#\(token.id) \(say("人员", "staff")) \(token.staff)  \(token.label)  \(end)"]
    }
}

/// `minsheng staff token-end`.
struct EndToken: Doing {
    static let configuration = CommandConfiguration(
        commandName: "token-end", abstract: say("停用一个接口令牌", "Ends a token"))

    @Argument(help: ArgumentHelp(say("编号", "the token's number")))
    var token: Int
    @OptionGroup var desk: DeskOptions
    @OptionGroup var output: JSONOption

    func act() throws { try desk.desk().endToken(token) }
}
