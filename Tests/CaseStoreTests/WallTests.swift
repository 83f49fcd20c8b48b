import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct WallTests {
    /// The experiment of ten people: seven are wrongly given all four reports, and the wall holds.
    @Test func `ten people, four reports, assignments by mistake`() throws {
        let scratch = Scratch()
        let store = try scratch.store()
        let desk = try CaseDesk(store, now: DeskCounty.monday)
        let commission = try desk.addUnit(kind: .countyCommission, area: DeskCounty.county, name: "县纪委")
        let government = try desk.addUnit(kind: .countyDepartment, area: DeskCounty.county, name: "县政府")
        let bureau = try desk.addUnit(kind: .countyDepartment, area: DeskCounty.county, name: "民政局")
        let township = try desk.addUnit(kind: .townshipGovernment, area: DeskCounty.township, name: "溪口镇")
        let watch = try desk.addUnit(kind: .townshipDiscipline, area: DeskCounty.township, name: "溪口镇纪委")
        let village = try desk.addUnit(kind: .village, area: DeskCounty.village, name: "溪东村")
        let secretary = try desk.addOfficial(unit: village, post: "村支书", managedRank: 2)
        let leader = try desk.addOfficial(unit: township, post: "镇党委书记", managedRank: 3)
        let clerk = try desk.addOfficial(unit: bureau, post: "股长", managedRank: 3)
        let head = try desk.addOfficial(unit: government, post: "副县长", managedRank: 4)
        func add(_ unit: Int, _ role: StaffRole, _ name: String, _ official: Int? = nil) throws -> Int {
            try desk.addStaff(unit: unit, role: role, name: name, official: official)
        }
        let accusedSecretary = try add(village, .handler, "甲", secretary)
        let colleague = try add(village, .handler, "乙")
        let townClerk = try add(township, .handler, "丙")
        let hanging = try add(watch, .townshipDiscipline, "丁")
        let clean = try add(watch, .townshipDiscipline, "戊")
        let kin = try add(commission, .inspector, "己")
        let inspector = try add(commission, .inspector, "庚")
        let supervisor = try add(commission, .supervisor, "辛")
        let intake = try add(commission, .intake, "壬")
        let bureauClerk = try add(bureau, .handler, "癸", clerk)
        _ = try desk.declare(StaffTie(staff: hanging, kind: .posted, unit: village))
        _ = try desk.declare(StaffTie(staff: kin, kind: .kin, official: secretary))

        var cases: [Int] = []
        try DatabaseQueue(path: scratch.folder + "/store.sqlite").write { database in
            for (index, accused) in [(village, secretary), (township, leader), (bureau, clerk), (government, head)]
                .enumerated()
            {
                let id = index + 1
                cases.append(id)
                try database.execute(
                    sql: """
                        INSERT INTO matter (id, number, alias, track, topic, petition, severity, area_code, source, state,
                          is_open, received_on, supervision, recurrence, is_repeat, is_sensitive, retaliation, audit_seq,
                          version)
                        VALUES (?, ?, 'x', 'misconduct', 'fraud', 'accusation', 1, ?, 'visit', 'registered', 1, 20000, 0, 0,
                          0, 0, 0, 1, 1)
                        """, arguments: [id, "350999-2026-B-000\(id)", DeskCounty.village])
                try database.execute(
                    sql: "INSERT INTO accused (matter_id, unit_id, official_id) VALUES (?, ?, ?)",
                    arguments: [id, accused.0, accused.1])
                for staff in [accusedSecretary, colleague, hanging, clean, kin, inspector, supervisor] {
                    try database.execute(
                        sql: """
                            INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on)
                            VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM assignment), ?, ?, 0, 20000)
                            """, arguments: [id, staff])
                }
            }
        }
        let found = try readers(scratch)
        #expect(found[1] == [clean, inspector, supervisor])
        #expect(found[2] == [kin, inspector, supervisor])
        // First trap: the rule of ranks would keep the commission from its own county's bureau.
        #expect(found[3] == [kin, inspector, supervisor])
        // Nobody at the county reads what is said of somebody managed above it.
        #expect(found[4] == nil)
        // Second trap: without a row for the accused there is no wall, so nobody reads it at all.
        try DatabaseQueue(path: scratch.folder + "/store.sqlite").write {
            try $0.execute(sql: "DELETE FROM accused WHERE matter_id = 1")
        }
        #expect(try readers(scratch)[1] == nil)
        let reasons = try DatabaseQueue(path: scratch.folder + "/store.sqlite").read {
            try String.fetchSet(
                $0, sql: "SELECT DISTINCT why FROM wall WHERE matter_id = 2 AND staff_id IN (?, ?, ?)",
                arguments: [accusedSecretary, hanging, townClerk])
        }
        #expect(reasons == ["rank", "same-unit", "above-remit"])
        _ = (intake, bureauClerk)
    }

    private func readers(_ scratch: Scratch) throws -> [Int: Set<Int>] {
        try DatabaseQueue(path: scratch.folder + "/store.sqlite").read { database in
            try Row.fetchAll(database, sql: "SELECT id, staff_id FROM readable_matter").reduce(into: [:]) {
                $0[$1[0], default: []].insert($1[1])
            }
        }
    }

    /// Who may read a report, said a second time and without SQL.
    private func mayRead(
        _ person: StaffMember, accused: [CaseView.Accused], area: String, ties: [StaffTie], officials: [Int: Official],
        units: [Int: OrgUnit]
    ) throws -> Bool {
        guard [.intake, .inspector, .supervisor, .townshipDiscipline].contains(person.role), !accused.isEmpty,
            person.unit.covers(area)
        else { return false }
        for one in accused {
            let unit = try #require(units[one.unit])
            let isCommission = person.unit.kind.isCommission
            if one.unit == person.unit.id || (one.official != nil && one.official == person.official) { return false }
            if !isCommission, person.unit.kind.rank <= unit.kind.rank { return false }
            if unit.kind.rank > person.unit.kind.rank { return false }
            if let official = one.official,
                try #require(officials[official]).managedRank > person.unit.kind.rank.rawValue
            {
                return false
            }
            for tie in ties where tie.staff == person.id {
                let tied = tie.unit ?? tie.official.flatMap { officials[$0]?.unit }
                if tied == one.unit || (tie.official != nil && tie.official == one.official) { return false }
            }
        }
        return true
    }

    @Test(arguments: 0..<12)
    func `in random organisations nobody below, beside or tied to the accused reads a report by any route`(
        _ seed: UInt64
    ) throws {
        var random = Seeded(state: seed)
        let scratch = Scratch()
        let store = try scratch.store()
        let maker = try CaseDesk(store, now: DeskCounty.monday)
        try maker.importCalendar(
            WorkCalendar([.init(day: try #require(CivilDay("2026-01-01")), kind: .year, source: "试验")]))
        let areas = [DeskCounty.village, DeskCounty.otherVillage, "350999002201"]
        try store.replacePlaces(
            Scratch.places + [
                GazetteerEntry(code: "350999002201", name: "溪北村", level: .village, parent: "350999002000")
            ])
        for area in areas { _ = try maker.addUnit(kind: .village, area: area, name: area) }
        for area in [DeskCounty.township, "350999002000"] {
            _ = try maker.addUnit(kind: .townshipGovernment, area: area, name: area)
            _ = try maker.addUnit(kind: .townshipDiscipline, area: area, name: area)
        }
        for kind in [UnitKind.countyDepartment, .countyDepartment, .countyCommission, .cityDepartment, .cityCommission]
        {
            let area = kind.rank == .city ? "350900000000" : DeskCounty.county
            _ = try maker.addUnit(kind: kind, area: area, name: kind.rawValue)
        }
        let units = Dictionary(uniqueKeysWithValues: try maker.units().map { ($0.id, $0) })
        let ids = units.keys.sorted()
        for _ in 0..<12 {
            let unit = try #require(ids.randomElement(using: &random))
            _ = try maker.addOfficial(unit: unit, post: "职务", managedRank: Int.random(in: 2...4, using: &random))
        }
        let officials = Dictionary(uniqueKeysWithValues: try maker.officials().map { ($0.id, $0) })
        var free = Set(officials.keys)
        for number in 0..<24 {
            let chosen = ids.randomElement(using: &random)
            let unit = try #require(chosen.flatMap { units[$0] })
            // No administrator yet: the operator could make no further accounts then.
            let roles = unit.kind.roles.subtracting([.sysadmin]).sorted { $0.rawValue < $1.rawValue }
            let role = try #require(roles.randomElement(using: &random))
            let official = free.sorted().first { officials[$0]?.unit == unit.id && Bool.random(using: &random) }
            if let official { free.remove(official) }
            _ = try maker.addStaff(unit: unit.id, role: role, name: "人\(number)", official: official)
        }
        // Somebody registers, whoever else there is.
        let commission = try #require(units.values.first { $0.kind == .cityCommission })
        let intake = try maker.addStaff(unit: commission.id, role: .intake, name: "受理")
        _ = try maker.addStaff(unit: commission.id, role: .auditor, name: "审计")
        let staff = try maker.staff()
        for person in staff where Bool.random(using: &random) && person.id != intake {
            var tie = StaffTie(staff: person.id, kind: .other, unit: ids.randomElement(using: &random))
            if Bool.random(using: &random) {
                (tie.official, tie.unit) = (officials.keys.sorted().randomElement(using: &random), nil)
            }
            _ = try maker.declare(tie)
        }
        let ties = try maker.ties()
        var reports: [String: (area: String, accused: [CaseView.Accused])] = [:]
        let desk = try CaseDesk(store, as: intake, now: DeskCounty.monday)
        for _ in 0..<10 {
            let area = try #require(areas.randomElement(using: &random))
            var accused: [CaseView.Accused] = []
            if Bool.random(using: &random),
                let official = officials.values.sorted(by: { $0.id < $1.id }).randomElement(using: &random)
            {
                accused = [.init(unit: official.unit, official: official.id)]
            }
            var new = NewCase(track: .misconduct, topic: .fraud, area: area, source: .visit, summary: "反映补助问题")
            new.accused = accused
            guard let number = try? desk.register(new).number else { continue }
            let view = try desk.view(number)
            #expect(!view.accused.isEmpty)
            reports[number] = (area, view.accused)
        }
        try #require(!reports.isEmpty)
        // Everybody is given everything, by mistake or worse.
        try DatabaseQueue(path: scratch.folder + "/store.sqlite").write { database in
            try database.execute(
                sql: """
                    INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on)
                    SELECT 100000 + m.id * 1000 + s.id, m.id, s.id, 0, 20000 FROM matter AS m, staff AS s
                    """)
        }
        // No act gives a walled person a case, so the rows were written by hand: that alone is told.
        guard case .changed(.matter, row: _) = try store.verifyAudit() else {
            Issue.record("rows that were written by hand are not noticed")
            return
        }
        try store.sealAnew()
        for person in staff {
            let own = try CaseDesk(store, as: person.id, now: DeskCounty.monday)
            var seen: Set<String> = []
            if [.handler, .townshipDiscipline, .intake, .inspector, .supervisor].contains(person.role) {
                var all = CaseQuery()
                all.view = .all
                seen = Set(try own.cases(all).map(\.number))
                all.words = "补助"
                #expect(Set(try own.cases(all).map(\.number)) == seen)
                #expect(try own.counts()[.all] == seen.count)
            } else {
                #expect(refusal { _ = try own.cases() } == .role(person.role))
            }
            for (number, report) in reports {
                let allowed = try mayRead(
                    person, accused: report.accused, area: report.area, ties: ties, officials: officials, units: units)
                #expect(seen.contains(number) == allowed, "\(person) \(report)")
                let opens = (try? own.view(number)) != nil
                #expect(opens == allowed)
                if !allowed {
                    for action in [CaseAction.accept, .note, .assign, .relate, .recuse] {
                        #expect((try? own.perform(CaseAct(action), on: number)) == nil)
                    }
                }
            }
            if person.role == .auditor {
                let shown = Set(try own.auditReport().rows.filter { $0.objectKind == "case" }.map(\.objectID))
                let walled = try DatabaseQueue(path: scratch.folder + "/store.sqlite").read {
                    try Int.fetchSet($0, sql: "SELECT matter_id FROM wall WHERE staff_id = ?", arguments: [person.id])
                }
                #expect(shown.isDisjoint(with: walled))
            }
        }
        #expect(try store.verifyAudit().isSound)
    }

    @Test func `a tie that is declared takes the case away at once, and the attempt is logged`() throws {
        let county = try DeskCounty()
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let supervisor = try county.desk("supervisor")
        #expect(try supervisor.view(number).accused.count == 3)
        _ = try supervisor.declare(
            StaffTie(staff: supervisor.actor, kind: .native, unit: try county.unit("village").id))
        #expect(refusal { _ = try supervisor.view(number) } == .refused(.notVisible, .note))
        #expect(try supervisor.cases().isEmpty)
        #expect(try supervisor.counts()[.all] == 0)
        let rows = try county.desk("auditor").auditReport().rows
        #expect(rows.contains { $0.action == "refused" && $0.actor == supervisor.actor })
        #expect(refusal { try supervisor.endTie(1) } == .oneself)
        #expect(refusal { try county.desk("villager").endTie(1) } == .role(.handler))
    }

    @Test func `what isn't there and what may not be seen look the same`() throws {
        let county = try DeskCounty()
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let villager = try county.desk("villager")
        let missing = refusal { _ = try villager.view("350999-2026-B-0099") }
        #expect(refusal { _ = try villager.view(number) } == missing)
        #expect(missing == .refused(.notVisible, .note))
    }

    @Test func `a place in a queue tells nothing of a number that may not be seen`() throws {
        let county = try DeskCounty()
        let first = try county.assigned()
        let hidden = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage))
        let mark = CaseMark(try county.desk("intake").view(first).summary, in: .all).text
        let key = mark.split(separator: ".")[1]
        func after(_ number: String) throws -> [String] {
            var query = CaseQuery()
            query.view = .all
            query.after = CaseMark(text: "1.\(key).\(number)")
            return try county.desk("inspector").cases(query).map(\.number)
        }
        #expect(try after(hidden) == after("350999-2026-B-0009"))
        #expect(try after(first).count == 1)
    }

    @Test func `a complaint that becomes a report leaves the village in the same act, and says no new number`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        let villager = try county.desk("villager")
        #expect(try villager.cases().map(\.number) == [number])
        let outcome = try villager.perform(CaseAct(.toMisconduct), on: number)
        #expect(outcome.number == nil && outcome.state == nil)
        #expect(try villager.cases().isEmpty)
        #expect(try county.desk("watch").cases().isEmpty)
        #expect(try county.desk("intake").cases().map(\.number) == ["350999-2026-B-0001"])
        // The number of the complaint stays taken.
        #expect(
            try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage)).number
                == "350999-2026-A-0002")
    }

    @Test func `retaliation is never shown below the county`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        _ = try county.desk("intake").perform(CaseAct(.retaliation), on: number)
        #expect(try county.desk("villager").cases().isEmpty && county.desk("watch").cases().isEmpty)
        let seen = try county.desk("supervisor").view(number).summary
        #expect(seen.hasRetaliation && seen.severity == .high)
    }

    @Test func `somebody who left, and the operator, read nothing`() throws {
        let county = try DeskCounty()
        _ = try county.assigned()
        let villager = try county.desk("villager")
        try county.desk("admin").endStaff(villager.actor)
        #expect(refusal { _ = try villager.cases() } == .noSuchStaff(villager.actor))
        #expect(refusal { _ = try CaseDesk(county.store, now: 0).cases() } == .nobody)
        #expect(refusal { _ = try county.desk("admin").cases() } == .role(.sysadmin))
        #expect(refusal { try county.desk("admin").endStaff(county.desk("admin").actor) } == .oneself)
        // Once there is an administrator, the operator makes no accounts.
        #expect(
            refusal { _ = try CaseDesk(county.store, now: 0).addStaff(unit: 1, role: .intake, name: "某") }
                == .nobody)
    }

    @Test func `who handles sees the summary and not the words, the alias or the notes`() throws {
        let county = try DeskCounty()
        let number = try county.assigned(original: "水龙头三天没有一滴水了也没有人来看一眼")
        var note = CaseAct(.note)
        (note.reason, note.text) = (.visit, "已到现场看过")
        _ = try county.desk("watch").perform(note, on: number)
        let inside = try county.desk("intake").view(number)
        #expect(inside.original.count == 1 && inside.alias?.hasPrefix("反映人·") == true && inside.texts.count == 1)
        let outside = try county.desk("villager").view(number)
        #expect(
            outside.words == "反映供水中断多日" && outside.original.isEmpty && outside.alias == nil && outside.texts.isEmpty)
    }
}

/// A small seeded generator: equal seeds give equal tests.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
