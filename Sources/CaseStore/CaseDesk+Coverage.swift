public import Casework
import Messages

/// How far the exports of a group reach.
public struct GroupCoverage: Sendable, Equatable {
    /// The group.
    public var groupID: String
    /// Its village.
    public var village: String
    /// The last day of which a message was read; nil before the first import.
    public var lastDay: CivilDay?
    /// On how many of the last 30 days something was read.
    public var activeDays: Int
}

/// Which villages are heard at all.
public struct Coverage: Sendable, Equatable {
    /// Every group of the register, by id.
    public var groups: [GroupCoverage]
    /// Villages of the gazetteer that count today and have no group.
    public var villagesWithoutGroup: [String]
    /// Villages that have groups, and none of them was exported in the last 35 days: a month and a weekend.
    public var villagesWithoutExport: [String]
}

extension CaseDesk {
    /// Which villages are heard: a village without complaints may be content, or nobody may have exported its group.
    ///
    /// It tells of groups and days, of no case and of nobody who wrote.
    public func coverage() throws -> Coverage {
        try run("coverage") { act in
            let person = try act.require([.intake, .supervisor, .inspector, .analyst, .townshipDiscipline])
            let prefix = String(person.unit.area.prefix(person.unit.kind.rank.digits))
            let rows = try act.session.query(
                """
                SELECT g.id, g.village_code, (SELECT MAX(d.day) FROM seen_digest AS d WHERE d.group_id = g.id),
                  (SELECT COUNT(*) FROM seen_digest AS d WHERE d.group_id = g.id AND d.day > $2)
                FROM chat_group AS g WHERE substr(g.village_code, 1, length($1)) = $1 ORDER BY g.id
                """, [.text(prefix), .int(today.number - 30)])
            let groups = try rows.map { row in
                GroupCoverage(
                    groupID: try row.text(0), village: try row.text(1),
                    lastDay: try row.intOrNil(2).map { CivilDay($0) }, activeDays: try row.int(3))
            }
            let villages = try act.session.query(
                """
                SELECT DISTINCT code FROM place WHERE level = 'village' AND substr(code, 1, length($1)) = $1
                  AND (valid_to IS NULL OR valid_to >= $2) AND valid_from <= $2 ORDER BY code
                """, [.text(prefix), .text(today.description)]
            ).map { try $0.text(0) }
            try act.log("coverage")
            let byVillage = Dictionary(grouping: groups, by: \.village)
            let recent = today.advanced(by: -35)
            return Coverage(
                groups: groups, villagesWithoutGroup: villages.filter { byVillage[$0] == nil },
                villagesWithoutExport: byVillage.filter { _, groups in
                    groups.allSatisfy { ($0.lastDay ?? CivilDay(0)) < recent }
                }.keys.sorted())
        }
    }
}
