@testable import Pipeline
import Testing

struct DeduplicatorTests {
    /// What a store would keep.
    final class Shelf {
        var digests: [Deduplicator.Key: [UInt64]] = [:]
    }

    /// One message: words, and the id if the tool gives one.
    struct Line: Sendable {
        let words: UInt64
        var id: UInt64 = 0
    }

    /// Reads files one after the other into one shelf; the number of new messages of each.
    private static func read(_ files: [[Line]], into shelf: Shelf = Shelf(), most: Int = 1_000) throws -> [Int] {
        try files.map { file in
            var deduplicator = Deduplicator(
                most: most, load: { shelf.digests[$0] ?? [] }, save: { shelf.digests[$0] = $1 })
            var new = 0
            for line in file {
                let trace = MessageTrace(group: 0, day: Int32(line.words % 3), id: line.id, content: line.words)
                if try deduplicator.mark(trace).isNew { new += 1 }
            }
            try deduplicator.flush()
            return new
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [[Line]]
        let new: [Int]
        var testDescription: String { name }
    }

    private static func plain(_ words: UInt64...) -> [Line] { words.map { Line(words: $0) } }

    @Test(arguments: [
        Case(name: "the same file twice", files: [plain(7, 8, 9), plain(7, 8, 9)], new: [3, 0]),
        Case(name: "a repeat in one minute is kept", files: [plain(7, 7), plain(7, 7)], new: [2, 0]),
        Case(name: "a third one later is new", files: [plain(7, 7), plain(7, 7, 7)], new: [2, 1]),
        Case(
            name: "an id is known whatever stands around it",
            files: [[Line(words: 7, id: 1)], [Line(words: 10, id: 1)]], new: [1, 0]),
        Case(
            name: "equal words with two ids are two messages", files: [[Line(words: 7, id: 1), Line(words: 7, id: 2)]],
            new: [2]),
        Case(
            name: "a copy without ids joins one with ids",
            files: [[Line(words: 7, id: 1), Line(words: 7, id: 2)], plain(7, 7)], new: [2, 0]),
        Case(
            name: "a copy with ids joins one without",
            files: [plain(7, 7), [Line(words: 7, id: 1), Line(words: 7, id: 2)]], new: [2, 0]),
        Case(
            name: "what only one of them has is new",
            files: [plain(7), [Line(words: 7, id: 1), Line(words: 7, id: 2)], plain(7, 7, 7)], new: [1, 1, 1]),
    ])
    func `knows what was read before`(_ row: Case) throws {
        #expect(try Self.read(row.files) == row.new)
    }

    @Test(arguments: 0..<60)
    func `overlapping parts in any order come to the same number of messages`(seed: Int) throws {
        var random = Seeded(seed)
        let whole = (0..<120).map {
            Line(words: UInt64(random.next(30)), id: random.next(2) == 0 ? UInt64($0 + 1000) : 0)
        }
        let hasIDs = random.next(2) == 0
        let lines = whole.map {
            Line(words: $0.words, id: hasIDs ? $0.id == 0 ? $0.words &+ UInt64(random.next(9999)) << 8 : $0.id : 0)
        }
        // Cuts between minutes, as a clerk's do: equal words are of one minute here, so a part holds all of a minute or none.
        let minutes = Array(Set(lines.map(\.words)))
        var parts = (0..<4).map { _ in Set(minutes.filter { _ in random.next(2) == 0 }) }
        parts.append(Set(minutes).subtracting(parts.reduce(into: Set()) { $0.formUnion($1) }))
        let files = parts.map { part in lines.filter { part.contains($0.words) } }
        let distinct = hasIDs ? Set(lines.map(\.id)).count : lines.count
        #expect(try Self.read(files).reduce(0, +) == distinct)
        // Few digests in memory: days come and go, as in an export in the order of time.
        let byDay = files.map { file in file.sorted { $0.words % 3 < $1.words % 3 } }
        #expect(try Self.read(byDay.reversed(), most: 20).reduce(0, +) == distinct)
    }

    @Test(arguments: 0..<20)
    func `a digest set is a set`(seed: Int) {
        var random = Seeded(seed)
        var set = DigestSet()
        var oracle: Set<UInt64> = []
        for _ in 0..<2_000 {
            let digest = UInt64(random.next(700)) &* (random.next(2) == 0 ? 1 : 0x9E37_79B9_7F4A_7C15)
            #expect(set.insert(digest) == oracle.insert(digest).inserted)
        }
        #expect(set.count == oracle.count)
        #expect(set.sorted == oracle.sorted())
        #expect(oracle.allSatisfy(set.contains))
    }
}

/// A small generator with a seed, so that a failing case can be repeated.
struct Seeded {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    /// 0 ..< bound.
    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % max(1, bound)
    }
}
