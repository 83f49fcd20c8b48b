/// Who exported a file, by what he is in the group: never a name.
///
/// The owner of a group is often the village secretary, who may be the one complained of and can leave lines out. The raw
/// values are those of the store.
public enum ExporterRole: String, Sendable, CaseIterable {
    /// The group's owner (群主).
    case owner
    /// Another cadre of the village.
    case cadre
    /// Somebody of the township or above.
    case township
    /// A resident.
    case resident
    case other

    /// True for those whom complaints in the group may be about.
    public var isInterested: Bool { self == .owner || self == .cadre }
}

/// What is known of a file before it is read.
///
/// No name or path: people put their names in them.
public struct ImportSource: Sendable, Equatable {
    /// The digest of the file's bytes as 64 hex digits; empty while it isn't known.
    public var sha256: String
    /// The file's size in bytes.
    public var size: Int
    /// The slug of the format.
    public var format: String
    /// The name of the encoding.
    public var encoding: String
    /// Today, as days since 1970-01-01 in China's time.
    public var startedOn: Int
    /// The digest of the lexicon, as hex text.
    public var lexiconVersion: String
    /// The digest of the gazetteer, as hex text.
    public var gazetteerVersion: String
    /// Who exported it; nil when nobody said.
    public var exporter: ExporterRole?
    /// The staff member who imports it; 0 for the installation's operator.
    public var importer = 0

    /// Describes a file that is about to be read.
    public init(
        sha256: String = "", size: Int = 0, format: String = "", encoding: String = "", startedOn: Int,
        lexiconVersion: String = "", gazetteerVersion: String = ""
    ) {
        self.sha256 = sha256
        self.size = size
        self.format = format
        self.encoding = encoding
        self.startedOn = startedOn
        self.lexiconVersion = lexiconVersion
        self.gazetteerVersion = gazetteerVersion
    }
}

/// What an import counted.
public struct ImportCounts: Sendable, Equatable {
    /// Messages in the file.
    public var read = 0
    /// Messages that no earlier import had.
    public var new = 0
    /// Messages that an earlier import had.
    public var seen = 0
    /// New flags.
    public var flagged = 0
    /// Lines that couldn't be read.
    public var rejected = 0
    /// Messages of groups that aren't registered.
    public var refused = 0
    /// Blank lines.
    public var blank = 0
    /// Days between the first and the last without a message.
    public var gapDays = 0
    /// The first day with a message; nil without messages.
    public var firstDay: Int?
    /// The last day with a message; nil without messages.
    public var lastDay: Int?
    /// The day on which it ended; nil when it was the day on which it began.
    public var finishedOn: Int?

    /// Nothing counted yet.
    public init() {}
}

/// An import that was finished.
public struct ImportBatch: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// The file.
    public var source: ImportSource
    /// What was counted; `finishedOn` is set.
    public var counts: ImportCounts
}
