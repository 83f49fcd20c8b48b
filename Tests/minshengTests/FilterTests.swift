import Foundation
import Testing

/// `classify`, `attribute` and `segment`: lines in, lines out.
struct FilterTests {
    private func ids(_ run: Program.Outcome) throws -> [String] {
        try run.lines.map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            if object["error"] != nil { return "error" }
            return "\(object["id"] ?? "none")"
        }
    }

    @Test(arguments: [1, 2])
    func `classify keeps order and count, bad lines among them`(jobs: Int) throws {
        var input = ""
        var expected: [String] = []
        for number in 0..<30_000 {
            switch number % 1000 {
            case 7: input += "坏行\n"
            case 500: input += #"{"id":\#(number),"text":5}"# + "\n"
            default: input += #"{"id":\#(number),"text":"第\#(number)条，水管坏了没人修"}"# + "\n"
            }
            expected.append(number % 1000 == 7 || number % 1000 == 500 ? "error" : "\(number)")
        }
        let run = try Program.run("classify --jobs \(jobs)", input: input)
        #expect(run.code == 1)
        let lines = run.lines
        #expect(lines.count == expected.count)
        for (line, id) in zip(lines, expected) {
            guard id == "error" ? line.hasPrefix(#"{"error":"#) : line.contains(#""id":\#(id),"#) else {
                Issue.record("\(id): \(line)")
                break
            }
        }
        // Where each bad line stands is said, and its words are not.
        #expect(run.complaints.count == 60)
        #expect(run.complaints[0].contains("第 8 行"))
        #expect(!run.error.contains("坏行"))
    }

    @Test func `what others said beside a text leans its verdict as in an import`() throws {
        let texts = ["", #","after":"您反映的情况已登记，正在协调清运""#, #","before":"早","after":"好的""#]
        let run = try Program.run(
            "classify --lexicons \(Program.package.path)/Lexicons",
            input: texts.map { #"{"text":"后山掉石头"\#($0)}"# + "\n" }.joined())
        let rules = try run.lines.map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return (object["hits"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
        }
        #expect(rules.map { $0.contains("context.answer-after") } == [false, true, false])
    }

    @Test(arguments: [
        "12345678901234567890123", "-0", "1e400", "7412589630147852369", #""wx\u0041\/""#, #"{"a":[1,{"b":null}]}"#,
        "null",
        "true", "3.14159265358979323846264338327950288",
    ])
    func `an id comes back byte for byte`(id: String) throws {
        let run = try Program.run("classify", input: #"{"id":\#(id),"text":"早"}"# + "\n")
        #expect(run.code == 0)
        #expect(run.text.contains(#""id":\#(id),"#), "\(run.text)")
    }

    @Test func `a byte-order mark, CR LF, blank lines and a last line without an end are no trouble`() throws {
        let run = try Program.run(
            "classify",
            input:
                "\u{FEFF}{\"id\":1,\"text\":\"水管坏了\"}\r\n\r\n  \r\n{\"text\":\"早\",\"id\":2}\r\n{\"id\":3,\"text\":\"龙头没水\"}"
        )
        #expect(run.code == 0)
        #expect(try ids(run) == ["1", "2", "3"])
        #expect(run.error.isEmpty)
    }

    @Test func `nothing in, nothing out`() throws {
        for command in ["classify", "segment"] {
            let run = try Program.run(command)
            #expect(run.code == 0)
            #expect(run.out.isEmpty && run.error.isEmpty)
        }
    }

    @Test func `text of another encoding is an error, not silence`() throws {
        let line =
            Data(#"{"id":1,"text":""#.utf8) + Data([0xCB, 0xAE, 0xB9, 0xDC, 0xBB, 0xB5, 0xC1, 0xCB])
            + Data("\"}\n".utf8)
        let run = try Program.run(["classify"], input: line)
        #expect(run.code == 1)
        #expect(run.lines.first?.contains("UTF-8") == true)
        // A replacement character that somebody typed, and half of a surrogate pair, are text.
        let typed = try Program.run(
            "classify", input: #"{"id":1,"text":"\#u{FFFD}水管坏了"}"# + "\n" + #"{"id":2,"text":"\ud83d水管坏了"}"# + "\n")
        #expect(typed.code == 0)
        #expect(typed.lines.allSatisfy { $0.contains(#""flagged":true"#) })
    }

    @Test func `offsets count Unicode scalars of the original`() throws {
        let run = try Program.run("classify", input: #"{"id":1,"text":"👨‍👩‍👧é水 管坏了"}"# + "\n")
        let object = try #require(try JSONSerialization.jsonObject(with: run.out) as? [String: Any])
        let hits = try #require(object["hits"] as? [[String: Any]])
        let scalars = Array("👨‍👩‍👧é水 管坏了".unicodeScalars)
        #expect(!hits.isEmpty)
        for hit in hits {
            let start = try #require(hit["start"] as? Int)
            let end = try #require(hit["end"] as? Int)
            #expect(scalars[start..<end].map(String.init).joined() == hit["text"] as? String)
        }
    }

    @Test func `attribute needs a data folder, classify does not`() throws {
        let input = #"{"id":1,"text":"水管坏了"}"# + "\n"
        let classified = try Program.run("classify", input: input)
        #expect(classified.code == 0)
        #expect(classified.text.contains(#""village":null"#))
        let attributed = try Program.run("attribute", input: input)
        #expect(attributed.code == 2)
        #expect(attributed.out.isEmpty)
        #expect(attributed.error.contains("minsheng init"))
    }

    @Test func `the group gives the village, by id or by any of its names, and the text overrides it`() throws {
        let lines = ["g1@chatroom", "青石湾村监督群", "青石湾老群", "别的群"].map { #"{"id":1,"text":"水管坏了","group":"\#($0)"}"# }
        let named = #"{"id":1,"text":"竹叶坪村水管坏了","group":"g1@chatroom"}"#
        let run = try Program.run(
            "attribute", input: (lines + [named]).joined(separator: "\n"),
            environment: ["MINSHENG_DATA": County.shared.get().data])
        #expect(run.code == 0)
        #expect(run.lines.map { $0.contains("990001001201") } == [true, true, true, false, false])
        #expect(run.lines[3].contains(#""village":null"#))
        #expect(run.lines[4].contains("990001001202"))
    }

    @Test func `segment cuts lines into words, and keeps their number`() throws {
        let run = try Program.run("segment", input: "青石湾村的水管坏了\n\n早上好\r\n收到")
        #expect(run.code == 0)
        #expect(run.text.split(separator: "\n", omittingEmptySubsequences: false).count == 5)
        #expect(run.text.replacing(" ", with: "") == "青石湾村的水管坏了\n\n早上好\n收到\n")
        let named = try Program.run("segment --data \(County.shared.get().data)", input: "在竹叶坪村口")
        #expect(named.text.split(whereSeparator: \.isWhitespace).contains { $0.hasPrefix("竹叶坪") })
    }

    @Test func `a reader that goes away ends the writing quietly`() throws {
        let county = try County.shared.get()
        let input = try county.write(
            "many.jsonl", (0..<20_000).map { #"{"id":\#($0),"text":"水管坏了"}"# + "\n" }.joined())
        let run = try Program.shell(
            #""$MINSHENG" classify <"$1" | head -1 | wc -l; echo "${PIPESTATUS[0]}""#, [input])
        #expect(run.lines.map { $0.trimmingCharacters(in: .whitespaces) } == ["1", "0"])
        #expect(run.error.isEmpty)
    }

    @Test func `output that cannot be written is said`() throws {
        let county = try County.shared.get()
        let run = try Program.shell(#""$MINSHENG" flags list --data "$1" >/dev/full"#, [county.data])
        #expect(run.code == 2)
        #expect(run.error.contains("磁盘"))
    }
}
