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

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) =
            switch self {
            case .new: ("待审", "new")
            case .claimed: ("已领取", "claimed")
            case .confirmed: ("已登记", "registered")
            case .joined: ("已并入", "joined")
            case .dismissed: ("已驳回", "dismissed")
            case .forwardedUp: ("已上交", "forwarded up")
            case .expired: ("已到期删除", "expired")
            }
        return language == .zh ? zh : en
    }

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
    /// How many texts it bundles: the questions of one day about what was made public (公示质询) are one flag.
    public var bundled: Int
}

/// A flag with its text opened.
public struct FlagRecord: Sendable, Equatable {
    /// What a list shows.
    public var summary: FlagSummary
    /// How it came to its village; reasons and candidates are gone once erased.
    public var placing: FlagPlacing
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
public struct FlagFilter: Sendable, Hashable {
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
    /// A rule that fired.
    public var rule: String?
    /// What they wait for; nil for all.
    public var waiting: Waiting?
    /// What comes first.
    public var order = Order.severity
    /// Only what comes after this place of the same order: the next page.
    public var after: FlagMark?
    /// How many at most.
    public var limit: Int?
    /// How many to pass over.
    public var offset = 0
    /// The orders; in each, equal flags go by their numbers.
    public enum Order: String, Sendable, CaseIterable {
        /// The gravest first, and of those the oldest.
        case severity
        /// By the day of expiry, with a week's start for each step of severity: grave ones first, but in the end age
        /// wins, so that nothing starves.
        case urgency
        /// The oldest first.
        case age
    }

    /// What a flag that nobody has decided waits for.
    public enum Waiting: Sendable, Hashable {
        /// Its time ends on this day or before.
        case expiry(by: Int)
        /// Its time was over, and it is too grave to go: a supervisor decides, or extends it once.
        case supervisor
        /// Another person must read a dismissal.
        case secondReader
        /// It must go to the level above.
        case levelAbove
    }

    /// All flags.
    public init() {}
}

/// A place in an order of flags: that of the last one on a page.
public struct FlagMark: Sendable, Hashable {
    /// What the order goes by.
    public var key: Int
    /// The flag.
    public var id: Int

    /// The place of a flag; nil in the order by severity, which has no pages.
    public init?(_ flag: FlagSummary, in order: FlagFilter.Order) {
        switch order {
        case .severity: return nil
        case .urgency: key = flag.expiresOn - 7 * (FlagRow.severities.firstIndex(of: flag.severity) ?? 0)
        case .age: key = flag.day
        }
        id = flag.id
    }

    /// Reads what ``text`` writes; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ".").map { Int($0) }
        guard parts.count == 2, let key = parts[0], let id = parts[1] else { return nil }
        (self.key, self.id) = (key, id)
    }

    /// The place as two numbers, for an address.
    public var text: String { "\(key).\(id)" }
}
