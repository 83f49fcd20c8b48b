import CaseStore
import Casework
import Messages

/// Rows of cases, as every page shows them.
enum CaseList {
    static func table(_ cases: [CaseSummary], marks: [String: Markup] = [:], _ call: Call) -> Markup {
        var rows = Markup()
        for one in cases { rows += row(one, note: marks[one.number], call) }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.navCases))"><table class="cases fold">
            <thead><tr><th>\(call.t(.caseNumber))</th><th>\(call.t(.topic))</th><th>\(call.t(.place))</th><th>\(call.t(.state))</th><th>\(call.t(.unit))</th><th>\(call.t(.received))</th><th>\(call.t(.due))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>

            """
    }

    private static func row(_ one: CaseSummary, note: Markup?, _ call: Call) -> Markup {
        let extra: Markup = note.map { "<p class=\"hitline\">\($0)</p>" } ?? Markup()
        return """
            <tr data-row><th scope="row"><a href="/cases/\(one.number)">\(one.number)</a>\(extra)</th>
            <td>\(call.badges(one.track, one.topic, one.severity))</td><td>\(call.placePath(one.area))</td>
            <td>\(one.state.name(in: call.language)) \(marks(one, call))</td>\(cell(.unit, one.track == .misconduct || one.unit == nil ? nil : "\(call.unit(one.unit))", call))
            \(cell(.received, "\(one.receivedOn.description)", call))\(cell(.due, one.dueOn == nil ? nil : due(one, call), call))</tr>

            """
    }

    /// A cell that says on a phone, where the table has no head, what it is; empty ones aren't there at all.
    private static func cell(_ label: Phrase, _ value: Markup?, _ call: Call) -> Markup {
        guard let value else { return "<td class=\"none\">–</td>" }
        return "<td data-label=\"\(call.t(label))\">\(value)</td>"
    }

    /// Supervision, recurrence, retaliation.
    static func marks(_ one: CaseSummary, _ call: Call) -> Markup {
        var html = Markup()
        if one.supervision > .none {
            html += "<span class=\"badge \(one.supervision.slug)\">\(one.supervision.name(in: call.language))</span> "
        }
        if one.recurrence > 0 {
            html += "<span class=\"badge yellow\">\(call.t(.recurred, String(one.recurrence)))</span> "
        }
        if one.hasRetaliation { html += "<span class=\"badge red\">\(call.t(.retaliation))</span>" }
        return html
    }

    static func due(_ one: CaseSummary, _ call: Call) -> Markup {
        guard let due = one.dueOn else { return "–" }
        let left = due.number - call.today.number
        if left < 0 { return "<span class=\"late\">\(due.description)<br>\(call.t(.dueOver, String(-left)))</span>" }
        if left <= 1 {
            return
                "<span class=\"soon\">\(due.description)<br>\(left == 0 ? call.t(.dueToday) : call.t(.dueLeft, "1"))</span>"
        }
        return "\(due.description)<br><span class=\"dim\">\(call.t(.dueLeft, String(left)))</span>"
    }
}

/// All cases that a person may read, with a filter.
enum CasesPage {
    static func show(_ call: Call) throws -> WebResponse {
        let figure = FigureList(call)
        var filter = QueueFilter(call)
        // Its days are the figure's own.
        if figure != nil { (filter.from, filter.to) = (nil, nil) }
        var query = filter.cases(
            .open, limit: call.app.settings.pageSize + 1, offset: filter.offset, today: call.today)
        query.view = call.request.query("view").flatMap(CaseQuery.View.init(rawValue:)) ?? .open
        query.state = call.request.query("state").flatMap(CaseState.init(rawValue:))
        let found = try figure.map { try call.desk().cases(behind: $0.query, query) } ?? call.desk().cases(query)
        let size = call.app.settings.pageSize
        let body: Markup =
            found.isEmpty
            ? "<section class=\"card empty\"><h2>\(call.t(.emptyCases))</h2><p>\(call.t(.emptyCasesHelp))</p></section>"
            : CaseList.table(Array(found.prefix(size)), call)
        return call.page(
            call.t(.navCases), .cases, width: .wide,
            """
            <h1>\(call.t(.navCases))</h1>\(figure?.line(call) ?? Markup())\(form(query, filter, figure, call))\(body)\(pager(query, filter, found, call))
            """)
    }

    private static func form(
        _ query: CaseQuery, _ filter: QueueFilter, _ figure: FigureList?, _ call: Call
    ) -> Markup {
        var views = Markup()
        for view in CaseQuery.View.allCases {
            views += call.option(view.rawValue, call.t(name(view)), selected: view == query.view)
        }
        var states = call.option("", call.t(.any), selected: query.state == nil)
        for state in CaseState.allCases {
            states += call.option(state.rawValue, state.name(in: call.language), selected: state == query.state)
        }
        var tracks = call.option("", call.t(.any), selected: query.track == nil)
        for track in Track.allCases {
            tracks += call.option(track.rawValue, track.letter + " " + call.name(track), selected: track == query.track)
        }
        let place = query.area.map { call.place($0) + " " + $0 } ?? filter.unknownPlace ?? ""
        let active = [
            query.view != .open, query.state != nil, query.area != nil, query.track != nil, query.topic != nil,
            query.severity != nil, query.received != nil,
        ]
        .count { $0 }
        let open: Markup = active > 0 || filter.unknownPlace != nil ? " open" : ""
        let unknown: Markup =
            filter.unknownPlace.map { "<p class=\"notice bad\" role=\"alert\">\(call.t(.placeUnknown, $0))</p>" } ?? ""
        return """
            \(unknown)<details class="filter"\(open)><summary>\(call.t(.filter))\(active > 0 ? " <b class=\"dot\">\(active)</b>" : "")</summary><form method="get" action="/cases" class="fields">\(figure?.fields ?? Markup())
            <label>\(call.t(.view))<select name="view">\(views)</select></label>
            <label>\(call.t(.state))<select name="state">\(states)</select></label>
            <label>\(call.t(.place))<input name="place" list="places" value="\(place)" maxlength="100" autocomplete="off"></label>\(QueuePage.placeList(call))
            <label>\(call.t(.track))<select name="track">\(tracks)</select></label>
            <label>\(call.t(.topic))<select name="topic">\(call.option("", call.t(.any), selected: query.topic == nil))\(call.topicOptions(selected: query.topic))</select></label>
            \(figure == nil ? QueuePage.severityAndDays(filter, call) : Markup())
            <div class="buttons"><button class="first">\(call.t(.filterApply))</button> <a class="button" href="/cases">\(call.t(.filterClear))</a></div></form></details>
            """
    }

    static func name(_ view: CaseQuery.View) -> Phrase {
        switch view {
        case .open: .viewOpen
        case .mine: .viewMine
        case .yellow: .viewYellow
        case .red: .viewRed
        case .recurring: .viewRecurring
        case .watched: .viewWatched
        case .snoozed: .viewSnoozed
        case .followUp: .viewFollowUp
        case .all: .viewAll
        }
    }

    private static func pager(_ query: CaseQuery, _ filter: QueueFilter, _ found: [CaseSummary], _ call: Call) -> Markup
    {
        let size = call.app.settings.pageSize
        let mark = found.count > size ? found.prefix(size).last.map { CaseMark($0, in: query.view).text } : nil
        return QueuePage.pager(
            at: filter.offset, before: QueuePage.address(call, at: max(0, filter.offset - size)),
            next: mark.map { QueuePage.address(call, at: filter.offset + size, after: $0) }, call)
    }
}
