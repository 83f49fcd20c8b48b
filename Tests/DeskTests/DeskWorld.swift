import CaseStore
import Casework
import Foundation
import Lexicons
import Messages
import Testing

@testable import Desk

/// A desk over a data folder of its own, with the bodies and people of an invented county; gone with the test.
final class DeskWorld: Sendable {
    let root: String
    let store: CaseStore
    let desk: DeskApplication
    let units: [String: Int]
    let people: [String: Int]

    /// 2026-03-02 10:00 in China, a Monday.
    static let monday: Int64 = 1_772_416_800
    static let village = "350999001201"
    static let township = "350999001000"
    static let county = "350999000000"
    static let password = "correct horse battery"
    static let host = "localhost:8080"

    static let staff: [(String, String, StaffRole)] = [
        ("intake", "commission", .intake), ("intake2", "commission", .intake),
        ("supervisor", "commission", .supervisor),
        ("inspector", "commission", .inspector), ("auditor", "commission", .auditor),
        ("analyst", "commission", .analyst),
        ("lexicon", "commission", .lexicon), ("villager", "village", .handler),
        ("neighbour", "other", .handler), ("town", "township", .handler), ("watch", "discipline", .townshipDiscipline),
        // The last: once there is an administrator, the operator makes no accounts any more.
        ("admin", "commission", .sysadmin),
    ]

    init(undoSeconds: Int64 = 0) throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)").path
        store = try CaseStore.create(at: root)
        try store.replacePlaces(Self.places)
        try store.add(
            RegisteredGroup(
                id: "g1@chatroom", name: "溪东村监督群", platform: .wechat, village: Self.village,
                noticePostedOn: "2026-01-05"))
        let keeper = try CaseDesk(store, now: Self.monday)
        var units: [String: Int] = [:]
        for (name, kind, area, parent) in [
            ("commission", UnitKind.countyCommission, Self.county, nil),
            ("bureau", .countyDepartment, Self.county, nil),
            ("township", .townshipGovernment, Self.township, "bureau"),
            ("discipline", .townshipDiscipline, Self.township, "commission"),
            ("village", .village, Self.village, "township"), ("other", .village, "350999001202", "township"),
        ] as [(String, UnitKind, String, String?)] {
            units[name] = try keeper.addUnit(kind: kind, area: area, name: name, parent: parent.flatMap { units[$0] })
        }
        let years = try ["2026-01-01", "2027-01-01"].map {
            WorkCalendar.Entry(day: try #require(CivilDay($0)), kind: .year, source: "试验")
        }
        try keeper.importCalendar(WorkCalendar(years))
        var people: [String: Int] = [:]
        for (name, unit, role) in Self.staff {
            people[name] = try keeper.addStaff(unit: try #require(units[unit]), role: role, name: name)
        }
        (self.units, self.people) = (units, people)
        var settings = DeskSettings(hosts: [Self.host])
        settings.accounts.rounds = 1 << 10
        settings.undoSeconds = undoSeconds
        settings.clock = { Self.monday }
        desk = DeskApplication(
            store: store, taxonomy: Taxonomy(tracks: [:], topics: [:]), settings: settings)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    static let places = [
        GazetteerEntry(code: county, name: "云岭县", level: .county),
        GazetteerEntry(code: township, name: "溪口镇", level: .township, parent: county),
        GazetteerEntry(code: village, name: "溪东村", level: .village, parent: township),
        GazetteerEntry(code: "350999001202", name: "溪西村", level: .village, parent: township),
    ]

    /// The desk of the store as a person.
    func acting(_ name: String) throws -> CaseDesk {
        try CaseDesk(store, as: try #require(people[name]), now: Self.monday)
    }

    /// A browser in which a person has signed in.
    func browser(_ name: String) throws -> Browser {
        let number = try #require(people[name])
        let opened = try store.openSession(for: number, now: Self.monday, policy: desk.settings.accounts)
        let session = try #require(opened)
        return Browser(desk, cookie: "minsheng=\(session.secret)", token: session.csrf)
    }

    /// A new flag, and its number.
    func flag(
        _ text: String, topic: Topic = .water, severity: Severity = .medium, member: UInt64 = .random(in: 1 ... .max)
    ) throws -> Int {
        let verdict = Verdict(
            flagged: true, track: topic.track, topic: topic, severity: severity, score: 0.75,
            evidence: [Hit(rule: "water.cut", span: 0..<min(6, text.utf8.count))])
        let draft = try #require(
            FlagDrafter(lexiconVersion: "1ex", gazetteerVersion: "9a2").draft(
                of: .init(
                    groupID: "g1@chatroom", sentAt: Self.monday - 86_400, text: text, verdict: verdict,
                    attribution: Attribution(code: Self.village, name: "溪东村", basis: .text, confidence: 0.9),
                    members: [member])))
        let session = try store.openImport(
            of: ImportSource(startedOn: CivilDay(instant: Self.monday).number, lexiconVersion: "1ex"))
        let id = try session.insert(draft)
        try session.finish(ImportCounts())
        return id
    }

    /// A complaint that lies with the village, and its number.
    func complaint(_ summary: String = "反映供水中断多日") throws -> String {
        let new = NewCase(track: .grievance, topic: .water, area: Self.village, source: .visit, summary: summary)
        let number = try #require(try acting("intake").register(new).number)
        _ = try acting("intake").perform(CaseAct(.accept), on: number)
        var act = CaseAct(.assign)
        act.unit = try CaseDesk(store, now: 0).units().first { $0.id == units["village"] }
        _ = try acting("intake").perform(act, on: number)
        return number
    }

    /// A report about the village, and its number.
    func report(_ summary: String = "反映补助发放问题") throws -> String {
        let new = NewCase(
            track: .misconduct, topic: .embezzlement, area: Self.village, source: .visit, summary: summary)
        return try #require(try acting("intake").register(new).number)
    }
}

/// One browser: its cookie, and the token of its forms.
struct Browser: Sendable {
    let desk: DeskApplication
    let cookie: String
    let token: String

    init(_ desk: DeskApplication, cookie: String = "", token: String = "") {
        (self.desk, self.cookie, self.token) = (desk, cookie, token)
    }

    func get(_ address: String) async throws -> WebResponse {
        let headers = [("Host", DeskWorld.host), ("Cookie", cookie)]
        return await desk.respond(to: try #require(WebRequest(method: "GET", target: address, headers: headers)))
    }

    /// Sends a form with this browser's token, or with another's.
    func post(_ address: String, _ fields: [(String, String)] = [], token other: String? = nil) async throws
        -> WebResponse
    {
        let body = ([("token", other ?? token)] + fields).map { FormText.encoded($0.0) + "=" + FormText.encoded($0.1) }
        let headers = [("Host", DeskWorld.host), ("Cookie", cookie), ("Origin", "http://" + DeskWorld.host)]
        return await desk.respond(
            to: try #require(
                WebRequest(
                    method: "POST", target: address, headers: headers, body: Array(body.joined(separator: "&").utf8))))
    }
}

extension WebResponse {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
