import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Requests that no page of the desk makes: other methods, other people's numbers in every field that takes one.
struct ForgeryTests {
    private let world: DeskWorld

    init() throws { world = try DeskWorld() }

    @Test func `no header and no field makes an act of a page`() async throws {
        let id = try world.flag("路灯坏了好久")
        let browser = try world.browser("intake")
        let act = "token=\(browser.token)&verdict=nothing&reason=not-complaint&_method=POST"
        for method in ["GET", "HEAD"] {
            let headers = [
                ("Host", DeskWorld.host), ("Cookie", browser.cookie), ("X-HTTP-Method-Override", "POST"),
                ("X-HTTP-Method", "POST"), ("X-Method-Override", "POST"),
            ]
            let request = WebRequest(
                method: method, target: "/flags/\(id)?" + act, headers: headers, body: Array(act.utf8))
            #expect(await world.desk.respond(to: try #require(request)).status == 200)
            for path in ["undo", "withdraw", "village"] {
                let other = WebRequest(method: method, target: "/flags/\(id)/\(path)?" + act, headers: headers)
                #expect(await world.desk.respond(to: try #require(other)).status == 405)
            }
        }
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "get", "post"] {
            let headers = [("Host", DeskWorld.host), ("Cookie", browser.cookie)]
            let request = WebRequest(
                method: method, target: "/flags/\(id)", headers: headers, body: Array(act.utf8))
            #expect(await world.desk.respond(to: try #require(request)).status == 405, "\(method)")
        }
        #expect(try world.acting("intake").flag(id).summary.state == .new)
    }

    @Test func `a host is asked for by every address, and forwarding names none`() async throws {
        for route in Routes.all {
            let path = "/" + route.pattern.map { $0 == ":" ? "1" : $0 }.joined(separator: "/")
            for headers in [
                [("Host", "evil.example")], [], [("Host", "evil.example"), ("X-Forwarded-Host", DeskWorld.host)],
                [("Host", DeskWorld.host + ".evil.example")], [("Host", "localhost:8080@evil.example")],
            ] {
                let request = WebRequest(method: route.method, target: path, headers: headers)
                #expect(await world.desk.respond(to: try #require(request)).status == 421, "\(path)")
            }
        }
    }

    /// A page without the numbers that are its address's.
    private static func withoutNumbers(_ text: String) -> String { text.replacing(#/[0-9]+/#, with: "0") }

    /// A tie keeps every report of the village away from a person.
    private func tie(_ name: String) throws {
        let staff = try #require(world.people[name])
        _ = try world.acting("admin").declare(StaffTie(staff: staff, kind: .native, unit: world.units["village"]))
    }

    /// A flag that the person of these tests may not see.
    private func walledFlag() throws -> Int {
        let id = try world.flag("村干部截留低保金", topic: .embezzlement)
        try tie("intake")
        return id
    }

    @Test func `a flag behind the wall and one that nobody has are told the same by every address`() async throws {
        let walled = String(try walledFlag())
        let absent = "98765"
        let own = try world.complaint()
        let browser = try world.browser("intake")
        let fields = [
            ("verdict", "nothing"), ("reason", "joke"), ("village", DeskWorld.village), ("teach", "溪东"),
            ("version", "1"), ("action", "join"), ("flag", "N"), ("back", "/queue"),
        ]
        for address in ["/flags/N", "/flags/N/undo", "/flags/N/withdraw", "/flags/N/village", "/cases/\(own)/act"] {
            var told: [String] = []
            for id in [walled, absent] {
                let form = fields.map { ($0.0, $0.1.replacing("N", with: id)) }
                let answer = try await browser.post(address.replacing("N", with: id), form)
                told.append("\(answer.status) " + Self.withoutNumbers(answer.text))
            }
            #expect(told[0] == told[1] && !told[0].hasPrefix("303"), "\(address): \(told[0].prefix(3))")
        }
        var notices: [String] = []
        for id in [walled, absent] {
            _ = try await browser.post("/flags/bulk", [("reason", "joke"), ("flag", id + ":1"), ("back", "/account")])
            notices.append(Self.withoutNumbers(try await browser.get("/account").text))
        }
        #expect(notices[0] == notices[1])
        for address in ["/flags/N", "/flags/N?view=review&at=1"] {
            let pages = try await [walled, absent].asyncMap {
                Self.withoutNumbers(try await browser.get(address.replacing("N", with: $0)).text)
            }
            #expect(pages[0] == pages[1], "\(address)")
        }
        // No list, number or filter tells of it, either.
        for query in ["", "?expanded=1", "?track=misconduct", "?topic=embezzlement", "?place=\(DeskWorld.village)"] {
            #expect(!(try await browser.get("/queue" + query).text.contains("/flags/\(walled)")), "\(query)")
        }
        #expect(try await browser.get("/counts").text.contains("\"review\":0"))
        #expect(try world.acting("intake2").flag(try #require(Int(walled))).summary.version == 1)
    }

    @Test func `a case behind the wall is told like one that nobody has, in every field that takes a number`()
        async throws
    {
        let walled = try world.report()
        for name in ["intake", "supervisor"] { try tie(name) }
        let absent = walled.replacing("0001", with: "0999")
        let own = try world.complaint()
        let flag = try world.flag("水停了三天没人管")
        let (browser, supervisor) = (try world.browser("intake"), try world.browser("supervisor"))
        for (person, address, fields) in [
            (browser, "/flags/\(flag)", [("verdict", "repeat"), ("number", "N")]),
            (browser, "/cases/\(own)/act", [("action", "merge"), ("other", "N")]),
            (browser, "/cases/\(own)/act", [("action", "relate"), ("other", "N"), ("reason", "general")]),
            (supervisor, "/cases/\(own)/act", [("action", "merge"), ("other", "N")]),
            (browser, "/cases/N/hold", [("basis", "一")]), (supervisor, "/cases/N/hold", [("basis", "一")]),
            (supervisor, "/cases/N/request", [("kind", "access")]),
        ] {
            var told: [String] = []
            for number in [walled, absent] {
                let form = fields.map { ($0.0, $0.1 == "N" ? number : $0.1) }
                let answer = try await person.post(address.replacing("/N/", with: "/\(number)/"), form)
                told.append("\(answer.status) " + answer.text.replacing(number, with: "N"))
            }
            #expect(told[0] == told[1] && !told[0].hasPrefix("303"), "\(address) \(fields[0]): \(told[0].prefix(3))")
        }
        for address in ["/search?q=N", "/cases?view=all&after=1.20000.N", "/queue?view=mine&after=1.20000.N"] {
            let pages = try await [walled, absent].asyncMap { number in
                let answer = try await browser.get(address.replacing("N", with: number))
                return "\(answer.status) \(answer.header("location") ?? "")".replacing(number, with: "N")
                    + answer.text.replacing(number, with: "N")
            }
            #expect(pages[0] == pages[1], "\(address)")
        }
    }

    @Test func `programs are told no more than pages`() async throws {
        let report = try world.report()
        let (walled, absent) = (String(try walledFlag()), "98765")
        let missing = report.replacing("0001", with: "0999")
        let own = try world.complaint()
        let (_, secret) = try world.acting("intake").issueToken("试验")
        func ask(_ method: String, _ path: String, _ json: String) async throws -> String {
            let headers = [("Host", DeskWorld.host), ("Authorization", "Bearer " + secret)]
            let request = WebRequest(
                method: method, target: "/api/v1" + path, headers: headers,
                body: method == "POST" ? Array(json.utf8) : [])
            let answer = await world.desk.respond(to: try #require(request))
            return "\(answer.status) " + answer.text
        }
        for (method, path, json) in [
            ("GET", "/flags/F", ""), ("POST", "/flags/F/claim", "{}"), ("POST", "/flags/F/release", "{}"),
            ("POST", "/flags/F/confirm", "{\"summary\":\"一句\"}"), ("POST", "/flags/F/join", "{\"number\":\"\(own)\"}"),
            ("POST", "/flags/F/dismiss", "{\"reason\":\"joke\"}"),
            ("POST", "/cases/\(own)/acts", "{\"action\":\"join\",\"flag\":F}"), ("GET", "/cases/R", ""),
            ("POST", "/cases/R/acts", "{\"action\":\"note\",\"text\":\"x\"}"), ("POST", "/cases/R/snooze", "{}"),
            ("POST", "/cases/R/code", "{}"),
            ("POST", "/cases/\(own)/acts", "{\"action\":\"merge\",\"other\":\"R\"}"),
        ] {
            var told: [String] = []
            for (flag, number) in [(walled, report), (absent, missing)] {
                func filled(_ text: String) -> String {
                    text.replacing("/F", with: "/" + flag).replacing(":F", with: ":" + flag)
                        .replacing("/R", with: "/" + number).replacing("\"R\"", with: "\"\(number)\"")
                }
                let answer = try await ask(method, filled(path), filled(json))
                told.append(answer.prefix(4) + Self.withoutNumbers(answer))
            }
            #expect(told[0] == told[1] && !told[0].hasPrefix("2"), "\(method) \(path): \(told)")
        }
    }
}

extension Sequence {
    /// One after the other.
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
