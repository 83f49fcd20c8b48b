import CaseStore
import Casework
import Messages

/// A number of the overview, as the address of the list behind it says it.
struct FigureList {
    let query: FigureQuery

    /// What the list's address asks for; nil where it names no figure.
    init?(_ call: Call) {
        guard let figure = call.request.query("figure").flatMap(FigureQuery.Figure.init(rawValue:)),
            let from = call.request.query("from").flatMap({ CivilDay($0) }),
            let to = call.request.query("to").flatMap({ CivilDay($0) }), from <= to
        else { return nil }
        query = FigureQuery(figure, from...to, unit: call.request.query("unit").flatMap { Int($0) })
    }

    /// The address of a list.
    static func address(
        _ figure: FigureQuery.Figure, _ days: ClosedRange<CivilDay>, _ more: (String, String)...
    ) -> String {
        let pairs = [("figure", figure.rawValue), ("from", "\(days.lowerBound)"), ("to", "\(days.upperBound)")] + more
        return "/cases?view=all&"
            + pairs.map { FormText.encoded($0.0) + "=" + FormText.encoded($0.1) }.joined(separator: "&")
    }

    static func name(_ figure: FigureQuery.Figure) -> Phrase {
        switch figure {
        case .received: .tileReceived
        case .ended: .tileClosed
        case .answered: .tileAnswered
        case .satisfied: .tileSatisfied
        case .recurred: .tileRecurred
        case .supervised: .tileSupervised
        case .fiveDays: .tileFiveDays
        case .fiveWorkingDays: .tileFiveWorkingDays
        }
    }

    /// The line that says which number the list is of, with the way back.
    func line(_ call: Call) -> Markup {
        var parts = [
            call.t(Self.name(query.figure)),
            query.days.lowerBound.description + " – " + query.days.upperBound.description,
        ]
        if let unit = query.unit { parts.append(call.unit(unit)) }
        return """
            <p class="notice quiet">\(call.t(.figureOf, parts.joined(separator: " · "))) <a href="/overview">\(call.t(.navOverview))</a> <a href="/cases">\(call.t(.filterClear))</a></p>
            """
    }

    /// The fields by which a form over the list keeps to it.
    var fields: Markup {
        let unit: Markup = query.unit.map { "<input type=\"hidden\" name=\"unit\" value=\"\($0)\">" } ?? ""
        return """
            <input type="hidden" name="figure" value="\(query.figure.rawValue)"><input type="hidden" name="from" value="\(query.days.lowerBound.description)">\
            <input type="hidden" name="to" value="\(query.days.upperBound.description)">\(unit)
            """
    }
}
