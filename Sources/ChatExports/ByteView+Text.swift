internal import Glibc

/// Questions about a piece of UTF-8 text, answered byte by byte.
extension UnsafeBufferPointer<UInt8> {
    /// A part of the view.
    func part(_ range: Range<Int>) -> ByteView { ByteView(rebasing: self[range]) }

    @inline(__always)
    func holds(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, start &+ length <= count else { return false }
        let bytes = text.utf8Start
        var index = 0
        while index < length {
            if self[start &+ index] != bytes[index] { return false }
            index &+= 1
        }
        return true
    }

    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && holds(text, at: 0) }

    func equals(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == count, let base = baseAddress else { return bytes.count == count }
        return bytes.withUnsafeBufferPointer { other in
            other.baseAddress.map { memcmp(base, $0, count) == 0 } ?? true
        }
    }

    func begins(with text: StaticString) -> Bool { holds(text, at: 0) }

    func ends(with text: StaticString) -> Bool { holds(text, at: count - text.utf8CodeUnitCount) }

    /// The first place of a text at or after an offset.
    func find(_ text: StaticString, from start: Int = 0) -> Int? {
        let length = text.utf8CodeUnitCount
        guard length > 0, count >= length else { return nil }
        // The lead bytes of Chinese characters are few; the last byte of a text is rarer.
        let last = text.utf8Start[length - 1]
        var at = start + length - 1
        while at < count {
            at = JSONScan.byte(last, or: last, in: self, from: at)
            if at < count, holds(text, at: at - length + 1) { return at - length + 1 }
            at += 1
        }
        return nil
    }

    /// The last place of a text.
    func findLast(_ text: StaticString) -> Int? {
        var at = count - text.utf8CodeUnitCount
        while at >= 0 {
            if holds(text, at: at) { return at }
            at -= 1
        }
        return nil
    }

    /// The range without white space (ASCII) at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, self[low] <= 0x20 { low += 1 }
        while high > low, self[high - 1] <= 0x20 { high -= 1 }
        return low..<high
    }
}
