import Messages
import Testing
import Villages

@Suite struct GazetteerTableTests {
    private func read(_ text: String) throws -> (entries: [GazetteerEntry], problems: [GazetteerTable.RowProblem]) {
        let rows = Places.rows(text)
        let table = try #require(GazetteerTable(header: rows.first?.fields ?? []))
        return table.entries(rows.dropFirst())
    }

    @Test(arguments: [
        "code,name", "\u{FEFF}code,name", "代码,名称", "统计用区划代码,村名", "区划代码（12位）,村（社区）名称", "Code , NAME", "ＣＯＤＥ,行政村名称",
        "代碼,名稱",
    ])
    func `headers in Chinese and English, with a byte-order mark, wide letters or brackets`(_ header: String) throws {
        let (entries, problems) = try read("\(header)\n980011100205,青瓦村")
        #expect(entries.map(\.name) == ["青瓦村"])
        #expect(problems.isEmpty)
    }

    @Test(arguments: ["name,level", "代码,级别", "", "序号,备注"])
    func `without a code and a name there is no table`(_ header: String) {
        #expect(GazetteerTable(header: header.split(separator: ",").map(String.init)) == nil)
    }

    @Test(arguments: [
        ("980011100205", "980011100205"), ("'980011100205", "980011100205"), ("\t980011100205", "980011100205"),
        ("=\"980011100205\"", "980011100205"), ("980011100205.0", "980011100205"), ("９８００１１１００２０５", "980011100205"),
        ("980011100", "980011100000"), ("980011", "980011000000"), ("9800", "980000000000"), ("98", "980000000000"),
    ])
    func `a code is read whatever a spreadsheet wrapped it in`(_ written: String, _ code: String) throws {
        #expect(try read("code,name\n\(written),某地").entries.map(\.code) == [code])
    }

    @Test(arguments: [
        ("9.80E+11,青瓦村,,,,,", GazetteerTable.RowProblem.Reason.codeMangledByExcel, "code"),
        ("9.80011E11,青瓦村,,,,,", .codeMangledByExcel, "code"),
        ("9.8e+11,青瓦村,,,,,", .codeMangledByExcel, "code"),
        ("980011100205,青瓦村,9.8E+11,,,,", .codeMangledByExcel, "parent"),
        ("980011100205,青瓦村,,,,,9.8E+11", .codeMangledByExcel, "successor"),
        ("98001110020,青瓦村,,,,,", .badCode, "code"), (",青瓦村,,,,,", .badCode, "code"),
        ("98001110020X,青瓦村,,,,,", .badCode, "code"), ("000000000000,青瓦村,,,,,", .badCode, "code"),
        ("980011100205,青瓦村,青,,,,", .badCode, "parent"), ("980011100205,,,,,,", .noName, "name"),
        ("980011100205,青瓦村,,大村,,,", .badLevel, "level"), ("980011100205,青瓦村,,,2020-13-01,,", .badDay, "valid_from"),
        ("980011100205,青瓦村,,,2019-02-29,,", .badDay, "valid_from"), ("980011100205,青瓦村,,,,去年,", .badDay, "valid_to"),
        ("980011100205,青瓦村,,,2020-01-01,2019-01-01,", .badDay, "valid_to"),
    ])
    func `a row that cannot be used is left out with its reason, the others are read`(
        _ row: String, _ reason: GazetteerTable.RowProblem.Reason, _ field: String
    ) throws {
        let (entries, problems) = try read(
            "code,name,parent,level,valid_from,valid_to,successor\n\(row)\n980011100206,新村,,,,,")
        #expect(entries.map(\.name) == ["新村"])
        #expect(problems.map(\.line) == [2])
        #expect(problems.map(\.reason) == [reason])
        #expect(problems.map(\.field) == [field])
    }

    @Test func `a code that stands twice is read once`() throws {
        let (entries, problems) = try read("code,name\n980011100205,青瓦村\n980011100205,黑瓦村")
        #expect(entries.map(\.name) == ["青瓦村"])
        #expect(problems.map(\.reason) == [.duplicateCode])
        #expect(problems.map(\.line) == [3])
    }

    @Test func `blank rows are passed over`() throws {
        let (entries, problems) = try read("code,name\n,\n  ,\t\n980011100205,青瓦村")
        #expect(entries.count == 1)
        #expect(problems.isEmpty)
    }

    @Test(arguments: [
        ("2020-08-01", "2020-08-01"), ("2020/8/1", "2020-08-01"), ("2020.8.1", "2020-08-01"),
        ("2020年8月1日", "2020-08-01"),
        ("20200801", "2020-08-01"), ("2020-02-29", "2020-02-29"), ("2020/8/1 0:00:00", "2020-08-01"),
    ])
    func `days are read as people write them`(_ written: String, _ day: String) throws {
        #expect(try read("code,name,valid_from\n980011100205,青瓦村,\(written)").entries.first?.validFrom == day)
    }

    @Test func `aliases with kinds in both languages, and columns of their own`() throws {
        let (entries, problems) = try read(
            "代码,名称,别名,曾用名,自然村\n980011100205,青瓦村,short:青瓦;自然村：石滩|小区:青瓦家园；老瓦,瓦窑村、瓦厂村,上瓦;下瓦")
        #expect(problems.isEmpty)
        #expect(
            entries.first?.aliases.map { "\($0.kind.rawValue):\($0.text)" } == [
                "short:青瓦", "natural:石滩", "estate:青瓦家园", "short:老瓦", "old:瓦窑村", "old:瓦厂村", "natural:上瓦", "natural:下瓦",
            ])
    }

    @Test(arguments: ["nick:青瓦", "old:", ":青瓦", "old:甲:乙"])
    func `an alias of no known kind is refused`(_ alias: String) throws {
        #expect(try read("code,name,aliases\n980011100205,青瓦村,\(alias)").problems.map(\.reason) == [.badAlias])
    }

    @Test func `level and parent follow from the code, and names of units become rows`() throws {
        let (entries, _) = try read("代码,村名,乡镇,县\n980011100205,青瓦村,柏木镇,岚溪县\n980011100206,新村,柏木镇,岚溪县")
        #expect(entries.map(\.name) == ["青瓦村", "新村", "岚溪县", "柏木镇"])
        #expect(entries.map(\.level) == [.village, .village, .county, .township])
        #expect(entries.map(\.parent) == ["980011100000", "980011100000", "980000000000", "980011000000"])
    }

    @Test func `every reason has a line in both languages that says where, what and what to do`() {
        for reason in GazetteerTable.RowProblem.Reason.allCases {
            let problem = GazetteerTable.RowProblem(line: 7, reason: reason, field: "code")
            let zh = problem.explanation(file: "村庄.csv", in: .zh)
            let en = problem.explanation(file: "villages.csv", in: .en)
            #expect(zh.hasPrefix("村庄.csv 第 7 行") && zh.contains("请") && !zh.contains("\n"))
            #expect(en.hasPrefix("villages.csv:7: field 'code': ") && en.hasSuffix(".") && !en.contains("\n"))
        }
    }
}
