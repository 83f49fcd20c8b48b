/// Bytes that are written one by one, without asking for room each time: `makeRoom` is called once a value.
final class ScriptBuffer {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = 1 << 16
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// What was written.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    func removeAll() { count = 0 }
    func drop(from end: Int) { count = end }

    /// Makes room for so many more bytes; memory that isn't written to isn't taken.
    func makeRoom(_ more: Int) {
        guard capacity - count < more else { return }
        let wider = max(2 * capacity, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        moved.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (moved, wider)
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        precondition(count < capacity, "no room for a value of a script")
        start[count] = byte
        count &+= 1
    }

    @inline(__always)
    func append(_ text: ByteView) {
        guard let source = text.baseAddress else { return }
        precondition(capacity &- count >= text.count, "no room for a value of a script")
        (start + count).update(from: source, count: text.count)
        count &+= text.count
    }

    func append(_ text: StaticString) { append(ByteView(start: text.utf8Start, count: text.utf8CodeUnitCount)) }

    func append(scalar: UInt32) {
        var character: [UInt8] = []
        Transcoder.append(scalar, to: &character)
        for byte in character { append(byte) }
    }
}
