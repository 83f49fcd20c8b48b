/// What a linter finds, by code.
///
/// The first digit says of what kind: 1 the form of the files, 2 words, 3 rules, 4 patterns, 5 examples, 6 the closed
/// taxonomy, 7 suppressions. The raw values are those of suppressions and of the JSON.
public enum LintCode: String, Sendable, CaseIterable {
    case notYAML = "L101"
    case wrongShape = "L102"
    case unknownKey = "L103"
    case missingKey = "L104"
    case badValue = "L105"
    case duplicateKey = "L106"
    case duplicateID = "L107"
    case wrongID = "L108"
    case wrongSubject = "L109"
    case unknownSet = "L110"
    case setOfSets = "L111"
    case unusedSet = "L112"
    case taxonomyDiffers = "L113"
    case otherTopic = "L114"
    case emptyFile = "L115"
    case notLoadable = "L116"
    case unreadFile = "L117"
    case unquotedValue = "L118"

    case emptyTerm = "L201"
    case duplicateTerm = "L202"
    case twinTerm = "L203"
    case notPlain = "L204"
    case swallowedTerm = "L205"
    case singleCharacter = "L206"
    case ordinaryWord = "L207"
    case villageName = "L208"
    case wholeSentence = "L209"
    case duplicateSet = "L210"
    case inSetToo = "L211"
    case punctuatedTerm = "L212"
    case partOfSet = "L213"
    case looksLikeReference = "L214"
    case idleVariant = "L215"

    case neverFires = "L301"
    case alwaysFires = "L302"
    case duplicateRule = "L303"
    case swallowedRule = "L304"
    case selfCancelled = "L305"
    case idleException = "L306"
    case idleLimit = "L307"
    case noWeight = "L308"
    case idleGuard = "L309"
    case sharedTerm = "L310"
    case sameCondition = "L311"
    case partlyCancelled = "L312"
    case idleSetException = "L313"

    case badPattern = "L401"
    case patternWithoutLiteral = "L402"
    case catastrophicPattern = "L403"
    case slowPattern = "L404"
    case strangeRequirement = "L405"
    case emptyMatch = "L406"
    case unmatchableLiteral = "L407"

    case missingExample = "L501"
    case duplicateExample = "L502"
    case emptyExample = "L503"
    case contradictoryExample = "L504"
    case failingExample = "L505"
    case idleExample = "L506"

    case forbiddenTerm = "L601"
    case forbiddenSubject = "L602"
    case forbiddenReach = "L603"
    case forbiddenExample = "L604"

    case badSuppression = "L701"
    case idleSuppression = "L702"

    /// How bad it is.
    public enum Level: String, Sendable, CaseIterable, Comparable {
        /// The lexicon cannot be used, or must not be.
        case error
        /// It does something else than its author thinks.
        case warning
        /// It could be simpler; shown on request.
        case hint

        /// Worse comes first.
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What it is called, in words joined by hyphens.
    public var slug: String {
        var slug = ""
        var wasUpper = false
        for character in "\(self)" {
            if character.isUppercase, !wasUpper { slug += "-" }
            wasUpper = character.isUppercase
            slug += character.lowercased()
        }
        return slug
    }

    /// How bad it is.
    public var level: Level {
        switch self {
        case .notYAML, .wrongShape, .unknownKey, .missingKey, .badValue, .duplicateKey, .duplicateID, .wrongID,
            .wrongSubject, .unknownSet, .setOfSets, .taxonomyDiffers, .notLoadable, .emptyTerm, .duplicateTerm,
            .badPattern,
            .duplicateExample, .patternWithoutLiteral, .catastrophicPattern, .missingExample, .emptyExample,
            .forbiddenTerm,
            .forbiddenSubject, .forbiddenReach:
            .error
        case .swallowedTerm, .inSetToo, .singleCharacter, .wholeSentence, .partOfSet, .partlyCancelled,
            .idleSetException,
            .idleExample:
            .hint
        default: .warning
        }
    }

    /// False for what the closed taxonomy forbids, and for what keeps the lexicon from being loaded.
    public var isSuppressible: Bool { level != .error }
}

/// One thing that a linter found.
public struct LintFinding: Sendable {
    /// What.
    public var code: LintCode
    /// The file, as it was named.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in characters.
    public var column: Int
    /// The rule or set that it stands in; empty outside of any.
    public var owner: String
    /// What is wrong and what to do, in Chinese.
    public var zh: String
    /// The same in English.
    public var en: String
    /// Why it is accepted; nil when it is not.
    public var suppression: String?
    /// True when `--fix` mends it.
    public var isFixable: Bool { !edits.isEmpty }
    /// What mends it.
    var edits: [TextEdit] = []
    /// The position of the file among the lexicon's.
    var fileIndex = 0
}
