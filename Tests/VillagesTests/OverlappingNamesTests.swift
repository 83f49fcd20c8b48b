import Messages
import Testing
import Villages

/// Names that share characters with their neighbours, and texts that nobody would write: whatever is said, there is an answer.
@Suite struct OverlappingNamesTests {
    private static let resolver: VillageResolver = {
        let rows = Places.rows(
            """
            code,name,level,parent,aliases
            980041000000,岚溪县,county,,short:岚溪
            980041100000,柏南镇,township,980041000000,short:柏南
            980041100201,下楼村委会,village,980041100000,
            980041100202,南楼村委会,village,980041100000,
            980041100203,上楼村委会,village,980041100000,
            980041100204,南坪村委会,village,980041100000,natural:老南坪
            980041101000,东坪乡,township,980041000000,short:东坪
            980041101201,南坪村委会,village,980041101000,
            980041101202,东坪村委会,village,980041101000,
            980041101203,后东村委会,village,980041101000,
            980041101204,前后村委会,village,980041101000,
            980041101001,新东社区居委会,village,980041101000,
            980042000000,上坪县,county,,short:上坪
            980042100000,后山镇,township,980042000000,short:后山
            980042100201,山下村委会,village,980042100000,
            980042100202,下山村委会,village,980042100000,
            """)
        let table = GazetteerTable(header: rows.first?.fields ?? [])
        return VillageResolver(rules: Gazetteer(table?.entries(rows.dropFirst()).entries ?? []))
    }()

    @Test func `a township's short name ends with what makes a pair of the village's name`() {
        let text = "岚溪柏南下楼村的作坊喷漆，气味从早到晚"
        #expect(Self.resolver.attribution(of: text, home: nil)?.code == "980041100201")
    }

    private static let names = [
        "岚溪县", "岚溪", "柏南镇", "柏南", "下楼村", "南楼村", "上楼", "南坪村", "南坪", "老南坪", "东坪乡", "东坪", "东坪村", "后东村", "后东", "前后村",
        "新东社区", "新东", "上坪县", "上坪", "后山镇", "后山", "山下村", "下山村", "下山", "望江镇", "石桥村",
    ]
    private static let words = [
        "上", "下", "南", "东", "后", "前", "老", "新", "小", "原", "和", "、", "与", "到", "至", "从", "在", "去", "往", "，", "。", "？",
        "：", " ", "\n", "的", "那边",
        "段", "那段", "我们", "我们村", "我们这段", "俺表叔", "本村", "他们", "村里", "村口", "镇上", "县里", "县医院", "政府", "派出所", "教育局", "招聘",
        "支书", "书记",
        "隔壁", "邻村", "像", "比", "跟", "一样", "都修好了", "为什么", "没有", "早修好了", "没问题", "主要是", "靠近", "一侧", "交界", "两村", "三个村",
        "两个镇", "路", "桥",
        "河", "3组", "班车", "的路灯坏了", "污水流到", "嫁到", "打工", "上班", "看到", "路过", "来的", "说", "打错了", "不是", "是", "家住", "我是", "请问",
        "全县", "省", "市",
        "（", "）", "「", "」", "——", "转发", "@所有人", "【通知】", "A", "村", "村村", "镇", "乡", "组", "社区",
    ]

    private struct Steps: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `any sequence of names and words has an answer whose words lie in the text`(seed: UInt64) {
        var random = Steps(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let homes: [String?] = [nil, "980041100201", "980041101202", "980042100201"]
        for _ in 0..<6_000 {
            let parts = (0..<Int.random(in: 2...12, using: &random)).map { _ in
                (Bool.random(using: &random) ? Self.names : Self.words).randomElement(using: &random) ?? ""
            }
            let text = parts.joined()
            let home = homes.randomElement(using: &random) ?? nil
            let answer = Self.resolver.resolution(of: text, home: home)
            let spans = answer.spans + (answer.attribution?.spans ?? [])
            #expect(spans.allSatisfy { $0.upperBound <= text.utf8.count }, "\(text)")
        }
    }
}
