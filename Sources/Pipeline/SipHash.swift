/// A keyed 64-bit digest: SipHash-2-4.
///
/// Whoever lacks the key cannot try texts against stored digests. Source: Aumasson and Bernstein, "SipHash: a fast
/// short-input PRF", 2012.
struct SipHash: Sendable {
    private let key0: UInt64
    private let key1: UInt64

    /// Takes a 16-byte key.
    init(key: [UInt8]) {
        precondition(key.count == 16, "a SipHash key has 16 bytes")
        (key0, key1) = key.withUnsafeBytes {
            (
                UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)),
                UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The digest of bytes.
    func digest(_ bytes: UnsafeRawBufferPointer, tweak: UInt64 = 0) -> UInt64 {
        var state = State(key0 ^ tweak, key1)
        var position = 0
        while position + 8 <= bytes.count {
            state.absorb(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            position += 8
        }
        var last = UInt64(UInt8(truncatingIfNeeded: bytes.count)) << 56
        for (shift, index) in (position..<bytes.count).enumerated() {
            last |= UInt64(bytes[index]) << UInt64(8 * shift)
        }
        state.absorb(last)
        return state.finish()
    }

    private struct State {
        var v0: UInt64
        var v1: UInt64
        var v2: UInt64
        var v3: UInt64

        init(_ key0: UInt64, _ key1: UInt64) {
            v0 = key0 ^ 0x736f_6d65_7073_6575
            v1 = key1 ^ 0x646f_7261_6e64_6f6d
            v2 = key0 ^ 0x6c79_6765_6e65_7261
            v3 = key1 ^ 0x7465_6462_7974_6573
        }

        @inline(__always)
        mutating func absorb(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        mutating func finish() -> UInt64 {
            v2 ^= 0xFF
            for _ in 0..<4 { round() }
            return v0 ^ v1 ^ v2 ^ v3
        }

        @inline(__always)
        private mutating func round() {
            v0 = v0 &+ v1
            v1 = rotated(v1, 13) ^ v0
            v0 = rotated(v0, 32)
            v2 = v2 &+ v3
            v3 = rotated(v3, 16) ^ v2
            v0 = v0 &+ v3
            v3 = rotated(v3, 21) ^ v0
            v2 = v2 &+ v1
            v1 = rotated(v1, 17) ^ v2
            v2 = rotated(v2, 32)
        }

        @inline(__always)
        private func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
    }
}
