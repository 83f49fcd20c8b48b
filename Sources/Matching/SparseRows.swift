/// Rows of bits of which few are set, as tables of words against groups are.
///
/// A row keeps only its words that are not 0, and one mask bit for each word that says which those are. That is a
/// small part of the memory of full rows, and looking a bit up costs two counts.
struct SparseRows: Sendable {
    /// The words of a full row.
    let width: Int
    /// The mask words of a row.
    private let maskWidth: Int
    private var masks: [UInt64] = []
    /// Where each row's words begin, and where the last ends.
    private var starts: [Int32] = [0]
    private var words: [UInt64] = []

    /// Makes an empty table of rows of so many bits.
    init(bits: Int) {
        width = (bits + 63) / 64
        maskWidth = (width + 63) / 64
    }

    /// Appends a row with these bits; they are in ascending order, and may come twice.
    mutating func append(_ bits: some Sequence<Int>) {
        let first = masks.count
        masks.append(contentsOf: repeatElement(0, count: maskWidth))
        var last = -1
        for bit in bits {
            let place = bit >> 6
            if place != last {
                masks[first + place >> 6] |= 1 << UInt64(place & 63)
                words.append(0)
                last = place
            }
            words[words.count - 1] |= 1 << UInt64(bit & 63)
        }
        starts.append(Int32(words.count))
    }

    /// Whether a bit of a row is set.
    @inline(__always)
    func contains(_ bit: Int, row: Int) -> Bool {
        withUnsafeRows { $0.contains(bit, row: row) }
    }

    /// Calls a function with a view that checks no index.
    @inline(__always)
    func withUnsafeRows<Answer>(_ body: (Unsafe) -> Answer) -> Answer {
        masks.withUnsafeBufferPointer { masks in
            starts.withUnsafeBufferPointer { starts in
                words.withUnsafeBufferPointer { words in
                    body(Unsafe(maskWidth: maskWidth, masks: masks, starts: starts, words: words))
                }
            }
        }
    }

    /// The table's memory, as long as the call lasts.
    struct Unsafe {
        fileprivate let maskWidth: Int
        fileprivate let masks: UnsafeBufferPointer<UInt64>
        fileprivate let starts: UnsafeBufferPointer<Int32>
        fileprivate let words: UnsafeBufferPointer<UInt64>

        /// Whether a bit of a row is set.
        @inline(__always)
        func contains(_ bit: Int, row: Int) -> Bool {
            let place = bit >> 6
            let first = row * maskWidth
            let mask = masks[first + place >> 6]
            let own = UInt64(1) << UInt64(place & 63)
            guard mask & own != 0 else { return false }
            var index = Int(starts[row]) + (mask & (own - 1)).nonzeroBitCount
            for before in first..<first + place >> 6 { index += masks[before].nonzeroBitCount }
            return words[index] >> UInt64(bit & 63) & 1 != 0
        }

        /// Sets the bits of a row in a full one.
        @inline(__always)
        func formUnion(of row: Int, into bits: UnsafeMutableBufferPointer<UInt64>) {
            var index = Int(starts[row])
            for part in 0..<maskWidth {
                var mask = masks[row * maskWidth + part]
                while mask != 0 {
                    bits[part << 6 + mask.trailingZeroBitCount] |= words[index]
                    index += 1
                    mask &= mask - 1
                }
            }
        }
    }
}

/// One such row by itself: the words that a rule names, by their numbers.
struct SparseBits: Sendable {
    private let masks: [UInt64]
    private let words: [UInt64]

    /// True when no bit is set.
    var isEmpty: Bool { words.isEmpty }

    /// Keeps the words of a full row that are not 0.
    init(_ full: [UInt64]) {
        var masks = [UInt64](repeating: 0, count: (full.count + 63) / 64)
        for place in full.indices where full[place] != 0 { masks[place >> 6] |= 1 << UInt64(place & 63) }
        self.masks = masks
        words = full.filter { $0 != 0 }
    }

    /// Whether a bit is set.
    func contains(_ bit: Int) -> Bool {
        let place = bit >> 6
        guard place >> 6 < masks.count else { return false }
        let own = UInt64(1) << UInt64(place & 63)
        guard masks[place >> 6] & own != 0 else { return false }
        var index = (masks[place >> 6] & (own - 1)).nonzeroBitCount
        for before in 0..<place >> 6 { index += masks[before].nonzeroBitCount }
        return words[index] >> UInt64(bit & 63) & 1 != 0
    }

    /// Whether a full row has one of the bits.
    func meets(_ full: [UInt64]) -> Bool {
        var index = 0
        for part in masks.indices {
            var mask = masks[part]
            while mask != 0 {
                let place = part << 6 + mask.trailingZeroBitCount
                if full[place] & words[index] != 0 { return true }
                index += 1
                mask &= mask - 1
            }
        }
        return false
    }
}
