import Casework
import Foundation
import GRDBSQLite
public import Messages

/// One finding of `doctor`.
public struct StoreCheck: Sendable, Equatable {
    /// What was looked at, as a slug.
    public var name: String
    /// False when a person must do something.
    public var passed: Bool
    /// The value that was found.
    public var value: String
    /// What to do, in a language; nil when it passed.
    private var remedies: [Language: String] = [:]

    init(_ name: String, passed: Bool, value: String, zh: String, en: String) {
        self.name = name
        self.passed = passed
        self.value = value
        remedies = passed ? [:] : [.zh: zh, .en: en]
    }

    /// What to do; nil when it passed.
    public func remedy(in language: Language) -> String? { remedies[language] }
}

extension CaseStore {
    /// Looks the data folder over.
    ///
    /// Costs a read of the whole file.
    ///
    /// `now`: seconds since 1970-01-01 UTC; nil for the machine's clock.
    public func checks(now: Int64? = nil) throws(StoreError) -> [StoreCheck] {
        var checks = files()
        try Self.mapping(folder) {
            let integrity = try engine.pragma("integrity_check")
            checks.append(
                StoreCheck(
                    "integrity", passed: integrity == "ok", value: integrity == "ok" ? "ok" : "damaged",
                    zh: "请从备份恢复", en: "Restore a backup"))
            for (name, wanted) in [
                ("journal_mode", "wal"), ("secure_delete", "1"), ("foreign_keys", "1"), ("trusted_schema", "0"),
                ("synchronous", "2"),
            ] {
                let value = try engine.pragma(name)
                checks.append(
                    StoreCheck(
                        name, passed: value == wanted, value: value, zh: "请升级 SQLite", en: "Upgrade SQLite"))
            }
        }
        let version = String(cString: sqlite3_libversion())
        checks.append(
            StoreCheck(
                "sqlite", passed: sqlite3_libversion_number() >= 3_040_000, value: version, zh: "请升级 SQLite 到 3.40 以上",
                en: "Upgrade SQLite to 3.40 or newer"))
        let today = CivilDay(instant: now ?? Int64(Date().timeIntervalSince1970))
        return try checks + [calendar(today)] + witnesses(today) + wall() + contents()
    }

    /// What the wall stands on: views, triggers and indices, and the organisation's rows.
    ///
    /// What else was changed is found by `audit verify`, which takes longer.
    private func wall() throws(StoreError) -> [StoreCheck] {
        let misfit = try read { try organisation.misfit(in: $0, by: sealer) }
        return [
            StoreCheck(
                "wall", passed: misfit == nil, value: misfit?.rawValue ?? "ok",
                zh: "\(misfit?.name(in: .zh) ?? "")在本程序之外被改动：请运行 minsheng audit verify，再从备份恢复",
                en: "Changed by another program (\(misfit?.name(in: .en) ?? "")): run audit verify, restore a backup")
        ]
    }

    /// From December on the next year must be arranged, too: the terms of what is registered then end in it.
    private func calendar(_ today: CivilDay) throws(StoreError) -> StoreCheck {
        let years = try read { session in
            try session.query("SELECT day FROM calendar_day WHERE kind = 'year' ORDER BY day").map {
                CivilDay(try $0.int(0)).year
            }
        }
        let missing = years.isEmpty ? [] : Set(today.year...today.advanced(by: 31).year).subtracting(years).sorted()
        let text = missing.map(String.init).joined(separator: ", ")
        return StoreCheck(
            "calendar", passed: missing.isEmpty,
            value: years.isEmpty ? "none" : years.map(String.init).joined(separator: ","),
            zh: "请导入 \(text) 年的放假安排：minsheng calendar import 文件，否则到时算不出期限，不能登记和办理",
            en: "Import the calendar of \(text): minsheng calendar import FILE; without it no term can be counted then")
    }

    /// What stands beside the store: the end of the log, the anchors, a store that was replaced.
    private func witnesses(_ today: CivilDay) throws(StoreError) -> [StoreCheck] {
        let isOlder = try isOlderThanItsEnd()
        let end =
            switch endFile.state() {
            case .missing: "missing"
            case .garbled: "garbled"
            case .says: isOlder ? "newer" : "ok"
            }
        let anchors = AnchorBook(in: folder).anchors()
        let isLost = try read { try AnchorBook.isLost(anchors ?? [], in: $0) }
        let goes = try replacedStoreGoes()
        return [
            StoreCheck(
                "log-end", passed: end == "ok", value: end, zh: "请运行 minsheng audit verify，按它说的做",
                en: "Run minsheng audit verify and do what it says"),
            StoreCheck(
                "anchors", passed: !isLost, value: anchors.map { String($0.count) } ?? "none",
                zh: "请运行 minsheng audit verify，按它说的做", en: "Run minsheng audit verify and do what it says"),
            StoreCheck(
                "replaced-store", passed: goes.map { $0 > today } ?? true,
                value: goes.map { "goes on \($0)" } ?? "none",
                zh: "换下的库 store.sqlite.replaced 里什么也没有删除：请运行 minsheng retention run",
                en: "Nothing is erased in store.sqlite.replaced: run minsheng retention run"),
        ]
    }

    private func files() -> [StoreCheck] {
        let files = DataFolder(path: folder)
        return [
            (folder, "folder-mode", "700"), (files.keyFile, "key-mode", "600"), (files.storeFile, "store-mode", "600"),
        ]
        .map { path, name, wanted in
            let mode = DataFolder.mode(of: path) ?? 0o777
            return StoreCheck(
                name, passed: mode & 0o077 == 0, value: String(mode, radix: 8), zh: "请运行 chmod \(wanted) \(path)",
                en: "Run chmod \(wanted) \(path)")
        }
    }

    /// Counts, and whether every text opens.
    private func contents() throws(StoreError) -> [StoreCheck] {
        var checks: [StoreCheck] = []
        try read { session in
            for table in ["chat_group", "place", "import_batch", "flag"] {
                let count = try session.query("SELECT COUNT(*) FROM \(table)")[0].int(0)
                checks.append(StoreCheck("rows-\(table)", passed: true, value: String(count), zh: "", en: ""))
            }
            let stray = try session.query(
                """
                SELECT COUNT(*) FROM data_key AS k WHERE k.wrapped IS NOT NULL AND NOT EXISTS
                  (SELECT 1 FROM flag AS f WHERE f.data_key_id = k.id AND f.payload IS NOT NULL)
                """)[0].int(0)
            checks.append(
                StoreCheck(
                    "stray-keys", passed: stray == 0, value: String(stray), zh: "有不属于任何文字的密钥，请从备份恢复",
                    en: "Keys without a text: restore a backup"))
            let isAssessed = try !session.query(
                "SELECT 1 FROM duty_record WHERE kind = 'assessment' LIMIT 1"
            ).isEmpty
            checks.append(
                StoreCheck(
                    "assessment", passed: isAssessed || !configuration.requiresAssessment,
                    value: isAssessed ? "recorded" : "none",
                    zh: "请登记个人信息保护影响评估：minsheng duties record --kind assessment --reference 文号",
                    en: "Record the impact assessment: minsheng duties record --kind assessment --reference NUMBER"))
            var damaged = 0
            let rows = try session.query(
                "SELECT \(FlagRow.recordColumns) FROM flag AS f JOIN data_key AS k ON k.id = f.data_key_id")
            for row in rows where (try? FlagRow.record(row, key: key, folder: folder)) == nil { damaged += 1 }
            checks.append(
                StoreCheck(
                    "texts", passed: damaged == 0, value: "\(rows.count - damaged)/\(rows.count)",
                    zh: "有打不开的文字，请从备份恢复", en: "Some texts don't open: restore a backup"))
        }
        return checks
    }
}
