import CaseStore

/// Filters of the queue that a person keeps under a name; they go along to any browser, and nobody else sees them.
enum SavedFilters {
    /// How many one person may keep: more would not be found again at a glance.
    static let most = 8

    /// The list with what takes one out of it, and the form that keeps the present filter.
    static func box(_ filter: QueueFilter, _ call: Call) throws -> Markup {
        // A list that another program has damaged must keep nobody from working; keeping another mends it.
        let kept = (try? call.desk().savedFilters()) ?? []
        var links = Markup()
        for one in kept where one.address.hasPrefix("/queue?") {
            links += """
                <li><a href="\(one.address)">\(one.name)</a> <form method="post" action="/filters/delete">\(call.tokenField())<input type="hidden" name="name" value="\(one.name)"><button class="plain" aria-label="\(call.t(.savedDelete, one.name))">×</button></form></li>
                """
        }
        let list: Markup = links.isEmpty ? "" : "<ul class=\"saved\">\(links)</ul>"
        return """
            <div class="savedbox">\(list)<form method="post" action="/filters" class="row">\(call.tokenField())
            <input type="hidden" name="address" value="\(filter.address())">
            <label>\(call.t(.savedName))<input name="name" required maxlength="20"></label><button>\(call.t(.savedSave))</button></form></div>
            """
    }

    /// Keeps a filter: in the place of one of the same name, and of the oldest where there are many.
    static func save(_ call: Call) throws -> WebResponse {
        let address = SignInPages.local(call.field("address"))
        let words = (call.field("name") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, address.hasPrefix("/queue?") else { throw WebProblem(422, .errorForm) }
        let one = SavedFilter(name: String(words.prefix(20)), address: address)
        let desk = try call.desk()
        let others = ((try? desk.savedFilters()) ?? []).filter { $0.name != one.name }
        try desk.keep(others.suffix(most - 1) + [one])
        return .see(address)
    }

    static func delete(_ call: Call) throws -> WebResponse {
        let desk = try call.desk()
        let kept = try desk.savedFilters()
        let others = kept.filter { $0.name != call.field("name") }
        guard others.count < kept.count else { throw WebProblem(404, .errorNotFound) }
        try desk.keep(others)
        return .see("/queue")
    }
}
