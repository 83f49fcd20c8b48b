import CaseStore
import Messages
import Testing

struct RegisterTests {
    private let scratch = Scratch()

    @Test func `groups and places come back as they went in`() throws {
        let store = try scratch.store()
        #expect(try store.groups() == Scratch.groups)
        #expect(try store.places() == Scratch.places)
        let again = try CaseStore(opening: scratch.folder)
        #expect(try again.groups() == Scratch.groups)
        #expect(try again.places() == Scratch.places)
    }

    @Test func `a group is registered once, with a village of the gazetteer and a real day`() throws {
        let store = try scratch.store()
        var group = Scratch.groups[0]
        #expect(reason { try store.add(group) } == .duplicateGroup("g1@chatroom"))
        group.id = "g3"
        group.village = "350999001299"
        #expect(reason { try store.add(group) } == .noSuchVillage("350999001299"))
        group.village = "350999001000"
        #expect(reason { try store.add(group) } == .noSuchVillage("350999001000"))
        group.village = "350999001201"
        for day in ["", "2026-02-29", "2026-13-01", "2026-1-5", "20260105", "２０２６-01-05", "2026-00-10", "2026-01-32"] {
            group.noticePostedOn = day
            #expect(reason { try store.add(group) } == .badGroup("g3", field: "notice-posted-on"), "\(day)")
        }
        group.noticePostedOn = "2024-02-29"
        group.name = ""
        #expect(reason { try store.add(group) } == .badGroup("g3", field: "name"))
        group.name = "群"
        group.id = ""
        #expect(reason { try store.add(group) } == .badGroup("", field: "id"))
        #expect(try store.groups().count == 2)
    }

    @Test func `an import of groups adds, renames and leaves alone, all or nothing`() throws {
        let store = try scratch.store()
        var renamed = Scratch.groups[0]
        renamed.name = "溪东村廉情群"
        let third = RegisteredGroup(
            id: "g3", name: "新群", platform: .qq, village: "350999001201", noticePostedOn: "2026-02-01")
        let counts = try store.importGroups([renamed, Scratch.groups[1], third])
        #expect(counts.added == 1 && counts.changed == 1 && counts.unchanged == 1)
        let groups = try store.groups()
        #expect(groups.map(\.id) == ["g1@chatroom", "g2", "g3"])
        #expect(groups[0].name == "溪东村廉情群" && groups[0].formerNames == ["溪东群", "溪东村监督群"])

        var broken = third
        broken.id = "g4"
        var worse = broken
        worse.id = "g5"
        worse.village = "1"
        #expect(reason { try store.importGroups([broken, worse]) } == .noSuchVillage("1"))
        #expect(reason { try store.importGroups([broken, broken]) } == .duplicateGroup("g4"))
        #expect(try store.groups() == groups)
    }

    @Test func `places are merged by code and first day, and counted`() throws {
        let store = try scratch.store()
        let version = try store.gazetteerVersion()
        #expect(version.count == 64)
        #expect(try store.mergePlaces(Scratch.places).unchanged == 4)
        #expect(try store.gazetteerVersion() == version)
        var changed = Scratch.places[2]
        changed.aliases.append(.init(text: "东溪", kind: .typo))
        let new = GazetteerEntry(code: "350999001203", name: "溪南村", level: .village, parent: "350999001000")
        let counts = try store.mergePlaces([changed, new])
        #expect(counts.added == 1 && counts.changed == 1 && counts.unchanged == 0)
        #expect(try store.places()[2] == changed)
        #expect(try store.places().last == new)
        #expect(try store.gazetteerVersion() != version)
    }

    @Test func `the gazetteer's version doesn't depend on the order of its rows`() throws {
        let store = try scratch.store()
        let version = try store.gazetteerVersion()
        try store.replacePlaces(Scratch.places.reversed())
        #expect(try store.gazetteerVersion() == version)
    }

    @Test func `a gazetteer that loses a group's village or has a code twice changes nothing`() throws {
        let store = try scratch.store()
        #expect(reason { try store.replacePlaces(Array(Scratch.places[..<3])) } == .noSuchVillage("350999001202"))
        let twice = Scratch.places + [Scratch.places[2]]
        #expect(reason { try store.replacePlaces(twice) } == .badPlace("350999001201"))
        #expect(reason { try store.mergePlaces([Scratch.places[2], Scratch.places[2]]) } == .badPlace("350999001201"))
        for code in ["35099900120", "35099900120x", ""] {
            let bad = GazetteerEntry(code: code, name: "村", level: .village)
            #expect(reason { try store.mergePlaces([bad]) } == .badPlace(code))
        }
        #expect(try store.places() == Scratch.places)
    }

    @Test func `a code may stand twice with different first days`() throws {
        let store = try scratch.store()
        var older = Scratch.places[2]
        older.validTo = "2019-12-31"
        older.name = "石鼓村"
        older.validFrom = "2000-01-01"
        #expect(try store.mergePlaces([older]).added == 1)
        #expect(try store.places().count == 5)
    }
}
