import CaseStore
import Casework
import Foundation
import GRDB
import Messages
import Synchronization
import Testing

struct ActLineTests {
    @Test func `many threads share transactions: nothing is lost, nothing doubled, refusals undo only themselves`()
        throws
    {
        let county = try DeskCounty()
        let numbers = Mutex<[String]>([])
        let refused = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { index in
            do {
                let desk = try county.desk("intake")
                if index % 4 == 0 {
                    var wrong = DeskCounty.water()
                    wrong.original = "反映供水中断多日而且没有人来"
                    wrong.summary = "反映供水中断多日而且没有人来"
                    do { _ = try desk.register(wrong) } catch is DeskError { refused.withLock { $0 += 1 } }
                } else {
                    let outcome = try desk.register(DeskCounty.water(area: DeskCounty.otherVillage))
                    numbers.withLock { $0.append(outcome.number ?? "") }
                }
            } catch {
                Issue.record(error)
            }
        }
        let found = numbers.withLock { $0.sorted() }
        #expect(found.count == 150 && refused.withLock { $0 } == 50)
        #expect(
            found == (1...150).map { "350999-2026-A-" + String(repeating: "0", count: 4 - String($0).count) + "\($0)" })
        #expect(try county.store.verifyAudit().isSound)
        let rows = try DatabaseQueue(path: county.scratch.folder + "/store.sqlite").read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM audit_log WHERE action = 'refused'")
        }
        #expect(rows == 50)
    }

    @Test func `a full disk refuses all that share a transaction, and keeps what was there`() throws {
        let scratch = Scratch()
        try scratch.store().close()
        let store = try CaseStore(opening: scratch.folder, busySeconds: 1, pageLimit: try scratch.pages() + 40)
        let desk = try CaseDesk(store, now: DeskCounty.monday)
        let done = Mutex<Set<Int>>([])
        DispatchQueue.concurrentPerform(iterations: 400) { index in
            let name = "单位" + String(repeating: "长", count: 150) + "\(index)"
            if let id = try? desk.addUnit(kind: .village, area: DeskCounty.village, name: name) {
                _ = done.withLock { $0.insert(id) }
            }
        }
        let told = done.withLock { $0 }
        #expect(!told.isEmpty && told.count < 400, "the disk ran full on the way")
        let kept = try Set(CaseDesk(CaseStore(opening: scratch.folder), now: DeskCounty.monday).units().map(\.id))
        #expect(told.isSubset(of: kept) && told.count == kept.count)
        #expect(try CaseStore(opening: scratch.folder).verifyAudit().isSound)
    }
}
