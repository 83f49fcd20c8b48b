/// A sliding window over the decoded text of a file: what was read and not yet used.
final class ByteWindow {
    /// The decoded bytes; those before `start` are used up.
    private(set) var bytes: [UInt8]
    /// The first byte that is not used up.
    var start = 0
    /// True when the file has no more bytes than the window holds.
    private(set) var isAtEnd: Bool

    private let source: ByteSource?
    private var transcoder: Transcoder
    private var offset: Int
    private let step: Int
    private let encoding: TextEncoding
    private var isPlain: Bool { encoding == .utf8 }
    /// The decoded bytes that the window no longer holds.
    private var dropped = 0
    /// True of a file whose lines end with a lone CR, as old editors save them; nil before anything is read.
    ///
    /// They become line feeds, so that no reader has to know of them.
    private var endsWithReturns: Bool?

    /// A window over a file, from behind its byte-order mark.
    init(source: ByteSource, encoding: TextEncoding, mark: Int, step: Int) {
        self.source = source
        self.transcoder = Transcoder(encoding)
        self.offset = mark
        self.step = max(1, step)
        self.encoding = encoding
        bytes = []
        isAtEnd = false
    }

    /// A window over text in memory.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        source = nil
        transcoder = Transcoder(.utf8)
        offset = bytes.count
        step = 1
        encoding = .utf8
        isAtEnd = true
    }

    /// Where in the decoded text bytes were found missing, as positions; whoever reports them takes them away.
    var shifts: [Int] = []

    /// The number of bytes of the file that were read so far; at the end its size.
    var fileOffset: Int { offset }

    /// The number of decoded bytes before `start`.
    var position: Int { dropped + start }

    /// Uses up the bytes before an offset and hands them out.
    ///
    /// Nothing is copied but what the window keeps, which is little where whole chunks are taken.
    func take(upTo end: Int) -> [UInt8] {
        guard start == 0 else {
            let taken = Array(bytes[start..<end])
            start = end
            return taken
        }
        var taken = exchange(&bytes, with: [])
        bytes = Array(taken[end...])
        taken.removeLast(taken.count - end)
        dropped += end
        return taken
    }

    /// Reads on; false at the end.
    ///
    /// Positions in `bytes` move down by the old `start`, which becomes 0.
    func fill(atLeast wanted: Int = 0) throws(ExportError) -> Bool {
        if isAtEnd { return false }
        guard let source else { return false }
        let size = max(step, wanted)
        if endsWithReturns == nil { endsWithReturns = try looksForReturns() }
        defer { settleReturns() }
        if isPlain {
            try readOn(source, size)
            return true
        }
        if start > 0 {
            dropped += start
            bytes.removeSubrange(0..<start)
            start = 0
        }
        let raw = try source.bytes(at: offset, count: size)
        offset += raw.count
        if raw.count < size { isAtEnd = true }
        let isLast = isAtEnd
        raw.withUnsafeBufferPointer { transcoder.decode($0, isLast: isLast, onto: &bytes) }
        shifts += transcoder.shifts.map { dropped + $0 }
        return true
    }

    /// Reads the next bytes as they are, behind those that are left.
    private func readOn(_ source: ByteSource, _ size: Int) throws(ExportError) {
        let rest = bytes.count - start
        if rest > Self.copied {
            // A long record: it is not to be held twice.
            bytes.removeSubrange(0..<start)
            bytes.append(contentsOf: repeatElement(0, count: size))
        } else {
            // New memory, so that neither is the old moved nor the new cleared before it is read into.
            bytes = [UInt8](unsafeUninitializedCapacity: rest + size) { buffer, filled in
                bytes.withUnsafeBytes { old in
                    let left = UnsafeRawBufferPointer(rebasing: old[start...])
                    UnsafeMutableRawBufferPointer(buffer).copyMemory(from: left)
                }
                // What is read over at once.
                filled = rest + size
            }
        }
        dropped += start
        start = 0
        var got = 0
        var failure: ExportError?
        bytes.withUnsafeMutableBytes { buffer in
            do throws(ExportError) {
                got = try source.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[rest...]))
            } catch {
                failure = error
            }
        }
        bytes.removeLast(size - got)
        if let failure { throw failure }
        offset += got
        isAtEnd = got < size
    }

    /// True of a file whose first bytes have returns and no line feed; so many of them whatever the step is.
    private func looksForReturns() throws(ExportError) -> Bool {
        guard let source else { return false }
        let raw = try source.bytes(at: offset, count: Self.looked)
        var head: [UInt8] = []
        var transcoder = Transcoder(encoding)
        raw.withUnsafeBufferPointer { transcoder.decode($0, isLast: raw.count < Self.looked, onto: &head) }
        return head.withUnsafeBufferPointer { view in
            guard let first = view.firstIndex(of: 0x0D), !view.contains(0x0A) else { return false }
            return view[(first + 1)...].contains(0x0D)
        }
    }

    private func settleReturns() {
        guard endsWithReturns == true else { return }
        bytes.withUnsafeMutableBufferPointer { view in
            for index in view.indices where view[index] == 0x0D { view[index] = 0x0A }
        }
    }

    /// So many bytes say how a file ends its lines.
    private static let looked = 4096

    /// What is left of a chunk is copied up to this length.
    private static let copied = 2 << 20
}
