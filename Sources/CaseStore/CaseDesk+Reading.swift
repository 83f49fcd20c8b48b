public import Casework
public import Messages

/// Which cases a queue shows.
public struct CaseQuery: Sendable, Equatable {
    /// The ready-made views.
    public enum View: String, Sendable, CaseIterable {
        /// Open ones.
        case open
        /// Given to the person, or to the person's unit.
        case mine
        /// A term ends within a working day.
        case yellow
        /// A term is over.
        case red
        /// They came back.
        case recurring
        /// Replied, and nobody outside asked yet.
        case followUp = "follow-up"
        /// All, closed ones too.
        case all
    }

    /// The view.
    public var view = View.open
    /// A track.
    public var track: Track?
    /// A topic.
    public var topic: Topic?
    /// A state.
    public var state: CaseState?
    /// A 12-digit code: cases of this place and of all below it.
    public var area: String?
    /// Words that the summary must hold.
    public var words: String?
    /// How many at most.
    public var limit = 50
    /// How many to pass over.
    public var offset = 0

    /// Open cases.
    public init() {}
}

extension CaseDesk {
    /// The cases of a queue that the person may see: the most urgent first, then what came back, then the oldest.
    public func cases(_ query: CaseQuery = CaseQuery()) throws -> [CaseSummary] {
        try run("list") { act in
            let person = try act.require(Self.readers)
            let found = try select(query, for: person, in: act)
            let code = query.words.map { ";words=" + sealer.code(of: $0) } ?? ""
            try act.log("list", "none", 0, "view=\(query.view.rawValue);rows=\(found.count)\(code)")
            return found
        }
    }

    /// How many cases each view has for the person; counting stops at 1000.
    public func counts() throws -> [CaseQuery.View: Int] {
        try run("count") { act in
            let person = try act.require(Self.readers)
            var counts: [CaseQuery.View: Int] = [:]
            for view in CaseQuery.View.allCases {
                var query = CaseQuery()
                query.view = view
                let condition = try CaseCondition(query, person, act)
                counts[view] = try act.session.query(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM readable_matter AS m\(condition.clause) LIMIT 1000) AS found",
                    condition.values)[0].int(0)
            }
            try act.log("count")
            return counts
        }
    }

    /// One case.
    public func view(_ number: String) throws -> CaseView {
        try run("open") { act in
            let person = try act.require(Self.readers)
            let (summary, events) = try act.load(number, for: person)
            let view = try act.view(summary, events, person)
            try act.log("open", "case", summary.id)
            return view
        }
    }

    /// Who reads cases at all.
    static let readers: Set<StaffRole> = [.handler, .townshipDiscipline, .intake, .inspector, .supervisor]

    func select(_ query: CaseQuery, for person: StaffMember, in act: Act) throws -> [CaseSummary] {
        let condition = try CaseCondition(query, person, act)
        // What is due is worked off by its day, and the index of days gives that order.
        let order =
            switch query.view {
            case .yellow, .red: " ORDER BY m.due_on, m.id"
            case .followUp: " ORDER BY m.received_on, m.id"
            case .open, .mine, .recurring, .all:
                " ORDER BY m.is_open DESC, m.severity DESC, m.recurrence DESC, m.received_on, m.id"
            }
        let sql = "SELECT \(CaseRow.columns) FROM readable_matter AS m\(condition.clause)\(order)"
        guard let words = query.words, !words.isEmpty else {
            let page = " LIMIT \(max(0, query.limit)) OFFSET \(max(0, query.offset))"
            return try act.session.query(sql + page, condition.values).map(CaseRow.summary)
        }
        // Summaries are sealed, so they are opened and looked through in memory: no index of them is on any disk.
        let all = try act.session.query(sql, condition.values).map(CaseRow.summary)
        let found = try all.filter { summary in
            try act.texts([.summary], of: summary.id).last?.words?.contains(words) ?? false
        }
        return Array(found.dropFirst(max(0, query.offset)).prefix(max(0, query.limit)))
    }
}

extension CaseDesk.Act {
    /// A case that the person may read, with its history; what isn't there and what may not be seen look the same.
    func load(_ number: String, for person: StaffMember) throws -> (CaseSummary, [CaseEvent]) {
        let rows = try session.query(
            "SELECT \(CaseRow.columns) FROM readable_matter AS m WHERE m.staff_id = $1 AND m.number = $2",
            [.int(person.id), .text(number)])
        guard let row = rows.first else { throw DeskError(.refused(.notVisible, .note)) }
        let summary = try CaseRow.summary(row)
        return (summary, try CaseRow.events(of: summary.id, in: session))
    }

    func isReadable(_ matter: Int, by staff: Int) throws -> Bool {
        try !session.query(
            "SELECT 1 FROM readable_matter WHERE staff_id = $1 AND id = $2", [.int(staff), .int(matter)]
        ).isEmpty
    }

    func standing(of person: StaffMember, on matter: Int) throws -> CaseStanding {
        let assigned = try !session.query(
            "SELECT 1 FROM assignment WHERE matter_id = $1 AND staff_id = $2 AND ended_on IS NULL",
            [.int(matter), .int(person.id)]
        ).isEmpty
        return CaseStanding(
            staff: person.id, role: person.role, unit: person.unit, mayRead: try isReadable(matter, by: person.id),
            isAssigned: assigned)
    }

    func rules() throws -> CaseRules {
        CaseRules(calendar: try calendar(), units: try units(), today: desk.today)
    }

    func clocks(_ file: CaseFile) throws -> [CaseClock] {
        try CaseClocks(calendar: calendar(), today: desk.today).clocks(of: file)
    }

    func view(_ summary: CaseSummary, _ events: [CaseEvent], _ person: StaffMember) throws -> CaseView {
        let file = CaseRow.file(summary, events)
        // Who handles a complaint sees the reviewed summary and the unit's own words, nothing of who said what.
        let isInside = person.role != .handler
        let all = try texts(
            isInside ? [.original, .summary, .note, .reply, .paper] : [.summary, .reply], of: summary.id)
        let links = try session.query(
            """
            SELECT l.kind, m.number FROM matter_link AS l JOIN readable_matter AS m
              ON m.id = CASE WHEN l.matter_id = $1 THEN l.other_id ELSE l.matter_id END
            WHERE (l.matter_id = $1 OR l.other_id = $1) AND m.staff_id = $2 ORDER BY l.kind, m.number
            """, [.int(summary.id), .int(person.id)]
        ).map { CaseView.Link(kind: try $0.text(0), number: try $0.text(1)) }
        let accused = try session.query(
            "SELECT unit_id, official_id FROM accused WHERE matter_id = $1 ORDER BY unit_id", [.int(summary.id)]
        ).map { CaseView.Accused(unit: try $0.int(0), official: try $0.intOrNil(1)) }
        return CaseView(
            summary: summary, words: all.last { $0.kind == .summary }?.words,
            original: all.filter { $0.kind == .original }.compactMap(\.words), alias: isInside ? summary.alias : nil,
            texts: all.filter { ![.summary, .original].contains($0.kind) }.map {
                CaseView.Text(event: $0.event, kind: $0.kind.rawValue, words: $0.words)
            }, events: events, offers: try rules().offers(to: standing(of: person, on: summary.id), for: file),
            clocks: try clocks(file),
            signs: PerfunctoryCheck.signs(in: file, window: Recurrence().window(of: file.topic)), links: links,
            accused: accused)
    }
}

/// The WHERE clause of a queue for one person.
struct CaseCondition {
    private(set) var values: [SQLValue] = []
    private var terms: [String] = []

    init(_ query: CaseQuery, _ person: StaffMember, _ act: CaseDesk.Act) throws {
        terms.append("m.staff_id = \(place(.int(person.id)))")
        if person.role == .handler {
            // The view decides; this only tells the planner to come by the unit instead of through all open cases.
            let unit = place(.int(person.unit.id))
            terms.append(
                "m.id IN (SELECT x.id FROM matter AS x WHERE x.unit_id = \(unit) "
                    + "UNION SELECT x.matter_id FROM matter_assist AS x WHERE x.unit_id = \(unit))")
        }
        switch query.view {
        case .all: break
        case .open: terms.append("m.is_open = 1")
        case .mine:
            terms.append("m.is_open = 1")
            terms.append(
                person.role == .handler
                    ? "m.unit_id = \(place(.int(person.unit.id)))"
                    : "m.id IN (SELECT x.matter_id FROM assignment AS x WHERE x.staff_id = \(place(.int(person.id))) "
                        + "AND x.ended_on IS NULL)")
        case .yellow:
            let today = act.desk.today
            let next = try act.calendar().day(1, workingDaysAfter: today)
            terms.append("m.is_open = 1")
            terms.append("m.due_on BETWEEN \(place(.int(today.number))) AND \(place(.int(next.number)))")
        case .red:
            terms.append("m.is_open = 1")
            terms.append("m.due_on < \(place(.int(act.desk.today.number)))")
        case .recurring: terms.append("m.is_open = 1 AND m.recurrence > 0")
        case .followUp: terms.append("m.state = 'replied'")
        }
        if let track = query.track { terms.append("m.track = \(place(.text(track.rawValue)))") }
        if let topic = query.topic { terms.append("m.topic = \(place(.text(topic.rawValue)))") }
        if let state = query.state { terms.append("m.state = \(place(.text(state.rawValue)))") }
        if let area = query.area {
            let digits = [2, 4, 6, 9].first { area.dropFirst($0).allSatisfy { $0 == "0" } } ?? 12
            let prefix = String(area.prefix(digits))
            let last = prefix + String(repeating: "9", count: max(0, 12 - prefix.count))
            terms.append("m.area_code >= \(place(.text(prefix)))")
            terms.append("m.area_code <= \(place(.text(last)))")
        }
    }

    var clause: String { " WHERE " + terms.joined(separator: " AND ") }

    private mutating func place(_ value: SQLValue) -> String {
        values.append(value)
        return "$\(values.count)"
    }
}
