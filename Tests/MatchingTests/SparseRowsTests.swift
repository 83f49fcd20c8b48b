import Testing

@testable import Matching

/// Rows of bits that keep only what is set.
@Suite struct SparseRowsTests {
    /// The bits of some rows, made from a seed: few and many, near and far, none at all.
    private static func rows(_ width: Int, _ seed: UInt64) -> [Set<Int>] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33)
        }
        return (0..<40).map { index in
            Set((0..<(index % 5 == 0 ? 0 : 1 << (index % 7))).map { _ in next() % width })
        }
    }

    @Test(arguments: [1, 64, 65, 700, 4_096, 4_097, 20_000])
    func `a table of rows answers as the sets that it was made of`(width: Int) {
        let sets = Self.rows(width, UInt64(width))
        var table = SparseRows(bits: width)
        for set in sets { table.append(set.sorted()) }
        for (row, set) in sets.enumerated() {
            #expect((0..<width).allSatisfy { table.contains($0, row: row) == set.contains($0) })
        }
        var union = [UInt64](repeating: 0, count: table.width)
        union.withUnsafeMutableBufferPointer { bits in
            table.withUnsafeRows { rows in
                for row in sets.indices { rows.formUnion(of: row, into: bits) }
            }
        }
        let all = sets.reduce(into: Set<Int>()) { $0.formUnion($1) }
        #expect((0..<width).allSatisfy { (union[$0 >> 6] >> UInt64($0 & 63) & 1 != 0) == all.contains($0) })
    }

    @Test(arguments: [1, 64, 65, 700, 4_097, 20_000])
    func `one row by itself answers as its set, and meets another where they share a bit`(width: Int) {
        let sets = Self.rows(width, UInt64(width) + 7)
        let full = sets.map { set in
            set.reduce(into: [UInt64](repeating: 0, count: (width + 63) / 64)) { $0[$1 >> 6] |= 1 << UInt64($1 & 63) }
        }
        for (index, set) in sets.enumerated() {
            let bits = SparseBits(full[index])
            #expect(bits.isEmpty == set.isEmpty)
            // Numbers beyond the row are in no list.
            #expect((0..<width + 200).allSatisfy { bits.contains($0) == set.contains($0) })
            for (other, against) in zip(sets, full) { #expect(bits.meets(against) == !set.isDisjoint(with: other)) }
        }
    }
}
