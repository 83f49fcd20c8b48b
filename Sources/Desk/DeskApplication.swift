public import CaseStore
import Casework
import Foundation
public import Lexicons
import Messages
import Pipeline
import Synchronization

/// The desk: requests in, pages and JSON out.
///
/// It knows no server: what carries requests hands them to ``respond(to:)``. The store and its wall say what a person
/// sees; the desk shows it and decides nothing.
public final class DeskApplication: Sendable {
    let store: CaseStore
    let settings: DeskSettings
    let taxonomy: Taxonomy
    let notices = Notices()
    let dismissals: Dismissals
    let imports = ImportJobs()
    let counts = QueueCounts()
    let pages = FlagPages()
    private let directory = Mutex<Directory?>(nil)
    private let readsDirectory = Mutex(false)
    private let firstDesk = Mutex<CaseDesk?>(nil)
    // By role: not each is told the same of reports.
    private let knownPrecision = Mutex<[StaffRole: (Int64, [String: RuleShare])]>([:])
    private let knownMonths = Mutex<[StaffRole: (Int64, [String: [CivilDay: RuleMonth]])]>([:])
    private let loadedSearch = Mutex<CaseSearch?>(nil)
    private let loadedBench = Mutex<LexiconBench?>(nil)
    private let routes: [Route]
    private let workers = Workers()
    /// Signs the tokens of forms that stand before a session.
    let signingKey = Secret.token()

    /// Makes a desk over a store.
    public init(store: CaseStore, taxonomy: Taxonomy, settings: DeskSettings) {
        self.store = store
        self.taxonomy = taxonomy
        self.settings = settings
        dismissals = Dismissals(store: store, seconds: settings.undoSeconds, notices: notices)
        routes = Routes.all
    }

    /// Answers a request.
    public func respond(to request: WebRequest) async -> WebResponse {
        let isSlow = request.method == "POST" && Routes.countsHashes(request.path)
        var response =
            isSlow
            ? await workers.runSlowly { self.answer(request) } ?? face(of: request, 503, .errorCrowded)
            : await workers.run { self.answer(request) }
        response.headers += Self.safety
        if response.status == 405 {
            let allowed = Set(routes.filter { $0.captures(request.path) != nil }.map(\.method)).sorted()
            response.headers.append(("allow", allowed.joined(separator: ", ")))
        }
        if settings.isSecure { response.headers.append(("strict-transport-security", "max-age=31536000")) }
        if response.header("cache-control") == nil { response.headers.append(("cache-control", "no-store")) }
        if request.method == "HEAD" { response.body = [] }
        return response
    }

    /// The largest body that a request may bring: uploads from who may upload, forms from everybody else.
    public func bodyLimit(of request: WebRequest) async -> Int {
        let route = routes.first { $0.method == request.method && $0.captures(request.path) != nil }
        guard let route else { return 64 << 10 }
        guard route.isUpload else { return route.bodyLimit }
        return await workers.run {
            var call = Call(app: self, request: request, language: .zh, now: self.settings.clock())
            let isWelcome = (try? self.admitPerson(&call)) != nil && (try? self.check(route.access, call)) != nil
            return isWelcome ? self.settings.uploadBytes : 64 << 10
        }
    }

    /// The answer to a body that is larger than the limit.
    public func tooLarge(_ request: WebRequest) -> WebResponse { refusal(of: request, 413, .errorTooLarge) }

    /// The answer to a body that doesn't come to its end in time.
    public func tooSlow(_ request: WebRequest) -> WebResponse { refusal(of: request, 408, .errorTooSlow) }

    /// The answer to an address that can't be decoded (`WebRequest` gave nil): JSON below `/api/`, else a page.
    public func unreadable(target: String) -> WebResponse {
        let face = WebRequest(method: "GET", target: target.hasPrefix("/api/") ? "/api/v1/" : "/")
        return face.map { refusal(of: $0, 400, .errorNotFound) } ?? WebResponse(status: 400)
    }

    private func refusal(of request: WebRequest, _ status: Int, _ phrase: Phrase) -> WebResponse {
        var response = face(of: request, status, phrase)
        response.headers += Self.safety
        return response
    }

    private func face(of request: WebRequest, _ status: Int, _ phrase: Phrase) -> WebResponse {
        let call = Call(app: self, request: request, language: Self.language(of: request), now: settings.clock())
        let failure = Failure(WebProblem(status, phrase), in: call.language)
        return request.path.first == "api" ? API.problem(failure) : call.problem(failure)
    }

    /// Does what still waits: dismissals whose time to take them back is over, or all when the desk closes.
    public func settle(all: Bool = false) async {
        if all { await imports.close() }
        await workers.run {
            if self.dismissals.settle(at: all ? .max : self.settings.clock()) { self.counts.forgetFlags() }
            _ = try? self.pages.freshen(self.store)
        }
    }

    /// What every answer carries.
    private static let safety: [(name: String, value: String)] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        ),
        ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ]

    // MARK: - One request

    private func answer(_ request: WebRequest) -> WebResponse {
        var call = Call(app: self, request: request, language: Self.language(of: request), now: settings.clock())
        let isAPI = request.path.first == "api"
        do {
            guard let host = request.header("host"), settings.hosts.contains(host.lowercased()) else {
                throw WebProblem(421, .errorHost)
            }
            // A server does them by itself, several at once; what it left undone is done before anything else.
            if dismissals.settle(at: call.now - min(settings.undoSeconds, 5)) { counts.forgetFlags() }
            if isAPI { try admitProgram(&call) } else { try admitPerson(&call) }
            let (route, captures) = try find(request)
            call.captures = captures
            try check(route.access, call)
            if request.method == "POST" { try readForm(route, isAPI: isAPI, &call) }
            // Whatever is done, its numbers are on the next page; ties and accounts change everybody's.
            defer {
                if request.method == "POST" {
                    counts.forget(request.path.first == "administration" ? nil : call.person?.id)
                }
            }
            return try route.handler(call)
        } catch let problem as WebProblem where problem.status == 401 && !isAPI {
            if problem.phrase == .errorMustChange { return .see("/account") }
            let isHome = request.path.isEmpty || request.method != "GET"
            return .see("/sign-in" + (isHome ? "" : "?to=" + FormText.encoded(call.address)))
        } catch {
            let failure = Failure(error, in: call.language)
            return isAPI ? API.problem(failure) : call.problem(failure)
        }
    }

    private func find(_ request: WebRequest) throws -> (Route, [String]) {
        let method = request.method == "HEAD" ? "GET" : request.method
        var isKnown = false
        for route in routes {
            guard let captures = route.captures(request.path) else { continue }
            if route.method == method { return (route, captures) }
            isKnown = true
        }
        throw WebProblem(isKnown ? 405 : 404, isKnown ? .errorMethod : .errorNotFound)
    }

    private func check(_ access: Route.Access, _ call: Call) throws {
        switch access {
        case .anyone: return
        case .signedIn: if call.person == nil { throw WebProblem(401, .errorSignIn) }
        case .roles(let roles):
            guard let person = call.person else { throw WebProblem(401, .errorSignIn) }
            if !roles.contains(person.role) { throw WebProblem(403, .errorRole) }
        }
    }

    private func admitPerson(_ call: inout Call) throws {
        guard let secret = call.request.cookie(cookieName),
            let session = try store.session(for: secret, now: call.now, policy: settings.accounts)
        else { return }
        (call.session, call.person) = (session, session.person)
        // Who was given a password replaces it before anything else.
        if session.mustChange,
            !["account", "sign-out", "static", "language", "progress"].contains(call.request.path.first)
        {
            throw WebProblem(401, .errorMustChange)
        }
    }

    private func admitProgram(_ call: inout Call) throws {
        guard let header = call.request.header("authorization"), header.lowercased().hasPrefix("bearer ") else {
            return
        }
        let token = String(header.dropFirst(7))
        guard let person = try store.tokenOwner(token, now: call.now) else { throw WebProblem(401, .errorSignIn) }
        call.person = person
    }

    /// Reads the form, and refuses what another site could have sent.
    private func readForm(_ route: Route, isAPI: Bool, _ call: inout Call) throws {
        if isAPI {
            guard let fields = API.fields(call.request.body) else { throw WebProblem(400, .errorForm) }
            call.form = fields
            return
        }
        if let origin = call.request.header("origin") {
            let own = (settings.isSecure ? "https://" : "http://") + (call.request.header("host") ?? "")
            guard origin.lowercased() == own.lowercased() else { throw WebProblem(403, .errorForged) }
        }
        if route.isUpload {
            call.form = call.request.query
        } else {
            guard let text = String(validating: call.request.body, as: UTF8.self), let form = FormText.pairs(text)
            else { throw WebProblem(400, .errorForm) }
            call.form = form
        }
        let expected = call.session?.csrf ?? SignInPages.token(call)
        guard let expected, let given = call.form.first(where: { $0.name == "token" })?.value,
            Secret.equal(expected, given)
        else { throw WebProblem(403, .errorForged) }
    }

    private static func language(of request: WebRequest) -> Language {
        request.cookie("lang").flatMap(Language.init(rawValue:)) ?? .zh
    }

    /// The name of the session's cookie.
    var cookieName: String { settings.isSecure ? "__Host-minsheng" : "minsheng" }

    /// Who works here, and where: read anew every few seconds, by one request while others take what is known.
    func directory(at now: Int64) -> Directory {
        let known = directory.withLock { $0 }
        if let known, now - known.readAt < 3, now >= known.readAt { return known }
        let isFirst = readsDirectory.withLock { isRead in
            defer { isRead = true }
            return !isRead
        }
        if let known, !isFirst, (0..<10).contains(now - known.readAt) { return known }
        defer { if isFirst { readsDirectory.withLock { $0 = false } } }
        let fresh = Directory(store: store, at: now, before: known)
        directory.withLock { $0 = fresh }
        return fresh
    }

    /// A desk that others are made like: the keys are derived once.
    func desk() throws -> CaseDesk {
        try firstDesk.withLock { desk in
            if let desk { return desk }
            let fresh = try CaseDesk(store, as: -1, now: 0)
            desk = fresh
            return fresh
        }
    }

    /// The lexicons, loaded with the first use: most people never open them.
    func bench() throws -> LexiconBench {
        if let loaded = loadedBench.withLock({ $0 }) { return loaded }
        let installation = try Installation(folder: store.folder, lexicons: settings.lexicons)
        let fresh = LexiconBench(lexicon: installation.lexicons.lexicon, analyser: installation.analyser)
        loadedBench.withLock { $0 = fresh }
        return fresh
    }

    /// Loads the lexicons anew with the next use, after another version was taken.
    func forgetBench() { loadedBench.withLock { $0 = nil } }

    /// Where the lexicons in use lie: read anew, as two people may have taken another version since the desk was opened.
    func lexiconFolder() throws -> String? { try CaseStore(opening: store.folder).configuration.lexicons }

    /// How often people agreed with each rule, read anew every few minutes by whoever may.
    func precision(for call: Call) -> [String: RuleShare] {
        guard let role = call.person?.role else { return [:] }
        if let (readAt, known) = knownPrecision.withLock({ $0[role] }), call.now - readAt < 300 { return known }
        guard let fresh = try? call.desk().rulePrecision() else { return [:] }
        knownPrecision.withLock { $0[role] = (call.now, fresh) }
        return fresh
    }

    /// The same by month, from a month on.
    func ruleMonths(for call: Call, from first: CivilDay) throws -> [String: [CivilDay: RuleMonth]] {
        guard let role = call.person?.role else { return [:] }
        if let (readAt, known) = knownMonths.withLock({ $0[role] }), (0..<300).contains(call.now - readAt) {
            return known
        }
        let fresh = try call.desk().ruleMonths(from: first)
        knownMonths.withLock { $0[role] = (call.now, fresh) }
        return fresh
    }

    /// The index of summaries, made with the first search; it lives in memory alone.
    func search() throws -> CaseSearch {
        try loadedSearch.withLock { loaded in
            if let loaded { return loaded }
            let fresh = try CaseSearch(store)
            loaded = fresh
            return fresh
        }
    }

    /// Forgets what was read, after it was changed here.
    func forgetDirectory() { directory.withLock { $0 = nil } }
}

/// The people, bodies and places that pages name.
struct Directory: Sendable {
    let readAt: Int64
    let people: [Int: StaffMember]
    let units: [Int: OrgUnit]
    let officials: [Official]
    let places: Places

    /// The places of a county, which change when a gazetteer is imported.
    final class Places: Sendable {
        let version: String
        let entries: [GazetteerEntry]
        let names: [String: String]
        /// Townships and villages as they are offered where one is typed: the name and the code.
        let choices: [String]
        let groups: [RegisteredGroup]

        init(version: String, entries: [GazetteerEntry], groups: [RegisteredGroup]) {
            self.version = version
            let current = entries.filter { $0.validTo == nil }
            self.entries = current
            choices = current.filter { $0.level == .township || $0.level == .village }.map { $0.name + " " + $0.code }
            names = Dictionary(entries.map { ($0.code, $0.name) }, uniquingKeysWith: { _, new in new })
            self.groups = groups
        }
    }

    init(store: CaseStore, at now: Int64, before: Directory?) {
        readAt = now
        let desk = try? CaseDesk(store, now: now)
        people = Dictionary(uniqueKeysWithValues: ((try? desk?.staff()) ?? []).map { ($0.id, $0) })
        units = Dictionary(uniqueKeysWithValues: ((try? desk?.units()) ?? []).map { ($0.id, $0) })
        officials = (try? desk?.officials()) ?? []
        let groups = (try? store.groups()) ?? []
        let version = (try? store.gazetteerVersion()) ?? ""
        if let old = before?.places, old.version == version, old.groups == groups {
            places = old
        } else {
            places = Places(version: version, entries: (try? store.places()) ?? [], groups: groups)
        }
    }
}

extension Call {
    /// Everyone who has not left, by number.
    var people: [Int: StaffMember] { app.directory(at: now).people }
    /// All bodies, by number.
    var units: [Int: OrgUnit] { app.directory(at: now).units }
    /// The posts that a report can speak of.
    var officials: [Official] { app.directory(at: now).officials }
    /// The places.
    var places: Directory.Places { app.directory(at: now).places }

    /// How often people agreed with a rule; nil where too few flags were decided, or where it is not for the person.
    func share(of rule: String, on topic: Topic?) -> RuleShare? {
        guard RuleShare.isFor(person?.role, topic) else { return nil }
        return app.precision(for: self)[rule]
    }

    /// The name of a place, or its code.
    func place(_ code: String) -> String { places.names[code] ?? code }

    /// Township and village of a code.
    func placePath(_ code: String) -> String {
        let township = code.prefix(9) + "000"
        guard code.dropFirst(9) != "000", let above = places.names[String(township)] else { return place(code) }
        return above + " · " + place(code)
    }

    /// The name of a body.
    func unit(_ id: Int?) -> String { id.flatMap { units[$0]?.name } ?? "–" }

    /// The address that was asked for.
    var address: String {
        let query = request.query.map { FormText.encoded($0.name) + "=" + FormText.encoded($0.value) }
        return "/" + request.path.map(FormText.encoded).joined(separator: "/")
            + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
