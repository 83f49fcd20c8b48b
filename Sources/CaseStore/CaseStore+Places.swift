import Crypto
public import Messages

extension CaseStore {
    /// The gazetteer, in the order of the files that it was imported from.
    public func places() throws(StoreError) -> [GazetteerEntry] { try read(Self.places(in:)) }

    /// Puts a gazetteer in place of the old one.
    ///
    /// The villages of all registered groups must be in it.
    public func replacePlaces(_ places: [GazetteerEntry]) throws(StoreError) {
        try write { session in
            _ = try indices(of: places)
            try session.execute("DELETE FROM place", [])
            try insert(places, from: 0, in: session)
            _ = try note([], [], .nbs, places, in: session)
            try checkGroups(in: session)
        }
    }

    /// Adds places, or changes those that are there under the same code and first day.
    ///
    /// Only rows that differ are written.
    @discardableResult
    public func mergePlaces(_ places: [GazetteerEntry]) throws(StoreError) -> MergeCounts {
        try mergePlaces(places, successions: [], foreign: [], scheme: .nbs)
    }

    /// The same with what took over from what, codes of other numberings, and whose digits the codes are.
    ///
    /// Places that are the same under another code or name keep their entity; the number of an entity is never given again.
    @discardableResult
    public func mergePlaces(
        _ places: [GazetteerEntry], successions: [Succession], foreign: [ForeignCode], scheme: CodeScheme
    ) throws(StoreError) -> MergeCounts {
        try write { session in
            let states = try self.states(of: places, in: session)
            var counts = MergeCounts()
            counts.added = states.count { $0 == .added }
            counts.changed = states.count { $0 == .changed }
            counts.unchanged = states.count - counts.added - counts.changed
            let next = try session.query("SELECT COALESCE(MAX(ordinal), -1) + 1 FROM place")[0].int(0)
            if counts.changed > 0 {
                for (place, state) in zip(places, states) where state == .changed { try update(place, in: session) }
            }
            let added = states.indices.lazy.filter { states[$0] == .added }.map { places[$0] }
            // Writing nothing would seal the whole list anew.
            if counts.added > 0 { try insert(added, from: next, in: session) }
            let isNew = try note(successions, foreign, scheme, added, in: session)
            if counts.added + counts.changed > 0 || isNew { try checkGroups(in: session) }
            return counts
        }
    }

    /// What a place that comes in is to the list that is there.
    private enum MergeState: UInt8 {
        case added, changed, unchanged
    }

    /// Holds the places against those that are there, which pass by one at a time: two copies of a nation's list would
    /// not fit a small machine.
    private func states(of places: [GazetteerEntry], in session: any SQLSession) throws -> [MergeState] {
        let indices = try self.indices(of: places)
        var states = [MergeState](repeating: .added, count: places.count)
        try Self.forEachPlace(in: session) { old in
            guard let index = indices[Self.key(of: old)] else { return }
            states[index] = places[index] == old ? .unchanged : .changed
        }
        return states
    }

    /// Where each place stands by its key; refuses two of one key.
    private func indices(of places: [GazetteerEntry]) throws -> [String: Int] {
        var indices: [String: Int] = [:]
        indices.reserveCapacity(places.count)
        for (index, place) in places.enumerated() {
            guard indices.updateValue(index, forKey: Self.key(of: place)) == nil else {
                throw StoreError(.badPlace(place.code), folder: folder)
            }
        }
        return indices
    }

    /// Calls a function with each place in the order of the files, without holding them all.
    public func forEachPlace(_ body: (GazetteerEntry) -> Void) throws(StoreError) {
        try read { try Self.forEachPlace(in: $0, body) }
    }

    /// The latest names of some codes; those that are in no list are left out.
    public func placeNames(of codes: [String]) throws(StoreError) -> [String: String] {
        try read { session in
            var names: [String: String] = [:]
            for code in codes {
                names[code] = try session.query(
                    "SELECT name FROM place WHERE code = $1 ORDER BY valid_from DESC LIMIT 1", [.text(code)]
                ).first?.text(0)
            }
            return names
        }
    }

    /// The digest of the gazetteer, as hex text: equal for equal places in any order.
    public func gazetteerVersion() throws(StoreError) -> String {
        // Sums of digests are equal for equal places in any order, and need no sorting of a nation's list.
        var sum = [UInt64](repeating: 0, count: 4)
        func add(_ line: String) {
            SHA256.hash(data: Array(line.utf8)).withUnsafeBytes { bytes in
                for index in 0..<4 { sum[index] &+= bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            }
        }
        try forEachPlace { place in
            let aliases = place.aliases.map { "\($0.kind.rawValue)=\($0.text)" }.sorted().joined(separator: "\u{1F}")
            add(
                [
                    place.code, place.name, place.level.rawValue, place.parent ?? "", place.validFrom ?? "",
                    place.validTo ?? "", place.successor ?? "", aliases,
                ].joined(separator: "\u{1E}"))
        }
        for succession in try successions() {
            add([succession.from, succession.to, succession.kind.rawValue].joined(separator: "\u{1E}"))
        }
        for alias in try taughtAliases() {
            add(
                ["taught", alias.text, alias.village, "\(alias.scope)", alias.validTo ?? ""].joined(separator: "\u{1E}")
            )
        }
        let hash = sum.withUnsafeBytes { SHA256.hash(data: $0) }
        return hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func key(of place: GazetteerEntry) -> String { "\(place.code) \(place.validFrom ?? "")" }

    private static func places(in session: any SQLSession) throws -> [GazetteerEntry] {
        var places: [GazetteerEntry] = []
        try forEachPlace(in: session) { places.append($0) }
        return places
    }

    /// A piece at a time: a nation's rows as values would fill a gigabyte.
    private static func forEachPlace(in session: any SQLSession, _ body: (GazetteerEntry) -> Void) throws {
        let step = 20_000
        let last = try session.query("SELECT COALESCE(MAX(ordinal), -1) FROM place")[0].int(0)
        var first = 0
        while first <= last {
            let range: [SQLValue] = [.int(first), .int(first + step)]
            var aliases: [String: [GazetteerEntry.Alias]] = [:]
            for row in try session.query(
                """
                SELECT a.code, a.valid_from, a.text, a.kind FROM place_alias AS a
                JOIN place AS p ON p.code = a.code AND p.valid_from = a.valid_from
                WHERE p.ordinal >= $1 AND p.ordinal < $2 ORDER BY a.code, a.valid_from, a.ordinal
                """, range)
            {
                aliases["\(try row.text(0)) \(try row.text(1))", default: []].append(
                    GazetteerEntry.Alias(text: try row.text(2), kind: try row.choice(3)))
            }
            let rows = try session.query(
                """
                SELECT code, valid_from, name, level, parent, valid_to, successor FROM place
                WHERE ordinal >= $1 AND ordinal < $2 ORDER BY ordinal
                """, range)
            for row in rows {
                let (code, from) = (try row.text(0), try row.text(1))
                body(
                    GazetteerEntry(
                        code: code, name: try row.text(2), level: try row.choice(3), parent: try row.textOrNil(4),
                        aliases: aliases.isEmpty ? [] : aliases["\(code) \(from)", default: []],
                        validFrom: from.isEmpty ? nil : from, validTo: try row.textOrNil(5),
                        successor: try row.textOrNil(6)))
            }
            first += step
        }
    }

    private func update(_ place: GazetteerEntry, in session: any SQLSession) throws {
        try check(place)
        let key: [SQLValue] = [.text(place.code), .text(place.validFrom ?? "")]
        try session.execute(
            """
            UPDATE place SET name = $3, level = $4, parent = $5, valid_to = $6, successor = $7
            WHERE code = $1 AND valid_from = $2
            """,
            key + [
                .text(place.name), .text(place.level.rawValue), .text(place.parent), .text(place.validTo),
                .text(place.successor),
            ])
        try session.execute("DELETE FROM place_alias WHERE code = $1 AND valid_from = $2", key)
        try insertAliases(of: [place], in: session)
    }

    private func check(_ place: GazetteerEntry) throws {
        let isSound =
            place.code.utf8.count == 12 && place.code.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && (1...200).contains(place.name.unicodeScalars.count)
            && [place.validFrom, place.validTo].allSatisfy { $0.map(Self.isDay) ?? true }
            && place.aliases.allSatisfy { (1...200).contains($0.text.unicodeScalars.count) }
        guard isSound else { throw StoreError(.badPlace(place.code), folder: folder) }
    }

    private func insert(
        _ places: some Collection<GazetteerEntry>, from first: Int, in session: any SQLSession
    ) throws {
        for place in places { try check(place) }
        try session.insert(
            into: "place",
            columns: ["code", "valid_from", "name", "level", "parent", "valid_to", "successor", "ordinal"],
            rows: places.enumerated().lazy.map { ordinal, place in
                [
                    .text(place.code), .text(place.validFrom ?? ""), .text(place.name), .text(place.level.rawValue),
                    .text(place.parent), .text(place.validTo), .text(place.successor), .int(first + ordinal),
                ]
            })
        try insertAliases(of: places, in: session)
    }

    private func insertAliases(of places: some Collection<GazetteerEntry>, in session: any SQLSession) throws {
        try session.insert(
            into: "place_alias", columns: ["code", "valid_from", "ordinal", "text", "kind"],
            rows: places.lazy.flatMap { place in
                place.aliases.enumerated().map { ordinal, alias in
                    [
                        .text(place.code), .text(place.validFrom ?? ""), .int(ordinal), .text(alias.text),
                        .text(alias.kind.rawValue),
                    ]
                }
            })
    }

    /// A gazetteer that loses a group's village would leave its flags without a place.
    private func checkGroups(in session: any SQLSession) throws {
        let lost = try session.query(
            """
            SELECT village_code FROM chat_group AS g
            WHERE NOT EXISTS (SELECT 1 FROM place AS p WHERE p.code = g.village_code AND p.level = 'village')
            ORDER BY g.ordinal LIMIT 1
            """)
        if let code = try lost.first?.text(0) { throw StoreError(.noSuchVillage(code), folder: folder) }
    }
}
