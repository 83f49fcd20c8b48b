import Casework

/// Every address of the desk, in one list: the tests walk it by role.
enum Routes {
    static let all: [Route] = pages + acts + files + API.routes

    private static let flags: Route.Access = .roles([.intake, .supervisor])
    private static let cases: Route.Access = .roles([.handler, .townshipDiscipline, .intake, .inspector, .supervisor])

    private static let pages: [Route] = [
        Route("GET", "/", .signedIn, SignInPages.home),
        Route("GET", "/sign-in", .anyone, SignInPages.form),
        Route("GET", "/language", .anyone, SignInPages.language),
        Route("GET", "/progress", .anyone, ProgressPage.form),
        Route("GET", "/account", .signedIn, SignInPages.account),
        Route("GET", "/queue", flags, QueuePage.show),
        Route("GET", "/counts", flags, QueuePage.counts),
        Route("GET", "/places", .signedIn, QueuePage.places),
        Route("GET", "/flags/:", flags, FlagDetailPage.show),
        Route("GET", "/cases", cases, CasesPage.show),
        Route("GET", "/cases/:", cases, CasePage.show),
        Route("GET", "/cases/:/print", cases, CaseActs.print),
        Route("GET", "/cases/:/visit", cases, CaseActs.visit),
        Route("GET", "/cases/:/kept", flags, KeptPage.show),
        Route("GET", "/search", cases, SearchPage.show),
        Route("GET", "/overview", .roles(Section.overview.roles), OverviewPage.show),
        Route("GET", "/villages", .roles(Section.villages.roles), VillagesPage.show),
        Route("GET", "/import", .roles(Section.importing.roles), ImportPage.show),
        Route("GET", "/import/:", .roles(Section.importing.roles), ImportPage.job),
        Route("GET", "/lexicons", .roles(Section.lexicons.roles), LexiconPage.show),
        Route("GET", "/lexicons/versions", .roles(Section.lexicons.roles), VersionsPage.show),
        Route("GET", "/audit", .roles(Section.audit.roles), AuditPage.show),
        Route("GET", "/people", .roles(Section.administration.roles), Pickers.people),
        Route("GET", "/units", .roles(Section.administration.roles), Pickers.units),
        Route("GET", "/administration", .roles(Section.administration.roles), AdministrationPage.show),
    ]

    private static let acts: [Route] = [
        Route("POST", "/sign-in", .anyone, SignInPages.signIn),
        Route("POST", "/progress", .anyone, ProgressPage.look),
        Route("POST", "/sign-out", .signedIn, SignInPages.signOut),
        Route("POST", "/account/password", .signedIn, SignInPages.changePassword),
        Route("POST", "/account/tokens", .signedIn, SignInPages.issueToken),
        Route("POST", "/account/tokens/:/end", .signedIn, SignInPages.endToken),
        Route("POST", "/filters", flags, SavedFilters.save),
        Route("POST", "/filters/delete", flags, SavedFilters.delete),
        Route("POST", "/flags/bulk", flags, FlagActs.bulk),
        Route("POST", "/flags/:", flags, FlagActs.decide),
        Route("POST", "/flags/:/undo", flags, FlagActs.undo),
        Route("POST", "/flags/:/withdraw", flags, FlagActs.withdraw),
        Route("POST", "/flags/:/village", flags, FlagActs.settle),
        Route("POST", "/cases/:/act", cases, CaseActs.act),
        Route("POST", "/cases/:/snooze", cases, OwnWork.snooze),
        Route("POST", "/cases/:/code", .roles([.intake]), OwnWork.code),
        Route("POST", "/cases/:/hold", .roles([.supervisor]), KeptPage.hold),
        Route("POST", "/cases/:/hold/lift", flags, KeptPage.lift),
        Route("POST", "/cases/:/request", flags, KeptPage.take),
        Route("POST", "/cases/:/request/answer", flags, KeptPage.answer),
        Route("POST", "/villages/groups", .roles(Section.villages.roles), GroupForm.add),
        Route("POST", "/import", .roles(Section.importing.roles), isUpload: true, ImportPage.upload),
        Route("POST", "/import/:/cancel", .roles(Section.importing.roles), ImportPage.cancel),
        Route("POST", "/lexicons/try", .roles(Section.lexicons.roles), LexiconPage.attempt),
        Route("POST", "/lexicons/versions", .roles([.lexicon]), isUpload: true, VersionsPage.propose),
        Route(
            "POST", "/lexicons/versions/:/compare", .roles(Section.lexicons.roles), isUpload: true, VersionsPage.compare
        ),
        Route("POST", "/lexicons/versions/:/approve", .roles([.lexicon, .supervisor]), VersionsPage.approve),
        Route("POST", "/lexicons/versions/:/back", .roles([.lexicon, .supervisor]), VersionsPage.goBack),
        Route("POST", "/audit/verify", .roles(Section.audit.roles), AuditPage.verify),
        Route("POST", "/audit/anchor", .roles(Section.audit.roles), AuditPage.anchor),
        Route("POST", "/administration/staff", .roles([.sysadmin]), AdministrationPage.addStaff),
        Route("POST", "/administration/staff/:/end", .roles([.sysadmin]), AdministrationPage.endStaff),
        Route("POST", "/administration/staff/:/password", .roles([.sysadmin]), AdministrationPage.setPassword),
        Route("POST", "/administration/hand-over", .roles([.supervisor]), AdministrationPage.handOver),
        Route("POST", "/administration/units", .roles([.sysadmin]), AdministrationPage.addUnit),
        Route("POST", "/administration/ties", .roles(Section.administration.roles), AdministrationPage.addTie),
        Route("POST", "/administration/ties/:/end", .roles(Section.administration.roles), AdministrationPage.endTie),
        Route("POST", "/administration/duties", .roles(Section.administration.roles), Duties.add),
        Route("POST", "/administration/retention", .roles(Section.administration.roles), AdministrationPage.retain),
    ]

    /// True where a password or a code is hashed, which takes a tenth of a second and much memory.
    static func countsHashes(_ path: [String]) -> Bool {
        ["sign-in", "progress"].contains(path.first) || ["password", "code"].contains(path.last)
    }

    private static let files: [Route] = [
        Route("GET", "/static/desk.css", .anyone) { _ in file(StyleSheet.text, "text/css; charset=utf-8") },
        Route("GET", "/static/desk.js", .anyone) { _ in file(Script.text, "text/javascript; charset=utf-8") },
        Route("GET", "/static/icon.svg", .anyone) { _ in file(Self.icon, "image/svg+xml") },
    ]

    private static func file(_ text: String, _ type: String) -> WebResponse {
        WebResponse(
            headers: [("content-type", type), ("cache-control", "public, max-age=31536000, immutable")],
            body: Array(text.utf8))
    }

    private static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#a61b1b"/>\
        <path d="M8 8h15v8H8zM8 8v18l8-4M8 16h17M14.500 16c.8 5 3.500 8.500 8 10l2-4" fill="none" stroke="#fff" stroke-width="2.600"/></svg>
        """
}
