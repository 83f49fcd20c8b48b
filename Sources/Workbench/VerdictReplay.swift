public import CaseStore
internal import Classifying
internal import Matching
internal import Messages
public import Pipeline

/// Reviewers' verdicts replayed: what was confirmed must still be flagged, what was dismissed must not.
///
/// Only while the words are kept, and only what the person at the desk may read: of a confirmed flag as long as its case has the
/// original words, of a dismissed one until its second reader has agreed. The words are read in memory and never shown.
public struct VerdictReplay {
    /// One replayed verdict.
    public struct Result: Sendable {
        /// The verdict.
        public var verdict: JudgedFlag
        /// What the lexicon says now.
        public var isFlagged: Bool
        /// Its score.
        public var score: Double
        /// Whether both agree.
        public var passed: Bool { isFlagged == verdict.shouldFlag }
    }

    private let desk: CaseDesk

    /// Reads for the person of a desk.
    public init(_ desk: CaseDesk) { self.desk = desk }

    /// Replays every verdict whose words the person may read, in the order of the flags.
    public func results(_ analyser: TextAnalyser) throws -> [Result] {
        let scratch = LexiconMatcher.Scratch()
        return try desk.judgedFlags().compactMap { flag in
            guard let text = flag.text else { return nil }
            let verdict = analyser.verdict(
                onKept: text, scratch: scratch, context: TextContext(named: flag.rules))
            return Result(verdict: flag, isFlagged: verdict.flagged, score: verdict.score)
        }
    }

    /// The words of flags that are kept and that the person may read, for `Suggestions`: of confirmed ones, of dismissed ones that
    /// wait for their second reader, of those that nobody has decided.
    public func texts() throws -> [Suggestions.Text] {
        let judged = try desk.judgedFlags()
        let decided = Set(judged.map(\.flag))
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        let open = try desk.flags(filter).compactMap { record -> Suggestions.Text? in
            guard !decided.contains(record.summary.id), let words = record.content?.text else { return nil }
            return Suggestions.Text(
                flag: record.summary.id, text: words, topic: record.summary.topic, isConfirmed: false, isOpen: true,
                isDismissed: false)
        }
        return open
            + judged.compactMap { flag in
                flag.text.map {
                    Suggestions.Text(
                        flag: flag.flag, text: $0, topic: flag.topic, isConfirmed: flag.shouldFlag,
                        isOpen: flag.outcome == .dismissed)
                }
            }
    }
}

extension TextAnalyser {
    /// The word on a flag's kept words: an utterance whose messages are its lines, as when it was imported.
    func verdict(
        onKept text: String, scratch: LexiconMatcher.Scratch, context: TextContext = .none
    ) -> Verdict {
        var copy = text
        return copy.withUTF8 { bytes in
            var lines: [Range<Int>] = []
            var start = 0
            for (index, byte) in bytes.enumerated() where byte == 0x0A {
                if index > start { lines.append(start..<index) }
                start = index + 1
            }
            if bytes.count > start { lines.append(start..<bytes.count) }
            scratch.normalize(bytes)
            return analysis(forNormalized: bytes, lines: lines, scratch: scratch, context: context).verdict
        }
    }
}
