import CaseStore
import Casework
import Foundation
import Messages
import Testing

@testable import Desk

/// Forms beside the review: holds, requests, papers, groups, who exported a file.
struct KeepingTests {
    @Test func `a hold is placed by one and lifted by two`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        let (supervisor, intake) = (try world.browser("supervisor"), try world.browser("intake"))
        let placed = try await supervisor.post("/cases/\(number)/hold", [("basis", "云纪函〔2026〕3 号")])
        #expect(placed.status == 303)
        #expect(try await supervisor.get("/cases/\(number)/kept").text.contains("云纪函〔2026〕3 号"))
        #expect(try await intake.post("/cases/\(number)/hold", [("basis", "自行决定")]).status == 403)
        let hold = try #require(try world.acting("intake").holds().first).id
        #expect(try await intake.post("/cases/\(number)/hold/lift", [("id", String(hold))]).status == 303)
        #expect(try await intake.post("/cases/\(number)/hold/lift", [("id", String(hold))]).status == 403)
        #expect(try await supervisor.get("/cases/\(number)/kept").text.contains("一人已提出解除"))
        #expect(try await supervisor.post("/cases/\(number)/hold/lift", [("id", String(hold))]).status == 303)
        #expect(try world.acting("supervisor").holds().isEmpty)
    }

    @Test func `a request is answered by two, and by no other case's address`() async throws {
        let world = try DeskWorld()
        let number = try world.complaint()
        let new = NewCase(
            track: .grievance, topic: .roads, area: "350999001202", source: .visit, summary: "反映另一处")
        let other = try #require(try world.acting("intake").register(new).number)
        let (one, two) = (try world.browser("intake"), try world.browser("supervisor"))
        #expect(try await one.post("/cases/\(number)/request", [("kind", "erasure")]).status == 303)
        let id = try #require(try world.acting("intake").requests().first).id
        let answer = [("id", String(id)), ("answer", "granted"), ("basis", "本人书面申请")]
        #expect(try await one.post("/cases/\(other)/request/answer", answer).status == 422)
        #expect(try await one.post("/cases/\(number)/request/answer", answer).status == 303)
        #expect(try await one.post("/cases/\(number)/request/answer", answer).status == 403)
        #expect(try world.acting("intake").view(number).words != nil)
        #expect(try await two.post("/cases/\(number)/request/answer", answer).status == 303)
        #expect(try world.acting("intake").view(number).words == nil)
        #expect(try await two.get("/cases/\(number)/kept").text.contains("准予"))
    }

    @Test func `papers are put on record, and what is missing is said`() async throws {
        let world = try DeskWorld()
        let admin = try world.browser("admin")
        #expect(try await admin.get("/administration").text.contains("个人信息保护影响评估"))
        let fields = [("kind", "assessment"), ("reference", "云评〔2026〕1 号，档案柜三"), ("day", "2026-02-01")]
        #expect(try await admin.post("/administration/duties", fields).status == 303)
        #expect(try await admin.get("/administration").text.contains("云评〔2026〕1 号，档案柜三"))
        let later = [("kind", "assessment"), ("reference", "还没有的"), ("day", "2026-12-01")]
        #expect(try await admin.post("/administration/duties", later).status == 422)
        #expect(try await world.browser("intake").post("/administration/duties", fields).status == 403)
    }

    @Test func `a group is registered with its village and the day of its notice`() async throws {
        let world = try DeskWorld()
        let intake = try world.browser("intake")
        var fields = [
            ("id", "g9@chatroom"), ("name", "溪西村监督群"), ("platform", "wechat"), ("village", "溪西村"),
            ("day", "2026-01-09"),
        ]
        #expect(try await intake.post("/villages/groups", fields).status == 303)
        #expect(try await intake.get("/villages").text.contains("溪西村监督群（2026-01-09）"))
        // Twice is a mistake that is told.
        #expect(try await intake.post("/villages/groups", fields).status == 422)
        fields[3].1 = "没有的村"
        #expect(try await intake.post("/villages/groups", fields).status == 422)
        #expect(try await world.browser("lexicon").post("/villages/groups", fields).status == 403)
    }

    @Test func `the programs' interface goes from page to page and puts off`() async throws {
        let world = try DeskWorld()
        for index in 0..<5 { _ = try world.flag("第\(index)户停水三天") }
        let number = try world.complaint()
        let (_, secret) = try world.acting("intake").issueToken("试验")
        func ask(_ method: String, _ path: String, _ json: String = "") async throws -> [String: Any] {
            let headers = [("Host", DeskWorld.host), ("Authorization", "Bearer " + secret)]
            let request = WebRequest(method: method, target: "/api/v1" + path, headers: headers, body: Array(json.utf8))
            let answer = await world.desk.respond(to: try #require(request))
            return try #require(JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        }
        var seen: [Int] = []
        var next: String? = "/flags?limit=2"
        while let address = next {
            let page = try await ask("GET", address)
            seen += (page["flags"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
            next = (page["next"] as? String).map { "/flags?limit=2&after=" + FormText.encoded($0) }
        }
        #expect(seen.count == 5 && Set(seen).count == 5)
        #expect(try await ask("GET", "/flags?after=x")["status"] as? Int == 422)
        #expect(
            try await ask("POST", "/cases/\(number)/snooze", "{\"until\":\"2026-03-20\"}")["until"] as? String
                == "2026-03-20")
        #expect(try await ask("POST", "/cases/\(number)/snooze")["until"] is NSNull)
        #expect((try await ask("POST", "/cases/\(number)/code")["code"] as? String)?.count == 16)
        #expect(try await ask("GET", "/lexicons/versions")["status"] as? Int == 403)
    }
}
