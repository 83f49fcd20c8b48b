/// What can be asked of a line of a text export.
enum TextLine {
    /// The width of the blank at an offset, 0 for none.
    ///
    /// No-break and wide spaces count, and so do marks that show nothing: directions, joiners, a byte-order mark.
    @inline(__always)
    static func space(_ line: ByteView, _ at: Int) -> Int {
        let byte = line[at]
        if byte <= 0x20 { return 1 }
        return mayBeWide(byte) ? wideSpace(line, at) : 0
    }

    /// True for the first bytes of wide blanks; nearly all Chinese characters begin with others.
    @inline(__always)
    private static func mayBeWide(_ lead: UInt8) -> Bool {
        lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF
    }

    private static func wideSpace(_ line: ByteView, _ at: Int) -> Int {
        switch line[at] {
        case 0xC2: at + 1 < line.count && line[at + 1] == 0xA0 ? 2 : 0
        case 0xE2: at + 2 < line.count && isInvisible(line[at + 1], line[at + 2]) ? 3 : 0
        case 0xE3: at + 2 < line.count && line[at + 1] == 0x80 && line[at + 2] == 0x80 ? 3 : 0
        case 0xEF: at + 2 < line.count && line[at + 1] == 0xBB && line[at + 2] == 0xBF ? 3 : 0
        default: 0
        }
    }

    /// U+2000–200F, U+2028–202F, U+2060–206F: the second and third byte.
    private static func isInvisible(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80
            ? third <= 0x8F || (0xA8...0xAF).contains(third) : second == 0x81 && (0xA0...0xAF).contains(third)
    }

    /// The width of the blank that ends before an offset.
    @inline(__always)
    static func space(_ line: ByteView, endingAt end: Int, from low: Int) -> Int {
        let byte = line[end - 1]
        if byte <= 0x20 { return 1 }
        if byte < 0x80 { return 0 }
        if end - 2 >= low, line[end - 2] == 0xC2 { return wideSpace(line, end - 2) }
        return end - 3 >= low && line[end - 3] >= 0xE2 && mayBeWide(line[end - 3]) ? wideSpace(line, end - 3) : 0
    }

    /// True when nothing shows on the line.
    @inline(__always)
    static func isBlank(_ line: ByteView) -> Bool {
        var at = 0
        while at < line.count {
            let width = space(line, at)
            if width == 0 { return false }
            at += width
        }
        return true
    }

    /// The range without blanks at its ends.
    @inline(__always)
    static func trim(_ line: ByteView, _ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let width = space(line, low)
            if width == 0 { break }
            low += width
        }
        while high > low {
            let width = space(line, endingAt: high, from: low)
            if width == 0 { break }
            high -= width
        }
        return low..<max(low, high)
    }

    /// The line without blanks at its ends.
    static func trimmed(_ line: ByteView) -> ByteView { line.part(trim(line, 0..<line.count)) }
}

/// Where a text export keeps its blank lines.
struct TextSpacing: Sendable {
    /// True when a message's header follows a blank line: then a line inside a body that looks like one stays a body's.
    var hasBlankBefore = false
    /// True when a blank line follows a message's header.
    var hasBlankAfter = false

    /// Judges from a file's first lines, by those that a grammar takes for headers.
    init(_ lines: [[UInt8]], isHeader: (ByteView) -> Bool, isNotice: (ByteView) -> Bool = { _ in false }) {
        var headers = 0
        var before = 0
        var after = 0
        func isBlank(_ index: Int) -> Bool { lines[index].withUnsafeBufferPointer(TextLine.isBlank) }
        for (index, line) in lines.enumerated() where line.withUnsafeBufferPointer(isHeader) {
            headers += 1
            if index == 0 || isBlank(index - 1) || lines[index - 1].withUnsafeBufferPointer(isNotice) { before += 1 }
            if index + 1 == lines.count || isBlank(index + 1) { after += 1 }
        }
        guard headers > 0 else { return }
        // Look-alikes inside bodies are few, so the shares decide.
        hasBlankBefore = before * 2 > headers && lines.indices.contains(where: isBlank)
        hasBlankAfter = hasBlankBefore && after * 2 > headers
    }

    /// A file that separates nothing by blank lines.
    static let none = TextSpacing([], isHeader: { _ in false })
}
