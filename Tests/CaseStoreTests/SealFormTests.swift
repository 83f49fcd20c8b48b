import CaseStore
import Casework
import Crypto
import Foundation
import GRDB
import Messages
import Testing

/// Seals are what docs/reference/casework.md says they are, so that a store of yesterday verifies tomorrow: here they are
/// made a second time, from the page alone.
struct SealFormTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    /// Some rows as a seal has them: a letter or a name, and each value with how it is stored.
    private func rows(
        _ head: String, _ table: String, _ columns: String, _ condition: String, order: String = "1"
    ) throws -> Data {
        let names = columns.split(separator: " ").map { name in
            name == "key" ? "(SELECT y.wrapped FROM data_key AS y WHERE y.id = x.data_key_id)" : "x.\(name)"
        }.joined(separator: ", ")
        let rows = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try Row.fetchAll($0, sql: "SELECT \(names) FROM \(table) AS x WHERE \(condition) ORDER BY \(order)")
        }
        return rows.reduce(into: Data()) { bytes, row in
            bytes += Data(head.utf8)
            for value in row.databaseValues {
                switch value.storage {
                case .null: bytes += Data("n".utf8)
                case .int64(let number): bytes += Data("i".utf8) + Self.word(UInt64(bitPattern: number))
                case .double(let number): bytes += Data("r".utf8) + Self.word(number.bitPattern)
                case .string(let text): bytes += Data("t".utf8) + Self.measured(Data(text.utf8))
                case .blob(let data): bytes += Data("b".utf8) + Self.measured(data)
                }
            }
        }
    }

    private static func word(_ value: UInt64) -> Data { withUnsafeBytes(of: value.bigEndian) { Data($0) } }

    private static func measured(_ data: Data) -> Data {
        withUnsafeBytes(of: UInt32(data.count).bigEndian) { Data($0) } + data
    }

    private func seal(_ bytes: Data) throws -> [UInt8] {
        let file = try Data(contentsOf: URL(fileURLWithPath: county.scratch.folder + "/key"))
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: file), info: Data("minsheng case rows".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: Data([2]) + bytes, using: key))
    }

    private func stored(_ table: String, _ id: Int) throws -> [UInt8]? {
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try Data.fetchOne($0, sql: "SELECT seal FROM \(table) WHERE id = ?", arguments: [id]).map { [UInt8]($0) }
        }
    }

    @Test func `the seal of a case is a code over its rows, in the order of the page`() throws {
        let number = try county.closed(original: "水龙头三天没有一滴水了也没有人来看一眼")
        _ = try county.desk("supervisor").placeHold(on: number, basis: "档案函〔2026〕3号")
        let report = try #require(try county.desk("intake").register(DeskCounty.report()).number)
        _ = try county.desk("intake").perform(CaseAct(.retaliation), on: report)
        for id in 1...2 {
            let mine = "x.matter_id = \(id)"
            let bytes =
                try rows(
                    "c", "matter",
                    "id number alias track topic petition severity area_code source state is_open unit_id received_on "
                        + "supervision recurrence is_repeat is_sensitive retaliation due_on ended_on audit_seq version queue_on",
                    "x.id = \(id)")
                + rows(
                    "e", "matter_event",
                    "ordinal action actor actor_unit day from_state to_state reason unit_id until_day supervision "
                        + "reply_done_on reply_evidence reply_marks audit_seq", mine, order: "x.ordinal")
                + rows("a", "accused", "unit_id official_id", mine, order: "x.unit_id")
                + rows(
                    "g", "assignment", "staff_id id assigned_by assigned_on ended_on", mine,
                    order: "x.staff_id, x.id")
                + rows("k", "matter_key", "purpose id destroyed_on wrapped", mine, order: "x.purpose")
                + rows("t", "matter_text", "kind id event_ordinal key_id payload", mine, order: "x.kind, x.id")
                + rows(
                    "h", "hold", "id placed_by placed_on lifting_by lifted_by lifted_on basis", mine, order: "x.id")
                + rows("n", "matter_number", "county year letter ordinal", mine, order: "x.county, x.year, x.letter")
            #expect(try seal(bytes) == stored("matter", id))
        }
        #expect(try county.store.verifyAudit().isSound)
    }

    @Test func `the seal of a flag is one over its row, its key, what the desk knows of it, and its messages`() throws {
        _ = try county.store.importing(try Scratch.draft("路灯坏了没人管", members: [7, 1, 9_000_000_000_000_000_000]))
        _ = try county.desk("intake").claim(1)
        try county.meddle("INSERT INTO flag_reading (flag_id, version_id) VALUES (1, 3)")
        try county.store.sealAnew()
        let bytes =
            try rows(
                "f", "flag",
                "id batch_id group_id village_code village_name basis confidence tier day track topic severity score "
                    + "rules guards undecided message_count payload data_key_id key lexicon_version gazetteer_version "
                    + "state reason expires_on bundled version", "x.id = 1")
            + rows(
                "d", "flag_desk", "claimed_by claimed_until dismissal_by dismissal_reason escalated_on extended_on",
                "x.flag_id = 1")
            + rows("m", "flag_message", "digest", "x.flag_id = 1", order: "x.digest")
            + rows("v", "flag_reading", "version_id", "x.flag_id = 1")
        #expect(try seal(bytes) == stored("flag", 1))
    }

    @Test func `a register's seal is one over the rows of its tables`() throws {
        let units = try rows(
            "unit|", "unit", "id parent_id kind rank area_code area_prefix name", "1 = 1", order: "x.id")
        let staff = try rows("staff|", "staff", "id unit_id official_id role name ended_on", "1 = 1", order: "x.id")
        let days = try rows("calendar_day|", "calendar_day", "day kind source", "1 = 1", order: "x.day, x.kind")
        let stored = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try String.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'organisation_seal'")
        }
        #expect(try seal(units + staff + days).map { String(format: "%02x", $0) }.joined() == stored)
    }
}
