public import Messages

extension CaseStore {
    /// What took over from what, beside the single successors that stand with the places.
    public func successions() throws(StoreError) -> [Succession] {
        try read { session in
            try session.query("SELECT from_code, to_code, kind FROM succession ORDER BY from_code, to_code").map {
                Succession(from: try $0.text(0), to: try $0.text(1), kind: try $0.choice(2))
            }
        }
    }

    /// The codes of a place in other numberings.
    public func foreignCodes(of code: String) throws(StoreError) -> [ForeignCode] {
        try read { session in
            try session.query(
                "SELECT scheme, other FROM place_code WHERE code = $1 ORDER BY scheme, other", [.text(code)]
            )
            .map { ForeignCode(code: code, scheme: try $0.choice(0), other: try $0.text(1)) }
        }
    }

    /// The number of the entity behind a code: the same for all codes that a place ever had.
    public func entity(of code: String) throws(StoreError) -> Int? {
        try read { session in
            try session.query(
                "SELECT entity FROM place_entity WHERE code = $1 ORDER BY valid_from DESC LIMIT 1", [.text(code)]
            ).first?.int(0)
        }
    }

    /// Notes successions and foreign codes, and gives new places their entities.
    ///
    /// - Returns: true when something was noted.
    func note(
        _ successions: [Succession], _ foreign: [ForeignCode], _ scheme: CodeScheme,
        _ added: some Collection<GazetteerEntry>, in session: any SQLSession
    ) throws -> Bool {
        for succession in successions {
            try session.execute(
                "DELETE FROM succession WHERE from_code = $1 AND to_code = $2",
                [.text(succession.from), .text(succession.to)])
            try session.execute(
                "INSERT INTO succession (from_code, to_code, kind) VALUES ($1, $2, $3)",
                [.text(succession.from), .text(succession.to), .text(succession.kind.rawValue)])
        }
        for code in foreign {
            let values: [SQLValue] = [.text(code.code), .text(code.scheme.rawValue), .text(code.other)]
            try session.execute("DELETE FROM place_code WHERE code = $1 AND scheme = $2 AND other = $3", values)
            try session.execute("INSERT INTO place_code (code, scheme, other) VALUES ($1, $2, $3)", values)
        }
        try giveEntities(to: added, successions, scheme, in: session)
        return !successions.isEmpty || !foreign.isEmpty
    }

    private func giveEntities(
        to added: some Collection<GazetteerEntry>, _ successions: [Succession], _ scheme: CodeScheme,
        in session: any SQLSession
    ) throws {
        guard !added.isEmpty else { return }
        var known: [String: Int] = [:]
        let isEmpty = try session.query("SELECT 1 FROM place_entity LIMIT 1").isEmpty
        // Only what a new place may go on as is looked up: a first import has nothing to look for.
        var links: [String: String] = [:]
        for succession in successions where succession.kind.keepsEntity { links[succession.from] = succession.to }
        func find(_ code: String) throws {
            guard !isEmpty, known[code] == nil else { return }
            known[code] = try session.query("SELECT entity FROM place_entity WHERE code = $1 LIMIT 1", [.text(code)])
                .first?.int(0)
        }
        for (from, to) in links {
            try find(from)
            try find(to)
        }
        if !isEmpty { for place in added { try find(place.code) } }
        var next = try session.query("SELECT COALESCE(MAX(entity), 0) FROM place_entity")[0].int(0) + 1
        let back = Dictionary(links.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        var rows: [[SQLValue]] = []
        func flush() throws {
            try session.insert(into: "place_entity", columns: ["code", "valid_from", "entity", "scheme"], rows: rows)
            rows.removeAll(keepingCapacity: true)
        }
        for place in added {
            let key: [SQLValue] = [.text(place.code), .text(place.validFrom ?? "")]
            let isThere =
                try !isEmpty
                && !session.query("SELECT 1 FROM place_entity WHERE code = $1 AND valid_from = $2", key).isEmpty
            if isThere { continue }
            let partner = links[place.code] ?? back[place.code]
            let entity = known[place.code] ?? partner.flatMap { known[$0] } ?? next
            if entity == next { next += 1 }
            known[place.code] = entity
            rows.append(key + [.int(entity), .text(scheme.rawValue)])
            // A nation's rows at once would take more than the list itself.
            if rows.count == 10_000 { try flush() }
        }
        try flush()
    }

    // MARK: Homes over time

    /// The homes of groups that were not always the same, by group and first day.
    public func groupHomes() throws(StoreError) -> [GroupHome] {
        try read { session in
            try session.query(
                """
                SELECT group_id, place_code, valid_from, valid_to, confirmed_by FROM group_home
                ORDER BY group_id, valid_from
                """
            ).map { row in
                let from = try row.text(2)
                return GroupHome(
                    group: try row.text(0), place: try row.text(1), validFrom: from.isEmpty ? nil : from,
                    validTo: try row.textOrNil(3), confirmedBy: try row.text(4))
            }
        }
    }

    /// Declares where a group belonged during some time; what was declared for the same first day is replaced.
    public func setHome(_ home: GroupHome) throws(StoreError) {
        try write { session in
            guard try !session.query("SELECT 1 FROM chat_group WHERE id = $1", [.text(home.group)]).isEmpty else {
                throw StoreError(.unknownGroup(home.group), folder: folder)
            }
            guard try !session.query("SELECT 1 FROM place WHERE code = $1", [.text(home.place)]).isEmpty else {
                throw StoreError(.noSuchVillage(home.place), folder: folder)
            }
            let key: [SQLValue] = [.text(home.group), .text(home.validFrom ?? "")]
            try session.execute("DELETE FROM group_home WHERE group_id = $1 AND valid_from = $2", key)
            _ = try session.execute(
                """
                INSERT INTO group_home (group_id, valid_from, valid_to, place_code, confirmed_by)
                VALUES ($1, $2, $3, $4, $5)
                """, key + [.text(home.validTo), .text(home.place), .text(home.confirmedBy)])
        }
    }
}
