import Foundation
import GRDB
import Testing

/// What SQLite leaves in its files after a DELETE, measured: why the store sets what it sets, and indexes no words on a disk.
struct SQLitePitfallTests {
    private let scratch = Scratch()
    private let words = "planted sentence that must go"

    private func queue(_ pragmas: String) throws -> DatabaseQueue {
        try FileManager.default.createDirectory(atPath: scratch.folder, withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: scratch.folder + "/pitfall.sqlite")
        try queue.writeWithoutTransaction { try $0.execute(sql: pragmas) }
        return queue
    }

    private func stands(_ part: String) -> Bool { !scratch.files(holding: Array(part.utf8)).isEmpty }

    @Test func `a deleted row stays in the file unless deletions are secure`() throws {
        let queue = try queue("PRAGMA secure_delete = OFF; CREATE TABLE t (words TEXT)")
        try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (?)", arguments: [words]) }
        try queue.write { try $0.execute(sql: "DELETE FROM t") }
        #expect(stands(words))
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        try queue.write { try $0.execute(sql: "INSERT INTO t VALUES ('x')") }
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
        #expect(!stands(words))
    }

    @Test func `in the WAL a deleted row stays until the WAL is emptied, secure or not`() throws {
        let queue = try queue("PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; CREATE TABLE t (words TEXT)")
        try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (?)", arguments: [words]) }
        try queue.write { try $0.execute(sql: "DELETE FROM t") }
        #expect(stands(words))
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        #expect(!stands(words))
    }

    @Test func `an index of words keeps parts of a deleted text until it is optimised`() throws {
        let queue = try queue(
            "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; CREATE VIRTUAL TABLE f USING fts5 (words)")
        try queue.write { database in
            for number in 0..<40 {
                try database.execute(sql: "INSERT INTO f VALUES (?)", arguments: ["other\(number) sentence"])
            }
            try database.execute(sql: "INSERT INTO f VALUES ('plantedword1 plantedword2')")
        }
        try queue.write { try $0.execute(sql: "DELETE FROM f WHERE f MATCH 'plantedword1'") }
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        #expect(stands("plantedword"), "the row is gone, its words are not")
        try queue.write { try $0.execute(sql: "INSERT INTO f (f) VALUES ('optimize')") }
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        #expect(!stands("plantedword"))
    }
}
