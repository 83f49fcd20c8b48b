/// What stands between a name and its words, as a whole text writes it.
enum PastedColon: Sendable, Equatable {
    /// The first colon of any kind.
    case first
    /// `: `, so that the colons in names are the names'.
    case spaced
    /// `：`.
    case wide

    /// Judges from a text's heads: all of them have to write it so, and there must be some.
    init(_ lines: [[UInt8]], _ shapes: Set<PastedLayout.Shape>) {
        var (heads, spaced, wide) = (0, 0, 0)
        // The last line may be cut.
        for line in lines.count > 2 ? lines.dropLast() : lines[...] {
            line.withUnsafeBufferPointer { view in
                for shape in [PastedLayout.Shape.bracketName, .timeWords] where shapes.contains(shape) {
                    guard let head = PastedHead(view, shape) else { continue }
                    let part = view.part(head.name.lowerBound..<min(view.count, head.name.lowerBound + 120))
                    heads += 1
                    if PastedColon.spaced.find(strictlyIn: part) != nil { spaced += 1 }
                    if PastedColon.wide.find(strictlyIn: part) != nil { wide += 1 }
                    return
                }
            }
        }
        guard heads >= 2, (spaced == heads) != (wide == heads) else {
            self = .first
            return
        }
        self = spaced == heads ? .spaced : .wide
    }

    /// The colon behind a name and its width; the first one of any kind where the text's own is missing.
    @inline(__always)
    func find(in part: ByteView) -> (at: Int, width: Int)? {
        if self != .first, let found = find(strictlyIn: part) { return found }
        let narrow = JSONScan.byte(0x3A, or: 0x3A, in: part, from: 0)
        if let wide = part.part(0..<narrow).find("：") { return (wide, "：".utf8.count) }
        return narrow < part.count ? (narrow, 1) : nil
    }

    private func find(strictlyIn part: ByteView) -> (at: Int, width: Int)? {
        guard self == .spaced else { return part.find("：").map { ($0, "：".utf8.count) } }
        var at = JSONScan.byte(0x3A, or: 0x3A, in: part, from: 0)
        while at < part.count {
            if at + 1 == part.count || part[at + 1] == 0x20 { return (at, 1) }
            at = JSONScan.byte(0x3A, or: 0x3A, in: part, from: at + 1)
        }
        return nil
    }
}

/// What stands between the columns of a line: a tab, a stroke, or two blanks and more.
struct ColumnSign {
    enum Kind { case tab, stroke, blanks }

    let kind: Kind
    /// Where the next column begins.
    let end: Int

    /// Nil where no column begins at an offset.
    init?(_ line: ByteView, _ start: Int, _ limit: Int) {
        var at = start
        var blanks = 0
        var hasTab = false
        while at < limit {
            let width = TextLine.space(line, at)
            if width == 0 { break }
            hasTab = hasTab || line[at] == 0x09
            at += width
            blanks += 1
            // An empty column is one, too.
            if hasTab { break }
        }
        if hasTab {
            (kind, end) = (.tab, at)
        } else if at < limit, line[at] == 0x7C, blanks > 0 {
            (kind, end) = (.stroke, at + 1)
        } else if blanks >= 2, at < limit {
            (kind, end) = (.blanks, at)
        } else {
            return nil
        }
    }

    /// True where names of columns stand above them: it is a table, and its columns have to be told apart by those.
    static func isTable(_ lines: [[UInt8]]) -> Bool {
        guard let first = lines.first(where: { !$0.allSatisfy { $0 <= 0x20 } }) else { return false }
        return first.withUnsafeBufferPointer { line in
            let signs = line.count { $0 == 0x09 || $0 == 0x7C }
            return signs >= 2 && PastedHead(line, .columns) == nil
        }
    }
}
