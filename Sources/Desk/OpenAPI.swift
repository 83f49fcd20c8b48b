import CaseStore
import Casework
import Messages

/// The document that describes the API (OpenAPI 3.1), made from the closed lists of the rooms.
enum OpenAPI {
    static var document: [String: Any] {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Minsheng desk", "version": "1",
                "description":
                    "The desk's actions for programs that work as a staff member: the same desk, the same wall.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ] as [String: Any],
            "servers": [["url": "/api/v1"]],
            "security": [["token": [String]()]],
            "paths": paths,
            "components": ["schemas": schemas, "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]]]
                as [String: Any],
        ]
    }

    // MARK: - Parts

    private static func ref(_ name: String) -> [String: Any] { ["$ref": "#/components/schemas/\(name)"] }

    private static func content(_ schema: [String: Any]) -> [String: Any] { ["application/json": ["schema": schema]] }

    private static func responses(_ schema: String, _ errors: [Int]) -> [String: Any] {
        var all: [String: Any] = ["200": ["description": "Done.", "content": content(ref(schema))] as [String: Any]]
        for code in errors + [400, 401, 403, 500, 503] {
            all[String(code)] =
                ["description": "Refused; `error` says why.", "content": content(ref("Problem"))] as [String: Any]
        }
        return all
    }

    private static func operation(
        _ id: String, _ summary: String, _ schema: String, _ errors: [Int] = [], parameters: [[String: Any]] = [],
        body: [String: Any]? = nil
    ) -> [String: Any] {
        var operation: [String: Any] = [
            "operationId": id, "summary": summary, "responses": responses(schema, errors), "parameters": parameters,
        ]
        if let body { operation["requestBody"] = ["required": true, "content": content(body)] as [String: Any] }
        return operation
    }

    private static func query(_ name: String, _ schema: [String: Any]) -> [String: Any] {
        ["name": name, "in": "query", "required": false, "schema": schema]
    }

    private static func choice(_ values: [String]) -> [String: Any] { ["type": "string", "enum": values] }

    private static func orNull(_ type: String) -> [String: Any] { ["type": [type, "null"]] }

    private static func object(_ properties: [String: Any], required: [String]? = nil, closed: Bool = true) -> [String:
        Any]
    {
        [
            "type": "object", "properties": properties, "required": required ?? properties.keys.sorted(),
            "additionalProperties": !closed,
        ]
    }

    private static var text: [String: Any] { ["type": "string"] }
    private static var day: [String: Any] { ["type": "string", "format": "date"] }
    private static var whole: [String: Any] { ["type": "integer"] }
    private static var yes: [String: Any] { ["type": "boolean"] }
    private static var code12: [String: Any] { ["type": "string", "pattern": "^[0-9]{12}$"] }
    private static var flagID: [String: Any] {
        [
            "name": "id", "in": "path", "required": true, "schema": ["type": "integer", "minimum": 1] as [String: Any],
        ]
    }
    private static var caseNumber: [String: Any] {
        [
            "name": "number", "in": "path", "required": true,
            "schema": ["type": "string", "pattern": "^[0-9]{6}-[0-9]{4}-[ABC]-[0-9]{4,}$"] as [String: Any],
        ]
    }

    private static var filters: [[String: Any]] {
        [
            query("track", choice(Track.allCases.map(\.rawValue))),
            query("topic", choice(Topic.allCases.map(\.rawValue))),
            query("severity", choice(Severity.allCases.map(\.rawValue))), query("from", day), query("to", day),
            query("place", code12), query("limit", ["type": "integer", "minimum": 1, "maximum": 200]),
            query("offset", ["type": "integer", "minimum": 0, "maximum": 100_000]),
            query("after", ["type": "string", "description": "`next` of the page before; `offset` counts no more."]),
        ]
    }

    // MARK: - Paths

    private static var paths: [String: Any] {
        let version: [String: Any] = ["type": "integer", "description": "The version that was looked at."]
        return [
            "/me": ["get": operation("me", "Who the token works as", "Me")],
            "/counts": [
                "get": operation("counts", "How many cases each view has; counting stops at 1000", "Counts", [422])
            ],
            "/flags": [
                "get": operation(
                    "listFlags", "Flags that wait, the most urgent first", "FlagList", [422],
                    parameters: filters + [query("rule", text)])
            ],
            "/flags/{id}": ["get": operation("showFlag", "One flag", "Flag", [404], parameters: [flagID])],
            "/flags/{id}/claim": [
                "post": operation(
                    "claimFlag", "Takes it in hand for half an hour", "Flag", [404, 409], parameters: [flagID])
            ],
            "/flags/{id}/release": [
                "post": operation("releaseFlag", "Gives a claim back", "Flag", [404, 409], parameters: [flagID])
            ],
            "/flags/{id}/confirm": [
                "post": operation(
                    "confirmFlag", "Makes a case of it", "Outcome", [404, 409, 413, 422], parameters: [flagID],
                    body: object(
                        [
                            "summary": text, "topic": choice(Topic.allCases.map(\.rawValue)), "area": code12,
                            "accused": whole, "official": whole, "version": version,
                        ],
                        required: []))
            ],
            "/flags/{id}/join": [
                "post": operation(
                    "joinFlag", "Joins it to an open case", "Outcome", [404, 409, 413, 422], parameters: [flagID],
                    body: object(["number": text], required: ["number"]))
            ],
            "/flags/{id}/dismiss": [
                "post": operation(
                    "dismissFlag", "Ends it as nothing, at once", "Dismissal", [404, 409, 413, 422],
                    parameters: [flagID],
                    body: object(
                        ["reason": choice(DismissalReason.allCases.map(\.rawValue)), "version": version],
                        required: ["reason"]))
            ],
            "/cases": [
                "get": operation(
                    "listCases", "Cases that the person may read", "CaseList", [422],
                    parameters: filters + [
                        query("view", choice(CaseQuery.View.allCases.map(\.rawValue))),
                        query("state", choice(CaseState.allCases.map(\.rawValue))), query("q", text),
                    ])
            ],
            "/cases/{number}": ["get": operation("showCase", "One case", "Case", [404], parameters: [caseNumber])],
            "/cases/{number}/acts": [
                "post": operation(
                    "act", "Does something with it; `actions` of the case says what may be done", "Outcome",
                    [404, 409, 413, 422],
                    parameters: [caseNumber],
                    body: object(
                        [
                            "action": choice(CaseAction.allCases.map(\.rawValue)),
                            "reason": choice(ReasonCode.allCases.map(\.rawValue)),
                            "text": text, "paper": text, "staff": whole, "unit": whole, "until": day,
                            "level": choice(Supervision.allCases.map(\.slug)), "other": text, "flag": whole,
                            "topic": choice(Topic.allCases.map(\.rawValue)), "done": text, "doneOn": day,
                            "result": text,
                            "evidence": whole, "version": version,
                        ], required: ["action"]))
            ],
            "/cases/{number}/snooze": [
                "post": operation(
                    "snoozeCase", "Puts it off in one's own queues until a day; without a day it comes back", "Snooze",
                    [404, 413, 422], parameters: [caseNumber], body: object(["until": day], required: []))
            ],
            "/cases/{number}/code": [
                "post": operation(
                    "issueCode", "A new claim code for whoever spoke, told once; the one before counts no more", "Code",
                    [404, 409, 413, 422], parameters: [caseNumber])
            ],
            "/lexicons/versions": [
                "get": operation("listVersions", "The versions of the lexicons, oldest first", "VersionList")
            ],
        ]
    }

    // MARK: - Shapes

    private static var flagProperties: [String: Any] {
        [
            "id": whole, "day": day, "track": choice(Track.allCases.map(\.rawValue)),
            "topic": choice(Topic.allCases.map(\.rawValue)), "severity": choice(Severity.allCases.map(\.rawValue)),
            "score": ["type": "number"], "rules": ["type": "array", "items": text] as [String: Any],
            "state": choice(FlagState.allCases.map(\.rawValue)), "messages": whole,
            "village": ["type": ["object", "null"]], "expires": day, "verified": ["const": false], "version": whole,
            "text": orNull("string"), "quote": orNull("string"),
            "hits": ["type": "array", "items": object(["rule": text, "start": whole, "end": whole])] as [String: Any],
        ]
    }

    private static var caseProperties: [String: Any] {
        [
            "number": text, "track": choice(Track.allCases.map(\.rawValue)),
            "topic": choice(Topic.allCases.map(\.rawValue)),
            "severity": choice(Severity.allCases.map(\.rawValue)), "area": code12,
            "source": choice(CaseSource.allCases.map(\.rawValue)), "state": choice(CaseState.allCases.map(\.rawValue)),
            "unit": orNull("integer"), "received": day, "due": orNull("string"),
            "supervision": choice(Supervision.allCases.map(\.slug)), "recurrence": whole, "retaliation": yes,
            "verified": ["const": false], "version": whole,
        ]
    }

    private static var schemas: [String: Any] {
        let list: (String) -> [String: Any] = { ["type": "array", "items": ref($0)] }
        var whole: [String: Any] = caseProperties
        for name in ["original", "texts", "events", "actions", "clocks", "signs", "links", "accused"] {
            whole[name] = ["type": "array"]
        }
        whole["summary"] = orNull("string")
        whole["alias"] = orNull("string")
        return [
            "Problem": object(["ok": ["const": false], "status": Self.whole, "error": text]),
            "Me": object([
                "id": Self.whole, "name": text, "role": choice(StaffRole.allCases.map(\.rawValue)), "unit": Self.whole,
            ]),
            "Counts": ["type": "object", "additionalProperties": Self.whole],
            "Flag": object(flagProperties),
            "FlagList": object(["total": Self.whole, "flags": list("Flag"), "next": orNull("string")]),
            "CaseRow": object(caseProperties),
            "CaseList": object(["cases": list("CaseRow"), "next": orNull("string")]), "Case": object(whole),
            "Snooze": object(["ok": ["const": true], "until": orNull("string")]),
            "Code": object(["ok": ["const": true], "number": text, "code": text]),
            "Version": object([
                "id": Self.whole, "digest": text, "reason": text, "proposer": Self.whole, "proposed": day,
                "approver": orNull("integer"), "approved": orNull("string"), "current": yes,
            ]), "VersionList": object(["versions": list("Version")]),
            "Outcome": object([
                "ok": ["const": true], "number": orNull("string"), "state": orNull("string"),
                "reopened": orNull("string"),
                "split": orNull("string"), "clues": ["type": "array", "items": text] as [String: Any], "erased": yes,
            ]),
            "Dismissal": object([
                "ok": ["const": true], "state": choice(FlagState.allCases.map(\.rawValue)), "needsSecondReader": yes,
                "erased": yes,
            ]),
        ]
    }
}
