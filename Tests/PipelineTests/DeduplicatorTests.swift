import Foundation
import Messages
@testable import Pipeline
import Testing

struct DeduplicatorTests {
    /// What a store would keep.
    final class Shelf {
        var digests: [Deduplicator.Key: [UInt64]] = [:]
    }

    /// One message: words, when it was sent, how fine that is told, and the id if the tool gives one.
    struct Line: Sendable {
        let words: UInt64
        var at: Int64 = 0
        var precision = TimePrecision.second
        var id: UInt64 = 0
        /// What the words are where a tool has no transcript.
        var silent: UInt64 = 0
    }

    /// Noon of 2 March 2026 in China.
    private static let noon: Int64 = 1_772_424_000
    private static let digests = SipHash(key: (0..<16).map { UInt8($0) })

    /// Reads files one after the other into one shelf; the number of new messages of each.
    private static func read(_ files: [[Line]], into shelf: Shelf = Shelf(), most: Int = 1_000) throws -> [Int] {
        try marks(files, into: shelf, most: most).map { marks in marks.count { $0.isNew } }
    }

    private static func marks(
        _ files: [[Line]], into shelf: Shelf = Shelf(), most: Int = 1_000
    ) throws -> [[Deduplicator.Mark]] {
        try files.map { file in
            var deduplicator = Deduplicator(
                most: most, digests: digests, load: { shelf.digests[$0] ?? [] }, save: { shelf.digests[$0] = $1 })
            var marks: [Deduplicator.Mark] = []
            for line in file {
                var sentAt = noon + line.at
                if line.precision == .minute { sentAt = sentAt / 60 * 60 }
                if line.precision == .day { sentAt = (sentAt + 28_800) / 86_400 * 86_400 - 28_800 }
                let trace = MessageTrace(
                    group: 0, day: Int32((sentAt + 28_800) / 86_400), id: line.id, words: line.words, sentAt: sentAt,
                    precision: line.precision, silent: line.silent)
                marks.append(try deduplicator.mark(trace))
            }
            try deduplicator.flush()
            return marks
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [[Line]]
        let new: [Int]
        var testDescription: String { name }
    }

    private static func plain(_ words: UInt64...) -> [Line] { words.map { Line(words: $0) } }
    private static func mail(_ words: UInt64...) -> [Line] { words.map { Line(words: $0, precision: .minute) } }

    @Test(arguments: [
        Case(name: "the same file twice", files: [plain(7, 8, 9), plain(7, 8, 9)], new: [3, 0]),
        Case(name: "a repeat in one second is kept", files: [plain(7, 7), plain(7, 7)], new: [2, 0]),
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
        Case(
            name: "the same words at another second of the minute are another message, whichever file has them",
            files: [[Line(words: 7, at: 5)], [Line(words: 7, at: 40)]], new: [1, 1]),
        Case(
            name: "mail joins what tells seconds",
            files: [[Line(words: 7, at: 5), Line(words: 7, at: 40, id: 3)], mail(7, 7)], new: [2, 0]),
        Case(
            name: "what tells seconds joins mail",
            files: [mail(7, 7), [Line(words: 7, at: 5), Line(words: 7, at: 40, id: 3)]], new: [2, 0]),
        Case(
            name: "a third one in the minute is new beside mail",
            files: [mail(7, 7), [Line(words: 7, at: 5), Line(words: 7, at: 6), Line(words: 7, at: 7)]], new: [2, 1]),
        Case(name: "two mails of overlapping lines", files: [mail(7, 8), mail(8, 9)], new: [2, 1]),
        Case(
            name: "a table without its seconds knows its ids",
            files: [[Line(words: 7, at: 5, id: 3)], [Line(words: 7, precision: .minute, id: 3)]], new: [1, 0]),
        Case(
            name: "what tells the day only joins both",
            files: [
                mail(7), [Line(words: 7, at: 600)], [Line(words: 7, precision: .day), Line(words: 7, precision: .day)],
                [Line(words: 7, at: 600), Line(words: 7, at: 900)],
            ], new: [1, 1, 0, 1]),
    ])
    func `knows what was read before`(_ row: Case) throws {
        #expect(try Self.read(row.files) == row.new)
    }

    /// How a tool tells a true message.
    private static func told(_ number: Int, _ message: Line, tool: Int) -> Line {
        switch tool {
        case 0: Line(words: message.words, at: message.at, id: UInt64(number) + 1)
        case 1: Line(words: message.words, at: message.at)
        case 2: Line(words: message.words, at: message.at, precision: .minute)
        default: Line(words: message.words, at: message.at, id: number % 3 == 0 ? 0 : UInt64(number) + 1)
        }
    }

    @Test(arguments: 0..<(200 * Seeded.times))
    func `overlapping parts of any tools in any order come to the messages that there are`(seed: Int) throws {
        var random = Seeded(seed)
        // Few words in few minutes: many are equal.
        let minutes = 1 + random.next(12)
        let truth = (0..<(20 + random.next(60))).map { _ in
            Line(
                words: UInt64(1 + random.next(4)),
                at: Int64(random.next(minutes) * 60 + random.next(seed % 2 == 0 ? 3 : 60)))
        }
        var files: [[Line]] = []
        var covered = Set<Int64>()
        for _ in 0..<(1 + random.next(6)) {
            let (low, high) = (Int64(random.next(minutes)), Int64(random.next(minutes)))
            let tool = random.next(4)
            covered.formUnion(min(low, high)...max(low, high))
            files.append(
                truth.enumerated().filter { min(low, high)...max(low, high) ~= $1.at / 60 }
                    .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                    .map { Self.told($0.offset, $0.element, tool: tool) })
        }
        let count = truth.count { covered.contains($0.at / 60) }
        #expect(try Self.read(files).reduce(0, +) == count)
        #expect(try Self.read(files.reversed()).reduce(0, +) == count)
        #expect(try Self.read(files.reversed(), most: 5).reduce(0, +) == count)
        #expect(try Self.read(files + files).suffix(files.count).allSatisfy { $0 == 0 })
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

/// What counts as the platform's own id of a message.
struct MessageIdentityTests {
    @Test(arguments: [
        ("7412589630147852369", true), ("11354299838102555191_1603875658", true), ("msgAbCdEf==", true),
        ("1756225000", true),
        ("12", false), ("", false), ("undefined", false), ("null", false), ("7.41259E+18", false),
        ("7412589630147852000", false), ("999999999", false),
    ])
    func `ordinals and rounded numbers are no ids`(_ row: (id: String, isReal: Bool)) {
        let isReal = Array(row.id.utf8).withUnsafeBytes { MessageWords.isRealID($0) }
        #expect(isReal == row.isReal)
    }
}

/// A small generator with a seed, so that a failing case can be repeated.
struct Seeded {
    /// With `MINSHENG_SEEDS=50` a property is tried with fifty times as many seeds.
    static let times = max(1, ProcessInfo.processInfo.environment["MINSHENG_SEEDS"].flatMap { Int($0) } ?? 1)

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

// MARK: Voice messages

extension DeduplicatorTests {
    /// A voice message's kind alone, and with words that somebody or some tool wrote down.
    private static func voice(
        at: Int64 = 0, _ precision: TimePrecision = .second, id: UInt64 = 0
    ) -> Line {
        Line(words: 99, at: at, precision: precision, id: id)
    }
    private static func told(
        _ words: UInt64, at: Int64 = 0, _ precision: TimePrecision = .second, id: UInt64 = 0
    ) -> Line {
        Line(words: words, at: at, precision: precision, id: id, silent: 99)
    }

    struct VoiceCase: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [[Line]]
        let new: [Int]
        /// The messages that are known and of which the words are new.
        let transcribed: [Int]
        var testDescription: String { name }
    }

    @Test(arguments: [
        VoiceCase(name: "with words, then without", files: [[told(7)], [voice()]], new: [1, 0], transcribed: [0, 0]),
        VoiceCase(
            name: "without words, then with", files: [[voice()], [told(7)], [told(7)]], new: [1, 0, 0],
            transcribed: [0, 1, 0]),
        VoiceCase(
            name: "the same tool, with transcripts switched on later",
            files: [[voice(id: 1)], [told(7, id: 1)], [told(7, id: 1)]], new: [1, 0, 0], transcribed: [0, 1, 0]),
        VoiceCase(
            name: "two transcripts of one id", files: [[told(7, id: 1)], [told(8, id: 1)]], new: [1, 0],
            transcribed: [0, 0]),
        VoiceCase(
            name: "two in a second, one with words", files: [[told(7), voice()], [voice(), voice()]], new: [2, 0],
            transcribed: [0, 0]),
        VoiceCase(
            name: "a third one is new", files: [[told(7), voice()], [voice(), voice(), voice()]], new: [2, 1],
            transcribed: [0, 0]),
        VoiceCase(
            name: "a tool that calls the words a text", files: [[Line(words: 7)], [told(7)], [voice()]],
            new: [1, 0, 0], transcribed: [0, 0, 0]),
        VoiceCase(
            name: "a mail without words, then seconds with", files: [[voice(.minute)], [told(7, at: 9)]],
            new: [1, 0], transcribed: [0, 1]),
        VoiceCase(
            name: "seconds with words, then a mail without", files: [[told(7, at: 9)], [voice(.minute)]],
            new: [1, 0], transcribed: [0, 0]),
        VoiceCase(
            name: "different words of one second are both read", files: [[told(7)], [told(8)]], new: [1, 0],
            transcribed: [0, 1]),
        VoiceCase(
            name: "another second is another message", files: [[told(7)], [voice(at: 1)]], new: [1, 1],
            transcribed: [0, 0]),
    ])
    func `a voice message is one with its words and without`(_ row: VoiceCase) throws {
        let marks = try Self.marks(row.files)
        #expect(marks.map { marks in marks.count { $0.isNew } } == row.new)
        #expect(marks.map { marks in marks.count { $0.isTranscribed } } == row.transcribed)
    }
}
