import CaseStore
import Casework
import Messages

/// What a person does beside the case's own life: putting it off, giving out its code.
enum OwnWork {
    /// The forms on a case's page.
    static func forms(_ view: CaseView, _ call: Call) -> Markup {
        var html = snoozeForm(view, call)
        if call.person?.role == .intake {
            html += """
                <details class="act"><summary>\(call.t(.claimCode))</summary><form method="post" action="/cases/\(view.summary.number)/code" class="stack">\(call.tokenField())
                <p class="small">\(call.t(.claimCodeHelp))</p><button>\(call.t(.claimCodeMake))</button></form></details>
                """
        }
        if call.seesFlags {
            html += "<p><a href=\"/cases/\(view.summary.number)/kept\">\(call.t(.keptTitle))</a></p>"
        }
        return "<section class=\"card acts\"><h2>\(call.t(.ownWork))</h2>\(html)</section>"
    }

    private static func snoozeForm(_ view: CaseView, _ call: Call) -> Markup {
        guard view.summary.state.isOpen else { return Markup() }
        let action = "/cases/\(view.summary.number)/snooze"
        if let until = view.snoozedUntil {
            return """
                <p>\(call.t(.snoozedUntil, until.description))</p><form method="post" action="\(action)">\(call.tokenField())<button>\(call.t(.snoozeEnd))</button></form>
                """
        }
        let tomorrow = call.today.advanced(by: 1).description
        let last = call.today.advanced(by: 365).description
        return """
            <details class="act"><summary>\(call.t(.snooze))</summary><form method="post" action="\(action)" class="stack">\(call.tokenField())
            <label>\(call.t(.snoozeUntil))<input type="date" name="until" required min="\(tomorrow)" max="\(last)" value="\(call.today.advanced(by: 7).description)"></label>
            <p class="small">\(call.t(.snoozeHelp))</p><button>\(call.t(.snooze))</button></form></details>
            """
    }

    /// Puts a case off; without a day it comes back.
    static func snooze(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        var day = call.today
        if let text = call.field("until") {
            guard let until = CivilDay(text) else { throw WebProblem(422, .errorForm) }
            day = until
        }
        try call.desk().snooze(number, until: day)
        let text = day > call.today ? call.t(.snoozedUntil, day.description) : call.t(.snoozeEnded)
        call.leave(Notice(text: text))
        return .see("/cases/" + FormText.encoded(number))
    }

    /// Shows a new code, once.
    static func code(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        let digits = try call.desk().issueClaimCode(for: number)
        let parts = stride(from: 0, to: digits.count, by: 4).map { start in
            String(digits.dropFirst(start).prefix(4))
        }
        return call.page(
            call.t(.claimCode), .cases, width: .narrow,
            """
            <section class="card"><h1>\(call.t(.claimCode))</h1><p class="notice" role="status">\(call.t(.claimCodeOnce))</p>
            <dl class="facts"><div><dt>\(call.t(.caseNumber))</dt><dd><code class="secret">\(number)</code></dd></div>
            <div><dt>\(call.t(.claimCode))</dt><dd><code class="secret">\(parts.joined(separator: " "))</code></dd></div></dl>
            <p>\(call.t(.claimCodeWhere))</p>
            <p><a class="button" href="/cases/\(number)">\(call.t(.backCase))</a> <button data-print>\(call.t(.printNow))</button></p></section>
            """)
    }
}
