import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct AccountTests {
    private let county: DeskCounty
    private let policy: AccountPolicy
    private let now = DeskCounty.monday

    init() throws {
        county = try DeskCounty()
        var policy = AccountPolicy()
        // The cost of an installation would make the tests slow.
        policy.rounds = 1 << 4
        self.policy = policy
    }

    private func person(_ name: String) throws -> Int { try #require(county.people[name]) }

    private func setPassword(_ password: String, of name: String, by keeper: String = "admin") throws {
        try county.desk(keeper).setPassword(password, of: try person(name), policy: policy)
    }

    private func signIn(_ name: String, _ password: String, after seconds: Int64 = 0) throws -> SignIn {
        try county.store.signIn(name, password: password, now: now + seconds, policy: policy)
    }

    @Test func `a given password opens the door, by number or name, and must be replaced`() throws {
        try setPassword("山高水长 2026 一", of: "intake")
        guard case .accepted(let who, let mustChange) = try signIn("intake", "山高水长 2026 一") else {
            Issue.record("the password is right")
            return
        }
        #expect(who.name == "intake" && mustChange)
        #expect(try signIn(String(person("intake")), "山高水长 2026 一") != .refused)
        // Full width is what some input methods give.
        #expect(try signIn("intake", "山高水长 ２０２６ 一") != .refused)
        #expect(try signIn("intake", "山高水长 2026 二") == .refused)
        #expect(try signIn("nobody", "山高水长 2026 一") == .refused && signIn("villager", "") == .refused)
        try county.desk("intake").setPassword(
            "另一个密码 88 号", of: try person("intake"), old: "山高水长 2026 一", policy: policy)
        guard case .accepted(_, false) = try signIn("intake", "另一个密码 88 号") else {
            Issue.record("one's own password needs no change")
            return
        }
        #expect(try signIn("intake", "山高水长 2026 一") == .refused)
    }

    @Test func `who may set which password, and what it must be`() throws {
        try setPassword("山高水长 2026 一", of: "intake")
        let own = try county.desk("intake")
        #expect(
            refusal { try own.setPassword("另一个密码 88 号", of: try person("intake"), policy: policy) } == .wrongPassword)
        #expect(refusal { try setPassword("另一个密码 88 号", of: "intake", by: "supervisor") } == .role(.supervisor))
        for weak in ["short", "aaaaaaaaaaaaaa", "1212121212", "intake-12345"] {
            #expect(refusal { try setPassword(weak, of: "intake") } == .weakPassword, "\(weak)")
        }
        #expect(
            try county.desk("auditor").auditReport().rows.contains {
                $0.action == "refused" && $0.detail.contains("password")
            })
    }

    @Test func `five wrong passwords lock an account for a quarter of an hour, and the right one doesn't open it then`()
        throws
    {
        try setPassword("山高水长 2026 一", of: "intake")
        for _ in 1...4 { #expect(try signIn("intake", "wrong") == .refused) }
        #expect(try signIn("intake", "wrong") == .locked(until: now + 900))
        #expect(try signIn("intake", "山高水长 2026 一", after: 60) == .locked(until: now + 900))
        guard case .accepted = try signIn("intake", "山高水长 2026 一", after: 901) else {
            Issue.record("the lock is over")
            return
        }
        // A success forgets the failures before it.
        for _ in 1...4 { _ = try signIn("intake", "wrong", after: 1000) }
        guard case .accepted = try signIn("intake", "山高水长 2026 一", after: 1001) else {
            Issue.record("four are not five")
            return
        }
        for _ in 1...4 { #expect(try signIn("intake", "wrong", after: 1002) == .refused) }
    }

    @Test func `a session lives by requests, not for ever, and dies with the person's work`() throws {
        let opened = try #require(try county.store.openSession(for: try person("intake"), now: now, policy: policy))
        #expect(opened.person.name == "intake" && opened.csrf.count == 64 && !opened.secret.contains(opened.csrf))
        var at = now
        for _ in 1...20 {
            at += 1700
            #expect(try county.store.session(for: opened.secret, now: at, policy: policy)?.csrf == opened.csrf)
        }
        #expect(try county.store.session(for: opened.secret, now: at + 1800, policy: policy) == nil, "idle")
        #expect(try county.store.session(for: opened.secret, now: now + 12 * 3600, policy: policy) == nil, "too long")
        #expect(try county.store.session(for: opened.secret + "x", now: now, policy: policy) == nil)
        let second = try #require(try county.store.openSession(for: try person("intake2"), now: now, policy: policy))
        try county.store.closeSession(second.secret, now: now)
        #expect(try county.store.session(for: second.secret, now: now, policy: policy) == nil)
        let third = try #require(try county.store.openSession(for: try person("intake2"), now: now, policy: policy))
        try county.desk("admin").endStaff(try person("intake2"))
        #expect(try county.store.session(for: third.secret, now: now, policy: policy) == nil)
        #expect(try county.store.openSession(for: try person("intake2"), now: now, policy: policy) == nil)
    }

    @Test func `a new password ends the other sessions`() throws {
        try setPassword("山高水长 2026 一", of: "intake")
        let (one, two) = (
            try #require(try county.store.openSession(for: try person("intake"), now: now)),
            try #require(try county.store.openSession(for: try person("intake"), now: now))
        )
        #expect(one.mustChange)
        try county.desk("intake").setPassword(
            "另一个密码 88 号", of: try person("intake"), old: "山高水长 2026 一", except: one.secret, policy: policy)
        #expect(try county.store.session(for: one.secret, now: now)?.mustChange == false)
        #expect(try county.store.session(for: two.secret, now: now) == nil)
    }

    @Test func `a token stands for its person until it ends or runs out`() throws {
        let (token, secret) = try county.desk("intake").issueToken("统计程序", policy: policy)
        #expect(try county.store.tokenOwner(secret, now: now)?.name == "intake")
        #expect(try county.store.tokenOwner(secret + "x", now: now) == nil)
        #expect(try county.store.tokenOwner(secret, now: now + 91 * 86_400) == nil)
        #expect(try county.desk("intake").tokens() == [token] && county.desk("intake2").tokens().isEmpty)
        #expect(refusal { try county.desk("intake2").endToken(token.id) } == .role(.intake))
        try county.desk("admin").endToken(token.id)
        #expect(try county.store.tokenOwner(secret, now: now) == nil)
        #expect(try county.desk("admin").tokens().first?.endedOn != nil)
    }

    @Test func `no secret stands in any file`() throws {
        try setPassword("山高水长 2026 一", of: "intake")
        let session = try #require(try county.store.openSession(for: try person("intake"), now: now))
        let (_, token) = try county.desk("intake").issueToken("程序")
        for secret in ["山高水长 2026 一", session.secret, session.csrf, token] {
            #expect(county.scratch.files(holding: Array(secret.utf8)) == [], "\(secret)")
        }
    }
}
