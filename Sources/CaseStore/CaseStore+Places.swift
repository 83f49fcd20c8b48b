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
            try session.execute("DELETE FROM place", [])
            try insert(places, from: 0, in: session)
            try checkGroups(in: session)
        }
    }

    /// Adds places, or changes those that are there under the same code and first day.
    @discardableResult
    public func mergePlaces(_ places: [GazetteerEntry]) throws(StoreError) -> MergeCounts {
        try write { session in
            var rows = try Self.places(in: session)
            var index = Dictionary(uniqueKeysWithValues: rows.enumerated().map { (Self.key(of: $1), $0) })
            var named: Set<String> = []
            var counts = MergeCounts()
            for place in places {
                guard named.insert(Self.key(of: place)).inserted else {
                    throw StoreError(.badPlace(place.code), folder: folder)
                }
                guard let old = index[Self.key(of: place)] else {
                    index[Self.key(of: place)] = rows.count
                    rows.append(place)
                    counts.added += 1
                    continue
                }
                if rows[old] == place { counts.unchanged += 1 } else { counts.changed += 1 }
                rows[old] = place
            }
            guard counts.added + counts.changed > 0 else { return counts }
            try session.execute("DELETE FROM place", [])
            try insert(rows, from: 0, in: session)
            try checkGroups(in: session)
            return counts
        }
    }

    /// The digest of the gazetteer, as hex text: equal for equal places in any order.
    public func gazetteerVersion() throws(StoreError) -> String {
        let lines = try places().map { place in
            let aliases = place.aliases.map { "\($0.kind.rawValue)=\($0.text)" }.sorted().joined(separator: "\u{1F}")
            return [
                place.code, place.name, place.level.rawValue, place.parent ?? "", place.validFrom ?? "",
                place.validTo ?? "", place.successor ?? "", aliases,
            ].joined(separator: "\u{1E}")
        }
        var hash = SHA256()
        for line in lines.sorted() { hash.update(data: Array((line + "\n").utf8)) }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func key(of place: GazetteerEntry) -> String { "\(place.code) \(place.validFrom ?? "")" }

    private static func places(in session: any SQLSession) throws -> [GazetteerEntry] {
        var aliases: [String: [GazetteerEntry.Alias]] = [:]
        for row in try session.query(
            "SELECT code, valid_from, text, kind FROM place_alias ORDER BY code, valid_from, ordinal")
        {
            aliases["\(try row.text(0)) \(try row.text(1))", default: []].append(
                GazetteerEntry.Alias(text: try row.text(2), kind: try row.choice(3)))
        }
        let rows = try session.query(
            "SELECT code, valid_from, name, level, parent, valid_to, successor FROM place ORDER BY ordinal")
        return try rows.map { row in
            let (code, from) = (try row.text(0), try row.text(1))
            return GazetteerEntry(
                code: code, name: try row.text(2), level: try row.choice(3), parent: try row.textOrNil(4),
                aliases: aliases["\(code) \(from)", default: []], validFrom: from.isEmpty ? nil : from,
                validTo: try row.textOrNil(5), successor: try row.textOrNil(6))
        }
    }

    private func insert(_ places: [GazetteerEntry], from first: Int, in session: any SQLSession) throws {
        var keys: Set<String> = []
        for place in places {
            let isSound =
                place.code.utf8.count == 12 && place.code.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (1...200).contains(place.name.unicodeScalars.count)
                && [place.validFrom, place.validTo].allSatisfy { $0.map(Self.isDay) ?? true }
                && place.aliases.allSatisfy { (1...200).contains($0.text.unicodeScalars.count) }
            guard isSound, keys.insert(Self.key(of: place)).inserted else {
                throw StoreError(.badPlace(place.code), folder: folder)
            }
        }
        try session.insert(
            into: "place",
            columns: ["code", "valid_from", "name", "level", "parent", "valid_to", "successor", "ordinal"],
            rows: places.enumerated().lazy.map { ordinal, place in
                [
                    .text(place.code), .text(place.validFrom ?? ""), .text(place.name), .text(place.level.rawValue),
                    .text(place.parent), .text(place.validTo), .text(place.successor), .int(first + ordinal),
                ]
            })
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
