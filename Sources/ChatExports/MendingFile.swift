public import Messages

/// The records that could not be read, written so that a person can mend them and have the file read again.
///
/// Each export has a part of its own: the beginning of the original (`#before`), the records as they stand in it, each
/// under a line that says what is wrong (`#reject`), and its end (`#after`). Read again, a part is put together to a small
/// file of the original's format, which the same readers read. Lines that begin with `#` are not touched; a record's own
/// line that begins so has a backslash before it.
public struct MendingFile {
    static let firstLine = Array("#minsheng-rejects 1".utf8)
    /// Longer records are not mended by hand.
    static let longestRecord = 256 << 10
    private static let mostBytes = 64 << 20

    /// The file's bytes so far.
    public private(set) var bytes: [UInt8]
    /// The records that are in it.
    public private(set) var records = 0

    /// Begins a file with words that say what to do.
    public init(instructions: [String]) {
        bytes = Self.firstLine + [0x0A]
        for line in instructions { append("# " + line) }
    }

    /// Adds the records of an export that were rejected; it is read once more for them.
    ///
    /// `explain` gives the line that a person reads above a record.
    public mutating func add(
        _ input: ExportInput, from shelf: ExportShelf, options: ExportOptions, rejects: [Reject],
        explain: (Reject) -> String
    ) throws(ExportError) {
        guard !rejects.isEmpty, bytes.count < Self.mostBytes else { return }
        let file = try ExportFile(source: shelf.source(of: input), options: options)
        for part in try file.mending(rejects) { add(part, name: FolderName.telling(input.path), explain: explain) }
    }

    private mutating func add(_ part: MendingPart, name: String, explain: (Reject) -> String) {
        append("#file " + name)
        for line in Self.lines(of: part.before) { append(Array("#before ".utf8) + line) }
        if part.isArray { append("#join ,") }
        for (reject, text) in part.records {
            append("#reject \(reject.origin.line) \(reject.reason.rawValue) " + explain(reject))
            for line in Self.lines(of: text) {
                let isMarked = line.first == 0x23 || line.first == 0x5C
                append((isMarked ? [0x5C] : []) + line)
            }
            records += 1
        }
        for line in Self.lines(of: part.after) { append(Array("#after ".utf8) + line) }
    }

    private mutating func append(_ line: String) { append(Array(line.replacing("\n", with: " ").utf8)) }

    private mutating func append(_ line: [UInt8]) {
        bytes += line
        bytes.append(0x0A)
    }

    private static func lines(of text: [UInt8]) -> [[UInt8]] {
        guard !text.isEmpty else { return [] }
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

/// What of an export goes into a mending file.
struct MendingPart {
    /// The text before the first record, and behind the last one.
    var before: [UInt8] = []
    var after: [UInt8] = []
    /// True when the records are elements of an array.
    var isArray = false
    var records: [(Reject, [UInt8])] = []

    /// Takes of a piece the records that are wanted.
    mutating func take(_ piece: RecordPiece, _ wanted: [Int: Reject]) {
        var found: [(Reject, [UInt8])] = []
        func keep(_ line: Int, _ bytes: [UInt8]) {
            if let reject = wanted[line], bytes.count <= MendingFile.longestRecord { found.append((reject, bytes)) }
        }
        for (line, bytes) in piece.broken { keep(line, bytes) }
        if case .elements(let elements) = piece.layout {
            for (index, element) in elements.enumerated() where wanted[Int(element.number)] != nil {
                let end = index + 1 < elements.count ? Int(elements[index + 1].start) : piece.bytes.count
                // Behind the last one the piece may hold the beginning of a broken one.
                let text = piece.bytes[Int(element.start)..<end]
                // A record is an object or a text.
                let closer: UInt8 = text.first == 0x22 ? 0x22 : 0x7D
                let last = text.lastIndex(of: closer).map { $0 + 1 } ?? text.endIndex
                keep(Int(element.number), Array(text[..<last]))
            }
        }
        guard !found.isEmpty else { return }
        records += found
        records.sort { $0.0.origin.line < $1.0.origin.line }
    }
}

/// A mended file as a file that holds files: each part an export of its own.
final class MendedContainer: Container {
    private let parts: [(name: String, bytes: [UInt8])]
    private var position = 0
    private var offset = 0

    /// Nil when the bytes are no mending file.
    init?(_ source: ByteSource, head: [UInt8]) throws(ExportError) {
        let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        let plain = head.dropFirst(head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        guard isWide || plain.starts(with: MendingFile.firstLine) else { return nil }
        // Whoever mends a file may save it in another encoding.
        let (encoding, mark) = try EncodingGuess.guess(source, head: head)
        let first = ByteWindow(source: source, encoding: encoding, mark: mark, step: 4096)
        _ = try first.fill()
        guard first.bytes.starts(with: MendingFile.firstLine) else { return nil }
        let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 20)
        while try window.fill() {
            if window.bytes.count > 256 << 20 { throw ExportError(.archiveTooLarge, file: source.path) }
        }
        parts = Self.parts(of: window.bytes)
    }

    func next() throws(ExportError) -> ContainerEntry? {
        guard position < parts.count else { return nil }
        let part = parts[position]
        position += 1
        offset = 0
        return ContainerEntry(name: part.name, size: part.bytes.count)
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ContainerFailure) -> Int {
        guard position > 0 else { return 0 }
        let bytes = parts[position - 1].bytes
        let count = min(target.count, bytes.count - offset)
        bytes.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        offset += count
        return count
    }

    private struct Draft {
        var name = ""
        var before: [[UInt8]] = []
        var after: [[UInt8]] = []
        var separator: [UInt8] = [0x0A]
        var records: [[UInt8]] = []
        var isInRecord = false

        var bytes: [UInt8] {
            let kept = records.map { record in
                var record = record[...]
                while let last = record.last, last <= 0x20 || separator.first == 0x2C && last == 0x2C {
                    record.removeLast()
                }
                return Array(record)
            }.filter { !$0.isEmpty }
            var text: [UInt8] = []
            for line in before { text += line + [0x0A] }
            text += Array(kept.joined(separator: separator)) + [0x0A]
            for line in after { text += line + [0x0A] }
            return text
        }
    }

    private static func parts(of text: [UInt8]) -> [(name: String, bytes: [UInt8])] {
        var drafts: [Draft] = []
        for var line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.last == 0x0D { line = line.dropLast() }
            func rest(_ word: String) -> [UInt8]? {
                line.starts(with: word.utf8) ? Array(line.dropFirst(word.utf8.count)) : nil
            }
            if let name = rest("#file ") {
                drafts.append(Draft(name: String(decoding: name, as: UTF8.self)))
            } else if drafts.isEmpty {
                continue
            } else if let head = rest("#before ") ?? rest("#before") {
                drafts[drafts.count - 1].before.append(head)
            } else if let tail = rest("#after ") ?? rest("#after") {
                drafts[drafts.count - 1].after.append(tail)
                drafts[drafts.count - 1].isInRecord = false
            } else if rest("#join") != nil {
                drafts[drafts.count - 1].separator = [0x2C, 0x0A]
            } else if rest("#reject") != nil {
                drafts[drafts.count - 1].records.append([])
                drafts[drafts.count - 1].isInRecord = true
            } else if line.first != 0x23, drafts[drafts.count - 1].isInRecord {
                let own = line.first == 0x5C ? line.dropFirst() : line
                let last = drafts[drafts.count - 1].records.count - 1
                drafts[drafts.count - 1].records[last] += own + [0x0A]
            }
        }
        return drafts.map { ($0.name, $0.bytes) }
    }
}
