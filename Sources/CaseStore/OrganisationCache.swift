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
