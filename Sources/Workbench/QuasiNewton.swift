/// Finds the least value of a smooth convex function by L-BFGS with halving steps.
///
/// Source: Nocedal and Wright, "Numerical Optimization", 2nd edition (2006), algorithms 7.4 and 3.1.
struct QuasiNewton {
    /// The most steps.
    var rounds = 100
    /// How many steps back are remembered.
    var memory = 8
    /// It stops where the slope is this small beside the point.
    var tolerance = 1e-4

    /// One remembered step.
    private struct Pair {
        let step: [Double]
        let change: [Double]
        let scale: Double
    }

    /// The point of the least value; `value` gives the function's value and fills in its slope.
    func minimum(from start: [Double], _ value: ([Double], inout [Double]) -> Double) -> [Double] {
        var point = start
        var slope = [Double](repeating: 0, count: start.count)
        var current = value(point, &slope)
        var pairs: [Pair] = []
        for _ in 0..<rounds {
            var way = direction(slope, pairs)
            var descent = Self.dot(way, slope)
            if descent >= 0 {
                // What is remembered has gone stale: straight down.
                pairs.removeAll()
                way = slope.map { -$0 }
                descent = -Self.dot(slope, slope)
            }
            guard -descent > tolerance * tolerance * max(1, abs(current)) else { break }
            var length = pairs.isEmpty ? min(1, 1 / Self.dot(slope, slope).squareRoot()) : 1
            var next = point
            var nextSlope = slope
            var nextValue = current
            for _ in 0..<30 {
                for index in point.indices { next[index] = point[index] + length * way[index] }
                nextValue = value(next, &nextSlope)
                if nextValue <= current + 1e-4 * length * descent { break }
                length /= 2
            }
            guard nextValue < current else { break }
            let step = zip(next, point).map { $0 - $1 }
            let change = zip(nextSlope, slope).map { $0 - $1 }
            let curvature = Self.dot(step, change)
            if curvature > 1e-12 {
                pairs.append(Pair(step: step, change: change, scale: 1 / curvature))
                if pairs.count > memory { pairs.removeFirst() }
            }
            let gain = current - nextValue
            (point, slope, current) = (next, nextSlope, nextValue)
            if gain < tolerance * 1e-3 * max(1, abs(current)) { break }
        }
        return point
    }

    /// The two-loop recursion.
    private func direction(_ slope: [Double], _ pairs: [Pair]) -> [Double] {
        var way = slope
        var shares: [Double] = []
        for pair in pairs.reversed() {
            let share = pair.scale * Self.dot(pair.step, way)
            shares.append(share)
            for index in way.indices { way[index] -= share * pair.change[index] }
        }
        if let last = pairs.last {
            let scale = 1 / (last.scale * Self.dot(last.change, last.change))
            for index in way.indices { way[index] *= scale }
        }
        for (pair, share) in zip(pairs, shares.reversed()) {
            let back = pair.scale * Self.dot(pair.change, way)
            for index in way.indices { way[index] += (share - back) * pair.step[index] }
        }
        for index in way.indices { way[index] = -way[index] }
        return way
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }
}
