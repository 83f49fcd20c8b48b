import CaseStore
import Casework
import Messages

/// What keeps a case's words, and what the people concerned ask: holds, and requests to see, correct or erase.
enum KeptPage {
    static func show(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        let desk = try call.desk()
        let view = try desk.view(number)
        let holds = try desk.holds().filter { $0.number == number }
        let requests = try desk.requests().filter { $0.number == number }
        return call.page(
            call.t(.keptTitle), .cases,
            """
            <div class="crumbs"><a href="/cases/\(number)">← \(number)</a></div>
            \(CasePage.head(view.summary, call))
            <section class="card"><h2>\(call.t(.holdsTitle))</h2><p>\(call.t(.holdsLead))</p>\(list(holds, number, call))\(holdForm(number, call))</section>
            <section class="card"><h2>\(call.t(.requestsTitle))</h2><p>\(call.t(.requestsLead))</p>\(list(requests, number, call))\(requestForm(number, call))</section>
            """)
    }

    private static func list(_ holds: [CaseHold], _ number: String, _ call: Call) -> Markup {
        guard !holds.isEmpty else { return "<p class=\"dim\">\(call.t(.holdsNone))</p>" }
        var rows = Markup()
        for hold in holds {
            let asked: Markup =
                hold.liftingBy == nil ? "" : " <span class=\"badge yellow\">\(call.t(.holdLifting))</span>"
            let mine = hold.liftingBy == call.person?.id
            let way: Markup =
                mine
                ? ""
                : "<form method=\"post\" action=\"/cases/\(number)/hold/lift\">\(call.tokenField())<input type=\"hidden\" name=\"id\" value=\"\(hold.id)\"><button class=\"small\">\(call.t(.holdLift))</button></form>"
            rows +=
                "<tr><th scope=\"row\">\(hold.basis)</th><td>\(hold.placedOn.description)</td><td>\(asked)</td><td>\(way)</td></tr>"
        }
        return
            "<table><thead><tr><th>\(call.t(.basis))</th><th>\(call.t(.day))</th><th>\(call.t(.state))</th><th>\(call.t(.actions))</th></tr></thead><tbody>\(rows)</tbody></table>"
    }

    private static func holdForm(_ number: String, _ call: Call) -> Markup {
        guard call.person?.role == .supervisor else { return Markup() }
        return """
            <details class="act"><summary>\(call.t(.holdPlace))</summary><form method="post" action="/cases/\(number)/hold" class="stack">\(call.tokenField())
            <label>\(call.t(.basis))<input name="basis" required maxlength="200"></label><button class="first">\(call.t(.holdPlace))</button></form></details>
            """
    }

    private static func list(_ requests: [SubjectRequest], _ number: String, _ call: Call) -> Markup {
        guard !requests.isEmpty else { return "<p class=\"dim\">\(call.t(.requestsNone))</p>" }
        var rows = Markup()
        for one in requests {
            var state = call.t(one.decidedOn == nil ? .requestOpen : .requestDecided)
            if let answer = one.proposal {
                state += " · " + call.t(name(answer)) + (one.basis.map { "（" + $0 + "）" } ?? "")
            }
            rows +=
                "<tr><th scope=\"row\">\(call.t(name(one.kind)))</th><td>\(one.receivedOn.description)</td><td>\(state)</td><td>\(one.decidedOn == nil ? answerForm(one, number, call) : Markup())</td></tr>"
        }
        return
            "<table><thead><tr><th>\(call.t(.requestKind))</th><th>\(call.t(.day))</th><th>\(call.t(.state))</th><th>\(call.t(.actions))</th></tr></thead><tbody>\(rows)</tbody></table>"
    }

    private static func answerForm(_ one: SubjectRequest, _ number: String, _ call: Call) -> Markup {
        var answers = Markup()
        for answer in SubjectRequest.Answer.allCases {
            answers += call.option(answer.rawValue, call.t(name(answer)), selected: answer == one.proposal)
        }
        return """
            <details class="act"><summary>\(call.t(.requestAnswer))</summary><form method="post" action="/cases/\(number)/request/answer" class="stack">\(call.tokenField())<input type="hidden" name="id" value="\(one.id)">
            <label>\(call.t(.requestAnswer))<select name="answer">\(answers)</select></label><label>\(call.t(.basis))<input name="basis" required maxlength="200" value="\(one.basis ?? "")"></label>
            <p class="small">\(call.t(.requestTwo))</p><button>\(call.t(.requestAnswer))</button></form></details>
            """
    }

    private static func requestForm(_ number: String, _ call: Call) -> Markup {
        var kinds = Markup()
        for kind in SubjectRequest.Kind.allCases {
            kinds += call.option(kind.rawValue, call.t(name(kind)), selected: kind == .access)
        }
        return """
            <details class="act"><summary>\(call.t(.requestTake))</summary><form method="post" action="/cases/\(number)/request" class="stack">\(call.tokenField())
            <label>\(call.t(.requestKind))<select name="kind">\(kinds)</select></label><button class="first">\(call.t(.requestTake))</button></form></details>
            """
    }

    private static func name(_ kind: SubjectRequest.Kind) -> Phrase {
        switch kind {
        case .access: .requestAccess
        case .correction: .requestCorrection
        case .erasure: .requestErasure
        }
    }

    private static func name(_ answer: SubjectRequest.Answer) -> Phrase {
        switch answer {
        case .granted: .requestGranted
        case .refused: .requestRefused
        }
    }

    // MARK: - Acts

    static func hold(_ call: Call) throws -> WebResponse {
        _ = try call.desk().placeHold(on: call.captures[0], basis: call.field("basis") ?? "")
        return done(call.t(.holdPlaced), call)
    }

    static func lift(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        // Who may not read the case learns nothing of its holds.
        let number = try desk.view(call.captures[0]).summary.number
        guard let id = call.number("id"), try desk.holds().contains(where: { $0.id == id && $0.number == number })
        else { throw WebProblem(422, .errorForm) }
        return done(call.t(try desk.liftHold(id, on: number) ? .holdLifted : .holdLifting), call)
    }

    static func take(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        let number = try desk.view(call.captures[0]).summary.number
        guard let kind = call.field("kind").flatMap(SubjectRequest.Kind.init(rawValue:)) else {
            throw WebProblem(422, .errorForm)
        }
        _ = try desk.takeRequest(kind, on: number)
        return done(call.t(.requestTaken), call)
    }

    static func answer(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        let number = try desk.view(call.captures[0]).summary.number
        guard let id = call.number("id"),
            let answer = call.field("answer").flatMap(SubjectRequest.Answer.init(rawValue:)),
            try desk.requests().contains(where: { $0.id == id && $0.number == number })
        else { throw WebProblem(422, .errorForm) }
        let isDecided = try desk.answerRequest(id, on: number, answer, basis: call.field("basis") ?? "")
        return done(call.t(isDecided ? .requestDecided : .requestProposed), call)
    }

    private static func done(_ text: String, _ call: Call) -> WebResponse {
        call.leave(Notice(text: text))
        return .see("/cases/" + FormText.encoded(call.captures[0]) + "/kept")
    }
}
