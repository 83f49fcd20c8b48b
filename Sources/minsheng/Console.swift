public import ArgumentParser
import Foundation
import Glibc
public import Messages
import Synchronization

/// The language of everything that a person reads: `--lang`, else `$MINSHENG_LANG`, else Chinese.
///
/// Known before the arguments are parsed, since help texts are made before.
let language: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
        if argument == "--lang", index + 1 < arguments.count, let named = Language(rawValue: arguments[index + 1]) {
            return named
        }
        if argument.hasPrefix("--lang="), let named = Language(rawValue: String(argument.dropFirst(7))) { return named }
    }
    return ProcessInfo.processInfo.environment["MINSHENG_LANG"].flatMap(Language.init(rawValue:)) ?? .zh
}()

/// One text in both languages.
func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

extension Language: ExpressibleByArgument {}

/// Standard output and standard error, data and talk.
enum Console {
    private static let output = Mutex<[UInt8]>([])
    private static let hasBar = Mutex(false)

    /// Writes a line of data.
    static func print(_ line: String) { write(Array(line.utf8) + [0x0A]) }

    /// Writes bytes of data.
    static func write(_ bytes: some Collection<UInt8>) {
        let full = output.withLock { buffer in
            buffer.append(contentsOf: bytes)
            return buffer.count > 1 << 16
        }
        if full { flush() }
    }

    /// Hands the data on.
    static func flush() {
        let bytes = output.withLock { buffer in
            defer { buffer.removeAll(keepingCapacity: true) }
            return buffer
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            // Whoever read our output has gone (| head): there is nobody left to write for.
            if written <= 0 {
                if errno == EPIPE { Glibc.exit(0) }
                complain(
                    say(
                        "结果写不出去，可能磁盘已满。请腾出空间再试。",
                        "The output cannot be written; the disk may be full. Make room, then try again."))
                Glibc.exit(2)
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes a line of talk, after what was printed before it.
    static func tell(_ line: String) {
        flush()
        clearBar()
        FileHandle.standardError.write(Data((safe(line) + "\n").utf8))
    }

    /// Writes a line about something that went wrong.
    static func complain(_ line: String) { tell("minsheng: " + line) }

    /// Shows how far something is; only where a person watches.
    static func progress(_ line: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        hasBar.withLock { $0 = true }
        FileHandle.standardError.write(Data(("\r\u{1B}[2K" + safe(line)).utf8))
    }

    /// Takes the progress line away.
    static func clearBar() {
        let had = hasBar.withLock { bar in
            defer { bar = false }
            return bar
        }
        if had { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
    }

    /// A closed pipe or a limit on file sizes ends the writing, not the program with a signal.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// A crash ends the program without a report, which would print what lay in memory: words of residents among it.
    static func keepCrashesSilent() {
        for fault in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT] { signal(fault, SIG_DFL) }
        // Nor does the kernel write the memory into a file.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue)), &none)
    }

    /// Text for a terminal: control, escape and bidirectional characters are shown as what they are.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        return text.unicodeScalars.map { scalar in
            isDangerous(scalar) ? "⟪U+" + String(scalar.value, radix: 16, uppercase: true) + "⟫" : String(scalar)
        }.joined()
    }

    /// True for what a terminal obeys instead of showing.
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
