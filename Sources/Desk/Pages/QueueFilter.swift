import CaseStore
import Casework
import Messages

/// What a queue shows, as its address says it.
struct QueueFilter {
    /// The ready-made views: flags that wait, then views over cases.
    enum View: String, CaseIterable {
        case review, mine, yellow, red, recurring
        case followUp = "follow-up"

        var name: Phrase {
            switch self {
            case .review: .viewReview
            case .mine: .viewMine
            case .yellow: .viewYellow
            case .red: .viewRed
            case .recurring: .viewRecurring
            case .followUp: .viewFollowUp
            }
        }

        var cases: CaseQuery.View? { CaseQuery.View(rawValue: rawValue) }
    }

    /// Which view.
    var view = View.review
    var place: String?
    /// What was typed for the place, where no place has that name.
    var unknownPlace: String?
    var topic: Topic?
    var track: Track?
    var severity: Severity?
    var rule: String?
    var from: CivilDay?
    var to: CivilDay?
    /// True where each row is shown whole, so that several may be decided at once.
    var isExpanded = false
    /// The position of the first row.
    var offset = 0
    /// The place of the row before it; nil to count from the beginning.
    var after: String?

    init(_ call: Call) {
        func given(_ name: String) -> String? { call.request.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        view = given("view").flatMap(View.init(rawValue:)) ?? .review
        if let text = given("place") {
            place = Self.code(of: text, call)
            if place == nil { unknownPlace = text }
        }
        topic = given("topic").flatMap(Topic.init(rawValue:))
        track = given("track").flatMap(Track.init(rawValue:))
        severity = given("severity").flatMap(Severity.init(rawValue:))
        rule = given("rule")
        from = given("from").flatMap { CivilDay($0) }
        to = given("to").flatMap { CivilDay($0) }
        isExpanded = given("expanded") == "1"
        after = given("after")
        offset = given("at").flatMap { Int($0) }.map { min(max(0, $0), 1_000_000) } ?? 0
    }

    /// A place's code: as typed, or the one place of that name.
    static func code(of text: String, _ call: Call) -> String? {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }
        if digits.count == 12, text.utf8.count == 12 { return text }
        // Offered as "name code", so that two places of one name can be told apart.
        if let last = text.split(separator: " ").last, last.utf8.count == 12, call.places.names[String(last)] != nil {
            return String(last)
        }
        let found = call.places.entries.filter { $0.name == text || $0.aliases.contains { $0.text == text } }
        return found.count == 1 ? found[0].code : nil
    }

    /// The filter's part of an address, without view and position.
    var terms: [(String, String)] {
        var terms: [(String, String)] = []
        if let place { terms.append(("place", place)) }
        if let topic { terms.append(("topic", topic.rawValue)) }
        if let track { terms.append(("track", track.rawValue)) }
        if let severity { terms.append(("severity", severity.rawValue)) }
        if let rule { terms.append(("rule", rule)) }
        if let from { terms.append(("from", from.description)) }
        if let to { terms.append(("to", to.description)) }
        if isExpanded { terms.append(("expanded", "1")) }
        return terms
    }

    /// An address with this filter.
    func address(
        _ path: String = "/queue", view: View? = nil, at offset: Int? = nil, after mark: String? = nil
    ) -> String {
        var pairs = [("view", (view ?? self.view).rawValue)] + terms
        if let offset, offset > 0 { pairs.append(("at", String(offset))) }
        if let mark { pairs.append(("after", mark)) }
        return path + "?"
            + pairs.map { FormText.encoded($0.0) + "=" + FormText.encoded($0.1) }.joined(separator: "&")
    }

    /// The same for flags.
    func flags(limit: Int, offset: Int, today: CivilDay) -> FlagFilter {
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        if let track { filter.tracks = [track] }
        if let topic { filter.topics = [topic] }
        if let severity { filter.severities = [severity] }
        filter.place = place
        filter.rule = rule
        filter.order = .urgency
        filter.days = CaseQuery.days(from: from, to: to, today: today).map {
            $0.lowerBound.number...$0.upperBound.number
        }
        (filter.limit, filter.offset) = (limit, offset)
        // From a place on the next rows are found by the index, however far behind they are.
        if let mark = after.flatMap(FlagMark.init(text:)) { (filter.after, filter.offset) = (mark, 0) }
        return filter
    }

    /// The same for cases.
    func cases(_ view: CaseQuery.View, limit: Int, offset: Int, today: CivilDay) -> CaseQuery {
        var query = CaseQuery()
        query.view = view
        (query.track, query.topic, query.area, query.severity) = (track, topic, place, severity)
        query.received = CaseQuery.days(from: from, to: to, today: today)
        (query.limit, query.offset) = (limit, offset)
        if let mark = after.flatMap(CaseMark.init(text:)) { (query.after, query.offset) = (mark, 0) }
        return query
    }
}
