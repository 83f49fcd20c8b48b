import Casework
import Foundation
import Testing

struct WorkbookTests {
    /// The entries of an archive whose files are stored as they are, by name.
    private func entries(_ archive: [UInt8]) throws -> [String: String] {
        func number(_ at: Int, _ width: Int) -> Int {
            (0..<width).reduce(0) { $0 | Int(archive[at + $1]) << (8 * $1) }
        }
        let end = archive.count - 22
        try #require(end >= 0 && Array(archive[end..<end + 4]) == [0x50, 0x4B, 5, 6])
        var position = number(end + 16, 4)
        var found: [String: String] = [:]
        for _ in 0..<number(end + 10, 2) {
            try #require(Array(archive[position..<position + 4]) == [0x50, 0x4B, 1, 2])
            let (size, length, offset) = (number(position + 24, 4), number(position + 28, 2), number(position + 42, 4))
            let name = String(decoding: archive[position + 46..<position + 46 + length], as: UTF8.self)
            try #require(Array(archive[offset..<offset + 4]) == [0x50, 0x4B, 3, 4])
            let start = offset + 30 + number(offset + 26, 2)
            found[name] = String(decoding: archive[start..<start + size], as: UTF8.self)
            position += 46 + length
        }
        return found
    }

    /// The texts of the cells of a sheet.
    private func cells(_ sheet: String) -> [String] {
        sheet.components(separatedBy: "<t xml:space=\"preserve\">").dropFirst().map { part in
            (part.components(separatedBy: "</t>").first ?? "")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&#9;", with: "\t").replacing("&#10;", with: "\n").replacing("&#13;", with: "\r")
                .replacing("&amp;", with: "&")
        }
    }

    @Test func `hostile cells are texts, come back as they were, and break out of nothing`() throws {
        let rows = SafeCellTests.hostile.map { ["a", $0, "</t></is></c><c t=\"f\"><f>1+1</f>"] }
        let file = try #require(Workbook.file(sheet: "件", heading: ["一", "二", "三"], rows: rows))
        let parts = try entries(file)
        #expect(parts.count == 6)
        let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
        #expect(!sheet.contains("<f>") && !sheet.contains("<hyperlink"))
        // Each cell that is there says that it is a text, and none is a number, a formula or a shared string.
        let count = sheet.components(separatedBy: "<c r=").count - 1
        #expect(count == 3 + rows.count * 3)
        #expect(sheet.components(separatedBy: "t=\"inlineStr\"").count - 1 == count)
        let found = cells(sheet)
        for (index, cell) in SafeCellTests.hostile.enumerated() {
            // What XML can't hold is left out; everything else is as it was written.
            let shown = String(
                cell.unicodeScalars.filter { $0.value >= 0x20 || "\t\n\r".unicodeScalars.contains($0) }.map(
                    Character.init))
            #expect(Array(found[3 + index * 3 + 1].unicodeScalars) == Array(shown.unicodeScalars))
        }
    }

    @Test func `long numbers stay texts, long cells are cut, equal tables give equal bytes`() throws {
        let rows = [["350102199001011234", String(repeating: "长", count: 40_000)]]
        let file = try #require(Workbook.file(sheet: "a/b*c", heading: ["x", "y"], rows: rows))
        let sheet = try #require(try entries(file)["xl/worksheets/sheet1.xml"])
        let found = cells(sheet)
        #expect(found[2] == "350102199001011234" && found[3].utf16.count == 32_767)
        let book = try #require(try entries(file)["xl/workbook.xml"])
        #expect(book.contains("name=\"abc\""))
        #expect(Workbook.file(sheet: "a/b*c", heading: ["x", "y"], rows: rows) == file)
    }

    /// The checksum is what other programs look at first; `unzip` is asked where it is installed.
    @Test func `other programs take the archive for sound`() throws {
        let unzip = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: unzip) else { return }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID().uuidString).xlsx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let book = try #require(Workbook.file(sheet: "件", heading: ["件号"], rows: [["供水"]]))
        try Data(book).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: unzip)
        process.arguments = [
            "-c", "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)", path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
