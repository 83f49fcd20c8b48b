public import Classifying
public import Matching
internal import Messages

/// Makes the model: how complaints sound, from labelled texts, and how much that counts beside the rules.
///
/// Two layers are trained one after the other. The first learns character runs from all texts. The second learns from
/// texts on which the first layer was not trained (cross-validation by folds), so that it does not trust it too much; only
/// texts that the rules were not tuned on may teach it, for the same reason.
///
/// Equal texts and an equal lexicon give an equal model, byte for byte. Nothing about a person goes in.
public struct ModelTrainer: Sendable {
    /// How to train.
    public struct Options: Sendable {
        /// The share of each track in the stream that scores are calibrated for, in the order of `Track.allCases`.
        public var shares = [0.03, 0.09, 0.01]
        /// From this probability up a text is flagged.
        public var accept = 0.22
        /// The share of misconduct among the tracks from which it wins.
        public var strictness = 0.3
        /// How much the sound counts beside the rules when the topic is chosen.
        public var topicShare = 1.0
        /// How closely the first layer fits its texts, for tracks: the inverse of the penalty on its weights.
        public var freedom = 2.0
        /// The same for topics.
        public var topicFreedom = 5.0
        /// What a fresh text of nothing counts that is no chat.
        ///
        /// Most of them were written to mislead, in the words of complaints; at their full number they teach distrust of
        /// plain words.
        public var mentionWeight = 0.6
        /// The number of folds.
        public var folds = 5

        /// The defaults.
        public init() {}
    }

    /// A text for training, brought into normal form.
    struct Prepared {
        var label: Int
        var topic: Int?
        var weight: Double
        var text: NormalizedText
        var classes: [UInt32]
        var matches: [RuleMatch]
        var fold: Int
    }

    private let matcher: LexiconMatcher
    private let options: Options

    /// Makes a trainer; the matcher is that of the lexicons which the model will stand beside.
    public init(_ matcher: LexiconMatcher, options: Options = Options()) {
        self.matcher = matcher
        self.options = options
    }

    /// What training came to.
    public struct Result: Sendable {
        /// The model.
        public var model: LinearModel
        /// The texts of the second layer with the probabilities of the tracks and of nothing, none trained on the text
        /// itself by the first layer.
        public var held: [(text: LabelledText, shares: [Double])]
    }

    /// Trains the first layer on texts, each counting as its weight says, and both layers on `fresh` ones that no rule was
    /// tuned on.
    public func model(texts: [LabelledText], weights: [Double], fresh: [LabelledText]) -> Result {
        let scratch = LexiconMatcher.Scratch()
        let known = zip(texts, weights).map { prepare($0, $1, scratch, isFresh: false) }
        var new = fresh.map { prepare($0, weight(ofFresh: $0), scratch, isFresh: true) }
        for (text, main) in JoinedTexts.pairs(of: fresh) {
            var joined = prepare(text, 1, scratch, isFresh: true)
            // What stands in it must not be among the texts that taught its fold.
            joined.fold = new[main].fold
            new.append(joined)
        }
        let choices = [
            GramChoice(known + new, .runs, table: LinearModel().tracks),
            GramChoice(known + new, .pairs, table: LinearModel().pairs),
        ]
        var sounds = [SIMD4<Double>](repeating: .zero, count: new.count)
        for fold in 0..<options.folds {
            var trained = LinearModel()
            trainTracks(&trained, known + new.filter { $0.fold != fold }, choices)
            for index in new.indices where new[index].fold == fold {
                sounds[index] = trained.trackSound(of: new[index].text, classes: new[index].classes)
            }
        }
        var model = LinearModel()
        trainTracks(&model, known + new, choices)
        trainTopics(&model, known + new)
        model.topicShare = options.topicShare
        model.accept = options.accept
        model.strictness = options.strictness
        let rows = new.indices.map { index in
            ComplaintClassifier.evidence(
                of: new[index].matches, sound: sounds[index], length: new[index].text.count)
        }
        model.evidenceWeights = evidenceWeights(rows, new)
        return Result(model: model, held: zip(fresh, rows).map { ($0, model.probabilities(of: $1)) })
    }

    private func prepare(
        _ text: LabelledText, _ weight: Double, _ scratch: LexiconMatcher.Scratch, isFresh: Bool
    ) -> Prepared {
        var copy = text.text
        return copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            scratch.setGreetingAside()
            let matches =
                isFresh ? matcher.result(forNormalized: bytes, asksGuards: true, scratch: scratch).matches : []
            let classes = matcher.classes(in: scratch)
            return Prepared(
                label: text.track.flatMap { Track.allCases.firstIndex(of: $0) } ?? 3,
                topic: text.topic.flatMap { Topic.allCases.firstIndex(of: $0) }, weight: weight,
                text: scratch.text, classes: classes, matches: matches, fold: fold(of: bytes))
        }
    }

    /// Which fold a text is in: by its bytes, so that equal texts are in one fold.
    private func fold(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(hash >> 33) % options.folds
    }

    /// What a fresh text counts in both layers.
    private func weight(ofFresh text: LabelledText) -> Double {
        text.track == nil && !["chat", ""].contains(text.kind) ? options.mentionWeight : 1
    }

    private func trainTracks(_ model: inout LinearModel, _ texts: [Prepared], _ choices: [GramChoice]) {
        var regression = SoftmaxRegression(
            features: choices.reduce(0) { $0 + $1.table.rowCount }, classes: 3, hasReference: true, stride: 4)
        regression.train(
            texts.map { .init($0, label: $0.label, choices: choices) }, freedom: options.freedom, rounds: 100)
        (model.tracks, model.trackScale) = choices[0].filled(with: regression)
        (model.pairs, model.pairScale) = choices[1].filled(with: regression, from: choices[0].table.rowCount)
        model.trackBias = regression.bias
    }

    private func trainTopics(_ model: inout LinearModel, _ texts: [Prepared]) {
        let texts = texts.filter { $0.topic != nil }
        let choice = GramChoice(texts, .runs, table: model.topics)
        let topics = Topic.allCases.count
        var regression = SoftmaxRegression(
            features: choice.table.rowCount, classes: topics, hasReference: false, stride: topics)
        regression.train(
            texts.compactMap { text in text.topic.map { .init(text, label: $0, choices: [choice]) } },
            freedom: options.topicFreedom, rounds: 60)
        (model.topics, model.topicScale) = choice.filled(with: regression)
        model.topicBias = regression.bias
    }

    /// The second layer's weights: few features on each text.
    private func evidenceWeights(_ rows: [[Double]], _ texts: [Prepared]) -> [Double] {
        let width = LinearModel.evidenceNames.count
        let importance = importance(of: texts)
        var regression = SoftmaxRegression(features: width, classes: 3, hasReference: true, stride: 3)
        regression.train(
            texts.indices.map { index in
                .init(
                    features: (1..<Int32(width)).map { $0 }, values: rows[index].dropFirst().map(Float.init),
                    label: texts[index].label, weight: importance[index])
            }, freedom: 5, rounds: 500)
        return (0..<3).flatMap { track in
            [regression.bias[track]] + (1..<width).map { regression.weights[$0 * 3 + track] }
        }
    }

    /// What each text counts in the second layer, so that the tracks have the shares of the stream that scores are for.
    private func importance(of texts: [Prepared]) -> [Double] {
        let shares = options.shares + [1 - options.shares.reduce(0, +)]
        var counts = [0.0, 0.0, 0.0, 0.0]
        for text in texts { counts[text.label] += text.weight }
        return texts.map {
            $0.weight * shares[$0.label] * Double(texts.count) / max($0.weight, counts[$0.label])
        }
    }
}
