import Casework
import Messages
import Testing

struct CaseClockTests {
    private typealias County = SmallCounty
    private let intake = County.person(.intake, of: County.commission, id: 50)
    private let supervisor = County.person(.supervisor, of: County.commission, id: 51)
    private let inspector = County.person(.inspector, of: County.commission, id: 52)
    private let villager = County.person(.handler, of: County.village)

    private func clock(_ kind: CaseClock.Kind, of file: CaseFile, on today: String) throws -> CaseClock? {
        let clocks = try CaseClocks(calendar: .shipped(), today: day(today)).clocks(of: file)
        #expect(Set(clocks.map(\.kind)).count == clocks.count)
        return clocks.first { $0.kind == kind }
    }

    private func status(_ kind: CaseClock.Kind, of file: CaseFile, on today: String) throws -> CaseClock.Status? {
        try clock(kind, of: file, on: today)?.status
    }

    private func working(_ life: inout CaseLife) throws {
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(County.village), by: intake)
        try life.go(.make(.begin), by: villager)
    }

    @Test(arguments: [
        ("2026-03-05", CaseClock.Status.running), ("2026-03-06", .yellow), ("2026-03-08", .yellow),
        ("2026-03-09", .yellow), ("2026-03-10", .red),
    ])
    func `yellow one working day before, red on the first day over`(_ today: String, _ status: CaseClock.Status) throws
    {
        var life = try CaseLife(on: "2026-03-02")
        try working(&life)
        let found = try #require(try clock(.handling, of: life.file, on: today))
        #expect(found.due == (try day("2026-03-09")))
        #expect(found.status == status)
    }

    @Test func `a make-up Sunday counts and a holiday doesn't`() throws {
        // 2026-09-20 is a Sunday that is worked; 10-01 to 10-07 are free, 10-10 is a worked Saturday.
        var life = try CaseLife(on: "2026-09-18")
        try working(&life)
        #expect(try clock(.handling, of: life.file, on: "2026-09-18")?.due == day("2026-09-24"))
        var late = try CaseLife(on: "2026-09-30")
        try working(&late)
        #expect(try clock(.handling, of: late.file, on: "2026-09-30")?.due == day("2026-10-13"))
        #expect(try status(.handling, of: late.file, on: "2026-10-12") == .yellow)
    }

    @Test func `a suspension stops the handling and nothing else, and a weekend in it adds nothing`() throws {
        var life = try CaseLife(on: "2026-03-02", source: .petition)
        try working(&life)
        let wake = try day("2026-03-20")
        try life.go(
            .make(.suspend) {
                $0.reason = .season
                $0.until = wake
            }, by: supervisor, on: "2026-03-06")
        #expect(try status(.handling, of: life.file, on: "2026-03-18") == .paused)
        #expect(try clock(.route15d, of: life.file, on: "2026-03-18")?.status == .met)
        try life.go(.make(.resume), by: supervisor, on: "2026-03-09")
        // Suspended on Friday, resumed on Monday: the weekend lay between, so no working time was won.
        #expect(try clock(.handling, of: life.file, on: "2026-03-09")?.due == day("2026-03-09"))
        var long = life
        long.file.events[long.file.events.count - 1].day = try day("2026-03-12")
        #expect(try clock(.handling, of: long.file, on: "2026-03-12")?.due == day("2026-03-12"))
    }

    @Test func `a return is due in five working days, the first step in one`() throws {
        var life = try CaseLife(on: "2026-03-06")
        try life.go(.make(.accept), by: intake)
        try life.go(.assign(County.village), by: intake)
        #expect(try clock(.return5wd, of: life.file, on: "2026-03-06")?.due == day("2026-03-13"))
        #expect(try clock(.firstResponse, of: life.file, on: "2026-03-06")?.due == day("2026-03-09"))
        #expect(try status(.firstResponse, of: life.file, on: "2026-03-10") == .red)
        try life.go(.make(.begin), by: villager, on: "2026-03-10")
        #expect(try status(.firstResponse, of: life.file, on: "2026-03-11") == .late)
        #expect(try clock(.return5wd, of: life.file, on: "2026-03-11") == nil)
    }

    @Test func `what another organ passed on is accepted or passed on in five working days`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-02-13", source: .transferred)
        // 14 February is worked, then nine days are free.
        #expect(try clock(.transfer5wd, of: life.file, on: "2026-02-13")?.due == day("2026-02-27"))
        #expect(try status(.transfer5wd, of: life.file, on: "2026-02-28") == .red)
        try life.go(.make(.accept), by: intake, on: "2026-02-27")
        #expect(try status(.transfer5wd, of: life.file, on: "2026-03-20") == .met)
    }

    @Test func `an upward report is red on its fifth day`() throws {
        func status(_ today: String, done: String? = nil) throws -> CaseClock.Status {
            try CaseClocks(calendar: .shipped(), today: day(today))
                .upward(seenOn: day("2026-03-02"), forwardedOn: done.map(day)).status
        }
        #expect(try status("2026-03-05") == .running)
        #expect(try status("2026-03-06") == .yellow)
        #expect(try status("2026-03-09") == .red)
        #expect(try status("2026-03-20", done: "2026-03-09") == .met)
        #expect(try status("2026-03-20", done: "2026-03-10") == .late)
    }

    @Test func `notice and result are for verified real names, and a repeat opens no notice`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-03-02", source: .visit)
        try life.go(.make(.accept), by: intake)
        #expect(try clock(.notice15wd, of: life.file, on: "2026-03-02") == nil)
        try life.go(.because(.realName, .byTelephone), by: intake)
        #expect(try clock(.notice15wd, of: life.file, on: "2026-03-02")?.due == day("2026-03-23"))
        var again = life
        again.file.isRepeat = true
        #expect(try clock(.notice15wd, of: again.file, on: "2026-03-02") == nil)
        life.file.events.append(
            CaseEvent(.enterResult, on: try day("2026-05-06"), from: .handedOver, to: .resultEntered))
        // 9 May is a Saturday that is worked.
        #expect(try clock(.result15wd, of: life.file, on: "2026-05-06")?.due == day("2026-05-26"))
    }

    @Test func `results are due back in the quarter of the hand-over`() throws {
        var life = try CaseLife(.embezzlement, on: "2026-03-02")
        life.file.events.append(CaseEvent(.handOver, on: try day("2026-03-20"), from: .disposed, to: .handedOver))
        #expect(try clock(.quarterlyResult, of: life.file, on: "2026-03-25")?.due == day("2026-03-31"))
        #expect(try status(.quarterlyResult, of: life.file, on: "2026-04-01") == .red)
    }

    @Test func `a petition is routed in 15 days, and a chat has nobody to write to`() throws {
        var life = try CaseLife(on: "2026-03-02", source: .petition)
        #expect(try clock(.route15d, of: life.file, on: "2026-03-02")?.due == day("2026-03-17"))
        #expect(try status(.written15d, of: life.file, on: "2026-03-18") == .red)
        try life.go(.make(.accept), by: intake)
        #expect(try status(.written15d, of: life.file, on: "2026-03-18") == .met)
        let chat = try CaseLife(on: "2026-03-02", petition: .appealWithOpinion)
        #expect(try status(.written15d, of: chat.file, on: "2026-03-20") == .notApplicable)
        #expect(try clock(.route15d, of: chat.file, on: "2026-03-20") == nil)
    }

    @Test func `an opinion has sixty days, reviews thirty each`() throws {
        var life = try CaseLife(.land, on: "2026-03-02", source: .petition, petition: .appealWithOpinion)
        try life.go(.make(.accept), by: intake)
        #expect(try clock(.opinion60d, of: life.file, on: "2026-03-02")?.due == day("2026-05-01"))
        try life.go(.assign(County.township), by: intake)
        let until = try day("2026-05-20")
        try life.go(
            .make(.extend) {
                $0.until = until
                $0.text = "已告知"
            }, by: supervisor)
        #expect(try clock(.opinion60d, of: life.file, on: "2026-03-02")?.due == until)
        try life.go(
            .reply("核对了地界", on: day("2026-04-01"), result: "已解决", evidence: 1),
            by: County.person(.handler, of: County.township), on: "2026-04-01")
        try life.go(.make(.review) { $0.text = "申请复查" }, by: intake, on: "2026-04-08")
        #expect(try clock(.review30d, of: life.file, on: "2026-04-08")?.due == day("2026-05-08"))
        try life.go(.make(.secondReview) { $0.text = "申请复核" }, by: intake, on: "2026-04-20")
        #expect(try status(.review30d, of: life.file, on: "2026-06-20") == .met)
        #expect(try status(.secondReview30d, of: life.file, on: "2026-06-20") == .red)
        try life.go(.make(.concludeReview) { $0.text = "维持" }, by: supervisor, on: "2026-05-10")
        #expect(try status(.secondReview30d, of: life.file, on: "2026-06-20") == .met)
    }

    @Test func `a term that was met stays met, whatever comes later`() throws {
        var life = try CaseLife(on: "2026-03-02")
        try working(&life)
        let done = try day("2026-03-03")
        try life.go(.reply("核对了管网", on: done, result: "已解决", evidence: 1), by: villager, on: "2026-03-03")
        try life.go(.make(.review) { $0.text = "申请复查" }, by: intake, on: "2026-04-01")
        try life.go(.make(.secondReview) { $0.text = "申请复核" }, by: intake, on: "2026-04-20")
        try life.go(.make(.concludeReview) { $0.text = "维持" }, by: supervisor, on: "2026-05-25")
        #expect(try clock(.review30d, of: life.file, on: "2026-05-26")?.metOn == day("2026-04-20"))
        #expect(try status(.review30d, of: life.file, on: "2026-05-26") == .met)
        #expect(try status(.secondReview30d, of: life.file, on: "2026-05-26") == .late)
    }

    @Test func `a case is given to a unit, or declined, within five working days, and again after a return`() throws {
        var life = try CaseLife(on: "2026-03-02")
        #expect(try clock(.route5wd, of: life.file, on: "2026-03-02")?.due == day("2026-03-09"))
        #expect(try status(.route5wd, of: life.file, on: "2026-03-06") == .yellow)
        try life.go(.make(.accept), by: intake, on: "2026-03-04")
        #expect(try status(.route5wd, of: life.file, on: "2026-03-10") == .red, "to accept gives it to nobody")
        try life.go(.assign(County.village), by: intake, on: "2026-03-09")
        #expect(try status(.route5wd, of: life.file, on: "2026-03-20") == .met)
        try life.go(.because(.sendBack, .notOurRemit, "不归本村"), by: villager, on: "2026-03-11")
        #expect(try clock(.route5wd, of: life.file, on: "2026-03-11")?.due == day("2026-03-18"))
        #expect(try status(.route5wd, of: life.file, on: "2026-03-19") == .red)
        try life.go(.assign(County.township), by: intake, on: "2026-03-19")
        #expect(try status(.route5wd, of: life.file, on: "2026-03-20") == .late)
        // A petition's first way has the petitions' own term.
        let petition = try CaseLife(on: "2026-03-02", source: .petition)
        #expect(try clock(.route5wd, of: petition.file, on: "2026-03-02") == nil)
    }

    @Test func `a merged case meets no target of its own`() throws {
        var life = try CaseLife(on: "2026-03-02")
        try life.go(.make(.merge), by: intake, on: "2026-03-03")
        #expect(try status(.fiveDays, of: life.file, on: "2026-03-20") == .notApplicable)
        #expect(try status(.fiveWorkingDays, of: life.file, on: "2026-03-20") == .notApplicable)
        #expect(try status(.route5wd, of: life.file, on: "2026-03-20") == .met)
    }

    @Test func `a case that comes out of another one has the term of its state, from that day`() throws {
        func back(_ life: inout CaseLife, on merged: String, _ undone: String) throws {
            try life.go(.make(.merge), by: intake, on: merged)
            try life.go(.make(.unmerge), by: intake, on: undone)
        }
        var waiting = try CaseLife(on: "2026-03-02")
        try back(&waiting, on: "2026-03-03", "2026-03-17")
        #expect(try clock(.route5wd, of: waiting.file, on: "2026-03-17")?.due == day("2026-03-24"))
        #expect(try status(.route5wd, of: waiting.file, on: "2026-03-25") == .red)
        try waiting.go(.make(.accept), by: intake, on: "2026-03-18")
        try waiting.go(.assign(County.village), by: intake, on: "2026-03-18")
        #expect(try status(.route5wd, of: waiting.file, on: "2026-03-25") == .met)
        // Given to a unit: its first step, its right to send it back and its handling.
        try back(&waiting, on: "2026-03-19", "2026-03-26")
        #expect(try clock(.firstResponse, of: waiting.file, on: "2026-03-26")?.due == day("2026-03-27"))
        #expect(try clock(.return5wd, of: waiting.file, on: "2026-03-26")?.due == day("2026-04-02"))
        #expect(try clock(.handling, of: waiting.file, on: "2026-03-26")?.due == day("2026-04-02"))
        #expect(try waiting.refusal(.because(.sendBack, .notOurRemit, "属镇"), by: villager) == nil)
        // In work: the whole handling term; the first step was made.
        try waiting.go(.make(.begin), by: villager, on: "2026-03-26")
        try back(&waiting, on: "2026-03-30", "2026-04-20")
        #expect(try clock(.handling, of: waiting.file, on: "2026-04-20")?.due == day("2026-04-27"))
        #expect(try status(.firstResponse, of: waiting.file, on: "2026-04-20") == .met)
        // Answered before: nothing runs anew.
        let done = try day("2026-05-12")
        try waiting.go(.reply("更换了阀门", on: done, result: "已恢复供水"), by: villager, on: "2026-05-12")
        try back(&waiting, on: "2026-05-13", "2026-05-14")
        #expect(try clock(.handling, of: waiting.file, on: "2026-06-30")?.metOn == day("2026-05-12"))
        // Opened again and not taken up.
        try waiting.go(.because(.redo, .notSatisfied), by: supervisor, on: "2026-05-15")
        try back(&waiting, on: "2026-05-18", "2026-06-01")
        #expect(try clock(.handling, of: waiting.file, on: "2026-06-01")?.start == day("2026-06-01"))
        #expect(try status(.handling, of: waiting.file, on: "2026-06-30") == .red)
        #expect(CaseFile.replayed(waiting.file.events, from: .grievance) == .redo)
    }

    @Test func `what is noted moves no term and ends nothing`() throws {
        var life = try CaseLife(on: "2026-03-02")
        try working(&life)
        let done = try day("2026-03-03")
        try life.go(.reply("更换了阀门", on: done, result: "已恢复供水", evidence: 1), by: villager, on: "2026-03-03")
        try life.go(.because(.redo, .notSatisfied), by: supervisor, on: "2026-03-04")
        try life.go(.because(.note, .general, "已电话了解"), by: supervisor, on: "2026-03-10")
        #expect(try clock(.handling, of: life.file, on: "2026-03-10")?.start == day("2026-03-04"))
        try life.go(.reply("又换了阀门", on: day("2026-03-10"), result: "已恢复供水", evidence: 1), by: villager)
        try life.go(.make(.close), by: supervisor)
        try life.go(.because(.note, .general, "已电话了解"), by: supervisor, on: "2026-03-30")
        #expect(try clock(.fiveDays, of: life.file, on: "2026-03-30")?.metOn == day("2026-03-10"))
        let window = Recurrence(windows: [:])
        #expect(
            window.finding(
                village: life.file.area, topic: .water, on: try day("2026-04-20"), unit: nil, earlier: life.file) == nil
        )
    }

    @Test func `a redo is due anew, on the day of the reply too`() throws {
        var life = try CaseLife(on: "2026-03-02")
        try working(&life)
        let done = try day("2026-03-03")
        try life.go(.reply("更换了阀门", on: done, result: "已恢复供水", evidence: 1), by: villager, on: "2026-03-03")
        try life.go(.because(.redo, .notSatisfied), by: supervisor, on: "2026-03-03")
        try life.go(.make(.begin), by: villager, on: "2026-03-03")
        #expect(try clock(.handling, of: life.file, on: "2026-03-04")?.metOn == nil)
        #expect(try status(.handling, of: life.file, on: "2026-03-11") == .red)
        // The only extension moves the term that runs.
        func extended(_ date: String) throws -> CaseRefusal? {
            life.today = try day("2026-03-04")
            let until = try day(date)
            return try life.refusal(
                .make(.extend) {
                    $0.until = until
                    $0.text = "已告知"
                }, by: supervisor)
        }
        for early in ["2026-03-05", "2026-03-10"] {
            #expect(try extended(early) == .guarded(.oneExtension), "\(early) is before the term")
        }
        #expect(try extended("2026-03-11") == nil && extended("2026-03-24") == nil)
        #expect(try extended("2026-03-25") == .guarded(.oneExtension))
    }

    @Test func `the five days are counted both ways and warn nobody`() throws {
        let life = try CaseLife(on: "2026-03-06")
        #expect(try clock(.fiveDays, of: life.file, on: "2026-03-06")?.due == day("2026-03-11"))
        #expect(try clock(.fiveWorkingDays, of: life.file, on: "2026-03-06")?.due == day("2026-03-13"))
        let clocks = try CaseClocks(calendar: .shipped(), today: day("2026-03-30")).clocks(of: life.file)
        #expect(clocks.allSatisfy { $0.status == .red })
        #expect(clocks.map(\.kind) == [.route5wd, .fiveDays, .fiveWorkingDays])
        #expect(CaseClock.worst(of: Array(clocks.dropFirst())) == .met)
    }

    @Test func `a year without a calendar stops the count`() throws {
        let life = try CaseLife(on: "2026-12-30")
        #expect(throws: CalendarError(.missingYear(2027))) {
            try CaseClocks(calendar: .shipped(), today: day("2026-12-30")).clocks(of: life.file)
        }
    }

    @Test func `supervision is proposed by terms, then by signs`() throws {
        var life = try CaseLife(on: "2026-03-02")
        try working(&life)
        func proposal(_ today: String, _ signs: [PerfunctoryCheck.Sign] = []) throws -> Supervision {
            CaseClock.proposedSupervision(
                clocks: try CaseClocks(calendar: .shipped(), today: day(today)).clocks(of: life.file), signs: signs)
        }
        #expect(try proposal("2026-03-03") == .none)
        #expect(try proposal("2026-03-03", [.stockPhrase]) == .none)
        #expect(try proposal("2026-03-03", [.stockPhrase, .quickAndIdle]) == .normal)
        #expect(try proposal("2026-03-09") == .yellow)
        #expect(try proposal("2026-03-10") == .red)
    }
}
