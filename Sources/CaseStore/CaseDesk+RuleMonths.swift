public import Casework
import Messages

/// What became of a rule's flags in one month.
public struct RuleMonth: Sendable, Equatable {
    /// Flags of complaints and suggestions in which it fired.
    ///
    /// Those of reports are in no count: it would tell of them.
    public var hits = 0
    /// Flags that became a case or were joined to one, and flags that a person dismissed; those of reports are in it, so
    /// show it as a share of many only.
    public var precision = RulePrecision()
}

extension CaseDesk {
    /// How often each rule fired and was agreed with, by the first day of the month, from a month on.
    ///
    /// Counts of verdicts on rules, of the whole store: they say nothing of a case.
    public func ruleMonths(from first: CivilDay) throws -> [String: [CivilDay: RuleMonth]] {
        try run("rule-precision") { act in
            _ = try act.require([.intake, .supervisor, .lexicon, .analyst])
            let rows = try act.session.query(
                """
                SELECT rules, day, state, CASE WHEN track = 'misconduct' THEN 1 ELSE 0 END, COUNT(*)
                FROM flag WHERE day >= $1 GROUP BY 1, 2, 3, 4
                """, [.int(CaseStore.firstOfMonth(first.number))])
            var months: [String: [CivilDay: RuleMonth]] = [:]
            for row in rows {
                let (state, count): (FlagState, Int) = (try row.choice(2), try row.int(4))
                let month = CivilDay(CaseStore.firstOfMonth(try row.int(1)))
                let isReport = try row.int(3) == 1
                for rule in try FlagRow.list(row, 0) {
                    var one = months[rule]?[month] ?? RuleMonth()
                    if !isReport { one.hits += count }
                    switch state {
                    case .confirmed, .joined: one.precision.confirmed += count
                    case .dismissed: one.precision.dismissed += count
                    default: break
                    }
                    months[rule, default: [:]][month] = one
                }
            }
            try act.log("rule-precision")
            return months
        }
    }
}
