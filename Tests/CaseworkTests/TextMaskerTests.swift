import Casework
import Glibc
import Messages
import Testing

/// A text whose masked stretches are marked as `⟦kind:words⟧`.
private struct MarkedText {
    var source = ""
    var masked = ""
    var kinds: [MaskKind] = []
    /// Where the marked words stand in the source and where their masks stand in the masked text.
    var places: [(old: Range<Int>, new: Range<Int>)] = []

    init(_ row: String) throws {
        var rest = row[...]
        while let open = rest.firstIndex(of: "⟦") {
            source += rest[..<open]
            masked += rest[..<open]
            let close = try #require(rest.firstIndex(of: "⟧"))
            let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            let kind = try #require(MaskKind(rawValue: String(parts[0])))
            let old = source.utf8.count
            let new = masked.utf8.count
            source += parts[1]
            masked += kind.mask
            kinds.append(kind)
            places.append((old..<source.utf8.count, new..<masked.utf8.count))
            rest = rest[rest.index(after: close)...]
        }
        source += rest
        masked += rest
    }
}

struct TextMaskerTests {
    private let masker = TextMasker()

    @Test(arguments: maskingRows)
    func `masks what is marked and nothing else`(_ row: String) throws {
        let marked = try MarkedText(row)
        let result = masker.masked(marked.source)
        #expect(result.text == marked.masked)
        #expect(result.kinds == marked.kinds)
    }

    @Test(arguments: maskingRows)
    func `masking a second time changes nothing`(_ row: String) throws {
        let once = masker.masked(try MarkedText(row).source).text
        let twice = masker.masked(once)
        #expect(twice.text == once)
        #expect(twice.kinds.isEmpty)
    }

    @Test(arguments: maskingRows)
    func `spans move with their words and widen to the masks that they touch`(_ row: String) throws {
        let marked = try MarkedText(row)
        let length = marked.source.utf8.count
        var spans: [Range<Int>] = [0..<length]
        var expected: [Range<Int>] = [0..<marked.masked.utf8.count]
        for place in marked.places {
            // The whole stretch, its first and its last character.
            let first =
                marked.source[marked.source.utf8.index(marked.source.startIndex, offsetBy: place.old.lowerBound)...]
                .unicodeScalars.first.map { UTF8.width($0) } ?? 1
            spans += [place.old, place.old.lowerBound..<place.old.lowerBound + first]
            expected += [place.new, place.new]
        }
        #expect(masker.masked(marked.source, spans: spans).spans == expected)
    }

    @Test func `an old mask is left alone and stops what stands beside it`() {
        let text = "我叫▮姓名▮,电话▮电话▮,▮不是▮"
        #expect(masker.masked(text).text == text)
        #expect(masker.masked(text).kinds.isEmpty)
    }

    @Test func `spans beyond the text are cut to it and broken ones widened to whole characters`() {
        #expect(masker.masked("停水", spans: [0..<100, -5..<3, 1..<2, 7..<9]).spans == [0..<6, 0..<3, 0..<3, 6..<6])
        #expect(masker.masked("", spans: [0..<3]).spans == [0..<0])
    }

    @Test(arguments: 0..<60)
    func `random mixtures are masked once and keep every span inside the text`(_ seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let pieces = try maskingRows.map { try MarkedText($0).source } + oddPieces
        for _ in 0..<12 {
            var text = ""
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
                let scalars = Array(piece.unicodeScalars)
                let start = Int.random(in: 0...scalars.count, using: &random)
                let end = Int.random(in: start...scalars.count, using: &random)
                text.unicodeScalars.append(
                    contentsOf: Bool.random(using: &random) ? scalars[...] : scalars[start..<end])
            }
            let length = text.utf8.count
            let spans = (0..<8).map { _ in
                let start = Int.random(in: 0...length, using: &random)
                return start..<Int.random(in: start...length, using: &random)
            }
            let result = masker.masked(text, spans: spans)
            let again = masker.masked(result.text, spans: result.spans)
            #expect(again.text == result.text, "\(text)")
            #expect(again.spans == result.spans, "\(text)")
            checkSpans(result, of: text, spans: spans)
        }
    }

    /// What a span covers outside the masks is, character for character, what it covered before.
    private func checkSpans(_ result: TextMasker.Masked, of text: String, spans: [Range<Int>]) {
        let (old, new) = (Array(text.utf8), Array(result.text.utf8))
        #expect(result.spans.count == spans.count)
        for (span, moved) in zip(spans, result.spans) {
            guard moved.lowerBound >= 0, moved.upperBound <= new.count else {
                Issue.record("\(moved) of \(new.count)")
                continue
            }
            let words = String(decoding: new[moved], as: UTF8.self)
            #expect(!words.unicodeScalars.contains("\u{FFFD}") || text.unicodeScalars.contains("\u{FFFD}"))
            if !words.contains("▮"), !span.isEmpty {
                #expect(old.firstRange(of: words.utf8) != nil)
                #expect(moved.count >= span.count)
            }
        }
    }

    private let oddPieces = [
        "▮", "▮姓名", "姓名▮", "@", "@@", "\u{2005}", "138", "1380013", "8000", "-", " ", "6222 ", "我叫", "我是", "我爸", "王",
        "某",
        "号", "室", "12", "住在", "\u{0}", "👨‍👩‍👧", "e\u{301}", "\n", "，", "闽C", "x", "****", "微信", "电话", "村民",
    ]

    @Test func `hostile texts take no more than linear time`() {
        let hostile = [
            "1 ", "@", "我家在", "1*", "我爸我", "138 0013 ", "a.a@", "住在一", "一三八", "qq微信", "我是王", "12号", "闽C1", "▮姓",
        ]
        for piece in hostile {
            let short = cost(of: String(repeating: piece, count: 3000 / piece.utf8.count))
            let long = cost(of: String(repeating: piece, count: 12_000 / piece.utf8.count))
            // Four times the text: four times the work when linear, sixteen times when square.
            #expect(long < 9 * max(short, 2_000_000), "\(piece): \(short) ns, then \(long) ns")
        }
    }

    /// The nanoseconds of this thread's own work, so that a busy machine changes nothing; the best of three.
    private func cost(of text: String) -> Int {
        (0..<3).map { _ in
            var (before, after) = (timespec(), timespec())
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
            _ = masker.masked(text, spans: [0..<text.utf8.count])
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
            return (after.tv_sec - before.tv_sec) * 1_000_000_000 + after.tv_nsec - before.tv_nsec
        }.min() ?? 0
    }
}

/// A small seeded generator: equal seeds give equal tests.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
