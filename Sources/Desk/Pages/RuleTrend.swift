import CaseStore
import Casework
import Lexicons
import Messages

/// Rules' hits and precision over six months.
///
/// Hits are those in complaints, none under five; how often people agreed is a share in tenths of twenty decisions or more:
/// see ``RuleShare``.
enum RuleTrend {
    /// As many rules as an analyst reads at once.
    private static let most = 60

    static func card(_ lexicon: Lexicon, _ call: Call) throws -> Markup {
        let months = (0..<6).reversed().map { OverviewPage.monthsBack($0, from: call.today) }
        let known = try call.app.ruleMonths(for: call, from: months[0])
        var rows: [(rule: String, name: String, total: Int, months: [CivilDay: RuleMonth], isReport: Bool)] = []
        for rule in lexicon.rules {
            guard case .evidence(let topic, _, _) = rule.effect, RuleShare.isFor(call.person?.role, topic),
                let found = known[rule.id]
            else { continue }
            rows.append(
                (
                    rule.id, call.name(topic), found.values.reduce(0) { $0 + ($1.hits ?? 0) }, found,
                    topic.track == .misconduct
                ))
        }
        guard !rows.isEmpty else { return Markup() }
        rows.sort { ($1.total, $0.rule) < ($0.total, $1.rule) }
        var body = Markup()
        for row in rows.prefix(most) {
            var cells = Markup()
            for month in months { cells += "<td>\(cell(row.months[month], row.isReport, call))</td>" }
            body += "<tr><th scope=\"row\"><code>\(row.rule)</code></th><td>\(row.name)</td>\(cells)</tr>\n"
        }
        var heads = Markup()
        for month in months { heads += "<th>\(String(month.description.prefix(7)))</th>" }
        return """
            <section class="card"><h2>\(call.t(.trendTitle))</h2><p class="small">\(call.t(.trendHelp))</p><div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.trendTitle))"><table class="numbers"><thead><tr><th>\(call.t(.rule))</th><th>\(call.t(.topic))</th>\(heads)</tr></thead><tbody>\(body)</tbody></table></div></section>
            """
    }

    private static func cell(_ month: RuleMonth?, _ isReport: Bool, _ call: Call) -> String {
        guard let month else { return "–" }
        let hits = isReport ? "·" : month.hits.map { $0 == 0 ? "–" : String($0) } ?? call.t(.underFive)
        return hits + (month.share.map { "（" + $0.text + "）" } ?? "")
    }
}
