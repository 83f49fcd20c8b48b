public import Casework
import Messages

/// A number of ``CaseDesk/statistics(from:through:)`` whose cases are to be listed.
public struct FigureQuery: Sendable, Equatable {
    /// Which number: those of `CaseFigures`.
    ///
    /// The raw values are those of the desk's addresses.
    public enum Figure: String, Sendable, CaseIterable {
        case received, ended, answered, satisfied, recurred, supervised
        case fiveDays = "five-days"
        case fiveWorkingDays = "five-working-days"
    }

    /// Which number.
    public var figure: Figure
    /// When the cases were received.
    public var days: ClosedRange<CivilDay>
    /// Their lead unit; nil for any.
    public var unit: Int?

    /// Names a figure of some days, 400 at most: what is asked for beyond them is left out.
    public init(_ figure: Figure, _ days: ClosedRange<CivilDay>, unit: Int? = nil) {
        self.figure = figure
        self.days = days.lowerBound...min(days.upperBound, days.lowerBound.advanced(by: 400))
        self.unit = unit
    }
}

extension CaseDesk {
    /// The cases behind a number of the figures: exactly those that it counted for the person, so no reports.
    ///
    /// Of `query` topic, area, limit, offset and place count; the view is that of all cases.
    public func cases(behind figure: FigureQuery, _ query: CaseQuery) throws -> [CaseSummary] {
        try run("list") { act in
            let person = try act.require(Self.readers)
            var query = query
            query.view = .all
            let found = try CasePage(query, person, act).cases(
                limit: query.limit, offset: query.offset, where: act.condition(figure))
            try act.log("list", "none", 0, "view=all;figure=\(figure.figure.rawValue);rows=\(found.count)")
            return found
        }
    }
}

extension CaseDesk.Act {
    /// What a figure counts, as a condition on `m`; all that is written into it is numbers of the program's own.
    fileprivate func condition(_ query: FigureQuery) throws -> String {
        let days = query.days
        var terms = [
            "m.track <> 'misconduct'", "m.received_on BETWEEN \(days.lowerBound.number) AND \(days.upperBound.number)",
        ]
        if let unit = query.unit { terms.append("m.unit_id = \(unit)") }
        switch query.figure {
        case .received: break
        case .ended: terms.append("(\(MatterEnd.day)) IS NOT NULL")
        case .fiveDays: terms.append("(\(MatterEnd.day)) - m.received_on <= 5")
        case .fiveWorkingDays: terms.append("(\(MatterEnd.day)) <= \(try lastDays(of: days))")
        case .answered:
            terms.append("EXISTS (SELECT 1 FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'reply')")
        case .satisfied:
            terms.append(
                """
                (SELECT e.reason FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'follow-up'
                  ORDER BY e.ordinal DESC LIMIT 1) = '\(ReasonCode.satisfied.rawValue)'
                """)
        case .recurred: terms.append("m.recurrence > 0")
        case .supervised: terms.append("m.supervision > 0")
        }
        return terms.joined(separator: " AND ")
    }

    /// The fifth working day after each day of reception, as the figures count them: thirty days on at most.
    private func lastDays(of days: ClosedRange<CivilDay>) throws -> String {
        let calendar = try calendar()
        var branches = ""
        var day = days.lowerBound
        while day <= min(days.upperBound, desk.today) {
            var end = day.advanced(by: 5)
            while end < day.advanced(by: 30), try calendar.workingDays(after: day, through: end.advanced(by: 1)) <= 5 {
                end = end.advanced(by: 1)
            }
            branches += " WHEN \(day.number) THEN \(end.number)"
            day = day.advanced(by: 1)
        }
        return branches.isEmpty ? "m.received_on" : "CASE m.received_on\(branches) END"
    }
}
