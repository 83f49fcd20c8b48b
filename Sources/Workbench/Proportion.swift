/// A share of cases, with the interval in which the true share lies in 19 of 20 samples of this size.
public struct Proportion: Sendable, Equatable {
    /// The cases that count.
    public var count: Int
    /// All cases.
    public var total: Int

    /// Makes a share.
    public init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
    }

    /// 0...1; nil for no cases.
    public var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

    /// Wilson's score interval at 95 %; nil for no cases.
    ///
    /// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
    public var interval: ClosedRange<Double>? {
        guard let share = value else { return nil }
        let z = 1.959964
        let size = Double(total)
        let middle = (share + z * z / (2 * size)) / (1 + z * z / size)
        let half = z / (1 + z * z / size) * (share * (1 - share) / size + z * z / (4 * size * size)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}
