import Messages
import Testing
import Villages

/// What stands around a name, in invented counties of two cities.
///
/// Neighbours by direction, the one that goes without, rivers of a village's name, names that go on, and townships that say
/// how far a namesake may be.
struct SurroundingsTests {
    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name
            991100000000,泊阳市
            991101000000,蓼溪县
            991101101000,柘岸镇
            991101101201,章堰桥村委会
            991101101202,槐顶寺村委会
            991101101203,槐顶村委会
            991101101204,牟坡村委会
            991101102000,洄河镇
            991101102201,孔洲村委会
            991101102202,吴梁村委会
            991101102203,澄山村委会
            991101103000,芦坂镇
            991101103201,玉涂村委会
            991101103202,晓堤新村居委会
            991101103203,山秀村委会
            991200000000,岷昌市
            991201000000,苕南县
            991201101000,芦坂镇
            991201101201,霞墩村委会
            991201101202,澄岭村委会
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(rules: Gazetteer([]))
        }
        return VillageResolver(rules: Gazetteer(table.entries(rows.dropFirst()).entries))
    }()

    private static let bridge = "991101101201"
    private static let hill = "991101102203"

    private func code(_ row: RoleTests.Case) -> String? {
        Self.resolver.attribution(of: row.text, home: row.home)?.code
    }

    @Test(arguments: [
        RoleTests.Case(text: "章堰桥村位于柘岸镇最南端，南接洄河镇孔洲村，井水发黄半年了", code: bridge, home: nil),
        RoleTests.Case(text: "章堰桥村东邻牟坡村，西为槐顶村，进村的路一直没修", code: bridge, home: nil),
        RoleTests.Case(text: "牟坡村的路塌了", code: "991101101204", home: bridge),
    ])
    func `what lies to its south is only a neighbour`(_ row: RoleTests.Case) { #expect(code(row) == row.code) }

    @Test(arguments: [
        RoleTests.Case(text: "孔洲村有自来水，吴梁村有自来水，为什么澄山村没有自来水", code: hill, home: hill),
        RoleTests.Case(text: "孔洲村有自来水，吴梁村有自来水，为什么澄山村没有自来水", code: hill, home: nil),
        RoleTests.Case(text: "孔洲村的桥断了，吴梁村的桥断了，澄山村的桥也断了", code: "991101102000", home: hill),
    ])
    func `of several the one that goes without is meant`(_ row: RoleTests.Case) { #expect(code(row) == row.code) }

    @Test(arguments: [
        // The river is called so; where it happened is said.
        RoleTests.Case(text: "内河澄山河改道不合理，事情发生于吴梁村，望处理", code: "991101102202", home: hill),
        // 磨洄河 is no 洄河镇.
        RoleTests.Case(text: "磨洄河章堰桥村段什么时候治理", code: bridge, home: "991101101204"),
        RoleTests.Case(text: "尊敬的领导，蓼溪县的玉涂古村要收门票吗，村民进出也收", code: "991101103201", home: nil),
        // A number behind a stem makes another name; what sounds like it near home is meant.
        RoleTests.Case(text: "槐顶四村的渠堵了", code: "991101101202", home: "991101101203"),
        RoleTests.Case(text: "侨乡章堰桥村的路灯坏了", code: bridge, home: "991101101204"),
        RoleTests.Case(text: "泊阳高新技术开发区芦坂镇玉涂村的工地夜里不停工", code: "991101103201", home: nil),
    ])
    func `what a name goes on with or comes behind`(_ row: RoleTests.Case) { #expect(code(row) == row.code) }

    @Test(arguments: [
        // A county that the list doesn't know any more: the city tells which of two townships.
        RoleTests.Case(text: "泊阳市云蓼区芦坂镇小岙新村的水管爆了", code: "991101103000", home: nil),
        // The township stands behind the village.
        RoleTests.Case(text: "吴梁村在洄河镇东头，路灯坏了", code: "991101102202", home: nil),
        // A namesake in a county of none of the townships is not meant.
        RoleTests.Case(text: "污水从柘岸镇、洄河镇流过，始于霞墩村，臭了一年", code: nil, home: nil),
    ])
    func `townships of the text say which village may be meant`(_ row: RoleTests.Case) {
        #expect(code(row) == row.code)
    }

    @Test(arguments: [
        // Renamed or spelled otherwise since the list was made: what is named with it tells.
        RoleTests.Case(text: "云蓼区洄河镇澄山村的路塌了", code: hill, home: nil),
        RoleTests.Case(text: "晓堤新村的车棚着火了", code: "991101103202", home: nil),
        RoleTests.Case(text: "芦坂镇山秀的机耕路断了", code: "991101103203", home: "991101103201"),
        RoleTests.Case(text: "玉涂村村的水管冻裂了", code: "991101103201", home: "991101103203"),
        RoleTests.Case(text: "章堰桥村三组村口的垃圾没人收", code: bridge, home: nil),
        // Where they were brought to is not where they live.
        RoleTests.Case(text: "老人都转移出来了，集中安置在芦坂镇玉涂村，吃住有着落", code: hill, home: hill),
    ])
    func `names of today and of the list`(_ row: RoleTests.Case) { #expect(code(row) == row.code) }

    @Test(arguments: [
        RoleTests.Case(text: "306路早上六点那班老是不来", code: "991101101000", home: bridge),
        RoleTests.Case(text: "12路末班车甩站", code: "991101101000", home: bridge),
        RoleTests.Case(text: "从镇里到县城的公交停了半个月", code: "991101101000", home: bridge),
        RoleTests.Case(text: "3路灯坏了没人修", code: bridge, home: bridge),
        RoleTests.Case(text: "槐顶村招采茶工，一天一百五", code: bridge, home: bridge),
    ])
    func `a bus line is the township's, an offer nobody's trouble`(_ row: RoleTests.Case) {
        #expect(code(row) == row.code)
    }
}
