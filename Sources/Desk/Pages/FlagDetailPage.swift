import CaseStore
import Casework
import Lexicons
import Messages

/// One flag: what was said, why the machine says so, and what a person makes of it.
enum FlagDetailPage {
    static func show(_ call: Call) throws -> WebResponse { try show(call, problem: nil) }

    static func show(_ call: Call, problem: Failure?) throws -> WebResponse {
        let id = try call.idInPath()
        let record = try call.desk().flag(id)
        var filter = QueueFilter(call)
        filter.isExpanded = false
        // The address counts from 1: without a position there are no neighbours.
        let position = filter.offset
        let neighbours = try position > 0 ? Neighbours(of: id, at: position - 1, filter, call) : Neighbours()
        let alert: Markup =
            problem.map { "<div class=\"notice bad\" role=\"alert\"><span>\($0.text)</span></div>" } ?? Markup()
        return call.page(
            call.t(.flagTitle, String(id)), .queue, status: problem?.status ?? 200,
            """
            \(head(record.summary, filter, neighbours, call))
            \(alert)
            <div class="split">
            <div class="left">\(words(record, call))\(why(record, call))</div>
            <div class="right">\(try decision(record, filter, call))</div>
            </div>
            """)
    }

    /// The flags before and behind this one in the queue.
    struct Neighbours {
        var before: Int?
        var next: Int?

        init() {}

        init(of id: Int, at index: Int, _ filter: QueueFilter, _ call: Call) throws {
            let first = max(0, index - 1)
            let around = try FlagList(filter, limit: 3, offset: first, call).rows.map(\.record.summary.id)
            if let here = around.firstIndex(of: id) {
                before = here > 0 ? around[here - 1] : nil
                next = here + 1 < around.count ? around[here + 1] : nil
            } else {
                next = around.first
            }
        }
    }

    private static func head(
        _ flag: FlagSummary, _ filter: QueueFilter, _ neighbours: Neighbours, _ call: Call
    ) -> Markup {
        let at = filter.offset
        let before: Markup =
            neighbours.before.map {
                "<a class=\"button\" rel=\"prev\" data-key=\"k\" href=\"\(filter.address("/flags/\($0)", at: at - 1))\">← <kbd>K</kbd> \(call.t(.flagBefore))</a>"
            } ?? Markup()
        let next: Markup =
            neighbours.next.map {
                "<a class=\"button\" rel=\"next\" data-key=\"j\" href=\"\(filter.address("/flags/\($0)", at: at + 1))\">\(call.t(.flagNext)) <kbd>J</kbd> →</a>"
            } ?? Markup()
        let queue = filter.address(at: max(0, at - 1) / call.app.settings.pageSize * call.app.settings.pageSize)
        return """
            <div class="crumbs"><a href="\(queue)">← \(call.t(.navQueue))</a> <span class="push"></span> \(call.keysButton()) \(before) \(next)</div>
            <div class="titleline"><h1>\(call.t(.flagTitle, String(flag.id)))</h1> <span class="unverified">\(call.t(.unverified))</span> \
            \(call.badges(flag.track, flag.topic, flag.severity)) \(QueuePage.expiryMark(flag, call))</div>
            """
    }

    private static func words(_ record: FlagRecord, _ call: Call) -> Markup {
        guard let content = record.content else {
            return "<section class=\"card\"><p>\(call.t(.wordsErased))</p></section>"
        }
        let quote: Markup =
            content.quote.map { "<blockquote class=\"quoted\"><p>\(call.t(.quotedWords))</p>\($0)</blockquote>" }
            ?? Markup()
        let flag = record.summary
        let count: Markup =
            flag.messageCount > 1 ? " · \(call.t(.flagMessages, String(flag.messageCount)))" : Markup()
        return """
            <section class="card said" aria-label="\(call.t(.flagWords))">\(quote)<q class="big">\(call.marked(content))</q>
            <p class="meta"><time datetime="\(CivilDay(flag.day).description)">\(CivilDay(flag.day).description)</time>\(count) · \(call.t(.flagMasked))</p></section>
            """
    }

    // MARK: - Why

    private static func why(_ record: FlagRecord, _ call: Call) -> Markup {
        let flag = record.summary
        var rules = Markup()
        for rule in flag.rules {
            let said = record.content.map { content -> String in
                let bytes = Array(content.text.utf8)
                let parts = content.hits.filter { $0.rule == rule }.prefix(4).map {
                    String(decoding: bytes[$0.span.clamped(to: 0..<bytes.count)], as: UTF8.self)
                }
                return parts.joined(separator: "、")
            }
            rules += """
                <li><code>\(rule)</code> \(said.map { "<mark>\($0)</mark>" } ?? "")\(precision(rule, call))</li>
                """
        }
        var weakened = Markup()
        if !record.guards.isEmpty {
            weakened += "<p>\(call.t(.flagGuards)) <code>\(record.guards.joined(separator: ", "))</code></p>"
        }
        if !record.undecided.isEmpty {
            weakened += "<p>\(call.t(.flagUndecided)) <code>\(record.undecided.joined(separator: ", "))</code></p>"
        }
        return """
            <section class="card"><h2>\(call.t(.whyTitle))</h2><ul class="why">\(rules)</ul>\(weakened)
            <p class="meta">\(call.t(.flagScore)) \(percent(flag.score)) · \(call.t(.lexiconVersion)) <code>\(String(record.lexiconVersion.prefix(8)))</code></p>
            <h2>\(call.t(.placeTitle))</h2>\(village(flag, call))</section>
            """
    }

    private static func precision(_ rule: String, _ call: Call) -> Markup {
        guard let share = call.share(of: rule, on: nil) else { return Markup() }
        return " <span class=\"dim\">\(call.t(.rulePrecision, share.text))</span>"
    }

    static func percent(_ value: Double) -> String { String(Int((value * 100).rounded())) + "%" }

    private static func village(_ flag: FlagSummary, _ call: Call) -> Markup {
        let group = call.places.groups.first { $0.id == flag.groupID }
        let home: Markup =
            group.map { "<p class=\"meta\">\(call.t(.placeHome, call.placePath($0.village)))</p>" } ?? Markup()
        guard let village = flag.village else { return "<p>\(call.t(.placeWaiting))</p>\(home)" }
        let basis: Phrase =
            switch village.basis {
            case .text: .basisText
            case .township: .basisTownship
            case .parent: .basisParent
            case .group: .basisGroup
            }
        return """
            <p><b>\(call.placePath(village.code))</b> <span class="dim">\(call.t(basis)) · \(percent(village.confidence))</span></p>\(home)
            """
    }

    // MARK: - The decision

    private static func decision(_ record: FlagRecord, _ filter: QueueFilter, _ call: Call) throws -> Markup {
        let flag = record.summary
        guard [.new, .claimed].contains(flag.state) else {
            return "<section class=\"card\"><h2>\(call.t(.decideTitle))</h2><p>\(call.t(.flagEnded))</p></section>"
        }
        if call.app.dismissals.flags.contains(flag.id) {
            return """
                <section class="card"><h2>\(call.t(.decideTitle))</h2><p>\(call.t(.flagDismissing))</p>
                <form method="post" action="/flags/\(flag.id)/undo">\(call.tokenField())<button class="first" data-key="u">\(call.t(.undo)) <kbd>U</kbd></button></form></section>
                """
        }
        let similar = try similarCases(flag, call)
        return """
            <section class="card decide"><h2>\(call.t(.decideTitle))</h2>
            <form method="post" action="\(filter.address("/flags/\(flag.id)", at: filter.offset))" id="decision">
            \(call.tokenField())<input type="hidden" name="version" value="\(flag.version)">
            \(try verdicts(flag, hasSimilar: !similar.isEmpty, call))
            \(fields(flag, call))
            \(similarField(similar, call))
            <button class="first wide">\(call.t(.confirmNext)) <kbd>Enter</kbd></button>
            </form></section>
            """
    }

    private static func verdicts(_ flag: FlagSummary, hasSimilar: Bool, _ call: Call) throws -> Markup {
        let chosen = call.field("verdict").flatMap(FlagVerdict.init(rawValue:)) ?? FlagVerdict(flag.track)
        var html = Markup()
        for (index, verdict) in FlagVerdict.allCases.enumerated() {
            guard verdict.isAllowed(to: call.person?.role) else { continue }
            let checked: Markup = verdict == chosen ? " checked" : ""
            html += """
                <label class="choice"><input type="radio" name="verdict" value="\(verdict.rawValue)" data-key="\(index + 1)"\(checked)>\
                <span><kbd>\(index + 1)</kbd> \(call.t(verdict.name))</span></label>
                """
        }
        return "<fieldset class=\"verdicts\"><legend>\(call.t(.verdict))</legend>\(html)</fieldset>"
    }

    private static func fields(_ flag: FlagSummary, _ call: Call) -> Markup {
        let place =
            call.field("area") ?? flag.village.map { call.place($0.code) + " " + $0.code } ?? homeText(flag, call)
        let topic = call.field("topic").flatMap(Topic.init(rawValue:)) ?? flag.topic
        let summary = call.field("summary") ?? suggestion(flag, call)
        return """
            <div class="grid2 for-case"><label><span>\(call.t(.village)) <kbd>A</kbd></span><input name="area" list="places" data-key="a" value="\(place)" autocomplete="off"></label>\(QueuePage.placeList(call))
            <label><span>\(call.t(.topic)) <kbd>T</kbd></span><select name="topic" data-key="t">\(call.topicOptions(selected: topic))</select></label></div>
            <label class="for-case"><span>\(call.t(.summaryOwn)) <kbd>S</kbd></span><textarea name="summary" data-key="s" rows="3" maxlength="2000" aria-describedby="summary-help" data-template="\(flag.village.map { call.place($0.code) } ?? "")\(suggestion(about: "{}"))">\(summary)</textarea></label>
            <p class="small for-case" id="summary-help">\(call.t(.summaryHelp))</p>
            \(accused(flag, call))
            <label class="for-dismiss">\(call.t(.reason))<select name="reason">\(DismissalReason.options(call))</select></label>
            """
    }

    /// The place of the group's register where the text names none.
    private static func homeText(_ flag: FlagSummary, _ call: Call) -> String {
        guard let home = call.places.groups.first(where: { $0.id == flag.groupID })?.village else { return "" }
        return call.place(home) + " " + home
    }

    /// A summary that says nothing but place and topic, to begin with; none for a report.
    private static func suggestion(_ flag: FlagSummary, _ call: Call) -> String {
        let place = flag.village.map { call.place($0.code) } ?? ""
        let topic = call.app.taxonomy.name(of: flag.topic, in: .zh)
        return flag.track == .misconduct ? "" : place + suggestion(about: topic)
    }

    /// The same for a place and any topic.
    private static func suggestion(about topic: String) -> String { "群众反映\(topic)问题，请核实处理。" }

    /// Who is spoken of; empty for the village and its township.
    private static func accused(_ flag: FlagSummary, _ call: Call) -> Markup {
        guard call.person?.role == .intake else { return Markup() }
        let area = flag.village?.code ?? call.places.groups.first { $0.id == flag.groupID }?.village ?? ""
        var options = call.option("", call.t(.accusedDefault), selected: true)
        for unit in call.units.values.filter({ $0.covers(area) && !$0.kind.isCommission }).sorted(by: { $0.id < $1.id })
        {
            options += call.option("\(unit.id)", unit.name, selected: false)
            for post in call.officials where post.unit == unit.id {
                options += call.option("\(unit.id):\(post.id)", unit.name + " " + post.post, selected: false)
            }
        }
        return "<label class=\"for-misconduct\">\(call.t(.accused))<select name=\"accused\">\(options)</select></label>"
    }

    // MARK: - Similar cases

    /// Open cases of the same place and topic, the newest first.
    private static func similarCases(_ flag: FlagSummary, _ call: Call) throws -> [CaseSummary] {
        guard call.person?.role == .intake else { return [] }
        return Array(try call.desk().similarCases(to: flag.id).prefix(6))
    }

    private static func similarField(_ cases: [CaseSummary], _ call: Call) -> Markup {
        guard !cases.isEmpty else {
            return
                "<p class=\"small for-repeat\">\(call.t(.similarNone))</p><label class=\"for-repeat\">\(call.t(.caseNumber))<input name=\"number\" maxlength=\"40\"></label>"
        }
        var html = Markup()
        for (index, one) in cases.enumerated() {
            let checked: Markup = index == 0 ? " checked" : ""
            html += """
                <li><label><input type="radio" name="number" value="\(one.number)"\(checked)> \(one.number)</label> <a href="/cases/\(one.number)">\(call.place(one.area)) · \(one.state.name(in: call.language)) · \(one.receivedOn.description)</a></li>
                """
        }
        return "<fieldset class=\"similar\"><legend>\(call.t(.similarTitle))</legend><ul>\(html)</ul></fieldset>"
    }
}
