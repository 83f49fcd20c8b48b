import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What the desk does beside the table of states: bundles, duty, rows of other platforms, second chances, outcomes.
struct HandlingTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    private func ask(_ texts: [String], first: UInt64, topic: Topic = .disclosure, day: Int = 20520) throws {
        let session = try county.store.openImport(of: Scratch.source)
        for (index, text) in texts.enumerated() {
            let draft = try Scratch.draft(text, members: [first + UInt64(index)], day: day, topic: topic)
            if let bundle = try session.bundle(for: draft) {
                try session.absorb(draft, into: bundle)
            } else {
                try session.insert(draft)
            }
        }
        try session.finish(ImportCounts())
    }

    @Test func `twenty questions about one list are one flag, with every word and hit in its place`() throws {
        let texts = (1...20).map { "第\($0)个问题：这笔钱发给了谁" }
        try ask(texts, first: 100)
        let record = try #require(try county.store.records().first)
        #expect(try county.store.flags().count == 1 && record.summary.bundled == 20)
        #expect(record.content?.text == texts.joined(separator: "\n") && record.content?.hits.count == 20)
        let bytes = Array((record.content?.text ?? "").utf8)
        #expect(record.content?.hits.map { String(decoding: bytes[$0.span], as: UTF8.self) } == texts)
        #expect(record.summary.messageCount == 20)
        // The next day's questions, another topic's and reports stand for themselves.
        try ask(["又过一天还是没人答"], first: 200, day: 20521)
        try ask(["水管坏了没人修", "水管坏了两天"], first: 300, topic: .water)
        try ask(["钱被他拿走了", "钱真的被他拿走了"], first: 400, topic: .accounts)
        #expect(try county.store.flags().count == 6)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `a bundle counts messages, however many digests each has`() throws {
        let session = try county.store.openImport(of: Scratch.source)
        for index in 0..<4 {
            let first = UInt64(index * 3)
            var draft = try Scratch.draft(
                "第\(index)个问题：这笔钱发给了谁", members: [first + 1, first + 2, first + 3], topic: .disclosure)
            draft.messageCount = 1
            if let bundle = try session.bundle(for: draft) {
                try session.absorb(draft, into: bundle)
            } else {
                try session.insert(draft)
            }
        }
        try session.finish(ImportCounts())
        let flags = try county.store.flags()
        #expect(flags.map(\.messageCount) == [4] && flags.map(\.bundled) == [4])
    }

    @Test func `a bundle grows until somebody looks at it, and not without end`() throws {
        try ask(["这笔钱发给了谁"], first: 1)
        try county.desk("intake").claim(1)
        try ask(["名单上为什么没有我"], first: 2)
        #expect(try county.store.flags().count == 2)
        try ask((0..<60).map { "第\($0)个问题怎么没人答" }, first: 100)
        let sizes = try county.store.flags().map(\.bundled).sorted()
        #expect(sizes == [1, 21, FlagBundle.mostTexts])
        // What is imported a second time is in it already.
        try ask(["第3个问题怎么没人答"], first: 103)
        #expect(try county.store.flags().map(\.bundled).sorted() == sizes)
    }

    @Test func `a supervisor gives a grave flag its time once more, and only once`() throws {
        let today = CivilDay(instant: DeskCounty.monday).number
        var source = Scratch.source
        source.startedOn = today
        let session = try county.store.openImport(of: source)
        let id = try session.insert(
            try Scratch.draft("低保金被拿走了", members: [1], day: today, topic: .embezzlement, severity: .high))
        try session.finish(ImportCounts())
        var soon = FlagFilter()
        soon.waiting = .expiry(by: today + 7)
        #expect(try county.desk("intake").flagCount(soon) == 0)
        soon.waiting = .expiry(by: today + 7 + 7)
        #expect(try county.desk("intake", day: 7).flagCount(soon) == 1)
        #expect(try county.desk("admin", day: 14).retain().escalatedFlags == [id])
        var waiting = FlagFilter()
        waiting.waiting = .supervisor
        #expect(try county.desk("supervisor", day: 14).flags(waiting).map(\.summary.id) == [id])
        #expect(refusal { try county.desk("intake", day: 14).extend(id) } == .role(.intake))
        try county.desk("supervisor", day: 14).extend(id)
        #expect(try county.desk("supervisor", day: 14).flagCount(waiting) == 0)
        #expect(try county.desk("admin", day: 20).retain().escalatedFlags == [])
        #expect(try county.desk("admin", day: 28).retain().escalatedFlags == [id])
        #expect(refusal { try county.desk("supervisor", day: 28).extend(id) } == .extendedBefore(id))
        _ = try county.desk("intake", day: 28).dismiss(id, reason: "nothing")
        waiting.waiting = .secondReader
        #expect(try county.desk("supervisor", day: 28).flags(waiting).map(\.summary.id) == [id])
    }

    @Test func `a flag that must go up has five working days from when that is seen, red on the fifth`() throws {
        let head = try county.desk("admin").addOfficial(
            unit: try county.unit("commission").id, post: "副书记", managedRank: 4)
        let id = try county.store.importing(
            try Scratch.draft("副书记收了钱", members: [1], day: 20513, topic: .bribery, severity: .high))
        #expect(try county.desk("intake").upwardDue(ofFlag: id) == nil)
        var confirmation = FlagConfirmation(summary: "反映收受财物")
        confirmation.accused = [.init(unit: try county.unit("commission").id, official: head)]
        #expect(refusal { _ = try county.desk("intake").confirm(id, confirmation) } == .mustGoUp)
        #expect(try county.desk("intake", day: 1).upwardDue(ofFlag: id) == CivilDay("2026-03-09"))
        var waiting = FlagFilter()
        waiting.waiting = .levelAbove
        #expect(try county.desk("intake").flagCount(waiting) == 1)
        _ = try county.desk("intake", day: 2).forwardUp(id) { _ in }
        #expect(try county.desk("intake", day: 2).flagCount(waiting) == 0)
        // A case whose accused turns out to stand higher keeps its wall, and has the term beside it.
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        var narrow = CaseAct(.narrow)
        narrow.unit = try county.unit("commission")
        var details = ActDetails()
        details.official = head
        #expect(
            refusal { _ = try county.desk("supervisor").perform(narrow, on: number, details: details) } == .mustGoUp)
        let view = try county.desk("supervisor", day: 7).view(number)
        #expect(view.accused.count == 3 && view.clocks.last?.kind == .up5wd && view.clocks.last?.status == .red)
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `one act makes a flag a case that lies with its unit`() throws {
        let id = try county.store.importing(try Scratch.draft("水管坏了没人修", members: [1]))
        var confirmation = FlagConfirmation(summary: "反映供水设施损坏")
        confirmation.unit = try county.unit("village").id
        let outcome = try county.desk("intake").confirm(id, confirmation)
        #expect(outcome.state == .assigned)
        let view = try county.desk("villager").view(try #require(outcome.number))
        #expect(view.events.map(\.action) == [.register, .accept, .assign])
        // What may not lie there is refused whole: the flag waits as before.
        let other = try county.store.importing(try Scratch.draft("低保一直没批下来", members: [2], topic: .assistance))
        #expect(
            refusal { _ = try county.desk("intake").confirm(other, confirmation) }
                == .refused(.guarded(.unitForTopic), .assign))
        #expect(try county.desk("intake").flag(other).summary.state == .new)
    }

    @Test func `a row of another platform is registered once, and its number is read in no file`() throws {
        var new = DeskCounty.water()
        (new.source, new.reference) = (.platform, "FJ20260302-000417")
        let number = try #require(try county.desk("intake").register(new).number)
        #expect(refusal { _ = try county.desk("intake2").register(new) } == .knownReference)
        new.source = .petition
        new.area = DeskCounty.otherVillage
        #expect(try county.desk("intake").register(new).number != number, "another organ's number is another number")
        try county.store.close()
        #expect(county.scratch.files(holding: Array("FJ20260302-000417".utf8)) == [])
    }

    @Test func `who is on duty stands beside a case, and only the body's own people or its keepers say so`() throws {
        let number = try county.assigned()
        let (villager, village) = (try #require(county.people["villager"]), try county.unit("village").id)
        let day = CivilDay(instant: DeskCounty.monday)
        let turn = DutyTurn(unit: village, staff: villager, days: day...day.advanced(by: 6))
        #expect(refusal { try county.desk("neighbour").setDuty(turn) } == .role(.handler))
        try county.desk("villager").setDuty(turn)
        #expect(try county.desk("watch").view(number).onDuty == [villager])
        #expect(try county.desk("watch", day: 7).view(number).onDuty == [])
        let stranger = DutyTurn(unit: village, staff: try #require(county.people["neighbour"]), days: day...day)
        #expect(refusal { try county.desk("supervisor").setDuty(stranger) } == .noSuchStaff(stranger.staff))
        #expect(try county.desk("watch").dutyRoster(day...day) == [turn])
        try county.desk("supervisor").endDuty(unit: village, staff: villager, from: day)
        #expect(try county.desk("watch").dutyRoster(day...day).isEmpty)
        #expect(refusal { try county.desk("supervisor").endDuty(unit: village, staff: villager, from: day) } != nil)
    }

    @Test func `supervision may set a day to mend by, which is due until there is an answer`() throws {
        let number = try county.assigned()
        var act = CaseAct(.supervise)
        (act.supervision, act.until) = (.yellow, CivilDay("2026-03-02"))
        #expect(
            refusal { _ = try county.desk("watch").perform(act, on: number) } == .refused(.guarded(.level), .supervise))
        act.until = CivilDay("2026-03-03")
        _ = try county.desk("watch").perform(act, on: number)
        var view = try county.desk("villager").view(number)
        #expect(view.mendBy == act.until && view.summary.dueOn == act.until)
        act.until = CivilDay("2026-03-04")
        _ = try county.desk("watch").perform(act, on: number)
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: number)
        view = try county.desk("villager").view(number)
        #expect(view.mendBy == nil)
    }

    @Test func `what speaks of health or minors is kept from township discipline without a person's mark`() throws {
        let number = try #require(
            try county.desk("intake").register(DeskCounty.water("反映停水影响患肝炎老人用药")).number)
        #expect(refusal { _ = try county.desk("watch").view(number) } == .refused(.notVisible, .note))
        #expect(try county.desk("supervisor").view(number).summary.number == number)
    }

    @Test func `an installation's topics may ask for proofs that no follow-up stands in for`() throws {
        let scratch = Scratch()
        var configuration = StoreConfiguration()
        configuration.closingEvidence = ["water": 2, "default": 0]
        let store = try CaseStore.create(at: scratch.folder, configuration: configuration)
        #expect(store.configuration.closingEvidence["water"] == 2)
        try Data("{\"closingEvidence\": {\"water\": 21}}".utf8).write(
            to: URL(fileURLWithPath: scratch.folder + "/config.json"))
        #expect(throws: StoreError.self) { try CaseStore(opening: scratch.folder) }
    }

    @Test func `outcomes are told by class and count, reports for the county, late and from five on`() throws {
        let number = try county.assigned()
        _ = try county.desk("villager").perform(DeskCounty.reply(), on: number)
        var details = ActDetails()
        var resolution = CaseResolution(problem: .duty)
        (resolution.measure, resolution.persons, resolution.returned) = (.criticism, 1, 3000)
        details.resolution = resolution
        _ = try county.desk("supervisor").perform(CaseAct(.close), on: number, details: details)
        for _ in 0..<5 { _ = try county.desk("intake").register(DeskCounty.report()) }
        let day = CivilDay(instant: DeskCounty.monday)
        let now = try county.desk("supervisor").outcomes(from: day, through: day)
        #expect(now.received == 1 && now.ended == 1 && now.reports == nil, "the quarter isn't over")
        #expect(now.rows.map(\.officials) == [1] && now.rows.first?.returned == 3000)
        let january = try #require(CivilDay("2026-01-01"))
        let later = try county.desk("inspector", day: 130).outcomes(from: january, through: day.advanced(by: 130))
        #expect(later.reports == 5 && later.substantiated == nil)
        // A quarter that is cut tells nothing: the difference of two answers would be a smaller figure.
        let cut = try county.desk("inspector", day: 130).outcomes(from: day, through: day.advanced(by: 130))
        #expect(cut.reports == nil && cut.received == 1)
        #expect(refusal { _ = try county.desk("villager").outcomes(from: day, through: day) } == .role(.handler))
    }

    @Test func `a group that only its owner exports is marked`() throws {
        for (role, isDoubtful) in [(ExporterRole.owner, true), (.resident, false)] {
            var source = Scratch.source
            (source.exporter, source.startedOn) = (role, CivilDay(instant: DeskCounty.monday).number)
            let session = try county.store.openImport(of: source)
            try session.setDigests([1], group: "g1@chatroom", day: 20513)
            try session.insert(try Scratch.draft("水管坏了没人修", members: [role == .owner ? 1 : 2]))
            try session.finish(ImportCounts())
            let group = try #require(try county.desk("intake").coverage().groups.first { $0.groupID == "g1@chatroom" })
            #expect(group.isUnverified == isDoubtful && group.exporters.contains(role))
        }
        let groups = try county.desk("intake").coverage().groups
        #expect(groups.first?.waiting == 2 && groups.last?.waiting == 0)
        #expect(try county.desk("watch").coverage().groups.allSatisfy { $0.waiting == nil }, "it would tell of reports")
    }
}
