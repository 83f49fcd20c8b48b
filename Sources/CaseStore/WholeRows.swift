import Synchronization

/// Which cases and flags were found as their last act left them, since another program last wrote.
///
/// A list shows many rows, and holding each against its seal every time would take longer than reading them. What this program
/// writes is sealed in the act that writes it, so that what was whole stays so.
final class WholeRows: Sendable {
    private struct Known {
        var mark: SQLMark
        var numbers: Set<Int> = []
    }

    private struct Place: Hashable {
        var connection: ObjectIdentifier
        var kind: RowTally.Kind
    }

    /// More numbers than this are forgotten.
    private static let most = 100_000

    private let known = Mutex<[Place: Known]>([:])

    /// Those of some cases or flags that are as the last act left them.
    ///
    /// - Cost: some queries for each number that isn't known; a look into a set for the others.
    func whole(
        _ numbers: [Int], of sheet: RowSeal.Sheet, in session: any SQLSession, by sealer: CaseSealer
    ) throws -> Set<Int> {
        guard !numbers.isEmpty else { return [] }
        let mark = try session.othersMark()
        let place = mark.map { Place(connection: $0.connection, kind: sheet.kind) }
        var whole: Set<Int> = []
        if let mark, let place {
            known.withLock {
                guard let found = $0[place], found.mark == mark else { return $0[place] = Known(mark: mark) }
                whole = found.numbers.intersection(numbers)
            }
        }
        let fresh = try numbers.filter { number in
            guard !whole.contains(number) else { return false }
            return try RowSeal.isWhole(number, of: sheet, in: session, by: sealer)
        }
        if let mark, let place, !fresh.isEmpty {
            known.withLock {
                guard $0[place]?.mark == mark else { return }
                if let count = $0[place]?.numbers.count, count > Self.most { $0[place]?.numbers = [] }
                $0[place]?.numbers.formUnion(fresh)
            }
        }
        return whole.union(fresh)
    }
}
