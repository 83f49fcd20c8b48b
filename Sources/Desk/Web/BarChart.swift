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
        let (line, width) = (26, 640)
        let names = 150
        var shapes = Markup()
        for (index, bar) in bars.enumerated() {
            let y = index * line
            let length = max(bar.value > 0 ? 2 : 0, bar.value * (width - names - 60) / most)
            shapes += """
                <g><title>\(bar.name): \(bar.value)</title><text x="\(names - 10)" y="\(y + 17)" text-anchor="end">\(shortened(bar.name))</text>\
                <rect x="\(names)" y="\(y + 4)" width="\(length)" height="16" rx="3"/><text class="value" x="\(names + length + 8)" y="\(y + 17)">\(bar.value)</text></g>
                """
        }
        var rows = Markup()
        for bar in bars {
            let value: Markup = bar.address.map { "<a href=\"\($0)\">\(bar.value)</a>" } ?? "\(bar.value)"
            rows += "<tr><th scope=\"row\">\(bar.name)</th><td>\(value)</td></tr>"
        }
        return """
            <figure class="card chart"><figcaption><h2>\(title)</h2></figcaption>
            <svg viewBox="0 0 \(width) \(max(1, bars.count) * line)" role="img" aria-label="\(title)">\(shapes)</svg>
            <details><summary>\(tableTitle)</summary><table><thead><tr><th>\(nameHead)</th><th>\(valueHead)</th></tr></thead><tbody>\(rows)</tbody></table></details></figure>

            """
    }

    private func shortened(_ name: String) -> String { name.count > 11 ? String(name.prefix(10)) + "…" : name }
}
