import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Testing

struct SecrecyTests {
    private let scratch = Scratch()
    private let words = "我的低保金被人截留了半年"

    /// Looks into the file as a stranger with the sqlite3 shell would.
    private func stranger<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try DatabaseQueue(path: scratch.folder + "/store.sqlite").write(body)
    }

    @Test func `a stored text stands in no file, neither whole nor in part`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft(words, members: [1]))
        for part in [words, String(words.prefix(4)), String(words.suffix(4)), "引用的话"] {
            #expect(scratch.files(holding: Array(part.utf8)) == [])
        }
        try store.close()
        #expect(scratch.files(holding: Array(words.prefix(4).utf8)) == [])
    }

    @Test func `an erased text's bytes and key are in no file, the WAL included`() throws {
        let store = try scratch.store()
        let session = try store.openImport(of: Scratch.source)
        for number in 1...200 {
            try session.insert(
                try Scratch.draft(words + String(repeating: "又", count: number * 8), members: [UInt64(number)]))
        }
        try session.finish(ImportCounts())
        var secrets: [[UInt8]] = []
        for id in [1, 77, 200] {
            let row = try stranger {
                try Row.fetchOne(
                    $0,
                    sql:
                        "SELECT payload, wrapped FROM flag JOIN data_key ON data_key.id = data_key_id WHERE flag.id = ?",
                    arguments: [id])
            }
            let found = try #require(row)
            let (payload, wrapped) = (found[0] as Data, found[1] as Data)
            secrets += [Array(payload.prefix(64)), Array(payload.suffix(64)), Array(wrapped)]
        }
        // Before, each is in some file: the search finds what is there.
        for secret in secrets { #expect(!scratch.files(holding: secret).isEmpty) }
        for id in [1, 77, 200] { #expect(try store.erase(id, as: .dismissed, reason: "x", on: 20530)) }
        for secret in secrets { #expect(scratch.files(holding: secret) == []) }
        #expect(try store.records().filter { $0.content != nil }.count == 197)
        #expect(try store.checks().filter { !$0.passed } == [])
    }

    @Test func `an erasure says so while a reader elsewhere keeps old pages in the WAL`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft(words, members: [1]))
        let row = try stranger { try Row.fetchOne($0, sql: "SELECT payload, wrapped FROM flag, data_key") }
        let found = try #require(row)
        let secrets = [[UInt8](found[0] as Data), [UInt8](found[1] as Data)]
        let hasty = try CaseStore(opening: scratch.folder, busySeconds: 0.05)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: scratch.folder + "/store.sqlite", configuration: configuration)
        try reader.writeWithoutTransaction {
            try $0.execute(sql: "BEGIN")
            _ = try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM flag")
        }
        #expect(try hasty.erase(1, as: .dismissed, reason: "x", on: 20530) == false)
        #expect(try hasty.flag(1).content == nil)
        try reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try hasty.close()
        for secret in secrets { #expect(scratch.files(holding: secret) == []) }
    }

    @Test func `a replaced text's bytes and key are in no file`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft(words, members: [1]))
        let row = try #require(
            try stranger { try Row.fetchOne($0, sql: "SELECT payload, wrapped FROM flag, data_key") })
        let secrets = [[UInt8](row[0] as Data), [UInt8](row[1] as Data)]
        let session = try store.openImport(of: Scratch.source)
        try session.replace(id, with: try Scratch.draft(words + "没人管", members: [1, 2]))
        try session.finish(ImportCounts())
        for secret in secrets { #expect(scratch.files(holding: secret) == []) }
    }

    @Test func `a text moved to another flag, or altered, doesn't open`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft(words, members: [1]))
        _ = try store.importing(try Scratch.draft("路灯坏了三个月", members: [2]))
        try stranger {
            // Two flags can't share a key, so the thief must bring it along.
            try $0.execute(sql: "UPDATE flag SET payload = (SELECT payload FROM flag WHERE id = 1) WHERE id = 2")
            try $0.execute(
                sql: "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE id = 1) WHERE id = 2")
        }
        #expect(reason { _ = try store.flag(2) } == .damagedFlag(2))
        #expect(try store.flag(1).content?.text == words)
        #expect(try store.checks().filter { !$0.passed }.map(\.name) == ["texts"])
        try stranger { database in
            var payload = try #require(try Data.fetchOne(database, sql: "SELECT payload FROM flag WHERE id = 1"))
            payload[40] ^= 1
            try database.execute(sql: "UPDATE flag SET payload = ? WHERE id = 1", arguments: [payload])
        }
        #expect(reason { _ = try store.flag(1) } == .damagedFlag(1))
    }

    @Test func `equal texts look different and short ones are as long as each other`() throws {
        let store = try scratch.store()
        for (member, text) in ["水停了没人管", "水停了没人管", "水停了三天了没人管没人问"].enumerated() {
            _ = try store.importing(try Scratch.draft(text, members: [UInt64(member)]))
        }
        let payloads = try stranger { try Data.fetchAll($0, sql: "SELECT payload FROM flag") }
        #expect(Set(payloads).count == 3)
        #expect(Set(payloads.map(\.count)).count == 1)
    }

    @Test func `no table has a column for a person of the public or a time finer than a day`() throws {
        _ = try scratch.store()
        let denied = [
            "sender", "nick", "wxid", "openid", "unionid", "avatar", "member", "user", "speaker", "person", "resident",
            "phone", "sentiment", "risk", "sent_at", "_at", "time", "minute", "hour", "path", "file",
        ]
        let columns = try stranger { database in
            try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'").flatMap { table in
                try database.columns(in: table).map { "\(table).\($0.name)" }
            }
        }
        #expect(columns.count > 60)
        // The word lists' files, and the seconds at which officials proposed and approved them.
        for column in columns where !column.hasPrefix("lexicon_") {
            let words = column.lowercased()
            #expect(!denied.contains { words.contains($0) }, "\(column)")
        }
    }

    @Test func `the schema is the one that was looked at`() throws {
        _ = try scratch.store()
        let schema =
            try stranger {
                try String.fetchAll(
                    $0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name")
            }.joined(separator: ";\n\n") + ";\n"
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/schema.sql")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(schema.utf8).write(to: golden)
        }
        #expect(schema == (try? String(contentsOf: golden, encoding: .utf8)))
    }

    @Test func `the checks in the schema hold against the sqlite3 shell`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft(words, members: [1]))
        for sql in [
            "UPDATE flag SET state = 'gone'", "UPDATE flag SET day = 'today'", "UPDATE flag SET score = 2",
            "UPDATE flag SET severity = 3", "UPDATE flag SET payload = NULL", "UPDATE flag SET state = 'dismissed'",
            "UPDATE flag SET group_id = NULL", "UPDATE flag SET batch_id = 9", "UPDATE data_key SET wrapped = NULL",
            "UPDATE data_key SET wrapped = x'00'", "UPDATE chat_group SET village_code = '1'",
            "UPDATE chat_group SET platform = 'telegram'", "UPDATE place SET level = 'street'",
            "INSERT INTO flag_message VALUES (1, 1)", "INSERT INTO flag_message VALUES (2, 99)",
            "INSERT INTO seen_digest VALUES ('g2', 1, x'0011')", "DELETE FROM data_key", "DELETE FROM import_batch",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try stranger { try $0.execute(sql: sql) } }
        }
    }

    @Test func `a store of a newer program is refused`() throws {
        try scratch.store().close()
        try stranger { try $0.execute(sql: "INSERT INTO schema_migration VALUES (1000, 'later')") }
        #expect(reason { _ = try CaseStore(opening: scratch.folder) } == .newerStore)
    }

    @Test func `doctor's checks pass on a sound folder and name what is wrong`() throws {
        let store = try scratch.store()
        _ = try store.importing(try Scratch.draft(words, members: [1]))
        let checks = try store.checks()
        #expect(checks.allSatisfy { $0.passed && $0.remedy(in: .zh) == nil })
        #expect(checks.first { $0.name == "secure_delete" }?.value == "1")
        #expect(checks.first { $0.name == "rows-flag" }?.value == "1")
        #expect(checks.first { $0.name == "key-mode" }?.value == "600")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.folder)
        let failed = try store.checks().filter { !$0.passed }
        #expect(failed.map(\.name) == ["folder-mode"])
        #expect(failed.first?.remedy(in: .en)?.hasPrefix("Run chmod 700") == true)
    }
}
