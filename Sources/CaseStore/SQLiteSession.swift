import Foundation
import GRDB

/// A session with SQLite, on a connection of GRDB's.
final class SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    private let database: Database

    init(_ database: Database) { self.database = database }

    func query(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let statement = try database.cachedStatement(sql: sql)
        let columns = statement.columnCount
        var rows: [SQLRow] = []
        let cursor = try Row.fetchCursor(statement, arguments: Self.arguments(values))
        while let row = try cursor.next() {
            rows.append(SQLRow((0..<columns).map { Self.value(row[$0] as DatabaseValue) }))
        }
        return rows
    }

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(values))
        return database.changesCount
    }

    func script(_ sql: String) throws { try database.execute(sql: sql) }

    @discardableResult
    func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
        var count = 0
        for row in rows {
            // The placeholders stand in order here, so that positions do instead of names.
            try statement.execute(arguments: StatementArguments(row.map(Self.argument)))
            count += 1
        }
        return count
    }

    /// `$1` is a named parameter to SQLite, of the name `1`.
    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        guard !values.isEmpty else { return StatementArguments() }
        return StatementArguments(
            Dictionary(uniqueKeysWithValues: values.enumerated().map { (String($0 + 1), argument($1)) }))
    }

    private static func argument(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .int(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let value): Data(value).databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let value): .int(value)
        case .double(let value): .real(value)
        case .string(let value): .text(value)
        case .blob(let value): .blob([UInt8](value))
        }
    }
}
