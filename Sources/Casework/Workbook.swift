/// A table as an Excel workbook (Office Open XML), made in memory.
///
/// Every cell is a text: no formula, no number that a spreadsheet rounds, no link. Nothing is compressed and nothing goes
/// through a temporary file, where words of a case would lie in clear.
///
/// - Input: the heading and rows of equally many cells. Characters that XML forbids are left out; a cell is cut at 32,767
///   characters, which is what Excel takes.
/// - Output: the bytes of the `.xlsx` file; equal tables give equal bytes.
/// - Cost: linear; some three times the text in memory.
public enum Workbook {
    /// How many rows a sheet holds, the heading included.
    public static let rowLimit = 1_048_576
    private static let cellLimit = 32_767

    /// The file of a table; nil where it has more rows than a sheet holds.
    public static func file(sheet name: String, heading: [String], rows: [[String]]) -> [UInt8]? {
        guard rows.count < rowLimit else { return nil }
        var archive = StoredArchive()
        archive.add("[Content_Types].xml", Array(contentTypes.utf8))
        archive.add("_rels/.rels", Array(packageRelations.utf8))
        archive.add("xl/workbook.xml", Array(book(name).utf8))
        archive.add("xl/_rels/workbook.xml.rels", Array(bookRelations.utf8))
        archive.add("xl/styles.xml", Array(styles.utf8))
        archive.add("xl/worksheets/sheet1.xml", sheet(heading, rows))
        return archive.finish()
    }

    private static func sheet(_ heading: [String], _ rows: [[String]]) -> [UInt8] {
        var xml = Array(
            """
            \(head)<worksheet xmlns="\(main)"><sheetViews><sheetView workbookViewId="0">\
            <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>
            """.utf8)
        append(heading, row: 1, style: 2, to: &xml)
        for (index, row) in rows.enumerated() { append(row, row: index + 2, style: 1, to: &xml) }
        let last = column(max(0, heading.count - 1)) + String(rows.count + 1)
        xml += "</sheetData><autoFilter ref=\"A1:\(last)\"/></worksheet>".utf8
        return xml
    }

    private static func append(_ cells: [String], row: Int, style: Int, to xml: inout [UInt8]) {
        xml += "<row r=\"\(row)\">".utf8
        for (index, text) in cells.enumerated() where !text.isEmpty {
            xml += "<c r=\"\(column(index))\(row)\" s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8
            append(text, to: &xml)
            xml += "</t></is></c>".utf8
        }
        xml += "</row>".utf8
    }

    private static func append(_ text: String, to xml: inout [UInt8]) {
        var length = 0
        for scalar in text.unicodeScalars {
            // Excel counts UTF-16 units.
            length += scalar.value > 0xFFFF ? 2 : 1
            if length > cellLimit { return }
            switch scalar {
            case "<": xml += "&lt;".utf8
            case ">": xml += "&gt;".utf8
            case "&": xml += "&amp;".utf8
            case "\"": xml += "&quot;".utf8
            case "\t", "\n", "\r": xml += "&#\(scalar.value);".utf8
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): continue
            case "\u{FFFE}", "\u{FFFF}": continue
            default: xml += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
    }

    /// The letters of a column: A, B, … Z, AA.
    private static func column(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(0x41 + index % 26)))
        return index < 26 ? letter : column(index / 26 - 1) + letter
    }

    // MARK: - The parts that don't change

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private static let contentTypes = """
        \(head)<Types xmlns="\(package)/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Override PartName="/xl/workbook.xml" ContentType="\(type).sheet.main+xml"/>\
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="\(type).worksheet+xml"/>\
        <Override PartName="/xl/styles.xml" ContentType="\(type).styles+xml"/></Types>
        """

    private static let packageRelations = """
        \(head)<Relationships xmlns="\(package)/relationships">\
        <Relationship Id="rId1" Type="\(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """

    private static let bookRelations = """
        \(head)<Relationships xmlns="\(package)/relationships">\
        <Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="rId2" Type="\(office)/styles" Target="styles.xml"/></Relationships>
        """

    /// Style 1 is a text that stays one when somebody edits the cell, style 2 the same in bold.
    private static let styles = """
        \(head)<styleSheet xmlns="\(main)"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
        <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
        <cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>\
        <xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1" quotePrefix="1"/></cellXfs></styleSheet>
        """

    private static func book(_ name: String) -> String {
        var cell: [UInt8] = []
        // Excel refuses these in a sheet's name, and more than 31 characters.
        append(String(name.filter { !"[]:*?/\\'".contains($0) }.prefix(31)), to: &cell)
        return """
            \(head)<workbook xmlns="\(main)" xmlns:r="\(office)"><sheets>\
            <sheet name="\(String(decoding: cell, as: UTF8.self))" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
    }
}

/// A ZIP archive whose entries are stored as they are.
///
/// Source: PKWARE, "APPNOTE.TXT". Files under 4 GiB; the time of each is 1980-01-01, so that nothing tells when it was made.
struct StoredArchive {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    /// Adds a file.
    mutating func add(_ name: String, _ content: [UInt8]) {
        precondition(bytes.count + content.count < 0xFFFF_0000, "an archive of this kind ends at 4 GiB")
        let offset = bytes.count
        var fields: [UInt8] = []
        // Version 2.0, names in UTF-8, stored, 1980-01-01.
        for value in [20, 0x0800, 0, 0, 0x21] { Self.append(value, 2, to: &fields) }
        Self.append(Int(Self.checksum(of: content)), 4, to: &fields)
        for _ in 0..<2 { Self.append(content.count, 4, to: &fields) }
        Self.append(name.utf8.count, 2, to: &fields)
        Self.append(0, 2, to: &fields)
        bytes += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8)
        bytes += content
        directory += [0x50, 0x4B, 1, 2, 20, 0] + fields
        // No comment, disk 0, no attributes.
        directory += [UInt8](repeating: 0, count: 10)
        Self.append(offset, 4, to: &directory)
        directory += Array(name.utf8)
        count += 1
    }

    /// The archive's bytes.
    consuming func finish() -> [UInt8] {
        let start = bytes.count
        bytes += directory
        bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        for _ in 0..<2 { Self.append(count, 2, to: &bytes) }
        Self.append(directory.count, 4, to: &bytes)
        Self.append(start, 4, to: &bytes)
        Self.append(0, 2, to: &bytes)
        return bytes
    }

    private static func append(_ value: Int, _ width: Int, to bytes: inout [UInt8]) {
        for shift in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
    }

    private static func checksum(of content: [UInt8]) -> UInt32 {
        ~content.reduce(0xFFFF_FFFF) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
    }
}
