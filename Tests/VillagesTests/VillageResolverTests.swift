import Messages
import Testing
import Villages

@Suite struct VillageResolverTests {
    private let home = "980011100205"  // 青瓦村

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let basis: Attribution.Basis?
        let confidence: Double
        let reason: VillageResolver.Reason
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(text: "路灯坏了", basis: .group, confidence: 0.85, reason: .groupsVillage),
        Case(text: "青瓦村的路灯坏了", basis: .text, confidence: 0.97, reason: .namedHome),
        Case(text: "高坪村的路灯坏了", basis: .text, confidence: 0.95, reason: .namedUnique),
        Case(text: "三汊镇大塘村的路灯坏了", basis: .text, confidence: 0.9, reason: .namedWithUnit),
        Case(text: "大塘村的路灯坏了", basis: .text, confidence: 0.8, reason: .namedNearHome),
        Case(text: "望月台那边塌方了", basis: .text, confidence: 0.6, reason: .weakNearHome),
        Case(text: "桐子湾那边塌方了", basis: .group, confidence: 0.6, reason: .weakPassedOver),
        Case(text: "我是高坪村的，家里停水了", basis: .text, confidence: 0.95, reason: .speakersVillage),
        Case(text: "柏木镇卫生院没有医生", basis: .township, confidence: 0.75, reason: .township),
        Case(text: "镇区公厕没人扫", basis: .township, confidence: 0.7, reason: .townshipSeat),
        Case(text: "云岭乡枣园村的路塌了", basis: .township, confidence: 0.5, reason: .unknownInTownship),
        Case(text: "青瓦村和高坪村都停水", basis: .parent, confidence: 0.7, reason: .several),
        Case(text: "隔壁高坪村的路修好了", basis: .group, confidence: 0.85, reason: .othersMentioned),
        Case(text: "枣园村的路塌了", basis: nil, confidence: 0, reason: .unlisted),
        Case(text: "学堂村的路塌了", basis: nil, confidence: 0, reason: .unlisted),
        Case(text: "高坪村的桥塌了，我们村的人过不去", basis: nil, confidence: 0, reason: .conflict),
    ])
    func `each basis has its confidence and reason`(_ row: Case) {
        let resolution = Places.resolver.resolution(of: row.text, home: home)
        #expect(resolution.attribution?.basis == row.basis)
        #expect(resolution.attribution?.confidence ?? 0 == row.confidence)
        #expect(resolution.reasons.contains(row.reason))
    }

    @Test func `spans point at the words in the original bytes, Traditional and spaced ones too`() throws {
        for (text, words) in [
            ("看一下　高 坪 村的桥", "高 坪 村"), ("【泉頭社區】沒燈", "泉頭社區"), ("😀復興村停水", "復興村"), ("青瓦村、高坪村停水", "青瓦村"),
        ] {
            let found = try #require(Places.resolver.attribution(of: text, home: nil))
            let span = try #require(found.spans.first)
            #expect(String(decoding: Array(text.utf8)[span], as: UTF8.self) == words)
        }
    }

    @Test func `an ambiguous name comes back with its candidates`() {
        let resolution = Places.resolver.resolution(of: "大塘村的桥坏了", home: "980011200205")
        #expect(resolution.attribution == nil)
        #expect(resolution.candidates == ["980011100207", "980011101201"])
    }

    @Test func `a home that the list does not know is no home`() {
        #expect(Places.resolver.attribution(of: "停水了", home: "110000000001") == nil)
        #expect(Places.resolver.attribution(of: "高坪村停水了", home: "110000000001")?.code == "980011100208")
        #expect(Places.resolver.attribution(of: "", home: home)?.code == home)
    }

    @Test func `a home that was merged away is reported under its successor`() {
        #expect(Places.resolver.attribution(of: "停水了", home: "980011101206")?.code == "980011101208")
    }

    @Test func `an abolished village without a successor goes to its township`() {
        let entries =
            Places.entries + [
                GazetteerEntry(
                    code: "980011100299", name: "老鹰嘴村", level: .village, parent: "980011100000", validTo: "2019-12-31")
            ]
        let found = VillageResolver(rules: Gazetteer(entries)).attribution(of: "老鹰嘴村的路塌了", home: home)
        #expect(found?.code == "980011100000")
        #expect(found?.confidence == 0.5)
    }

    @Test func `a village and a community of one stem are two`() {
        let entries =
            Places.entries + [
                GazetteerEntry(code: "980011100301", name: "水南村委会", level: .village, parent: "980011100000"),
                GazetteerEntry(code: "980011100302", name: "水南社区居委会", level: .village, parent: "980011100000"),
            ]
        let resolver = VillageResolver(rules: Gazetteer(entries))
        #expect(resolver.attribution(of: "水南村停电", home: home)?.code == "980011100301")
        #expect(resolver.attribution(of: "水南社区停电", home: home)?.code == "980011100302")
        #expect(resolver.attribution(of: "水南村停电", home: "980011100302")?.code == "980011100301")
    }

    @Test func `loops of parents and successors don't hang`() {
        let entries = [
            GazetteerEntry(code: "1", name: "甲子村", level: .village, parent: "2", successor: "2"),
            GazetteerEntry(code: "2", name: "乙丑村", level: .village, parent: "1", successor: "1"),
            GazetteerEntry(code: "3", name: "丙寅村", level: .village, parent: "4"),
            GazetteerEntry(code: "4", name: "丁卯镇", level: .township, parent: "3"),
        ]
        let resolver = VillageResolver(rules: Gazetteer(entries))
        #expect(resolver.attribution(of: "丙寅村和丁卯镇", home: "3") != nil)
        #expect(resolver.attribution(of: "甲子村停水", home: nil)?.code == "1")
    }

    @Test func `an empty gazetteer knows nothing`() {
        #expect(VillageResolver(rules: Gazetteer([])).attribution(of: "高坪村停水", home: home) == nil)
    }

    @Test(arguments: [
        "青瓦村", "高坪村、", "学堂村都有我们高坪村和青瓦", "石桥村，", "柏木镇大塘村的", "村", "高坪村我们", "上、下沿河村", "镇区",
    ])
    func `time grows with the length of hostile texts`(_ piece: String) {
        func time(_ count: Int) -> Duration {
            let text = String(repeating: piece, count: count)
            return ContinuousClock().measure { _ = Places.resolver.attribution(of: text, home: home) }
        }
        let few = (0..<3).map { _ in time(2_000) }.min() ?? .zero
        let many = time(20_000)
        // Ten times the text; a square would be a hundred. The sum is for a busy machine.
        #expect(many < few * 30 + .milliseconds(300))
    }

    @Test func `the segmenter's words leave out what is a word only by chance`() {
        let words = Set(Gazetteer.words(Places.entries))
        #expect(words.contains("青瓦村") && words.contains("復興村"))
        #expect(words.contains("柏木花园") && words.contains("望湖街道"))
        #expect(!words.contains("下村") && !words.contains("青瓦"))
    }
}
