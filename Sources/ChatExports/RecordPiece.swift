internal import Messages

/// Whole records of a JSON export as they stand in the file: the unit of parallel work.
struct RecordPiece: Sendable {
    enum Layout: Sendable {
        /// Where each element begins, and its number within the file.
        case elements([(start: Int32, number: Int32)])
        /// One record a line; `cutAt` is the file's size when the last line has no line end.
        case lines(first: Int, cutAt: Int?)
    }

    var bytes: [UInt8] = []
    var layout: Layout
    /// What could not be cut out as a record.
    var rejects: [(reason: Reject.Reason, line: Int, number: Int?)] = []
}

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
            guard try window.fill(atLeast: searched) else {
                hasEnded = true
                guard searched > 0 else { return nil }
                return piece(upTo: window.bytes.count, cutAt: window.fileOffset)
            }
        }
        return nil
    }

    private func lastLineEnd(from start: Int) -> Int? {
        var at = window.bytes.count
        while at > start {
            if window.bytes[at - 1] == 0x0A { return at }
            at -= 1
        }
        return nil
    }

    private func piece(upTo end: Int, cutAt: Int?) -> RecordPiece {
        let bytes = Array(window.bytes[window.start..<end])
        let piece = RecordPiece(bytes: bytes, layout: .lines(first: line, cutAt: cutAt))
        line += bytes.count { $0 == 0x0A }
        window.start = end
        return piece
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
