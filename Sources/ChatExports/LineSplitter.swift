internal import CScan
internal import Messages

/// Cuts a file of JSON lines into pieces of whole lines.
final class LineSplitter {
    private let window: ByteWindow
    private let options: ExportOptions
    private var line = 1
    private var hasEnded = false

    init(_ window: ByteWindow, options: ExportOptions) {
        self.window = window
        self.options = options
    }

    /// The next piece, nil at the end of the file.
    func next() throws(ExportError) -> RecordPiece? {
        var searched = 0
        while !hasEnded {
            if let cut = lastLineEnd(from: window.start + searched) {
                return piece(upTo: cut, cutAt: nil)
            }
            searched = window.bytes.count - window.start
            if searched > options.longestRecord { return try skipLine() }
            guard try window.fill(atLeast: min(searched, options.longestRecord - searched + 1)) else {
                hasEnded = true
                guard searched > 0 else { return nil }
                return piece(upTo: window.bytes.count, cutAt: window.fileOffset)
            }
        }
        return nil
    }

    private func lastLineEnd(from start: Int) -> Int? {
        window.bytes.withUnsafeBufferPointer { view in
            var at = view.count
            while at > start {
                if view[at - 1] == 0x0A { return at }
                at -= 1
            }
            return nil
        }
    }

    private func piece(upTo end: Int, cutAt: Int?) -> RecordPiece {
        let bytes = window.take(upTo: end)
        let first = line
        line += Self.lineFeeds(in: bytes)
        return RecordPiece(bytes: bytes, layout: .lines(first: first, cutAt: cutAt))
    }

    private static func lineFeeds(in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { view in view.baseAddress.map { cscan_line_feeds($0, view.count) } ?? 0 }
    }

    private func skipLine() throws(ExportError) -> RecordPiece {
        let reject = (Reject.Reason.tooLong, line, Int?.none)
        window.start = window.bytes.count
        while try window.fill() {
            if let end = window.bytes[window.start...].firstIndex(of: 0x0A) {
                window.start = end + 1
                break
            }
            window.start = window.bytes.count
        }
        line += 1
        return RecordPiece(layout: .lines(first: line, cutAt: nil), rejects: [reject])
    }
}
