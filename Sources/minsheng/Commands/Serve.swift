import ArgumentParser
import Foundation
import Glibc
import Messages

/// `minsheng serve`.
///
/// The desk is a program of its own that lies beside this one, so that the command line builds and starts without the web
/// packages.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: say("打开工作台（网页）", "Opens the desk (web pages)"),
        discussion: say(
            "只在本机打开；要让别的电脑用，请给 --listen 和 --host ，再给证书。先用 staff password 给每人一个初始密码。",
            "Opens it on loopback. For other computers give --listen and --host and a certificate. Give everybody a first password with 'staff password'."
        ))

    @Option(name: .long, help: ArgumentHelp(say("端口；0 为任一空闲端口", "the port; 0 for any that is free")))
    var port = 8080
    @Option(name: .long, help: ArgumentHelp(say("监听地址", "the address to listen on")))
    var listen = "127.0.0.1"
    @Option(name: .long, help: ArgumentHelp(say("浏览器里用的主机名，可写多次", "a host name that browsers use; may be repeated")))
    var host: [String] = []
    @Option(name: .long, help: ArgumentHelp(say("证书链（PEM）", "the certificate chain (PEM)")), completion: .file())
    var certificate: String?
    @Option(
        name: .customLong("certificate-key"), help: ArgumentHelp(say("证书私钥（PEM）", "the certificate's key (PEM)")),
        completion: .file())
    var certificateKey: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var lexicon: LexiconOption

    func run() throws {
        let program = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("minsheng-desk").path
        guard access(program, X_OK) == 0 else {
            Console.complain(
                say(
                    "旁边没有 minsheng-desk。请编译：swift build -c release --product minsheng-desk",
                    "minsheng-desk is not beside this program. Build it: swift build -c release --product minsheng-desk"
                ))
            throw ExitCode(2)
        }
        // This process becomes the desk: signals and the exit code are its own.
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + self.arguments).map { strdup($0) }
        arguments.append(nil)
        execv(program, &arguments)
        Console.complain(say("minsheng-desk 无法启动。请检查权限。", "minsheng-desk cannot be started. Check its rights."))
        throw ExitCode(2)
    }

    /// What the desk is told.
    private var arguments: [String] {
        var arguments = [
            "--data", data.folder, "--port", String(port), "--listen", listen, "--lang", language.rawValue,
        ]
        for name in host { arguments += ["--host", name] }
        if let certificate { arguments += ["--certificate", certificate] }
        if let certificateKey { arguments += ["--certificate-key", certificateKey] }
        if let lexicons = lexicon.lexicons { arguments += ["--lexicons", lexicons] }
        return arguments
    }
}
