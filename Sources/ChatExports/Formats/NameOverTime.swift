internal import Messages

/// A layout of three lines: the name, below it a line with nothing but the date and the clock, and below that the words.
enum NameOverTime {
    /// True for a line that is a date with a clock and nothing else.
    static func isTime(_ line: ByteView) -> Bool {
        guard line.count >= 11, line.count <= 60, line[0] &- 0x30 < 10 || line[0] == 0x20 || line[0] == 0x09 else {
            return false
        }
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.count >= 11, inner.count <= 48, line[inner.lowerBound] &- 0x30 < 10,
            let moment = Moment(whole: line.part(inner))
        else { return false }
        return !moment.needsDay
    }

    /// True for a line that may be a name.
    static func isName(_ line: ByteView) -> Bool {
        !line.isEmpty && line.count <= 120 && !TextLine.isBlank(line) && !isTime(line)
    }

    /// The messages of this layout among a text's first lines.
    static func count(_ lines: [[UInt8]]) -> Int {
        var count = 0
        var above: [UInt8] = []
        for line in lines {
            let isHead =
                line.withUnsafeBufferPointer(isTime) && above.withUnsafeBufferPointer { isName($0) && !isTitle($0) }
            if isHead { count += 1 }
            above = line
        }
        return count
    }

    private static func isTitle(_ line: ByteView) -> Bool {
        TitleLabel.isTitleLine(line) || TitleLabel.isTitle(line) || DayBar(line) != nil
    }

    /// The lines with each name and its time on one: as `OverTimeReader` hands them on.
    static func joined(_ lines: [[UInt8]]) -> [[UInt8]] {
        var joined: [[UInt8]] = []
        for line in lines {
            if line.withUnsafeBufferPointer(isTime), let above = joined.last, above.withUnsafeBufferPointer(isName) {
                joined[joined.count - 1] = join(above, line)
            } else {
                joined.append(line)
            }
        }
        return joined
    }

    /// A sign that separates units, around a name: no line of a person's begins so.
    static let mark: UInt8 = 0x1F

    static func join(_ name: [UInt8], _ time: some Sequence<UInt8>) -> [UInt8] { [mark] + name + [mark] + time }
}

/// The lines of that layout, a name and its time on one.
struct OverTimeGrammar: TextGrammar {
    func header(_ line: ByteView) -> TextHeader? {
        guard line.first == NameOverTime.mark else { return nil }
        var end = line.count - 1
        while end > 0, line[end] != NameOverTime.mark { end -= 1 }
        guard end > 0, let moment = Moment(whole: line.part((end + 1)..<line.count)) else { return nil }
        return TextHeader(name: TextLine.trim(line, 1..<end), time: moment.reading(on: nil))
    }

    var wordsFollowAtOnce: Bool { true }

    func isSystemLine(_ line: ByteView) -> Bool { SystemLine.isNoticeAmongWords(TextLine.trimmed(line)) }
}

/// Puts each name and the time below it on one line, and hands all lines on.
struct OverTimeReader: LineReader {
    private var inner: HeadedReader<OverTimeGrammar>
    private let hasBlankBefore: Bool
    /// The line that may be a name, and its number.
    private var above: [UInt8] = []
    private var number = 0
    /// A name with its time: kept for its room.
    private var joined: [UInt8] = []
    private var isApart = true
    /// The lines with a time, which the inner reader doesn't see.
    private var times = 0

    init(_ inner: HeadedReader<OverTimeGrammar>, hasBlankBefore: Bool) {
        self.inner = inner
        self.hasBlankBefore = hasBlankBefore
    }

    var lineCount: Int? { inner.lineCount.map { $0 + times } }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if self.number > 0 {
            if NameOverTime.isTime(line) {
                joined.removeAll(keepingCapacity: true)
                joined.append(NameOverTime.mark)
                joined.append(contentsOf: above)
                joined.append(NameOverTime.mark)
                joined.append(contentsOf: line)
                let first = self.number
                self.number = 0
                times += 1
                isApart = false
                return joined.withUnsafeBufferPointer { inner.read($0, number: first, into: &builder) }
            }
            release(into: &builder)
        }
        if isApart || !hasBlankBefore, NameOverTime.isName(line) {
            above.removeAll(keepingCapacity: true)
            above.append(contentsOf: line)
            self.number = number
            isApart = false
            return
        }
        isApart = TextLine.isBlank(line)
        inner.read(line, number: number, into: &builder)
    }

    private mutating func release(into builder: inout BlockBuilder) {
        guard number > 0 else { return }
        let line = exchange(&above, with: [])
        line.withUnsafeBufferPointer { inner.read($0, number: number, into: &builder) }
        (above, number) = (line, 0)
    }

    mutating func pause(_ builder: inout BlockBuilder) { inner.pause(&builder) }
    mutating func resume(_ builder: inout BlockBuilder) { inner.resume(&builder) }

    mutating func finish(into builder: inout BlockBuilder) {
        release(into: &builder)
        inner.finish(into: &builder)
    }
}
