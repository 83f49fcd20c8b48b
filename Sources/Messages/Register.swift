/// A declared supervision group.
///
/// Messages of other groups are refused.
public struct RegisteredGroup: Sendable, Equatable {
    /// The platform's id of the group as exports write it, or the clerk's own id where exports have none.
    public var id: String
    /// The group's name; formats without an id (mail text) are recognised by it.
    public var name: String
    /// Where it lives.
    public var platform: Platform
    /// The 12-digit code of its village.
    public var village: String
    /// The day (YYYY-MM-DD) on which its members were told in the group that complaints are passed on.
    public var noticePostedOn: String
    /// Names that the group had before.
    public var formerNames: [String]

    /// Declares a group.
    public init(
        id: String, name: String, platform: Platform, village: String, noticePostedOn: String,
        formerNames: [String] = []
    ) {
        self.id = id
        self.name = name
        self.platform = platform
        self.village = village
        self.noticePostedOn = noticePostedOn
        self.formerNames = formerNames
    }
}

/// One place of the gazetteer under one code, with the time that the code was valid.
public struct GazetteerEntry: Sendable, Equatable {
    /// How large a place is.
    ///
    /// The raw values are those of the files.
    public enum Level: String, Sendable, CaseIterable, Codable {
        case province, city, county, township, village
    }

    /// Another name that people use for the place.
    public struct Alias: Sendable, Equatable {
        /// What kind of name it is.
        ///
        /// The raw values are those of the files.
        public enum Kind: String, Sendable, CaseIterable, Codable {
            case short, old, natural, estate, landmark, typo, taught
        }

        /// The name as people write it.
        public var text: String
        /// What kind of name it is.
        public var kind: Kind

        /// Makes an alias.
        public init(text: String, kind: Kind) {
            self.text = text
            self.kind = kind
        }
    }

    /// The 12-digit code, as text.
    public var code: String
    /// The official name (溪瑶村, 溪瑶村民委员会 …).
    public var name: String
    /// How large it is.
    public var level: Level
    /// The code of the unit above; nil at the top of what was imported.
    public var parent: String?
    /// Other names.
    public var aliases: [Alias]
    /// The first day (YYYY-MM-DD) of the code; nil when it was always so.
    public var validFrom: String?
    /// The last day (YYYY-MM-DD) of the code; nil while it is valid.
    public var validTo: String?
    /// The code that took over after a merger or renaming.
    public var successor: String?

    /// Makes an entry.
    public init(
        code: String, name: String, level: Level, parent: String? = nil, aliases: [Alias] = [],
        validFrom: String? = nil, validTo: String? = nil, successor: String? = nil
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.parent = parent
        self.aliases = aliases
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
    }
}
