internal import Messages

/// How a line that begins a message is built: `[{time}] {sender}: {text}`.
///
/// Braces hold the fields of a `ColumnMap`, `{_}` what is passed over. Without `{text}` the words stand below.
public struct LinePattern: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case literal([UInt8])
        /// Nil for what is passed over.
        case field(ColumnMap.Field?)
    }

    /// The pattern as it is written.
    public let text: String
    let parts: [Part]
    /// True when the words stand on the line itself.
    let hasText: Bool

    init(_ text: String) throws(ColumnMapError) {
        self.text = text
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = Array(text.utf8)[...]
        var seen: Set<ColumnMap.Field> = []
        while let byte = rest.popFirst() {
            guard byte == 0x7B else {
                literal.append(byte)
                continue
            }
            guard let close = rest.firstIndex(of: 0x7D) else { throw ColumnMapError(.unclosedBrace) }
            let name = String(decoding: rest[rest.startIndex..<close], as: UTF8.self)
            rest = rest[(close + 1)...]
            if !literal.isEmpty {
                parts.append(.literal(literal))
                literal = []
            } else if !parts.isEmpty {
                throw ColumnMapError(.touchingFields)
            }
            if name == "_" {
                parts.append(.field(nil))
                continue
            }
            guard let field = ColumnMap.Field(rawValue: name), ![.id, .kind, .quote].contains(field) else {
                throw ColumnMapError(.unknownField(name))
            }
            guard seen.insert(field).inserted else { throw ColumnMapError(.fieldTwice(name)) }
            parts.append(.field(field))
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        guard seen.contains(.time) || seen.contains(.date) else { throw ColumnMapError(.missingField("time")) }
        self.parts = parts
        hasText = seen.contains(.text)
    }

    /// Where the fields of a line stand; nil when it isn't built like that.
    func match(_ line: ByteView) -> LineFields? {
        var found = LineFields()
        // A line of hostile repetitions must not cost more than its length a few times.
        var budget = 64
        let end = TextLine.trim(line, 0..<line.count).upperBound
        return match(line, 0, to: end, part: 0, &found, &budget) ? found : nil
    }

    private func match(
        _ line: ByteView, _ at: Int, to end: Int, part: Int, _ found: inout LineFields, _ budget: inout Int
    ) -> Bool {
        guard part < parts.count else { return at >= end }
        switch parts[part] {
        case .literal(let literal):
            guard let after = Self.after(literal, line, at, to: end, isLast: part == parts.count - 1) else {
                return false
            }
            return match(line, after, to: end, part: part + 1, &found, &budget)
        case .field(let field):
            guard part + 1 < parts.count, case .literal(let next) = parts[part + 1] else {
                return accept(field, line, at..<end, &found)
            }
            var stop = at
            while budget > 0, let place = Self.find(next, line, from: stop, to: end) {
                budget -= 1
                if accept(field, line, at..<place, &found),
                    match(line, place, to: end, part: part + 1, &found, &budget)
                {
                    return true
                }
                stop = place + 1
            }
            return false
        }
    }

    private func accept(
        _ field: ColumnMap.Field?, _ line: ByteView, _ range: Range<Int>, _ found: inout LineFields
    ) -> Bool {
        guard let field else { return true }
        let inner = TextLine.trim(line, range)
        switch field {
        case .time, .date:
            let part = line.part(inner)
            var cursor = ExportTime.Cursor(part)
            guard ExportTime.parse(part) != nil || Moment(&cursor) != nil && cursor.isAtEnd else { return false }
        case .sender: guard inner.count <= 200 else { return false }
        default: break
        }
        found.set(field, inner)
        return true
    }

    /// The end of a literal that stands at an offset; blanks at its end may be missing at the line's.
    private static func after(_ literal: [UInt8], _ line: ByteView, _ at: Int, to end: Int, isLast: Bool) -> Int? {
        var index = 0
        while index < literal.count {
            guard at + index < end else {
                return literal[index...].allSatisfy { $0 == 0x20 } ? end : nil
            }
            guard line[at + index] == literal[index] else { return nil }
            index += 1
        }
        return at + index
    }

    private static func find(_ literal: [UInt8], _ line: ByteView, from start: Int, to end: Int) -> Int? {
        var at = start
        while at <= end {
            let next = JSONScan.byte(literal[0], or: literal[0], in: line, from: at)
            let place = next < end ? next : end
            if after(literal, line, place, to: end, isLast: false) != nil { return place }
            if next >= end { return nil }
            at = next + 1
        }
        return nil
    }
}

/// Where the fields of a line stand; empty ranges for those that it hasn't.
struct LineFields {
    private(set) var time = 0..<0
    private(set) var date = 0..<0
    private(set) var sender = 0..<0
    private(set) var senderID = 0..<0
    private(set) var text = 0..<0
    private(set) var group = 0..<0
    private(set) var groupID = 0..<0

    mutating func set(_ field: ColumnMap.Field, _ range: Range<Int>) {
        switch field {
        case .time: time = range
        case .date: date = range
        case .sender: sender = range
        case .senderID: senderID = range
        case .text: text = range
        case .group: group = range
        case .groupID: groupID = range
        case .id, .kind, .quote, .transcript: break
        }
    }
}

/// The lines of a text that a pattern describes.
struct PatternGrammar: TextGrammar {
    let pattern: LinePattern
    let day: CalendarDay?

    var isUnmistakable: Bool { pattern.hasText }

    func header(_ line: ByteView) -> TextHeader? {
        guard let found = pattern.match(line) else { return nil }
        var header = TextHeader()
        header.name = found.sender
        header.id = found.senderID
        header.groupName = found.group
        header.groupID = found.groupID
        if pattern.hasText { header.words = found.text }
        header.time = MappedTime.read(
            found.date.isEmpty ? nil : line.part(found.date), found.time.isEmpty ? nil : line.part(found.time), day: day
        )
        return header
    }

    /// What a line lacks, if it is a head.
    func missing(_ line: ByteView) -> TextDates.Lack? {
        guard let found = pattern.match(line) else { return nil }
        return found.date.isEmpty ? MappedTime.lack(line.part(found.time)) : .nothing
    }
}

/// Times in the columns of a table that a person described.
enum MappedTime {
    /// The time of a clock and a date in one field or in two.
    static func read(_ date: ByteView?, _ time: ByteView?, day: CalendarDay?) -> ExportTime.Reading? {
        guard let time, !time.isEmpty else { return date.flatMap { ExportTime.parse($0) } }
        guard let date else { return ExportTime.parse(time) ?? moment(time)?.reading(on: day) }
        guard let (midnight, precision) = ExportTime.parse(date), precision == .day else { return nil }
        guard let clock = moment(time), clock.day == .none else {
            // Excel keeps a clock as a part of a day.
            guard let part = Double(String(decoding: time, as: UTF8.self)), part >= 0, part < 1 else { return nil }
            return (midnight + Int64((part * 86400).rounded()), .second)
        }
        return (midnight + clock.clock, clock.precision)
    }

    static func lack(_ time: ByteView) -> TextDates.Lack {
        if ExportTime.parse(time) != nil { return .nothing }
        guard let found = moment(time) else { return .nothing }
        return switch found.day {
        case .date: .nothing
        case .monthDay: .year
        case .daysAgo, .weekday, .none: .day
        }
    }

    private static func moment(_ text: ByteView) -> Moment? { Moment(whole: text) }
}
