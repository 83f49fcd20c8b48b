internal import Messages

/// What the columns of an unknown table may be, out of what they are called and of what stands in their first rows.
///
/// A guess for a person to check: it is printed as a mapping and never read by itself.
struct ColumnRoles {
    /// The column of each field that one was found for.
    private(set) var columns: [ColumnMap.Field: Int] = [:]

    private let names: [ColumnName]
    private let rows: [[[UInt8]]]
    private var taken: Set<Int> = []

    /// - Parameters:
    ///   - names: The header's cells, perhaps with line ends in them.
    ///   - rows: The first rows, as far as they are known.
    init(names: [String], rows: [[[UInt8]]]) {
        self.names = names.map(ColumnName.init)
        self.rows = rows
        chooseTime()
        choose(.text) { $0.rank(of: ColumnName.texts, refusing: $0.saysNoText) }
        if columns[.text] == nil {
            choose(.text) { _ in
                0
            } atLeast: {
                $0.hasWords($1)
            }
        }
        choose(.sender) {
            $0.rank(of: ColumnName.senders, refusing: $0.saysNoSender)
        } atLeast: {
            !$0.isNumbers($1)
        }
        choose(.senderID) { $0.isID && !$0.isOfGroup && !$0.isOfMessage && !$0.isOfReceiver ? $0.senderIDRank : nil }
        choose(.group) {
            $0.isOfGroup && !$0.isID && !$0.isKind && !$0.isPerson ? 0 : nil
        } atLeast: {
            !$0.isNumbers($1)
        }
        choose(.groupID) { $0.isOfGroup && $0.isID ? 0 : nil }
        choose(.id) {
            $0.isOfMessage && $0.isID && !$0.isOfGroup ? 0 : nil
        } atLeast: {
            $0.isLong($1)
        }
        choose(.kind) {
            $0.isKind && !$0.isOfGroup && !$0.isPerson ? 0 : nil
        } atLeast: {
            $0.hasKinds($1)
        }
        choose(.transcript) { $0.isTranscript ? 0 : nil }
        choose(.quote) { $0.isQuote && !$0.isID && !$0.isKind && $0.timeRank == nil ? 0 : nil }
    }

    // MARK: Choosing

    /// Gives a field the column of the lowest rank; of equal ones the first.
    private mutating func choose(
        _ field: ColumnMap.Field, _ rank: (ColumnName) -> Int?,
        atLeast fits: (ColumnRoles, Int) -> Bool = { _, _ in true }
    ) {
        let ranked = names.indices.compactMap { index -> (Int, Int)? in
            guard !taken.contains(index), fits(self, index) else { return nil }
            return rank(names[index]).map { ($0, index) }
        }
        if let best = ranked.min(by: { $0 < $1 }) { take(field, best.1) }
    }

    private mutating func take(_ field: ColumnMap.Field, _ column: Int) {
        columns[field] = column
        taken.insert(column)
    }

    /// The time, before all else: a day with a clock, else a clock with the day beside it, else a day alone.
    private mutating func chooseTime() {
        let named = names.indices.compactMap { index in
            names[index].timeRank.map { rank in
                let seen = shape(inRowsOf: index)
                return (
                    index: index, rank: rank, shape: seen ?? shape(named: names[index]),
                    isDoubtful: seen == nil && !cells(index).isEmpty
                )
            }
        }
        // Times that nobody can read may still be meant.
        let dated = named.contains { !$0.isDoubtful } ? named.filter { !$0.isDoubtful } : named
        func best(_ shape: Shape) -> Int? {
            dated.filter { $0.shape == shape }.min { ($0.rank, $0.index) < ($1.rank, $1.index) }?.index
        }
        if let full = best(.full) { return take(.time, full) }
        if let clock = best(.clock) {
            take(.time, clock)
            if let day = best(.day) { take(.date, day) }
            return
        }
        // Nobody called it a time, and all its cells are one.
        let unnamed = names.indices.first { names[$0].isPlain && shape(inRowsOf: $0) == .full }
        if let found = unnamed ?? best(.day) { take(.time, found) }
    }

    // MARK: What stands in a column

    private enum Shape { case full, clock, day }

    /// What the name of a column says of a time.
    private func shape(named name: ColumnName) -> Shape {
        if name.saysDayAlone { return .day }
        return names.contains { $0.saysDayAlone && $0.timeRank == 0 } && !name.saysDay ? .clock : .full
    }

    /// What the cells of a column say of a time; nil where most of them are none.
    private func shape(inRowsOf index: Int) -> Shape? {
        let cells = cells(index)
        let shapes = cells.compactMap { cell -> Shape? in
            cell.withUnsafeBufferPointer { view in
                if let (seconds, precision) = ExportTime.parse(view) {
                    // A number of nineteen digits is an id, not so many nanoseconds.
                    guard (ExportTime.earliest..<4_102_444_800).contains(seconds) else { return nil }
                    return precision == .day ? .day : .full
                }
                return MappedTime.lack(view) == .nothing ? nil : .clock
            }
        }
        guard !shapes.isEmpty, shapes.count * 2 >= cells.count else { return nil }
        return [.full, .clock, .day].max { one, other in shapes.count { $0 == one } < shapes.count { $0 == other } }
    }

    /// The cells of a column that hold anything.
    private func cells(_ index: Int) -> [[UInt8]] {
        rows.compactMap { row in
            guard row.indices.contains(index) else { return nil }
            let cell = row[index].withUnsafeBufferPointer { view in Array(view.part(view.trimmed(0..<view.count))) }
            return cell.isEmpty ? nil : cell
        }
    }

    private func isNumbers(_ index: Int) -> Bool {
        let cells = cells(index)
        return !cells.isEmpty && cells.allSatisfy { cell in cell.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E } }
    }

    private func isLong(_ index: Int) -> Bool {
        let cells = cells(index)
        return cells.isEmpty || cells.contains { $0.count >= 8 }
    }

    /// True where the cells are of kinds that are known.
    private func hasKinds(_ index: Int) -> Bool {
        let cells = cells(index)
        return cells.isEmpty || cells.contains { $0.withUnsafeBufferPointer { MappedKind.kind($0) } != nil }
    }

    /// True for a column whose cells differ and are the longest of the table.
    private func hasWords(_ index: Int) -> Bool {
        func length(_ column: Int) -> Int { cells(column).reduce(0) { $0 + $1.count } }
        guard names[index].isPlain, !isNumbers(index), Set(cells(index)).count > 1 else { return false }
        return names.indices.allSatisfy { $0 == index || taken.contains($0) || length($0) < length(index) }
    }
}
