import ChineseText
import Messages
import Testing

struct TermScannerTests {
    private static func units(_ text: String) -> [UInt16] { Array(text.utf16) }

    /// The slow, obvious way.
    private static func oracle(_ terms: [[UInt16]], in text: [UInt16]) -> Set<TermHit> {
        var hits: Set<TermHit> = []
        for (index, term) in terms.enumerated() where term.count <= text.count {
            for start in 0...(text.count - term.count) where Array(text[start..<(start + term.count)]) == term {
                hits.insert(TermHit(term: Int32(index), start: Int32(start), end: Int32(start + term.count)))
            }
        }
        return hits
    }

    private static func scan(_ terms: [[UInt16]], _ text: [UInt16]) -> [TermHit] {
        var hits: [TermHit] = []
        text.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { TermScanner(terms).scan(base, text.count, into: &hits) }
        }
        return hits
    }

    @Test func `finds nested and overlapping terms, Latin, single and astral ones`() {
        let terms = ["低保", "低保金", "保金", "金", "wifi", "𠮷野", "村干部"].map(Self.units)
        let text = Self.units("低保金wifi𠮷野村干部")
        #expect(Set(Self.scan(terms, text)) == Self.oracle(terms, in: text))
        #expect(Self.scan(terms, text).count == 7)
    }

    @Test(arguments: 0..<80)
    func `agrees with the slow way on random terms and texts`(seed: Int) {
        var random = Seeded(seed)
        let letters = 2 + random.next(30)
        func word(_ length: Int, _ random: inout Seeded) -> [UInt16] {
            (0..<length).map { _ in UInt16(0x4E00 + random.next(letters)) }
        }
        // Few letters and many terms crowd the buckets; many letters spread them.
        var terms: Set<[UInt16]> = []
        for _ in 0..<(1 + random.next(400)) { terms.insert(word(1 + random.next(5), &random)) }
        let list = terms.sorted { $0.lexicographicallyPrecedes($1) }
        let text = word(random.next(300), &random)
        let hits = Self.scan(list, text)
        #expect(Set(hits) == Self.oracle(list, in: text))
        #expect(Set(hits).count == hits.count)
        for (left, right) in zip(hits, hits.dropFirst()) {
            #expect((left.start, left.end) <= (right.start, right.end))
        }
    }

    @Test func `a term of one unit at the end, and a text of one unit`() {
        let terms = ["村", "村干部"].map(Self.units)
        #expect(Self.scan(terms, Self.units("村")) == [TermHit(term: 0, start: 0, end: 1)])
        #expect(Self.scan(terms, Self.units("村干部的村")).map(\.start) == [0, 0, 4])
        #expect(Self.scan(["村干部"].map(Self.units), Self.units("村")).isEmpty)
    }

    @Test func `an empty list and an empty text find nothing`() {
        #expect(Self.scan([], Self.units("村里")).isEmpty)
        #expect(Self.scan([Self.units("村里")], []).isEmpty)
    }
}
