import Messages
import Testing
import Villages

/// Villages over time: two merged in July 2020, one was split in March 2021, a township was renamed in May 2018.
@Suite struct HistoryTests {
    private static let entries = [
        GazetteerEntry(code: "970121000000", name: "沅陂县", level: .county),
        GazetteerEntry(code: "970121100000", name: "溪尾镇", level: .township, parent: "970121000000"),
        GazetteerEntry(code: "970121100202", name: "仙东村", level: .village, parent: "970121100000"),
        GazetteerEntry(
            code: "970121100209", name: "长埔村", level: .village, parent: "970121100000", validFrom: "2020-07-01"),
        GazetteerEntry(
            code: "970121100210", name: "东埔村", level: .village, parent: "970121100000", validTo: "2020-06-30",
            successor: "970121100209"),
        GazetteerEntry(
            code: "970121100211", name: "西埔村", level: .village, parent: "970121100000", validTo: "2020-06-30",
            successor: "970121100209"),
        GazetteerEntry(
            code: "970121201000", name: "沙楼乡", level: .township, parent: "970121000000", validTo: "2018-04-30",
            successor: "970121101000"),
        GazetteerEntry(
            code: "970121101000", name: "莎楼镇", level: .township, parent: "970121000000", validFrom: "2018-05-01"),
        GazetteerEntry(
            code: "970121101202", name: "塘洲村", level: .village, parent: "970121101000", validTo: "2021-02-28"),
        GazetteerEntry(
            code: "970121101203", name: "塘东村", level: .village, parent: "970121101000", validFrom: "2021-03-01"),
        GazetteerEntry(
            code: "970121101204", name: "塘西村", level: .village, parent: "970121101000", validFrom: "2021-03-01"),
    ]
    private static let successions = [
        Succession(from: "970121101202", to: "970121101203", kind: .split),
        Succession(from: "970121101202", to: "970121101204", kind: .split),
    ]
    private let resolver = VillageResolver(rules: Gazetteer(entries, successions: successions))
    /// Noon of 1 June in China.
    private static let (before, after): (Int64, Int64) = (1_559_361_600, 1_685_592_000)

    private func answer(_ text: String, home: String?, at time: Int64?) -> Attribution? {
        resolver.resolution(of: text, in: .init(home: home, sentAt: time)).attribution
    }

    @Test func `two villages are two before their merger and one after`() {
        let old = answer("东埔村和西埔村都停水", home: "970121100202", at: Self.before)
        #expect(old?.code == "970121100209")
        #expect(old?.former.map(\.name) == ["东埔村", "西埔村"])
        let new = answer("东埔村和西埔村都停水", home: "970121100202", at: Self.after)
        #expect(new?.code == "970121100209")
        #expect(new?.former == [])
    }

    @Test func `before the merger another part of today's village is another village`() {
        // The home then was 东埔村: 我们村 is not 西埔村.
        let then = answer("西埔村的桥塌了", home: "970121100210", at: Self.before)
        #expect(then?.former.map(\.code) == ["970121100211"])
        #expect(then?.basis == .text)
        #expect(answer("我们村停水", home: "970121100210", at: Self.before)?.former.map(\.name) == ["东埔村"])
    }

    @Test func `a split village goes to what holds its parts, or to the part that is home`() {
        #expect(answer("塘洲村的路坏了", home: "970121100202", at: Self.before)?.code == "970121101000")
        #expect(answer("塘洲村的路坏了", home: "970121101203", at: Self.before)?.code == "970121101203")
        #expect(answer("塘东村的路坏了", home: "970121100202", at: Self.after)?.code == "970121101203")
    }

    @Test func `a renamed township is reported under its name today`() {
        #expect(answer("沙楼乡老街积水", home: "970121101203", at: 1_488_340_800)?.code == "970121101000")
    }

    @Test func `groups' homes count for their days`() {
        let group = RegisteredGroup(
            id: "g", name: "群", platform: .wechat, village: "970121100202", noticePostedOn: "2019-01-01")
        let homes = GroupHomes([GroupHome(group: "g", place: "970121100210", validTo: "2020-06-30")])
        #expect(homes.home(of: group, at: Self.before) == "970121100210")
        #expect(homes.home(of: group, at: Self.after) == "970121100202")
        #expect(homes.home(of: group, at: nil) == "970121100202")
    }
}

/// Names that people taught.
@Suite struct TaughtTests {
    private func resolver(_ aliases: [TaughtAlias]) -> VillageResolver {
        VillageResolver(rules: Gazetteer(Places.entries, taught: aliases))
    }

    private func alias(_ scope: TaughtAlias.Scope, validTo: String? = nil) -> TaughtAlias {
        TaughtAlias(
            id: 1, text: "老油坊", village: "980011100208", scope: scope, validTo: validTo, author: "登记员",
            taughtOn: "2024-01-01")
    }

    @Test func `a taught name counts in its group, and nowhere else`() {
        let resolver = resolver([alias(.group("g1"))])
        let text = "老油坊那边的路坏了"
        let here = resolver.resolution(of: text, in: .init(home: "980011100205", group: "g1"))
        #expect(here.attribution?.code == "980011100208")
        #expect(here.reasons.contains(.taught))
        #expect(here.tier == .c)
        #expect(
            resolver.resolution(of: text, in: .init(home: "980011100205", group: "g2")).attribution?.basis == .group)
    }

    @Test func `a township's taught name counts in its groups`() {
        let resolver = resolver([alias(.township("980011100000"))])
        let text = "老油坊那边的路坏了"
        #expect(resolver.attribution(of: text, home: "980011100205")?.code == "980011100208")
        #expect(resolver.attribution(of: text, home: "980012100204")?.code == "980012100204")
    }

    @Test func `a name that ended counts for messages before`() {
        let resolver = resolver([alias(.group("g1"), validTo: "2024-06-30")])
        let text = "老油坊那边的路坏了"
        let early = resolver.resolution(
            of: text, in: .init(home: "980011100205", group: "g1", sentAt: 1_706_760_000))
        #expect(early.attribution?.code == "980011100208")
        let late = resolver.resolution(of: text, in: .init(home: "980011100205", group: "g1", sentAt: 1_733_000_000))
        #expect(late.attribution?.code == "980011100205")
    }
}
