import Dispatch
import GRDB
import Synchronization

/// The line before the one writing connection: the acts that wait at one moment share one transaction.
///
/// A page of a queue is an act, too, as reads are logged, and what an act costs most is the wait for the disk at its
/// end. Each act stands in a savepoint of its own, so that one that fails undoes nothing of its neighbours, and nobody
/// gets an answer before the common transaction is on the disk, unless all acts in it said that they need not wait.
final class ActLine: Sendable {
    /// How many acts share a transaction at most: a decision must not wait for an endless row of pages.
    private static let longest = 64

    /// One act that waits.
    ///
    /// `@unchecked`: its fields are the waiting thread's until it stands in line, the leader's until the semaphore is
    /// raised, and the waiting thread's again after that; the line's lock and the semaphore order the three.
    private final class Ticket: @unchecked Sendable {
        /// Nil once it ran: the caller's closure must not outlive the caller's wait.
        var body: ((Database) throws -> Void)?
        let waitsForDisk: Bool
        let turn = DispatchSemaphore(value: 0)
        var error: (any Error)?
        var leads = false

        init(_ waitsForDisk: Bool, _ body: @escaping (Database) throws -> Void) {
            (self.waitsForDisk, self.body) = (waitsForDisk, body)
        }
    }

    private struct State {
        var waiting: [Ticket] = []
        var isLed = false
        /// How the writing connection is set, from one transaction to the next: most are of lists, and a setting that stays
        /// need not be made.
        var waitsForDisk = true
    }

    private let state = Mutex(State())

    /// Runs an act in a transaction of `pool`, alone or with others, and returns once it is on the disk.
    ///
    /// Where it need not wait for the disk it returns once it is with the system: a process that dies loses nothing of it, a
    /// machine that does might.
    func run(on pool: DatabasePool, waitsForDisk: Bool, _ body: @escaping (Database) throws -> Void) throws {
        let ticket = Ticket(waitsForDisk, body)
        let leads = state.withLock { state in
            state.waiting.append(ticket)
            defer { state.isLed = true }
            return !state.isLed
        }
        if leads { ticket.leads = true } else { ticket.turn.wait() }
        if ticket.leads { lead(on: pool) }
        if let error = ticket.error { throw error }
    }

    /// Runs what waits, then hands the lead to the next in line.
    private func lead(on pool: DatabasePool) {
        let batch = state.withLock { state in
            let batch = Array(state.waiting.prefix(Self.longest))
            state.waiting.removeFirst(batch.count)
            return batch
        }
        perform(batch, on: pool)
        for ticket in batch { ticket.body = nil }
        let next = state.withLock { state in
            state.isLed = !state.waiting.isEmpty
            return state.waiting.first
        }
        // The first of the batch is the leader, who waits for nobody.
        for ticket in batch.dropFirst() { ticket.turn.signal() }
        next?.leads = true
        next?.turn.signal()
    }

    private func perform(_ batch: [Ticket], on pool: DatabasePool) {
        var left = batch[...]
        while !left.isEmpty {
            let begun = left
            do {
                try pool.writeWithoutTransaction { database in
                    try set(database, toWait: begun.contains { $0.waitsForDisk })
                    try database.inTransaction(.immediate) {
                        while let ticket = left.popFirst() {
                            // A full disk makes SQLite undo the transaction by itself: nothing may follow in it.
                            guard Self.perform(ticket, isAlone: begun.count == 1, in: database) else {
                                throw Undone(ticket.error)
                            }
                        }
                        return .commit
                    }
                }
            } catch {
                let cause = (error as? Undone)?.cause ?? error
                // Where no transaction could even begin, none will for the others.
                if left.count == begun.count { left = [] }
                for ticket in begun.dropLast(left.count) where ticket.error == nil { ticket.error = cause }
            }
        }
    }

    /// Lets the connection wait for the disk at the end of its transactions, or not; SQLite takes this between two of them
    /// only.
    private func set(_ database: Database, toWait waits: Bool) throws {
        guard state.withLock(\.waitsForDisk) != waits else { return }
        try database.execute(sql: waits ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
        state.withLock { $0.waitsForDisk = waits }
    }

    /// Runs one act; false when the whole transaction is gone with it.
    private static func perform(_ ticket: Ticket, isAlone: Bool, in database: Database) -> Bool {
        do {
            if isAlone {
                try ticket.body?(database)
            } else {
                try database.inSavepoint {
                    try ticket.body?(database)
                    return .commit
                }
            }
            return true
        } catch {
            ticket.error = error
            return !isAlone && database.isInsideTransaction
        }
    }

    /// The transaction was undone by the failure of one act.
    private struct Undone: Error {
        var cause: any Error

        init(_ cause: (any Error)?) { self.cause = cause ?? DatabaseError(resultCode: .SQLITE_ABORT) }
    }
}
