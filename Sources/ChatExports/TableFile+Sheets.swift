extension TableFile {
    /// The sheets of a workbook that people see, in order, with their rows.
    ///
    /// - Throws: when the file is no workbook, or cannot be read.
    public static func sheets(of path: String) throws(ExportError) -> [(name: String, rows: [Row])] {
        let source = try ByteSource(path: path)
        guard let book = try Workbook(source) else { throw ExportError(.unknownTable, file: path) }
        var sheets: [(name: String, rows: [Row])] = []
        for sheet in book.sheets {
            let table = ByteSource(path: path, stream: SheetStream(source, book, sheet))
            sheets.append((sheet.name, try table.size() == 0 ? [] : try rows(in: table, named: path)))
        }
        return sheets
    }
}
