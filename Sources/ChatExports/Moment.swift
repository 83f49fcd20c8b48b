internal import Messages

/// A time as people and chat programs write it: perhaps without a year, a date, or with a word in its place.
struct Moment {
    /// What is said of the day.
    enum Day: Equatable {
        /// Days since 1970-01-01.
        case date(Int64)
        case monthDay(month: Int64, day: Int64)
        /// 0 for today, 1 for yesterday, 2 for the day before.
        case daysAgo(Int64)
        /// 1 for Monday to 7 for Sunday: the last one before the day of writing.
        case weekday(Int64)
        case none
    }

    var day: Day
    /// Seconds since midnight.
    var clock: Int64
    var precision: TimePrecision

    /// True when something that isn't there must be assumed.
    var needsDay: Bool {
        if case .date = day { return false }
        return true
    }

    /// Reads as much as is a time; nil where the text doesn't begin with one.
    init?(_ cursor: inout ExportTime.Cursor) {
        if let stamp = cursor.stamp() {
            day = .date(stamp.day)
            precision = stamp.precision
            cursor.move(to: stamp.end)
            clock = Self.hour(stamp.hour, Self.halfBehind(&cursor)) * 3600 + stamp.rest
            return
        }
        let start = cursor.at
        guard let day = Self.day(&cursor) else { return nil }
        self.day = day
        // Browsers write 2026/5/29 24:05:09 for five past midnight of that day where a page asks for 24 hours.
        let isOfBrowser = cursor.byte(at: start + 4) == 0x2F
        (clock, precision) = (0, .day)
        let end = cursor.at
        if day != .none { cursor.skipClockSeparator() }
        if Self.weekday(&cursor) != nil { cursor.skipSpaces() }
        // Digits behind a date that are no clock: then it was no date either.
        let isDigit = cursor.peek.map { $0 &- 0x30 < 10 } == true
        if let found = Self.clock(&cursor, upTo: isOfBrowser ? 24 : 23) {
            (clock, precision) = found
        } else if day == .none || isDigit {
            return nil
        } else {
            cursor.move(to: end)
        }
    }

    /// A time that fills the whole text.
    init?(whole text: ByteView) {
        var cursor = ExportTime.Cursor(text)
        cursor.skipSpaces()
        guard let found = Moment(&cursor) else { return nil }
        cursor.skipSpaces()
        guard cursor.isAtEnd, found.precision != .day else { return nil }
        self = found
    }

    /// The time at +08:00, with what is missing taken from a day; nil where it cannot be.
    func reading(on assumed: CalendarDay?) -> ExportTime.Reading? {
        let days: Int64
        switch day {
        case .date(let known): days = known
        case .none:
            guard let assumed else { return nil }
            days = assumed.number
        case .daysAgo(let count):
            guard let assumed else { return nil }
            days = assumed.number - count
        case .weekday(let wanted):
            guard let assumed else { return nil }
            let back = (ExportTime.weekday(of: assumed.number) - wanted + 7) % 7
            days = assumed.number - (back == 0 ? 7 : back)
        case .monthDay(let month, let day):
            guard let assumed, let last = Self.last(month, day, before: assumed) else { return nil }
            days = last
        }
        return (days * 86400 + clock - ExportTime.beijing, precision)
    }

    /// The last date of that name that is not after a day, or a month after it at most.
    ///
    /// Programs leave out the year of the day on which somebody copied; a file over New Year named by its first day holds
    /// days after it.
    private static func last(_ month: Int64, _ day: Int64, before assumed: CalendarDay) -> Int64? {
        let year = Int64(assumed.year)
        // 29 February comes every eight years at the worst.
        return (year - 8...year + 1).reversed().lazy
            .compactMap { ExportTime.days(year: $0, month: month, day: day) }
            .first { $0 <= assumed.number + 31 }
    }

    // MARK: The day

    private static func day(_ cursor: inout ExportTime.Cursor) -> Day? {
        guard let first = cursor.peek else { return nil }
        guard first &- 0x30 < 10 else { return word(&cursor) }
        let start = cursor.at
        guard let (one, width) = cursor.number(atMost: 4) else { return nil }
        if width == 4 {
            cursor.skipSpaces()
            guard cursor.dateSeparator(.year) else { return nil }
            cursor.skipSpaces()
            guard let (month, _) = cursor.number(atMost: 2) else { return nil }
            cursor.skipSpaces()
            guard cursor.dateSeparator(.month) else { return nil }
            cursor.skipSpaces()
            guard let (day, _) = cursor.number(atMost: 2) else { return nil }
            cursor.takeDay()
            return ExportTime.days(year: one, month: month, day: day).map { .date($0) }
        }
        guard width <= 2 else { return nil }
        // A clock: the day isn't said.
        if cursor.peek == 0x3A {
            cursor.move(to: start)
            return Day.none
        }
        guard cursor.dateSeparator(.month), let (two, wide) = cursor.number(atMost: 2), wide <= 2 else { return nil }
        if cursor.peek == 0x2F || cursor.peek == 0x2D {
            // 2/14/2020: the order of America, which Windows may be set to.
            cursor.take()
            guard let (year, digits) = cursor.number(atMost: 4), digits == 4 else { return nil }
            return ExportTime.days(year: year, month: one, day: two).map { .date($0) }
        }
        cursor.takeDay()
        // Any leap year will do: the day must exist in some year.
        return ExportTime.days(year: 2024, month: one, day: two).map { _ in .monthDay(month: one, day: two) }
    }

    private static func word(_ cursor: inout ExportTime.Cursor) -> Day? {
        if cursor.takeText("今天") || cursor.takeWord("today") { return .daysAgo(0) }
        if cursor.takeText("昨天") || cursor.takeWord("yesterday") { return .daysAgo(1) }
        if cursor.takeText("前天") { return .daysAgo(2) }
        let start = cursor.at
        if let found = weekday(&cursor) { return .weekday(found) }
        // 上午8:14: a clock with its word before it.
        if half(&cursor) != nil {
            cursor.move(to: start)
            return Day.none
        }
        return nil
    }

    private static func weekday(_ cursor: inout ExportTime.Cursor) -> Int64? {
        guard let byte = cursor.peek, byte >= 0x41 else { return nil }
        let start = cursor.at
        if cursor.takeText("星期") || cursor.takeText("周") || cursor.takeText("礼拜") {
            let names: [StaticString] = ["一", "二", "三", "四", "五", "六", "日", "天"]
            for (index, name) in names.enumerated() where cursor.takeText(name) { return Int64(min(index, 6) + 1) }
            cursor.move(to: start)
            return nil
        }
        let names: [StaticString] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        for (index, name) in names.enumerated() where cursor.takeWord(name) { return Int64(index + 1) }
        return nil
    }

    // MARK: The clock

    private enum Half { case morning, noon, afternoon, night }

    /// The word behind a clock, blanks before it.
    private static func halfBehind(_ cursor: inout ExportTime.Cursor) -> Half? {
        let end = cursor.at
        cursor.skipSpaces()
        if let word = half(&cursor) { return word }
        cursor.move(to: end)
        return nil
    }

    private static func half(_ cursor: inout ExportTime.Cursor) -> Half? {
        guard let byte = cursor.peek, mayBeHalf(byte, cursor.second) else { return nil }
        if cursor.takeText("上午") || cursor.takeText("凌晨") || cursor.takeText("早上") || cursor.takeText("清晨") {
            return .morning
        }
        if cursor.takeText("中午") { return .noon }
        if cursor.takeText("下午") || cursor.takeText("傍晚") { return .afternoon }
        if cursor.takeText("晚上") { return .night }
        let start = cursor.at
        let isMorning = cursor.takeWord("a.m.") || cursor.takeWord("am")
        guard isMorning || cursor.takeWord("p.m.") || cursor.takeWord("pm") else { return nil }
        // Amy is a name.
        if let next = cursor.peek, next | 0x20 &- 0x61 < 26 {
            cursor.move(to: start)
            return nil
        }
        return isMorning ? .morning : .afternoon
    }

    /// True for the first two bytes of the words of `half`: a name stands there more often.
    private static func mayBeHalf(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case 0x41, 0x50, 0x61, 0x70: true
        // 上, 中, 下; 凌, 傍; 早, 清, 晚
        case 0xE4: second == 0xB8
        case 0xE5: second == 0x87 || second == 0x82
        case 0xE6: second == 0x97 || second == 0xB8 || second == 0x99
        default: false
        }
    }

    /// `H:MM` or `H:MM:SS`, perhaps with a fraction, a word before or behind it.
    private static func clock(_ cursor: inout ExportTime.Cursor, upTo last: Int64) -> (Int64, TimePrecision)? {
        var word = half(&cursor)
        if word != nil { cursor.skipSpaces() }
        guard let (written, _) = cursor.number(atMost: 2), written <= last, cursor.take(0x3A),
            let (minute, width) = cursor.number(atMost: 2), minute < 60
        else { return nil }
        var seconds = minute * 60
        var precision = TimePrecision.minute
        // QQ of old writes 1:2:3; 8:3 is a score.
        if cursor.take(0x3A) {
            guard let (second, _) = cursor.number(atMost: 2), second <= 60 else { return nil }
            seconds += second
            precision = .second
            if cursor.peek == 0x2E || cursor.peek == 0x2C {
                cursor.take()
                guard cursor.number(atMost: 9) != nil else { return nil }
            }
        } else if width != 2 {
            return nil
        }
        if word == nil { word = halfBehind(&cursor) }
        guard written < 24 || (word == nil && precision == .second) else { return nil }
        return (hour(written, word) * 3600 + seconds, precision)
    }

    private static func hour(_ written: Int64, _ word: Half?) -> Int64 {
        switch word {
        case .morning: written == 12 ? 0 : written
        case .noon: written < 10 ? written + 12 : written
        case .afternoon: written < 12 ? written + 12 : written
        // 晚上12点 is the end of the day, which no clock shows: 凌晨 stands there.
        case .night: written < 12 ? written + 12 : written
        case nil: written % 24
        }
    }
}
