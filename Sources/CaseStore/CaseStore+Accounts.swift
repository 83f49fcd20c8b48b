import Casework
import Crypto
import Foundation
import Messages

extension CaseStore {
    /// Tries a password; every try is a row of the audit log, and as slow for a wrong name as for a wrong password.
    ///
    /// `name` is a staff member's number or, where only one has it, the name. Costs some 100 ms and 32 MiB: run it off
    /// the event loops, and not many at once.
    public func signIn(
        _ name: String, password: String, now: Int64, policy: AccountPolicy = AccountPolicy()
    ) throws(StoreError) -> SignIn {
        let known = try read { session in try Accounts.credential(of: name, in: session) }
        if let known, known.lockedUntil > now {
            _ = try write { session in
                try AuditLog.append(
                    "refused", by: 0, to: ("staff", known.staff), detail: "act=sign-in;why=locked", at: now, in: session
                )
            }
            return .locked(until: known.lockedUntil)
        }
        // Somebody unknown must take as long as somebody known, or names could be tried.
        guard let known else {
            _ = PasswordHash.matches(password, Accounts.nobody(rounds: policy.rounds))
            _ = try write { session in
                try AuditLog.append(
                    "refused", by: 0, to: ("none", 0), detail: "act=sign-in;why=unknown", at: now, in: session)
            }
            return .refused
        }
        let isRight = PasswordHash.matches(password, known.hash)
        return try write { session in try Accounts.settle(known, isRight: isRight, now: now, policy, in: session) }
    }

    /// Opens a session for a person who signed in; nil for somebody who has left.
    ///
    /// Make a new one at each sign-in: a secret from before it must not become one that is signed in.
    public func openSession(
        for staff: Int, now: Int64, policy: AccountPolicy = AccountPolicy()
    ) throws(StoreError) -> DeskSession? {
        let secret = Accounts.secret()
        try write { session in
            guard try Staff.member(staff, in: session) != nil else { return }
            try session.execute(
                "DELETE FROM desk_session WHERE seen <= $1 OR opened <= $2",
                [.int(now - policy.idleSeconds), .int(now - policy.longestSeconds)])
            try session.execute(
                "INSERT INTO desk_session (digest, staff_id, opened, seen) VALUES ($1, $2, $3, $3)",
                [.blob(Accounts.digest(secret)), .int(staff), .int(now)])
        }
        return try session(for: secret, now: now, policy: policy)
    }

    /// The session of a secret, unless it has run out, was closed, or the person has left.
    ///
    /// A request keeps it alive; that is written once a minute at most.
    public func session(
        for secret: String, now: Int64, policy: AccountPolicy = AccountPolicy()
    ) throws(StoreError) -> DeskSession? {
        let digest = SQLValue.blob(Accounts.digest(secret))
        let found = try read { session -> (DeskSession, Int64)? in
            let rows = try session.query(
                """
                SELECT s.staff_id, s.opened, s.seen, COALESCE(c.must_change, 0) FROM desk_session AS s
                LEFT JOIN credential AS c ON c.staff_id = s.staff_id WHERE s.digest = $1
                """, [digest])
            guard let row = rows.first, let person = try Staff.member(row.int(0), in: session) else { return nil }
            let (opened, seen) = (Int64(try row.int(1)), Int64(try row.int(2)))
            guard now - seen < policy.idleSeconds, now - opened < policy.longestSeconds else { return nil }
            return (
                DeskSession(
                    secret: secret, person: person, csrf: Accounts.csrf(of: secret), openedAt: opened,
                    mustChange: try row.int(3) == 1), seen
            )
        }
        guard let (session, seen) = found else { return nil }
        if now - seen >= 60 {
            _ = try write {
                try $0.execute("UPDATE desk_session SET seen = $2 WHERE digest = $1", [digest, .int(now)])
            }
        }
        return session
    }

    /// Ends a session.
    public func closeSession(_ secret: String, now: Int64) throws(StoreError) {
        try write { session in
            let digest = SQLValue.blob(Accounts.digest(secret))
            let rows = try session.query("SELECT staff_id FROM desk_session WHERE digest = $1", [digest])
            guard let staff = try rows.first?.int(0) else { return }
            try session.execute("DELETE FROM desk_session WHERE digest = $1", [digest])
            try AuditLog.append("sign-out", by: staff, to: ("staff", staff), detail: "", at: now, in: session)
        }
    }

    /// The person whom a token stands for; nil for an unknown, ended or expired one, and for who has left.
    ///
    /// What the person then does is logged as the person's.
    public func tokenOwner(_ secret: String, now: Int64) throws(StoreError) -> StaffMember? {
        try read { session in
            let rows = try session.query(
                "SELECT staff_id FROM api_token WHERE digest = $1 AND ended_on IS NULL AND expires_on >= $2",
                [.blob(Accounts.digest(secret)), .int(CivilDay(instant: now).number)])
            return try rows.first.flatMap { try Staff.member($0.int(0), in: session) }
        }
    }
}

/// Accounts inside a transaction.
enum Accounts {
    struct Credential {
        var staff: Int
        var hash: String
        var mustChange: Bool
        var failures: Int
        var lockedUntil: Int64
    }

    /// The credential of a number or of a name that one person alone has.
    static func credential(of name: String, in session: any SQLSession) throws -> Credential? {
        let name = name.trimmingCharacters(in: .whitespaces)
        let found: [StaffMember] =
            if let id = Int(name) {
                try Staff.member(id, in: session).map { [$0] } ?? []
            } else {
                try Staff.members("s.name = $1 AND s.ended_on IS NULL", [.text(name)], in: session)
            }
        guard found.count == 1, let person = found.first else { return nil }
        return try credential(of: person.id, in: session)
    }

    static func credential(of staff: Int, in session: any SQLSession) throws -> Credential? {
        try session.query(
            "SELECT hash, must_change, failures, locked_until FROM credential WHERE staff_id = $1", [.int(staff)]
        ).first.map { row in
            Credential(
                staff: staff, hash: try row.text(0), mustChange: try row.int(1) == 1, failures: try row.int(2),
                lockedUntil: Int64(try row.int(3)))
        }
    }

    /// Counts a try, locks after too many, and says what came of it.
    static func settle(
        _ known: Credential, isRight: Bool, now: Int64, _ policy: AccountPolicy, in session: any SQLSession
    ) throws -> SignIn {
        // Another try may have come between the reading and this.
        guard let current = try credential(of: known.staff, in: session), current.hash == known.hash,
            let person = try Staff.member(known.staff, in: session)
        else { return .refused }
        if current.lockedUntil > now { return .locked(until: current.lockedUntil) }
        let failures = isRight ? 0 : current.failures + 1
        let lock = failures >= policy.attempts ? now + policy.lockSeconds : 0
        try session.execute(
            "UPDATE credential SET failures = $2, locked_until = $3 WHERE staff_id = $1",
            [.int(known.staff), .int(lock > 0 ? 0 : failures), .int(lock)])
        guard isRight else {
            let why = lock > 0 ? "now-locked" : "password"
            try AuditLog.append(
                "refused", by: 0, to: ("staff", known.staff), detail: "act=sign-in;why=\(why)", at: now, in: session)
            return lock > 0 ? .locked(until: lock) : .refused
        }
        try AuditLog.append("sign-in", by: person.id, to: ("staff", person.id), detail: "", at: now, in: session)
        return .accepted(person, mustChange: current.mustChange)
    }

    /// A hash that no password matches, of the cost of a real one.
    static func nobody(rounds: Int) -> String {
        let zeros = Data(repeating: 0, count: 32).base64EncodedString()
        return "scrypt$\(rounds)$8$1$\(zeros)$\(zeros)"
    }

    /// 32 random bytes in the letters of a cookie.
    static func secret() -> String {
        var random = SystemRandomNumberGenerator()
        let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        return bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func digest(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

    /// What the forms of a session carry: nobody who hasn't the secret can tell it, and the secret isn't in it.
    static func csrf(of secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("minsheng forms".utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return CaseStore.hex(Array(code))
    }
}
