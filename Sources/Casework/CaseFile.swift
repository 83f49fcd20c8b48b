public import Messages

/// Where a case came from.
///
/// The raw values are those of the store.
public enum CaseSource: String, Sendable, CaseIterable, Codable {
    /// A flag of a supervision group.
    case chat
    /// Somebody came in person.
    case visit
    case telephone, platform, letter
    /// A petition office passed it on (信访).
    case petition
    /// Another organ passed it on.
    case transferred
    /// Staff found it on patrol.
    case patrol
    /// A part of another case.
    case split

    /// Its name.
    public func name(in language: Language) -> String {
        let (zh, en) =
            switch self {
            case .chat: ("监督群", "supervision group")
            case .visit: ("来访", "visit")
            case .telephone: ("来电", "telephone")
            case .platform: ("平台", "platform")
            case .letter: ("来信", "letter")
            case .petition: ("信访转来", "petition office")
            case .transferred: ("其他机关转来", "another organ")
            case .patrol: ("巡查发现", "found on patrol")
            case .split: ("拆分", "split off")
            }
        return language == .zh ? zh : en
    }

    /// True where somebody could be written to: a chat's speaker, who isn't kept, can't.
    public var canBeNotified: Bool { self != .chat && self != .patrol && self != .split }
}

/// The classes of the petition regulations (信访工作条例 29–31), one per case.
///
/// The raw values are those of the store.
public enum PetitionClass: String, Sendable, CaseIterable, Codable {
    /// 建议意见.
    case suggestion
    /// 检举控告.
    case accusation
    /// 申诉求决 that needs no written opinion.
    case appeal
    /// 申诉求决 of article 31(6): ends with a written opinion in 60 days.
    case appealWithOpinion = "appeal-with-opinion"

    /// The class that follows from a track.
    public static func of(_ track: Track) -> PetitionClass {
        switch track {
        case .misconduct: .accusation
        case .grievance: .appeal
        case .suggestion: .suggestion
        }
    }

    /// The same in the scheme of the rules for reports (检举控告工作规则): 检举控告, 批评建议, 业务范围外.
    public var reportClass: String {
        switch self {
        case .accusation: "检举控告"
        case .suggestion: "批评建议"
        case .appeal, .appealWithOpinion: "业务范围外"
        }
    }
}

/// One thing that was done with a case: a row only ever added.
public struct CaseEvent: Sendable, Equatable {
    /// What was done.
    public var action: CaseAction
    /// The staff member; 0 for the program's own rule.
    public var actor: Int
    /// The unit of the actor at the time; 0 for the program.
    public var actorUnit: Int
    /// When.
    public var day: CivilDay
    /// The state before; nil at the beginning.
    public var from: CaseState?
    /// The state after.
    public var to: CaseState
    /// Why.
    public var reason: ReasonCode?
    /// The unit that is concerned: the one assigned to, escalated to.
    public var unit: Int?
    /// A day that was named: the wake day, the end of an extension, the day of a study.
    public var until: CivilDay?
    /// What a reply says of itself.
    public var reply: ReplyFacts?
    /// The level of supervision that was set.
    public var supervision: Supervision?

    /// Makes an event.
    public init(
        _ action: CaseAction, on day: CivilDay, by actor: Int = 0, ofUnit actorUnit: Int = 0, from: CaseState?,
        to: CaseState
    ) {
        self.action = action
        self.actor = actor
        self.actorUnit = actorUnit
        self.day = day
        self.from = from
        self.to = to
    }
}

/// What the rules know of a case: no words of anybody, and nobody of the public.
public struct CaseFile: Sendable, Equatable {
    /// The track.
    public var track: Track
    /// The topic.
    public var topic: Topic
    /// The 12-digit code of the village, or of a place above it.
    public var area: String
    /// Where it came from.
    public var source: CaseSource
    /// The class of the petition regulations.
    public var petition: PetitionClass
    /// The day on which the commission got it.
    public var receivedOn: CivilDay
    /// The lead unit; nil until assigned.
    public var unit: Int?
    /// How many times the matter came back.
    public var recurrences = 0
    /// True when it repeats a case that was registered before.
    public var isRepeat = false
    /// What was done, oldest first.
    public var events: [CaseEvent]

    /// Makes a case of its history.
    public init(
        track: Track, topic: Topic, area: String, source: CaseSource = .chat, petition: PetitionClass? = nil,
        receivedOn: CivilDay, unit: Int? = nil, events: [CaseEvent] = []
    ) {
        self.track = track
        self.topic = topic
        self.area = area
        self.source = source
        self.petition = petition ?? .of(track)
        self.receivedOn = receivedOn
        self.unit = unit
        self.events = events
    }

    /// Where it is in its life: what the last event left.
    public var state: CaseState? { events.last?.to }

    /// How closely it is watched: the last level that was set.
    public var supervision: Supervision { events.last { $0.supervision != nil }?.supervision ?? .none }

    /// The day until which the discipline side wants it mended (整改), while nothing was answered since.
    public var mendBy: CivilDay? {
        guard let index = events.lastIndex(where: { $0.action == .supervise }), let day = events[index].until else {
            return nil
        }
        let isAnswered = events[(index + 1)...].contains { $0.action == .reply || !$0.to.isOpen }
        return isAnswered ? nil : day
    }

    /// The last event of an action.
    public func last(_ action: CaseAction) -> CaseEvent? { events.last { $0.action == action } }

    /// True when somebody verified a true name and a way to reach its owner; a nickname never does.
    public var hasRealName: Bool { last(.realName) != nil }

    /// The day on which it ended last; nil while it is open.
    ///
    /// What is noted of an ended case doesn't end it again.
    var endedOn: CivilDay? {
        state?.isOpen == false ? events.last { !$0.to.isOpen && $0.from?.isOpen != false }?.day : nil
    }

    /// The events since the case was last assigned.
    var sinceAssignment: ArraySlice<CaseEvent> {
        guard let index = events.lastIndex(where: { $0.action == .assign || $0.action == .escalate }) else { return [] }
        return events[index...]
    }

    /// True for an event from which the case waits for a unit: it was sent back, or came out of another case as it had
    /// gone in.
    func waitsForRoute(from event: CaseEvent) -> Bool {
        event.action == .sendBack
            || event.action == .unmerge && event.from != event.to
                && [.registered, .accepted, .returned].contains(event.to)
    }

    /// The day from which the unit may send it back: that of the assignment, or of its coming out of another case.
    var assignedOn: CivilDay? {
        events.last { $0.action == .assign || $0.action == .unmerge && $0.to == .assigned && $0.from != $0.to }?.day
    }

    /// The events from that on which the handling term goes.
    ///
    /// A redo asks for a new reply, and what comes out of another case unanswered is to be handled from then on.
    func sinceWorkBegan(in work: ArraySlice<CaseEvent>) -> ArraySlice<CaseEvent> {
        let begin = work.lastIndex { event in
            event.from != event.to
                && (event.to == .redo
                    || event.action == .unmerge
                        && [.assigned, .inProgress, .escalated, .suspended].contains(event.to))
        }
        return work[(begin ?? work.startIndex)...]
    }

    /// The days on which the work stood still, from a suspension to its end or to `today`.
    public func pauses(until today: CivilDay) -> [Range<CivilDay>] {
        var pauses: [Range<CivilDay>] = []
        var begin: CivilDay?
        for event in events {
            if event.to == .suspended, begin == nil { begin = event.day }
            if let started = begin, event.to != .suspended {
                // The day of the suspension is worked, the day on which it goes on too.
                let (first, last) = (started.advanced(by: 1), event.day)
                if first < last { pauses.append(first..<last) }
                begin = nil
            }
        }
        if let started = begin, started.advanced(by: 1) <= today {
            pauses.append(started.advanced(by: 1)..<today.advanced(by: 1))
        }
        return pauses
    }

    /// The state that a history leads to by the table of states; nil where some step isn't in the table.
    ///
    /// What the store says of a case must equal this.
    public static func replayed(_ events: [CaseEvent], from track: Track) -> CaseState? {
        var state: CaseState?
        var track = track
        var beforeMerge: CaseState?
        for event in events {
            guard event.from == state else { return nil }
            // The case that another one was merged into, once that is undone: it stays what it is.
            if event.action == .unmerge, event.to == state { continue }
            let rows = CaseTransition.all.filter { row in
                row.action == event.action && row.tracks.contains(track)
                    && (state.map(row.from.contains) ?? row.from.isEmpty)
            }
            guard let row = rows.first else {
                // The program's own rules: recurrence, an alert, an erasure of the original words.
                guard event.actor == 0, event.to == state || event.to == .redo else { return nil }
                state = event.to
                continue
            }
            if event.action == .merge { beforeMerge = state }
            let next = row.to ?? (event.action == .unmerge ? beforeMerge : state)
            guard event.to == next else { return nil }
            state = next
            if event.action == .toMisconduct { track = .misconduct }
        }
        return state
    }
}
