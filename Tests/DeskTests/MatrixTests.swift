import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Every route × every role × one's own, a foreign and a walled case or flag: who may not read it gets the one answer
/// that an absent one gets, and none of its words.
struct MatrixTests {
    private let world: DeskWorld
    private let own: String
    private let foreign: String
    private let walled: String

    init() throws {
        world = try DeskWorld()
        own = try world.complaint("反映甲井抽水声响")
        let new = NewCase(
            track: .grievance, topic: .roads, area: "350999001202", source: .visit, summary: "反映乙桥栏杆松动")
        foreign = try #require(try world.acting("intake").register(new).number)
        walled = try world.report("反映丙账去向不明")
    }

    private static let words = ["甲井", "乙桥", "丙账"]

    /// What a route is sent so that it gets as far as the case; nothing of it can end one.
    private static let form = [
        ("action", "note"), ("reason", "general"), ("text", "看过"), ("until", "2026-03-20"), ("verdict", "nothing"),
    ]

    private func answer(_ route: Route, _ name: String, _ item: String) async throws -> WebResponse {
        let address = "/" + route.pattern.map { $0 == ":" ? item : $0 }.joined(separator: "/")
        if route.pattern.first == "api" {
            let (_, secret) = try world.acting(name).issueToken("试验")
            let body = "{\"action\":\"note\",\"reason\":\"general\",\"text\":\"x\"}"
            let request = WebRequest(
                method: route.method, target: address,
                headers: [("Host", DeskWorld.host), ("Authorization", "Bearer " + secret)],
                body: route.method == "POST" ? Array(body.utf8) : [])
            return await world.desk.respond(to: try #require(request))
        }
        let browser = try world.browser(name)
        return try await route.method == "GET" ? browser.get(address) : browser.post(address, Self.form)
    }

    @Test(arguments: DeskWorld.staff.map(\.0))
    func `of a case a person gets what the store lets them read, by every address`(_ name: String) async throws {
        let role = try #require(DeskWorld.staff.first { $0.0 == name }?.2)
        let routes = Routes.all.filter { $0.pattern.contains("cases") && $0.pattern.contains(":") }
        #expect(routes.count >= 8)
        for (index, number) in [own, foreign, walled].enumerated() {
            let may = (try? world.acting(name).view(number)) != nil
            for route in routes {
                let answer = try await answer(route, name, number)
                guard case .roles(let roles) = route.access, roles.contains(role) else {
                    #expect(answer.status == 403, "\(name) \(route.method) \(route.path): \(answer.status)")
                    continue
                }
                #expect(answer.status < 500, "\(name) \(route.method) \(route.path): \(answer.status)")
                #expect(
                    (answer.status == 404) == !may, "\(name) \(route.method) \(route.path) \(index): \(answer.status)")
                if !may { #expect(!answer.text.contains(Self.words[index]), "\(name) \(route.path)") }
            }
        }
    }

    @Test(arguments: DeskWorld.staff.map(\.0))
    func `no list, count or search shows a person a case that they may not read`(_ name: String) async throws {
        let browser = try world.browser(name)
        for route in Routes.all where route.method == "GET" && !route.pattern.contains(":") {
            for query in ["", "?view=all", "?q=" + FormText.encoded("丙账"), "?place=\(DeskWorld.village)&view=all"] {
                let address = "/" + route.pattern.joined(separator: "/") + query
                let html = try await browser.get(address).text
                for (number, word) in zip([own, foreign, walled], Self.words) {
                    guard (try? world.acting(name).view(number)) == nil else { continue }
                    #expect(!html.contains(number), "\(name) \(address) names \(number)")
                    // What was searched for stands in its own box, and nowhere else.
                    let shown = html.replacing("value=\"丙账\"", with: "").replacing("“丙账”", with: "")
                    #expect(!shown.contains(word), "\(name) \(address) says \(word)")
                }
            }
        }
    }

    /// A page without its own address and without the tokens of its session.
    private func plain(_ answer: WebResponse, _ id: Int) -> String {
        answer.text.replacing("flags%2F\(id)", with: "flags%2FN").replacing("线索 \(id)", with: "线索 N").replacing(
            #/[0-9a-f]{64}/#, with: "")
    }

    @Test func `a flag about somebody's own is as absent for them as one that isn't there`() async throws {
        let flag = try world.flag("村干部截留低保金", topic: .embezzlement)
        let tie = StaffTie(
            staff: try #require(world.people["intake2"]), kind: .kin, unit: world.units["village"])
        _ = try world.acting("supervisor").declare(tie)
        let routes = Routes.all.filter { $0.pattern.contains("flags") && $0.pattern.contains(":") }
        #expect(routes.count >= 10)
        for route in routes {
            let (there, absent) = (
                try await answer(route, "intake2", String(flag)), try await answer(route, "intake2", "99999")
            )
            #expect(there.status == absent.status, "\(route.method) \(route.path): \(there.status)")
            #expect(plain(there, flag) == plain(absent, 99_999), "\(route.method) \(route.path)")
            #expect(!there.text.contains("截留"))
        }
        for address in ["/queue", "/queue?expanded=1", "/queue?rule=water.cut", "/villages", "/counts"] {
            let page = try await world.browser("intake2").get(address).text
            #expect(!page.contains("/flags/\(flag)") && !page.contains("截留"), "\(address)")
        }
        #expect(try await world.browser("intake2").get("/counts").text.contains("\"review\":0"))
        #expect(try await world.browser("intake").get("/counts").text.contains("\"review\":1"))
    }

    @Test func `a page that was kept is never shown after anything changed, and each showing is logged`() async throws {
        let flag = try world.flag("村干部截留低保金", topic: .embezzlement)
        let browser = try world.browser("intake2")
        for _ in 0..<3 { #expect(try await browser.get("/queue").text.contains("/flags/\(flag)?")) }
        var query = AuditQuery()
        (query.actor, query.action) = (world.people["intake2"], "flags-list")
        #expect(try world.acting("auditor").auditReport(query).rows.count == 3)
        // Not through the desk: as another program would do it.
        _ = try world.acting("supervisor").declare(
            StaffTie(staff: try #require(world.people["intake2"]), kind: .kin, unit: world.units["village"]))
        #expect(!(try await browser.get("/queue").text.contains("/flags/\(flag)?")))
        let other = try world.browser("intake")
        #expect(try await other.get("/queue").text.contains("/flags/\(flag)?"))
        try world.acting("supervisor").claim(flag)
        #expect(try await other.get("/queue").text.contains("有人在看"))
    }

    @Test func `a rule's share says nothing of how many flags there are`() {
        #expect(RuleShare(confirmed: 0, dismissed: 0) == nil)
        #expect(RuleShare(confirmed: 18, dismissed: 1) == nil)
        #expect(RuleShare(confirmed: 18, dismissed: 2)?.text == "90%")
        #expect(
            RuleShare(confirmed: 19, dismissed: 2) == RuleShare(confirmed: 18, dismissed: 2), "one more doesn't show")
        #expect(!RuleShare.isFor(.analyst, .embezzlement) && RuleShare.isFor(.analyst, .water))
        #expect(!RuleShare.isFor(.lexicon, nil) && !RuleShare.isFor(.handler, .water))
        #expect(RuleShare.isFor(.intake, .embezzlement))
    }
}
