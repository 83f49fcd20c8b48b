import Casework
import Messages

extension CaseDesk {
    /// The cases of a queue that the person may see: the most urgent first, then what came back, then the oldest.
    public func cases(_ query: CaseQuery = CaseQuery()) throws -> [CaseSummary] {
        try run("list", isList: query.words == nil) { act in
            let person = try act.require(Self.readers)
            try act.checkWall()
            let found = try select(query, for: person, in: act)
            let code = query.words.map { ";words=" + sealer.code(of: $0) } ?? ""
            try act.log("list", "none", 0, "view=\(query.view.rawValue);rows=\(found.count)\(code)")
            return found
        }
    }

    /// The same by an index, for words that may stand apart: each of them must be in the summary.
    public func cases(_ query: CaseQuery, by index: CaseSearch) throws -> [CaseSummary] {
        guard let words = query.words, !words.isEmpty else { return try cases(query) }
        try index.refresh()
        let candidates = try index.candidates(for: words)
        let terms = CaseSearch.terms(words)
        return try run("list") { act in
            let person = try act.require(Self.readers)
            try act.checkWall()
            let found = try search(query, for: person, in: act, among: candidates) { _, summary in
                let folded = summary.lowercased()
                return terms.allSatisfy { folded.contains($0) }
            }
            try act.log(
                "list", "none", 0, "view=\(query.view.rawValue);rows=\(found.count);words=" + sealer.code(of: words))
            return found
        }
    }

    /// A page of what a search finds, each with some words around the first find, and how many there are (1000 at most).
    public func search(_ query: CaseQuery, by index: CaseSearch) throws -> (hits: [CaseHit], total: Int) {
        let words = query.words ?? ""
        let terms = CaseSearch.terms(words)
        guard let first = terms.first else { return ([], 0) }
        try index.refresh()
        let candidates = try index.candidates(for: words)
        return try run("search") { act in
            let person = try act.require(Self.readers)
            var whole = query
            (whole.limit, whole.offset, whole.after) = (Self.countLimit, 0, nil)
            var texts: [String: String] = [:]
            let found = try search(whole, for: person, in: act, among: candidates) { number, summary in
                let folded = summary.lowercased()
                guard terms.allSatisfy({ folded.contains($0) }) else { return false }
                texts[number] = summary
                return true
            }
            let page = found.dropFirst(max(0, query.offset)).prefix(max(0, query.limit))
            try act.log("search", "none", 0, "rows=\(page.count);words=" + sealer.code(of: words))
            let hits = page.map {
                CaseHit(summary: $0, snippet: CaseSearch.snippet(of: texts[$0.number] ?? "", around: first))
            }
            return (hits, found.count)
        }
    }

    /// How many cases each of some views has for the person; counting stops at 1000.
    public func counts(of views: [CaseQuery.View] = CaseQuery.View.allCases) throws -> [CaseQuery.View: Int] {
        // Counting walks the wall for up to a thousand cases a view: beside whoever writes.
        let counts = try reading("count") { act in
            let person = try act.require(Self.readers)
            var counts: [CaseQuery.View: Int] = [:]
            for view in views {
                var query = CaseQuery()
                query.view = view
                counts[view] = try CasePage(query, person, act).count(upTo: 1000)
            }
            return counts
        }
        try run("count", isList: true) { act in
            _ = try act.require(Self.readers)
            try act.checkWall()
            try act.log("count")
        }
        return counts
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
        guard let words = query.words, !words.isEmpty else {
            return try CasePage(query, person, act).cases(limit: query.limit, offset: query.offset)
        }
        return try search(query, for: person, in: act) { $1.contains(words) }
    }

    /// Opens summaries and looks through them in memory, page by page, until enough are found.
    ///
    /// They are sealed, and no index of them is on any disk. `candidates` says which are worth opening.
    private func search(
        _ query: CaseQuery, for person: StaffMember, in act: Act, among candidates: Set<Int>? = nil,
        where fits: (_ number: String, _ words: String) -> Bool
    ) throws -> [CaseSummary] {
        var (query, found) = (query, [CaseSummary]())
        var passedOver = max(0, query.offset)
        let wanted = max(0, query.limit)
        // Few candidates are asked for by number; many are met soon enough on the way through the queue.
        let few = candidates.flatMap { $0.count <= 500 ? $0.sorted() : nil }
        while found.count < wanted {
            let page = try CasePage(query, person, act).cases(
                limit: 500, where: few.map { "m.id IN (\($0.map(String.init).joined(separator: ",")))" }, checked: false
            )
            for summary in page where found.count < wanted && candidates?.contains(summary.id) ?? true {
                guard let words = try act.texts([.summary], of: summary.id).last?.words, fits(summary.number, words),
                    try !act.listable([summary]).isEmpty
                else {
                    continue
                }
                if passedOver > 0 { passedOver -= 1 } else { found.append(summary) }
            }
            guard page.count == 500, few == nil, let last = page.last else { break }
            query.after = CaseMark(last, in: query.view)
        }
        return found
    }
}

extension CaseDesk.Act {
    /// A case that the person may read, with its history; what isn't there and what may not be seen look the same.
    func load(_ number: String, for person: StaffMember) throws -> (CaseSummary, [CaseEvent]) {
        let rows = try session.query(
            "SELECT \(CaseRow.columns) FROM readable_matter AS m WHERE m.staff_id = $1 AND m.number = $2",
            [.int(person.id), .text(number)])
        guard let row = rows.first else {
            // The log knows what was tried; whoever tried is told the same as of a number that nobody has.
            let there = try session.query("SELECT id FROM matter WHERE number = $1", [.text(number)]).first
            throw DeskError(.refused(.notVisible, .note), attempted: try there?.int(0) ?? 0)
        }
        let summary = try CaseRow.summary(row)
        try checkWhole(summary.id)
        try checkLatest(summary.id)
        return (summary, try CaseRow.events(of: summary.id, in: session))
    }

    /// Refuses what undoes or ends part of a matter that goes on in a case which the person may not see, in the words for any
    /// case that isn't there.
    func checkMain(of matter: Int, for person: StaffMember) throws {
        guard try mayReadMain(of: matter, person) else {
            throw DeskError(.refused(.notVisible, .note), attempted: matter)
        }
    }

    private func mayReadMain(of matter: Int, _ person: StaffMember) throws -> Bool {
        try session.query(
            "SELECT 1 FROM matter AS m WHERE m.id = $1 AND EXISTS (\(MatterEnd.hiddenMain))",
            [.int(matter), .int(person.id)]
        ).isEmpty
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
        var rules = CaseRules(calendar: try calendar(), units: try units(), today: desk.today)
        rules.policy = desk.store.configuration.policy
        return rules
    }

    func clocks(_ file: CaseFile) throws -> [CaseClock] {
        try CaseClocks(calendar: calendar(), policy: desk.store.configuration.policy, today: desk.today).clocks(
            of: file)
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
        let clocks = try clocks(file) + [upwardClock(.case, summary.id)].compactMap { $0 }
        let signs = PerfunctoryCheck.signs(in: file, window: desk.store.configuration.recurrence.window(of: file.topic))
        let shown = try shownEvents(events, of: summary.id, for: person)
        var view = CaseView(
            summary: summary, words: all.last { $0.kind == .summary }?.words,
            original: all.filter { $0.kind == .original }.compactMap(\.words), alias: isInside ? summary.alias : nil,
            texts: all.filter { ![.summary, .original].contains($0.kind) }.map { text in
                // Numbered by what is shown.
                CaseView.Text(
                    event: shown.count { $0 < text.event } + 1, kind: text.kind.rawValue, words: text.words)
            }, events: shown.map { events[$0 - 1] },
            offers: try rules().offers(to: standing(of: person, on: summary.id), for: file),
            clocks: clocks, signs: signs, links: links, accused: accused)
        if try summary.state == .merged && !mayReadMain(of: summary.id, person) {
            view.offers.removeAll { $0.action == .unmerge }
        }
        view.resolution = try resolution(of: summary.id)
        view.mendBy = file.mendBy
        if let unit = summary.unit { view.onDuty = try onDuty(in: unit, on: desk.today) }
        // Only complaints: a report's supervision is the supervisor's own affair.
        if isInside, summary.track != .misconduct, summary.state.isOpen {
            view.proposedSupervision = CaseClock.proposedSupervision(clocks: clocks, signs: signs)
        }
        view.snoozedUntil = try session.query(
            "SELECT until_day FROM snooze WHERE staff_id = $1 AND matter_id = $2 AND until_day > $3",
            [.int(person.id), .int(summary.id), .int(desk.today.number)]
        ).first.map { CivilDay(try $0.int(0)) }
        view.isHeld = try !session.query(
            """
            SELECT 1 FROM matter AS m WHERE m.id = $1 AND EXISTS (\(MatterEnd.holds) AND EXISTS (
              SELECT 1 FROM readable_matter AS r WHERE r.id = h.matter_id AND r.staff_id = $2))
            """, [.int(summary.id), .int(person.id)]
        ).isEmpty
        return view
    }

    /// The numbers of the events that a person is shown.
    ///
    /// A case that was split or related, or that another one left, with no other case to see, would tell of one that the wall
    /// hides: a report, or a complaint that became one.
    private func shownEvents(_ events: [CaseEvent], of matter: Int, for person: StaffMember) throws -> [Int] {
        let actions = Set(events.map(\.action))
        var hidden: Set<Int> = []
        if actions.contains(.split) {
            // The part is registered in the row of the log after that of the split.
            for row in try session.query(
                """
                SELECT e.ordinal FROM matter_event AS e WHERE e.matter_id = $1 AND e.action = 'split' AND NOT EXISTS (
                  SELECT 1 FROM matter_event AS r JOIN readable_matter AS m ON m.id = r.matter_id
                  WHERE r.audit_seq = e.audit_seq + 1 AND r.action = 'register' AND m.staff_id = $2)
                """, [.int(matter), .int(person.id)])
            {
                hidden.insert(try row.int(0))
            }
        }
        if actions.contains(.unmerge) {
            // The case that left has its own event in the row of the log before.
            for row in try session.query(
                """
                SELECT e.ordinal FROM matter_event AS e WHERE e.matter_id = $1 AND e.action = 'unmerge'
                  AND e.from_state = e.to_state AND NOT EXISTS (
                  SELECT 1 FROM matter_event AS r JOIN readable_matter AS m ON m.id = r.matter_id
                  WHERE r.audit_seq = e.audit_seq - 1 AND r.action = 'unmerge' AND m.staff_id = $2)
                """, [.int(matter), .int(person.id)])
            {
                hidden.insert(try row.int(0))
            }
        }
        if actions.contains(.relate) {
            let unseen = try session.query(
                """
                SELECT COUNT(*) FROM matter_link AS l WHERE l.matter_id = $1 AND l.kind = 'related' AND NOT EXISTS (
                  SELECT 1 FROM readable_matter AS m WHERE m.id = l.other_id AND m.staff_id = $2)
                """, [.int(matter), .int(person.id)])[0].int(0)
            if unseen > 0 { hidden.formUnion(events.indices.filter { events[$0].action == .relate }.map { $0 + 1 }) }
        }
        return events.indices.map { $0 + 1 }.filter { !hidden.contains($0) }
    }

    private func resolution(of matter: Int) throws -> CaseResolution? {
        try session.query(
            "SELECT problem, measure, officials, returned, has_gap FROM matter_outcome WHERE matter_id = $1",
            [.int(matter)]
        ).first.map { row in
            var resolution = CaseResolution(problem: try row.choice(0))
            resolution.measure = try row.choice(1)
            resolution.persons = try row.int(2)
            resolution.returned = try row.int(3)
            resolution.hasGap = try row.int(4) == 1
            return resolution
        }
    }
}
