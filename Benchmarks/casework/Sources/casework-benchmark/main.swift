import CaseStore
import Casework
import Foundation
import GRDB
import Messages

/// What a body took, in milliseconds: the median of some runs.
func median(_ runs: Int = 15, _ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
        let begin = DispatchTime.now().uptimeNanoseconds
        try body()
        times.append(Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e6)
    }
    return times.sorted()[times.count / 2]
}

func show(_ value: Double) -> String { String(format: "%.2f", value) }

let folder = CommandLine.arguments[1]
let count = Int(CommandLine.arguments[2]) ?? 1_000_000
let decisions = CommandLine.arguments.dropFirst(3).first.flatMap { Int($0) } ?? 100
let isFilled = FileManager.default.fileExists(atPath: folder + "/store.sqlite")
let hasPlain = FileManager.default.fileExists(atPath: folder + "/plain.sqlite")
let county = try County(at: folder)
if !isFilled {
    let fillTime = try median(1) { try county.fill(count) }
    print("filled \(count) cases in \(show(fillTime / 1000)) s")
}

// The same rows without wall, log, views and checks, in a file of their own.
let plain = try DatabaseQueue(path: folder + "/plain.sqlite")
try plain.writeWithoutTransaction { database in
    // A decision is on the disk here, too, and as many pages are held as in the store.
    try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000")
    if hasPlain { return }
    try database.execute(sql: "ATTACH '\(county.file)' AS store")
    try database.execute(
        sql: """
            CREATE TABLE matter AS SELECT * FROM store.matter;
            CREATE TABLE event AS SELECT * FROM store.matter_event;
            CREATE TABLE given AS SELECT staff_id, matter_id FROM store.assignment WHERE ended_on IS NULL;
            CREATE TABLE assist AS SELECT unit_id, matter_id FROM store.matter_assist;
            CREATE TABLE put_off AS SELECT staff_id, matter_id, until_day FROM store.snooze;
            CREATE UNIQUE INDEX given_to ON given (staff_id, matter_id);
            CREATE UNIQUE INDEX assist_by ON assist (unit_id, matter_id);
            CREATE UNIQUE INDEX put_off_by ON put_off (staff_id, matter_id);
            CREATE UNIQUE INDEX matter_id ON matter (id);
            CREATE INDEX matter_line ON matter (is_open DESC, queue_on, id);
            CREATE INDEX matter_unit ON matter (unit_id, is_open DESC, queue_on, id);
            CREATE INDEX matter_due ON matter (is_open, due_on, id);
            CREATE INDEX matter_state ON matter (state, received_on, id);
            CREATE INDEX event_matter ON event (matter_id, ordinal);
            DETACH store; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)
            """)
}

func plainPage(_ condition: String, _ order: String) throws -> Double {
    try median {
        _ = try plain.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM matter WHERE \(condition) ORDER BY \(order) LIMIT 50")
        }
    }
}

// As the command line opens it: the row about a list is on the disk before the list is shown.
let waiting = try CaseStore(opening: folder)
print("first page of 50, median ms | view | with wall and log | the log on the disk first | plain")
for (name, condition) in [
    ("intake", "1 = 1"), ("supervisor", "1 = 1"), ("inspector", "1 = 1"),
    ("bureau clerk", "unit_id = \(county.units["bureau"] ?? 0)"),
    (
        "assisting clerk",
        """
        (unit_id = \(county.units["helper"] ?? 0)
          OR id IN (SELECT matter_id FROM assist WHERE unit_id = \(county.units["helper"] ?? 0)))
        """
    ),
    ("township discipline", "area_code BETWEEN '990001103' AND '990001103999'"),
    ("villager", "unit_id = \(county.units["village47"] ?? 0)"),
] {
    let person = county.people[name] ?? 0
    let desk = try CaseDesk(county.store, as: person, now: County.monday)
    let patient = try CaseDesk(waiting, as: person, now: County.monday)
    let putOff = "SELECT 1 FROM put_off WHERE staff_id = \(person) AND matter_id = id AND until_day > \(County.today)"
    for view in CaseQuery.View.allCases {
        var query = CaseQuery()
        query.view = view
        let found = try desk.cases(query).count
        let time = try median { _ = try desk.cases(query) }
        let waited = try median { _ = try patient.cases(query) }
        let line: (String, String) =
            switch view {
            case .yellow: ("is_open = 1 AND due_on BETWEEN \(County.today) AND \(County.today + 1)", "due_on, id")
            case .red: ("is_open = 1 AND due_on < \(County.today)", "due_on, id")
            case .followUp: ("state = 'replied'", "received_on, id")
            case .recurring: ("is_open = 1 AND recurrence > 0", "queue_on, id")
            case .watched: ("is_open = 1 AND supervision > 0", "queue_on, id")
            case .all: ("1 = 1", "is_open DESC, queue_on, id")
            case .open: ("is_open = 1 AND NOT EXISTS (\(putOff))", "queue_on, id")
            case .mine where condition.contains("unit_id"):
                ("is_open = 1 AND NOT EXISTS (\(putOff))", "queue_on, id")
            case .mine:
                (
                    "is_open = 1 AND id IN (SELECT matter_id FROM given WHERE staff_id = \(person)) AND NOT EXISTS (\(putOff))",
                    "queue_on, id"
                )
            case .snoozed: ("EXISTS (\(putOff))", "is_open DESC, queue_on, id")
            }
        let bare = try plainPage(condition + " AND " + line.0, line.1)
        print("\(name) | \(view.rawValue) (\(found)) | \(show(time)) | \(show(waited)) | \(show(bare))")
    }
    print("\(name) | counts | \(show(try median(5) { _ = try desk.counts() })) |")
}

// A decision: a clerk answers; beside it the two statements that a plain table takes, to the disk.
let clerk = try CaseDesk(county.store, as: county.people["bureau clerk"] ?? 0, now: County.monday)
var open = CaseQuery()
(open.state, open.limit) = (.inProgress, decisions)
var numbers = try clerk.cases(open).map(\.number)
let wanted = numbers.count
var page = numbers
let opening = try median(max(1, wanted)) {
    if let number = page.popLast() { _ = try clerk.view(number) }
}
var reply = CaseAct(.reply)
reply.reply = ReplyDraft(done: "更换了阀门", doneOn: CivilDay(County.today), result: "已恢复供水", evidence: 1)
// In turns, as the disk's mood changes from second to second.
var (times, bareTimes) = ([Double](), [Double]())
for turn in 1...max(1, wanted) where !numbers.isEmpty {
    times.append(try median(1) { _ = try clerk.perform(reply, on: numbers.removeLast()) })
    let row = turn * (count / (wanted + 1))
    bareTimes.append(
        try median(1) {
            try plain.write { database in
                try database.execute(
                    sql: "UPDATE matter SET state = 'replied', version = version + 1 WHERE id = ?", arguments: [row])
                try database.execute(
                    sql: """
                        INSERT INTO event (matter_id, ordinal, action, actor, actor_unit, day)
                        VALUES (?, 4, 'reply', 1, 1, 1)
                        """,
                    arguments: [row])
            }
        })
}
let decision = times.sorted()[times.count / 2]
let bareDecision = bareTimes.sorted()[bareTimes.count / 2]
print("a case opened (\(wanted)), median ms | \(show(opening))")
print("a decision (\(wanted)), median ms | \(show(decision)) | plain \(show(bareDecision))")

let rows = try county.store.auditHead()?.seq ?? 0
let verify = try median(3) {
    let verdict = try county.store.verifyAudit()
    precondition(verdict.isSound, "\(verdict)")
}
let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
print("audit verify: \(rows) rows in \(show(verify / 1000)) s, \(Int(Double(rows) / verify * 1000)) rows/s; \(peak)")
