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
    /// Who exported it in the last 35 days, as far as it was said.
    public var exporters: [ExporterRole]
    /// True where it was exported in that time and nobody but those whom complaints may be about is known to have done
    /// so: lines may be missing, so let a second person export it (`groups compare`).
    public var isUnverified: Bool
    /// How many of its flags wait that the person may see; nil for those who see no flags.
    public var waiting: Int?
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
            let exporters = try act.exporters(since: today.number - 35)
            let waiting = try act.waitingFlags(for: person)
            let groups = try rows.map { row in
                let id = try row.text(0)
                let known = exporters[id]
                return GroupCoverage(
                    groupID: id, village: try row.text(1), lastDay: try row.intOrNil(2).map { CivilDay($0) },
                    activeDays: try row.int(3), exporters: known?.sorted { $0.rawValue < $1.rawValue } ?? [],
                    isUnverified: known?.allSatisfy(\.isInterested) ?? false, waiting: waiting.map { $0[id] ?? 0 })
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

extension CaseDesk.Act {
    /// Who exported each group since a day; a group that was exported by nobody knows whom has an empty set.
    fileprivate func exporters(since day: Int) throws -> [String: Set<ExporterRole>] {
        var found: [String: Set<ExporterRole>] = [:]
        for row in try session.query(
            """
            SELECT DISTINCT g.group_id, g.exporter FROM batch_group AS g JOIN import_batch AS b ON b.id = g.batch_id
            WHERE b.started_on >= $1
            """, [.int(day)])
        {
            found[try row.text(0), default: []].formUnion(
                try row.textOrNil(1).flatMap(ExporterRole.init(rawValue:)).map { [$0] } ?? [])
        }
        return found
    }

    /// How many flags of each group wait that the person may see; nil for whoever sees none.
    fileprivate func waitingFlags(for person: StaffMember) throws -> [String: Int]? {
        guard [.intake, .supervisor].contains(person.role) else { return nil }
        var counts: [String: Int] = [:]
        for row in try session.query(
            """
            SELECT f.group_id, COUNT(*) FROM flag AS f JOIN readable_flag AS r ON r.flag_id = f.id
            WHERE r.staff_id = $1 AND f.state IN ('new', 'claimed') AND f.group_id IS NOT NULL GROUP BY f.group_id
            """, [.int(person.id)])
        {
            counts[try row.text(0)] = try row.int(1)
        }
        return counts
    }
}
