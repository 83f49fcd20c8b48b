public import Messages

/// The machine's suspicion of one text, masked and ready for the store.
///
/// Nothing in it says who wrote the text, and no time is finer than a day.
public struct FlagDraft: Sendable, Equatable {
    /// The id of the register's group that it was written in.
    public var groupID: String
    /// The village that it is about; nil when that is not known.
    public var village: Place?
    /// How it came to the village, and which others it may be.
    public var placing = FlagPlacing()
    /// Days since 1970-01-01 in China's time (+08:00).
    public var day: Int
    /// The track.
    public var track: Track
    /// The topic.
    public var topic: Topic
    /// How urgent.
    public var severity: Severity
    /// 0...1, the classifier's.
    public var score: Double
    /// The words, masked.
    public var text: String
    /// The words that were quoted, masked; nil when nothing was.
    public var quote: String?
    /// What carried the verdict: half-open UTF-8 byte offsets into the masked text.
    public var hits: [Hit]
    /// The ids of the rules in `hits`, sorted, each once.
    public var rules: [String]
    /// The ids of the guards that weakened the verdict, sorted.
    public var guards: [String]
    /// The ids of rules that ran into a limit.
    public var undecided: [String]
    /// The digest of the lexicon that judged, as hex text.
    public var lexiconVersion: String
    /// The digest of the gazetteer that placed it, as hex text.
    public var gazetteerVersion: String
    /// The keyed digests of the messages in it: its fingerprint, by which a later export finds it again.
    public var members: [UInt64]
    /// The number of messages in it, repetitions that were bundled included.
    public var messageCount: Int

    /// Where the matter is, and why the machine says so.
    public struct Place: Sendable, Equatable {
        /// The 12-digit code.
        public var code: String
        /// Its name.
        public var name: String
        /// What decided.
        public var basis: Attribution.Basis
        /// 0...1.
        public var confidence: Double

        /// Names a place.
        public init(code: String, name: String, basis: Attribution.Basis, confidence: Double) {
            self.code = code
            self.name = name
            self.basis = basis
            self.confidence = confidence
        }
    }

    /// The day of an instant (seconds since 1970-01-01 UTC) in China's time, as days since 1970-01-01.
    public static func day(of seconds: Int64) -> Int {
        let local = seconds + 8 * 3600
        return Int(local >= 0 ? local / 86400 : (local - 86399) / 86400)
    }
}

extension FlagDraft {
    /// Makes a draft with its clear fields; the rest is empty.
    package init(
        groupID: String, day: Int, track: Track, topic: Topic, severity: Severity, score: Double, text: String
    ) {
        self.init(
            groupID: groupID, village: nil, day: day, track: track, topic: topic, severity: severity, score: score,
            text: text, quote: nil, hits: [], rules: [], guards: [], undecided: [], lexiconVersion: "",
            gazetteerVersion: "", members: [], messageCount: 0)
    }
}

/// Makes flags of what the earlier stages found.
///
/// - Input: a verdict and an attribution on one text, and where and when it was written.
/// - Output: the flag with everything private masked, or nil when the verdict raises none.
/// - Cost: that of the masking. No I/O, clock or randomness.
public struct FlagDrafter: Sendable {
    /// The digest of the lexicon, as hex text.
    public var lexiconVersion: String
    /// The digest of the gazetteer, as hex text.
    public var gazetteerVersion: String
    private let masker = TextMasker()

    /// Makes a drafter for one run.
    public init(lexiconVersion: String, gazetteerVersion: String) {
        self.lexiconVersion = lexiconVersion
        self.gazetteerVersion = gazetteerVersion
    }

    /// What one flag is made of.
    public struct Finding: Sendable {
        /// The id of the register's group.
        public var groupID: String
        /// When the first message was sent, seconds since 1970-01-01 UTC.
        public var sentAt: Int64
        /// The words as they were written.
        public var text: String
        /// The quoted words as they were written.
        public var quote: String?
        /// The classifier's word on the text.
        public var verdict: Verdict
        /// The village; nil when unattributed.
        public var attribution: Attribution?
        /// How it came to the village, and which others it may be.
        public var placing: FlagPlacing
        /// The keyed digests of the messages.
        public var members: [UInt64]

        /// Gathers what one flag is made of.
        public init(
            groupID: String, sentAt: Int64, text: String, quote: String? = nil, verdict: Verdict,
            attribution: Attribution?, placing: FlagPlacing = FlagPlacing(), members: [UInt64]
        ) {
            self.groupID = groupID
            self.sentAt = sentAt
            self.text = text
            self.quote = quote
            self.verdict = verdict
            self.attribution = attribution
            self.placing = placing
            self.members = members
        }
    }

    /// The flag that a finding raises; nil when its verdict raises none.
    public func draft(of finding: Finding) -> FlagDraft? {
        let verdict = finding.verdict
        guard verdict.flagged, let track = verdict.track, let topic = verdict.topic, let severity = verdict.severity
        else { return nil }
        let masked = masker.masked(finding.text, spans: verdict.evidence.map(\.span))
        var draft = FlagDraft(
            groupID: finding.groupID, day: FlagDraft.day(of: finding.sentAt), track: track, topic: topic,
            severity: severity, score: verdict.score, text: masked.text)
        draft.village = finding.attribution.map {
            FlagDraft.Place(code: $0.code, name: $0.name, basis: $0.basis, confidence: $0.confidence)
        }
        draft.placing = finding.placing
        draft.quote = finding.quote.map { masker.masked($0).text }
        draft.hits = zip(verdict.evidence, masked.spans).map { Hit(rule: $0.rule, span: $1) }
        draft.rules = Set(verdict.evidence.map(\.rule)).sorted()
        (draft.guards, draft.undecided) = (verdict.guards, verdict.undecided)
        (draft.lexiconVersion, draft.gazetteerVersion) = (lexiconVersion, gazetteerVersion)
        (draft.members, draft.messageCount) = (finding.members, finding.members.count)
        return draft
    }
}
