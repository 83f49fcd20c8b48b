import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct DeskTests {
    @Test func `numbers have no gaps, per letter and year, whatever is refused between`() throws {
        let county = try DeskCounty()
        var numbers: [String] = []
        for round in 0..<6 {
            let day = round < 4 ? round : 304 + round
            numbers.append(
                try #require(
                    try county.desk("intake", day: day).register(
                        DeskCounty.water(area: round == 0 ? DeskCounty.village : DeskCounty.otherVillage)
                    ).number))
            var wrong = DeskCounty.water()
            wrong.original = "反映供水中断多日而且没有人来"
            wrong.summary = "反映供水中断多日而且没有人来"
            #expect(refusal { _ = try county.desk("intake", day: day).register(wrong) } == .copiedWords)
            _ = try county.desk("intake", day: day).register(DeskCounty.report())
        }
        #expect(
            numbers == [
                "350999-2026-A-0001", "350999-2026-A-0002", "350999-2026-A-0003", "350999-2026-A-0004",
                "350999-2027-A-0001", "350999-2027-A-0002",
            ])
    }

    @Test func `two people can't overwrite each other`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        let version = try county.desk("villager").view(number).summary.version
        _ = try county.desk("villager").perform(CaseAct(.begin), on: number)
        var details = ActDetails()
        details.version = version
        #expect(
            refusal { _ = try county.desk("villager").perform(DeskCounty.reply(), on: number, details: details) }
                == .changedMeanwhile)
        details.version = version + 1
        #expect(try county.desk("villager").perform(DeskCounty.reply(), on: number, details: details).state == .replied)
    }

    @Test func `the Changji dates: answered on 12 July, again on 3 August, opened again with an alert about the unit`()
        throws
    {
        let county = try DeskCounty()
        // 2026-07-11 is 131 days after 2 March.
        let number = try county.assigned(day: 131)
        _ = try county.desk("villager", day: 132).perform(
            DeskCounty.reply("已派人上门检修", result: "处理中", evidence: 0, on: "2026-07-12"), on: number)
        let outcome = try county.desk("intake", day: 154).register(DeskCounty.water("再次反映供水中断"))
        #expect(outcome.reopened == number && outcome.state == .merged)
        let view = try county.desk("watch", day: 154).view(number)
        #expect(view.summary.state == .redo && view.summary.recurrence == 1)
        #expect(PerfunctoryCheck.isSuspected(view.signs) && view.signs.contains(.cameBack))
        #expect(view.links.map(\.kind).sorted() == ["merged_into", "repeat_of"])
        var recurring = CaseQuery()
        recurring.view = .recurring
        #expect(try county.desk("watch", day: 154).cases(recurring).map(\.number) == [number])
        let alert = try county.desk("auditor", day: 154).auditReport().rows.first { $0.action == "recurrence" }
        #expect(alert?.detail == "unit=\(try county.unit("village").id);days=22")
    }

    @Test(arguments: [
        // Written before the reply, read after it; after the reply and within the window, read after the window; late.
        ("2026-03-08", 14, false), ("2026-04-07", 40, true), ("2026-04-10", 40, false),
    ])
    func `a matter comes back on the day on which it was written, whenever it is read`(
        _ written: String, _ read: Int, _ comesBack: Bool
    ) throws {
        let county = try DeskCounty()
        let number = try county.assigned(day: 0)
        _ = try county.desk("villager", day: 8).perform(DeskCounty.reply(on: "2026-03-10"), on: number)
        _ = try county.desk("supervisor", day: 8).perform(CaseAct(.close), on: number)
        let day = try #require(CivilDay(written)).number
        let flag = try county.store.importing(try Scratch.draft("水又停了没有人管", members: [1], day: day))
        let outcome = try county.desk("intake", day: read).confirm(flag, FlagConfirmation(summary: "又反映供水中断"))
        #expect((outcome.reopened == number) == comesBack && outcome.reopened == (comesBack ? number : nil))
        guard comesBack else { return }
        let alert = try county.desk("auditor", day: read).auditReport().rows.first { $0.action == "recurrence" }
        #expect(alert?.detail == "unit=\(try county.unit("village").id);days=28")
        #expect(try county.desk("watch", day: read).view(number).signs.contains(.cameBack))
    }

    @Test func `a case by hand is written on the day on which it was received`() throws {
        let county = try DeskCounty()
        let number = try county.assigned(day: 0)
        _ = try county.desk("villager", day: 8).perform(DeskCounty.reply(on: "2026-03-10"), on: number)
        var new = DeskCounty.water("又反映供水中断")
        new.receivedOn = CivilDay("2026-03-09")
        #expect(try county.desk("intake", day: 9).register(new).reopened == nil)
        new.receivedOn = CivilDay("2026-03-11")
        #expect(try county.desk("intake", day: 9).register(new).reopened == number)
    }

    @Test func `queues hold what they say`() throws {
        let county = try DeskCounty()
        let number = try county.assigned()
        func found(_ view: CaseQuery.View, _ name: String, day: Int) throws -> [String] {
            var query = CaseQuery()
            query.view = view
            let desk = try county.desk(name, day: day)
            let list = try desk.cases(query).map(\.number)
            #expect(try desk.counts()[view] == list.count)
            return list
        }
        #expect(try found(.mine, "villager", day: 0) == [number] && found(.mine, "neighbour", day: 0) == [])
        // The first step is due on Tuesday; on Monday that is a working day away.
        #expect(try found(.yellow, "supervisor", day: 0) == [number] && found(.red, "supervisor", day: 1) == [])
        #expect(try found(.red, "supervisor", day: 2) == [number])
        _ = try county.desk("villager", day: 2).perform(CaseAct(.begin), on: number)
        #expect(try found(.red, "supervisor", day: 2) == [] && found(.yellow, "supervisor", day: 6) == [number])
        #expect(try found(.red, "supervisor", day: 8) == [number])
        _ = try county.desk("villager", day: 8).perform(DeskCounty.reply(), on: number)
        #expect(try found(.followUp, "watch", day: 8) == [number] && found(.red, "supervisor", day: 9) == [])
        _ = try county.desk("supervisor", day: 9).perform(CaseAct(.close), on: number)
        #expect(try found(.open, "supervisor", day: 9) == [] && found(.all, "supervisor", day: 9) == [number])
    }

    @Test func `a number that nobody gave out is refused like any other, and the attempt is written down`() throws {
        let county = try DeskCounty()
        guard case .sound(let before) = try county.store.verifyAudit() else { return #expect(Bool(false)) }
        for number in [4_711, Int.max] {
            #expect(refusal { try county.desk("intake").claim(number) } == .noSuchFlag(number))
        }
        #expect(try county.store.verifyAudit() == .sound(rows: before + 2))
    }

    @Test func `a report goes to its end, and only to those to whom it was given`() throws {
        let county = try DeskCounty()
        let number = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        #expect(refusal { _ = try county.desk("inspector").view(number) } == .refused(.notVisible, .note))
        _ = try county.desk("intake").perform(CaseAct(.accept), on: number)
        var assign = CaseAct(.assign)
        assign.staff = county.people["villager"]
        #expect(
            refusal { _ = try county.desk("supervisor").perform(assign, on: number) }
                == .walled(county.people["villager"] ?? 0))
        assign.staff = county.people["inspector"]
        _ = try county.desk("supervisor").perform(assign, on: number)
        var propose = CaseAct(.propose)
        (propose.reason, propose.text) = (.preliminaryCheck, "有可查性")
        _ = try county.desk("inspector").perform(propose, on: number)
        var dispose = CaseAct(.dispose)
        (dispose.reason, dispose.until, dispose.paper) = (.preliminaryCheck, CivilDay("2026-03-02"), "集研1号")
        _ = try county.desk("supervisor").perform(dispose, on: number)
        var hand = CaseAct(.handOver)
        hand.paper = "回执 3"
        _ = try county.desk("inspector").perform(hand, on: number)
        var result = CaseAct(.enterResult)
        result.reason = .substantiated
        _ = try county.desk("inspector").perform(result, on: number)
        #expect(try county.desk("supervisor").perform(CaseAct(.close), on: number).state == .closed)
        for name in ["villager", "town", "watch", "clerk", "neighbour", "intake2"] {
            var all = CaseQuery()
            all.view = .all
            #expect(try county.desk(name).cases(all).isEmpty, "\(name)")
        }
        let events = try county.desk("supervisor").view(number).events
        #expect(CaseFile.replayed(events, from: .misconduct) == .closed)
    }

    @Test func `narrowing to somebody managed above is refused, and the report goes up without a trace here`() throws {
        let county = try DeskCounty()
        let number = try #require(
            try county.desk("intake").register(DeskCounty.report(original: "他把全村人的补助款都装进了自己口袋里")).number)
        let admin = try county.desk("admin")
        let bureau = try county.unit("bureau")
        let head = try admin.addOfficial(unit: bureau.id, post: "局长", managedRank: 4)
        var narrow = CaseAct(.narrow)
        narrow.unit = bureau
        var details = ActDetails()
        details.official = head
        #expect(refusal { _ = try county.desk("intake").perform(narrow, on: number, details: details) } == .mustGoUp)
        #expect(try county.desk("intake").view(number).accused.count == 3, "nothing was changed")
        var up = CaseAct(.forwardUp)
        up.paper = "市纪委签收 12"
        struct NoDisk: Error {}
        #expect(throws: (any Error).self) {
            try county.desk("intake").perform(up, on: number) { _ in throw NoDisk() }
        }
        #expect(try county.desk("intake").view(number).original.count == 1, "what can't be delivered isn't destroyed")
        var packet: CaseView?
        let outcome = try county.desk("intake").perform(up, on: number) { packet = $0 }
        #expect(packet?.original == ["他把全村人的补助款都装进了自己口袋里"] && outcome.number == nil && outcome.isErased)
        #expect(refusal { _ = try county.desk("intake").view(number) } == .refused(.notVisible, .note))
    }

    @Test func `merging, joining, relating, splitting`() throws {
        let county = try DeskCounty()
        let first = try county.assigned()
        let second = try #require(
            try county.desk("intake").register(DeskCounty.water("另有群众反映停水", area: DeskCounty.otherVillage)).number)
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        let intake = try county.desk("intake")
        var details = ActDetails()
        details.other = report
        #expect(refusal { _ = try intake.perform(CaseAct(.merge), on: second, details: details) } == .otherCase)
        details.other = second
        #expect(refusal { _ = try intake.perform(CaseAct(.merge), on: second, details: details) } == .otherCase)
        details.other = first
        #expect(try intake.perform(CaseAct(.merge), on: second, details: details).state == .merged)
        #expect(try intake.perform(CaseAct(.unmerge), on: second).state == .registered)
        details.other = report
        _ = try intake.perform(CaseAct(.relate), on: second, details: details)
        // The link shows only to whom both show.
        #expect(try intake.view(second).links.count == 1)
        #expect(try county.desk("inspector").view(second).links.isEmpty)
        var split = CaseAct(.split)
        split.text = "另反映救助金发放迟缓"
        details.topic = .assistance
        let part = try #require(try intake.perform(split, on: report, details: details).split)
        #expect(try county.desk("inspector").view(part).links.isEmpty)
        #expect(part == "350999-2026-A-0003")
    }

    @Test func `flags are claimed, confirmed, joined and dismissed once each`() throws {
        let county = try DeskCounty()
        let ids = try (1...5).map { number in
            try county.store.importing(
                try Scratch.draft(
                    "第\(number)处路灯坏了三个月没有人来修过", members: [UInt64(number)],
                    topic: number == 5 ? .embezzlement : .lighting))
        }
        let (intake, other) = (try county.desk("intake"), try county.desk("intake2"))
        // Without people there is an operator's queue; with people there is none.
        #expect(refusal { _ = try CaseDesk(county.store, now: 0).flags() } == .nobody)
        #expect(refusal { _ = try CaseDesk(county.store, now: 0).flag(1) } == .nobody)
        let empty = Scratch()
        let early = try empty.store()
        _ = try early.importing(try Scratch.draft("路灯坏了三个月没有人来修过", members: [1]))
        #expect(try CaseDesk(early, now: 0).flags().count == 1 && CaseDesk(early, now: 0).flag(1).content != nil)
        #expect(try intake.flags().count == 5)
        #expect(refusal { _ = try county.desk("villager").flags() } == .role(.handler))
        try intake.claim(ids[0])
        #expect(refusal { try other.claim(ids[0]) } == .claimed(ids[0]))
        let copied = FlagConfirmation(summary: "第1处路灯坏了三个月没有人来修过")
        #expect(refusal { _ = try intake.confirm(ids[0], copied) } == .copiedWords)
        let made = try intake.confirm(ids[0], FlagConfirmation(summary: "反映照明设施故障"))
        let number = try #require(made.number)
        #expect(number == "350999-2026-A-0001" && made.isErased)
        #expect(refusal { _ = try intake.confirm(ids[0], copied) } == .flagState(ids[0], .confirmed))
        let view = try intake.view(number)
        #expect(view.original.contains("第1处路灯坏了三个月没有人来修过"))
        #expect(try county.store.flag(ids[0]).content == nil)
        // Half an hour later somebody else may take it.
        try intake.claim(ids[1])
        let later = try CaseDesk(county.store, as: other.actor, now: DeskCounty.monday + CaseDesk.claimSeconds + 1)
        _ = try later.join(ids[1], to: number)
        #expect(try intake.view(number).original.count == 4)
        // A report's words don't go into a complaint's file.
        #expect(refusal { _ = try intake.join(ids[4], to: number) } == .otherCase)
        // A report is dismissed by two.
        let proposal = try intake.dismiss(ids[4], reason: "hearsay")
        #expect(proposal.needsSecondReader && proposal.state != .dismissed)
        #expect(refusal { _ = try intake.dismiss(ids[4], reason: "hearsay") } == .sameReader)
        #expect(try county.desk("supervisor").dismiss(ids[4], reason: "hearsay").state == .dismissed)
        #expect(refusal { _ = try intake.dismiss(ids[3], reason: "王某说的") } == .badField("reason"))
    }

    @Test func `retention erases what has lived, and buries nothing grave`() throws {
        let county = try DeskCounty()
        let words = "水龙头三天没有一滴水了也没有人来看一眼"
        let number = try county.closed(original: words)
        let light = try county.store.importing(
            try Scratch.draft("路灯坏了三个月没有人来修过", members: [1], day: 20514, topic: .lighting))
        let grave = try county.store.importing(
            try Scratch.draft("低保金被人截留了半年没有发", members: [2], day: 20514, topic: .embezzlement))
        let report = try #require(
            try county.desk("intake").register(DeskCounty.report(original: "补助款被他一个人装进口袋里了")).number)
        let early = try county.desk("admin", day: 10).retain()
        #expect(early.expiredFlags.isEmpty && early.escalatedFlags.isEmpty && early.originals == 0 && early.files == 0)
        let trial = try county.desk("admin", day: 31).retain(isTrial: true)
        #expect(
            trial.expiredFlags == [light] && trial.escalatedFlags == [grave] && trial.originals == 1 && trial.files == 0
        )
        #expect(try county.store.flag(light).content != nil)
        let done = try county.desk("admin", day: 31).retain()
        #expect(done == trial)
        #expect(try county.store.flag(light).content == nil && county.store.flag(grave).content != nil)
        let view = try county.desk("intake", day: 31).view(number)
        #expect(view.original.isEmpty && view.words == "反映供水中断多日")
        #expect(CaseFile.replayed(view.events, from: .grievance) == .closed)
        // A report's words stay until a receipt says that they were handed over.
        #expect(try county.desk("intake", day: 400).view(report).original.count == 1)
        #expect(try county.desk("admin", day: 400).retain().originals == 0)
        #expect(try county.desk("admin", day: 700).retain().files == 0)
        #expect(refusal { _ = try county.desk("intake", day: 31).retain() } == .role(.intake))
    }

    @Test func `words of a case stand in no file, and erased ones not even sealed`() throws {
        let county = try DeskCounty()
        let words = "水龙头三天没有一滴水了也没有人来看一眼"
        _ = try county.closed(original: words)
        for part in [words, "水龙头三天没有", "反映供水中断", "更换了阀门", "已恢复供水"] {
            #expect(county.scratch.files(holding: Array(part.utf8)) == [])
        }
        let secrets = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT t.payload, k.wrapped FROM matter_text AS t JOIN matter_key AS k ON k.id = t.key_id WHERE t.kind = 'original'"
            ).flatMap { [[UInt8]($0[0] as Data), [UInt8]($0[1] as Data)] }
        }
        #expect(secrets.count == 2)
        for secret in secrets { #expect(!county.scratch.files(holding: Array(secret.suffix(48))).isEmpty) }
        #expect(try county.desk("admin", day: 31).retain().isErased)
        for secret in secrets { #expect(county.scratch.files(holding: Array(secret.suffix(48))) == []) }
        #expect(try county.store.checks().filter { !$0.passed } == [])
    }

    @Test func `a text that was moved to another case doesn't open`() throws {
        let county = try DeskCounty()
        let first = try county.assigned()
        let second = try #require(
            try county.desk("intake").register(DeskCounty.water("另一处停水", area: DeskCounty.otherVillage)).number)
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write { database in
            try database.execute(
                sql: "UPDATE matter_text SET payload = (SELECT payload FROM matter_text WHERE id = 1) WHERE id = 2")
        }
        #expect(refusal { _ = try county.desk("intake").view(second) } == .alteredRows, "the case's seal tells")
        try county.store.sealAnew()
        #expect(
            refusal { _ = try county.desk("intake").view(second) } == .damagedText, "the text's own seal tells, too")
        #expect(try county.desk("intake").view(first).words != nil)
    }

    @Test func `a year without a calendar stops the act that needs it`() throws {
        let county = try DeskCounty()
        let error = #expect(throws: CalendarError.self) {
            try county.desk("intake", day: 1100).register(DeskCounty.water())
        }
        #expect(error?.reason == .missingYear(2029))
    }

    @Test(arguments: 0..<8)
    func `random acts by random people keep every invariant`(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let county = try DeskCounty()
        var numbers: [String] = []
        let names = county.people.keys.sorted()
        for step in 0..<120 {
            let name = try #require(names.randomElement(using: &random))
            let desk = try county.desk(name, day: step / 8)
            if numbers.isEmpty || Int.random(in: 0..<10, using: &random) == 0 {
                let new = Bool.random(using: &random) ? DeskCounty.water() : DeskCounty.report()
                if let number = try? desk.register(new).number { numbers.append(number) }
                continue
            }
            let number = try #require(numbers.randomElement(using: &random))
            var act = CaseAct(try #require(CaseAction.allCases.randomElement(using: &random)))
            act.reason = act.action.reasons.randomElement(using: &random)
            act.text = "用自己的话写的内容"
            act.unit = try county.unit(
                ["village", "township", "bureau", "commission"].randomElement(using: &random) ?? "village")
            act.staff = county.people[["inspector", "watch", "villager"].randomElement(using: &random) ?? "inspector"]
            act.until = desk.today.advanced(by: Int.random(in: -1...8, using: &random))
            act.supervision = Supervision.allCases.randomElement(using: &random)
            act.paper = "文号 \(step)"
            if act.action == .reply { act = DeskCounty.reply() }
            var details = ActDetails()
            details.other = numbers.randomElement(using: &random)
            details.topic = .water
            if let split = try? desk.perform(act, on: number, details: details).split { numbers.append(split) }
        }
        #expect(try county.store.verifyAudit().isSound)
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read { database in
            // Every state follows from the history, and the row agrees with it.
            for row in try Row.fetchAll(database, sql: "SELECT id, state, is_open FROM matter") {
                let states = try Row.fetchAll(
                    database, sql: "SELECT from_state, to_state FROM matter_event WHERE matter_id = ? ORDER BY ordinal",
                    arguments: [row["id"] as Int])
                #expect(states.last?["to_state"] as String? == row["state"])
                for (before, after) in zip(states, states.dropFirst()) {
                    #expect(after["from_state"] as String? == before["to_state"])
                }
                #expect(CaseState(rawValue: row["state"])?.isOpen == (row["is_open"] as Int == 1))
            }
            let gaps = try Row.fetchAll(
                database,
                sql: "SELECT COUNT(*) AS n, MAX(ordinal) AS top FROM matter_number GROUP BY county, year, letter")
            for row in gaps { #expect(row["n"] as Int == row["top"] as Int) }
            let lost = try Int.fetchOne(
                database,
                sql:
                    "SELECT COUNT(*) FROM matter_event AS e WHERE NOT EXISTS (SELECT 1 FROM audit_log AS l WHERE l.seq = e.audit_seq AND l.object_kind = 'case' AND l.object_id = e.matter_id)"
            )
            #expect(lost == 0)
        }
    }
}
