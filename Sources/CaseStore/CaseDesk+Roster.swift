public import Casework
import Messages

/// Who is on duty in a body, from one day to another (值班).
public struct DutyTurn: Sendable, Equatable {
    /// The body.
    public var unit: Int
    /// Who is on duty.
    public var staff: Int
    /// From the first day to the last.
    public var days: ClosedRange<CivilDay>

    /// Names a turn.
    public init(unit: Int, staff: Int, days: ClosedRange<CivilDay>) {
        self.unit = unit
        self.staff = staff
        self.days = days
    }
}

extension CaseDesk {
    /// Puts somebody on duty in a body: its own people do so, or a supervisor or administrator.
    ///
    /// Whoever is on duty takes the first step on what comes in; the body's other people may, too.
    public func setDuty(_ turn: DutyTurn) throws {
        try run("duty-set", "unit", turn.unit) { act in
            try act.requireRosterKeeper(of: turn.unit)
            guard try act.units()[turn.unit] != nil else { throw DeskError(.noSuchUnit(turn.unit)) }
            guard let member = try Staff.member(turn.staff, in: act.session), member.unit.id == turn.unit else {
                throw DeskError(.noSuchStaff(turn.staff))
            }
            guard turn.days.upperBound.number - turn.days.lowerBound.number <= 366 else {
                throw DeskError(.badField("to"))
            }
            try act.session.execute(
                """
                INSERT INTO duty_roster (unit_id, staff_id, first_day, last_day) VALUES ($1, $2, $3, $4)
                ON CONFLICT (unit_id, first_day, staff_id) DO UPDATE SET last_day = excluded.last_day
                """,
                [
                    .int(turn.unit), .int(turn.staff), .int(turn.days.lowerBound.number),
                    .int(turn.days.upperBound.number),
                ])
            try act.log("duty-set", "unit", turn.unit, "staff=\(turn.staff)")
        }
    }

    /// Takes a turn of duty out of the roster; it is named by its first day.
    public func endDuty(unit: Int, staff: Int, from day: CivilDay) throws {
        try run("duty-end", "unit", unit) { act in
            try act.requireRosterKeeper(of: unit)
            let ended = try act.session.execute(
                "DELETE FROM duty_roster WHERE unit_id = $1 AND staff_id = $2 AND first_day = $3",
                [.int(unit), .int(staff), .int(day.number)])
            guard ended == 1 else { throw DeskError(.badField("from")) }
            try act.log("duty-end", "unit", unit, "staff=\(staff)")
        }
    }

    /// The turns that touch some days, by day and body.
    public func dutyRoster(_ days: ClosedRange<CivilDay>) throws -> [DutyTurn] {
        try store.read { session in
            try session.query(
                """
                SELECT d.unit_id, d.staff_id, d.first_day, d.last_day FROM duty_roster AS d
                  JOIN staff AS s ON s.id = d.staff_id
                WHERE s.ended_on IS NULL AND d.first_day <= $2 AND d.last_day >= $1
                ORDER BY d.first_day, d.unit_id, d.staff_id
                """, [.int(days.lowerBound.number), .int(days.upperBound.number)]
            ).map {
                DutyTurn(
                    unit: try $0.int(0), staff: try $0.int(1),
                    days: CivilDay(try $0.int(2))...CivilDay(max(try $0.int(2), try $0.int(3))))
            }
        }
    }
}

extension CaseDesk.Act {
    fileprivate func requireRosterKeeper(of unit: Int) throws {
        if let person, person.unit.id == unit { return }
        if person == nil { try requireAdministrator() } else { _ = try require([.supervisor, .sysadmin]) }
    }

    /// Who is on duty in a body on a day.
    func onDuty(in unit: Int, on day: CivilDay) throws -> [Int] {
        try session.query(
            """
            SELECT DISTINCT d.staff_id FROM duty_roster AS d JOIN staff AS s ON s.id = d.staff_id
            WHERE d.unit_id = $1 AND d.first_day <= $2 AND d.last_day >= $2 AND s.ended_on IS NULL ORDER BY d.staff_id
            """, [.int(unit), .int(day.number)]
        ).map { try $0.int(0) }
    }
}
