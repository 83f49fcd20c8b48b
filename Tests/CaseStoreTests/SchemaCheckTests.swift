@testable import CaseStore
import Casework
import GRDB
import Messages
import Testing

/// Views and indices that another program changed: the wall and the lists come by them.
struct SchemaCheckTests {
    private let county: DeskCounty
    private let report: String

    init() throws {
        county = try DeskCounty()
        report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: county.units["village"]))
    }

    @Test func `the digest is that of a new store`() throws {
        let digest = try county.store.read { try SchemaCheck.digest(in: $0) }
        #expect(digest == SchemaCheck.digest, "after a new step write this digest into SchemaCheck")
    }

    /// The shell's way to leave a row out of an index while the schema's text stays.
    private func leaveOut(_ row: String, of index: String, _ definition: String) -> String {
        """
        PRAGMA writable_schema = ON; DROP INDEX \(index); CREATE INDEX \(index) ON \(definition) WHERE \(row);
        UPDATE sqlite_master SET sql = 'CREATE INDEX \(index) ON \(definition)' WHERE name = '\(index)';
        PRAGMA writable_schema = OFF
        """
    }

    @Test func `an index without a tie takes no wall down`() throws {
        let inspector = try #require(county.people["inspector"])
        try county.meddle(leaveOut("staff_id <> \(inspector)", of: "staff_tie_staff", "staff_tie (staff_id)"))
        #expect(try county.store.verifyAudit() == .changed(.indices, row: 0))
        for (person, act) in [("supervisor", "assign"), ("inspector", "list"), ("intake", "open")] {
            #expect(throws: StoreError.self, "\(person) \(act)") {
                switch act {
                case "assign":
                    var given = CaseAct(.assign)
                    given.staff = inspector
                    _ = try county.desk(person).perform(given, on: report)
                case "list": _ = try county.desk(person).cases()
                default: _ = try county.desk(person).view(report)
                }
            }
        }
    }

    @Test func `an index without a case is told`() throws {
        try county.meddle(leaveOut("id <> 1", of: "matter_state", "matter (state, received_on, id)"))
        #expect(try !county.store.verifyAudit().isSound)
    }

    @Test func `a large table's indices are told by counts and a sample`() throws {
        func broken() throws -> [String] {
            try county.store.read { session in
                try IndexCheck.tables(in: session).filter { try !IndexCheck($0, in: session, most: 0).isWhole() }
            }
        }
        #expect(try broken() == [])
        let town = "matter (substr(area_code, 1, 9), is_open, due_on, id)"
        try county.meddle(leaveOut("id <> 1", of: "matter_town_due", town))
        #expect(try broken() == ["matter"])
        try county.meddle("DROP INDEX matter_town_due; CREATE INDEX matter_town_due ON \(town)")
        #expect(try broken() == [])
        // As many rows as the table, and each in another's place.
        try county.meddle(
            """
            PRAGMA writable_schema = ON; DROP INDEX matter_town_due;
            CREATE INDEX matter_town_due ON matter (substr(area_code, 1, 9), 1 - is_open, due_on, id);
            UPDATE sqlite_master SET sql = 'CREATE INDEX matter_town_due ON \(town)' WHERE name = 'matter_town_due';
            PRAGMA writable_schema = OFF
            """)
        #expect(try broken() == ["matter"])
    }

    /// Changes of rows that would take a report out of the wall's reach.
    @Test(arguments: [
        "DELETE FROM accused WHERE matter_id = 1", "UPDATE matter SET track = 'grievance' WHERE id = 1",
        "UPDATE accused SET unit_id = unit_id + 9000 WHERE matter_id = 1",
    ])
    func `a case that another program changed is on no list`(_ change: String) throws {
        #expect(try county.desk("supervisor").cases().contains { $0.number == report })
        #expect(try !county.desk("inspector").cases().contains { $0.number == report })
        try county.meddle(change)
        for person in ["inspector", "supervisor", "intake"] {
            let desk = try county.desk(person)
            #expect(try !desk.cases().contains { $0.number == report }, "\(person)")
            var query = CaseQuery()
            query.words = "补贴"
            #expect(try !desk.cases(query).contains { $0.number == report }, "\(person)")
        }
        #expect(try !county.store.verifyAudit().isSound)
    }

    @Test func `a flag that another program changed is on no list`() throws {
        for number in 1...2 {
            _ = try county.store.importing(try Scratch.draft("第\(number)盏路灯坏了没人管", members: [UInt64(number)]))
        }
        let flags = try county.desk("intake").flags().map(\.summary.id)
        let first = try #require(flags.first)
        try county.meddle("UPDATE flag SET track = 'suggestion' WHERE id = \(first)")
        #expect(try county.desk("intake").flags().map(\.summary.id) == Array(flags.dropFirst()))
        #expect(try county.desk("intake").flagPage().rows.map(\.record.summary.id) == Array(flags.dropFirst()))
    }

    @Test func `nobody is shown a flag where another program gave a group to another village`() throws {
        try county.meddle("UPDATE chat_group SET village_code = '980011100299'")
        #expect(throws: StoreError.self) { try county.desk("intake").flags() }
        #expect(throws: StoreError.self) { try county.desk("intake").flagPage() }
    }

    @Test func `no act's rows are handed to another program's trigger`() throws {
        let shell = try DatabaseQueue(path: county.file)
        try shell.write {
            try $0.execute(
                sql: """
                    CREATE TRIGGER more AFTER INSERT ON staff_tie
                    BEGIN UPDATE staff_tie SET ended_on = declared_on WHERE id = NEW.id; END
                    """)
        }
        let tie = StaffTie(
            staff: try #require(county.people["intake"]), kind: .kin, unit: county.units["village"])
        #expect(throws: StoreError.self) { try county.desk("admin").declare(tie) }
        #expect(throws: StoreError.self) { try CaseDesk(county.store, now: DeskCounty.monday).declare(tie) }
        #expect(throws: StoreError.self) { try county.desk("intake").register(DeskCounty.report()) }
        #expect(throws: StoreError.self) { try county.desk("admin", day: 400).retain() }
        #expect(throws: StoreError.self) {
            let session = try county.store.openImport(of: Scratch.source)
            try session.begin()
        }
        try shell.write { try $0.execute(sql: "DROP TRIGGER more") }
        #expect(try county.store.verifyAudit().isSound)
        _ = try county.desk("admin").declare(tie)
    }

    @Test(arguments: [
        "DROP VIEW wall; CREATE VIEW wall (staff_id, matter_id, why) AS SELECT 0, 0, 'x' WHERE 0",
        "CREATE INDEX more ON staff (name)",
    ])
    func `nobody reads by another wall`(_ change: String) throws {
        try county.meddle(change)
        #expect(try county.store.verifyAudit() == .changed(.schema, row: 0))
        #expect(throws: StoreError.self) { try county.desk("intake").view(report) }
        #expect(throws: StoreError.self) { try county.desk("inspector").cases() }
        #expect(throws: StoreError.self) { try county.desk("inspector").counts() }
    }
}
