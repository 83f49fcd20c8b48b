import Dispatch
import Synchronization

/// Threads that may wait for the disk or count passwords, so that the server's own never do.
final class Workers: Sendable {
    /// How many passwords may wait: somebody who sends thousands must not keep everybody out for longer than that takes.
    static let longestLine = 300

    private let queue = DispatchQueue(label: "minsheng.desk", attributes: .concurrent)
    /// A password costs a tenth of a second and 32 MB: two at a time.
    private let slow = [DispatchQueue(label: "minsheng.sign-in.0"), DispatchQueue(label: "minsheng.sign-in.1")]

    private let line = Mutex(0)

    /// Runs work on such a thread.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await run(on: queue, work)
    }

    /// Counts a password; nil where too many wait already.
    func runSlowly<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        let isWelcome = line.withLock { line in
            guard line < Self.longestLine else { return false }
            line += 1
            return true
        }
        guard isWelcome else { return nil }
        defer { line.withLock { $0 -= 1 } }
        return await run(on: slow[Int.random(in: 0...1)], work)
    }

    private func run<Value: Sendable>(on queue: DispatchQueue, _ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
