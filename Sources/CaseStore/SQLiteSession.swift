import Foundation
import GRDB
import GRDBSQLite

/// A session with SQLite, on a connection of GRDB's.
final class SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    private let database: Database
    /// The insert last made for each table.
    private var inserts: [String: (columns: [String], statement: Statement)] = [:]

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

    func cursor(_ sql: String) throws -> any SQLCursor {
        SQLiteCursor(try database.makeStatement(sql: sql))
    }

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(values))
        return database.changesCount
    }

    func script(_ sql: String) throws { try database.execute(sql: sql) }

    @discardableResult
    func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let statement = try insertStatement(table, columns)
        var count = 0
        for row in rows {
            try Self.step(statement.sqliteStatement, row)
            count += 1
        }
        return count
    }

    private func insertStatement(_ table: String, _ columns: [String]) throws -> Statement {
        if let known = inserts[table], known.columns == columns { return known.statement }
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
        inserts[table] = (columns, statement)
        return statement
    }

    /// Binds by position, as the placeholders of an insert stand in order, and runs the statement.
    ///
    /// GRDB's own binding costs some ten times as much a row, and an import of a large file stores thousands.
    private static func step(_ statement: SQLiteStatement, _ row: [SQLValue]) throws {
        sqlite3_reset(statement)
        for (index, value) in row.enumerated() {
            let place = Int32(index + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, place)
                case .int(let value): sqlite3_bind_int64(statement, place, value)
                case .real(let value): sqlite3_bind_double(statement, place, value)
                case .text(let value): sqlite3_bind_text(statement, place, value, -1, transient)
                case .blob(let value):
                    value.isEmpty
                        ? sqlite3_bind_zeroblob(statement, place, 0)
                        : sqlite3_bind_blob(statement, place, value, Int32(value.count), transient)
                }
            guard code == SQLITE_OK else { throw failure(statement, code) }
        }
        let code = sqlite3_step(statement)
        // What was bound is not kept: texts must not outlive their act.
        sqlite3_clear_bindings(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw failure(statement, code) }
    }

    /// Tells SQLite to copy what is bound.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private static func failure(_ statement: SQLiteStatement, _ code: Int32) -> DatabaseError {
        let connection = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
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

/// A walk over rows without copies: GRDB makes a value of each column, which takes most of the time of a long walk.
private final class SQLiteCursor: SQLCursor {
    private let statement: Statement
    private let handle: SQLiteStatement

    init(_ statement: Statement) {
        self.statement = statement
        handle = statement.sqliteStatement
    }

    deinit { sqlite3_reset(handle) }

    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let connection = sqlite3_db_handle(handle)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    func int(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let column = Int32(column)
        if sqlite3_column_type(handle, column) == SQLITE_BLOB {
            return UnsafeRawBufferPointer(
                start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
        }
        let text = sqlite3_column_text(handle, column)
        return UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
