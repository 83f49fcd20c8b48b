import Foundation
import Testing

/// `gazetteer …`, `attribute` and `flags attribute`, run as an operator runs them.
struct GazetteerTests {
    /// A folder with an empty data folder, removed at the end.
    final class Place {
        let path: String
        var data: String { path + "/data" }

        init() throws {
            path =
                FileManager.default.temporaryDirectory.appendingPathComponent("minsheng-gz-" + UUID().uuidString)
                .path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            #expect(try Program.run("init --data \(data)").code == 0)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ data: Data) throws -> String {
            try data.write(to: URL(fileURLWithPath: path + "/" + name))
            return path + "/" + name
        }

        func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

        func run(_ words: String, input: String = "") throws -> Program.Outcome {
            try Program.run(words + " --data \(data)", input: input)
        }

        /// The code under which a text is attributed; nil for none.
        func code(_ text: String, group: String? = nil, home: String? = nil, sentAt: String? = nil) throws -> String? {
            var line: [String: String] = ["text": text]
            line["group"] = group
            line["home"] = home
            line["sentAt"] = sentAt
            let input = String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self) + "\n"
            let run = try run("attribute", input: input)
            let answer = try JSONSerialization.jsonObject(with: Data(run.text.utf8)) as? [String: Any]
            return (answer?["village"] as? [String: Any])?["code"] as? String
        }
    }

    // MARK: Tables

    struct Layout: Sendable, CustomTestStringConvertible {
        let name: String
        let table: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        Layout(
            name: "four columns",
            table: "区划代码,名称,城乡分类,上级代码\n970301100201,渡东村委会,220,970301100000\n970301100202,渡西村委会,220,970301100000\n"),
        Layout(
            name: "eight columns",
            table:
                "code,name,ur,town_code,town,county,city,province\n970301100201,渡东村委会,220,970301100000,双渡镇,砚岭县,沅州市,南渚省\n970301100202,渡西村委会,220,970301100000,双渡镇,砚岭县,沅州市,南渚省\n"
        ),
        Layout(
            name: "modood",
            table:
                "code,name,streetCode,areaCode,cityCode,provinceCode\n\"970301100201\",\"渡东村委会\",\"970301100\",\"970301\",\"9703\",\"97\"\n\"970301100202\",\"渡西村委会\",\"970301100\",\"970301\",\"9703\",\"97\"\n"
        ),
        Layout(
            name: "adyliu",
            table:
                "970301000000,砚岭县,3,970300000000\n970301100000,双渡镇,4,970301000000\n970301100201,渡东村委会,5,970301100000,220\n970301100202,渡西村委会,5,970301100000,220\n"
        ),
        Layout(
            name: "Vonng",
            table:
                "970301100201,970301100000,渡东村委会,village,5,970301,,,220,f,f,f,,,,南渚省,沅州市,砚岭县,双渡镇,渡东村委会\n970301100202,970301100000,渡西村委会,village,5,970301,,,220,f,f,f,,,,南渚省,沅州市,砚岭县,双渡镇,渡西村委会\n"
        ),
        Layout(
            name: "byte-order mark, CR LF and apostrophes",
            table: "\u{FEFF}代码,名称\r\n'970301100201,渡东村委会\r\n=\"970301100202\",渡西村委会\r\n"),
    ])
    func `a public layout or an operator's table is read`(_ layout: Layout) throws {
        let place = try Place()
        let run = try place.run("gazetteer import \(try place.write("t.csv", layout.table))")
        #expect(run.code == 0, "\(run.error)")
        #expect(try place.code("渡西村的桥断了", home: "970301100201") == "970301100202")
        #expect(try place.code("路灯坏了", home: "970301100201") == "970301100201")
        // The same again changes nothing.
        #expect(try place.run("gazetteer import \(place.path)/t.csv").error.contains("新增 0，改动 0"))
    }

    @Test func `GB18030 is read, and codes that Excel mangled are refused row by row with words`() throws {
        let place = try Place()
        let text = "代码,名称\n970301100201,渡东村委会\n9.70301E+11,渡西村委会\n970301100203,渡南村委会\n9.70E+11,渡北村委会\n"
        let script = #"printf '%s' "$1" | iconv -f UTF-8 -t GB18030 > "$2/g.csv""#
        #expect(try Program.shell(script, [text, place.path]).code == 0)
        let run = try place.run("gazetteer import \(place.path)/g.csv")
        #expect(run.code == 1)
        #expect(run.complaints.count { $0.contains("科学记数") && $0.contains("文本") } == 2)
        #expect(run.error.contains("g.csv 第 3 行") && run.error.contains("g.csv 第 5 行"))
        #expect(run.error.contains("新增 2") && run.error.contains("有误 2"))
        #expect(try place.run("gazetteer list").text.contains("渡南村委会"))
        #expect(try !place.run("gazetteer list").text.contains("渡西村委会"))
    }

    @Test func `a workbook is read; numbers that hold all digits are codes, 9.70301E+11 is refused by its row`() throws
    {
        let place = try Place()
        let file = Program.package.appendingPathComponent("Fixtures/villages/township.xlsx").path
        let run = try place.run("gazetteer import \(file)")
        #expect(run.code == 1)
        #expect(run.error.contains("第 6 行") && run.error.contains("科学记数"))
        #expect(try place.code("石磨湾自然村没水", home: "970301100202") == "970301100201")
        #expect(try place.code("渡西村没水", home: "970301100201") == "970301100202")
    }

    // MARK: Editions

    private let old = """
        code,name,parent
        970301100201,渡东村委会,970301100000
        970301100202,渡西村委会,970301100000
        970301100203,旧营村委会,970301100000
        970301100204,柏亭村委会,970301100000

        """
    private let new = """
        code,name,parent
        970301100201,渡东村民委员会,970301100000
        970301100202,渡口村委会,970301100000
        970301100205,旧营村委会,970301100000
        970301100206,双河村委会,970301100000

        """

    @Test func `two editions: the difference is printed, and written only when a person confirms it`() throws {
        let place = try Place()
        let files = try place.write("old.csv", old) + " " + place.write("new.csv", new)
        #expect(try place.run("gazetteer import \(place.path)/old.csv").code == 0)
        let shown = try place.run("gazetteer compare \(files)")
        #expect(shown.code == 0)
        // Another suffix is no change.
        #expect(
            Set(shown.lines.map { String($0.prefix(2)) }) == ["更名", "换码", "撤销", "新增"] && shown.lines.count == 4,
            "\(shown.text)")
        #expect(shown.error.contains("没有写入"))
        #expect(try !place.run("gazetteer list").text.contains("双河村"))
        let refused = try place.run("gazetteer compare \(files) --confirmed-by 登记员")
        #expect(refused.code == 64)
        let written = try place.run("gazetteer compare \(files) --on 2024-06-01 --confirmed-by 登记员")
        #expect(written.code == 0)
        #expect(written.error.contains("登记员"))
        // Names mean what they meant on the day; what is reported is today's.
        let home = "970301100201"
        #expect(try place.code("渡西村停电", home: home, sentAt: "2024-05-01") == "970301100202")
        #expect(try place.code("渡口村停电", home: home, sentAt: "2024-07-01") == "970301100202")
        #expect(try place.code("旧营村停电", home: home, sentAt: "2024-05-01") == "970301100205")
        let list = try place.run("gazetteer list --json").lines
        #expect(list.contains { $0.contains("柏亭村") && $0.contains(#""validTo":"2024-05-31""#) })
        #expect(list.contains { $0.contains("双河村") && $0.contains(#""validFrom":"2024-06-01""#) })
    }

    // MARK: Homes

    @Test func `a group that moved is read at its home of the day`() throws {
        let place = try County.shared.get().copy()
        defer { try? FileManager.default.removeItem(atPath: place) }
        let words = "gazetteer home g1@chatroom 990001001202 --to 2024-12-31 --by 登记员 --data \(place)/data"
        #expect(try Program.run(words).code == 0)
        let input = """
            {"text":"没水","group":"g1@chatroom","sentAt":"2024-05-01"}
            {"text":"没水","group":"g1@chatroom","sentAt":"2025-05-01"}

            """
        let run = try Program.run("attribute --data \(place)/data", input: input)
        #expect(run.lines[0].contains("竹叶坪村") && run.lines[1].contains("青石湾村"))
        #expect(try Program.run("gazetteer home nobody 990001001202 --by x --data \(place)/data").code == 2)
    }

    @Test func `the name of a group that nobody registered says where it lives, with doubt`() throws {
        let data = try County.shared.get().data
        let input = """
            {"text":"路灯不亮","group":"甲溪镇竹叶坪村小微权力监督群"}
            {"text":"路灯不亮","group":"相亲相爱一家人"}
            {"text":"青石湾村的路灯不亮","group":"竹叶坪村监督群"}

            """
        let run = try Program.run("attribute --explain --data \(data)", input: input)
        #expect(run.lines[0].contains("竹叶坪村") && run.lines[0].contains("groups-name"))
        #expect(run.lines[0].contains(#""tier":"D""#))
        #expect(run.lines[1].contains(#""village":null"#))
        #expect(run.lines[2].contains(#""code":"990001001201""#))
    }

    // MARK: Corrections

    private func county(_ texts: [String]) throws -> String {
        let county = try County.shared.get()
        let place = try county.copy()
        try County.chatLab(texts, firstID: 700_000).write(toFile: place + "/w.jsonl", atomically: true, encoding: .utf8)
        let run = try Program.run(["import", place + "/w.jsonl", "--data", place + "/data"])
        #expect(run.code == 0, "\(run.error)")
        return place
    }

    private func flags(_ place: String, _ words: String) throws -> [[String: Any]] {
        try Program.run("flags \(words) --json --data \(place)/data").lines.compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    @Test func `a flag keeps its tier, reasons and candidates, and one of them is taken by its number`() throws {
        let place = try county(["石桥村那边的水管坏了"])
        defer { try? FileManager.default.removeItem(atPath: place) }
        let flag = try #require(try flags(place, "list").first { ($0["text"] as? String)?.contains("石桥") ?? false })
        let id = try #require(flag["id"] as? Int)
        let placing = try #require(flag["placing"] as? [String: Any])
        #expect(flag["village"] is NSNull)
        #expect(placing["tier"] as? String == "Q")
        #expect(placing["reasons"] as? [String] == ["unlisted"])
        #expect(placing["candidates"] as? [String] == ["990001001201"])
        let shown = try Program.run("flags show \(id) --data \(place)/data").text
        #expect(shown.contains("归属等级：Q（unlisted）") && shown.contains("候选村 1：990001001201 青石湾村"))
        #expect(shown.contains("--pick 1"))
        #expect(try Program.run("flags attribute \(id) --pick 1 --data \(place)/data").code == 64)
        let none = try Program.run("flags attribute \(id) --pick 2 --by 登记员 --data \(place)/data")
        #expect(none.code == 2 && none.error.contains("候选村"))
        #expect(try Program.run("flags attribute \(id) --pick 1 --by 登记员 --data \(place)/data").code == 0)
        let settled = try #require(try flags(place, "show \(id)").first)
        #expect((settled["village"] as? [String: Any])?["code"] as? String == "990001001201")
        #expect((settled["placing"] as? [String: Any])?["tier"] is NSNull)
        #expect(try Program.run("flags show \(id) --data \(place)/data").text.contains("人工归属：1 次"))
    }

    @Test func `reasons and candidates go with the text of a flag`() throws {
        let place = try county(["石桥村那边的水管坏了"])
        defer { try? FileManager.default.removeItem(atPath: place) }
        let flag = try #require(try flags(place, "list").first { ($0["text"] as? String)?.contains("石桥") ?? false })
        let id = try #require(flag["id"] as? Int)
        let run = try Program.run("flags dismiss \(id) --reason not-complaint --data \(place)/data")
        guard run.code == 0 else { return }
        let left = try #require(try flags(place, "show \(id)").first?["placing"] as? [String: Any])
        #expect((left["candidates"] as? [String])?.isEmpty ?? false)
        #expect((left["reasons"] as? [String])?.isEmpty ?? false)
    }

    @Test func `what a correction teaches moves waiting flags, is listed, replayed, and can be ended`() throws {
        let place = try county(["老油坊那边的水管坏了", "老油坊的水管坏了三天没人修"])
        defer { try? FileManager.default.removeItem(atPath: place) }
        let both = try flags(place, "list").filter { ($0["text"] as? String)?.contains("老油坊") ?? false }
        #expect(both.count == 2)
        let id = try #require(both.first?["id"] as? Int)
        let words = "flags attribute \(id) --village 990001001202 --by 登记员 --teach"
        let wrong = try Program.run(words + " 新油坊 --data \(place)/data")
        #expect(wrong.code == 2 && wrong.error.contains("文字里"))
        let taught = try Program.run(words + " 老油坊 --data \(place)/data")
        #expect(taught.code == 0, "\(taught.error)")
        #expect(taught.error.contains("另有 1 条"))
        let moved = try flags(place, "list").filter { ($0["text"] as? String)?.contains("老油坊") ?? false }
        #expect(moved.allSatisfy { ($0["village"] as? [String: Any])?["code"] as? String == "990001001202" })
        let listed = try Program.run("gazetteer taught --json --data \(place)/data")
        #expect(listed.lines.count == 1 && listed.text.contains("老油坊") && listed.text.contains("登记员"))
        let replay = try Program.run("gazetteer test --data \(place)/data")
        #expect(replay.code == 0 && replay.error.contains("没有通过 0"))
        // A list that takes the village away makes the case fail.
        let ended = try Program.run("gazetteer taught --end 1 --data \(place)/data")
        #expect(ended.text.contains("停用于"))
        #expect(try Program.run("gazetteer test --data \(place)/data").error.contains("共 0 个"))
    }

    // MARK: Explaining and measuring

    @Test func `what decided is explained with words, offsets and the part of the other place`() throws {
        let data = try County.shared.get().data
        let input = """
            {"id":1,"text":"隔壁竹叶坪村的污水流到我们这里","group":"g1@chatroom"}
            {"id":2,"text":"像竹叶坪村那样装路灯","group":"g1@chatroom"}
            {"id":3,"text":"😀竹叶坪村的路灯不亮","group":"g1@chatroom"}

            """
        let run = try Program.run("attribute --explain --data \(data)", input: input)
        #expect(run.lines[0].contains(#""rule":"source""#) && run.lines[0].contains(#""basis":"group""#))
        #expect(run.lines[1].contains(#""rule":"comparison""#))
        #expect(run.lines[2].contains(#""start":1"#) && run.lines[2].contains("「竹叶坪村」@1-5"))
    }

    @Test func `an evaluation counts what is right and wrong by slice, and lists the misses`() throws {
        let place = try Place()
        let table = try place.write("t.csv", old)
        let file = try place.write(
            "e.jsonl",
            """
            {"text":"没水","home":"970301100201","gold":["970301100201"],"slice":"none"}
            {"text":"渡西村没水","home":"970301100201","gold":["970301100202"],"slice":"other"}
            {"text":"渡西村没水","home":"970301100201","gold":["970301100203"],"slice":"other"}
            {"text":"今天天气好","gold":[],"slice":"none"}
            {"text":"坏行"}

            """)
        let run = try Program.run("gazetteer evaluate \(file) --table \(table)")
        #expect(run.code == 1)
        #expect(run.error.contains("第 5 行"))
        #expect(run.text.contains("归对: 2/3") && run.text.contains("归错（占已归的）: 1/3"))
        #expect(run.text.contains("other: 1/2") && run.text.contains("e.jsonl:3 wrong"))
        let json = try Program.run("gazetteer evaluate \(file) --table \(table) --json --without-home")
        #expect(json.lines.first?.contains(#""slice":"*""#) ?? false)
    }
}
