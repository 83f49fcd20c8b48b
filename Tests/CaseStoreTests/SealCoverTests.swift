import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

/// Every column of the schema is in a seal, or is named here with the reason why not: a column that is added later can't be
/// forgotten.
struct SealCoverTests {
    /// What no seal has: whole tables, or columns of one.
    private static let unsealed: [String: Set<String>?] = [
        // The seals themselves, the end of the log and the key's check, each a code of its own; and the steps of the schema.
        "meta": nil, "schema_migration": nil,
        // Which messages were read: at worst one is read again, or not at all, as with a file that nobody imports.
        "seen_digest": nil,
        // What one person put off, in that person's own queues; terms go on.
        "snooze": nil,
        // Doesn't open when it was altered or moved.
        "saved_filter": nil,
        // Which numbers of another platform have cases: at worst one is registered twice, or not by the import.
        "matter_origin": nil,
        // Written with every page; a session gives nothing that its person's account doesn't.
        "desk_session": nil,
        // Written with every wrong try; without the lock there are more tries at a scrypt hash.
        "credential": ["failures", "locked_until"], "claim_code": ["failures", "locked_until"],
        // The key itself is in the flag's seal; what it is for follows from that, and the day is for the reader.
        "data_key": ["purpose", "destroyed_on"],
    ]

    private static func plainly<Value>(_ file: String, _ body: (Database) throws -> Value) throws -> Value {
        var plain = Configuration()
        plain.foreignKeysEnabled = false
        return try DatabaseQueue(path: file, configuration: plain).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            let value = try body(database)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
            return value
        }
    }

    private struct Column {
        var table: String
        var name: String
        var type: String

        var isSealed: Bool {
            guard let known = SealCoverTests.unsealed[table] else { return true }
            return known.map { !$0.contains(name) } ?? false
        }

        /// A value for a table that nothing is in.
        var sample: String {
            switch (name, type) {
            case ("matter_id", _), ("flag_id", _), ("batch_id", _): "1"
            case (_, "TEXT"): "'s'"
            case (_, "BLOB"): "zeroblob(32)"
            case (_, "BIGINT"): "7"
            default: "0.5"
            }
        }

        /// Another value, another way to store the same one, and what once looked the same as nothing.
        var changes: [String] {
            let other =
                switch type {
                case "TEXT": "COALESCE(\(name) || '~', 's')"
                case "BLOB": "randomblob(32)"
                case "BIGINT": "COALESCE(\(name) + 1000, 7)"
                case "INTEGER": "\(name) + 1000"
                default: "COALESCE(\(name) / 2, 0.25)"
                }
            // What rows lie by can be nothing but a whole number.
            if type == "INTEGER" { return [other] }
            let same = type == "BLOB" ? "CAST(HEX(\(name)) AS TEXT)" : "CAST(\(name) AS BLOB)"
            return [other, "COALESCE(\(same), '-')"]
        }
    }

    private static func columns(_ database: Database) throws -> [Column] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT m.name, p.name AS part, p.type FROM sqlite_schema AS m, pragma_table_info(m.name) AS p
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid
                """
        ).map { Column(table: $0["name"], name: $0["part"], type: $0["type"]) }
    }

    @Test
    func `whatever column another program changes, or only stores otherwise, is told, but for those that are listed`()
        throws
    {
        let county = try DeskCounty()
        _ = try county.closed(original: "水龙头三天没有一滴水了也没有人来看一眼")
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [1]))
        try county.store.close()
        let columns = try Self.plainly(county.file) { database in
            let columns = try Self.columns(database)
            // A row for every table.
            for (table, parts) in Dictionary(grouping: columns, by: \.table).sorted(by: { $0.key < $1.key }) {
                guard try Row.fetchOne(database, sql: "SELECT 1 FROM \(table)") == nil else { continue }
                try database.execute(
                    sql: """
                        INSERT INTO \(table) (\(parts.map(\.name).joined(separator: ", ")))
                        VALUES (\(parts.map(\.sample).joined(separator: ", ")))
                        """)
            }
            return columns
        }
        try CaseStore(opening: county.scratch.folder).sealAnew()
        #expect(try CaseStore(opening: county.scratch.folder).verifyAudit().isSound)
        let whole = try Data(contentsOf: URL(fileURLWithPath: county.file))
        #expect(Set(Self.unsealed.keys).isSubset(of: columns.map(\.table)))
        for column in columns {
            for (index, change) in column.changes.enumerated() {
                if !column.isSealed && (index > 0 || column.table == "meta" || column.table == "schema_migration") {
                    continue
                }
                try whole.write(to: URL(fileURLWithPath: county.file))
                let count = try Self.plainly(county.file) { database in
                    try database.execute(
                        sql: """
                            UPDATE \(column.table) SET \(column.name) = \(change)
                            WHERE rowid = (SELECT MAX(rowid) FROM \(column.table))
                            """)
                    return database.changesCount
                }
                #expect(count == 1, "\(column)")
                // A row that can't even be read is told, too.
                let isSound = try? CaseStore(opening: county.scratch.folder).verifyAudit().isSound
                #expect((isSound ?? false) != column.isSealed, "\(column) \(change)")
            }
        }
    }
}
