import ChatExports
import Foundation
import Messages
import Testing

/// Tables and texts that no format knows, read by what a person says of their columns.
@Suite struct ColumnMapTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let reason: ColumnMapError.Reason
        var testDescription: String { text }
    }

    @Test(arguments: [
        Wrong(text: "", reason: .missingField("time")), Wrong(text: "time", reason: .notAPair("time")),
        Wrong(text: "time=,text=b", reason: .notAPair("time")),
        Wrong(text: "tme=a,text=b", reason: .unknownField("tme")),
        Wrong(text: "time=a,time=b,text=c", reason: .fieldTwice("time")),
        Wrong(text: "time=a,sender=b", reason: .missingField("text")),
        Wrong(text: "text=a", reason: .missingField("time")),
        Wrong(text: "time=\"a,text=b", reason: .openQuote),
        Wrong(text: "time=a,text=b,line={time} {text}", reason: .lineAndColumns),
        Wrong(text: "line=[{time {text}", reason: .unknownField("time {text")),
        Wrong(text: "line=[{time", reason: .unclosedBrace), Wrong(text: "line={time}{text}", reason: .touchingFields),
        Wrong(text: "line={sender}: {text}", reason: .missingField("time")),
        Wrong(text: "line={time} {text} {text}", reason: .fieldTwice("text")),
        Wrong(text: "line={when} {text}", reason: .unknownField("when")),
    ])
    func `a mapping that is wrong says what is`(_ row: Wrong) {
        let error = #expect(throws: ColumnMapError.self) { try ColumnMap(row.text) }
        #expect(error?.reason == row.reason)
        for language in Language.allCases {
            let line = error?.explanation(in: language) ?? ""
            #expect(line.hasPrefix("--map") && line.contains("time=时间") && !line.contains("\n"))
        }
    }

    @Test(arguments: [
        "time=时间,sender=发言人,text=内容",
        "time=a,date=b,sender=c,sender-id=d,text=e,group=f,group-id=g,id=h,kind=i,quote=j,transcript=k",
        "time=\"时,间\",text=\"说\"\"的\"", "line=[{time}] {sender}: {text}", "time=#2,text=#5",
    ])
    func `a mapping is written as it was read`(_ text: String) throws {
        let map = try ColumnMap(text)
        #expect(map.text == text)
        #expect(try ColumnMap(map.text) == map)
    }

    @Test func `full-width signs and blanks are understood`() throws {
        #expect(try ColumnMap(" time ＝ 时间，text=内容 ") == ColumnMap("time=时间,text=内容"))
    }

    private static let map = "date=日期,time=时间,sender=姓名,kind=消息类型,text=消息内容"

    @Test func `a table of any header is read by its mapping`() throws {
        let messages = try Self.read(try Fixture.bytes("table.csv"), Self.map)
        #expect(
            messages.lines == [
                "2 1780013640 minute text #1 8:00停水,\n没人管", "4 1780034700 minute image #2 [图片]",
                "5 1780034767 second text #2 引号\"没闭合", "7 1780113600 second system #0 示例丙加入了群聊",
            ])
        // A quote within words stands for itself; the row without a date costs itself.
        #expect(messages.rejects.count == 1)
    }

    @Test(arguments: ["\t", ";"])
    func `the separator and the encoding make no difference`(_ separator: String) throws {
        let text =
            "时间\(separator)发言人\(separator)内容\n2026/5/29 8:14\(separator)示例甲\(separator)停水了\n2026-05-29 08:15:05\(separator)示例乙\(separator)\"引号\"\"里\"\n"
        let wide = Array(text.utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let chinese = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0000 | 0x0632)))
        for bytes in [Array(text.utf8), [0xFF, 0xFE] + wide, Array(chinese)] {
            let found = try Self.read(bytes, "time=时间,sender=发言人,text=内容")
            #expect(found.lines == ["2 1780013640 minute text #1 停水了", "3 1780013705 second text #2 引号\"里"])
        }
    }

    @Test func `columns may be numbered, and then the first row may be a message`() throws {
        let found = try Self.read(
            Array("甲,2026-05-29 08:14:05,停水\n乙,2026-05-29 08:15:05,好\n".utf8), "time=#2,sender=#1,text=#3")
        #expect(found.lines.count == 2)
        let headed = try Self.read(Array("a,b,c\n乙,2026-05-29 08:15:05,好\n".utf8), "time=#2,sender=#1,text=#3")
        #expect(headed.lines.count == 1)
    }

    @Test func `ids, groups, quotes and kinds come from their columns`() throws {
        let text =
            "t,who,uid,what,g,gid,mid,k,q\n2026-05-29T08:14:05Z,甲,u1,好,柳溪村,g1,7.41E+18,文本,灯坏了\n1780013645,甲,u1,,柳溪村,g1,7412000000000000001,图片,\n"
        let bytes = Array(text.utf8)
        var options = ExportOptions(now: Rendering.now)
        options.columnMap = try ColumnMap(
            "time=t,sender=who,sender-id=uid,text=what,group=g,group-id=gid,id=mid,kind=k,quote=q")
        let file = try ExportFile(bytes: bytes, name: "a.csv", options: options)
        let block = try #require(try file.nextChunk()).block()
        #expect(block.records.map { block.string($0.id) } == ["", "7412000000000000001"])
        #expect(block.records.map { block.string($0.quote) } == ["灯坏了", ""])
        #expect(block.records.map(\.kind) == [.text, .image])
        #expect(block.records.map(\.sentAt) == [1_780_042_445, 1_780_013_645])
        #expect(block.records.map { block.groups[Int($0.group)].id } == ["g1", "g1"])
        #expect(block.records[0].speakerKey == block.records[1].speakerKey)
    }

    @Test func `a column that is not there is named beside those that are`() throws {
        let error = #expect(throws: ExportError.self) { try Self.read(Fixture.bytes("table.csv"), "time=时刻,text=消息内容") }
        #expect(error?.reason == .unknownColumns)
        #expect(error?.detail == "时刻 ≠ 序号, 日期, 时间, 姓名, 部门, 消息类型, 消息内容")
    }

    @Test func `an unknown table lists its columns and a mapping to try`() throws {
        let error = #expect(throws: ExportError.self) { try Rendering(path: Fixture.path("table.csv")) }
        #expect(error?.reason == .unknownTable)
        #expect(error?.detail?.contains("序号, 日期, 时间, 姓名, 部门, 消息类型, 消息内容") == true)
        #expect(error?.detail?.hasSuffix("--map \"time=时间,date=日期,sender=姓名,text=消息内容,kind=消息类型\"") == true)
        #expect(error?.explanation(in: .zh).contains("\n") == false)
    }

    @Test func `a text is read by the pattern of its lines`() throws {
        let found = try Self.read(try Fixture.bytes("pattern.txt"), "line=@@ {sender} @@ {time}")
        #expect(found.lines == ["1 1780013640 minute text #1 停水了", "3 1780034700 minute text #2 马上看\n\n还要一天"])
        let inline = Array("29/5: skip\n<甲> (2026-05-29 08:14) 好: 的\n第二行\n<乙> (2026-05-29 08:15) 8:00\n".utf8)
        let second = try Self.read(inline, "line=<{sender}> ({time}) {text}")
        #expect(second.lines == ["2 1780013640 minute text #1 好: 的\n第二行", "4 1780013700 minute text #2 8:00"])
        #expect(second.rejects == [.strayLine])
    }

    @Test func `a hostile line against a pattern ends soon`() throws {
        let line = String(repeating: "a: ", count: 300_000) + "\n"
        let found = try Self.read(Array((line + "x: y: 2026-05-29 08:14 z\n").utf8), "line={sender}: {_}: {time} z")
        #expect(found.lines.count == 1)
    }

    struct Time: Sendable, CustomTestStringConvertible {
        let written: String
        let expected: String?
        var testDescription: String { written }
    }

    /// 1780013645 is 2026-05-29 08:14:05 of Beijing.
    @Test(arguments: [
        Time(written: "2026-05-29 08:14:05", expected: "1780013645 second"),
        Time(written: "2026/5/29 8:14", expected: "1780013640 minute"),
        Time(written: "2026.05.29 08:14:05", expected: "1780013645 second"),
        Time(written: "2026年5月29日 上午8:14", expected: "1780013640 minute"),
        Time(written: "2026年5月29日下午8:14", expected: "1780056840 minute"),
        Time(written: "2026年5月29日 08:14:05", expected: "1780013645 second"),
        Time(written: "2026年5月29日 星期五 08:14", expected: "1780013640 minute"),
        Time(written: "2026-05-29 凌晨12:05", expected: "1779984300 minute"),
        Time(written: "2026-05-29 中午12:05", expected: "1780027500 minute"),
        Time(written: "2026-05-29 晚上9:05", expected: "1780059900 minute"),
        Time(written: "5/29/2026 8:14:05 AM", expected: "1780013645 second"),
        Time(written: "2026/05/29 8:14 p.m.", expected: "1780056840 minute"),
        Time(written: "2026/05/29 12:14 AM", expected: "1779984840 minute"),
        Time(written: "2026-05-29T00:14:05.250Z", expected: "1780013645 second"),
        Time(written: "2026-05-29T08:14:05+0800", expected: "1780013645 second"),
        Time(written: "2026-05-28 19:14:05-05:00", expected: "1780013645 second"),
        Time(written: "1780013645", expected: "1780013645 second"),
        Time(written: "1780013645123", expected: "1780013645 second"),
        Time(written: "1780013645.5", expected: "1780013645 second"),
        Time(written: "46171.343113425923", expected: "1780013645 second"),
        Time(written: "46171", expected: "1779984000 day"),
        Time(written: "20260529081405", expected: "1780013645 second"),
        Time(written: "20260529", expected: "1779984000 day"), Time(written: "2026-05-29", expected: "1779984000 day"),
        Time(written: "2026-05-29\u{202F}8:14\u{202F}AM", expected: "1780013640 minute"),
        Time(written: "2026/5/29 24:05:09", expected: "1779984309 second"),
        Time(written: "2026/5/29 24:05", expected: nil),
        Time(written: "2026-5-29 1:2:3", expected: "1779987723 second"),
        Time(written: "2026-02-30 08:14:05", expected: nil),
        Time(written: "2026-05-29 24:14:05", expected: nil), Time(written: "2026-05-29 08:60", expected: nil),
        Time(written: "昨天", expected: nil), Time(written: "8:14", expected: nil), Time(written: "", expected: nil),
        Time(written: "7.41259E+18", expected: nil), Time(written: "2010-05-29 08:14:05", expected: nil),
    ])
    func `a time in a table is read as`(_ row: Time) throws {
        let found = try Self.read(Array("t,c\n\"\(row.written)\",停水\n".utf8), "time=t,text=c")
        #expect(found.lines.first.map { $0.components(separatedBy: " ")[1...2].joined(separator: " ") } == row.expected)
        #expect(found.rejects.count == (row.expected == nil ? 1 : 0))
    }

    private static func read(_ bytes: [UInt8], _ map: String) throws -> (lines: [String], rejects: [Reject.Reason]) {
        var options = ExportOptions(now: Rendering.now)
        options.columnMap = try ColumnMap(map)
        let file = try ExportFile(bytes: bytes, name: "table", options: options)
        var lines: [String] = []
        var rejects: [Reject.Reason] = []
        var speakers: [UInt64: Int] = [0: 0]
        while let chunk = try file.nextChunk() {
            let block = chunk.block()
            rejects += block.rejects.map(\.reason)
            for record in block.records {
                let speaker = speakers[record.speakerKey, default: speakers.count]
                speakers[record.speakerKey] = speaker
                lines.append(
                    "\(record.line) \(record.sentAt) \(record.precision.name) \(record.kind.name) #\(speaker) \(block.string(record.text))"
                )
            }
        }
        return (lines, rejects)
    }
}
