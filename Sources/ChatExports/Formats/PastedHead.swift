internal import Messages

/// A line read as the head of a pasted message.
struct PastedHead {
    private static let longestName = 120

    var name: Range<Int>
    var moment: Moment?
    var words: Range<Int>?

    /// Nil when the line isn't of that shape.
    init?(_ line: ByteView, _ shape: PastedLayout.Shape, _ colon: PastedColon = .first) {
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.count >= 3 else { return nil }
        let found: PastedHead? =
            switch shape {
            case .timePair: Self.timePair(line, inner)
            case .columns: Self.columns(line, inner)
            case .nameTime: Self.nameTime(line, inner)
            case .nameBracket: Self.nameBracket(line, inner)
            case .bracketName: Self.bracketName(line, inner, colon)
            case .timeWords: Self.timeFirst(line, inner, colon)
            case .timeName: Self.timeFirst(line, inner, nil)
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
        // A date is nobody's name: the line is a time alone.
        if line[0] &- 0x30 < 10, inner.count <= 40, NameOverTime.isTime(line) { return nil }
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

    private static func bracketName(_ line: ByteView, _ inner: Range<Int>, _ colon: PastedColon) -> PastedHead? {
        guard line[inner.lowerBound] == 0x5B, let close = line.part(inner).find("]"), close < 48 else { return nil }
        let end = inner.lowerBound + close
        guard let moment = Moment(whole: line.part((inner.lowerBound + 1)..<end)) else { return nil }
        return named(line, TextLine.trim(line, (end + 1)..<inner.upperBound), moment, colon, needsWords: false)
    }

    /// The time in brackets at a line's beginning, and what stands behind it.
    static func bracketTime(_ line: ByteView) -> (rest: Range<Int>, moment: Moment)? {
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.lowerBound == 0, let close = line.part(inner).find("]"), close < 48,
            let moment = Moment(whole: line.part(1..<close))
        else { return nil }
        return (TextLine.trim(line, (close + 1)..<inner.upperBound), moment)
    }

    /// `2026-03-02 08:14 名：正文`, or a name alone where no colon is given.
    private static func timeFirst(_ line: ByteView, _ inner: Range<Int>, _ colon: PastedColon?) -> PastedHead? {
        guard let (moment, end) = bareTime(line, inner), !moment.needsDay, TextLine.space(line, end) > 0 else {
            return nil
        }
        var rest = TextLine.trim(line, end..<inner.upperBound)
        // Some write a stroke between the time and the name.
        if !rest.isEmpty, line[rest.lowerBound] == 0x7C {
            rest = TextLine.trim(line, (rest.lowerBound + 1)..<rest.upperBound)
        }
        if let colon { return named(line, rest, moment, colon, needsWords: true) }
        return PastedHead(name: withoutColon(line, rest), moment: moment)
    }

    /// A time at a line's beginning with more behind it, and where it ends.
    private static func bareTime(_ line: ByteView, _ inner: Range<Int>) -> (Moment, Int)? {
        guard line[inner.lowerBound] &- 0x30 < 10 else { return nil }
        var cursor = ExportTime.Cursor(line)
        cursor.move(to: inner.lowerBound)
        guard let moment = Moment(&cursor), moment.precision != .day, cursor.at < inner.upperBound else { return nil }
        return (moment, cursor.at)
    }

    /// `[时间] [名] 正文`; the brackets in a name are pairs.
    private static func timePair(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        let first = line[inner.lowerBound]
        guard first == 0x5B || first &- 0x30 < 10 else { return nil }
        var rest: Range<Int>
        let moment: Moment
        if first == 0x5B {
            guard let found = bracketTime(line) else { return nil }
            (rest, moment) = found
        } else {
            guard let found = bareTime(line, inner), TextLine.space(line, found.1) > 0 else { return nil }
            (moment, rest) = (found.0, TextLine.trim(line, found.1..<inner.upperBound))
        }
        guard !moment.needsDay || first == 0x5B, rest.count >= 3 else { return nil }
        let open = line[rest.lowerBound]
        guard open == 0x5B || open == 0x3C else { return nil }
        let close: UInt8 = open == 0x5B ? 0x5D : 0x3E
        var depth = 0
        var at = rest.lowerBound
        let last = min(rest.upperBound, rest.lowerBound + longestName + 2)
        while at < last {
            if line[at] == open { depth += 1 }
            if line[at] == close {
                depth -= 1
                if depth == 0 { break }
            }
            at += 1
        }
        guard at < last, at + 1 == rest.upperBound || TextLine.space(line, at + 1) > 0 else { return nil }
        let name = TextLine.trim(line, (rest.lowerBound + 1)..<at)
        return PastedHead(name: name, moment: moment, words: TextLine.trim(line, (at + 1)..<rest.upperBound))
    }

    /// The time, the name and the words in columns, all behind the same sign.
    private static func columns(_ line: ByteView, _ inner: Range<Int>) -> PastedHead? {
        guard let (moment, end) = bareTime(line, inner), let sign = ColumnSign(line, end, inner.upperBound),
            !moment.needsDay || sign.kind == .tab
        else { return nil }
        var at = sign.end
        let last = min(inner.upperBound, at + longestName + 8)
        while at < last {
            if let next = ColumnSign(line, at, inner.upperBound), next.kind == sign.kind {
                let name = TextLine.trim(line, sign.end..<at)
                return PastedHead(name: name, moment: moment, words: TextLine.trim(line, next.end..<inner.upperBound))
            }
            at += 1
        }
        // A message of nothing ends in a tab, which was trimmed away.
        if sign.kind == .tab, at >= inner.upperBound, line.part(inner.upperBound..<line.count).contains(0x09) {
            let end = inner.upperBound
            return PastedHead(name: TextLine.trim(line, sign.end..<end), moment: moment, words: end..<end)
        }
        return nil
    }

    /// A time at a line's beginning, what stands behind it, and the sign of columns between them.
    static func timeOnly(_ line: ByteView) -> (moment: Moment, rest: Range<Int>, sign: ColumnSign?)? {
        let inner = TextLine.trim(line, 0..<line.count)
        guard inner.count >= 6, let (moment, end) = bareTime(line, inner), TextLine.space(line, end) > 0 else {
            return nil
        }
        let sign = ColumnSign(line, end, inner.upperBound)
        return (moment, TextLine.trim(line, (sign?.end ?? end)..<inner.upperBound), sign)
    }

    /// What stands before a colon in a head's words.
    static func prefix(_ line: ByteView, _ head: PastedHead) -> Substring? {
        guard let words = head.words else { return nil }
        let near = line.part(words.lowerBound..<min(words.upperBound, words.lowerBound + 60))
        return PastedColon.first.find(in: near).map { Substring(decoding: near[0..<$0.at], as: UTF8.self) }
    }

    /// `[时间] …` without a name and a colon, and not the program's own words.
    static func isNameless(_ line: ByteView) -> Bool {
        guard line.first == 0x5B, let (rest, _) = bracketTime(line), !rest.isEmpty else { return false }
        let words = line.part(rest)
        return !words.begins(with: "[") && !SystemLine.isNotice(words)
    }

    /// `名: 正文` or `名：正文`; without words behind the colon they stand below.
    private static func named(
        _ line: ByteView, _ rest: Range<Int>, _ moment: Moment, _ sign: PastedColon, needsWords: Bool
    ) -> PastedHead? {
        // A name is short, so that the colon behind it is near.
        let part = line.part(rest.lowerBound..<min(rest.upperBound, rest.lowerBound + longestName + 3))
        guard let (colon, width) = sign.find(in: part) else { return nil }
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
