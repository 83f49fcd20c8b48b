internal import Classifying
public import Lexicons
public import Matching
internal import Messages

/// The lexicons' own examples as labelled texts.
public enum TrainingExamples {
    /// How much an example counts beside a sentence: examples are short and many are alike.
    public static let weight = 0.5

    /// What a rule matches is of its topic; what a guard matches, and what a rule misses and no other rule flags, is nothing.
    public static func texts(of lexicon: Lexicon, _ matcher: LexiconMatcher) -> [LabelledText] {
        let scratch = LexiconMatcher.Scratch()
        let classifier = ComplaintClassifier()
        return lexicon.rules.flatMap { rule in
            var topic: Topic?
            if case .evidence(let named, _, _) = rule.effect { topic = named }
            let matching = rule.matching.map {
                LabelledText(text: $0, track: topic?.track, topic: topic, origin: rule.origin)
            }
            let missing = rule.missing.filter { text in
                !classifier.verdict(on: matcher.result(for: text, scratch: scratch).matches).flagged
            }
            return matching + missing.map { LabelledText(text: $0, track: nil, topic: nil, origin: rule.origin) }
        }
    }
}
