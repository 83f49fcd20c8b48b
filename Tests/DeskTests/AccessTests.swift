import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Who gets in where: every address, every role; one's own cases, others', walled ones.
struct AccessTests {
    private let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private static func concrete(_ route: Route) -> String {
        "/" + route.pattern.map { $0 == ":" ? "1" : $0 }.joined(separator: "/")
    }

    @Test func `nobody gets in without a session`() async throws {
        let stranger = Browser(world.desk)
        for route in Routes.all {
            guard case .anyone = route.access else {
                let answer =
                    try await route.method == "GET"
                    ? stranger.get(Self.concrete(route)) : stranger.post(Self.concrete(route))
                #expect([303, 401, 403].contains(answer.status), "\(route.method) \(route.path): \(answer.status)")
                if answer.status == 303 { #expect(answer.header("location")?.hasPrefix("/sign-in") == true) }
                continue
            }
        }
    }

    @Test func `a role gets in at its own addresses and no others`() async throws {
        for (name, _, role) in DeskWorld.staff {
            let browser = try world.browser(name)
            for route in Routes.all where route.method == "GET" && route.pattern.first != "api" {
                let answer = try await browser.get(Self.concrete(route))
                switch route.access {
                case .roles(let roles) where !roles.contains(role):
                    #expect(answer.status == 403, "\(name) \(route.path): \(answer.status)")
                default: #expect(answer.status != 403 && answer.status < 500, "\(name) \(route.path): \(answer.status)")
                }
            }
        }
    }

    @Test func `a case is shown to whom the store lets read it, at every address`() async throws {
        let complaint = try world.complaint("反映自来水停了好几天")
        let report = try world.report("反映集体资金去向不明")
        for (name, _, role) in DeskWorld.staff {
            let browser = try world.browser(name)
            for (number, word) in [(complaint, "自来水"), (report, "集体资金")] {
                let may = (try? world.acting(name).view(number)) != nil
                for path in ["/cases/\(number)", "/cases/\(number)/print", "/cases/\(number)/visit"] {
                    let answer = try await browser.get(path)
                    #expect((answer.status == 200) == may, "\(name) \(path): \(answer.status)")
                    if !may { #expect(!answer.text.contains(word), "\(name) \(path)") }
                }
                for path in [
                    "/queue", "/cases?view=all", "/search?q=\(FormText.encoded(word))", "/overview", "/villages",
                    "/audit", "/administration", "/counts",
                ] {
                    let answer = try await browser.get(path)
                    #expect(may || !answer.text.contains(number), "\(name) \(path) shows \(number)")
                }
            }
            _ = role
        }
    }

    @Test func `a walled case and a case that isn't there look the same`() async throws {
        let report = try world.report()
        let villager = try world.browser("villager")
        let missing = report.replacing("0001", with: "0999")
        let (walled, absent) = (try await villager.get("/cases/\(report)"), try await villager.get("/cases/\(missing)"))
        #expect(walled.status == 404 && absent.status == 404)
        #expect(walled.text.replacing(report, with: "N") == absent.text.replacing(missing, with: "N"))
        let act = [("action", "note"), ("reason", "general"), ("text", "x")]
        let (one, two) = (
            try await villager.post("/cases/\(report)/act", act), try await villager.post("/cases/\(missing)/act", act)
        )
        #expect(one.status == 404 && one.text.replacing(report, with: "N") == two.text.replacing(missing, with: "N"))
    }

    @Test func `a program has its person's rights and no more`() async throws {
        let report = try world.report()
        let (_, secret) = try world.acting("villager").issueToken("试验")
        func call(_ path: String, _ token: String?) async throws -> WebResponse {
            var headers = [("Host", DeskWorld.host)]
            if let token { headers.append(("Authorization", "Bearer " + token)) }
            return await world.desk.respond(to: try #require(WebRequest(method: "GET", target: path, headers: headers)))
        }
        #expect(try await call("/api/v1/me", secret).text.contains("\"handler\""))
        #expect(try await call("/api/v1/cases/\(report)", secret).status == 404)
        #expect(try await call("/api/v1/flags", secret).status == 403)
        #expect(try await call("/api/v1/cases", nil).status == 401)
        #expect(try await call("/api/v1/cases", "ms_wrong").status == 401)
        // A browser's cookie opens no API, so that no page of another site can use it.
        let cookie = try world.browser("intake")
        #expect(try await cookie.get("/api/v1/flags").status == 401)
    }

    @Test func `the document of the API names its addresses and no more`() throws {
        let paths = try #require(OpenAPI.document["paths"] as? [String: [String: Any]])
        let documented = Set(paths.flatMap { path, methods in methods.keys.map { $0.uppercased() + " " + path } })
        let served = API.routes.filter { $0.pattern.last != "openapi.json" }.map { route in
            let names = ["flags": "{id}", "cases": "{number}"]
            let parts = route.pattern.dropFirst(2).map { $0 == ":" ? names[route.pattern[2]] ?? "" : $0 }
            return route.method + " /" + parts.joined(separator: "/")
        }
        #expect(documented == Set(served))
    }
}
