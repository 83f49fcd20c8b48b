import Messages

extension CaseStore {
    /// The flags that a filter lets through: the most urgent first, then the oldest.
    public func flags(_ filter: FlagFilter = FlagFilter()) throws(StoreError) -> [FlagSummary] {
        let condition = FlagCondition(filter)
        return try read { session in
            try session.query(
                "SELECT \(FlagRow.summaryColumns) FROM flag AS f\(condition.clause)\(FlagCondition.order(filter))",
                condition.values
            ).map(FlagRow.summary)
        }
    }

    /// The same with their texts opened.
    public func records(_ filter: FlagFilter = FlagFilter()) throws(StoreError) -> [FlagRecord] {
        let condition = FlagCondition(filter)
        return try read { session in
            try session.query(
                """
                SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id\
                \(condition.clause)\(FlagCondition.order(filter))
                """, condition.values
            ).map { try FlagRow.record($0, key: key, folder: folder) }
        }
    }

    /// One flag with its text opened.
    public func flag(_ id: Int) throws(StoreError) -> FlagRecord {
        try read { session in
            let rows = try session.query(
                """
                SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id
                WHERE f.id = $1
                """, [.int(id)])
            guard let row = rows.first else { throw StoreError(.noSuchFlag(id), folder: folder) }
            return try FlagRow.record(row, key: key, folder: folder)
        }
    }

    /// How many flags are in each state that a filter lets through; every state is in it.
    public func flagCounts(_ filter: FlagFilter = FlagFilter()) throws(StoreError) -> [FlagState: Int] {
        let condition = FlagCondition(filter)
        return try read { session in
            var counts = Dictionary(uniqueKeysWithValues: FlagState.allCases.map { ($0, 0) })
            let rows = try session.query(
                "SELECT f.state, COUNT(*) FROM flag AS f\(condition.clause) GROUP BY f.state", condition.values)
            for row in rows { counts[try row.choice(0)] = try row.int(1) }
            return counts
        }
    }

    /// Ends a flag: its text and key are destroyed; what is left says no more than rule, verdict, township and month.
    ///
    /// The fingerprint stays, so that a later export doesn't raise it again. `state` is dismissed, forwarded up or
    /// expired; `reason` a code of small letters and hyphens, never words of a text; `day` is today, as days since
    /// 1970-01-01; `version` the one that the decision was made on, nil to end it whatever it is. The answer is false
    /// while another process still reads: the old, unreadable bytes then stay in the WAL until the next erasure or
    /// closing. Throws when the flag is not there, has ended, or was changed in the meantime.
    @discardableResult
    public func erase(
        _ id: Int, as state: FlagState, reason: String, on day: Int, version: Int? = nil
    ) throws(StoreError) -> Bool {
        let isCode = reason.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
        guard isCode, (1...40).contains(reason.utf8.count) else { throw StoreError(.badReason, folder: folder) }
        try write { session in
            let rows = try session.query(
                "SELECT state, version, day, village_code, data_key_id FROM flag WHERE id = $1", [.int(id)])
            guard let row = rows.first else { throw StoreError(.noSuchFlag(id), folder: folder) }
            try checkWhole(id, in: session)
            let old: FlagState = try row.choice(0)
            guard state.isErased, !old.isErased else { throw StoreError(.wrongState(id, old), folder: folder) }
            guard try version == nil || version == row.int(1) else {
                throw StoreError(.changedMeanwhile(id), folder: folder)
            }
            // A village and a day lead back to the message for whoever has the chat; a township and a month do not.
            let township = try row.textOrNil(3).map { $0.prefix(9) + "000" }.map(String.init)
            try session.execute(
                """
                UPDATE flag SET payload = NULL, state = $2, reason = $3, group_id = NULL, village_code = $4,
                  village_name = NULL, day = $5, version = version + 1
                WHERE id = $1
                """,
                [.int(id), .text(state.rawValue), .text(reason), .text(township), .int(Self.firstOfMonth(row.int(2)))])
            try session.execute(
                "UPDATE data_key SET wrapped = NULL, destroyed_on = $2 WHERE id = $1",
                [.int(try row.int(4)), .int(day)])
            try AuditLog.append(
                "flag-erase", by: 0, to: ("flag", id), detail: "state=\(state.rawValue)", at: Int64(day) * 86_400,
                in: session)
            try RowSeal.seal(flag: id, in: session, by: sealer)
        }
        return engine.truncateLog()
    }

    /// Makes sure that nobody changed a flag behind the program's back: the next seal would hide it.
    func checkWhole(_ flag: Int, in session: any SQLSession) throws {
        guard try RowSeal.isWhole(flag: flag, in: session, by: sealer) else {
            throw StoreError(.alteredRows(.flag), folder: folder)
        }
    }

    /// The first day of a day's month, both as days since 1970-01-01 (after Hinnant, "chrono-compatible low-level date algorithms").
    static func firstOfMonth(_ day: Int) -> Int {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return day - (dayOfYear - (153 * month + 2) / 5)
    }
}
