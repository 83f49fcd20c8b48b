public import Casework
public import Messages

/// A case that is to be registered.
public struct NewCase: Sendable, Equatable {
    /// The track.
    public var track: Track
    /// The topic.
    public var topic: Topic
    /// How urgent.
    public var severity = Severity.medium
    /// The 12-digit code of its village, or of a place above it.
    public var area: String
    /// Where it came from.
    public var source: CaseSource
    /// The class of the petition regulations; nil for the one that follows from the track.
    public var petition: PetitionClass?
    /// The day on which the commission got it; nil for today.
    public var receivedOn: CivilDay?
    /// The day on which it was written, where that is known apart; recurrence is counted to it.
    public var writtenOn: CivilDay?
    /// The summary in the clerk's own words.
    public var summary: String
    /// The words as they were taken down, if any; masked before they are stored.
    public var original: String?
    /// Who is spoken of, for a report; empty for the village and its township, until somebody narrows it.
    public var accused: [CaseView.Accused] = []
    /// True where it touches health or minors: township discipline then sees it only when it is given to them.
    public var isSensitive = false
    /// The number under which another platform or organ has it; one number makes one case.
    public var reference: String?

    /// Makes a case to register.
    public init(track: Track, topic: Topic, area: String, source: CaseSource, summary: String) {
        self.track = track
        self.topic = topic
        self.area = area
        self.source = source
        self.summary = summary
    }
}

/// What came of a registration or an act.
public struct CaseOutcome: Sendable, Equatable {
    /// The number; nil when the person may not see the case any more.
    public var number: String?
    /// Where it is in its life; nil when the person may not see it any more.
    public var state: CaseState?
    /// The case that was opened again because the matter came back.
    public var reopened: String?
    /// A case that was split off.
    public var split: String?
    /// What in the summary can point at one household.
    public var clues: Set<SummaryCheck.Clue> = []
    /// False while another process still reads, so that erased bytes stay in the WAL until the next erasure.
    public var isErased = true
}

extension CaseDesk {
    /// Registers a case by hand: a visit, a call, a letter, a row of another platform.
    public func register(_ new: NewCase) throws -> CaseOutcome {
        try run("register") { act in
            let person = try act.require([.intake])
            let original = new.original.map { TextMasker().masked($0).text }
            return try act.register(new, by: person, originals: original.map { [$0] } ?? [], flag: nil)
        }
    }
}

extension CaseDesk.Act {
    /// A code with a digit wrong would lie on nobody's desk: it must stand in the gazetteer, where there is one, or be a body's.
    ///
    /// A report is taken in any case: it makes the bodies that it needs.
    private func isKnown(_ area: String) throws -> Bool {
        let known = try session.query(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM place) THEN EXISTS (SELECT 1 FROM place WHERE code = $1) ELSE 1 END
            """, [.text(area)])
        return try known[0].int(0) == 1 || units().values.contains { $0.area == area }
    }

    /// Registers a case: number, history, words, wall and keeper, in the caller's transaction.
    func register(
        _ new: NewCase, by person: StaffMember, originals: [String], flag: Int?, splitFrom: Int? = nil
    ) throws -> CaseOutcome {
        guard new.area.utf8.count == 12, new.area.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            person.unit.covers(new.area)
        else { throw DeskError(.badField("village")) }
        guard try new.track == .misconduct || isKnown(new.area) else { throw DeskError(.badField("village")) }
        guard new.topic.track == new.track else { throw DeskError(.badField("topic")) }
        let received = new.receivedOn ?? desk.today
        guard received <= desk.today else { throw DeskError(.badField("received")) }
        let petition = new.petition ?? .of(new.track)
        guard (petition == .accusation) == (new.track == .misconduct) else { throw DeskError(.badField("class")) }
        if new.track != .misconduct || !new.summary.isEmpty { try checkOwnWords(new.summary, against: originals) }
        var new = new
        if ([new.summary] + originals).contains(where: { SensitiveMarks.stand(in: $0) }) { new.isSensitive = true }
        let id = try nextID("matter")
        let number = try nextNumber(area: new.area, track: new.track)
        let seq = try log("register", "case", id, flag.map { "flag=\($0)" } ?? "source=\(new.source.rawValue)")
        try insertMatter(id, number.text, new, petition: petition, received: received, audit: seq)
        try insertNumber(number, of: id)
        if let reference = new.reference { try bind(reference, of: new.source, to: id) }
        let event = CaseEvent(
            .register, on: desk.today, by: person.id, ofUnit: person.unit.id, from: nil, to: .registered)
        let ordinal = try CaseRow.insert(event, of: id, audit: seq, in: session)
        for words in originals { try write(words, as: .original, of: id, event: ordinal) }
        if !new.summary.isEmpty { try write(new.summary, as: .summary, of: id, event: ordinal) }
        if let splitFrom { try link(id, splitFrom, "split_from") }
        // The bodies of a village are made with its first case of any track: made with reports alone, a new body in the
        // list would tell of one.
        if !new.area.hasSuffix("000") {
            _ = try unit(.village, area: new.area)
            _ = try unit(.townshipGovernment, area: String(new.area.prefix(9)) + "000")
        }
        if new.track == .misconduct {
            try raiseWall(of: id, area: new.area, accused: new.accused)
            try giveToCounty(id, by: person)
            guard try isReadable(id, by: person.id) else { throw DeskError(.mustGoUp) }
        }
        var outcome = CaseOutcome(number: number.text, state: .registered)
        outcome.clues = SummaryCheck.clues(in: new.summary)
        outcome.reopened =
            try new.track == .misconduct ? nil : reopen(becauseOf: id, new, on: new.writtenOn ?? received)
        if outcome.reopened != nil { outcome.state = .merged }
        try refreshDue(of: id)
        return outcome
    }

    private func insertMatter(
        _ id: Int, _ number: String, _ new: NewCase, petition: PetitionClass, received: CivilDay, audit: Int
    ) throws {
        let columns: [(String, SQLValue)] = [
            ("id", .int(id)), ("number", .text(number)), ("alias", .text(CaseAlias.random())),
            ("track", .text(new.track.rawValue)), ("topic", .text(new.topic.rawValue)),
            ("petition", .text(petition.rawValue)),
            ("severity", .int(FlagRow.severities.firstIndex(of: new.severity) ?? 1)), ("area_code", .text(new.area)),
            ("source", .text(new.source.rawValue)), ("state", .text(CaseState.registered.rawValue)),
            ("is_open", .int(1)), ("received_on", .int(received.number)), ("supervision", .int(0)),
            ("recurrence", .int(0)), ("is_repeat", .int(0)), ("is_sensitive", .int(new.isSensitive ? 1 : 0)),
            ("retaliation", .int(0)), ("audit_seq", .int(audit)), ("version", .int(1)),
        ]
        try session.insert(into: "matter", columns: columns.map(\.0), rows: [columns.map(\.1)])
    }

    // MARK: - Numbers

    /// A number of a county, a year and a letter.
    ///
    /// Each letter has a series of its own: in one series a village that sees A 17 and A 19 would know of a report.
    struct Number {
        var county: String
        var year: Int
        var letter: String
        var ordinal: Int

        init(county: String, year: Int, letter: String, ordinal: Int) {
            (self.county, self.year, self.letter, self.ordinal) = (county, year, letter, ordinal)
        }

        /// Reads what ``text`` writes; anything else is a number that no case has.
        init(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            self.init(county: "", year: 0, letter: "", ordinal: 0)
            guard parts.count == 4, let year = Int(parts[1]), let ordinal = Int(parts[3]) else { return }
            let read = Number(county: parts[0], year: year, letter: parts[2], ordinal: ordinal)
            if read.text == text { self = read }
        }

        /// As the table of numbers has it.
        var values: [SQLValue] { [.text(county), .int(year), .text(letter), .int(ordinal)] }

        var text: String {
            let digits = String(ordinal)
            return "\(county)-\(year)-\(letter)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// The next number of a series; whoever registers at once waits for this transaction, so none is left out.
    func nextNumber(area: String, track: Track) throws -> Number {
        let (county, year) = (String(area.prefix(6)), desk.today.year)
        let last = try session.query(
            "SELECT COALESCE(MAX(ordinal), 0) FROM matter_number WHERE county = $1 AND year = $2 AND letter = $3",
            [.text(county), .int(year), .text(track.letter)])[0].int(0)
        return Number(county: county, year: year, letter: track.letter, ordinal: last + 1)
    }

    func insertNumber(_ number: Number, of matter: Int) throws {
        try session.execute(
            "INSERT INTO matter_number (county, year, letter, ordinal, matter_id) VALUES ($1, $2, $3, $4, $5)",
            number.values + [.int(matter)])
    }

    /// Remembers where a case was taken over from, so that it is not taken over twice.
    ///
    /// A keyed digest: the number of another platform can lead to whoever wrote there.
    private func bind(_ reference: String, of source: CaseSource, to matter: Int) throws {
        try checkLine(reference, "reference")
        let digest = desk.sealer.digest(of: source.rawValue + "|" + reference)
        guard try session.query("SELECT 1 FROM matter_origin WHERE digest = $1", [.blob(digest)]).isEmpty else {
            throw DeskError(.knownReference)
        }
        try session.execute(
            "INSERT INTO matter_origin (digest, matter_id) VALUES ($1, $2)", [.blob(digest), .int(matter)])
    }

    // MARK: - Recurrence

    /// Opens an answered case of the same village and topic again; the new one keeps its number and is merged into it.
    ///
    /// The alert is about the unit: it stands in the log and in the unit's figures, and names nobody.
    private func reopen(becauseOf id: Int, _ new: NewCase, on day: CivilDay) throws -> String? {
        // A village that was merged since is this one.
        let rows = try ([new.area] + formerAreas(of: new.area, alsoSplit: false)).flatMap { area in
            try session.query(
                """
                SELECT \(CaseRow.columns) FROM matter AS m
                WHERE m.area_code = $1 AND m.topic = $2 AND m.id <> $3 AND m.track <> 'misconduct'
                  AND m.state IN ('replied', 'followed_up', 'closed') ORDER BY m.id DESC
                """, [.text(area), .text(new.topic.rawValue), .int(id)])
        }
        for row in rows {
            let old = try CaseRow.summary(row)
            let file = CaseRow.file(old, try CaseRow.events(of: old.id, in: session))
            let found = desk.store.configuration.recurrence.finding(
                village: old.area, topic: new.topic, on: day, unit: nil, earlier: file)
            switch found {
            case .redo(let days, let unit):
                try redo(old, after: days, unit: unit, becauseOf: id)
                return old.number
            case .related: try link(id, old.id, "related")
            case nil: break
            }
        }
        return nil
    }

    private func redo(_ old: CaseSummary, after days: Int, unit: Int, becauseOf id: Int) throws {
        try checkWhole(old.id)
        let seq = try log("recurrence", "case", old.id, "unit=\(unit);days=\(days)")
        var event = CaseEvent(.redo, on: desk.today, from: old.state, to: .redo)
        event.reason = .recurrence
        event.unit = unit
        _ = try CaseRow.insert(event, of: old.id, audit: seq, in: session)
        try session.execute(
            """
            UPDATE matter SET state = 'redo', is_open = 1, ended_on = NULL, recurrence = recurrence + 1,
              audit_seq = $2, version = version + 1 WHERE id = $1
            """, [.int(old.id), .int(seq)])
        try refreshDue(of: old.id)
        let joined = try log("merge", "case", id, "into=\(old.id)")
        _ = try CaseRow.insert(
            CaseEvent(.merge, on: desk.today, from: .registered, to: .merged), of: id, audit: joined, in: session)
        try session.execute(
            """
            UPDATE matter SET state = 'merged', is_open = 0, ended_on = $2, is_repeat = 1, audit_seq = $3,
              version = version + 1 WHERE id = $1
            """, [.int(id), .int(desk.today.number), .int(joined)])
        try link(id, old.id, "repeat_of")
        try link(id, old.id, "merged_into")
    }

    func link(_ id: Int, _ other: Int, _ kind: String) throws {
        try session.execute(
            """
            INSERT INTO matter_link (matter_id, other_id, kind) VALUES ($1, $2, $3)
            ON CONFLICT (matter_id, other_id, kind) DO NOTHING
            """, [.int(id), .int(other), .text(kind)])
    }

    /// Puts the next day on which a term ends, and the place in the queues, beside the case: the history reproduces both.
    func refreshDue(of matter: Int) throws {
        let rows = try session.query("SELECT \(CaseRow.columns) FROM matter AS m WHERE m.id = $1", [.int(matter)])
        guard let row = rows.first else { return }
        let summary = try CaseRow.summary(row)
        let file = CaseRow.file(summary, try CaseRow.events(of: matter, in: session))
        let terms = try clocks(file) + [upwardClock(.case, matter)].compactMap { $0 }
        let due = summary.state.isOpen ? [terms.nextDue, file.mendBy].compactMap { $0 }.min() : nil
        let place = Urgency.queueDay(
            received: summary.receivedOn, severity: summary.severity, recurrences: summary.recurrence)
        // Each column that is written is written in all its indices.
        if due != summary.dueOn {
            try session.execute("UPDATE matter SET due_on = $2 WHERE id = $1", [.int(matter), .int(due?.number)])
        }
        if place.number != summary.queueOn {
            try session.execute("UPDATE matter SET queue_on = $2 WHERE id = $1", [.int(matter), .int(place.number)])
        }
    }
}

extension [CaseClock] {
    /// The next day on which a term ends that binds somebody.
    var nextDue: CivilDay? {
        filter {
            $0.kind != .fiveDays && $0.kind != .fiveWorkingDays && [.running, .yellow, .red].contains($0.status)
                // To return a case is a right that lapses, not a duty.
                && $0.kind != .return5wd
        }.map(\.due).min()
    }
}

/// Names for the person behind a case that say nothing: random per case, so that two cases of one person can't be joined.
enum CaseAlias {
    private static let words = [
        "青竹", "白杨", "红枫", "银杏", "香樟", "翠柏", "金桂", "丹霞", "晨露", "云杉", "明月", "清泉", "远山", "和风", "新芽", "秋水",
    ]

    static func random() -> String {
        var random = SystemRandomNumberGenerator()
        return "反映人·\(words.randomElement(using: &random) ?? words[0])-\(Int.random(in: 100...999, using: &random))"
    }
}
