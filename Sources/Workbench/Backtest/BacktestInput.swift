public import ChatExports
internal import Foundation
internal import Messages
internal import Pipeline
internal import Utterances

/// Feeds a backtest from files: exports of groups, JSON Lines as `classify` takes them, lines of plain text.
public struct BacktestInput {
    /// How exports are read.
    public var reading: ExportOptions
    /// True to judge what one person said in one go together, as `import` does; false for each message by itself, as `classify`.
    public var asUtterances = false

    /// Makes an input.
    public init(reading: ExportOptions) { self.reading = reading }

    /// Reads files, folders and archives; what cannot be read is noted and does not stop the others.
    public func feed(_ paths: [String], into run: BacktestRun, progress: (String, Int) -> Void = { _, _ in }) {
        let shelf = ExportShelf()
        var messages = 0
        for input in FileFinder.inputs(at: paths) {
            do throws(ExportError) {
                let export = try shelf.open(input, options: reading)
                while let chunk = try export.nextChunk() {
                    let block = chunk.block()
                    feed(block, input.path, run)
                    messages += block.records.count
                    progress(input.path, messages)
                }
            } catch {
                if !input.isNamed && error.isNoText { continue }
                guard let rejected = Self.feed(lines: input, shelf, { Self.take($0, $1, run) }) else {
                    run.note(failure: error)
                    continue
                }
                run.note(passedOver: 0, rejected: rejected)
            }
        }
    }

    /// Reads a neutral corpus: JSON Lines with `text`, or a text a line.
    ///
    /// - Returns: false when the file cannot be read.
    public func feedNeutral(_ path: String, into run: BacktestRun) -> Bool {
        let input = ExportInput(file: path)
        if Self.feed(lines: input, ExportShelf(), { run.takeNeutral($0, origin: $1) }) != nil { return true }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else { return false }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            run.takeNeutral(String(line), origin: Origin(file: path, line: index + 1))
        }
        return true
    }

    private func feed(_ block: MessageBlock, _ path: String, _ run: BacktestRun) {
        let grouper = UtteranceGrouper()
        var judged = 0
        if asUtterances {
            let runs = grouper.runs(in: block)
            for index in 0..<runs.count {
                var utterance = grouper.utterance(runs[index], in: block)
                judged += runs[index].count
                let line = Int(block.records[utterance.members.first ?? 0].line)
                let lines = utterance.lines
                utterance.text.withUTF8 { run.take($0, lines: lines, origin: Origin(file: path, line: line)) }
            }
        } else {
            block.bytes.withUnsafeBufferPointer { bytes in
                for record in block.records where UtteranceGrouper.hasWords(record, in: block) {
                    judged += 1
                    run.take(
                        UnsafeBufferPointer(rebasing: bytes[record.text.range]),
                        origin: Origin(file: path, line: Int(record.line)))
                }
            }
        }
        run.note(passedOver: block.records.count - judged, rejected: block.rejects.count)
    }

    private static func take(_ text: String, _ origin: Origin, _ run: BacktestRun) {
        var copy = text
        copy.withUTF8 { run.take($0, origin: origin) }
    }

    /// JSON Lines with `text`, behind a byte-order mark too, in an archive too.
    ///
    /// - Returns: the number of lines that are none; nil when none of the first lines is, or the file cannot be read.
    private static func feed(
        lines input: ExportInput, _ shelf: ExportShelf, _ body: (String, Origin) -> Void
    ) -> Int? {
        var (number, read, rejected) = (0, 0, 0)
        do throws(ExportError) {
            // A line with escapes is up to six times as long as its text.
            try shelf.forEachLine(of: input, longest: 8 * ExportOptions.longestText) { line, isWhole in
                number += 1
                guard line.contains(where: { $0 > 0x20 }) else { return true }
                if isWhole, let request = TextRequest(line), request.text.utf8.count <= ExportOptions.longestText {
                    read += 1
                    body(request.text, Origin(file: input.path, line: number))
                } else {
                    rejected += 1
                }
                return read > 0 || rejected < mostStrangeLines
            }
        } catch {
            return nil
        }
        return read > 0 ? rejected : nil
    }

    /// So many lines before the first readable one, and the file is something else.
    private static let mostStrangeLines = 20
}
