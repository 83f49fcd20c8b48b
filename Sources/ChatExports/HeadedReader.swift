internal import Messages

/// What a line says that begins a message.
struct TextHeader {
    /// Who spoke: ranges of the line.
    var name: Range<Int> = 0..<0
    var id: Range<Int> = 0..<0
    /// When; nil where the line has a time that cannot be.
    var time: ExportTime.Reading?
    /// The words that stand on the same line.
    var words: Range<Int>?
    var isSystem = false
    /// The group, where each message names its own.
    var groupName: Range<Int> = 0..<0
    var groupID: Range<Int> = 0..<0
}

/// What a line says that is no message and no part of one.
enum TextNotice {
    case passed
    /// From here on the messages are of the group of this name.
    case group([UInt8])
    /// It should say the day of what follows, and cannot be read.
    case broken
}

/// The lines of one text layout: which of them begin a message.
///
/// The reader keeps the rest: bodies, blank lines, look-alikes, chunks.
protocol TextGrammar: Sendable {
    /// Reads a line that may begin a message.
    mutating func header(_ line: ByteView) -> TextHeader?
    /// Reads a line that stands apart from messages: a day, a group, a banner.
    ///
    /// `isApart` when the line before it is blank or the file's first.
    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice?
    /// True for a line that is a notice of the chat program, written between messages without a header.
    func isSystemLine(_ line: ByteView) -> Bool
    /// True when a header is too plain a line to be mistaken for a body's, so that no blank line need stand before it.
    var isUnmistakable: Bool { get }
    /// Makes the message out of the words since a mark; false where there is none.
    mutating func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder)
    /// True where the words always stand right below their header, whatever a few lines look like.
    var wordsFollowAtOnce: Bool { get }
    /// True when `add` asks for the header's name.
    var keepsName: Bool { get }
    /// True where a blank line stands behind words, and may be missing behind a file.
    var skipsBlankBehindFiles: Bool { get }
    var platform: Platform { get }
}

extension TextGrammar {
    mutating func notice(_ line: ByteView, isApart: Bool) -> TextNotice? { nil }
    func isSystemLine(_ line: ByteView) -> Bool { false }
    var isUnmistakable: Bool { false }
    var wordsFollowAtOnce: Bool { false }
    var keepsName: Bool { false }
    var skipsBlankBehindFiles: Bool { false }
    var platform: Platform { .wechat }

    func add(
        _ record: MessageBlock.Record, from start: Int, header: ByteView, isAlone: Bool,
        into builder: inout BlockBuilder
    ) {
        builder.add(record, words: start)
    }
}

/// Reads a text in which a line begins each message and its words stand behind or below.
struct HeadedReader<Grammar: TextGrammar>: LineReader {
    private var grammar: Grammar
    private let spacing: TextSpacing
    private let bars: DayBars
    /// A bar that waits for the message behind it, its number and day, and the blank lines behind it.
    private var barLine: [UInt8] = []
    private var barNumber = 0
    private var barDay: Int64 = 0
    private var barBlanks = 0
    /// True between the title of a group and its first message.
    private var isInTitle = false
    private var groupName: [UInt8] = []
    private var groupID: [UInt8] = []
    /// A line that is a header if a blank line follows, what it says, and its number.
    private var heldLine: [UInt8] = []
    private var heldHeader = TextHeader()
    private var heldNumber = 0
    private var isApart = true
    /// The message that is open; its words stand in the builder from `start`.
    private var record = MessageBlock.Record()
    private var isOpen = false
    private var start = 0
    private var bodyLines = 0
    private var isAlone = false
    private var blanks = 0
    private var name: [UInt8] = []
    /// The words of the open message between two chunks.
    private var carried: [UInt8] = []
    private var lastTime: ExportTime.Reading?
    private var messageLines = 0
    var lineCount: Int? { messageLines }

    init(_ grammar: Grammar, spacing: TextSpacing, bars: DayBars = .none) {
        self.grammar = grammar
        self.spacing = spacing
        self.bars = bars
    }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if line.count > builder.context.longestText {
            // It costs itself, not the message that it stands in.
            builder.reject(.tooLong, line: number)
            return
        }
        let isBlank = TextLine.isBlank(line)
        if heldNumber > 0 { settleHeld(isFollowedByBlank: isBlank, into: &builder) }
        if isBlank {
            if barNumber > 0 { barBlanks += 1 } else if isOpen { blanks += 1 } else { builder.pass() }
            isApart = true
            return
        }
        if !bars.isEmpty, let day = bars.day(line), !isBelowHeader {
            passBar(into: &builder)
            barLine.removeAll(keepingCapacity: true)
            barLine.append(contentsOf: line)
            (barNumber, barDay) = (number, day)
            isApart = true
            return
        }
        if let notice = grammar.notice(line, isApart: isApart || !isOpen) {
            keepBar(into: &builder)
            close(into: &builder)
            if case .group(let name) = notice { (groupName, groupID, isInTitle) = (name, [], true) }
            if case .broken = notice {
                builder.reject(.badTime, line: number)
                isApart = true
                return
            }
            builder.pass()
            // A header may follow at once.
            isApart = true
            return
        }
        let mayBegin =
            isApart || !spacing.hasBlankBefore || grammar.isUnmistakable
            || isBehindOneLine && builder.look(from: start, Self.isFile)
        if mayBegin, let header = grammar.header(line) {
            if spacing.hasBlankAfter, header.words == nil {
                heldLine.removeAll(keepingCapacity: true)
                heldLine.append(contentsOf: line)
                (heldHeader, heldNumber) = (header, number)
            } else {
                begin(header, line, number: number, into: &builder)
                isApart = false
            }
            return
        }
        take(line, number: number, into: &builder)
        isApart = false
    }

    mutating func pause(_ builder: inout BlockBuilder) {
        guard isOpen else { return }
        carried.removeAll(keepingCapacity: true)
        builder.look(from: start) { carried.append(contentsOf: $0) }
        builder.drop(from: start)
    }

    mutating func resume(_ builder: inout BlockBuilder) {
        guard isOpen else { return }
        start = builder.mark
        carried.withUnsafeBufferPointer { builder.append($0) }
    }

    mutating func finish(into builder: inout BlockBuilder) {
        if heldNumber > 0 { settleHeld(isFollowedByBlank: true, into: &builder) }
        keepBar(into: &builder)
        close(into: &builder)
    }

    // MARK: Headers

    /// True where a message that is open has one line of words, behind which a program may write no blank line.
    private var isBehindOneLine: Bool { grammar.skipsBlankBehindFiles && isOpen && bodyLines == 1 && blanks == 0 }

    /// True for what stands in place of a file or a picture.
    private static func isFile(_ words: ByteView) -> Bool {
        guard let first = words.first, first == 0x5B || first == 0xE3 else { return false }
        switch ContentRules.read(words, kind: .text, trust: .untyped).kind {
        case .file, .image, .video, .sticker, .voice, .location, .card, .link, .call: return true
        default: return false
        }
    }

    private mutating func settleHeld(isFollowedByBlank: Bool, into builder: inout BlockBuilder) {
        let number = heldNumber
        let line = exchange(&heldLine, with: [])
        heldNumber = 0
        line.withUnsafeBufferPointer { line in
            if isFollowedByBlank {
                begin(heldHeader, line, number: number, into: &builder)
            } else {
                take(line, number: number, into: &builder)
            }
        }
        heldLine = line
        isApart = false
    }

    private mutating func begin(
        _ header: TextHeader, _ line: ByteView, number: Int, into builder: inout BlockBuilder
    ) {
        settleBar(before: header, into: &builder)
        close(into: &builder)
        isInTitle = false
        guard let read = header.time, case .time(let time) = builder.plausible(read) else {
            builder.reject(.badTime, line: number)
            return
        }
        lastTime = time
        record = MessageBlock.Record()
        (record.sentAt, record.precision) = time
        record.line = Int32(truncatingIfNeeded: number)
        if header.isSystem {
            record.kind = .system
        } else {
            record.speakerKey = SpeakerKey.key(id: line.part(header.id), name: line.part(header.name), ordinal: number)
            if record.speakerKey == 0 { record.kind = .system }
        }
        if !header.groupID.isEmpty || !header.groupName.isEmpty { enter(header, line) }
        if grammar.keepsName {
            name.removeAll(keepingCapacity: true)
            name.append(contentsOf: line.part(header.name))
        }
        isOpen = true
        isAlone = true
        messageLines += 1
        start = builder.mark
        bodyLines = 0
        if let words = header.words, !words.isEmpty {
            builder.append(line.part(words))
            bodyLines = 1
        }
    }

    private mutating func enter(_ header: TextHeader, _ line: ByteView) {
        if !line.part(header.groupID).equals(groupID) { groupID = Array(line[header.groupID]) }
        if !line.part(header.groupName).equals(groupName) { groupName = Array(line[header.groupName]) }
    }

    // MARK: Bars

    /// True where a header's words may stand: they are its words, whatever they look like.
    private var isBelowHeader: Bool { isOpen && bodyLines == 0 && (blanks == 0 || spacing.hasBlankAfter) }

    /// The message behind a bar is there: of the bar's day, or the bar was somebody's words.
    @inline(__always)
    private mutating func settleBar(before header: TextHeader, into builder: inout BlockBuilder) {
        guard barNumber > 0 else { return }
        if let time = header.time, DayBars.day(of: time) == barDay {
            passBar(into: &builder)
        } else {
            keepBar(into: &builder)
        }
    }

    private mutating func passBar(into builder: inout BlockBuilder) {
        guard barNumber > 0 else { return }
        for _ in 0...barBlanks { builder.pass() }
        (barNumber, barBlanks) = (0, 0)
    }

    /// A bar that no message of its day follows: it stays with the words that it stands in.
    private mutating func keepBar(into builder: inout BlockBuilder) {
        guard barNumber > 0 else { return }
        guard isOpen else { return passBar(into: &builder) }
        let (number, after) = (barNumber, barBlanks)
        (barNumber, barBlanks) = (0, 0)
        let line = exchange(&barLine, with: [])
        line.withUnsafeBufferPointer { take($0, number: number, into: &builder) }
        barLine = line
        if isOpen { blanks = after } else { for _ in 0..<after { builder.pass() } }
    }

    // MARK: Bodies

    /// Takes a line that is no header: a body's, or a stray one.
    private mutating func take(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if barNumber > 0 { keepBar(into: &builder) }
        guard isOpen else {
            if isApart, addSystemLine(line, number: number, into: &builder) { return }
            // What stands above the first message and says what the file is, is no loss.
            if lastTime == nil || isInTitle, line.count <= 96, TextTitle.isPart(line) { return builder.pass() }
            builder.reject(.strayLine, line: number)
            return
        }
        if isApart, bodyLines > 0 || blanks > 0, grammar.isSystemLine(line) {
            close(into: &builder)
            if addSystemLine(line, number: number, into: &builder) { return }
        }
        if bodyLines > 0 {
            for _ in 0...blanks { builder.append("\n") }
            messageLines += blanks
        } else {
            for _ in 0..<blanks { builder.pass() }
        }
        blanks = 0
        bodyLines += 1
        messageLines += 1
        isAlone = false
        builder.append(line)
        if builder.mark - start > builder.context.longestText {
            builder.drop(from: start)
            builder.reject(.tooLong, line: Int(record.line))
            // One of its lines is the reject.
            messageLines -= 1
            isOpen = false
        }
    }

    private mutating func addSystemLine(_ line: ByteView, number: Int, into builder: inout BlockBuilder) -> Bool {
        guard let lastTime, grammar.isSystemLine(line) else { return false }
        var record = MessageBlock.Record()
        (record.sentAt, record.precision) = lastTime
        record.line = Int32(truncatingIfNeeded: number)
        record.kind = .system
        record.group = group(of: &builder)
        let start = builder.mark
        builder.append(TextLine.trimmed(line))
        let rejects = builder.rejectCount
        builder.add(record, words: start)
        messageLines += 1 - (builder.rejectCount - rejects)
        return true
    }

    /// Hands out the open message; blank lines behind it are nobody's.
    private mutating func close(into builder: inout BlockBuilder) {
        for _ in 0..<blanks { builder.pass() }
        blanks = 0
        guard isOpen else { return }
        isOpen = false
        // Only now: a message may be handed out a chunk later than it was begun.
        record.group = group(of: &builder)
        let rejects = builder.rejectCount
        // Of the lines of a message that is refused now, one is the reject.
        defer { messageLines -= builder.rejectCount - rejects }
        if grammar.keepsName {
            name.withUnsafeBufferPointer {
                grammar.add(record, from: start, header: $0, isAlone: isAlone, into: &builder)
            }
        } else {
            let nothing = ByteView(start: nil, count: 0)
            grammar.add(record, from: start, header: nothing, isAlone: isAlone, into: &builder)
        }
    }

    private func group(of builder: inout BlockBuilder) -> Int32 {
        if groupName.isEmpty, groupID.isEmpty { return builder.group() }
        return groupName.withUnsafeBufferPointer { name in
            groupID.withUnsafeBufferPointer { builder.group(id: $0, name: name, platform: grammar.platform) }
        }
    }
}

extension BlockBuilder {
    /// Adds a message whose words stand since a mark: its kind, its quote, the items of a merged forward.
    @inline(__always)
    mutating func add(_ header: MessageBlock.Record, words start: Int) {
        var record = header
        if mark == start {
            if record.kind == .text { record.kind = .other }
            add(record)
            return
        }
        let kind = record.kind
        let reading = look(from: start) { ContentRules.read($0, kind: kind, trust: .untyped) }
        if reading.kind == .forward {
            addForward(record, from: start)
            return
        }
        settle(reading, from: start, into: &record)
        add(record)
    }

    /// Adds a merged forward: its title, and its items as messages of their own.
    private mutating func addForward(_ header: MessageBlock.Record, from start: Int) {
        let text = look(from: start) { Array($0) }
        drop(from: start)
        text.withUnsafeBufferPointer { view in
            let (title, items) = ForwardText.items(of: view)
            var record = header
            record.kind = .forward
            let begin = mark
            append(view.part(title))
            if mark == begin { append(WeChatKinds.placeholder(.forward)) }
            record.text = MessageBlock.Slice(start: begin, end: mark)
            add(record)
            addForwarded(items, of: text, parent: record)
        }
    }
}
