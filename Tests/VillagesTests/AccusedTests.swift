import Messages
import Testing
import Villages

/// Whose cadres and offices are accused, and what long lists of real names taught about names.
@Suite struct AccusedTests {
    private static let home = "980011100205"  // 青瓦村
    private static let other = "980011100208"  // 高坪村
    private static let town = "980011100000"  // 柏木镇

    @Test(arguments: [
        // Whose cadre it is says where.
        RoleTests.Case(text: "高坪村书记在公益林里修私坟，我们采笋的时候看到的", code: other),
        RoleTests.Case(text: "高坪村会计把我的补贴打到别人卡上了", code: nil),
        RoleTests.Case(text: "高坪村支书把我们村的山场包给了外人", code: home),
        // An accused neighbour is left to a person.
        RoleTests.Case(text: "隔壁高坪村的支书在河滩上盖了三层楼", code: nil),
        RoleTests.Case(text: "隔壁高坪村的支书盖了三层楼，把我们村的路堵了", code: home),
        RoleTests.Case(text: "隔壁高坪村天天放炮", code: home),
        // Named again, it is more than where something comes from.
        RoleTests.Case(text: "高坪村的村医走了，我丈人住在高坪村，拿个药要翻山到我们这边来", code: nil),
        // 水上人家 compares nothing, 那边人家 does.
        RoleTests.Case(text: "高坪村水上人家民宿的污水直接排进河里", code: other),
        RoleTests.Case(text: "高坪村那边人家都有路灯，我们这里一盏没有", code: home),
        // What reaches the entrance of a village reaches its own.
        RoleTests.Case(text: "三汊镇石坎村的路只修到村口", code: "980011101205"),
        RoleTests.Case(text: "高坪村的污水流到这里，没人管", code: home),
    ])
    func `an accusation goes where the accused hold office`(_ row: RoleTests.Case) {
        #expect(Places.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "柏木镇政府有没有人值班，电话打了一上午没人接", code: town),
        RoleTests.Case(text: "柏木镇派出所办身份证要跑三趟", code: town),
        RoleTests.Case(text: "柏木镇政府答应下个月来修", code: home),
        RoleTests.Case(text: "岚溪县要改成区了，那我们的社保卡换不换", code: home),
        RoleTests.Case(text: "我在岚溪县城租房，老家的危房补助还能领吗", code: home),
        RoleTests.Case(text: "县城的6路公交到我们村口就掉头", code: home),
        RoleTests.Case(text: "三汊到柏木的公交末班车取消了", code: home),
        RoleTests.Case(text: "柏木到县城的班车又取消了", code: town),
    ])
    func `an office that is complained of is the place, one that acts is not`(_ row: RoleTests.Case) {
        #expect(Places.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        "往高坪村去的那个三岔口没有反光镜", "让高坪村的包工头来修路，修成这个样子", "上游的高坪村好像开了个洗煤厂，河水都黑了",
    ])
    func `who comes from there and what lies on the way moves nothing`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test(arguments: [
        "我媳妇是高坪村人，户口没迁过来，分地没她的", "有没有高坪村的朋友？你们那边停电了吗", "选村主任的时候，有人从高坪村请人来闹事",
        "娘家在高坪村，那边都已经通天然气了，婆家这边还烧煤", "听同学讲高坪村低保是抽签的，不知道我们是怎么评的", "路过高坪村，看见人家的垃圾分类搞得有模有样",
    ])
    func `kin, acquaintances and what one hears of them leave the matter at home`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test func `a long report on several villages one by one is left to a person`() {
        let text = "青岚市通报：梅村镇东风村虚报面积套取资金，群众反映强烈。梅村镇陈家庄村的养殖棚没有验收就付了款，村民多次要求查账，镇里说还在核实，什么时候有结果谁也不知道。"
        let resolution = Self.names.resolution(of: text, home: nil)
        #expect(resolution.attribution == nil)
        #expect(resolution.candidates == ["980021100202", "980021100203"])
    }

    @Test func `a stem without a cue is left open, unless it is a firm or our own side is spoken of`() {
        func answer(_ text: String) -> Attribution? { Self.names.attribution(of: text, home: "980021100202") }
        #expect(answer("塬角连夜运走三车木料") == nil)
        // What is the matter with it makes a place of it.
        #expect(answer("塬角修水库占的地，补偿比文件低一半")?.code == "980021100205")
        #expect(answer("塬角修水库占的地，补偿比文件低一半")?.tier == .d)
        #expect(answer("塬角修水库，我们村下游的田全旱着")?.code == "980021100202")
        #expect(answer("塬角煤矿的矸石山自燃了")?.code == "980021100202")
    }

    private static let names = VillageResolver(
        rules: Gazetteer(
            entries(
                """
                code,name,level,parent
                980021000000,青岚市,county,
                980021100000,梅村镇,township,980021000000
                980021100201,梅村,village,980021100000
                980021100202,东风村,village,980021100000
                980021100203,陈家庄村,village,980021100000
                980021100204,二十里铺村,village,980021100000
                980021100205,塬角村,village,980021100000
                980021101000,石埠镇,township,980021000000
                980021101201,东风村,village,980021101000
                980022000000,白岭县,county,
                980022101000,石埠镇,township,980022000000
                980022101201,前营村,village,980022101000
                """)))

    private static func entries(_ text: String) -> [GazetteerEntry] {
        let rows = Places.rows(text)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else { return [] }
        return table.entries(rows.dropFirst()).entries
    }

    @Test(arguments: [
        RoleTests.Case(text: "陈家庄的渠是谁挖断的", code: "980021100203", home: "980021100202"),
        RoleTests.Case(text: "梅村镇陈家庄有人半夜偷采", code: "980021100203", home: "980021100202"),
        RoleTests.Case(text: "二十里铺的补贴怎么按人头发", code: "980021100204", home: "980021100202"),
    ])
    func `a long stem that ends as villages do needs no more of a cue for standing in the table of words`(
        _ row: RoleTests.Case
    ) {
        #expect(Self.names.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `a township's short name before a village of it chooses, though a village is called so too`() {
        #expect(Self.names.attribution(of: "梅村东风村的垃圾没人收", home: nil)?.code == "980021100202")
        #expect(Self.names.attribution(of: "石埠东风村的垃圾没人收", home: nil)?.code == "980021101201")
        #expect(Self.names.attribution(of: "梅村的垃圾没人收", home: nil)?.code == "980021100201")
    }

    @Test func `a county that became a district since is the county of the list`() {
        #expect(Self.names.attribution(of: "青岚区石埠镇东风村的路灯坏了", home: nil)?.code == "980021101201")
        #expect(Self.names.attribution(of: "白岭区石埠镇前营村的路灯坏了", home: nil)?.code == "980022101201")
    }

    @Test func `a comparison needs two sides`() {
        #expect(
            Self.names.attribution(of: "青岚市石埠镇东风村的村民打开手机就能看到村里花了多少钱", home: nil)?.code
                == "980021101201")
    }
}
