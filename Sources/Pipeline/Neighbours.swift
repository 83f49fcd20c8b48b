internal import Classifying
internal import Matching
internal import Messages
internal import Utterances

/// What stands beside the utterances of a block: the kind of the message before and of that after, and none of their words.
///
/// A neighbour is somebody else's message in the same group, at most `longest` seconds away, with nothing but system lines
/// between: however a file is cut into chunks, the same messages are neighbours. It is looked at only where it could turn a
/// verdict.
struct Neighbours {
    /// The most seconds between an utterance and its neighbour.
    static let longest: Int64 = 1800

    private let runs: UtteranceGrouper.Runs
    private let count: Int
    /// The lines that were held back, where the block is made of them.
    private let edges: [EdgeLine]
    /// Which records may be read at all; empty for all.
    var isRead: [Bool] = []

    /// Makes a view of a block's runs.
    init(runs: UtteranceGrouper.Runs, count: Int, edges: [EdgeLine] = []) {
        self.runs = runs
        self.count = count
        self.edges = edges
    }

    /// The kinds of the messages beside a run; `scratch` is left with another text.
    func context(
        of run: Int, in block: MessageBlock, _ analyser: TextAnalyser, _ scratch: LexiconMatcher.Scratch
    ) -> TextContext {
        guard let first = runs[run].first.map({ Int($0) }), let last = runs[run].last.map({ Int($0) }) else {
            return .none
        }
        var context = TextContext.none
        // What the block of an edge knew.
        if !edges.isEmpty {
            context = TextContext(before: edges[first].context.before, after: edges[last].context.after)
        }
        if context.before == nil, run > 0, let other = runs[run - 1].last.map({ Int($0) }),
            isBare(from: other, to: first, in: block)
        {
            context.before = kind(of: other, beside: first, in: block, analyser, scratch)
        }
        if context.after == nil, run + 1 < runs.count, let other = runs[run + 1].first.map({ Int($0) }),
            isBare(from: last, to: other, in: block)
        {
            context.after = kind(of: other, beside: last, in: block, analyser, scratch)
        }
        return context
    }

    /// True when nothing but system lines follows a run up to the end of the block.
    func isBare(after run: Int, in block: MessageBlock) -> Bool {
        runs[run].last.map { isBare(from: Int($0), to: count, in: block) } ?? false
    }

    private func isBare(from one: Int, to other: Int, in block: MessageBlock) -> Bool {
        if !edges.isEmpty, !edges[one].endsBare { return false }
        return block.records[one + 1..<other].allSatisfy { $0.speakerKey == 0 }
    }

    private func kind(
        of other: Int, beside own: Int, in block: MessageBlock, _ analyser: TextAnalyser,
        _ scratch: LexiconMatcher.Scratch
    ) -> TextContext.Kind? {
        let (message, spoken) = (block.records[other], block.records[own])
        guard message.speakerKey != spoken.speakerKey, message.group == spoken.group,
            message.forwarded == spoken.forwarded, abs(message.sentAt - spoken.sentAt) <= Self.longest,
            isRead.isEmpty || isRead[other]
        else { return nil }
        return block.bytes.withUnsafeBufferPointer { bytes in
            analyser.kind(of: UnsafeBufferPointer(rebasing: bytes[message.text.range]), scratch: scratch)
        }
    }
}

extension TextAnalyser.Analysis {
    /// The same with what stands beside the text; the counts of candidates and hits stay those of the text alone.
    func anew(_ context: TextContext, _ judge: () -> Self) -> Self {
        guard context.leans else { return self }
        var analysis = self
        analysis.verdict = judge().verdict
        return analysis
    }
}
