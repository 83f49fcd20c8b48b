internal import Messages

/// One open export: its format decided, its records handed out in order as chunks.
///
/// Reading is sequential and bounded in memory; `ExportChunk.block()` is the part that may run on other threads.
public final class ExportFile {
    /// What the file was taken for.
    public let detection: Detection

    private enum Cutter {
        case elements(ElementSplitter, path: [String], any JSONRecordReader)
        case lines(LineSplitter, any JSONRecordReader)
        case text(LineFeeder)
    }

    private let cutter: Cutter
    private let format: any ExportFormat
    private let context: ReadingContext
    private let window: ByteWindow
    private var outline: JSONOutline
    private var hasReadTail = false

    /// Opens a file and decides its format by its content.
    ///
    /// - Throws: for a file that cannot be opened, is no export, or is an export that must not be read.
    public init(path: String, options: ExportOptions) throws(ExportError) {
        let source = try ByteSource(path: path)
        let finding = try Sniffer(source).find()
        let reading = try finding.format.reading(finding.head, file: path)
        let context = ReadingContext(
            file: path, now: options.now, group: options.group ?? reading.group, isGroupFixed: options.group != nil,
            longestRecord: options.longestRecord)
        let window = ByteWindow(
            source: source, encoding: finding.detection.encoding, mark: finding.mark, step: options.chunkBytes)
        detection = finding.detection
        format = finding.format
        outline = finding.head.outline ?? JSONOutline()
        self.context = context
        self.window = window
        switch reading.source {
        case .array(let path, let reader):
            // Not finding it again means that the file changed under our hands: then it has no records.
            _ = try JSONStream(window).enterArray(path)
            cutter = .elements(ElementSplitter(window, options: options, isSequence: false), path: path, reader)
        case .sequence(let reader):
            if outline.isLines {
                cutter = .lines(LineSplitter(window, options: options), reader)
            } else {
                cutter = .elements(ElementSplitter(window, options: options, isSequence: true), path: [], reader)
            }
        case .lines(let reader):
            cutter = .text(LineFeeder(window, reader, context))
        }
    }

    /// The next piece of the file, nil after the last one.
    ///
    /// - Throws: when the file can no longer be read. What is in the file never makes it throw.
    public func nextChunk() throws(ExportError) -> ExportChunk? {
        switch cutter {
        case .text(let feeder): return try feeder.next()
        case .lines(let splitter, let reader):
            return try splitter.next().map { ExportChunk(content: .records($0, reader, context)) }
        case .elements(let splitter, let path, let reader):
            if let piece = try splitter.next() { return ExportChunk(content: .records(piece, reader, context)) }
            guard !hasReadTail else { return nil }
            hasReadTail = true
            return splitter.endedEarly ? nil : try readTail(path)
        }
    }

    /// The holes that the exporter itself admits.
    ///
    /// Valid after the last chunk.
    public var knownGaps: [ExportGap] {
        var seen: Set<ExportGap> = []
        return format.gaps(in: outline).filter { seen.insert($0).inserted }
    }

    /// Reads what stands behind the array of messages; a chunk with a reject when the file ends in it.
    private func readTail(_ path: [String]) throws(ExportError) -> ExportChunk? {
        guard !path.isEmpty else { return nil }
        let before = outline
        var walker = OutlineWalker(JSONStream(window), stopsAtRecords: false)
        var isWhole = true
        for depth in (0..<path.count).reversed() where isWhole {
            isWhole = try walker.members(path: path[..<depth].joined(separator: "."), depth: depth)
        }
        outline = walker.outline
        outline.merge(before)
        guard !isWhole, window.isAtEnd else { return nil }
        var piece = RecordPiece(layout: .elements([]))
        piece.rejects = [(.endsEarly, 0, window.fileOffset)]
        guard case .elements(_, _, let reader) = cutter else { return nil }
        return ExportChunk(content: .records(piece, reader, context))
    }
}
