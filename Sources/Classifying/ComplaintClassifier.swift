public import Messages

/// Decides from the rules that fired on a text, and from how it sounds, whether it complains, of what, and how urgently.
///
/// - Input: the matches of one text, in any order, and its normal form.
/// - Output: one verdict; its evidence are the hits of the winning topic in text order, or the character runs that carried
///   it, as hits of the rule `model`.
/// - Units: scores run 0...1. A rule counts once, with its weight times the factors of the guards around it; a topic's
///   score is `1 − Π(1 − weight)`. With a model the verdict's score is the probability that a person would confirm the
///   flag, and at least the threshold where strong rules flag it; without one it is the topic's score.
/// - Cost: O(matches log matches), and one look-up for each character run. No I/O, clock or randomness: equal input gives
///   equal verdicts.
public struct ComplaintClassifier: Sendable {
    /// From here up a text is flagged by the rules alone; a model brings its own threshold.
    public var accept = 0.5
    /// How texts sound; nil leaves the word to the rules.
    public var model: LinearModel?

    /// The rule's name in hits that the model carried.
    public static let modelRule = "model"

    /// From this score of the rules up a text is a report of misconduct though the model would not flag it.
    ///
    /// Guards are counted in. A strong rule must not be drowned by what stands around it. The slack takes up rounding.
    static let certain = 0.6 - 1e-9
    /// Unless the model gives misconduct less than this: that is a mention (a stage play, a ticket, a cadre's answer).
    static let doubt = 0.01

    /// From this score of the rules up a text is a complaint though the model would not flag it.
    ///
    /// The model has learned from many lines that only sound like a complaint, and distrusts the plain words of those who
    /// write to hotlines (没有路灯很久了): several rules on one subject are stronger.
    static let plain = 0.8 - 1e-9
    /// Unless the model gives complaints less than this.
    static let plainDoubt = 0.1

    /// What a text of fewer units on which no rule has a say must come to.
    ///
    /// A few characters sound like anything (咋卖的, 两年没见), and most of what is said in a group is that short.
    static let shortAlone = (units: 12, accept: 0.4)

    /// Makes a classifier; without a model the rules decide.
    public init(model: LinearModel? = nil) { self.model = model }

    /// What the model would give a text on which no rule fires; 0 without a model.
    public func suspicion(_ sound: SIMD4<Double>, length: Int, context: TextContext = .none) -> Double {
        guard let model else { return 0 }
        let probability = model.soundProbability(sound, length: length)
        return context == .none ? probability : Softmax.shifted(probability, by: context.leaning)
    }

    /// True when the model would flag a text on which no rule fires: then the guards must be asked.
    public func isSuspicious(_ suspicion: Double, length: Int) -> Bool {
        model.map { suspicion >= Self.threshold($0, length, hasRules: false) } ?? false
    }

    /// True when what stands beside a text could turn the verdict on it, which came to this score without.
    public func isWithinReach(_ score: Double) -> Bool {
        guard let model else { return false }
        return score >= Softmax.shifted(model.accept, by: -TextContext.mostRaised)
            && score <= Softmax.shifted(max(model.accept, Self.shortAlone.accept), by: TextContext.mostLowered)
    }

    /// What the model's second layer weighs, in the order of `LinearModel.evidenceNames`.
    ///
    /// For training.
    public static func evidence(of matches: [RuleMatch], sound: SIMD4<Double>, length: Int) -> [Double] {
        RuleReading(matches).evidence(sound: sound, length: length)
    }

    /// The rules' score of each topic that has one, after the guards.
    ///
    /// For training.
    public static func topicScores(of matches: [RuleMatch]) -> [Topic: Double] {
        Dictionary(uniqueKeysWithValues: RuleReading(matches).candidates.map { ($0.topic, $0.score) })
    }

    /// The word on one text, by the rules alone.
    public func verdict(on matches: [RuleMatch], undecided: [String] = []) -> Verdict {
        let reading = RuleReading(matches)
        guard let best = winner(reading.candidates) else {
            return .notFlagged(reading.candidates.first?.score ?? 0, guards: reading.guards, undecided: undecided)
        }
        return Verdict(
            flagged: true, track: best.topic.track, topic: best.topic, severity: best.severity,
            score: Self.rounded(best.score), evidence: best.evidence, guards: reading.guards, undecided: undecided)
    }

    /// The word on one text, by the rules and the model; `classes` and `sound` are what `LexiconMatcher.classes` and
    /// `LinearModel.trackSound` gave for it.
    public func verdict(
        on matches: [RuleMatch], undecided: [String] = [], text: NormalizedText, classes: [UInt32],
        sound: SIMD4<Double>, context: TextContext = .none
    ) -> Verdict {
        guard let model else { return verdict(on: matches, undecided: undecided) }
        let reading = RuleReading(matches)
        let shares = Softmax.shifted(
            model.probabilities(of: reading.evidence(sound: sound, length: text.count)),
            by: Track.allCases.map {
                context.leaning + reading.stillness($0, textBytes: Self.whole(text).count)
            })
        let isCertain = reading.best(.misconduct) >= Self.certain && shares[0] >= Self.doubt
        let isPlain = reading.best(.grievance) >= Self.plain && shares[1] >= Self.plainDoubt
        let likelihood = 1 - (shares.last ?? 1)
        let score = max(likelihood, isCertain || isPlain ? model.accept : 0)
        guard score >= Self.threshold(model, text.count, hasRules: !reading.candidates.isEmpty) else {
            return .notFlagged(score, guards: reading.guards, undecided: undecided)
        }
        let track = isCertain ? .misconduct : Self.track(shares, model)
        let topic = topic(of: track, reading, model.topicSound(of: text, classes: classes), model.topicShare)
        let named = reading.candidates.first { $0.topic == topic }
        // What the model would not flag is not urgent.
        let most: Severity = likelihood < model.accept ? .medium : .high
        return Verdict(
            flagged: true, track: track, topic: topic,
            severity: min(most, named?.severity ?? (track == .misconduct ? .medium : .low)), score: Self.rounded(score),
            evidence: evidence(for: track, named, reading, model, text), guards: reading.guards, undecided: undecided
        ).explained(by: context, wholeText: text)
    }

    /// Where a text begins and ends in the original.
    fileprivate static func whole(_ text: NormalizedText) -> Range<Int> {
        text.count > 0 ? text.original(0..<text.count) : 0..<0
    }

    /// From where up a text is flagged.
    private static func threshold(_ model: LinearModel, _ length: Int, hasRules: Bool) -> Double {
        hasRules || length >= shortAlone.units ? model.accept : max(model.accept, shortAlone.accept)
    }

    /// The stricter track wins from the model's share up; else the likelier of the others.
    private static func track(_ shares: [Double], _ model: LinearModel) -> Track {
        let sum = max(shares[0] + shares[1] + shares[2], .leastNormalMagnitude)
        if shares[0] >= model.strictness * sum { return .misconduct }
        return shares[2] > shares[1] ? .suggestion : .grievance
    }

    /// The topic that rules and sound together speak for most.
    private func topic(
        of track: Track, _ reading: RuleReading, _ sound: [Double], _ share: Double
    ) -> Topic {
        var best: (topic: Topic, weight: Double)?
        for (index, topic) in Topic.allCases.enumerated() where topic.track == track {
            let score = reading.candidates.first { $0.topic == topic }?.score ?? 0
            let weight = Softmax.evidence(score) + share * sound[index]
            if weight > best?.weight ?? -.infinity { best = (topic, weight) }
        }
        return best?.topic ?? .other
    }

    /// The hits of the winning topic, else of its track; the character runs too where rules alone would not have done, or speak of
    /// another topic.
    private func evidence(
        for track: Track, _ named: RuleReading.Candidate?, _ reading: RuleReading, _ model: LinearModel,
        _ text: NormalizedText
    ) -> [Hit] {
        let carrier = named ?? reading.candidates.first { $0.topic.track == track }
        var hits = carrier?.evidence ?? []
        if named == nil || carrier?.score ?? 0 < accept {
            hits += model.carriers(of: track, in: text).map { Hit(rule: Self.modelRule, span: text.original($0)) }
        }
        return hits.sorted {
            ($0.span.lowerBound, $0.span.upperBound, $0.rule) < ($1.span.lowerBound, $1.span.upperBound, $1.rule)
        }
    }

    /// The stricter track wins; a suggestion only where it scores higher than the complaint.
    private func winner(_ candidates: [RuleReading.Candidate]) -> RuleReading.Candidate? {
        let accepted = candidates.filter { $0.score >= accept }
        if let misconduct = accepted.first(where: { $0.topic.track == .misconduct }) { return misconduct }
        return accepted.first
    }

    /// Four decimals, so that sums in another order print alike.
    fileprivate static func rounded(_ score: Double) -> Double { (score * 10_000).rounded() / 10_000 }
}

extension Verdict {
    /// Says that the neighbours raised it, as a hit at the place of the first, or lowered it, as a guard.
    fileprivate func explained(by context: TextContext, wholeText text: NormalizedText) -> Verdict {
        guard context != .none else { return self }
        var verdict = self
        let place = evidence.first?.span ?? ComplaintClassifier.whole(text)
        let reasons = context.reasons
        verdict.evidence += reasons.filter { $0.leaning > 0 }.map { Hit(rule: $0.name, span: place) }
        verdict.evidence.sort {
            ($0.span.lowerBound, $0.span.upperBound, $0.rule) < ($1.span.lowerBound, $1.span.upperBound, $1.rule)
        }
        verdict.guards = (guards + reasons.filter { $0.leaning < 0 }.map(\.name)).sorted()
        return verdict
    }

    /// No flag, with the score it came to.
    public static func notFlagged(_ score: Double, guards: [String] = [], undecided: [String] = []) -> Verdict {
        Verdict(
            flagged: false, track: nil, topic: nil, severity: nil, score: ComplaintClassifier.rounded(score),
            evidence: [], guards: guards, undecided: undecided)
    }
}
