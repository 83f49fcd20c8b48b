/// Bytes that rows are written into, to be sealed or hashed, and written over by the next rows.
///
/// A plain piece of memory: in an array each byte asks whether somebody else holds the array, which took most of the time of
/// a walk over all rows.
package struct RowBytes: ~Copyable {
    /// How many bytes stand before the rows, and stay.
    private let front: Int
    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count: Int

    /// Starts with some bytes that stay.
    init(after front: [UInt8] = []) {
        self.front = front.count
        capacity = max(4096, front.count)
        count = front.count
        let start = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        front.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: bytes.count) }
        }
        self.start = start
    }

    deinit { start.deallocate() }

    /// Hands on everything, what stands in front included.
    borrowing func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Takes the rows away again.
    mutating func clear() { count = front }

    /// Puts other bytes of the same length in front.
    mutating func replaceFront(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == front, "what stands in front keeps its length")
        if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: front) }
    }

    mutating func append(_ byte: UInt8) {
        room(for: 1).pointee = byte
        count += 1
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(room(for: bytes.count)).copyMemory(from: base, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends a number as decimal text.
    mutating func append(decimal number: Int64) {
        var (rest, width) = (number.magnitude, number < 0 ? 2 : 1)
        while rest >= 10 { (rest, width) = (rest / 10, width + 1) }
        let digits = room(for: width)
        digits.pointee = 0x2D
        rest = number.magnitude
        var place = width
        repeat {
            place -= 1
            digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        count += width
    }

    /// Appends bytes as hex digits, two each, with capital letters.
    mutating func append(hex bytes: UnsafeRawBufferPointer) {
        let digits = room(for: 2 * bytes.count)
        for index in 0..<bytes.count {
            let byte = bytes[index]
            digits[2 * index] = Self.digit(byte >> 4)
            digits[2 * index + 1] = Self.digit(byte & 15)
        }
        count += 2 * bytes.count
    }

    /// Appends eight bytes of a number, big-endian.
    mutating func append(word: UInt64) {
        UnsafeMutableRawPointer(room(for: 8)).storeBytes(of: word.bigEndian, as: UInt64.self)
        count += 8
    }

    /// Appends some bytes after their length, four bytes, big-endian.
    mutating func append(measured bytes: UnsafeRawBufferPointer) {
        let place = UnsafeMutableRawPointer(room(for: 4 + bytes.count))
        place.storeBytes(of: UInt32(truncatingIfNeeded: bytes.count).bigEndian, as: UInt32.self)
        if let base = bytes.baseAddress { (place + 4).copyMemory(from: base, byteCount: bytes.count) }
        count += 4 + bytes.count
    }

    /// Leaves four bytes for a length, and returns where they stand.
    mutating func openFrame() -> Int {
        UnsafeMutableRawPointer(room(for: 4)).storeBytes(of: 0, as: UInt32.self)
        count += 4
        return count
    }

    /// Writes the length of what came since into a frame, big-endian.
    mutating func closeFrame(_ place: Int) {
        start.storeBytes(of: UInt32(count - place).bigEndian, toByteOffset: place - 4, as: UInt32.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    /// Where the next bytes go, with room for some.
    private mutating func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
        if count + more > capacity {
            capacity = max(2 * capacity, count + more)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            larger.copyMemory(from: start, byteCount: count)
            start.deallocate()
            start = larger
        }
        return start.advanced(by: count).assumingMemoryBound(to: UInt8.self)
    }
}
