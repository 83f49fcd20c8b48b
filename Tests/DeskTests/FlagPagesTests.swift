import CaseStore
import Casework
import Messages
import Synchronization
import Testing

@testable import Desk

/// Lists of flags that are kept in memory: never past what the store says, and never for somebody else.
struct FlagPagesTests {
    private final class Clock: Sendable {
        let now = Mutex(DeskWorld.monday)
    }

    /// A desk with a clock that a test moves, three flags a page.
    private struct Timed {
        let world: DeskWorld
        let desk: DeskApplication
        private let clock = Clock()

        init() throws {
            world = try DeskWorld()
            var settings = DeskSettings(hosts: [DeskWorld.host])
            (settings.undoSeconds, settings.pageSize) = (20, 3)
            settings.clock = { [clock] in clock.now.withLock { $0 } }
            desk = DeskApplication(store: world.store, taxonomy: world.desk.taxonomy, settings: settings)
        }

        func move(_ seconds: Int64) { clock.now.withLock { $0 += seconds } }

        func browser(_ name: String) throws -> Browser {
            let signedIn = try world.browser(name)
            return Browser(desk, cookie: signedIn.cookie, token: signedIn.token)
        }

        /// The person's desk at this clock.
        func acting(_ name: String) throws -> CaseDesk {
            try CaseDesk(world.store, as: try #require(world.people[name]), now: clock.now.withLock { $0 })
        }
    }

    private func flags(on page: String) -> [Int] {
        page.matches(of: #/<div class="words"><a href="/flags/([0-9]+)/#).compactMap { Int($0.output.1) }
    }

    @Test func `each showing leaves its row, from memory or not`() async throws {
        let timed = try Timed()
        _ = try timed.world.flag("路灯坏了好久")
        let browser = try timed.browser("intake")
        for _ in 0..<4 { _ = try await browser.get("/queue") }
        var query = AuditQuery()
        query.actor = timed.world.people["intake"]
        let rows = try timed.world.acting("auditor").auditReport(query).rows.filter { $0.action == "flags-list" }
        #expect(rows.count == 4 && rows.allSatisfy { $0.detail == "rows=1" })
    }

    @Test func `a tie that is declared takes a report off one list at once, and off nobody else's`() async throws {
        let timed = try Timed()
        let report = try timed.world.flag("村干部截留低保金", topic: .embezzlement)
        let (one, two) = (try timed.browser("intake"), try timed.browser("intake2"))
        for browser in [one, two] { #expect(flags(on: try await browser.get("/queue").text) == [report]) }
        let person = try #require(timed.world.people["intake"])
        _ = try timed.world.acting("admin").declare(
            StaffTie(staff: person, kind: .native, unit: timed.world.units["village"]))
        #expect(flags(on: try await one.get("/queue").text).isEmpty)
        #expect(flags(on: try await two.get("/queue").text) == [report])
        #expect(try await one.get("/flags/\(report)").status == 404)
    }

    @Test func `a claim is seen by others, not by who holds it, and runs out by the clock alone`() async throws {
        let timed = try Timed()
        let id = try timed.world.flag("路灯坏了好久")
        let (one, two) = (try timed.browser("intake"), try timed.browser("intake2"))
        #expect(!(try await two.get("/queue").text.contains("badge quiet")))
        try timed.acting("intake").claim(id)
        #expect(try await two.get("/queue").text.contains("badge quiet"))
        #expect(!(try await one.get("/queue").text.contains("badge quiet")))
        timed.move(CaseDesk.claimSeconds - 1)
        #expect(try await two.get("/queue").text.contains("badge quiet"))
        timed.move(1)
        #expect(!(try await two.get("/queue").text.contains("badge quiet")))
    }

    @Test func `a first reading can be withdrawn by its reader alone`() async throws {
        let timed = try Timed()
        let id = try timed.world.flag("村干部截留低保金", topic: .embezzlement)
        let (one, two) = (try timed.browser("intake"), try timed.browser("intake2"))
        for browser in [one, two] { _ = try await browser.get("/queue") }
        _ = try timed.acting("intake").dismiss(id, reason: "joke")
        let (own, other) = (try await one.get("/queue").text, try await two.get("/queue").text)
        #expect(own.contains("/flags/\(id)/withdraw") && own.contains(one.token))
        #expect(!other.contains("/flags/\(id)/withdraw") && !other.contains(one.token))
    }

    @Test func `what another decides shows at once, and its words stay nowhere in memory`() async throws {
        let timed = try Timed()
        let ids = try (0..<5).map { try timed.world.flag("第\($0)户停水三天", severity: .low, member: UInt64($0 + 1)) }
        let (one, two) = (try timed.browser("intake"), try timed.browser("intake2"))
        for browser in [one, two] { #expect(flags(on: try await browser.get("/queue").text) == Array(ids[0..<3])) }
        #expect(timed.desk.pages.kept.holds(ids[0]))
        let fields = [("verdict", "nothing"), ("reason", "not-complaint")]
        _ = try await one.post("/flags/\(ids[0])?view=review&at=1", fields)
        #expect(flags(on: try await two.get("/queue").text) == Array(ids[1..<4]))
        // One in twenty needs a second reader; either way nobody finds the flag among what is kept.
        timed.move(40)
        await timed.desk.settle()
        #expect(!timed.desk.pages.kept.holds(ids[0]) && timed.desk.pages.kept.holds(ids[1]))
    }

    @Test func `what waits to be dismissed takes no place in the order`() async throws {
        let timed = try Timed()
        let ids = try (0..<6).map { try timed.world.flag("第\($0)户停水三天", severity: .low, member: UInt64($0 + 1)) }
        let browser = try timed.browser("intake")
        let fields = [("verdict", "nothing"), ("reason", "not-complaint")]
        // The first is gone; of the five that are left the second is decided, and the third of them comes next.
        _ = try await browser.post("/flags/\(ids[0])?view=review&at=1", fields)
        let answer = try await browser.post("/flags/\(ids[2])?view=review&at=2", fields)
        #expect(answer.header("location") == "/flags/\(ids[3])?view=review&at=2")
        #expect(flags(on: try await browser.get("/queue").text) == [ids[1], ids[3], ids[4]])
        #expect(flags(on: try await browser.get("/queue?at=3").text) == [ids[5]])
    }

    @Test func `the number of similar cases follows what others register, within seconds`() async throws {
        let timed = try Timed()
        _ = try timed.world.flag("水停了三天没人管")
        let browser = try timed.browser("intake")
        func similar() async throws -> String? {
            let page = try await browser.get("/queue").text
            return page.firstMatch(of: #/相近未结 ([0-9]+) 件/#).map { String($0.output.1) }
        }
        #expect(try await similar() == nil)
        _ = try timed.world.complaint()
        timed.move(16)
        #expect(try await similar() == "1")
    }

    @Test func `a page is read anew where another program imports`() async throws {
        let timed = try Timed()
        let browser = try timed.browser("intake")
        #expect(flags(on: try await browser.get("/queue").text).isEmpty)
        let id = try timed.world.flag("路灯坏了好久")
        #expect(flags(on: try await browser.get("/queue").text) == [id])
    }
}
