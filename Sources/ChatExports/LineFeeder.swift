internal import Messages

/// Cuts a text file into lines and feeds them to a format's reader, in order and in bounded memory.
///
/// LF, CR LF and a lone CR end a line; U+2028 doesn't: people write it.
final class LineFeeder {
    private let window: ByteWindow
    private let context: ReadingContext
    private var reader: any LineReader
    private var number = 0
    /// A line feed that comes first next belongs to the carriage return before it.
    private var afterReturn = false
    private var isSkipping = false
    private var hasEnded = false

    init(_ window: ByteWindow, _ reader: any LineReader, _ context: ReadingContext) {
        self.window = window
        self.reader = reader
        self.context = context
    }

    /// The messages of the next piece of the file, nil at its end.
    func next() throws(ExportError) -> ExportChunk? {
        if hasEnded { return nil }
        var builder = BlockBuilder(context)
        let hasMore = try window.fill(atLeast: window.bytes.count - window.start)
        builder.reserve(bytes: window.bytes.count, records: window.bytes.count / 64)
        feedLines(&builder)
        let rest = window.bytes.count - window.start
        if rest > context.longestRecord {
            number += isSkipping ? 0 : 1
            if !isSkipping { builder.reject(.tooLong, line: number) }
            isSkipping = true
            window.start = window.bytes.count
        }
        if !hasMore || window.isAtEnd {
            hasEnded = true
            feedRest(&builder)
            reader.finish(into: &builder)
        }
        return ExportChunk(content: .parsed(builder.finished()))
    }

    private func feedLines(_ builder: inout BlockBuilder) {
        var used = window.start
        window.bytes.withUnsafeBufferPointer { view in
            var start = window.start
            while start < view.count {
                if afterReturn, view[start] == 0x0A {
                    start += 1
                    used = start
                    afterReturn = false
                    continue
                }
                afterReturn = false
                let end = JSONScan.byte(0x0A, or: 0x0D, in: view, from: start)
                guard end < view.count else { break }
                feed(view.part(start..<end), &builder)
                afterReturn = view[end] == 0x0D
                start = end + 1
                used = start
            }
        }
        window.start = used
    }

    private func feedRest(_ builder: inout BlockBuilder) {
        guard window.start < window.bytes.count else { return }
        window.bytes.withUnsafeBufferPointer { feed($0.part(window.start..<$0.count), &builder) }
        window.start = window.bytes.count
    }

    private func feed(_ line: ByteView, _ builder: inout BlockBuilder) {
        if isSkipping {
            // The rest of a line that was too long; it has been counted.
            isSkipping = false
            return
        }
        number += 1
        reader.read(line, number: number, into: &builder)
    }
}
