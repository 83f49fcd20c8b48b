import Messages
import Testing
import Villages

/// Names of the home's township in another spelling, and lists that end with 我们 and home's own name.
///
/// Home is 岚田村 of 松坑乡 in 清屿县 unless a line says otherwise.
@Suite struct SpellingTests {
    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name,level,parent
            980070000000,沧屏市,city,
            980071000000,清屿县,county,980070000000
            980071100000,松坑乡,township,980071000000
            980071100201,岚田村,village,980071100000
            980071100202,墅前李村,village,980071100000
            980071100203,鹤咀村,village,980071100000
            980071100204,上岚埔村,village,980071100000
            980071100205,下岚埔村,village,980071100000
            980071100206,柿坪村,village,980071100000
            980071100207,陈家塆村,village,980071100000
            980071100208,葵芦岭村,village,980071100000
            980071101000,云埭镇,township,980071000000
            980071101201,前李村,village,980071101000
            980071101202,芦岭村,village,980071101000
            980071101203,丁村,village,980071101000
            980071100209,溪边丁村,village,980071100000
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(Gazetteer([]))
        }
        return VillageResolver(Gazetteer(table.entries(rows.dropFirst()).entries))
    }()
    private static let home = "980071100201"  // 岚田村
    private static let town = "980071100000"

    @Test(arguments: [
        // The end of the misspelt name is a village elsewhere.
        RoleTests.Case(text: "树前李村的桥栏杆断了一截，没人拉根绳子", code: "980071100202", home: home),
        RoleTests.Case(text: "奎芦岭村的水塔漏了半年", code: "980071100208", home: home),
        RoleTests.Case(text: "西边丁村进村那座桥断了半边，没人拉绳子", code: "980071100209", home: home),
        RoleTests.Case(text: "前李村的桥栏杆断了一截，没人拉根绳子", code: "980071101201", home: home),
        // Behind a word that is no part of a name.
        RoleTests.Case(text: "在前李村的桥头栏杆断了一截", code: "980071101201", home: home),
        // Characters that are one in villages' names.
        RoleTests.Case(text: "鹤嘴村的村医一个礼拜来一天", code: "980071100203", home: home),
        RoleTests.Case(text: "杮坪村打井队收了八百", code: "980071100206", home: home),
        RoleTests.Case(text: "陈家湾村的变压器烧了三天", code: "980071100207", home: home),
        // Lists with home's own name behind 我们.
        RoleTests.Case(text: "鹤咀村、柿坪村还有我们岚田，三个村的机耕路一下雨全烂了", code: town, home: home),
        RoleTests.Case(text: "鹤咀村和我们岚田村两个村合用的水塔漏了", code: town, home: home),
        RoleTests.Case(text: "鹤咀村的灯都修好了，我们岚田的还黑着", code: home, home: home),
        // Home is one of two that are named together.
        RoleTests.Case(
            text: "上、下岚埔村合修的那条路，我们出的钱最多，账到底在谁手里", code: town, home: "980071100204"),
        RoleTests.Case(text: "上、下岚埔村的路都修好了，我们村的还是烂泥", code: home, home: home),
    ])
    func `spellings and lists`(_ item: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: item.text, home: item.home)?.code == item.code)
    }
}
