import CaseStore
import Casework
import Foundation
import Messages

/// Fields in which one of the people or bodies is chosen.
///
/// A list to choose from while that is short; of hundreds the number and name are typed, and the list comes when somebody is
/// about to: repeated in every form it would be most of a page.
enum Pickers {
    /// How many make a list to choose from.
    static let most = 60

    /// The people that a form may name.
    static func person(
        _ label: Phrase, name: String, selected: Int? = nil, among roles: Set<StaffRole>? = nil, _ call: Call
    ) -> Markup {
        let people = call.people.values.filter { roles?.contains($0.role) ?? true }.sorted { $0.id < $1.id }
        let choices = people.map { (id: $0.id, name: $0.name + " · " + $0.unit.name) }
        return field(label, name: name, choices, selected: selected, list: "people", call)
    }

    /// The bodies that a form may name; none where `isOptional`.
    static func unit(_ label: Phrase, name: String, isOptional: Bool = false, _ call: Call) -> Markup {
        let choices = call.units.values.sorted { $0.id < $1.id }.map { (id: $0.id, name: $0.name) }
        return field(label, name: name, choices, selected: nil, isOptional: isOptional, list: "units", call)
    }

    private static func field(
        _ label: Phrase, name: String, _ choices: [(id: Int, name: String)], selected: Int?, isOptional: Bool = false,
        list: String, _ call: Call
    ) -> Markup {
        guard choices.count <= most else {
            let value = choices.first { $0.id == selected }.map { "\($0.id) \($0.name)" } ?? ""
            let must: Markup = isOptional ? "" : " required"
            return """
                <label>\(call.t(label))<input name="\(name)" list="\(list)" value="\(value)" placeholder="\(call.t(.pickHint))" maxlength="200" autocomplete="off"\(must)></label>
                """
        }
        var options = isOptional ? call.option("", "–", selected: true) : Markup()
        for one in choices { options += call.option(String(one.id), one.name, selected: one.id == selected) }
        return "<label>\(call.t(label))<select name=\"\(name)\">\(options)</select></label>"
    }

    /// The lists behind the boxes of a page.
    static let lists: Markup =
        "<datalist id=\"people\" data-src=\"/people\"></datalist><datalist id=\"units\" data-src=\"/units\"></datalist>"

    static func people(_ call: Call) throws -> WebResponse {
        try json(call.people.values.sorted { $0.id < $1.id }.map { "\($0.id) \($0.name) · \($0.unit.name)" })
    }

    static func units(_ call: Call) throws -> WebResponse {
        try json(call.units.values.sorted { $0.id < $1.id }.map { "\($0.id) \($0.name)" })
    }

    /// Names as a list; what a browser obeys instead of showing is left out, as only the number before a name counts.
    private static func json(_ names: [String]) throws -> WebResponse {
        let plain = names.map { name in
            String(
                String.UnicodeScalarView(
                    name.unicodeScalars.filter { scalar in
                        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
                            scalar.properties.generalCategory) && scalar != "<" && scalar != ">"
                    }))
        }
        return WebResponse(
            headers: [("content-type", "application/json")], body: Array(try JSONEncoder().encode(plain)))
    }
}

extension Call {
    /// The number that a field begins with: what a list of numbers and names puts into it, or the number alone.
    func picked(_ name: String) -> Int? { field(name)?.split(separator: " ").first.flatMap { Int($0) } }
}

/// A long table a part at a time: which rows, and the way to the others.
struct TablePart<Row> {
    let rows: [Row]
    /// What leads to the rows before and after; empty where all are shown.
    let pager: Markup

    /// How many rows a part has.
    static var size: Int { 25 }

    /// `name` is the address's word for the position in this table; the other tables' words stay as they are.
    init(_ all: [Row], _ name: String, _ call: Call) {
        let wanted = call.request.query(name).flatMap { Int($0) } ?? 0
        let start = (0..<max(1, all.count)).contains(wanted) ? wanted - wanted % Self.size : 0
        rows = Array(all.dropFirst(start).prefix(Self.size))
        func address(_ place: Int) -> String {
            let others = call.request.query.filter { $0.name != name }
            return "/" + call.request.path.joined(separator: "/") + "?"
                + (others + [(name, String(place))]).map {
                    FormText.encoded($0.0) + "=" + FormText.encoded($0.1)
                }.joined(separator: "&") + "#" + name + "-part"
        }
        let end = start + Self.size
        pager = QueuePage.pager(
            at: start, before: address(max(0, start - Self.size)), next: end < all.count ? address(end) : nil, call)
    }
}
