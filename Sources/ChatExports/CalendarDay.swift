/// A day of the calendar, as a person says it beside a file that doesn't hold it.
public struct CalendarDay: Sendable, Hashable {
    /// The year, four digits.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int
    /// Days since 1970-01-01.
    let number: Int64

    /// Reads `2026-03-02`; also `2026/3/2`, `20260302` and `2026年3月2日`.
    public init?(_ text: String) {
        let found = Array(text.utf8).withUnsafeBufferPointer { CalendarDay($0) }
        guard let found else { return nil }
        self = found
    }

    init?(_ text: ByteView) {
        guard text.first.map({ $0 &- 0x30 < 10 }) == true, let (found, end) = Self.find(in: text, from: 0),
            end == text.count
        else { return nil }
        self = found
    }

    init?(year: Int64, month: Int64, day: Int64) {
        guard let number = ExportTime.days(year: year, month: month, day: day) else { return nil }
        (self.year, self.month, self.day, self.number) = (Int(year), Int(month), Int(day), number)
    }

    /// The days that a file's name holds, in the order of the name.
    static func days(inNameOf path: String) -> [CalendarDay] {
        let name = Array((path.split(separator: "/").last ?? "").utf8)
        return name.withUnsafeBufferPointer { view in
            var days: [CalendarDay] = []
            var at = 0
            while let (day, end) = find(in: view, from: at) {
                days.append(day)
                at = end
            }
            return days
        }
    }

    /// The first date at or after an offset, and its end.
    private static func find(in view: ByteView, from start: Int) -> (CalendarDay, end: Int)? {
        for at in start..<max(start, view.count) {
            let isInNumber = at > 0 && view[at - 1] &- 0x30 < 10
            guard view[at] == 0x32, !isInNumber else { continue }
            if let found = read(view, at) { return found }
        }
        return nil
    }

    private static func read(_ view: ByteView, _ at: Int) -> (CalendarDay, end: Int)? {
        var cursor = ExportTime.Cursor(view.part(at..<view.count))
        guard let (year, width) = cursor.number(atMost: 8) else { return nil }
        if width == 8 {
            return CalendarDay(year: year / 10000, month: year / 100 % 100, day: year % 100).map {
                ($0, at + cursor.at)
            }
        }
        guard width == 4, cursor.dateSeparator(.year) || cursor.take(0x5F), let (month, _) = cursor.number(atMost: 2),
            cursor.dateSeparator(.month) || cursor.take(0x5F), let (day, _) = cursor.number(atMost: 2)
        else { return nil }
        cursor.takeDay()
        return CalendarDay(year: year, month: month, day: day).map { ($0, at + cursor.at) }
    }
}

/// The day that a text without days is read on, and where it is from.
struct AssumedDay: Sendable, Equatable {
    var day: CalendarDay
    /// What `read --explain` says of it.
    var source: String

    /// The day that the caller names, else the only one in the file's name.
    static func find(named: CalendarDay?, path: String) -> AssumedDay? {
        if let named { return AssumedDay(day: named, source: "as given") }
        let days = Set(CalendarDay.days(inNameOf: path))
        guard days.count == 1, let day = days.first else { return nil }
        return AssumedDay(day: day, source: "from the file's name")
    }

    /// A day of the right year: a range in a file's name tells the year where it tells no day.
    static func findYear(named: CalendarDay?, path: String) -> AssumedDay? {
        if let found = find(named: named, path: path) { return found }
        let days = CalendarDay.days(inNameOf: path)
        // A range over New Year says two years; the nearest to its end is right for either.
        return days.last.map { AssumedDay(day: $0, source: "from the file's name") }
    }
}

extension CalendarDay {
    /// The day so many days after 1970-01-01, from there on to the year 9999.
    init?(number: Int64) {
        guard number >= 0, number < 2_932_897 else { return nil }
        // Howard Hinnant's algorithm, as in `ExportTime.days`.
        let shifted = number + 719468
        let era = shifted / 146097
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part + (part < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: year, month: month, day: dayOfYear - (153 * part + 2) / 5 + 1)
    }
}
