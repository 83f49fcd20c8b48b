public import Casework
import Messages

/// A case whose words must stay although their time is over.
public struct CaseHold: Sendable, Equatable {
    /// Which of the case's holds it is, counted from 1.
    public var id: Int
    /// The case.
    public var number: String
    /// The paper that says so.
    public var basis: String
    /// When it was placed.
    public var placedOn: CivilDay
    /// Who asked for its end; nil while nobody did.
    public var liftingBy: Int?
}

/// Somebody asks what is kept of a case, to correct or to erase it (个人信息保护法 45–47).
public struct SubjectRequest: Sendable, Equatable {
    /// What is asked for.
    ///
    /// The raw values are those of the store.
    public enum Kind: String, Sendable, CaseIterable {
        case access, correction, erasure
    }

    /// The answers.
    public enum Answer: String, Sendable, CaseIterable {
        case granted, refused
    }

    /// Which of the case's requests it is, counted from 1.
    public var id: Int
    /// The case.
    public var number: String
    /// What is asked for.
    public var kind: Kind
    /// When it came.
    public var receivedOn: CivilDay
    /// What one person proposes; nil while nobody did.
    public var proposal: Answer?
    /// The reason and the paper it rests on.
    public var basis: String?
    /// When a second person decided; nil while it is open.
    public var decidedOn: CivilDay?
}

extension CaseDesk {
    private static let keepers: Set<StaffRole> = [.intake, .supervisor]

    /// Keeps the words of a case, and of those that were merged into it, from erasure, because of a paper that is named.
    ///
    /// - Returns: Which of the case's holds it is: numbers over all cases would tell of those on cases that one can't see.
    public func placeHold(on number: String, basis: String) throws -> Int {
        try run("hold-place") { act in
            let person = try act.require([.supervisor])
            let (summary, _) = try act.load(number, for: person)
            try act.checkLine(basis, "basis")
            let id = try act.nextID("hold")
            try act.session.execute(
                "INSERT INTO hold (id, matter_id, basis, placed_by, placed_on) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .int(summary.id), .text(basis), .int(person.id), .int(today.number)])
            let place = try act.place(of: id, in: "hold", of: summary.id)
            try act.log("hold-place", "case", summary.id, "hold=\(place)")
            return place
        }
    }

    /// Ends a hold: one person asks for it, a second one does it.
    ///
    /// - Returns: True once it is ended; false after the first person's word.
    public func liftHold(_ place: Int, on number: String) throws -> Bool {
        try run("hold-lift") { act in
            let person = try act.require([.supervisor, .intake])
            let matter = try act.load(number, for: person).0.id
            let rows = try act.session.query(
                "SELECT id, lifting_by FROM hold WHERE id = $1 AND lifted_on IS NULL",
                [.int(try act.row(place, in: "hold", of: matter))])
            guard let row = rows.first else { throw DeskError(.badField("hold")) }
            let (id, first) = (try row.int(0), try row.intOrNil(1))
            guard let first else {
                try act.session.execute("UPDATE hold SET lifting_by = $2 WHERE id = $1", [.int(id), .int(person.id)])
                try act.log("hold-lifting", "case", matter, "hold=\(place)")
                return false
            }
            guard first != person.id else { throw DeskError(.sameReader) }
            try act.session.execute(
                "UPDATE hold SET lifted_by = $2, lifted_on = $3 WHERE id = $1",
                [.int(id), .int(person.id), .int(today.number)])
            try act.log("hold-lift", "case", matter, "hold=\(place)")
            return true
        }
    }

    /// The holds on cases that the person may see.
    public func holds() throws -> [CaseHold] {
        try run("hold-list") { act in
            let person = try act.require(Self.keepers)
            let found = try act.session.query(
                """
                SELECT (\(Act.place(in: "hold", "h"))), m.number, h.basis, h.placed_on, h.lifting_by FROM hold AS h
                JOIN readable_matter AS m ON m.id = h.matter_id
                WHERE h.lifted_on IS NULL AND m.staff_id = $1 ORDER BY h.id
                """, [.int(person.id)]
            ).map {
                CaseHold(
                    id: try $0.int(0), number: try $0.text(1), basis: try $0.text(2), placedOn: CivilDay(try $0.int(3)),
                    liftingBy: try $0.intOrNil(4))
            }
            try act.log("hold-list", "none", 0, "rows=\(found.count)")
            return found
        }
    }

    /// Takes down that somebody asks what is kept of a case, to correct or to erase it; nothing is kept of who asks.
    ///
    /// - Returns: Which of the case's requests it is.
    public func takeRequest(_ kind: SubjectRequest.Kind, on number: String) throws -> Int {
        try run("request-take") { act in
            let person = try act.require(Self.keepers)
            let (summary, _) = try act.load(number, for: person)
            let id = try act.nextID("subject_request")
            try act.session.execute(
                """
                INSERT INTO subject_request (id, matter_id, kind, received_on, taken_by) VALUES ($1, $2, $3, $4, $5)
                """, [.int(id), .int(summary.id), .text(kind.rawValue), .int(today.number), .int(person.id)])
            let place = try act.place(of: id, in: "subject_request", of: summary.id)
            try act.log("request-take", "case", summary.id, "request=\(place);kind=\(kind.rawValue)")
            return place
        }
    }

    /// Answers a request: one person proposes an answer with its basis, a second one with the same answer decides.
    ///
    /// A granted erasure destroys all words of the case in the deciding transaction. It is refused while the case is
    /// held, and for a report before the receipt of its hand-over: to keep nothing back is a duty, too.
    /// - Returns: True once it is decided; false after the first person's word.
    public func answerRequest(
        _ place: Int, on number: String, _ answer: SubjectRequest.Answer, basis: String
    ) throws -> Bool {
        let decided = try run("request-answer") { act in
            let person = try act.require(Self.keepers)
            let matter = try act.load(number, for: person).0.id
            let rows = try act.session.query(
                "SELECT id, kind, proposal, proposed_by FROM subject_request WHERE id = $1 AND decided_on IS NULL",
                [.int(try act.row(place, in: "subject_request", of: matter))])
            guard let row = rows.first else { throw DeskError(.badField("request")) }
            let id = try row.int(0)
            let kind: SubjectRequest.Kind = try row.choice(1)
            try act.checkLine(basis, "basis")
            if kind == .erasure, answer == .granted {
                try act.checkMain(of: matter, for: person)
                try act.checkErasable(matter)
            }
            guard try row.textOrNil(2) == answer.rawValue, let first = try row.intOrNil(3) else {
                try act.session.execute(
                    "UPDATE subject_request SET proposal = $2, basis = $3, proposed_by = $4 WHERE id = $1",
                    [.int(id), .text(answer.rawValue), .text(basis), .int(person.id)])
                try act.log("request-propose", "case", matter, "request=\(place);answer=\(answer.rawValue)")
                return false
            }
            guard first != person.id else { throw DeskError(.sameReader) }
            try act.session.execute(
                "UPDATE subject_request SET decided_by = $2, decided_on = $3 WHERE id = $1",
                [.int(id), .int(person.id), .int(today.number)])
            if kind == .erasure, answer == .granted {
                for purpose in ["original", "file"] { try act.eraseWords(purpose, of: matter) }
            }
            try act.log("request-decide", "case", matter, "request=\(place);answer=\(answer.rawValue)")
            return true
        }
        if decided { _ = store.engine.truncateLog() }
        return decided
    }

    /// The requests on cases that the person may see, open ones first.
    public func requests() throws -> [SubjectRequest] {
        try run("request-list") { act in
            let person = try act.require(Self.keepers)
            let found = try act.session.query(
                """
                SELECT (\(Act.place(in: "subject_request", "r"))), m.number, r.kind, r.received_on, r.proposal, r.basis,
                  r.decided_on
                FROM subject_request AS r JOIN readable_matter AS m ON m.id = r.matter_id
                WHERE m.staff_id = $1 ORDER BY CASE WHEN r.decided_on IS NULL THEN 0 ELSE 1 END, r.id
                """, [.int(person.id)]
            ).map { row in
                SubjectRequest(
                    id: try row.int(0), number: try row.text(1), kind: try row.choice(2),
                    receivedOn: CivilDay(try row.int(3)),
                    proposal: row[4] == .null ? nil : try row.choice(4), basis: try row.textOrNil(5),
                    decidedOn: try row.intOrNil(6).map { CivilDay($0) })
            }
            try act.log("request-list", "none", 0, "rows=\(found.count)")
            return found
        }
    }
}

extension CaseDesk.Act {
    /// A reference that a person types: one line, no novel.
    func checkLine(_ text: String, _ field: String) throws {
        guard (1...200).contains(text.unicodeScalars.count), !text.contains(where: \.isNewline) else {
            throw DeskError(.badField(field))
        }
    }

    /// Which of a case's rows a row of `table` is, as SQL over its alias.
    fileprivate static func place(in table: String, _ alias: String) -> String {
        "SELECT COUNT(*) FROM \(table) AS z WHERE z.matter_id = \(alias).matter_id AND z.id <= \(alias).id"
    }

    fileprivate func place(of id: Int, in table: String, of matter: Int) throws -> Int {
        try session.query(
            "SELECT COUNT(*) FROM \(table) WHERE matter_id = $1 AND id <= $2", [.int(matter), .int(id)])[0].int(0)
    }

    /// The row of `table` that is the case's first, second and so on; 0 where there are not so many.
    fileprivate func row(_ place: Int, in table: String, of matter: Int) throws -> Int {
        guard place > 0 else { return 0 }
        return try session.query(
            "SELECT id FROM \(table) WHERE matter_id = $1 ORDER BY id LIMIT 1 OFFSET $2",
            [.int(matter), .int(place - 1)]
        ).first?.int(0) ?? 0
    }

    fileprivate func checkErasable(_ matter: Int) throws {
        let held = try session.query(
            "SELECT 1 FROM matter AS m WHERE m.id = $1 AND EXISTS (\(MatterEnd.holds))", [.int(matter)])
        let unreceipted = try session.query(
            """
            SELECT 1 FROM matter AS m WHERE m.id = $1 AND m.track = 'misconduct' AND NOT EXISTS
              (SELECT 1 FROM matter_event AS e WHERE e.matter_id = m.id AND e.action = 'hand-over')
            """, [.int(matter)])
        guard held.isEmpty, unreceipted.isEmpty else { throw DeskError(.mustBeKept) }
    }
}
