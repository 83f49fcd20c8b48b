/// A value that goes into or comes out of the store, in either engine.
package enum SQLValue: Sendable, Equatable {
    case null
    case int(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// An integer.
    package static func int(_ value: Int) -> SQLValue { .int(Int64(value)) }
    /// An integer, or null.
    package static func int(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null }
    /// A text, or null.
    package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
}

/// How a value is stored, by the letter that seals have for it.
///
/// SQLite keeps it for each value, whatever the column was declared as: bytes that look like a text are equal to no text.
package enum SQLStorage: UInt8, Sendable {
    case null = 0x6E
    case int = 0x69
    case real = 0x72
    case text = 0x74
    case blob = 0x62
}

/// What the engines spell differently.
///
/// Everything else is the subset that both run.
package enum SQLDialect: Sendable {
    case sqlite
    case postgres

    /// The type of byte strings.
    package var blob: String {
        switch self {
        case .sqlite: "BLOB"
        case .postgres: "BYTEA"
        }
    }

    /// A column of whole numbers that the rows of a table lie by.
    package var key: String {
        switch self {
        // By this name alone, and no other, the rows lie by it; by any other they have an index of it besides.
        case .sqlite: "INTEGER PRIMARY KEY NOT NULL"
        case .postgres: "BIGINT PRIMARY KEY"
        }
    }
}

/// One row of an answer; a column of another type than the schema's is damage.
package struct SQLRow: Sendable {
    private let values: [SQLValue]

    /// Takes the values in the order of the query's columns.
    package init(_ values: [SQLValue]) { self.values = values }

    /// The value of a column.
    package subscript(column: Int) -> SQLValue { values[column] }

    /// An integer column.
    package func int(_ column: Int) throws(SQLRowError) -> Int {
        guard case .int(let value) = values[column] else { throw SQLRowError(column: column) }
        return Int(value)
    }

    /// An integer column that may be null.
    package func intOrNil(_ column: Int) throws(SQLRowError) -> Int? {
        values[column] == .null ? nil : try int(column)
    }

    /// A number column; an engine may hand a whole number as an integer.
    package func real(_ column: Int) throws(SQLRowError) -> Double {
        switch values[column] {
        case .real(let value): return value
        case .int(let value): return Double(value)
        default: throw SQLRowError(column: column)
        }
    }

    /// A text column.
    package func text(_ column: Int) throws(SQLRowError) -> String {
        guard case .text(let value) = values[column] else { throw SQLRowError(column: column) }
        return value
    }

    /// A text column that may be null.
    package func textOrNil(_ column: Int) throws(SQLRowError) -> String? {
        values[column] == .null ? nil : try text(column)
    }

    /// A column of bytes.
    package func blob(_ column: Int) throws(SQLRowError) -> [UInt8] {
        guard case .blob(let value) = values[column] else { throw SQLRowError(column: column) }
        return value
    }

    /// A text column that holds one of an enumeration's raw values.
    package func choice<Choice: RawRepresentable<String>>(_ column: Int) throws(SQLRowError) -> Choice {
        guard let choice = Choice(rawValue: try text(column)) else { throw SQLRowError(column: column) }
        return choice
    }
}

/// A column that holds something else than the schema allows.
package struct SQLRowError: Error {
    /// The position of the column in the query.
    package let column: Int
}

/// The rows of a query, one after the other; what it hands out is good until the next step.
package protocol SQLCursor: AnyObject {
    /// Goes to the next row; false at the end.
    func step() throws -> Bool
    /// An integer column.
    func int(_ column: Int) -> Int
    /// The bytes of a column, numbers as decimal text; empty for null.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer
    /// How a column's value is stored.
    func storage(_ column: Int) -> SQLStorage
    /// Appends the columns from one on, so many: each as the letter of its storage, whole numbers and fractions as eight bytes,
    /// texts and bytes after their length in four bytes, all big-endian, and of null nothing more.
    ///
    /// - Returns: False where a value is stored otherwise than its column is declared; an engine that holds columns to their
    ///   types never says so.
    func append(from first: Int, _ columns: Int, to bytes: inout RowBytes) -> Bool
    /// Appends the columns from one on, as many as `inHex` is long, with `|` between them: numbers as decimal text, where
    /// `inHex` says so all of it as hex digits, `-` for null. Seals were made so before the step `storage` of the schema.
    func append(joined first: Int, inHex: [Bool], to bytes: inout RowBytes)
    /// Appends the first columns, each after its length in four bytes, big-endian: numbers as decimal text.
    ///
    /// - Returns: False where one is stored otherwise than it must be.
    func append(framed storage: [SQLStorage], to bytes: inout RowBytes) -> Bool
}

/// How far other connections had written, as one connection sees it.
package struct SQLMark: Sendable, Equatable {
    var connection: ObjectIdentifier
    var version: Int
}

/// One conversation with an engine inside a transaction: all that is engine-specific.
///
/// SQL is plain text in the subset that SQLite 3.40 and PostgreSQL 15 both run, with `$1` placeholders; ids come from
/// the application.
package protocol SQLSession: AnyObject {
    /// Which engine it is.
    var dialect: SQLDialect { get }

    /// What changes when another connection has written, and stays while only this one has; nil where that can't be told.
    func othersMark() throws -> SQLMark?

    /// The rows of a query, in the engine's order. The statement is prepared once for equal text.
    func query(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow]

    /// Walks the rows of a query one by one, for walks over whole tables: nothing of them is kept.
    func cursor(_ sql: String, _ values: [SQLValue]) throws -> any SQLCursor

    /// Hands on the rows of a query one by one, for short ones that come often: the statement is prepared once for equal
    /// text, and no value is made of what isn't asked for.
    func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLCursor) throws -> Void) throws

    /// Runs one statement and returns the number of rows that it changed.
    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int

    /// Runs several statements without values.
    func script(_ sql: String) throws

    /// Inserts many rows by the fastest way that the engine has, and returns their number.
    @discardableResult
    func insert(into table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws -> Int
}

extension SQLSession {
    /// The rows of a query without values.
    package func query(_ sql: String) throws -> [SQLRow] { try query(sql, []) }

    /// A walk over the rows of a query without values.
    package func cursor(_ sql: String) throws -> any SQLCursor { try cursor(sql, []) }
}
