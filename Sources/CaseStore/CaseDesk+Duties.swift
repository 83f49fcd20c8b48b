public import Casework
public import Messages

/// A paper that the law asks the deployer for: on record here by its number and day, kept where papers are kept.
public struct DutyRecord: Sendable, Equatable {
    /// Which.
    ///
    /// The raw values are those of the store.
    public enum Kind: String, Sendable, CaseIterable {
        /// The assessment of the impact on personal information, made beforehand and kept three years (个人信息保护法 55–56).
        case assessment
        /// The legal basis of reading the groups (13).
        case legalBasis = "legal-basis"
        /// A contract with whoever handles data for the deployer (21).
        case processor
        /// Training of those who work here (51).
        case training
        /// What to do when data leaks (51).
        case incidentPlan = "incident-plan"
        /// The regular audit of compliance (54).
        case complianceAudit = "compliance-audit"
        /// A leak that was reported (57).
        case incident

        /// Its name.
        public func name(in language: Language) -> String {
            let (zh, en) =
                switch self {
                case .assessment: ("个人信息保护影响评估", "impact assessment")
                case .legalBasis: ("处理依据", "legal basis")
                case .processor: ("受托处理合同", "contract with a processor")
                case .training: ("培训", "training")
                case .incidentPlan: ("应急预案", "incident plan")
                case .complianceAudit: ("合规审计", "audit of compliance")
                case .incident: ("泄露事件", "incident")
                }
            return language == .zh ? zh : en
        }

        /// For how many days a record speaks; nil where one is enough, or none is asked for.
        var days: Int? {
            switch self {
            case .assessment: 3 * 365
            case .training: 365
            case .complianceAudit: 2 * 365
            case .legalBasis, .processor, .incidentPlan, .incident: nil
            }
        }

        /// True for what every deployer needs.
        var isRequired: Bool { self != .processor && self != .incident }
    }

    /// Which.
    public var kind: Kind
    /// Its number, and where it lies.
    public var reference: String
    /// Its day.
    public var madeOn: CivilDay

    /// Names a paper.
    public init(kind: Kind, reference: String, madeOn: CivilDay) {
        self.kind = kind
        self.reference = reference
        self.madeOn = madeOn
    }
}

/// One line of the checklist.
public struct DutyCheck: Sendable, Equatable {
    /// Which paper.
    public var kind: DutyRecord.Kind
    /// The newest on record; nil when there is none.
    public var newest: DutyRecord?
    /// False when it is missing or too old.
    public var passed: Bool
}

/// What an incident may have touched: the form for the report to those who oversee (个人信息保护法 57).
public struct IncidentReport: Sendable, Equatable {
    /// The cases that were opened or printed, as far as the person may see them, by number.
    public var cases: [String]
    /// How often each action was done.
    public var acts: [String: Int]
    /// Exports in the time: day, recipient, purpose, rows.
    public var exports: [ExportRecord]
}

/// One export, as it was logged.
public struct ExportRecord: Sendable, Equatable {
    /// The day.
    public var day: CivilDay
    /// Who made it.
    public var staff: Int
    /// Who got it.
    public var recipient: String
    /// What for.
    public var purpose: String
    /// `csv`, `xlsx`, `open311`, `sheet`, `report`.
    public var form: String
    /// The fields.
    public var fields: [String]
    /// How many rows.
    public var rows: Int
    /// The file's digest, as hex text.
    public var sha256: String
}

extension CaseDesk {
    /// Puts a paper on record; records are only ever added.
    public func record(_ paper: DutyRecord) throws {
        try run("duty-record", "store") { act in
            if act.person != nil { _ = try act.require([.supervisor, .auditor, .sysadmin]) }
            try act.checkLine(paper.reference, "reference")
            guard paper.madeOn <= today else { throw DeskError(.badField("made-on")) }
            let seq = try act.log("duty-record", "store", 0, "kind=\(paper.kind.rawValue)")
            try act.session.execute(
                """
                INSERT INTO duty_record (id, kind, reference, made_on, recorded_by, audit_seq)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .int(try act.nextID("duty_record")), .text(paper.kind.rawValue), .text(paper.reference),
                    .int(paper.madeOn.number), .int(actor), .int(seq),
                ])
        }
    }

    /// The checklist of papers: what is there, and what is missing or too old.
    public func duties() throws -> [DutyCheck] {
        try store.read { session in
            try DutyRecord.Kind.allCases.filter(\.isRequired).map { kind in
                let newest = try session.query(
                    """
                    SELECT reference, made_on FROM duty_record WHERE kind = $1 ORDER BY made_on DESC, id DESC LIMIT 1
                    """, [.text(kind.rawValue)]
                ).first.map {
                    DutyRecord(kind: kind, reference: try $0.text(0), madeOn: CivilDay(try $0.int(1)))
                }
                let isFresh = newest.map { record in kind.days.map { record.madeOn.advanced(by: $0) >= today } ?? true }
                return DutyCheck(kind: kind, newest: newest, passed: isFresh ?? false)
            }
        }
    }

    /// All exports between two days: a record of what was handed to whom.
    public func exports(_ days: ClosedRange<CivilDay>) throws -> [ExportRecord] {
        try run("export-list") { act in
            let person = try act.require([.auditor, .supervisor])
            let found = try act.exports(days, by: nil, for: person)
            try act.log("export-list", "none", 0, "rows=\(found.count)")
            return found
        }
    }

    /// What somebody, or everybody, touched between two days.
    public func incident(_ days: ClosedRange<CivilDay>, by staff: Int? = nil) throws -> IncidentReport {
        try run("incident", "store") { act in
            let person = try act.require([.supervisor])
            let span = AuditQuery.seconds(of: days)
            let values: [SQLValue] = [.int(span.lowerBound), .int(span.upperBound), .int(staff), .int(person.id)]
            let scope = "l.seconds >= $1 AND l.seconds < $2 AND (l.actor = $3 OR $3 IS NULL) AND l.action <> 'refused'"
            let cases = try act.session.query(
                """
                SELECT DISTINCT m.number FROM audit_log AS l JOIN readable_matter AS m ON m.id = l.object_id
                WHERE \(scope) AND l.object_kind = 'case' AND m.staff_id = $4 ORDER BY m.number
                """, values
            ).map { try $0.text(0) }
            var acts: [String: Int] = [:]
            // Acts on what the person may not read are not counted, either: cases, sheets of them, flags, and flags that
            // became such a case.
            func isReadable(_ id: String) -> String {
                "EXISTS (SELECT 1 FROM readable_matter AS m WHERE m.id = \(id) AND m.staff_id = $4)"
            }
            for row in try act.session.query(
                """
                SELECT l.action, COUNT(*) FROM audit_log AS l WHERE \(scope)
                  AND (l.object_kind <> 'case' OR \(isReadable("l.object_id")))
                  AND (l.object_kind <> 'flag' OR EXISTS (SELECT 1 FROM readable_flag AS f
                      WHERE f.flag_id = l.object_id AND f.staff_id = $4)
                    AND NOT EXISTS (SELECT 1 FROM matter_flag AS b
                      WHERE b.flag_id = l.object_id AND NOT \(isReadable("b.matter_id"))))
                  AND NOT (\(AuditQuery.isSheet) AND EXISTS (SELECT 1 FROM audit_log AS p
                    WHERE p.seq = l.seq - 1 AND p.object_kind = 'case' AND NOT \(isReadable("p.object_id"))))
                GROUP BY l.action
                """, values)
            {
                acts[try row.text(0)] = try row.int(1)
            }
            let exports = try act.exports(days, by: staff, for: person)
            try act.log("incident", "store", 0, "rows=\(cases.count)")
            return IncidentReport(cases: cases, acts: acts, exports: exports)
        }
    }
}

extension CaseDesk.Act {
    /// All but the sheets of cases that the person may not read; an auditor reads none, and is shown all but those that the
    /// wall keeps from him.
    ///
    /// Recipient and purpose tell enough of one. The row of the log before that of a sheet says which case it was.
    fileprivate func exports(
        _ days: ClosedRange<CivilDay>, by staff: Int?, for person: StaffMember
    ) throws -> [ExportRecord] {
        let isHidden =
            person.role == .auditor
            ? "EXISTS (SELECT 1 FROM wall AS w WHERE w.matter_id = l.object_id AND w.staff_id = $4)"
            : "NOT EXISTS (SELECT 1 FROM readable_matter AS m WHERE m.id = l.object_id AND m.staff_id = $4)"
        return try session.query(
            """
            SELECT e.exported_on, e.exported_by, e.recipient, e.purpose, e.form, e.columns, e.row_count, e.sha256
            FROM export_log AS e
            WHERE e.exported_on BETWEEN $1 AND $2 AND (e.exported_by = $3 OR $3 IS NULL)
              AND NOT (e.form = 'sheet' AND EXISTS (SELECT 1 FROM audit_log AS l
                WHERE l.seq = e.audit_seq - 1 AND l.object_kind = 'case' AND \(isHidden)))
            ORDER BY e.id
            """, [.int(days.lowerBound.number), .int(days.upperBound.number), .int(staff), .int(person.id)]
        ).map { row in
            ExportRecord(
                day: CivilDay(try row.int(0)), staff: try row.int(1), recipient: try row.text(2),
                purpose: try row.text(3), form: try row.text(4),
                fields: try row.text(5).split(separator: ",").map(String.init), rows: try row.int(6),
                sha256: try row.text(7))
        }
    }
}
