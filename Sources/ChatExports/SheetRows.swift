/// Reads the rows of one sheet out of its XML and writes them as CSV text.
///
/// Titles above the header are left out, so that the table begins with its column names; `notes` keeps what they say.
final class SheetRows: XMLFeed.Handler {
    private typealias Row = (number: Int, cells: [[UInt8]])

    /// Columns and bytes of a cell beyond these are no chat's.
    private static let mostColumns = 512
    private static let mostCellBytes = 4 << 20
    private static let mostRowBytes = 16 << 20
    private static let mostOutput = 32 << 20
    /// The header is looked for in so many rows.
    private static let mostTitles = 20

    /// The text that was not fetched yet.
    var output: [UInt8] = []
    private(set) var notes = SheetNotes()
    /// True when a cell is longer than any that a program writes.
    private(set) var isMonstrous = false

    private let book: Workbook
    private var titles: [Row] = []
    private var hasHeader = false
    private var width = 0
    private var line = 1
    private var row: Row = (0, [])
    private var column = 0
    private var rowBytes = 0
    private var kind: CellKind = .number
    private var style = 0
    private var value: [UInt8] = []
    private var isInValue = false
    private var phonetic = 0

    private enum CellKind { case number, shared, text, other }

    init(_ book: Workbook) { self.book = book }

    // MARK: XML

    func begin(_ name: XMLFeed.StaticName, _ attributes: XMLFeed.Attributes) {
        if name == "c" {
            beginCell(attributes)
        } else if name == "v" {
            isInValue = true
        } else if name == "t" {
            isInValue = phonetic == 0
        } else if name == "row" {
            // A sheet has 1,048,576 rows; what says more is no row's number.
            let number =
                attributes["r"].flatMap { Int($0) }.flatMap { (1...1 << 21).contains($0) ? $0 : nil } ?? row.number + 1
            row = (max(row.number + 1, number), [])
            column = 0
            rowBytes = 0
        } else if name == "rPh" {
            phonetic += 1
        }
    }

    func end(_ name: XMLFeed.StaticName) {
        if name == "v" || name == "t" {
            isInValue = false
        } else if name == "c" {
            endCell()
        } else if name == "row" {
            take(row)
        } else if name == "rPh" {
            phonetic -= 1
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isInValue, !isMonstrous else { return }
        value.append(contentsOf: bytes)
        isMonstrous = value.count > Self.mostCellBytes
    }

    /// The sheet is over: a header was never found, so the rows stand for themselves.
    func finish() {
        if !hasHeader { flushTitles(from: 0) }
    }

    private func beginCell(_ attributes: XMLFeed.Attributes) {
        // A cell without a reference stands behind the one before it.
        if let reference = attributes.value("r") { column = Self.column(reference) ?? column }
        kind =
            switch attributes["t"] {
            case nil, "n": .number
            case "s": .shared
            case "str", "inlineStr": .text
            default: .other
            }
        style = attributes["s"].flatMap { Int($0) } ?? 0
        value.removeAll(keepingCapacity: true)
    }

    private func endCell() {
        defer { column += 1 }
        guard column < Self.mostColumns, !value.isEmpty, !isMonstrous else { return }
        while row.cells.count <= column { row.cells.append([]) }
        row.cells[column] = content()
        // A shared string may be long and stand in every cell.
        rowBytes += row.cells[column].count
        isMonstrous = isMonstrous || rowBytes > Self.mostRowBytes || output.count > Self.mostOutput
    }

    /// `C12` is column 2.
    private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var at = reference
        while at.pointee >= 0x41, at.pointee <= 0x5A, column < 1 << 20 {
            column = column * 26 + Int(at.pointee) - 0x40
            at += 1
        }
        return column == 0 ? nil : column - 1
    }

    private func content() -> [UInt8] {
        switch kind {
        case .text: return Self.unescaped(value)
        case .other: return value
        case .shared:
            guard let range = Int(String(decoding: value, as: UTF8.self)).flatMap(book.shared) else { return [] }
            return Self.unescaped(Array(book.text[range]))
        case .number:
            guard book.styles.indices.contains(style), book.styles[style] != .plain,
                let days = Double(String(decoding: value, as: UTF8.self)),
                let text = SheetDates.text(days, style: book.styles[style], from1904: book.isFrom1904)
            else { return value }
            return Array(text.utf8)
        }
    }

    /// `_x000D_` stands for a character that XML cannot hold; CR LF becomes LF.
    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0x5F) || text.contains(0x0D) else { return text }
        var result: [UInt8] = []
        var at = 0
        while at < text.count {
            if text[at] == 0x5F, at + 7 <= text.count, text[at + 1] == 0x78, text[at + 6] == 0x5F,
                let code = UInt32(String(decoding: text[at + 2..<at + 6], as: UTF8.self), radix: 16),
                Unicode.Scalar(code) != nil
            {
                if code != 0x0D { Transcoder.append(code, to: &result) }
                at += 7
            } else {
                if text[at] != 0x0D { result.append(text[at]) }
                at += 1
            }
        }
        return result
    }

    // MARK: Rows

    private func take(_ row: Row) {
        guard row.cells.contains(where: { !$0.isEmpty }) else { return }
        if hasHeader { return write(row) }
        titles.append(row)
        if Self.isHeader(row.cells) {
            flushTitles(from: titles.count - 1)
        } else if titles.count == Self.mostTitles {
            flushTitles(from: titles.firstIndex { row in row.cells.count { !$0.isEmpty } > 1 } ?? 0)
        }
    }

    /// Writes the rows from the header on; those above it say at most what group it is.
    private func flushTitles(from first: Int) {
        var first = first
        if !hasHeader, first == 0, !titles.isEmpty, !Self.isHeader(titles[0].cells) {
            first = titles.firstIndex { row in row.cells.count { !$0.isEmpty } > 1 } ?? 0
        }
        for title in titles[..<first] { notes.take(title.cells) }
        hasHeader = true
        let rows = titles[first...]
        titles = []
        width = rows.first?.cells.count ?? 0
        for row in rows { write(row) }
    }

    /// True for column names of a chat: a time, and words.
    private static func isHeader(_ cells: [[UInt8]]) -> Bool {
        let names = Set(cells.map { String(decoding: $0, as: UTF8.self).lowercased().filter { !$0.isWhitespace } })
        let times: Set = [
            "时间", "发送时间", "消息时间", "发言时间", "日期", "日期时间", "创建时间", "time", "datetime", "date", "createtime", "strtime",
            "timestamp", "msgtime", "sendtime",
        ]
        let words: Set = [
            "内容", "消息内容", "聊天内容", "发言内容", "消息", "正文", "文本", "content", "text", "message", "msg", "strcontent",
            "msgcontent",
        ]
        return !names.isDisjoint(with: times) && !names.isDisjoint(with: words)
    }

    private func write(_ row: Row) {
        let shift = row.number - line
        if shift != notes.shifts.last?.by ?? 0 { notes.shifts.append((line, shift)) }
        let count = max(width, row.cells.count)
        for index in 0..<count {
            if index > 0 { output.append(0x2C) }
            guard index < row.cells.count else { continue }
            append(row.cells[index])
        }
        output.append(0x0A)
        line += 1
    }

    private func append(_ cell: [UInt8]) {
        guard cell.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
            output.append(contentsOf: cell)
            return
        }
        output.append(0x22)
        for byte in cell {
            if byte == 0x22 { output.append(0x22) }
            if byte == 0x0A { line += 1 }
            output.append(byte)
        }
        output.append(0x22)
    }
}

/// A sheet of a workbook as a stream of CSV text, read in bounded memory.
final class SheetStream: ByteStream {
    /// A sheet may unpack to so many times its archive's size before it counts as an attack; cells repeat a lot.
    private static let ratio = 400
    private static let ratioFrom = 64 << 20

    private let source: ByteSource
    private let book: Workbook
    private let part: String
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private var reader: ArchiveReader?
    private var rows: SheetRows
    private var feed: XMLFeed
    private var fetched = 0
    private var unpacked = 0
    private var isAtEnd = false
    private(set) var isDamaged = false

    init(_ source: ByteSource, _ book: Workbook, _ sheet: Workbook.Sheet) {
        self.source = source
        self.book = book
        part = sheet.part
        rows = SheetRows(book)
        feed = XMLFeed(rows)
    }

    deinit { buffer.deallocate() }

    var sheet: SheetNotes? { rows.notes }

    func restart() throws(ExportError) {
        reader = nil
        rows = SheetRows(book)
        feed = XMLFeed(rows)
        (fetched, unpacked, isAtEnd, isDamaged) = (0, 0, false, false)
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ExportError) -> Int {
        while fetched == rows.output.count {
            if isAtEnd { return 0 }
            rows.output.removeAll(keepingCapacity: true)
            fetched = 0
            try readOn()
        }
        let count = min(target.count, rows.output.count - fetched)
        rows.output.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[fetched..<fetched + count]))
        }
        fetched += count
        return count
    }

    private func readOn() throws(ExportError) {
        let reader = try opened()
        var got = 0
        do throws(ContainerFailure) { got = try reader.read(into: buffer) } catch { isDamaged = true }
        unpacked += got
        if unpacked > Self.ratioFrom, unpacked / Self.ratio > (try source.size()) {
            throw ExportError(.workbookTooLarge, file: source.path)
        }
        let isWell = feed.take(UnsafeRawBufferPointer(rebasing: buffer[..<got]), isLast: got == 0)
        if rows.isMonstrous { throw ExportError(.workbookTooLarge, file: source.path) }
        if got == 0 || !isWell {
            // What is broken in the middle ends there: the rows before it count.
            isDamaged = isDamaged || !isWell
            isAtEnd = true
            rows.finish()
        }
    }

    private func opened() throws(ExportError) -> ArchiveReader {
        if let reader { return reader }
        let opened = try ArchiveReader(source)
        while let entry = try opened.next() {
            if entry.name.lowercased() == part {
                reader = opened
                return opened
            }
        }
        throw ExportError(.archiveDamaged, file: source.path)
    }
}
