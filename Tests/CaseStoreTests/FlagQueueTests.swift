import CaseStore
import Casework
import Foundation
import Messages
import Testing

struct FlagQueueTests {
    private let county: DeskCounty
    private let ids: [Int]

    /// Flags of several days and severities; the third is a report.
    init() throws {
        let county = try DeskCounty()
        self.county = county
        let today = CivilDay(instant: DeskCounty.monday).number
        ids = try [
            (0, Topic.water, Severity.low), (13, .water, .low), (0, .embezzlement, .high), (2, .roads, .medium),
            (1, .water, .high),
        ].enumerated().map { index, flag in
            var source = Scratch.source
            source.startedOn = today - flag.0
            let session = try county.store.openImport(of: source)
            let id = try session.insert(
                try Scratch.draft(
                    "第\(index)条线索的文字", members: [UInt64(index + 1)], day: today - flag.0, topic: flag.1,
                    severity: flag.2))
            try session.finish(ImportCounts())
            return id
        }
    }

    private func asking(_ order: FlagFilter.Order, limit: Int = 2) -> FlagFilter {
        var filter = FlagFilter()
        (filter.states, filter.order, filter.limit) = ([.new, .claimed], order, limit)
        return filter
    }

    @Test(arguments: [FlagFilter.Order.urgency, .age])
    func `pages follow one another and hold every flag once`(_ order: FlagFilter.Order) throws {
        var filter = asking(order)
        var found: [Int] = []
        for _ in 0..<3 {
            let page = try county.desk("intake").flagPage(filter)
            found += page.rows.map(\.record.summary.id)
            #expect(page.total == 5)
            guard let next = page.next else { break }
            #expect(FlagMark(text: next.text) == next)
            filter.after = next
        }
        #expect(found.sorted() == ids.sorted() && found.count == 5)
        if order == .age { #expect(found.first == ids[1]) }
    }

    @Test func `grave ones first, and an old one is not pushed down by new ones`() throws {
        let order = try county.desk("intake").flagPage(asking(.urgency, limit: 5)).rows.map(\.record.summary.id)
        #expect(order == [ids[4], ids[2], ids[1], ids[3], ids[0]])
        let filter = asking(.urgency, limit: 5)
        #expect(try county.desk("intake").flagCount(filter) == 5)
        var one = filter
        one.rule = "water.cut"
        #expect(try county.desk("intake").flagCount(one) == 5)
        one.rule = "water_cut"
        #expect(try county.desk("intake").flagCount(one) == 0, "a rule's id is no pattern")
    }

    @Test func `a page says who has what in hand, who dismissed, and what is similar`() throws {
        let number = try county.assigned()
        try county.desk("intake").claim(ids[0])
        let outcome = try county.desk("intake2").dismiss(ids[2], reason: "no-substance")
        #expect(outcome.needsSecondReader)
        let rows = try county.desk("supervisor").flagPage(asking(.age, limit: 5)).rows
        let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.record.summary.id, $0) })
        #expect(byID[ids[0]]?.claimedBy == county.people["intake"] && byID[ids[3]]?.claimedBy == nil)
        #expect(byID[ids[2]]?.firstReader == county.people["intake2"] && byID[ids[2]]?.firstReason == "no-substance")
        #expect(byID[ids[0]]?.similar == 1 && byID[ids[3]]?.similar == 0)
        #expect(try county.desk("supervisor").similarCases(to: ids[0]).map(\.number) == [number])
        // What was claimed can be given back, a first dismissal taken back, by the same person only.
        #expect(refusal { try county.desk("intake2").release(ids[0]) } != nil)
        try county.desk("intake").release(ids[0])
        try county.desk("intake2").claim(ids[0])
        #expect(refusal { try county.desk("intake").withdrawDismissal(ids[2]) } != nil)
        try county.desk("intake2").withdrawDismissal(ids[2])
        #expect(try county.desk("intake").dismiss(ids[2], reason: "no-substance").needsSecondReader)
    }

    @Test func `a list is no place to decide on a report`() throws {
        #expect(refusal { _ = try county.desk("intake").dismiss(ids[2], reason: "x", isBulk: true) } == .oneByOne)
        #expect(try county.desk("intake").dismiss(ids[3], reason: "settled-in-group", isBulk: true).state != .expired)
    }

    @Test func `whoever is tied to the village sees no report of it, by page, count or number`() throws {
        let village = try county.unit("village").id
        _ = try county.desk("intake").declare(
            StaffTie(staff: try #require(county.people["intake"]), kind: .native, unit: village))
        let page = try county.desk("intake").flagPage(asking(.age, limit: 50))
        #expect(!page.rows.contains { $0.record.summary.id == ids[2] } && page.total == 4)
        #expect(try county.desk("intake").flagCount(asking(.age)) == 4)
        #expect(refusal { _ = try county.desk("intake").similarCases(to: ids[2]) } == .noSuchFlag(ids[2]))
        #expect(
            refusal { _ = try county.desk("intake").attribute(ids[2], village: DeskCounty.village) }
                == .noSuchFlag(ids[2]))
    }

    @Test func `verdicts count for the rules`() throws {
        _ = try county.desk("intake").dismiss(ids[3], reason: "nothing")
        // One of twenty needs a second reader.
        _ = try? county.desk("intake2").dismiss(ids[3], reason: "nothing")
        _ = try county.desk("intake").confirm(ids[0], FlagConfirmation(summary: "反映供水问题"))
        #expect(try county.desk("supervisor").rulePrecision().isEmpty, "two decisions are too few to be told")
        let told = try county.desk("supervisor").flagOutcomes().flags
        #expect(told.map(\.flag) == [ids[0], ids[1], ids[3], ids[4]])
        #expect(told.map(\.outcome) == [.confirmed, .new, .dismissed, .new])
        #expect(refusal { _ = try county.desk("villager").rulePrecision() } == .role(.handler))
    }

    @Test func `villages without a group or an export are named`() throws {
        let coverage = try county.desk("intake").coverage()
        #expect(coverage.groups.map(\.groupID) == ["g1@chatroom", "g2"])
        #expect(coverage.groups.allSatisfy { $0.lastDay == nil && $0.activeDays == 0 })
        // The other village's code ended in 2025.
        #expect(coverage.villagesWithoutGroup.isEmpty)
        #expect(coverage.villagesWithoutExport == [DeskCounty.village, DeskCounty.otherVillage])
        let session = try county.store.openImport(of: Scratch.source)
        try session.setDigests([1, 2], group: "g1@chatroom", day: CivilDay(instant: DeskCounty.monday).number - 3)
        try session.finish(ImportCounts())
        let later = try county.desk("intake").coverage()
        #expect(later.groups[0].activeDays == 1 && later.villagesWithoutExport == [DeskCounty.otherVillage])
        #expect(try county.desk("watch").coverage().groups.count == 2)
    }
}
