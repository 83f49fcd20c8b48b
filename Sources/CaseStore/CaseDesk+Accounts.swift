import Casework
import Messages

extension CaseDesk {
    /// Sets a password: one's own with the old one, or another's as administrator.
    ///
    /// Who was given a password must replace it before anything else, so that an administrator can't work in another's
    /// name for long. All sessions of the person end, `except` the one that asks.
    public func setPassword(
        _ password: String, of staff: Int, old: String? = nil, except session: String? = nil,
        policy: AccountPolicy = AccountPolicy()
    ) throws {
        let isOwn = staff == actor
        if isOwn {
            let known = try store.read { try Accounts.credential(of: staff, in: $0) }
            // A first password may be set by whoever the installation's operator says is the person.
            if let known, !PasswordHash.matches(old ?? "", known.hash) {
                try run("password", "staff", staff) { (_: Act) -> Void in throw DeskError(.wrongPassword) }
            }
        }
        let hash = try PasswordHash.make(password, rounds: policy.rounds)
        try run("password", "staff", staff) { act in
            if !isOwn { try act.requireAdministrator() }
            guard let person = try Staff.member(staff, in: act.session) else { throw DeskError(.noSuchStaff(staff)) }
            guard !PasswordHash.isWeak(password, name: person.name) else { throw DeskError(.weakPassword) }
            try act.session.execute(
                """
                INSERT INTO credential (staff_id, hash, set_on, must_change, failures, locked_until)
                VALUES ($1, $2, $3, $4, 0, 0)
                ON CONFLICT (staff_id) DO UPDATE SET hash = excluded.hash, set_on = excluded.set_on,
                  must_change = excluded.must_change, failures = 0, locked_until = 0
                """, [.int(staff), .text(hash), .int(today.number), .int(isOwn ? 0 : 1)])
            try act.session.execute(
                "DELETE FROM desk_session WHERE staff_id = $1 AND digest <> $2",
                [.int(staff), .blob(Accounts.digest(session ?? ""))])
            try act.log("password", "staff", staff)
        }
    }

    /// Issues a token for a program that works as this person, and returns it with its secret, which nobody sees again.
    public func issueToken(
        _ label: String, policy: AccountPolicy = AccountPolicy()
    ) throws -> (token: APIToken, secret: String) {
        try run("token-issue", "staff", actor) { act in
            let person = try act.require(Set(StaffRole.allCases))
            guard (1...100).contains(label.unicodeScalars.count) else { throw DeskError(.badField("label")) }
            let secret = "ms_" + Accounts.secret()
            let token = APIToken(
                id: try act.nextID("api_token"), staff: person.id, label: label, issuedOn: today,
                expiresOn: today.advanced(by: policy.tokenDays))
            try act.session.execute(
                """
                INSERT INTO api_token (id, staff_id, digest, label, issued_on, expires_on)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .int(token.id), .int(person.id), .blob(Accounts.digest(secret)), .text(label),
                    .int(today.number), .int(token.expiresOn.number),
                ])
            try act.log("token-issue", "staff", person.id, "token=\(token.id)")
            return (token, secret)
        }
    }

    /// Ends a token: one's own, or anybody's as administrator.
    public func endToken(_ id: Int) throws {
        try run("token-end", "staff", actor) { act in
            let rows = try act.session.query(
                "SELECT staff_id FROM api_token WHERE id = $1 AND ended_on IS NULL", [.int(id)])
            guard let staff = try rows.first?.int(0) else { throw DeskError(.noSuchToken(id)) }
            if staff != actor { try act.requireAdministrator() }
            try act.session.execute(
                "UPDATE api_token SET ended_on = $2 WHERE id = $1", [.int(id), .int(today.number)])
            try act.log("token-end", "staff", staff, "token=\(id)")
        }
    }

    /// The tokens of this person; of everybody for an administrator or, until there is one, the operator.
    public func tokens() throws -> [APIToken] {
        try run("token-list", "staff", actor) { act in
            let isKeeper = act.person?.role == .sysadmin || act.person == nil
            if act.person == nil { try act.requireAdministrator() }
            let rows = try act.session.query(
                """
                SELECT id, staff_id, label, issued_on, expires_on, ended_on FROM api_token
                WHERE staff_id = $1 OR $2 = 1 ORDER BY id
                """, [.int(actor), .int(isKeeper ? 1 : 0)])
            try act.log("token-list", "staff", actor)
            return try rows.map { row in
                APIToken(
                    id: try row.int(0), staff: try row.int(1), label: try row.text(2),
                    issuedOn: CivilDay(try row.int(3)),
                    expiresOn: CivilDay(try row.int(4)), endedOn: try row.intOrNil(5).map { CivilDay($0) })
            }
        }
    }
}
