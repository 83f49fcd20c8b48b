import CaseStore
import Casework
import Messages
import Testing

/// Corrections of a flag's village, what they teach, and places over time.
struct TaughtAliasTests {
    private let scratch = Scratch()

    private func correction(_ flag: Int, _ village: String, teaching: String?, version: Int? = nil) -> FlagCorrection {
        FlagCorrection(
            flag: flag, village: village, by: "登记员", on: "2026-03-20", seconds: 1_774_000_000, teaching: teaching,
            version: version)
    }

    @Test func `a correction moves the flag and teaches the name in its group`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("老油坊那边停水三天", members: [1], village: false))
        let taught = try #require(try store.correct(correction(id, "350999001202", teaching: "老油坊")))
        #expect(taught.scope == .group("g1@chatroom"))
        #expect(taught.author == "登记员" && taught.taughtOn == "2026-03-20" && taught.flag == id)
        let summary = try store.flag(id).summary
        #expect(summary.village?.code == "350999001202")
        #expect(summary.version == 2)
        #expect(try store.correctionCount(of: id) == 1)
        #expect(try store.taughtAliases() == [taught])
    }

    @Test func `the same from a second group counts in the township`() throws {
        let store = try scratch.store()
        let first = try store.importing(try Scratch.draft("老油坊那边停水三天", members: [1]))
        let second = try store.importing(try Scratch.draft("老油坊门口没有路灯", members: [2], group: "g2"))
        try store.correct(correction(first, "350999001202", teaching: "老油坊"))
        let wide = try #require(try store.correct(correction(second, "350999001202", teaching: "老油坊")))
        #expect(wide.scope == .township("350999001000"))
        #expect(wide.confirmations == 1)
        #expect(try store.taughtAliases().count == 1)
    }

    @Test func `teaching another village in the same group ends the first`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("老油坊那边停水三天", members: [1]))
        try store.correct(correction(id, "350999001202", teaching: "老油坊"))
        try store.correct(correction(id, "350999001201", teaching: "老油坊"))
        #expect(try store.taughtAliases().map(\.validTo) == ["2026-03-20", nil])
    }

    @Test func `a flag that changed, is erased, or is not there is not corrected`() throws {
        let store = try scratch.store()
        let id = try store.importing(try Scratch.draft("老油坊那边停水三天", members: [1]))
        #expect(
            reason { try store.correct(correction(id, "350999001202", teaching: nil, version: 9)) }
                == .changedMeanwhile(id))
        #expect(
            reason { try store.correct(correction(id, "350999009999", teaching: nil)) }
                == .noSuchVillage("350999009999"))
        #expect(reason { try store.correct(correction(77, "350999001202", teaching: nil)) } == .noSuchFlag(77))
        try store.erase(id, as: .dismissed, reason: "x", on: 20_530)
        #expect(
            reason { try store.correct(correction(id, "350999001202", teaching: nil)) } == .wrongState(id, .dismissed))
        #expect(try store.taughtAliases() == [])
    }

    @Test func `a renamed place keeps its entity, a merged one gets another, and numbers are not given again`() throws {
        let store = try scratch.store()
        let old = try #require(try store.entity(of: "350999001201"))
        let new = GazetteerEntry(
            code: "350999001301", name: "新溪东村", level: .village, parent: "350999001000", validFrom: "2026-01-01")
        let merged = GazetteerEntry(code: "350999001302", name: "双溪村", level: .village, parent: "350999001000")
        let counts = try store.mergePlaces(
            [new, merged],
            successions: [
                Succession(from: "350999001201", to: "350999001301", kind: .rename),
                Succession(from: "350999001202", to: "350999001302", kind: .merge),
            ], foreign: [ForeignCode(code: "350999001301", scheme: .mca, other: "350999001511")], scheme: .nbs)
        #expect(counts.added == 2)
        #expect(try store.entity(of: "350999001301") == old)
        let fresh = try #require(try store.entity(of: "350999001302"))
        let parted = try store.entity(of: "350999001202")
        #expect(fresh != old && fresh != parted)
        #expect(try store.foreignCodes(of: "350999001301").map(\.other) == ["350999001511"])
        #expect(try store.successions().count == 2)
        // The same again changes nothing.
        #expect(try store.mergePlaces([new, merged]).unchanged == 2)
        try store.replacePlaces(Scratch.places + [new])
        #expect(try store.entity(of: "350999001201") == old)
    }

    @Test func `a group's home of an earlier time is kept beside its register`() throws {
        let store = try scratch.store()
        let home = GroupHome(group: "g2", place: "350999001201", validTo: "2019-12-31", confirmedBy: "登记员")
        try store.setHome(home)
        #expect(try store.groupHomes() == [home])
        #expect(
            reason { try store.setHome(GroupHome(group: "nobody", place: "350999001201")) } == .unknownGroup("nobody"))
    }
}
