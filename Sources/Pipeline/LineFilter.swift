internal import Glibc
public import Messages

/// Runs a function over the lines of a stream, on several threads, and gives the results in order.
///
/// Lines are handed over in pieces of about a mebibyte, so memory is bounded unless one line is longer.
public enum LineFilter {
    /// A piece of whole lines.
    public struct Piece: Sendable {
        /// The lines with their line feeds.
        public var bytes: [UInt8]
        /// The number of the first line, from 1.
        public var firstLine: Int

        /// Calls a function with each line, without its end, and its number; a byte-order mark before the first is left out.
        public func forEachLine(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
            bytes.withUnsafeBufferPointer { view in
                var start = firstLine == 1 && view.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
                var number = firstLine
                while start < view.count {
                    let end = view[start...].firstIndex(of: 0x0A) ?? view.count
                    let last = end > start && view[end - 1] == 0x0D ? end - 1 : end
                    body(UnsafeBufferPointer(rebasing: view[start..<last]), number)
                    start = end + 1
                    number += 1
                }
            }
        }
    }

    /// Reads a descriptor to its end.
    ///
    /// - Parameters:
    ///   - descriptor: an open file, pipe or terminal.
    ///   - jobs: the number of threads.
    ///   - transform: called on any thread, once a piece.
    ///   - take: called with the results in the order of the lines.
    ///
    /// - Throws: when reading fails before the end; what was read until then was given.
    public static func run<Output: Sendable>(
        descriptor: Int32, jobs: Int, transform: @escaping @Sendable (Piece) -> Output, take: (Output) -> Void
    ) async throws(InputError) {
        var reader = PieceReader(descriptor: descriptor)
        if jobs <= 1 {
            while let piece = reader.next() { take(transform(piece)) }
            if reader.hasFailed { throw InputError() }
            return
        }
        await withTaskGroup(of: (Int, Output).self) { group in
            var next = 0
            var done = 0
            var waiting: [Int: Output] = [:]
            func add() -> Bool {
                guard let piece = reader.next() else { return false }
                let number = next
                next += 1
                group.addTask { (number, transform(piece)) }
                return true
            }
            while true {
                // While the writer waits for what it has asked, no more is asked of it.
                while next - done <= jobs, reader.isReady || next == done, add() {}
                guard let (number, output) = await group.next() else { break }
                waiting[number] = output
                while let output = waiting.removeValue(forKey: done) {
                    take(output)
                    done += 1
                }
            }
        }
        if reader.hasFailed { throw InputError() }
    }
}

/// Standard input that cannot be read to its end.
public struct InputError: ExplainedError {
    /// Where, what, and what to do, on one line.
    public func explanation(in language: Language) -> String {
        language == .zh
            ? "标准输入：读取失败，后面的内容没有处理。请检查输入是不是文件或管道"
            : "standard input: reading failed, the rest was not looked at. Give a file or a pipe"
    }
}

/// Cuts a stream into pieces of whole lines.
private struct PieceReader {
    let descriptor: Int32
    private var rest: [UInt8] = []
    private var line = 1
    private var isAtEnd = false
    private(set) var hasFailed = false
    private static let size = 1 << 20

    /// True when reading on would not wait.
    var isReady: Bool { !isAtEnd && hasMore }

    /// False where the writer of a pipe or terminal has written no more so far.
    private var hasMore: Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) > 0
    }

    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func next() -> LineFilter.Piece? {
        var bytes = rest
        rest = []
        while !isAtEnd {
            let before = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: Self.size))
            let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + before }, Self.size) }
            bytes.removeLast(Self.size - max(0, got))
            if got < 0 && errno == EINTR { continue }
            if got <= 0 {
                hasFailed = got < 0
                isAtEnd = true
                break
            }
            // Whoever waits for an answer gets it at once, a file's lines in bulk.
            if let last = bytes[before...].lastIndex(of: 0x0A), bytes.count >= Self.size || !hasMore {
                rest = Array(bytes[(last + 1)...])
                bytes.removeLast(bytes.count - last - 1)
                break
            }
        }
        guard !bytes.isEmpty else { return nil }
        let piece = LineFilter.Piece(bytes: bytes, firstLine: line)
        line += bytes.count { $0 == 0x0A }
        return piece
    }
}
