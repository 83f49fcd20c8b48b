import CaseStore
import Casework
import Foundation
import Messages
import Testing

struct ImportTests {
    private let scratch = Scratch()

    @Test func `a flag comes back as it was drafted`() throws {
        let store = try scratch.store()
        let draft = try Scratch.draft("水停了三天没人管", members: [7, .max, 0])
        let id = try store.importing(draft)
        let record = try CaseStore(opening: scratch.folder).flag(id)
        #expect(record.content?.text == draft.text)
        #expect(record.content?.quote == draft.quote)
        #expect(record.content?.hits == draft.hits)
        #expect(record.guards == draft.guards && record.undecided == draft.undecided)
        #expect(record.lexiconVersion == "1ex" && record.gazetteerVersion == "9a2")
        let summary = record.summary
        #expect(summary.village == draft.village && summary.day == draft.day && summary.track == draft.track)
        #expect(summary.topic == draft.topic && summary.severity == draft.severity && summary.score == draft.score)
        #expect(summary.rules == draft.rules && summary.groupID == draft.groupID && summary.messageCount == 3)
        #expect(summary.state == .new && summary.version == 1 && summary.expiresOn == 20525 + 14)
        #expect(try store.records() == [record])
        #expect(try store.flags() == [summary])
    }

    @Test func `counts of an import come back, and its file has no name`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: ImportSource(startedOn: 20525))
        session.describe {
            $0.sha256 = String(repeating: "b", count: 64)
            $0.size = 99
            $0.format = "weflow-json"
            $0.encoding = "gb18030"
        }
        var counts = ImportCounts()
        counts.read = 100
        counts.new = 60
        counts.seen = 30
        counts.refused = 10
        counts.flagged = 2
        counts.rejected = 3
        counts.blank = 4
        counts.gapDays = 1
        counts.firstDay = 20500
        counts.lastDay = 20506
        counts.finishedOn = 20526
        try session.finish(counts)
        let batch = try #require(try store.imports().first)
        #expect(batch.counts == counts)
        #expect(batch.source.format == "weflow-json" && batch.source.size == 99)
        #expect(batch.id == session.batch)
    }

    @Test func `digests are kept per group and day, sorted`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        #expect(try session.digests(group: "g2", day: 5) == [])
        try session.setDigests([9, .max, 0, 1 << 63], group: "g2", day: 5)
        #expect(try session.digests(group: "g2", day: 5) == [0, 9, 1 << 63, .max])
        try session.setDigests([3], group: "g2", day: 5)
        try session.setDigests([], group: "g2", day: 6)
        try session.finish(ImportCounts())
        let next = try store.openImport(of: Scratch.source)
        #expect(try next.digests(group: "g2", day: 5) == [3])
        #expect(try next.digests(group: "g1@chatroom", day: 5) == [])
        #expect(reason { try next.setDigests([1], group: "stranger", day: 5) } == .unknownGroup("stranger"))
        // The refusal left the import open.
        #expect(try next.digests(group: "g2", day: 6) == [])
    }

    @Test func `a message belongs to one flag`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        let first = try session.insert(try Scratch.draft("水停了三天没人管", members: [1, 2]))
        #expect(reason { try session.insert(try Scratch.draft("又停水了没人管", members: [2, 1])) } == .duplicateFlag(first))
        let second = try session.insert(try Scratch.draft("又停水了没人管", members: [2, 3, 3]))
        #expect(try session.flagIDs(withAnyMemberIn: [2, 3, 4]).map(\.id) == [first, second])
        #expect(try session.flagIDs(withAnyMemberIn: [1]).map(\.state) == [.new])
        #expect(try session.flagIDs(withAnyMemberIn: []).isEmpty)
        #expect(try session.insert(try Scratch.draft("没有指纹的一条", members: [])) == second + 1)
        try session.finish(ImportCounts())
        #expect(try store.flags().count == 3)
    }

    @Test func `a flag of an unregistered group is refused`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        let draft = try Scratch.draft("水停了三天没人管", members: [1], group: "stranger")
        #expect(reason { try session.insert(draft) } == .unknownGroup("stranger"))
    }

    @Test func `a new flag is replaced by a fuller one under a new key, others are not`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("我的低保金被拖欠了", members: [1, 2]))
        let other = try store.importing(try Scratch.draft("路灯坏了三个月", members: [3]))
        let session = try store.openImport(of: Scratch.source)
        try session.replace(id, with: try Scratch.draft("我的低保金被拖欠了\n没人管", members: [2, 3, 4], severity: .high))
        #expect(reason { try session.replace(99, with: try Scratch.draft("没有这一条线索", members: [])) } == .noSuchFlag(99))
        try session.finish(ImportCounts())
        let record = try store.flag(id)
        #expect(record.content?.text == "我的低保金被拖欠了\n没人管")
        #expect(record.summary.severity == .high && record.summary.version == 2)
        let next = try store.openImport(of: Scratch.source)
        #expect(try next.flagIDs(withAnyMemberIn: [1]).isEmpty)
        #expect(try next.members(of: id) == [2, 4] && next.members(of: 99) == [])
        #expect(try next.flagIDs(withAnyMemberIn: [3]).map(\.id) == [other])
        #expect(try next.flagIDs(withAnyMemberIn: [4]).map(\.id) == [id])
        next.cancel()
        try store.erase(id, as: .dismissed, reason: "not-a-grievance", on: 20530)
        let last = try store.openImport(of: Scratch.source)
        #expect(
            reason { try last.replace(id, with: try Scratch.draft("又来一次这件事", members: [2])) }
                == .wrongState(id, .dismissed))
    }

    @Test func `cancelled and dropped imports leave nothing, and an ended one refuses`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        try session.insert(try Scratch.draft("水停了三天没人管", members: [1]))
        session.cancel()
        #expect(reason { try session.insert(try Scratch.draft("水停了三天没人管", members: [1])) } == .importEnded)
        #expect(reason { try session.finish(ImportCounts()) } == .importEnded)
        do {
            let dropped = try store.openImport(of: Scratch.source)
            try dropped.insert(try Scratch.draft("水停了三天没人管", members: [1]))
        }
        #expect(try store.flags().isEmpty && store.imports().isEmpty)
        #expect(try store.importing(try Scratch.draft("水停了三天没人管", members: [1])) == 1)
    }

    @Test func `readers see the store as it was until the import ends`() throws {
        let store = try scratch.store()
        let other = try CaseStore(opening: scratch.folder)
        let session = try store.openImport(of: Scratch.source)
        try session.insert(try Scratch.draft("水停了三天没人管", members: [1]))
        #expect(try store.flags().isEmpty && other.flags().isEmpty)
        try session.finish(ImportCounts())
        #expect(try store.flags().count == 1 && other.flags().count == 1)
    }

    @Test func `a second import at once is refused as busy, in this and in another process`() async throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        let hasty = try CaseStore(opening: scratch.folder, busySeconds: 0.05)
        #expect(reason { _ = try hasty.openImport(of: Scratch.source) } == .busy)
        let folder = scratch.folder
        await #expect(processExitsWith: .exitCode(42)) { [folder = folder as String] in
            let other = try CaseStore(opening: folder, busySeconds: 0.05)
            guard try other.flags().isEmpty else { exit(1) }
            exit(reason { _ = try other.openImport(of: Scratch.source) } == .busy ? 42 : 1)
        }
        try session.finish(ImportCounts())
        #expect(throws: Never.self) { _ = try hasty.openImport(of: Scratch.source) }
    }

    @Test func `while an import reads others write, and once it writes they wait`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        let hasty = try CaseStore(opening: scratch.folder, busySeconds: 0.05)
        #expect(try session.digests(group: "g2", day: 5) == [])
        #expect(throws: Never.self) { try hasty.add(Self.another) }
        try session.insert(try Scratch.draft("水停了三天没人管", members: [1]))
        #expect(reason { try hasty.setColumnMap("x", group: "g2") } == .busy)
        try session.finish(ImportCounts())
        #expect(throws: Never.self) { try hasty.setColumnMap("x", group: "g2") }
        #expect(try store.flags().count == 1)
    }

    @Test func `what was asked after begin stays true until the end`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("水停了三天没人管", members: [1]))
        let hasty = try CaseStore(opening: scratch.folder, busySeconds: 0.05)
        let session = try store.openImport(of: Scratch.source)
        try session.begin()
        #expect(reason { try hasty.erase(id, as: .dismissed, reason: "x", on: 20530) } == .busy)
        #expect(try session.flagIDs(withAnyMemberIn: [1]).map(\.state) == [.new])
        try session.replace(id, with: try Scratch.draft("水停了五天没人管", members: [1, 2]))
        try session.finish(ImportCounts())
        #expect(try store.flag(id).content?.text == "水停了五天没人管")
    }

    @Test func `an import that only read leaves its batch and nothing else`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        _ = try session.digests(group: "g2", day: 5)
        try session.finish(ImportCounts())
        #expect(try store.imports().map(\.id) == [session.batch])
        #expect(reason { try session.begin() } == .importEnded)
        let next = try store.openImport(of: Scratch.source)
        next.cancel()
        #expect(reason { try next.begin() } == .importEnded)
        #expect(try store.imports().count == 1)
    }

    private static let another = RegisteredGroup(
        id: "g3", name: "溪西村第二监督群", platform: .wechat, village: "350999001202", noticePostedOn: "2026-01-06")

    @Test func `a hundred thousand messages of one day fit in one row`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        let digests = (0..<100_000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        try session.setDigests(digests, group: "g1@chatroom", day: 20520)
        #expect(try session.digests(group: "g1@chatroom", day: 20520) == digests.sorted())
    }
}
