public import ChatExports
public import Messages

/// What an import counted, for one file or in total.
///
/// It adds up: `read == new + seen + refused`; each line of a line-based file is part of a message, a reject or blank.
public struct FileCounts: Sendable, Equatable {
    /// Messages read.
    public var read = 0
    /// Messages of registered groups that were not read before.
    public var new = 0
    /// Messages that were read before, from whatever file.
    public var seen = 0
    /// Messages of groups that are not registered; nothing of them is kept.
    public var refused = 0
    /// New flags.
    public var flagged = 0
    /// Open flags that a new line of the same utterance was added to.
    public var extended = 0
    /// What could not be read as a message.
    public var rejected = 0
    /// Blank lines.
    public var blank = 0
    /// Utterances on which a rule fired, whatever the guards say.
    public var candidates = 0
    /// Times that a rule fired, guards not counted.
    public var hits = 0

    /// Makes zeros.
    public init() {}

    /// Sums.
    public static func += (sum: inout FileCounts, other: FileCounts) {
        sum.read += other.read
        sum.new += other.new
        sum.seen += other.seen
        sum.refused += other.refused
        sum.flagged += other.flagged
        sum.extended += other.extended
        sum.rejected += other.rejected
        sum.blank += other.blank
        sum.candidates += other.candidates
        sum.hits += other.hits
    }
}

/// What became of one file.
public struct FileReport: Sendable {
    /// The path.
    public var file: String
    /// What it was taken for; nil when it could not be read.
    public var detection: Detection?
    /// What was counted.
    public var counts = FileCounts()
    /// The first rejects, up to a hundred; `counts.rejected` has them all.
    public var rejects: [Reject] = []
    /// Holes that the export itself admits.
    public var gaps: [ExportGap] = []
    /// Groups that are not registered, with their numbers of messages, most first.
    public var refused: [(group: GroupIdentity, messages: Int)] = []
    /// Registered groups with messages from before their members were told; these count among the refused.
    public var early: [(group: RegisteredGroup, messages: Int)] = []
    /// Why the file could not be read at all.
    public var failure: (any ExplainedError)?
    /// True for a picture or the like that merely lay in a folder or an archive beside the exports.
    public var isPassedOver = false

    /// Makes an empty report.
    public init(file: String) { self.file = file }

    /// True when a person must look: rejects, refused messages, known holes, or a failure.
    public var needsALook: Bool {
        failure != nil && !isPassedOver || counts.rejected > 0 || counts.refused > 0 || !gaps.isEmpty
    }
}
