import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

/// A data folder with the bodies and people of an invented county, and a calendar of 2026.
final class DeskCounty: Sendable {
    let scratch = Scratch()
    let store: CaseStore
    /// Numbers of bodies and people by their names here.
    let units: [String: Int]
    let people: [String: Int]

    /// 2026-03-02 10:00 in China, a Monday.
    static let monday: Int64 = 1_772_416_800

    static let village = "350999001201"
    static let otherVillage = "350999001202"
    static let township = "350999001000"
    static let county = "350999000000"

    init() throws {
        store = try scratch.store()
        let operatorDesk = try CaseDesk(store, now: Self.monday)
        var units: [String: Int] = [:]
        for (name, kind, area, parent) in [
            ("commission", UnitKind.countyCommission, Self.county, nil),
            ("bureau", .countyDepartment, Self.county, nil),
            ("township", .townshipGovernment, Self.township, "bureau"),
            ("discipline", .townshipDiscipline, Self.township, "commission"),
            ("village", .village, Self.village, "township"), ("other", .village, Self.otherVillage, "township"),
        ] as [(String, UnitKind, String, String?)] {
            units[name] = try operatorDesk.addUnit(
                kind: kind, area: area, name: name, parent: parent.flatMap { units[$0] })
        }
        let entries =
            [WorkCalendar.Entry(day: try #require(CivilDay("2026-01-01")), kind: .year, source: "试验")]
            + [WorkCalendar.Entry(day: try #require(CivilDay("2027-01-01")), kind: .year, source: "试验")]
            + [WorkCalendar.Entry(day: try #require(CivilDay("2028-01-01")), kind: .year, source: "试验")]
        try operatorDesk.importCalendar(WorkCalendar(entries))
        var people: [String: Int] = [:]
        for (name, unit, role) in [
            ("intake", "commission", StaffRole.intake), ("intake2", "commission", .intake),
            ("supervisor", "commission", .supervisor), ("inspector", "commission", .inspector),
            ("auditor", "commission", .auditor), ("villager", "village", .handler), ("neighbour", "other", .handler),
            ("town", "township", .handler), ("watch", "discipline", .townshipDiscipline), ("clerk", "bureau", .handler),
            ("admin", "commission", .sysadmin),
        ] {
            people[name] = try operatorDesk.addStaff(unit: try #require(units[unit]), role: role, name: name)
        }
        (self.units, self.people) = (units, people)
    }

    func desk(_ name: String, day: Int = 0) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(people[name]), now: Self.monday + Int64(day) * 86_400)
    }

    func unit(_ name: String) throws -> OrgUnit {
        let id = try #require(units[name])
        return try #require(try CaseDesk(store, now: 0).units().first { $0.id == id })
    }

    /// A complaint about water, by hand.
    static func water(_ summary: String = "反映供水中断多日", original: String? = nil, area: String = village) -> NewCase {
        var new = NewCase(track: .grievance, topic: .water, area: area, source: .visit, summary: summary)
        new.original = original
        return new
    }

    /// A report, by hand.
    static func report(_ accused: [CaseView.Accused] = [], original: String? = nil) -> NewCase {
        var new = NewCase(
            track: .misconduct, topic: .embezzlement, area: village, source: .visit, summary: "反映补助发放问题")
        new.accused = accused
        new.original = original
        return new
    }

    /// A complaint that lies with the village.
    func assigned(day: Int = 0, original: String? = nil) throws -> String {
        let number = try #require(
            try desk("intake", day: day).register(Self.water(original: original)).number)
        _ = try desk("intake", day: day).perform(CaseAct(.accept), on: number)
        var act = CaseAct(.assign)
        act.unit = try unit("village")
        _ = try desk("intake", day: day).perform(act, on: number)
        return number
    }

    static func reply(
        _ done: String = "更换了阀门", result: String = "已恢复供水", evidence: Int = 1, on day: String = "2026-03-02"
    )
        -> CaseAct
    {
        var act = CaseAct(.reply)
        act.reply = ReplyDraft(done: done, doneOn: CivilDay(day), result: result, evidence: evidence)
        return act
    }

    /// A complaint that was answered and closed.
    func closed(day: Int = 0, original: String? = nil) throws -> String {
        let number = try assigned(day: day, original: original)
        _ = try desk("villager", day: day).perform(Self.reply(), on: number)
        _ = try desk("supervisor", day: day).perform(CaseAct(.close), on: number)
        return number
    }
}

extension DeskCounty {
    /// The store's file.
    var file: String { scratch.folder + "/store.sqlite" }

    /// Changes the file as a stranger with the sqlite3 shell would: no foreign keys, triggers taken away and put back.
    ///
    /// `old` is another file, which the statements know as `o`.
    func meddle(_ sql: String, beside old: String? = nil) throws {
        var plain = Configuration()
        plain.foreignKeysEnabled = false
        try DatabaseQueue(path: file, configuration: plain).writeWithoutTransaction { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            if let old { try database.execute(sql: "ATTACH '\(old)' AS o") }
            try database.execute(sql: sql)
            if old != nil { try database.execute(sql: "DETACH o") }
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
        }
    }

    /// Statements that make the schema that of a program before the step `order`.
    static let withoutOrder = """
        DELETE FROM schema_migration WHERE name IN ('order', 'filters', 'line', 'storage', 'log');
        DROP TABLE saved_filter; DROP INDEX matter_place_open; DROP INDEX flag_waiting;
        CREATE INDEX flag_urgency ON flag (state, (expires_on - 7 * severity), id);
        DROP INDEX matter_number_matter; CREATE INDEX matter_number_matter ON matter_number (matter_id);
        DROP INDEX matter_text_matter; CREATE INDEX matter_text_matter ON matter_text (matter_id, kind);
        DROP INDEX assignment_matter; CREATE INDEX assignment_matter ON assignment (matter_id, staff_id);
        DROP INDEX matter_flag_matter; CREATE INDEX matter_flag_matter ON matter_flag (matter_id);
        DROP INDEX hold_matter; CREATE INDEX hold_matter ON hold (matter_id); DROP INDEX matter_report_line;
        """
}

/// The reason that a body of the desk fails for; nil when it doesn't.
func refusal(_ body: () throws -> Void) -> DeskError.Reason? {
    do {
        try body()
        return nil
    } catch {
        return (error as? DeskError)?.reason
    }
}
