import Messages
import Testing
import Villages

/// Words that stand where villages' names stand and are none, who asks, works or comes from where, and counties' offices.
@Suite struct WordsForVillagesTests {
    private static let home = "980031100201"  // 弯柳树村
    private static let bridge = "980031100202"  // 土桥村
    private static let town = "980031100000"  // 路口乡
    private static let county = "980031000000"  // 栗川县

    @Test(arguments: [
        RoleTests.Case(text: "栗川县路口乡土桥村城中村出租屋消防隐患突出", code: bridge, home: nil),
        RoleTests.Case(text: "栗川县路口乡土桥村委会：关于贵村村民反映饮水困难一事，请五日内答复", code: bridge, home: nil),
        RoleTests.Case(text: "畲族村寨的栈道烂了一块板", code: home, home: home),
        RoleTests.Case(text: "车停村口被砸了玻璃，监控坏了多久了没人修", code: home, home: home),
        RoleTests.Case(text: "土桥村的亲戚昨天来吃酒，村口的监控坏了多久了没人修", code: home, home: home),
        RoleTests.Case(text: "我在土桥村那边的石材厂上班，白天不在家，村里要量房子请晚上来", code: home, home: home),
        RoleTests.Case(text: "土桥村那边的石材厂上班第一天就停水", code: bridge, home: home),
    ])
    func `kinds of villages and where one works are no place`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "请问栗川县的高龄补贴是按月发还是按季度发", code: county, home: nil),
        RoleTests.Case(text: "栗川县公安局交警大队办驾照换证，网上预约总是显示已满，建议县里增加号源", code: county, home: nil),
        RoleTests.Case(text: "我是栗川县路口乡的，镇上那条老街的下水道一直不通", code: town, home: nil),
        RoleTests.Case(text: "栗川县教育局今年的教师招聘为啥只招三十个，名单啥时候公示", code: county, home: home),
        RoleTests.Case(text: "栗川县教育局招聘没人管我们，我们村小学还缺三个老师", code: home, home: home),
        RoleTests.Case(text: "去栗川县城参加公务员考试，早上六点还没有班车", code: home, home: home),
        RoleTests.Case(text: "河南省开封市栗川县的夜市垃圾遍地", code: nil, home: nil),
    ])
    func `a county or township is the place where it is asked about or runs the matter`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        // 望江镇 is in no list.
        RoleTests.Case(text: "栗川县望江镇罗庄村：鱼塘租金分配不公开", code: "980031100206", home: nil),
        RoleTests.Case(text: "望江镇罗庄村：鱼塘租金分配不公开", code: nil, home: nil),
        RoleTests.Case(text: "原望江镇罗庄村，垃圾堆到大马路上没人扫", code: "980031100206", home: home),
        RoleTests.Case(text: "望江镇罗庄村，垃圾堆到大马路上没人扫", code: nil, home: home),
    ])
    func `a township that is no more stands before a village that the county has once`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "土桥村的河道清得很干净，伢村里格条河还是绿油油一股臭气", code: home, home: home),
        RoleTests.Case(text: "土桥村那个塘坝漏了半个月了，俺表叔打电话来叫帮忙问问水利站管不管", code: bridge, home: home),
    ])
    func `a dialect's word for ours, and kin who only call`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "来信人系栗川县路口乡土桥村村民，称其土地被征用，补偿标准不一致", code: bridge, home: nil),
        RoleTests.Case(text: "栗川县路口乡土桥村安置房逾期两年，我们一直在外面租房住", code: bridge, home: nil),
        RoleTests.Case(text: "老朽住土桥村，属栗川县路口乡，本村村委将名下的五保款扣去三年，讨要无门", code: bridge, home: nil),
        RoleTests.Case(text: "停电通知：因线路检修，对栗川县路口乡土桥村停电，请提前做好准备", code: bridge, home: nil),
        RoleTests.Case(text: "停电通知：因线路检修，对栗川县路口乡土桥村停电，请提前做好准备", code: home, home: home),
        RoleTests.Case(text: "土桥村来收桂圆的老板说明天不来了，大家先别剪", code: home, home: home),
        RoleTests.Case(text: "我在土桥村开了个小店，家里老房子昨晚遭贼了", code: home, home: home),
        RoleTests.Case(text: "我先去土桥村接孩子，再去罗庄送料，跑了一天回来一看，自家门前又让堆了一堆沙子", code: home, home: home),
        RoleTests.Case(text: "去土桥村喝喜酒，回来看见他们村口那座桥栏杆断了两根", code: bridge, home: home),
        RoleTests.Case(text: "从土桥村走一个半小时到乡里，乡政府大门锁着，值班室也没人", code: town, home: bridge),
        RoleTests.Case(text: "镇上主街那几家饭店把桌子摆到马路中间", code: town, home: home),
        RoleTests.Case(text: "问题不在村里，是乡里农技站把化肥补贴券发给了亲戚店", code: town, home: home),
        RoleTests.Case(text: "不是咱村的事，是县里的事：医保局的电话打了三天永远占线", code: county, home: home),
    ])
    func `who writes, trades or only went there, and what is said to be above the village`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "老少爷们，明天上午村医在村室量血压", code: home, home: home),
        RoleTests.Case(text: "村里请的保洁是土桥村的老倪，人蛮勤快，就是工资三个月没发给他", code: home, home: home),
        RoleTests.Case(text: "请问路口乡政府民政窗口周几上班？我跑了两趟都没人", code: town, home: home),
        RoleTests.Case(text: "栗川县汽车站到省城的大巴取消了也不通知", code: county, home: home),
        RoleTests.Case(text: "栗川汽车站到省城的大巴取消了也不通知", code: county, home: home),
        RoleTests.Case(text: "我妈在栗川医院住院，村里的卫生室开不了药", code: home, home: home),
    ])
    func `a time of day, a name behind the village, and an office that is asked about`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        RoleTests.Case(text: "朋友托我发的：路口乡土桥村移民补助名单里有十几个是外面的人，本村搬迁户反而没有", code: bridge, home: home),
        RoleTests.Case(text: "土桥村的猪场粪水直排，整条沟都黑了，那里的村民让我帮忙发到这里", code: bridge, home: home),
        RoleTests.Case(text: "今天去土桥村吃酒，听他们说扶贫款发下来又要退一半给村里", code: nil, home: home),
        RoleTests.Case(text: "村里的路灯是从土桥村一家店买的，一盏报两千八，店里标价九百", code: home, home: home),
        RoleTests.Case(text: "会计昨天把村里的账本拉到土桥村他丈人家去了，说是查账", code: home, home: home),
        RoleTests.Case(text: "村里的保管员是土桥村人，仓库里的救灾被子少了十几床", code: home, home: home),
        RoleTests.Case(text: "路口乡民政所办低保要请客吃饭，已经不是一两个人说了", code: town, home: home),
        RoleTests.Case(text: "本人2016年嫁到栗川县路口乡土桥村，村里以外来媳妇为由不给承包地", code: bridge, home: nil),
    ])
    func `who speaks for others, and what was bought, taken or born elsewhere`(_ row: RoleTests.Case) {
        #expect(SplitEvidenceTests.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }
}
