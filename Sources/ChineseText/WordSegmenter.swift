internal import CICU
internal import Messages

/// Cuts Chinese text into words: ICU's, corrected by what ICU doesn't know.
///
/// - Input: valid UTF-8.
/// - Output: half-open UTF-8 byte ranges that cover the text without gaps, blanks and punctuation as pieces of their own.
/// - Links, mentions, bracket codes, numbers, dates and Chinese numerals stay whole; the user words given at the start are
///   joined, and cut out of ICU's words where that leaves a word of its own (被套|取 → 被|套取, but 收回|扣款 keeps no 回扣).
/// - Source: ICU's dictionary break iterator (UAX #29 with cjdict).
public struct WordSegmenter: Sendable {
    private let userWords: TermScanner
    private let hasUserWords: Bool
    private let simplified = TraditionalTable.simplified

    /// One thread's iterator and buffers; a segmenter is shared, a scratch is not.
    public final class Scratch {
        let words: OpaquePointer
        var normal = NormalizedText()
        var hits: [TermHit] = []
        var ends: [Int32] = []
        var statuses: [Int32] = []

        /// Opens ICU's break iterator.
        public init() {
            guard let words = cicu_words_open() else {
                preconditionFailure("ICU has no word break data; install libicu72 or newer")
            }
            self.words = words
        }

        deinit { cicu_words_close(words) }
    }

    /// Makes a segmenter.
    ///
    /// - Parameter userWords: words in plain writing, any order; those of one unit are ignored.
    public init(userWords: some Sequence<String> = []) {
        let normalizer = TextNormalizer.shared
        let words = Set(userWords.map { normalizer.units($0) }.filter { $0.count > 1 })
        self.userWords = TermScanner(words.sorted { $0.lexicographicallyPrecedes($1) })
        hasUserWords = !words.isEmpty
    }

    /// Buffers for one thread.
    public func makeScratch() -> Scratch { Scratch() }

    /// The pieces of a text, blanks and punctuation included.
    public func pieces(of text: UnsafeBufferPointer<UInt8>, scratch: Scratch) -> [Range<Int>] {
        guard !text.isEmpty else { return [] }
        var line = Line(text)
        breakWithICU(&line, scratch)
        if hasUserWords { breakAtUserWords(&line, text, scratch) }
        // Last, so that no user word cuts a name in a mention or a link.
        for span in FixedSpans.spans(in: line.units) { line.join(span) }
        return line.pieces()
    }

    /// The words of a line, without blanks.
    public func words(in line: String, scratch: Scratch) -> [String] {
        var copy = line
        return copy.withUTF8 { bytes in
            pieces(of: bytes, scratch: scratch)
                .map { String(decoding: bytes[$0], as: UTF8.self) }
                .filter { !$0.allSatisfy(\.isWhitespace) }
        }
    }

    private func breakWithICU(_ line: inout Line, _ scratch: Scratch) {
        let count = line.units.count
        if scratch.ends.count < count {
            scratch.ends = [Int32](repeating: 0, count: count * 2)
            scratch.statuses = scratch.ends
        }
        let simple = line.units.map { simplified[Int($0)] }
        let pieces = cicu_words_all(
            scratch.words, simple, Int32(count), &scratch.ends, &scratch.statuses, Int32(scratch.ends.count))
        guard pieces >= 0 else { return }
        for piece in 0..<Int(pieces) { line.isBreak[Int(scratch.ends[piece])] = true }
    }

    private func breakAtUserWords(_ line: inout Line, _ text: UnsafeBufferPointer<UInt8>, _ scratch: Scratch) {
        TextNormalizer.shared.normalize(text, into: &scratch.normal)
        scratch.hits.removeAll(keepingCapacity: true)
        userWords.scan(scratch.normal, into: &scratch.hits)
        guard !scratch.hits.isEmpty else { return }
        let normal = scratch.normal
        var spans: [Range<Int>] = []
        for hit in scratch.hits {
            let units = Int(hit.start)..<Int(hit.end)
            guard units.dropFirst().allSatisfy({ normal.gaps[$0].isEmpty }) else { continue }
            let bytes = normal.original(units)
            guard let first = line.unit(atByte: bytes.lowerBound), let end = line.unit(atByte: bytes.upperBound)
            else { continue }
            if line.canHold(first..<end) { spans.append(first..<end) }
        }
        for span in Self.best(spans) { line.join(span) }
    }

    /// The choice of spans that do not overlap with the greatest sum of squared lengths: long words win over short ones.
    private static func best(_ spans: [Range<Int>]) -> [Range<Int>] {
        let sorted = spans.sorted { ($0.upperBound, $0.lowerBound) < ($1.upperBound, $1.lowerBound) }
        var best: [(score: Int, last: Int)] = [(0, -1)]
        for (index, span) in sorted.enumerated() {
            var low = 0
            var high = index
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle].upperBound <= span.lowerBound { low = middle + 1 } else { high = middle }
            }
            let with = best[low].score + span.count * span.count
            best.append(with > best[index].score ? (with, index) : (best[index].score, -1))
        }
        var chosen: [Range<Int>] = []
        var position = sorted.count
        while position > 0 {
            guard best[position].last >= 0 else {
                position -= 1
                continue
            }
            let span = sorted[position - 1]
            chosen.append(span)
            position = sorted[..<(position - 1)].partitionPoint { $0.upperBound <= span.lowerBound }
        }
        return chosen.reversed()
    }
}

extension ArraySlice<Range<Int>> {
    /// The first index whose element doesn't fulfil the predicate, in a list where those that do come first.
    fileprivate func partitionPoint(_ isBefore: (Range<Int>) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A text in UTF-16 with its breaks.
struct Line {
    /// The text.
    let units: [UInt16]
    /// For each unit, and for the end, the byte offset in the original.
    let offsets: [Int]
    /// True where a piece begins or ends; one longer than `units`.
    var isBreak: [Bool]

    /// Common words of one character: what may be left over when a user word is cut out of ICU's word.
    private static let loners: Set<UInt16> = Set(
        "被把给向从和与跟对在是有没不要都也就还又再去来到会能可我你他她它们个这那的了着过吗呢吧啊呀嘛很太更最只才却并但而或将让使由为因所以之其此每各该某村镇乡县市户钱款".utf16)

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var units: [UInt16] = []
        var offsets: [Int] = []
        units.reserveCapacity(text.count)
        offsets.reserveCapacity(text.count + 1)
        var offset = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            for unit in String(scalar).utf16 {
                units.append(unit)
                offsets.append(offset)
            }
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
        self.units = units
        self.offsets = offsets
        isBreak = [Bool](repeating: false, count: units.count + 1)
        isBreak[0] = true
        isBreak[units.count] = true
    }

    /// The unit that begins at a byte, if one does.
    func unit(atByte byte: Int) -> Int? {
        var low = 0
        var high = offsets.count - 1
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < byte { low = middle + 1 } else { high = middle }
        }
        return offsets[low] == byte ? low : nil
    }

    /// Whether a user word may stand here against ICU's breaks.
    ///
    /// Three characters and more always. Two, when it cuts no ICU word, or only one and leaves a word of its own.
    func canHold(_ span: Range<Int>) -> Bool {
        if span.count > 2 { return true }
        switch (isBreak[span.lowerBound], isBreak[span.upperBound]) {
        case (true, true): return true
        case (false, false): return false
        case (false, true):
            let rest = (isBreak[..<span.lowerBound].lastIndex(of: true) ?? 0)..<span.lowerBound
            return rest.count == 1 && Self.loners.contains(units[rest.lowerBound])
        case (true, false):
            let rest = span.upperBound..<(isBreak[(span.upperBound + 1)...].firstIndex(of: true) ?? units.count)
            return rest.count == 1 && Self.loners.contains(units[rest.lowerBound])
        }
    }

    /// Makes one piece of a span.
    mutating func join(_ span: Range<Int>) {
        isBreak[span.lowerBound] = true
        for unit in span.dropFirst() { isBreak[unit] = false }
        isBreak[span.upperBound] = true
    }

    /// The byte ranges between the breaks.
    func pieces() -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        for unit in 1..<isBreak.count where isBreak[unit] && offsets[unit] > offsets[start] {
            pieces.append(offsets[start]..<offsets[unit])
            start = unit
        }
        return pieces
    }
}
