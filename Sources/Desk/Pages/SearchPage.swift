import CaseStore
import Casework
import Foundation
import Messages
import Workbench

/// Search over the summaries that a person may read.
enum SearchPage {
    static func show(_ call: Call) throws -> WebResponse {
        let words = (call.request.query("q") ?? "").split(separator: " ").joined(separator: " ")
        let filter = QueueFilter(call)
        var body: Markup = "<p class=\"dim\">\(call.t(.searchHelp))</p>"
        if !words.isEmpty {
            if let jump = jump(words) { return .see(jump) }
            var query = filter.cases(
                .all, limit: call.app.settings.pageSize + 1, offset: filter.offset, today: call.today)
            query.words = words
            let size = call.app.settings.pageSize
            query.limit = size
            let desk = try call.desk()
            var (hits, total) = try desk.search(query, by: call.app.search())
            var (sought, apart) = (words, Markup())
            if hits.isEmpty, let parts = cut(words, call) {
                query.words = parts
                (hits, total) = try desk.search(query, by: call.app.search())
                if !hits.isEmpty { (sought, apart) = (parts, "<p class=\"dim\">\(call.t(.searchApart, parts))</p>") }
            }
            var marks: [String: Markup] = [:]
            for hit in hits { marks[hit.summary.number] = marked(hit.snippet, sought) }
            let count = call.t(total >= 1000 ? .searchMore : .searchFound, String(total))
            body =
                hits.isEmpty
                ? "<section class=\"card empty\"><h2>\(call.t(.searchNone, words))</h2><p>\(call.t(.searchNoneHelp))</p></section>"
                : "\(apart)<p role=\"status\">\(count)</p>\(CaseList.table(hits.map(\.summary), marks: marks, call))\(pager(filter, more: filter.offset + hits.count < total, call))"
        }
        return call.page(
            call.t(.navSearch), .search, width: .wide,
            """
            <h1>\(call.t(.navSearch))</h1>
            <form method="get" action="/search" role="search" class="card flat seek">
            <div class="row"><label class="grow">\(call.t(.searchWords))<input type="search" name="q" value="\(words)" maxlength="100" data-key="/" autofocus></label>
            <button class="first">\(call.t(.navSearch))</button></div>
            \(narrowing(filter, call))</form>
            \(body)
            """)
    }

    /// What narrows a search; open where something does.
    private static func narrowing(_ filter: QueueFilter, _ call: Call) -> Markup {
        var tracks = call.option("", call.t(.any), selected: filter.track == nil)
        for track in Track.allCases {
            tracks += call.option(
                track.rawValue, track.letter + " " + call.name(track), selected: track == filter.track)
        }
        let active = filter.terms.count { !["expanded", "rule"].contains($0.0) }
        let isOpen = active > 0 || filter.unknownPlace != nil
        let place = filter.place.map { call.place($0) + " " + $0 } ?? filter.unknownPlace ?? ""
        let unknown: Markup =
            filter.unknownPlace.map { "<p class=\"notice bad\" role=\"alert\">\(call.t(.placeUnknown, $0))</p>" } ?? ""
        return """
            <details\(isOpen ? " open" : "")><summary>\(call.t(.filter))\(active > 0 ? " <b class=\"dot\">\(active)</b>" : "")</summary>\(unknown)<div class="fields">
            <label>\(call.t(.track))<select name="track">\(tracks)</select></label>
            <label>\(call.t(.topic))<select name="topic">\(call.option("", call.t(.any), selected: filter.topic == nil))\(call.topicOptions(selected: filter.topic))</select></label>
            <label>\(call.t(.place))<input name="place" list="places" value="\(place)" maxlength="100" autocomplete="off"></label>\(QueuePage.placeList(call))
            \(QueuePage.severityAndDays(filter, call))
            </div></details>
            """
    }

    /// What was typed in one piece, cut into its words: they may stand apart in a summary.
    private static func cut(_ words: String, _ call: Call) -> String? {
        guard words.count >= 4, !words.contains(" "), let bench = try? call.app.bench() else { return nil }
        let parts = TextTrial(words, analyser: bench.analyser, lexicon: bench.lexicon).words.filter { $0.count > 1 }
        return parts.count > 1 ? parts.joined(separator: " ") : nil
    }

    /// A snippet with the words that were looked for marked.
    private static func marked(_ snippet: String, _ words: String) -> Markup {
        var html = Markup()
        var rest = snippet[...]
        let terms = words.split(separator: " ").map(String.init)
        while let found = terms.compactMap({ rest.range(of: $0, options: .caseInsensitive) }).min(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            html += "\(String(rest[..<found.lowerBound]))<mark>\(String(rest[found]))</mark>"
            rest = rest[found.upperBound...]
        }
        html += "\(String(rest))"
        return html
    }

    /// The number of a case leads to the case.
    private static func jump(_ words: String) -> String? {
        let parts = words.split(separator: "-")
        guard parts.count == 4, parts[0].utf8.count == 6, parts[0].allSatisfy(\.isNumber), parts[2].utf8.count == 1
        else {
            return nil
        }
        return "/cases/" + FormText.encoded(words.uppercased())
    }

    private static func pager(_ filter: QueueFilter, more: Bool, _ call: Call) -> Markup {
        let size = call.app.settings.pageSize
        return QueuePage.pager(
            at: filter.offset, before: QueuePage.address(call, at: max(0, filter.offset - size)),
            next: more ? QueuePage.address(call, at: filter.offset + size) : nil, call)
    }
}
