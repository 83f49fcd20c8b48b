import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What the program does by itself passes over what another program changed, names it, and does the rest.
struct AlteredRunTests {
    @Test func `the clock moves on what is whole, and names what isn't`() throws {
        let county = try DeskCounty()
        for _ in 0..<2 { _ = try county.assigned() }
        try county.meddle("UPDATE matter SET severity = 2 WHERE id = 1")
        for isTrial in [true, false] {
            let report = try county.desk("admin", day: 3).runClock(isTrial: isTrial)
            #expect(report.escalated == 1 && report.altered == [1])
        }
        #expect(try county.store.verifyAudit() == .changed(.matter, row: 1))
    }

    @Test func `the retention erases what is whole, and names what isn't`() throws {
        let county = try DeskCounty()
        for (number, words) in ["路灯坏了没人管", "井盖丢了没人管"].enumerated() {
            _ = try county.store.importing(try Scratch.draft(words, members: [UInt64(number)]))
        }
        let first = try county.closed(original: "水龙头三天没有一滴水了也没有人来看一眼")
        try county.meddle(
            "UPDATE matter SET severity = 2 WHERE number = '\(first)'; UPDATE flag SET score = 0.1 WHERE id = 1")
        let report = try county.desk("admin", day: 40).retain()
        #expect(report.expiredFlags == [2] && report.alteredFlags == [1])
        #expect(report.originals == 0 && report.alteredCases == [1])
        #expect(try county.store.flag(1).content != nil && county.store.flag(2).content == nil)
    }
}
