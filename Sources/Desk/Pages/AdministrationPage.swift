import CaseStore
import Casework
import Foundation
import Messages

/// People, bodies, ties, calendar, retention.
enum AdministrationPage {
    static func show(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        let isKeeper = call.person?.role == .sysadmin
        var body: Markup = "<h1>\(call.t(.navAdministration))</h1>"
        body += staff(isKeeper: isKeeper, call)
        body += try ties(desk.ties(), call)
        if call.person?.role == .supervisor { body += handOverForm(orphans: try desk.orphanCount(), call) }
        body += units(isKeeper: isKeeper, call)
        body += try calendar(desk.calendar(), call)
        body += try Duties.card(call)
        body += retention(call)
        body += Pickers.lists
        return call.page(call.t(.navAdministration), .administration, width: .wide, body)
    }

    private static func staff(isKeeper: Bool, _ call: Call) -> Markup {
        var rows = Markup()
        let sought = (call.request.query("who") ?? "").trimmingCharacters(in: .whitespaces)
        let people = call.people.values.sorted { $0.id < $1.id }
        let found = people.filter { sought.isEmpty || $0.name.contains(sought) || $0.unit.name.contains(sought) }
        let part = TablePart(found, "staff", call)
        for person in part.rows {
            let ways: Markup =
                isKeeper && person.id != call.person?.id
                ? """
                <details class="act"><summary>\(call.t(.staffEnd))</summary><form method="post" action="/administration/staff/\(person.id)/end">\(call.tokenField())<p class="small">\(call.t(.staffEndHelp))</p><button>\(call.t(.staffEnd))</button></form></details>
                <details class="act"><summary>\(call.t(.staffPassword))</summary><form method="post" action="/administration/staff/\(person.id)/password" class="stack">\(call.tokenField())<label>\(call.t(.passwordNew))<input name="new" type="password" autocomplete="new-password" required minlength="12"></label><p class="small">\(call.t(.staffPasswordHelp))</p><button>\(call.t(.staffPassword))</button></form></details>
                """ : ""
            rows +=
                "<tr><td data-label=\"\(call.t(.id))\">\(person.id)</td><th scope=\"row\">\(person.name)</th><td>\(person.role.name(in: call.language))</td><td>\(person.unit.name)</td><td class=\"ways\">\(ways)</td></tr>\n"
        }
        return """
            <section class="card" id="staff-part"><h2>\(call.t(.staffTitle)) <span class="dim">\(people.count)</span></h2>\(people.count > TablePart<StaffMember>.size ? seek(sought, call) : "")<div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.staffTitle))"><table class="fold numbers"><thead><tr><th>\(call.t(.id))</th><th>\(call.t(.personName))</th><th>\(call.t(.role))</th><th>\(call.t(.body))</th><th>\(call.t(.actions))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(part.pager)\(isKeeper ? addStaff(call) : "")</section>
            """
    }

    /// The box by which one of hundreds is found.
    private static func seek(_ sought: String, _ call: Call) -> Markup {
        """
        <form method="get" action="/administration" class="row" role="search"><label>\(call.t(.staffSeek))<input type="search" name="who" value="\(sought)" maxlength="100"></label><button>\(call.t(.filterApply))</button></form>
        """
    }

    private static func addStaff(_ call: Call) -> Markup {
        var roles = Markup()
        for role in StaffRole.allCases {
            roles += call.option(role.rawValue, role.name(in: call.language), selected: false)
        }
        return """
            <details class="act"><summary>\(call.t(.staffAdd))</summary><form method="post" action="/administration/staff" class="fields">\(call.tokenField())
            <label>\(call.t(.personName))<input name="name" required maxlength="100"></label>
            <label>\(call.t(.role))<select name="role">\(roles)</select></label>
            \(Pickers.unit(.body, name: "unit", call))
            <div class="buttons"><button class="first">\(call.t(.staffAdd))</button></div></form></details>
            """
    }

    private static func ties(_ ties: [StaffTie], _ call: Call) -> Markup {
        var rows = Markup()
        let part = TablePart(ties, "ties", call)
        for tie in part.rows {
            let official = tie.official.flatMap { id in call.officials.first { $0.id == id } }
            let what = call.unit(tie.unit ?? official?.unit) + (official.map { " " + $0.post } ?? "")
            let end: Markup =
                tie.staff != call.person?.id
                ? "<form method=\"post\" action=\"/administration/ties/\(tie.id)/end\">\(call.tokenField())<button class=\"small\">\(call.t(.tieEnd))</button></form>"
                : ""
            rows +=
                "<tr><th scope=\"row\">\(call.people[tie.staff]?.name ?? "–")</th><td>\(call.t(Phrase(tie.kind)))</td><td>\(what)</td><td>\(tie.declaredOn.description)</td><td>\(end)</td></tr>"
        }
        var kinds = Markup()
        for kind in StaffTie.Kind.allCases {
            kinds += call.option(kind.rawValue, call.t(Phrase(kind)), selected: false)
        }
        let table: Markup =
            rows.isEmpty
            ? "<p class=\"dim\">\(call.t(.tiesNone))</p>"
            : "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(call.t(.tiesTitle))\"><table class=\"fold numbers\"><thead><tr><th>\(call.t(.personName))</th><th>\(call.t(.tieKind))</th><th>\(call.t(.tieWith))</th><th>\(call.t(.day))</th><th>\(call.t(.actions))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(part.pager)"
        return """
            <section class="card" id="ties-part"><h2>\(call.t(.tiesTitle))</h2><p>\(call.t(.tiesLead))</p>\(table)
            <details class="act"><summary>\(call.t(.tieAdd))</summary><form method="post" action="/administration/ties" class="fields">\(call.tokenField())
            \(Pickers.person(.personName, name: "staff", selected: call.person?.id, call))<label>\(call.t(.tieKind))<select name="kind">\(kinds)</select></label>
            \(Pickers.unit(.body, name: "unit", call))
            <div class="buttons"><button class="first">\(call.t(.tieAdd))</button></div></form></details></section>
            """
    }

    /// Who leaves, or is away, hands the reports in hand to another; the wall is asked anew for each.
    private static func handOverForm(orphans: Int, _ call: Call) -> Markup {
        let readers: Set<StaffRole> = [.intake, .inspector, .supervisor, .townshipDiscipline]
        let warning: Markup =
            orphans > 0 ? "<p class=\"notice bad\" role=\"alert\">\(call.t(.orphans, String(orphans)))</p>" : ""
        return """
            <section class="card"><h2>\(call.t(.handOver))</h2>\(warning)<p>\(call.t(.handOverLead))</p>
            <form method="post" action="/administration/hand-over" class="fields">\(call.tokenField())
            \(Pickers.person(.handOverFrom, name: "from", among: readers, call))
            \(Pickers.person(.handOverTo, name: "to", among: readers, call))
            <div class="buttons"><button class="first">\(call.t(.handOver))</button></div></form></section>
            """
    }

    private static func units(isKeeper: Bool, _ call: Call) -> Markup {
        var rows = Markup()
        let units = call.units.values.sorted {
            ($1.kind.rank, $0.area, $0.id) < ($0.kind.rank, $1.area, $1.id)
        }
        let part = TablePart(units, "units", call)
        for unit in part.rows {
            let posts = call.officials.filter { $0.unit == unit.id }.map(\.post).joined(separator: "、")
            rows +=
                "<tr><td data-label=\"\(call.t(.id))\">\(unit.id)</td><th scope=\"row\">\(unit.name)</th><td>\(call.t(Phrase(unit.kind)))</td><td>\(call.place(unit.area))</td><td>\(posts)</td></tr>"
        }
        var kinds = Markup()
        for kind in UnitKind.allCases { kinds += call.option(kind.rawValue, call.t(Phrase(kind)), selected: false) }
        let add: Markup =
            isKeeper
            ? """
            <details class="act"><summary>\(call.t(.unitAdd))</summary><form method="post" action="/administration/units" class="fields">\(call.tokenField())
            <label>\(call.t(.name))<input name="name" required maxlength="200"></label><label>\(call.t(.kind))<select name="kind">\(kinds)</select></label>
            <label>\(call.t(.place))<input name="area" list="places" required autocomplete="off"></label>\(QueuePage.placeList(call))
            \(Pickers.unit(.unitAbove, name: "parent", isOptional: true, call))
            <div class="buttons"><button class="first">\(call.t(.unitAdd))</button></div></form></details>
            """ : ""
        return """
            <section class="card" id="units-part"><h2>\(call.t(.unitsTitle))</h2><details\(call.request.query("units") == nil ? "" : " open")><summary>\(call.t(.showAll, String(call.units.count)))</summary><div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.unitsTitle))"><table class="fold numbers"><thead><tr><th>\(call.t(.id))</th><th>\(call.t(.name))</th><th>\(call.t(.kind))</th><th>\(call.t(.place))</th><th>\(call.t(.posts))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(part.pager)</details>\(add)</section>
            """
    }

    private static func calendar(_ calendar: WorkCalendar, _ call: Call) -> Markup {
        let years = Set(calendar.entries.map(\.day.year)).sorted()
        let has = years.contains(call.today.year)
        let list = years.map(String.init).joined(separator: "、")
        return """
            <section class="card\(has ? "" : " warn")"><h2>\(call.t(.calendarTitle))</h2><p>\(years.isEmpty ? call.t(.calendarNone) : call.t(.calendarYears, list))</p>\(has ? "" : "<p><b>\(call.t(.calendarMissing, String(call.today.year)))</b> <code>minsheng calendar import</code></p>")</section>
            """
    }

    private static func retention(_ call: Call) -> Markup {
        """
        <section class="card"><h2>\(call.t(.retentionTitle))</h2><p>\(call.t(.retentionLead))</p>
        <form method="post" action="/administration/retention" class="row">\(call.tokenField())
        <button name="trial" value="1" class="first">\(call.t(.retentionTrial))</button><button name="trial" value="0">\(call.t(.retentionRun))</button></form></section>
        """
    }

    // MARK: - Acts

    static func addStaff(_ call: Call) throws -> WebResponse {
        guard let role = call.field("role").flatMap(StaffRole.init(rawValue:)), let unit = call.picked("unit") else {
            throw WebProblem(422, .errorForm)
        }
        let id = try call.desk().addStaff(unit: unit, role: role, name: call.field("name") ?? "")
        return done(call.t(.staffAdded, String(id)), call)
    }

    static func endStaff(_ call: Call) throws -> WebResponse {
        try call.desk().endStaff(call.idInPath())
        return done(call.t(.staffEnded), call)
    }

    static func setPassword(_ call: Call) throws -> WebResponse {
        let password = call.form.first { $0.name == "new" }?.value ?? ""
        try call.desk().setPassword(password, of: call.idInPath(), policy: call.app.settings.accounts)
        return done(call.t(.passwordChanged), call)
    }

    static func addUnit(_ call: Call) throws -> WebResponse {
        guard let kind = call.field("kind").flatMap(UnitKind.init(rawValue:)) else { throw WebProblem(422, .errorForm) }
        guard let area = call.field("area").flatMap({ QueueFilter.code(of: $0, call) }) else {
            throw WebProblem(422, .errorPlace)
        }
        _ = try call.desk().addUnit(
            kind: kind, area: area, name: call.field("name") ?? "", parent: call.picked("parent"))
        return done(call.t(.unitAdded), call)
    }

    static func addTie(_ call: Call) throws -> WebResponse {
        guard let kind = call.field("kind").flatMap(StaffTie.Kind.init(rawValue:)), let staff = call.picked("staff"),
            let unit = call.picked("unit")
        else { throw WebProblem(422, .errorForm) }
        _ = try call.desk().declare(StaffTie(staff: staff, kind: kind, unit: unit))
        return done(call.t(.tieAdded), call)
    }

    static func handOver(_ call: Call) throws -> WebResponse {
        guard let from = call.picked("from"), let to = call.picked("to") else { throw WebProblem(422, .errorForm) }
        let (handed, left) = try call.desk().handOver(from: from, to: to)
        return done(call.t(.handedOver, String(handed), String(left)), call)
    }

    static func endTie(_ call: Call) throws -> WebResponse {
        try call.desk().endTie(call.idInPath())
        return done(call.t(.tieEnded), call)
    }

    static func retain(_ call: Call) throws -> WebResponse {
        let isTrial = call.field("trial") != "0"
        let report = try call.desk().retain(isTrial: isTrial)
        let text = call.t(
            isTrial ? .retentionWould : .retentionDid, String(report.expiredFlags.count),
            String(report.escalatedFlags.count), String(report.originals), String(report.files))
        return done(text, call)
    }

    private static func done(_ text: String, _ call: Call) -> WebResponse {
        call.app.forgetDirectory()
        call.leave(Notice(text: text))
        return .see("/administration")
    }
}
