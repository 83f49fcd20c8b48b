internal import Messages

/// chatlog's text: `名(id) 时间`, the words below, a blank line; the date or the year may be left out.
struct ChatlogText: ExportFormat {
    static let slug = "chatlog-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        TextRivals.recognition(of: slug, like: "名(wxid) 03-02 08:14:05", in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        let head = head.text ?? TextHead(lines: [])
        let dates = try TextDates(head, ChatlogGrammar(day: nil).missing, file: file)
        let grammar = ChatlogGrammar(day: dates.assumed?.day)
        return dates.marked(head.reading(grammar, group: FolderName.group(of: file, platform: .wechat)))
    }
}

/// The day that a text without dates is read on, found or asked for.
struct TextDates {
    /// What a header lacks.
    enum Lack { case nothing, year, day }

    let assumed: AssumedDay?

    /// - Throws: when the headers among the first lines lack a date and nothing says it.
    init(_ head: TextHead, _ lack: (ByteView) -> Lack?, file: String) throws(ExportError) {
        var worst = Lack.nothing
        for line in head.lines {
            switch line.withUnsafeBufferPointer(lack) {
            case .day: worst = .day
            case .year where worst == .nothing: worst = .year
            default: break
            }
        }
        switch worst {
        case .nothing:
            assumed = nil
            return
        case .year: assumed = AssumedDay.findYear(named: head.assumedDay, path: file)
        case .day: assumed = AssumedDay.find(named: head.assumedDay, path: file)
        }
        if assumed == nil { throw ExportError(.dateMissing, file: file) }
    }

    /// The reading with a word on what was assumed.
    func marked(_ reading: FormatReading) -> FormatReading {
        guard let assumed else { return reading }
        var reading = reading
        reading.gaps.append(.dateAssumed)
        let day = assumed.day
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        reading.remarks.append("date assumed: \(day.year)-\(two(day.month))-\(two(day.day)), \(assumed.source)")
        return reading
    }
}

/// The lines of chatlog's text.
struct ChatlogGrammar: TextGrammar {
    /// The day of headers that have none.
    let day: CalendarDay?

    func header(_ line: ByteView) -> TextHeader? {
        guard let (start, lack) = Self.timeStart(line) else { return nil }
        var rest = TextLine.trim(line, 0..<start)
        var header = TextHeader()
        var parts = 0
        while parts < 2, !rest.isEmpty, line[rest.upperBound - 1] == 0x5D, let open = Self.open(line.part(rest)) {
            // The group may hold brackets of its own; its id is the last in it. A fork writes its number before it.
            let inner = (rest.lowerBound + open + 2)..<(rest.upperBound - 1)
            if inner.count >= 6, line.part(inner).allSatisfy({ $0 &- 0x30 < 10 }) {
                parts = 2
            } else {
                guard let (name, id) = Self.bracketed(line, inner) else { return nil }
                (header.groupName, header.groupID) = (name, id)
                parts += 1
            }
            rest = TextLine.trim(line, rest.lowerBound..<(rest.lowerBound + open))
        }
        // A date is nobody's id: such a line is a time alone.
        guard !rest.isEmpty, lack != .day || CalendarDay(line.part(rest)) == nil else { return nil }
        if let (name, id) = Self.bracketed(line, rest) {
            (header.name, header.id) = (name, id)
        } else if line.part(rest).equals("系统消息") || Self.isID(line.part(rest)) {
            header.id = rest
        } else {
            return nil
        }
        switch lack {
        case .nothing: header.time = ExportTime.stamp(line, at: start).map { ($0, .second) }
        case .year, .day:
            header.time = Moment(whole: line.part(start..<start + (lack == .year ? 14 : 8)))?.reading(on: day)
        }
        return header
    }

    /// Where the brackets at a text's end open, with a blank before them: pairs inside are a name's.
    private static func open(_ text: ByteView) -> Int? {
        var depth = 0
        var at = text.count - 1
        while at > 0 {
            if text[at] == 0x5D { depth += 1 }
            if text[at] == 0x5B {
                depth -= 1
                if depth == 0 { break }
            }
            at -= 1
        }
        return at > 0 && text[at - 1] == 0x20 ? at - 1 : text.findLast(" [")
    }

    /// Where the time at the line's end begins, and what it lacks.
    private static func timeStart(_ line: ByteView) -> (Int, TextDates.Lack)? {
        var end = line.count
        while end > 0, line[end - 1] <= 0x20 { end -= 1 }
        guard end >= 10, line[end - 3] == 0x3A, line[end - 6] == 0x3A, line[end - 9] == 0x20,
            line[0] > 0x20, !(line[0] == 0x3E && line[1] == 0x20), isClock(line, end - 8)
        else { return nil }
        if end >= 21, Stamps.isShaped(line, at: end - 19), line[end - 20] == 0x20 { return (end - 19, .nothing) }
        if end >= 16, line[end - 15] == 0x20, line[end - 12] == 0x2D, ExportTime.pair(line, end - 14) != nil,
            ExportTime.pair(line, end - 11) != nil
        {
            return (end - 14, .year)
        }
        return (end - 8, .day)
    }

    private static func isClock(_ line: ByteView, _ at: Int) -> Bool {
        guard let hour = ExportTime.pair(line, at), let minute = ExportTime.pair(line, at + 3),
            let second = ExportTime.pair(line, at + 6)
        else { return false }
        return hour < 24 && minute < 60 && second <= 60
    }

    /// `名(id)`: the name may hold brackets, the id holds none.
    private static func bracketed(_ line: ByteView, _ range: Range<Int>) -> (name: Range<Int>, id: Range<Int>)? {
        guard !range.isEmpty, line[range.upperBound - 1] == 0x29 else { return nil }
        var open = range.upperBound - 2
        while open > range.lowerBound, line[open] != 0x28 { open -= 1 }
        let id = (open + 1)..<(range.upperBound - 1)
        guard line[open] == 0x28, !id.isEmpty, isID(line.part(id)) || line.part(id).equals("我") else { return nil }
        return (TextLine.trim(line, range.lowerBound..<open), id)
    }

    private static func isID(_ text: ByteView) -> Bool {
        !text.isEmpty
            && text.allSatisfy {
                $0 &- 0x30 < 10 || $0 | 0x20 &- 0x61 < 26 || $0 == 0x5F || $0 == 0x2D || $0 == 0x40 || $0 == 0x2E
            }
    }

    /// What a line lacks, if it is a header.
    func missing(_ line: ByteView) -> TextDates.Lack? {
        header(line) == nil ? nil : Self.timeStart(line)?.1
    }

    /// `[图片]` without an address: a fork writes so.
    private static func isPlaceholder(_ words: ByteView) -> Bool {
        words.count <= 24 && words.first == 0x5B && words[words.count - 1] == 0x5D
            && !words.contains { $0 == 0x28 || $0 == 0x7C || $0 == 0x0A }
    }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        let isPlain = builder.look(from: start) { view in
            view.first.map { $0 != 0x5B && $0 != 0x21 && $0 != 0x3E } ?? true || Self.isPlaceholder(view)
        }
        if isPlain || record.kind == .system {
            builder.add(record, words: start)
            return
        }
        let content = builder.look(from: start) { Array($0) }
        builder.drop(from: start)
        content.withUnsafeBufferPointer { ChatlogBody.add($0, record, into: &builder) }
    }
}
