import CaseStore
import Casework
import Foundation
import Messages

/// Acting on cases.
enum CaseActs {
    static func act(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        guard let action = call.field("action").flatMap(CaseAction.init(rawValue:)) else {
            throw WebProblem(422, .errorForm)
        }
        // A report that goes up leaves as a sealed packet on the operator's disk: not through a browser.
        if action == .forwardUp { throw WebProblem(422, .errorForwardUp) }
        let (act, details) = try read(action, call)
        let outcome = try call.desk().perform(act, on: number, details: details)
        guard let now = outcome.number else {
            call.leave(Notice(text: call.t(.doneOutOfSight)))
            return .see("/cases")
        }
        var text = call.t(.doneAct, action.name(in: call.language))
        if let split = outcome.split { text += " " + call.t(.doneSplit, split) }
        if outcome.clues.count >= 2 { text += " " + call.t(.doneClues) }
        call.leave(Notice(text: text, number: outcome.split))
        return .see("/cases/" + FormText.encoded(now))
    }

    /// The act that a form describes.
    static func read(_ action: CaseAction, _ call: Call) throws -> (CaseAct, ActDetails) {
        var act = CaseAct(action)
        if let code = call.field("reason") {
            guard let reason = ReasonCode(rawValue: code) else { throw WebProblem(422, .errorReason) }
            act.reason = reason
        }
        act.text = call.field("text")
        act.paper = call.field("paper")
        act.staff = call.number("staff")
        act.until = call.field("until").flatMap { CivilDay($0) }
        act.supervision = call.field("level").flatMap { slug in Supervision.allCases.first { $0.slug == slug } }
        var details = ActDetails()
        details.version = call.number("version")
        details.other = call.field("other")
        details.flag = call.number("flag")
        details.topic = call.field("topic").flatMap(Topic.init(rawValue:))
        if let unit = call.field("unit") {
            let parts = unit.split(separator: ":").compactMap { Int($0) }
            guard let id = parts.first, let body = call.units[id] else { throw WebProblem(422, .errorUnit) }
            act.unit = body
            details.official = parts.count > 1 ? parts[1] : nil
        }
        if let problem = call.field("problem") {
            guard let kind = CaseResolution.Problem(rawValue: problem) else { throw WebProblem(422, .errorForm) }
            var resolution = CaseResolution(problem: kind)
            resolution.measure = call.field("measure").flatMap(CaseResolution.Measure.init(rawValue:)) ?? .nothing
            resolution.persons = call.number("persons") ?? 0
            resolution.returned = call.number("returned") ?? 0
            resolution.hasGap = call.field("gap") == "1"
            details.resolution = resolution
        }
        if action == .reply {
            act.reply = ReplyDraft(
                done: call.field("done") ?? "", doneOn: call.field("doneOn").flatMap { CivilDay($0) },
                result: call.field("result") ?? "", evidence: min(99, max(0, call.number("evidence") ?? 0)))
        }
        return (act, details)
    }

    // MARK: - Paper

    /// The case for printing: what the person may see, nothing to click.
    static func print(_ call: Call) throws -> WebResponse {
        let view = try call.desk().view(call.captures[0])
        try call.desk().logPrint(view.summary.number)
        return sheet(
            call.t(.printView), view,
            CasePage.about(view, call) + CasePage.clocks(view, call) + CasePage.timeline(view, call), call)
    }

    /// A sheet for a visit: the summary, and lines to write on; no quoted words, no alias.
    static func visit(_ call: Call) throws -> WebResponse {
        let view = try call.desk().view(call.captures[0])
        try call.desk().logPrint(view.summary.number)
        var lines = Markup()
        for phrase in [Phrase.visitWhen, .visitWho, .visitWhere, .visitFound, .visitSaid, .visitResult, .visitSigned] {
            lines += "<div class=\"line\"><dt>\(call.t(phrase))</dt><dd></dd></div>"
        }
        let words: Markup = view.words.map { "\($0)" } ?? "–"
        let body: Markup = """
            <section class="card"><h2>\(call.t(.summary))</h2><p class="summary">\(words)</p>
            <dl class="facts"><div><dt>\(call.t(.place))</dt><dd>\(call.placePath(view.summary.area))</dd></div></dl></section>
            <section class="card"><h2>\(call.t(.visitRecord))</h2><dl class="visit">\(lines)</dl><p class="small">\(call.t(.visitHelp))</p></section>
            """
        return sheet(call.t(.visitSheet), view, body, call)
    }

    private static func sheet(_ title: String, _ view: CaseView, _ body: Markup, _ call: Call) -> WebResponse {
        let who = (call.person?.name ?? "") + " · " + (call.person?.unit.name ?? "")
        return call.page(
            view.summary.number + " " + title, .cases, width: .narrow,
            """
            <div class="sheet"><div class="crumbs noprint"><a href="/cases/\(view.summary.number)">← \(view.summary.number)</a> <span class="push"></span> <button data-print class="first">\(call.t(.printNow))</button></div>
            <p class="stamp">\(title) · \(call.t(.printedBy, who, call.today.description))</p>
            \(CasePage.head(view.summary, call))\(body)</div>
            """)
    }
}
