public import Classifying
internal import Lexicons
public import Matching
public import Messages

/// Text to verdict: matching and classifying in one call, on one utterance.
public struct TextAnalyser: Sendable {
    /// Finds the rules that fire.
    public let matcher: LexiconMatcher
    /// Weighs them.
    public let classifier: ComplaintClassifier

    /// Makes an analyser; without a model the rules decide alone.
    public init(_ matcher: LexiconMatcher, model: LinearModel? = nil) {
        self.matcher = matcher
        classifier = ComplaintClassifier(model: model)
    }

    /// What came of one utterance.
    public struct Analysis: Sendable {
        /// The word on it.
        public var verdict: Verdict
        /// True when a rule fired on it, whatever the guards say, or the model flagged it.
        public var isCandidate: Bool
        /// The number of times that a rule fired on it, guards not counted.
        public var hits: Int
        /// True when what was said beside it could turn the verdict.
        public var isBorderline: Bool
    }

    /// The verdict on a text that `scratch.normalize` was called with last.
    ///
    /// `lines` are the byte ranges of its lines: where the whole is no complaint, each is tried by itself, since a guard in
    /// one line (谢谢) must not silence another; then, with a model, its pieces, since small talk around a complaint drowns it.
    /// `context` tells what stands beside it in the conversation; it moves the whole, not its lines and pieces.
    public func analysis(
        forNormalized text: UnsafeBufferPointer<UInt8>, lines: [Range<Int>], scratch: LexiconMatcher.Scratch,
        context: TextContext = .none
    ) -> Analysis {
        var (verdict, result, peak, suspicion) = judged(text, scratch, context)
        let isBorderline = context == .none && classifier.isWithinReach(max(verdict.score, suspicion))
        let asksPieces = !verdict.flagged && classifier.model != nil && (result.isCandidate || peak > Self.loud)
        let pieces = asksPieces ? TextPiece.pieces(of: scratch.text) : []
        if result.isCandidate, !verdict.flagged, lines.count > 1 {
            for line in lines { take(self.verdict(on: text, part: line, scratch), into: &verdict) }
        }
        if !verdict.flagged {
            for piece in pieces {
                let single = self.verdict(on: text, part: piece.bytes, scratch)
                if single?.score ?? 0 >= piece.accept { take(single, into: &verdict) }
            }
        }
        guard result.isCandidate || verdict.flagged else {
            return Analysis(verdict: verdict, isCandidate: false, hits: 0, isBorderline: isBorderline)
        }
        let hits = result.matches.count { match in
            if case .evidence = match.effect { true } else { false }
        }
        return Analysis(verdict: verdict, isCandidate: true, hits: hits, isBorderline: isBorderline)
    }

    /// What a message is, by the guards that fire on it, for those that stand beside it; nil where they tell nothing.
    ///
    /// `scratch` is left with that message.
    func kind(of text: UnsafeBufferPointer<UInt8>, scratch: LexiconMatcher.Scratch) -> TextContext.Kind? {
        scratch.normalize(text)
        return TextContext.kind(of: matcher.result(forNormalized: text, asksGuards: true, scratch: scratch).matches)
    }

    /// How loud a piece of a text must sound for the pieces to be judged where no rule fired.
    private static let loud = -3.0

    private func take(_ single: Verdict?, into verdict: inout Verdict) {
        if let single, !verdict.flagged || single.score > verdict.score { verdict = single }
    }

    /// The verdict on a string, taken as one message.
    public func analysis(of text: String, scratch: LexiconMatcher.Scratch) -> Analysis {
        var copy = text
        return copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            return analysis(forNormalized: bytes, lines: [], scratch: scratch)
        }
    }

    /// The verdict on a string between two others, as an import reads it in a conversation: only where they could turn it is
    /// looked at what they are.
    public func analysis(
        of text: String, after before: String?, before after: String?, scratch: LexiconMatcher.Scratch
    ) -> Analysis {
        let alone = analysis(of: text, scratch: scratch)
        guard alone.isBorderline, before != nil || after != nil else { return alone }
        let context = TextContext(
            before: before.flatMap { kind(of: $0, scratch) }, after: after.flatMap { kind(of: $0, scratch) })
        return alone.anew(context) {
            var copy = text
            return copy.withUTF8 { bytes in
                scratch.normalize(bytes)
                return analysis(forNormalized: bytes, lines: [], scratch: scratch, context: context)
            }
        }
    }

    private func kind(of text: String, _ scratch: LexiconMatcher.Scratch) -> TextContext.Kind? {
        var copy = text
        return copy.withUTF8 { kind(of: $0, scratch: scratch) }
    }

    /// Rules and model on the text that was normalised last, how its loudest piece sounds, and what the model would give it
    /// without the rules.
    private func judged(
        _ text: UnsafeBufferPointer<UInt8>, _ scratch: LexiconMatcher.Scratch, _ context: TextContext = .none
    ) -> (Verdict, LexiconMatcher.Result, peak: Double, suspicion: Double) {
        scratch.setGreetingAside()
        guard let model = classifier.model else {
            let result = matcher.result(forNormalized: text, scratch: scratch)
            guard result.isCandidate else { return (.none, result, 0, 0) }
            return (classifier.verdict(on: result.matches, undecided: result.undecided), result, 0, 0)
        }
        let classes = matcher.classes(in: scratch)
        let sound = model.trackSound(of: scratch.text, classes: classes)
        let suspicion = classifier.suspicion(sound, length: scratch.text.count, context: context)
        let isSuspicious = classifier.isSuspicious(suspicion, length: scratch.text.count)
        let result = matcher.result(forNormalized: text, asksGuards: isSuspicious, scratch: scratch)
        guard result.isCandidate || isSuspicious else {
            return (.notFlagged(suspicion), result, sound[3], suspicion)
        }
        let verdict = classifier.verdict(
            on: result.matches, undecided: result.undecided, text: scratch.text, classes: classes, sound: sound,
            context: context)
        // With a rule or a guard in it the verdict's own score is what counts.
        return (verdict, result, sound[3], 0)
    }

    private func verdict(
        on text: UnsafeBufferPointer<UInt8>, part range: Range<Int>, _ scratch: LexiconMatcher.Scratch
    ) -> Verdict? {
        let part = UnsafeBufferPointer(rebasing: text[range])
        scratch.normalize(part)
        var verdict = judged(part, scratch).0
        guard verdict.flagged else { return nil }
        verdict.evidence = verdict.evidence.map {
            Hit(rule: $0.rule, span: $0.span.lowerBound + range.lowerBound..<$0.span.upperBound + range.lowerBound)
        }
        return verdict
    }
}
