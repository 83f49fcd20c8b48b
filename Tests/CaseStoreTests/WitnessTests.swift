import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What stands beside the store to tell of an older copy: gone or garbled, it is told, and no act writes it anew.
struct WitnessTests {
    private let county: DeskCounty
    private var end: String { county.scratch.folder + "/log-end" }
    private var anchors: String { county.scratch.folder + "/anchors.txt" }
    private var replaced: String { county.scratch.folder + "/store.sqlite.replaced" }

    init() throws {
        county = try DeskCounty()
        _ = try county.assigned()
        try county.store.close()
    }

    private func opened() throws -> CaseStore { try CaseStore(opening: county.scratch.folder) }

    private func desk(_ store: CaseStore, _ name: String = "auditor", day: Int = 0) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(county.people[name]), now: DeskCounty.monday + Int64(day) * 86_400)
    }

    private func failures(_ store: CaseStore, day: Int = 0) throws -> [String] {
        try store.checks(now: DeskCounty.monday + Int64(day) * 86_400).filter { !$0.passed }.map(\.name)
    }

    @Test(arguments: [nil, "", "x\n", "garbage 12", "0 \(String(repeating: "0", count: 64))\n", "-4 00\n"])
    func `an end of the log that is gone or garbled is told, and stays told whatever is done`(_ text: String?) throws {
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: end)) } else { unlink(end) }
        for _ in 0..<2 {
            let store = try opened()
            #expect(try store.verifyAudit() == .lost(.end))
            #expect(try failures(store) == ["log-end"])
            _ = try desk(store, "intake").cases()
            #expect(try desk(store).verify(anchors: []) == .lost(.end))
            try store.close()
        }
    }

    @Test func `taken away from a desk that is open, it isn't written anew`() throws {
        let store = try opened()
        unlink(end)
        _ = try desk(store, "intake").cases()
        #expect(try store.verifyAudit() == .lost(.end))
    }

    @Test func `a new folder is sound before its first row, and after it when the file was not written`() throws {
        let scratch = Scratch()
        let store = try CaseStore.create(at: scratch.folder)
        #expect(try store.verifyAudit() == .sound(rows: 0))
        let file = URL(fileURLWithPath: scratch.folder + "/log-end")
        let first = try Data(contentsOf: file)
        _ = try CaseDesk(store, now: DeskCounty.monday).anchor()
        try store.close()
        try first.write(to: file)
        #expect(try CaseStore(opening: scratch.folder).verifyAudit() == .sound(rows: 1))
    }

    @Test func `anchors that the log knows of and nobody has are told; the newest alone may lack its line`() throws {
        var store = try opened()
        for _ in 0..<3 { _ = try desk(store).anchor() }
        #expect(try desk(store).verify(anchors: []).isSound && failures(store).isEmpty)
        let lines = try String(contentsOfFile: anchors, encoding: .utf8).split(separator: "\n")
        func write(_ lines: some Collection<Substring>) throws {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: anchors))
        }
        // A process that died between the row and its line.
        try write(lines.dropLast())
        #expect(try desk(store).verify(anchors: []).isSound)
        try write(lines.dropLast(2))
        #expect(try desk(store).verify(anchors: []) == .lost(.anchors))
        #expect(try failures(store) == ["anchors"])
        let outside = try #require(AuditAnchor(line: lines[lines.count - 1]))
        #expect(try desk(store).verify(anchors: [outside]).isSound, "kept elsewhere")
        unlink(anchors)
        #expect(try desk(store).verify(anchors: []) == .lost(.anchors))
        try store.close()
        store = try opened()
        #expect(try desk(store).verify(anchors: []) == .lost(.anchors))
        _ = try desk(store).anchor()
        #expect(try desk(store).verify(anchors: []).isSound, "a new anchor stands for what was before it")
    }

    @Test func `the first anchor that died before its line is no loss, and its file is`() throws {
        let store = try opened()
        _ = try desk(store).anchor()
        let text = try String(contentsOfFile: anchors, encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        try Data((lines[0] + "\n").utf8).write(to: URL(fileURLWithPath: anchors))
        #expect(try desk(store).verify(anchors: []).isSound)
        unlink(anchors)
        #expect(try desk(store).verify(anchors: []) == .lost(.anchors))
    }

    // MARK: - Restoring

    private func restored() throws -> CivilDay? {
        let file = county.scratch.root + "/backup.sqlite"
        let store = try opened()
        try desk(store, "admin").backUp(to: file)
        _ = try desk(store, "intake").register(DeskCounty.water(area: DeskCounty.otherVillage))
        try store.close()
        return try CaseDesk.restore(
            file, into: county.scratch.folder, by: try #require(county.people["admin"]), now: DeskCounty.monday + 60
        ).replacedGoes
    }

    @Test func `the store that was replaced can be put back for some days, and goes with the retention`() throws {
        let goes = try #require(try restored())
        #expect(goes == CivilDay(instant: DeskCounty.monday).advanced(by: 14))
        var store = try opened()
        #expect(try store.verifyAudit().isSound && store.replacedStoreGoes() == goes)
        #expect(try failures(store, day: 13) == [])
        #expect(try desk(store, "admin", day: 13).retain().isErased)
        #expect(FileManager.default.fileExists(atPath: replaced))
        try store.close()
        // A wrong restoring is undone by restoring what it replaced.
        _ = try CaseDesk.restore(
            replaced, into: county.scratch.folder, by: try #require(county.people["admin"]),
            now: DeskCounty.monday + 86_400)
        store = try opened()
        #expect(try store.verifyAudit().isSound && desk(store, "intake").cases().count == 2)
        #expect(try failures(store, day: 20) == ["replaced-store"])
        _ = try desk(store, "admin", day: 20).retain(isTrial: true)
        #expect(FileManager.default.fileExists(atPath: replaced))
        #expect(try desk(store, "admin", day: 20).retain().isErased)
        #expect(!FileManager.default.fileExists(atPath: replaced))
        #expect(try failures(store, day: 20) == [] && store.replacedStoreGoes() == nil)
    }

    @Test func `each restoring keeps what it replaces, so that the newest store is never lost`() throws {
        let admin = try #require(county.people["admin"])
        func restore(_ file: String, day: Int) throws -> RestoreReport {
            try CaseDesk.restore(
                file, into: county.scratch.folder, by: admin, now: DeskCounty.monday + 86_400 * Int64(day) + 60)
        }
        let file = county.scratch.root + "/backup.sqlite"
        _ = try restored()
        let first = try Data(contentsOf: URL(fileURLWithPath: replaced))
        #expect(try restore(file, day: 2).lostCases == 0)
        let kept = replaced + ".until-\(CivilDay(instant: DeskCounty.monday).advanced(by: 14))"
        #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == first)
        #expect(try desk(opened(), "intake").cases().count == 1)
        #expect(try desk(opened(), "admin", day: 13).retain().isErased && FileManager.default.fileExists(atPath: kept))
        _ = try restore(kept, day: 3)
        #expect(try desk(opened(), "intake").cases().count == 2)
        #expect(!FileManager.default.fileExists(atPath: kept), "it is in place again")
        #expect(try desk(opened(), "admin", day: 30).retain().isErased)
        let left = try FileManager.default.contentsOfDirectory(atPath: county.scratch.folder)
        #expect(!left.contains { $0.contains("replaced") })
    }

    @Test func `what keeps somebody from reading or erasing since the backup outlives a restoring`() throws {
        let county = try DeskCounty()
        let file = county.scratch.root + "/backup.sqlite"
        let numbers = try (1...3).map { _ in try county.assigned() }
        try county.desk("admin").backUp(to: file)
        _ = try county.desk("supervisor").placeHold(on: numbers[0], basis: "档案函〔2026〕3号")
        _ = try county.desk("intake").perform(CaseAct(.retaliation), on: numbers[1])
        _ = try county.desk("intake").perform(CaseAct(.toMisconduct), on: numbers[2])
        _ = try county.desk("intake").register(DeskCounty.water(area: DeskCounty.otherVillage))
        try county.store.close()
        let report = try CaseDesk.restore(
            file, into: county.scratch.folder, by: try #require(county.people["admin"]), now: DeskCounty.monday + 60)
        #expect(report.holds == 1 && report.reports == 1 && report.lostCases == 1 && report.lostImports == 0)
        let store = try CaseStore(opening: county.scratch.folder)
        func desk(_ name: String) throws -> CaseDesk {
            try CaseDesk(store, as: try #require(county.people[name]), now: DeskCounty.monday)
        }
        #expect(try store.verifyAudit().isSound)
        #expect(try desk("intake").view(numbers[0]).isHeld)
        #expect(try desk("villager").cases().map(\.number) == [numbers[0]])
        _ = try desk("intake").perform(CaseAct(.toMisconduct), on: numbers[2])
        #expect(try store.verifyAudit().isSound)
    }

    @Test func `a restoring that died before it wrote the end heals when the store is opened`() throws {
        let old = try Data(contentsOf: URL(fileURLWithPath: end))
        _ = try restored()
        let new = try Data(contentsOf: URL(fileURLWithPath: end))
        try old.write(to: URL(fileURLWithPath: end))
        try new.write(to: URL(fileURLWithPath: end + ".restored"))
        #expect(try opened().verifyAudit().isSound)
        #expect(!FileManager.default.fileExists(atPath: end + ".restored"))
        // And one that died before the store was in its place leaves the old one.
        try Data("5 \(String(repeating: "0", count: 64))\n".utf8).write(to: URL(fileURLWithPath: end + ".restored"))
        #expect(try opened().verifyAudit().isSound)
        #expect(!FileManager.default.fileExists(atPath: end + ".restored"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: end)) == new)
    }

    @Test func `what processes left that died is taken away, and what others work on is not`() throws {
        // Numbers of processes end long before this one.
        let (dead, mine) = (end + ".999999999", end + ".\(getppid())")
        let (draft, busy) = (
            county.scratch.folder + "/.restore.999999999", county.scratch.folder + "/.restore.\(getppid())"
        )
        for path in [dead, mine] { try Data("x".utf8).write(to: URL(fileURLWithPath: path)) }
        for path in [draft, busy] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/key"))
        }
        _ = try opened()
        #expect(!FileManager.default.fileExists(atPath: dead) && FileManager.default.fileExists(atPath: mine))
        #expect(FileManager.default.fileExists(atPath: draft), "it may just begin")
        for path in [draft, busy] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: path)
        }
        let lock = open(busy, O_RDONLY | O_DIRECTORY)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        _ = try opened()
        #expect(!FileManager.default.fileExists(atPath: draft) && FileManager.default.fileExists(atPath: busy + "/key"))
    }
}
