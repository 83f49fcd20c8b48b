import CaseStore
import Casework
import Dispatch
import Messages
import Synchronization
import Testing

@testable import Desk

/// What is kept in memory, and for how long.
struct CountTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        let now = Mutex(DeskWorld.monday)
        func move(_ seconds: Int64) { now.withLock { $0 += seconds } }
    }

    @Test func `numbers of the views are counted again when somebody acted, and not before`() async throws {
        let (world, clock) = (try DeskWorld(), Clock())
        var settings = DeskSettings(hosts: [DeskWorld.host])
        settings.clock = { clock.now.withLock { $0 } }
        let desk = DeskApplication(store: world.store, taxonomy: world.desk.taxonomy, settings: settings)
        let signedIn = try world.browser("intake")
        let browser = Browser(desk, cookie: signedIn.cookie, token: signedIn.token)
        _ = try world.flag("路灯坏了好久", member: 1)
        #expect(try await browser.get("/counts").text.contains("\"review\":1"))
        for _ in 0..<3 {
            clock.move(60)
            _ = try await browser.get("/queue")
        }
        #expect(try counted(in: world) == 1, "nobody did more than read")
        _ = try world.flag("水管坏了没人修", member: 2)
        clock.move(16)
        #expect(try await browser.get("/counts").text.contains("\"review\":2"))
        #expect(try counted(in: world) == 2)
        // Terms end with the day, though no row of any log says so.
        clock.move(14 * 3600)
        let person = try #require(world.people["intake"])
        let opened = try world.store.openSession(
            for: person, now: clock.now.withLock { $0 }, policy: settings.accounts)
        let tomorrow = try #require(opened)
        _ = try await Browser(desk, cookie: "minsheng=\(tomorrow.secret)").get("/counts")
        #expect(try counted(in: world) == 3)
    }

    @Test func `a list that is kept is its session's, in its language, and without what is being dismissed`()
        async throws
    {
        let world = try DeskWorld(undoSeconds: 20)
        let (one, two) = (try world.flag("路灯坏了好久", member: 1), try world.flag("水管坏了没人修", member: 2))
        let browser = try world.browser("intake")
        #expect(try await browser.get("/queue?expanded=1").text.contains(browser.token))
        let other = try world.browser("intake")
        let page = try await other.get("/queue?expanded=1").text
        #expect(page.contains(other.token) && !page.contains(browser.token))
        #expect(try await browser.get("/queue?expanded=1&place=nowhere").text.contains("nowhere"))
        #expect(!(try await browser.get("/queue?expanded=1").text.contains("nowhere")))
        let english = Browser(world.desk, cookie: browser.cookie + "; lang=en", token: browser.token)
        #expect(try await english.get("/queue?expanded=1").text.contains("unverified<"))
        #expect(!(try await browser.get("/queue?expanded=1").text.contains("unverified<")))
        #expect(try await browser.get("/queue").text.contains("/flags/\(one)?"))
        _ = try await browser.post("/flags/\(one)", [("verdict", "nothing"), ("reason", "not-complaint")])
        let left = try await browser.get("/queue").text
        #expect(!left.contains("/flags/\(one)?") && left.contains("/flags/\(two)?"))
        _ = try await browser.post("/flags/\(one)/undo")
        #expect(try await browser.get("/queue").text.contains("/flags/\(one)?"))
    }

    /// How often the flags were counted.
    private func counted(in world: DeskWorld) throws -> Int {
        var query = AuditQuery()
        query.actor = world.people["intake"]
        return try world.acting("auditor").auditReport(query).rows.count { $0.action == "flags-count" }
    }

    @Test func `what waits to be read is held in memory, so there is an end to it`() async throws {
        let jobs = ImportJobs(room: 10)
        let bytes = [UInt8](repeating: 0x20, count: 6)
        #expect(jobs.add("one", bytes, by: 1, folder: "/nowhere", lexicons: nil) != nil)
        // The first may be over by now: it can't be read.
        let both = [UInt8](repeating: 0x20, count: 11)
        #expect(jobs.add("two", both, by: 1, folder: "/nowhere", lexicons: nil) == nil)
        await jobs.close()
        #expect(jobs.add("three", bytes, by: 1, folder: "/nowhere", lexicons: nil) != nil, "room again")
        await jobs.close()
    }

    @Test func `passwords that wait to be counted are so many and no more`() async {
        let (workers, gate) = (Workers(), DispatchSemaphore(value: 0))
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<Workers.longestLine + 5 {
                group.addTask { await workers.runSlowly { gate.wait() } == nil }
            }
            // Those that are refused come back at once; only then is the gate opened for the others.
            var refused = 0
            for _ in 0..<5 { refused += await group.next() == true ? 1 : 0 }
            for _ in 0..<Workers.longestLine { gate.signal() }
            for await isRefused in group where isRefused { refused += 1 }
            return refused
        }
        #expect(refused == 5)
        #expect(await workers.runSlowly { 1 } == 1, "room again")
    }
}
