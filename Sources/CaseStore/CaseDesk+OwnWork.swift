public import Casework
public import Messages

extension CaseDesk {
    /// Puts a case off until a day: it leaves the person's own queues (`open`, `mine`) for `snoozed`.
    ///
    /// No term stops, nobody else's queue changes, and what is due stays in `yellow` and `red`. A day of today or before
    /// ends it.
    public func snooze(_ number: String, until day: CivilDay) throws {
        try run("snooze") { act in
            let person = try act.require(Self.readers)
            let (summary, _) = try act.load(number, for: person)
            guard day <= today.advanced(by: 365) else { throw DeskError(.badField("until")) }
            if day > today {
                try act.session.execute(
                    """
                    INSERT INTO snooze (staff_id, matter_id, until_day) VALUES ($1, $2, $3)
                    ON CONFLICT (staff_id, matter_id) DO UPDATE SET until_day = excluded.until_day
                    """, [.int(person.id), .int(summary.id), .int(day.number)])
            } else {
                try act.session.execute(
                    "DELETE FROM snooze WHERE staff_id = $1 AND matter_id = $2", [.int(person.id), .int(summary.id)])
            }
            try act.log("snooze", "case", summary.id, "until=\(day)")
        }
    }

    /// Writes down that a case's page was printed, where a face makes the page itself; ``sheet(of:recipient:purpose:)``
    /// is for what goes to somebody.
    public func logPrint(_ number: String) throws {
        try run("print") { act in
            let person = try act.require(Self.readers)
            let (summary, _) = try act.load(number, for: person)
            try act.log("print", "case", summary.id)
        }
    }

    /// Registers a group as a person: who declared which group official is on record.
    public func add(_ group: RegisteredGroup) throws {
        try run("group-add", "store") { act in
            _ = try act.require([.intake, .supervisor, .sysadmin])
            try act.log("group-add", "store")
        }
        try store.add(group)
    }

    /// Hands a person's open reports to another, when the person leaves, has left, or goes on holiday.
    ///
    /// The wall is asked anew for each: what the other may not see stays where it is, or goes to somebody of the same
    /// role who may. The answer counts what was handed over and what nobody could take; their numbers are not said.
    public func handOver(from staff: Int, to other: Int) throws -> (handed: Int, left: Int) {
        try run("staff-hand-over", "staff", staff) { act in
            _ = try act.require([.supervisor])
            guard let taker = try Staff.member(other, in: act.session), Self.readers.contains(taker.role),
                taker.role != .handler
            else { throw DeskError(.noSuchStaff(other)) }
            guard staff != other else { throw DeskError(.badField("to")) }
            let result = try act.handOver(from: staff, to: [other])
            try act.log("staff-hand-over", "staff", staff, "to=\(other);cases=\(result.handed);left=\(result.left)")
            return result
        }
    }

    /// How many open reports nobody on the desk can take further: each must be given to somebody, handed over, or go up.
    ///
    /// Nobody reads it whose step is the next by the table of states, or it is in the hand of somebody who left and no
    /// other of that role has it. Only their number is told, to those who can mend it: of a report that the wall keeps
    /// from a supervisor only where it keeps it from every other one, too.
    public func orphanCount() throws -> Int {
        try run("orphans") { act in
            let person = try act.require([.supervisor])
            let movers = CaseState.allCases.filter(\.isOpen).compactMap { state -> String? in
                let roles = CaseTransition.movers(of: state).map { "'\($0.rawValue)'" }.sorted()
                return roles.isEmpty
                    ? nil : "m.state = '\(state.rawValue)' AND s.role IN (\(roles.joined(separator: ", ")))"
            }
            let reader = "SELECT 1 FROM readable_matter AS r JOIN staff AS s ON s.id = r.staff_id WHERE r.id = m.id"
            let count = try act.session.query(
                """
                SELECT COUNT(*) FROM matter AS m WHERE m.is_open = 1 AND m.track = 'misconduct'
                  AND (NOT EXISTS (\(reader) AND (\(movers.joined(separator: " OR "))))
                    OR EXISTS (SELECT 1 FROM assignment AS a JOIN staff AS g ON g.id = a.staff_id
                      WHERE a.matter_id = m.id AND a.ended_on IS NULL AND g.ended_on IS NOT NULL
                        AND NOT EXISTS (\(reader) AND s.role = g.role)))
                  AND (NOT EXISTS (SELECT 1 FROM wall AS w WHERE w.staff_id = $1 AND w.matter_id = m.id)
                    OR NOT EXISTS (SELECT 1 FROM staff AS o WHERE o.role = 'supervisor' AND o.ended_on IS NULL
                      AND NOT EXISTS (SELECT 1 FROM wall AS w WHERE w.staff_id = o.id AND w.matter_id = m.id)))
                """, [.int(person.id)])[0].int(0)
            try act.log("orphans", "none", 0, "rows=\(count)")
            return count
        }
    }
}

extension CaseDesk.Act {
    /// Gives what a person has in hand to the first of some others whom the wall lets through.
    func handOver(from staff: Int, to others: [Int]) throws -> (handed: Int, left: Int) {
        let cases = try session.query(
            """
            SELECT a.matter_id FROM assignment AS a JOIN matter AS m ON m.id = a.matter_id
            WHERE a.staff_id = $1 AND a.ended_on IS NULL AND m.is_open = 1 ORDER BY a.matter_id
            """, [.int(staff)])
        var result = (handed: 0, left: 0)
        for row in cases {
            let matter = try row.int(0)
            try checkWhole(matter)
            if try give(matter, toOneOf: others) == nil {
                result.left += 1
                continue
            }
            try session.execute(
                "UPDATE assignment SET ended_on = $3 WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
                [.int(matter), .int(staff), .int(desk.today.number)])
            try log("assign", "case", matter, "from=\(staff)")
            result.handed += 1
        }
        return result
    }

    /// Gives a case to the first of some people who may then read it; nil when none may.
    func give(_ matter: Int, toOneOf people: [Int]) throws -> Int? {
        for person in people {
            let had = try isReadable(matter, by: person)
            try assign(matter, to: person)
            if try isReadable(matter, by: person) { return person }
            if !had {
                try session.execute(
                    "DELETE FROM assignment WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
                    [.int(matter), .int(person)])
            }
        }
        return nil
    }
}
