import CaseStore
import Casework
import Foundation
import Messages
import Testing

/// What a desk that stays does not wait for.
struct LateSyncTests {
    private let county: DeskCounty
    private let number: String
    private let desk: CaseDesk
    private let store: CaseStore

    init() throws {
        county = try DeskCounty()
        number = try county.assigned()
        store = try CaseStore(opening: county.scratch.folder, listsWait: false)
        desk = try CaseDesk(store, as: try #require(county.people["villager"]), now: DeskCounty.monday + 3600)
        // The file is written once a second at most.
        Thread.sleep(forTimeInterval: 1.1)
    }

    /// The row that the file beside the store names.
    private func claimed() throws -> Int {
        let text = try String(contentsOfFile: county.scratch.folder + "/log-end", encoding: .utf8)
        return try #require(text.split(separator: " ").first.flatMap { Int($0) })
    }

    @Test func `the row about a list is there at once, and claimed beside the store once the disk has it`() throws {
        let before = try claimed()
        let begin = ContinuousClock.now
        #expect(try desk.cases().map(\.number) == [number])
        _ = try desk.counts()
        // Another opener sees what is with the system.
        let head = try #require(try county.store.auditHead()?.seq)
        #expect(head >= before + 2)
        let claim = try claimed()
        if ContinuousClock.now - begin < .milliseconds(400) { #expect(claim == before) }
        let end = Date().addingTimeInterval(20)
        while try claimed() < head, Date() < end { Thread.sleep(forTimeInterval: 0.05) }
        #expect(try claimed() == head)
        #expect(try store.verifyAudit().isSound)
    }

    @Test func `what shows words, decides or refuses waits as before`() throws {
        _ = try desk.cases()
        _ = try desk.view(number)
        #expect(try claimed() == store.auditHead()?.seq)
        Thread.sleep(forTimeInterval: 1.1)
        _ = try desk.cases()
        #expect(refusal { _ = try desk.perform(CaseAct(.close), on: number) } == .refused(.state(.assigned), .close))
        #expect(try claimed() == store.auditHead()?.seq)
    }

    @Test func `an older copy that is put back is noticed on opening`() throws {
        try county.store.close()
        let old = try Data(contentsOf: URL(fileURLWithPath: county.file))
        #expect(try !store.isOlderThanItsEnd())
        _ = try desk.view(number)
        try store.close()
        try old.write(to: URL(fileURLWithPath: county.file))
        #expect(try CaseStore(opening: county.scratch.folder).isOlderThanItsEnd())
    }

    @Test func `closing leaves nothing behind`() throws {
        _ = try desk.cases()
        let head = try store.auditHead()?.seq
        try store.close()
        #expect(try claimed() == head)
    }
}
