import Casework
import Messages
import Testing

/// An invented county for the rules: a village, its township and two villages beside, a bureau, the commission.
enum SmallCounty {
    static let village = OrgUnit(id: 1, parent: 2, kind: .village, area: "990001100201", name: "甲村")
    static let township = OrgUnit(id: 2, parent: 4, kind: .townshipGovernment, area: "990001100000", name: "乙镇")
    static let discipline = OrgUnit(id: 3, parent: 5, kind: .townshipDiscipline, area: "990001100000", name: "乙镇纪委")
    static let bureau = OrgUnit(id: 4, parent: 6, kind: .countyDepartment, area: "990001000000", name: "水利局")
    static let commission = OrgUnit(id: 5, parent: nil, kind: .countyCommission, area: "990001000000", name: "县纪委")
    static let city = OrgUnit(id: 6, parent: nil, kind: .cityDepartment, area: "990000000000", name: "市水利局")
    static let otherVillage = OrgUnit(id: 7, parent: 2, kind: .village, area: "990001100202", name: "丙村")
    static let all = [village, township, discipline, bureau, commission, city, otherVillage]
    static let units = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    static func person(_ role: StaffRole, of unit: OrgUnit, id: Int = 0, reads: Bool = true, assigned: Bool = true)
        -> CaseStanding
    {
        CaseStanding(
            staff: id == 0 ? unit.id * 10 : id, role: role, unit: unit, mayRead: reads, isAssigned: assigned)
    }
}

/// A case that is taken through its life by the rules, act by act.
struct CaseLife {
    var file: CaseFile
    var today: CivilDay

    init(_ topic: Topic = .water, on start: String, source: CaseSource = .chat, petition: PetitionClass? = nil) throws {
        today = try day(start)
        file = CaseFile(
            track: topic.track, topic: topic, area: SmallCounty.village.area, source: source, petition: petition,
            receivedOn: today)
        file.events = [CaseEvent(.register, on: today, by: 50, ofUnit: 5, from: nil, to: .registered)]
    }

    func rules() throws -> CaseRules {
        CaseRules(calendar: try .shipped(), units: SmallCounty.units, today: today)
    }

    func refusal(_ act: CaseAct, by person: CaseStanding) throws -> CaseRefusal? {
        try rules().refusal(of: act, by: person, for: file)
    }

    /// Does an act that the rules must allow.
    mutating func go(_ act: CaseAct, by person: CaseStanding, on date: String? = nil) throws {
        if let date { today = try day(date) }
        let refused = try refusal(act, by: person)
        try #require(refused == nil, "\(act.action): \(String(describing: refused))")
        let next = try #require(try rules().state(after: act, for: file))
        var event = CaseEvent(
            act.action, on: today, by: person.staff, ofUnit: person.unit.id, from: file.state, to: next)
        event.reason = act.reason
        event.unit = act.unit?.id
        event.until = act.until
        event.reply = act.reply?.facts
        event.supervision = act.supervision
        file.events.append(event)
        if act.action == .assign || act.action == .escalate, let unit = act.unit { file.unit = unit.id }
        if act.action == .toMisconduct { file.track = .misconduct }
    }
}

extension CaseAct {
    static func make(_ action: CaseAction, _ change: (inout CaseAct) -> Void = { _ in }) -> CaseAct {
        var act = CaseAct(action)
        change(&act)
        return act
    }

    static func assign(_ unit: OrgUnit) -> CaseAct { make(.assign) { $0.unit = unit } }

    static func reply(
        _ done: String, on date: CivilDay? = CivilDay("2026-01-01"), result: String = "正在处理", evidence: Int = 0
    ) -> CaseAct {
        make(.reply) { $0.reply = ReplyDraft(done: done, doneOn: date, result: result, evidence: evidence) }
    }

    static func because(_ action: CaseAction, _ reason: ReasonCode, _ text: String? = nil) -> CaseAct {
        make(action) {
            $0.reason = reason
            $0.text = text
        }
    }
}
