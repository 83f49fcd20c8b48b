import CaseStore
import Casework
import Crypto
import Foundation
import GRDB
import Messages

/// An invented county of 20 townships with 15 villages each, its people, and as many cases as are wanted.
struct County {
    let store: CaseStore
    let file: String
    var units: [String: Int] = [:]
    var people: [String: Int] = [:]

    static let monday: Int64 = 1_772_416_800
    static let today = 20_514
    static let topics = [
        "water", "roads", "lighting", "sanitation", "drainage", "subsidies", "disclosure", "electricity",
    ]

    static func village(_ township: Int, _ village: Int) -> String {
        "990001" + String(100 + township) + String(200 + village)
    }

    private static let keys = ["县纪委监委": "commission", "水利局": "bureau", "住建局": "helper"]

    private static func ordinal(ofVillage area: String) -> Int {
        let digits = area.suffix(6)
        return ((Int(digits.prefix(3)) ?? 100) - 100) * 15 + (Int(digits.suffix(3)) ?? 200) - 200
    }

    /// Makes the bodies and people of the county, or takes those that an earlier run made.
    init(at folder: String) throws {
        file = folder + "/store.sqlite"
        let isThere = FileManager.default.fileExists(atPath: folder + "/key")
        if !isThere { try CaseStore.create(at: folder).close() }
        // As the desk opens it.
        store = try CaseStore(opening: folder, listsWait: false)
        if isThere {
            for member in try CaseDesk(store, now: Self.monday).staff() { people[member.name] = member.id }
            for unit in try CaseDesk(store, now: Self.monday).units() {
                switch unit.kind {
                case .village: units["village\(Self.ordinal(ofVillage: unit.area))"] = unit.id
                default: units[Self.keys[unit.name] ?? unit.name] = unit.id
                }
            }
            return
        }
        let desk = try CaseDesk(store, now: Self.monday)
        units["commission"] = try desk.addUnit(kind: .countyCommission, area: "990001000000", name: "县纪委监委")
        units["bureau"] = try desk.addUnit(kind: .countyDepartment, area: "990001000000", name: "水利局")
        units["helper"] = try desk.addUnit(kind: .countyDepartment, area: "990001000000", name: "住建局")
        for township in 0..<20 {
            let area = "990001" + String(100 + township) + "000"
            units["town\(township)"] = try desk.addUnit(kind: .townshipGovernment, area: area, name: "镇\(township)")
            units["watch\(township)"] = try desk.addUnit(kind: .townshipDiscipline, area: area, name: "镇纪委\(township)")
            for village in 0..<15 {
                units["village\(township * 15 + village)"] = try desk.addUnit(
                    kind: .village, area: Self.village(township, village), name: "村\(village)",
                    parent: units["town\(township)"])
            }
        }
        for (name, unit, role) in [
            ("intake", "commission", StaffRole.intake), ("supervisor", "commission", .supervisor),
            ("inspector", "commission", .inspector), ("bureau clerk", "bureau", .handler),
            ("assisting clerk", "helper", .handler),
            ("township clerk", "town3", .handler), ("township discipline", "watch3", .townshipDiscipline),
            ("villager", "village47", .handler), ("administrator", "commission", .sysadmin),
        ] {
            people[name] = try desk.addStaff(unit: units[unit] ?? 0, role: role, name: name)
        }
        let years = ["2025", "2026", "2027"].compactMap { CivilDay("\($0)-01-01") }
        try desk.importCalendar(WorkCalendar(years.map { .init(day: $0, kind: .year, source: "bench") }))
        // From the first administrator on the operator registers nothing.
        let administrator = try CaseDesk(store, as: people["administrator"] ?? 0, now: Self.monday)
        _ = try administrator.declare(
            StaffTie(staff: people["inspector"] ?? 0, kind: .native, unit: units["village9"]))
        let intake = try CaseDesk(store, as: people["intake"] ?? 0, now: Self.monday)
        _ = try intake.register(
            NewCase(
                track: .grievance, topic: .water, area: Self.village(0, 0), source: .visit, summary: "反映供水中断"))
    }

    /// Fills in cases of three events each, one in thirty a report of misconduct, one in five open, and their log.
    func fill(_ count: Int) throws {
        let queue = try DatabaseQueue(path: file)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000")
        }
        try queue.write { database in
            var chain = try Chain(database)
            var sealer = try Sealer(folder: store.folder)
            var ordinals = ["A": 0, "B": 0]
            let matter = try database.makeStatement(
                sql: """
                    INSERT INTO matter (id, number, alias, track, topic, petition, severity, area_code, source, state,
                      is_open, unit_id, received_on, supervision, recurrence, is_repeat, is_sensitive, retaliation, due_on,
                      ended_on, audit_seq, version, queue_on, seal)
                    VALUES (?, ?, 'x', ?, ?, ?, ?, ?, 'chat', ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, 3, ?, ?)
                    """)
            let event = try database.makeStatement(
                sql: """
                    INSERT INTO matter_event (matter_id, ordinal, action, actor, actor_unit, day, from_state, to_state,
                      unit_id, audit_seq) VALUES (?, ?, ?, 1, 1, ?, ?, ?, ?, ?)
                    """)
            let number = try database.makeStatement(
                sql:
                    "INSERT INTO matter_number (county, year, letter, ordinal, matter_id) VALUES ('990001', 2025, ?, ?, ?)"
            )
            let accused = try database.makeStatement(sql: "INSERT INTO accused (matter_id, unit_id) VALUES (?, ?)")
            let given = try database.makeStatement(
                sql:
                    "INSERT INTO assignment (id, matter_id, staff_id, assigned_by, assigned_on) VALUES (?, ?, ?, 1, 20000)"
            )
            let key = try database.makeStatement(
                sql: "INSERT INTO matter_key (id, matter_id, purpose, wrapped) VALUES (?, ?, 'file', ?)")
            let words = try database.makeStatement(
                sql: """
                    INSERT INTO matter_text (id, matter_id, event_ordinal, kind, key_id, payload)
                    VALUES (?, ?, 1, 'summary', ?, ?)
                    """)
            let assist = try database.makeStatement(
                sql: "INSERT INTO matter_assist (matter_id, unit_id) VALUES (?, ?)")
            let snooze = try database.makeStatement(
                sql: "INSERT INTO snooze (staff_id, matter_id, until_day) VALUES (?, ?, ?)")
            var assignments = 0
            for index in 0..<count {
                let id = index + 2
                // A fixed scatter, the same in every run.
                let scatter = (index &* 2_654_435_761) % 4_294_967_296 >> 3
                let other = ((index &* 40503 &+ 7) &* 69069) % 1_000_003
                let isReport = index % 30 == 7
                let isOpen = other % 5 == 0
                let (township, village) = (scatter % 20, scatter / 20 % 15)
                let unit =
                    isReport
                    ? nil
                    : scatter % 11 == 3
                        ? units["bureau"]
                        : scatter % 11 == 5 ? units["helper"] : units["village\(township * 15 + village)"]
                let received = Self.today - 1 - scatter % 400
                let severity = scatter % 17 == 0 ? 2 : scatter % 3 == 0 ? 0 : 1
                let recurrence = scatter % 50 == 0 ? 1 : 0
                let letter = isReport ? "B" : "A"
                let state = isOpen ? (isReport ? "assigned" : other % 2 == 0 ? "in_progress" : "replied") : "closed"
                let first = chain.next + 1
                for action in ["register", "assign", isOpen ? "begin" : "close"] {
                    try chain.append(action, object: id, at: Self.monday - 86_400 * Int64(scatter % 400))
                }
                ordinals[letter, default: 0] += 1
                let row: [(any DatabaseValueConvertible)?] = [
                    id, "990001-2025-\(letter)-\(id % 1_000_000)", isReport ? "misconduct" : "grievance",
                    isReport ? "embezzlement" : Self.topics[scatter % Self.topics.count],
                    isReport ? "accusation" : "appeal", severity, Self.village(township, village), state,
                    isOpen ? 1 : 0, unit, received, scatter % 40 == 0 ? 1 : 0, recurrence,
                    isOpen && state != "replied" ? received + 7 : nil, isOpen ? nil : received + 6, first + 2,
                    received - 10 * severity - 5 * recurrence,
                ]
                let steps = [("register", "registered"), ("assign", "assigned"), (isOpen ? "begin" : "close", state)]
                // The form of docs/reference/casework.md: its number, then row by row a letter and the columns.
                var sealed = Data([2]) + Sealer.line("c", Self.sealed(row))
                for (index, step) in steps.enumerated() {
                    let history: [(any DatabaseValueConvertible)?] = [
                        index + 1, step.0, 1, 1, received, index == 0 ? nil : steps[index - 1].1, step.1, nil, unit,
                        nil,
                        nil, nil, nil, nil, first + index,
                    ]
                    sealed += Sealer.line("e", history)
                }
                let spoken =
                    isReport ? [units["town\(township)"] ?? 0, units["village\(township * 15 + village)"] ?? 0] : []
                for unit in spoken { sealed += Sealer.line("a", [unit, nil]) }
                let keepers = isReport ? ["intake", "supervisor"] + (index % 1500 == 7 ? ["inspector"] : []) : []
                for (offset, keeper) in keepers.enumerated() {
                    sealed += Sealer.line("g", [people[keeper], assignments + offset + 1, 1, 20000, nil])
                }
                let isAssisted = !isReport && index % 4000 == 11
                if isAssisted { sealed += Sealer.line("s", [units["helper"]]) }
                let wrapped = try sealer.newKey(id)
                let payload = try sealer.words("反映供水中断，已有多日，第\(id)件。", id)
                sealed += Sealer.line("k", ["file", id, nil, wrapped])
                sealed += Sealer.line("t", ["summary", id, 1, id, payload])
                sealed += Sealer.line("n", ["990001", 2025, letter, ordinals[letter, default: 0]])
                try matter.execute(arguments: StatementArguments(row + [sealer.seal(sealed, of: id)]))
                try number.execute(arguments: [letter, ordinals[letter], id])
                try key.execute(arguments: [id, id, wrapped])
                try words.execute(arguments: [id, id, id, payload])
                if isAssisted { try assist.execute(arguments: [id, units["helper"]]) }
                if index % (count / 100 + 1) == 17 {
                    for name in ["intake", "bureau clerk", "supervisor"] {
                        try snooze.execute(arguments: [people[name], id, Self.today + 9])
                    }
                }
                var before: String?
                for (ordinal, step) in steps.enumerated() {
                    try event.execute(arguments: [
                        id, ordinal + 1, step.0, received, before, step.1, unit, first + ordinal,
                    ])
                    before = step.1
                }
                guard isReport else { continue }
                for unit in spoken { try accused.execute(arguments: [id, unit]) }
                for person in keepers {
                    assignments += 1
                    try given.execute(arguments: [assignments, id, people[person]])
                }
            }
            try Self.sealEnd(chain, sealer, in: database)
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
    }

    /// The end of the log is sealed, and so are the sums of all seals.
    private static func sealEnd(_ chain: Chain, _ sealer: Sealer, in database: Database) throws {
        let kept = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'rows_tally'") ?? ""
        var sums = kept.split(separator: " ").prefix(3).map(String.init)
        sums[0] = sealer.sum(after: sums[0])
        let text = sums.joined(separator: " ") + " \(chain.next)"
        for (name, value, code) in [
            ("rows_tally", text, sealer.seal(Data("tally after \(text) ".utf8) + Data(chain.previous))),
            (
                "audit_end", "\(chain.next)",
                sealer.seal(Data("end of the log \(chain.next) ".utf8) + Data(chain.previous))
            ),
        ] {
            try database.execute(
                sql: "UPDATE meta SET value = ? WHERE name = ?",
                arguments: [value + " " + Sealer.hex(code).lowercased(), name])
        }
    }

    /// The columns of a case as its seal has them.
    private static func sealed(
        _ row: [(any DatabaseValueConvertible)?]
    ) -> [(any DatabaseValueConvertible)?] {
        var columns = [row[0], row[1]]
        columns.append("x")
        columns += row[2...6]
        columns.append("chat")
        columns += row[7...12]
        for _ in 0..<3 { columns.append(0) }
        columns += row[13...15]
        columns.append(3)
        columns += row[16...]
        return columns
    }

    /// Seals of cases and of their words as `docs/reference/casework.md` describes them.
    private struct Sealer {
        private let key: SymmetricKey
        private let wrapping: SymmetricKey
        private let own = SymmetricKey(size: .bits256)
        private var total = [UInt8](repeating: 0, count: 32)

        init(folder: String) throws {
            let file = try Data(contentsOf: URL(fileURLWithPath: folder + "/key"))
            func derive(_ purpose: String) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: SymmetricKey(data: file), info: Data(purpose.utf8), outputByteCount: 32)
            }
            (key, wrapping) = (derive("minsheng case rows"), derive("minsheng case keys"))
        }

        /// A case's key, wrapped; here it is one and the same for all.
        func newKey(_ id: Int) throws -> Data {
            let name = Data("minsheng case key \(id)".utf8)
            let sealed = try own.withUnsafeBytes { try AES.GCM.seal(Data($0), using: wrapping, authenticating: name) }
            return Data([1]) + (sealed.combined ?? Data())
        }

        /// Words of less than 124 bytes, sealed.
        func words(_ text: String, _ id: Int) throws -> Data {
            var plain = withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { Data($0) } + Data(text.utf8)
            plain += Data(repeating: 0, count: 128 - plain.count)
            let name = Data("minsheng case text \(id)".utf8)
            return Data([1]) + (try AES.GCM.seal(plain, using: own, authenticating: name).combined ?? Data())
        }

        static func hex(_ bytes: Data) -> String {
            let digits = Array("0123456789ABCDEF".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }

        /// The seal of a case, and its code in the sum of all.
        mutating func seal(_ rows: Data, of id: Int) -> Data {
            let seal = seal(rows)
            for (index, byte) in self.seal(Data("tally 0 \(id) ".utf8) + seal).enumerated() { total[index] ^= byte }
            return seal
        }

        /// The sum after what was in it before.
        func sum(after old: String) -> String {
            let known = stride(from: 0, to: 64, by: 2).map { index in
                UInt8(old.dropFirst(index).prefix(2), radix: 16) ?? 0
            }
            return Self.hex(Data(zip(known, total).map { $0 ^ $1 })).lowercased()
        }

        /// A row: its letter, and each value with the way it is stored.
        static func line(_ letter: Character, _ fields: [(any DatabaseValueConvertible)?]) -> Data {
            var bytes = Data([letter.asciiValue ?? 0])
            func append(_ kind: Character, _ value: some Sequence<UInt8>) {
                bytes.append(kind.asciiValue ?? 0)
                bytes.append(contentsOf: value)
            }
            func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
                withUnsafeBytes(of: number.bigEndian, Array.init)
            }
            for field in fields {
                switch (field?.databaseValue ?? .null).storage {
                case .null: append("n", [])
                case .int64(let number): append("i", bigEndian(number))
                case .double(let number): append("r", bigEndian(number.bitPattern))
                case .string(let text): append("t", bigEndian(UInt32(text.utf8.count)) + Array(text.utf8))
                case .blob(let data): append("b", bigEndian(UInt32(data.count)) + Array(data))
                }
            }
            return bytes
        }

        func seal(_ bytes: Data) -> Data { Data(HMAC<SHA256>.authenticationCode(for: bytes, using: key)) }
    }

    /// The audit log as `docs/reference/casework.md` describes it.
    private struct Chain {
        private(set) var next: Int
        private(set) var previous: [UInt8]
        private let insert: Statement

        init(_ database: Database) throws {
            let last = try Row.fetchOne(database, sql: "SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1")
            next = last?["seq"] ?? 0
            previous = last.map { [UInt8]($0["hash"] as Data) } ?? [UInt8](repeating: 0, count: 32)
            insert = try database.makeStatement(
                sql: """
                    INSERT INTO audit_log (seq, seconds, actor, action, object_kind, object_id, detail, hash)
                    VALUES (?, ?, 1, ?, 'case', ?, '', ?)
                    """)
        }

        mutating func append(_ action: String, object: Int, at seconds: Int64) throws {
            next += 1
            var bytes = previous
            for field in [String(next), String(seconds), "1", action, "case", String(object), ""] {
                withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: field.utf8)
            }
            previous = Array(SHA256.hash(data: bytes))
            try insert.execute(arguments: [next, seconds, action, object, Data(previous)])
        }
    }
}
