import CaseStore
import Casework
import Foundation
import Messages

/// The queue: what waits, in fixed views.
enum QueuePage {
    static func show(_ call: Call) throws -> WebResponse {
        let filter = QueueFilter(call)
        let mark = try call.app.pages.freshen(call.app.store)
        let counts = try call.app.counts.counts(for: call, since: mark)
        let list =
            try filter.view.cases.map { try filterForm(filter, call) + cases($0, filter, call) }
            ?? flags(filter, since: mark, call)
        return call.page(
            call.t(filter.view.name), .queue,
            """
            <h1 class="hidden">\(call.t(.navQueue))</h1>
            \(tabs(filter, counts, call))
            \(list)
            """)
    }

    /// How many wait in each view, for the numbers that change without loading the page again.
    static func counts(_ call: Call) throws -> WebResponse {
        let counts = try call.app.counts.counts(for: call)
        var parts = QueueFilter.View.allCases.compactMap { view in
            view.cases.flatMap { counts.cases[$0] }.map { "\"\(view.rawValue)\":\($0)" }
        }
        parts.append("\"review\":\(waiting(counts, call))")
        return WebResponse(
            headers: [("content-type", "application/json")], body: Array("{\(parts.joined(separator: ","))}".utf8))
    }

    /// How many flags wait for a decision; counting stops at 1000.
    private static func waiting(_ counts: QueueCounts.Counts, _ call: Call) -> Int {
        counts.flags >= 1000 ? counts.flags : max(0, counts.flags - call.app.dismissals.flags.count)
    }

    private static func tabs(_ filter: QueueFilter, _ counts: QueueCounts.Counts, _ call: Call) -> Markup {
        var html = Markup()
        for view in QueueFilter.View.allCases {
            let count = view.cases.map { counts.cases[$0] ?? 0 } ?? waiting(counts, call)
            let current: Markup = view == filter.view ? " aria-current=\"page\"" : ""
            let shown = count >= 1000 ? "999+" : String(count)
            html += """
                <li><a href="\(filter.address(view: view))"\(current) class="tab-\(view.rawValue)">\(call.t(view.name))\
                <b data-count="\(view.rawValue)">\(shown)</b></a></li>
                """
        }
        return "<nav class=\"tabs\" aria-label=\"\(call.t(.viewsLabel))\"><ul>\(html)</ul></nav>"
    }

    // MARK: - The filter

    private static func filterForm(_ filter: QueueFilter, _ call: Call) throws -> Markup {
        let active = filter.terms.filter { $0.0 != "expanded" }.count
        var tracks = call.option("", call.t(.any), selected: filter.track == nil)
        for track in Track.allCases {
            tracks += call.option(
                track.rawValue, track.letter + " " + call.name(track), selected: track == filter.track)
        }
        let placeText = filter.place.map { call.place($0) + " " + $0 } ?? filter.unknownPlace ?? ""
        let unknown: Markup =
            filter.unknownPlace.map { "<p class=\"notice bad\" role=\"alert\">\(call.t(.placeUnknown, $0))</p>" } ?? ""
        let open: Markup = active > 0 || filter.unknownPlace != nil ? " open" : ""
        let forFlags: Markup =
            filter.view == .review
            ? "<label>\(call.t(.rule))<input name=\"rule\" value=\"\(filter.rule ?? "")\" maxlength=\"100\"></label>"
            : ""
        return """
            \(unknown)<details class="filter"\(open)><summary>\(call.t(.filter))\(active > 0 ? " <b class=\"dot\">\(active)</b>" : "")</summary>
            <form method="get" action="/queue" class="fields">
            <input type="hidden" name="view" value="\(filter.view.rawValue)">
            <label>\(call.t(.place))<input name="place" list="places" value="\(placeText)" maxlength="100" autocomplete="off"></label>\(placeList(call))
            <label>\(call.t(.track))<select name="track">\(tracks)</select></label>
            <label>\(call.t(.topic))<select name="topic">\(call.option("", call.t(.any), selected: filter.topic == nil))\(call.topicOptions(selected: filter.topic))</select></label>
            \(severityAndDays(filter, call))\(forFlags)
            <div class="buttons"><button class="first">\(call.t(.filterApply))</button> <a class="button" href="/queue?view=\(filter.view.rawValue)">\(call.t(.filterClear))</a></div>
            </form>
            \(try SavedFilters.box(filter, call))
            </details>
            """
    }

    /// How urgent, and the days between which it came in.
    static func severityAndDays(_ filter: QueueFilter, _ call: Call) -> Markup {
        var severities = call.option("", call.t(.any), selected: filter.severity == nil)
        for severity in Severity.allCases.reversed() {
            severities += call.option(severity.rawValue, call.name(severity), selected: severity == filter.severity)
        }
        return """
            <label>\(call.t(.severity))<select name="severity">\(severities)</select></label>
            <label>\(call.t(.dayFrom))<input type="date" name="from" value="\(filter.from?.description ?? "")"></label>
            <label>\(call.t(.dayTo))<input type="date" name="to" value="\(filter.to?.description ?? "")"></label>
            """
    }

    /// The places to choose from; those of a large county come when somebody is about to type one.
    static func placeList(_ call: Call) -> Markup {
        let names = call.places.choices
        guard names.count <= 60 else { return "<datalist id=\"places\" data-src=\"/places\"></datalist>" }
        var html = Markup()
        for name in names { html += "<option value=\"\(name)\">" }
        return "<datalist id=\"places\">\(html)</datalist>"
    }

    /// The same as JSON, for the script.
    static func places(_ call: Call) throws -> WebResponse {
        WebResponse(
            headers: [("content-type", "application/json")],
            body: Array(try JSONEncoder().encode(call.places.choices)))
    }

    // MARK: - Rows

    /// The filter and the flags that it lets through.
    private static func flags(_ filter: QueueFilter, since mark: StoreMark, _ call: Call) throws -> Markup {
        let list = try FlagList(
            filter, limit: call.app.settings.pageSize, offset: filter.offset, since: mark, call)
        return try call.app.pages.shown(list.page, call) {
            // An expanded list is a form, with its session's token in it.
            let looks = filter.isExpanded ? [] : list.rows.compactMap { FlagLook($0, for: call.person?.id) }
            let isShared = !filter.isExpanded && looks.count == list.rows.count
            return try filterForm(filter, call)
                + call.app.pages.rows(isShared ? looks : nil, since: mark, call) { rows(list, filter, call) }
        }
    }

    private static func rows(_ list: FlagList, _ filter: QueueFilter, _ call: Call) -> Markup {
        guard !list.rows.isEmpty else { return emptyFlags(filter, call) }
        var rows = Markup()
        for (index, flag) in list.rows.enumerated() {
            rows += row(flag, at: filter.offset + index, filter, call)
        }
        var plain = filter
        plain.isExpanded.toggle()
        let toggle = call.t(filter.isExpanded ? .collapse : .expand)
        let bar: Markup = """
            <div class="bar"><a class="button first" href="\(filter.address("/flags/\(list.rows[0].record.summary.id)", at: filter.offset + 1))" data-key="Enter">\(call.t(.reviewStart)) <kbd>Enter</kbd></a>
            <a class="button" href="\(plain.address(at: filter.offset))">\(toggle)</a> <span class="push"></span>
            <span class="dim keys"><kbd>J</kbd> <kbd>K</kbd> \(call.t(.keysHint))</span> \(call.keysButton())</div>
            """
        let body: Markup =
            filter.isExpanded
            ? """
            <form method="post" action="/flags/bulk" class="bulk">\(call.tokenField())<input type="hidden" name="back" value="\(filter.address(at: filter.offset))">
            <ol class="rows" start="\(filter.offset + 1)">\(rows)</ol>
            <div class="bar bottom"><label>\(call.t(.reason))<select name="reason">\(DismissalReason.options(call))</select></label>
            <button>\(call.t(.bulkDismiss))</button> <span class="dim">\(call.t(.bulkHelp))</span></div></form>
            """ : "<ol class=\"rows\" start=\"\(filter.offset + 1)\">\(rows)</ol>"
        return bar + body + pager(filter, next: list.next, call)
    }

    private static func row(_ queued: QueuedFlag, at position: Int, _ filter: QueueFilter, _ call: Call) -> Markup {
        let record = queued.record
        let flag = record.summary
        let words = record.content.map { call.marked($0, limit: filter.isExpanded ? nil : 90) } ?? "–"
        let box: Markup =
            filter.isExpanded && flag.track != .misconduct
            ? "<label class=\"pick\"><input type=\"checkbox\" name=\"flag\" value=\"\(flag.id):\(flag.version)\"><span class=\"hidden\">\(call.t(.pick, String(flag.id)))</span></label>"
            : ""
        let place = flag.village.map { call.placePath($0.code) } ?? call.t(.placeWaiting)
        return """
            <li class="row" data-row>\(box)<div class="words"><a href="\(filter.address("/flags/\(flag.id)", at: position + 1))"><q>\(words)</q></a></div>
            <p class="meta">\(call.badges(flag.track, flag.topic, flag.severity)) <span>\(place)</span> <time datetime="\(CivilDay(flag.day).description)">\(CivilDay(flag.day).description)</time> \(deskMarks(queued, isInForm: filter.isExpanded, call))\(expiryMark(flag, call))<span class="dim">#\(flag.id)</span> <span class="unverified">\(call.t(.unverified))</span></p></li>

            """
    }

    /// What the desk knows of a flag: in whose hands, a first reading, similar cases.
    private static func deskMarks(_ queued: QueuedFlag, isInForm: Bool, _ call: Call) -> Markup {
        var html = Markup()
        if let owner = queued.claimedBy, owner != call.person?.id {
            html += "<span class=\"badge quiet\">\(call.t(.claimed))</span> "
        }
        if queued.firstReader != nil {
            html +=
                "<span class=\"badge yellow\">\(call.t(.secondReader, DismissalReason.name(queued.firstReason, call)))</span> "
            // A list in which several are picked is one form already.
            if queued.firstReader == call.person?.id, !isInForm {
                html += """
                    <form method="post" action="/flags/\(queued.record.summary.id)/withdraw">\(call.tokenField())<button class="plain">\(call.t(.withdraw))</button></form>
                    """
            }
        }
        if queued.similar > 0 {
            // Counting stops there.
            let count = queued.similar >= 20 ? "20+" : String(queued.similar)
            html += "<span class=\"badge\">\(call.t(.similarCount, count))</span> "
        }
        return html
    }

    /// Yellow from the seventh day on, red where the supervisor must decide.
    static func expiryMark(_ flag: FlagSummary, _ call: Call) -> Markup {
        let left = flag.expiresOn - call.today.number
        if left <= 0 { return "<span class=\"badge red\">\(call.t(.flagOverdue))</span> " }
        if left <= 7 { return "<span class=\"badge yellow\">\(call.t(.flagDaysLeft, String(left)))</span> " }
        return ""
    }

    private static func emptyFlags(_ filter: QueueFilter, _ call: Call) -> Markup {
        if !filter.terms.isEmpty || filter.offset > 0 {
            return """
                <section class="card empty"><h2>\(call.t(.emptyFiltered))</h2><p>\(call.t(.emptyFilteredHelp))</p>
                <p><a class="button first" href="/queue">\(call.t(.filterClear))</a></p></section>
                """
        }
        return """
            <section class="card empty"><h2>\(call.t(.emptyQueue))</h2><p>\(call.t(.emptyQueueHelp))</p>
            <p><a class="button first" href="/import">\(call.t(.navImport))</a> <a class="button" href="/queue?view=red">\(call.t(.viewRed))</a></p></section>
            """
    }

    /// Links to the pages around: the next one by the place of the last row, the one before by position.
    static func pager(_ filter: QueueFilter, next mark: String?, _ call: Call) -> Markup {
        pager(
            at: filter.offset, before: filter.address(at: max(0, filter.offset - call.app.settings.pageSize)),
            next: mark.map { filter.address(at: filter.offset + call.app.settings.pageSize, after: $0) }, call)
    }

    /// The same for any list.
    static func pager(at offset: Int, before: String, next: String?, _ call: Call) -> Markup {
        guard offset > 0 || next != nil else { return "" }
        let before: Markup =
            offset > 0 ? "<a class=\"button\" rel=\"prev\" href=\"\(before)\">← \(call.t(.pageBefore))</a>" : ""
        let next: Markup =
            next.map { "<a class=\"button\" rel=\"next\" href=\"\($0)\">\(call.t(.pageNext)) →</a>" } ?? ""
        return
            "<nav class=\"pager\" aria-label=\"\(call.t(.pages))\">\(before) <span class=\"dim\">\(call.t(.pageFrom, String(offset + 1)))</span> \(next)</nav>"
    }

    /// The address of the page itself at another place of its list.
    static func address(_ call: Call, at offset: Int, after mark: String? = nil) -> String {
        var pairs = call.request.query.filter { $0.name != "at" && $0.name != "after" }
        if offset > 0 { pairs.append(("at", String(offset))) }
        if let mark { pairs.append(("after", mark)) }
        return "/" + call.request.path.joined(separator: "/") + "?"
            + pairs.map { FormText.encoded($0.name) + "=" + FormText.encoded($0.value) }.joined(separator: "&")
    }

    private static func cases(_ view: CaseQuery.View, _ filter: QueueFilter, _ call: Call) throws -> Markup {
        let size = call.app.settings.pageSize
        let found = try call.desk().cases(filter.cases(view, limit: size + 1, offset: filter.offset, today: call.today))
        guard !found.isEmpty else {
            return """
                <section class="card empty"><h2>\(call.t(.emptyView))</h2><p>\(call.t(.emptyViewHelp))</p>
                <p><a class="button first" href="/queue">\(call.t(.viewReview))</a> <a class="button" href="/cases">\(call.t(.navCases))</a></p></section>
                """
        }
        let rows = Array(found.prefix(size))
        let next = found.count > size ? rows.last.map { CaseMark($0, in: view).text } : nil
        return CaseList.table(rows, call) + pager(filter, next: next, call)
    }
}
