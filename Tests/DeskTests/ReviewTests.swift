import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Deciding flags and working on cases through the pages.
struct ReviewTests {
    private func confirmation(
        _ verdict: String = "grievance", topic: String = "water", summary: String = "溪东村群众反映饮水问题，请核实处理。"
    ) -> [(String, String)] {
        [("verdict", verdict), ("topic", topic), ("summary", summary), ("area", "溪东村 350999001201")]
    }

    @Test func `confirming registers the case and goes on to the next flag`() async throws {
        let world = try DeskWorld()
        let first = try world.flag("水停了三天没人管", severity: .high)
        let second = try world.flag("自来水一直是黄的")
        let browser = try world.browser("intake")
        let queue = try await browser.get("/queue").text
        #expect(queue.contains("/flags/\(first)?view=review&amp;at=1"))
        let answer = try await browser.post("/flags/\(first)?view=review&at=1", confirmation())
        #expect(answer.status == 303)
        #expect(answer.header("location") == "/flags/\(second)?view=review&at=1")
        let next = try await browser.get(try #require(answer.header("location"))).text
        #expect(next.contains("350999-2026-A-0001"))
        #expect(try world.acting("intake").view("350999-2026-A-0001").words == "溪东村群众反映饮水问题，请核实处理。")
    }

    @Test func `what can be mended comes back with what was typed`() async throws {
        let world = try DeskWorld()
        let id = try world.flag("水停了三天没人管我们全村人")
        let browser = try world.browser("intake")
        let copied = try await browser.post("/flags/\(id)", confirmation(summary: "水停了三天没人管我们全村人"))
        #expect(copied.status == 422 && copied.text.contains(">水停了三天没人管我们全村人</textarea>"))
        let place = try await browser.post(
            "/flags/\(id)", [("verdict", "grievance"), ("area", "没有的村"), ("summary", "一句")])
        #expect(place.status == 422 && place.text.contains("没有的村"))
        let track = try await browser.post("/flags/\(id)", confirmation("misconduct", topic: "water"))
        #expect(track.status == 422)
        #expect(try world.acting("intake").flag(id).summary.state == .new)
    }

    @Test func `of two who decide the same flag the second is told so`() async throws {
        let world = try DeskWorld()
        let id = try world.flag("水停了三天没人管")
        let (one, two) = (try world.browser("intake"), try world.browser("intake2"))
        #expect(try await one.post("/flags/\(id)", confirmation()).status == 303)
        let late = try await two.post("/flags/\(id)", confirmation())
        #expect(late.status == 409 && late.text.contains("href=\"/queue\""))
    }

    @Test func `a stale version is refused with a way back`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        let browser = try world.browser("supervisor")
        let answer = try await browser.post(
            "/cases/\(number)/act", [("action", "supervise"), ("level", "yellow"), ("version", "1")])
        #expect(answer.status == 409 && answer.text.contains("href=\"/cases/\(number)\""))
    }

    @Test func `a dismissal can be taken back until its words are erased`() async throws {
        let world = try DeskWorld(undoSeconds: 20)
        let id = try world.flag("今天天气真好啊哈哈", severity: .low)
        let browser = try world.browser("intake")
        let fields = [("verdict", "nothing"), ("reason", "joke")]
        #expect(try await browser.post("/flags/\(id)?view=review&at=1", fields).status == 303)
        #expect(try await browser.get("/queue").text.contains("/flags/\(id)/undo"))
        #expect(try world.acting("intake").flag(id).content != nil)
        #expect(try await browser.post("/flags/\(id)/undo").status == 303)
        #expect(try world.acting("intake").flag(id).summary.state == .new)
        #expect(try await browser.post("/flags/\(id)", fields).status == 303)
        await world.desk.settle(all: true)
        #expect(try await browser.post("/flags/\(id)/undo").status == 409)
    }

    @Test func `reports are never decided in bulk, whatever is sent`() async throws {
        let world = try DeskWorld()
        let report = try world.flag("村干部截留低保金", topic: .embezzlement)
        let other = try world.flag("今天天气真好", severity: .low)
        let browser = try world.browser("intake")
        let page = try await browser.get("/queue?expanded=1").text
        #expect(page.contains("value=\"\(other):1\"") && !page.contains("value=\"\(report):1\""))
        let answer = try await browser.post(
            "/flags/bulk", [("reason", "joke"), ("flag", "\(report):1"), ("flag", "\(other):1"), ("back", "/queue")])
        #expect(answer.status == 303)
        #expect(try world.acting("intake").flag(report).summary.state == .new)
        #expect(try world.acting("intake").flag(other).summary.state != .new)
    }

    @Test func `only what the rules allow is offered, and each offer works`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        let villager = try world.browser("villager")
        let page = try await villager.get("/cases/\(number)").text
        #expect(page.contains("value=\"reply\"") && !page.contains("value=\"close\"") && !page.contains("原话"))
        let reply = [
            ("action", "reply"), ("done", "更换了阀门"), ("doneOn", "2026-03-02"), ("result", "已恢复供水"), ("evidence", "1"),
        ]
        #expect(try await villager.post("/cases/\(number)/act", reply).status == 303)
        let supervisor = try world.browser("supervisor")
        #expect(try await supervisor.get("/cases/\(number)").text.contains("value=\"close\""))
        #expect(try await supervisor.post("/cases/\(number)/act", [("action", "close")]).status == 303)
        #expect(try world.acting("supervisor").view(number).summary.state == .closed)
    }

    @Test func `the closing gate is shown with what is missing`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        var act = CaseAct(.reply)
        act.reply = ReplyDraft(done: "已派人", doneOn: CivilDay("2026-03-02"), result: "正在处理")
        _ = try world.acting("villager").perform(act, on: number)
        let page = try await world.browser("supervisor").get("/cases/\(number)").text
        #expect(page.contains("没写做了什么") && page.contains("没写结果"))
    }

    @Test func `a filter lives in the address and can be kept`() async throws {
        let world = try DeskWorld()
        _ = try world.flag("水停了三天没人管")
        let browser = try world.browser("intake")
        let place = FormText.encoded("溪东村")
        #expect(try await browser.get("/queue?view=review&place=\(place)&topic=water").text.contains("data-row"))
        #expect(!(try await browser.get("/queue?view=review&topic=roads").text.contains("data-row")))
        #expect(try await browser.post("/filters", Self.kept("饮水", "water")).status == 303)
        // It goes along to another browser of the same person, and nobody else has it.
        let link = "href=\"/queue?view=review&amp;topic=water\">饮水</a>"
        #expect(try await world.browser("intake").get("/queue").text.contains(link))
        #expect(!(try await world.browser("intake2").get("/queue").text.contains("饮水</a>")))
    }

    @Test func `of kept filters one name stands once, eight stay, and one is taken out by its name`() async throws {
        let world = try DeskWorld()
        let browser = try world.browser("intake")
        for number in 0..<10 { _ = try await browser.post("/filters", Self.kept("第\(number)个", "water")) }
        _ = try await browser.post("/filters", Self.kept("第5个", "roads"))
        #expect(try world.acting("intake").savedFilters().map(\.name) == [2, 3, 4, 6, 7, 8, 9, 5].map { "第\($0)个" })
        #expect(try await browser.post("/filters/delete", [("name", "第4个")]).status == 303)
        #expect(try await browser.post("/filters/delete", [("name", "第4个")]).status == 404)
        #expect(try world.acting("intake").savedFilters().count == 7)
        // What leads elsewhere is not kept.
        let foreign = try await browser.post(
            "/filters", [("name", "x"), ("address", "https://elsewhere.example/queue?")])
        #expect(foreign.status == 422)
        #expect(try await world.browser("villager").post("/filters", Self.kept("我的", "water")).status == 403)
    }

    @Test func `the overview says how many villages are heard, to those who are told`() async throws {
        let world = try DeskWorld()
        #expect(try await world.browser("intake").get("/overview").text.contains("<b>1/2</b>"))
        let told = try await world.browser("analyst").get("/overview").text
        #expect(told.contains("<b>1/2</b>") && !told.contains("href=\"/villages"))
        #expect(!(try await world.browser("villager").get("/overview").text.contains("<b>1/2</b>")))
    }

    @Test func `places to choose from are names with codes, to whoever is signed in`() async throws {
        let world = try DeskWorld()
        let names = try await world.browser("villager").get("/places").text
        #expect(names == "[\"溪口镇 350999001000\",\"溪东村 350999001201\",\"溪西村 350999001202\"]")
        #expect(try await Browser(world.desk).get("/places").status == 303)
    }

    private static func kept(_ name: String, _ topic: String) -> [(String, String)] {
        [("name", name), ("address", "/queue?view=review&topic=\(topic)")]
    }

    @Test func `each cell of a list says what it is, as a phone shows no head, and empty ones are left out there`()
        async throws
    {
        let world = try DeskWorld()
        _ = try world.complaint()
        _ = try world.report()
        let page = try await world.browser("intake").get("/cases?view=all").text
        #expect(page.contains("<td data-label=\"承办单位\">village</td>") && page.contains("<td data-label=\"收到\">"))
        #expect(page.contains("<td class=\"none\">–</td>"), "a report lies with nobody yet")
    }

    @Test func `the counts are the store's`() async throws {
        let world = try DeskWorld()
        _ = try world.flag("水停了三天没人管")
        _ = try world.complaint()
        let counts = try await world.browser("intake").get("/counts")
        #expect(counts.text.contains("\"review\":1") && counts.text.contains("\"mine\":0"))
    }

    @Test func `the programs' interface decides by the same rules`() async throws {
        let world = try DeskWorld()
        let id = try world.flag("水停了三天没人管")
        let (_, secret) = try world.acting("intake").issueToken("试验")
        func post(_ path: String, _ json: String) async throws -> WebResponse {
            let headers = [("Host", DeskWorld.host), ("Authorization", "Bearer " + secret)]
            return await world.desk.respond(
                to: try #require(WebRequest(method: "POST", target: path, headers: headers, body: Array(json.utf8))))
        }
        #expect(try await post("/api/v1/flags/\(id)/confirm", "[1]").status == 400)
        #expect(try await post("/api/v1/flags/\(id)/confirm", "{}").status == 422)
        let done = try await post("/api/v1/flags/\(id)/confirm", "{\"summary\":\"群众反映供水\",\"version\":1}")
        #expect(done.status == 200 && done.text.contains("350999-2026-A-0001"))
        #expect(try await post("/api/v1/flags/\(id)/confirm", "{\"summary\":\"群众反映供水\"}").status == 409)
    }

    @Test func `a case that is put off leaves one's own queue and comes back`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        let villager = try world.browser("villager")
        #expect(try await villager.get("/cases?view=mine").text.contains(number))
        #expect(try await villager.post("/cases/\(number)/snooze", [("until", "2026-03-20")]).status == 303)
        #expect(!(try await villager.get("/cases?view=mine").text.contains(number)))
        #expect(try await villager.get("/cases?view=snoozed").text.contains(number))
        #expect(try await villager.get("/cases/\(number)").text.contains("已暂存到 2026-03-20"))
        #expect(try await villager.post("/cases/\(number)/snooze", []).status == 303)
        #expect(try await villager.get("/cases?view=mine").text.contains(number))
        #expect(try await villager.post("/cases/\(number)/snooze", [("until", "2040-01-01")]).status == 422)
    }

    @Test func `whoever holds number and code learns the step, and nothing of the case`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint("反映甲井抽水声响")
        let page = try await world.browser("intake").post("/cases/\(number)/code").text
        let code = try #require(page.firstMatch(of: #/[0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4}/#)?.output)
        let form = try await Browser(world.desk).get("/progress")
        let cookie = try #require(form.header("set-cookie")?.split(separator: ";").first.map(String.init))
        let token = try #require(form.text.firstMatch(of: #/name="token" value="([0-9a-f]{64})"/#)?.1)
        let anybody = Browser(world.desk, cookie: cookie, token: String(token))
        let found = try await anybody.post("/progress", [("number", number), ("code", String(code))])
        #expect(found.status == 200 && found.text.contains("正在办理") && !found.text.contains("甲井"))
        let wrong = try await anybody.post("/progress", [("number", number), ("code", "0000000000000000")])
        let absent = try await anybody.post(
            "/progress", [("number", number.replacing("0001", with: "0999")), ("code", "0000000000000000")])
        #expect(wrong.status == 422)
        #expect(wrong.text == absent.text.replacing("-0999", with: "-0001"))
    }

    @Test func `pages follow each other without a gap or a repeat`() async throws {
        let world = try DeskWorld()
        var all: Set<String> = []
        for index in 0..<70 { all.insert(String(try world.flag("第\(index)户停水三天"))) }
        let browser = try world.browser("intake")
        var (address, seen): (String?, [String]) = ("/queue", [])
        while let next = address {
            let html = try await browser.get(next).text
            seen += html.matches(of: #/<div class="words"><a href="/flags/([0-9]+)/#).map { String($0.1) }
            address = html.firstMatch(of: #/rel="next" href="([^"]+)"/#).map {
                String($0.1).replacing("&amp;", with: "&")
            }
        }
        #expect(seen.count == 70 && Set(seen) == all)
    }

    @Test func `a supervisor hands over what somebody has in hand`() async throws {
        let world = try DeskWorld()
        let report = try world.report()
        let (from, to) = (try #require(world.people["intake"]), try #require(world.people["inspector"]))
        let holder = DeskWorld.staff.map(\.0).first { (try? world.acting($0).view(report)) != nil }
        #expect(holder == "intake")
        let supervisor = try world.browser("supervisor")
        let done = try await supervisor.post(
            "/administration/hand-over", [("from", String(from)), ("to", String(to))])
        #expect(done.status == 303)
        #expect((try? world.acting("inspector").view(report)) != nil)
        #expect((try? world.acting("intake").view(report)) == nil)
        #expect(try await world.browser("intake").post("/administration/hand-over", []).status == 403)
    }
}
