import CaseStore
import Casework
import Foundation
import GRDB
import Testing

struct FilterTests {
    private let county: DeskCounty

    init() throws { county = try DeskCounty() }

    private static let two = [
        SavedFilter(name: "溪口镇的水", address: "/queue?topic=water&area=350999001000"),
        SavedFilter(name: "石鼓厝断水那件", address: "/queue?q=%E6%96%AD%E6%B0%B4"),
    ]

    private func stranger(_ sql: String) throws {
        try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").write { try $0.execute(sql: sql) }
    }

    @Test func `kept filters follow the person, and nobody else has them`() throws {
        #expect(try county.desk("intake").savedFilters() == [])
        try county.desk("intake").keep(Self.two)
        try county.desk("villager").keep([Self.two[0]])
        let again = try CaseStore(opening: county.scratch.folder)
        let intake = try #require(county.people["intake"])
        #expect(try CaseDesk(again, as: intake, now: DeskCounty.monday).savedFilters() == Self.two)
        #expect(try county.desk("villager").savedFilters() == [Self.two[0]])
        for name in ["intake2", "supervisor", "admin", "auditor"] {
            #expect(try county.desk(name).savedFilters() == [])
        }
        #expect(try CaseDesk(county.store, now: DeskCounty.monday).savedFilters() == [])
        #expect(refusal { try CaseDesk(county.store, now: DeskCounty.monday).keep(Self.two) } == .nobody)
    }

    @Test func `keeping replaces what was kept, and nothing is kept of no filters`() throws {
        let desk = try county.desk("intake")
        try desk.keep(Self.two)
        try desk.keep([Self.two[1]])
        #expect(try desk.savedFilters() == [Self.two[1]])
        try desk.keep([])
        #expect(try desk.savedFilters() == [])
    }

    @Test func `keeping is written down, without the words, and reading one's own isn't`() throws {
        let desk = try county.desk("intake")
        try desk.keep(Self.two)
        let head = try county.store.auditHead()
        _ = try desk.savedFilters()
        #expect(try county.store.auditHead() == head)
        let row = try #require(
            try county.desk("auditor").auditReport().rows.last { $0.action == "filters-save" })
        #expect(row.objectKind == "staff" && row.objectID == county.people["intake"] && row.detail == "rows=2")
    }

    @Test func `too many, too long or broken ones are refused, and the old ones stay`() throws {
        let desk = try county.desk("intake")
        let nine = (1...9).map { SavedFilter(name: "第\($0)个", address: "/queue?page=\($0)") }
        try desk.keep(Array(nine.prefix(8)))
        #expect(refusal { try desk.keep(nine) } == .badField("filters"))
        for name in ["", String(repeating: "水", count: 21), "水\n电", "e" + String(repeating: "\u{301}", count: 100)] {
            #expect(refusal { try desk.keep([SavedFilter(name: name, address: "/queue?")]) } == .badField("name"))
        }
        for address in ["", "/queue?" + String(repeating: "a", count: 500), "/queue?\r\nSet-Cookie: a"] {
            #expect(refusal { try desk.keep([SavedFilter(name: "水", address: address)]) } == .badField("address"))
        }
        #expect(try desk.savedFilters().count == 8)
    }

    @Test func `the longest that is kept fits its column`() throws {
        let longest = (1...8).map {
            SavedFilter(
                name: String(repeating: "👨‍👩", count: 18) + "\($0)",
                address: "/queue?" + String(repeating: "\\", count: 493))
        }
        try county.desk("intake").keep(longest)
        #expect(try county.desk("intake").savedFilters() == longest)
    }

    @Test func `no name of a filter stands in any file`() throws {
        try county.desk("intake").keep(Self.two)
        for words in ["石鼓厝断水那件", "溪口镇的水", "topic=water&area"] {
            #expect(county.scratch.files(holding: Array(words.utf8)) == [])
        }
    }

    @Test func `filters go when the person leaves`() throws {
        try county.desk("clerk").keep(Self.two)
        let clerk = try #require(county.people["clerk"])
        try county.desk("admin").endStaff(clerk)
        let left = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM saved_filter")
        }
        #expect(left == 0)
    }

    @Test func `another's filters moved to one's own don't open, and keeping others mends it`() throws {
        try county.desk("supervisor").keep(Self.two)
        try county.desk("villager").keep([Self.two[0]])
        let (from, to) = (try #require(county.people["supervisor"]), try #require(county.people["villager"]))
        try stranger(
            """
            UPDATE saved_filter SET payload = (SELECT payload FROM saved_filter WHERE staff_id = \(from))
            WHERE staff_id = \(to)
            """)
        let desk = try county.desk("villager")
        #expect(refusal { _ = try desk.savedFilters() } == .damagedText)
        try desk.keep([Self.two[1]])
        #expect(try desk.savedFilters() == [Self.two[1]])
    }

    @Test func `single views are counted like all of them`() throws {
        _ = try county.assigned()
        let desk = try county.desk("intake")
        let all = try desk.counts()
        let some = try desk.counts(of: [.open, .red])
        #expect(some.count == 2 && some[.open] == all[.open] && some[.red] == all[.red] && some[.open] == 1)
    }
}
