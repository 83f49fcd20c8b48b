public import Casework
import Foundation
import Messages

/// The store as one person works with it: every call is authorised, is one transaction, and leaves a row in the audit
/// log in that transaction; a refused attempt leaves one, too.
///
/// `actor` 0 is the installation's operator, who makes the first accounts, imports calendars and tends the log, and
/// reads no case.
public struct CaseDesk: Sendable {
    /// The store.
    public let store: CaseStore
    /// The staff member's number.
    public let actor: Int
    /// Seconds since 1970-01-01 UTC.
    public let now: Int64
    let sealer: CaseSealer

    /// Opens the desk for a person at an instant.
    public init(_ store: CaseStore, as actor: Int = 0, now: Int64) throws(StoreError) {
        self.store = store
        self.actor = actor
        self.now = now
        sealer = store.sealer
    }

    /// Today in China's time.
    public var today: CivilDay { CivilDay(instant: now) }

    // MARK: - For the other files of the desk

    /// One transaction of one person.
    final class Act {
        let session: any SQLSession
        let desk: CaseDesk
        /// The person; nil for the operator.
        let person: StaffMember?
        fileprivate(set) var seq: Int?
        /// The cases and flags whose rows changed: they are sealed anew at the end.
        private var touched: Set<Int> = []
        private var touchedFlags: Set<Int> = []
        private var organisation: OrganisationCache.Content?
        private var changesUnits = false
        private var isWallChecked = false
        private var unitCache: [Int: OrgUnit]?

        fileprivate init(_ session: any SQLSession, _ desk: CaseDesk) throws {
            self.session = session
            self.desk = desk
            person = try desk.actor == 0 ? nil : Staff.member(desk.actor, in: session)
            if desk.actor != 0, person == nil { throw DeskError(.noSuchStaff(desk.actor)) }
        }

        /// Writes the row of the audit log; each act writes one at least.
        @discardableResult
        func log(_ action: String, _ kind: String = "none", _ id: Int = 0, _ detail: String = "") throws -> Int {
            if Self.showsWords.contains(action) { try checkWall() }
            let seq = try AuditLog.append(
                action, by: desk.actor, to: (kind, id), detail: detail, at: desk.now, in: session)
            self.seq = seq
            switch kind {
            case "case" where !Self.leavesRows.contains(action): touch(id)
            case "flag" where !Self.leavesRows.contains(action): touchedFlags.insert(id)
            default: break
            }
            return seq
        }

        /// What is logged of a case or a flag and changes none of its sealed rows.
        private static let leavesRows: Set<String> = [
            "open", "print", "snooze", "request-take", "request-propose", "request-decide", "flag-open",
            "flag-similar",
        ]

        /// What shows words of several flags or cases at once.
        private static let showsWords: Set<String> = ["flags-list", "flag-similar", "search"]

        /// Makes sure that nobody changed the organisation, or the wall itself, behind the program's back.
        ///
        /// The wall stands on who is tied to whom, and on the ranks and places of bodies. The operator reads no case.
        func checkWall() throws {
            guard person != nil, !isWallChecked else { return }
            if let misfit = try desk.store.organisation.misfit(in: session, by: desk.sealer) {
                throw StoreError(.alteredRows(misfit), folder: desk.store.folder)
            }
            isWallChecked = true
        }

        /// Marks a case whose rows change.
        func touch(_ matter: Int) { touched.insert(matter) }

        /// Marks a flag whose rows change.
        func touch(flag: Int) { touchedFlags.insert(flag) }

        /// Seals what changed.
        fileprivate func seal() throws {
            for matter in touched.sorted() { try RowSeal.seal(matter, in: session, by: desk.sealer) }
            for flag in touchedFlags.sorted() { try RowSeal.seal(flag: flag, in: session, by: desk.sealer) }
        }

        /// Makes sure that nobody changed a case behind the program's back: the next seal would hide it.
        func checkWhole(_ matter: Int) throws {
            try checkWall()
            guard try isWhole(matter) else { throw DeskError(.alteredRows) }
        }

        /// True where a case is as the last act left it: what the program does by itself passes over one that isn't.
        func isWhole(_ matter: Int) throws -> Bool {
            try touched.contains(matter) || RowSeal.isWhole(matter, in: session, by: desk.sealer)
        }

        /// Makes sure that a case is not one of yesterday, put back with the seal that it had: its last act in the log must
        /// stand in its history.
        func checkLatest(_ matter: Int) throws {
            guard try RowTally.hasLastAct(matter, in: session) else { throw DeskError(.alteredRows) }
        }

        /// Makes sure that nobody changed a flag.
        func checkWhole(flag: Int) throws {
            try checkWall()
            guard try isWhole(flag: flag) else { throw DeskError(.alteredRows) }
        }

        /// True where a flag is as the last act or import left it.
        func isWhole(flag: Int) throws -> Bool {
            try touchedFlags.contains(flag) || RowSeal.isWhole(flag: flag, in: session, by: desk.sealer)
        }

        /// The person, who must have one of the roles.
        ///
        /// `mindsWall`: what the person is shown or does stands on the wall, which must be as the program made it.
        func require(_ roles: Set<StaffRole>, mindsWall: Bool = true) throws -> StaffMember {
            guard let person else { throw DeskError(.nobody) }
            guard roles.contains(person.role) else { throw DeskError(.role(person.role)) }
            if mindsWall { try checkWall() }
            return person
        }

        /// Those of some flags that no other program changed.
        func wholeFlags(_ flags: [Int]) throws -> Set<Int> {
            try desk.store.wholeRows.whole(flags, of: RowSeal.flags, in: session, by: desk.sealer)
        }

        /// Those of some cases that may be listed: one that another program changed may be here by a wall that isn't its own.
        func listable(_ cases: [CaseSummary]) throws -> [CaseSummary] {
            let whole = try desk.store.wholeRows.whole(
                cases.map(\.id), of: RowSeal.cases, in: session, by: desk.sealer)
            return whole.count == cases.count ? cases : cases.filter { whole.contains($0.id) }
        }

        /// All bodies, by number.
        func units() throws -> [Int: OrgUnit] {
            guard changesUnits else { return try knownOrganisation().units }
            if let unitCache { return unitCache }
            let units = try Staff.units(in: session)
            unitCache = units
            return units
        }

        /// Says that this act adds a body: from here on they are read from its transaction.
        func forgetUnits() { (changesUnits, unitCache) = (true, nil) }

        func calendar() throws -> WorkCalendar { try knownOrganisation().calendar }

        private func knownOrganisation() throws -> OrganisationCache.Content {
            if let organisation { return organisation }
            let content = try desk.store.organisation.content(in: session)
            organisation = content
            return content
        }

        func nextID(_ table: String) throws -> Int {
            try session.query("SELECT COALESCE(MAX(id), 0) + 1 FROM \(table)")[0].int(0)
        }
    }

    /// Runs an act; what it throws undoes it, and a refusal is logged in a transaction of its own.
    ///
    /// `isList`: it writes nothing but its row in the log, and what it shows holds nobody's words.
    func run<Value>(
        _ attempt: String, _ kind: String = "none", _ id: Int = 0, isList: Bool = false, _ body: (Act) throws -> Value
    ) throws -> Value {
        do {
            return try store.writing(isList: isList, checksSchema: !Self.audits.contains(attempt)) { session in
                let act = try Act(session, self)
                let value = try body(act)
                precondition(act.seq != nil, "an act leaves a row in the audit log")
                try act.seal()
                return value
            }
        } catch let error as DeskError {
            let isCase = error.attempted > 0
            try logRefusal(attempt, isCase ? "case" : kind, isCase ? error.attempted : id, error.code)
            throw error
        } catch let error as CalendarError {
            throw error
        } catch {
            let error = StoreError(error, folder: store.folder)
            if case .alteredRows = error.reason { try logRefusal(attempt, kind, id, "altered-rows") }
            throw error
        }
    }

    /// What must go on where the store isn't what it was: its row in the log says so.
    private static let audits: Set<String> = ["audit-verify", "audit-anchor"]

    /// Reads as a person from one snapshot, beside whoever writes.
    ///
    /// What is shown of it is logged by an act of its own before anybody gets it; a refusal is logged here.
    func reading<Value>(_ attempt: String, _ body: (Act) throws -> Value) throws -> Value {
        do {
            return try store.engine.read { session in try body(Act(session, self)) }
        } catch let error as DeskError {
            try logRefusal(attempt, "none", 0, error.code)
            throw error
        } catch let error as CalendarError {
            throw error
        } catch {
            throw StoreError(error, folder: store.folder)
        }
    }

    private func logRefusal(_ attempt: String, _ kind: String, _ id: Int, _ code: String) throws(StoreError) {
        try CaseStore.mapping(store.folder) {
            _ = try store.writing(checksSchema: false) { session in
                try AuditLog.append(
                    "refused", by: actor, to: (kind, id), detail: "act=\(attempt);why=\(code)", at: now, in: session)
            }
        }
    }
}

/// A person who works on the desk.
public struct StaffMember: Sendable, Equatable {
    /// The number.
    public var id: Int
    /// The name that the colleagues know.
    public var name: String
    /// The role.
    public var role: StaffRole
    /// The body.
    public var unit: OrgUnit
    /// The post in public office, if it can be spoken of in a report.
    public var official: Int?
}

/// A post in public office that a report can speak of: a post, never a name.
public struct Official: Sendable, Equatable {
    /// The number.
    public var id: Int
    /// The body.
    public var unit: Int
    /// The post (村支书).
    public var post: String
    /// Who manages this cadre: 2 township, 3 county, 4 city, 5 province.
    public var managedRank: Int
}

/// A reason why a person must keep away from what concerns a body, a post or one case.
public struct StaffTie: Sendable, Equatable {
    /// What ties; closed.
    ///
    /// The raw values are those of the store.
    public enum Kind: String, Sendable, CaseIterable {
        case kin, stake, posted, native, witness, other
    }

    /// The number; 0 before it is stored.
    public var id = 0
    /// The person.
    public var staff: Int
    /// What ties.
    public var kind: Kind
    /// The post.
    public var official: Int?
    /// The body.
    public var unit: Int?
    /// When it was declared.
    public var declaredOn = CivilDay(0)
    /// When it ended; nil while it holds.
    public var endedOn: CivilDay?

    /// Makes a tie to a post or a body.
    public init(staff: Int, kind: Kind, official: Int? = nil, unit: Int? = nil) {
        self.staff = staff
        self.kind = kind
        self.official = official
        self.unit = unit
    }
}

/// Reading the organisation inside a transaction.
enum Staff {
    static func units(in session: any SQLSession) throws -> [Int: OrgUnit] {
        let rows = try session.query("SELECT id, parent_id, kind, area_code, name FROM unit ORDER BY id")
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let id = try row.int(0)
                return (
                    id,
                    OrgUnit(
                        id: id, parent: try row.intOrNil(1), kind: try row.choice(2), area: try row.text(3),
                        name: try row.text(4))
                )
            })
    }

    /// A member who has not left; nil when there is none.
    static func member(_ id: Int, in session: any SQLSession) throws -> StaffMember? {
        try members("s.id = $1 AND s.ended_on IS NULL", [.int(id)], in: session).first
    }

    static func members(_ condition: String, _ values: [SQLValue], in session: any SQLSession) throws -> [StaffMember] {
        try session.query(
            """
            SELECT s.id, s.name, s.role, s.official_id, u.id, u.parent_id, u.kind, u.area_code, u.name
            FROM staff AS s JOIN unit AS u ON u.id = s.unit_id WHERE \(condition) ORDER BY s.id
            """, values
        ).map { row in
            StaffMember(
                id: try row.int(0), name: try row.text(1), role: try row.choice(2),
                unit: OrgUnit(
                    id: try row.int(4), parent: try row.intOrNil(5), kind: try row.choice(6), area: try row.text(7),
                    name: try row.text(8)), official: try row.intOrNil(3))
        }
    }

    static func calendar(in session: any SQLSession) throws -> WorkCalendar {
        WorkCalendar(
            try session.query("SELECT day, kind, source FROM calendar_day ORDER BY day, kind").map { row in
                WorkCalendar.Entry(day: CivilDay(try row.int(0)), kind: try row.choice(1), source: try row.text(2))
            })
    }
}
