import CaseStore
import Casework
import Foundation
import Messages

/// The same actions as JSON, for programs that work as a person: the same desk, so the same wall.
enum API {
    private static let flags: Route.Access = .roles([.intake, .supervisor])
    private static let intake: Route.Access = .roles([.intake])
    private static let cases: Route.Access = .roles([.handler, .townshipDiscipline, .intake, .inspector, .supervisor])

    static let routes: [Route] = [
        Route("GET", "/api/v1/openapi.json", .anyone) { _ in answer(OpenAPI.document) },
        Route("GET", "/api/v1/me", .signedIn, me),
        Route("GET", "/api/v1/counts", cases, counts),
        Route("GET", "/api/v1/flags", flags, listFlags),
        Route("GET", "/api/v1/flags/:", flags, showFlag),
        Route("POST", "/api/v1/flags/:/claim", flags, claim),
        Route("POST", "/api/v1/flags/:/release", flags, release),
        Route("POST", "/api/v1/flags/:/confirm", intake, confirm),
        Route("POST", "/api/v1/flags/:/join", intake, join),
        Route("POST", "/api/v1/flags/:/dismiss", flags, dismiss),
        Route("GET", "/api/v1/cases", cases, listCases),
        Route("GET", "/api/v1/cases/:", cases, showCase),
        Route("POST", "/api/v1/cases/:/acts", cases, act),
        Route("POST", "/api/v1/cases/:/snooze", cases, snooze),
        Route("POST", "/api/v1/cases/:/code", intake, code),
        Route("GET", "/api/v1/lexicons/versions", .roles(Section.lexicons.roles), versions),
    ]

    // MARK: - Shapes

    /// An answer; keys sorted.
    static func answer(_ object: [String: Any], status: Int = 200) -> WebResponse {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data("{}".utf8)
        return WebResponse(
            status: status, headers: [("content-type", "application/json")], body: Array(data) + [0x0A])
    }

    /// The one shape of what went wrong.
    static func problem(_ failure: Failure) -> WebResponse {
        var response = answer(["ok": false, "status": failure.status, "error": failure.text], status: failure.status)
        if failure.status == 401 { response.headers.append(("www-authenticate", "Bearer")) }
        return response
    }

    /// The fields of a JSON body, as a form has them; nil when it is no object of plain values.
    static func fields(_ body: [UInt8]) -> [(name: String, value: String)]? {
        if body.isEmpty { return [] }
        guard let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else { return nil }
        var fields: [(String, String)] = []
        for (name, value) in object.sorted(by: { $0.key < $1.key }) {
            switch value {
            case let text as String: fields.append((name, text))
            case is NSNull: continue
            case let number as NSNumber:
                guard let whole = Int(exactly: number.doubleValue) else { return nil }
                fields.append((name, String(whole)))
            default: return nil
            }
        }
        return fields
    }

    private static func or<Value>(_ value: Value?) -> Any { value.map { $0 as Any } ?? NSNull() }

    private static func json(_ flag: FlagSummary) -> [String: Any] {
        [
            "id": flag.id, "day": CivilDay(flag.day).description, "track": flag.track.rawValue,
            "topic": flag.topic.rawValue, "severity": flag.severity.rawValue, "score": flag.score,
            "rules": flag.rules, "state": flag.state.rawValue, "messages": flag.messageCount,
            "village": or(
                flag.village.map {
                    ["code": $0.code, "name": $0.name, "basis": $0.basis.rawValue, "confidence": $0.confidence]
                        as [String: Any]
                }),
            "expires": CivilDay(flag.expiresOn).description, "verified": false, "version": flag.version,
        ]
    }

    private static func json(_ record: FlagRecord) -> [String: Any] {
        var object = json(record.summary)
        object["text"] = or(record.content?.text)
        object["quote"] = or(record.content?.quote)
        object["hits"] = (record.content?.hits ?? []).map { hit -> [String: Any] in
            // Offsets are told in Unicode scalars, as everywhere outside the program.
            let bytes = Array((record.content?.text ?? "").utf8)
            func scalars(_ end: Int) -> Int { bytes.prefix(max(0, end)).count { $0 & 0xC0 != 0x80 } }
            return ["rule": hit.rule, "start": scalars(hit.span.lowerBound), "end": scalars(hit.span.upperBound)]
        }
        return object
    }

    private static func json(_ one: CaseSummary) -> [String: Any] {
        [
            "number": one.number, "track": one.track.rawValue, "topic": one.topic.rawValue,
            "severity": one.severity.rawValue, "area": one.area, "source": one.source.rawValue,
            "state": one.state.rawValue, "unit": or(one.unit), "received": one.receivedOn.description,
            "due": or(one.dueOn?.description), "supervision": one.supervision.slug, "recurrence": one.recurrence,
            "retaliation": one.hasRetaliation, "verified": false, "version": one.version,
        ]
    }

    private static func json(_ outcome: CaseOutcome) -> [String: Any] {
        [
            "ok": true, "number": or(outcome.number), "state": or(outcome.state?.rawValue),
            "reopened": or(outcome.reopened), "split": or(outcome.split),
            "clues": outcome.clues.map(\.rawValue).sorted(), "erased": outcome.isErased,
        ]
    }

    // MARK: - Reading

    private static func me(_ call: Call) throws -> WebResponse {
        guard let person = call.person else { throw WebProblem(401, .errorSignIn) }
        return answer(["id": person.id, "name": person.name, "role": person.role.rawValue, "unit": person.unit.id])
    }

    private static func counts(_ call: Call) throws -> WebResponse {
        let counts = try call.desk().counts()
        return answer(Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value as Any) }))
    }

    /// A closed value of the query; what is none of its values is refused.
    private static func choice<Value: RawRepresentable>(_ name: String, _ call: Call) throws -> Value?
    where Value.RawValue == String {
        guard let text = call.request.query(name) else { return nil }
        guard let value = Value(rawValue: text) else { throw WebProblem(422, .errorForm) }
        return value
    }

    private static func number(_ name: String, _ range: ClosedRange<Int>, default standard: Int, _ call: Call) throws
        -> Int
    {
        guard let text = call.request.query(name) else { return standard }
        guard let value = Int(text), range.contains(value) else { throw WebProblem(422, .errorForm) }
        return value
    }

    private static func place(_ call: Call) throws -> String? {
        guard let text = call.request.query("place") else { return nil }
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw WebProblem(422, .errorPlace)
        }
        return text
    }

    /// The days of reception, where they are asked for.
    private static func days(_ call: Call) throws -> ClosedRange<CivilDay>? {
        func day(_ name: String) throws -> CivilDay? {
            guard let text = call.request.query(name) else { return nil }
            guard let day = CivilDay(text) else { throw WebProblem(422, .errorForm) }
            return day
        }
        return CaseQuery.days(from: try day("from"), to: try day("to"), today: call.today)
    }

    private static func listFlags(_ call: Call) throws -> WebResponse {
        var filter = FlagFilter()
        filter.states = [.new, .claimed]
        filter.order = .urgency
        if let track: Track = try choice("track", call) { filter.tracks = [track] }
        if let topic: Topic = try choice("topic", call) { filter.topics = [topic] }
        if let severity: Severity = try choice("severity", call) { filter.severities = [severity] }
        filter.place = try place(call)
        filter.days = try days(call).map { $0.lowerBound.number...$0.upperBound.number }
        filter.rule = call.request.query("rule")
        filter.limit = try number("limit", 1...200, default: 50, call)
        filter.offset = try number("offset", 0...100_000, default: 0, call)
        if let text = call.request.query("after") {
            guard let mark = FlagMark(text: text) else { throw WebProblem(422, .errorForm) }
            (filter.after, filter.offset) = (mark, 0)
        }
        let page = try call.desk().flagPage(filter)
        return answer([
            "total": page.total ?? 0, "flags": page.rows.map { json($0.record) }, "next": or(page.next?.text),
        ])
    }

    private static func showFlag(_ call: Call) throws -> WebResponse {
        answer(json(try call.desk().flag(call.idInPath())))
    }

    private static func listCases(_ call: Call) throws -> WebResponse {
        var query = CaseQuery()
        query.view = try choice("view", call) ?? .open
        query.track = try choice("track", call)
        query.topic = try choice("topic", call)
        query.state = try choice("state", call)
        query.area = try place(call)
        query.severity = try choice("severity", call)
        query.received = try days(call)
        query.words = call.request.query("q")
        query.limit = try number("limit", 1...200, default: 50, call)
        query.offset = try number("offset", 0...100_000, default: 0, call)
        if let text = call.request.query("after") {
            guard let mark = CaseMark(text: text) else { throw WebProblem(422, .errorForm) }
            (query.after, query.offset) = (mark, 0)
        }
        // One more than asked for tells whether there is a next page.
        let limit = query.limit
        query.limit += 1
        let found = try call.desk().cases(query)
        let rows = Array(found.prefix(limit))
        let next = found.count > limit ? rows.last.map { CaseMark($0, in: query.view).text } : nil
        return answer(["cases": rows.map(json), "next": or(next)])
    }

    private static func showCase(_ call: Call) throws -> WebResponse {
        let view = try call.desk().view(call.captures[0])
        var object = json(view.summary)
        object["summary"] = or(view.words)
        object["original"] = view.original
        object["alias"] = or(view.alias)
        object["texts"] = view.texts.map {
            ["event": $0.event, "kind": $0.kind, "words": or($0.words)] as [String: Any]
        }
        object["events"] = view.events.map { event -> [String: Any] in
            [
                "action": event.action.rawValue, "day": event.day.description, "from": or(event.from?.rawValue),
                "to": event.to.rawValue, "reason": or(event.reason?.rawValue), "unit": or(event.unit),
                "until": or(event.until?.description), "byUnit": event.actorUnit,
            ]
        }
        object["actions"] = view.offers.map {
            [
                "action": $0.action.rawValue, "allowed": $0.blockedBy == nil,
                "why": or($0.blockedBy?.text(of: $0.action, in: call.language)),
            ] as [String: Any]
        }
        object["clocks"] = view.clocks.map {
            [
                "kind": $0.kind.rawValue, "start": $0.start.description, "due": $0.due.description,
                "met": or($0.metOn?.description), "status": $0.status.rawValue,
            ] as [String: Any]
        }
        object["signs"] = view.signs.map(\.rawValue)
        object["links"] = view.links.map { ["kind": $0.kind, "number": $0.number] }
        object["accused"] = view.accused.map { ["unit": $0.unit, "official": or($0.official)] as [String: Any] }
        return answer(object)
    }

    private static func versions(_ call: Call) throws -> WebResponse {
        let versions = try call.app.store.lexiconVersions().map { version -> [String: Any] in
            [
                "id": version.id, "digest": version.digest, "reason": version.reason, "proposer": version.proposer,
                "proposed": CivilDay(instant: version.proposedAt).description, "approver": or(version.approver),
                "approved": or(version.approvedAt.map { CivilDay(instant: $0).description }),
                "current": version.isCurrent,
            ]
        }
        return answer(["versions": versions])
    }

    // MARK: - Acting

    /// Puts a case off; without a day it comes back.
    private static func snooze(_ call: Call) throws -> WebResponse {
        var day = call.today
        if let text = call.field("until") {
            guard let until = CivilDay(text) else { throw WebProblem(422, .errorForm) }
            day = until
        }
        try call.desk().snooze(call.captures[0], until: day)
        return answer(["ok": true, "until": or(day > call.today ? day.description : nil)])
    }

    /// A new code, told once.
    private static func code(_ call: Call) throws -> WebResponse {
        let number = call.captures[0]
        return answer(["ok": true, "number": number, "code": try call.desk().issueClaimCode(for: number)])
    }

    private static func claim(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        try call.desk().claim(id)
        return answer(json(try call.desk().flag(id)))
    }

    private static func release(_ call: Call) throws -> WebResponse {
        let id = try call.idInPath()
        try call.desk().release(id)
        return answer(json(try call.desk().flag(id)))
    }

    private static func confirm(_ call: Call) throws -> WebResponse {
        var confirmation = FlagConfirmation(summary: call.field("summary") ?? "")
        confirmation.version = call.number("version")
        if let text = call.field("topic") {
            guard let topic = Topic(rawValue: text) else { throw WebProblem(422, .errorForm) }
            (confirmation.topic, confirmation.track) = (topic, topic.track)
        }
        confirmation.area = call.field("area")
        if let unit = call.number("accused") {
            confirmation.accused = [.init(unit: unit, official: call.number("official"))]
        }
        return answer(json(try call.desk().confirm(call.idInPath(), confirmation)))
    }

    private static func join(_ call: Call) throws -> WebResponse {
        guard let number = call.field("number") else { throw WebProblem(422, .errorNumber) }
        return answer(json(try call.desk().join(call.idInPath(), to: number)))
    }

    /// Erases at once: a program has no second thoughts.
    private static func dismiss(_ call: Call) throws -> WebResponse {
        guard let reason = call.field("reason").flatMap(DismissalReason.init(rawValue:)) else {
            throw WebProblem(422, .errorReason)
        }
        let outcome = try call.desk().dismiss(call.idInPath(), reason: reason.rawValue, version: call.number("version"))
        return answer([
            "ok": true, "state": outcome.state.rawValue, "needsSecondReader": outcome.needsSecondReader,
            "erased": outcome.isErased,
        ])
    }

    private static func act(_ call: Call) throws -> WebResponse {
        guard let action = call.field("action").flatMap(CaseAction.init(rawValue:)) else {
            throw WebProblem(422, .errorForm)
        }
        if action == .forwardUp { throw WebProblem(422, .errorForwardUp) }
        let (act, details) = try CaseActs.read(action, call)
        return answer(json(try call.desk().perform(act, on: call.captures[0], details: details)))
    }
}
