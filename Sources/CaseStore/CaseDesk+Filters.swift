import Casework

/// A filter of the queue that a person keeps under a name.
public struct SavedFilter: Sendable, Equatable {
    /// What the person calls it: 20 characters at most.
    public var name: String
    /// The address that it leads to, as a face writes it: 500 bytes at most.
    public var address: String

    /// Names an address.
    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}

extension CaseDesk {
    /// The filters that the person keeps, in the order in which they were given; none for the operator.
    ///
    /// It is no case that is read, and nobody's but one's own: no row of the log. Throws `damagedText` where another
    /// program changed them; keeping others mends that.
    public func savedFilters() throws -> [SavedFilter] {
        let rows = try store.read { session in
            try session.query("SELECT payload FROM saved_filter WHERE staff_id = $1", [.int(actor)]).map {
                try $0.blob(0)
            }
        }
        guard let payload = rows.first else { return [] }
        guard let words = try? sealer.openFilters(payload, of: actor) else { throw DeskError(.damagedText) }
        return SavedFilter.list(in: words)
    }

    /// Keeps these filters for the person, eight at most, instead of those that were kept before.
    public func keep(_ filters: [SavedFilter]) throws {
        try run("filters-save", "staff", actor) { act in
            let person = try act.require(Set(StaffRole.allCases))
            try SavedFilter.check(filters)
            if filters.isEmpty {
                try act.session.execute("DELETE FROM saved_filter WHERE staff_id = $1", [.int(person.id)])
            } else {
                // A name that somebody types may hold words of a case.
                let payload = try sealer.seal(filters: SavedFilter.text(of: filters), of: person.id)
                try act.session.execute(
                    """
                    INSERT INTO saved_filter (staff_id, payload) VALUES ($1, $2)
                    ON CONFLICT (staff_id) DO UPDATE SET payload = excluded.payload
                    """, [.int(person.id), .blob(payload)])
            }
            try act.log("filters-save", "staff", person.id, "rows=\(filters.count)")
        }
    }
}

extension SavedFilter {
    /// Refuses what isn't kept: too many, too long, or with characters that no line has.
    fileprivate static func check(_ filters: [SavedFilter]) throws {
        guard filters.count <= 8 else { throw DeskError(.badField("filters")) }
        for filter in filters {
            guard (1...20).contains(filter.name.count), filter.name.utf8.count <= 200, isLine(filter.name) else {
                throw DeskError(.badField("name"))
            }
            guard (1...500).contains(filter.address.utf8.count), isLine(filter.address) else {
                throw DeskError(.badField("address"))
            }
        }
    }

    private static func isLine(_ text: String) -> Bool { !text.utf8.contains { $0 < 0x20 || $0 == 0x7F } }

    /// A line for each name and each address.
    fileprivate static func text(of filters: [SavedFilter]) -> String {
        filters.map { "\($0.name)\n\($0.address)\n" }.joined()
    }

    fileprivate static func list(in text: String) -> [SavedFilter] {
        let lines = text.split(separator: "\n")
        return stride(from: 0, to: lines.count - 1, by: 2).map {
            SavedFilter(name: String(lines[$0]), address: String(lines[$0 + 1]))
        }
    }
}
