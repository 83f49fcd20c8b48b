internal import CaseStore
internal import Casework
internal import Matching
internal import Messages
internal import Utterances

/// The sequential part of one file's import: which messages are new, utterances over the edges of chunks, the store.
///
/// What was found is held until the file is read, so that the store is written to at the end and in one go: others work on
/// while the file is read. Of a file in which more is found than may be held the first part is stored earlier.
final class FileIntake {
    private let session: ImportSession
    private let analyser: BlockAnalyser
    private let groups: [RegisteredGroup]
    private let scratch = LexiconMatcher.Scratch()
    private var deduplicator: Deduplicator
    /// A line at the open end of what was read, with what is known of it.
    private var pending: [(line: EdgeLine, mark: Deduplicator.Mark)] = []
    private let kept: Kept
    private let isDryRun: Bool
    private var refused: [GroupIdentity: Int] = [:]
    private var early: [Int32: Int] = [:]
    private var days: ClosedRange<Int>?
    private var daysSeen: Set<Int32> = []
    private(set) var report: FileReport
    private var groupsSeen: Set<Int32> = []
    /// What was found and is not stored yet, in the order of the file.
    private var held: [Held] = []
    /// About how many bytes that takes, and from how many on it is stored.
    private var heldBytes = 0
    private var room = FileIntake.mostBytes

    /// A finding that waits until the file is read: while the store is written to, nobody else can work with it.
    private struct Held {
        var draft: FlagDraft
        /// Whether some of its messages were read before, so that a flag may hold them.
        var hasOld: Bool

        /// About how many bytes it takes: what it says, and some hundred for each of its parts.
        var bytes: Int {
            500 + draft.text.utf8.count + (draft.quote?.utf8.count ?? 0) + 48 * draft.hits.count
                + 8 * draft.members.count + 64 * draft.placing.candidates.count
        }
    }

    /// From how many bytes of findings on they are stored before the file's end, and the rest as it comes: about what
    /// SQLite's pages take once it is written to, so that an import holds no more than before.
    private static let mostBytes = 6 << 20
    /// The same in digests of messages.
    private static let mostDigests = 200_000

    /// Digests that are not stored yet: until the file is read, in a dry run until all files are.
    private final class Kept {
        var digests: [Deduplicator.Key: [UInt64]]
        private var count = 0
        private var room = FileIntake.mostDigests
        /// True when they are to be stored before the file's end.
        var isFull: Bool { count > room }

        init(_ digests: [Deduplicator.Key: [UInt64]]) { self.digests = digests }

        func keep(_ digests: [UInt64], _ key: Deduplicator.Key) {
            count += digests.count - (self.digests[key]?.count ?? 0)
            self.digests[key] = digests
        }

        /// Stores what is kept, and keeps it no more.
        func store(in session: ImportSession, _ groups: [RegisteredGroup]) throws {
            for (key, digests) in digests {
                try session.setDigests(digests, group: groups[Int(key.group)].id, day: Int(key.day))
            }
            (digests, count, room) = ([:], 0, 0)
        }
    }

    /// Begins a file; `imagined` are the digests that a dry run has made up so far, nil for a real import.
    init(
        session: ImportSession, analyser: BlockAnalyser, groups: [RegisteredGroup],
        imagined: [Deduplicator.Key: [UInt64]]?, report: FileReport
    ) {
        self.session = session
        self.analyser = analyser
        self.groups = groups
        self.report = report
        let kept = Kept(imagined ?? [:])
        self.kept = kept
        let isDryRun = imagined != nil
        self.isDryRun = isDryRun
        deduplicator = Deduplicator(
            digests: analyser.digests,
            load: { key in
                if let digests = kept.digests[key] { return digests }
                return try session.digests(group: groups[Int(key.group)].id, day: Int(key.day))
            },
            save: { key, digests in
                kept.keep(digests, key)
                if !isDryRun, kept.isFull { try kept.store(in: session, groups) }
            })
    }

    /// What a dry run would have left.
    var imagined: [Deduplicator.Key: [UInt64]] { kept.digests }

    /// The ids of the registered groups that messages were read of.
    var groupIDs: [String] { groupsSeen.sorted().map { groups[Int($0)].id } }

    /// Takes the next block in the order of the file.
    func take(_ block: AnalysedBlock) throws {
        var marks: [Deduplicator.Mark] = []
        marks.reserveCapacity(block.traces.count)
        for trace in block.traces {
            if trace.group < 0 {
                report.counts.refused += 1
                marks.append(Deduplicator.Mark(isNew: false))
                continue
            }
            let mark = try deduplicator.mark(trace)
            if mark.isNew { report.counts.new += 1 } else { report.counts.seen += 1 }
            note(day: trace.day)
            groupsSeen.insert(trace.group)
            marks.append(mark)
        }
        report.counts.read += block.traces.count
        report.counts.rejected += block.rejects.count
        report.rejects += block.rejects.prefix(max(0, 100 - report.rejects.count))
        report.counts.blank += block.blankLines
        report.counts.candidates += block.candidates
        report.counts.hits += block.hits
        for (group, count) in block.refused { refused[group, default: 0] += count }
        for (group, count) in block.early { early[group, default: 0] += count }

        if block.isOneOpenRun {
            pending += block.head.map { ($0, marks[$0.record]) }
            // A speaker who fills whole chunks: what is over the limits of an utterance is settled now.
            if pending.count > 4 * analyser.grouper.mostLines { try settle() }
            return
        }
        pending += block.head.map { ($0, marks[$0.record]) }
        if !block.traces.isEmpty { try settle() }
        for finding in block.findings { try take(finding, marks) }
        pending += block.tail.map { ($0, marks[$0.record]) }
    }

    /// Ends the file.
    func finish() throws {
        try settle()
        try storeHeld()
        try deduplicator.flush()
        if !isDryRun { try kept.store(in: session, groups) }
        report.refused = refused.sorted { ($1.value, $0.key.name, $0.key.id) < ($0.value, $1.key.name, $1.key.id) }
            .map { ($0.key, $0.value) }
        report.early = early.sorted { $0.key < $1.key }.map { (groups[Int($0.key)], $0.value) }
    }

    /// The counts as the store keeps them.
    var batchCounts: ImportCounts {
        var counts = ImportCounts()
        counts.read = report.counts.read
        counts.new = report.counts.new
        counts.seen = report.counts.seen
        counts.flagged = report.counts.flagged
        counts.rejected = report.counts.rejected
        counts.refused = report.counts.refused
        counts.blank = report.counts.blank
        counts.firstDay = days?.lowerBound
        counts.lastDay = days?.upperBound
        counts.gapDays = days.map { $0.count - daysSeen.count } ?? 0
        return counts
    }

    /// Analyses the lines that were held back at the edges of chunks.
    private func settle() throws {
        guard !pending.isEmpty else { return }
        let lines = pending
        pending.removeAll(keepingCapacity: true)
        let block = analyser.analysed(edges: lines.map(\.line), scratch: scratch)
        report.counts.candidates += block.candidates
        report.counts.hits += block.hits
        for finding in block.findings { try take(finding, lines.map(\.mark)) }
    }

    private func take(_ finding: Finding, _ marks: [Deduplicator.Mark]) throws {
        // What was said before and flagged before is not flagged again because somebody exported it again.
        guard finding.carriers.contains(where: { marks[$0].isNew || marks[$0].isTranscribed }) else { return }
        var draft = finding.draft
        draft.members = Array(Set(finding.members.flatMap { marks[$0].digests })).sorted()
        draft.messageCount = finding.members.count
        let one = Held(draft: draft, hasOld: finding.members.contains { !marks[$0].isNew })
        held.append(one)
        heldBytes += one.bytes
        if heldBytes > room { try storeHeld() }
    }

    /// Stores what was found so far; from here to the end of the file nobody else writes.
    private func storeHeld() throws {
        guard !held.isEmpty else { return }
        try session.begin()
        for (index, one) in held.enumerated() {
            if index % 256 == 0 { try Task.checkCancellation() }
            try store(one.draft, hasOld: one.hasOld)
        }
        // From now on nobody is kept waiting any longer by storing at once.
        (held, heldBytes, room) = ([], 0, 0)
    }

    private func store(_ draft: FlagDraft, hasOld: Bool) throws {
        if hasOld, let open = try session.flagIDs(withAnyMemberIn: draft.members).first(where: { $0.state == .new }) {
            try session.replace(open.id, with: draft)
            report.counts.extended += 1
        } else if let bundle = try session.bundle(for: draft) {
            // Twenty questions about one list are one flag.
            try session.absorb(draft, into: bundle)
            report.counts.extended += 1
        } else {
            do {
                try session.insert(draft, isFresh: !hasOld)
                report.counts.flagged += 1
            } catch {
                // Every message of it stands in a flag that somebody has looked at already.
                guard case .duplicateFlag = error.reason else { throw error }
            }
        }
    }

    private func note(day: Int32) {
        daysSeen.insert(day)
        let day = Int(day)
        days = days.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day
    }
}
