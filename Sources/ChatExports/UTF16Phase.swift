/// Finds where UTF-16 goes on at the other byte, since an odd number of bytes was lost or came in between.
///
/// Digits, blanks and line ends have a zero beside them. Where none comes for long, and many at the other byte, the text goes on there.
enum UTF16Phase {
    /// Units without a sign that make a stretch worth a look.
    private static let quiet = 128
    /// So many bytes may wait for the next piece.
    private static let mostHeld = 4096

    /// The offsets at which the other byte takes over, and where the next piece has to begin.
    ///
    /// What comes behind the last sign waits for the next piece, unless there is none.
    static func plan(_ view: ByteView, isLast: Bool, high: Int) -> (shifts: [Int], end: Int) {
        var shifts: [Int] = []
        var at = 0
        // Behind the last sign.
        var known = 0
        while at + 1 < view.count {
            let end = min(at + 2 * quiet, at + (view.count - at) & ~1)
            if let sign = lastSign(view, at..<end, high) {
                known = sign + 2
                at = end
                continue
            }
            guard let shift = shift(view, from: known, to: end, high) else {
                at = end
                continue
            }
            shifts.append(shift)
            at = shift
            known = shift
        }
        // A few signs at the end may be the first ones behind such a place.
        if isLast {
            if let shift = shift(view, from: known, to: view.count, high) { shifts.append(shift) }
            return (shifts, view.count)
        }
        let held = view.count - known <= mostHeld ? known : at
        return (shifts, held)
    }

    /// True for what nearly every line holds: signs and digits, blanks and line ends, but no letters.
    ///
    /// Chinese has none of these bytes above, but for punctuation.
    private static func isSign(_ low: UInt8, _ high: UInt8) -> Bool {
        high == 0 && (low &- 0x20 < 0x20 || low == 0x0A || low == 0x0D || low == 0x09)
    }

    private static func sign(_ view: ByteView, _ at: Int, _ high: Int) -> UInt8? {
        let low = view[at + 1 - high]
        return isSign(low, view[at + high]) ? low : nil
    }

    private static func lastSign(_ view: ByteView, _ range: Range<Int>, _ high: Int) -> Int? {
        var at = range.upperBound - 2
        while at >= range.lowerBound {
            if sign(view, at, high) != nil { return at }
            at -= 2
        }
        return nil
    }

    /// The first of several signs at the other byte, in a stretch that has none.
    private static func shift(_ view: ByteView, from start: Int, to end: Int, _ high: Int) -> Int? {
        var first: Int?
        var count = 0
        var kinds: UInt64 = 0
        var at = start + 1
        while at + 1 < min(end + 1, view.count) {
            if let low = sign(view, at, high) {
                if first == nil { first = at }
                count += 1
                kinds |= 1 << UInt64(low & 63)
            }
            at += 2
        }
        guard count >= 6, kinds.nonzeroBitCount >= 4 else { return nil }
        return first
    }
}
