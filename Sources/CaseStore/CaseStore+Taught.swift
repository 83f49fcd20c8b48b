public import Messages

/// A person's word on where a flag belongs.
public struct FlagCorrection: Sendable, Equatable {
    /// The flag.
    public var flag: Int
    /// The 12-digit code of the village that is right.
    public var village: String
    /// The official who says so.
    public var by: String
    /// Today, as YYYY-MM-DD.
    public var on: String
    /// Now, as seconds since 1970-01-01 UTC, for the audit log.
    public var seconds: Int64
    /// The name that decided, to be taught; nil when nothing is taught.
    public var teaching: String?
    /// The version of the flag that the person saw; nil to correct it whatever it is.
    public var version: Int?
    /// The staff member who is at work, for the audit log; 0 for the operator.
    public var actor: Int

    /// Says where a flag belongs.
    public init(
        flag: Int, village: String, by: String, on: String, seconds: Int64, teaching: String? = nil,
        version: Int? = nil, actor: Int = 0
    ) {
        self.flag = flag
        self.village = village
        self.by = by
        self.on = on
        self.seconds = seconds
        self.teaching = teaching
        self.version = version
        self.actor = actor
    }
}

extension CaseStore {
    /// The names that people taught, oldest first; those that ended included.
    public func taughtAliases() throws(StoreError) -> [TaughtAlias] { try read(Self.taughtAliases(in:)) }

    /// Puts a flag under the village that a person names, and teaches the name that decided.
    ///
    /// A name that was taught for another village in the same group or township ends today; one that was taught for the same
    /// village from another group counts in the whole township from now on.
    ///
    /// - Returns: the name as it counts now; nil when nothing was taught.
    /// - Throws: when the flag or village is not there, the flag's text is erased, or it was changed in the meantime.
    @discardableResult
    public func correct(_ correction: FlagCorrection) throws(StoreError) -> TaughtAlias? {
        try write { session in
            let rows = try session.query(
                "SELECT state, version, group_id, village_code FROM flag WHERE id = $1", [.int(correction.flag)])
            guard let row = rows.first else { throw StoreError(.noSuchFlag(correction.flag), folder: folder) }
            let state: FlagState = try row.choice(0)
            guard !state.isErased else { throw StoreError(.wrongState(correction.flag, state), folder: folder) }
            guard try correction.version == nil || correction.version == row.int(1) else {
                throw StoreError(.changedMeanwhile(correction.flag), folder: folder)
            }
            var taught: TaughtAlias?
            if let text = correction.teaching, let group = try row.textOrNil(2) {
                taught = try teach(text, group: group, correction, in: session)
            }
            try place(
                correction.flag, at: correction.village, was: try row.textOrNil(3), tier: nil,
                alias: taught?.id, by: correction.by, actor: correction.actor, on: correction.on,
                seconds: correction.seconds, in: session)
            return taught
        }
    }

    /// Puts a waiting flag under a village because of what was taught.
    ///
    /// - Returns: false when it was changed in the meantime.
    @discardableResult
    public func reattribute(
        _ flag: FlagSummary, to village: String, because alias: TaughtAlias, on day: String, seconds: Int64
    ) throws(StoreError) -> Bool {
        try write { session in
            let rows = try session.query(
                "SELECT village_code FROM flag WHERE id = $1 AND version = $2 AND state IN ('new', 'claimed')",
                [.int(flag.id), .int(flag.version)])
            guard let row = rows.first else { return false }
            try place(
                flag.id, at: village, was: try row.textOrNil(0), tier: .c, alias: alias.id, by: alias.author, on: day,
                seconds: seconds, in: session)
            return true
        }
    }

    /// How often a flag's village was corrected.
    public func correctionCount(of flag: Int) throws(StoreError) -> Int {
        try read { try $0.query("SELECT COUNT(*) FROM flag_correction WHERE flag_id = $1", [.int(flag)])[0].int(0) }
    }

    /// Ends a taught name: it doesn't count for messages after a day (YYYY-MM-DD).
    public func endTaughtAlias(_ id: Int, on day: String) throws(StoreError) {
        try write { session in
            _ = try session.execute("UPDATE taught_alias SET valid_to = $2 WHERE id = $1", [.int(id), .text(day)])
        }
    }

    private func place(
        _ flag: Int, at village: String, was old: String?, tier: Attribution.Tier?, alias: Int?, by official: String,
        actor: Int = 0, on day: String, seconds: Int64, in session: any SQLSession
    ) throws {
        let found = try session.query(
            "SELECT name FROM place WHERE code = $1 ORDER BY valid_from DESC LIMIT 1", [.text(village)])
        guard let name = try found.first?.text(0) else { throw StoreError(.noSuchVillage(village), folder: folder) }
        try checkWhole(flag, in: session)
        try session.execute(
            """
            UPDATE flag SET village_code = $2, village_name = $3, basis = 'text', confidence = 1, tier = $4,
              version = version + 1
            WHERE id = $1
            """, [.int(flag), .text(village), .text(name), .text(tier?.rawValue)])
        let id = try session.query("SELECT COALESCE(MAX(id), 0) + 1 FROM flag_correction")[0].int(0)
        try session.execute(
            """
            INSERT INTO flag_correction (id, flag_id, from_code, to_code, alias_id, corrected_by, corrected_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .int(id), .int(flag), .text(old), .text(village), .int(alias), .text(official), .text(day),
            ])
        try AuditLog.append(
            "attribute", by: actor, to: ("flag", flag), detail: "from=\(old ?? "none");to=\(village)", at: seconds,
            in: session)
        try RowSeal.seal(flag: flag, in: session, by: sealer)
    }

    private func teach(
        _ text: String, group: String, _ correction: FlagCorrection, in session: any SQLSession
    ) throws -> TaughtAlias {
        let township = correction.village.prefix(9) + "000"
        let current = try Self.taughtAliases(in: session).filter { $0.text == text && $0.validTo == nil }
        for known in current {
            let isHere = known.scope == .group(group) || known.scope == .township(String(township))
            if known.village != correction.village {
                guard isHere else { continue }
                try session.execute(
                    "UPDATE taught_alias SET valid_to = $2 WHERE id = $1", [.int(known.id), .text(correction.on)])
                continue
            }
            var widened = known
            widened.confirmations += 1
            // The second group that means the same by it speaks for the whole township.
            if !isHere { widened.scope = .township(String(township)) }
            try session.execute(
                "UPDATE taught_alias SET confirmations = $2, group_id = $3, township_code = $4 WHERE id = $1",
                [.int(known.id), .int(widened.confirmations)] + Self.columns(of: widened.scope))
            return widened
        }
        let id = try session.query("SELECT COALESCE(MAX(id), 0) + 1 FROM taught_alias")[0].int(0)
        let alias = TaughtAlias(
            id: id, text: text, village: correction.village, scope: .group(group), author: correction.by,
            taughtOn: correction.on, flag: correction.flag)
        try session.execute(
            """
            INSERT INTO taught_alias (id, text, village_code, group_id, township_code, taught_by, taught_on, flag_id,
              confirmations) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
            """,
            [.int(id), .text(text), .text(alias.village)] + Self.columns(of: alias.scope)
                + [.text(alias.author), .text(alias.taughtOn), .int(alias.flag)])
        return alias
    }

    private static func columns(of scope: TaughtAlias.Scope) -> [SQLValue] {
        switch scope {
        case .group(let id): [.text(id), .null]
        case .township(let code): [.null, .text(code)]
        }
    }

    private static func taughtAliases(in session: any SQLSession) throws -> [TaughtAlias] {
        try session.query(
            """
            SELECT id, text, village_code, group_id, township_code, valid_from, valid_to, taught_by, taught_on, flag_id,
              confirmations FROM taught_alias ORDER BY id
            """
        ).map { row in
            let scope: TaughtAlias.Scope =
                if let group = try row.textOrNil(3) { .group(group) } else { .township(try row.text(4)) }
            return TaughtAlias(
                id: try row.int(0), text: try row.text(1), village: try row.text(2), scope: scope,
                validFrom: try row.textOrNil(5), validTo: try row.textOrNil(6), author: try row.text(7),
                taughtOn: try row.text(8), flag: try row.intOrNil(9), confirmations: try row.int(10))
        }
    }
}
