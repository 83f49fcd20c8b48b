import Foundation

/// Whether indices hold what their tables hold.
///
/// Seals are made of the rows, the wall and the lists come by the indices: an index without a row hides it from whoever asks by
/// the index, and the row still fits its seal.
struct IndexCheck {
    /// Tables with more rows are not held against their indices row by row, but by counts and a sample.
    private static let most = 100_000
    /// How many rows of a large table are looked up in each index.
    private static let sample = 64
    /// The tables that say who may read what, apart from the cases themselves: a few rows each.
    static let wall = ["staff", "staff_tie", "unit", "official"]

    private let session: any SQLSession
    private let table: String

    init(_ table: String, in session: any SQLSession) {
        self.session = session
        self.table = table
    }

    /// All tables that have indices.
    static func tables(in session: any SQLSession) throws -> [String] {
        try session.query(
            "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' AND tbl_name NOT LIKE 'sqlite_%' ORDER BY tbl_name"
        ).map { try $0.text(0) }
    }

    /// True where every index has its table's rows, as far as the table's size lets it be told.
    func isWhole() throws -> Bool {
        let count = try session.query("SELECT COUNT(*) FROM \(table) NOT INDEXED")[0].int(0)
        if count <= Self.most { return try isWholeRowByRow() }
        return try indices().allSatisfy { try isWhole($0, count) }
    }

    /// True where every index has exactly its table's rows.
    func isWholeRowByRow() throws -> Bool {
        try session.query("PRAGMA integrity_check(\(table))").first?.text(0) == "ok"
    }

    private struct Index {
        let name: String
        /// The columns, as far as they are no expressions.
        let columns: [String]
        /// The condition of an index of some rows only.
        let condition: String?
    }

    private func indices() throws -> [Index] {
        try session.query(
            "SELECT name, COALESCE(sql, '') FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1", [.text(table)]
        ).map { row in
            let (name, sql) = (try row.text(0), try row.text(1))
            let columns = try session.query(
                "SELECT name FROM pragma_index_info($1) WHERE name IS NOT NULL", [.text(name)])
            return Index(
                name: name, columns: try columns.map { try $0.text(0) },
                condition: sql.range(of: "WHERE ").map { String(sql[$0.upperBound...]) })
        }
    }

    /// As many rows as the table has, and a sample of these in their places.
    private func isWhole(_ index: Index, _ all: Int) throws -> Bool {
        let condition = index.condition.map { " WHERE " + $0 } ?? ""
        let has = try session.query("SELECT COUNT(*) FROM \(table) INDEXED BY \(index.name)\(condition)")[0].int(0)
        let wanted =
            try index.condition == nil
            ? all : session.query("SELECT COUNT(*) FROM \(table) NOT INDEXED\(condition)")[0].int(0)
        guard has == wanted else { return false }
        guard !index.columns.isEmpty, index.condition == nil else { return true }
        let last = try session.query("SELECT MAX(rowid) FROM \(table)")[0].int(0)
        for _ in 0..<Self.sample {
            let row = try session.query(
                "SELECT rowid, \(index.columns.joined(separator: ", ")) FROM \(table) NOT INDEXED WHERE rowid >= $1 LIMIT 1",
                [.int(Int.random(in: 1...max(1, last)))])
            guard let row = row.first else { continue }
            let places = index.columns.enumerated().map { "\($1) IS $\($0 + 2)" }.joined(separator: " AND ")
            let found = try session.query(
                "SELECT COUNT(*) FROM \(table) INDEXED BY \(index.name) WHERE \(places) AND rowid = $1",
                [.int(try row.int(0))] + (1...index.columns.count).map { row[$0] })
            guard try found[0].int(0) == 1 else { return false }
        }
        return true
    }
}
