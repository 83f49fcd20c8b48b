public import Messages

/// What a backtest found.
public struct BacktestReport: Sendable {
    /// What became of a text's verdict from the old version to the new.
    public enum Kind: String, Sendable, CaseIterable {
        /// Flagged by the new version only.
        case new
        /// Flagged by the old version only.
        case lost
        /// Flagged by both, in another track.
        case track
        /// Flagged by both in one track, under another topic.
        case topic
        /// Flagged by both alike, with another severity.
        case severity

        /// What changed; nil when nothing did that a person would see.
        init?(_ old: Verdict, _ new: Verdict) {
            switch (old.flagged, new.flagged) {
            case (false, false): return nil
            case (false, true): self = .new
            case (true, false): self = .lost
            case (true, true):
                if old.track != new.track {
                    self = .track
                } else if old.topic != new.topic {
                    self = .topic
                } else if old.severity != new.severity {
                    self = .severity
                } else {
                    return nil
                }
            }
        }
    }

    /// A text whose verdict changed.
    public struct Change: Sendable {
        /// What became of it.
        public var kind: Kind
        /// The old version's word.
        public var old: Verdict
        /// The new version's word.
        public var new: Verdict
        /// The words; masked before they are shown.
        public var text: String
        /// The file and record.
        public var origin: Origin
        /// Its number among all texts.
        public var ordinal: Int
    }

    /// One rule.
    public struct RuleCount: Sendable {
        /// Its id.
        public var rule: String
        /// Texts judged in full that the old version flagged because of it.
        public var old = 0
        /// The same for the new version.
        public var new = 0
        /// Texts that it carries a flag of in the new version and not in the old.
        public var gained = 0
        /// Texts that it carried a flag of in the old version and does not in the new.
        public var lost = 0
        /// Microseconds of CPU time that looking at it took, for a million texts.
        public var microseconds = 0.0
    }

    /// All texts that have words.
    public var texts = 0
    /// Messages without words of their own: pictures, system lines, notices.
    public var passedOver = 0
    /// Texts that both versions judged; on the others they cannot differ.
    public var judged = 0
    /// True when every text was judged by both.
    public var isWhole = true
    /// Lines that could not be read.
    public var rejected = 0
    /// Flagged by the old version, among those judged.
    public var oldFlagged = 0
    /// Flagged by the new version, among those judged.
    public var newFlagged = 0
    /// Changes by kind: exact, whether every text was judged or not.
    public var changes: [Kind: Int] = [:]
    /// Changes by the topic of the new version, of what is lost by the old one's.
    public var topics: [Topic: [Kind: Int]] = [:]
    /// By rule, sorted by id.
    public var rules: [RuleCount] = []
    /// Some of the changed texts, in their order.
    public var sample: [Change] = []
    /// The neutral corpus: how many texts, and how many each version flags.
    public var neutral = (texts: 0, old: 0, new: 0)
    /// Texts of the neutral corpus that the new version flags and the old did not.
    public var neutralNew: [Change] = []
    /// CPU seconds of it all.
    public var seconds = 0.0
    /// CPU seconds that reading and one version alone would have taken, from a sample.
    public var classifySeconds = 0.0
    /// Files that could not be read.
    public var failures: [any ExplainedError] = []
}
