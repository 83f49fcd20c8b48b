import Casework
public import Messages

/// What a reviewer enters when a flag becomes a case.
public struct FlagConfirmation: Sendable, Equatable {
    /// The track; nil for the flag's.
    public var track: Track?
    /// The topic; nil for the flag's.
    public var topic: Topic?
    /// The place; nil for the flag's, or the group's village.
    public var area: String?
    /// The summary in the reviewer's own words; may be empty for a report.
    public var summary: String
    /// Who is spoken of, for a report.
    public var accused: [CaseView.Accused] = []
    /// The unit that handles it: the case is accepted and assigned in the same act; nil to do so later.
    public var unit: Int?
    /// The version that the decision was made on; nil to decide whatever it is now.
    public var version: Int?

    /// Takes over what the machine said, with a summary.
    public init(summary: String) { self.summary = summary }
}

/// What came of a decision on a flag.
public struct FlagOutcome: Sendable, Equatable {
    /// Where the flag is now.
    public var state: FlagState
    /// True when another person must agree before the words are erased.
    public var needsSecondReader = false
    /// False while another process still reads, so that erased bytes stay in the WAL until the next erasure.
    public var isErased = true
}

extension CaseDesk {
    /// How long a claim holds, in seconds.
    public static let claimSeconds: Int64 = 1800

    /// The flags that a filter lets through and that the person may see.
    ///
    /// While nobody works on the desk, the operator sees the queue; from the first person on only people do.
    public func flags(_ filter: FlagFilter = FlagFilter()) throws -> [FlagRecord] {
        if actor == 0, try !hasStaff() { return try store.records(filter) }
        return try run("flags-list") { act in
            let person = try act.require([.intake, .supervisor])
            let condition = FlagCondition(filter, readableBy: person.id)
            let records = try act.session.query(
                """
                SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id\
                \(condition.clause)\(FlagCondition.order(filter))
                """, condition.values
            ).map { try FlagRow.record($0, key: store.key, folder: store.folder) }
            let whole = try act.wholeFlags(records.map(\.summary.id))
            let found = records.filter { whole.contains($0.summary.id) }
            try act.log("flags-list", "none", 0, "rows=\(found.count)")
            return found
        }
    }

    /// One flag.
    public func flag(_ id: Int) throws -> FlagRecord {
        if actor == 0, try !hasStaff() { return try store.flag(id) }
        return try run("flag-open", "flag", id) { act in
            let record = try act.flag(id, for: act.require([.intake, .supervisor]))
            try act.log("flag-open", "flag", id)
            return record
        }
    }

    /// True once somebody works, or worked, on the desk.
    func hasStaff() throws -> Bool { try store.read { try !$0.query("SELECT 1 FROM staff LIMIT 1").isEmpty } }

    /// Takes a flag in hand for half an hour; others wait.
    public func claim(_ id: Int) throws {
        try run("flag-claim", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            try act.take(record, by: person)
            try act.session.execute(
                "UPDATE flag SET state = 'claimed', version = version + 1 WHERE id = $1 AND state = 'new'", [.int(id)])
            try act.log("flag-claim", "flag", id)
        }
    }

    /// Makes a case of a flag.
    public func confirm(_ id: Int, _ confirmation: FlagConfirmation) throws -> CaseOutcome {
        var outcome = try notingWhatMustGoUp(.flag, id) {
            try run("flag-confirm", "flag", id) { act in try act.confirm(id, confirmation) }
        }
        outcome.isErased = store.engine.truncateLog()
        return outcome
    }

    /// Joins a flag to an open case.
    public func join(_ id: Int, to number: String, version: Int? = nil) throws -> CaseOutcome {
        var details = ActDetails()
        (details.flag, details.version) = (id, version)
        var outcome = try perform(CaseAct(.join), on: number, details: details)
        outcome.isErased = store.engine.truncateLog()
        return outcome
    }

    /// Ends a flag as nothing.
    ///
    /// Reports, severe flags and one of twenty others are read by a second person before their words are erased: no
    /// single clerk can bury one.
    ///
    /// `isBulk`: one of many that were chosen from a list; a list doesn't show enough of a report to decide on it.
    /// `isLast`: false where more follow at once; whoever says so calls `CaseStore.forgetErased()` after the last one.
    public func dismiss(
        _ id: Int, reason: String, version: Int? = nil, isBulk: Bool = false, isLast: Bool = true
    ) throws -> FlagOutcome {
        let isCode = reason.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
        guard isCode, (1...40).contains(reason.utf8.count) else { throw DeskError(.badField("reason")) }
        var outcome = try run("flag-dismiss", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            try act.check(record, version: version)
            if isBulk, record.summary.track == .misconduct { throw DeskError(.oneByOne) }
            let needsSecond =
                record.summary.track == .misconduct || record.summary.severity == .high || sealer.isSampled(id)
            let rows = try act.session.query("SELECT dismissal_by FROM flag_desk WHERE flag_id = $1", [.int(id)])
            let first = try rows.first?.intOrNil(0)
            if needsSecond, first == nil {
                try act.take(record, by: person)
                try act.session.execute(
                    """
                    UPDATE flag_desk SET dismissal_by = $2, dismissal_reason = $3, claimed_by = NULL, claimed_until = NULL
                    WHERE flag_id = $1
                    """, [.int(id), .int(person.id), .text(reason)])
                try act.log("flag-dismissal", "flag", id, "reason=\(reason)")
                return FlagOutcome(state: record.summary.state, needsSecondReader: true)
            }
            if needsSecond, first == person.id { throw DeskError(.sameReader) }
            try act.take(record, by: person)
            try act.end(record, as: .dismissed, reason: reason)
            try act.log("flag-dismiss", "flag", id, "reason=\(reason)")
            return FlagOutcome(state: .dismissed)
        }
        if outcome.state == .dismissed { outcome.isErased = isLast && store.engine.truncateLog() }
        return outcome
    }

    /// Hands a flag about somebody who is managed higher up to the level above: what is left here is a number and a day.
    ///
    /// `deliver` writes the packet; what it throws stops the act, and nothing is erased.
    public func forwardUp(_ id: Int, deliver: (FlagRecord) throws -> Void) throws -> FlagOutcome {
        var outcome = try run("flag-forward-up", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            try act.take(record, by: person)
            try deliver(record)
            try act.end(record, as: .forwardedUp, reason: "above-remit")
            // The row that stays says nothing of the matter: no rule, no topic.
            try act.session.execute(
                """
                UPDATE flag SET topic = 'other', track = 'misconduct', rules = '[]', guards = '[]', undecided = '[]',
                  score = 0, severity = 0, village_code = NULL, basis = NULL, confidence = NULL WHERE id = $1
                """, [.int(id)])
            try act.log("flag-forward-up", "flag", id)
            return FlagOutcome(state: .forwardedUp)
        }
        outcome.isErased = store.engine.truncateLog()
        return outcome
    }
}

extension CaseDesk.Act {
    fileprivate func confirm(_ id: Int, _ confirmation: FlagConfirmation) throws -> CaseOutcome {
        let person = try require([.intake])
        let record = try flag(id, for: person)
        try take(record, by: person)
        try check(record, version: confirmation.version)
        let track = confirmation.track ?? record.summary.track
        var new = NewCase(
            track: track, topic: confirmation.topic ?? record.summary.topic,
            area: try confirmation.area ?? area(of: record), source: .chat, summary: confirmation.summary)
        new.severity = record.summary.severity
        new.writtenOn = CivilDay(record.summary.day)
        new.accused = confirmation.accused
        let words = [record.content?.quote, record.content?.text].compactMap { $0 }
        var outcome = try register(new, by: person, originals: words, flag: id)
        try end(record, as: .confirmed, reason: "registered")
        try bind(id, toCase: outcome.number ?? "")
        try log("flag-confirm", "flag", id)
        // What came back lies with its unit already.
        guard let unit = confirmation.unit, outcome.reopened == nil, let number = outcome.number else { return outcome }
        guard let body = try units()[unit] else { throw DeskError(.noSuchUnit(unit)) }
        _ = try perform(CaseAct(.accept), on: number, details: ActDetails(), by: person)
        var assign = CaseAct(.assign)
        assign.unit = body
        outcome.state = try perform(assign, on: number, details: ActDetails(), by: person).state
        return outcome
    }

    /// A flag that the person may see and that still lives.
    func flag(_ id: Int, for person: StaffMember) throws -> FlagRecord {
        let readable = try session.query(
            """
            SELECT 1 FROM readable_flag AS r JOIN flag AS f ON f.id = r.flag_id
            WHERE r.staff_id = $1 AND r.flag_id = $2 AND \(FlagCondition.mayHear("$1"))
            """, [.int(person.id), .int(id)])
        guard !readable.isEmpty else { throw DeskError(.noSuchFlag(id)) }
        try checkWhole(flag: id)
        return try desk.store.record(id, in: session)
    }

    func check(_ record: FlagRecord, version: Int?) throws {
        guard version == nil || version == record.summary.version else { throw DeskError(.changedMeanwhile) }
    }

    /// Makes sure that the flag lives and nobody else has it in hand, and takes it.
    func take(_ record: FlagRecord, by person: StaffMember) throws {
        let id = record.summary.id
        guard [.new, .claimed].contains(record.summary.state) else {
            throw DeskError(.flagState(id, record.summary.state))
        }
        let rows = try session.query("SELECT claimed_by, claimed_until FROM flag_desk WHERE flag_id = $1", [.int(id)])
        if let row = rows.first, let owner = try row.intOrNil(0), owner != person.id, try row.int(1) > desk.now {
            throw DeskError(.claimed(id))
        }
        try session.execute(
            """
            INSERT INTO flag_desk (flag_id, claimed_by, claimed_until) VALUES ($1, $2, $3)
            ON CONFLICT (flag_id) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
            """, [.int(id), .int(person.id), .int(desk.now + CaseDesk.claimSeconds)])
    }

    func area(of record: FlagRecord) throws -> String {
        if let village = record.summary.village { return village.code }
        let rows = try session.query(
            "SELECT village_code FROM chat_group WHERE id = $1", [.text(record.summary.groupID)])
        guard let code = try rows.first?.text(0) else { throw DeskError(.badField("area")) }
        return code
    }

    /// Ends a flag: its text and key are gone, its place is the township, its day the month.
    func end(_ record: FlagRecord, as state: FlagState, reason: String) throws {
        let summary = record.summary
        let changed = try session.execute(
            """
            UPDATE flag SET payload = NULL, state = $2, reason = $3, group_id = NULL, village_code = $4,
              village_name = NULL, day = $5, version = version + 1
            WHERE id = $1 AND version = $6
            """,
            [
                .int(summary.id), .text(state.rawValue), .text(reason),
                .text(summary.village.map { String($0.code.prefix(9)) + "000" }),
                .int(CaseStore.firstOfMonth(summary.day)), .int(summary.version),
            ])
        guard changed == 1 else { throw DeskError(.changedMeanwhile) }
        try session.execute(
            """
            UPDATE data_key SET wrapped = NULL, destroyed_on = $2
            WHERE id = (SELECT data_key_id FROM flag WHERE id = $1)
            """, [.int(summary.id), .int(desk.today.number)])
        try session.execute("DELETE FROM flag_desk WHERE flag_id = $1", [.int(summary.id)])
        try forgetUpward(.flag, summary.id)
    }

    func bind(_ flag: Int, toCase number: String) throws {
        try session.execute(
            "INSERT INTO matter_flag (flag_id, matter_id) SELECT $1, id FROM matter WHERE number = $2",
            [.int(flag), .text(number)])
    }

    /// Takes the words of a flag into a case.
    func takeIn(_ id: Int, into summary: CaseSummary, by person: StaffMember) throws {
        let record = try flag(id, for: person)
        try take(record, by: person)
        // A report's words in a complaint's file would be read by those whom it is about.
        guard summary.track == .misconduct || record.summary.track != .misconduct else { throw DeskError(.otherCase) }
        guard try area(of: record).prefix(9) == summary.area.prefix(9) else { throw DeskError(.otherCase) }
        let ordinal = try session.query(
            "SELECT MAX(ordinal) FROM matter_event WHERE matter_id = $1", [.int(summary.id)])[0].int(0)
        for words in [record.content?.quote, record.content?.text].compactMap({ $0 }) {
            try write(words, as: .original, of: summary.id, event: ordinal)
        }
        try end(record, as: .joined, reason: "joined")
        try bind(id, toCase: summary.number)
        try log("flag-join", "flag", id, "case=\(summary.id)")
    }
}

extension CaseStore {
    /// One flag inside a transaction.
    func record(_ id: Int, in session: any SQLSession) throws -> FlagRecord {
        let rows = try session.query(
            """
            SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id WHERE f.id = $1
            """, [.int(id)])
        guard let row = rows.first else { throw StoreError(.noSuchFlag(id), folder: folder) }
        return try FlagRow.record(row, key: key, folder: folder)
    }
}
