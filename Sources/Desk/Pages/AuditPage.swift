import CaseStore
import Casework
import Messages

/// Who did and saw what: the auditor's page.
enum AuditPage {
    static func show(_ call: Call) throws -> WebResponse {
        var query = AuditQuery()
        query.actor = call.request.query("actor").flatMap { Int($0) }
        query.action = call.request.query("action").flatMap { $0.isEmpty ? nil : $0 }
        let from = call.request.query("from").flatMap { CivilDay($0) }
        let to = call.request.query("to").flatMap { CivilDay($0) }
        if from != nil || to != nil {
            let first = from ?? CivilDay(0)
            query.days = first...max(first, to ?? call.today)
        }
        // As many as a page may weigh; more on request.
        query.limit = call.request.query("rows") == "1000" ? 1000 : 100
        let report = try call.desk().auditReport(query)
        return call.page(
            call.t(.navAudit), .audit, width: .wide,
            """
            <h1>\(call.t(.navAudit))</h1>
            <section class="card row"><p class="grow">\(call.t(.auditLead))</p>
            <form method="post" action="/audit/verify">\(call.tokenField())<button class="first">\(call.t(.auditVerify))</button></form>
            <form method="post" action="/audit/anchor">\(call.tokenField())<button>\(call.t(.auditAnchor))</button></form></section>
            <form method="get" action="/audit" class="fields card flat">
            <label>\(call.t(.auditActor))<select name="actor">\(actors(query.actor, call))</select></label>
            <label>\(call.t(.auditAction))<select name="action">\(actions(query.action, call))</select></label>
            <label>\(call.t(.dayFrom))<input type="date" name="from" value="\(from?.description ?? "")"></label>
            <label>\(call.t(.dayTo))<input type="date" name="to" value="\(to?.description ?? "")"></label>
            <div class="buttons"><button class="first">\(call.t(.filterApply))</button></div></form>
            \(counts(report, call))\(rows(report, call))
            """)
    }

    private static func actors(_ chosen: Int?, _ call: Call) -> Markup {
        var options = call.option("", call.t(.any), selected: chosen == nil)
        options += call.option("0", call.t(.operatorName), selected: chosen == 0)
        for person in call.people.values.sorted(by: { $0.id < $1.id }) {
            options += call.option(String(person.id), "#\(person.id) " + person.name, selected: chosen == person.id)
        }
        return options
    }

    private static func actions(_ chosen: String?, _ call: Call) -> Markup {
        var options = call.option("", call.t(.any), selected: chosen == nil)
        let named = AuditWords.codes.map { ($0, AuditWords.name($0, in: call.language)) }
        for (code, name) in named { options += call.option(code, name, selected: chosen == code) }
        // What the address names stays chosen, whether it has a name or not.
        if let chosen, !named.contains(where: { $0.0 == chosen }) {
            options += call.option(chosen, chosen, selected: true)
        }
        return options
    }

    private static func name(_ actor: Int, _ call: Call) -> String {
        actor == 0 ? call.t(.operatorName) : "#\(actor) " + (call.people[actor]?.name ?? call.t(.formerStaff))
    }

    private static func counts(_ report: AuditReport, _ call: Call) -> Markup {
        var rows = Markup()
        for (actor, counts) in report.counts.sorted(by: { $0.key < $1.key }) {
            let list = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).map {
                AuditWords.name($0.key, in: call.language) + " " + String($0.value)
            }
            rows +=
                "<tr><th scope=\"row\">\(name(actor, call))</th><td>\(counts.values.reduce(0, +))</td><td>\(list.joined(separator: " · "))</td></tr>"
        }
        guard !rows.isEmpty else { return Markup() }
        return """
            <section class="card"><h2>\(call.t(.auditCounts))</h2><div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.auditCounts))"><table><thead><tr><th>\(call.t(.auditActor))</th><th>\(call.t(.count))</th><th>\(call.t(.auditAction))</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    private static func rows(_ report: AuditReport, _ call: Call) -> Markup {
        var rows = Markup()
        for row in report.rows.reversed() {
            let object = AuditWords.object(row.objectKind, row.objectID, in: call.language)
            let action = AuditWords.name(row.action, in: call.language)
            rows += """
                <tr><td>\(row.seq)</td><td>\(CivilDay(instant: row.seconds).description)</td><td>\(name(row.actor, call))</td><td title="\(row.action)">\(action)</td><td>\(object)</td><td class="wrap">\(row.detail)</td></tr>

                """
        }
        guard !rows.isEmpty else { return "<section class=\"card empty\"><h2>\(call.t(.auditEmpty))</h2></section>" }
        return """
            <section class="card"><h2>\(call.t(.auditRows, String(report.rows.count)))</h2>\(more(report, call))
            <div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.auditRowsLabel))"><table class="log"><thead><tr><th>\(call.t(.auditSeq))</th><th>\(call.t(.day))</th><th>\(call.t(.auditActor))</th><th>\(call.t(.auditAction))</th><th>\(call.t(.auditObject))</th><th>\(call.t(.auditDetail))</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// The way to more rows, where there may be some.
    private static func more(_ report: AuditReport, _ call: Call) -> Markup {
        guard report.rows.count == 100 else { return Markup() }
        let terms = call.request.query.filter { $0.name != "rows" } + [("rows", "1000")]
        let query = terms.map { FormText.encoded($0.0) + "=" + FormText.encoded($0.1) }.joined(separator: "&")
        return "<p><a href=\"/audit?\(query)\">\(call.t(.auditRows, "1000"))</a></p>"
    }

    static func verify(_ call: Call) throws -> WebResponse {
        let verdict = try call.desk().verify(anchors: [])
        call.leave(Notice(text: verdict.text(in: call.language), isProblem: !verdict.isSound))
        return .see("/audit")
    }

    static func anchor(_ call: Call) throws -> WebResponse {
        let anchor = try call.desk().anchor()
        return call.page(
            call.t(.auditAnchor), .audit, width: .narrow,
            """
            <section class="card"><h1>\(call.t(.auditAnchor))</h1><p>\(call.t(.auditAnchorHelp))</p><p><code class="secret">\(anchor.line)</code></p>
            <p><a class="button" href="/audit">\(call.t(.back))</a> <button data-print>\(call.t(.printNow))</button></p></section>
            """)
    }
}
