internal import ChineseText
internal import Classifying
public import Lexicons
internal import Matching
public import Messages
public import Pipeline

/// What the line does with one text, stage by stage: normal form, words, hits, what stopped them, weights, model, verdict.
public struct TextTrial: Sendable {
    /// A stretch of the text that the normal form writes otherwise.
    public struct Change: Sendable, Equatable {
        /// Half-open UTF-8 byte offsets in the original.
        public var span: Range<Int>
        /// As it was typed.
        public var from: String
        /// As rules see it; empty for what was dropped.
        public var to: String
    }

    /// A rule or guard that looked at the text.
    public struct RuleLine: Sendable {
        /// Its id.
        public var id: String
        /// What firing does.
        public var effect: RuleMatch.Effect
        /// True when it fired.
        public var fired: Bool
        /// The words that it fired on or would have.
        public var spans: [Range<Int>]
        /// Why it did not fire; nil when it did.
        public var obstacle: Obstacle?
        /// Hits that did not count.
        public var stopped: [Obstacle]
        /// The weight that is left after the guards.
        public var weight: Double?
        /// The guards that weakened it.
        public var guards: [String]
    }

    /// What kept a rule or a hit from counting.
    public struct Obstacle: Sendable, Equatable {
        /// The key of the rule that did it, such as `unless` or `within`.
        public var key: String
        /// The word that did it; empty where there is none.
        public var word: String
        /// Where that word, or the hit, stands.
        public var span: Range<Int>?
        /// A number that goes with it: the distance for `within`.
        public var number: Int?
    }

    /// The model's part.
    public struct ModelPart: Sendable {
        /// How the text sounds, by track, in log-odds.
        public var sound: [Track: Double]
        /// The named sets that have a word in the text.
        public var sets: [String]
        /// The probability of each track.
        public var probabilities: [Track: Double]
        /// From here up a text is flagged.
        public var accept: Double
        /// What speaks for and against the likeliest track, strongest first: name and log-odds.
        public var parts: [(name: String, odds: Double)]
        /// The likeliest track.
        public var leading: Track
        /// The character runs that speak most for it.
        public var carriers: [Range<Int>]
    }

    /// The text.
    public let text: String
    /// Its normal form.
    public let normal: String
    /// For each UTF-16 unit of the normal form the byte at which its source begins.
    public let map: [Int]
    /// What the normal form writes otherwise.
    public let changes: [Change]
    /// Its words.
    public let words: [String]
    /// The lexicon's words in it.
    public let hits: [(word: String, span: Range<Int>)]
    /// The rules that fired, then those that all words are there for and that did not.
    public let rules: [RuleLine]
    /// The rules' score by topic, after the guards, highest first.
    public let topics: [(topic: Topic, score: Double)]
    /// The model's part; nil without one.
    public let model: ModelPart?
    /// The word on it.
    public let verdict: Verdict

    /// Tries a text; `lexicon` is the one that the analyser's matcher was made of.
    public init(_ text: String, analyser: TextAnalyser, lexicon: Lexicon) {
        self.text = text
        let scratch = LexiconMatcher.Scratch()
        let trace = analyser.matcher.trace(of: text, scratch: scratch)
        verdict = analyser.analysis(of: text, scratch: scratch).verdict
        var copy = text
        let (matches, whole, form, classes) = copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            let whole = scratch.text
            scratch.setGreetingAside()
            let result = analyser.matcher.result(forNormalized: bytes, asksGuards: true, scratch: scratch)
            return (result.matches, whole, scratch.text, analyser.matcher.classes(in: scratch))
        }
        normal = whole.string
        map = (0..<whole.count).map { Int(whole.starts[$0]) }
        changes = Self.changes(text, whole)
        let segmenter = analyser.matcher.words
        words = segmenter.words(in: text, scratch: segmenter.makeScratch())
        hits = trace.words.map { ($0.text, $0.span) }
        rules = Self.lines(trace.rules, matches)
        topics = ComplaintClassifier.topicScores(of: matches).sorted {
            ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
        }
        .map { ($0.key, $0.value) }
        model = analyser.classifier.model.map { Self.part($0, form, classes, matches, lexicon) }
    }

    private static func lines(_ traces: [RuleTrace], _ matches: [RuleMatch]) -> [RuleLine] {
        let lines = traces.map { trace in
            var line = RuleLine(
                id: trace.id, effect: trace.effect, fired: !trace.matches.isEmpty,
                spans: trace.matches.isEmpty ? trace.hits.flatMap { $0 } : trace.matches.flatMap(\.spans),
                obstacle: obstacle(trace),
                stopped: trace.stopped.map { stop in
                    Obstacle(key: stop.key, word: stop.word, span: stop.span, number: nil)
                }, weight: nil, guards: [])
            if case .evidence = trace.effect {
                let weights = trace.matches.map { ComplaintClassifier.weight(of: $0, among: matches) }
                line.weight = weights.map(\.weight).max()
                line.guards = Array(Set(weights.flatMap(\.guards))).sorted()
            }
            return line
        }
        return lines.filter(\.fired) + lines.filter { !$0.fired }
    }

    /// Why a rule did not fire, by the key that did it.
    static func obstacle(_ trace: RuleTrace) -> Obstacle? {
        switch trace.outcome {
        case .fired: nil
        case .missing(let conditions): Obstacle(key: "all", word: "", span: nil, number: (conditions.first ?? 0) + 1)
        case .cancelled(let key, let word, let span): Obstacle(key: key, word: word, span: span, number: nil)
        case .apart(let distance): Obstacle(key: "within", word: "", span: nil, number: distance)
        case .order: Obstacle(key: "order", word: "", span: nil, number: nil)
        case .otherSentences: Obstacle(key: "across", word: "", span: nil, number: nil)
        case .stopped:
            trace.stopped.first.map { Obstacle(key: $0.key, word: $0.word, span: $0.span, number: nil) }
                ?? Obstacle(key: "all", word: "", span: nil, number: nil)
        case .noPattern: Obstacle(key: "pattern", word: "", span: nil, number: nil)
        case .undecided: Obstacle(key: "undecided", word: "", span: nil, number: nil)
        }
    }

    /// Stretches whose characters differ between the original and the normal form.
    private static func changes(_ text: String, _ form: NormalizedText) -> [Change] {
        let bytes = Array(text.utf8)
        var changes: [Change] = []
        var done = 0
        func add(_ range: Range<Int>, _ to: String) {
            guard !range.isEmpty else { return }
            let from = String(decoding: bytes[range], as: UTF8.self)
            guard from != to else { return }
            changes.append(Change(span: range, from: from, to: to))
        }
        var unit = 0
        while unit < form.count {
            let source = Int(form.starts[unit])..<Int(form.ends[unit])
            var end = unit + 1
            while end < form.count, form.starts[end] == form.starts[unit] { end += 1 }
            add(done..<max(done, source.lowerBound), "")
            add(source, String(decoding: form.units[unit..<end], as: UTF16.self))
            done = max(done, source.upperBound)
            unit = end
        }
        add(done..<bytes.count, "")
        return changes
    }

    private static func part(
        _ model: LinearModel, _ form: NormalizedText, _ classes: [UInt32], _ matches: [RuleMatch], _ lexicon: Lexicon
    ) -> ModelPart {
        let sound = model.trackSound(of: form, classes: classes)
        let values = ComplaintClassifier.evidence(of: matches, sound: sound, length: form.count)
        let shares = model.probabilities(of: values)
        let best = (0..<3).max { shares[$0] < shares[$1] } ?? 0
        let leading = Track.allCases[best]
        let width = LinearModel.evidenceNames.count
        let parts = LinearModel.evidenceNames.indices.map { index in
            (name: LinearModel.evidenceNames[index], odds: model.evidenceWeights[best * width + index] * values[index])
        }
        let names = setNames(lexicon)
        return ModelPart(
            sound: Dictionary(uniqueKeysWithValues: Track.allCases.enumerated().map { ($1, sound[$0]) }),
            sets: classes.compactMap { names[$0] },
            probabilities: Dictionary(uniqueKeysWithValues: Track.allCases.enumerated().map { ($1, shares[$0]) }),
            accept: model.accept, parts: parts.filter { abs($0.odds) >= 0.05 }.sorted { abs($0.odds) > abs($1.odds) },
            leading: leading, carriers: model.carriers(of: leading, in: form).map(form.original))
    }

    /// The names of the sets by their digests, as `LexiconMatcher.classes` gives them.
    private static func setNames(_ lexicon: Lexicon) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for rule in lexicon.rules {
            for list in rule.conditions.flatMap(\.lists) + rule.requires.lists {
                guard let name = list.name else { continue }
                names[LexiconMatcher.classDigest(of: name)] = name
            }
        }
        return names
    }
}
