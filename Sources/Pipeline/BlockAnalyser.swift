internal import Casework
internal import ChatExports
internal import Classifying
internal import Matching
internal import Messages
internal import Utterances
internal import Villages

/// A message as the later, sequential stage needs it: digests and a day, no words.
struct MessageTrace: Sendable {
    /// The registered group's position, or -1: refused.
    var group: Int32
    /// Days since 1970-01-01 in China's time.
    var day: Int32
    /// The digest of the real id; 0 where there is none.
    var id: UInt64
    /// The digest of group, kind and words, without the time.
    var words: UInt64
    /// Seconds since 1970-01-01 UTC.
    var sentAt: Int64
    /// How fine `sentAt` is.
    var precision: TimePrecision
    /// Of a voice message with its transcript: what `words` is where a tool has no transcript; else 0.
    var silent: UInt64 = 0

    /// Minutes since 1970-01-01 UTC.
    var minute: Int64 { sentAt / 60 }
}

/// A flagged utterance of a block.
struct Finding: Sendable {
    /// What is to be stored; its members are filled in once it is known which messages are new.
    var draft: FlagDraft
    /// The block's records that it is made of.
    var members: [Int]
    /// Those of them that hold evidence.
    var carriers: [Int]
}

/// A line at an edge of a block: its utterance may go on in the neighbour block.
struct EdgeLine: Sendable {
    /// Its record in the block.
    var record: Int
    /// The line alone, in a block of its own.
    var alone: MessageBlock
    /// What its block tells of the messages beside its utterance: of what kind they are, and no words.
    var context = TextContext.none
    /// True when nothing but system lines follows it in its block: what comes next stands beside it.
    var endsBare = true
}

/// What a worker makes of a chunk.
struct AnalysedBlock: Sendable {
    var traces: [MessageTrace] = []
    var findings: [Finding] = []
    var head: [EdgeLine] = []
    var tail: [EdgeLine] = []
    /// True when the only utterance is open at both ends; it is in `head` then.
    var isOneOpenRun = false
    var rejects: [Reject] = []
    var blankLines = 0
    var candidates = 0
    var hits = 0
    /// The unregistered groups of the block, with their numbers of messages.
    var refused: [GroupIdentity: Int] = [:]
    /// Registered groups' messages from before their notice, by the group's position.
    var early: [Int32: Int] = [:]
    var lastTime: Int64 = 0
}

/// The parallel part of an import: pure, one call a chunk.
struct BlockAnalyser: Sendable {
    let analyser: TextAnalyser
    let resolver: VillageResolver
    let homes: GroupHomes
    let drafter: FlagDrafter
    let register: GroupRegister
    let grouper: UtteranceGrouper
    let digests: SipHash

    /// Everything about one block but what needs its neighbours.
    func analysed(_ block: MessageBlock, scratch: LexiconMatcher.Scratch) -> AnalysedBlock {
        var result = AnalysedBlock()
        result.rejects = block.rejects
        result.blankLines = block.blankLines
        let groups = block.groups.map { register.position(of: $0).map { Int32($0) } ?? -1 }
        let salts = groups.map { $0 < 0 ? 0 : salt(of: register[Int($0)]) }
        let runs = grouper.runs(in: block)
        let single = singles(runs, count: block.records.count)
        var neighbours = Neighbours(runs: runs, count: block.records.count)
        let isRead = block.records.map { record in
            let group = groups[Int(record.group)]
            return group >= 0 && !register.isBeforeNotice(FlagDraft.day(of: record.sentAt), position: Int(group))
        }
        let readsAll = !isRead.contains(false)
        neighbours.isRead = isRead
        result.traces.reserveCapacity(block.records.count)
        block.bytes.withUnsafeBufferPointer { bytes in
            var found: [Finding] = []
            for (index, record) in block.records.enumerated() {
                let group = groups[Int(record.group)]
                guard isRead[index] else {
                    if group < 0 {
                        result.refused[block.groups[Int(record.group)], default: 0] += 1
                    } else {
                        result.early[group, default: 0] += 1
                    }
                    result.traces.append(
                        MessageTrace(group: -1, day: 0, id: 0, words: 0, sentAt: 0, precision: .second))
                    continue
                }
                let text = UnsafeBufferPointer(rebasing: bytes[record.text.range])
                result.traces.append(trace(record, group, salts[Int(record.group)], text, bytes, scratch))
                // The normal form that the digest was made of serves the scan too.
                guard single[index] >= 0 else { continue }
                var analysis = analyser.analysis(forNormalized: text, lines: [], scratch: scratch)
                if analysis.isBorderline {
                    let context = neighbours.context(of: Int(single[index]), in: block, analyser, scratch)
                    analysis = analysis.anew(context) {
                        scratch.normalize(text)
                        return analyser.analysis(forNormalized: text, lines: [], scratch: scratch, context: context)
                    }
                }
                note(analysis, [Int32(index)], block, register[Int(group)], scratch, &result, &found)
            }
            for run in 0..<runs.count {
                let members = readsAll ? runs[run] : ArraySlice(runs[run].filter { isRead[Int($0)] })
                guard let first = members.first else { continue }
                if isOpenEdge(run, runs) {
                    var lines = members.map { EdgeLine(record: Int($0), alone: block.alone(Int($0))) }
                    lines[0].context = neighbours.context(of: run, in: block, analyser, scratch)
                    lines[lines.count - 1].context = lines[0].context
                    lines[lines.count - 1].endsBare = neighbours.isBare(after: run, in: block)
                    if run == 0 && runs.headIsOpen { result.head = lines } else { result.tail = lines }
                    result.isOneOpenRun = runs.count == 1 && runs.headIsOpen && runs.tailIsOpen
                } else if runs[run].count > 1 {
                    let group = register[Int(groups[Int(block.records[Int(first)].group)])]
                    let analysis = analysis(of: members, in: block, scratch) {
                        neighbours.context(of: run, in: block, analyser, scratch)
                    }
                    note(analysis, Array(members), block, group, scratch, &result, &found)
                }
            }
            result.findings = found.sorted { ($0.members.first ?? 0) < ($1.members.first ?? 0) }
        }
        return result
    }

    /// The findings in lines that were held back at the edges of blocks.
    ///
    /// - Returns: findings whose members count the lines, and for the counters the candidates and hits.
    func analysed(edges lines: [EdgeLine], scratch: LexiconMatcher.Scratch) -> AnalysedBlock {
        var result = AnalysedBlock()
        var block = MessageBlock()
        for line in lines { block.append(all: line.alone) }
        guard let first = block.records.first else { return result }
        guard let position = register.position(of: block.groups[Int(first.group)]) else { return result }
        let runs = grouper.runs(in: block)
        let neighbours = Neighbours(runs: runs, count: block.records.count, edges: lines)
        var found: [Finding] = []
        for run in 0..<runs.count {
            let analysis = analysis(of: runs[run], in: block, scratch) {
                neighbours.context(of: run, in: block, analyser, scratch)
            }
            note(analysis, Array(runs[run]), block, register[position], scratch, &result, &found)
        }
        result.findings = found
        return result
    }

    private func isOpenEdge(_ run: Int, _ runs: UtteranceGrouper.Runs) -> Bool {
        run == 0 && runs.headIsOpen || run == runs.count - 1 && runs.tailIsOpen
    }

    /// For each record its run where it is an utterance by itself, edges left out; else -1.
    private func singles(_ runs: UtteranceGrouper.Runs, count: Int) -> [Int32] {
        var single = [Int32](repeating: -1, count: count)
        for run in 0..<runs.count where !isOpenEdge(run, runs) {
            let members = runs[run]
            if members.count == 1, let only = members.first { single[Int(only)] = Int32(run) }
        }
        return single
    }

    private func trace(
        _ record: MessageBlock.Record, _ group: Int32, _ salt: UInt64, _ text: UnsafeBufferPointer<UInt8>,
        _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: LexiconMatcher.Scratch
    ) -> MessageTrace {
        // Every tool spells a placeholder in its own way.
        func kindAlone() -> UInt64 {
            let tweak = salt ^ UInt64(record.kind.rawValue) &+ 1
            return digests.digest(UnsafeRawBufferPointer(start: nil, count: 0), tweak: tweak)
        }
        let isTold = MessageWords.tell(record, bytes)
        if isTold { scratch.normalize(text) }
        let words = isTold ? scratch.withUnits { digests.digest($0, tweak: salt) } : kindAlone()
        let id = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[record.id.range])
        return MessageTrace(
            group: group, day: Int32(FlagDraft.day(of: record.sentAt)),
            id: MessageWords.isRealID(id) ? digests.digest(id, tweak: ~salt) : 0, words: words, sentAt: record.sentAt,
            precision: record.precision, silent: isTold && record.kind == .voice ? kindAlone() : 0)
    }

    /// What keeps equal words of two groups in one minute apart.
    private func salt(of group: RegisteredGroup) -> UInt64 {
        Array(group.id.utf8).withUnsafeBytes { digests.digest($0, tweak: 0x67) }
    }

    private func analysis(
        of members: ArraySlice<Int32>, in block: MessageBlock, _ scratch: LexiconMatcher.Scratch,
        context: () -> TextContext
    ) -> TextAnalyser.Analysis {
        var utterance = grouper.utterance(members, in: block)
        let lines = utterance.lines
        return utterance.text.withUTF8 { bytes in
            scratch.normalize(bytes)
            let analysis = analyser.analysis(forNormalized: bytes, lines: lines, scratch: scratch)
            guard analysis.isBorderline else { return analysis }
            let context = context()
            return analysis.anew(context) {
                scratch.normalize(bytes)
                return analyser.analysis(forNormalized: bytes, lines: lines, scratch: scratch, context: context)
            }
        }
    }

    private func note(
        _ analysis: TextAnalyser.Analysis, _ members: [Int32], _ block: MessageBlock, _ group: RegisteredGroup,
        _ scratch: LexiconMatcher.Scratch, _ result: inout AnalysedBlock, _ found: inout [Finding]
    ) {
        if analysis.isCandidate { result.candidates += 1 }
        result.hits += analysis.hits
        guard analysis.verdict.flagged else { return }
        let utterance = grouper.utterance(members, in: block)
        let context = homes.context(of: group, sentAt: utterance.sentAt, isForwarded: utterance.forwarded)
        let (carrying, resolution) = placed(utterance, analysis.verdict, context, scratch)
        let draft = drafter.draft(
            of: FlagDrafter.Finding(
                groupID: group.id, sentAt: utterance.sentAt, text: carrying.text,
                quote: utterance.quote.flatMap { complaint(in: $0, scratch) },
                verdict: carrying.verdict, attribution: resolution.attribution,
                placing: FlagPlacing(
                    tier: resolution.tier, reasons: resolution.reasons.map(\.rawValue),
                    candidates: resolver.candidates(of: resolution, home: context.home)), members: []))
        guard let draft else { return }
        let carriers = zip(utterance.members, utterance.lines).filter { _, line in
            analysis.verdict.evidence.contains { $0.span.overlaps(line) }
        }
        found.append(Finding(draft: draft, members: utterance.members, carriers: carriers.map(\.0)))
    }

    /// The lines that carry the verdict, and where they lead: what is said beside them (我在县医院) moves nothing, but a line that
    /// names the village may stand before them.
    private func placed(
        _ utterance: Utterance, _ verdict: Verdict, _ context: VillageResolver.Context,
        _ scratch: LexiconMatcher.Scratch
    ) -> (CarryingWords, VillageResolver.Resolution) {
        func carrying(_ place: [Range<Int>]) -> CarryingWords {
            CarryingWords(of: utterance, verdict: verdict, place: place, analyser: analyser, scratch: scratch)
        }
        let words = carrying([])
        let resolution = resolver.resolution(of: words.text, in: context)
        guard words.text != utterance.text, resolution.attribution.map({ $0.basis == .group }) ?? true else {
            return (words, resolution)
        }
        let whole = resolver.resolution(of: utterance.text, in: context)
        guard let named = whole.attribution, named.basis == .text else { return (words, resolution) }
        return (carrying(named.spans), whole)
    }

    /// The lines of a quote that are complaints themselves, without whom they are of; nil for none: what somebody else said is
    /// kept no more than any other message.
    private func complaint(in quote: String, _ scratch: LexiconMatcher.Scratch) -> String? {
        let lines = quote.split(separator: "\n").map { QuotedWords.withoutSpeakers($0) }.filter {
            analyser.analysis(of: $0, scratch: scratch).verdict.flagged
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

extension MessageBlock {
    /// A block that holds one of the messages only.
    fileprivate func alone(_ index: Int) -> MessageBlock {
        var block = MessageBlock()
        var record = records[index]
        block.groups = [groups[Int(record.group)]]
        record.group = 0
        record.id = .none
        record.text = block.append(bytes[record.text.range])
        record.quote = record.quote.isEmpty ? .none : block.append(bytes[record.quote.range])
        block.records = [record]
        return block
    }

    /// Appends the messages of another block.
    fileprivate mutating func append(all other: MessageBlock) {
        for record in other.records {
            var copy = record
            let group = other.groups[Int(record.group)]
            if let known = groups.firstIndex(of: group) {
                copy.group = Int32(known)
            } else {
                copy.group = Int32(groups.count)
                groups.append(group)
            }
            copy.text = append(other.bytes[record.text.range])
            copy.quote = record.quote.isEmpty ? .none : append(other.bytes[record.quote.range])
            records.append(copy)
        }
    }
}
