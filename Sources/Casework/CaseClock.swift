public import Messages

/// A term that runs on a case.
public struct CaseClock: Sendable, Equatable {
    /// Which term; the sources stand in docs/reference/casework.md.
    ///
    /// The raw values are those of the JSON.
    public enum Kind: String, Sendable, CaseIterable {
        /// Accept what another organ passed on, or pass it on: 5 working days (R13).
        case transfer5wd = "transfer-5wd"
        /// Report upwards what concerns somebody managed higher up: 5 working days, red on the fifth (R14).
        case up5wd = "up-5wd"
        /// Tell who gave a real name whether it is accepted: 15 working days (R15).
        case notice15wd = "notice-15wd"
        /// Tell who gave a real name what came of it: 15 working days after the result (R15).
        case result15wd = "result-15wd"
        /// Results back to the intake in the quarter of the hand-over (R19).
        case quarterlyResult = "quarterly-result"
        /// Register and route a petition: 15 days (R21).
        case route15d = "route-15d"
        /// Written notice to a petitioner: 15 days, unless nobody can be written to (R22).
        case written15d = "written-15d"
        /// Give a complaint to a unit, or decline it: 5 working days from its registration, or its return (R13, R22).
        case route5wd = "route-5wd"
        /// Return a mis-sent case: 5 working days (R22).
        case return5wd = "return-5wd"
        /// The written opinion on an appeal: 60 days, with approval 30 more (R23).
        case opinion60d = "opinion-60d"
        /// Review: 30 days (R24).
        case review30d = "review-30d"
        /// Second review: 30 days (R24).
        case secondReview30d = "second-review-30d"
        /// The handler's first step.
        case firstResponse = "first-response"
        /// The limit of the topic for the handling; stands still while a case is suspended.
        case handling
        /// The platforms' target, in days of the calendar.
        case fiveDays = "five-days"
        /// The same target in working days.
        case fiveWorkingDays = "five-working-days"

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .transfer5wd: ("受理或转送（5 个工作日）", "accept or pass on (5 working days)")
                case .up5wd: ("上交（5 个工作日）", "report upwards (5 working days)")
                case .notice15wd: ("实名受理告知（15 个工作日）", "notice to a real name (15 working days)")
                case .result15wd: ("实名结果反馈（15 个工作日）", "result to a real name (15 working days)")
                case .quarterlyResult: ("季度反馈结果", "result within the quarter")
                case .route15d: ("登记转办（15 日）", "register and route (15 days)")
                case .written15d: ("书面告知（15 日）", "written notice (15 days)")
                case .route5wd: ("分办（5 个工作日）", "give to a unit (5 working days)")
                case .return5wd: ("可退回（5 个工作日）", "may be returned (5 working days)")
                case .opinion60d: ("书面处理意见（60 日）", "written opinion (60 days)")
                case .review30d: ("复查（30 日）", "review (30 days)")
                case .secondReview30d: ("复核（30 日）", "second review (30 days)")
                case .firstResponse: ("首次响应", "first step")
                case .handling: ("办理期限", "handling")
                case .fiveDays: ("五日办结（自然日）", "five days")
                case .fiveWorkingDays: ("五日办结（工作日）", "five working days")
                }
            return language == .zh ? zh : en
        }
    }

    /// How it stands.
    public enum Status: String, Sendable, CaseIterable {
        case running, yellow, red, met, late, paused
        case notApplicable = "not-applicable"
    }

    /// Which term.
    public var kind: Kind
    /// The day on which it began.
    public var start: CivilDay
    /// The last day of the term; while it stands still, the day if it went on today.
    public var due: CivilDay
    /// The day on which it was met.
    public var metOn: CivilDay?
    /// How it stands today.
    public var status: Status
}

/// What an installation decides about terms.
public struct CasePolicy: Sendable, Equatable {
    /// Working days for the handling, where a topic has no limit of its own.
    public var handlingDays = 5
    /// Limits of single topics in working days.
    public var topicDays: [Topic: Int] = [.construction: 10, .land: 15, .roads: 10, .drainage: 10, .transport: 10]
    /// How many proofs the closing of a topic needs; none where a follow-up will do instead.
    public var topicEvidence: [Topic: Int] = [:]
    /// The same where a topic has no standard of its own.
    public var closingEvidence = 0
    /// Working days for the first step.
    public var firstResponseDays = 1
    /// By how many working days a handling may be extended.
    public var extensionDays = 10
    /// By how many days a written opinion may be extended.
    public var opinionExtensionDays = 30

    /// The defaults.
    public init() {}

    /// Working days for the handling of a topic.
    public func days(for topic: Topic) -> Int { topicDays[topic] ?? handlingDays }

    /// How many proofs the closing of a topic needs.
    public func evidence(for topic: Topic) -> Int { topicEvidence[topic] ?? closingEvidence }
}

/// All terms of a case as a pure function of its history, a calendar and the day.
///
/// The legal terms never stand still; only `handling` pauses. Yellow from the last working day before the due day, red
/// from the first day after it; `up-5wd` is red on its last day.
public struct CaseClocks: Sendable {
    private let calendar: WorkCalendar
    private let policy: CasePolicy
    private let today: CivilDay

    /// Sets the calendar, the installation's limits and the day.
    public init(calendar: WorkCalendar, policy: CasePolicy = CasePolicy(), today: CivilDay) {
        self.calendar = calendar
        self.policy = policy
        self.today = today
    }

    /// The terms of a case, in the order of their kinds.
    public func clocks(of file: CaseFile) throws(CalendarError) -> [CaseClock] {
        var clocks: [CaseClock?] = []
        if file.source == .transferred {
            clocks.append(
                try working(
                    .transfer5wd, 5, from: file.receivedOn, met: first(file, [.accept, .transfer, .decline, .keep])))
        }
        clocks += try misconduct(file)
        clocks += try petition(file)
        clocks += try livelihood(file)
        return clocks.compactMap { $0 }
    }

    /// The clock of an upward report, from the day on which it was seen that it must go up.
    public func upward(seenOn day: CivilDay, forwardedOn: CivilDay?) throws(CalendarError) -> CaseClock {
        var clock = try working(.up5wd, 5, from: day, met: forwardedOn)
        if forwardedOn == nil, today >= clock.due { clock.status = .red }
        return clock
    }

    // MARK: - The terms

    private func misconduct(_ file: CaseFile) throws(CalendarError) -> [CaseClock?] {
        guard file.track == .misconduct else { return [] }
        var clocks: [CaseClock?] = []
        // A repeated report is not notified again; an anonymous one has nobody to tell.
        if file.hasRealName, !file.isRepeat, let accepted = file.last(.accept) {
            clocks.append(
                try working(
                    .notice15wd, 15, from: max(file.receivedOn, file.last(.realName)?.day ?? accepted.day),
                    met: file.last(.notify)?.day))
        }
        if file.hasRealName, let result = file.last(.enterResult) {
            clocks.append(try working(.result15wd, 15, from: result.day, met: file.last(.feedBack)?.day))
        }
        if let handed = file.last(.handOver) {
            clocks.append(
                try dated(
                    .quarterlyResult, from: handed.day, due: handed.day.quarterEnd, met: file.last(.enterResult)?.day))
        }
        return clocks
    }

    private func petition(_ file: CaseFile) throws(CalendarError) -> [CaseClock?] {
        guard file.track != .misconduct else { return [] }
        var clocks: [CaseClock?] = []
        if file.source == .petition {
            clocks.append(
                try calendarDays(
                    .route15d, 15, from: file.receivedOn, met: first(file, [.assign, .decline, .toMisconduct])))
        }
        if file.petition == .appealWithOpinion || file.source == .petition {
            if file.source.canBeNotified {
                clocks.append(
                    try calendarDays(.written15d, 15, from: file.receivedOn, met: first(file, [.accept, .decline])))
            } else {
                clocks.append(
                    CaseClock(
                        kind: .written15d, start: file.receivedOn, due: file.receivedOn.advanced(by: 15), metOn: nil,
                        status: .notApplicable))
            }
        }
        if file.petition == .appealWithOpinion, let accepted = file.events.first(where: { $0.action == .accept }) {
            let extra = extraDays(of: file, limit: policy.opinionExtensionDays)
            let met = file.events.first { $0.action == .reply || $0.to == .closed }?.day
            clocks.append(try calendarDays(.opinion60d, 60 + extra, from: accepted.day, met: met))
        }
        if let index = file.events.lastIndex(where: { $0.action == .review }) {
            let met = first(after: index, in: file, [.concludeReview, .secondReview])
            clocks.append(try calendarDays(.review30d, 30, from: file.events[index].day, met: met))
        }
        if let index = file.events.lastIndex(where: { $0.action == .secondReview }) {
            let met = first(after: index, in: file, [.concludeReview])
            clocks.append(try calendarDays(.secondReview30d, 30, from: file.events[index].day, met: met))
        }
        return clocks
    }

    private func livelihood(_ file: CaseFile) throws(CalendarError) -> [CaseClock?] {
        guard file.track != .misconduct else { return [] }
        var clocks: [CaseClock?] = []
        // A petition's first way has its own term; what came back, from a unit or from another case, has this one whoever
        // sent it.
        if let index = file.events.lastIndex(where: { $0.action == .register || file.waitsForRoute(from: $0) }),
            file.source != .petition || file.events[index].action != .register
        {
            let met = first(after: index, in: file, [.assign, .decline, .merge, .toMisconduct])
            clocks.append(try working(.route5wd, 5, from: file.events[index].day, met: met))
        }
        if file.state == .assigned, let assigned = file.assignedOn {
            clocks.append(try working(.return5wd, 5, from: assigned, met: nil))
        }
        let work = file.sinceAssignment
        if let begin = work.first {
            let acted = work.dropFirst().first { [.begin, .reply, .sendBack].contains($0.action) }?.day
            // Out of another case it is new to its unit.
            let back = work.last { $0.action == .unmerge && $0.to == .assigned && $0.from != $0.to }
            clocks.append(try working(.firstResponse, policy.firstResponseDays, from: (back ?? begin).day, met: acted))
            clocks.append(try handling(file, work))
        }
        if let registered = file.events.first {
            let ended = file.endedOn
            // A merged case ends with the one that it was merged into, which its own history doesn't know.
            let isMerged = file.state == .merged
            for var clock in [
                try calendarDays(.fiveDays, 5, from: registered.day, met: isMerged ? nil : ended),
                try working(.fiveWorkingDays, 5, from: registered.day, met: isMerged ? nil : ended),
            ] {
                if isMerged { clock.status = .notApplicable }
                clocks.append(clock)
            }
        }
        return clocks
    }

    private func handling(
        _ file: CaseFile, _ work: ArraySlice<CaseEvent>
    ) throws(CalendarError) -> CaseClock {
        let pauses = file.pauses(until: today)
        let since = file.sinceWorkBegan(in: work)
        let begin = since[since.startIndex].day
        let met = since.last {
            $0.action == .reply || $0.action == .sendBack || $0.to == .merged && file.state == .merged
        }?.day
        var days = policy.days(for: file.topic)
        if let extended = work.last(where: { $0.action == .extend })?.until {
            let standard = try calendar.day(days, workingDaysAfter: begin, pauses: pauses)
            if extended > standard {
                days += min(
                    policy.extensionDays,
                    try calendar.workingDays(after: standard, through: extended, pauses: pauses))
            }
        }
        let due = try calendar.day(days, workingDaysAfter: begin, pauses: pauses)
        var clock = try dated(.handling, from: begin, due: due, met: met)
        if met == nil, file.state == .suspended { clock.status = .paused }
        return clock
    }

    // MARK: - Counting

    private func first(_ file: CaseFile, _ actions: [CaseAction]) -> CivilDay? {
        file.events.first { actions.contains($0.action) }?.day
    }

    /// The day of the first of some actions after an event: what comes later doesn't end the term a second time.
    private func first(after index: Int, in file: CaseFile, _ actions: [CaseAction]) -> CivilDay? {
        file.events[(index + 1)...].first { actions.contains($0.action) }?.day
    }

    /// The days by which the last extension goes beyond, cut to the limit.
    private func extraDays(of file: CaseFile, limit: Int) -> Int {
        guard let event = file.last(.extend), let until = event.until,
            let accepted = file.events.first(where: { $0.action == .accept })
        else { return 0 }
        return min(limit, max(0, until.number - accepted.day.advanced(by: 60).number))
    }

    private func working(
        _ kind: CaseClock.Kind, _ days: Int, from start: CivilDay, met: CivilDay?
    ) throws(CalendarError) -> CaseClock {
        try dated(kind, from: start, due: calendar.day(days, workingDaysAfter: start), met: met)
    }

    private func calendarDays(
        _ kind: CaseClock.Kind, _ days: Int, from start: CivilDay, met: CivilDay?
    ) throws(CalendarError) -> CaseClock {
        try dated(kind, from: start, due: start.advanced(by: days), met: met)
    }

    private func dated(
        _ kind: CaseClock.Kind, from start: CivilDay, due: CivilDay, met: CivilDay?
    ) throws(CalendarError) -> CaseClock {
        var status = CaseClock.Status.running
        if let met {
            status = met > due ? .late : .met
        } else if today > due {
            status = .red
        } else if try today >= calendar.workingDay(before: due) {
            status = .yellow
        }
        return CaseClock(kind: kind, start: start, due: due, metOn: met, status: status)
    }
}

extension CaseClock {
    /// The worst that runs: what a queue is sorted and coloured by.
    public static func worst(of clocks: [CaseClock]) -> Status {
        // The two targets are figures, not terms: nobody is warned by them.
        let binding = clocks.filter { $0.kind != .fiveDays && $0.kind != .fiveWorkingDays }.map(\.status)
        return [.red, .yellow, .running, .paused].first { binding.contains($0) } ?? .met
    }

    /// The level of supervision that the terms and signs of a case speak for; a person decides.
    public static func proposedSupervision(clocks: [CaseClock], signs: [PerfunctoryCheck.Sign]) -> Supervision {
        switch worst(of: clocks) {
        case .red: .red
        case .yellow: .yellow
        default: PerfunctoryCheck.isSuspected(signs) ? .normal : .none
        }
    }
}
