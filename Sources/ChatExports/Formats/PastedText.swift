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
        let hasBars = head.lines.contains { $0.withUnsafeBufferPointer { PastedGrammar.dayBar($0) != nil } }
        var grammar = PastedGrammar(layout, day: nil)
        let dates = try TextDates(head, { hasBars ? nil : grammar.missing($0) }, file: file)
        grammar.day = dates.assumed?.day
        grammar.takeNameless()
        let group = FolderName.group(of: file, platform: .wechat)
        let reader = DirectReader(HeadedReader(grammar, spacing: head.spacing(of: grammar)))
        return (dates.marked(FormatReading(group: group, source: .lines(reader))), reader)
    }
}

/// Which of the ways to write who and when a pasted text uses.
struct PastedLayout: Sendable, Equatable {
    enum Shape: CaseIterable {
        /// `名 2026-03-02 8:14`, `名 昨天 8:14`, `名 8:14`.
        case nameTime
        /// `名(2026-03-02 08:14:05)`.
        case nameBracket
        /// `[2026-03-02 08:14] 名: 正文`.
        case bracketName
        /// `2026-03-02 08:14 名：正文`.
        case timeWords
        /// `2026-03-02 08:14 名`, the words below.
        case timeName
        /// `名：`, the words below; no time at all.
        case nameColon
    }

    /// The shapes that this text uses.
    private(set) var shapes: Set<Shape> = []
    /// True when the text's heads name their day: then a bare clock at a line's end is no head.
    private(set) var hasDates = false
    /// The lines that begin a message.
    private(set) var count = 0

    init(_ lines: [[UInt8]]) {
        var counts: [Shape: Int] = [:]
        var dated: [Shape: Int] = [:]
        var isApart = true
        for line in lines {
            line.withUnsafeBufferPointer { view in
                let isBlank = TextLine.isBlank(view)
                defer { isApart = isBlank }
                guard !isBlank else { return }
                for shape in Shape.allCases {
                    guard let head = PastedHead(view, shape), shape != .nameColon || isApart else { continue }
                    counts[shape, default: 0] += 1
                    if let moment = head.moment, !moment.needsDay { dated[shape, default: 0] += 1 }
                    return
                }
            }
        }
        // Lines of a name and a colon are too plain to be told by one or two of them.
        if counts[.nameColon, default: 0] < 2 || counts.count > 1 { counts[.nameColon] = nil }
        guard let most = counts.values.max() else { return }
        shapes = Set(counts.filter { $0.value * 3 >= most }.keys)
        count = shapes.reduce(0) { $0 + counts[$1, default: 0] }
        hasDates = shapes.reduce(0) { $0 + dated[$1, default: 0] } * 2 > count
    }

    /// How a head looks, for `read --explain`.
    var example: String {
        if shapes.contains(.bracketName) { return "[2026-03-02 08:14] 名: 正文" }
        if shapes.contains(.timeWords) { return "2026-03-02 08:14 名：正文" }
        if shapes.contains(.timeName) { return "2026-03-02 08:14 名" }
        if shapes.contains(.nameBracket) { return "名(2026-03-02 08:14:05)" }
        if shapes.contains(.nameColon) { return "名：" }
        return hasDates || shapes.isEmpty ? "名 2026-03-02 8:14" : "名 8:14"
    }
}

/// A line read as the head of a pasted message.
struct PastedHead {
    private static let longestName = 120

    var name: Range<Int>
    var moment: Moment?
    var words: Range<Int>?

    /// Nil when the line isn't of that shape.
    init?(_ line: ByteView, _ shape: PastedLayout.Shape) {
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.count >= 3 else { return nil }
        let found: PastedHead? =
            switch shape {
            case .nameTime: Self.nameTime(line, inner)
            case .nameBracket: Self.nameBracket(line, inner)
            case .bracketName: Self.bracketName(line, inner)
            case .timeWords: Self.timeFirst(line, inner, withWords: true)
            case .timeName: Self.timeFirst(line, inner, withWords: false)
            case .nameColon: Self.nameColon(line, inner)
            }
        guard let found, !found.name.isEmpty, found.name.count <= Self.longestName,
            found.moment == nil || !TitleLabel.isTitle(line.part(found.name))
        else { return nil }
        self = found
    }

    private init(name: Range<Int>, moment: Moment?, words: Range<Int>? = nil) {
        (self.name, self.moment, self.words) = (name, moment, words)
    }

    private static func nameTime(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        // chatlog's quotes and the items of its forwards are no heads.
        guard inner.lowerBound == 0, !(line[0] == 0x3E && line[1] == 0x20) else { return nil }
        let end = inner.upperBound
        let last = line[end - 1]
        guard last &- 0x30 < 10 || last | 0x20 == 0x6D || last == 0x2E, inner.count >= 6 else { return nil }
        // A clock stands at the end, so a colon is near it.
        let near = line.part(max(inner.lowerBound, end - 12)..<end)
        guard near.contains(0x3A) else { return nil }
        // The longest time that ends the line: a date before the clock is no part of the name.
        var at = max(inner.lowerBound, end - 44)
        while at < end - 3 {
            let width = TextLine.space(line, at)
            if width == 0 {
                at += 1
                continue
            }
            at += width
            if let moment = Moment(whole: line.part(at..<end)) {
                let name = TextLine.trim(line, inner.lowerBound..<at)
                return PastedHead(name: withoutColon(line, name), moment: moment)
            }
        }
        return nil
    }

    private static func nameBracket(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        let part = line.part(inner)
        let pairs: [(StaticString, StaticString)] = [("(", ")"), ("（", "）"), ("[", "]")]
        for (open, close) in pairs where part.ends(with: close) {
            guard let at = part.findLast(open) else { continue }
            let time = (at + open.utf8CodeUnitCount)..<(part.count - close.utf8CodeUnitCount)
            guard time.count >= 4, let moment = Moment(whole: part.part(time)) else { continue }
            return PastedHead(
                name: TextLine.trim(line, inner.lowerBound..<(inner.lowerBound + at)), moment: moment)
        }
        return nil
    }

    private static func bracketName(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        guard line[inner.lowerBound] == 0x5B, let close = line.part(inner).find("]"), close < 48 else { return nil }
        let end = inner.lowerBound + close
        guard let moment = Moment(whole: line.part((inner.lowerBound + 1)..<end)) else { return nil }
        return named(line, TextLine.trim(line, (end + 1)..<inner.upperBound), moment, needsWords: false)
    }

    /// The time in brackets at a line's beginning, and what stands behind it.
    static func bracketTime(_ line: ByteView) -> (rest: Range<Int>, moment: Moment)? {
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.lowerBound == 0, let close = line.part(inner).find("]"), close < 48,
            let moment = Moment(whole: line.part(1..<close))
        else { return nil }
        return (TextLine.trim(line, (close + 1)..<inner.upperBound), moment)
    }

    private static func timeFirst(_ line: ByteView, _ inner: Range<Int>, withWords: Bool) -> PastedHead? {
        guard line[inner.lowerBound] &- 0x30 < 10 else { return nil }
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: inner.lowerBound)
        guard let moment = Moment(&cursor), moment.precision != .day, !moment.needsDay, cursor.at < inner.upperBound,
            TextLine.space(line, cursor.at) > 0
        else { return nil }
        let rest = TextLine.trim(line, cursor.at..<inner.upperBound)
        if withWords { return named(line, rest, moment, needsWords: true) }
        return PastedHead(name: withoutColon(line, rest), moment: moment)
    }

    /// `名: 正文` or `名：正文`; without words behind the colon they stand below.
    private static func named(
        _ line: ByteView, _ rest: Range<Int>, _ moment: Moment, needsWords: Bool
    ) -> PastedHead? {
        // A name is short, so that the colon behind it is near.
        let part = line.part(rest.lowerBound..<min(rest.upperBound, rest.lowerBound + longestName + 3))
        let narrow = JSONScan.byte(0x3A, or: 0x3A, in: part, from: 0)
        var colon = narrow
        var width = 1
        if let wide = part.part(0..<narrow).find("：") { (colon, width) = (wide, "：".utf8.count) }
        guard colon < part.count else { return nil }
        let words = TextLine.trim(line, (rest.lowerBound + colon + width)..<rest.upperBound)
        let name = TextLine.trim(line, rest.lowerBound..<(rest.lowerBound + colon))
        if words.isEmpty, needsWords { return nil }
        return PastedHead(name: name, moment: moment, words: words.isEmpty ? nil : words)
    }

    private static func nameColon(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        let name = withoutColon(line, inner)
        guard name.count < inner.count, name.count <= 60, !line.part(name).contains(0x2F) else { return nil }
        let part = line.part(name)
        // A sentence may end in a colon, too: names hold no marks.
        for mark: StaticString in ["，", "。", "：", "！", "？", "、", "；"] where part.find(mark) != nil { return nil }
        return PastedHead(name: name, moment: nil)
    }

    private static func withoutColon(_ line: ByteView, _ range: Range<Int>) -> Range<Int> {
        let part = line.part(range)
        for colon: StaticString in [":", "："] where part.ends(with: colon) {
            return TextLine.trim(line, range.lowerBound..<(range.upperBound - colon.utf8CodeUnitCount))
        }
        return range
    }
}

/// The lines of a pasted text.
struct PastedGrammar: TextGrammar {
    private let shapes: [PastedLayout.Shape]
    private let hasDates: Bool
    /// The day of heads that have none.
    var day: CalendarDay?
    /// The day of the last bar.
    private var bar: CalendarDay?
    /// True where a line with a time and no name begins a message, too.
    private var takesNameless = false

    init(_ layout: PastedLayout, day: CalendarDay?) {
        shapes = PastedLayout.Shape.allCases.filter { layout.shapes.contains($0) }
        isUnmistakable = shapes.allSatisfy { $0 == .bracketName || $0 == .timeWords }
        hasDates = layout.hasDates
        self.day = day
    }

    /// Heads that hold the words, too, are lines that nobody writes by hand.
    let isUnmistakable: Bool
    /// WeCom's copies.
    var skipsBlankBehindFiles: Bool { true }

    func header(_ line: ByteView) -> TextHeader? {
        for shape in shapes {
            guard let head = PastedHead(line, shape) else { continue }
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
    mutating func takeNameless() { takesNameless = shapes.contains(.bracketName) }

    /// `[2026-03-02 08:14] 正文`: a notice, or the words of somebody whom the tool didn't know.
    private func nameless(_ line: ByteView) -> TextHeader? {
        guard line.first == 0x5B, let (rest, moment) = PastedHead.bracketTime(line), case .date = moment.day,
            moment.precision != .day, !rest.isEmpty
        else { return nil }
        let words = line.part(rest)
        let tag: StaticString = "[系统]"
        let isTagged = words.begins(with: tag)
        let start = rest.lowerBound + (isTagged ? tag.utf8CodeUnitCount : 0)
        return TextHeader(
            time: moment.reading(on: nil), words: TextLine.trim(line, start..<rest.upperBound),
            isSystem: isTagged || SystemLine.isNotice(words))
    }

    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? {
        // Blanks and dashes begin with few bytes, and Chinese characters with others.
        guard let lead = line.first,
            lead <= 0x20 || lead == 0x2D || lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF,
            let day = Self.dayBar(line)
        else { return nil }
        bar = day
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
            guard let head = PastedHead(line, shape) else { continue }
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
        guard before >= 2, after >= 2, high - low >= 8, high - low <= 24 else { return nil }
        return CalendarDay(line.part(low..<high))
    }
}
