/// A day of the calendar, counted since 1970-01-01 in China's time.
///
/// Source of the arithmetic: Hinnant, "chrono-Compatible Low-Level Date Algorithms".
public struct CivilDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public var number: Int

    /// The day with a number.
    public init(_ number: Int) { self.number = number }

    /// The day of an instant (seconds since 1970-01-01 UTC) in China's time.
    public init(instant seconds: Int64) { number = FlagDraft.day(of: seconds) }

    /// The day of a year, a month and a day of the month; nil where the calendar has none.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        guard day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads YYYY-MM-DD; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2],
            parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// Year, month and day of the month.
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    /// The year.
    public var year: Int { civil.year }

    /// True for Saturday and Sunday.
    public var isWeekend: Bool {
        // Day 0 was a Thursday.
        let weekday = ((number % 7) + 11) % 7
        return weekday == 0 || weekday == 6
    }

    /// The last day of the day's quarter of the year.
    public var quarterEnd: CivilDay {
        let (year, month, _) = civil
        let last = (month - 1) / 3 * 3 + 3
        // March and December have 31 days, June and September 30.
        let end = CivilDay(year: year, month: last, day: last == 3 || last == 12 ? 31 : 30)
        return end ?? self
    }

    /// The first day of the day's quarter of the year.
    public var quarterStart: CivilDay {
        let (year, month, _) = civil
        return CivilDay(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) ?? self
    }

    /// The day some days later, or earlier for a negative number.
    public func advanced(by days: Int) -> CivilDay { CivilDay(number + days) }

    /// Orders by time.
    public static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
}

extension CivilDay: CustomStringConvertible {
    /// YYYY-MM-DD.
    public var description: String {
        let (year, month, day) = civil
        func pad(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
    }
}
