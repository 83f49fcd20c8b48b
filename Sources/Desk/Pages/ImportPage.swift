import CaseStore
import Casework
import ChatExports
import Messages
import Pipeline

/// Dropping exports, and what came of them.
enum ImportPage {
    static func show(_ call: Call) throws -> WebResponse {
        let jobs = call.app.imports.jobs(of: call.person?.id ?? -1)
        let address = "/import?token=" + FormText.encoded(call.session?.csrf ?? "")
        var rows = Markup()
        for job in jobs { rows += row(job, call) }
        let list: Markup =
            rows.isEmpty
            ? "" : "<section class=\"card\"><h2>\(call.t(.importNow))</h2><ul class=\"jobs\">\(rows)</ul></section>"
        let groups = call.places.groups.count
        let none: Markup =
            groups == 0
            ? "<p class=\"notice bad\" role=\"alert\">\(call.t(.importNoGroups)) <a href=\"/villages\">\(call.t(.navVillages))</a></p>"
            : ""
        return call.page(
            call.t(.navImport), .importing,
            """
            <h1>\(call.t(.navImport))</h1>\(none)
            <section class="card"><form method="post" action="\(address)" enctype="multipart/form-data" class="drop" data-drop>
            <label for="files"><b>\(call.t(.importDrop))</b><span>\(call.t(.importDropHelp))</span></label>
            \(exporterChoice(call))<input id="files" type="file" name="file" multiple required><button class="first">\(call.t(.importStart))</button>
            <progress hidden max="100" value="0" aria-label="\(call.t(.importSending))"></progress><p role="status" data-drop-status></p></form>
            <p class="small">\(call.t(.importPromise))</p></section>
            \(list)\(try batches(call))
            """)
    }

    /// Who made the export: where it was one of those whom complaints may be about, lines may be missing.
    private static func exporterChoice(_ call: Call) -> Markup {
        var options = call.option("", call.t(.exporterUnknown), selected: true)
        for role in ExporterRole.allCases { options += call.option(role.rawValue, call.t(name(role)), selected: false) }
        return "<label class=\"inline\">\(call.t(.exporter))<select name=\"exporter\">\(options)</select></label>"
    }

    private static func name(_ role: ExporterRole) -> Phrase {
        switch role {
        case .owner: .exporterOwner
        case .cadre: .exporterCadre
        case .township: .exporterTownship
        case .resident: .exporterResident
        case .other: .exporterOther
        }
    }

    private static func row(_ job: ImportJobs.Job, _ call: Call) -> Markup {
        let busy: Markup = job.isOver ? "" : " data-busy"
        return
            "<li\(busy)><a href=\"/import/\(job.id)\">\(job.name)</a> <span class=\"dim\">\(size(job.size))</span> \(state(job, call))</li>"
    }

    private static func state(_ job: ImportJobs.Job, _ call: Call) -> Markup {
        switch job.state {
        case .waiting: return "<span class=\"badge\">\(call.t(.importWaiting))</span>"
        case .running(let messages):
            return "<span class=\"badge yellow\">\(call.t(.importRunning, String(messages)))</span>"
        case .cancelled: return "<span class=\"badge\">\(call.t(.importCancelled))</span>"
        case .failed: return "<span class=\"badge red\">\(call.t(.importFailed))</span>"
        case .done(let reports):
            var total = FileCounts()
            for report in reports { total += report.counts }
            let mark = reports.contains(where: \.needsALook) ? "yellow" : "green"
            return
                "<span class=\"badge \(mark)\">\(call.t(.importDone, String(total.read), String(total.flagged), String(total.rejected + total.refused + reports.count { $0.failure != nil })))</span>"
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) / 1024) kB" : "\(bytes / (1 << 20)) MB"
    }

    /// What earlier imports counted, but for the flags that they made: whoever is tied to somebody would see how many are
    /// kept from them.
    private static func batches(_ call: Call) throws -> Markup {
        let batches = try call.app.store.imports().prefix(20)
        guard !batches.isEmpty else {
            return
                "<section class=\"card empty\"><h2>\(call.t(.importNever))</h2><p>\(call.t(.importNeverHelp))</p></section>"
        }
        var rows = Markup()
        for batch in batches {
            let counts = batch.counts
            let days =
                counts.firstDay.map { CivilDay($0).description + " – " + CivilDay(counts.lastDay ?? $0).description }
                ?? "–"
            var cells = Markup()
            for (head, value) in [
                (Phrase.day, CivilDay(batch.source.startedOn).description), (.format, batch.source.format),
                (.span, days),
                (.countRead, String(counts.read)), (.countNew, String(counts.new)),
                (.countRefused, String(counts.refused)), (.countRejected, String(counts.rejected)),
            ] {
                cells += "<td data-label=\"\(call.t(head))\">\(value)</td>"
            }
            rows += "<tr><th scope=\"row\">#\(batch.id)</th>\(cells)</tr>"
        }
        return """
            <section class="card"><h2>\(call.t(.importEarlier))</h2><div class="scroll" tabindex="0" role="region" aria-label="\(call.t(.importEarlier))"><table class="numbers fold"><thead><tr><th>\(call.t(.id))</th><th>\(call.t(.day))</th><th>\(call.t(.format))</th><th>\(call.t(.span))</th><th>\(call.t(.countRead))</th><th>\(call.t(.countNew))</th><th>\(call.t(.countRefused))</th><th>\(call.t(.countRejected))</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    // MARK: - One file

    static func job(_ call: Call) throws -> WebResponse {
        guard let job = try call.app.imports.job(call.idInPath(), of: call.person?.id ?? -1) else {
            throw WebProblem(404, .errorNotFound)
        }
        var body = Markup()
        switch job.state {
        case .waiting: body += cancelForm(job, call)
        case .running: body += "<p>\(call.t(.importRunningHelp))</p>\(cancelForm(job, call))"
        case .cancelled: body += "<p>\(call.t(.importCancelledHelp))</p>"
        case .failed(let why):
            body +=
                "<p class=\"notice bad\" role=\"alert\">\(named(why.text(in: call.language), job))</p><p>\(call.t(.importAgain))</p>"
        case .done(let reports):
            for report in reports where !report.isPassedOver { body += file(report, of: job, call) }
        }
        let busy: Markup = job.isOver ? "" : " data-busy"
        return call.page(
            job.name, .importing,
            """
            <div class="crumbs"><a href="/import">← \(call.t(.navImport))</a></div>
            <h1\(busy)>\(job.name)</h1><p>\(state(job, call)) <span class="dim">\(size(job.size))</span></p>\(body)
            """)
    }

    private static func cancelForm(_ job: ImportJobs.Job, _ call: Call) -> Markup {
        """
        <form method="post" action="/import/\(job.id)/cancel">\(call.tokenField())<button>\(call.t(.importCancel))</button></form>
        """
    }

    /// An error's words with the name that the person knows in the place of where the bytes lie in memory.
    private static func named(_ text: String, _ job: ImportJobs.Job) -> String {
        text.replacing(#/\/proc\/self\/fd\/[0-9]+/#, with: job.name)
    }

    private static func file(_ report: FileReport, of job: ImportJobs.Job, _ call: Call) -> Markup {
        if let failure = report.failure {
            return
                "<section class=\"card warn\"><h2>\(report.file)</h2><p>\(named(failure.explanation(in: call.language), job))</p></section>"
        }
        let counts = report.counts
        var notes = Markup()
        for reject in report.rejects.prefix(200) { notes += "<li>\(reason(reject, call))</li>" }
        if counts.rejected > report.rejects.count {
            notes += "<li>\(call.t(.importMoreRejects, String(counts.rejected - report.rejects.count)))</li>"
        }
        for gap in report.gaps { notes += "<li>\(gap.explanation(in: call.language))</li>" }
        for refused in report.refused {
            notes +=
                "<li>\(call.t(.importRefused, refused.group.name, String(refused.messages))) <a href=\"/villages\">\(call.t(.navVillages))</a></li>"
        }
        for early in report.early {
            let (group, day) = (early.group.name, early.group.noticePostedOn)
            notes += "<li>\(call.t(.importEarly, group, day, String(early.messages)))</li>"
        }
        let list: Markup =
            notes.isEmpty ? "" : "<details open><summary>\(call.t(.importNotes))</summary><ul>\(notes)</ul></details>"
        return """
            <section class="card"><h2>\(report.file)</h2><p class="meta">\(report.detection?.format ?? "–") · \(report.detection?.encoding.rawValue ?? "–")</p>
            <dl class="facts"><div><dt>\(call.t(.countRead))</dt><dd>\(counts.read)</dd></div><div><dt>\(call.t(.countNew))</dt><dd>\(counts.new)</dd></div><div><dt>\(call.t(.countSeen))</dt><dd>\(counts.seen)</dd></div><div><dt>\(call.t(.countFlagged))</dt><dd>\(counts.flagged)</dd></div><div><dt>\(call.t(.countRefused))</dt><dd>\(counts.refused)</dd></div><div><dt>\(call.t(.countRejected))</dt><dd>\(counts.rejected)</dd></div></dl>\(list)</section>
            """
    }

    private static func reason(_ reject: Reject, _ call: Call) -> String {
        let phrase: Phrase =
            switch reject.reason {
            case .notJSON: .rejectNotJSON
            case .endsEarly: .rejectEndsEarly
            case .missingField: .rejectMissingField
            case .badTime: .rejectBadTime
            case .strayLine: .rejectStrayLine
            case .wrongColumns: .rejectWrongColumns
            case .tooLong: .rejectTooLong
            case .badEncoding: .rejectBadEncoding
            }
        return call.t(.rejectAt, String(reject.origin.line), call.t(phrase))
    }

    // MARK: - Acts

    /// The file's own name: what a browser sends as a path is cut down to it.
    static func fileName(_ sent: String) -> String {
        let last = sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "export"
        return String(last.prefix(120))
    }

    static func upload(_ call: Call) throws -> WebResponse {
        guard let person = call.person else { throw WebProblem(401, .errorSignIn) }
        let body = call.request.body
        var files: [(String, [UInt8])] = []
        var exporter = call.request.query("exporter")
        if let boundary = Multipart.boundary(of: call.request.header("content-type")) {
            files = Multipart.files(in: body, boundary: boundary).map { ($0.name, Array(body[$0.range])) }
            exporter = Multipart.field("exporter", in: body, boundary: boundary)
        } else if let name = call.request.query("name") {
            files = [(name, body)]
        }
        files.removeAll { $0.1.isEmpty }
        guard !files.isEmpty else { throw WebProblem(422, .errorNoFile) }
        for (name, bytes) in files {
            let job = call.app.imports.add(
                fileName(name), bytes, by: person.id, exporter: exporter.flatMap(ExporterRole.init(rawValue:)),
                folder: call.app.store.folder, lexicons: call.app.settings.lexicons)
            if job == nil { throw WebProblem(503, .errorImportFull) }
        }
        return .see("/import")
    }

    static func cancel(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        guard call.app.imports.cancel(id, by: call.person?.id ?? -1) else { throw WebProblem(409, .errorImportRuns) }
        return .see("/import/\(id)")
    }
}
