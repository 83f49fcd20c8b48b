/// A table that an operator keeps in a spreadsheet, as a workbook or saved as CSV: registers and gazetteers, not exports.
public enum TableFile {
    /// One row with the line that it begins on, from 1.
    public typealias Row = (line: Int, fields: [String])

    /// The rows of a CSV file in any encoding that exports come in, or of a workbook's first sheet; blank lines are left
    /// out, and so are titles above the column names of a sheet.
    ///
    /// - Throws: when the file cannot be opened, is empty, or is a picture, a database, or an archive.
    public static func rows(of path: String) throws(ExportError) -> [Row] {
        try rows(in: Workbook.table(ByteSource(path: path)), named: path)
    }

    /// The rows of a table as text.
    static func rows(in source: ByteSource, named path: String) throws(ExportError) -> [Row] {
        let head = try source.bytes(at: 0, count: 1 << 16)
        guard !head.isEmpty else { throw ExportError(.empty, file: path) }
        if let reason = Sniffer.refusal(head) { throw ExportError(reason, file: path) }
        let (encoding, mark) = try EncodingGuess.guess(source, head: head)
        let window = ByteWindow(source: source, encoding: encoding, mark: mark, step: 1 << 20)
        while try window.fill() {}
        var rows: [Row] = []
        var reader = CSVRows()
        window.bytes.withUnsafeBufferPointer { view in
            var number = 0
            var start = 0
            while start < view.count {
                let end = JSONScan.byte(0x0A, or: 0x0D, in: view, from: start)
                number += 1
                let line = view.part(start..<min(end, view.count))
                if reader.isOpen || !view.trimmed(start..<min(end, view.count)).isEmpty,
                    let first = reader.take(line, number: number)
                {
                    rows.append((first, fields(of: reader)))
                }
                start = end + 1
                if end + 1 < view.count, view[end] == 0x0D, view[end + 1] == 0x0A { start += 1 }
            }
            // A quote that is never closed would swallow the rest: its lines count for themselves.
            for (index, line) in (reader.isOpen ? reader.abandon() : []).enumerated() {
                reader.splitAlone(line)
                rows.append((number - index, fields(of: reader)))
            }
        }
        guard let sheet = source.sheet else { return rows }
        if source.isDamaged { throw ExportError(.archiveDamaged, file: path) }
        return rows.map { (sheet.row(ofLine: $0.line), $0.fields) }
    }

    private static func fields(of reader: CSVRows) -> [String] {
        reader.ends.indices.map { String(decoding: reader.text[reader.field($0)], as: UTF8.self) }
    }
}
