import CaseStore
import Casework
import Messages
import Testing

/// Villages that were merged: who led the old one is still spoken of, and what was mended in it comes back in the new one.
struct MergedVillageTests {
    private let county: DeskCounty

    init() throws {
        county = try DeskCounty()
        var places = try county.store.places()
        let old = try #require(places.firstIndex { $0.code == DeskCounty.village })
        places[old].validTo = "2026-01-01"
        places[old].successor = DeskCounty.otherVillage
        places.removeAll { $0.code == DeskCounty.otherVillage }
        places.append(
            GazetteerEntry(code: DeskCounty.otherVillage, name: "溪西村", level: .village, parent: DeskCounty.township))
        try county.store.replacePlaces(places)
    }

    @Test func `a report of the new village speaks of the old one's body, too`() throws {
        var report = DeskCounty.report()
        report.area = DeskCounty.otherVillage
        let number = try #require(try county.desk("intake").register(report).number)
        let accused = try county.desk("intake").view(number).accused.map(\.unit)
        #expect(try Set(accused) == Set(["village", "other", "township"].map { try county.unit($0).id }))
        _ = try county.desk("admin").declare(
            StaffTie(staff: try #require(county.people["inspector"]), kind: .kin, unit: try county.unit("village").id))
        #expect(throws: DeskError.self) { try county.desk("inspector").view(number) }
    }

    @Test func `what was mended in the old village and comes back in the new one is done again`() throws {
        let number = try county.closed()
        let again = try county.desk("intake", day: 3).register(
            DeskCounty.water("再次反映供水中断", area: DeskCounty.otherVillage))
        #expect(again.reopened == number)
    }
}
