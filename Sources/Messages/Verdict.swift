/// One place where a rule's words stand in a text.
public struct Hit: Sendable, Hashable {
    /// The id of the rule.
    public var rule: String
    /// Half-open UTF-8 byte offsets into the original text.
    public var span: Range<Int>

    /// Makes a hit.
    public init(rule: String, span: Range<Int>) {
        self.rule = rule
        self.span = span
    }
}

/// A rule that fired on a text, with what the classifier needs to weigh it.
public struct RuleMatch: Sendable, Equatable {
    /// What firing does.
    public enum Effect: Sendable, Equatable {
        /// Speaks for a topic.
        case evidence(topic: Topic, severity: Severity, weight: Double)
        /// Weakens evidence of the tracks in its scope: weights are multiplied by `factor` (0...1).
        case guarding(tracks: Set<Track>, wholeText: Bool, factor: Double)
    }

    /// The id of the rule.
    public var rule: String
    /// What it does.
    public var effect: Effect
    /// Where its words stand: half-open UTF-8 byte offsets into the original text, in text order, not empty.
    public var spans: [Range<Int>]
    /// The sentence that it fired in, as UTF-8 byte offsets.
    public var sentence: Range<Int>

    /// Makes a rule match.
    public init(rule: String, effect: Effect, spans: [Range<Int>], sentence: Range<Int>) {
        self.rule = rule
        self.effect = effect
        self.spans = spans
        self.sentence = sentence
    }
}

/// The classifier's word on one text.
///
/// Without evidence there is no flag.
public struct Verdict: Sendable, Equatable {
    /// True when a person should look at it.
    public var flagged: Bool
    /// The track, nil when not flagged.
    public var track: Track?
    /// The topic, nil when not flagged.
    public var topic: Topic?
    /// How urgent, nil when not flagged.
    public var severity: Severity?
    /// 0...1.
    ///
    /// Not a probability.
    public var score: Double
    /// The hits that carried the verdict, in text order; empty when nothing fired.
    public var evidence: [Hit]
    /// The ids of the guards that weakened it, sorted.
    public var guards: [String]
    /// The ids of rules whose pattern ran into its limit: neither matched nor not matched.
    public var undecided: [String]

    /// Makes a verdict.
    public init(
        flagged: Bool, track: Track?, topic: Topic?, severity: Severity?, score: Double, evidence: [Hit],
        guards: [String] = [], undecided: [String] = []
    ) {
        self.flagged = flagged
        self.track = track
        self.topic = topic
        self.severity = severity
        self.score = score
        self.evidence = evidence
        self.guards = guards
        self.undecided = undecided
    }

    /// Nothing was found.
    public static let none = Verdict(
        flagged: false, track: nil, topic: nil, severity: nil, score: 0, evidence: [])
}
