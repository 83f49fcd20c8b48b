import CaseStore
import Casework
import Messages

/// The places, their groups, and flags whose village is not known.
enum VillagesPage {
    static func show(_ call: Call) throws -> WebResponse {
        let places = call.places
        guard !places.entries.isEmpty else {
            return call.page(
                call.t(.navVillages), .villages,
                "<h1>\(call.t(.navVillages))</h1><section class=\"card empty\"><h2>\(call.t(.villagesNone))</h2><p>\(call.t(.villagesNoneHelp))</p><p><code>minsheng gazetteer import</code></p></section>"
            )
        }
        return call.page(
            call.t(.navVillages), .villages,
            "<h1>\(call.t(.navVillages))</h1>\(try waiting(call))\(try coverage(call))\(tree(call))\(QueuePage.placeList(call))"
        )
    }

    /// Flags that nobody could place.
    private static func waiting(_ call: Call) throws -> Markup {
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        filter.unattributed = true
        filter.limit = 20
        let found = try call.desk().flagPage(filter).rows.map(\.record)
        guard !found.isEmpty else {
            return
                "<section class=\"card\"><h2>\(call.t(.waitingTitle))</h2><p class=\"dim\">\(call.t(.waitingNone))</p></section>"
        }
        var rows = Markup()
        for record in found {
            rows += """
                <li class="row" data-row><div class="words"><a href="/flags/\(record.summary.id)"><q>\(record.content.map { call.marked($0, limit: 90) } ?? "–")</q></a></div>\(settling(record, back: "/villages", call))</li>
                """
        }
        return
            "<section class=\"card\"><h2>\(call.t(.waitingTitle))</h2><p>\(call.t(.waitingHelp))</p><ol class=\"rows\">\(rows)</ol></section>"
    }

    /// The form that puts a flag under a village: a button for each candidate.
    static func settling(_ record: FlagRecord, back: String, _ call: Call) -> Markup {
        var buttons = Markup()
        for (index, code) in record.placing.candidates.prefix(5).enumerated() {
            buttons +=
                "<button name=\"village\" value=\"\(code)\" data-settle>\(call.placePath(code)) <kbd>\(index + 1)</kbd></button> "
        }
        return """
            <form method="post" action="/flags/\(record.summary.id)/village" class="row">\(call.tokenField())<input type="hidden" name="back" value="\(back)"><input type="hidden" name="version" value="\(record.summary.version)">
            <label>\(call.t(.teachWords))<input name="teach" maxlength="30" autocomplete="off"></label>\(buttons)</form>
            <form method="post" action="/flags/\(record.summary.id)/village" class="row">\(call.tokenField())<input type="hidden" name="back" value="\(back)"><input type="hidden" name="version" value="\(record.summary.version)">
            <label>\(call.t(.village))<input name="village" list="places" required autocomplete="off"></label><button>\(call.t(.settleVillage))</button></form>
            """
    }

    private static func coverage(_ call: Call) throws -> Markup {
        let coverage = try call.desk().coverage()
        func list(_ phrase: Phrase, _ codes: [String]) -> Markup {
            guard !codes.isEmpty else { return Markup() }
            var html = Markup()
            for code in codes.prefix(100) { html += "<li>\(call.placePath(code))</li>" }
            if codes.count > 100 {
                html += "<li class=\"dim\">\(call.t(.coverageMore, String(codes.count - 100)))</li>"
            }
            return
                "<details><summary>\(call.t(phrase, String(codes.count)))</summary><ul class=\"columns\">\(html)</ul></details>"
        }
        let villages = call.places.entries.count { $0.level == .village }
        return """
            <section class="card" id="coverage"><h2>\(call.t(.coverageTitle))</h2><p>\(call.t(.coverageLine, String(villages), String(villages - coverage.villagesWithoutGroup.count), String(coverage.groups.count)))</p>
            \(list(.coverageWithout, coverage.villagesWithoutGroup))\(list(.coverageSilent, coverage.villagesWithoutExport))</section>
            """
    }

    private static func tree(_ call: Call) -> Markup {
        let groups = Dictionary(grouping: call.places.groups, by: \.village)
        let villages = Dictionary(grouping: call.places.entries.filter { $0.level == .village }) {
            String($0.code.prefix(9))
        }
        var html = Markup()
        // A large county's townships are opened one at a time.
        let asked = call.request.query("township")
        let isSmall = villages.values.reduce(0) { $0 + $1.count } <= 60
        for township in call.places.entries.filter({ $0.level == .township }).sorted(by: { $0.code < $1.code }) {
            let inside = (villages[String(township.code.prefix(9))] ?? []).sorted { $0.code < $1.code }
            guard isSmall || asked == township.code else {
                html += """
                    <p class="township"><a href="/villages?township=\(township.code)#\(township.code)">\(township.name)</a> <span class="dim">\(call.t(.villageCount, String(inside.count)))</span></p>
                    """
                continue
            }
            let open: Markup = asked == township.code ? " open" : ""
            var rows = Markup()
            for village in inside {
                let names = (groups[village.code] ?? []).map { "\($0.name)（\($0.noticePostedOn)）" }.joined(
                    separator: "、")
                let other = village.aliases.map(\.text).joined(separator: "、")
                rows +=
                    "<tr><th scope=\"row\"><a href=\"/cases?view=open&amp;place=\(village.code)\">\(village.name)</a></th><td><code>\(village.code)</code></td><td>\(other)</td><td>\(names.isEmpty ? call.t(.groupNone) : names)</td></tr>"
            }
            html += """
                <details class="township" id="\(township.code)"\(open)><summary>\(township.name) <span class="dim">\(call.t(.villageCount, String(inside.count)))</span></summary><div class="scroll" tabindex="0" role="region" aria-label="\(township.name)"><table><thead><tr><th>\(call.t(.village))</th><th>\(call.t(.code))</th><th>\(call.t(.otherNames))</th><th>\(call.t(.groupsNotice))</th></tr></thead><tbody>\(rows)</tbody></table></div></details>
                """
        }
        return "<section class=\"card\"><h2>\(call.t(.treeTitle))</h2>\(GroupForm.markup(call))\(html)</section>"
    }
}
