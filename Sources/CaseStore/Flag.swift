public import Casework
public import Messages

/// Where a flag is in its life.
///
/// The raw values are those of the store and the JSON.
public enum FlagState: String, Sendable, CaseIterable, Codable {
    /// Nobody has looked at it.
    case new
    /// Somebody is looking at it.
    case claimed
    /// It became a case.
    case confirmed
    /// It was joined to an open case.
    case joined
    /// It is nothing; its text is erased.
    case dismissed
    /// It went to a higher level; its text is erased here.
    case forwardedUp = "forwarded_up"
    /// Nobody decided in time; its text is erased.
    case expired

    /// True for the states that keep no text.
    public var isErased: Bool {
        switch self {
        case .dismissed, .forwardedUp, .expired: true
        case .new, .claimed, .confirmed, .joined: false
        }
    }
}

/// What a list shows of a flag without opening its text.
public struct FlagSummary: Sendable, Equatable {
    /// The flag's number.
    public var id: Int
    /// The import that found it.
    public var batch: Int
    /// The register's group; nil once the text is erased.
    public var groupID: String?
    /// The village; nil when unattributed, the township alone once the text is erased.
    public var village: FlagDraft.Place?
    /// Days since 1970-01-01 in China's time; the first of the month once the text is erased.
    public var day: Int
    /// The track.
    public var track: Track
    /// The topic.
    public var topic: Topic
    /// How urgent.
    public var severity: Severity
    /// 0...1, the classifier's.
    public var score: Double
    /// The ids of the rules that fired, sorted.
    public var rules: [String]
    /// The number of messages in it.
    public var messageCount: Int
    /// Where it is in its life.
    public var state: FlagState
    /// The code of the reason that it ended with.
    public var reason: String?
    /// The day from which it is up for erasure or escalation when nobody looked at it.
    public var expiresOn: Int
    /// Goes up with every change, so that two people can't overwrite each other.
    public var version: Int
}

/// A flag with its text opened.
public struct FlagRecord: Sendable, Equatable {
    /// What a list shows.
    public var summary: FlagSummary
    /// The masked words, hits and quote; nil once erased.
    public var content: Content?
    /// The ids of the guards that weakened the verdict.
    public var guards: [String]
    /// The ids of rules that ran into a limit.
    public var undecided: [String]
    /// The digest of the lexicon that judged.
    public var lexiconVersion: String
    /// The digest of the gazetteer that placed it.
    public var gazetteerVersion: String

    /// What is encrypted.
    public struct Content: Sendable, Equatable {
        /// The masked words.
        public var text: String
        /// The masked words that were quoted.
        public var quote: String?
        /// What carried the verdict: half-open UTF-8 byte offsets into `text`.
        public var hits: [Hit]
    }
}

/// Which flags a list shows.
///
/// An empty set leaves its field free.
public struct FlagFilter: Sendable, Equatable {
    /// Where they are in their life.
    public var states: Set<FlagState> = []
    /// Their tracks.
    public var tracks: Set<Track> = []
    /// Their topics.
    public var topics: Set<Topic> = []
    /// Their severities.
    public var severities: Set<Severity> = []
    /// A 12-digit code: flags of this place and of all below it.
    public var place: String?
    /// True for unattributed flags only.
    public var unattributed = false
    /// A register's group.
    public var groupID: String?
    /// An import.
    public var batch: Int?
    /// The first and last day.
    public var days: ClosedRange<Int>?
    /// How many at most.
    public var limit: Int?
    /// How many to pass over.
    public var offset = 0

    /// All flags.
    public init() {}
}
