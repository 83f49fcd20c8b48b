import CaseStore
import Desk
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Lexicons
import Logging
import NIOCore
import NIOSSL

/// The server: HTTP/1.1, with TLS where a certificate is given.
struct DeskServer {
    let listen: String
    let port: Int
    /// Names besides the address itself.
    let names: [String]
    let certificate: String?
    let certificateKey: String?

    /// Serves until the program is told to end; what still waits is then done.
    func run(
        store: CaseStore, taxonomy: Taxonomy, settings: DeskSettings, ready: @escaping @Sendable (String) -> Void
    ) async throws {
        let box = ApplicationBox()
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            guard let desk = box.desk else { return Response(status: .serviceUnavailable) }
            return await Self.respond(to: request, desk)
        }
        var logger = Logger(label: "minsheng-desk")
        // Addresses hold search words: nothing of a request is ever logged.
        logger.logLevel = .critical
        let scheme = settings.isSecure ? "https" : "http"
        let (listen, names) = (listen, names)
        let application = Application(
            responder: responder, server: try builder(),
            configuration: .init(address: .hostname(listen, port: port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                var settings = settings
                settings.hosts = Self.hosts(listen, names, port: port, isSecure: settings.isSecure)
                box.desk = DeskApplication(store: store, taxonomy: taxonomy, settings: settings)
                ready("\(scheme)://\(names.first ?? (listen == "127.0.0.1" ? "localhost" : listen)):\(port)/")
            }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService() }
            group.addTask {
                // Dismissals whose time to take them back is over are done even while nobody clicks.
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(2))
                    await box.desk?.settle()
                }
            }
            try await group.next()
            group.cancelAll()
        }
        await box.desk?.settle(all: true)
        try store.close()
    }

    /// The hosts that requests may name.
    private static func hosts(_ listen: String, _ names: [String], port: Int, isSecure: Bool) -> Set<String> {
        var hosts: Set<String> = []
        let own = ["127.0.0.1", "::1", "localhost"].contains(listen) ? ["127.0.0.1", "localhost", "[::1]"] : [listen]
        for name in (own + names).map({ $0.lowercased() }) {
            hosts.insert("\(name):\(port)")
            if port == (isSecure ? 443 : 80) { hosts.insert(name) }
        }
        return hosts
    }

    private func builder() throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100)))
        guard let certificate, let certificateKey else { return plain }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: certificateKey, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        return try .tls(plain, tlsConfiguration: configuration)
    }

    /// One request through the desk.
    private static func respond(to request: Request, _ desk: DeskApplication) async -> Response {
        var headers = request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        if let host = request.head.authority { headers.append(("host", host)) }
        let read = WebRequest(method: request.method.rawValue, target: request.uri.string, headers: headers)
        guard var web = read else { return response(desk.unreadable(target: request.uri.string)) }
        do {
            web.body = Array(try await body(of: request, upTo: desk.bodyLimit(of: web)).readableBytesView)
            return response(await desk.respond(to: web))
        } catch {
            var answer = response(error is TooSlow ? desk.tooSlow(web) : desk.tooLarge(web))
            // The rest of the body is never read, so the connection can't be used again.
            answer.headers[.connection] = "close"
            return answer
        }
    }

    /// A body is longer than its address takes.
    private struct TooLong: Error {}

    /// A body took longer than the slowest line needs for it.
    private struct TooSlow: Error {}

    /// The body of a request within a limit and a time: half a minute, and a second more for each 64 kB that it may have.
    ///
    /// The server's own idle time begins anew with every byte, so somebody who sends one now and then could hold connections
    /// for ever.
    private static func body(of request: Request, upTo limit: Int) async throws -> ByteBuffer {
        guard request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil else {
            return try await request.body.collect(upTo: limit)
        }
        // What is announced as too long is not waited for.
        if let length = request.headers[.contentLength], Int(length) ?? .max > limit { throw TooLong() }
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask { try await request.body.collect(upTo: limit) }
            group.addTask {
                try await Task.sleep(for: .seconds(30 + limit >> 16))
                throw TooSlow()
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw TooSlow() }
            return first
        }
    }

    private static func response(_ answer: WebResponse) -> Response {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return Response(
            status: .init(code: answer.status), headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }
}
