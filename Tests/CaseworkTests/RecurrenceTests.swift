import Casework
import Messages
import Testing

struct RecurrenceTests {
    private typealias County = SmallCounty
    private let intake = County.person(.intake, of: County.commission, id: 50)
    private let villager = County.person(.handler, of: County.village)
    private let supervisor = County.person(.supervisor, of: County.commission, id: 51)

    /// A water complaint of 11 July, answered on 12 July by saying that somebody was sent.
    private func answered() throws -> CaseLife {
        var life = try CaseLife(.water, on: "2026-07-11")
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(County.village), by: intake)
        try life.go(.reply("已派人上门检修"), by: villager, on: "2026-07-12")
        return life
    }

    private func find(
        _ life: CaseLife, on date: String, village: String = County.village.area, topic: Topic = .water,
        unit: Int? = nil,
        rule: Recurrence = Recurrence()
    ) throws -> Recurrence.Finding? {
        rule.finding(village: village, topic: topic, on: try day(date), unit: unit, earlier: life.file)
    }

    @Test func `water on 11 July, a reply on the 12th, again on 3 August: 22 days, opened again`() throws {
        let life = try answered()
        #expect(try find(life, on: "2026-08-03") == .redo(days: 22, unit: County.village.id))
        var fortnight = Recurrence(windows: [:])
        fortnight.standardWindow = 14
        #expect(try find(life, on: "2026-08-03", rule: fortnight) == nil)
    }

    @Test func `the reply of 12 July shows the signs before it comes back, and more after`() throws {
        var life = try answered()
        #expect(PerfunctoryCheck.signs(in: life.file, window: 30) == [.quickAndIdle, .stockPhrase, .nothingToShow])
        #expect(try life.refusal(.make(.close), by: supervisor) != nil)
        try life.go(.because(.redo, .recurrence), by: intake, on: "2026-08-03")
        let signs = PerfunctoryCheck.signs(in: life.file, window: 30)
        #expect(signs.contains(.cameBack) && PerfunctoryCheck.isSuspected(signs))
    }

    @Test func `an honest reply shows no two signs`() throws {
        var life = try CaseLife(.water, on: "2026-07-11")
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(County.village), by: intake)
        try life.go(
            .reply("更换了村口的阀门和两段水管", on: day("2026-07-12"), result: "水压恢复，已请住户试用", evidence: 2), by: villager,
            on: "2026-07-12")
        let signs = PerfunctoryCheck.signs(in: life.file, window: 30)
        #expect(!PerfunctoryCheck.isSuspected(signs), "\(signs)")
    }

    @Test func `another place, topic, unit or an unanswered case is no return`() throws {
        let life = try answered()
        #expect(try find(life, on: "2026-08-03", village: County.otherVillage.area) == nil)
        #expect(try find(life, on: "2026-08-03", topic: .roads) == nil)
        #expect(try find(life, on: "2026-08-03", unit: County.township.id) == .related(days: 22))
        #expect(try find(life, on: "2026-08-11") == .redo(days: 30, unit: 1))
        #expect(try find(life, on: "2026-08-12") == nil)
        var open = try CaseLife(.water, on: "2026-07-11")
        try open.go(.make(.accept), by: intake)
        #expect(try find(open, on: "2026-07-12") == nil)
        #expect(try find(life, on: "2026-07-01") == nil)
    }

    @Test func `what was written before the last reply is no return, and a closing begins the window anew`() throws {
        var life = try answered()
        #expect(try find(life, on: "2026-07-11") == nil)
        #expect(try find(life, on: "2026-07-12") == .redo(days: 0, unit: County.village.id))
        try life.go(.because(.followUp, .satisfied), by: intake, on: "2026-07-20")
        life.file.events.append(CaseEvent(.close, on: try day("2026-07-25"), from: .followedUp, to: .closed))
        #expect(try find(life, on: "2026-07-22") == .redo(days: 10, unit: County.village.id), "between the two")
        #expect(try find(life, on: "2026-08-20") == .redo(days: 26, unit: County.village.id))
        try life.go(.because(.redo, .recurrence), by: intake, on: "2026-08-20")
        try life.go(.reply("更换了水泵", result: "已恢复供水", evidence: 1), by: villager, on: "2026-08-24")
        #expect(try find(life, on: "2026-08-22") == nil, "the second reply speaks of it")
        #expect(try find(life, on: "2026-08-30") == .redo(days: 6, unit: County.village.id))
    }

    @Test func `windows stay between 7 and 90 days`() {
        let rule = Recurrence(windows: [.water: 1, .roads: 400, .noise: 20])
        #expect(rule.window(of: .water) == 7 && rule.window(of: .roads) == 90 && rule.window(of: .noise) == 20)
        #expect(rule.window(of: .electricity) == 30)
    }
}

struct SummaryCheckTests {
    private let original = "村里的水管从上个月起就一直坏着，没有人来修过。"

    @Test func `twelve characters in a row are a quotation, eleven aren't`() {
        #expect(SummaryCheck.copiedStretch(in: "群众反映：水管从上个月起就一直坏着", of: original) == "水管从上个月起就一直坏着")
        #expect(SummaryCheck.copiedStretch(in: "群众反映水管从上个月起就一直坏", of: original) == nil)
        #expect(SummaryCheck.copiedStretch(in: "水管，从上个月起 就一直 坏着。", of: original) != nil)
        #expect(SummaryCheck.copiedStretch(in: "反映供水设施损坏多日未修", of: original) == nil)
        #expect(
            SummaryCheck.copiedStretch(in: "", of: original) == nil
                && SummaryCheck.copiedStretch(in: original, of: "") == nil)
    }

    @Test(
        arguments: [
            ("有群众反映供水中断", []), ("一户低保家庭反映补助少了300元", [SummaryCheck.Clue.household, .amount]),
            ("其儿子3月5日到镇里反映", [.relation, .date]), ("反映拖欠两万工程款", [.amount]),
        ] as [(String, Set<SummaryCheck.Clue>)])
    func `what points at one household is named`(_ text: String, _ clues: Set<SummaryCheck.Clue>) {
        #expect(SummaryCheck.clues(in: text) == clues)
    }
}
