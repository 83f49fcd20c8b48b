/// What is counted of a set of complaints and suggestions: work of units, never anything about who spoke.
///
/// The denominator is what was received in the period, so that nothing looks better by being new.
public struct CaseFigures: Sendable, Equatable {
    /// Registered.
    public var received = 0
    /// Of those, ended (closed, declined); a merged case ends with the one that it was merged into.
    public var ended = 0
    /// Of those, ended within five days of the calendar, and within five working days.
    public var endedInFiveDays = 0
    public var endedInFiveWorkingDays = 0
    /// Of those, answered at least once, and the days that took, in all.
    public var answered = 0
    public var answerDays = 0
    /// Answered on the day of the registration.
    public var answeredSameDay = 0
    /// Matters that came back.
    public var recurred = 0
    /// Under supervision now or at their end.
    public var supervised = 0
    /// What the last follow-up said; "not asked" and "not reachable" are no satisfaction.
    public var satisfied = 0
    public var notSatisfied = 0
    public var notReachable = 0
    public var notAsked = 0

    /// Nothing counted yet.
    public init() {}

    /// One case, as far as figures go.
    public struct Item: Sendable, Equatable {
        /// When it was received.
        public var receivedOn: CivilDay
        /// When it ended; nil while it, or the case that it was merged into, is open.
        public var endedOn: CivilDay?
        /// When it was first answered.
        public var answeredOn: CivilDay?
        /// How often it came back.
        public var recurrences: Int
        /// How closely it is watched.
        public var supervision: Supervision
        /// What the last follow-up said.
        public var followUp: ReasonCode?

        /// Describes a case.
        public init(
            receivedOn: CivilDay, endedOn: CivilDay?, answeredOn: CivilDay?, recurrences: Int, supervision: Supervision,
            followUp: ReasonCode?
        ) {
            self.receivedOn = receivedOn
            self.endedOn = endedOn
            self.answeredOn = answeredOn
            self.recurrences = recurrences
            self.supervision = supervision
            self.followUp = followUp
        }
    }

    /// Counts a case.
    public mutating func add(_ item: Item, calendar: WorkCalendar) throws(CalendarError) {
        received += 1
        if let end = item.endedOn {
            ended += 1
            if end.number - item.receivedOn.number <= 5 {
                // Five days of the calendar hold five working days at most.
                endedInFiveDays += 1
                endedInFiveWorkingDays += 1
            } else if end.number - item.receivedOn.number <= 30,
                try calendar.workingDays(after: item.receivedOn, through: end) <= 5
            {
                endedInFiveWorkingDays += 1
            }
        }
        if let answer = item.answeredOn {
            answered += 1
            answerDays += max(0, answer.number - item.receivedOn.number)
            if answer <= item.receivedOn { answeredSameDay += 1 }
        }
        if item.recurrences > 0 { recurred += 1 }
        if item.supervision > .none { supervised += 1 }
        switch item.followUp {
        case .satisfied: satisfied += 1
        case .notSatisfied: notSatisfied += 1
        case .notReachable: notReachable += 1
        case .notAsked: notAsked += 1
        default: break
        }
    }

    /// Adds other figures.
    public static func += (left: inout CaseFigures, right: CaseFigures) {
        left.received += right.received
        left.ended += right.ended
        left.endedInFiveDays += right.endedInFiveDays
        left.endedInFiveWorkingDays += right.endedInFiveWorkingDays
        left.answered += right.answered
        left.answerDays += right.answerDays
        left.answeredSameDay += right.answeredSameDay
        left.recurred += right.recurred
        left.supervised += right.supervised
        left.satisfied += right.satisfied
        left.notSatisfied += right.notSatisfied
        left.notReachable += right.notReachable
        left.notAsked += right.notAsked
    }
}
