import GRDB
import GRDBSQLite
import Glibc

/// A session with SQLite, on a connection of GRDB's.
///
/// Statements are GRDB's, prepared once for equal text; values are bound and read by SQLite's own functions, as GRDB's
/// rows and arguments cost several times the query itself, and a decision asks some sixty.
final class SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    private let database: Database
    /// The insert last made for each table.
    private var inserts: [String: (columns: [String], statement: Statement)] = [:]

    init(_ database: Database) { self.database = database }

    func othersMark() throws -> SQLMark? {
        SQLMark(
            connection: ObjectIdentifier(database), version: try query("PRAGMA data_version", [])[0].int(0))
    }

    func query(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        var rows: [SQLRow] = []
        try run(sql, values) { cursor in
            let columns = cursor.columnCount
            while try cursor.step() { rows.append(SQLRow((0..<columns).map { cursor.value($0) })) }
        }
        return rows
    }

    func cursor(_ sql: String, _ values: [SQLValue]) throws -> any SQLCursor {
        let statement = try database.makeStatement(sql: sql)
        try SQLiteBinding.bind(values, to: statement.sqliteStatement)
        return SQLiteCursor(statement)
    }

    func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLCursor) throws -> Void) throws {
        try run(sql, values) { cursor in
            while try cursor.step() { try body(cursor) }
        }
    }

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try run(sql, values) { cursor in
            while try cursor.step() {}
        }
        return database.changesCount
    }

    func script(_ sql: String) throws { try database.execute(sql: sql) }

    @discardableResult
    func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int {
        let statement = try insertStatement(table, columns)
        let handle = statement.sqliteStatement
        var count = 0
        for row in rows {
            defer { Self.forget(handle) }
            for (index, value) in row.enumerated() { try SQLiteBinding.bind(value, at: Int32(index + 1), of: handle) }
            guard sqlite3_step(handle) == SQLITE_DONE else { throw SQLiteBinding.failure(handle) }
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

    private func run(_ sql: String, _ values: [SQLValue], _ body: (SQLiteCursor) throws -> Void) throws {
        var statement = try database.cachedStatement(sql: sql)
        // The same query inside a walk of its own rows gets a statement of its own.
        if sqlite3_stmt_busy(statement.sqliteStatement) != 0 { statement = try database.makeStatement(sql: sql) }
        let handle = statement.sqliteStatement
        defer { Self.forget(handle) }
        try SQLiteBinding.bind(values, to: handle)
        try body(SQLiteCursor(statement))
    }

    /// What was bound is not kept: texts must not outlive their act.
    private static func forget(_ handle: SQLiteStatement) {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}

/// How values go into a statement, and what is thrown when it fails.
private enum SQLiteBinding {
    /// Binds values to `$1`, `$2` …, in whatever order the statement names them.
    static func bind(_ values: [SQLValue], to handle: SQLiteStatement) throws {
        for place in 0..<sqlite3_bind_parameter_count(handle) {
            // `$1` is a named parameter to SQLite, of the name `$1`.
            guard let name = sqlite3_bind_parameter_name(handle, place + 1), name[0] == 0x24 else {
                preconditionFailure("placeholders are $1, $2 …")
            }
            try bind(values[Int(atoi(name + 1)) - 1], at: place + 1, of: handle)
        }
    }

    static func bind(_ value: SQLValue, at place: Int32, of handle: SQLiteStatement) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, place)
            case .int(let value): sqlite3_bind_int64(handle, place, value)
            case .real(let value): sqlite3_bind_double(handle, place, value)
            case .text(let value): sqlite3_bind_text(handle, place, value, -1, transient)
            case .blob(let value):
                value.isEmpty
                    ? sqlite3_bind_zeroblob(handle, place, 0)
                    : sqlite3_bind_blob(handle, place, value, Int32(value.count), transient)
            }
        guard code == SQLITE_OK else { throw failure(handle) }
    }

    /// Tells SQLite to copy what is bound.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    static func failure(_ handle: SQLiteStatement) -> DatabaseError {
        let connection = sqlite3_db_handle(handle)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }
}

/// A walk over rows without copies: a value of each column would take most of the time of a long walk.
private final class SQLiteCursor: SQLCursor {
    private let statement: Statement
    private let handle: SQLiteStatement
    /// What the columns were declared as, once that is asked.
    private var declared: [SQLStorage] = []

    init(_ statement: Statement) {
        self.statement = statement
        handle = statement.sqliteStatement
    }

    deinit { sqlite3_reset(handle) }

    var columnCount: Int { Int(sqlite3_column_count(handle)) }

    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw SQLiteBinding.failure(handle)
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

    func storage(_ column: Int) -> SQLStorage { Self.storage(sqlite3_column_type(handle, Int32(column))) }

    private static func storage(_ type: Int32) -> SQLStorage {
        switch type {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .int
        case SQLITE_FLOAT: .real
        case SQLITE_BLOB: .blob
        default: .text
        }
    }

    func append(from first: Int, _ columns: Int, to bytes: inout RowBytes) -> Bool {
        if declared.isEmpty { declared = (0..<columnCount).map(declaration) }
        var isDeclared = true
        for column in first..<first + columns {
            let value = sqlite3_column_value(handle, Int32(column))
            let storage = Self.storage(sqlite3_value_type(value))
            bytes.append(storage.rawValue)
            switch storage {
            case .null: continue
            case .int: bytes.append(word: UInt64(bitPattern: sqlite3_value_int64(value)))
            case .real: bytes.append(word: sqlite3_value_double(value).bitPattern)
            case .text, .blob: bytes.append(measured: Self.raw(value))
            }
            if storage != declared[column], declared[column] != .null { isDeclared = false }
        }
        return isDeclared
    }

    /// What the column of a table was declared as; null for what isn't a column, and may be anything.
    private func declaration(_ column: Int) -> SQLStorage {
        guard let type = sqlite3_column_decltype(handle, Int32(column)) else { return .null }
        // The schema's words: TEXT, DOUBLE PRECISION, BLOB; BIGINT and INTEGER are left.
        return switch (UInt8(bitPattern: type[0]), UInt8(bitPattern: type[1])) {
        case (0x54, _): .text
        case (0x44, _): .real
        case (0x42, 0x4C): .blob
        default: .int
        }
    }

    func append(joined first: Int, inHex: [Bool], to bytes: inout RowBytes) {
        for index in 0..<inHex.count {
            if index > 0 { bytes.append(0x7C) }
            let value = sqlite3_column_value(handle, Int32(first + index))
            switch sqlite3_value_type(value) {
            case SQLITE_NULL: bytes.append(0x2D)
            case SQLITE_INTEGER where !inHex[index]: bytes.append(decimal: sqlite3_value_int64(value))
            default: inHex[index] ? bytes.append(hex: Self.raw(value)) : bytes.append(Self.raw(value))
            }
        }
    }

    func append(framed storage: [SQLStorage], to bytes: inout RowBytes) -> Bool {
        for column in 0..<storage.count {
            let value = sqlite3_column_value(handle, Int32(column))
            guard Self.storage(sqlite3_value_type(value)) == storage[column] else { return false }
            let place = bytes.openFrame()
            if storage[column] == .int {
                bytes.append(decimal: sqlite3_value_int64(value))
            } else {
                bytes.append(Self.raw(value))
            }
            bytes.closeFrame(place)
        }
        return true
    }

    /// A text or some bytes: asked for as bytes, SQLite puts no zero after a text.
    ///
    /// Of a value, not of a column, each of which would be looked for anew; only this thread has the connection.
    private static func raw(_ value: OpaquePointer?) -> UnsafeRawBufferPointer {
        let start = sqlite3_value_blob(value)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }

    /// A column as a value of its own.
    func value(_ column: Int) -> SQLValue {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .int(sqlite3_column_int64(handle, Int32(column)))
        case SQLITE_FLOAT: .real(sqlite3_column_double(handle, Int32(column)))
        case SQLITE_BLOB: .blob([UInt8](bytes(column)))
        default: .text(String(decoding: bytes(column), as: UTF8.self))
        }
    }
}
