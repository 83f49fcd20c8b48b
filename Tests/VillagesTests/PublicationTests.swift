import Messages
import Testing
import Villages

/// What courts, commissions and letters write of villages, and what is passed on; villages that are called by their number.
///
/// Home is 柏岙二村 of 竹坝镇 in 岭原县 unless a line says otherwise.
@Suite struct PublicationTests {
    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name,level,parent
            980060000000,望州市,city,
            980061000000,岭原县,county,980060000000
            980061100000,竹坝镇,township,980061000000
            980061100201,柏岙一村,village,980061100000
            980061100202,柏岙二村,village,980061100000
            980061100203,柏岙三村,village,980061100000
            980061100204,霞岩村,village,980061100000
            980061100205,南陂村,village,980061100000
            980061100206,桃园村,village,980061100000
            980061101000,石湾镇,township,980061000000
            980061101201,岚洋村,village,980061101000
            980061101202,桃园村,village,980061101000
            980061101203,后村,village,980061101000
            980061101204,新村,village,980061101000
            980061101205,下村,village,980061101000
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else {
            return VillageResolver(Gazetteer([]))
        }
        return VillageResolver(Gazetteer(table.entries(rows.dropFirst()).entries))
    }()
    private static let home = "980061100202"  // 柏岙二村
    private static let first = "980061100201"
    private static let third = "980061100203"
    private static let rock = "980061100204"  // 霞岩村
    private static let south = "980061100205"  // 南陂村
    private static let mist = "980061101201"  // 岚洋村
    private static let town = "980061100000"
    private static let county = "980061000000"

    @Test(arguments: [
        // Called by their number.
        RoleTests.Case(text: "二村这边下水道又返水了，找了三回没人来", code: home, home: home),
        RoleTests.Case(text: "三村的公厕门坏了一个月", code: third, home: home),
        RoleTests.Case(text: "一村的路灯全黑了没人修", code: first, home: home),
        RoleTests.Case(text: "三村都没水，啥时候能修好", code: home, home: home),
        RoleTests.Case(text: "一村一品搞了两年，钱花哪去了", code: home, home: home),
        RoleTests.Case(text: "二村这边下水道又返水了，找了三回没人来", code: rock, home: rock),
        // A word that is a village of the township, and what only a village has.
        RoleTests.Case(text: "桃园选举有人买票，一张五百", code: "980061100206", home: home),
        RoleTests.Case(text: "桃园的会计把低保钱吞了", code: "980061100206", home: home),
        RoleTests.Case(text: "承包桃园的钱一直没给", code: home, home: home),
        RoleTests.Case(text: "果树桃园的书记本子丢了", code: home, home: home),
        // Judgments and notices.
        RoleTests.Case(text: "被告人范某，住岭原县石湾镇岚洋村。其多次到竹坝镇南陂村盗割电缆，致机井停用", code: south, home: nil),
        RoleTests.Case(text: "被告人李某系岭原县竹坝镇南陂村村民，在本村北坡上坟烧纸引燃荒草", code: south, home: nil),
        RoleTests.Case(
            text: "岭原县竹坝镇通报两起典型问题：霞岩村会计刘某截留粮食直补款八千六百元，南陂村支部委员房某在评议时收受香烟白酒，两人均已受到党纪处分。", code: town, home: nil),
        RoleTests.Case(
            text: "岭原县纪委通报三起典型案例：竹坝镇霞岩村支书虚报退耕还林款，竹坝镇南陂村会计挪用孤儿补助，石湾镇岚洋村主任借母亲寿宴收受礼金。", code: county, home: nil),
        RoleTests.Case(
            text: "岭原县纪委通报两起典型案例：竹坝镇霞岩村支书虚报退耕还林款，竹坝镇南陂村会计挪用孤儿补助，石湾镇岚洋村主任借母亲寿宴收受礼金。", code: nil, home: nil),
        RoleTests.Case(text: "原告竹坝镇霞岩村村民委员会与被告竹坝镇南陂村村民委员会林地权属纠纷一案，定于本月开庭审理，望双方当事人准时到庭参加诉讼。", code: town, home: nil),
        // Letters, and words for somebody else.
        RoleTests.Case(text: "县长你好：竹坝镇南陂村修路征地，听说每亩补四万，发到我们手里只有两万八，村里说留一部分交保险", code: south, home: home),
        RoleTests.Case(text: "听说竹坝镇南陂村修路征地，每亩补四万，发到我们手里只有两万八", code: home, home: home),
        RoleTests.Case(text: "我娘家是岭原县竹坝镇南陂村的，嫁到外县多年了，村里停了我妈的低保", code: south, home: nil),
        RoleTests.Case(text: "我是外地人，在岭原竹坝镇南陂村一家伞厂打工，老板欠了三个月工资", code: south, home: nil),
        RoleTests.Case(text: "我在岭原竹坝镇南陂村打工，我们村的路没人修", code: nil, home: nil),
        RoleTests.Case(text: "我老表在竹坝镇南陂村租的厂房，说每月收五百没有收据，他不会用这个群让我问", code: south, home: home),
        RoleTests.Case(text: "我代表竹坝镇南陂村东头十几户反映：修渠挖断了我们的进出路", code: south, home: home),
        // Rows by number, and bulletins.
        RoleTests.Case(text: "岭原县竹坝镇柏岙一、二村的清淤工程做到一半停了", code: town, home: nil),
        RoleTests.Case(text: "乡纪委通报：南陂村两名组长虚报人头，已退回款项", code: south, home: home),
        RoleTests.Case(text: "镇供电所通知：南陂村明天停电，请各户做好准备", code: home, home: home),
        // What a text begins with that says nothing of the speaker; what one saw in passing.
        RoleTests.Case(text: "南陂村的大棚项目是谁批的，占的可是好地", code: south, home: home),
        RoleTests.Case(text: "今天从南陂村过，桥头那个坑能装下一辆车，谁管啊", code: south, home: home),
        RoleTests.Case(text: "工作队天天说进村入户、下村走访，谁见过人", code: home, home: home),
        RoleTests.Case(text: "柏岙一村那段早修好了，二村这段没人理", code: home, home: rock),
        RoleTests.Case(text: "南陂村民来电，本村加油站旁边的排水口堵了", code: south, home: home),
        RoleTests.Case(text: "岭原县竹坝镇南陂村村民留言：运渣车天天半夜从我们庄前过，灰落得菜都不能吃", code: south, home: nil),
        RoleTests.Case(text: "从竹坝镇开到石湾镇的那路公交车，司机经常甩站", code: county, home: home),
        RoleTests.Case(text: "岭原县竹坝镇柏岙一村、二村共用的深井泵坏了十来天", code: town, home: nil),
        RoleTests.Case(text: "来电人家住岭原县竹坝镇南陂村，反映楼下烧烤店油烟直排", code: south, home: nil),
        // No rows, no chat, nobody who was asked for somebody, nothing passed on.
        RoleTests.Case(text: "井干了，一村人没水喝", code: home, home: home),
        RoleTests.Case(text: "一村之长带头贪污", code: home, home: home),
        RoleTests.Case(text: "霞岩村和南陂村，三村的路都烂了", code: town, home: home),
        RoleTests.Case(text: "岚洋村的猪场排污，我们群众的井水都臭了", code: home, home: home),
        RoleTests.Case(text: "我们村路灯坏了，书记让我问南陂村的电工", code: home, home: home),
        RoleTests.Case(text: "关于土地流转的问题：竹坝镇南陂村书记把地租私吞了", code: south, home: home),
        // Passed on.
        RoleTests.Case(text: "老陈转发了一条消息：南陂村有人冒充社保局上门收费，请邻里相互提醒", code: home, home: home),
        RoleTests.Case(text: "老陈说了一件事：南陂村有人冒充社保局上门收费", code: south, home: home),
        // The chat is no place, and 以后新村干部 no 后村.
        RoleTests.Case(text: "南陂村的古墙让人挖开拉土，咱们监督群能不能往上反映", code: south, home: home),
        RoleTests.Case(text: "换届以后新村干部头一件事就是刷墙", code: home, home: home),
        // 桃园 is in both townships: the one that the list is of.
        RoleTests.Case(text: "岭原县石湾镇的岚洋、桃园等村开展护绿，出动两百余人", code: "980061101000", home: nil),
    ])
    func `the village is the one that a careful reader would say`(_ line: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: line.text, home: line.home)?.code == line.code)
    }

    @Test func `of two that are named again one by one neither is singled out`() {
        let text = "霞岩村和南陂村的补贴名单都对不上，霞岩多了三个人，南陂少了五个"
        #expect(Self.resolver.attribution(of: text, home: Self.rock)?.code == Self.town)
    }
}
