internal import Glibc
internal import Lexicons
internal import Matching
public import Messages
public import Pipeline

/// Two versions of a lexicon over a stream of texts: what is flagged anew, what is lost, what changes.
///
/// Nothing is kept but counts and a small sample. Each text is brought into normal form once for both. The first texts, and
/// then one in 64, are judged by both versions in full, for counts by rule; of the others only those on which the versions may
/// differ (`DifferenceGate`), so that changes are exact throughout.
///
/// - Cost: bounded memory; on texts that the gate passes over some microseconds.
public final class BacktestRun {
    /// How to run.
    public struct Options: Sendable {
        /// Another seed draws another sample.
        public var seed: UInt64 = 1
        /// How many changed texts are drawn.
        public var sampleSize = 20
        /// Judge every text by both versions.
        public var isWhole = false
        /// So many texts are judged in full before the gate decides.
        public var wholeFirst = 200_000

        /// The defaults.
        public init() {}
    }

    private let old: TextAnalyser
    private let new: TextAnalyser
    private let gate: DifferenceGate?
    private let options: Options
    private let oldScratch = LexiconMatcher.Scratch()
    private let newScratch = LexiconMatcher.Scratch()
    private var buffer = DifferenceGate.Buffer()
    private var report = BacktestReport()
    private var counts: [String: BacktestReport.RuleCount] = [:]
    private var drawn: [(priority: UInt64, change: BacktestReport.Change)] = []
    private var costs: RuleCosts
    private var timed = (texts: 0, nanoseconds: UInt64(0))
    private var begun: UInt64
    private var judgingNanoseconds: UInt64 = 0
    private var isNeutral = false

    /// Begins; without a gate every text is judged by both versions.
    public init(old: TextAnalyser, new: TextAnalyser, gate: DifferenceGate?, options: Options = Options()) {
        self.old = old
        self.new = new
        self.gate = options.isWhole ? nil : gate
        self.options = options
        costs = RuleCosts(new.matcher)
        begun = Self.now()
    }

    /// Judges one text; `lines` are the byte ranges of its lines where it is an utterance of several messages.
    public func take(_ text: UnsafeBufferPointer<UInt8>, lines: [Range<Int>] = [], origin: @autoclosure () -> Origin) {
        oldScratch.normalize(text)
        let ordinal = report.texts
        report.texts += 1
        let isCounted = ordinal < options.wholeFirst || ordinal % 64 == 0
        if let gate, !isCounted, !gate.mayDiffer(on: oldScratch.text, &buffer) {
            report.isWhole = false
            return
        }
        judge(text, lines, ordinal, isCounted: isCounted, origin())
    }

    private func judge(
        _ text: UnsafeBufferPointer<UInt8>, _ lines: [Range<Int>], _ ordinal: Int, isCounted: Bool, _ origin: Origin
    ) {
        let before = Self.now()
        let was = old.analysis(forNormalized: text, lines: lines, scratch: oldScratch).verdict
        let between = Self.now()
        // The old lexicon may have judged the text piece by piece and left the last one's normal form behind.
        newScratch.normalize(text)
        let now = new.analysis(forNormalized: text, lines: lines, scratch: newScratch).verdict
        judgingNanoseconds += Self.now() - before
        if isCounted {
            timed = (timed.texts + 1, timed.nanoseconds + between - before)
            report.judged += 1
            if was.flagged { report.oldFlagged += 1 }
            if now.flagged { report.newFlagged += 1 }
            if ordinal % 64 == 0 { costs.add(newScratch, text) }
        }
        count(was, now, isCounted: isCounted)
        guard let kind = BacktestReport.Kind(was, now) else { return }
        report.changes[kind, default: 0] += 1
        if let topic = now.topic ?? was.topic { report.topics[topic, default: [:]][kind, default: 0] += 1 }
        draw(ordinal) {
            BacktestReport.Change(
                kind: kind, old: was, new: now, text: String(decoding: text, as: UTF8.self), origin: origin,
                ordinal: ordinal)
        }
    }

    /// Counts each rule once for a text whose flag it carries.
    private func count(_ was: Verdict, _ now: Verdict, isCounted: Bool) {
        guard was.flagged || now.flagged else { return }
        let before = was.flagged ? Set(was.evidence.map(\.rule)) : []
        let after = now.flagged ? Set(now.evidence.map(\.rule)) : []
        for rule in before.union(after) {
            var count = counts[rule] ?? BacktestReport.RuleCount(rule: rule)
            if isCounted {
                count.old += before.contains(rule) ? 1 : 0
                count.new += after.contains(rule) ? 1 : 0
            }
            if !before.contains(rule) { count.gained += 1 }
            if !after.contains(rule) { count.lost += 1 }
            counts[rule] = count
        }
    }

    /// Keeps the texts with the smallest numbers that the seed gives: each has the same chance, whatever the order.
    private func draw(_ ordinal: Int, _ change: () -> BacktestReport.Change) {
        let priority = Self.mixed(UInt64(ordinal) &+ options.seed &* 0x9E37_79B9_7F4A_7C15)
        if drawn.count >= options.sampleSize {
            guard let last = drawn.indices.max(by: { drawn[$0].priority < drawn[$1].priority }),
                priority < drawn[last].priority
            else { return }
            drawn[last] = (priority, change())
        } else {
            drawn.append((priority, change()))
        }
    }

    /// Judges a text of the neutral corpus, in which nothing is to be flagged.
    public func takeNeutral(_ text: String, origin: Origin) {
        let was = old.analysis(of: text, scratch: oldScratch).verdict
        let now = new.analysis(of: text, scratch: newScratch).verdict
        report.neutral.texts += 1
        if was.flagged { report.neutral.old += 1 }
        if now.flagged { report.neutral.new += 1 }
        guard now.flagged, !was.flagged else { return }
        report.neutralNew.append(
            BacktestReport.Change(
                kind: .new, old: was, new: now, text: text, origin: origin, ordinal: report.neutral.texts - 1))
    }

    /// Notes messages without words, and lines that could not be read.
    public func note(passedOver: Int, rejected: Int) {
        report.passedOver += passedOver
        report.rejected += rejected
    }

    /// Notes a file that could not be read.
    public func note(failure: any ExplainedError) { report.failures.append(failure) }

    /// The neutral corpus that comes with the program.
    public func takeBuiltInNeutral() {
        for (index, text) in NeutralTexts.all.enumerated() {
            takeNeutral(text, origin: Origin(file: "built-in", line: index + 1))
        }
    }

    /// Ends, and says what was found.
    public func finish() -> BacktestReport {
        for (rule, microseconds) in costs.microsecondsInAMillion {
            var count = counts[rule] ?? BacktestReport.RuleCount(rule: rule)
            count.microseconds = microseconds
            counts[rule] = count
        }
        report.rules = counts.values.sorted { $0.rule < $1.rule }
        report.sample = drawn.map(\.change).sorted { $0.ordinal < $1.ordinal }
        let all = Self.now() - begun
        report.seconds = Double(all) / 1e9
        let one = timed.texts == 0 ? 0 : Double(timed.nanoseconds) / Double(timed.texts) * Double(report.texts)
        report.classifySeconds = (Double(all - min(all, judgingNanoseconds)) + one) / 1e9
        return report
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
    private static func mixed(_ key: UInt64) -> UInt64 {
        var mixed = key
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// CPU time of this thread in nanoseconds.
    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
