import ChineseText
import Messages
import Testing
import Villages

/// Stems that no cue makes a place of, what is no name, and matters of the township: where the words around them decide.
@Suite struct BareStemTests {
    private static let rows = Places.rows(
        """
        code,name,level,parent
        980040000000,望州市,city,
        980041000000,乌陂县,county,980040000000
        980041100000,樟溪镇,township,980041000000
        980041100201,椿坞村,village,980041100000
        980041100202,桕垄村,village,980041100000
        980041100203,枫埔村,village,980041100000
        980041100204,西村,village,980041100000
        980041100205,楼格村,village,980041100000
        980041100206,上午村,village,980041100000
        980041100207,希望村,village,980041100000
        980041100208,肥村村,village,980041100000
        980041100209,第一村,village,980041100000
        980041100210,枫埔头村,village,980041100000
        980041100211,四村,village,980041100000
        980041100212,小王村,village,980041100000
        980041100213,乱流村,village,980041100000
        980041101000,平岗镇,township,980041000000
        980041101201,大柘村,village,980041101000
        """)
    private static let gazetteer = table(taught: [])

    private static func table(taught: [TaughtAlias]) -> Gazetteer {
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else { return Gazetteer([]) }
        return Gazetteer(table.entries(rows.dropFirst()).entries, taught: taught)
    }

    private static let resolver = VillageResolver(gazetteer)
    private static let rules = VillageResolver(rules: gazetteer)
    private static let town = "980041100000"
    private static let home = "980041100201"
    private static let maple = "980041100203"

    @Test(arguments: [
        "枫埔的水管爆了三天没人修，他们全村老小都在挑水吃", "听说枫埔低保名单里全是他们会计的亲戚", "枫埔停电一整天了，那边的冰箱全化了",
    ])
    func `a stem without a cue is heard by the words around it`(_ text: String) {
        let found = Self.resolver.resolution(of: text, home: Self.home)
        #expect(found.attribution?.code == Self.maple)
        let bare = text.replacing("枫埔", with: "梅埔")
        #expect(Self.resolver.attribution(of: bare, home: Self.home)?.code == Self.home)
    }

    /// 格局 and 上午 are words, 第一 counts, 楼格 here is no name.
    @Test(arguments: [
        "这个楼格局不好，夏天热死人", "上午又停水了，一天停三次，饭都做不成", "第一，路灯坏了三个月没人修；第二，没人扫地", "希望村里的路快点修好",
    ])
    func `what is a word, or part of one, is no village`(_ text: String) {
        #expect(Self.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    /// Short texts, in which a word of four characters has no room.
    @Test(arguments: ["枫埔", "枫", "枫埔啊", "在枫埔", "枫埔枫埔", "，枫埔", "埔", "肥村", "镇", "乡里", "街道办"])
    func `a text of a few characters has an answer`(_ text: String) {
        #expect(Self.resolver.resolution(of: text, home: Self.home).attribution?.tier != .a)
        #expect(Self.resolver.resolution(of: text, home: nil).attribution == nil)
    }

    @Test(arguments: ["隔壁枫埔停电一整天了，那边的冰箱全化了", "像枫埔那样，他们会计把低保全给亲戚的，哪里都有", "隔壁枫埔村停电一整天了，那边的冰箱全化了"])
    func `a neighbour or a comparison is never the place by the words alone`(_ text: String) {
        #expect(Self.resolver.attribution(of: text, home: Self.home)?.code != Self.maple)
    }

    @Test func `ours beside another village stays ours, and both of two that suffer are the place`() {
        #expect(
            Self.resolver.attribution(of: "我们村靠近枫埔村那头的水渠塌了十几米，地没法浇", home: Self.home)?.code == Self.home)
        let both = Self.resolver.attribution(of: "通往枫埔村和桕垄村的客车停开了，两个村的老人都出不了门", home: Self.home)
        #expect(both?.code == Self.town)
        #expect(both?.basis == .parent)
    }

    @Test(arguments: ["小王你把买水泵那张发票拍清楚点，金额看不见", "养猪场污水到处乱流，走路都要绕开，有没有人管"])
    func `what people are called and what water does is no village`(_ text: String) {
        #expect(Self.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test func `the longer of two stems is the name`() {
        let text = "昨天半夜枫埔头人往河里倒煤矸石，他们村干部收了钱装看不见"
        #expect(Self.resolver.attribution(of: text, home: Self.home)?.code != Self.maple)
    }

    @Test func `a taught name counts in its scope only`() {
        let alias = TaughtAlias(
            id: 1, text: "蕉潭", village: Self.maple, scope: .group("g2"), author: "登记员", taughtOn: "2024-01-01")
        let taught = VillageResolver(Self.table(taught: [alias]))
        let text = "蕉潭的水管爆了三天没人修，他们全村老小都在挑水吃"
        #expect(taught.resolution(of: text, in: .init(home: Self.home, group: "g1")).attribution?.code == Self.home)
    }

    @Test func `a village of one character is heard`() {
        let found = Self.resolver.resolution(of: "肥村有人往河里倒煤矸石，他们村干部收了钱装看不见", home: Self.home)
        #expect(found.attribution?.code == "980041100208")
        let any = Self.resolver.attribution(of: "本村有人往河里倒煤矸石，他们村干部收了钱装看不见", home: Self.home)
        #expect(any?.code == Self.home)
    }

    @Test(arguments: [
        "关于解决第三、四村民小组饮水问题的报告：水源上游新开养猪场，水发臭", "修进村路占了我家三分菜地，说好的补偿到现在没给", "开进村路上的大货车把路压坏了",
    ])
    func `numbers of groups and the road into the village name none`(_ text: String) {
        #expect(Self.rules.resolution(of: text, home: Self.home).attribution?.code == Self.home)
    }

    /// A shared link moves nothing; a case that a hotline hands on is about the village that it names; 本人系 is who writes.
    @Test(arguments: [
        RoleTests.Case(text: "[链接] 樟溪镇枫埔村入选省级美丽乡村，点开看看", code: home, home: home),
        RoleTests.Case(text: "【转】樟溪镇枫埔村的路灯坏了半年没人管", code: home, home: home),
        RoleTests.Case(text: "【转办件】群众反映樟溪镇枫埔村有人无证采砂，请五个工作日内答复", code: maple, home: home),
        RoleTests.Case(text: "本人系乌陂县樟溪镇枫埔村村民，修大堤占了我家一亩二分地，补偿款没到账", code: maple, home: nil),
    ])
    func `who passes on and who writes`(_ row: RoleTests.Case) {
        #expect(Self.rules.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `people and houses of a village by a number are its own`() {
        #expect(Self.rules.attribution(of: "樟溪镇四村民房着火了，没人来救", home: Self.home)?.code == "980041100211")
    }

    @Test func `a wish for both villages names no third`() {
        let found = Self.rules.resolution(of: "枫埔村和桕垄村合办的合作社，社员股金都退不回来，希望两个村一块查", home: Self.maple)
        #expect(found.attribution?.code == Self.town)
        #expect(found.attribution?.spans.count == 2)
    }

    @Test(arguments: ["樟溪镇枫埔村新茶下来了，八十一斤，要的联系", "乌陂县樟溪镇枫埔村初八做戏，欢迎大家来看"])
    func `an offer without a group has its village where the whole address stands`(_ text: String) {
        #expect(Self.rules.attribution(of: text, home: nil)?.code == Self.maple)
    }

    @Test(arguments: [
        (text: "镇卫生院的护士骂人，打个针排队两个钟头", isTown: true),
        (text: "樟溪镇民政办那位，问一句翻三个白眼，办个证跑五趟", isTown: true),
        (text: "街道办那位，问一句翻三个白眼，办个证跑五趟", isTown: true),
        (text: "乡里乡亲的，别为这点小事吵了，把路修好要紧", isTown: false),
        (text: "镇上派人来看过三回，咱村那座桥还是没修", isTown: false),
        (text: "去镇上赶集回来，村口那个大坑差点把三轮颠翻", isTown: false),
    ])
    func `the words say whether a matter is the township's or the village's`(_ row: (text: String, isTown: Bool)) {
        let found = Self.resolver.resolution(of: row.text, home: Self.home)
        #expect(found.attribution?.code == (row.isTown ? Self.town : Self.home))
        #expect(found.attribution?.basis == (row.isTown ? .township : .group))
    }

    /// 家乡, 乡亲 and another township's name are no word for home's township.
    @Test func `only a township's own word is a mark`() {
        func marks(_ words: String) -> [Int] {
            var words = words
            var text = NormalizedText()
            words.withUTF8 { TextNormalizer.shared.normalize($0, into: &text) }
            return PlaceSigns.townships(in: text).map(\.span.lowerBound)
        }
        #expect(marks("家乡的乡亲们下乡") == [])
        #expect(marks("柘塘镇卫生院") == [])
        #expect(marks("镇卫生院跟乡政府都不管，全镇停电") == [0, 5, 13])
        #expect(marks("我们镇的街道办") == [2, 4])
    }
}
