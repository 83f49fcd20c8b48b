internal import Messages

/// Times as exporters write them.
enum ExportTime {
    /// The day WeChat was launched, 2011-01-21 at +08:00; no group of any platform is older.
    static let earliest: Int64 = 1_295_539_200
    /// China's one time zone since 1992, for times that name none.
    ///
    /// Never the machine's own.
    static let beijing: Int64 = 8 * 3600

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
    ///
    /// Five digits are a day's number in Excel, which counts from 1899-12-30; eight and fourteen may be a date.
    static func parse(_ text: ByteView) -> Reading? {
        if text.count == 19, let seconds = stamp(text, at: 0) { return (seconds, .second) }
        // 2026-03-02T00:14:05.000Z, as programs in JavaScript write all times.
        if text.count == 24, text[23] == 0x5A, text[19] == 0x2E, text[10] == 0x54, pair(text, 20) != nil,
            text[22] &- 0x30 < 10, let seconds = stamp(text, at: 0)
        {
            return (seconds + beijing, .second)
        }
        var cursor = Cursor(text)
        cursor.skipSpaces()
        let start = cursor.at
        guard let (first, digits) = cursor.number(atMost: 19) else { return nil }
        guard digits > 4 else {
            cursor.move(to: start)
            return dated(&cursor)
        }
        var fraction = 0.0
        if cursor.peek == 0x2E {
            cursor.take()
            guard let (part, width) = cursor.number(atMost: 18) else { return nil }
            fraction = Double(part)
            for _ in 0..<width { fraction /= 10 }
        }
        cursor.skipSpaces()
        guard cursor.isAtEnd else { return nil }
        return switch digits {
        case 5: (first - 25569) < 0 ? nil : excelDay(first, fraction)
        case 8:
            days(year: first / 10000, month: first / 100 % 100, day: first % 100).map { ($0 * 86400 - beijing, .day) }
        case 14: compact(first)
        default: (seconds(first), .second)
        }
    }

    private static func excelDay(_ number: Int64, _ fraction: Double) -> Reading {
        let seconds = Int64((fraction * 86400).rounded())
        return ((number - 25569) * 86400 + seconds - beijing, fraction == 0 ? .day : .second)
    }

    /// `20260302081405`.
    private static func compact(_ number: Int64) -> Reading? {
        let (date, clock) = (number / 1_000_000, number % 1_000_000)
        guard let days = days(year: date / 10000, month: date / 100 % 100, day: date % 100) else { return nil }
        let (hour, minute, second) = (clock / 10000, clock / 100 % 100, clock % 100)
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        return (days * 86400 + hour * 3600 + minute * 60 + second - beijing, .second)
    }

    /// A date, perhaps with a clock, perhaps with a zone.
    private static func dated(_ cursor: inout Cursor) -> Reading? {
        guard let moment = Moment(&cursor), case .date(let days) = moment.day else { return nil }
        var zone = beijing
        cursor.skipSpaces()
        if !cursor.isAtEnd {
            guard moment.precision != .day, let offset = cursor.zone(), cursor.isAtEnd else { return nil }
            zone = offset
        }
        return (days * 86400 + moment.clock - zone, moment.precision)
    }

    /// The seconds of `2026-03-02 08:14:05` at an offset; nil where it isn't exactly that.
    @inline(__always)
    static func stamp(_ text: ByteView, at start: Int) -> Int64? {
        guard start &+ 19 <= text.count, text[start &+ 13] == 0x3A, text[start &+ 16] == 0x3A,
            text[start &+ 10] == 0x20 || text[start &+ 10] == 0x54,
            let day = dayStamp(text, at: start), let hour = pair(text, start &+ 11), hour < 24,
            let minute = pair(text, start &+ 14), minute < 60, let second = pair(text, start &+ 17), second <= 60
        else { return nil }
        return day &* 86400 &+ hour &* 3600 &+ minute &* 60 &+ second &- beijing
    }

    /// Days since 1970 of `2026-03-02` at an offset.
    @inline(__always)
    static func dayStamp(_ text: ByteView, at start: Int) -> Int64? {
        guard start &+ 10 <= text.count, text[start &+ 4] == text[start &+ 7],
            text[start &+ 4] == 0x2D || text[start &+ 4] == 0x2F, let century = pair(text, start),
            let year = pair(text, start &+ 2), let month = pair(text, start &+ 5), let day = pair(text, start &+ 8)
        else { return nil }
        return days(year: century &* 100 &+ year, month: month, day: day)
    }

    /// A number of exactly two digits.
    @inline(__always)
    static func pair(_ text: ByteView, _ at: Int) -> Int64? {
        let high = text[at] &- 0x30
        let low = text[at &+ 1] &- 0x30
        return high < 10 && low < 10 ? Int64(high) &* 10 &+ Int64(low) : nil
    }

    /// Seconds of a minute of a day at +08:00; nil when there is no such day or minute.
    static func minute(days: Int64, hour: Int64, minute: Int64) -> Int64? {
        hour < 24 && minute < 60 ? days * 86400 + hour * 3600 + minute * 60 - beijing : nil
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar; nil when there is no such day.
    ///
    /// The arithmetic is that of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard year >= 1970, year <= 9999, month >= 1, month <= 12, day >= 1, day <= 31 else { return nil }
        if day > 28 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let isShort = month == 4 || month == 6 || month == 9 || month == 11
            let length: Int64 = month == 2 ? (isLeap ? 29 : 28) : isShort ? 30 : 31
            guard day <= length else { return nil }
        }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    /// The day of the week of a day since 1970-01-01, 1 for Monday to 7 for Sunday.
    static func weekday(of days: Int64) -> Int64 { (days + 3) % 7 + 1 }
}

extension ExportTime {
    /// Reads numbers and marks from left to right.
    struct Cursor {
        enum Part { case year, month }

        private let text: ByteView
        private(set) var at = 0

        init(_ text: ByteView) { self.text = text }

        var isAtEnd: Bool { at >= text.count }
        var peek: UInt8? { at < text.count ? text[at] : nil }
        /// The byte behind the next one, 0 where there is none.
        var second: UInt8 { at + 1 < text.count ? text[at + 1] : 0 }

        /// A time as nearly all are written, where the cursor stands: `2026-03-02 08:14`, perhaps with seconds, a fraction, a T.
        ///
        /// `rest` are the minutes and seconds. Nil for all that may be read in another way.
        func stamp() -> (day: Int64, hour: Int64, rest: Int64, precision: TimePrecision, end: Int)? {
            guard at + 16 <= text.count, text[at + 4] == 0x2D, text[at + 10] == 0x20 || text[at + 10] == 0x54,
                text[at + 13] == 0x3A, let day = ExportTime.dayStamp(text, at: at),
                let hour = ExportTime.pair(text, at + 11), hour < 24, let minute = ExportTime.pair(text, at + 14),
                minute < 60
            else { return nil }
            var end = at + 16
            guard end < text.count, text[end] == 0x3A else {
                return mayGoOn(end) ? nil : (day, hour, minute * 60, .minute, end)
            }
            guard end + 2 < text.count, let second = ExportTime.pair(text, end + 1), second <= 60 else { return nil }
            end += 3
            if end < text.count, text[end] == 0x2E {
                let point = end
                repeat { end += 1 } while end < text.count && text[end] &- 0x30 < 10
                guard end - point > 1, end - point < 10 else { return nil }
            }
            return mayGoOn(end) ? nil : (day, hour, minute * 60 + second, .second, end)
        }

        /// True where a clock may be longer: a digit, a fraction.
        private func mayGoOn(_ at: Int) -> Bool {
            at < text.count && (text[at] &- 0x30 < 10 || text[at] == 0x2E || text[at] == 0x2C || text[at] == 0x3A)
        }

        func byte(at offset: Int) -> UInt8? { offset < text.count ? text[offset] : nil }

        mutating func take() { at += 1 }
        mutating func move(to offset: Int) { at = offset }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            at += 1
            return true
        }

        mutating func skipSpaces() {
            while at < text.count, text[at] == 0x20 || text[at] == 0x09 || text[at] >= 0xC2 {
                let width = TextLine.space(text, at)
                if width == 0 { return }
                at += width
            }
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

        mutating func takeDay() { _ = takeText("日") || takeText("号") }

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

        mutating func takeText(_ name: StaticString) -> Bool {
            guard text.holds(name, at: at) else { return false }
            at += name.utf8CodeUnitCount
            return true
        }

        /// Takes an ASCII word in any case.
        mutating func takeWord(_ name: StaticString) -> Bool {
            let count = name.utf8CodeUnitCount
            guard at + count <= text.count else { return false }
            for index in 0..<count where text[at + index] | 0x20 != name.utf8Start[index] { return false }
            at += count
            return true
        }
    }
}
