public import Messages

/// A checked set of rules and words.
///
/// What it matches is up to `LexiconMatcher` in Matching.
public struct Lexicon: Sendable {
    /// The rules in the order of the files' names, then of the file.
    public var rules: [Rule]
    /// Words that the segmenter keeps whole.
    public var words: [String]
    /// The names of the tracks and topics.
    public var taxonomy: Taxonomy
    /// Words that are found in other spellings too.
    public var variants = SpellingVariants()
    /// The files' names and bytes, in order: what a digest that names the version is made of.
    public var source: [UInt8]

    /// Makes a lexicon.
    public init(rules: [Rule], words: [String], taxonomy: Taxonomy, source: [UInt8] = []) {
        self.rules = rules
        self.words = words
        self.taxonomy = taxonomy
        self.source = source
    }
}

/// One rule: what must stand in a text, and what it means.
public struct Rule: Sendable {
    /// Which ends of a hit must be word boundaries.
    public enum Boundaries: String, Sendable, CaseIterable {
        case none, either, both
    }

    /// Unique; begins with the subject of its file.
    public var id: String
    /// What firing does.
    public var effect: RuleMatch.Effect
    /// One to five conditions; each is met by any of its words.
    ///
    /// Empty only when there is a pattern.
    public var conditions: [Terms]
    /// The most characters between the words of neighbouring conditions.
    public var within = 12
    /// The words may stand in different sentences.
    public var across = false
    /// The words stand in the order of the conditions.
    public var ordered = false
    /// Words that cancel the rule in the same sentence.
    public var unless = Terms()
    /// Words that cancel the rule anywhere in the text.
    public var unlessAnywhere = Terms()
    /// Words that cancel a hit which follows within 3 characters.
    public var notAfter = Terms()
    /// Words that cancel a hit which they follow within 3 characters.
    public var notBefore = Terms()
    /// Phrases in which a word does not count.
    public var protect = Terms()
    /// Which ends of each hit must be word boundaries.
    public var boundaries = Boundaries.none
    /// A PCRE2 pattern on the normal form of one sentence.
    public var pattern: String?
    /// Words of which one must be there before the pattern is tried.
    public var requires = Terms()
    /// Texts that the rule must match.
    public var matching: [String] = []
    /// Texts that the rule must not match.
    public var missing: [String] = []
    /// Where the rule begins.
    public var origin: Origin

    /// Makes a rule without conditions.
    public init(id: String, effect: RuleMatch.Effect, conditions: [Terms] = [], origin: Origin) {
        self.id = id
        self.effect = effect
        self.conditions = conditions
        self.origin = origin
    }
}

/// The names of tracks and topics, as `taxonomy.yaml` has them.
public struct Taxonomy: Sendable {
    /// A name in both languages.
    public struct Name: Sendable, Equatable {
        /// In Chinese, for the people it serves.
        public var zh: String
        /// In English.
        public var en: String

        /// In the language asked for.
        public func text(in language: Language) -> String { language == .zh ? zh : en }
    }

    /// By track.
    public var tracks: [Track: Name]
    /// By topic.
    public var topics: [Topic: Name]

    /// Makes a taxonomy.
    public init(tracks: [Track: Name], topics: [Topic: Name]) {
        self.tracks = tracks
        self.topics = topics
    }

    /// A track's name, or its slug where there is none.
    public func name(of track: Track, in language: Language) -> String {
        tracks[track]?.text(in: language) ?? track.rawValue
    }

    /// A topic's name, or its slug where there is none.
    public func name(of topic: Topic, in language: Language) -> String {
        topics[topic]?.text(in: language) ?? topic.rawValue
    }
}
