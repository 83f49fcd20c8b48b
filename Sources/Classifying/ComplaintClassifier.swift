public import Messages

/// Decides from the rules that fired on a text whether it complains, of what, and how urgently.
///
/// - Input: the matches of one text, in any order.
/// - Output: one verdict; its evidence are the hits of the winning topic in text order.
/// - Units: scores run 0...1. A rule counts once, with its weight times the factors of the guards around it; a topic's
///   score is `1 − Π(1 − weight)`.
/// - Cost: O(matches log matches). No I/O, clock or randomness: equal matches give equal verdicts.
public struct ComplaintClassifier: Sendable {
    /// From here up a text is flagged.
    public var accept = 0.5

    /// Makes a classifier with the default threshold.
    public init() {}

    /// The word on one text.
    public func verdict(on matches: [RuleMatch], undecided: [String] = []) -> Verdict {
        let weighed = weighed(matches)
        let candidates = Dictionary(grouping: weighed.items, by: \.topic)
            .map { topic, items in Candidate(topic: topic, items: items) }
            .sorted { ($0.score, $1.topic.rawValue) > ($1.score, $0.topic.rawValue) }
        guard let best = winner(candidates) else {
            return Verdict(
                flagged: false, track: nil, topic: nil, severity: nil,
                score: Self.rounded(candidates.first?.score ?? 0),
                evidence: [], guards: weighed.guards, undecided: undecided)
        }
        return Verdict(
            flagged: true, track: best.topic.track, topic: best.topic, severity: best.severity,
            score: Self.rounded(best.score), evidence: best.evidence, guards: weighed.guards, undecided: undecided)
    }

    private struct Item {
        let rule: String
        let topic: Topic
        let severity: Severity
        let weight: Double
        let spans: [Range<Int>]
    }

    private struct Candidate {
        let topic: Topic
        let score: Double
        let severity: Severity
        let evidence: [Hit]

        /// Weighs the matches of one topic; a rule that fired in several sentences counts with its best.
        init(topic: Topic, items: [Item]) {
            self.topic = topic
            var best: [String: Item] = [:]
            for item in items where item.weight > best[item.rule]?.weight ?? 0 { best[item.rule] = item }
            let kept = best.values.sorted { $0.rule < $1.rule }
            score = 1 - kept.reduce(1) { $0 * (1 - $1.weight) }
            // A weak hint does not make a matter urgent.
            severity = kept.filter { $0.weight >= 0.3 }.map(\.severity).max() ?? .low
            evidence = kept.flatMap { item in item.spans.map { Hit(rule: item.rule, span: $0) } }
                .sorted {
                    ($0.span.lowerBound, $0.span.upperBound, $0.rule) < (
                        $1.span.lowerBound, $1.span.upperBound, $1.rule
                    )
                }
        }
    }

    /// The stricter track wins; a suggestion only where it scores higher than the complaint.
    private func winner(_ candidates: [Candidate]) -> Candidate? {
        let accepted = candidates.filter { $0.score >= accept }
        if let misconduct = accepted.first(where: { $0.topic.track == .misconduct }) { return misconduct }
        return accepted.first
    }

    private func weighed(_ matches: [RuleMatch]) -> (items: [Item], guards: [String]) {
        var items: [Item] = []
        var used: Set<String> = []
        for match in matches {
            guard case .evidence(let topic, let severity, let weight) = match.effect else { continue }
            var factor = 1.0
            var counted: Set<String> = []
            for other in matches where !counted.contains(other.rule) {
                guard case .guarding(let tracks, let wholeText, let strength) = other.effect,
                    tracks.contains(topic.track), wholeText || other.sentence.overlaps(match.sentence)
                else { continue }
                factor *= strength
                counted.insert(other.rule)
                used.insert(other.rule)
            }
            let item = Item(
                rule: match.rule, topic: topic, severity: severity, weight: weight * factor, spans: match.spans)
            if item.weight > 0 { items.append(item) }
        }
        return (items, used.sorted())
    }

    /// Four decimals, so that sums in another order print alike.
    private static func rounded(_ score: Double) -> Double { (score * 10_000).rounded() / 10_000 }
}
