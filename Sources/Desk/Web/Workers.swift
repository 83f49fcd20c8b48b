import Dispatch

/// Threads that may wait for the disk or count passwords, so that the server's own never do.
struct Workers: Sendable {
    private let queue = DispatchQueue(label: "minsheng.desk", attributes: .concurrent)
    /// A password costs a tenth of a second and 32 MB: two at a time.
    private let slow = [DispatchQueue(label: "minsheng.sign-in.0"), DispatchQueue(label: "minsheng.sign-in.1")]

    /// Runs work on such a thread.
    func run<Value: Sendable>(slowly: Bool, _ work: @escaping @Sendable () -> Value) async -> Value {
        let queue = slowly ? slow[Int.random(in: 0...1)] : queue
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
