/// The character runs that a layer of the model knows, with their weights: a hash table of buckets of four rows.
///
/// A row is a check byte (0: no run) and one weight for each column. A run that is not in the table counts nothing. Eight
/// bits of a run's hash stand for it beside its bucket, so that one strange run in some sixty is taken for another, which a
/// model bears.
public struct GramTable: Sendable, Equatable {
    /// The rows are two to the power of this.
    public let bits: Int
    /// Weights of a row.
    public let columns: Int
    /// All rows: check bytes and weights.
    var rows: [Int8]

    private static let bucket = 4

    /// Makes an empty table of 2^`bits` rows (`bits` 2...24).
    public init(bits: Int, columns: Int) {
        precondition((2...24).contains(bits), "a table of 2^\(bits) rows")
        self.bits = bits
        self.columns = columns
        rows = [Int8](repeating: 0, count: (columns + 1) << bits)
    }

    /// The number of a run's row; nil when it is not in the table.
    public func row(of hash: UInt64) -> Int? {
        let at = rows.withUnsafeBufferPointer { offset(of: hash, in: $0) }
        return at < 0 ? nil : at / (columns + 1)
    }

    /// Gives a run a row; nil when its bucket is full.
    public mutating func insert(_ hash: UInt64) -> Int? {
        if let row = row(of: hash) { return row }
        let first = Int(hash >> UInt64(64 - bits + 2)) * Self.bucket
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
        var at = Int(hash >> UInt64(64 - bits + 2)) * Self.bucket * (columns + 1)
        for _ in 0..<Self.bucket {
            if rows[at] == check { return at + 1 }
            at += columns + 1
        }
        return -1
    }

    @inline(__always)
    private static func check(_ hash: UInt64) -> Int8 {
        let low = Int8(truncatingIfNeeded: hash)
        return low == 0 ? 1 : low
    }
}
