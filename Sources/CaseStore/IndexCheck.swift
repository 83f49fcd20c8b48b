import Foundation

/// Whether indices hold what their tables hold.
///
/// Seals are made of the rows, the wall and the lists come by the indices: an index without a row hides it from whoever asks by
/// the index, and the row still fits its seal.
struct IndexCheck {
    /// How many rows of a large table are looked up in each index.
    private static let sample = 64
    /// The tables that say who may read what, apart from the cases themselves: a few rows each.
    static let wall = ["staff", "staff_tie", "unit", "official"]

    private let session: any SQLSession
    private let table: String
    /// Tables with more rows are not held against their indices row by row, but by counts and a sample.
    private let most: Int

    init(_ table: String, in session: any SQLSession, most: Int = 100_000) {
        self.session = session
        self.table = table
        self.most = most
    }

    /// All tables that have indices.
    static func tables(in session: any SQLSession) throws -> [String] {
        try session.query(
            "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' AND tbl_name NOT LIKE 'sqlite_%' ORDER BY tbl_name"
        ).map { try $0.text(0) }
    }

    /// True where every index has its table's rows, as far as the table's size lets it be told.
    func isWhole() throws -> Bool {
        if try isSmall() { return try isWholeRowByRow() }
        let indices = try indices()
        let wanted = try rowsWanted(by: indices)
        return try zip(indices, wanted).allSatisfy(isWhole)
    }

    private func isSmall() throws -> Bool {
        try session.query("SELECT COUNT(*) FROM (SELECT 1 FROM \(table) NOT INDEXED LIMIT \(most + 1))")[0].int(0)
            <= most
    }

    /// How many rows each index should have: counted for all of them in one pass over the table.
    private func rowsWanted(by indices: [Index]) throws -> [Int] {
        let sums = indices.map { $0.condition.map { "COALESCE(SUM(\($0)), 0)" } ?? "COUNT(*)" }
        guard !sums.isEmpty else { return [] }
        let row = try session.query("SELECT \(sums.joined(separator: ", ")) FROM \(table) NOT INDEXED")[0]
        return try indices.indices.map { try row.int($0) }
    }

    /// True where every index has exactly its table's rows.
    func isWholeRowByRow() throws -> Bool {
        try session.query("PRAGMA integrity_check(\(table))").first?.text(0) == "ok"
    }

    private struct Index {
        let name: String
        /// What it sorts by: columns, and expressions as they are written.
        let terms: [String]
        /// The condition of an index of some rows only.
        let condition: String?
    }

    private func indices() throws -> [Index] {
        try session.query(
            "SELECT name, COALESCE(sql, '') FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1", [.text(table)]
        ).map { row in
            let (name, sql) = (try row.text(0), try row.text(1))
            return Index(
                name: name, terms: try sql.isEmpty ? columns(of: name) : Self.terms(of: sql),
                condition: sql.range(of: "WHERE ").map { String(sql[$0.upperBound...]) })
        }
    }

    /// What an index sorts by that belongs to a constraint, and has no words of its own.
    private func columns(of index: String) throws -> [String] {
        try session.query("SELECT name FROM pragma_index_info($1)", [.text(index)]).map { try $0.text(0) }
    }

    /// What stands between the first parenthesis and its partner, without the directions.
    private static func terms(of sql: String) -> [String] {
        var (terms, term, depth) = ([String](), "", 0)
        for character in sql.drop(while: { $0 != "(" }) {
            if character == ")" { depth -= 1 }
            if character == ")", depth == 0 { break }
            if depth == 1, character == "," {
                terms.append(term)
                term = ""
            } else if depth > 0 {
                term.append(character)
            }
            if character == "(" { depth += 1 }
        }
        return (terms + [term]).map { $0.trimmingCharacters(in: .whitespaces).replacing(" DESC", with: "") }
    }

    /// As many rows as the table has, and a sample of these in their places.
    private func isWhole(_ index: Index, _ wanted: Int) throws -> Bool {
        let condition = index.condition.map { " WHERE " + $0 } ?? ""
        let has = try session.query("SELECT COUNT(*) FROM \(table) INDEXED BY \(index.name)\(condition)")[0].int(0)
        guard has == wanted else { return false }
        guard index.condition == nil else { return true }
        let last = try session.query("SELECT MAX(rowid) FROM \(table)")[0].int(0)
        for _ in 0..<Self.sample {
            let row = try session.query(
                "SELECT rowid, \(index.terms.joined(separator: ", ")) FROM \(table) NOT INDEXED WHERE rowid >= $1 LIMIT 1",
                [.int(Int.random(in: 1...max(1, last)))])
            guard let row = row.first else { continue }
            let places = index.terms.enumerated().map { "\($1) IS $\($0 + 2)" }.joined(separator: " AND ")
            let found = try session.query(
                "SELECT COUNT(*) FROM \(table) INDEXED BY \(index.name) WHERE \(places) AND rowid = $1",
                [.int(try row.int(0))] + (1...index.terms.count).map { row[$0] })
            guard try found[0].int(0) == 1 else { return false }
        }
        return true
    }
}
