public import Messages

/// What a merge did.
public struct MergeCounts: Sendable, Equatable {
    /// Rows that were not there.
    public var added = 0
    /// Rows that were there with other contents.
    public var changed = 0
    /// Rows that were there as they are.
    public var unchanged = 0
}

extension CaseStore {
    /// The register, in the order of registration.
    public func groups() throws(StoreError) -> [RegisteredGroup] { try read(Self.groups(in:)) }

    /// Registers a group; its village must be in the gazetteer.
    public func add(_ group: RegisteredGroup) throws(StoreError) {
        try write { session in
            try check(group, in: session)
            guard try session.query("SELECT 1 FROM chat_group WHERE id = $1", [.text(group.id)]).isEmpty else {
                throw StoreError(.duplicateGroup(group.id), folder: folder)
            }
            try insert(group, in: session)
        }
    }

    /// Registers groups, or changes those that are registered: all of them or none.
    ///
    /// A new name makes the old one a former name.
    @discardableResult
    public func importGroups(_ groups: [RegisteredGroup]) throws(StoreError) -> MergeCounts {
        try write { session in
            var known = Dictionary(uniqueKeysWithValues: try Self.groups(in: session).map { ($0.id, $0) })
            var named: Set<String> = []
            var counts = MergeCounts()
            for var group in groups {
                try check(group, in: session)
                guard named.insert(group.id).inserted else {
                    throw StoreError(.duplicateGroup(group.id), folder: folder)
                }
                guard let old = known[group.id] else {
                    try insert(group, in: session)
                    known[group.id] = group
                    counts.added += 1
                    continue
                }
                var former = old.formerNames
                for name in [old.name] + group.formerNames where name != group.name && !former.contains(name) {
                    former.append(name)
                }
                group.formerNames = former.filter { $0 != group.name }
                if group == old {
                    counts.unchanged += 1
                } else {
                    try update(group, in: session)
                    counts.changed += 1
                }
            }
            return counts
        }
    }

    private static func groups(in session: any SQLSession) throws -> [RegisteredGroup] {
        var former: [String: [String]] = [:]
        for row in try session.query("SELECT group_id, name FROM chat_group_name ORDER BY group_id, ordinal") {
            former[try row.text(0), default: []].append(try row.text(1))
        }
        let rows = try session.query(
            "SELECT id, name, platform, village_code, notice_posted_on FROM chat_group ORDER BY ordinal")
        return try rows.map { row in
            RegisteredGroup(
                id: try row.text(0), name: try row.text(1), platform: try row.choice(2), village: try row.text(3),
                noticePostedOn: try row.text(4), formerNames: former[try row.text(0), default: []])
        }
    }

    private func check(_ group: RegisteredGroup, in session: any SQLSession) throws {
        let lengths = 1...200
        if !lengths.contains(group.id.unicodeScalars.count) {
            throw StoreError(.badGroup(group.id, field: "id"), folder: folder)
        }
        if !([group.name] + group.formerNames).allSatisfy({ lengths.contains($0.unicodeScalars.count) }) {
            throw StoreError(.badGroup(group.id, field: "name"), folder: folder)
        }
        if !Self.isDay(group.noticePostedOn) {
            throw StoreError(.badGroup(group.id, field: "notice-posted-on"), folder: folder)
        }
        let village = try session.query(
            "SELECT 1 FROM place WHERE code = $1 AND level = 'village'", [.text(group.village)])
        if village.isEmpty { throw StoreError(.noSuchVillage(group.village), folder: folder) }
    }

    /// True for a day of the calendar as YYYY-MM-DD.
    static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }

    private func insert(_ group: RegisteredGroup, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO chat_group (id, name, platform, village_code, notice_posted_on, ordinal)
            VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM chat_group))
            """,
            [
                .text(group.id), .text(group.name), .text(group.platform.rawValue), .text(group.village),
                .text(group.noticePostedOn),
            ])
        try insertNames(of: group, in: session)
    }

    private func update(_ group: RegisteredGroup, in session: any SQLSession) throws {
        try session.execute(
            """
            UPDATE chat_group SET name = $2, platform = $3, village_code = $4, notice_posted_on = $5 WHERE id = $1
            """,
            [
                .text(group.id), .text(group.name), .text(group.platform.rawValue), .text(group.village),
                .text(group.noticePostedOn),
            ])
        try session.execute("DELETE FROM chat_group_name WHERE group_id = $1", [.text(group.id)])
        try insertNames(of: group, in: session)
    }

    private func insertNames(of group: RegisteredGroup, in session: any SQLSession) throws {
        try session.insert(
            into: "chat_group_name", columns: ["group_id", "ordinal", "name"],
            rows: group.formerNames.enumerated().map { [.text(group.id), .int($0), .text($1)] })
    }
}
