import CaseStore
import Casework
import Crypto
import Foundation

/// Signing in and out, and one's own account.
enum SignInPages {
    /// The name of the cookie that ties a sign-in form to its browser.
    static let formCookie = "minsheng-form"

    /// The token of a form before there is a session: it follows from a cookie that another site can't set.
    static func token(_ call: Call) -> String? {
        guard let nonce = call.request.cookie(formCookie), nonce.utf8.count == 64 else { return nil }
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(nonce.utf8), using: SymmetricKey(data: Data(call.app.signingKey.utf8)))
        return code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func form(_ call: Call) throws -> WebResponse {
        if call.person != nil { return .see("/") }
        return page(call, message: nil, status: 200)
    }

    /// The call with a cookie that ties a form to this browser, and that cookie where it is new.
    static func withFormToken(_ call: Call) -> (Call, setCookie: String?) {
        if call.session != nil || token(call) != nil { return (call, nil) }
        let nonce = Secret.token()
        var request = call.request
        request.headers.append(("cookie", "\(formCookie)=\(nonce)"))
        var fresh = Call(app: call.app, request: request, language: call.language, now: call.now)
        fresh.form = call.form
        let secure = call.app.settings.isSecure ? "; Secure" : ""
        return (fresh, "\(formCookie)=\(nonce); Path=/; HttpOnly; SameSite=Strict" + secure)
    }

    private static func page(_ call: Call, message: String?, status: Int) -> WebResponse {
        let (call, setCookie) = withFormToken(call)
        let alert: Markup = message.map { "<p class=\"notice bad\" role=\"alert\">\($0)</p>" } ?? Markup()
        var response = call.page(
            call.t(.signInTitle), status: status, width: .narrow,
            """
            <section class="card signin">
            <h1>\(call.t(.signInTitle))</h1>
            <p class="lead">\(call.t(.signInLead))</p>
            \(alert)
            <form method="post" action="/sign-in" class="stack">
            <input type="hidden" name="token" value="\(token(call) ?? "")">
            <input type="hidden" name="to" value="\(call.request.query("to") ?? call.field("to") ?? "/")">
            <label>\(call.t(.signInName))<input name="name" autocomplete="username" required autofocus maxlength="100" value="\(call.field("name") ?? "")"></label>
            <label>\(call.t(.signInPassword))<input name="password" type="password" autocomplete="current-password" required maxlength="400"></label>
            <button class="first">\(call.t(.signInButton))</button>
            </form>
            <p class="small">\(call.t(.signInHelp))</p><p class="small"><a href="/progress">\(call.t(.progressTitle))</a></p>
            </section>
            """)
        if let setCookie { response.headers.append(("set-cookie", setCookie)) }
        return response
    }

    static func signIn(_ call: Call) throws -> WebResponse {
        let name = call.field("name") ?? ""
        let password = call.form.first { $0.name == "password" }?.value ?? ""
        let policy = call.app.settings.accounts
        switch try call.app.store.signIn(name, password: password, now: call.now, policy: policy) {
        case .refused: return page(call, message: call.t(.signInRefused), status: 403)
        case .locked(let until):
            let minutes = max(1, (until - call.now + 59) / 60)
            return page(call, message: call.t(.signInLocked, String(minutes)), status: 403)
        case .accepted(let person, _):
            // A session of before must not become one that is signed in.
            if let old = call.session { try call.app.store.closeSession(old.secret, now: call.now) }
            guard let session = try call.app.store.openSession(for: person.id, now: call.now, policy: policy) else {
                return page(call, message: call.t(.signInRefused), status: 403)
            }
            var response = WebResponse.see(session.mustChange ? "/account" : local(call.field("to")))
            response.headers.append(
                (
                    "set-cookie",
                    "\(call.app.cookieName)=\(session.secret); Path=/; HttpOnly; SameSite=Strict"
                        + (call.app.settings.isSecure ? "; Secure" : "")
                ))
            return response
        }
    }

    /// An address of the desk itself; anything else leads home.
    static func local(_ address: String?) -> String {
        guard let address, address.hasPrefix("/"), !address.hasPrefix("//"), !address.hasPrefix("/\\"),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return "/" }
        return address
    }

    static func signOut(_ call: Call) throws -> WebResponse {
        if let session = call.session { try call.app.store.closeSession(session.secret, now: call.now) }
        var response = WebResponse.see("/sign-in")
        response.headers.append(("set-cookie", "\(call.app.cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"))
        return response
    }

    static func language(_ call: Call) throws -> WebResponse {
        let code = call.request.query("to") == "en" ? "en" : "zh"
        var response = WebResponse.see(local(call.request.query("back")))
        response.headers.append(
            (
                "set-cookie",
                "lang=\(code); Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"
                    + (call.app.settings.isSecure ? "; Secure" : "")
            ))
        return response
    }

    /// Where a person's day begins.
    static func home(_ call: Call) throws -> WebResponse {
        guard let role = call.person?.role else { throw WebProblem(401, .errorSignIn) }
        return .see(Section.allCases.first { $0.roles.contains(role) }?.address ?? "/account")
    }

    // MARK: - One's own account

    static func account(_ call: Call) throws -> WebResponse {
        guard let session = call.session, let person = call.person else { throw WebProblem(401, .errorSignIn) }
        let must: Markup =
            session.mustChange ? "<p class=\"notice bad\" role=\"alert\">\(call.t(.mustChange))</p>" : Markup()
        var tokens = Markup()
        if !session.mustChange {
            for token in try call.desk().tokens() where token.staff == person.id {
                let state: Markup =
                    token.endedOn == nil
                    ? """
                    <form method="post" action="/account/tokens/\(token.id)/end">\(call.tokenField())<button class="small">\(call.t(.tokenEnd))</button></form>
                    """ : "<span class=\"dim\">\(call.t(.tokenEnded))</span>"
                tokens += """
                    <tr><td>\(token.label)</td><td>\(token.issuedOn.description)</td><td>\(token.expiresOn.description)</td><td>\(state)</td></tr>
                    """
            }
        }
        let tokenPart: Markup =
            session.mustChange
            ? Markup()
            : """
            <section class="card"><h2>\(call.t(.tokensTitle))</h2><p>\(call.t(.tokensLead))</p>
            \(tokens.isEmpty ? "<p class=\"dim\">\(call.t(.tokensNone))</p>" : "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(call.t(.tokensTitle))\"><table><thead><tr><th>\(call.t(.tokenLabel))</th><th>\(call.t(.tokenIssued))</th><th>\(call.t(.tokenExpires))</th><th>\(call.t(.actions))</th></tr></thead><tbody>\(tokens)</tbody></table></div>")
            <form method="post" action="/account/tokens" class="row">\(call.tokenField())
            <label>\(call.t(.tokenLabel))<input name="label" required maxlength="100"></label><button>\(call.t(.tokenIssue))</button></form></section>
            """
        return call.page(
            call.t(.accountTitle), width: .narrow,
            """
            <h1>\(call.t(.accountTitle))</h1>\(must)
            <section class="card"><h2>\(call.t(.passwordTitle))</h2>
            <form method="post" action="/account/password" class="stack">\(call.tokenField())
            <input type="hidden" name="username" autocomplete="username" value="\(person.name)">
            <label>\(call.t(.passwordOld))<input name="old" type="password" autocomplete="current-password" required></label>
            <label>\(call.t(.passwordNew))<input name="new" type="password" autocomplete="new-password" required minlength="12"></label>
            <label>\(call.t(.passwordAgain))<input name="again" type="password" autocomplete="new-password" required></label>
            <button class="first">\(call.t(.passwordChange))</button></form><p class="small">\(call.t(.passwordHelp))</p></section>
            \(tokenPart)
            """)
    }

    static func changePassword(_ call: Call) throws -> WebResponse {
        guard let session = call.session, let person = call.person else { throw WebProblem(401, .errorSignIn) }
        let raw = { (name: String) in call.form.first { $0.name == name }?.value ?? "" }
        guard raw("new") == raw("again") else { throw WebProblem(422, .passwordDiffers) }
        try call.desk().setPassword(
            raw("new"), of: person.id, old: raw("old"), except: session.secret, policy: call.app.settings.accounts)
        call.leave(Notice(text: call.t(.passwordChanged)))
        return .see("/account")
    }

    static func issueToken(_ call: Call) throws -> WebResponse {
        let (_, secret) = try call.desk().issueToken(call.field("label") ?? "", policy: call.app.settings.accounts)
        // Shown once, on this page alone; it is kept nowhere.
        return call.page(
            call.t(.tokensTitle), width: .narrow,
            """
            <section class="card"><h1>\(call.t(.tokensTitle))</h1><p class="notice" role="status">\(call.t(.tokenOnce))</p>
            <p><code class="secret">\(secret)</code></p><p><a class="button" href="/account">\(call.t(.back))</a></p></section>
            """)
    }

    static func endToken(_ call: Call) throws -> WebResponse {
        try call.desk().endToken(call.idInPath())
        return .see("/account")
    }
}
