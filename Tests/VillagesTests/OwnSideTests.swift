import Messages
import Testing
import Villages

/// Another village beside the speaker's own side, notices, and what belongs to the township as a whole.
///
/// Home is 青瓦村 of 柏木镇 in 岚溪县 unless a row says otherwise.
@Suite struct OwnSideTests {
    private static let home = "980011100205"
    private static let other = "980011100208"  // 高坪村
    private static let town = "980011100000"  // 柏木镇

    @Test(arguments: [
        // What is theirs falls on us, or is envied.
        RoleTests.Case(text: "高坪村的羊把我家苜蓿地啃光了", code: home),
        RoleTests.Case(text: "高坪村有花坛，一路之隔我们乌漆嘛黑", code: home),
        RoleTests.Case(text: "高坪村和石桥村都发了，就差我们", code: home),
        // Who is made to do something is a resident there, and so is whose land is taken.
        RoleTests.Case(text: "高坪村要我们捐款修牌坊，凭什么", code: other),
        RoleTests.Case(text: "高坪村三组修路占了我家的田没给钱", code: other),
        RoleTests.Case(text: "我们家是高坪村的，羊圈让水冲了", code: other),
        RoleTests.Case(text: "不是我们青瓦的问题，是高坪村往河里倒的", code: other),
        // What is taken back, and what is singled out.
        RoleTests.Case(text: "高坪村？打错了，青瓦村的路面翻浆", code: home),
        RoleTests.Case(text: "青瓦村的地没占，占的是高坪村的地", code: other),
        // Home's own stem needs hardly a cue.
        RoleTests.Case(text: "从青瓦到高坪村的班车停了两个月", code: home),
        RoleTests.Case(text: "从青瓦村到高坪村的路全是坑", code: town),
    ])
    func `beside another village the speaker's own side is weighed`(_ row: RoleTests.Case) {
        #expect(Places.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        "我在高坪村干过三年会计，知道账怎么做", "从高坪村搬下来两年了，宅基证还没办", "请了高坪村的师傅来修泵，修了三天没修好",
        "水没了，高坪村的亲戚说有水", "停电了，你们高坪村停了没", "去高坪村坐船，船票涨了三块",
    ])
    func `who comes from elsewhere or went there moves nothing`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test(arguments: [
        "【防溺水】昨日高坪村一小孩落水，请家长看好自家孩子", "柏木供电所：高坪村明日停电检修", "会议纪要：学习高坪村垃圾分类，每户每月收五元",
    ])
    func `a notice about others stays at home`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test func `a village between the brackets of a title is the place`() {
        #expect(Places.resolver.attribution(of: "【高坪村】路灯坏了", home: Self.home)?.code == Self.other)
        #expect(Places.resolver.attribution(of: "【求助】高坪村路灯坏了", home: Self.home)?.code == Self.other)
    }

    @Test(arguments: ["全镇停电，谁知道原因", "镇上那家快递点丢件不赔", "乡政府食堂的招待费能不能公开", "柏木到县城的早班车又取消了"])
    func `what belongs to the township goes there`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.town)
    }

    @Test(arguments: ["镇上的领导来看过，没下文", "全镇最差的路就是这条", "柏木镇今天来检查，大家把门口扫干净"])
    func `offices and comparisons with the township stay at home`(_ text: String) {
        #expect(Places.resolver.attribution(of: text, home: Self.home)?.code == Self.home)
    }

    @Test func `a stem elsewhere in the county is left open`() {
        let resolution = Places.resolver.resolution(of: "青瓦那边的路塌了", home: "980011200205")
        #expect(resolution.attribution == nil)
        #expect(resolution.candidates == [Self.home, "980011200205"])
    }
}
