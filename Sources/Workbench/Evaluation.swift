public import Messages

/// How well verdicts agree with what a careful reader said: by track, topic and kind of line, with what went wrong.
///
/// - Input: labelled texts and the verdict on each, in the same order.
/// - Units: shares 0...1 with Wilson's 95 % intervals.
public struct Evaluation: Sendable {
    /// One track or topic.
    public struct Class: Sendable {
        /// Of those flagged as this, how many are this.
        public var precision: Proportion
        /// Of those that are this, how many are flagged as this.
        public var recall: Proportion
        /// Of those that are this, how many are flagged as anything.
        public var flagged: Proportion

        /// The harmonic mean of precision and recall; nil when there is nothing to find or nothing was found.
        public var f1: Double? {
            guard let precision = precision.value, let recall = recall.value else { return recall.value.map { _ in 0 } }
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
        }
    }

    /// A line on which verdict and label differ.
    public struct Mistake: Sendable {
        /// What went wrong.
        public enum Kind: String, Sendable, CaseIterable {
            /// A complaint that was not flagged.
            case miss
            /// A line that is nothing and was flagged.
            case falseAlarm = "false-alarm"
            /// Flagged in another track.
            case track
            /// Flagged in the right track under another topic.
            case topic
        }

        /// What went wrong.
        public var kind: Kind
        /// The line.
        public var text: LabelledText
        /// What was said of it.
        public var verdict: Verdict
    }

    /// Flags of about one score.
    public struct Bin: Sendable {
        /// The scores.
        public var scores: ClosedRange<Double>
        /// The mean of them.
        public var mean: Double
        /// How many of the flags are on lines that have a track.
        public var right: Proportion
    }

    /// By track.
    public let tracks: [Track: Class]
    /// By topic; only those that a line has or was flagged as.
    public let topics: [Topic: Class]
    /// Of lines without a track, by kind: flagged as anything.
    public let alarms: [String: Proportion]
    /// Of lines without a track, by kind: flagged as misconduct.
    public let accusations: [String: Proportion]
    /// What went wrong, in the order of the lines.
    public let mistakes: [Mistake]
    /// The flags by score, in five bins.
    public let bins: [Bin]

    /// The mean of the topics' F1, those that stand in no line left out.
    public var macroF1: Double {
        let values = topics.values.filter { $0.recall.total > 0 }.compactMap(\.f1)
        return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Compares verdicts with labels.
    public init(_ texts: [LabelledText], _ verdicts: [Verdict]) {
        precondition(texts.count == verdicts.count, "a verdict for each text")
        let pairs = Array(zip(texts, verdicts))
        var tracks: [Track: Class] = [:]
        for track in Track.allCases {
            tracks[track] = Self.compared(pairs, truth: { $0.track == track }, said: { $0.track == track })
        }
        self.tracks = tracks
        var topics: [Topic: Class] = [:]
        for topic in Topic.allCases {
            let compared = Self.compared(pairs, truth: { $0.topic == topic }, said: { $0.topic == topic })
            if compared.recall.total + compared.precision.total > 0 { topics[topic] = compared }
        }
        self.topics = topics
        let nothing = Dictionary(grouping: pairs.filter { $0.0.track == nil }, by: \.0.kind)
        alarms = nothing.mapValues { pairs in Proportion(pairs.count { $0.1.flagged }, of: pairs.count) }
        accusations = nothing.mapValues { pairs in
            Proportion(pairs.count { $0.1.track == .misconduct }, of: pairs.count)
        }
        mistakes = pairs.compactMap { text, verdict in
            Self.mistake(text, verdict).map { Mistake(kind: $0, text: text, verdict: verdict) }
        }
        bins = Self.bins(pairs)
    }

    private static func compared(
        _ pairs: [(LabelledText, Verdict)], truth: (LabelledText) -> Bool, said: (Verdict) -> Bool
    ) -> Class {
        let both = pairs.count { truth($0.0) && said($0.1) }
        let present = pairs.count { truth($0.0) }
        return Class(
            precision: Proportion(both, of: pairs.count { said($0.1) }), recall: Proportion(both, of: present),
            flagged: Proportion(pairs.count { truth($0.0) && $0.1.flagged }, of: present))
    }

    private static func mistake(_ text: LabelledText, _ verdict: Verdict) -> Mistake.Kind? {
        switch (text.track, verdict.track) {
        case (nil, nil): nil
        case (nil, _): .falseAlarm
        case (_, nil): .miss
        case (let truth, let said) where truth != said: .track
        default: text.topic == nil || text.topic == verdict.topic ? nil : .topic
        }
    }

    private static func bins(_ pairs: [(LabelledText, Verdict)]) -> [Bin] {
        let flagged = pairs.filter { $0.1.flagged }
        return stride(from: 0.0, to: 1.0, by: 0.2).compactMap { low in
            let high = low + 0.2
            let inside = flagged.filter { $0.1.score >= low && ($0.1.score < high || high >= 0.999) }
            guard !inside.isEmpty else { return nil }
            return Bin(
                scores: low...min(1, high), mean: inside.reduce(0) { $0 + $1.1.score } / Double(inside.count),
                right: Proportion(inside.count { $0.0.track != nil }, of: inside.count))
        }
    }
}
