internal import Glibc
internal import Messages

/// What the rules and guards that fired on a text come to, before anything is decided.
struct RuleReading {
    /// One topic's evidence.
    struct Candidate {
        let topic: Topic
        /// `1 − Π(1 − weight)` over its rules, with the guards' factors.
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

    /// One rule's match with its weight after the guards.
    struct Item {
        let rule: String
        let topic: Topic
        let severity: Severity
        let weight: Double
        let spans: [Range<Int>]
    }

    /// The topics that have evidence, strongest first.
    let candidates: [Candidate]
    /// The guards that weakened evidence, sorted.
    let guards: [String]
    /// For each track the strongest weight before the guards.
    let unguarded: [Track: Double]
    /// For each track the product of the factors of all guards that fired, wherever they did.
    let factors: [Track: Double]
    /// The guards that fired, by name.
    let guarding: [String: Guarding]

    /// Weighs the matches of one text, in any order.
    init(_ matches: [RuleMatch]) {
        var items: [Item] = []
        var used: Set<String> = []
        var unguarded: [Track: Double] = [:]
        for match in matches {
            guard case .evidence(let topic, let severity, let weight) = match.effect else { continue }
            unguarded[topic.track] = max(weight, unguarded[topic.track] ?? 0)
            let factor = Self.factor(on: match, topic.track, matches, &used)
            let item = Item(
                rule: match.rule, topic: topic, severity: severity, weight: weight * factor, spans: match.spans)
            if item.weight > 0 { items.append(item) }
        }
        candidates = Dictionary(grouping: items, by: \.topic)
            .map { topic, items in Candidate(topic: topic, items: items) }
            .sorted { ($0.score, $1.topic.rawValue) > ($1.score, $0.topic.rawValue) }
        guards = used.sorted()
        self.unguarded = unguarded
        factors = Self.factors(matches)
        guarding = Self.guarding(matches)
    }

    /// The strongest score of a track.
    func best(_ track: Track) -> Double { candidates.first { $0.topic.track == track }?.score ?? 0 }

    /// How the guards that speak of the whole text move the model's log-odds of a track, at most 0.
    ///
    /// The model has heard the words of a complaint; that they stand in an answer or in thanks it mostly has not. A guard of
    /// a sentence counts where that sentence is nearly all of the text.
    func stillness(_ track: Track, textBytes: Int) -> Double {
        var factor = 1.0
        for (_, guarding) in guarding.sorted(by: { $0.key < $1.key }) where guarding.tracks.contains(track) {
            if guarding.wholeText || guarding.bytes * 5 >= textBytes * 4 { factor *= guarding.factor }
        }
        return factor < 1 ? Self.guardShare * log(max(factor, Self.leastFactor)) : 0
    }

    /// What a guard counts for the model beside the rules.
    static let guardShare = 0.5
    /// Many guards together are not more certain than two.
    static let leastFactor = 0.02

    /// One guard that fired: what it weakens, how much of the text, by how much.
    struct Guarding {
        let tracks: Set<Track>
        let wholeText: Bool
        let factor: Double
        /// The bytes of the sentences that it fired in.
        var bytes: Int
    }

    private static func guarding(_ matches: [RuleMatch]) -> [String: Guarding] {
        var guards: [String: Guarding] = [:]
        var sentences: [String: Set<Range<Int>>] = [:]
        for match in matches {
            guard case .guarding(let tracks, let wholeText, let factor) = match.effect,
                sentences[match.rule, default: []].insert(match.sentence).inserted
            else { continue }
            let bytes = (guards[match.rule]?.bytes ?? 0) + match.sentence.count
            guards[match.rule] = Guarding(tracks: tracks, wholeText: wholeText, factor: factor, bytes: bytes)
        }
        return guards
    }

    private static func factor(
        on match: RuleMatch, _ track: Track, _ matches: [RuleMatch], _ used: inout Set<String>
    ) -> Double {
        var factor = 1.0
        var counted: Set<String> = []
        for other in matches where !counted.contains(other.rule) {
            guard case .guarding(let tracks, let wholeText, let strength) = other.effect,
                tracks.contains(track), wholeText || other.sentence.overlaps(match.sentence)
            else { continue }
            factor *= strength
            counted.insert(other.rule)
            used.insert(other.rule)
        }
        return factor
    }

    private static func factors(_ matches: [RuleMatch]) -> [Track: Double] {
        var factors: [Track: Double] = [:]
        var counted: Set<String> = []
        for match in matches {
            guard case .guarding(let tracks, _, let strength) = match.effect, counted.insert(match.rule).inserted
            else { continue }
            for track in tracks { factors[track] = (factors[track] ?? 1) * strength }
        }
        return factors
    }

    /// What the model's second layer weighs, in the order of `LinearModel.evidenceNames`.
    func evidence(sound: SIMD4<Double>, length: Int) -> [Double] {
        func sum(_ track: Track) -> Double {
            candidates.filter { $0.topic.track == track }.reduce(0) { $0 + Softmax.evidence($1.score) }
        }
        let clipped = LinearModel.clipped(sound)
        return [1, clipped[0], clipped[1], clipped[2]]
            + Track.allCases.map { Softmax.evidence(best($0)) }
            + [Track.misconduct, .grievance].map { min(8, sum($0)) }
            + [Track.misconduct, .grievance].map { Softmax.evidence(unguarded[$0] ?? 0) }
            + [Track.misconduct, .grievance].map { Softmax.evidence(1 - (factors[$0] ?? 1)) }
            + [LinearModel.length(length), clipped[3]]
    }
}
