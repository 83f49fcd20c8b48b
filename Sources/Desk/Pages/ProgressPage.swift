import CaseStore
import Casework
import Messages

/// Where a case stands, for whoever holds its number and code; needs no account.
///
/// It says a step, a day and the answer: never what the case says or who handles it.
enum ProgressPage {
    static func form(_ call: Call) throws -> WebResponse { show(call, result: Markup(), status: 200) }

    /// Looks the case up; with `rating` the answer is rated, too.
    static func look(_ call: Call) throws -> WebResponse {
        let rating = call.field("rating").flatMap(ReasonCode.init(rawValue:))
        do {
            let progress = try CaseDesk(call.app.store, now: call.now).progress(
                of: (call.field("number") ?? "").uppercased(), code: call.field("code") ?? "", rating: rating)
            return show(call, result: found(progress, call), status: 200)
        } catch {
            let failure = Failure(error, in: call.language)
            guard failure.status == 422 else { throw error }
            return show(
                call, result: "<p class=\"notice bad\" role=\"alert\">\(failure.text)</p>", status: failure.status)
        }
    }

    private static func show(_ call: Call, result: Markup, status: Int) -> WebResponse {
        let (call, cookie) = SignInPages.withFormToken(call)
        let token = call.session?.csrf ?? SignInPages.token(call) ?? ""
        var response = call.page(
            call.t(.progressTitle), status: status, width: .narrow,
            """
            <section class="card signin"><h1>\(call.t(.progressTitle))</h1><p class="lead">\(call.t(.progressLead))</p>\(result)
            <form method="post" action="/progress" class="stack"><input type="hidden" name="token" value="\(token)">
            <label>\(call.t(.caseNumber))<input name="number" required maxlength="40" autocomplete="off" value="\(call.field("number") ?? "")"></label>
            <label>\(call.t(.claimCode))<input name="code" required maxlength="40" inputmode="numeric" autocomplete="off" value="\(call.field("code") ?? "")"></label>
            <div class="row"><button class="first">\(call.t(.progressLook))</button></div></form>
            <p class="small">\(call.t(.progressHelp))</p></section>
            """)
        if let cookie { response.headers.append(("set-cookie", cookie)) }
        return response
    }

    private static func found(_ progress: CaseProgress, _ call: Call) -> Markup {
        let step: Phrase =
            switch progress.step {
            case .received: .stepReceived
            case .handling: .stepHandling
            case .answered: .stepAnswered
            case .ended: .stepEnded
            }
        var html: Markup = "<div class=\"notice\" role=\"status\"><b>\(call.t(step))</b></div>"
        if let due = progress.dueOn { html += "<p>\(call.t(.progressDue, due.description))</p>" }
        if let reply = progress.reply {
            html += "<blockquote><span class=\"dim\">\(call.t(.textReply))</span> \(reply)</blockquote>"
        }
        if let rating = progress.rating { html += "<p>\(rating.name(in: call.language))</p>" }
        guard progress.rating == nil, progress.step == .answered || progress.step == .ended else { return html }
        return html + """
            <form method="post" action="/progress" class="row"><input type="hidden" name="token" value="\(call.session?.csrf ?? SignInPages.token(call) ?? "")">
            <input type="hidden" name="number" value="\(call.field("number") ?? "")"><input type="hidden" name="code" value="\(call.field("code") ?? "")">
            <button name="rating" value="\(ReasonCode.satisfied.rawValue)">\(ReasonCode.satisfied.name(in: call.language))</button>
            <button name="rating" value="\(ReasonCode.notSatisfied.rawValue)">\(ReasonCode.notSatisfied.name(in: call.language))</button></form>
            """
    }
}
