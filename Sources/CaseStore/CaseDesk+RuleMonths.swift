public import Casework
import Messages

/// What became of a rule's flags in one month.
public struct RuleMonth: Sendable, Equatable {
    /// Flags of complaints and suggestions in which it fired; nil where there were fewer than five.
    ///
    /// Those of reports are in no count: it would tell of them.
    public var hits: Int? = 0
    /// How often people agreed with it; nil where too few were decided.
    public var share: RuleShare?
}

extension CaseDesk {
    /// How often each rule fired and was agreed with, by the first day of the month, from a month on.
    ///
    /// Of the whole store, so no figure of few and none of reports: see ``RuleShare``.
    public func ruleMonths(from first: CivilDay) throws -> [String: [CivilDay: RuleMonth]] {
        try run("rule-precision") { act in
            let person = try act.require(Self.ruleReaders)
            let rows = try act.session.query(
                """
                SELECT rules, day, state, CASE WHEN track = 'misconduct' THEN 1 ELSE 0 END, COUNT(*)
                FROM flag WHERE day >= $1 GROUP BY 1, 2, 3, 4
                """, [.int(CaseStore.firstOfMonth(first.number))])
            var months: [String: [CivilDay: (hits: Int, count: RuleCount)]] = [:]
            for row in rows {
                let (state, count): (FlagState, Int) = (try row.choice(2), try row.int(4))
                let month = CivilDay(CaseStore.firstOfMonth(try row.int(1)))
                let isReport = try row.int(3) == 1
                for rule in try FlagRow.list(row, 0) {
                    var one = months[rule]?[month] ?? (0, RuleCount())
                    if !isReport { one.hits += count }
                    one.count.add(count, state, isReport: isReport)
                    months[rule, default: [:]][month] = one
                }
            }
            try act.log("rule-precision")
            let isReviewer = Self.flagReaders.contains(person.role)
            // A month in which it fired in reports alone is no month.
            return months.mapValues { months in
                months.compactMapValues { one in
                    let share = one.count.share(forReviewer: isReviewer)
                    guard one.hits > 0 || share != nil else { return nil }
                    return RuleMonth(hits: (1..<5).contains(one.hits) ? nil : one.hits, share: share)
                }
            }.filter { !$0.value.isEmpty }
        }
    }
}
