import Casework
import Foundation
import Messages
import Testing

/// The top of the package, where `Fixtures` and `docs` lie.
let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

extension WorkCalendar {
    /// The shipped calendar.
    static func shipped() throws -> WorkCalendar { try read.get() }

    private static let read = Result {
        let file = package.appendingPathComponent("Fixtures/calendar/workdays.csv")
        return try WorkCalendar(csv: String(contentsOf: file, encoding: .utf8), file: "workdays.csv")
    }
}

/// A day that a test writes down.
func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text), "\(text)") }

struct WorkCalendarTests {
    @Test func `days and their names agree over four centuries`() throws {
        var number = try day("1900-01-01").number
        for year in 1900...2300 {
            for month in 1...12 {
                for dayOfMonth in 1...31 {
                    guard let found = CivilDay(year: year, month: month, day: dayOfMonth) else { continue }
                    #expect(found.number == number)
                    #expect(found.civil == (year, month, dayOfMonth))
                    number += 1
                }
            }
        }
        #expect(CivilDay("2026-02-29") == nil && CivilDay("2024-02-29")?.description == "2024-02-29")
        for wrong in ["2026-1-01", "2026-13-01", "2026-00-10", "20260101", "２０２６-01-01", "", "2026-01-01 "] {
            #expect(CivilDay(wrong) == nil, "\(wrong)")
        }
        #expect(try day("2026-11-22").isWeekend && !day("2026-11-23").isWeekend && day("1969-12-28").isWeekend)
        #expect(try day("2026-05-17").quarterEnd == day("2026-06-30"))
        #expect(try day("2026-12-31").quarterEnd == day("2026-12-31"))
    }

    @Test(arguments: [
        ("2026-02-13", true), ("2026-02-14", true), ("2026-02-16", false), ("2026-02-23", false),
        ("2026-02-28", true), ("2026-03-01", false), ("2026-09-20", true), ("2026-10-08", true), ("2025-10-08", false),
    ])
    func `a make-up Sunday is worked and a holiday isn't`(_ name: String, _ worked: Bool) throws {
        #expect(try WorkCalendar.shipped().isWorked(day(name)) == worked)
    }

    @Test func `the shipped years have as many working days as their notices leave`() throws {
        let calendar = try WorkCalendar.shipped()
        for year in [2025, 2026] {
            let count = try calendar.workingDays(
                after: day("\(year)-01-01").advanced(by: -0), through: day("\(year)-12-31"))
            // 261 weekdays; the holidays take as many of them as the make-up days don't give back.
            #expect((245...252).contains(count), "\(year): \(count)")
        }
    }

    @Test(arguments: [
        ("2026-03-02", 5, "2026-03-09"), ("2026-02-13", 1, "2026-02-14"), ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-30", 3, "2026-10-10"), ("2026-05-08", 1, "2026-05-09"),
    ])
    func `terms run over weekends, holidays and make-up days`(_ start: String, _ count: Int, _ due: String) throws {
        let calendar = try WorkCalendar.shipped()
        #expect(try calendar.day(count, workingDaysAfter: day(start)) == day(due))
        #expect(try calendar.workingDays(after: day(start), through: day(due)) == count)
    }

    @Test func `a pause over a weekend adds no working time`() throws {
        let calendar = try WorkCalendar.shipped()
        let friday = try day("2026-03-06")
        let weekend = try day("2026-03-07")..<day("2026-03-09")
        #expect(
            try calendar.day(5, workingDaysAfter: friday, pauses: [weekend])
                == calendar.day(5, workingDaysAfter: friday))
        let week = try day("2026-03-07")..<day("2026-03-11")
        #expect(try calendar.day(5, workingDaysAfter: friday, pauses: [week]) == day("2026-03-17"))
    }

    @Test(arguments: 0..<40)
    func `a longer or later term never ends earlier`(_ seed: Int) throws {
        let calendar = try WorkCalendar.shipped()
        let start = try day("2025-01-02").advanced(by: seed * 13)
        for count in 0..<30 {
            let due = try calendar.day(count, workingDaysAfter: start)
            #expect(try calendar.day(count + 1, workingDaysAfter: start) > due)
            #expect(try calendar.day(count, workingDaysAfter: start.advanced(by: 1)) >= due)
            #expect(try calendar.workingDays(after: start, through: due) == count)
        }
    }

    @Test func `a year without a calendar is an error that says what to do`() throws {
        let calendar = try WorkCalendar.shipped()
        let error = #expect(throws: CalendarError.self) {
            try calendar.day(5, workingDaysAfter: day("2026-12-30"))
        }
        #expect(error?.reason == .missingYear(2027))
        #expect(error?.explanation(in: .zh).contains("minsheng calendar import") == true)
    }

    @Test(arguments: [
        ("day,kind\n", CalendarError.Reason.badHeader), ("", .badHeader),
        ("day,kind,source\n2026-01-01,year\n", .badColumns), ("day,kind,source\n2026-02-30,rest,x\n", .badDay),
        ("day,kind,source\n2026-02-01,year,x\n", .badDay), ("day,kind,source\n2026-01-01,free,x\n", .badKind),
        ("day,kind,source\n2026-01-01,year,x\n2026-03-02,makeup,x\n", .noChange),
        ("day,kind,source\n2026-03-02,rest,x\n", .undeclaredYear(2026)),
        ("day,kind,source\n2026-01-01,year,x\n2026-03-02,rest,x\n2026-03-02,rest,y\n", .duplicate),
    ])
    func `a wrong file is refused with its line`(_ text: String, _ reason: CalendarError.Reason) {
        let error = #expect(throws: CalendarError.self) { try WorkCalendar(csv: text, file: "c.csv") }
        #expect(error?.reason == reason)
        #expect(error?.description.hasPrefix("c.csv") == true)
    }

    @Test func `Windows line ends, a byte order mark and comments are read`() throws {
        let text = "\u{FEFF}# comment\r\nday,kind,source\r\n2026-01-01,year,甲,乙\r\n\r\n2026-03-02,rest,假\r\n"
        let calendar = try WorkCalendar(csv: text, file: "c.csv")
        #expect(calendar.entries.map(\.source) == ["甲,乙", "假"])
        #expect(try !calendar.isWorked(day("2026-03-02")))
    }
}
