import Casework
import Messages

/// How long words live; what is left then is codes.
public struct RetentionPolicy: Sendable, Equatable {
    /// Days after closing until the original words of a complaint go.
    public var originalDays = 30
    /// Days after the receipt of a hand-over until the original words of a report go; never before it.
    public var handedOverDays = 30
    /// Days after closing until the whole file of a complaint goes, and the original words of a report that was kept on file
    /// or went to another organ; the row stays for statistics.
    public var fileDays = 730

    /// The defaults.
    public init() {}

    /// What an installation decided.
    init(_ configuration: StoreConfiguration) {
        originalDays = configuration.originalDays
        handedOverDays = configuration.handedOverDays
        fileDays = configuration.fileDays
    }
}

/// What a run of the retention did, or would do.
public struct RetentionReport: Sendable, Equatable {
    /// Flags whose time was over, erased.
    public var expiredFlags: [Int] = []
    /// Flags whose time was over and that are too grave to go: a supervisor must decide.
    public var escalatedFlags: [Int] = []
    /// Cases whose original words went.
    public var originals = 0
    /// Complaints whose files went.
    public var files = 0
    /// False while another process still reads, so that erased bytes stay in the WAL until the next run.
    public var isErased = true
    /// Flags and cases that were due and that another program changed, by their rows as `audit verify` names them: they stay.
    public var alteredFlags: [Int] = []
    public var alteredCases: [Int] = []
}

extension CaseDesk {
    /// Erases what has lived its time.
    ///
    /// A grave flag is never buried by its clock: it goes to the supervisor's list. What is held stays, and so do the
    /// originals of reports that no receipt stands for. With `isTrial` nothing changes. Without a policy the
    /// installation's holds.
    public func retain(_ policy: RetentionPolicy? = nil, isTrial: Bool = false) throws -> RetentionReport {
        let policy = policy ?? RetentionPolicy(store.configuration)
        var report = try run("retention") { act in
            if act.person != nil { _ = try act.require([.sysadmin, .supervisor]) }
            var report = RetentionReport()
            try act.retainFlags(&report, isTrial: isTrial)
            try act.retainCases(policy, &report, isTrial: isTrial)
            try act.log(
                isTrial ? "retention-trial" : "retention", "store", 0,
                "expired=\(report.expiredFlags.count);escalated=\(report.escalatedFlags.count);"
                    + "originals=\(report.originals);files=\(report.files);"
                    + "policy=\(policy.originalDays),\(policy.handedOverDays),\(policy.fileDays)")
            return report
        }
        if !isTrial {
            let isGone = try store.endReplaced(on: today)
            report.isErased = store.engine.truncateLog() && isGone
        }
        return report
    }
}

extension CaseDesk.Act {
    fileprivate func retainFlags(_ report: inout RetentionReport, isTrial: Bool) throws {
        let due = try session.query(
            """
            SELECT f.id, f.severity, f.track, d.escalated_on FROM flag AS f LEFT JOIN flag_desk AS d ON d.flag_id = f.id
            WHERE f.state IN ('new', 'claimed') AND f.expires_on <= $1 ORDER BY f.id
            """, [.int(desk.today.number)])
        for row in due {
            let id = try row.int(0)
            guard try isWhole(flag: id) else {
                report.alteredFlags.append(id)
                continue
            }
            let isGrave = try row.int(1) == 2 || row.text(2) == Track.misconduct.rawValue
            if isGrave {
                guard try row.intOrNil(3) == nil else { continue }
                report.escalatedFlags.append(id)
                if isTrial { continue }
                try session.execute(
                    """
                    INSERT INTO flag_desk (flag_id, escalated_on) VALUES ($1, $2)
                    ON CONFLICT (flag_id) DO UPDATE SET escalated_on = excluded.escalated_on
                    """, [.int(id), .int(desk.today.number)])
                try log("flag-escalate", "flag", id)
            } else {
                report.expiredFlags.append(id)
                if isTrial { continue }
                try end(try desk.store.record(id, in: session), as: .expired, reason: "no-review")
                try log("flag-expire", "flag", id)
            }
        }
    }

    fileprivate func retainCases(_ policy: RetentionPolicy, _ report: inout RetentionReport, isTrial: Bool) throws {
        let today = desk.today.number
        // A report's words stay until the official system has given a receipt for them; what was kept on file or went to
        // another organ gets none, and stays as long as a whole file.
        let originals = try session.query(
            """
            SELECT m.id FROM matter AS m JOIN matter_key AS k ON k.matter_id = m.id AND k.purpose = 'original'
            WHERE k.wrapped IS NOT NULL AND NOT EXISTS (\(MatterEnd.holds)) AND (
              (m.track <> 'misconduct'
                AND (\(MatterEnd.day(fileDays: policy.fileDays, wordDays: policy.originalDays))) <= $1)
              OR (m.track = 'misconduct' AND (m.state IN ('kept', 'transferred') AND m.ended_on <= $3
                OR EXISTS (SELECT 1 FROM matter_event AS e WHERE e.matter_id = m.id
                  AND e.action = 'hand-over' AND e.day <= $2))))
            ORDER BY m.id
            """,
            [
                .int(today - policy.originalDays), .int(today - policy.handedOverDays),
                .int(today - max(policy.fileDays, policy.originalDays, policy.handedOverDays)),
            ])
        for row in originals {
            guard try isWhole(row.int(0)) else {
                report.alteredCases.append(try row.int(0))
                continue
            }
            report.originals += 1
            if !isTrial { try eraseWords("original", of: row.int(0)) }
        }
        let files = try session.query(
            """
            SELECT m.id FROM matter AS m JOIN matter_key AS k ON k.matter_id = m.id AND k.purpose = 'file'
            WHERE k.wrapped IS NOT NULL AND m.track <> 'misconduct'
              AND (\(MatterEnd.day(fileDays: policy.fileDays, wordDays: policy.fileDays))) <= $1
              AND NOT EXISTS (\(MatterEnd.holds)) ORDER BY m.id
            """, [.int(today - policy.fileDays)])
        for row in files {
            let id = try row.int(0)
            guard try isWhole(id) else {
                if !report.alteredCases.contains(id) { report.alteredCases.append(id) }
                continue
            }
            report.files += 1
            if isTrial { continue }
            try eraseWords("file", of: id)
            try session.execute(
                "UPDATE matter SET alias = '–', area_code = substr(area_code, 1, 9) || '000' WHERE id = $1", [.int(id)])
        }
    }

    func eraseWords(_ purpose: String, of matter: Int) throws {
        try checkWhole(matter)
        try destroy(purpose, of: matter)
        let state: CaseState = try session.query("SELECT state FROM matter WHERE id = $1", [.int(matter)])[0].choice(0)
        let seq = try log("erase", "case", matter, "what=\(purpose)")
        _ = try CaseRow.insert(
            CaseEvent(.erase, on: desk.today, from: state, to: state), of: matter, audit: seq, in: session)
        try session.execute(
            "UPDATE matter SET audit_seq = $2, version = version + 1 WHERE id = $1", [.int(matter), .int(seq)])
    }
}
