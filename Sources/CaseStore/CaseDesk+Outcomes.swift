public import Casework
import Messages

/// What came of matters of one kind: counts, never a name.
public struct OutcomeStatistic: Sendable, Equatable {
    /// True for reports of misconduct.
    public var isReport: Bool
    /// What kind of problem it was (责任, 作风, 腐败).
    public var problem: CaseResolution.Problem
    /// The gravest measure.
    public var measure: CaseResolution.Measure
    /// How many cases; nil where there were fewer than may be told.
    public var cases: Int?
    /// How many officials were dealt with; nil with the cases.
    public var officials: Int?
    /// How many yuan were given back or paid out; nil with the cases.
    public var returned: Int?
    /// In how many a gap of the rules made it possible; nil with the cases.
    public var gaps: Int?
}

/// From demands to clues to people (漏斗), over some days.
public struct OutcomeReport: Sendable, Equatable {
    /// Complaints and suggestions received, and of those ended.
    public var received: Int
    public var ended: Int
    /// Reports of misconduct received, and of those found wholly or partly true; nil below five.
    public var reports: Int?
    public var substantiated: Int?
    /// What came of them.
    public var rows: [OutcomeStatistic]
}

extension CaseDesk {
    /// What came of the matters that were received between two days.
    ///
    /// Complaints: those that the person may see; for an analyst the county's, no cell under five. Reports: the whole
    /// county's for everybody alike, of whole quarters before the last, from cells of five at least.
    public func outcomes(from first: CivilDay, through last: CivilDay) throws -> OutcomeReport {
        try run("outcomes") { act in
            let person = try act.require([.intake, .inspector, .supervisor, .analyst])
            let report = try act.outcomes(first...max(first, last), for: person)
            try act.log("outcomes", "none", 0, "rows=\(report.rows.count)")
            return report
        }
    }
}

extension CaseDesk.Act {
    fileprivate func outcomes(_ days: ClosedRange<CivilDay>, for person: StaffMember) throws -> OutcomeReport {
        let own = figureScope(days, for: person)
        let ends = try session.query(
            "SELECT COUNT(*), COUNT(\(MatterEnd.day)) FROM \(own.table) WHERE \(own.condition)", own.values)[0]
        var report = OutcomeReport(
            received: try ends.int(0), ended: try ends.int(1), reports: nil, substantiated: nil,
            rows: try complaintRows(own, isCoarse: person.role == .analyst))
        // Only whole quarters, and the last isn't over for long enough: else two questions give a smaller figure.
        let first =
            days.lowerBound.quarterStart == days.lowerBound
            ? days.lowerBound : days.lowerBound.quarterEnd.advanced(by: 1)
        let ended =
            days.upperBound.quarterEnd == days.upperBound
            ? days.upperBound : days.upperBound.quarterStart.advanced(by: -1)
        let last = min(ended, desk.today.quarterStart.advanced(by: -1).quarterStart.advanced(by: -1))
        guard first <= last else { return report }
        try add(reportsOf: first...last, in: String(person.unit.area.prefix(person.unit.kind.rank.digits)), to: &report)
        return report
    }

    private func complaintRows(
        _ scope: (table: String, condition: String, values: [SQLValue]), isCoarse: Bool
    ) throws -> [OutcomeStatistic] {
        try session.query(
            """
            SELECT o.problem, o.measure, COUNT(*), SUM(o.officials), SUM(o.returned), SUM(o.has_gap)
            FROM \(scope.table) JOIN matter_outcome AS o ON o.matter_id = m.id WHERE \(scope.condition)
            GROUP BY o.problem, o.measure ORDER BY o.problem, o.measure
            """, scope.values
        ).map { row in
            let isTold = try !isCoarse || row.int(2) >= 5
            func figure(_ column: Int) throws -> Int? { isTold ? try row.int(column) : nil }
            return OutcomeStatistic(
                isReport: false, problem: try row.choice(0), measure: try row.choice(1), cases: try figure(2),
                officials: try figure(3), returned: try figure(4), gaps: try figure(5))
        }
    }

    /// Adds the county's reports: sums of cells of a quarter that are five at least, so that no difference of two answers is
    /// less.
    private func add(
        reportsOf days: ClosedRange<CivilDay>, in county: String, to report: inout OutcomeReport
    ) throws {
        struct Cell: Hashable {
            var quarter: CivilDay
            var name: String
        }
        var (topics, found, outcomes): ([Cell: Int], [Cell: Int], [Cell: [Int]]) = ([:], [:], [:])
        for row in try session.query(
            """
            SELECT m.received_on, m.topic, o.problem, o.measure, o.officials, o.returned, o.has_gap,
              (SELECT COUNT(*) FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'result'
                AND e.reason IN ('substantiated', 'partly'))
            FROM matter AS m LEFT JOIN matter_outcome AS o ON o.matter_id = m.id
            WHERE m.track = 'misconduct' AND m.state <> 'forwarded_up' AND m.received_on BETWEEN $1 AND $2
              AND substr(m.area_code, 1, length($3)) = $3
            """, [.int(days.lowerBound.number), .int(days.upperBound.number), .text(county)])
        {
            let quarter = CivilDay(try row.int(0)).quarterStart
            let topic = Cell(quarter: quarter, name: try row.text(1))
            topics[topic, default: 0] += 1
            if try row.int(7) > 0 { found[topic, default: 0] += 1 }
            guard let problem = try row.textOrNil(2) else { continue }
            let cell = Cell(quarter: quarter, name: problem + "|" + (try row.text(3)))
            let figures = [1, try row.int(4), try row.int(5), try row.int(6)]
            outcomes[cell] = zip(outcomes[cell] ?? [0, 0, 0, 0], figures).map(+)
        }
        let told = topics.filter { $0.value >= 5 }
        let (all, proved) = (told.values.reduce(0, +), told.keys.reduce(0) { $0 + (found[$1] ?? 0) })
        if all > 0 { report.reports = all }
        if proved >= 5, all == proved || all - proved >= 5 { report.substantiated = proved }
        var sums: [String: [Int]] = [:]
        for (cell, figures) in outcomes where figures[0] >= 5 {
            sums[cell.name] = zip(sums[cell.name] ?? [0, 0, 0, 0], figures).map(+)
        }
        for (name, figures) in sums.sorted(by: { $0.key < $1.key }) {
            let parts = name.split(separator: "|").map(String.init)
            guard parts.count == 2, let problem = CaseResolution.Problem(rawValue: parts[0]),
                let measure = CaseResolution.Measure(rawValue: parts[1])
            else { continue }
            report.rows.append(
                OutcomeStatistic(
                    isReport: true, problem: problem, measure: measure, cases: figures[0], officials: figures[1],
                    returned: figures[2], gaps: figures[3]))
        }
    }
}
