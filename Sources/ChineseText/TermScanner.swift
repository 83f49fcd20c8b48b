public import Messages

/// Where a term stands in a normalised text.
public struct TermHit: Sendable, Hashable {
    /// The term's position in the list that the scanner was made from.
    public var term: Int32
    /// The first unit.
    public var start: Int32
    /// One past the last unit.
    public var end: Int32

    /// Makes a hit.
    @inlinable
    public init(term: Int32, start: Int32, end: Int32) {
        self.term = term
        self.start = start
        self.end = end
    }
}

/// Finds all terms of a list in a text, overlapping and nested ones too.
///
/// A bitmap over hashed pairs of neighbouring units passes over almost all positions with one look-up; what it lets
/// through is verified in a table of the terms' first two units. For Chinese this is about twice as fast as a
/// double-array automaton, and a list of 10,000 terms is ready in some 10 ms, so a changed lexicon is built anew.
///
/// - Output: hits in the order of their first unit; at one unit shorter terms before longer ones.
/// - Cost: O(units + hits); buckets with many continuations have a table of their own by third unit.
public struct TermScanner: Sendable {
    /// The terms that start with one pair of units.
    struct Bucket {
        /// The pair, first unit high; 0 marks an empty slot (no term holds U+0000).
        var pair: UInt32 = 0
        /// One bit per third unit modulo 32.
        var third: UInt32 = 0
        /// Where its continuations begin in `pool`.
        var pool: UInt32 = 0
        /// The term that is just the pair, or -1.
        var term: Int32 = -1
    }

    private let tables: Tables

    /// A bucket with more continuations than this gets its own table by third unit.
    private static let crowded = 16

    /// Builds a scanner.
    ///
    /// - Parameter terms: normal forms, distinct and not empty; a hit's `term` is the position in this list.
    public init(_ terms: [[UInt16]]) {
        var tails: [UInt32: [(tail: ArraySlice<UInt16>, term: Int32)]] = [:]
        var single: [UInt16: Int32] = [:]
        for (index, term) in terms.enumerated() {
            precondition(!term.isEmpty, "term \(index) has no units")
            if term.count == 1 {
                single[term[0]] = Int32(index)
            } else {
                tails[UInt32(term[0]) << 16 | UInt32(term[1]), default: []].append((term[2...], Int32(index)))
            }
        }
        let bitmapLog = min(23, max(15, Self.log2(tails.count * 100)))
        let slotLog = max(4, Self.log2(tails.count * 2))
        let bitmapShift = UInt32(32 - bitmapLog)
        let slotShift = UInt32(32 - slotLog)
        var thirds = [UInt64](repeating: 0, count: 1 << (bitmapLog - 6))
        func mark(_ hash: UInt32) { thirds[Int(hash >> bitmapShift) >> 6] |= 1 << UInt64(hash >> bitmapShift & 63) }
        var bits = [UInt64](repeating: 0, count: 1 << (bitmapLog - 6))
        var table = [Bucket](repeating: Bucket(), count: 1 << slotLog)
        var store: [UInt16] = []
        var crowds: [UInt64: UInt32] = [:]
        for (pair, list) in tails.sorted(by: { $0.key < $1.key }) {
            let hash = Self.hash(pair)
            let bit = Int(hash >> bitmapShift)
            bits[bit >> 6] |= 1 << UInt64(bit & 63)
            var slot = Int(hash >> slotShift)
            while table[slot].pair != 0 { slot = (slot + 1) & (table.count - 1) }
            var bucket = Bucket(pair: pair, pool: UInt32(store.count))
            let longer = list.filter { !$0.tail.isEmpty }.sorted { $0.tail.lexicographicallyPrecedes($1.tail) }
            if let exact = list.first(where: { $0.tail.isEmpty }) { bucket.term = exact.term }
            for (tail, _) in longer {
                bucket.third |= 1 << UInt32(tail[tail.startIndex] & 31)
                mark(Self.hash(pair, tail[tail.startIndex]))
            }
            if bucket.term >= 0 { mark(Self.hash(pair, 0)) }
            if longer.count > Self.crowded {
                store.append(0xFFFF)
                for (third, part) in Dictionary(grouping: longer, by: { $0.tail[$0.tail.startIndex] }) {
                    crowds[UInt64(pair) << 16 | UInt64(third)] = UInt32(store.count)
                    Self.append(part, to: &store)
                }
            } else {
                Self.append(longer, to: &store)
            }
            table[slot] = bucket
        }
        tables = Tables(
            bits: bits, thirds: thirds, bitmapShift: bitmapShift, slots: table, slotShift: slotShift, pool: store,
            deep: crowds, singles: single)
    }

    /// Appends the hits in a text to a reused list.
    ///
    /// The terms may reach over dropped noise; `NormalizedText.gaps` says where, and the caller decides.
    public func scan(_ text: NormalizedText, into hits: inout [TermHit]) {
        text.units.withUnsafeBufferPointer { units in
            guard let base = units.baseAddress else { return }
            tables.scan(base, text.count, into: &hits)
        }
    }

    /// Appends the hits in `count` units to a reused list.
    public func scan(_ units: UnsafePointer<UInt16>, _ count: Int, into hits: inout [TermHit]) {
        tables.scan(units, count, into: &hits)
    }

    private static func append(_ list: [(tail: ArraySlice<UInt16>, term: Int32)], to store: inout [UInt16]) {
        store.append(UInt16(list.count))
        for (tail, term) in list.sorted(by: { $0.tail.count < $1.tail.count }) {
            store.append(UInt16(tail.count))
            store.append(UInt16(truncatingIfNeeded: term >> 16))
            store.append(UInt16(truncatingIfNeeded: term))
            store.append(contentsOf: tail)
        }
    }

    @inline(__always)
    fileprivate static func hash(_ pair: UInt32) -> UInt32 { pair &* 0x9E37_79B1 }

    /// For a pair with the unit behind it; 0 stands for the pair as a term of its own.
    @inline(__always)
    fileprivate static func hash(_ pair: UInt32, _ third: UInt16) -> UInt32 {
        var hash = (pair ^ UInt32(third) &* 0x85EB_CA6B) &* 0x9E37_79B1
        hash ^= hash >> 15
        return hash &* 0x2C1B_3C6D
    }

    /// The smallest power of two's exponent that reaches `number`.
    private static func log2(_ number: Int) -> Int {
        var log = 0
        while 1 << log < number { log += 1 }
        return log
    }
}

/// What a scanner looks up, in plain memory: the scan's loops pay for no bounds and no reference counts.
///
/// `@unchecked`: the memory is written in `init` only and freed with the object.
private final class Tables: @unchecked Sendable {
    private typealias Bucket = TermScanner.Bucket

    /// One bit per hashed pair that some term begins with.
    private let bits: UnsafePointer<UInt64>
    /// One bit per hashed pair that is a term, and per pair with a third unit that a term goes on with.
    private let thirds: UnsafePointer<UInt64>
    private let bitmapShift: UInt32
    private let slots: UnsafePointer<TermScanner.Bucket>
    private let slotMask: Int
    private let slotShift: UInt32
    /// Per bucket: the number of continuations, then for each: length, term (two units, high first), its units.
    ///
    /// A number of 0xFFFF says that the continuations stand in `deep`.
    private let pool: UnsafePointer<UInt16>
    /// (pair, third unit) → where the continuations with this third unit begin in `pool`.
    private let deep: [UInt64: UInt32]
    /// One-unit terms: a bit for each unit, and the terms; both nil when there are none.
    private let singleBits: UnsafePointer<UInt64>?
    private let singles: UnsafePointer<Int32>?
    /// The one-unit terms again, where they are few; a pointer, as an array is counted at each use.
    private let fewSingles: UnsafePointer<UInt16>
    private let fewSinglesCount: Int

    init(
        bits: [UInt64], thirds: [UInt64], bitmapShift: UInt32, slots: [TermScanner.Bucket], slotShift: UInt32,
        pool: [UInt16], deep: [UInt64: UInt32], singles: [UInt16: Int32]
    ) {
        self.bits = Self.copy(bits)
        self.thirds = Self.copy(thirds)
        self.bitmapShift = bitmapShift
        self.slots = Self.copy(slots)
        slotMask = slots.count - 1
        self.slotShift = slotShift
        self.pool = Self.copy(pool)
        self.deep = deep
        fewSinglesCount = singles.count <= 12 ? singles.count : 0
        fewSingles = Self.copy(singles.keys.sorted())
        if singles.isEmpty {
            singleBits = nil
            self.singles = nil
        } else {
            var marks = [UInt64](repeating: 0, count: 1024)
            var terms = [Int32](repeating: -1, count: 65_536)
            for (unit, term) in singles {
                marks[Int(unit >> 6)] |= 1 << UInt64(unit & 63)
                terms[Int(unit)] = term
            }
            singleBits = Self.copy(marks)
            self.singles = Self.copy(terms)
        }
    }

    deinit {
        bits.deallocate()
        thirds.deallocate()
        slots.deallocate()
        pool.deallocate()
        singleBits?.deallocate()
        singles?.deallocate()
        fewSingles.deallocate()
    }

    private static func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        memory.initialize(from: array, count: array.count)
        return UnsafePointer(memory)
    }

    func scan(_ units: UnsafePointer<UInt16>, _ count: Int, into hits: inout [TermHit]) {
        guard let singleBits else {
            scan(units, 0..<count, count, into: &hits) { _ in 0 }
            return
        }
        // Where eight units hold no single term, which is nearly everywhere, they are gone over without asking each.
        var start = 0
        while start < count {
            let end = min(start + 8, count)
            if mayHoldSingle(units, start, count) {
                scan(units, start..<end, count, into: &hits) { singleBits[Int($0 >> 6)] >> UInt64($0 & 63) }
            } else {
                scan(units, start..<end, count, into: &hits) { _ in 0 }
            }
            start = end
        }
    }

    /// Whether a term of one unit may be among the eight units from `start` on.
    @inline(__always)
    private func mayHoldSingle(_ units: UnsafePointer<UInt16>, _ start: Int, _ count: Int) -> Bool {
        guard fewSinglesCount > 0, count >= 8 else { return true }
        // The last block is shorter: the eight units that end it hold it too.
        let block = UnsafeRawPointer(units + min(start, count - 8)).loadUnaligned(as: SIMD8<UInt16>.self)
        // A difference of 0 shows as a least product of minima: no mask has to be made for each.
        var least = SIMD8<UInt16>(repeating: .max)
        for index in 0..<fewSinglesCount {
            least = pointwiseMin(least, block ^ SIMD8(repeating: fewSingles[index]))
        }
        return least.min() == 0
    }

    /// One pass over the units that terms may begin at; the lowest bit of `single` says whether a unit is a term, which goes
    /// before longer ones.
    ///
    /// Both bits are asked in one branch: it is nearly always not taken.
    @inline(__always)
    private func scan(
        _ units: UnsafePointer<UInt16>, _ range: Range<Int>, _ count: Int, into hits: inout [TermHit],
        single: (UInt32) -> UInt64
    ) {
        guard !range.isEmpty else { return }
        let bits = bits
        let thirds = thirds
        let shift = bitmapShift
        var next = UInt32(units[range.lowerBound])
        for index in range.lowerBound + 1..<min(range.upperBound, count - 1) + 1 {
            let first = next
            next = UInt32(units[index])
            let pair = first << 16 | next
            let bit = Int(TermScanner.hash(pair) >> shift)
            let begins = bits[bit >> 6] >> UInt64(bit & 63)
            let isSingle = single(first)
            if (begins | isSingle) & 1 == 0 { continue }
            if isSingle & 1 != 0 {
                addSingle(units, index - 1, into: &hits)
                if begins & 1 == 0 { continue }
            }
            // Most pairs that begin a term go on otherwise; a second look into a bitmap is cheaper than one into the table.
            let own = Int(TermScanner.hash(pair, 0) >> shift)
            if thirds[own >> 6] >> UInt64(own & 63) & 1 == 0 {
                guard index + 1 < count else { continue }
                let longer = Int(TermScanner.hash(pair, units[index + 1]) >> shift)
                guard thirds[longer >> 6] >> UInt64(longer & 63) & 1 != 0 else { continue }
            }
            verify(pair, units, index - 1, count, into: &hits)
        }
        // The last unit begins no pair.
        if range.upperBound == count, single(UInt32(units[count - 1])) & 1 != 0 {
            addSingle(units, count - 1, into: &hits)
        }
    }

    @inline(never)
    private func addSingle(_ units: UnsafePointer<UInt16>, _ place: Int, into hits: inout [TermHit]) {
        guard let singles, singles[Int(units[place])] >= 0 else { return }
        hits.append(TermHit(term: singles[Int(units[place])], start: Int32(place), end: Int32(place + 1)))
    }

    @inline(never)
    private func verify(
        _ pair: UInt32, _ units: UnsafePointer<UInt16>, _ start: Int, _ count: Int, into hits: inout [TermHit]
    ) {
        var slot = Int(TermScanner.hash(pair) >> slotShift)
        while slots[slot].pair != pair {
            if slots[slot].pair == 0 { return }
            slot = (slot + 1) & slotMask
        }
        let bucket = slots[slot]
        if bucket.term >= 0 {
            hits.append(TermHit(term: bucket.term, start: Int32(start), end: Int32(start + 2)))
        }
        guard start + 2 < count, bucket.third >> UInt32(units[start + 2] & 31) & 1 != 0 else { return }
        var place = Int(bucket.pool)
        if pool[place] == 0xFFFF {
            guard let part = deep[UInt64(pair) << 16 | UInt64(units[start + 2])] else { return }
            place = Int(part)
        }
        var left = Int(pool[place])
        place += 1
        while left > 0 {
            let length = Int(pool[place])
            let end = start + 2 + length
            if end <= count, pool[place + 3] == units[start + 2] {
                var index = 1
                while index < length, pool[place + 3 + index] == units[start + 2 + index] { index += 1 }
                if index == length {
                    let term = Int32(bitPattern: UInt32(pool[place + 1]) << 16 | UInt32(pool[place + 2]))
                    hits.append(TermHit(term: term, start: Int32(start), end: Int32(end)))
                }
            }
            place += 3 + length
            left -= 1
        }
    }
}
