import Messages
import Testing
import Villages

/// What part a place plays where several are named, or where it lies elsewhere.
///
/// Home is 青瓦村 of 柏木镇 in 岚溪县 unless a row says otherwise.
@Suite struct RoleTests {
    private static let home = "980011100205"
    private static let other = "980011100208"  // 高坪村
    private static let town = "980011100000"  // 柏木镇

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let code: String?
        var home: String? = RoleTests.home
        var testDescription: String { text }
    }

    @Test(arguments: [
        // Of several places those that nothing is the matter with are none.
        Case(text: "青瓦村没问题，主要是高坪村", code: other),
        Case(text: "青瓦村这边还好，高坪村的水停了三天", code: other),
        Case(text: "高坪村那边没事，我们这边没水", code: home),
        Case(text: "青瓦村有路灯，高坪村一盏都没有", code: other),
        Case(text: "青瓦村的渠清过了，高坪村的还堵着", code: other),
        Case(text: "高坪村停水，青瓦村也停水", code: town),
        // What is said first or last to be meant is meant.
        Case(text: "说的是高坪村，不是青瓦村", code: other),
        Case(text: "高坪村与青瓦村交界的沟，高坪村一侧被填了", code: other),
        // Ways to a place and from it.
        Case(text: "去青瓦村路上，高坪村那段护栏没了", code: other),
        Case(text: "从青瓦村过去，高坪村那个弯道没有护栏", code: other),
        Case(text: "我从高坪村回来的时候掉进了门口的坑", code: home),
        Case(text: "路过高坪村的时候看到河边都是垃圾", code: other),
        // 我们村 beside another village.
        Case(text: "高坪村拉沙的车把我们村的路压烂了", code: home),
        Case(text: "上游高坪村的猪场排污，我们村的井水都臭了", code: home),
        Case(text: "我们村在高坪村旁边，手机没信号", code: home),
        Case(text: "高坪村的桥塌了，我们村的人过不去", code: nil),
        // 人家 that compares, and 人家 by chance.
        Case(text: "人家高坪村年年分红", code: home),
        Case(text: "本人家住高坪村，门前的路挖开三个月了", code: other),
        Case(text: "我外婆是高坪村的，老人家低保被取消了", code: other),
        Case(text: "替我姐反映一下，她嫁在高坪村，地被占了", code: other),
        Case(text: "我姐嫁到高坪村了，户口迁不走", code: home),
        // Whom one pays, and what one wishes.
        Case(text: "高坪村支书让我们交两千块钱才给盖章", code: other),
        Case(text: "希望村里把账目公开", code: home),
        // News from elsewhere moves nothing.
        Case(text: "贵州省某县高坪村支书冒领低保金被双开", code: home),
        Case(text: "网上看到浙江那边的高坪村家家有车", code: home),
        // A line by its number.
        Case(text: "镇上公交18路经常甩站", code: town),
        Case(text: "18路口的公交站牌倒了", code: home),
    ])
    func `the matter lies where it is said to be`(_ row: Case) {
        #expect(Places.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    struct Part: Sendable, CustomTestStringConvertible {
        let text: String
        let role: VillageResolver.Other.Role
        var testDescription: String { text }
    }

    @Test(arguments: [
        Part(text: "隔壁高坪村的路修好了", role: .neighbour), Part(text: "像高坪村那样装路灯", role: .comparison),
        Part(text: "高坪村都修好了，我们村什么时候修", role: .comparison),
        Part(text: "隔壁高坪村的污水流到我们这里", role: .source), Part(text: "高坪村的人来我们村倒垃圾", role: .source),
        Part(text: "我在高坪村打工，家里停水了", role: .away),
    ])
    func `the other place is kept with its part`(_ row: Part) {
        let resolution = Places.resolver.resolution(of: row.text, home: Self.home)
        #expect(resolution.attribution?.code == Self.home)
        #expect(resolution.others.map(\.role) == [row.role])
        #expect(resolution.others.first?.codes == [Self.other])
    }

    @Test(arguments: [
        Case(text: "柏木镇青瓦", code: home, home: nil), Case(text: "柏木镇青瓦12号", code: home, home: nil),
        Case(text: "柏木镇青瓦路12号", code: town, home: nil),
        Case(text: "柏木镇政府门口的公示栏没换", code: town, home: nil),
        Case(text: "去柏木镇政府问了三回", code: nil, home: nil),
    ])
    func `without a home a township helps`(_ row: Case) {
        #expect(Places.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `two names that meet in one township are no chance, one of them alone may be`() {
        // Nine counties; 水南村 lies in two of them, 石门村 in one.
        var entries: [GazetteerEntry] = []
        for county in 1...9 {
            let prefix = "9901\(county)0"
            entries.append(GazetteerEntry(code: prefix + "0000000", name: "试\(county)县", level: .county))
        }
        func add(_ code: String, _ name: String) {
            entries.append(
                GazetteerEntry(code: code, name: name, level: .village, parent: String(code.prefix(9)) + "000"))
        }
        add("990110100201", "水南村")
        add("990120100201", "水南村")
        add("990120100202", "石门村")
        add("990130100201", "龙口村")
        add("990140100201", "柳湾村")
        let resolver = VillageResolver(rules: Gazetteer(entries))
        #expect(resolver.attribution(of: "水南村停水", home: nil) == nil)
        #expect(resolver.attribution(of: "石门村停水", home: nil) == nil)
        #expect(resolver.attribution(of: "石门村那边没事，水南村停水了", home: nil)?.code == "990120100201")
    }

    @Test func `what the county does not have gives way to what it has`() {
        let entries =
            Places.entries + [
                GazetteerEntry(code: "990110100201", name: "上高坪村", level: .village, parent: "990110100000")
            ]
        let resolver = VillageResolver(rules: Gazetteer(entries))
        #expect(resolver.attribution(of: "山上高坪村的石场放炮", home: Self.home)?.code == Self.other)
        // Plainly another village.
        #expect(resolver.attribution(of: "上高坪村的石场放炮", home: Self.home) == nil)
    }

    @Test func `where a person should look, home and what was chosen are among the candidates`() {
        func candidates(_ text: String) -> [String] {
            let resolution = Places.resolver.resolution(of: text, home: Self.home)
            return Places.resolver.candidates(of: resolution, home: Self.home)
        }
        #expect(candidates("枣园村的路塌了") == [Self.home])
        #expect(candidates("望月台那边塌方了").last == Self.home)
        #expect(candidates("高坪村的路塌了") == [])
        #expect(candidates("高坪村的桥塌了，我们村的人过不去") == [Self.home, Self.other])
    }
}
