import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What a process does that may be killed at any moment: import, decide, register, handle, close and erase, again and again.
private func workForever(in folder: String, intake: Int, villager: Int, supervisor: Int, admin: Int) throws {
    let store = try CaseStore(opening: folder)
    // Further apart than the window of recurrence, and inside the calendar.
    for day in stride(from: Int64(0), to: 980, by: 35) {
        func desk(_ id: Int) throws -> CaseDesk { try CaseDesk(store, as: id, now: DeskCounty.monday + day * 86_400) }
        let number = try #require(
            try desk(intake).register(DeskCounty.water(original: "水龙头三天没有一滴水了也没有人来看一眼")).number)
        _ = try desk(intake).perform(CaseAct(.accept), on: number)
        var assign = CaseAct(.assign)
        assign.unit = try desk(intake).units().first { $0.kind == .village }
        _ = try desk(intake).perform(assign, on: number)
        _ = try desk(villager).perform(DeskCounty.reply(), on: number)
        _ = try desk(supervisor).perform(CaseAct(.close), on: number)
        _ = try desk(admin).retain()
        let session = try store.openImport(of: Scratch.source)
        let first = UInt64(day) * 100
        for index in UInt64(0)..<5 {
            try session.insert(try Scratch.draft("第\(first + index)条路灯坏了没人管", members: [first + index + 1]))
        }
        try session.finish(ImportCounts())
        let flags = try desk(intake).flags().filter { $0.summary.state == .new }.map(\.summary.id)
        for flag in flags.dropFirst() { _ = try desk(intake).dismiss(flag, reason: "nothing") }
        if let flag = flags.first {
            _ = try desk(intake).confirm(flag, FlagConfirmation(summary: "反映照明问题"))
        }
        let request = try desk(intake).takeRequest(.erasure, on: number)
        _ = try desk(intake).answerRequest(request, on: number, .granted, basis: "本人申请")
        _ = try desk(supervisor).answerRequest(request, on: number, .granted, basis: "本人申请")
    }
    while true { sleep(1) }
}

@Suite(.serialized) struct DeskCrashTests {
    /// Ten in a usual run; MINSHENG_KILLS=200 for more.
    static let seeds = 0..<(ProcessInfo.processInfo.environment["MINSHENG_KILLS"].flatMap(UInt64.init) ?? 10)

    @Test(arguments: seeds)
    func `a process killed at any moment leaves whole acts, whole numbers and a sound chain`(_ seed: UInt64)
        async throws
    {
        let county = try DeskCounty()
        try county.store.close()
        let (folder, people) = (county.scratch.folder, county.people)
        let (intake, villager) = (people["intake"] ?? 0, people["villager"] ?? 0)
        let (supervisor, admin) = (people["supervisor"] ?? 0, people["admin"] ?? 0)
        var random = Seeded(state: seed)
        let delay = UInt32.random(in: 20_000...600_000, using: &random)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                folder = folder as String, intake = intake as Int, villager = villager as Int,
                supervisor = supervisor as Int, admin = admin as Int, delay = delay as UInt32
            ] in
            let killer = Thread {
                usleep(delay)
                kill(getpid(), SIGKILL)
            }
            killer.start()
            try workForever(in: folder, intake: intake, villager: villager, supervisor: supervisor, admin: admin)
        }
        let store = try CaseStore(opening: folder)
        #expect(try store.verifyAudit().isSound)
        #expect(try store.checks().filter { !$0.passed } == [])
        let desk = try CaseDesk(store, as: intake, now: DeskCounty.monday + 86_400 * 700)
        var all = CaseQuery()
        all.view = .all
        all.limit = 10_000
        for summary in try desk.cases(all) {
            let view = try desk.view(summary.number)
            #expect(CaseFile.replayed(view.events, from: .grievance) == summary.state)
            // Words are there unless an event says that they were erased.
            let wasErased = view.events.contains { $0.action == .erase }
            #expect(view.original.isEmpty == wasErased)
        }
        // An import is there whole, or not at all.
        #expect(try store.flags().count % 5 == 0 && store.imports().count * 5 == store.flags().count)
        // Going on works: the next number follows the last.
        let numbers = try desk.cases(all).compactMap { Int($0.number.suffix(4)) }
        let year = String(desk.today.year)
        let taken = try desk.cases(all).filter { $0.number.contains(year) }.count
        let next = try #require(try desk.register(DeskCounty.water(area: DeskCounty.otherVillage)).number)
        #expect(Int(next.suffix(4)) == taken + 1, "\(numbers)")
    }

    @Test func `two processes take numbers and rows in turn`() async throws {
        let county = try DeskCounty()
        let folder = county.scratch.folder
        let intake = county.people["intake"] ?? 0
        let second = try CaseStore(opening: folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in [county.store, second] {
                group.addTask {
                    for _ in 0..<20 {
                        let desk = try CaseDesk(store, as: intake, now: DeskCounty.monday)
                        _ = try desk.register(DeskCounty.water(area: DeskCounty.otherVillage))
                    }
                }
            }
            try await group.waitForAll()
        }
        var all = CaseQuery()
        (all.view, all.limit) = (.all, 100)
        let numbers = try CaseDesk(second, as: intake, now: DeskCounty.monday).cases(all).compactMap {
            Int($0.number.suffix(4))
        }
        #expect(numbers.sorted() == Array(1...40))
        #expect(try second.verifyAudit().isSound)
    }

    @Test func `a full disk is said so, and leaves whole acts only`() throws {
        let county = try DeskCounty()
        try county.store.close()
        let small = try CaseStore(
            opening: county.scratch.folder, busySeconds: 1, pageLimit: try county.scratch.pages() + 60)
        let desk = try CaseDesk(small, as: county.people["intake"] ?? 0, now: DeskCounty.monday)
        var made = 0
        let failure = reason {
            for _ in 0..<3000 {
                _ = try desk.register(DeskCounty.water(area: DeskCounty.otherVillage))
                made += 1
            }
        }
        #expect(failure == .diskFull && made > 0)
        try small.close()
        let large = try CaseStore(opening: county.scratch.folder)
        var all = CaseQuery()
        (all.view, all.limit) = (.all, 5000)
        let again = try CaseDesk(large, as: desk.actor, now: DeskCounty.monday)
        #expect(try again.cases(all).count == made)
        #expect(try large.verifyAudit().isSound && large.checks().filter { !$0.passed } == [])
    }

    @Test func `a backup opens with the key, and restoring erases again what was erased since`() throws {
        let county = try DeskCounty()
        let words = "水龙头三天没有一滴水了也没有人来看一眼"
        let number = try county.closed(original: words)
        let file = county.scratch.root + "/copy.sqlite"
        try county.desk("admin", day: 1).backUp(to: file)
        #expect(refusal { try county.desk("admin").backUp(to: file) } == .file(file))
        #expect(refusal { try county.desk("intake").backUp(to: file + "2") } == .role(.intake))
        _ = try county.desk("admin", day: 31).retain()
        let anchor = try county.desk("auditor", day: 31).anchor()
        try county.store.close()
        let folder = county.scratch.folder
        try CaseDesk.restore(file, into: folder, by: county.people["admin"] ?? 0, now: DeskCounty.monday + 32 * 86_400)
        let store = try CaseStore(opening: folder)
        let desk = try CaseDesk(store, as: county.people["intake"] ?? 0, now: DeskCounty.monday + 32 * 86_400)
        #expect(try desk.view(number).original.isEmpty, "erased before, erased again")
        #expect(try store.verifyAudit().isSound)
        #expect(try !store.verifyAudit(anchors: [anchor]).isSound, "an anchor tells of it")
        let wrong = county.scratch.root + "/wrong.sqlite"
        #expect(throws: StoreError(.inUse, folder: folder)) {
            try CaseDesk.restore(file, into: folder, by: 0, now: DeskCounty.monday)
        }
        try store.close()
        try Data("nothing".utf8).write(to: URL(fileURLWithPath: wrong))
        #expect(refusal { try CaseDesk.restore(wrong, into: folder, by: 0, now: 0) } == .backup(wrong))
        #expect(try CaseStore(opening: folder).verifyAudit().isSound)
    }

    @Test func `restoring erases a flag again that had another key when the backup was made`() throws {
        let county = try DeskCounty()
        let id = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        let file = county.scratch.root + "/copy.sqlite"
        try county.desk("admin").backUp(to: file)
        let session = try county.store.openImport(of: Scratch.source)
        try session.replace(id, with: try Scratch.draft("路灯坏了没人管呀", members: [1, 2]))
        try session.finish(ImportCounts())
        try county.store.erase(id, as: .dismissed, reason: "x", on: 20_530)
        try county.store.close()
        let folder = county.scratch.folder
        try CaseDesk.restore(file, into: folder, by: county.people["admin"] ?? 0, now: DeskCounty.monday + 86_400)
        let store = try CaseStore(opening: folder)
        let flag = try store.flag(id)
        #expect(flag.content == nil && flag.summary.state == .expired && flag.summary.groupID == nil)
        let checks = try store.checks(now: DeskCounty.monday + 86_400)
        #expect(try store.verifyAudit().isSound && checks.filter { !$0.passed } == [])
    }

    @Test func `a flag that became a case since the backup waits again, unless its words were erased`() throws {
        let county = try DeskCounty()
        for (number, words) in ["路灯坏了没人管", "井盖丢了没人管"].enumerated() {
            _ = try county.store.importing(try Scratch.draft(words, members: [UInt64(number)]))
        }
        let file = county.scratch.root + "/copy.sqlite"
        try county.desk("admin").backUp(to: file)
        for flag in 1...2 {
            let number = try #require(
                try county.desk("intake").confirm(flag, FlagConfirmation(summary: "反映设施损坏")).number)
            guard flag == 2 else { continue }
            let request = try county.desk("intake").takeRequest(.erasure, on: number)
            _ = try county.desk("intake").answerRequest(request, on: number, .granted, basis: "依据")
            _ = try county.desk("supervisor").answerRequest(request, on: number, .granted, basis: "依据")
        }
        try county.store.close()
        let folder = county.scratch.folder
        try CaseDesk.restore(file, into: folder, by: county.people["admin"] ?? 0, now: DeskCounty.monday + 86_400)
        let store = try CaseStore(opening: folder)
        #expect(try store.flag(1).content?.text == "路灯坏了没人管" && store.flag(1).summary.state == .new)
        #expect(try store.flag(2).content == nil && store.flag(2).summary.state == .expired)
        #expect(try store.verifyAudit().isSound)
    }
}
