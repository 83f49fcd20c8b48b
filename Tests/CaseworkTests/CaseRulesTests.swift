import Casework
import Foundation
import Messages
import Testing

struct CaseRulesTests {
    private typealias County = SmallCounty
    private let intake = County.person(.intake, of: County.commission, id: 50)
    private let supervisor = County.person(.supervisor, of: County.commission, id: 51)
    private let inspector = County.person(.inspector, of: County.commission, id: 52)
    private let villager = County.person(.handler, of: County.village)
    private let township = County.person(.handler, of: County.township)
    private let discipline = County.person(.townshipDiscipline, of: County.discipline)

    private func assigned(_ topic: Topic = .water, to unit: OrgUnit = County.village) throws -> CaseLife {
        var life = try CaseLife(topic, on: "2026-03-02")
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(unit), by: intake)
        return life
    }

    private func refuse(_ life: CaseLife, _ act: CaseAct, by person: CaseStanding) throws -> CaseRefusal? {
        try life.refusal(act, by: person)
    }

    @Test func `a complaint goes from registration to closing, and its history replays to its state`() throws {
        var life = try assigned()
        try life.go(.make(.begin), by: villager, on: "2026-03-03")
        try life.go(
            .reply("更换了村口的水管阀门", on: day("2026-03-04"), result: "已恢复供水"), by: villager, on: "2026-03-04")
        #expect(try refuse(life, .make(.close), by: supervisor) == .gate([.evidenceOrFollowUp]))
        try life.go(.because(.followUp, .satisfied), by: discipline, on: "2026-03-05")
        try life.go(.make(.close), by: supervisor)
        #expect(life.file.state == .closed)
        #expect(CaseFile.replayed(life.file.events, from: .grievance) == .closed)
    }

    @Test func `words about sending somebody never close a case`() throws {
        for (reply, missing) in [
            (CaseAct.reply("已派人"), [ClosingGate.Missing.what, .result, .evidenceOrFollowUp]),
            (.reply("已派工作人员上门检修", on: try day("2026-03-03"), evidence: 1), [.what, .result]),
            (.reply("更换了水管", on: try day("2026-03-03"), result: "正在处理", evidence: 1), [.result]),
        ] {
            var life = try assigned()
            try life.go(reply, by: villager, on: "2026-03-03")
            #expect(try refuse(life, .make(.close), by: supervisor) == .gate(missing))
        }
    }

    @Test func `a follow-up that says not satisfied keeps a case open whatever is proved`() throws {
        var life = try assigned()
        try life.go(
            .reply("更换了水管", on: day("2026-03-03"), result: "已恢复供水", evidence: 3), by: villager, on: "2026-03-03")
        try life.go(.because(.followUp, .notSatisfied), by: discipline)
        #expect(try refuse(life, .make(.close), by: supervisor) == .gate([.satisfaction]))
        try life.go(.because(.redo, .notSatisfied), by: discipline)
        // A new reply opens the question anew.
        try life.go(
            .reply("重新埋了水管", on: day("2026-03-05"), result: "恢复供水", evidence: 1), by: villager, on: "2026-03-05")
        try life.go(.make(.close), by: supervisor)
    }

    @Test func `the wall comes before everything else`() throws {
        let life = try assigned()
        let walled = County.person(.supervisor, of: County.commission, reads: false)
        #expect(try life.rules().offers(to: walled, for: life.file).isEmpty)
        for action in CaseAction.allCases {
            #expect(try refuse(life, .make(action), by: walled) == .notVisible)
        }
    }

    @Test func `only the lead unit's handler handles`() throws {
        let life = try assigned()
        #expect(try refuse(life, .make(.begin), by: township) == .notYourUnit)
        #expect(try refuse(life, .make(.begin), by: intake) == .role)
        #expect(try refuse(life, .make(.close), by: villager) == .state(.assigned))
        #expect(try refuse(life, .make(.begin), by: villager) == nil)
    }

    @Test func `what the village is asked about doesn't go to the village`() throws {
        for (topic, unit, allowed) in [
            (Topic.water, County.village, true), (.disclosure, County.village, false),
            (.disclosure, County.township, true), (.transport, County.township, false),
            (.transport, County.bureau, true), (.water, County.discipline, false), (.water, County.commission, false),
            (.water, County.otherVillage, false), (.subsidies, County.village, false),
        ] {
            var life = try CaseLife(topic, on: "2026-03-02")
            try life.go(.make(.accept), by: intake)
            let refusal = try refuse(life, .assign(unit), by: intake)
            #expect((refusal == nil) == allowed, "\(topic) \(unit.name)")
        }
        #expect(Routing().firstRank(of: .disclosure) == .township && Routing().firstRank(of: .transport) == .county)
    }

    @Test func `a case is returned within five working days, with a reason`() throws {
        var life = try assigned()
        #expect(try refuse(life, .make(.sendBack) { $0.text = "不归我们管" }, by: villager) == .badReason)
        #expect(try refuse(life, .because(.sendBack, .notOurRemit), by: villager) == .guarded(.text))
        #expect(try refuse(life, .because(.sendBack, .courts, "字"), by: villager) == .badReason)
        life.today = try day("2026-03-09")
        #expect(try refuse(life, .because(.sendBack, .notOurRemit, "水管属镇水厂"), by: villager) == nil)
        life.today = try day("2026-03-10")
        #expect(
            try refuse(life, .because(.sendBack, .notOurRemit, "水管属镇水厂"), by: villager)
                == .guarded(.withinReturnTerm))
    }

    @Test func `a second dispute goes to the common superior`() throws {
        var life = try assigned()
        try life.go(.because(.sendBack, .notOurRemit, "属镇"), by: villager)
        try life.go(.assign(County.township), by: intake)
        try life.go(.because(.sendBack, .notOurRemit, "属村"), by: township)
        #expect(try refuse(life, .assign(County.village), by: intake) == .guarded(.commonSuperior))
        #expect(try refuse(life, .assign(County.bureau), by: intake) == nil)
        #expect(try refuse(life, .assign(County.township), by: intake) == .guarded(.commonSuperior))
        #expect(try refuse(life, .assign(County.city), by: intake) == .guarded(.commonSuperior), "the lowest there is")
    }

    @Test func `a dispute goes to who stands above all that sent it back, and to nobody else of the same level`() {
        var units = County.units
        func add(_ id: Int, _ kind: UnitKind, _ area: String, parent: Int? = nil) {
            units[id] = OrgUnit(id: id, parent: parent, kind: kind, area: area, name: "\(id)")
        }
        add(8, .countyDepartment, "990001000000")
        add(9, .countyDepartment, "990001000000")
        add(10, .townshipGovernment, "990001101000", parent: 8)
        add(11, .village, "990001101201", parent: 10)
        add(12, .village, "990001100203")
        func arbiters(_ disputants: Int...) -> Set<Int> {
            let able = units.values.filter { !$0.kind.isDiscipline }.map(\.id)
            return OrgUnit.arbiters(of: Set(disputants), among: Set(able), in: units)
        }
        #expect(arbiters(1, 7) == [2] && arbiters(1, 2) == [4] && arbiters(1) == [2])
        // Villages of two townships with no chain in common: any department of their county, no township's.
        #expect(arbiters(1, 11) == [4, 8, 9])
        // No superior on record: by place.
        #expect(arbiters(12, 1) == [2] && arbiters(12, 10) == [4, 8, 9])
        #expect(arbiters(4, 8) == [6], "two departments: the level above")
        #expect(arbiters(1, 2, 4) == [6])
        units[6] = nil
        #expect(arbiters(4, 8) == [9], "nobody above them on record: a third one, none of the two")
        #expect(arbiters(4, 8, 9) == [4, 8, 9], "and never nobody at all")
        units[4]?.parent = 9
        units[8]?.parent = 9
        #expect(arbiters(4, 8) == [9] && arbiters(1, 10) == [9], "a body above its departments")
        // A commission stands above them and handles nothing: whoever stands above it.
        add(13, .cityDepartment, "990000000000")
        units[5]?.parent = 13
        units[4]?.parent = 5
        units[8]?.parent = 5
        #expect(arbiters(4, 8) == [13])
    }

    @Test func `who sent it back twice does not get it a third time`() throws {
        var life = try assigned()
        for _ in 0..<2 {
            try life.go(.because(.sendBack, .notOurRemit, "属镇"), by: villager)
            if life.file.events.filter({ $0.action == .sendBack }).count == 1 {
                try life.go(.assign(County.village), by: intake)
            }
        }
        #expect(try refuse(life, .assign(County.village), by: intake) == .guarded(.commonSuperior))
        #expect(try refuse(life, .assign(County.township), by: intake) == nil)
    }

    @Test func `what lies ahead was not done`() throws {
        var life = try assigned()
        try life.go(.make(.begin), by: villager)
        func reply(on day: CivilDay) -> CaseAct {
            .make(.reply) { $0.reply = ReplyDraft(done: "更换水管", doneOn: day, result: "恢复供水") }
        }
        #expect(try refuse(life, reply(on: life.today.advanced(by: 1)), by: villager) == .guarded(.replyFields))
        #expect(try refuse(life, reply(on: life.today), by: villager) == nil)
        // What, when and with what result: each of the three.
        let done = life.today
        for lacking in [
            CaseAct.reply("更换了水管", on: nil, result: "已恢复供水"), .reply("更换了水管", on: done, result: " "),
            .reply("\n", on: done, result: "已恢复供水"),
        ] {
            #expect(try refuse(life, lacking, by: villager) == .guarded(.replyFields))
        }
    }

    @Test func `escalation climbs one level at a time, with a reason`() throws {
        var life = try assigned()
        try life.go(.make(.begin), by: villager)
        func up(_ unit: OrgUnit) -> CaseAct {
            .make(.escalate) {
                $0.reason = .beyondAuthority
                $0.unit = unit
            }
        }
        #expect(try refuse(life, up(County.bureau), by: villager) == .guarded(.nextRank))
        #expect(try refuse(life, up(County.village), by: villager) == .guarded(.nextRank))
        try life.go(up(County.township), by: villager)
        #expect(try refuse(life, .make(.begin), by: villager) == .notYourUnit)
        try life.go(.make(.begin), by: township)
        try life.go(up(County.bureau), by: township)
        let bureau = County.person(.handler, of: County.bureau)
        try life.go(.make(.begin), by: bureau)
        try life.go(up(County.city), by: bureau)
        #expect(Rank.city.above == nil && life.file.state == .escalated)
    }

    @Test func `a handling is extended once and not beyond the limit`() throws {
        var life = try assigned()
        func extend(_ until: String) throws -> CaseAct {
            let date = try day(until)
            return .make(.extend) {
                $0.until = date
                $0.text = "等汛期过去，已告知"
            }
        }
        #expect(try refuse(life, extend("2026-04-02"), by: supervisor) == .guarded(.oneExtension))
        #expect(try refuse(life, extend("2026-03-23"), by: villager) == .role)
        try life.go(extend("2026-03-20"), by: supervisor)
        #expect(try refuse(life, extend("2026-03-21"), by: supervisor) == .guarded(.oneExtension))
    }

    @Test func `a written opinion is extended by thirty days at most`() throws {
        var life = try CaseLife(.land, on: "2026-03-02", source: .petition, petition: .appealWithOpinion)
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(County.township), by: intake)
        func extend(_ date: CivilDay) -> CaseAct {
            .make(.extend) {
                $0.until = date
                $0.text = "案情复杂，已书面告知"
            }
        }
        let limit = try day("2026-03-02").advanced(by: 90)
        #expect(try refuse(life, extend(limit.advanced(by: 1)), by: supervisor) == .guarded(.oneExtension))
        #expect(try refuse(life, extend(limit), by: supervisor) == nil)
        #expect(
            try refuse(life, .make(.extend) { $0.until = limit }, by: supervisor) == .guarded(.text), "a reason is told"
        )
    }

    @Test func `a report of misconduct is approved by another than its inspector`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-03-02")
        try life.go(.make(.accept), by: intake)
        try life.go(.make(.assign) { $0.staff = 52 }, by: supervisor)
        let study = try day("2026-03-03")
        let dispose = CaseAct.make(.dispose) {
            $0.reason = .preliminaryCheck
            $0.until = study
            $0.paper = "集研〔2026〕3号"
        }
        #expect(try refuse(life, dispose, by: supervisor) == .guarded(.anotherProposed))
        let proposer = County.person(.inspector, of: County.commission, id: 52)
        try life.go(.because(.propose, .preliminaryCheck, "有可查性"), by: proposer, on: "2026-03-03")
        let both = County.person(.supervisor, of: County.commission, id: 52)
        #expect(try refuse(life, dispose, by: both) == .guarded(.anotherProposed))
        #expect(
            try refuse(life, .make(.dispose) { $0.reason = .preliminaryCheck }, by: supervisor)
                == .guarded(.studyRecord))
        let other = CaseAct.make(.dispose) {
            $0.reason = .concluded
            $0.until = study
            $0.paper = "1号"
        }
        #expect(try refuse(life, other, by: supervisor) == .guarded(.anotherProposed), "not what was proposed")
        try life.go(dispose, by: supervisor)
        #expect(try refuse(life, .make(.handOver), by: proposer) == .guarded(.receipt))
        try life.go(.make(.handOver) { $0.paper = "回执 7" }, by: proposer)
        try life.go(.because(.enterResult, .unfounded), by: proposer)
        try life.go(.because(.clarify, .unfounded, "经核实失实").with { $0.reason = nil }, by: supervisor)
        try life.go(.make(.close), by: supervisor)
        #expect(CaseFile.replayed(life.file.events, from: .misconduct) == .closed)
    }

    @Test func `a real name is told the result before closing, and a person verified it`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-03-02", source: .visit)
        try life.go(.make(.accept), by: intake)
        #expect(try refuse(life, .make(.notify), by: intake) == .guarded(.realName))
        #expect(try refuse(life, .make(.realName), by: intake) == .badReason)
        #expect(try refuse(life, .because(.realName, .inPerson), by: inspector) == .role)
        try life.go(.because(.realName, .inPerson), by: intake)
        try life.go(.make(.notify), by: intake)
        try life.go(.make(.assign) { $0.staff = 52 }, by: supervisor)
        try life.go(.because(.propose, .concluded, "无可查"), by: inspector)
        let study = life.today
        try life.go(
            .make(.dispose) {
                $0.reason = .concluded
                $0.until = study
                $0.paper = "2号"
            }, by: supervisor)
        try life.go(.make(.handOver) { $0.paper = "8" }, by: inspector)
        try life.go(.because(.enterResult, .partly), by: inspector)
        #expect(try refuse(life, .make(.close), by: supervisor) == .guarded(.fedBack))
        #expect(try refuse(life, .make(.clarify) { $0.text = "字" }, by: supervisor) == .guarded(.unfounded))
        try life.go(.make(.feedBack) { $0.text = "已当面告知" }, by: intake)
        try life.go(.make(.close), by: supervisor)
    }

    @Test func `a report that isn't somebody's own is not theirs to act on`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-03-02")
        try life.go(.make(.accept), by: intake)
        let stranger = County.person(.inspector, of: County.commission, id: 60, assigned: false)
        #expect(try refuse(life, .because(.note, .visit, "字"), by: stranger) == .notAssigned)
        #expect(try life.rules().offers(to: stranger, for: life.file).isEmpty)
    }

    @Test func `anyone who reads a complaint may turn it into a report, at once`() throws {
        for person in [villager, discipline, intake, inspector, supervisor] {
            var life = try assigned()
            try life.go(.make(.toMisconduct), by: person)
            #expect(life.file.state == .registered && life.file.track == .misconduct)
            #expect(CaseFile.replayed(life.file.events, from: .grievance) == .registered)
        }
    }

    @Test func `a merger can be undone for thirty days and leads back`() throws {
        var life = try assigned()
        try life.go(.make(.begin), by: villager)
        try life.go(.make(.merge), by: intake)
        #expect(life.file.state == .merged && life.file.state?.isOpen == false)
        life.today = life.today.advanced(by: 31)
        #expect(try refuse(life, .make(.unmerge), by: intake) == .guarded(.withinUnmergeTerm))
        life.today = life.today.advanced(by: -1)
        try life.go(.make(.unmerge), by: intake)
        #expect(life.file.state == .inProgress)
        #expect(CaseFile.replayed(life.file.events, from: .grievance) == .inProgress)
    }

    @Test(arguments: 0..<60)
    func `random acts keep the table, replay to the same state, and what is done was offered`(_ seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let topics: [Topic] = [.water, .disclosure, .embezzlement, .suggestion]
        var life = try CaseLife(topics[Int(seed % 4)], on: "2026-03-02")
        let people = [intake, supervisor, inspector, villager, township, discipline]
        for _ in 0..<60 {
            life.today = life.today.advanced(by: Int.random(in: 0...2, using: &random))
            let person = try #require(people.randomElement(using: &random))
            let today = life.today
            let act = CaseAct.make(CaseAction.allCases.randomElement(using: &random) ?? .note) {
                $0.reason = Bool.random(using: &random) ? $0.action.reasons.randomElement(using: &random) : nil
                $0.text = Bool.random(using: &random) ? "用自己的话写" : nil
                $0.unit = County.all.randomElement(using: &random)
                $0.staff = 52
                $0.until = today.advanced(by: Int.random(in: -3...12, using: &random))
                $0.supervision = .yellow
                $0.paper = "1号"
                $0.reply = ReplyDraft(done: "更换水管", doneOn: today, result: "恢复", evidence: 1)
            }
            let offered = try life.rules().offers(to: person, for: life.file).first { $0.action == act.action }
            guard try refuse(life, act, by: person) == nil else { continue }
            #expect(offered != nil && offered?.blockedBy == nil, "\(act.action) was done and not offered")
            try life.go(act, by: person)
            #expect(CaseFile.replayed(life.file.events, from: topics[Int(seed % 4)].track) == life.file.state)
            if life.file.track == .misconduct { #expect(life.file.state != .inProgress) }
        }
    }

    @Test func `the table in the docs is the table of the code`() throws {
        let file = package.appendingPathComponent("docs/reference/casework.md")
        let (begin, end) = ("<!-- table of states: begin -->\n", "<!-- table of states: end -->")
        var text = try String(contentsOf: file, encoding: .utf8)
        let from = try #require(text.range(of: begin)?.upperBound)
        let to = try #require(text.range(of: end)?.lowerBound)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            text.replaceSubrange(from..<to, with: CaseTransition.markdown())
            try Data(text.utf8).write(to: file)
            return
        }
        #expect(String(text[from..<to]) == CaseTransition.markdown(), "run with UPDATE_GOLDEN=1")
    }

    @Test func `every state is reached and every open state can be left`() {
        let reached = Set(CaseTransition.all.compactMap(\.to))
        #expect(Set(CaseState.allCases).subtracting(reached).isEmpty)
        for state in CaseState.allCases where state.isOpen {
            #expect(
                CaseTransition.all.contains { $0.from.contains(state) && $0.to != nil && $0.to != state }, "\(state)")
        }
        for row in CaseTransition.all {
            #expect(!row.roles.isEmpty && !row.tracks.isEmpty)
            #expect(row.guards.contains(.reason) == false || !row.action.reasons.isEmpty, "\(row.action)")
            #expect(row.roles.isDisjoint(with: [.auditor, .analyst, .lexicon, .sysadmin]))
        }
    }

    @Test func `a refusal that doesn't say what is missing says what to do, in both languages`() {
        let open: [CaseRefusal] = [.notVisible, .role, .notYourUnit, .notAssigned, .state(.closed)]
        for language in [Language.zh, .en] {
            #expect(Set(open.compactMap { $0.remedy(in: language) }).count == open.count)
            #expect([CaseRefusal.badReason, .gate([])].allSatisfy { $0.remedy(in: language) == nil })
        }
    }
}

extension CaseAct {
    func with(_ change: (inout CaseAct) -> Void) -> CaseAct {
        var act = self
        change(&act)
        return act
    }
}
