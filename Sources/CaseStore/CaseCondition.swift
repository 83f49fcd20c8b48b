import Casework
import Messages

/// The WHERE clause of a queue for one person.
struct CaseCondition {
    private(set) var values: [SQLValue] = []
    private var terms: [String] = []
    private let view: CaseQuery.View
    /// True where few cases are fetched by their numbers and then sorted: nothing else may be what the planner comes by.
    private var sortsByHand = false

    /// Which of the cases that a person may read.
    enum Share {
        case all
        /// Those that lie with the person's unit, and those that it assists in.
        case own, assisted

        /// The shares that are together all that a person may read.
        static func all(of person: StaffMember, in act: CaseDesk.Act) throws -> [Share] {
            guard person.role == .handler else { return [.all] }
            let assists = try act.session.query(
                "SELECT 1 FROM matter_assist WHERE unit_id = $1 LIMIT 1", [.int(person.unit.id)])
            return assists.isEmpty ? [.own] : [.own, .assisted]
        }
    }

    init(_ query: CaseQuery, _ person: StaffMember, _ act: CaseDesk.Act, share: Share) throws {
        view = query.view
        terms.append("m.staff_id = \(place(.int(person.id)))")
        sortsByHand =
            try share == .assisted || view == .snoozed
            || view == .mine && person.role != .handler && hasFewInHand(person, act)
        narrow(to: person, share)
        switch query.view {
        case .all: break
        case .open:
            terms.append("\(m("is_open")) = 1")
            terms.append("NOT EXISTS (\(snoozes(of: person, act)) AND z.matter_id = m.id)")
        // Else all cases would be asked whether they are put off.
        case .snoozed: terms.append("m.id IN (\(snoozes(of: person, act)))")
        case .watched: terms.append("\(m("is_open")) = 1 AND m.supervision > 0")
        case .mine:
            terms.append("\(m("is_open")) = 1")
            terms.append(
                person.role == .handler ? "m.unit_id = \(place(.int(person.unit.id)))" : inHand(of: person))
            terms.append("NOT EXISTS (\(snoozes(of: person, act)) AND z.matter_id = m.id)")
        case .yellow:
            let today = act.desk.today
            let next = try act.calendar().day(1, workingDaysAfter: today)
            terms.append("\(m("is_open")) = 1")
            terms.append("\(m("due_on")) BETWEEN \(place(.int(today.number))) AND \(place(.int(next.number)))")
        case .red:
            terms.append("\(m("is_open")) = 1")
            terms.append("\(m("due_on")) < \(place(.int(act.desk.today.number)))")
        case .recurring: terms.append("\(m("is_open")) = 1 AND m.recurrence > 0")
        case .followUp: terms.append("\(m("state", isText: true)) = 'replied'")
        }
        if let track = query.track { terms.append("m.track = \(place(.text(track.rawValue)))") }
        if let topic = query.topic { terms.append("m.topic = \(place(.text(topic.rawValue)))") }
        if let severity = query.severity {
            terms.append("+m.severity = \(place(.int(FlagRow.severities.firstIndex(of: severity) ?? 1)))")
        }
        if let days = query.received {
            let (first, last) = (place(.int(days.lowerBound.number)), place(.int(days.upperBound.number)))
            // Never what the planner comes by: the queue's order is.
            terms.append("+m.received_on BETWEEN \(first) AND \(last)")
        }
        if let state = query.state { terms.append("\(m("state", isText: true)) = \(place(.text(state.rawValue)))") }
        if let area = query.area {
            let range = PlaceRange(of: area)
            terms.append("\(m("area_code", isText: true)) >= \(place(.text(range.first)))")
            terms.append("\(m("area_code", isText: true)) <= \(place(.text(range.last)))")
        }
        if let after = query.after { terms.append(next(after)) }
    }

    /// Tells the planner by which index to come; the view decides.
    private mutating func narrow(to person: StaffMember, _ share: Share) {
        switch share {
        // A unit's own cases lie in the queue's order in an index.
        case .own: terms.append("\(m("unit_id")) = \(place(.int(person.unit.id)))")
        case .assisted:
            let unit = place(.int(person.unit.id))
            terms.append("m.id IN (SELECT x.matter_id FROM matter_assist AS x WHERE x.unit_id = \(unit))")
            terms.append("(m.unit_id IS NULL OR m.unit_id <> \(unit))")
        case .all where person.unit.kind.rank == .township && !sortsByHand:
            terms.append("substr(m.area_code, 1, 9) = \(place(.text(String(person.unit.area.prefix(9)))))")
        case .all: break
        }
    }

    /// A column, so that the planner passes over its indices where few cases are fetched by their numbers.
    private func m(_ column: String, isText: Bool = false) -> String {
        guard sortsByHand else { return "m.\(column)" }
        return isText ? "(m.\(column) || '')" : "+m.\(column)"
    }

    /// A few in one's own hands are fetched by number and then sorted; many are met soon enough along the queue.
    private func hasFewInHand(_ person: StaffMember, _ act: CaseDesk.Act) throws -> Bool {
        let many = act.desk.store.manyInHand
        return try act.session.query(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM assignment WHERE staff_id = $1 AND ended_on IS NULL LIMIT \(many)) AS found
            """, [.int(person.id)])[0].int(0) < many
    }

    /// What lies in a person's own hands; a list of thousands would be what the planner comes by, and sorts.
    private mutating func inHand(of person: StaffMember) -> String {
        let own = "x.staff_id = \(place(.int(person.id))) AND x.ended_on IS NULL"
        // Only reports are given to persons, and they have a line of their own: among all cases they are one in thirty.
        return sortsByHand
            ? "m.id IN (SELECT x.matter_id FROM assignment AS x WHERE \(own))"
            : "m.track = 'misconduct' AND EXISTS (SELECT 1 FROM assignment AS x WHERE x.matter_id = m.id AND \(own))"
    }

    private mutating func snoozes(of person: StaffMember, _ act: CaseDesk.Act) -> String {
        "SELECT z.matter_id FROM snooze AS z WHERE z.staff_id = \(place(.int(person.id))) "
            + "AND z.until_day > \(place(.int(act.desk.today.number)))"
    }

    private mutating func next(_ mark: CaseMark) -> String {
        let (key, number) = (place(.int(mark.key)), place(.text(mark.number)))
        // Of what may not be seen a mark tells no more than of a number that nobody has.
        let id = "(SELECT x.id FROM readable_matter AS x WHERE x.staff_id = $1 AND x.number = \(number))"
        switch view.order {
        case .due: return "(m.due_on, m.id) > (\(key), \(id))"
        case .received: return "(m.received_on, m.id) > (\(key), \(id))"
        case .queue:
            let isOpen = place(.int(mark.isOpen))
            return "m.is_open <= \(isOpen) AND (m.is_open < \(isOpen) OR (m.queue_on, m.id) > (\(key), \(id)))"
        }
    }

    /// The order of the view.
    var order: String {
        switch view.order {
        case .queue: " ORDER BY \(m("is_open")) DESC, \(m("queue_on")), m.id"
        case .due: " ORDER BY \(m("due_on")), m.id"
        case .received: " ORDER BY \(m("received_on")), m.id"
        }
    }

    var clause: String { " WHERE " + terms.joined(separator: " AND ") }

    private mutating func place(_ value: SQLValue) -> String {
        values.append(value)
        return "$\(values.count)"
    }
}
