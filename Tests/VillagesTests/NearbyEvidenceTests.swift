import Messages
import Testing
import Villages

/// Stems with hardly a cue, invitations, what somebody tells of a village, roads of which one end is named again, and names
/// that lists cut short.
@Suite struct NearbyEvidenceTests {
    private static let home = "980041100201"  // 椿坞村
    private static let town = "980041100000"  // 樟溪镇
    private static let ash = "980041100202"  // 桕垄村
    private static let other = "980041101000"  // 平岗镇

    @Test(arguments: [
        RoleTests.Case(text: "桕垄街上占道卖鸡鸭，屎尿横流", code: ash, home: home),
        RoleTests.Case(text: "桕垄那帮人把泄洪沟填了盖房", code: ash, home: home),
        RoleTests.Case(text: "路过桕垄看到限高杆被撞歪了", code: ash, home: home),
        RoleTests.Case(text: "西村戏台子边上那厕所快塌了", code: "980041100204", home: home),
        RoleTests.Case(text: "樟溪桕垄那个村的村医一个星期来一次", code: ash, home: home),
        RoleTests.Case(text: "我老家是樟溪桕垄的，老人去世要交三千块墓地管理费", code: ash, home: nil),
        RoleTests.Case(text: "樟溪桕垄的菜市场漏电", code: ash, home: home),
        // Bought there, complained of here.
        RoleTests.Case(text: "桕垄街上买的种子不出芽，找谁", code: home, home: home),
        // What any village has.
        RoleTests.Case(text: "田尾那块秧苗被牛踩了", code: home, home: home),
        RoleTests.Case(text: "东村头那盏灯坏了", code: home, home: home),
    ])
    func `a stem of home's township counts with what makes a place of it`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "桕垄今天逢集，谁去帮我带把锄头", code: home, home: home),
        RoleTests.Case(text: "桕垄的唢呐班子请来了，下午三点开场", code: home, home: home),
        RoleTests.Case(text: "有没有桕垄村的？帮我带包药回来", code: home, home: home),
        RoleTests.Case(text: "有没有桕垄村的？你们的桥断了", code: ash, home: home),
        RoleTests.Case(text: "镇区的补习班推荐一个", code: home, home: home),
        RoleTests.Case(text: "早上去桕垄村卖菜回来，发现村口的路又被挖了", code: home, home: home),
        RoleTests.Case(text: "石陂那边的厂子招人，包吃住，有去的没", code: home, home: home),
        RoleTests.Case(text: "石陂的师傅来修屋顶，谁家还要一起修", code: home, home: home),
        RoleTests.Case(text: "桕垄村的书记倒是勤快，天天在群里答复", code: home, home: home),
        RoleTests.Case(text: "桕垄村的河清得干净，阿拉村里啥辰光轮到", code: home, home: home),
        RoleTests.Case(text: "八里外都能看见那黑烟", code: home, home: home),
        // Something is the matter.
        RoleTests.Case(text: "桕垄村的书记收红包", code: ash, home: home),
        RoleTests.Case(text: "俺表哥在桕垄村，新农合的钱交给会计，到医院一查没交上", code: ash, home: home),
        RoleTests.Case(text: "桕垄村逢集堵得水泄不通，没人管", code: ash, home: home),
        RoleTests.Case(text: "桕垄村的垃圾堆到马路上了，谁去管管", code: ash, home: home),
    ])
    func `an invitation or a request moves nothing, unless something is the matter`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "桕垄村的朋友跟我说他们那的自来水是黄的，我拍了视频", code: ash, home: home),
        RoleTests.Case(text: "桕垄村的朋友说他们那边的河都能游泳了", code: home, home: home),
        RoleTests.Case(text: "昨晚桕垄村的老刘被村主任打了，我们几个都看到了", code: ash, home: home),
        RoleTests.Case(text: "樟溪镇派出所办个身份证要等三个月", code: town, home: home),
    ])
    func `what is told of a village is the matter there, unless nothing is the matter`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "樟溪镇桕垄村至椿坞村道路坑洼不平，桕垄段尤其严重", code: ash, home: nil),
        RoleTests.Case(text: "樟溪镇桕垄村到椿坞村的班车停运，桕垄村的老人出不了门", code: ash, home: nil),
        RoleTests.Case(text: "樟溪镇桕垄村到椿坞村的班车停运", code: town, home: nil),
        RoleTests.Case(text: "从椿坞到桕垄这条县道，货车天天超载", code: town, home: home),
        RoleTests.Case(text: "椿坞和桕垄交界的那个弯，一年翻了四辆车", code: town, home: home),
        RoleTests.Case(text: "樟溪镇纪委接到举报，桕垄村、西村两村的名单存在重复", code: town, home: nil),
        RoleTests.Case(text: "桕垄、椿坞、石陂的烟农都说压级", code: town, home: home),
        RoleTests.Case(text: "桕垄、椿坞、石陂三村的灌溉用水被截走了", code: town, home: home),
    ])
    func `of the two ends of a road the one that is named again is meant`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "乌陂县平岗关镇大柘村的水厂建好三年没通水", code: "980041101201", home: nil),
        RoleTests.Case(text: "乌陂县东平岗镇大柘村的水厂建好三年没通水", code: nil, home: nil),
        RoleTests.Case(text: "平岗街道办事处辖区内多个小区物业费乱涨", code: other, home: nil),
        RoleTests.Case(text: "樟溪镇桕垄村的砂场已被叫停，此前该村村民多次反映", code: ash, home: nil),
        RoleTests.Case(text: "霁海省棠县柳桥乡河埒村的产业路塌了", code: "980042100201", home: nil),
    ])
    func `a unit in another form than the list's is believed where it can be no other`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name,level,parent
            980000000000,霁海省,province,
            980040000000,望州市,city,980000000000
            980041000000,乌陂县,county,980040000000
            980041100000,樟溪镇,township,980041000000
            980041100201,椿坞村,village,980041100000
            980041100202,桕垄村,village,980041100000
            980041100203,石陂村,village,980041100000
            980041100204,西村,village,980041100000
            980041100205,田尾村,village,980041100000
            980041100206,东村,village,980041100000
            980041100207,八里村,village,980041100000
            980041101000,平岗镇,township,980041000000
            980041101201,大柘村,village,980041101000
            980041101202,陂三村,village,980041101000
            980042000000,棠县,county,980040000000
            980042100000,柳桥乡,township,980042000000
            980042100201,河埒村,village,980042100000
            980043000000,岭北县,county,980040000000
            980043100000,柳桥镇,township,980043000000
            980043100201,河埒村,village,980043100000
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(rules: Gazetteer([]))
        }
        return VillageResolver(rules: Gazetteer(table.entries(rows.dropFirst()).entries))
    }()
}
