import ChatExports
import Foundation
import Messages
import Pipeline
import Testing

/// Workbooks are tables, and a workbook of several sheets holds several.
struct WorkbookTests {
    /// The smallest workbook; rows are the XML of `row` elements.
    static func book(
        sheets: [(name: String, rows: String)], strings: String = "", styles: String = "", from1904: Bool = false
    ) -> Data {
        var archive = ArchiveTests.Archive()
        archive.add("[Content_Types].xml", "<Types/>")
        let list = sheets.enumerated().map { #"<sheet name="\#($1.name)" sheetId="\#($0 + 1)" r:id="rId\#($0 + 1)"/>"# }
        archive.add(
            "xl/workbook.xml",
            #"<workbook xmlns:r="r"><workbookPr date1904="\#(from1904)"/><sheets>\#(list.joined())</sheets></workbook>"#
        )
        let relations = sheets.indices.map {
            #"<Relationship Id="rId\#($0 + 1)" Target="worksheets/sheet\#($0 + 1).xml"/>"#
        }
        archive.add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>")
        archive.add("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>")
        archive.add("xl/sharedStrings.xml", "<sst>\(strings)</sst>")
        for (index, sheet) in sheets.enumerated() {
            archive.add(
                "xl/worksheets/sheet\(index + 1).xml", "<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>")
        }
        return archive.data
    }

    /// A row of inline strings; `nil` is a cell that isn't there.
    static func row(_ number: Int, _ cells: [String?]) -> String {
        let columns = cells.enumerated().compactMap { index, text -> String? in
            guard let text else { return nil }
            let letter = String(UnicodeScalar(UInt8(65 + index)))
            return #"<c r="\#(letter)\#(number)" t="inlineStr"><is><t xml:space="preserve">\#(text)</t></is></c>"#
        }
        return #"<row r="\#(number)">\#(columns.joined())</row>"#
    }

    private static func rows(of data: Data) throws -> [String] {
        let place = try ImporterTests.Place()
        let path = place.path + "/t.xlsx"
        try data.write(to: URL(fileURLWithPath: path))
        return try TableFile.rows(of: path).map { "\($0.line): " + $0.fields.joined(separator: "|") }
    }

    @Test func `shared, rich and inline strings, numbers and cells without a reference stand in their columns`() throws
    {
        let strings =
            "<si><t>名称</t></si><si><r><t>甲</t></r><r><t>,\"乙\"</t></r><rPh><t>jia</t></rPh></si><si><t>两_x000D_\n行</t></si>"
        let sheet =
            #"<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>编号</t></is></c></row>"#
            + #"<row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4"><v>7412589630147852369</v></c></row>"#
            + #"<row><c t="s"><v>2</v></c><c t="str"><f>A1</f><v>算出</v></c><c t="b"><v>1</v></c></row>"#
            + #"<row><c t="s"><v>99</v></c><c><v>1</v></c></row>"#
        let found = try Self.rows(of: Self.book(sheets: [("表", sheet)], strings: strings))
        #expect(
            found == [
                "1: 名称|编号", "4: 甲,\"乙\"||7412589630147852369", "5: 两\n行|算出|1", "6: |1",
            ])
    }

    @Test(arguments: [
        ("46083.343112", 14, "", "2026-03-02 08:14:05"), ("46083", 14, "", "2026-03-02"),
        ("46083", 22, "", "2026-03-02 00:00"),
        ("46083.34305555555", 22, "", "2026-03-02 08:14"), ("46083.343112", 0, "", "46083.343112"),
        ("46083.343112", 200, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm", "2026-03-02 08:14:05"),
        ("46083.5", 200, "0.00", "46083.5"), ("46083.5", 200, "[Red]0", "46083.5"), ("0.5", 20, "", "12:00"),
        ("46083.34305555555", 200, "[$-804]yyyy-mm-dd hh:mm:ss", "2026-03-02 08:14:00"),
        ("46083.5", 200, "General", "46083.5"),
        ("61", 14, "", "1900-03-01"), ("1", 14, "", "1900-01-01"), ("1E9", 14, "", "1E9"),
    ])
    func `a number is a time where its style says so`(_ row: (value: String, format: Int, code: String, text: String))
        throws
    {
        let styles =
            (row.code.isEmpty ? "" : #"<numFmts><numFmt numFmtId="200" formatCode="\#(row.code)"/></numFmts>"#)
            + #"<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="\#(row.format)"/></cellXfs>"#
        let sheet =
            Self.row(1, ["a", "b"])
            + #"<row r="2"><c r="A2"><v>7</v></c><c r="B2" s="1"><v>\#(row.value)</v></c></row>"#
        #expect(try Self.rows(of: Self.book(sheets: [("表", sheet)], styles: styles)).last == "2: 7|\(row.text)")
    }

    @Test func `days may count from 1904`() throws {
        let styles = #"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#
        let sheet =
            Self.row(1, ["a", "b"]) + #"<row r="2"><c r="A2"><v>7</v></c><c r="B2" s="1"><v>44621</v></c></row>"#
        let found = try Self.rows(of: Self.book(sheets: [("表", sheet)], styles: styles, from1904: true))
        #expect(found.last == "2: 7|2026-03-02")
    }

    /// chatlog's columns in a sheet.
    private static func chat(_ number: Int, _ time: String, _ text: String) -> String {
        row(number, [time, "甲", "wxid_a", "青石湾村监督群", "g1@chatroom", text])
    }
    private static let header = ["Time", "SenderName", "Sender", "TalkerName", "Talker", "Content"]

    @Test func `a sheet with titles above its header is read as the CSV of the same columns`() throws {
        let place = try ImporterTests.Place()
        let sheet =
            Self.row(1, ["青石湾村监督群聊天记录"]) + Self.row(2, ["导出时间", "2026-03-03"]) + Self.row(4, Self.header)
            + Self.chat(5, "2026-03-02 08:14:05", "第一行\n第二行") + Self.chat(7, "2026-03-02 08:15:05", "路灯&amp;水管坏了")
            + Self.chat(8, "没有时间", "x")
        let path = place.path + "/chat.xlsx"
        try Self.book(sheets: [("聊天", sheet)]).write(to: URL(fileURLWithPath: path))
        let file = try ExportFile(path: path, options: ExportOptions(now: 1_790_000_000))
        #expect(file.detection.format == "chatlog-csv")
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.map { block.string($0.text) } == ["第一行\n第二行", "路灯&水管坏了"])
        #expect(block.records.map(\.line) == [5, 7])
        #expect(block.rejects.map(\.origin.line) == [8])
        #expect(FileFinder.inputs(at: [path]).map(\.path) == [path])
    }

    @Test func `each sheet of a workbook is a file of its own`() throws {
        let place = try ImporterTests.Place()
        let sheets = [
            ("三月", Self.row(1, Self.header) + Self.chat(2, "2026-03-02 08:14:05", "早")),
            (
                "四月",
                Self.row(1, Self.header) + Self.chat(2, "2026-04-02 08:14:05", "好")
                    + Self.chat(3, "2026-04-02 08:15:05", "来")
            ),
        ]
        let path = place.path + "/year.xlsx"
        try Self.book(sheets: sheets).write(to: URL(fileURLWithPath: path))
        let shelf = ExportShelf()
        let found = try FileFinder.inputs(at: [path]).map { input in
            let file = try shelf.open(input, options: ExportOptions(now: 1_790_000_000))
            return "\(input.path.dropFirst(place.path.count)) \(try file.nextChunk()?.block().records.count ?? 0)"
        }
        #expect(found == ["/year.xlsx!/三月 1", "/year.xlsx!/四月 2"])
    }

    @Test func `a document type definition, which attacks need, is refused`() throws {
        var archive = ArchiveTests.Archive()
        archive.add("[Content_Types].xml", "<Types/>")
        archive.add("xl/workbook.xml", #"<!DOCTYPE w [<!ENTITY a "b">]><workbook><sheets/></workbook>"#)
        let data = archive.data
        let error = #expect(throws: ExportError.self) { try Self.rows(of: data) }
        #expect(error?.reason == .archiveDamaged)
    }

    @Test func `a document is no workbook`() throws {
        var archive = ArchiveTests.Archive()
        archive.add("[Content_Types].xml", "<Types/>")
        archive.add("word/document.xml", "<document/>")
        let data = archive.data
        let error = #expect(throws: ExportError.self) { try Self.rows(of: data) }
        #expect(error?.reason == .workbook)
    }
}
