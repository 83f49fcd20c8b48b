/// The character runs, or the pairs, that a layer of the model knows, with their weights: a hash table of buckets of four rows.
///
/// A row is a check byte (0: no run) and one weight for each column. A run that is not in the table counts nothing. Eight
/// bits of a run's hash stand for it beside its bucket, so that one strange run in some sixty is taken for another, which a
/// model bears.
public struct GramTable: Sendable, Equatable {
    /// How many rows it has, a multiple of four; a table of none knows nothing.
    public let rowCount: Int
    /// Weights of a row.
    public let columns: Int
    /// All rows: check bytes and weights.
    var rows: [Int8]

    private static let bucket = 4

    /// How many rows a table may have.
    static func isRowCount(_ rows: Int) -> Bool { rows % bucket == 0 && (0...1 << 24).contains(rows) }

    /// Makes an empty table of so many rows, a multiple of four up to 2^24.
    public init(rowCount: Int, columns: Int) {
        precondition(Self.isRowCount(rowCount), "a table of \(rowCount) rows")
        self.rowCount = rowCount
        self.columns = columns
        rows = [Int8](repeating: 0, count: (columns + 1) * rowCount)
    }

    /// The number of a run's row; nil when it is not in the table.
    public func row(of hash: UInt64) -> Int? {
        let at = rows.withUnsafeBufferPointer { offset(of: hash, in: $0) }
        return at < 0 ? nil : at / (columns + 1)
    }

    /// Gives a run a row; nil when its bucket is full.
    public mutating func insert(_ hash: UInt64) -> Int? {
        if let row = row(of: hash) { return row }
        guard rowCount > 0 else { return nil }
        let first = firstRow(of: hash)
        for row in first..<(first + Self.bucket) where rows[row * (columns + 1)] == 0 {
            rows[row * (columns + 1)] = Self.check(hash)
            return row
        }
        return nil
    }

    /// A weight.
    public subscript(row: Int, column: Int) -> Int8 {
        get { rows[row * (columns + 1) + 1 + column] }
        set { rows[row * (columns + 1) + 1 + column] = newValue }
    }

    /// Where a run's weights begin in the rows; negative when it is not in the table.
    @inline(__always)
    func offset(of hash: UInt64, in rows: UnsafeBufferPointer<Int8>) -> Int {
        let check = Self.check(hash)
        if rows.isEmpty { return -1 }
        var at = firstRow(of: hash) * (columns + 1)
        for _ in 0..<Self.bucket {
            if rows[at] == check { return at + 1 }
            at += columns + 1
        }
        return -1
    }

    /// Where a run's bucket begins: the upper half of its hash tells the bucket (Lemire's reduction).
    @inline(__always)
    private func firstRow(of hash: UInt64) -> Int {
        Int(((hash >> 32) &* UInt64(rowCount / Self.bucket)) >> 32) * Self.bucket
    }

    @inline(__always)
    private static func check(_ hash: UInt64) -> Int8 {
        let low = Int8(truncatingIfNeeded: hash)
        return low == 0 ? 1 : low
    }
}
