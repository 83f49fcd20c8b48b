import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// What somebody outside, or a text inside, could try.
struct SafetyTests {
    private let world: DeskWorld

    init() throws { world = try DeskWorld() }

    @Test func `a password opens the desk, a wrong one and an unknown name look the same`() async throws {
        try world.acting("intake").setPassword(
            DeskWorld.password, of: try #require(world.people["intake"]), policy: world.desk.settings.accounts)
        let form = try await Browser(world.desk).get("/sign-in")
        let cookie = try #require(form.header("set-cookie")?.split(separator: ";").first.map(String.init))
        let token = try #require(form.text.firstMatch(of: #/name="token" value="([0-9a-f]{64})"/#)?.1)
        let browser = Browser(world.desk, cookie: cookie, token: String(token))
        let wrong = try await browser.post("/sign-in", [("name", "intake"), ("password", "no such password")])
        let unknown = try await browser.post("/sign-in", [("name", "nobody"), ("password", "no such password")])
        #expect(wrong.status == 403 && unknown.status == 403)
        #expect(wrong.text == unknown.text.replacing("nobody", with: "intake"))
        let right = try await browser.post(
            "/sign-in", [("name", "intake"), ("password", DeskWorld.password), ("to", "https://evil.example/")])
        #expect(right.status == 303 && right.header("location") == "/")
        let session = try #require(right.header("set-cookie"))
        #expect(session.contains("HttpOnly") && session.contains("SameSite=Strict"))
    }

    @Test func `an address that can't be decoded is answered like any other error`() {
        let page = world.desk.unreadable(target: "/flags?q=%00")
        #expect(page.status == 400 && page.header("content-type")?.hasPrefix("text/html") == true)
        let json = world.desk.unreadable(target: "/api/v1/flags?q=%00")
        #expect(json.status == 400 && json.header("content-type")?.contains("json") == true && !json.body.isEmpty)
        #expect(json.header("x-content-type-options") == "nosniff")
    }

    @Test func `five wrong passwords lock the account`() async throws {
        try world.acting("intake").setPassword(
            DeskWorld.password, of: try #require(world.people["intake"]), policy: world.desk.settings.accounts)
        let form = try await Browser(world.desk).get("/sign-in")
        let cookie = try #require(form.header("set-cookie")?.split(separator: ";").first.map(String.init))
        let token = try #require(form.text.firstMatch(of: #/name="token" value="([0-9a-f]{64})"/#)?.1)
        let browser = Browser(world.desk, cookie: cookie, token: String(token))
        for _ in 0..<5 {
            _ = try await browser.post("/sign-in", [("name", "intake"), ("password", "guess guess guess")])
        }
        let late = try await browser.post("/sign-in", [("name", "intake"), ("password", DeskWorld.password)])
        #expect(late.status == 403 && late.header("set-cookie")?.contains("minsheng=") != true)
    }

    @Test func `a form of another site changes nothing`() async throws {
        let flag = try world.flag("路灯坏了好久")
        let browser = try world.browser("intake")
        let fields = [("verdict", "nothing"), ("reason", "not-complaint")]
        #expect(try await browser.post("/flags/\(flag)", fields, token: "").status == 403)
        #expect(
            try await browser.post("/flags/\(flag)", fields, token: try world.browser("intake2").token).status == 403)
        let body = Array("token=\(browser.token)&verdict=nothing&reason=not-complaint".utf8)
        let headers = [("Host", DeskWorld.host), ("Cookie", browser.cookie), ("Origin", "http://evil.example")]
        let forged = try #require(WebRequest(method: "POST", target: "/flags/\(flag)", headers: headers, body: body))
        #expect(await world.desk.respond(to: forged).status == 403)
        #expect(try world.acting("intake").flag(flag).summary.state == .new)
    }

    @Test(arguments: ["evil.example", "evil.example:8080", "localhost", ""])
    func `another host name is refused`(_ host: String) async throws {
        let request = try #require(WebRequest(method: "GET", target: "/sign-in", headers: [("Host", host)]))
        #expect(await world.desk.respond(to: request).status == 421)
    }

    @Test func `every answer forbids foreign scripts, frames and guesses`() async throws {
        let browser = try world.browser("intake")
        for address in ["/queue", "/nowhere", "/static/desk.css", "/api/v1/me", "/sign-in"] {
            let answer = try await browser.get(address)
            let policy = try #require(answer.header("content-security-policy"))
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(answer.header("x-content-type-options") == "nosniff")
            let html = answer.text
            #expect(
                !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick")
                    && !html.contains("http://www.g"))
        }
    }

    static let hostile = [
        "<script>alert(1)</script>水停了三天", "\"><img src=x onerror=alert(1)>水停了", "</textarea><script>alert(2)</script>",
        "水\u{202E}了停\u{202C}三天没人管", "水\u{200B}停\u{200B}了\u{FEFF}", "\u{1B}[31m水停了\u{1B}[0m\u{7}",
        "=HYPERLINK(\"http://evil\")水停了",
        "{{7*7}}${7*7}<%= 7 %>水停了", "' OR 1=1 --水停了", "javascript:alert(1)//水停了",
        String(repeating: "水停了没人管", count: 3000),
        "水停了\u{0}\u{85}\u{2028}\u{2029}三天", "&lt;b&gt;水停了&amp;", "<!--水停了--><svg/onload=alert(3)>", "𠮷野家水停了👨‍👩‍👧‍👦",
    ]

    @Test(arguments: hostile.indices)
    func `a hostile text is only ever text`(_ index: Int) async throws {
        let text = Self.hostile[index]
        let id = try world.flag(text)
        // The shortest of them is a summary too: what a clerk types is no safer than a chat.
        let summary = text.count < 200 ? "摘要" + text : "摘要"
        var new = NewCase(track: .grievance, topic: .water, area: DeskWorld.village, source: .visit, summary: summary)
        // Another one: a summary may not repeat the original.
        new.original = "原文" + Self.hostile[(index + 1) % Self.hostile.count]
        let number = try #require(try world.acting("intake").register(new).number)
        let browser = try world.browser("intake")
        for address in [
            "/queue", "/queue?expanded=1", "/flags/\(id)", "/cases", "/cases/\(number)", "/cases/\(number)/print",
            "/cases/\(number)/visit", "/cases/\(number)/kept",
            "/search?q=\(FormText.encoded(String(text.replacing("\u{0}", with: "").prefix(50))))", "/villages",
            "/overview",
        ] {
            let answer = try await browser.get(address)
            #expect(answer.status == 200, "\(address)")
            expectHarmless(answer, address)
        }
        // What is typed into a form comes back in it, or in the words about it.
        let typed = String(text.prefix(300))
        for (name, address, fields) in [
            ("lexicon", "/lexicons/try", [("sentence", typed)]), ("intake", "/filters", [("name", typed)]),
            ("intake", "/flags/\(id)", [("verdict", "grievance"), ("summary", typed), ("area", typed)]),
            ("intake", "/villages/groups", [("id", typed), ("name", typed), ("village", typed)]),
            ("admin", "/administration/staff", [("name", typed), ("role", "intake"), ("unit", "1")]),
            ("auditor", "/progress", [("number", typed), ("code", typed)]),
        ] {
            let person = try world.browser(name)
            let answer = try await person.post(address, fields)
            #expect(answer.status < 500, "\(address): \(answer.status)")
            expectHarmless(answer, address)
        }
        // Names of people, files and filters stand on every page of theirs.
        for (name, role) in DeskWorld.staff.map({ ($0.0, $0.2) }) {
            let person = try world.browser(name)
            for route in Routes.all where route.method == "GET" && !route.pattern.contains(":") {
                if case .roles(let roles) = route.access, !roles.contains(role) { continue }
                if ["api", "static"].contains(route.pattern.first) { continue }
                let address = "/" + route.pattern.joined(separator: "/")
                expectHarmless(
                    try await person.get(address + "?place=" + FormText.encoded("<img src=x>\u{202E}")), address)
            }
        }
    }

    private func expectHarmless(_ answer: WebResponse, _ address: String) {
        let html = answer.text
        #expect(
            !html.contains("<script>alert") && !html.contains("<img") && !html.contains("<svg/onload"), "\(address)")
        #expect(
            !html.unicodeScalars.contains { [0x202E, 0x200B, 0xFEFF, 0x1B, 0x7, 0x0, 0x2028].contains($0.value) },
            "\(address)")
        #expect(String(validating: answer.body, as: UTF8.self) != nil)
    }

    @Test func `no page says who wrote or when on the day`() async throws {
        let id = try world.flag("水停了三天没人管")
        let number = try world.complaint()
        let browser = try world.browser("intake")
        for address in ["/queue", "/flags/\(id)", "/cases/\(number)", "/villages", "/overview", "/import"] {
            let html = try await browser.get(address).text
            #expect(html.firstMatch(of: #/[0-2][0-9]:[0-5][0-9]/#) == nil, "\(address)")
            #expect(!html.contains("g1@chatroom"))
        }
    }

    /// A county of four hundred villages, with as much on every page as a page shows.
    private func fill() throws {
        let places = (0..<400).map { index in
            GazetteerEntry(
                code: "3509990\(1 + index / 40)\(200 + index % 40 + (index < 40 ? 10 : 0))".padding(
                    toLength: 12, withPad: "0", startingAt: 0), name: "第\(index)号试验村", level: .village,
                parent: DeskWorld.township, aliases: [.init(text: "\(index)号", kind: .short)])
        }
        try world.store.replacePlaces(
            DeskWorld.places
                + places.filter { place in
                    !DeskWorld.places.contains { $0.code == place.code }
                })
        for index in 0..<40 { _ = try world.flag("第\(index)户水停了三天，没有人来管，请尽快处理一下吧") }
        // One topic and place is one case.
        for topic in Topic.allCases where topic.track == .grievance {
            for area in [DeskWorld.village, "350999001202"] {
                let new = NewCase(
                    track: .grievance, topic: topic, area: area, source: .visit, summary: "反映一处需要处理的问题，请核实")
                _ = try world.acting("intake").register(new)
            }
        }
    }

    @Test func `no page needs more than 60 kB, style sheet and script included`() async throws {
        try fill()
        var assets = 0
        for address in ["/static/desk.css", "/static/desk.js", "/static/icon.svg"] {
            assets += try await Browser(world.desk).get(address).body.count
        }
        #expect(try world.acting("intake").cases().count == 50 && assets > 10_000)
        for (name, _, role) in DeskWorld.staff {
            let browser = try world.browser(name)
            for route in Routes.all where route.method == "GET" && route.pattern.first != "api" {
                guard !route.pattern.contains(":"), route.pattern.first != "static" else { continue }
                if case .roles(let roles) = route.access, !roles.contains(role) { continue }
                let page = try await browser.get("/" + route.pattern.joined(separator: "/"))
                #expect(page.status < 400, "\(name) \(route.path): \(page.status)")
                #expect(page.body.count + assets < 60_000, "\(name) \(route.path): \(page.body.count + assets)")
            }
        }
        let intake = try world.browser("intake")
        let number = try world.complaint("反映最后一处供水中断")
        for address in ["/queue?view=mine", "/cases?view=all", "/flags/1?view=review&at=1", "/cases/\(number)"] {
            let page = try await intake.get(address)
            #expect(page.status == 200 && page.body.count + assets < 60_000, "\(address): \(page.body.count + assets)")
        }
    }
}
