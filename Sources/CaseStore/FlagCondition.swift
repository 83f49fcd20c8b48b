import Casework
import Messages

/// The WHERE clause of a filter.
struct FlagCondition {
    private(set) var values: [SQLValue] = []
    private var terms: [String] = []
    /// True where the flags come along the line of those that wait, by the index that holds no others: nothing else may be
    /// what the planner comes by, or it sorts all that wait for a page of fifty.
    private let isInLine: Bool

    /// What a filter asks for, of all flags or of those that a person may read.
    init(_ filter: FlagFilter, readableBy staff: Int? = nil) {
        isInLine =
            filter.order == .urgency
            && (filter.waiting != nil || !filter.states.isEmpty && filter.states.isSubset(of: Self.waitingStates))
        if let staff {
            terms.append(
                "EXISTS (SELECT 1 FROM readable_flag AS r WHERE r.staff_id = \(place(.int(staff))) AND r.flag_id = f.id)"
            )
            if !isInLine { terms.append(Self.mayHear(place(.int(staff)))) }
        }
        if isInLine { terms.append(Self.waits) }
        if !isInLine || filter.states != Self.waitingStates {
            add(isInLine ? "(f.state || '')" : "f.state", in: filter.states.map(\.rawValue))
        }
        add("f.track", in: filter.tracks.map(\.rawValue))
        add("f.topic", in: filter.topics.map(\.rawValue))
        let ranks = filter.severities.compactMap { FlagRow.severities.firstIndex(of: $0) }.sorted()
        if !ranks.isEmpty { terms.append("f.severity IN (\(ranks.map { place(.int($0)) }.joined(separator: ", ")))") }
        if let code = filter.place {
            let range = PlaceRange(of: code)
            // The flags of a village are soon fetched and sorted, those of a county are nearly all.
            let column = isInLine && range.first.count <= 6 ? "(f.village_code || '')" : "f.village_code"
            terms.append("\(column) >= \(place(.text(range.first)))")
            terms.append("\(column) <= \(place(.text(range.last)))")
        }
        if filter.unattributed { terms.append("f.village_code IS NULL") }
        if let group = filter.groupID { terms.append("f.group_id = \(place(.text(group)))") }
        if let batch = filter.batch { terms.append("f.batch_id = \(place(.int(batch)))") }
        if let days = filter.days {
            terms.append("f.day BETWEEN \(place(.int(days.lowerBound))) AND \(place(.int(days.upperBound)))")
        }
        if let rule = filter.rule {
            // Ids stand in the column as a JSON list of plain letters.
            let plain = rule.unicodeScalars.map { "%_\\".unicodeScalars.contains($0) ? "\\\($0)" : "\($0)" }.joined()
            terms.append("f.rules LIKE \(place(.text("%\"\(plain)\"%"))) ESCAPE '\\'")
        }
        if let waiting = filter.waiting {
            if !isInLine { terms.append("f.state IN ('new', 'claimed')") }
            switch waiting {
            case .expiry(let day): terms.append("f.expires_on <= \(place(.int(day)))")
            case .supervisor:
                terms.append("f.id IN (SELECT w.flag_id FROM flag_desk AS w WHERE w.escalated_on IS NOT NULL)")
            case .secondReader:
                terms.append("f.id IN (SELECT w.flag_id FROM flag_desk AS w WHERE w.dismissal_by IS NOT NULL)")
            case .levelAbove:
                terms.append("f.id IN (SELECT w.object_id FROM upward_duty AS w WHERE w.kind = 'flag')")
            }
        }
        if let after = filter.after {
            let (key, id) = (place(.int(after.key)), place(.int(after.id)))
            switch filter.order {
            case .severity: break
            // The first term is what the index is searched by.
            case .urgency: terms.append("\(Self.urgency) >= \(key) AND (\(Self.urgency), f.id) > (\(key), \(id))")
            case .age: terms.append("(f.day, f.id) > (\(key), \(id))")
            }
        }
    }

    /// What was decided has no village any more by which a tie could be seen: of decided reports nobody with ties hears.
    static func mayHear(_ staff: String) -> String {
        """
        NOT (f.track = 'misconduct' AND (f.state || '') NOT IN ('new', 'claimed') AND EXISTS (
          SELECT 1 FROM staff_tie AS t WHERE t.staff_id = \(staff) AND t.ended_on IS NULL))
        """
    }

    /// The expression that an index holds, and its condition, letter for letter.
    private static let urgency = "(f.expires_on - 7 * f.severity)"
    private static let waits = "(f.state || '') IN ('new', 'claimed')"
    private static let waitingStates: Set<FlagState> = [.new, .claimed]

    /// An order for counting, which makes the planner come along the line.
    var orderOfCount: String { isInLine ? " ORDER BY \(Self.urgency), f.id" : "" }

    var clause: String { terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ") }

    static func order(_ filter: FlagFilter) -> String {
        let limit = filter.limit.map { " LIMIT \(max(0, $0)) OFFSET \(max(0, filter.offset))" } ?? ""
        let columns =
            switch filter.order {
            case .severity: "f.severity DESC, f.day, f.id"
            case .urgency: "\(urgency), f.id"
            case .age: "f.day, f.id"
            }
        return " ORDER BY \(columns)" + limit
    }

    private mutating func add(_ column: String, in choices: [String]) {
        guard !choices.isEmpty else { return }
        terms.append("\(column) IN (\(choices.sorted().map { place(.text($0)) }.joined(separator: ", ")))")
    }

    private mutating func place(_ value: SQLValue) -> String {
        values.append(value)
        return "$\(values.count)"
    }
}
