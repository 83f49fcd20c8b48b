internal import Messages

/// Text that was copied out of a chat window and pasted: WeChat, WeCom, DingTalk, QQ, in any of the layouts that these write.
struct PastedText: ExportFormat {
    static let slug = "pasted-text"
    var slug: String { Self.slug }

    func recognise(_ head: ExportHead) -> Recognition {
        guard let lines = head.text?.lines else { return Recognition(missing: ["text"]) }
        return TextRivals.recognition(of: slug, like: PastedLayout(lines).example, in: head)
    }

    func reading(_ head: ExportHead, file: String) throws(ExportError) -> FormatReading {
        try Self.reading(head.text ?? TextHead(lines: []), file: file).reading
    }

    /// How to read lines of a pasted text, and their reader.
    static func reading(
        _ head: TextHead, file: String
    ) throws(ExportError) -> (reading: FormatReading, reader: any LineReader) {
        let layout = PastedLayout(head.lines)
        let group = FolderName.group(of: file, platform: .wechat)
        let title = TextTitle(head.lines)
        if layout.isOverTime {
            let joined = TextHead(lines: NameOverTime.joined(head.lines))
            let grammar = OverTimeGrammar()
            let inner = HeadedReader(
                grammar, spacing: joined.spacing(of: grammar), bars: DayBars(joined.lines, grammar))
            let reader = DirectReader(OverTimeReader(inner, hasBlankBefore: joined.spacing(of: grammar).hasBlankBefore))
            return (title.named(FormatReading(group: group, source: .lines(reader))), reader)
        }
        var grammar = PastedGrammar(layout, day: nil)
        if !layout.hasDates { grammar.takeBars(of: head.lines) }
        let hasBars = grammar.hasBars
        let dates = try TextDates(head, { hasBars ? nil : grammar.missing($0) }, file: file)
        grammar.day = dates.assumed?.day
        grammar.takeNameless()
        let bars = layout.hasDates ? DayBars(head.lines, grammar) : .none
        let reader = DirectReader(HeadedReader(grammar, spacing: head.spacing(of: grammar), bars: bars))
        return (dates.marked(title.named(FormatReading(group: group, source: .lines(reader)))), reader)
    }
}

/// The lines of a pasted text.
struct PastedGrammar: TextGrammar {
    private let shapes: [PastedLayout.Shape]
    private let hasDates: Bool
    private let colon: PastedColon
    private let hasSections: Bool
    /// The shape of the bars that name the days of heads without dates.
    private var barShape: DayBar.Shape?
    private var barsAreApart = false
    /// The day of heads that have none.
    var day: CalendarDay?
    /// The day of the last bar.
    private var bar: CalendarDay?
    /// True where a line with a time and no name begins a message, too.
    private var takesNameless = false

    init(_ layout: PastedLayout, day: CalendarDay?) {
        shapes = PastedLayout.Shape.allCases.filter { layout.shapes.contains($0) }
        isUnmistakable = shapes.allSatisfy { [.bracketName, .timeWords, .timePair, .columns].contains($0) }
        colon = layout.colon
        hasSections = layout.hasSections
        hasDates = layout.hasDates
        self.day = day
    }

    /// Heads that hold the words, too, are lines that nobody writes by hand.
    let isUnmistakable: Bool
    /// WeCom's copies.
    var skipsBlankBehindFiles: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        for shape in shapes {
            guard let head = PastedHead(line, shape, colon) else { continue }
            if let moment = head.moment {
                if hasDates, moment.day == .none { continue }
                return TextHeader(name: head.name, time: moment.reading(on: bar ?? day), words: head.words)
            }
            let time = (bar ?? day).map { ($0.number * 86400 - ExportTime.beijing, TimePrecision.day) }
            return TextHeader(name: head.name, time: time)
        }
        return takesNameless ? nameless(line) : nil
    }

    /// Takes lines without a name, too, where the others have names behind their times; they don't tell what the text is.
    mutating func takeNameless() {
        takesNameless = !shapes.isEmpty && isUnmistakable
    }

    /// True where bars say the days.
    var hasBars: Bool { barShape != nil }

    /// Finds the bars that name the days: the first one stands above the first head.
    mutating func takeBars(of lines: [[UInt8]]) {
        var isBehindHead = false
        var isApart = true
        var hasBlanks = false
        for line in lines {
            line.withUnsafeBufferPointer { view in
                let isBlank = TextLine.isBlank(view)
                hasBlanks = hasBlanks || isBlank
                defer { isApart = isBlank }
                guard let bar = DayBar(view) else {
                    isBehindHead = isBehindHead || header(view) != nil
                    return
                }
                if barShape == nil {
                    // WeChat's own bars of dashes stand anywhere.
                    let isOwn = Self.dayBar(view) != nil
                    if isOwn || bar.shape != .dashes && !isBehindHead { (barShape, barsAreApart) = (bar.shape, !isOwn) }
                } else if bar.shape == barShape, !isApart {
                    barsAreApart = false
                }
            }
        }
        // A bar that is missed would put all that follows under the day before.
        if !hasBlanks { barsAreApart = false }
    }

    /// `[2026-03-02 08:14] 正文`: a notice, or the words of somebody whom the tool didn't know.
    private func nameless(_ line: ByteView) -> TextHeader? {
        guard let first = line.first else { return nil }
        if first != 0x5B { return namelessColumn(line) }
        guard shapes.contains(.bracketName) || shapes.contains(.timePair),
            let (rest, moment) = PastedHead.bracketTime(line), hasDates != moment.needsDay,
            moment.precision != .day, !rest.isEmpty
        else { return nil }
        let words = line.part(rest)
        let tag: StaticString = "[系统]"
        let isTagged = words.begins(with: tag)
        let start = rest.lowerBound + (isTagged ? tag.utf8CodeUnitCount : 0)
        return TextHeader(
            time: moment.reading(on: bar ?? day), words: TextLine.trim(line, start..<rest.upperBound),
            isSystem: isTagged || SystemLine.isNotice(words))
    }

    /// `2026-03-02 08:14⇥正文`, and notices behind a bare time.
    private func namelessColumn(_ line: ByteView) -> TextHeader? {
        guard let (moment, rest, sign) = PastedHead.timeOnly(line), hasDates != moment.needsDay else { return nil }
        let isNotice = SystemLine.isNotice(line.part(rest))
        guard shapes == [.columns] && sign != nil || isNotice && hasDates && shapes != [.bracketName] else {
            return nil
        }
        return TextHeader(time: moment.reading(on: bar ?? day), words: rest, isSystem: isNotice)
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        if hasSections, isApart, let name = SectionTitle.name(line) { return .group(name) }
        guard let barShape else { return nil }
        if barShape == .dashes, isApart, DayBar(line) == nil, MailLine.isBrokenBar(line) {
            (bar, day) = (nil, nil)
            return .broken
        }
        guard isApart || !barsAreApart, line.count <= 200, let bar = DayBar(line), bar.shape == barShape,
            barShape != .dashes || Self.dayBar(line) != nil
        else { return nil }
        self.bar = CalendarDay(number: bar.day)
        return .passed
    }

    func isSystemLine(_ line: ByteView) -> Bool { SystemLine.isNoticeAmongWords(TextLine.trimmed(line)) }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        // A tool that writes one line a message keeps of a reply only what it quotes.
        if isAlone, shapes == [.bracketName], builder.look(from: start, { $0.begins(with: "[引用] ") }) {
            return ExportStudio.addQuoteAlone(record, from: start, into: &builder)
        }
        builder.add(record, words: start)
    }

    /// What a line lacks, if it is a head.
    func missing(_ line: ByteView) -> TextDates.Lack? {
        for shape in shapes {
            guard let head = PastedHead(line, shape, colon) else { continue }
            guard let moment = head.moment else { return .day }
            if hasDates, moment.day == .none { continue }
            switch moment.day {
            case .date: return .nothing
            case .monthDay: return .year
            case .daysAgo, .weekday, .none: return .day
            }
        }
        return nil
    }

    /// The day of `— —  2026-3-2  — —`: at least two dashes on either side, blanks between them.
    static func dayBar(_ line: ByteView) -> CalendarDay? {
        let inner = TextLine.trim(line, 0..<line.count)
        var low = inner.lowerBound
        var high = inner.upperBound
        var before = 0
        var after = 0
        while low < high {
            let width = max(MailLine.dashWidth(line, beginningAt: low) ?? 0, TextLine.space(line, low))
            if width == 0 { break }
            if TextLine.space(line, low) == 0 { before += 1 }
            low += width
        }
        while high > low {
            let space = TextLine.space(line, endingAt: high, from: low)
            let width = space > 0 ? space : MailLine.dashWidth(line, endingAt: high) ?? 0
            if width == 0 { break }
            if space == 0 { after += 1 }
            high -= width
        }
        guard before >= 2, after >= 2, high - low >= 8, high - low <= 48 else { return nil }
        return CalendarDay(line.part(low..<high)) ?? DayBar(line).flatMap { CalendarDay(number: $0.day) }
    }
}
