import Messages
import Testing
import Villages

/// Where somebody is from, was or came home from, and stems of the township that stand in a text all the same.
///
/// Home is 霞岩村 of 竹坝镇 in 岭原县.
@Suite struct OriginTests {
    private static let home = "980051100201"  // 霞岩村
    private static let other = "980051100202"  // 南陂村
    private static let third = "980051100203"  // 岚洋村
    private static let word = "980051100204"  // 云山村
    private static let ordinary = "980051100205"  // 桃园村
    private static let town = "980051100000"  // 竹坝镇
    private static let county = "980051000000"  // 岭原县

    @Test(arguments: [
        // Where one is from.
        RoleTests.Case(text: "本人系霞岩村村民，配偶为南陂村人，申请低保被拒", code: home, home: home),
        RoleTests.Case(text: "俺媳妇娘家南陂村的，都说俺们这条路是全镇最烂的", code: home, home: home),
        RoleTests.Case(text: "请来的老板是南陂村的，工钱欠到现在", code: home, home: home),
        RoleTests.Case(text: "我妹夫是南陂村的，他们村的桥断了没人修", code: other, home: home),
        RoleTests.Case(text: "我娘家在南陂村，那边的补贴早发了，我们这里还没有", code: home, home: home),
        RoleTests.Case(text: "我娘家在南陂村，那边的路断了没人修", code: other, home: home),
        RoleTests.Case(text: "户籍竹坝镇南陂村，1990年起住在岚洋村，岚洋村不给分红", code: third, home: home),
        RoleTests.Case(text: "南陂村那个村主任收钱不给办，俺舅交了八千了", code: other, home: home),
        RoleTests.Case(text: "竹坝镇南陂村，俺们村的桥断了一年多，走亲戚得绕十几里", code: other, home: nil),
        RoleTests.Case(text: "竹坝镇南陂村，俺们村的桥断了一年多", code: other, home: home),
        RoleTests.Case(text: "我是岭原县竹坝镇南陂村村民，我村境内的渠道多年没有清淤", code: other, home: nil),
        RoleTests.Case(text: "我娘家南陂村的，嫁过来户口迁不进来，能不能给办一下", code: home, home: home),
        RoleTests.Case(text: "俺姐家在南陂村，人家补贴八百，俺们村咋才给六百", code: home, home: home),
        RoleTests.Case(text: "俺姐家在南陂村，那边的桥断了没人管", code: other, home: home),
        RoleTests.Case(text: "今天去南陂村走亲戚 他们那公厕锁了半个月了 人都随地解决 太不像话", code: other, home: home),
        RoleTests.Case(text: "这阵子在南陂亲戚家借住着，自家房顶漏得不能住人，申请交了一年", code: home, home: home),
        RoleTests.Case(text: "南陂村委会欠我们施工队的工钱三万八，一直不给", code: other, home: home),
        RoleTests.Case(text: "南陂那边垃圾车日日来收，我伢这里三日没来哉", code: home, home: home),
        RoleTests.Case(text: "竹坝镇街上逢集没人指挥，三轮车全挤在十字路口", code: town, home: home),
        RoleTests.Case(text: "南陂村今天逢集，谁去帮我带点菜秧", code: home, home: home),
        // Thanks, and what one borrows or gives.
        RoleTests.Case(text: "谢谢南陂村的好心人送我爸回来，村口的坑把他摔惨了", code: home, home: home),
        RoleTests.Case(text: "借南陂村的抽水机抗旱，自己村的抽水机被队长卖了", code: home, home: home),
        RoleTests.Case(text: "卖给南陂村的那台发电机的钱，账上怎么没有", code: home, home: home),
        RoleTests.Case(text: "谢谢大家关心，南陂村的火灭了，烧掉的三间房没人来看", code: other, home: home),
        // A former post, where a present one follows.
        RoleTests.Case(text: "李某，原任竹坝镇南陂村会计，现任竹坝镇岚洋村书记，虚报危房资金", code: third, home: home),
        RoleTests.Case(text: "原南陂村支书孙某调任岚洋村支书后，私自处置岚洋村集体房产", code: third, home: home),
        RoleTests.Case(text: "李某，原任竹坝镇南陂村书记，在职期间套取补助", code: other, home: home),
        // What one found at home, and what one saw there.
        RoleTests.Case(text: "我在南陂村打零工，老板跑了，回来看到村里公厕又锁了", code: home, home: home),
        RoleTests.Case(text: "去南陂村走亲戚，一进村就闻到一股死鱼味，沟都绿了", code: other, home: home),
        RoleTests.Case(text: "幸好不在南陂村住了，那边井水一股柴油味，我妈还在那喝", code: other, home: home),
        RoleTests.Case(text: "我妹妹嫁到南陂村，她家门口的路被大车压烂了", code: other, home: home),
        RoleTests.Case(text: "嫁到南陂村快十年了，这边的自来水就没清过", code: nil, home: home),
        RoleTests.Case(text: "南陂小学的食堂用冻肉，我家孩子在那念书拉了三天肚子", code: other, home: home),
        // What was told, given, written or fetched there.
        RoleTests.Case(text: "听南陂村人说医保涨了，村里也不通知一声", code: home, home: home),
        RoleTests.Case(text: "听南陂村人说他们的桥断了，没人修", code: other, home: home),
        RoleTests.Case(text: "低保名额给了南陂村的人，这说得过去吗", code: home, home: home),
        RoleTests.Case(text: "我爷爷的补助登记成南陂村的了，改不过来", code: home, home: home),
        RoleTests.Case(text: "主任把南陂村的亲戚安排进了公益岗", code: home, home: home),
        RoleTests.Case(text: "主任把南陂村的河滩地租给亲戚挖沙", code: other, home: home),
        RoleTests.Case(text: "村医去南陂村了，一个星期没开门", code: home, home: home),
        RoleTests.Case(text: "南陂村的包工头给我们修水渠，水泥一抠就掉", code: home, home: home),
        RoleTests.Case(text: "我在南陂村小学教书，学校的围墙裂了半年", code: other, home: home),
        RoleTests.Case(text: "快递放在南陂村驿站，每次跑三里去拿，村里就不能设一个点", code: nil, home: home),
        RoleTests.Case(text: "主任家在南陂村有三栋楼，钱哪来的", code: home, home: home),
        RoleTests.Case(text: "在南陂村菜市场买的种子不出苗，村里也没人管", code: home, home: home),
        RoleTests.Case(text: "老学校拆下来的木料让南陂村的人拉走了", code: home, home: home),
        RoleTests.Case(text: "我是南陂村人，嫁到这边，这边村里选举不给我票", code: home, home: home),
        RoleTests.Case(text: "要是在南陂村，这种事早处理了", code: home, home: home),
        RoleTests.Case(text: "有谁认识南陂村开钩机的，村口塌方要清一下", code: home, home: home),
        RoleTests.Case(text: "南陂村火烧山了，烟都飘到我们这了", code: nil, home: home),
        RoleTests.Case(text: "南陂村、岚洋村还有我们村，三个村的灌溉渠全漏", code: town, home: home),
        // Honours, and who owns what stands elsewhere.
        RoleTests.Case(text: "喜报！南陂村入选市级示范村", code: home, home: home),
        RoleTests.Case(text: "南陂三组，我们村人开的那个石料厂，灰大得晾不了衣服", code: other, home: home),
        RoleTests.Case(text: "我表叔在吴边村当支书，人家账目清清楚楚，我们村糊涂账", code: home, home: home),
        RoleTests.Case(text: "左边的路通往枋洋镇的西坑村，中间这条土路就是我们村的出村道路", code: home, home: home),
    ])
    func `where somebody is from is not where the matter is`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        // What was the matter is over; what is in order by itself is so in a pair.
        RoleTests.Case(text: "南陂村停水一天就来了，岚洋村都停一个礼拜了，我妹家在那急死了", code: third, home: home),
        RoleTests.Case(text: "竹坝镇南陂村与岚洋村相距五里，岚洋村早通了柏油路，南陂村还走泥路", code: other, home: home),
        RoleTests.Case(text: "从南陂村到咱们村的那条水泥路压烂了，靠我们这头的坑能养鱼", code: home, home: home),
        RoleTests.Case(text: "从南陂村到咱们村的那条水泥路压烂了", code: town, home: home),
    ])
    func `of several places the one that something is the matter with`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        // Where one came to, or is.
        RoleTests.Case(text: "前天送货到岚洋，桥头那根电线断了垂下来", code: nil, home: home),
        RoleTests.Case(text: "我在云山包了二十亩地，说毁约就毁约，押金不退", code: nil, home: home),
        RoleTests.Case(text: "从云山路过，那里的路全是坑", code: nil, home: home),
        // A name that begins like a person's, and ends as only places do.
        RoleTests.Case(text: "苏陂做工程的把路挖开三个月不填", code: nil, home: home),
        RoleTests.Case(text: "云山牌坊那里三公里一盏灯没有", code: nil, home: home),
        RoleTests.Case(text: "南陂的混凝土车把路压坏了", code: nil, home: home),
    ])
    func `a stem of the township that is said as a place is left open`(_ row: RoleTests.Case) {
        let found = Self.resolver.resolution(of: row.text, home: row.home)
        #expect(found.attribution?.code == row.code)
        #expect(found.candidates.contains(Self.home) && found.candidates.count == 2)
    }

    @Test(arguments: [
        // Named again, or works that are called after the village.
        RoleTests.Case(text: "云山谁家在烧秸秆啊，烟大得云山的路都看不见", code: word, home: home),
        RoleTests.Case(text: "岚洋合作社骗补贴，羊是借来的", code: third, home: home),
        // What only villages have, behind a word.
        RoleTests.Case(text: "桃园党支部发展党员只发展自家人", code: ordinary, home: home),
        // What is near belongs to the other place where it is said to go on there.
        RoleTests.Case(text: "你们是没去过南陂村，那个村部三年没开过门", code: other, home: home),
        RoleTests.Case(text: "我们这跟南陂村、岚洋村一个标准，凭啥少两百", code: home, home: home),
        // Nothing is the matter, or what is ours is spoken of.
        RoleTests.Case(text: "招工：岚洋服装厂招缝纫工，计件，包午饭", code: home, home: home),
        RoleTests.Case(text: "岚洋超市特价，鸡蛋三块五", code: home, home: home),
        RoleTests.Case(text: "我在云山包了二十亩地，我家门口的路灯又不亮", code: home, home: home),
        RoleTests.Case(text: "污水厂的管子铺到村口就断了，污水在村口漫", code: home, home: home),
    ])
    func `a stem that is named again or has works is a place, and none where nothing is the matter`(
        _ row: RoleTests.Case
    ) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "派出所的电话打了十几遍没人接，偷羊的早跑了", code: town, home: home),
        RoleTests.Case(text: "中心校的校车天天超载，三十座的塞五十个", code: town, home: home),
        RoleTests.Case(text: "林业站乱开罚单", code: town, home: home),
        RoleTests.Case(text: "赶集的时候镇上那条街堵死了", code: town, home: home),
        RoleTests.Case(text: "县城公交车司机乱甩客，老年卡不让刷", code: county, home: home),
        RoleTests.Case(text: "派出所来村里登记狗，登记完就没下文了", code: home, home: home),
        RoleTests.Case(text: "供电所电话打不通，村里线路天天跳闸", code: home, home: home),
        RoleTests.Case(text: "乡里的垃圾车一个月才来一趟，桶早就满了", code: home, home: home),
        RoleTests.Case(text: "老人孩子都安置在竹坝镇丁地村，群众的饮食得到安置", code: home, home: home),
    ])
    func `what a township has one of is its own where it is complained of`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "被告人张某，竹坝镇南陂村人，在竹坝镇岚洋村开设赌场", code: third, home: nil),
        RoleTests.Case(text: "被告人张某（户籍地竹坝镇南陂村）在竹坝镇岚洋村盗伐林木", code: third, home: nil),
        RoleTests.Case(text: "举报人：南陂村李某；被举报人：岭原县竹坝镇岚洋村主任李某，虚报地亩", code: third, home: nil),
        RoleTests.Case(text: "岭原县竹坝镇中心小学学生被打，打人者系南陂村村民", code: town, home: nil),
        RoleTests.Case(text: "“俺们村变化这么大！”岭原县竹坝镇南陂村贫困户说", code: other, home: nil),
        RoleTests.Case(text: "走进岭原县竹坝镇南陂村，一条水泥路通到家门口，自来水却三天两头停", code: other, home: nil),
        RoleTests.Case(text: "南陂村位于竹坝镇东南，东为越王村，南为杜家村，西李家村，北与岚洋村相邻", code: other, home: nil),
        // Named like the township that the list has, by its sound.
        RoleTests.Case(text: "岭原县竹霸镇南陂村的机井打了一半就停了", code: other, home: nil),
        // What is said of a village's township holds, whatever county is named later.
        RoleTests.Case(text: "我叫张某，岭原县竹坝镇南陂村人，现住清岭区，承包地被强行流转", code: other, home: nil),
    ])
    func `without a home, too`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `of two of a name the one of the township that it is said to belong to`() {
        #expect(Self.resolver.attribution(of: "枫坑村是岭原县竹坝镇最大的村，至今未通公路", home: nil)?.code == "980051100207")
        #expect(Self.resolver.attribution(of: "枫坑村至今未通公路", home: nil) == nil)
    }

    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name,level,parent
            980051000000,岭原县,county,
            980051100000,竹坝镇,township,980051000000
            980051100201,霞岩村,village,980051100000
            980051100202,南陂村,village,980051100000
            980051100203,岚洋村,village,980051100000
            980051100204,云山村,village,980051100000
            980051100205,桃园村,village,980051100000
            980051100206,苏陂村,village,980051100000
            980051100207,枫坑村,village,980051100000
            980051101000,石濑乡,township,980051000000
            980051101201,枫坑村,village,980051101000
            980052000000,清岭区,county,
            980052100000,前营镇,township,980052000000
            980052100201,大垱村,village,980052100000
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(rules: Gazetteer([]))
        }
        return VillageResolver(rules: Gazetteer(table.entries(rows.dropFirst()).entries))
    }()
}
