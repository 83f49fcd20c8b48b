internal import CaseStore
internal import Casework
internal import Matching
internal import Messages
internal import Utterances

/// The sequential part of one file's import: which messages are new, utterances over the edges of chunks, the store.
final class FileIntake {
    private let session: ImportSession
    private let analyser: BlockAnalyser
    private let groups: [RegisteredGroup]
    private let scratch = LexiconMatcher.Scratch()
    private var deduplicator: Deduplicator
    /// A line at the open end of what was read, with what is known of it.
    private var pending: [(line: EdgeLine, mark: Deduplicator.Mark)] = []
    private let kept: Kept
    private var refused: [GroupIdentity: Int] = [:]
    private var early: [Int32: Int] = [:]
    private var days: ClosedRange<Int>?
    private var daysSeen: Set<Int32> = []
    private(set) var report: FileReport
    private var groupsSeen: Set<Int32> = []

    /// What a dry run keeps in place of the store.
    private final class Kept {
        var digests: [Deduplicator.Key: [UInt64]]
        init(_ digests: [Deduplicator.Key: [UInt64]]) { self.digests = digests }
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
        deduplicator = Deduplicator(
            digests: analyser.digests,
            load: { key in
                if let digests = kept.digests[key] { return digests }
                return try session.digests(group: groups[Int(key.group)].id, day: Int(key.day))
            },
            save: { key, digests in
                if isDryRun {
                    kept.digests[key] = digests
                } else {
                    try session.setDigests(digests, group: groups[Int(key.group)].id, day: Int(key.day))
                }
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
        for finding in block.findings { try store(finding, marks) }
        pending += block.tail.map { ($0, marks[$0.record]) }
    }

    /// Ends the file.
    func finish() throws {
        try settle()
        try deduplicator.flush()
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
        for finding in block.findings { try store(finding, lines.map(\.mark)) }
    }

    private func store(_ finding: Finding, _ marks: [Deduplicator.Mark]) throws {
        // What was said before and flagged before is not flagged again because somebody exported it again.
        guard finding.carriers.contains(where: { marks[$0].isNew }) else { return }
        var draft = finding.draft
        draft.members = Array(Set(finding.members.flatMap { marks[$0].digests })).sorted()
        draft.messageCount = finding.members.count
        let hasOld = finding.members.contains { !marks[$0].isNew }
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
