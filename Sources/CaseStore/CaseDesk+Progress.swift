public import Casework
import Messages

/// What whoever holds a case's code is told: where it stands, never what it says.
public struct CaseProgress: Sendable, Equatable {
    /// Where it stands, in words of the steps that everybody knows.
    public enum Step: String, Sendable, CaseIterable {
        case received, handling, answered, ended
    }

    /// Where it stands.
    public var step: Step
    /// The day until which an answer is due; nil where none is, and for reports.
    public var dueOn: CivilDay?
    /// The last answer's words, for complaints and suggestions.
    public var reply: String?
    /// The rating that was given.
    public var rating: ReasonCode?
}

extension CaseDesk {
    /// The cost of a code's hash: 16 random digits need less of it than a password.
    private static let codeRounds = 1 << 14
    private static let codeAttempts = 5
    private static let codeLockSeconds: Int64 = 3600

    /// Makes the code by which whoever spoke can look the case up: 16 digits, given in private, never posted.
    ///
    /// The store keeps its hash; a second call makes a new one, and the first counts no more.
    public func issueClaimCode(for number: String) throws -> String {
        var random = SystemRandomNumberGenerator()
        let code = (0..<16).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        let hash = try PasswordHash.make(code, rounds: Self.codeRounds)
        try run("claim-code") { act in
            let person = try act.require([.intake])
            let (summary, _) = try act.load(number, for: person)
            try act.session.execute(
                """
                INSERT INTO claim_code (matter_id, hash, issued_on, failures, locked_until) VALUES ($1, $2, $3, 0, 0)
                ON CONFLICT (matter_id) DO UPDATE SET hash = excluded.hash, issued_on = excluded.issued_on, failures = 0,
                  locked_until = 0
                """, [.int(summary.id), .text(hash), .int(today.number)])
            try act.log("claim-code", "case", summary.id)
        }
        return code
    }

    /// Where the case of a number and its code stands; needs no account, and `rating` may be given once it is answered.
    ///
    /// A merged case stands where the one stands that it was merged into, and is answered with it.
    /// A wrong code and an unknown number look the same; five wrong codes lock a number for an hour.
    public func progress(of number: String, code: String, rating: ReasonCode? = nil) throws -> CaseProgress {
        // A complaint that became a report has a number that whoever holds the code was never told, and its old one answers as
        // a report does.
        let given = Act.Number(number)
        let known = try store.read { session in
            try session.query(
                """
                SELECT c.matter_id, c.hash, c.locked_until FROM claim_code AS c
                  JOIN matter_number AS n ON n.matter_id = c.matter_id
                WHERE n.county = $1 AND n.year = $2 AND n.letter = $3 AND n.ordinal = $4
                """, given.values
            ).first.map { (id: try $0.int(0), hash: try $0.text(1), locked: Int64(try $0.int(2))) }
        }
        let digits = code.filter(\.isNumber)
        let isRight = PasswordHash.matches(digits, known?.hash ?? Accounts.nobody(rounds: Self.codeRounds))
        guard let known, known.locked <= now, isRight else {
            if let known, known.locked <= now { try countWrongCode(known.id) }
            return try run("progress", "case", known?.id ?? 0) { _ in throw DeskError(.wrongCode) }
        }
        guard rating == nil || rating == .satisfied || rating == .notSatisfied else {
            throw DeskError(.badField("rating"))
        }
        return try run("progress", "case", known.id) { act in try act.progress(of: known.id, rating: rating) }
    }

    private func countWrongCode(_ matter: Int) throws {
        _ = try store.write { session in
            try session.execute(
                """
                UPDATE claim_code SET failures = CASE WHEN failures >= $2 THEN 0 ELSE failures + 1 END,
                  locked_until = CASE WHEN failures >= $2 THEN $3 ELSE 0 END WHERE matter_id = $1
                """, [.int(matter), .int(Self.codeAttempts - 1), .int(now + Self.codeLockSeconds)])
        }
    }
}

extension CaseDesk.Act {
    fileprivate func progress(of matter: Int, rating: ReasonCode?) throws -> CaseProgress {
        let own = try session.query(
            """
            SELECT c.rating, \(MatterEnd.main) FROM matter AS m JOIN claim_code AS c ON c.matter_id = m.id
            WHERE m.id = $1
            """, [.int(matter)])
        guard let own = own.first else { throw DeskError(.wrongCode) }
        try checkWhole(matter)
        let main = try own.intOrNil(1) ?? matter
        if main != matter { try checkWhole(main) }
        let rows = try session.query("SELECT \(CaseRow.columns) FROM matter AS m WHERE m.id = $1", [.int(main)])
        guard let row = rows.first else { throw DeskError(.wrongCode) }
        let summary = try CaseRow.summary(row)
        let step = CaseProgress.Step(summary.state)
        var given = try own.textOrNil(0).flatMap(ReasonCode.init(rawValue:))
        if let rating {
            guard step == .answered || step == .ended else { throw DeskError(.badField("rating")) }
            try session.execute(
                "UPDATE claim_code SET rating = $2, rated_on = $3 WHERE matter_id = $1",
                [.int(matter), .text(rating.rawValue), .int(desk.today.number)])
            given = rating
        }
        let isReport = summary.track == .misconduct
        let reply = isReport ? nil : try texts([.reply], of: main).last?.words
        try log("progress", "case", matter, rating.map { "rating=\($0.rawValue)" } ?? "")
        return CaseProgress(
            step: step, dueOn: isReport ? nil : summary.dueOn, reply: reply ?? nil, rating: given)
    }
}

extension CaseProgress.Step {
    /// The step of a state; what happens inside an organ isn't told apart.
    init(_ state: CaseState) {
        self =
            switch state {
            case .registered: .received
            case .replied, .followedUp, .fedBack: .answered
            case .declined, .closed, .merged, .transferred, .kept, .forwardedUp: .ended
            default: .handling
            }
    }
}
