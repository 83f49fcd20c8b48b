import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Long lists, and what narrows them.
struct ListTests {
    @Test func `severity and days narrow cases, search and the queue's views over cases`() async throws {
        let world = try DeskWorld()
        var numbers: [String] = []
        for (index, severity) in [Severity.low, .high].enumerated() {
            var new = NewCase(
                track: .grievance, topic: .water, area: DeskWorld.village, source: .visit, summary: "反映第\(index)处漏水")
            new.severity = severity
            new.receivedOn = CivilDay(instant: DeskWorld.monday).advanced(by: -10 * index)
            numbers.append(try #require(try world.acting("intake").register(new).number))
        }
        let browser = try world.browser("supervisor")
        func shown(_ address: String) async throws -> [String] {
            let page = try await browser.get(address)
            #expect(page.status == 200)
            return numbers.filter { page.text.contains("/cases/\($0)\"") }
        }
        let water = FormText.encoded("漏水")
        for address in ["/cases?view=all", "/search?q=\(water)"] {
            #expect(try await shown(address).count == 2)
            #expect(try await shown(address + "&severity=high") == [numbers[1]])
            #expect(try await shown(address + "&from=2026-03-01") == [numbers[0]])
            #expect(try await shown(address + "&to=2026-02-25") == [numbers[1]])
            #expect(try await shown(address + "&severity=high&from=2026-03-01") == [])
            // What is typed wrongly narrows nothing, and what was chosen stands in the form again.
            #expect(try await shown(address + "&severity=nonsense&from=yesterday").count == 2)
            let form = try await browser.get(address + "&severity=high&from=2026-02-01").text
            #expect(form.contains("value=\"high\" selected") && form.contains("name=\"from\" value=\"2026-02-01\""))
        }
        // The days of a figure's list are the figure's.
        let behind = "/cases?view=all&figure=received&from=2026-02-01&to=2026-03-02"
        #expect(try await shown(behind).count == 2)
        #expect(try await shown(behind + "&severity=low") == [numbers[0]])
    }

    @Test func `the interface for programs narrows alike, and refuses what is no day`() async throws {
        let world = try DeskWorld()
        let id = try world.flag("水停了三天没人管", severity: .high)
        _ = try world.complaint()
        let (_, secret) = try world.acting("intake").issueToken("试验")
        func ask(_ path: String) async throws -> (status: Int, text: String) {
            let headers = [("Host", DeskWorld.host), ("Authorization", "Bearer " + secret)]
            let request = WebRequest(method: "GET", target: "/api/v1" + path, headers: headers)
            let answer = await world.desk.respond(to: try #require(request))
            return (answer.status, answer.text)
        }
        #expect(try await ask("/flags?severity=high&from=2026-03-01&to=2026-03-01").text.contains("\"id\":\(id)"))
        #expect(!(try await ask("/flags?from=2026-03-02").text.contains("\"id\":\(id)")))
        #expect(!(try await ask("/flags?rule=other").text.contains("\"id\":\(id)")))
        #expect(try await ask("/cases?severity=medium&from=2026-03-02").text.contains("350999-2026-A-0001"))
        #expect(!(try await ask("/cases?to=2026-03-01").text.contains("350999-2026-A-0001")))
        #expect(!(try await ask("/cases?severity=low").text.contains("350999-2026-A-0001")))
        for wrong in ["/cases?from=2026-02-30", "/cases?severity=urgent", "/flags?to=x"] {
            #expect(try await ask(wrong).status == 422)
        }
    }

    @Test func `hundreds of people come a part at a time, and are chosen by number`() async throws {
        let world = try DeskWorld()
        let admin = try world.acting("admin")
        let unit = try #require(world.units["commission"])
        for index in 0..<300 { _ = try admin.addStaff(unit: unit, role: .inspector, name: "监督\(index)") }
        let browser = try world.browser("admin")
        let first = try await browser.get("/administration")
        #expect(first.body.count < 36_000, "\(first.body.count) bytes")
        #expect(first.text.contains("监督1<") && !first.text.contains("监督200<"))
        #expect(try await browser.get("/administration?staff=200").text.contains("监督200<"))
        #expect(try await browser.get("/administration?staff=99999").text.contains("监督1<"))
        let found = try await browser.get("/administration?who=" + FormText.encoded("监督299")).text
        #expect(found.contains("监督299<") && !found.contains("监督298<"))
        #expect(try await browser.get("/people").text.contains("监督299 · commission"))
        #expect(try await world.browser("intake").get("/people").status == 403)
        // As the list puts it into the box.
        let person = try #require(world.people["inspector"])
        let village = try #require(world.units["village"])
        let tie = [("staff", "\(person) inspector · commission"), ("kind", "native"), ("unit", "\(village) village")]
        #expect(try await browser.post("/administration/ties", tie).status == 303)
        #expect(try admin.ties().contains { $0.staff == person && $0.unit == village })
        let nobody = [("staff", "inspector"), ("kind", "native"), ("unit", "\(village)")]
        #expect(try await browser.post("/administration/ties", nobody).status == 422)
    }
}
