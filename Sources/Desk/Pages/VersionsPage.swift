import CaseStore
import Casework
import ChatExports
import Foundation
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// Versions of the lexicons: one person proposes, looks what would change, another one approves.
enum VersionsPage {
    static func show(_ call: Call) throws -> WebResponse { try show(call, result: Markup()) }

    private static func show(_ call: Call, result: Markup) throws -> WebResponse {
        var rows = Markup()
        for version in try call.app.store.lexiconVersions().reversed() { rows += row(version, call) }
        let list: Markup =
            rows.isEmpty
            ? "<section class=\"card empty\"><h2>\(call.t(.versionsNone))</h2><p>\(call.t(.versionsNoneHelp))</p></section>"
            : rows
        return call.page(
            call.t(.versionsTitle), .lexicons,
            """
            <div class="crumbs"><a href="/lexicons">← \(call.t(.navLexicons))</a></div>
            <h1>\(call.t(.versionsTitle))</h1>\(result)\(call.person?.role == .lexicon ? proposal(call) : "")\(list)
            """)
    }

    private static func address(_ path: String, _ call: Call) -> String {
        path + "?token=" + FormText.encoded(call.session?.csrf ?? "")
    }

    private static func proposal(_ call: Call) -> Markup {
        """
        <section class="card"><h2>\(call.t(.versionPropose))</h2><p>\(call.t(.versionProposeHelp))</p>
        <form method="post" action="\(address("/lexicons/versions", call))" enctype="multipart/form-data" class="stack">
        <label>\(call.t(.versionFiles))<input type="file" name="file" multiple required accept=".yaml,.yml"></label>
        <label>\(call.t(.versionWhy))<input name="reason" required maxlength="400"></label>
        <button class="first">\(call.t(.versionPropose))</button></form></section>
        """
    }

    private static func row(_ version: LexiconVersion, _ call: Call) -> Markup {
        let who = { (id: Int) in call.people[id]?.name ?? call.t(.formerStaff) }
        let day = { (seconds: Int64) in CivilDay(instant: seconds).description }
        var state: Markup = "<span class=\"badge yellow\">\(call.t(.versionWaits))</span>"
        if let approver = version.approver {
            state = "<span class=\"badge\">\(call.t(.versionApproved, who(approver)))</span>"
        }
        if version.isCurrent { state += " <span class=\"badge green\">\(call.t(.versionInUse))</span>" }
        return """
            <section class="card"><div class="titleline"><h2>\(call.t(.versionNumber, String(version.id)))</h2> \(state) <code>\(String(version.digest.prefix(12)))</code></div>
            <p>\(version.reason)</p><p class="meta">\(day(version.proposedAt)) · \(call.t(.versionBy, who(version.proposer)))</p>
            \(ways(version, call))</section>
            """
    }

    /// What may be done with a version, by whom.
    private static func ways(_ version: LexiconVersion, _ call: Call) -> Markup {
        var html: Markup = """
            <details class="act"><summary>\(call.t(.versionCompare))</summary><form method="post" action="\(address("/lexicons/versions/\(version.id)/compare", call))" enctype="multipart/form-data" class="stack">
            <label>\(call.t(.versionExport))<input type="file" name="file" required></label><p class="small">\(call.t(.versionCompareHelp))</p><button>\(call.t(.versionCompare))</button></form></details>
            """
        guard let person = call.person, [.lexicon, .supervisor].contains(person.role) else { return html }
        if version.approver == nil, version.proposer != person.id {
            html += """
                <details class="act"><summary>\(call.t(.versionApprove))</summary><form method="post" action="/lexicons/versions/\(version.id)/approve" class="stack">\(call.tokenField())
                <p class="small">\(call.t(.versionApproveHelp))</p><button class="first">\(call.t(.versionApprove))</button></form></details>
                """
        } else if version.approver != nil, !version.isCurrent {
            html += """
                <details class="act"><summary>\(call.t(.versionBack))</summary><form method="post" action="/lexicons/versions/\(version.id)/back" class="stack">\(call.tokenField())
                <label>\(call.t(.versionWhy))<input name="reason" required maxlength="400"></label><button>\(call.t(.versionBack))</button></form></details>
                """
        }
        return html
    }

    // MARK: - Acts

    /// Takes the lexicons in use with the files that were sent in their places, and keeps them for another to approve.
    static func propose(_ call: Call) throws -> WebResponse {
        let parts = try Self.parts(call)
        guard let reason = parts.reason else { throw WebProblem(422, .errorReason) }
        let folder = try draft(parts.files, call)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lexicons = try LoadedLexicons(at: folder)
        let errors = try Linter(folder: folder).findings().filter { $0.code.level == .error }
        let failures = ExampleFailure.failures(of: lexicons.lexicon, try LexiconMatcher(lexicons.lexicon))
        guard errors.isEmpty, failures.isEmpty else { return try refused(errors, failures, folder, call) }
        let version = try LexiconRelease(call.desk()).propose(lexicons, reason: reason)
        call.leave(Notice(text: call.t(.versionProposed, String(version.id))))
        return .see("/lexicons/versions")
    }

    private static func refused(
        _ errors: [LintFinding], _ failures: [ExampleFailure], _ folder: String, _ call: Call
    ) throws -> WebResponse {
        var list = Markup()
        for error in errors.prefix(50) {
            let what = call.language == .zh ? error.zh : error.en
            list +=
                "<li>\(error.file.replacing(folder + "/", with: "")):\(error.line) \(what) <code>\(error.code.rawValue)</code></li>"
        }
        for failure in failures.prefix(50) {
            list += "<li><code>\(failure.rule)</code> \(call.t(.versionExampleFails)) 「\(failure.text)」</li>"
        }
        var response = try show(
            call,
            result: """
                <section class="card warn" role="alert"><h2>\(call.t(.versionRefused))</h2><ul>\(list)</ul></section>
                """)
        response.status = 422
        return response
    }

    /// A copy of the lexicons in use with some files changed; nothing but lexicons ever lies in it.
    private static func draft(_ files: [(name: String, bytes: [UInt8])], _ call: Call) throws -> String {
        let manager = FileManager.default
        let source = try LoadedLexicons(at: call.app.settings.lexicons ?? call.app.lexiconFolder()).folder
        let folder = manager.temporaryDirectory.appendingPathComponent("minsheng-" + Secret.token()).path
        try manager.copyItem(atPath: source, toPath: folder)
        for (name, bytes) in files {
            let isPlain = name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
            }
            guard isPlain, name.hasSuffix(".yaml"), !name.hasPrefix(".") else {
                try? manager.removeItem(atPath: folder)
                throw WebProblem(422, .errorVersionFile)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        return folder
    }

    private static func parts(_ call: Call) throws -> (files: [(name: String, bytes: [UInt8])], reason: String?) {
        guard let boundary = Multipart.boundary(of: call.request.header("content-type")) else {
            throw WebProblem(422, .errorNoFile)
        }
        let body = call.request.body
        let files = Multipart.files(in: body, boundary: boundary).map {
            (name: ImportPage.fileName($0.name), bytes: Array(body[$0.range]))
        }
        guard files.contains(where: { !$0.bytes.isEmpty }) else { throw WebProblem(422, .errorNoFile) }
        return (files, Multipart.field("reason", in: body, boundary: boundary))
    }

    static func approve(_ call: Call) throws -> WebResponse {
        try done(LexiconRelease(call.desk()).approve(call.idInPath()), call)
    }

    static func goBack(_ call: Call) throws -> WebResponse {
        guard let reason = call.field("reason") else { throw WebProblem(422, .errorReason) }
        return try done(LexiconRelease(call.desk()).rollBack(to: call.idInPath(), reason: reason), call)
    }

    private static func done(_ counts: LexiconRescoring, _ call: Call) -> WebResponse {
        call.app.forgetBench()
        call.leave(
            Notice(
                text: call.t(.versionDone, String(counts.read), String(counts.changed), String(counts.unflagged))))
        return .see("/lexicons/versions")
    }

    // MARK: - What would change

    /// Reads an export with the lexicons in use and with a version: nothing of it is stored, and it lies in memory only.
    static func compare(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        guard let version = try call.app.store.lexiconVersions().first(where: { $0.id == id }) else {
            throw WebProblem(404, .errorNotFound)
        }
        let file = try MemoryFile(parts(call).files[0].bytes)
        let old = try LoadedLexicons(at: call.app.settings.lexicons ?? call.app.lexiconFolder())
        let new = try LoadedLexicons(of: version, in: call.app.store)
        let run = BacktestRun(
            old: TextAnalyser(try LexiconMatcher(old.lexicon), model: old.model),
            new: TextAnalyser(try LexiconMatcher(new.lexicon), model: new.model),
            gate: DifferenceGate(old.lexicon, old.model, new.lexicon, new.model))
        BacktestInput(reading: ExportOptions(now: call.now)).feed([file.path], into: run)
        let report = run.finish()
        return try show(call, result: Self.report(report, id, call))
    }

    private static func report(_ report: BacktestReport, _ id: Int, _ call: Call) -> Markup {
        var rows = Markup()
        for rule in report.rules where rule.gained + rule.lost > 0 {
            rows +=
                "<tr><th scope=\"row\"><code>\(rule.rule)</code></th><td>+\(rule.gained)</td><td>−\(rule.lost)</td></tr>"
        }
        var sample = Markup()
        for change in report.sample {
            let mark: Markup = change.new.flagged ? "＋" : "－"
            sample += "<li><b>\(mark)</b> \(TextMasker().masked(change.text).text)</li>"
        }
        let table: Markup =
            rows.isEmpty
            ? ""
            : "<table><thead><tr><th>\(call.t(.rule))</th><th>\(call.t(.versionGained))</th><th>\(call.t(.versionLost))</th></tr></thead><tbody>\(rows)</tbody></table>"
        var failures = Markup()
        for failure in report.failures {
            failures += "<p class=\"notice bad\">\(failure.explanation(in: call.language))</p>"
        }
        return """
            <section class="card" role="status"><h2>\(call.t(.versionCompared, String(id)))</h2>\(failures)
            <p>\(call.t(.versionCounts, String(report.texts), String(report.oldFlagged), String(report.newFlagged)))</p>\(table)
            \(sample.isEmpty ? "<p class=\"dim\">\(call.t(.versionSame))</p>" : "<h2>\(call.t(.versionSample))</h2><ul>\(sample)</ul>")</section>
            """
    }
}
