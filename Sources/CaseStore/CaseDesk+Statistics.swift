public import Casework
public import Messages

/// The figures of one place, topic and month.
public struct CaseStatistic: Sendable, Equatable {
    /// The 12-digit code of the village, or of a place above it.
    public var area: String
    /// The topic.
    public var topic: Topic
    /// The first day of the month in which the cases were received.
    public var month: CivilDay
    /// The lead unit; nil while none is.
    public var unit: Int?
    /// What was counted.
    public var figures: CaseFigures
}

/// How many reports of misconduct a county had in a quarter on one topic.
public struct ReportStatistic: Sendable, Equatable {
    /// The topic.
    public var topic: Topic
    /// The first day of the quarter.
    public var quarter: CivilDay
    /// How many, five at least; nil where there were fewer.
    public var count: Int?
}

/// The yearly report on petitions and complaints (信访工作条例 41).
public struct YearReport: Sendable, Equatable {
    /// The year.
    public var year: Int
    /// Complaints and suggestions by topic.
    public var topics: [Topic: CaseFigures]
    /// By where they came from.
    public var sources: [CaseSource: Int]
    /// By the lead unit, the most complained-of first; each with what came back and what was supervised.
    public var units: [(unit: Int, figures: CaseFigures)]
    /// Passed on to other organs (转送), assigned to units (交办), under supervision (督办), escalated (上报), declined.
    public var acts: [CaseAction: Int]
    /// Suggestions received, and of those the ones that were answered.
    public var suggestions: (received: Int, answered: Int)

    /// Compares by value.
    public static func == (left: YearReport, right: YearReport) -> Bool {
        left.year == right.year && left.topics == right.topics && left.sources == right.sources
            && left.units.elementsEqual(right.units, by: { $0 == $1 }) && left.acts == right.acts
            && left.suggestions == right.suggestions
    }
}

extension CaseDesk {
    /// Who sees figures.
    private static let figureReaders: Set<StaffRole> = readers.union([.analyst])

    /// Figures of the complaints and suggestions that the person may see, by place, topic, month and unit.
    ///
    /// An analyst sees the county's without its cases: by township, and no cell of under five. Reports are not in it: see
    /// ``reportStatistics()``.
    public func statistics(from first: CivilDay, through last: CivilDay) throws -> [CaseStatistic] {
        try run("statistics") { act in
            let person = try act.require(Self.figureReaders)
            let found = try act.statistics(first...max(first, last), for: person)
            try act.log("statistics", "none", 0, "rows=\(found.count)")
            return found
        }
    }

    /// Reports by topic and quarter: of the whole county, a quarter late, never a figure under five.
    ///
    /// Everybody is told the same: figures that left out what the wall hides from a person would tell that person of it.
    public func reportStatistics() throws -> [ReportStatistic] {
        try run("statistics") { act in
            let person = try act.require([.intake, .inspector, .supervisor, .analyst])
            let county = String(person.unit.area.prefix(person.unit.kind.rank.digits))
            let begin = today.quarterStart
            // The last quarter isn't over for long enough: only those before it count.
            let end = begin.advanced(by: -1).quarterStart.number
            let rows = try act.session.query(
                """
                SELECT topic, received_on, COUNT(*) FROM matter
                WHERE track = 'misconduct' AND received_on < $1 AND state <> 'forwarded_up'
                  AND substr(area_code, 1, length($2)) = $2
                GROUP BY topic, received_on
                """, [.int(end), .text(county)])
            var counts: [ReportStatistic.Cell: Int] = [:]
            for row in rows {
                let cell = ReportStatistic.Cell(
                    topic: try row.choice(0), quarter: CivilDay(try row.int(1)).quarterStart)
                counts[cell, default: 0] += try row.int(2)
            }
            try act.log("statistics", "none", 0, "track=b")
            return counts.sorted { $0.key < $1.key }.map { cell, count in
                ReportStatistic(topic: cell.topic, quarter: cell.quarter, count: count >= 5 ? count : nil)
            }
        }
    }

    /// The report of a year over what the person may see.
    public func yearReport(_ year: Int) throws -> YearReport {
        guard let first = CivilDay(year: year, month: 1, day: 1), let last = CivilDay(year: year, month: 12, day: 31)
        else { throw DeskError(.badField("year")) }
        return try run("year-report") { act in
            let person = try act.require(Self.figureReaders.subtracting([.handler]))
            var report = YearReport(year: year, topics: [:], sources: [:], units: [], acts: [:], suggestions: (0, 0))
            var units: [Int: CaseFigures] = [:]
            for row in try act.statistics(first...last, for: person) {
                report.topics[row.topic, default: CaseFigures()] += row.figures
                if let unit = row.unit { units[unit, default: CaseFigures()] += row.figures }
                if row.topic == .suggestion {
                    report.suggestions.received += row.figures.received
                    report.suggestions.answered += row.figures.answered
                }
            }
            report.units = units.sorted { ($1.value.received, $0.key) < ($0.value.received, $1.key) }
                .map { (unit: $0.key, figures: $0.value) }
            let scope = act.figureScope(first...last, for: person)
            for row in try act.session.query(
                "SELECT m.source, COUNT(*) FROM \(scope.table) WHERE \(scope.condition) GROUP BY m.source", scope.values
            ) {
                report.sources[try row.choice(0)] = try row.int(1)
            }
            for row in try act.session.query(
                """
                SELECT e.action, COUNT(DISTINCT m.id) FROM \(scope.table) JOIN matter_event AS e ON e.matter_id = m.id
                WHERE \(scope.condition) AND e.action IN ('transfer', 'assign', 'supervise', 'escalate', 'decline')
                GROUP BY e.action
                """, scope.values)
            {
                report.acts[try row.choice(0)] = try row.int(1)
            }
            if person.role == .analyst {
                report.sources = report.sources.filter { $0.value >= 5 }
                report.acts = report.acts.filter { $0.value >= 5 }
            }
            try act.log("year-report", "none", 0, "year=\(year)")
            return report
        }
    }
}

extension ReportStatistic {
    fileprivate struct Cell: Hashable, Comparable {
        var topic: Topic
        var quarter: CivilDay

        static func < (left: Cell, right: Cell) -> Bool {
            (left.quarter, left.topic.rawValue) < (right.quarter, right.topic.rawValue)
        }
    }
}

extension CaseDesk.Act {
    /// What figures are made of for a person.
    func figureScope(
        _ days: ClosedRange<CivilDay>, for person: StaffMember
    ) -> (table: String, condition: String, values: [SQLValue]) {
        let range: [SQLValue] = [.int(days.lowerBound.number), .int(days.upperBound.number)]
        let period = "m.track <> 'misconduct' AND m.received_on BETWEEN $1 AND $2"
        if person.role == .analyst {
            let prefix = String(person.unit.area.prefix(person.unit.kind.rank.digits))
            return ("matter AS m", period + " AND substr(m.area_code, 1, length($3)) = $3", range + [.text(prefix)])
        }
        return ("readable_matter AS m", period + " AND m.staff_id = $3", range + [.int(person.id)])
    }

    fileprivate func statistics(
        _ days: ClosedRange<CivilDay>, for person: StaffMember
    ) throws -> [CaseStatistic] {
        struct Cell: Hashable {
            var area: String
            var topic: Topic
            var month: CivilDay
            var unit: Int?
        }
        let scope = figureScope(days, for: person)
        let calendar = try calendar()
        let isCoarse = person.role == .analyst
        var cells: [Cell: CaseFigures] = [:]
        for row in try session.query(
            """
            SELECT m.area_code, m.topic, m.unit_id, m.received_on, \(MatterEnd.day), m.recurrence, m.supervision,
              (SELECT MIN(e.day) FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'reply'),
              (SELECT e.reason FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'follow-up'
                ORDER BY e.ordinal DESC LIMIT 1)
            FROM \(scope.table) WHERE \(scope.condition)
            """, scope.values)
        {
            let received = CivilDay(try row.int(3))
            let area = try row.text(0)
            let cell = Cell(
                area: isCoarse ? area.prefix(9) + "000" : area, topic: try row.choice(1),
                month: CivilDay(CaseStore.firstOfMonth(received.number)), unit: isCoarse ? nil : try row.intOrNil(2))
            let item = CaseFigures.Item(
                receivedOn: received, endedOn: try row.intOrNil(4).map { CivilDay($0) },
                answeredOn: try row.intOrNil(7).map { CivilDay($0) }, recurrences: try row.int(5),
                supervision: Supervision(rawValue: try row.int(6)) ?? .none,
                followUp: try row.textOrNil(8).flatMap(ReasonCode.init(rawValue:)))
            try cells[cell, default: CaseFigures()].add(item, calendar: calendar)
        }
        return cells.filter { !isCoarse || $0.value.received >= 5 }.map {
            CaseStatistic(area: $0.area, topic: $0.topic, month: $0.month, unit: $0.unit, figures: $1)
        }.sorted {
            ($0.month, $0.area, $0.topic.rawValue, $0.unit ?? 0) < ($1.month, $1.area, $1.topic.rawValue, $1.unit ?? 0)
        }
    }
}
