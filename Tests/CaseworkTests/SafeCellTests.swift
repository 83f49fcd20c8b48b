import Casework
import Testing

struct SafeCellTests {
    /// What begins a formula or a command somewhere, behind what spreadsheets pass over: over 200 hostile cells.
    static let hostile: [String] = {
        let starts = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", "|", "%"]
        let before = [
            "", " ", "\u{3000}", "\u{FEFF}", "\u{200B}", "\u{2060}", "\u{202E}", "'", "\"", "\u{1}", "\u{A0}",
            " \u{200D} ",
        ]
        let after = ["HYPERLINK(\"http://x\")", "cmd|' /C calc'!A0"]
        return before.flatMap { mark in starts.flatMap { start in after.map { mark + start + $0 } } }
    }()

    /// The fields of one line, as RFC 4180 reads them.
    private func parse(_ line: String) -> [String] {
        var (fields, field, isQuoted) = ([String](), "", false)
        var scalars = Array(line.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"":
                scalars.removeFirst()
                field += "\""
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                fields.append(field)
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        return fields + [field]
    }

    @Test func `no hostile cell begins as a formula, and none breaks out of its field`() {
        #expect(Self.hostile.count > 200)
        for cell in Self.hostile {
            let line = SafeCell.line(["a", cell, "b"])
            #expect(line.hasSuffix("\r\n") && line.utf8.filter { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }.count == 2)
            let fields = parse(String(line.unicodeScalars.dropLast(2).map(Character.init)))
            #expect(fields.count == 3 && fields.first == "a" && fields.last == "b")
            #expect(fields[1].unicodeScalars.first == "'", "\(cell.unicodeScalars.map(\.value))")
        }
    }

    @Test(arguments: ["反映供水中断", "3-5月停水", "王主任@群里", "a=b", "", "“引号”", "说\"好\"的", "12.5%"])
    func `honest cells come back as they were`(_ cell: String) {
        #expect(!SafeCell.isRisky(cell))
        #expect(parse(SafeCell.csv(cell)) == [cell])
    }
}
