public import Casework
public import Messages

/// What goes with an act besides what the rules look at.
public struct ActDetails: Sendable, Equatable {
    /// Another case's number: merged into, related.
    public var other: String?
    /// The version that the decision was made on; nil to decide whatever it is now.
    public var version: Int?
    /// The topic of what is split off.
    public var topic: Topic?
    /// A flag that is joined.
    public var flag: Int?
    /// A post that is spoken of, with the act's unit.
    public var official: Int?

    /// What came of the matter: with a result, or with the closing of a complaint.
    public var resolution: CaseResolution?

    /// Nothing besides.
    public init() {}
}

extension CaseDesk {
    /// Does something with a case.
    ///
    /// The rules are asked inside the transaction; what they refuse is logged and changes nothing. `deliver` gets the
    /// words of a report that goes up before they are destroyed here; what it throws stops the act.
    public func perform(
        _ act: CaseAct, on number: String, details: ActDetails = ActDetails(),
        deliver: ((CaseView) throws -> Void)? = nil
    ) throws -> CaseOutcome {
        var outcome = try notingWhatMustGoUp(.case, caseNumber: number) {
            try run(act.action.rawValue) { step in
                try step.perform(act, on: number, details: details, by: step.require(Self.readers), deliver: deliver)
            }
        }
        if act.action == .forwardUp { outcome.isErased = store.engine.truncateLog() }
        return outcome
    }
}

extension CaseDesk.Act {
    /// Asks the rules, then does it, in the caller's transaction.
    func perform(
        _ act: CaseAct, on number: String, details: ActDetails, by person: StaffMember,
        deliver: ((CaseView) throws -> Void)? = nil
    ) throws -> CaseOutcome {
        let (summary, events) = try load(number, for: person)
        if let version = details.version, version != summary.version { throw DeskError(.changedMeanwhile) }
        let file = CaseRow.file(summary, events)
        let rules = try rules()
        if let refusal = try rules.refusal(of: act, by: standing(of: person, on: summary.id), for: file) {
            throw DeskError(.refused(refusal, act.action), attempted: summary.id)
        }
        if act.action == .unmerge { try checkMain(of: summary.id, for: person) }
        guard let next = rules.state(after: act, for: file) else {
            throw DeskError(.refused(.state(summary.state), act.action))
        }
        if act.action == .forwardUp { try deliver?(view(summary, events, person)) }
        if let silent = try silently(act, details, on: summary, by: person) { return silent }
        return try apply(act, details, to: summary, leadingTo: next, by: person)
    }

    /// A complaint's side of a split to a report, or of a relation with one: nothing at all.
    ///
    /// Nil for every other act.
    ///
    /// An event, a version or a day in the complaint would tell its readers, the accused's unit among them, that there is a
    /// report. What was done stands in the report's history; the link is shown to whoever may read both.
    private func silently(
        _ act: CaseAct, _ details: ActDetails, on summary: CaseSummary, by person: StaffMember
    ) throws -> CaseOutcome? {
        guard summary.track != .misconduct else { return nil }
        var outcome = CaseOutcome(number: summary.number, state: summary.state)
        switch act.action {
        case .split where details.topic?.track == .misconduct:
            outcome.split = try split(summary, act, details, by: person)
        case .relate:
            let other = try otherCase(details.other, than: summary, for: person)
            guard other.track == .misconduct else { return nil }
            var details = details
            (details.other, details.version) = (summary.number, nil)
            _ = try perform(act, on: other.number, details: details, by: person)
        default: return nil
        }
        return outcome
    }

    func apply(
        _ act: CaseAct, _ details: ActDetails, to summary: CaseSummary, leadingTo next: CaseState,
        by person: StaffMember
    ) throws -> CaseOutcome {
        let id = summary.id
        let seq = try log(act.action.rawValue, "case", id, act.reason.map { "reason=\($0.rawValue)" } ?? "")
        var event = CaseEvent(
            act.action, on: desk.today, by: person.id, ofUnit: person.unit.id, from: summary.state, to: next)
        event.reason = act.reason
        event.unit = act.unit?.id
        event.until = act.until
        event.supervision = act.supervision
        event.reply = act.reply?.facts
        let ordinal = try CaseRow.insert(event, of: id, audit: seq, in: session)
        try writeWords(of: act, into: id, event: ordinal)
        let supervision = act.supervision ?? summary.supervision
        // A column that is named is written anew in every index that has it: most acts open and close nothing.
        var columns = "state = $2, ended_on = $3, audit_seq = $4, version = version + 1"
        if next.isOpen != summary.state.isOpen { columns += ", is_open = \(next.isOpen ? 1 : 0)" }
        if supervision != summary.supervision { columns += ", supervision = \(supervision.rawValue)" }
        let changed = try session.execute(
            "UPDATE matter SET \(columns) WHERE id = $1 AND version = $5",
            [
                .int(id), .text(next.rawValue), next.isOpen ? .null : .int(desk.today.number), .int(seq),
                .int(summary.version),
            ])
        guard changed == 1 else { throw DeskError(.changedMeanwhile) }
        var outcome = CaseOutcome(number: summary.number, state: next)
        try effect(of: act, details, on: summary, by: person, outcome: &outcome)
        try refreshDue(of: id)
        // Whoever may not see it any more learns neither its new number nor its state.
        if try !isReadable(id, by: person.id) { (outcome.number, outcome.state) = (nil, nil) }
        return outcome
    }

    private func writeWords(of act: CaseAct, into id: Int, event: Int) throws {
        if act.action == .summarise, let text = act.text {
            try checkOwnWords(text, against: try texts([.original], of: id).compactMap(\.words))
            try write(text, as: .summary, of: id, event: event)
        } else if act.action != .split, let text = act.text, !text.isEmpty {
            try write(text, as: .note, of: id, event: event)
        }
        if let reply = act.reply {
            let words = [reply.done, reply.result].filter { !$0.isEmpty }.joined(separator: "\n")
            try write(words, as: .reply, of: id, event: event)
        }
        if let paper = act.paper, !paper.isEmpty { try write(paper, as: .paper, of: id, event: event) }
    }

    /// What an act does beside its event and state.
    private func effect(
        of act: CaseAct, _ details: ActDetails, on summary: CaseSummary, by person: StaffMember,
        outcome: inout CaseOutcome
    ) throws {
        let id = summary.id
        switch act.action {
        case .assign where summary.track == .misconduct: try hand(id, to: act.staff)
        case .assign, .escalate:
            try session.execute("UPDATE matter SET unit_id = $2 WHERE id = $1", [.int(id), .int(act.unit?.id)])
        case .assist:
            guard let unit = act.unit, unit.id != summary.unit else { throw DeskError(.badField("unit")) }
            try session.execute(
                """
                INSERT INTO matter_assist (matter_id, unit_id) VALUES ($1, $2)
                ON CONFLICT (matter_id, unit_id) DO NOTHING
                """, [.int(id), .int(unit.id)])
        case .merge, .relate:
            let other = try otherCase(details.other, than: summary, for: person)
            if act.action == .merge {
                guard other.state.isOpen, other.track == summary.track else { throw DeskError(.otherCase) }
            }
            try link(id, other.id, act.action == .merge ? "merged_into" : "related")
        case .unmerge:
            try leaveMain(of: id, by: person)
            try session.execute("DELETE FROM matter_link WHERE matter_id = $1 AND kind = 'merged_into'", [.int(id)])
        case .split: outcome.split = try split(summary, act, details, by: person)
        case .join:
            guard let flag = details.flag else { throw DeskError(.badField("flag")) }
            try takeIn(flag, into: summary, by: person)
        case .toMisconduct: outcome.number = try turn(summary, by: person)
        case .retaliation:
            try session.execute(
                "UPDATE matter SET retaliation = 1, severity = CASE WHEN severity < 2 THEN severity + 1 ELSE 2 END WHERE id = $1",
                [.int(id)])
        case .recuse: try recuse(act.staff ?? person.id, from: id, by: person)
        case .narrow: try narrow(summary, act, details)
        case .forwardUp:
            for purpose in ["file", "original"] { try destroy(purpose, of: id) }
            try forgetUpward(.case, id)
            try session.execute("DELETE FROM accused WHERE matter_id = $1", [.int(id)])
            try session.execute(
                "UPDATE assignment SET ended_on = $2 WHERE matter_id = $1 AND ended_on IS NULL",
                [.int(id), .int(desk.today.number)])
            try session.execute(
                "UPDATE matter SET topic = 'other', area_code = $2, unit_id = NULL WHERE id = $1",
                [.int(id), .text(String(summary.area.prefix(6)) + "000000")])
        case .enterResult, .close: if let resolution = details.resolution { try write(resolution, of: id) }
        default: break
        }
    }

    /// Puts down in the history of the case that another one was merged into that this is undone.
    private func leaveMain(of id: Int, by person: StaffMember) throws {
        for row in try session.query(
            """
            SELECT \(CaseRow.columns) FROM matter_link AS l JOIN matter AS m ON m.id = l.other_id
            WHERE l.matter_id = $1 AND l.kind = 'merged_into'
            """, [.int(id)])
        {
            let main = try CaseRow.summary(row)
            try checkWhole(main.id)
            try checkLatest(main.id)
            // The row of the log before this one is that of the case that leaves.
            let seq = try log(CaseAction.unmerge.rawValue, "case", main.id, "side=main")
            _ = try CaseRow.insert(
                CaseEvent(
                    .unmerge, on: desk.today, by: person.id, ofUnit: person.unit.id, from: main.state, to: main.state),
                of: main.id, audit: seq, in: session)
            try session.execute(
                "UPDATE matter SET audit_seq = $2, version = version + 1 WHERE id = $1", [.int(main.id), .int(seq)])
        }
    }

    private func write(_ resolution: CaseResolution, of id: Int) throws {
        guard (0...10_000).contains(resolution.persons), (0...1_000_000_000_000).contains(resolution.returned) else {
            throw DeskError(.badField("resolution"))
        }
        try session.execute(
            """
            INSERT INTO matter_outcome (matter_id, problem, measure, officials, returned, has_gap)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (matter_id) DO UPDATE SET problem = excluded.problem, measure = excluded.measure,
              officials = excluded.officials, returned = excluded.returned, has_gap = excluded.has_gap
            """,
            [
                .int(id), .text(resolution.problem.rawValue), .text(resolution.measure.rawValue),
                .int(resolution.persons), .int(resolution.returned), .int(resolution.hasGap ? 1 : 0),
            ])
    }

    /// Gives a report to a person, who must be clear of the wall now.
    private func hand(_ id: Int, to staff: Int?) throws {
        guard let staff, let member = try Staff.member(staff, in: session) else {
            throw DeskError(.noSuchStaff(staff ?? 0))
        }
        guard [.inspector, .townshipDiscipline, .intake, .supervisor].contains(member.role) else {
            throw DeskError(.walled(staff))
        }
        try assign(id, to: staff)
        guard try isReadable(id, by: staff) else { throw DeskError(.walled(staff)) }
        // What somebody who left still had in hand is in the new one's now.
        let roles: Set<StaffRole> =
            member.role == .inspector || member.role == .townshipDiscipline
            ? [.inspector, .townshipDiscipline] : [member.role]
        try session.execute(
            """
            UPDATE assignment SET ended_on = $2 WHERE matter_id = $1 AND ended_on IS NULL AND staff_id IN (SELECT id
              FROM staff WHERE ended_on IS NOT NULL AND role IN (\(roles.map { "'\($0.rawValue)'" }.joined(separator: ", "))))
            """, [.int(id), .int(desk.today.number)])
    }

    private func otherCase(_ number: String?, than summary: CaseSummary, for person: StaffMember) throws -> CaseSummary
    {
        guard let number, number != summary.number else { throw DeskError(.otherCase) }
        let rows = try session.query(
            "SELECT \(CaseRow.columns) FROM readable_matter AS m WHERE m.staff_id = $1 AND m.number = $2",
            [.int(person.id), .text(number)])
        guard let row = rows.first else { throw DeskError(.otherCase) }
        return try CaseRow.summary(row)
    }

    /// A part that becomes a case of its own, in a person's own words.
    private func split(
        _ summary: CaseSummary, _ act: CaseAct, _ details: ActDetails, by person: StaffMember
    ) throws -> String? {
        guard let text = act.text, let topic = details.topic else { throw DeskError(.badField("topic")) }
        try checkOwnWords(text, against: try texts([.original], of: summary.id).compactMap(\.words))
        // "Split off" from nothing that one may see would tell of a report as a link does: a complaint out of a report says
        // where the report came from.
        let isOutOfReport = summary.track == .misconduct && topic.track != .misconduct
        var new = NewCase(
            track: topic.track, topic: topic, area: summary.area, source: isOutOfReport ? summary.source : .split,
            summary: text)
        new.severity = summary.severity
        new.receivedOn = summary.receivedOn
        // The link is the report's row, so that the complaint's is the same with and without it.
        let number = try register(
            new, by: person, originals: [], flag: nil, splitFrom: isOutOfReport ? nil : summary.id
        ).number
        if isOutOfReport, let number {
            let made = try session.query("SELECT id FROM matter WHERE number = $1", [.text(number)])
            if let made = try made.first?.int(0) { try link(summary.id, made, "related") }
        }
        return number
    }

    /// Turns a complaint into a report: from this transaction on nobody below the county sees it.
    private func turn(_ summary: CaseSummary, by person: StaffMember) throws -> String {
        let number = try nextNumber(area: summary.area, track: .misconduct)
        try insertNumber(number, of: summary.id)
        try session.execute("DELETE FROM matter_assist WHERE matter_id = $1", [.int(summary.id)])
        try session.execute(
            """
            UPDATE matter SET track = 'misconduct', petition = 'accusation', number = $2, unit_id = NULL, supervision = 0
            WHERE id = $1
            """, [.int(summary.id), .text(number.text)])
        try raiseWall(of: summary.id, area: summary.area, accused: [])
        try giveToCounty(summary.id, by: person)
        return number.text
    }

    private func recuse(_ staff: Int, from id: Int, by person: StaffMember) throws {
        if staff != person.id { guard person.role == .supervisor else { throw DeskError(.role(person.role)) } }
        guard try Staff.member(staff, in: session) != nil else { throw DeskError(.noSuchStaff(staff)) }
        _ = try insertTie(StaffTie(staff: staff, kind: .other), matter: id)
        try session.execute(
            "UPDATE assignment SET ended_on = $3 WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
            [.int(id), .int(staff), .int(desk.today.number)])
    }

    /// Names who is spoken of; refused where nobody here could then read the case.
    private func narrow(_ summary: CaseSummary, _ act: CaseAct, _ details: ActDetails) throws {
        guard let unit = act.unit else { throw DeskError(.badField("unit")) }
        try raiseWall(
            of: summary.id, area: summary.area, accused: [.init(unit: unit.id, official: details.official)])
        let readers = try session.query(
            "SELECT COUNT(*) FROM readable_matter WHERE id = $1", [.int(summary.id)])[0].int(0)
        if readers == 0 { throw DeskError(.mustGoUp) }
    }
}
