import ArgumentParser
import CaseStore
import Desk
import Foundation
import Hummingbird
import Lexicons
import Messages
import Pipeline

/// The program behind `minsheng serve`: carries requests to the desk and answers back.
@main
struct MinshengDesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minsheng-desk", abstract: "民声：工作台 · Serves the desk", version: "0.1.0")

    @Option(name: .long, help: "数据目录 · the data folder", completion: .directory)
    var data: String?
    @Option(name: .long, help: "端口 · the port; 0 for any that is free")
    var port = 8080
    @Option(name: .long, help: "监听地址；不是本机时必须有证书 · the address to listen on; others than loopback need a certificate")
    var listen = "127.0.0.1"
    @Option(name: .customLong("host"), help: "浏览器里用的主机名，可写多次 · a host name that browsers use; may be repeated")
    var hosts: [String] = []
    @Option(name: .long, help: "证书链（PEM） · the certificate chain (PEM)", completion: .file())
    var certificate: String?
    @Option(name: .customLong("certificate-key"), help: "证书私钥（PEM） · the certificate's key (PEM)", completion: .file())
    var certificateKey: String?
    @Option(name: .long, help: "词库目录 · folder of lexicons", completion: .directory)
    var lexicons: String?
    @Option(name: .long, help: "界面语言：zh 或 en · language of messages")
    var lang = "zh"

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as any ExplainedError {
            complain(error.explanation(in: CommandLine.arguments.contains("en") ? .en : .zh))
            Foundation.exit(2)
        } catch {
            let code = exitCode(for: error)
            if code == .validationFailure || code == .success { exit(withError: error) }
            complain(error.localizedDescription)
            Foundation.exit(2)
        }
    }

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port: 0…65535") }
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError(
                "--certificate 和 --certificate-key 要一起写 · --certificate and --certificate-key go together")
        }
        if certificate == nil, !["127.0.0.1", "::1", "localhost"].contains(listen) {
            throw ValidationError(
                "对外监听必须加密：请给 --certificate 和 --certificate-key · beyond loopback the desk needs --certificate and --certificate-key"
            )
        }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let environment = ProcessInfo.processInfo.environment["MINSHENG_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        let store = try CaseStore(opening: data ?? environment ?? "./minsheng-data", listsWait: false)
        let taxonomy = try LoadedLexicons(at: lexicons ?? store.configuration.lexicons).lexicon.taxonomy
        var settings = DeskSettings(hosts: [])
        settings.isSecure = certificate != nil
        settings.lexicons = lexicons
        let server = DeskServer(
            listen: listen, port: port, names: hosts, certificate: certificate, certificateKey: certificateKey)
        try await server.run(store: store, taxonomy: taxonomy, settings: settings) { address in
            let line =
                lang == "en" ? "The desk is open: \(address)  (Ctrl-C closes it)" : "工作台已打开：\(address)  （Ctrl-C 关闭）"
            FileHandle.standardError.write(Data((line + "\n").utf8))
        }
    }

    private static func complain(_ line: String) {
        FileHandle.standardError.write(Data(("minsheng-desk: " + line + "\n").utf8))
    }
}
