import Messages
import Testing
import Villages

/// Offices that are complained of or only deal with something, stems that may be words, roads between two villages, and names
/// in another form than the list's.
@Suite struct SplitEvidenceTests {
    private static let home = "980031100201"  // 弯柳树村
    private static let town = "980031100000"  // 路口乡
    private static let county = "980031000000"  // 栗川县

    @Test(arguments: [
        // What an office is complained of is the township's.
        RoleTests.Case(text: "路口乡财政所发种粮补贴还要收手续费", code: town, home: home),
        RoleTests.Case(text: "路口乡的工作人员接电话像吵架，问几句就挂", code: town, home: home),
        RoleTests.Case(text: "乡政府窗口的人嗑瓜子聊天，问三遍不理人", code: town, home: home),
        RoleTests.Case(text: "路口医院急诊挂号没人", code: town, home: home),
        RoleTests.Case(text: "路口的农贸市场周边乱得很", code: town, home: home),
        // What it deals with is ours.
        RoleTests.Case(text: "乡政府说没钱修，村里说等乡政府", code: home, home: home),
        RoleTests.Case(text: "乡政府来人量了我家的地，到现在没个说法", code: home, home: home),
        RoleTests.Case(text: "我妈在路口乡卫生院住院，报销说要村里开证明，村里又不给开", code: home, home: home),
        RoleTests.Case(text: "路口乡供电所说要换表，我家等了两个月", code: home, home: home),
        RoleTests.Case(text: "路口街上买的化肥是假的", code: home, home: home),
        RoleTests.Case(text: "乡里民政办说我爸的残疾证要重新评，跑了几趟都没评上", code: home, home: home),
        RoleTests.Case(text: "乡上的消防栓十个有八个没水", code: town, home: home),
        RoleTests.Case(text: "路口乡房管所说我家违建，隔壁一样的就没事", code: home, home: home),
        // 马集镇 has 集镇 in it by chance.
        RoleTests.Case(text: "马集镇政府把俺庄的塘填了盖厂，没给钱", code: "980031102201", home: "980031102201"),
        RoleTests.Case(text: "村支书的侄儿在路口街上开酒店，村里一年吃八万多", code: home, home: home),
        // Nobody's group, and nothing but an office.
        RoleTests.Case(text: "栗川县路口乡政府办公楼超标装修", code: town, home: nil),
    ])
    func `an office is the place where it is complained of, and not where it deals with what is ours`(
        _ row: RoleTests.Case
    ) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "县医院停车场收费一小时五块", code: county, home: home),
        RoleTests.Case(text: "望州市栗川县医院乱收费，做个检查收两次钱", code: county, home: home),
        RoleTests.Case(text: "栗川县医院的CT坏了一周没人修", code: county, home: home),
        RoleTests.Case(text: "栗川县医院的专家什么时候下乡来义诊", code: home, home: home),
        RoleTests.Case(text: "县医院开的药村卫生室不给报", code: home, home: home),
        RoleTests.Case(text: "孩子在栗川县城读高中，助学金村里没给报", code: home, home: home),
        RoleTests.Case(text: "路烂成这样，送县医院要两个小时", code: home, home: home),
    ])
    func `a hospital that is only mentioned leaves the matter at home`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "东山那边有人在山上埋垃圾", code: nil, home: home),
        RoleTests.Case(text: "东山那边有人埋垃圾，我们村的井都臭了", code: home, home: home),
        RoleTests.Case(text: "路口那边有人埋垃圾", code: home, home: home),
        RoleTests.Case(text: "中街老人会的房子租给超市，租金谁收了", code: "980031100204", home: home),
        RoleTests.Case(text: "昨天路过东施，看到电线垂到地上了", code: "980031100205", home: home),
        RoleTests.Case(text: "罗庄死猪扔到河里没人捞", code: "980031100206", home: home),
        RoleTests.Case(text: "罗庄二社的周某把塘卖给了外村人", code: "980031100206", home: home),
        RoleTests.Case(text: "中街的养鸡场臭一里地", code: "980031100204", home: home),
        RoleTests.Case(text: "二村菜市场后门的垃圾没人管", code: "980031100207", home: home),
        RoleTests.Case(text: "听罗庄那边的人讲，支书把补贴自己领了", code: "980031100206", home: home),
    ])
    func `a stem of home's township is the place with a cue, and left open where it may be a word`(
        _ row: RoleTests.Case
    ) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `what is left open names both villages`() {
        let open = Self.resolver.resolution(of: "东山那边有人在山上埋垃圾", home: Self.home)
        #expect(open.attribution == nil && open.reasons == [.ambiguous])
        #expect(open.candidates == [Self.home, "980031100203"])
    }

    @Test(arguments: [
        RoleTests.Case(text: "从弯柳树到土桥村这段路没有路灯", code: town, home: home),
        RoleTests.Case(text: "土桥村到弯柳树村的路全是坑", code: town, home: home),
        RoleTests.Case(text: "我们弯柳树村到土桥村那条路，土桥那段修了，我们这段没修", code: home, home: home),
        RoleTests.Case(text: "灯光到土桥那条路，灯光这段一盏路灯都没有", code: "980031100208", home: "980031100208"),
        RoleTests.Case(text: "土桥村与二村交界的河道，靠近二村的一侧漂满油污", code: "980031100207", home: home),
        RoleTests.Case(text: "罗庄和土桥共用一个提灌站，泵坏了没人修", code: town, home: home),
        RoleTests.Case(text: "土桥村都有游泳馆了，灯光连个篮球架都没有", code: "980031100208", home: "980031100208"),
        RoleTests.Case(text: "为什么土桥村的老人补贴每月两百，弯柳树只有一百", code: home, home: home),
    ])
    func `what two villages share is of both, unless one side of it is meant`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "土桥那边的老板来收蘑菇，打白条不给钱", code: home, home: home),
        RoleTests.Case(text: "罗庄那边下来的车开得飞快，村口撞死两条狗", code: home, home: home),
        RoleTests.Case(text: "石湾乡那边都装天然气了", code: home, home: home),
        RoleTests.Case(text: "听说土桥村选了个年轻的书记，真好", code: home, home: home),
        RoleTests.Case(text: "在土桥村吃酒席，看到粪水直接流进河里", code: "980031100202", home: home),
        RoleTests.Case(text: "在土桥村吃酒席，看到人家的路修得真好", code: home, home: home),
        RoleTests.Case(text: "土桥村的人在群里打广告，能不能踢出去", code: home, home: home),
        RoleTests.Case(text: "有没有土桥村的人在群里？你们村口的电线掉下来了", code: "980031100202", home: home),
        RoleTests.Case(text: "去土桥村吃酒的路上爆胎了，有谁认识补胎的", code: home, home: home),
        RoleTests.Case(text: "放假了，孩子回村的客车超员一倍", code: home, home: home),
        RoleTests.Case(text: "以前在土桥村住，昨天回去看，河边全是建筑垃圾", code: "980031100202", home: home),
        RoleTests.Case(text: "以前在土桥村住的时候天天有人扫街，这边从来没见过", code: home, home: home),
    ])
    func `who trades, passes or is praised moves nothing, what one goes back to or sees there does`(
        _ row: RoleTests.Case
    ) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        // Lists cut names and misspell what they end in.
        RoleTests.Case(text: "肖道坑的桥洞积水", code: "980031100209", home: home),
        RoleTests.Case(text: "路口乡石榴垵村的路灯坏了", code: "980031100210", home: nil),
        // Villages become communities, townships towns and street offices.
        RoleTests.Case(text: "路口乡土桥社区的居民说自来水有铁锈", code: "980031100202", home: nil),
        RoleTests.Case(text: "土桥社区的路灯坏了", code: "980031100202", home: home),
        RoleTests.Case(text: "路口镇土桥村的路灯坏了", code: "980031100202", home: nil),
        RoleTests.Case(text: "栗川县路口街道某村会计挪用低保资金", code: town, home: nil),
        // The other 石湾镇 is none of the list's 石湾乡, as that is named in no way.
        RoleTests.Case(text: "石湾镇的路太烂了", code: nil, home: nil),
        RoleTests.Case(text: "路口镇中山街道路面坏了", code: town, home: home),
        // A word right behind the township that has a village of that name.
        RoleTests.Case(text: "路口乡西河村民宿排污没有管网", code: "980031100211", home: nil),
        RoleTests.Case(text: "路口乡土桥村，一个只有八百人的小山村，招待费报了三十万", code: "980031100202", home: nil),
    ])
    func `a name in another form than the list's is found where the township speaks for it`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test func `the segmenter keeps hamlets, estates and landmarks whole`() {
        let words = Set(Gazetteer.words(Self.entries))
        #expect(words.isSuperset(of: ["望月台", "锦绣花园", "老粮站", "土桥村"]))
        #expect(!words.contains("码头") && !words.contains("土桥"))
    }

    private static let entries: [GazetteerEntry] = {
        let rows = Places.rows(
            """
            code,name,level,parent,aliases
            980030000000,望州市,city,,
            980031000000,栗川县,county,980030000000,
            980031100000,路口乡,township,980031000000,
            980031100201,弯柳树村,village,980031100000,
            980031100202,土桥村民委员会,village,980031100000,short:土桥;natural:望月台;estate:锦绣花园;landmark:老粮站;natural:码头
            980031100203,东山村,village,980031100000,
            980031100204,中街村,village,980031100000,
            980031100205,东施村,village,980031100000,
            980031100206,罗庄村,village,980031100000,
            980031100207,二村村委会,village,980031100000,
            980031100208,灯光村,village,980031100000,
            980031100209,肖道坑村会,village,980031100000,
            980031100210,石榴垵村委,village,980031100000,
            980031100211,西河村,village,980031100000,
            980031100212,路口村,village,980031100000,
            980031101202,小山村,village,980031101000,
            980031102000,马集镇,township,980031000000,
            980031102201,陈庄村,village,980031102000,
            980031101000,石湾乡,township,980031000000,
            980031101201,柳塘村,village,980031101000,
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else { return [] }
        return table.entries(rows.dropFirst()).entries
    }()

    static let resolver = VillageResolver(rules: Gazetteer(entries))
}
