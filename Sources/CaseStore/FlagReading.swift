import Casework
import Messages

/// Reads one page of the review queue in one snapshot, for one person.
///
/// The order, the wall and whose hands a flag is in are asked anew each time; words come from memory where their rows still
/// have the seals that they had.
final class FlagReading {
    /// Until when nothing on the page changes by the clock alone.
    private(set) var until = Int64.max
    private let act: CaseDesk.Act
    private let person: StaffMember
    private let kept: KeptFlags
    private let mark: StoreMark

    init(_ act: CaseDesk.Act, _ person: StaffMember, _ kept: KeptFlags, _ mark: StoreMark) {
        (self.act, self.person, self.kept, self.mark) = (act, person, kept, mark)
    }

    /// A row of the list, before its words.
    private struct Line {
        var id: Int
        var seal: SQLValue
        var claimedBy: Int?
        var firstReader: Int?
        var firstReason: String?
        var isEscalated: Bool
    }

    /// The rows that a filter lets through and that the person may see.
    func page(_ filter: FlagFilter, without: Set<Int>) throws -> FlagPage {
        let limit = max(0, filter.limit ?? 50)
        var lines = try lines(filter, without, limit: limit + 1)
        let hasNext = lines.count > limit
        lines.removeLast(lines.count - min(lines.count, limit))
        // A flag that another program changed may be here by a wall that isn't its own.
        let whole = try act.wholeFlags(lines.map(\.id))
        lines.removeAll { !whole.contains($0.id) }
        let records = try records(of: lines)
        let rows = try lines.compactMap { line in try records[line.id].map { try queued($0, line) } }
        return FlagPage(
            rows: rows, total: nil,
            next: hasNext ? rows.last.flatMap { FlagMark($0.record.summary, in: filter.order) } : nil)
    }

    /// Up to here rows are counted one by one.
    private static let nearby = 2000

    private func lines(_ filter: FlagFilter, _ without: Set<Int>, limit: Int) throws -> [Line] {
        // What is left out is passed over here, as a list of other numbers would be another statement each time; and it
        // takes no place in the counting, either.
        var wider = filter
        var passed = 0
        if !without.isEmpty, (1...Self.nearby).contains(filter.offset) { (passed, wider.offset) = (filter.offset, 0) }
        wider.limit = limit + without.count + passed
        let condition = FlagCondition(wider, readableBy: person.id)
        let found = try act.session.query(
            """
            SELECT f.id, f.seal, d.claimed_by, d.claimed_until, d.dismissal_by, d.dismissal_reason, d.escalated_on
            FROM flag AS f LEFT JOIN flag_desk AS d ON d.flag_id = f.id\(condition.clause)\(FlagCondition.order(wider))
            """, condition.values)
        var lines: [Line] = []
        for row in found {
            let id = try row.int(0)
            guard !without.contains(id) else { continue }
            guard passed == 0 else {
                passed -= 1
                continue
            }
            guard lines.count < limit else { break }
            var owner = try row.intOrNil(2)
            if owner != nil, let end = try row.intOrNil(3).map(Int64.init) {
                if end > act.desk.now { until = min(until, end) } else { owner = nil }
            } else {
                owner = nil
            }
            lines.append(
                Line(
                    id: id, seal: row[1], claimedBy: owner, firstReader: try row.intOrNil(4),
                    firstReason: try row.textOrNil(5), isEscalated: try row.intOrNil(6) != nil))
        }
        return lines
    }

    /// The flags of the lines, opened where they aren't in memory.
    private func records(of lines: [Line]) throws -> [Int: FlagRecord] {
        var records = kept.records(lines.map { ($0.id, $0.seal) })
        let missing = lines.map(\.id).filter { records[$0] == nil }
        guard !missing.isEmpty else { return records }
        var opened: [(seal: SQLValue, record: FlagRecord)] = []
        // In eights, so that there are few statements.
        for start in stride(from: 0, to: missing.count, by: 8) {
            let ids = (0..<8).map { SQLValue.int(missing[min(start + $0, missing.count - 1)]) }
            let rows = try act.session.query(
                """
                SELECT \(FlagRow.recordColumns), f.seal FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id
                WHERE f.id IN ($1, $2, $3, $4, $5, $6, $7, $8)
                """, ids)
            for row in rows {
                let record = try FlagRow.record(row, key: act.desk.store.key, folder: act.desk.store.folder)
                records[record.summary.id] = record
                opened.append((row[FlagRow.recordColumnCount], record))
            }
        }
        kept.keep(opened, since: mark)
        return records
    }

    private func queued(_ record: FlagRecord, _ line: Line) throws -> QueuedFlag {
        QueuedFlag(
            record: record, claimedBy: line.claimedBy, firstReader: line.firstReader, firstReason: line.firstReason,
            isEscalated: line.isEscalated, similar: try similar(record.summary))
    }

    /// How many open cases of the flag's place and topic the person may see, twenty at most.
    private func similar(_ flag: FlagSummary) throws -> Int {
        let key = KeptFlags.SimilarKey(
            person: person.id, place: flag.village?.code ?? "", topic: flag.topic.rawValue)
        if let known = kept.similar(key, mark, at: act.desk.now) { return known }
        // The number of open ones must stand here as in the index, or all cases that the place ever had are read.
        let count = try act.session.query(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM readable_matter AS m
              WHERE m.staff_id = $1 AND m.area_code = $2 AND m.topic = $3 AND m.is_open = 1 LIMIT 20) AS found
            """, [.int(person.id), .text(key.place), .text(key.topic)])[0].int(0)
        kept.keep(similar: count, for: key, mark, at: act.desk.now)
        return count
    }
}
