import CaseStore
import Casework
import Messages
import Testing

struct FlagTests {
    private let scratch = Scratch()

    private func filled() throws -> CaseStore {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        try session.insert(try Scratch.draft("水停了三天没人管", members: [1], day: 20522))
        try session.insert(try Scratch.draft("低保金被人截留", members: [2], topic: .embezzlement, severity: .high))
        try session.insert(try Scratch.draft("建议加一盏路灯", members: [3], day: 20519, topic: .suggestion, severity: .low))
        try session.insert(try Scratch.draft("水又停了没人管", members: [4], group: "g2", day: 20521, village: false))
        try session.finish(ImportCounts())
        return store
    }

    @Test func `the most urgent come first, then the oldest`() throws {
        #expect(try filled().flags().map(\.id) == [2, 4, 1, 3])
    }

    @Test func `a filter keeps what it names`() throws {
        let store = try filled()
        func ids(_ change: (inout FlagFilter) -> Void) throws -> [Int] {
            var filter = FlagFilter()
            change(&filter)
            #expect(try store.records(filter).map(\.summary) == store.flags(filter))
            return try store.flags(filter).map(\.id)
        }
        #expect(try ids { $0.tracks = [.grievance] } == [4, 1])
        #expect(try ids { $0.tracks = [.grievance, .suggestion] } == [4, 1, 3])
        #expect(try ids { $0.topics = [.embezzlement] } == [2])
        #expect(try ids { $0.severities = [.low, .high] } == [2, 3])
        #expect(try ids { $0.groupID = "g2" } == [4])
        #expect(try ids { $0.unattributed = true } == [4])
        #expect(try ids { $0.place = "350999001201" } == [2, 1, 3])
        #expect(try ids { $0.place = "350999001000" } == [2, 1, 3])
        #expect(try ids { $0.place = "350000000000" } == [2, 1, 3])
        #expect(try ids { $0.place = "350999002000" } == [])
        #expect(try ids { $0.days = 20520...20521 } == [2, 4])
        #expect(try ids { $0.states = [.dismissed] } == [])
        #expect(try ids { $0.batch = 2 } == [])
        #expect(
            try ids {
                $0.limit = 2
                $0.offset = 1
            } == [4, 1])
    }

    @Test func `flags are counted by state`() throws {
        let store = try filled()
        try store.erase(3, as: .expired, reason: "no-review", on: 20540)
        let counts = try store.flagCounts()
        #expect(counts[.new] == 3 && counts[.expired] == 1 && counts[.claimed] == 0)
        #expect(counts.count == FlagState.allCases.count)
    }

    @Test func `an ended flag keeps rule, verdict, township and month, and nothing else`() throws {
        let store = try filled()
        #expect(try store.erase(2, as: .dismissed, reason: "already-solved", on: 20530))
        let record = try store.flag(2)
        #expect(record.content == nil)
        #expect(record.summary.groupID == nil)
        #expect(record.summary.village?.code == "350999001000" && record.summary.village?.name == "")
        #expect(record.summary.day == 20513)
        #expect(record.summary.state == .dismissed && record.summary.reason == "already-solved")
        #expect(record.summary.rules == ["water.cut"] && record.summary.version == 2)
        #expect(try store.flag(1).content != nil)
    }

    @Test func `an ended flag isn't raised again by the same messages`() throws {
        let store = try filled()
        try store.erase(2, as: .dismissed, reason: "already-solved", on: 20530)
        let session = try store.openImport(of: Scratch.source)
        #expect(try session.flagIDs(withAnyMemberIn: [2]).map(\.state) == [.dismissed])
        #expect(reason { try session.insert(try Scratch.draft("低保金被人截留", members: [2])) } == .duplicateFlag(2))
    }

    @Test func `an erasure wants a flag that lives, an end, a code and the version that was seen`() throws {
        let store = try filled()
        #expect(reason { try store.erase(9, as: .dismissed, reason: "x", on: 1) } == .noSuchFlag(9))
        #expect(reason { try store.erase(1, as: .claimed, reason: "x", on: 1) } == .wrongState(1, .new))
        #expect(reason { try store.erase(1, as: .dismissed, reason: "王某某说的", on: 1) } == .badReason)
        #expect(reason { try store.erase(1, as: .dismissed, reason: "", on: 1) } == .badReason)
        #expect(reason { try store.erase(1, as: .dismissed, reason: "x", on: 1, version: 2) } == .changedMeanwhile(1))
        try store.erase(1, as: .forwardedUp, reason: "x", on: 1, version: 1)
        #expect(reason { try store.erase(1, as: .expired, reason: "x", on: 1) } == .wrongState(1, .forwardedUp))
        #expect(reason { _ = try store.flag(9) } == .noSuchFlag(9))
    }

    @Test(arguments: [
        ("1970-01-01", 0, 0), ("1970-02-28", 58, 31), ("2024-02-29", 19782, 19754), ("2024-03-01", 19783, 19783),
        ("2026-03-07", 20519, 20513), ("2000-12-31", 11322, 11292),
    ])
    func `the month of a day begins where the calendar says`(_ name: String, _ day: Int, _ first: Int) throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("水停了三天没人管", members: [1], day: day))
        try store.erase(id, as: .dismissed, reason: "x", on: 20530)
        #expect(try store.flag(id).summary.day == first, "\(name)")
    }
}
