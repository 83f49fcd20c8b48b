internal import Messages

/// The first row of a table: which column is called what.
struct CSVHeader {
    /// What stands between the fields.
    let separator: UInt8
    let names: [[UInt8]]
    /// The rows above it, which say what chat it is.
    private(set) var titles: [[[UInt8]]] = []

    /// The header of a text whose first line has at least two columns; nil where it has not.
    init?(_ head: TextHead) {
        var lines = head.lines[...]
        guard let first = Self.row(&lines) else { return nil }
        // `sep=,` tells Excel what stands between the fields.
        guard first.count == 5, first.starts(with: "sep=".utf8), let second = Self.row(&lines) else {
            self.init(line: first)
            return
        }
        self.init(line: second)
        titles = [[first]]
    }

    /// Takes the first line that isn't blank, with those that a quoted cell goes over.
    private static func row(_ lines: inout ArraySlice<[UInt8]>) -> [UInt8]? {
        lines = lines.drop { $0.allSatisfy { $0 <= 0x20 } }
        guard let first = lines.popFirst() else { return nil }
        func isOpen(_ text: [UInt8]) -> Bool { !text.count { $0 == 0x22 }.isMultiple(of: 2) }
        guard isOpen(first) else { return first }
        var row = first
        for (offset, line) in lines.prefix(mostLines).enumerated() {
            row += [0x0A] + line
            guard !isOpen(row) else { continue }
            lines = lines.dropFirst(offset + 1)
            return row
        }
        // A quote that stands for itself.
        return first
    }

    /// So many lines a header may go over.
    private static let mostLines = 40

    /// The lines of a head that stand below this header.
    func linesBelow(_ head: TextHead) -> [[UInt8]] {
        var lines = head.lines[...]
        for _ in 0...titles.count { _ = Self.row(&lines) }
        return Array(lines)
    }

    /// The header of a text in whose first rows a column has one of the names: a workbook with titles, saved as text.
    init?(_ head: TextHead, naming column: [StaticString]) {
        var titles: [[[UInt8]]] = []
        for line in head.lines.prefix(24) where !line.allSatisfy({ $0 <= 0x20 }) {
            guard var header = CSVHeader(line: line) else {
                titles.append([line])
                continue
            }
            if header.column(column) != nil {
                header.titles = titles
                self = header
                return
            }
            titles.append(header.names)
        }
        return nil
    }

    private init?(line first: [UInt8]) {
        // WPS and Excel write tabs in Unicode text, and semicolons in some languages.
        for separator: UInt8 in [0x2C, 0x09, 0x3B] where first.contains(separator) {
            var rows = CSVRows(separator: separator)
            rows.splitAlone(first)
            let names = rows.ends.indices.map { index in
                rows.text.withUnsafeBufferPointer { text in
                    let name = text.part(text.trimmed(rows.field(index)))
                    // A file that was saved twice has two byte-order marks.
                    return Array(name.begins(with: "\u{FEFF}") ? name.part(3..<name.count) : name)
                }
            }
            if names.count > 1 {
                self.separator = separator
                self.names = names
                return
            }
        }
        return nil
    }

    /// The first column with one of the names.
    func column(_ aliases: [StaticString]) -> Int? {
        aliases.lazy.compactMap { alias in
            names.firstIndex { name in name.withUnsafeBufferPointer { $0.equals(alias) } }
        }.first
    }

    /// Requires columns under their names.
    func require(_ columns: [StaticString], of recognition: inout Recognition) {
        for name in columns { recognition.require(column([name]) != nil, "column \(name)") }
    }
}

/// One row of a table, its fields under the numbers that the format gave them.
struct CSVRow {
    /// The text of the row's fields.
    let text: ByteView
    /// Where each field begins and ends, one after the other.
    fileprivate let bounds: [Int]
    /// The number of fields; what `bounds` holds behind them is of another row.
    fileprivate let count: Int
    fileprivate let columns: [Int]
    /// The line on which the row begins.
    let line: Int

    /// The text of a field; empty where the table has no such column.
    subscript(field: Int) -> ByteView {
        let column = columns[field]
        guard column >= 0, column < count else { return ByteView(start: nil, count: 0) }
        return text.part(bounds[2 * column]..<bounds[2 * column + 1])
    }

    /// The field behind those that the header names; empty where there is none.
    func unnamed(behind width: Int) -> ByteView {
        guard width < count else { return ByteView(start: nil, count: 0) }
        return text.part(bounds[2 * width]..<bounds[2 * width + 1])
    }
}

/// Turns the rows of one format's table into messages.
protocol CSVRecordReader {
    /// One entry per field: the names that its column may have.
    var columns: [[StaticString]] { get }
    /// True for a table whose rows end with an id that the header doesn't name.
    var hasUnnamedID: Bool { get }
    /// When a row was said, seconds since 1970; nil where nothing stands where its time should.
    func time(of row: CSVRow) -> Int64?
    /// Turns a row into a message or a reject.
    mutating func read(_ row: CSVRow, into builder: inout BlockBuilder)
}

extension CSVRecordReader {
    var hasUnnamedID: Bool { false }
    func time(of row: CSVRow) -> Int64? { row.time(0) ?? row.time(1) }
}

extension CSVRow {
    /// The time in a field; nil where it is none that a message can have.
    func time(_ field: Int) -> Int64? {
        guard let reading = ExportTime.parse(self[field]), reading.seconds >= ExportTime.earliest else { return nil }
        return reading.seconds
    }
}

/// Reads a table whose first row names its columns, in whatever order they stand.
struct CSVTable<Reader: CSVRecordReader>: LineReader {
    private var reader: Reader
    private var rows: CSVRows
    /// Splits lines to look at them.
    private var probe: CSVRows
    /// The bytes that were gone over again behind stray quotes, less those that were not.
    private var again = 0
    private let separator: UInt8
    /// For each field the number of its column, -1 where there is none.
    private let columns: [Int]
    private let width: Int
    /// Columns behind this one are not asked for.
    private let needed: Int
    private var hasHeader = false
    /// The rows above the header that are still to come.
    private var titles = 0
    /// The fields of the row at hand, as in `CSVRow`.
    private var bounds: [Int] = []
    private var count = 0

    init(_ header: CSVHeader, _ reader: Reader) {
        self.reader = reader
        separator = header.separator
        rows = CSVRows(separator: header.separator)
        probe = rows
        columns = reader.columns.map { header.column($0) ?? -1 }
        width = header.names.count
        needed = (columns.max() ?? -1) + 1
        titles = header.titles.count
    }

    /// A table whose columns a person named; the first row is a header unless it is skipped.
    init(_ header: CSVHeader, _ reader: Reader, columns: [Int], skipsHeader: Bool) {
        self.reader = reader
        separator = header.separator
        rows = CSVRows(separator: header.separator)
        probe = rows
        self.columns = columns
        width = header.names.count
        needed = (columns.max() ?? -1) + 1
        hasHeader = !skipsHeader
    }

    mutating func read(_ line: ByteView, number: Int, into builder: inout BlockBuilder) {
        if !rows.isOpen {
            if isBlank(line) {
                builder.pass()
                return
            }
            if splitInPlace(line) {
                take(line, line: number, into: &builder)
                return
            }
        }
        again = max(0, again - line.count)
        if let first = rows.take(line, number: number) {
            if isStray() { recover(into: &builder) } else { takeRow(line: first, into: &builder) }
        } else if rows.isRunaway {
            recover(into: &builder)
        }
    }

    mutating func finish(into builder: inout BlockBuilder) {
        while rows.isOpen { recover(into: &builder) }
    }

    private func isBlank(_ line: ByteView) -> Bool {
        // Excel writes a row of separators for each empty row of a sheet; above the header they are counted as titles.
        let isBare = !line.isEmpty && line[0] == separator && hasHeader
        return line.isEmpty
            || (isBare || line[0] <= 0x20) && line.allSatisfy { $0 <= 0x20 || isBare && $0 == separator }
    }

    /// Finds the fields where they stand, quoted ones within their quotes; false when a quote stands elsewhere.
    @inline(__always)
    private mutating func splitInPlace(_ line: ByteView) -> Bool {
        count = 0
        var start = 0
        while true {
            var at: Int
            if start < line.count, line[start] == 0x22 {
                let close = JSONScan.byte(0x22, or: 0x22, in: line, from: start &+ 1)
                at = close &+ 1
                guard close < line.count, at == line.count || line[at] == separator else { return false }
                note(start &+ 1, close)
            } else {
                at = JSONScan.byte(separator, or: 0x22, in: line, from: start)
                if at < line.count, line[at] == 0x22 { return false }
                note(start, at)
            }
            if at >= line.count { return true }
            start = at &+ 1
        }
    }

    @inline(__always)
    private mutating func note(_ start: Int, _ end: Int) {
        if bounds.count < 2 &* (count &+ 1) { bounds.append(contentsOf: repeatElement(0, count: 2 &* (count &+ 16))) }
        bounds[2 &* count] = start
        bounds[2 &* count &+ 1] = end
        count &+= 1
    }

    private mutating func takeRow(line: Int, into builder: inout BlockBuilder) {
        noteFields(of: rows)
        let text = rows.text
        text.withUnsafeBufferPointer { take($0, line: line, into: &builder) }
    }

    private mutating func take(_ text: ByteView, line: Int, into builder: inout BlockBuilder) {
        guard hasHeader else {
            hasHeader = titles == 0
            titles -= 1
            builder.pass()
            return
        }
        guard fits(text) else {
            builder.reject(.wrongColumns, line: line, number: count)
            return
        }
        reader.read(CSVRow(text: text, bounds: bounds, count: count, columns: columns, line: line), into: &builder)
    }

    private mutating func noteFields(of rows: CSVRows) {
        count = 0
        var start = 0
        for end in rows.ends {
            note(start, end)
            start = end
        }
    }

    /// Programs that re-save a table add empty columns at its end, or leave them out.
    fileprivate func fits(_ text: ByteView) -> Bool {
        if count == width { return true }
        if count < width { return count >= needed }
        if reader.hasUnnamedID, count == width + 1 {
            return text[bounds[2 * width]..<bounds[2 * width + 1]].allSatisfy { $0 &- 0x30 < 10 }
        }
        return (width..<count).allSatisfy { bounds[2 * $0] == bounds[2 * $0 + 1] }
    }
}

// MARK: Stray quotes

extension CSVTable {
    /// A quote was opened that none closes: its line is lost, the lines behind it are rows again.
    private mutating func recover(into builder: inout BlockBuilder) {
        let first = rows.firstLine
        let lines = rows.abandon()
        builder.reject(.wrongColumns, line: first)
        var index = 1
        while index < lines.count {
            let line = lines[index]
            defer { index += 1 }
            if !rows.isOpen, line.withUnsafeBufferPointer(isBlank) {
                builder.pass()
                continue
            }
            // Quotes that open and close across each other would be gone over without end.
            guard rows.isOpen || again <= Self.patience else {
                rows.splitAlone(line)
                takeRow(line: first + index, into: &builder)
                continue
            }
            again += line.count
            let whole = line.withUnsafeBufferPointer { rows.take($0, number: first + index) }
            if let whole, !isStray() {
                takeRow(line: whole, into: &builder)
            } else if whole != nil || rows.isRunaway {
                builder.reject(.wrongColumns, line: rows.firstLine)
                index = rows.firstLine - first
                _ = rows.abandon()
            }
        }
    }

    /// So many bytes are gone over again before lines are taken for rows whatever their quotes.
    private static var patience: Int { 4 << 20 }

    /// True when the lines of the row at hand are rows themselves, which a quote that was lost, or stands for itself, swallowed.
    private mutating func isStray() -> Bool {
        guard rows.lineCount > 1, hasHeader else { return false }
        noteFields(of: rows)
        let isWhole = rows.text.withUnsafeBufferPointer(fits)
        let last = rows.lineCount - 1
        if rows.isDoubtful || !isWhole { return (1...last).contains { time(ofLine: $0, mayBeOpen: true) != nil } }
        // Each quote stands where it may. What people paste was said before they paste it, what comes behind it was said later.
        guard rows.secondMayBeRow(of: needed), let time = time(ofLine: 0, mayBeOpen: true),
            let next = self.time(ofLine: 1, mayBeOpen: false),
            next >= time
        else { return false }
        return (1...last).allSatisfy { self.time(ofLine: $0, mayBeOpen: false) != nil }
    }

    /// The time of a line of the row at hand that looks like a row by itself; nil for another line.
    private mutating func time(ofLine index: Int, mayBeOpen: Bool) -> Int64? {
        let line = rows.line(index)
        let isOpen = probe.splitAlone(line)
        noteFields(of: probe)
        return probe.text.withUnsafeBufferPointer { text in
            guard isOpen ? mayBeOpen && count <= width : count > 1 && fits(text) else { return nil }
            return reader.time(
                of: CSVRow(text: text, bounds: bounds, count: isOpen ? count - 1 : count, columns: columns, line: 0))
        }
    }
}

extension BlockBuilder {
    /// A message's head out of a row; nil after a reject.
    mutating func head(
        _ row: CSVRow, time field: Int, named name: String, sender: ByteView, senderName: ByteView
    ) -> MessageBlock.Record? {
        guard case .time(let time) = plausible(ExportTime.parse(row[field])) else {
            reject(row[field].isEmpty ? .missingField : .badTime, line: row.line, field: name)
            return nil
        }
        var message = MessageBlock.Record()
        (message.sentAt, message.precision) = time
        message.line = Int32(truncatingIfNeeded: row.line)
        message.speakerKey = SpeakerKey.key(id: sender, name: senderName, ordinal: row.line)
        return message
    }

    /// A server's message id, its digits unchanged.
    ///
    /// None where it is a row number, or where Excel has made a power of ten of it: that one is lost.
    mutating func serverID(_ id: ByteView, digits: Int = 15) -> MessageBlock.Slice {
        guard id.count >= digits, id.allSatisfy({ $0 &- 0x30 < 10 }) else { return .none }
        return block(appending: id)
    }

    private mutating func block(appending text: ByteView) -> MessageBlock.Slice {
        let start = mark
        append(text)
        return MessageBlock.Slice(start: start, end: mark)
    }
}
