import Messages
import Testing
import Villages

/// The public layouts, and two editions of one list.
@Suite struct TableLayoutTests {
    private func rows(_ text: String) -> [(line: Int, fields: [String])] { Places.rows(text) }

    @Test func `lists without a header are read by their codes`() throws {
        let layouts = [
            // adyliu: code, name, level, code of the unit above, urban class.
            "970121100200,溪瑶村委会,5,970121100000,220\n970121100000,溪尾镇,4,970121000000,0",
            // njzjz: code, name, level.
            "970121100200,溪瑶村委会,5\n970121100000,溪尾镇,4",
            // Vonng: code, code above, name and 17 more, the last five the names of all levels.
            "970121100200,970121100000,溪瑶村委会,5,5,970121,,,220,,,,,,,南渚省,沅州市,沅陂县,溪尾镇,溪瑶村委会",
        ]
        for layout in layouts {
            let rows = rows(layout)
            let table = try #require(GazetteerTable(headless: rows.map(\.fields)))
            let contents = table.contents(rows)
            #expect(contents.problems == [])
            let village = try #require(contents.entries.first { $0.code == "970121100200" })
            #expect(village.name == "溪瑶村委会")
            #expect(village.parent == "970121100000")
            #expect(contents.entries.contains { $0.code == "970121100000" && $0.name == "溪尾镇" })
        }
    }

    @Test func `the layout of modood is read by its header`() throws {
        let rows = rows(
            "code,name,streetCode,areaCode,cityCode,provinceCode\n970121100200,溪瑶村委会,970121100,970121,9701,97")
        let table = try #require(GazetteerTable(header: rows[0].fields))
        #expect(table.contents(rows.dropFirst()).entries.first?.parent == "970121100000")
    }

    @Test func `a village that was split names its parts, and how`() throws {
        let rows = rows(
            """
            code,name,valid_to,successor,succession
            970121101202,塘洲村,2021-02-28,970121101203;970121101204,拆分
            970121100210,东埔村,2020-06-30,970121100209,合并
            970121100211,西埔村,2020-06-30,970121100209,消失
            """)
        let contents = try #require(GazetteerTable(header: rows[0].fields)).contents(rows.dropFirst())
        #expect(contents.successions.map(\.kind) == [.split, .split, .merge])
        #expect(contents.entries.first?.successor == nil)
        #expect(contents.problems.map(\.reason) == [.badSuccession])
        // The row itself is read.
        #expect(contents.entries.count == 3)
    }

    @Test func `one code may have several times, but not twice the same`() throws {
        let rows = rows("code,name,valid_from\n970121100200,溪瑶村,\n970121100200,溪遥村,2021-01-01\n970121100200,溪窑村,")
        let contents = try #require(GazetteerTable(header: rows[0].fields)).contents(rows.dropFirst())
        #expect(contents.entries.map(\.name) == ["溪瑶村", "溪遥村"])
        #expect(contents.problems.map(\.reason) == [.duplicateCode])
    }

    @Test func `two editions differ by stems, and what moved is told from what went`() throws {
        func entries(_ text: String) throws -> [GazetteerEntry] {
            let rows = rows("code,name\n" + text)
            return try #require(GazetteerTable(header: rows[0].fields)).entries(rows.dropFirst()).entries
        }
        let old = try entries(
            "970121100200,溪瑶村委会\n970121100201,桂瑶村\n970121100202,仙东村\n970121100203,仙西村\n970121100204,石鼓村")
        let new = try entries(
            "970121100200,溪瑶村村民委员会\n970121100201,桂遥村\n970121100301,仙东村\n970121200203,仙西村\n970121100299,新田村")
        let difference = EditionDifference(old: old, new: new)
        #expect(difference.unchanged == 1)
        #expect(
            difference.changes.map(\.kind)
                == [.renamed, .recoded, .reparented, .removed, .added].sorted { left, right in
                    func code(_ kind: EditionDifference.Change.Kind) -> String {
                        difference.changes.first { $0.kind == kind }.map { $0.old?.code ?? $0.new?.code ?? "" } ?? ""
                    }
                    return code(left) < code(right)
                })
        let (dated, successions) = difference.dated(from: "2021-07-01", last: "2021-06-30")
        #expect(successions.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.recode, .rename, .reparent])
        let resolver = VillageResolver(
            rules: Gazetteer(old.filter { $0.code == "970121100200" } + dated, successions: successions))
        #expect(resolver.attribution(of: "仙东村停水", home: nil)?.code == "970121100301")
        #expect(resolver.attribution(of: "桂瑶村停水", home: nil)?.name == "桂遥村")
    }
}

/// What is counted when sentences are evaluated.
@Suite struct EvaluationTests {
    @Test func `right, wrong, silent and false villages are told apart`() {
        var evaluation = VillageEvaluation(Places.resolver)
        for (line, text, home, gold) in [
            (1, "青瓦村停水", "980011100205", ["980011100205"]), (2, "高坪村停水", "980011100205", ["980011100205"]),
            (3, "石桥村那边停水", "980011100205", ["980011100208"]), (4, "高坪村停水", "980011100205", []),
            (5, "路灯坏了", "980011100205", []), (6, "青瓦村、高坪村停水", nil, ["980011100205", "980011100208"]),
        ] as [(Int, String, String?, [String])] {
            evaluation.take(.init(line: line, text: text, context: .init(home: home), gold: gold, slices: ["a"]))
        }
        let total = evaluation.total
        #expect([.right, .wrong, .unattributed, .falseVillage, .homeOnly].map { total[$0] } == [2, 1, 1, 1, 1])
        #expect(evaluation.misses.map(\.item.line) == [2, 3, 4, 5])
        #expect(evaluation.slices["a"] == total)
        #expect(evaluation.slices["home:unknown"]?.items == 1)
    }

    @Test func `the interval of none in a thousand reaches four in a thousand`() {
        let none = VillageEvaluation.interval(0, of: 1000)
        #expect(none.lowerBound == 0)
        #expect((0.0037...0.0039).contains(none.upperBound))
        #expect(VillageEvaluation.interval(0, of: 0) == 0...1)
    }
}

/// Misspellings and garbles.
@Suite struct SoundTests {
    @Test(arguments: [
        ("清瓦村的路塌了", "980011100205"), ("高平村的路塌了", "980011100208"), ("青瓦（wǎ）村的路塌了", "980011100205"),
        ("「张三：高坪村停水」\n- - - - - -\n青瓦村也停水", "980011100205"),
    ])
    func `a name that sounds like one near home is that one, and offsets are those of the original`(
        _ row: (text: String, code: String)
    ) throws {
        let found = Places.resolver.resolution(of: row.text, home: "980011100201")
        #expect(found.attribution?.code == row.code)
        let span = try #require(found.attribution?.spans.first)
        let bytes = Array(row.text.utf8)
        #expect(String(decoding: bytes[span], as: UTF8.self).hasSuffix("村"))
    }

    @Test func `what sounds alike far away is not believed`() {
        #expect(Places.resolver.attribution(of: "清瓦村的路塌了", home: "980012100204")?.code != "980011100205")
        #expect(Places.resolver.attribution(of: "清瓦村的路塌了", home: nil) == nil)
    }
}
