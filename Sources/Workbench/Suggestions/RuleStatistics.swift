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
        /// Flags that it stands in.
        public var hits = 0
        /// Those that became a case or were joined to one.
        public var confirmed = 0
        /// Those that were dismissed, by the code of the reason; also those that wait for the second reader.
        public var dismissed: [String: Int] = [:]
        /// Those that wait, died undecided or went up.
        public var undecided = 0
        /// Hits by month (`YYYY-MM`).
        public var months: [String: Int] = [:]
        /// The last day or, of erased flags, month: days since 1970-01-01; nil without a hit.
        public var lastDay: Int?
        /// The rule that stands in the same flags most often, and in what share of this one's.
        public var companion: (rule: String, together: Int)?

        /// All that were dismissed.
        public var dismissedCount: Int { dismissed.values.reduce(0, +) }
        /// Of those decided, how many were confirmed, with Wilson's interval.
        public var precision: Proportion { Proportion(confirmed, of: confirmed + dismissedCount) }
        /// True when it never fired without its companion, in three flags or more.
        public var firesOnlyTogether: Bool { hits >= 3 && companion?.together == hits }
        /// True for a rule of the lexicon that no flag names.
        public var isDead: Bool { isInLexicon && hits == 0 }
    }

    /// The lines.
    public let lines: [Line]
    /// The number of flags looked at.
    public let flags: Int

    /// Counts.
    public init(_ flags: [JudgedFlag], lexicon: Lexicon) {
        var lines: [String: Line] = [:]
        for rule in lexicon.rules {
            guard case .evidence = rule.effect else { continue }
            lines[rule.id] = Line(rule: rule.id, isInLexicon: true)
        }
        var pairs: [String: [String: Int]] = [:]
        for flag in flags {
            for rule in Set(flag.rules) {
                var line = lines[rule] ?? Line(rule: rule, isInLexicon: false)
                line.hits += 1
                line.months[Self.month(of: flag.day), default: 0] += 1
                line.lastDay = max(line.lastDay ?? 0, flag.day)
                switch flag.outcome {
                case .confirmed, .joined: line.confirmed += 1
                case .dismissed: line.dismissed[flag.reason ?? "other", default: 0] += 1
                case .new, .claimed, .forwardedUp, .expired: line.undecided += 1
                }
                lines[rule] = line
                for other in Set(flag.rules) where other != rule { pairs[rule, default: [:]][other, default: 0] += 1 }
            }
        }
        for (rule, others) in pairs {
            guard let best = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { continue }
            lines[rule]?.companion = (best.key, best.value)
        }
        self.lines = lines.values.sorted { $0.rule < $1.rule }
        self.flags = flags.count
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
