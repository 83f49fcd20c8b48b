internal import Messages

/// Times as exporters write them.
enum ExportTime {
    /// The day WeChat was launched, 2011-01-21 at +08:00; no group of any platform is older.
    static let earliest: Int64 = 1_295_539_200
    /// China's one time zone since 1992, for times that name none.
    ///
    /// Never the machine's own.
    private static let beijing: Int64 = 8 * 3600

    typealias Reading = (seconds: Int64, precision: TimePrecision)

    /// Seconds out of seconds, milli-, micro- or nanoseconds, told apart by size.
    static func seconds(_ number: Int64) -> Int64 {
        switch number {
        case ..<100_000_000_000: number
        case ..<100_000_000_000_000: number / 1000
        case ..<100_000_000_000_000_000: number / 1_000_000
        default: number / 1_000_000_000
        }
    }

    /// The time in a text: digits, digits with a fraction, or a date with a clock and perhaps a zone.
    static func parse(_ text: ByteView) -> Reading? {
        var cursor = Cursor(text)
        cursor.skipSpaces()
        guard let (first, digits) = cursor.number(atMost: 19) else { return nil }
        if digits > 4 {
            if cursor.peek == 0x2E {
                cursor.take()
                _ = cursor.number(atMost: 19)
            }
            cursor.skipSpaces()
            return cursor.isAtEnd ? (seconds(first), .second) : nil
        }
        guard digits == 4 else { return nil }
        return calendar(year: first, &cursor)
    }

    private static func calendar(year: Int64, _ cursor: inout Cursor) -> Reading? {
        guard cursor.dateSeparator(.year), let (month, _) = cursor.number(atMost: 2),
            cursor.dateSeparator(.month), let (day, _) = cursor.number(atMost: 2)
        else { return nil }
        cursor.takeDay()
        guard let days = self.days(year: year, month: month, day: day) else { return nil }
        cursor.skipClockSeparator()
        if cursor.isAtEnd { return (days * 86400 - beijing, .day) }
        guard let clock = clock(&cursor) else { return nil }
        var zone = beijing
        cursor.skipSpaces()
        if !cursor.isAtEnd {
            guard let offset = cursor.zone(), cursor.isAtEnd else { return nil }
            zone = offset
        }
        return (days * 86400 + clock.seconds - zone, clock.precision)
    }

    /// `H:MM` or `H:MM:SS`, perhaps with a fraction.
    private static func clock(_ cursor: inout Cursor) -> Reading? {
        guard let (hour, _) = cursor.number(atMost: 2), hour < 24, cursor.take(0x3A),
            let (minute, width) = cursor.number(atMost: 2), width == 2, minute < 60
        else { return nil }
        guard cursor.take(0x3A) else { return (hour * 3600 + minute * 60, .minute) }
        guard let (second, wide) = cursor.number(atMost: 2), wide == 2, second <= 60 else { return nil }
        if cursor.peek == 0x2E || cursor.peek == 0x2C {
            cursor.take()
            guard cursor.number(atMost: 9) != nil else { return nil }
        }
        return (hour * 3600 + minute * 60 + second, .second)
    }

    /// Seconds of a minute of a day at +08:00; nil when there is no such day or minute.
    static func minute(days: Int64, hour: Int64, minute: Int64) -> Int64? {
        hour < 24 && minute < 60 ? days * 86400 + hour * 3600 + minute * 60 - beijing : nil
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar; nil when there is no such day.
    ///
    /// The arithmetic is that of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1970...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length: Int64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        guard day <= length else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    /// Reads numbers and marks from left to right.
    struct Cursor {
        enum Part { case year, month }

        private let text: ByteView
        private(set) var at = 0

        init(_ text: ByteView) { self.text = text }

        var isAtEnd: Bool { at >= text.count }
        var peek: UInt8? { at < text.count ? text[at] : nil }

        mutating func take() { at += 1 }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            at += 1
            return true
        }

        mutating func skipSpaces() {
            while let byte = peek, byte == 0x20 || byte == 0x09 { at += 1 }
        }

        mutating func number(atMost width: Int) -> (Int64, digits: Int)? {
            var value: Int64 = 0
            let start = at
            while let byte = peek, byte &- 0x30 < 10 {
                guard at - start < width else { return nil }
                value = value &* 10 &+ Int64(byte &- 0x30)
                at += 1
            }
            return at > start && value >= 0 ? (value, at - start) : nil
        }

        mutating func dateSeparator(_ part: Part) -> Bool {
            if let byte = peek, byte == 0x2D || byte == 0x2F || byte == 0x2E {
                at += 1
                return true
            }
            return takeText(part == .year ? "年" : "月")
        }

        mutating func takeDay() { _ = takeText("日") }

        mutating func skipClockSeparator() {
            if peek == 0x54 || peek == 0x74 { at += 1 }
            skipSpaces()
        }

        /// `Z` or `±HH:MM` or `±HHMM`, in seconds east.
        mutating func zone() -> Int64? {
            if take(0x5A) || take(0x7A) { return 0 }
            let isWest = peek == 0x2D
            guard isWest || peek == 0x2B else { return nil }
            at += 1
            guard let (first, digits) = number(atMost: 4) else { return nil }
            var hours = first
            var minutes: Int64 = 0
            if digits > 2 {
                hours = first / 100
                minutes = first % 100
            } else if take(0x3A) {
                guard let (after, _) = number(atMost: 2) else { return nil }
                minutes = after
            }
            guard hours <= 14, minutes < 60 else { return nil }
            return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }

        private mutating func takeText(_ name: StaticString) -> Bool {
            let count = name.utf8CodeUnitCount
            guard at + count <= text.count else { return false }
            for index in 0..<count where text[at + index] != name.utf8Start[index] { return false }
            at += count
            return true
        }
    }
}
