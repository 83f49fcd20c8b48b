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
        case script(ScriptSplitter, any JSONRecordReader)
        case conversations(
            ConversationCutter, path: [String], list: String, ConversationLabels, any JSONRecordReader)
        case text(LineFeeder)
    }

    private let cutter: Cutter
    private let format: any ExportFormat
    let context: ReadingContext
    private let source: ByteSource
    private let window: ByteWindow
    private var outline: JSONOutline
    private let gaps: [ExportGap]
    private var hasReadTail = false
    /// The bytes of the byte-order mark.
    private let mark: Int

    /// Opens a file and decides its format by its content.
    ///
    /// - Throws: for a file that cannot be opened, is no export, or is an export that must not be read.
    public convenience init(path: String, options: ExportOptions) throws(ExportError) {
        try self.init(source: ByteSource(path: path), options: options)
    }

    /// Reads bytes in memory as if they were a file; as the format of a name alone, where one is given.
    package convenience init(
        bytes: [UInt8], name: String, options: ExportOptions, only format: String? = nil
    ) throws(ExportError) {
        try self.init(source: ByteSource(path: name, bytes: bytes), options: options, only: format)
    }

    init(source raw: ByteSource, options: ExportOptions, only slug: String? = nil) throws(ExportError) {
        let source = try Workbook.table(raw)
        let path = source.path
        let sniffer = try Sniffer(source, only: slug)
        let finding: Sniffer.Finding
        if let map = options.columnMap { finding = try sniffer.find(by: map) } else { finding = try sniffer.find() }
        var head = finding.head.told(options)
        if finding.format.needsEnd, case .text(var text) = head {
            text.end = try Self.end(of: source, finding)
            head = .text(text)
        }
        var reading = try finding.format.reading(head, file: path)
        if source.sheet?.isPrivate == true { reading.isPrivate = true }
        if reading.isPrivate, !options.readsPrivateChats { throw ExportError(.privateChat, file: path) }
        let named = reading.companion?.group(beside: path) ?? reading.group
        // Whom the other one talks with is no group, whatever the caller says of the files.
        let group =
            reading.isPrivate
            ? GroupIdentity(id: "", name: "", platform: named.platform)
            : options.group ?? Self.group(named, source.sheet)
        let context = ReadingContext(
            file: path, now: options.now, group: group, isGroupFixed: options.group != nil || reading.isPrivate,
            longestRecord: options.longestRecord, longestText: options.longestText)
        let window = ByteWindow(
            source: source, encoding: finding.detection.encoding, mark: finding.mark, step: options.chunkBytes)
        var detection = finding.detection
        detection.evidence += reading.remarks
        self.detection = detection
        gaps = reading.gaps + (reading.isPrivate ? [.privateChat] : [])
        format = finding.format
        outline = finding.head.outline ?? JSONOutline()
        self.source = source
        mark = finding.mark
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
        case .script(_, let reader):
            _ = try ScriptHead.enter(window)
            cutter = .script(ScriptSplitter(window, options: options), reader)
        case .conversations(let path, let list, let labels, let reader):
            _ = try JSONStream(window).enterArray(path)
            let conversations = ConversationCutter(window, list: list, labels, options: options) {
                () throws(ExportError) in
                try Self.groups(source, finding.detection.encoding, finding.mark, path: path, list: list, labels)
            }
            cutter = .conversations(conversations, path: path, list: list, labels, reader)
        case .lines(let reader):
            cutter = .text(LineFeeder(window, reader, context))
        case .page(let reader):
            cutter = .text(LineFeeder(window, reader, context, isPage: true))
        }
    }

    /// The last lines of a text; the first of them is cut off where the text is long.
    private static func end(of source: ByteSource, _ finding: Sniffer.Finding) throws(ExportError) -> [[UInt8]] {
        let step = 1 << 18
        let window = ByteWindow(source: source, encoding: finding.detection.encoding, mark: finding.mark, step: step)
        while try window.fill() { window.start = max(window.start, window.bytes.count - 4096) }
        let end = window.bytes[max(window.start, window.bytes.count - 4096)...]
        return end.split { $0 == 0x0A || $0 == 0x0D }.suffix(100).map { Array($0) }
    }

    /// How the records of the file are cut.
    var recordKind: RecordKind {
        switch cutter {
        case .elements(let splitter, let path, _): .elements(splitter.isSequence ? nil : path)
        case .lines: .lines
        case .text: .text
        case .script: .script
        case .conversations(_, let path, let list, let labels, _): .conversations(path, list: list, labels)
        }
    }

    /// True when the lines are the rows of a table.
    var isTable: Bool { detection.format.hasSuffix("csv") || detection.format.hasSuffix("table") }

    /// The text from its beginning.
    func freshWindow(step: Int) -> ByteWindow {
        ByteWindow(source: source, encoding: detection.encoding, mark: mark, step: step)
    }

    /// The groups of this file's conversations, in its order.
    func groups(
        _ path: [String], list: String, _ labels: ConversationLabels
    ) throws(ExportError) -> [GroupIdentity] {
        try Self.groups(source, detection.encoding, mark, path: path, list: list, labels)
    }

    private static func groups(
        _ source: ByteSource, _ encoding: TextEncoding, _ mark: Int, path: [String], list: String,
        _ labels: ConversationLabels
    ) throws(ExportError) -> [GroupIdentity] {
        let stream = JSONStream(ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 19))
        _ = try stream.enterArray(path)
        return try ConversationCutter.groups(stream, list: list, labels)
    }

    /// The next piece of the file, nil after the last one.
    ///
    /// - Throws: when the file can no longer be read. What is in the file never makes it throw.
    public func nextChunk() throws(ExportError) -> ExportChunk? {
        if let chunk = try nextPiece() { return chunk }
        // A text's lines were rejected where bytes are missing in them; records are read as they are.
        guard let shift = window.shifts.first else { return nil }
        window.shifts.removeFirst()
        var piece = RecordPiece(layout: .elements([]))
        piece.rejects = [(.badEncoding, 0, shift)]
        return ExportChunk(content: .records(piece, NoRecords(), context))
    }

    private func nextPiece() throws(ExportError) -> ExportChunk? {
        switch cutter {
        case .text(let feeder): return try feeder.next().map(inSheet)
        case .lines(let splitter, let reader):
            return try splitter.next().map { ExportChunk(content: .records($0, reader, context)) }
        case .script(let splitter, let reader):
            return try splitter.next().map { ExportChunk(content: .records($0, reader, context)) }
        case .conversations(let cutter, let path, _, _, let reader):
            guard let (piece, group) = try cutter.next() else {
                guard !hasReadTail, cutter.isWhole else { return nil }
                hasReadTail = true
                return try readTail(path, behind: cutter.count, reader)
            }
            var context = context
            if !context.isGroupFixed { context.group = group }
            return ExportChunk(content: .records(piece, reader, context))
        case .elements(let splitter, let path, let reader):
            if let piece = try splitter.next() { return ExportChunk(content: .records(piece, reader, context)) }
            guard !hasReadTail else { return nil }
            hasReadTail = true
            return splitter.endedEarly || splitter.isSequence
                ? nil : try readTail(path, behind: splitter.count, reader)
        }
    }

    /// The holes that the exporter itself admits.
    ///
    /// Valid after the last chunk.
    public var knownGaps: [ExportGap] {
        var seen: Set<ExportGap> = []
        let damage: [ExportGap] = source.isDamaged ? [.damagedArchive] : []
        return (damage + gaps + format.gaps(in: outline)).filter { seen.insert($0).inserted }
    }

    /// The file's group, or the one that a workbook names above its table.
    private static func group(_ group: GroupIdentity, _ sheet: SheetNotes?) -> GroupIdentity {
        guard let sheet, group.id.isEmpty, !(sheet.groupID + sheet.groupName).isEmpty else { return group }
        return GroupIdentity(id: sheet.groupID, name: sheet.groupName, platform: group.platform)
    }

    /// Counts the rows of a sheet where the lines of its text were counted.
    private func inSheet(_ chunk: ExportChunk) -> ExportChunk {
        guard let sheet = source.sheet, !sheet.shifts.isEmpty, case .parsed(var block) = chunk.content else {
            return chunk
        }
        for index in block.records.indices {
            block.records[index].line = Int32(clamping: sheet.row(ofLine: Int(block.records[index].line)))
        }
        for index in block.rejects.indices {
            block.rejects[index].origin.line = sheet.row(ofLine: block.rejects[index].origin.line)
        }
        return ExportChunk(content: .parsed(block))
    }

    /// What became of the lines of a text; nil for formats that have no lines.
    ///
    /// Valid after the last chunk: then the lines are those of messages, those of rejects and those passed over.
    public var lineTally: LineTally? {
        if case .text(let feeder) = cutter { feeder.tally } else { nil }
    }

    /// Reads what stands behind the array of messages; a chunk with a reject when the file ends in it, or goes on behind it.
    private func readTail(
        _ path: [String], behind count: Int, _ reader: any JSONRecordReader
    ) throws(ExportError) -> ExportChunk? {
        let before = outline
        var walker = OutlineWalker(JSONStream(window), stopsAtRecords: false)
        var isWhole = true
        for depth in (0..<path.count).reversed() where isWhole {
            isWhole = try walker.members(path: path[..<depth].joined(separator: "."), depth: depth)
        }
        outline = walker.outline
        outline.merge(before)
        let isAtEnd = try JSONStream(window).peek() == nil
        // What is merely broken there costs no message.
        guard isWhole != isAtEnd else { return nil }
        var piece = RecordPiece(layout: .elements([]))
        piece.rejects = [isAtEnd ? (.endsEarly, 0, window.fileOffset) : (.notJSON, count + 1, nil)]
        return ExportChunk(content: .records(piece, reader, context))
    }
}

/// Reads nothing: for pieces that hold rejects alone.
private struct NoRecords: JSONRecordReader {
    var keys: JSONKeys { JSONKeys([]) }
    func read(_ record: JSONRecord, into builder: inout BlockBuilder) {}
}
