internal import CICU
internal import Messages

/// Cuts Chinese text into words.
///
/// Runs of Han characters are cut at the least cost of their words: a table of 130,000 words with frequencies, rules for
/// numerals, dates and names, a small model for what is left over, and the caller's words, which win. Everything else is cut
/// by ICU's rules (UAX #29), with links, mentions, bracket codes, numbers and dates kept whole.
///
/// - Input: valid UTF-8.
/// - Output: half-open UTF-8 byte ranges that cover the text without gaps, blanks and punctuation as pieces of their own.
/// - User words of three characters and more always stay whole; those of two where that leaves no scraps of other words
///   (被|套取, but 收回|扣款 keeps no 回扣).
/// - Cost: O(text); equal texts and user words give equal pieces.
public struct WordSegmenter: Sendable {
    private let userWords: TermScanner
    private let hasUserWords: Bool

    /// One thread's iterator and buffers; a segmenter is shared, a scratch is not.
    public final class Scratch {
        let words: OpaquePointer
        let line = LineBuffers()
        var normal = NormalizedText()
        var hits: [TermHit] = []
        var ends: [Int32] = []
        var masked: [UInt16] = []
        var fixed: [Range<Int>] = []
        /// User words of Han characters only, and the others.
        var chosen: [Range<Int>] = []
        var mixed: [Range<Int>] = []

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
        let line = scratch.line
        UnitKinds.table.withUnsafeBufferPointer { table in
            guard let kinds = table.baseAddress else { return }
            line.read(text, TraditionalTable.simplified, kinds)
            breakOutsideHan(kinds, scratch)
            scratch.fixed.removeAll(keepingCapacity: true)
            if line.hasOpeners {
                FixedSpans.find(in: .init(start: line.units, count: line.count), kinds: kinds, into: &scratch.fixed)
            }
            scratch.chosen.removeAll(keepingCapacity: true)
            scratch.mixed.removeAll(keepingCapacity: true)
            if hasUserWords { findUserWords(text, kinds, scratch) }
            cutHan(kinds, scratch)
        }
        for span in scratch.fixed { line.join(span) }
        for span in scratch.mixed { line.join(span) }
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

    /// Breaks at both sides of Han characters and plain punctuation; the rest by ICU's rules, without its dictionary.
    private func breakOutsideHan(_ kinds: UnsafePointer<UInt8>, _ scratch: Scratch) {
        let line = scratch.line
        guard line.needsICU else {
            for unit in 0..<line.count where kinds[Int(line.units[unit])] & UnitKinds.plain.rawValue != 0 {
                line.isBreak[unit] = true
                line.isBreak[unit + 1] = true
            }
            return
        }
        let count = line.count
        if scratch.ends.count < count {
            scratch.ends = [Int32](repeating: 0, count: count * 2)
            scratch.masked = [UInt16](repeating: 0, count: count * 2)
        }
        let stands = UnitKinds([.han, .plain]).rawValue
        for unit in 0..<count {
            // U+3001 has a break at either side, and no dictionary is asked for it.
            scratch.masked[unit] = kinds[Int(line.units[unit])] & stands != 0 ? 0x3001 : line.units[unit]
        }
        let pieces = cicu_words_all(
            scratch.words, scratch.masked, Int32(count), &scratch.ends, nil, Int32(scratch.ends.count))
        for piece in 0..<Int(max(0, pieces)) { line.isBreak[Int(scratch.ends[piece])] = true }
    }

    /// The user words in a text as spans of units, in order; none begins or ends inside a fixed span.
    private func findUserWords(_ text: UnsafeBufferPointer<UInt8>, _ kinds: UnsafePointer<UInt8>, _ scratch: Scratch) {
        let line = scratch.line
        TextNormalizer.shared.normalize(text, into: &scratch.normal)
        scratch.hits.removeAll(keepingCapacity: true)
        userWords.scan(scratch.normal, into: &scratch.hits)
        var fixed = scratch.fixed[...]
        for hit in scratch.hits {
            let units = Int(hit.start)..<Int(hit.end)
            guard units.dropFirst().allSatisfy({ scratch.normal.gaps[$0].isEmpty }) else { continue }
            let bytes = scratch.normal.original(units)
            guard let first = line.unit(atByte: bytes.lowerBound), let end = line.unit(atByte: bytes.upperBound),
                end > first + 1
            else { continue }
            while let span = fixed.first, span.upperBound <= first { fixed = fixed.dropFirst() }
            let touched = fixed.prefix { $0.lowerBound < end }
            if touched.contains(where: { $0.lowerBound < first || $0.upperBound > end }) { continue }
            let isHan = (first..<end).allSatisfy { kinds[Int(line.units[$0])] & UnitKinds.han.rawValue != 0 }
            if isHan && touched.isEmpty {
                scratch.chosen.append(first..<end)
            } else {
                scratch.mixed.append(first..<end)
            }
        }
    }

    /// Cuts each run of Han characters outside fixed spans.
    private func cutHan(_ kinds: UnsafePointer<UInt8>, _ scratch: Scratch) {
        let line = scratch.line
        let cutter = RunCutter(kinds: kinds, line: line)
        let joiner = Joiner(kinds: kinds, line: line)
        var fixed = scratch.fixed[...]
        var words = scratch.chosen[...]
        var place = 0
        while place < line.count {
            if let span = fixed.first, span.lowerBound == place {
                place = span.upperBound
                fixed = fixed.dropFirst()
                continue
            }
            let limit = fixed.first?.lowerBound ?? line.count
            var end = place
            while end < limit, kinds[Int(line.units[end])] & UnitKinds.han.rawValue != 0 { end += 1 }
            guard end > place else {
                place += 1
                continue
            }
            while let word = words.first, word.lowerBound < place { words = words.dropFirst() }
            cutter.cut(place..<end, words: words.prefix { $0.lowerBound < end })
            joiner.join(in: place..<end)
            place = end
        }
    }
}
