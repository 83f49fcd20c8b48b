import CaseStore
import Casework
import Messages

/// Everything at a glance: what came in, what came of it, how quickly, where.
enum OverviewPage {
    static func show(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        // Twelve months, this one among them.
        let first = Self.monthsBack(11, from: call.today)
        let days = first...call.today
        let rows = try desk.statistics(from: first, through: call.today)
        var total = CaseFigures()
        for row in rows { total += row.figures }
        let counts = call.readsCases ? try call.app.counts.counts(for: call).cases : [:]
        var body: Markup = """
            <h1>\(call.t(.navOverview))</h1><p class="dim">\(call.t(.overviewSpan, first.description, call.today.description))</p>
            \(tiles(total, counts, days, try coverage(desk, call), call))
            """
        if rows.isEmpty {
            body +=
                "<section class=\"card empty\"><h2>\(call.t(.emptyCases))</h2><p>\(call.t(.emptyCasesHelp))</p></section>"
        } else {
            body +=
                "<div class=\"charts\">\(byTopic(rows, days, call))\(byArea(rows, days, call))\(byMonth(rows, call))\(byUnit(rows, days, call))</div>"
        }
        body += try reports(desk, call)
        body += "<p class=\"small below\">\(call.t(.overviewNote))</p>"
        return call.page(call.t(.navOverview), .overview, width: .wide, body)
    }

    /// The first day of the month so many months before a day's.
    static func monthsBack(_ months: Int, from day: CivilDay) -> CivilDay {
        let (year, month, _) = day.civil
        let index = year * 12 + month - 1 - months
        return CivilDay(year: index / 12, month: index % 12 + 1, day: 1) ?? day
    }

    // MARK: - Numbers

    private static func tiles(
        _ total: CaseFigures, _ counts: [CaseQuery.View: Int], _ span: ClosedRange<CivilDay>,
        _ more: [(Phrase, String, String?)], _ call: Call
    ) -> Markup {
        func list(_ figure: FigureQuery.Figure) -> String { FigureList.address(figure, span) }
        func share(_ part: Int, _ whole: Int) -> String {
            whole == 0 ? "–" : FlagDetailPage.percent(Double(part) / Double(whole))
        }
        let days = total.answered == 0 ? "–" : String(Double(total.answerDays * 10 / total.answered) / 10)
        let asked = total.satisfied + total.notSatisfied
        var items: [(Phrase, String, String?)] = [
            (.tileReceived, String(total.received), list(.received)),
            (.tileClosed, String(total.ended), list(.ended)),
            (.tileClosedShare, share(total.ended, total.received), list(.ended)),
            (.tileFiveDays, share(total.endedInFiveDays, total.received), list(.fiveDays)),
            (
                .tileFiveWorkingDays, share(total.endedInFiveWorkingDays, total.received), list(.fiveWorkingDays)
            ),
            (.tileFirstAnswer, days, list(.answered)),
            (.tileSatisfied, share(total.satisfied, asked), list(.satisfied)),
            (.tileRecurred, String(total.recurred), list(.recurred)),
            (.tileSupervised, String(total.supervised), list(.supervised)),
        ]
        if !counts.isEmpty {
            items.append((.viewYellow, String(counts[.yellow] ?? 0), "/cases?view=yellow"))
            items.append((.viewRed, String(counts[.red] ?? 0), "/cases?view=red"))
        }
        // Who sees figures alone has no list behind them.
        if !call.readsCases { for index in items.indices { items[index].2 = nil } }
        var html = Markup()
        for (name, value, address) in items + more {
            let inner: Markup = "<b>\(value)</b><span>\(call.t(name))</span>"
            html += address.map { "<li><a href=\"\($0)\">\(inner)</a></li>" } ?? "<li><div>\(inner)</div></li>"
        }
        return "<ul class=\"tiles\">\(html)</ul>"
    }

    /// Which villages are heard at all, for those who are told; the list is on the page of the villages.
    private static func coverage(_ desk: CaseDesk, _ call: Call) throws -> [(Phrase, String, String?)] {
        guard let role = call.person?.role,
            [.intake, .supervisor, .inspector, .analyst, .townshipDiscipline].contains(role)
        else { return [] }
        let coverage = try desk.coverage()
        let covered = Set(coverage.groups.map(\.village)).count
        let all = covered + coverage.villagesWithoutGroup.count
        let address = Section.villages.roles.contains(role) ? "/villages#coverage" : nil
        return [
            (.tileCovered, "\(covered)/\(all)", address),
            (.tileSilent, String(coverage.villagesWithoutExport.count), address),
        ]
    }

    private static func chart(_ title: Phrase, _ head: Phrase, _ bars: [BarChart.Bar], _ call: Call) -> Markup {
        var bars = bars
        if !call.readsCases { for index in bars.indices { bars[index].address = nil } }
        return BarChart(
            title: call.t(title), bars: bars, nameHead: call.t(head), valueHead: call.t(.count),
            tableTitle: call.t(.asTable)
        ).markup
    }

    private static func sums<Key: Hashable>(_ rows: [CaseStatistic], _ key: (CaseStatistic) -> Key?) -> [Key: Int] {
        var sums: [Key: Int] = [:]
        for row in rows { if let key = key(row) { sums[key, default: 0] += row.figures.received } }
        return sums
    }

    private static func byTopic(_ rows: [CaseStatistic], _ days: ClosedRange<CivilDay>, _ call: Call) -> Markup {
        let bars = sums(rows) { $0.topic }.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.prefix(
            12
        )
        .map {
            BarChart.Bar(
                name: call.name($0.key), value: $0.value,
                address: FigureList.address(.received, days, ("topic", $0.key.rawValue)))
        }
        return chart(.chartTopics, .topic, bars, call)
    }

    private static func byArea(_ rows: [CaseStatistic], _ days: ClosedRange<CivilDay>, _ call: Call) -> Markup {
        let bars = sums(rows) { String($0.area.prefix(9)) + "000" }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(15)
            .map {
                BarChart.Bar(
                    name: call.place($0.key), value: $0.value,
                    address: FigureList.address(.received, days, ("place", $0.key)))
            }
        return chart(.chartAreas, .place, bars, call)
    }

    private static func byMonth(_ rows: [CaseStatistic], _ call: Call) -> Markup {
        let bars = sums(rows) { $0.month }.sorted { $0.key < $1.key }
            .map { month, count in
                let end = monthsBack(-1, from: month).advanced(by: -1)
                return BarChart.Bar(
                    name: String(month.description.prefix(7)), value: count,
                    address: FigureList.address(.received, month...end))
            }
        return chart(.chartMonths, .month, bars, call)
    }

    private static func byUnit(_ rows: [CaseStatistic], _ days: ClosedRange<CivilDay>, _ call: Call) -> Markup {
        let bars = sums(rows) { $0.unit }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(15)
            .map {
                BarChart.Bar(
                    name: call.unit($0.key), value: $0.value,
                    address: FigureList.address(.received, days, ("unit", String($0.key))))
            }
        return bars.isEmpty ? Markup() : chart(.chartUnits, .unit, Array(bars), call)
    }

    /// Reports by topic and quarter, as the store gives them: late, and nothing under five.
    private static func reports(_ desk: CaseDesk, _ call: Call) throws -> Markup {
        guard let role = call.person?.role, [.intake, .inspector, .supervisor, .analyst].contains(role) else {
            return Markup()
        }
        var rows = Markup()
        for row in try desk.reportStatistics() {
            rows +=
                "<tr><th scope=\"row\">\(call.name(row.topic))</th><td>\(String(row.quarter.description.prefix(7)))</td><td>\(row.count.map(String.init) ?? call.t(.underFive))</td></tr>"
        }
        guard !rows.isEmpty else { return Markup() }
        return """
            <section class="card"><h2>\(call.t(.reportsTitle))</h2><p class="small">\(call.t(.reportsHelp))</p><table><thead><tr><th>\(call.t(.topic))</th><th>\(call.t(.quarter))</th><th>\(call.t(.count))</th></tr></thead><tbody>\(rows)</tbody></table></section>
            """
    }
}
