import Casework
import Messages

/// Whom a report speaks of, and who at the county has it.
extension CaseDesk.Act {
    /// Puts down who is spoken of; with nobody named it is the village, its township, and the bodies of what became them.
    func raiseWall(of matter: Int, area: String, accused: [CaseView.Accused]) throws {
        var accused = accused
        if accused.isEmpty {
            accused.append(.init(unit: try unit(.village, area: area)))
            let township = String(area.prefix(9)) + "000"
            accused.append(.init(unit: try unit(.townshipGovernment, area: township)))
            // Who led the village before a merger is still whom its people speak of; only bodies that are there, as a new one
            // would tell of a report.
            let former = Set(try formerAreas(of: area, alsoSplit: true) + formerAreas(of: township, alsoSplit: true))
            let bodies = try units().values.filter { former.contains($0.area) && Self.accusable.contains($0.kind) }
            accused += bodies.map(\.id).sorted().map { .init(unit: $0) }
        }
        try session.execute("DELETE FROM accused WHERE matter_id = $1", [.int(matter)])
        var seen: Set<Int> = []
        for one in accused {
            guard try units()[one.unit] != nil else { throw DeskError(.noSuchUnit(one.unit)) }
            if let official = one.official {
                let rows = try session.query("SELECT unit_id FROM official WHERE id = $1", [.int(official)])
                guard try rows.first?.int(0) == one.unit else { throw DeskError(.noSuchOfficial(official)) }
            }
            guard seen.insert(one.unit).inserted else { throw DeskError(.badField("accused")) }
            try session.execute(
                "INSERT INTO accused (matter_id, unit_id, official_id) VALUES ($1, $2, $3)",
                [.int(matter), .int(one.unit), .int(one.official)])
        }
    }

    private static let accusable: Set<UnitKind> = [.village, .townshipGovernment]

    /// The codes of what became a place: what it was called before, and what was merged into it, however long ago.
    ///
    /// `alsoSplit`: and what it was once a part of.
    func formerAreas(of area: String, alsoSplit: Bool) throws -> [String] {
        var (found, next) = ([String](), [area])
        while let code = next.popLast() {
            for row in try session.query(
                """
                SELECT code FROM place WHERE successor = $1
                UNION SELECT from_code FROM succession WHERE to_code = $1 AND (kind <> 'split' OR $2 = 1)
                """, [.text(code), .int(alsoSplit ? 1 : 0)])
            {
                let former = try row.text(0)
                guard former != area, !found.contains(former) else { continue }
                found.append(former)
                next.append(former)
            }
        }
        return found
    }

    /// The body of a place; made where the register has none, since a wall needs one to stand on.
    func unit(_ kind: UnitKind, area: String) throws -> Int {
        if let known = try units().values.filter({ $0.kind == kind && $0.area == area }).map(\.id).min() {
            return known
        }
        let name = try session.query(
            "SELECT name FROM place WHERE code = $1 ORDER BY valid_from DESC LIMIT 1", [.text(area)])
        return try insertUnit(kind: kind, area: area, name: try name.first?.text(0) ?? area, parent: nil)
    }

    /// Gives a report to the person who registers it and to one supervisor, or to an intake and a supervisor whom the
    /// wall lets through.
    func giveToCounty(_ matter: Int, by person: StaffMember) throws {
        for role in [StaffRole.intake, .supervisor] {
            if person.role == role {
                try assign(matter, to: person.id)
                continue
            }
            let candidates = try Staff.members(
                "s.role = '\(role.rawValue)' AND s.ended_on IS NULL AND u.kind IN ('county_commission', 'city_commission')",
                [], in: session)
            _ = try give(matter, toOneOf: candidates.map(\.id))
        }
    }

    func assign(_ matter: Int, to staff: Int) throws {
        let known = try session.query(
            "SELECT 1 FROM assignment WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
            [.int(matter), .int(staff)])
        guard known.isEmpty else { return }
        try session.execute(
            """
            INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on) VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .int(try nextID("assignment")), .int(matter), .int(staff), .int(desk.actor),
                .int(desk.today.number),
            ])
    }
}
