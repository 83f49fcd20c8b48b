import Casework
import Synchronization

/// Bodies and the calendar as they were read last.
///
/// Every decision asks for all of them, and they change some times a year. The seal of their register says whether they are
/// the same: it is made of their rows, so that equal seals mean equal rows, in whatever transaction they are asked for.
final class OrganisationCache: Sendable {
    /// What was read under one seal.
    struct Content: Sendable {
        fileprivate var seal: String
        var units: [Int: OrgUnit]
        var calendar: WorkCalendar
    }

    private let known = Mutex<Content?>(nil)
    /// When the register was last found whole: no other connection has written since.
    private let whole = Mutex<SQLMark?>(nil)
    /// When the schema was last found to be the program's own.
    private let own = Mutex<SQLMark?>(nil)

    /// False where another program put a view, a trigger or an index into the store, or took one away.
    ///
    /// - Cost: a look at the schema, where another connection wrote since it was asked last.
    func hasOwnSchema(in session: any SQLSession) throws -> Bool {
        guard session.dialect == .sqlite else { return true }
        let mark = try session.othersMark()
        if let mark, own.withLock({ $0 }) == mark { return true }
        guard try SchemaCheck.isOwn(in: session) else { return false }
        if let mark { own.withLock { $0 = mark } }
        return true
    }

    /// What of all that the wall stands on another program changed: the organisation's rows, the views of the wall, the indices
    /// by which both are asked; nil where all is as the last act left it.
    ///
    /// - Cost: a walk over the register, a look at the schema and at four small tables' indices, where another connection wrote
    ///   since it was asked last; else next to nothing, as what this connection writes is held against the seal before.
    func misfit(in session: any SQLSession, by sealer: CaseSealer) throws -> AuditVerdict.RowKind? {
        // What this act wrote itself isn't sealed yet, and was held against the seal before.
        if let session = session as? SealedSession, session.hasWritten(.organisation) { return nil }
        let mark = try session.othersMark()
        if let mark, whole.withLock({ $0 }) == mark { return nil }
        let isSQLite = session.dialect == .sqlite
        guard try hasOwnSchema(in: session) else { return .schema }
        guard try RowSeal.isWhole(.organisation, in: session, by: sealer) else { return .organisation }
        // Whose flags a group's are.
        guard try RowSeal.isWhole(.groups, in: session, by: sealer) else { return .groups }
        guard try !isSQLite || IndexCheck.wall.allSatisfy({ try IndexCheck($0, in: session).isWholeRowByRow() }) else {
            return .indices
        }
        if let mark { whole.withLock { $0 = mark } }
        return nil
    }

    /// What the session's transaction has, unless it has changed it itself.
    func content(in session: any SQLSession) throws -> Content {
        let seal = try session.query(
            "SELECT value FROM meta WHERE name = $1", [.text(Register.organisation.sealName)]
        ).first?.text(0)
        if let seal, let content = known.withLock({ $0 }), content.seal == seal { return content }
        let content = Content(
            seal: seal ?? "", units: try Staff.units(in: session), calendar: try Staff.calendar(in: session))
        if seal != nil { known.withLock { $0 = content } }
        return content
    }
}
