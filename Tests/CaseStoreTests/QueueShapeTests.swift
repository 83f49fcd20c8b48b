import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

/// Queues come by different ways to the same pages: few in a person's hands or many, a unit's own and what it assists in.
struct QueueShapeTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    private func query(_ view: CaseQuery.View) -> CaseQuery {
        var query = CaseQuery()
        query.view = view
        return query
    }

    /// The same folder as a store for which two cases in one's hands are many.
    private func store(many: Int) throws -> CaseStore {
        try CaseStore(opening: county.scratch.folder, manyInHand: many)
    }

    private func desk(_ name: String, in store: CaseStore, day: Int = 0) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(county.people[name]), now: DeskCounty.monday + Int64(day) * 86_400)
    }

    /// Seven reports of different weight, of which the inspector has three, and some complaints.
    private func fill() throws -> [String] {
        var reports: [String] = []
        for index in 0..<7 {
            var report = DeskCounty.report()
            report.severity = [.low, .high, .medium][index % 3]
            report.receivedOn = CivilDay(instant: DeskCounty.monday).advanced(by: -index * 4)
            reports.append(try #require(try county.desk("intake").register(report).number))
            _ = try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage))
        }
        for number in reports.prefix(3) {
            _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
            var act = CaseAct(.assign)
            act.staff = county.people["inspector"]
            _ = try county.desk("supervisor").perform(act, on: number)
        }
        return reports
    }

    @Test(arguments: ["intake", "supervisor", "inspector", "watch"])
    func `what lies in a person's hands is the same page, whether they are few or many`(_ name: String) throws {
        let reports = try fill()
        try county.desk("intake").snooze(reports[1], until: CivilDay(instant: DeskCounty.monday).advanced(by: 5))
        let (few, many) = (try store(many: 1000), try store(many: 2))
        for day in [0, 9] {
            let (one, other) = (try desk(name, in: few, day: day), try desk(name, in: many, day: day))
            let whole = try one.cases(query(.mine))
            #expect(whole.count == ["inspector": 3, "watch": 0, "intake": day == 0 ? 6 : 7][name, default: 7])
            #expect(whole.allSatisfy { $0.track == .misconduct })
            #expect(try other.cases(query(.mine)) == whole)
            #expect(try one.counts()[.mine] == whole.count && other.counts()[.mine] == whole.count)
            for first in whole.indices {
                var next = query(.mine)
                (next.after, next.limit) = (CaseMark(whole[first], in: .mine), 2)
                let page = Array(whole[(first + 1)...].prefix(2))
                #expect(try one.cases(next) == page && other.cases(next) == page)
                (next.after, next.offset) = (nil, first)
                #expect(try other.cases(next) == Array(whole[first...].prefix(2)))
            }
        }
    }

    @Test func `many in hand: the wall stands, and what was handed over or ended is gone`() throws {
        let reports = try fill()
        let many = try store(many: 1)
        let inspector = try desk("inspector", in: many)
        #expect(Set(try inspector.cases(query(.mine)).map(\.number)) == Set(reports.prefix(3)))
        var act = CaseAct(.recuse)
        act.staff = inspector.actor
        _ = try county.desk("supervisor").perform(act, on: reports[0])
        #expect(Set(try inspector.cases(query(.mine)).map(\.number)) == Set(reports[1...2]))
        _ = try county.desk("admin").declare(
            StaffTie(staff: inspector.actor, kind: .native, unit: try county.unit("village").id))
        #expect(try inspector.cases(query(.mine)).isEmpty && inspector.counts()[.mine] == 0)
    }

    @Test func `a unit sees its own cases and those that it assists in, in one order, page by page`() throws {
        var own: [String] = []
        var assisted: [String] = []
        for index in 0..<8 {
            var new = DeskCounty.water(area: index % 2 == 0 ? DeskCounty.village : DeskCounty.otherVillage)
            new.topic = index % 4 < 2 ? .roads : .lighting
            new.severity = [.high, .low, .medium][index % 3]
            new.receivedOn = CivilDay(instant: DeskCounty.monday).advanced(by: -3 * index)
            let number = try #require(try county.desk("intake").register(new).number)
            _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
            var act = CaseAct(.assign)
            act.unit = try county.unit(index < 5 ? "township" : "bureau")
            _ = try county.desk("intake").perform(act, on: number)
            if index < 5 { own.append(number) } else { assisted.append(number) }
        }
        // One that it assisted in became its own: it isn't told twice.
        for number in assisted {
            var act = CaseAct(.assist)
            act.unit = try county.unit("township")
            _ = try county.desk("intake").perform(act, on: number)
        }
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write {
            try $0.execute(
                sql: "INSERT INTO matter_assist SELECT id, unit_id FROM matter WHERE number = ?", arguments: [own[0]])
        }
        try county.store.sealAnew()
        let town = try county.desk("town")
        for view in [CaseQuery.View.open, .all, .red, .yellow] {
            let whole = try town.cases(query(view))
            if view == .open || view == .all { #expect(Set(whole.map(\.number)) == Set(own + assisted)) }
            // The supervisor's list of the same cases has the same order.
            let numbers = Set(whole.map(\.number))
            #expect(
                try county.desk("supervisor").cases(query(view)).map(\.number).filter(numbers.contains)
                    == whole.map(\.number), "\(view)")
            #expect(try town.counts()[view] == whole.count)
            for first in whole.indices {
                var next = query(view)
                (next.after, next.limit) = (CaseMark(whole[first], in: view), 3)
                #expect(try town.cases(next) == Array(whole[(first + 1)...].prefix(3)))
                (next.after, next.offset) = (nil, first)
                #expect(try town.cases(next) == Array(whole[first...].prefix(3)))
            }
        }
        #expect(Set(try town.cases(query(.mine)).map(\.number)) == Set(own))
        try town.snooze(assisted[0], until: CivilDay(instant: DeskCounty.monday).advanced(by: 5))
        try town.snooze(own[0], until: CivilDay(instant: DeskCounty.monday).advanced(by: 5))
        #expect(Set(try town.cases(query(.snoozed)).map(\.number)) == [assisted[0], own[0]])
        #expect(try town.cases(query(.open)).count == 6)
        var last = query(.open)
        (last.limit, last.offset) = (Int.max, 4)
        #expect(try town.cases(last).count == 2)
    }

    @Test func `bodies that another process added are known at once, and those of an act that failed never`() throws {
        let number = try #require(try county.desk("intake").register(DeskCounty.water()).number)
        _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
        let other = try CaseStore(opening: county.scratch.folder)
        let admin = try CaseDesk(other, as: try #require(county.people["admin"]), now: DeskCounty.monday)
        let unit = try admin.addUnit(
            kind: .countyDepartment, area: DeskCounty.county, name: "住建局", parent: nil)
        let known = try #require(try admin.units().first { $0.id == unit })
        var act = CaseAct(.assign)
        act.unit = known
        #expect(try county.desk("intake").perform(act, on: number).state == .assigned)
        // A report of a village nobody knows makes its bodies; refused, it leaves none.
        var report = DeskCounty.report([.init(unit: 900)])
        report.area = "350999077201"
        #expect(refusal { _ = try county.desk("intake").register(report) } == .noSuchUnit(900))
        #expect(try county.desk("intake").units().count == 7)
        #expect(try county.store.verifyAudit().isSound)
    }
}
