internal import CMalloc
public import CaseStore
internal import Casework
public import ChatExports
internal import Matching
internal import Messages

/// Imports export files into a data folder: reads, groups, matches, attributes, and stores what is flagged.
///
/// One file is one transaction: a file that fails, or a process that is killed, leaves nothing half done. Chunks of a file
/// are analysed on several threads; what depends on order (which messages are new, utterances over the edges of chunks,
/// the store) runs in the order of the file. Others write to the store while a file is read: `FileIntake` says until when.
/// Memory is bounded by the chunks in flight and what may be held, whatever the size of the file.
public struct Importer: Sendable {
    /// How to import.
    public struct Options: Sendable {
        /// The number of threads that analyse.
        public var jobs = 1
        /// Counts everything and keeps nothing.
        public var isDryRun = false
        /// Who exported the files; nil when nobody said.
        public var exporter: ExporterRole?
        /// The staff member who imports, for the audit log; 0 for the operator.
        public var importer = 0
        /// What is said about every file: the group, the day, the columns.
        public var reading: ExportOptions
        /// The time of the import, seconds since 1970-01-01 UTC.
        public var now: Int64 { reading.now }

        /// Makes options for an import at a time.
        public init(now: Int64) { reading = ExportOptions(now: now) }
    }

    /// How far an import is.
    public struct Progress: Sendable {
        /// The file that is being read, and its position among all.
        public var file: String
        /// The number of files done.
        public var done: Int
        /// The number of files.
        public var total: Int
        /// Messages read so far, all files.
        public var messages: Int
    }

    private let installation: Installation
    private let options: Options

    /// Makes an importer.
    public init(_ installation: Installation, options: Options) {
        self.installation = installation
        self.options = options
    }

    /// Imports files on the disk, as they are named.
    public func run(_ files: [String], progress: (Progress) -> Void = { _ in }) async throws -> [FileReport] {
        try await run(files.map { ExportInput(file: $0) }, progress: progress)
    }

    /// Imports files one after the other; a bad one does not stop the others.
    ///
    /// - Returns: one report a file, in order.
    /// - Throws: `StoreError` when the store cannot go on (disk full, busy), `CancellationError` when the task was cancelled;
    ///   what was finished before stays, and nothing of the file that was being read.
    public func run(_ files: [ExportInput], progress: (Progress) -> Void = { _ in }) async throws -> [FileReport] {
        let shelf = ExportShelf()
        var reports: [FileReport] = []
        var messages = 0
        // A dry run keeps its digests here, so that a later file sees what an earlier one would have left.
        var imagined: [Deduplicator.Key: [UInt64]] = [:]
        var digests = FileDigest()
        for (index, file) in files.enumerated() {
            progress(Progress(file: file.path, done: index, total: files.count, messages: messages))
            let before = messages
            let report = try await importFile(file, from: shelf, imagined: &imagined, digests: &digests) { count in
                progress(Progress(file: file.path, done: index, total: files.count, messages: before + count))
            }
            messages += report.counts.read
            reports.append(report)
        }
        progress(Progress(file: "", done: files.count, total: files.count, messages: messages))
        return reports
    }

    private func importFile(
        _ file: ExportInput, from shelf: ExportShelf, imagined: inout [Deduplicator.Key: [UInt64]],
        digests: inout FileDigest, progress: (Int) -> Void
    ) async throws -> FileReport {
        var report = FileReport(file: file.path)
        let export: ExportFile
        do {
            export = try open(file, from: shelf)
        } catch {
            report.failure = error
            report.isPassedOver = !file.isNamed && error.isNoText
            return report
        }
        report.detection = export.detection
        var source = ImportSource(
            format: export.detection.format, encoding: export.detection.encoding.rawValue,
            startedOn: FlagDraft.day(of: options.now), lexiconVersion: installation.lexicons.version,
            gazetteerVersion: installation.gazetteerVersion)
        source.exporter = options.exporter
        source.importer = options.importer
        let session = try installation.store.openImport(of: source)
        do {
            let intake = FileIntake(
                session: session, analyser: installation.blockAnalyser, groups: installation.groups,
                imagined: options.isDryRun ? imagined : nil, report: report)
            try await feed(export, into: intake, progress: progress)
            try Task.checkCancellation()
            // Before the rest is written: a large file takes a second.
            let known = options.isDryRun ? nil : digests.digest(of: file.path)
            try intake.finish()
            report = intake.report
            report.gaps = export.knownGaps
            if options.isDryRun {
                imagined = intake.imagined
                session.cancel()
            } else {
                if let (digest, size) = known {
                    session.describe { ($0.sha256, $0.size) = (digest, size) }
                }
                try session.finish(intake.batchCounts)
                if let map = options.reading.columnMap {
                    for group in intake.groupIDs { try installation.store.setColumnMap(map.text, group: group) }
                }
            }
        } catch let error as ExportError {
            session.cancel()
            report = FileReport(file: file.path)
            report.detection = export.detection
            report.failure = error
        } catch {
            session.cancel()
            throw error
        }
        return report
    }

    /// Opens a file; a table that no format knows is read by the columns that were named for its group before.
    private func open(_ file: ExportInput, from shelf: ExportShelf) throws(ExportError) -> ExportFile {
        do throws(ExportError) {
            return try shelf.open(file, options: options.reading)
        } catch {
            guard [.unknownText, .unknownTable].contains(error.reason), options.reading.columnMap == nil else {
                throw error
            }
            var found: [ExportFile] = []
            for reading in readingsByKnownColumns where found.count < 2 {
                do throws(ExportError) { found.append(try shelf.open(file, options: reading)) } catch { continue }
            }
            // The tables of two groups look alike: only a person can say whose it is.
            guard found.count == 1, let only = found.first else { throw error }
            return only
        }
    }

    /// How a table may be read: by the mapping of the named group, or by that of any group.
    private var readingsByKnownColumns: [ExportOptions] {
        let maps = (try? installation.store.columnMaps()) ?? [:]
        return installation.groups.compactMap { group in
            guard options.reading.group == nil || options.reading.group?.id == group.id, let text = maps[group.id],
                let map = try? ColumnMap(text)
            else { return nil }
            // A line's pattern fits many texts; it is only tried where the group is named.
            if map.line != nil, options.reading.group == nil { return nil }
            var reading = options.reading
            reading.columnMap = map
            if map.columns[.group] == nil, map.columns[.groupID] == nil {
                reading.group = GroupIdentity(id: group.id, name: group.name, platform: group.platform)
            }
            return reading
        }
    }

    /// Gives back what the heap holds in pieces too small for the next chunk, now and then: over thousands of chunks they add up.
    private static func tidy(after chunks: Int) {
        if chunks % 16 == 0 { cmalloc_trim() }
    }

    /// Runs the file's chunks through the analysis and hands the results to the intake in order.
    private func feed(_ export: ExportFile, into intake: FileIntake, progress: (Int) -> Void) async throws {
        let analyser = installation.blockAnalyser
        if options.jobs <= 1 {
            let scratch = LexiconMatcher.Scratch()
            var done = 0
            while let chunk = try export.nextChunk() {
                try Task.checkCancellation()
                try intake.take(analyser.analysed(chunk.block(), scratch: scratch))
                done += 1
                Self.tidy(after: done)
                progress(intake.report.counts.read)
            }
            return
        }
        try await withThrowingTaskGroup(of: (Int, AnalysedBlock).self) { group in
            var next = 0
            var done = 0
            var waiting: [Int: AnalysedBlock] = [:]
            func add() throws -> Bool {
                guard let chunk = try export.nextChunk() else { return false }
                let number = next
                next += 1
                group.addTask { (number, analyser.analysed(chunk.block(), scratch: LexiconMatcher.Scratch())) }
                return true
            }
            // What is read and not stored yet stays within bounds, even where one chunk takes long.
            func fill() throws {
                while next - done <= options.jobs + 1, try add() {}
            }
            try fill()
            while let (number, block) = try await group.next() {
                try Task.checkCancellation()
                waiting[number] = block
                while let block = waiting.removeValue(forKey: done) {
                    try intake.take(block)
                    done += 1
                    Self.tidy(after: done)
                    progress(intake.report.counts.read)
                    try fill()
                }
            }
        }
    }
}
