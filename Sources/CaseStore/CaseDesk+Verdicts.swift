internal import Casework
internal import Foundation
public import Messages

/// A flag that somebody has judged, with its words where the asker may read them and they are still kept.
///
/// For the lexicons' keepers: nothing in it says who spoke, and faces show its number, never its words.
public struct JudgedFlag: Sendable {
    /// The flag's number.
    public var flag: Int
    /// Where it is, or is about to be: confirmed, joined or dismissed.
    public var outcome: FlagState
    /// The code of the reason.
    public var reason: String?
    /// Its topic.
    public var topic: Topic
    /// The rules that fired, sorted.
    public var rules: [String]
    /// Days since 1970-01-01; the first of the month once the words are erased.
    public var day: Int
    /// The masked words; nil once they are erased.
    public var text: String?

    /// Names a judged flag.
    package init(
        flag: Int, outcome: FlagState, reason: String?, topic: Topic, rules: [String], day: Int, text: String?
    ) {
        self.flag = flag
        self.outcome = outcome
        self.reason = reason
        self.topic = topic
        self.rules = rules
        self.day = day
        self.text = text
    }

    /// True where a lexicon should flag it.
    public var shouldFlag: Bool { outcome != .dismissed }
}

/// What became of flags, for figures on rules.
public struct RuleOutcomes: Sendable {
    /// The flags, without words.
    public var flags: [JudgedFlag]
    /// True where reports are among them and every count may be told; else none of one to four is, and shares come in
    /// tenths, from twenty decisions on.
    public var isWhole: Bool

    /// Names what became of flags.
    package init(flags: [JudgedFlag], isWhole: Bool) {
        self.flags = flags
        self.isWhole = isWhole
    }
}

extension CaseDesk {
    /// The judged flags whose words the person may read and that are still kept: confirmed, joined, and dismissed ones that wait
    /// for their second reader.
    ///
    /// Words of confirmed flags are those that their cases keep as originals; where a case was made of several flags, they are
    /// given once, with the first. The wall stands here as everywhere. While nobody works on the desk, the operator reads all.
    public func judgedFlags() throws -> [JudgedFlag] {
        if actor == 0, try !hasStaff() {
            return try store.read { try Self.judged(in: $0, store, for: nil) { _ in [] } }
        }
        return try run("lexicon-verdicts") { act in
            let person = try act.require([.intake, .inspector, .supervisor])
            let found = try Self.judged(in: act.session, store, for: person.id) {
                try act.texts([.original], of: $0).compactMap(\.words)
            }
            try act.log("lexicon-verdicts", "none", 0, "rows=\(found.count)")
            return found
        }
    }

    /// Flags with their rules and outcome and without words; dismissals that wait for their second reader count.
    ///
    /// For a person those of complaints and suggestions alone: a rule's hit in a report, its month and its verdict would tell
    /// somebody whom the wall keeps from it. While nobody works on the desk, the operator gets all.
    public func flagOutcomes() throws -> RuleOutcomes {
        if actor == 0, try !hasStaff() {
            return try store.read { RuleOutcomes(flags: try Self.outcomes(in: $0, where: "1 = 1"), isWhole: true) }
        }
        return try run("lexicon-outcomes") { act in
            _ = try act.require(Self.ruleReaders)
            let found = try Self.outcomes(in: act.session, where: "f.track <> 'misconduct'")
            try act.log("lexicon-outcomes", "none", 0, "rows=\(found.count)")
            return RuleOutcomes(flags: found, isWhole: false)
        }
    }

    private static func outcomes(in session: any SQLSession, where condition: String) throws -> [JudgedFlag] {
        let dismissals = try dismissals(in: session)
        return try session.query(
            "SELECT \(FlagRow.summaryColumns) FROM flag AS f WHERE \(condition) ORDER BY f.id"
        ).map { row in
            let flag = try FlagRow.summary(row)
            let dismissal = dismissals[flag.id]
            return JudgedFlag(
                flag: flag.id, outcome: dismissal == nil ? flag.state : .dismissed, reason: dismissal ?? flag.reason,
                topic: flag.topic, rules: flag.rules, day: flag.day, text: nil)
        }
    }

    private static func dismissals(in session: any SQLSession) throws -> [Int: String] {
        try Dictionary(
            session.query("SELECT flag_id, dismissal_reason FROM flag_desk WHERE dismissal_reason IS NOT NULL").map {
                (try $0.int(0), try $0.text(1))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// `originals` opens the words of a case that the person may read.
    private static func judged(
        in session: any SQLSession, _ store: CaseStore, for person: Int?, originals: (Int) throws -> [String]
    ) throws -> [JudgedFlag] {
        let dismissals = try dismissals(in: session)
        let values: [SQLValue] = person.map { [.int($0)] } ?? []
        let (flags, cases) =
            person == nil
            ? ("1 = 1", "1 = 1")
            : (
                "EXISTS (SELECT 1 FROM readable_flag AS r WHERE r.staff_id = $1 AND r.flag_id = f.id)",
                "EXISTS (SELECT 1 FROM readable_matter AS r WHERE r.staff_id = $1 AND r.id = m.matter_id)"
            )
        var found = try session.query(
            """
            SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id
            WHERE f.state IN ('new', 'claimed') AND \(flags)
              AND f.id IN (SELECT flag_id FROM flag_desk WHERE dismissal_reason IS NOT NULL)
            """, values
        ).compactMap { row -> JudgedFlag? in
            let record = try FlagRow.record(row, key: store.key, folder: store.folder)
            let flag = record.summary
            guard let text = record.content?.text, let reason = dismissals[flag.id] else { return nil }
            return JudgedFlag(
                flag: flag.id, outcome: .dismissed, reason: reason, topic: flag.topic, rules: flag.rules, day: flag.day,
                text: text)
        }
        var told: Set<Int> = []
        let confirmed = try session.query(
            """
            SELECT \(FlagRow.summaryColumns), m.matter_id FROM flag AS f JOIN matter_flag AS m ON m.flag_id = f.id
            WHERE f.state IN ('confirmed', 'joined') AND \(cases) ORDER BY f.id
            """, values)
        for row in confirmed {
            let (flag, matter) = (try FlagRow.summary(row), try row.int(FlagRow.summaryColumnCount))
            guard told.insert(matter).inserted else { continue }
            let words = try originals(matter)
            if words.isEmpty { continue }
            found.append(
                JudgedFlag(
                    flag: flag.id, outcome: flag.state, reason: flag.reason, topic: flag.topic, rules: flag.rules,
                    day: flag.day, text: words.joined(separator: "\n")))
        }
        return found.sorted { $0.flag < $1.flag }
    }
}
