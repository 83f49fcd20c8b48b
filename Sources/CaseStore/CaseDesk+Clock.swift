import Casework
import Messages

/// What the clock moved, or would move.
public struct ClockReport: Sendable, Equatable {
    /// Complaints that went up a level because nobody met their term.
    public var escalated = 0
    /// Complaints over their term that stand as high as they can, or that no unit has been given: a supervisor must see to
    /// them.
    public var stuck = 0
    /// Suspended ones whose day has come.
    public var woken = 0
    /// Those that it would have moved and that another program changed, by their rows as `audit verify` names them: they stay.
    public var altered: [Int] = []

    /// Nothing moved.
    public init() {}
}

extension CaseDesk {
    /// Moves on what nobody moved: complaints over their term go up a level (上报, `overdue`), suspended ones go on.
    ///
    /// Meant for every morning. Reports of misconduct don't move by themselves: where they may go, a person decides.
    public func runClock(isTrial: Bool = false) throws -> ClockReport {
        try run("clock", "store") { act in
            if act.person != nil { _ = try act.require([.sysadmin, .supervisor]) }
            var report = ClockReport()
            for summary in try act.overdue() { try act.escalate(summary, &report, isTrial: isTrial) }
            for summary in try act.suspended() { try act.wake(summary, &report, isTrial: isTrial) }
            try act.log(
                isTrial ? "clock-trial" : "clock", "store", 0,
                "escalated=\(report.escalated);stuck=\(report.stuck);woken=\(report.woken)")
            return report
        }
    }
}

extension CaseDesk.Act {
    /// Where a case waits for somebody who handles it; before that for whoever gives it to a unit.
    private static let handled: [CaseState] = [.assigned, .inProgress, .escalated, .redo]
    private static let unrouted: [CaseState] = [.registered, .accepted, .returned]

    fileprivate func overdue() throws -> [CaseSummary] {
        let states = (Self.handled + Self.unrouted).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try session.query(
            """
            SELECT \(CaseRow.columns) FROM matter AS m WHERE m.is_open = 1 AND m.due_on < $1
              AND m.track <> 'misconduct' AND m.state IN (\(states))
            ORDER BY m.due_on, m.id
            """, [.int(desk.today.number)]
        ).map(CaseRow.summary)
    }

    fileprivate func suspended() throws -> [CaseSummary] {
        try session.query(
            "SELECT \(CaseRow.columns) FROM matter AS m WHERE m.state = 'suspended' ORDER BY m.received_on, m.id"
        ).map(CaseRow.summary)
    }

    fileprivate func escalate(_ summary: CaseSummary, _ report: inout ClockReport, isTrial: Bool) throws {
        guard let due = summary.dueOn else { return }
        let late = try calendar().workingDays(after: due, through: desk.today)
        guard late >= desk.store.configuration.escalationDays else { return }
        guard Self.handled.contains(summary.state), let unit = try summary.unit.flatMap({ try units()[$0] }) else {
            report.stuck += 1
            return
        }
        let routing = try rules().routing
        let superior = try units().values.filter {
            $0.kind.rank == unit.kind.rank.above && routing.allows($0.kind, for: summary.topic)
                && $0.covers(summary.area)
        }
        // The body that stands above the unit, else the only one that could take it; else a person must choose.
        let parents = try OrgUnit.superiors(of: unit.id, in: units())
        guard
            let target = superior.first(where: { parents.contains($0.id) }) ?? (superior.count == 1 ? superior[0] : nil)
        else {
            report.stuck += 1
            return
        }
        guard try isWhole(summary.id) else { return report.altered.append(summary.id) }
        report.escalated += 1
        if isTrial { return }
        try move(summary, by: .escalate, to: .escalated, reason: .overdue, unit: target.id)
    }

    fileprivate func wake(_ summary: CaseSummary, _ report: inout ClockReport, isTrial: Bool) throws {
        let file = CaseRow.file(summary, try CaseRow.events(of: summary.id, in: session))
        guard let day = file.last(.suspend)?.until, day <= desk.today else { return }
        guard try isWhole(summary.id) else { return report.altered.append(summary.id) }
        report.woken += 1
        if !isTrial { try move(summary, by: .resume, to: .inProgress, reason: nil, unit: nil) }
    }

    /// A step of the program's own: actor 0, by the table of states.
    private func move(
        _ summary: CaseSummary, by action: CaseAction, to state: CaseState, reason: ReasonCode?, unit: Int?
    ) throws {
        try checkWhole(summary.id)
        let seq = try log("clock-\(action.rawValue)", "case", summary.id, unit.map { "unit=\($0)" } ?? "")
        var event = CaseEvent(action, on: desk.today, from: summary.state, to: state)
        (event.reason, event.unit) = (reason, unit)
        _ = try CaseRow.insert(event, of: summary.id, audit: seq, in: session)
        try session.execute(
            """
            UPDATE matter SET state = $2, unit_id = COALESCE($3, unit_id), audit_seq = $4, version = version + 1
            WHERE id = $1
            """, [.int(summary.id), .text(state.rawValue), .int(unit), .int(seq)])
        try refreshDue(of: summary.id)
    }
}
