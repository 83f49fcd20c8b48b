/// Which authority's digits a code is made of.
///
/// The statistics office and the ministry of civil affairs number one in four townships differently, so that equal digits prove
/// nothing across schemes.
public enum CodeScheme: String, Sendable, CaseIterable, Codable {
    /// 统计用区划代码 of the National Bureau of Statistics.
    case nbs
    /// 行政区划代码 of the Ministry of Civil Affairs.
    case mca
    /// The operator's own numbering.
    case local
}

/// That one village took over from another.
public struct Succession: Sendable, Hashable {
    /// What happened.
    ///
    /// The raw values are those of the files.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Several became one.
        case merge
        /// One became several.
        case split
        /// Another name, the same place.
        case rename
        /// Another code, the same place and name.
        case recode
        /// Another unit above, the same place.
        case reparent
        /// 村改居: a village became a community.
        case conversion

        /// True when it is the same place afterwards.
        public var keepsEntity: Bool {
            switch self {
            case .merge, .split: false
            case .rename, .recode, .reparent, .conversion: true
            }
        }
    }

    /// The code that ended.
    public var from: String
    /// The code that took over.
    public var to: String
    /// What happened.
    public var kind: Kind

    /// Notes a succession.
    public init(from: String, to: String, kind: Kind) {
        self.from = from
        self.to = to
        self.kind = kind
    }
}

/// A code of a place in another numbering than the gazetteer's.
public struct ForeignCode: Sendable, Hashable {
    /// The code in the gazetteer.
    public var code: String
    /// Whose digits the other code is made of.
    public var scheme: CodeScheme
    /// The other code.
    public var other: String

    /// Notes a code.
    public init(code: String, scheme: CodeScheme, other: String) {
        self.code = code
        self.scheme = scheme
        self.other = other
    }
}

/// The village of a group during some time.
public struct GroupHome: Sendable, Equatable {
    /// The group's id in the register.
    public var group: String
    /// The 12-digit code of the village, or of the township of a group for all of it.
    public var place: String
    /// The first day (YYYY-MM-DD); nil when it was always so.
    public var validFrom: String?
    /// The last day (YYYY-MM-DD); nil while it is so.
    public var validTo: String?
    /// Who confirmed it; empty when nobody did.
    public var confirmedBy: String

    /// Declares a home.
    public init(
        group: String, place: String, validFrom: String? = nil, validTo: String? = nil, confirmedBy: String = ""
    ) {
        self.group = group
        self.place = place
        self.validFrom = validFrom
        self.validTo = validTo
        self.confirmedBy = confirmedBy
    }
}

/// A name that a person taught by correcting a flag: it counts in one group, or in one township.
public struct TaughtAlias: Sendable, Equatable {
    /// Where a taught name counts.
    public enum Scope: Sendable, Hashable {
        /// In the messages of one group.
        case group(String)
        /// In the groups of one township, by its 12-digit code.
        case township(String)
    }

    /// Its number.
    public var id: Int
    /// The name as people write it.
    public var text: String
    /// The 12-digit code of the village that is meant.
    public var village: String
    /// Where it counts.
    public var scope: Scope
    /// The first day (YYYY-MM-DD) of messages for which it counts; nil for all.
    public var validFrom: String?
    /// The last day; nil while it counts.
    public var validTo: String?
    /// The official who taught it.
    public var author: String
    /// The day (YYYY-MM-DD) on which it was taught.
    public var taughtOn: String
    /// The flag that was corrected; nil when it was taught without one.
    public var flag: Int?
    /// How often it was taught again, from another group too.
    public var confirmations: Int

    /// Notes a name.
    public init(
        id: Int, text: String, village: String, scope: Scope, validFrom: String? = nil, validTo: String? = nil,
        author: String, taughtOn: String, flag: Int? = nil, confirmations: Int = 0
    ) {
        self.id = id
        self.text = text
        self.village = village
        self.scope = scope
        self.validFrom = validFrom
        self.validTo = validTo
        self.author = author
        self.taughtOn = taughtOn
        self.flag = flag
        self.confirmations = confirmations
    }
}
