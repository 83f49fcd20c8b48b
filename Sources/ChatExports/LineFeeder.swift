internal import Messages

/// Cuts a text file into lines and feeds them to a format's reader, in order and in bounded memory.
///
/// LF, CR LF and a lone CR end a line; U+2028 doesn't: people write it.
final class LineFeeder {
    /// No line of a text is longer: it would be held in memory whole.
    private static let longestLine = 8 << 20

    private let window: ByteWindow
    private let context: ReadingContext
    private let longest: Int
    private var reader: any LineReader
    /// The text of a web page; nil where the window holds the lines themselves.
    private var page: PageText?
    private var place = LinePlace()
    private var isSkipping = false
    private var hasEnded = false

    init(_ window: ByteWindow, _ reader: any LineReader, _ context: ReadingContext, isPage: Bool = false) {
        self.window = window
        self.reader = reader
        self.context = context
        page = isPage ? PageText() : nil
        longest = min(context.longestRecord, Self.longestLine)
        place.longest = longest
    }

    /// What became of the lines so far; nil where the reader doesn't count them.
    var tally: LineTally? {
        reader.lineCount.map { LineTally(lines: place.number, inMessages: $0) }
    }

    /// The messages of the next piece of the file, nil at its end.
    func next() throws(ExportError) -> ExportChunk? {
        if hasEnded { return nil }
        var builder = BlockBuilder(context)
        reader.resume(&builder)
        let hasMore = try window.fill(atLeast: page == nil ? window.bytes.count - window.start : 0)
        let isAtEnd = !hasMore || window.isAtEnd
        if page != nil {
            feedPage(isAtEnd: isAtEnd, &builder)
        } else {
            builder.reserve(bytes: window.bytes.count, records: window.bytes.count / 64)
            let from = window.start
            window.start = window.bytes.withUnsafeBufferPointer { feed($0, from: from, isAtEnd: isAtEnd, &builder) }
        }
        if isAtEnd {
            hasEnded = true
            reader.finish(into: &builder)
        } else {
            reader.pause(&builder)
        }
        return ExportChunk(content: .parsed(builder.finished()))
    }

    private func feedPage(isAtEnd: Bool, _ builder: inout BlockBuilder) {
        guard var page else { return }
        self.page = nil
        let from = window.start
        window.bytes.withUnsafeBufferPointer { page.take($0.part(from..<$0.count), isLast: isAtEnd) }
        window.start = window.bytes.count
        let used = page.text.withUnsafeBufferPointer { feed($0, from: 0, isAtEnd: isAtEnd, &builder) }
        page.drop(used)
        self.page = page
    }

    /// Feeds the lines of a text from an offset on, and says where the unfinished one begins.
    private func feed(_ view: ByteView, from start: Int, isAtEnd: Bool, _ builder: inout BlockBuilder) -> Int {
        var at = start
        if isSkipping {
            // The rest of a line that was too long; it has been counted.
            let end = JSONScan.byte(0x0A, or: 0x0D, in: view, from: at)
            guard end < view.count else { return view.count }
            place.afterReturn = view[end] == 0x0D
            at = end + 1
            isSkipping = false
        }
        if page == nil, !window.shifts.isEmpty { at = passDamage(view, from: at, isAtEnd: isAtEnd, &builder) }
        // A line in which bytes are missing goes on in the next piece.
        if !window.shifts.isEmpty, page == nil, view.count - at <= longest { return at }
        at = reader.read(linesOf: view, from: at, &place, into: &builder)
        if view.count - at > longest {
            place.number += 1
            builder.reject(.tooLong, line: place.number)
            isSkipping = true
            return view.count
        }
        guard isAtEnd, at < view.count else { return at }
        place.number += 1
        reader.read(view.part(at..<view.count), number: place.number, into: &builder)
        return view.count
    }

    /// Reads up to each line in which bytes are missing, and rejects that one; where the lines behind them begin.
    private func passDamage(
        _ view: ByteView, from start: Int, isAtEnd: Bool, _ builder: inout BlockBuilder
    ) -> Int {
        var at = start
        while let shift = window.shifts.first {
            let damage = min(shift - window.position + window.start, view.count)
            if damage >= at {
                let low = view[at..<damage].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? at
                at = reader.read(linesOf: view.part(0..<low), from: at, &place, into: &builder)
                let end = JSONScan.byte(0x0A, or: 0x0D, in: view, from: damage)
                guard end < view.count || isAtEnd else { return at }
                place.number += 1
                builder.reject(.badEncoding, line: place.number)
                place.afterReturn = end < view.count && view[end] == 0x0D
                at = min(end + 1, view.count)
            }
            window.shifts.removeFirst()
        }
        return at
    }
}
