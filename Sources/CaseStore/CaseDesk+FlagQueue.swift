import Casework
public import Messages

/// A flag on a page of the review queue, with what the desk knows of it.
public struct QueuedFlag: Sendable, Equatable {
    /// The flag with its words.
    public var record: FlagRecord
    /// Who has it in hand now; nil when nobody has.
    public var claimedBy: Int?
    /// Who dismissed it first and waits for a second reader; nil when nobody did.
    public var firstReader: Int?
    /// The reason of that first dismissal.
    public var firstReason: String?
    /// True when its time was over and a supervisor must decide.
    public var isEscalated: Bool
    /// How many open cases of the same place and topic the person may see, twenty at most.
    public var similar: Int
}

/// A page of the review queue.
public struct FlagPage: Sendable, Equatable {
    /// The flags, in the filter's order.
    public var rows: [QueuedFlag]
    /// How many there are without the page; counting stops at 1000.
    ///
    /// Nil where nobody asked for it.
    public var total: Int?
    /// Where the next page begins; nil when this is the last one.
    public var next: FlagMark?
    /// Another number for each time that a page was read, so that equal ones are one page.
    public var stamp = 0
}

extension CaseDesk {
    /// Counting stops here: nobody works off more, and a page must not count a million rows.
    static let countLimit = 1000

    /// A page of the flags that the person may see, its words opened, and how many there are; fifty where the filter names
    /// no limit.
    public func flagPage(_ filter: FlagFilter = FlagFilter()) throws -> FlagPage {
        let kept = KeptFlags()
        let mark = try kept.freshen(store)
        let key = KeptFlags.PageKey(person: actor, filter: filter, without: [])
        return try shown(read(key, kept, mark, counts: true).page)
    }

    /// The same without the number, from memory where that still holds.
    ///
    /// `without` are flags that are left out, as somebody has just ended them and may still take that back; `mark` says how
    /// far the store had changed a moment ago (``KeptFlags/freshen(_:)``).
    public func flagPage(
        _ filter: FlagFilter, without: Set<Int> = [], by kept: KeptFlags, since mark: StoreMark
    ) throws -> FlagPage {
        let key = KeptFlags.PageKey(person: actor, filter: filter, without: without)
        if let page = kept.page(key, mark, at: now) { return try shown(page) }
        let (page, until) = try read(key, kept, mark)
        return try shown(kept.keep(page, key, mark, at: now, until: until))
    }

    /// A page is read beside whoever writes, and is nobody's before its row stands in the log.
    private func shown(_ page: FlagPage) throws -> FlagPage {
        try run("flags-list") { act in
            _ = try act.require(Self.flagReaders)
            try act.log("flags-list", "none", 0, "rows=\(page.rows.count)")
        }
        return page
    }

    static let flagReaders: Set<StaffRole> = [.intake, .supervisor]

    /// Reads a page, and until when nothing on it changes by the clock alone.
    private func read(
        _ key: KeptFlags.PageKey, _ kept: KeptFlags, _ mark: StoreMark, counts: Bool = false
    ) throws -> (page: FlagPage, until: Int64) {
        try reading("flags-list") { act in
            let person = try act.require(Self.flagReaders)
            let reading = FlagReading(act, person, kept, mark)
            var page = try reading.page(key.filter, without: key.without)
            if counts {
                var all = key.filter
                (all.after, all.offset) = (nil, 0)
                page.total = try act.count(all, for: person)
            }
            return (page, reading.until)
        }
    }

    /// How many flags a filter lets through that the person may see; counting stops at 1000, no words are opened.
    public func flagCount(_ filter: FlagFilter = FlagFilter()) throws -> Int {
        let count = try reading("flags-count") { act in try act.count(filter, for: act.require(Self.flagReaders)) }
        try run("flags-count", isList: true) { act in
            _ = try act.require(Self.flagReaders)
            try act.log("flags-count")
        }
        return count
    }

    /// Gives a claim back.
    public func release(_ id: Int) throws {
        try run("flag-release", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            let released = try act.session.execute(
                """
                UPDATE flag_desk SET claimed_by = NULL, claimed_until = NULL WHERE flag_id = $1 AND claimed_by = $2
                """, [.int(id), .int(person.id)])
            guard released == 1 else { throw DeskError(.flagState(id, record.summary.state)) }
            try act.session.execute(
                "UPDATE flag SET state = 'new', version = version + 1 WHERE id = $1 AND state = 'claimed'", [.int(id)])
            try act.log("flag-release", "flag", id)
        }
    }

    /// Gives a flag its time once more; a supervisor's decision, and only once.
    public func extend(_ id: Int) throws {
        try run("flag-extend", "flag", id) { act in
            let person = try act.require([.supervisor])
            let record = try act.flag(id, for: person)
            guard [.new, .claimed].contains(record.summary.state) else {
                throw DeskError(.flagState(id, record.summary.state))
            }
            let before = try act.session.query("SELECT extended_on FROM flag_desk WHERE flag_id = $1", [.int(id)])
            guard try before.first?.intOrNil(0) == nil else { throw DeskError(.extendedBefore(id)) }
            try act.session.execute(
                """
                INSERT INTO flag_desk (flag_id, extended_on) VALUES ($1, $2)
                ON CONFLICT (flag_id) DO UPDATE SET extended_on = excluded.extended_on, escalated_on = NULL
                """, [.int(id), .int(today.number)])
            try act.session.execute(
                "UPDATE flag SET expires_on = $2, version = version + 1 WHERE id = $1",
                [.int(id), .int(max(record.summary.expiresOn, today.number) + store.configuration.flagDays)])
            try act.log("flag-extend", "flag", id)
        }
    }

    /// Takes a first dismissal back, before the second reader agreed.
    public func withdrawDismissal(_ id: Int) throws {
        try run("flag-dismissal-undo", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            let withdrawn = try act.session.execute(
                """
                UPDATE flag_desk SET dismissal_by = NULL, dismissal_reason = NULL
                WHERE flag_id = $1 AND dismissal_by = $2
                """, [.int(id), .int(person.id)])
            guard withdrawn == 1 else { throw DeskError(.flagState(id, record.summary.state)) }
            try act.log("flag-dismissal-undo", "flag", id)
        }
    }

    /// Puts a flag under the village that the person names, and teaches the name that decided.
    ///
    /// - Returns: the name as it counts now; nil when nothing was taught.
    @discardableResult
    public func attribute(
        _ id: Int, village: String, teaching: String? = nil, version: Int? = nil
    ) throws -> TaughtAlias? {
        let name = try run("flag-attribute", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            try act.check(record, version: version)
            if let teaching, teaching.count < 2 || !(record.content?.text.contains(teaching) ?? false) {
                throw DeskError(.badField("teach"))
            }
            try act.log("flag-attribute", "flag", id, "to=\(village.filter(\.isNumber).prefix(12))")
            return person.name
        }
        return try store.correct(
            FlagCorrection(
                flag: id, village: village, by: name, on: today.description, seconds: now, teaching: teaching,
                version: version, actor: actor))
    }

    /// The open cases of a flag's place and topic that the person may see, the newest first.
    ///
    /// Joining one is better than registering the matter twice.
    public func similarCases(to id: Int) throws -> [CaseSummary] {
        try run("flag-similar", "flag", id) { act in
            let person = try act.require([.intake, .supervisor])
            let record = try act.flag(id, for: person)
            let found = try act.session.query(
                """
                SELECT \(CaseRow.columns) FROM readable_matter AS m
                WHERE m.staff_id = $1 AND m.area_code = $2 AND m.topic = $3 AND m.is_open = 1
                ORDER BY m.id DESC LIMIT 20
                """,
                [.int(person.id), .text(try act.area(of: record)), .text(record.summary.topic.rawValue)]
            ).map(CaseRow.summary)
            try act.log("flag-similar", "flag", id, "rows=\(found.count)")
            return found
        }
    }

    /// How often people agreed with each rule in the flags of the last so many days: what a reviewer sees beside a hit.
    ///
    /// Of the whole store, so in tenths and of twenty decisions at least: see ``RuleShare``.
    public func rulePrecision(days: Int = 90) throws -> [String: RuleShare] {
        try run("rule-precision") { act in
            let person = try act.require(Self.ruleReaders)
            let rows = try act.session.query(
                """
                SELECT rules, state, CASE WHEN track = 'misconduct' THEN 1 ELSE 0 END, COUNT(*) FROM flag
                WHERE state IN ('confirmed', 'joined', 'dismissed') AND day >= $1 GROUP BY 1, 2, 3
                """, [.int(CaseStore.firstOfMonth(today.number - days))])
            var counts: [String: RuleCount] = [:]
            for row in rows {
                let (state, count): (FlagState, Int) = (try row.choice(1), try row.int(3))
                let isReport = try row.int(2) == 1
                for rule in try FlagRow.list(row, 0) {
                    counts[rule, default: RuleCount()].add(count, state, isReport: isReport)
                }
            }
            try act.log("rule-precision")
            return counts.compactMapValues { $0.share(forReviewer: Self.flagReaders.contains(person.role)) }
        }
    }

    /// Who hears how rules fared.
    static let ruleReaders: Set<StaffRole> = [.intake, .supervisor, .lexicon, .analyst]
}

extension CaseDesk.Act {
    fileprivate func count(_ filter: FlagFilter, for person: StaffMember) throws -> Int {
        let condition = FlagCondition(filter, readableBy: person.id)
        return try session.query(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM flag AS f\(condition.clause)\(condition.orderOfCount)
              LIMIT \(CaseDesk.countLimit)) AS found
            """, condition.values)[0].int(0)
    }
}
