internal import Messages

/// The keys of the lexicon files: one table for the linter, the JSON Schema and the workbook.
enum LexiconSchema {
    /// What a value is.
    enum Value {
        case text
        case number(ClosedRange<Double>)
        case whole(ClosedRange<Int>)
        case flag
        case choice([String])
        case choices([String])
        /// Words and `@sets`.
        case words
        /// One to five lists of words.
        case conditions
        case examples
    }

    /// One key of a rule or guard.
    struct Key {
        var name: String
        var value: Value
        var zh: String
        var en: String
        /// True for a key that must be there.
        var isRequired = false
    }

    static let common: [Key] = [
        Key(name: "id", value: .text, zh: "编号，以文件名开头", en: "unique; begins with the subject", isRequired: true),
        Key(name: "any", value: .words, zh: "一个条件：任何一个词", en: "one condition: any of the words"),
        Key(name: "all", value: .conditions, zh: "一至五个条件，都要满足", en: "one to five conditions, all of them"),
        Key(
            name: "within", value: .whole(0...200), zh: "相邻条件的词最多隔几个字（默认 12）",
            en: "at most so many characters between neighbouring conditions' words (12)"),
        Key(name: "across", value: .flag, zh: "可以跨句", en: "the words may stand in different sentences"),
        Key(name: "order", value: .flag, zh: "按条件的先后", en: "in the order of the conditions"),
        Key(name: "unless", value: .words, zh: "同一句里有这些词就不算", en: "cancel the rule in the same sentence"),
        Key(name: "unless-anywhere", value: .words, zh: "全文任何地方有这些词就不算", en: "cancel it anywhere in the text"),
        Key(name: "not-after", value: .words, zh: "紧跟在这些词后面的不算", en: "cancel a hit that follows within 3 characters"),
        Key(
            name: "not-before", value: .words, zh: "后面紧跟这些词的不算", en: "cancel a hit that they follow within 3 characters"
        ),
        Key(name: "protect", value: .words, zh: "落在这些词组里面的不算", en: "phrases in which a word does not count"),
        Key(
            name: "boundaries", value: .choice(["none", "either", "both"]), zh: "哪一头必须是词的边界",
            en: "which ends of a hit must be word boundaries"),
        Key(name: "pattern", value: .text, zh: "PCRE2 正则式", en: "a PCRE2 pattern on the normal form"),
        Key(name: "requires", value: .words, zh: "先有其中一个词才试正则式", en: "words of which one must be there first"),
        Key(name: "examples", value: .examples, zh: "应命中和不应命中的例句", en: "texts to match and to miss", isRequired: true),
    ]

    static let rule: [Key] =
        common + [
            Key(
                name: "topic", value: .choice(Topic.allCases.map(\.rawValue)), zh: "主题", en: "a topic of the taxonomy",
                isRequired: true),
            Key(
                name: "severity", value: .choice(Severity.allCases.map(\.rawValue)), zh: "轻重", en: "how urgent",
                isRequired: true),
            Key(
                name: "weight", value: .number(0...1), zh: "分量：0.5 以上单独就能标出", en: "0.5 or more flags a text by itself",
                isRequired: true),
        ]

    static let guarding: [Key] =
        common + [
            Key(
                name: "against", value: .choices(Track.allCases.map(\.rawValue)), zh: "削弱哪些类别",
                en: "the tracks that it weakens", isRequired: true),
            Key(
                name: "scope", value: .choice(["text", "sentence"]), zh: "管全文还是同一句",
                en: "all of the text, or the same sentence", isRequired: true),
            Key(
                name: "factor", value: .number(0...1), zh: "分量乘以多少", en: "weights are multiplied by it",
                isRequired: true),
        ]

    /// The keys at the top of a subject's file.
    static let top = ["subject", "title", "sets", "rules", "guards"]

    static func keys(isGuard: Bool) -> [Key] { isGuard ? guarding : rule }
}
