import Foundation
import Testing

/// The built program, run as a user runs it.
enum Program {
    /// What came of one run.
    struct Outcome {
        var code: Int32
        var out: Data
        var error: String

        var text: String { String(decoding: out, as: UTF8.self) }
        /// The lines of standard output, without their ends.
        var lines: [String] { text.split(separator: "\n").map(String.init) }
        /// The lines of standard error.
        var complaints: [String] { error.split(separator: "\n").map(String.init) }
    }

    /// Beside the bundle of the tests.
    static let path: String = {
        let bundle = Bundle.main.bundleURL
        let folders = [
            Bundle.main.executableURL?.deletingLastPathComponent(), bundle, bundle.deletingLastPathComponent(),
        ]
        let candidates = folders.compactMap { $0?.appendingPathComponent("minsheng").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "minsheng-is-not-built"
    }()

    /// The top of the package, where `docs` lies.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Runs `minsheng` with arguments, and with the small lexicons of the tests unless told otherwise.
    static func run(
        _ arguments: [String], input: Data = Data(), lexicons: String? = nil, environment: [String: String] = [:]
    ) throws -> Outcome {
        var environment = environment
        environment["MINSHENG_LEXICONS"] = try lexicons ?? County.shared.get().lexicons
        return try run(program: path, arguments, input: input, environment: environment)
    }

    /// Runs `minsheng` with words separated by blanks.
    static func run(_ words: String, input: String = "", environment: [String: String] = [:]) throws -> Outcome {
        try run(words.split(separator: " ").map(String.init), input: Data(input.utf8), environment: environment)
    }

    /// Runs a shell script that finds the program as `$MINSHENG`.
    static func shell(_ script: String, _ arguments: [String] = []) throws -> Outcome {
        try run(
            program: "/bin/bash", ["-c", script, "bash"] + arguments, input: Data(),
            environment: ["MINSHENG": path, "MINSHENG_LEXICONS": County.shared.get().lexicons])
    }

    /// Standard streams are files: a pipe would need a reader of its own, or fill up.
    private static func run(
        program: String, _ arguments: [String], input: Data, environment: [String: String]
    ) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("minsheng-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["in", "out", "error"].map { folder.appendingPathComponent($0) }
        try input.write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SWIFT_BACKTRACE": "enable=no"]
            .merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        // A signal is none of the exit codes.
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Outcome(
            code: code, out: try Data(contentsOf: files[1]),
            error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
