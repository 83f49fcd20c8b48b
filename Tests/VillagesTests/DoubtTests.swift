import Messages
import Testing
import Villages

/// Where the words point at another village and it is open all the same, and how that is told to people.
@Suite struct DoubtTests {
    private static let home = "980041100201"  // 霞坂村
    private static let other = "980041100202"  // 葛店村
    private static let town = "980041100000"  // 湖洋镇

    @Test(arguments: [
        // Home is named as well, and no word says as what.
        RoleTests.Case(text: "葛店村烧塑料的味飘得霞坂都是", code: nil, home: home),
        RoleTests.Case(text: "葛店村村民赴霞坂祭祖，车停得到处都是", code: nil, home: home),
        // A clause of its own speaks of where the speaker is.
        RoleTests.Case(text: "葛店村封路了，这边的车都绕不出去", code: nil, home: home),
        // A name that may be a person's or a verb, without a word that makes a place of it.
        RoleTests.Case(text: "赵湾拉电线的师傅说要交两百才给接", code: nil, home: home),
        RoleTests.Case(text: "邹棚有一面墙让大水泡了，没人来看", code: nil, home: home),
        RoleTests.Case(text: "管村的老年活动中心麻将打到半夜", code: nil, home: home),
        RoleTests.Case(text: "葛店那边的水管老爆，村里一直不管", code: nil, home: home),
        // What is plainly the place stays one.
        RoleTests.Case(text: "葛店村这边路灯坏了", code: other, home: home),
        RoleTests.Case(text: "管村那座桥的栏杆断了", code: "980041100205", home: home),
        RoleTests.Case(text: "去葛店村看到河边倒了几车垃圾", code: other, home: home),
        RoleTests.Case(text: "葛店村的表哥帮村里修路，被欠了三个月工钱", code: other, home: home),
        RoleTests.Case(text: "昨天去葛店走亲戚，看见老人院锁着门长草", code: other, home: home),
        RoleTests.Case(text: "刚从葛店回来，那边的路基冲空了", code: other, home: home),
        RoleTests.Case(text: "金星村民主评议低保走过场", code: "980041100206", home: home),
    ])
    func `what may be here or there is left to a person`(_ row: RoleTests.Case) {
        let found = Self.resolver.resolution(of: row.text, home: row.home)
        #expect(found.attribution?.code == row.code)
        if row.code == nil { #expect(found.candidates.contains(Self.home) && found.candidates.count == 2) }
    }

    @Test(arguments: [
        RoleTests.Case(text: "葛店村的乡亲，今晚有电影看，七点开始", code: home, home: home),
        RoleTests.Case(text: "葛店村的二婶喊我去帮忙割稻子，有一起的没", code: home, home: home),
        RoleTests.Case(text: "去葛店村的班车改线以后，站牌就没用了", code: home, home: home),
        RoleTests.Case(text: "葛店村的书记讲话算数，我们村的书记只会拖", code: home, home: home),
        RoleTests.Case(text: "湖洋镇垃圾中转站后侧那几户天天关着窗", code: home, home: home),
        RoleTests.Case(text: "湖洋镇垃圾中转站没人管", code: town, home: home),
        RoleTests.Case(text: "谁有葛店村会计的电话，我妈的医保关系要转过来", code: home, home: home),
        RoleTests.Case(text: "葛店的师傅装的净水器，三个月就坏", code: home, home: home),
        RoleTests.Case(text: "栗溪县纪委通报：湖洋镇葛店村原支书套取资金被处分", code: home, home: home),
        RoleTests.Case(text: "葛店村民宿有补助，霞坂民宿怎么没有", code: home, home: home),
        RoleTests.Case(text: "镇里那个派出所办身份证要跑三趟", code: town, home: home),
        // A group of home that is called like a village of another township.
        RoleTests.Case(text: "张岙组的路什么时候修", code: home, home: home),
    ])
    func `who is only spoken to, dealt with or compared moves nothing`(_ row: RoleTests.Case) {
        #expect(Self.resolver.attribution(of: row.text, home: row.home)?.code == row.code)
    }

    @Test(arguments: [
        ("葛店村的桥塌了", "文中写的是「葛店村」；附近没有第二个村叫这个名字"),
        ("路灯坏了", "没有指明事情在别处，按本群登记的村"),
        ("葛店村烧塑料的味飘得霞坂都是", "文中写的是「葛店村」；写到了别的村，但看不准事情在那里还是在本村；请在这些里选：霞坂村、葛店村"),
    ])
    func `the reason is told in plain Chinese`(_ row: (text: String, words: String)) {
        let found = Self.resolver.resolution(of: row.text, home: Self.home)
        #expect(Self.resolver.explained(found, of: row.text, isChinese: true) == row.words)
    }

    @Test func `every reason has words of its own in both languages`() {
        let words = VillageResolver.Reason.allCases.map { $0.words(isOpen: true) }
        #expect(Set(words.map(\.chinese)).count == words.count)
        #expect(Set(words.map(\.english)).count == words.count)
    }

    private static let entries: [GazetteerEntry] = {
        let rows = Places.rows(
            """
            code,name,level,parent
            980041000000,栗溪县,county,
            980041100000,湖洋镇,township,980041000000
            980041100201,霞坂村,village,980041100000
            980041100202,葛店村,village,980041100000
            980041100203,赵湾村,village,980041100000
            980041100204,邹棚村,village,980041100000
            980041100205,管村,village,980041100000
            980041100206,金星村,village,980041100000
            980041101000,前墩乡,township,980041000000
            980041101201,张岙村,village,980041101000
            """)
        guard let table = GazetteerTable(header: rows.first?.fields ?? []) else { return [] }
        return table.entries(rows.dropFirst()).entries
    }()

    private static let resolver = VillageResolver(rules: Gazetteer(entries))
}
