import Synchronization

/// A line on the next page about what was just done.
struct Notice: Sendable {
    /// The words.
    var text: String
    /// True when something went wrong.
    var isProblem = false
    /// A flag whose dismissal can still be taken back.
    var undo: Int?
    /// A case that it speaks of.
    var number: String?
}

/// The lines that wait for the next page of each session.
final class Notices: Sendable {
    private let lines = Mutex<[String: [Notice]]>([:])

    /// Leaves a line; nobody collects thousands.
    func leave(_ notice: Notice, for session: String) {
        lines.withLock { lines in
            if lines.count > 10_000 { lines = [:] }
            lines[session, default: []].append(notice)
        }
    }

    /// Takes the lines of a session.
    func take(for session: String) -> [Notice] { lines.withLock { $0.removeValue(forKey: session) ?? [] } }
}

/// Random names that can't be guessed.
enum Secret {
    /// 32 random bytes as 64 hex digits.
    static func token() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Compares in a time that doesn't tell where they differ.
    static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
