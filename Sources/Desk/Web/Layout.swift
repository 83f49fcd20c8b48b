import CaseStore
import Casework
import Messages

/// A page of the navigation.
enum Section: CaseIterable {
    case queue, cases, search, villages, importing, overview, lexicons, audit, administration

    var address: String {
        switch self {
        case .queue: "/queue"
        case .cases: "/cases"
        case .search: "/search"
        case .villages: "/villages"
        case .importing: "/import"
        case .overview: "/overview"
        case .lexicons: "/lexicons"
        case .audit: "/audit"
        case .administration: "/administration"
        }
    }

    var name: Phrase {
        switch self {
        case .queue: .navQueue
        case .cases: .navCases
        case .search: .navSearch
        case .villages: .navVillages
        case .importing: .navImport
        case .overview: .navOverview
        case .lexicons: .navLexicons
        case .audit: .navAudit
        case .administration: .navAdministration
        }
    }

    /// Whose page it is.
    var roles: Set<StaffRole> {
        switch self {
        case .queue: [.intake, .supervisor]
        case .cases, .search: [.handler, .townshipDiscipline, .intake, .inspector, .supervisor]
        case .overview: [.handler, .townshipDiscipline, .intake, .inspector, .supervisor, .analyst]
        case .villages: [.intake, .supervisor]
        case .importing: [.intake]
        case .lexicons: [.lexicon, .analyst, .supervisor]
        case .audit: [.auditor]
        case .administration: [.sysadmin, .supervisor]
        }
    }
}

extension Call {
    /// A whole page.
    func page(
        _ title: String, _ section: Section? = nil, status: Int = 200, width: PageWidth = .normal, _ body: Markup
    ) -> WebResponse {
        let code = language == .zh ? "zh-CN" : "en"
        let html: Markup = """
            <!DOCTYPE html>
            <html lang="\(code)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light">
            <title>\(title) · \(t(.product))</title>
            <link rel="stylesheet" href="/static/desk.css?v=\(StyleSheet.version)">
            <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
            <script src="/static/desk.js?v=\(Script.version)" defer></script>
            </head>
            <body data-page="\(section?.address ?? "")">
            <a class="skip" href="#main">\(t(.skip))</a>
            \(banner(section))
            <main id="main" class="\(width.rawValue)" tabindex="-1">
            \(notices())
            \(body)
            </main>
            <footer class="foot"><p>\(t(.footer))</p></footer>
            \(keyHelp())
            </body>
            </html>

            """
        return WebResponse(
            status: status, headers: [("content-type", "text/html; charset=utf-8")], body: html.bytes)
    }

    private func banner(_ section: Section?) -> Markup {
        guard let person else {
            return """
                <header class="top"><a class="brand" href="/">\(mark)<span>\(t(.product))</span></a>
                <div class="who">\(languageSwitch())</div></header>
                """
        }
        var links = Markup()
        for item in Section.allCases where item.roles.contains(person.role) {
            let current: Markup = item == section ? " aria-current=\"page\"" : ""
            // The search has a key on every page.
            let (key, cap): (Markup, Markup) = item == .search ? (" data-go=\"/\"", " <kbd>/</kbd>") : ("", "")
            links += "<li><a href=\"\(item.address)\"\(current)\(key)>\(t(item.name))\(cap)</a></li>"
        }
        return """
            <header class="top">
            <a class="brand" href="/">\(mark)<span>\(t(.product))</span></a>
            <nav aria-label="\(t(.navLabel))"><ul>\(links)</ul></nav>
            <div class="who">
            <a class="person" href="/account"><b>\(person.name)</b> <span>\(person.role.name(in: language)) · \(person.unit.name)</span></a>
            \(languageSwitch())
            <form method="post" action="/sign-out">\(tokenField())<button class="plain">\(t(.signOut))</button></form>
            </div>
            </header>
            """
    }

    /// A seal with 民: the product's mark.
    private var mark: Markup {
        """
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><rect width="32" height="32" rx="7"/>\
        <path d="M8 8h15v8H8zM8 8v18l8-4M8 16h17M14.500 16c.8 5 3.500 8.500 8 10l2-4"/></svg>
        """
    }

    private func languageSwitch() -> Markup {
        let (code, name) = language == .zh ? ("en", "English") : ("zh", "中文")
        let tag = language == .zh ? "en" : "zh-CN"
        return
            "<a class=\"lang\" hreflang=\"\(tag)\" lang=\"\(tag)\" href=\"/language?to=\(code)&amp;back=\(FormText.encoded(address))\">\(name)</a>"
    }

    /// The field that each form brings back.
    func tokenField() -> Markup {
        "<input type=\"hidden\" name=\"token\" value=\"\(session?.csrf ?? "")\">"
    }

    private func notices() -> Markup {
        guard let secret = session?.secret else { return Markup() }
        var html = Markup()
        for notice in app.notices.take(for: secret) {
            var more = Markup()
            if let flag = notice.undo {
                more += """
                     <form method="post" action="/flags/\(flag)/undo">\(tokenField())<button class="plain" data-key="u">\(t(.undo)) <kbd>U</kbd></button></form>
                    """
            }
            if let number = notice.number {
                more += " <a href=\"/cases/\(FormText.encoded(number))\">\(t(.openCase, number))</a>"
            }
            let kind = notice.isProblem ? "notice bad" : "notice"
            let role = notice.isProblem ? "alert" : "status"
            html += "<div class=\"\(kind)\" role=\"\(role)\"><span>\(notice.text)</span>\(more)</div>\n"
        }
        return html
    }

    /// What shows all keys; without a script there are none.
    func keysButton() -> Markup {
        "<button type=\"button\" class=\"plain keys\" data-help>\(t(.keysShow)) <kbd>?</kbd></button>"
    }

    private func keyHelp() -> Markup {
        guard seesFlags else { return Markup() }
        var rows = Markup()
        for (keys, phrase) in Self.keys {
            var caps = Markup()
            for key in keys.split(separator: " ") { caps += "<kbd>\(String(key))</kbd> " }
            rows += "<div><dt>\(caps)</dt><dd>\(t(phrase))</dd></div>"
        }
        return """
            <dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">\(t(.keysTitle))</h2><dl>\(rows)</dl>
            <form method="dialog"><button>\(t(.close))</button></form></dialog>
            """
    }

    private static let keys: [(String, Phrase)] = [
        ("J K", .keyMove), ("Enter", .keyEnter), ("1", .verdictGrievance), ("2", .verdictMisconduct),
        ("3", .verdictSuggestion), ("4", .verdictNothing), ("5", .verdictRepeat), ("A", .keyArea), ("T", .keyTopic),
        ("S", .keySummary), ("U", .keyUndo), ("/", .keySearch), ("?", .keyHelp),
    ]

    /// A page about something that went wrong, with a way back.
    func problem(_ failure: Failure) -> WebResponse {
        var title = t(.errorTitle)
        if failure.status == 404 { title = t(.errorTitleNotFound) }
        if failure.status == 409 { title = t(.errorTitleConflict) }
        if failure.status == 503 { title = t(.errorTitleBusy) }
        if failure.status == 403 { title = t(.errorTitleForbidden) }
        var ways: Markup = "<a class=\"button\" href=\"/\">\(t(.backHome))</a>"
        if request.path.first == "cases", request.path.count > 1 {
            ways =
                "<a class=\"button first\" href=\"/cases/\(FormText.encoded(request.path[1]))\">\(t(.backCase))</a> "
                + ways
        } else if request.path.first == "flags" {
            ways = "<a class=\"button first\" href=\"/queue\">\(t(.backQueue))</a> " + ways
        }
        // An import writes: what was only to be read is asked for again by itself.
        let busy: Markup = failure.status == 503 && request.method == "GET" ? " data-busy" : ""
        return page(
            title, status: failure.status, width: .narrow,
            """
            <section class="card problem"\(busy)><h1>\(title)</h1><p class="lead">\(failure.text)</p>
            <p>\(ways)</p><p class="small">\(t(.errorCode)) \(failure.status)</p></section>
            """)
    }
}

/// How wide a page's text runs.
enum PageWidth: String {
    case normal = "page"
    case narrow = "page narrow"
    case wide = "page wide"
}
