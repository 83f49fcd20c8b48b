public import Casework
import Messages

/// What must go to the level above: the five working days begin when that is seen.
enum UpwardKind: String {
    case flag, `case`
}

extension CaseDesk {
    /// Runs an act; where it is refused because the matter must go up, notes since when that is known.
    func notingWhatMustGoUp<Value>(
        _ kind: UpwardKind, _ id: Int = 0, caseNumber: String? = nil, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as DeskError where error.reason == .mustGoUp {
            try run("upward-seen", kind.rawValue, id) { act in
                var object = id
                if let caseNumber {
                    object =
                        try act.session.query("SELECT id FROM matter WHERE number = $1", [.text(caseNumber)]).first?
                        .int(0) ?? 0
                }
                try act.log("upward-seen", kind.rawValue, object)
                try act.session.execute(
                    """
                    INSERT INTO upward_duty (kind, object_id, seen_on) VALUES ($1, $2, $3)
                    ON CONFLICT (kind, object_id) DO NOTHING
                    """, [.text(kind.rawValue), .int(object), .int(today.number)])
                if kind == .case { try act.refreshDue(of: object) }
            }
            throw error
        }
    }

    /// The day until which a flag must have gone up; nil where that was not seen.
    public func upwardDue(ofFlag id: Int) throws -> CivilDay? {
        try run("flag-open", "flag", id) { act in
            _ = try act.flag(id, for: act.require([.intake, .supervisor]))
            try act.log("flag-open", "flag", id)
            return try act.upwardClock(.flag, id)?.due
        }
    }
}

extension CaseDesk.Act {
    /// The term of what must go up; nil where that was not seen.
    func upwardClock(_ kind: UpwardKind, _ id: Int) throws -> CaseClock? {
        let rows = try session.query(
            "SELECT seen_on FROM upward_duty WHERE kind = $1 AND object_id = $2", [.text(kind.rawValue), .int(id)])
        guard let seen = try rows.first?.int(0) else { return nil }
        return try CaseClocks(calendar: calendar(), policy: desk.store.configuration.policy, today: desk.today)
            .upward(seenOn: CivilDay(seen), forwardedOn: nil)
    }

    /// Ends the term of what went up, or was decided otherwise.
    func forgetUpward(_ kind: UpwardKind, _ id: Int) throws {
        try session.execute(
            "DELETE FROM upward_duty WHERE kind = $1 AND object_id = $2", [.text(kind.rawValue), .int(id)])
    }
}
