public import CaseStore
public import Lexicons
internal import Messages

/// How each rule has fared with reviewers: hits, verdicts, precision with its interval, trend, company.
///
/// - Input: flags with their rules and outcomes, as the store keeps them after their words are gone.
/// - Output: one line for each rule of the lexicon and each rule that a flag names, sorted by id.
public struct RuleStatistics: Sendable {
    /// One rule.
    public struct Line: Sendable {
        /// Its id.
        public var rule: String
        /// True when the lexicon has it.
        public var isInLexicon: Bool
        /// True for a rule on misconduct where reports are not counted: it may have fired.
        public var isUntold = false
        /// Flags that it stands in; nil, as with every count here, where there are one to four and few are not told.
        public var hits: Int? = 0
        /// Those that became a case or were joined to one.
        public var confirmed: Int? = 0
        /// Those that were dismissed, by the code of the reason; also those that wait for the second reader.
        public var dismissed: [String: Int?] = [:]
        /// All that were dismissed.
        public var dismissedCount: Int? = 0
        /// Those that wait, died undecided or went up.
        public var undecided: Int? = 0
        /// Hits by month (`YYYY-MM`).
        public var months: [String: Int?] = [:]
        /// The last day or, of erased flags, month: days since 1970-01-01; nil without a hit, or with too few.
        public var lastDay: Int?
        /// The rule that stands in the same flags most often, and in how many of this one's; nil where those are too few.
        public var companion: (rule: String, together: Int)?
        /// Of those decided, how many were confirmed, with Wilson's interval; without a value where too few are told.
        public var precision = Proportion(0, of: 0)
        /// The same in tenths, from twenty decisions on, where only that may be told.
        public var share: RuleShare?
        /// True when it never fired without its companion, in three flags or more.
        public var firesOnlyTogether: Bool { hits.map { $0 >= 3 && companion?.together == $0 } ?? false }
        /// True for a rule of the lexicon that no flag names.
        public var isDead: Bool { isInLexicon && !isUntold && hits == 0 }
    }

    /// What is counted of a rule before it is told.
    private struct Count {
        var hits = 0
        var confirmed = 0
        var dismissed: [String: Int] = [:]
        var undecided = 0
        var months: [String: Int] = [:]
        var lastDay: Int?
    }

    /// The lines.
    public let lines: [Line]
    /// The number of flags looked at.
    public let flags: Int

    /// Counts what the store tells.
    public init(_ outcomes: RuleOutcomes, lexicon: Lexicon) {
        let flags = outcomes.flags
        var lines: [String: Line] = [:]
        for rule in lexicon.rules {
            guard case .evidence(let topic, _, _) = rule.effect else { continue }
            lines[rule.id] = Line(rule: rule.id, isInLexicon: true)
            lines[rule.id]?.isUntold = !outcomes.isWhole && topic.track == .misconduct
        }
        var counts: [String: Count] = [:]
        var pairs: [String: [String: Int]] = [:]
        for flag in flags {
            for rule in Set(flag.rules) {
                var count = counts[rule] ?? Count()
                count.hits += 1
                count.months[Self.month(of: flag.day), default: 0] += 1
                count.lastDay = max(count.lastDay ?? 0, flag.day)
                switch flag.outcome {
                case .confirmed, .joined: count.confirmed += 1
                case .dismissed: count.dismissed[flag.reason ?? "other", default: 0] += 1
                case .new, .claimed, .forwardedUp, .expired: count.undecided += 1
                }
                counts[rule] = count
                for other in Set(flag.rules) where other != rule { pairs[rule, default: [:]][other, default: 0] += 1 }
            }
        }
        for (rule, count) in counts {
            var line = lines[rule] ?? Line(rule: rule, isInLexicon: false)
            Self.tell(count, in: &line, few: outcomes.isWhole)
            lines[rule] = line
        }
        for (rule, others) in pairs {
            guard let best = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
                Self.told(best.value, few: outcomes.isWhole) != nil
            else { continue }
            lines[rule]?.companion = (best.key, best.value)
        }
        self.lines = lines.values.sorted { $0.rule < $1.rule }
        self.flags = flags.count
    }

    private static func told(_ count: Int, few: Bool) -> Int? { few || count == 0 || count >= 5 ? count : nil }

    /// Writes down what may be told of a count; `few` says that one to four may.
    private static func tell(_ count: Count, in line: inout Line, few: Bool) {
        let dismissed = count.dismissed.values.reduce(0, +)
        line.hits = told(count.hits, few: few)
        line.confirmed = told(count.confirmed, few: few)
        line.dismissed = count.dismissed.mapValues { told($0, few: few) }
        line.dismissedCount = told(dismissed, few: few)
        line.undecided = told(count.undecided, few: few)
        line.months = count.months.mapValues { told($0, few: few) }
        if line.hits != nil { line.lastDay = count.lastDay }
        if line.confirmed != nil, line.dismissedCount != nil, line.undecided != nil {
            line.precision = Proportion(count.confirmed, of: count.confirmed + dismissed)
        } else {
            line.share = RuleShare(confirmed: count.confirmed, dismissed: dismissed)
        }
    }

    /// `YYYY-MM` of a day since 1970-01-01 (after Hinnant, "chrono-compatible low-level date algorithms").
    static func month(of day: Int) -> String {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return "\(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))-\(month < 10 ? "0" : "")\(month)"
    }
}
