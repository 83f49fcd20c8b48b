internal import Messages

/// A line between messages that only says which day follows: `--- 2026-03-02 ---`, `## 2026-03-02`, `【2026年3月2日】`.
struct DayBar: Equatable {
    /// What stands around the date.
    enum Shape: UInt8 {
        case dashes = 1
        case equals = 2
        case hashes = 4
        case stars = 8
        case brackets = 16
        case bare = 32
    }

    let shape: Shape
    /// Days since 1970-01-01.
    let day: Int64

    init?(_ line: ByteView) {
        guard line.count >= 8, line.count <= 200, Self.mayBegin(line[0]), let shape = Self.shape(of: line) else {
            return nil
        }
        var at = Self.skipMarks(line, from: 0)
        guard at < line.count, line[at] &- 0x30 < 10, shape != .bare || line.count <= 48 else { return nil }
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: at)
        guard let moment = Moment(&cursor), moment.precision == .day, case .date(let day) = moment.day else {
            return nil
        }
        at = Self.skipMarks(line, from: cursor.at)
        if let end = Self.weekday(line, at) { at = Self.skipMarks(line, from: end) }
        if let end = Self.count(line, at) { at = Self.skipMarks(line, from: end) }
        guard at == line.count else { return nil }
        (self.shape, self.day) = (shape, day)
    }

    /// True for the first bytes of bars: nearly all Chinese characters begin with others, and so do all letters.
    @inline(__always)
    private static func mayBegin(_ byte: UInt8) -> Bool {
        byte < 0x41 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF || byte == 0xC2 || byte == 0x5B || byte == 0x5F
            || byte == 0x7E
    }

    /// By its first sign; nearly all lines begin with another.
    private static func shape(of line: ByteView) -> Shape? {
        let at = TextLine.trim(line, 0..<line.count).lowerBound
        guard at < line.count else { return nil }
        switch line[at] {
        case 0x30...0x39: return .bare
        case 0x2D, 0x5F, 0x7E: return .dashes
        case 0x3D: return .equals
        case 0x23: return .hashes
        case 0x2A: return .stars
        case 0x5B, 0x28, 0x3C: return .brackets
        case 0xE2:
            if line.holds("═", at: at) { return .equals }
            return MailLine.dashWidth(line, beginningAt: at).map { _ in .dashes }
        case 0xE3:
            let opening: [StaticString] = ["【", "〖", "「"]
            return opening.contains { line.holds($0, at: at) } ? .brackets : nil
        case 0xEF:
            if line.holds("（", at: at) { return .brackets }
            return line.holds("＝", at: at) ? .equals : line.holds("－", at: at) ? .dashes : nil
        default: return nil
        }
    }

    private static let wideMarks: [StaticString] = [
        "—", "─", "－", "–", "═", "＝", "【", "】", "〖", "〗", "「", "」", "（", "）", "，",
    ]

    private static func skipMarks(_ line: ByteView, from start: Int) -> Int {
        var at = start
        while at < line.count {
            switch line[at] {
            case 0x2D, 0x5F, 0x7E, 0x3D, 0x23, 0x2A, 0x5B, 0x5D, 0x28, 0x29, 0x3C, 0x3E, 0x2C: at += 1
            default:
                let width = TextLine.space(line, at)
                if width > 0 {
                    at += width
                } else if line[at] >= 0xE2, let mark = wideMarks.first(where: { line.holds($0, at: at) }) {
                    at += mark.utf8CodeUnitCount
                } else {
                    return at
                }
            }
        }
        return at
    }

    /// The end of `星期一`, `周一`, `一` or `Monday` at an offset.
    private static func weekday(_ line: ByteView, _ start: Int) -> Int? {
        var at = start
        let words: [StaticString] = ["星期", "礼拜", "禮拜", "周", "週"]
        for word in words where line.holds(word, at: at) {
            at += word.utf8CodeUnitCount
            break
        }
        let names: [StaticString] = ["一", "二", "三", "四", "五", "六", "日", "天"]
        for name in names where line.holds(name, at: at) { return at + name.utf8CodeUnitCount }
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: start)
        let english: [StaticString] = [
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu",
            "fri",
            "sat", "sun",
        ]
        for name in english where cursor.takeWord(name) { return cursor.at }
        return nil
    }

    /// The end of `12 条消息` at an offset.
    private static func count(_ line: ByteView, _ start: Int) -> Int? {
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: start)
        _ = cursor.takeText("共")
        cursor.skipSpaces()
        guard cursor.number(atMost: 7) != nil else { return nil }
        cursor.skipSpaces()
        guard cursor.takeText("条") || cursor.takeText("條") else { return nil }
        _ = cursor.takeText("消息") || cursor.takeText("记录") || cursor.takeText("訊息")
        return cursor.at
    }
}

/// The bars that a text has above the messages of each day, where its messages carry their own dates.
///
/// One place for all layouts: such a bar is no message's words, and nothing is lost with it. A line in a body may look like
/// one; so a shape counts only where most days begin with it, and a bar only where the next message is of its day.
struct DayBars: Sendable {
    static let none = DayBars()

    private var shapes: UInt8 = 0

    private init() {}

    /// Judges from a file's first lines by the days of its headers.
    init(_ lines: [[UInt8]], _ grammar: some TextGrammar) {
        var grammar = grammar
        var days = 0
        var counts: [DayBar.Shape: Int] = [:]
        var last: Int64?
        var bar: DayBar?
        var isApart = true
        for line in lines {
            line.withUnsafeBufferPointer { view in
                if TextLine.isBlank(view) {
                    isApart = true
                    return
                }
                defer { isApart = false }
                if let found = DayBar(view) {
                    bar = found
                    isApart = true
                    return
                }
                if grammar.notice(view, isApart: isApart) != nil { return }
                guard let time = grammar.header(view)?.time else { return }
                let day = Self.day(of: time)
                if day != last {
                    days += 1
                    if let bar, bar.day == day { counts[bar.shape, default: 0] += 1 }
                }
                (last, bar) = (day, nil)
            }
        }
        for (shape, count) in counts where count * 2 > days { shapes |= shape.rawValue }
    }

    var isEmpty: Bool { shapes == 0 }

    /// The day of a line that has the shape of this text's bars.
    @inline(__always)
    func day(_ line: ByteView) -> Int64? {
        guard shapes != 0, line.count <= 200 else { return nil }
        // Most texts' heads begin with a date.
        if let first = line.first, first &- 0x30 < 10, line.count > 48 || shapes & DayBar.Shape.bare.rawValue == 0 {
            return nil
        }
        guard let bar = DayBar(line), shapes & bar.shape.rawValue != 0 else { return nil }
        return bar.day
    }

    /// The day of a time in Beijing.
    static func day(of time: ExportTime.Reading) -> Int64 {
        let seconds = time.seconds + ExportTime.beijing
        return seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    }
}
