/// A chart drawn by the server: bars, with a table of the same numbers under it.
///
/// No script and no style attribute, so that it lives under the desk's policy, prints, and can be read aloud.
struct BarChart {
    /// One bar.
    struct Bar {
        var name: String
        var value: Int
        /// Where its number opens its list; nil where there is none.
        var address: String?
    }

    var title: String
    var bars: [Bar]
    /// What the names and the values are, for the table's head.
    var nameHead: String
    var valueHead: String
    var tableTitle: String

    var markup: Markup {
        let most = max(1, bars.map(\.value).max() ?? 1)
        let line = 26
        // Lengths are shares of the width, letters are not: a chart is as legible on a phone.
        var (names, shapes) = (Markup(), Markup())
        for (index, bar) in bars.enumerated() {
            let y = index * line
            let share = max(bar.value > 0 ? 1 : 0, bar.value * 100 / most)
            names += "<text x=\"36%\" y=\"\(y + 17)\" text-anchor=\"end\">\(shortened(bar.name))</text>"
            shapes += """
                <g><title>\(bar.name): \(bar.value)</title><rect y="\(y + 4)" width="\(share)%" height="16" rx="3"/>\
                <text class="value" x="\(share)%" dx="6" y="\(y + 17)">\(bar.value)</text></g>
                """
        }
        var rows = Markup()
        for bar in bars {
            let value: Markup = bar.address.map { "<a href=\"\($0)\">\(bar.value)</a>" } ?? "\(bar.value)"
            rows += "<tr><th scope=\"row\">\(bar.name)</th><td>\(value)</td></tr>"
        }
        return """
            <figure class="card chart"><figcaption><h2>\(title)</h2></figcaption>
            <svg height="\(max(1, bars.count) * line)" role="img" aria-label="\(title)">\(names)<svg x="38%" width="48%" overflow="visible">\(shapes)</svg></svg>
            <details><summary>\(tableTitle)</summary><table><thead><tr><th>\(nameHead)</th><th>\(valueHead)</th></tr></thead><tbody>\(rows)</tbody></table></details></figure>

            """
    }

    /// As much as fits into a third of a phone's width: eight characters, or twice as many letters.
    private func shortened(_ name: String) -> String {
        var width = 0
        for (count, character) in name.enumerated() {
            width += character.isASCII ? 1 : 2
            if width > 17 { return String(name.prefix(max(1, count - 1))) + "…" }
        }
        return name
    }
}
