public import Casework
public import Messages

/// What a queue shows of a case: codes and days, no words.
public struct CaseSummary: Sendable, Equatable {
    /// The number: county, year, letter, ordinal.
    public var number: String
    /// The track.
    public var track: Track
    /// The topic.
    public var topic: Topic
    /// How urgent.
    public var severity: Severity
    /// The 12-digit code of its place.
    public var area: String
    /// Where it came from.
    public var source: CaseSource
    /// Where it is in its life.
    public var state: CaseState
    /// The lead unit; nil until assigned, and for reports.
    public var unit: Int?
    /// The day on which the commission got it.
    public var receivedOn: CivilDay
    /// How closely it is watched.
    public var supervision: Supervision
    /// How often it came back.
    public var recurrence: Int
    /// True when retaliation was reported with it.
    public var hasRetaliation: Bool
    /// The next day on which a term ends; nil when none runs.
    public var dueOn: CivilDay?
    /// Goes up with every change.
    public var version: Int
    /// The row's number, for the store alone.
    var id: Int
    var petition: PetitionClass
    var isRepeat: Bool
    var alias: String
    var queueOn: Int
}

/// A case as one person sees it.
public struct CaseView: Sendable, Equatable {
    /// What a queue shows.
    public var summary: CaseSummary
    /// The summary in human words; nil while nobody wrote one or once it is erased.
    public var words: String?
    /// The original words, masked; nil for those who handle the case, and once they are erased.
    public var original: [String]
    /// The random alias; nil for those who handle the case.
    public var alias: String?
    /// Notes, replies and papers with the number of their event, oldest first.
    public var texts: [Text]
    /// What was done.
    public var events: [CaseEvent]
    /// What the person may do.
    public var offers: [CaseRules.Offer]
    /// The terms.
    public var clocks: [CaseClock]
    /// Signs of a reply for form's sake.
    public var signs: [PerfunctoryCheck.Sign]
    /// Linked cases that the person may see: kind and number.
    public var links: [Link]
    /// Who is spoken of; empty for complaints.
    public var accused: [Accused]
    /// What came of it; nil while nothing is entered.
    public var resolution: CaseResolution?
    /// The level of supervision that terms and signs speak for (督办); a person decides.
    public var proposedSupervision = Supervision.none
    /// The day until which the discipline side wants it mended (整改); nil when none was set, or it was answered since.
    public var mendBy: CivilDay?
    /// Who is on duty today in the unit that handles it.
    public var onDuty: [Int] = []
    /// Until when the person put it off; nil when not.
    public var snoozedUntil: CivilDay?
    /// True while a paper keeps its words from erasure.
    public var isHeld = false

    /// Words that belong to an event.
    public struct Text: Sendable, Equatable {
        /// The event, counted from 1.
        public var event: Int
        /// `note`, `reply`, `paper`.
        public var kind: String
        /// The words; nil once erased.
        public var words: String?
    }

    /// Another case.
    public struct Link: Sendable, Equatable {
        /// `merged_into`, `related`, `repeat_of`, `split_from`.
        public var kind: String
        /// Its number.
        public var number: String
    }

    /// A body or a post that a report speaks of.
    public struct Accused: Sendable, Equatable {
        /// The body.
        public var unit: Int
        /// The post, if one was named.
        public var official: Int?

        /// Names a body, and a post.
        public init(unit: Int, official: Int? = nil) {
            self.unit = unit
            self.official = official
        }
    }
}

/// How cases lie in their rows.
enum CaseRow {
    static let columns = """
        m.id, m.number, m.track, m.topic, m.severity, m.area_code, m.source, m.state, m.unit_id, m.received_on, \
        m.supervision, m.recurrence, m.retaliation, m.due_on, m.version, m.petition, m.is_repeat, m.alias, m.queue_on
        """

    /// How many columns that are.
    static let columnCount = columns.split(separator: ",").count

    static func summary(_ row: SQLRow) throws -> CaseSummary {
        let severity = try row.int(4)
        guard FlagRow.severities.indices.contains(severity) else { throw SQLRowError(column: 4) }
        guard let supervision = Supervision(rawValue: try row.int(10)) else { throw SQLRowError(column: 10) }
        return CaseSummary(
            number: try row.text(1), track: try row.choice(2), topic: try row.choice(3),
            severity: FlagRow.severities[severity], area: try row.text(5), source: try row.choice(6),
            state: try row.choice(7), unit: try row.intOrNil(8), receivedOn: CivilDay(try row.int(9)),
            supervision: supervision, recurrence: try row.int(11), hasRetaliation: try row.int(12) == 1,
            dueOn: try row.intOrNil(13).map { CivilDay($0) }, version: try row.int(14), id: try row.int(0),
            petition: try row.choice(15), isRepeat: try row.int(16) == 1, alias: try row.text(17),
            queueOn: try row.int(18))
    }

    static func events(of matter: Int, in session: any SQLSession) throws -> [CaseEvent] {
        try session.query(
            """
            SELECT action, actor, actor_unit, day, from_state, to_state, reason, unit_id, until_day, supervision,
              reply_done_on, reply_evidence, reply_marks
            FROM matter_event WHERE matter_id = $1 ORDER BY ordinal
            """, [.int(matter)]
        ).map { row in
            var event = CaseEvent(
                try row.choice(0), on: CivilDay(try row.int(3)), by: try row.int(1), ofUnit: try row.int(2),
                from: row[4] == .null ? nil : try row.choice(4), to: try row.choice(5))
            event.reason = row[6] == .null ? nil : try row.choice(6)
            event.unit = try row.intOrNil(7)
            event.until = try row.intOrNil(8).map { CivilDay($0) }
            event.supervision = try row.intOrNil(9).flatMap(Supervision.init(rawValue:))
            if let marks = try row.intOrNil(12) {
                event.reply = ReplyFacts(
                    doneOn: try row.intOrNil(10).map { CivilDay($0) }, evidence: try row.int(11),
                    saysWhat: marks & 1 != 0, saysResult: marks & 2 != 0, isStockPhrase: marks & 4 != 0)
            }
            return event
        }
    }

    /// What the rules know of a case.
    static func file(_ summary: CaseSummary, _ events: [CaseEvent]) -> CaseFile {
        var file = CaseFile(
            track: summary.track, topic: summary.topic, area: summary.area, source: summary.source,
            petition: summary.petition, receivedOn: summary.receivedOn, unit: summary.unit, events: events)
        file.recurrences = summary.recurrence
        file.isRepeat = summary.isRepeat
        return file
    }

    static func insert(
        _ event: CaseEvent, of matter: Int, audit: Int, in session: any SQLSession
    ) throws -> Int {
        let ordinal = try session.query(
            "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM matter_event WHERE matter_id = $1", [.int(matter)])[0].int(0)
        let marks = event.reply.map { ($0.saysWhat ? 1 : 0) | ($0.saysResult ? 2 : 0) | ($0.isStockPhrase ? 4 : 0) }
        try session.insert(
            into: "matter_event",
            columns: [
                "matter_id", "ordinal", "action", "actor", "actor_unit", "day", "from_state", "to_state", "reason",
                "unit_id", "until_day", "supervision", "reply_done_on", "reply_evidence", "reply_marks", "audit_seq",
            ],
            rows: [
                [
                    .int(matter), .int(ordinal), .text(event.action.rawValue), .int(event.actor), .int(event.actorUnit),
                    .int(event.day.number), .text(event.from?.rawValue), .text(event.to.rawValue),
                    .text(event.reason?.rawValue), .int(event.unit), .int(event.until?.number),
                    .int(event.supervision?.rawValue), .int(event.reply?.doneOn?.number),
                    .int(event.reply?.evidence), .int(marks), .int(audit),
                ]
            ])
        return ordinal
    }
}
