public import Casework
import Foundation
import Glibc
import Messages

/// What an auditor asks the log for.
public struct AuditQuery: Sendable, Equatable {
    /// A staff member; nil for all.
    public var actor: Int?
    /// An action; nil for all.
    public var action: String?
    /// The first and last day, in China's time; nil for all.
    public var days: ClosedRange<CivilDay>?
    /// How many at most, the newest.
    public var limit = 200

    /// One case's number: its rows alone; the person must be clear of its wall.
    public var number: String?

    /// Everything.
    public init() {}

    /// True of the row of a sheet's export: the row before it says of which case.
    static let isSheet = "l.action = 'export' AND l.detail LIKE 'form=sheet;%'"

    /// The instants of some days in China's time.
    static func seconds(of days: ClosedRange<CivilDay>) -> Range<Int> {
        days.lowerBound.number * 86_400 - 28_800..<(days.upperBound.number + 1) * 86_400 - 28_800
    }
}

/// What the log says to one auditor.
public struct AuditReport: Sendable, Equatable {
    /// The rows that the person may see, oldest first.
    public var rows: [AuditRow]
    /// How often each action was done by each person in the rows, refusals apart.
    public var counts: [Int: [String: Int]]
}

extension CaseDesk {
    /// The rows of the log, but those about cases that the wall keeps from the person; how many those are isn't said.
    public func auditReport(_ query: AuditQuery = AuditQuery()) throws -> AuditReport {
        try run("audit-report") { act in
            // Open to whoever looks into what was changed, as long as the views are the program's own.
            let person = try act.require([.auditor], mindsWall: false)
            var (terms, values) = (["1 = 1"], [SQLValue.int(person.id)])
            func place(_ value: SQLValue) -> String {
                values.append(value)
                return "$\(values.count)"
            }
            if let actor = query.actor { terms.append("l.actor = \(place(.int(actor)))") }
            if let action = query.action { terms.append("l.action = \(place(.text(action)))") }
            if let days = query.days {
                let span = AuditQuery.seconds(of: days)
                terms.append("l.seconds >= \(place(.int(span.lowerBound)))")
                terms.append("l.seconds < \(place(.int(span.upperBound)))")
            }
            if let number = query.number {
                terms.append(
                    "l.object_kind = 'case' AND l.object_id = (SELECT x.id FROM matter AS x WHERE x.number = \(place(.text(number))))"
                )
            }
            let condition = terms.joined(separator: " AND ")
            // Rows about a flag tell of the case that it became; and before that, of a report that somebody with ties
            // should not hear of.
            let wall = """
                l.object_kind = 'case' AND EXISTS
                  (SELECT 1 FROM wall AS w WHERE w.staff_id = $1 AND w.matter_id = l.object_id)
                OR l.object_kind = 'flag' AND (EXISTS
                  (SELECT 1 FROM matter_flag AS b JOIN wall AS w ON w.matter_id = b.matter_id
                    WHERE b.flag_id = l.object_id AND w.staff_id = $1)
                  OR EXISTS (SELECT 1 FROM flag AS f JOIN staff_tie AS t ON t.staff_id = $1 AND t.ended_on IS NULL
                    WHERE f.id = l.object_id AND f.track = 'misconduct'))
                OR \(AuditQuery.isSheet) AND EXISTS (SELECT 1 FROM audit_log AS p JOIN wall AS w ON w.matter_id = p.object_id
                  WHERE p.seq = l.seq - 1 AND p.object_kind = 'case' AND w.staff_id = $1)
                """
            let rows = try act.session.query(
                """
                SELECT l.seq, l.seconds, l.actor, l.action, l.object_kind, l.object_id, l.detail, l.hash
                FROM audit_log AS l WHERE \(condition) AND NOT (\(wall))
                ORDER BY l.seq DESC LIMIT \(max(0, query.limit))
                """, values
            ).map(AuditLog.row)
            var counts: [Int: [String: Int]] = [:]
            for row in rows { counts[row.actor, default: [:]][row.action, default: 0] += 1 }
            try act.log("audit-report", "none", 0, "rows=\(rows.count)")
            return AuditReport(rows: rows.reversed(), counts: counts)
        }
    }

    /// Verifies the chain, with the anchors in the data folder and others; logged, so that it can be shown that somebody did.
    public func verify(anchors: [AuditAnchor]) throws -> AuditVerdict {
        let book = AnchorBook(in: store.folder)
        var verdict = try store.verifyAudit(anchors: anchors + (book.anchors() ?? []))
        // Read anew, and once more a moment later: others may have anchored since, whose lines follow their rows.
        func isLost() throws -> Bool {
            let own = book.anchors() ?? []
            return try store.read { try AnchorBook.isLost(anchors + own, in: $0) }
        }
        if verdict.isSound, try isLost() {
            usleep(300_000)
            if try isLost() { verdict = .lost(.anchors) }
        }
        try run("audit-verify") { act in
            if act.person != nil { _ = try act.require([.auditor, .sysadmin, .supervisor], mindsWall: false) }
            try act.log("audit-verify", "store", 0, "verdict=\(verdict.slug)")
        }
        return verdict
    }

    /// Writes an anchor: a row of its own, so that the anchor covers everything before it; and a line in `anchors.txt` of the
    /// data folder.
    public func anchor() throws -> AuditAnchor {
        let book = AnchorBook(in: store.folder)
        try book.open(at: store.auditHead(), isFirst: !store.read { try AnchorBook.isLost([], in: $0) }, "\(today)")
        try run("audit-anchor") { act in
            if act.person != nil { _ = try act.require([.auditor, .sysadmin, .supervisor], mindsWall: false) }
            try act.log("audit-anchor", "store")
        }
        guard let head = try store.auditHead() else { throw StoreError(.corrupt, folder: store.folder) }
        try book.append(head.line + " \(today)")
        return head
    }
}
