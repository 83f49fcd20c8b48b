public import Messages

/// A calendar that cannot be used, or is asked for a year that it doesn't have.
public struct CalendarError: ExplainedError, Equatable {
    /// Why; closed.
    public enum Reason: Sendable, Equatable {
        /// No arrangement of the year is known, so its working days aren't either.
        case missingYear(Int)
        /// The first line isn't `day,kind,source`.
        case badHeader
        /// A line hasn't three columns.
        case badColumns
        /// A day can't be read (YYYY-MM-DD).
        case badDay
        /// A kind is none of `year`, `rest`, `makeup`.
        case badKind
        /// A day stands twice.
        case duplicate
        /// A day belongs to a year that no `year` line names.
        case undeclaredYear(Int)
        /// A day off on a weekday's weekend, or a day of work on a working day: the line changes nothing.
        case noChange
    }

    /// Why.
    public let reason: Reason
    /// Where; nil for a question that has no answer.
    public let origin: Origin?

    /// Names what is wrong, and where.
    public init(_ reason: Reason, origin: Origin? = nil) {
        self.reason = reason
        self.origin = origin
    }

    /// The line in a language: where, what, what to do.
    public func explanation(in language: Language) -> String {
        let place = origin.map { "\($0)" + (language == .zh ? "：" : ": ") } ?? ""
        let (zh, en) = words
        return place + (language == .zh ? zh : en)
    }

    private var words: (String, String) {
        switch reason {
        case .missingYear(let year):
            (
                "没有 \(year) 年的工作日历，期限算不出来。请导入当年的放假调休安排：minsheng calendar import 文件。",
                "There is no calendar of \(year), so no term can be counted. Import it: minsheng calendar import FILE."
            )
        case .badHeader: ("第一行应为 day,kind,source。请改正后再导入。", "The first line must be day,kind,source. Correct it.")
        case .badColumns: ("这一行应有三列。请改正。", "The line must have three columns. Correct it.")
        case .badDay:
            ("日期应写成 YYYY-MM-DD（year 行写成 YYYY-01-01）。请改正。", "Write the day as YYYY-MM-DD (YYYY-01-01 for a year).")
        case .badKind: ("种类只能是 year、rest、makeup。请改正。", "The kind is one of year, rest, makeup. Correct it.")
        case .duplicate: ("这一天写了两次。请只留一行。", "The day stands twice. Keep one line.")
        case .undeclaredYear(let year): ("缺少 \(year) 年的 year 行。请补上并写明依据。", "There is no year line of \(year). Add it.")
        case .noChange:
            (
                "这一天本来就休息（或上班），这一行多余，可能写错了日期。请核对。",
                "The day is free (or worked) anyway; the date may be wrong. Check it."
            )
        }
    }
}

/// Which days are worked: Monday to Friday, but for the yearly arrangement of holidays and make-up days (调休).
///
/// A year without an arrangement is an error, never assumed.
///
/// - Cost: a look-up per day; spans are counted day by day, as terms are short.
public struct WorkCalendar: Sendable, Equatable {
    /// What an arrangement says of a day.
    public enum Kind: String, Sendable, CaseIterable {
        /// The year is arranged; the line's source says where.
        case year
        /// Free although it is a weekday, or free anyway.
        case rest
        /// Worked although it is a weekend.
        case makeup
    }

    /// One line of a calendar file.
    public struct Entry: Sendable, Equatable {
        /// The day; January 1 for a year.
        public var day: CivilDay
        /// What is said of it.
        public var kind: Kind
        /// The document that says so.
        public var source: String

        /// Makes a line.
        public init(day: CivilDay, kind: Kind, source: String) {
            self.day = day
            self.kind = kind
            self.source = source
        }
    }

    /// All lines, by day.
    public let entries: [Entry]
    private let years: Set<Int>
    private let exceptions: [CivilDay: Kind]

    /// Makes a calendar of lines; the first of two lines for one day holds.
    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { ($0.day, $0.kind.rawValue) < ($1.day, $1.kind.rawValue) }
        years = Set(entries.filter { $0.kind == .year }.map(\.day.year))
        exceptions = Dictionary(
            entries.filter { $0.kind != .year }.map { ($0.day, $0.kind) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads a calendar file: CSV without quotes, columns `day,kind,source`.
    ///
    /// Blank lines and lines that begin with `#` are passed over.
    public init(csv text: String, file: String) throws(CalendarError) {
        var entries: [Entry] = []
        var seen: Set<String> = []
        var hasHeader = false
        // Lines are split as bytes: CR LF is one Character.
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            var line = Substring(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
            if index == 0, line.unicodeScalars.first?.value == 0xFEFF { line.unicodeScalars.removeFirst() }
            if line.isEmpty || line.hasPrefix("#") { continue }
            let origin = Origin(file: file, line: index + 1)
            if !hasHeader {
                guard line == "day,kind,source" else { throw CalendarError(.badHeader, origin: origin) }
                hasHeader = true
                continue
            }
            let entry = try Self.entry(line, origin: origin)
            guard seen.insert("\(entry.day) \(entry.kind == .year)").inserted else {
                throw CalendarError(.duplicate, origin: origin)
            }
            entries.append(entry)
        }
        guard hasHeader else { throw CalendarError(.badHeader, origin: Origin(file: file, line: 1)) }
        let declared = Set(entries.filter { $0.kind == .year }.map(\.day.year))
        if let stray = entries.first(where: { !declared.contains($0.day.year) }) {
            throw CalendarError(.undeclaredYear(stray.day.year), origin: Origin(file: file))
        }
        self.init(entries)
    }

    private static func entry(_ line: Substring, origin: Origin) throws(CalendarError) -> Entry {
        let fields = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { throw CalendarError(.badColumns, origin: origin) }
        guard let day = CivilDay(fields[0]) else { throw CalendarError(.badDay, origin: origin) }
        guard let kind = Kind(rawValue: String(fields[1])) else { throw CalendarError(.badKind, origin: origin) }
        switch kind {
        case .year: if day.civil.month != 1 || day.civil.day != 1 { throw CalendarError(.badDay, origin: origin) }
        case .makeup: if !day.isWeekend { throw CalendarError(.noChange, origin: origin) }
        // A holiday over a weekend is written whole, so a free Saturday is no error.
        case .rest: break
        }
        return Entry(day: day, kind: kind, source: String(fields[2]))
    }

    /// True when the day is worked.
    public func isWorked(_ day: CivilDay) throws(CalendarError) -> Bool {
        guard years.contains(day.year) else { throw CalendarError(.missingYear(day.year)) }
        switch exceptions[day] {
        case .rest: return false
        case .makeup: return true
        case .year, nil: return !day.isWeekend
        }
    }

    /// The working day `count` working days after a day, which itself isn't counted; days in `pauses` count nothing.
    public func day(
        _ count: Int, workingDaysAfter start: CivilDay, pauses: [Range<CivilDay>] = []
    ) throws(CalendarError) -> CivilDay {
        var (day, left) = (start, count)
        while left > 0 {
            day = day.advanced(by: 1)
            if try isWorked(day), !pauses.contains(where: { $0.contains(day) }) { left -= 1 }
        }
        return day
    }

    /// The last working day before a day.
    public func workingDay(before day: CivilDay) throws(CalendarError) -> CivilDay {
        var earlier = day.advanced(by: -1)
        while try !isWorked(earlier) { earlier = earlier.advanced(by: -1) }
        return earlier
    }

    /// How many working days lie after `start` up to and with `end`, without those in `pauses`.
    public func workingDays(
        after start: CivilDay, through end: CivilDay, pauses: [Range<CivilDay>] = []
    ) throws(CalendarError) -> Int {
        var (day, count) = (start, 0)
        while day < end {
            day = day.advanced(by: 1)
            if try isWorked(day), !pauses.contains(where: { $0.contains(day) }) { count += 1 }
        }
        return count
    }
}
