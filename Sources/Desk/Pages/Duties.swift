import CaseStore
import Casework
import Messages

/// The papers that the law asks the deployer for: what is on record, what is missing or too old.
enum Duties {
    static func card(_ call: Call) throws -> Markup {
        var rows = Markup()
        var missing = 0
        for check in try call.desk().duties() {
            if !check.passed { missing += 1 }
            let mark: Markup =
                check.passed
                ? "<span class=\"badge green\">\(call.t(.dutyThere))</span>"
                : "<span class=\"badge red\">\(call.t(check.newest == nil ? .dutyMissing : .dutyOld))</span>"
            rows +=
                "<tr><th scope=\"row\">\(check.kind.name(in: call.language))</th><td>\(mark)</td><td>\(check.newest?.reference ?? "–")</td><td>\(check.newest?.madeOn.description ?? "–")</td></tr>"
        }
        var kinds = Markup()
        for kind in DutyRecord.Kind.allCases {
            kinds += call.option(kind.rawValue, kind.name(in: call.language), selected: false)
        }
        return """
            <section class="card\(missing > 0 ? " warn" : "")"><h2>\(call.t(.dutiesTitle))</h2><p>\(call.t(.dutiesLead))</p>
            <div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.dutiesTitle))"><table><thead><tr><th>\(call.t(.kind))</th><th>\(call.t(.state))</th><th>\(call.t(.dutyReference))</th><th>\(call.t(.day))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <details class="act"><summary>\(call.t(.dutyAdd))</summary><form method="post" action="/administration/duties" class="fields">\(call.tokenField())
            <label>\(call.t(.kind))<select name="kind">\(kinds)</select></label><label>\(call.t(.dutyReference))<input name="reference" required maxlength="200"></label>
            <label>\(call.t(.day))<input type="date" name="day" required max="\(call.today.description)"></label>
            <div class="buttons"><button class="first">\(call.t(.dutyAdd))</button></div></form></details></section>
            """
    }

    static func add(_ call: Call) throws -> WebResponse {
        guard let kind = call.field("kind").flatMap(DutyRecord.Kind.init(rawValue:)),
            let day = call.field("day").flatMap({ CivilDay($0) })
        else { throw WebProblem(422, .errorForm) }
        try call.desk().record(DutyRecord(kind: kind, reference: call.field("reference") ?? "", madeOn: day))
        call.leave(Notice(text: call.t(.dutyAdded)))
        return .see("/administration")
    }
}
