internal import Glibc

/// Log-odds to probabilities.
public enum Softmax {
    /// The probabilities of log-odds, in their order; they sum to one.
    public static func probabilities(_ odds: [Double]) -> [Double] {
        let highest = odds.max() ?? 0
        let weights = odds.map { exp($0 - highest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The probability of three classes together beside one whose log-odds are 0.
    static func remainder(_ first: Double, _ second: Double, _ third: Double) -> Double {
        let highest = max(0, first, second, third)
        let rest = exp(-highest)
        let sum = exp(first - highest) + exp(second - highest) + exp(third - highest)
        return sum / (sum + rest)
    }

    /// A probability whose log-odds are moved.
    static func shifted(_ probability: Double, by odds: Double) -> Double {
        let raised = probability * exp(odds)
        return raised / (raised + 1 - probability)
    }

    /// Probabilities of classes and, as the last, of none of them, after the log-odds of each class were moved.
    static func shifted(_ probabilities: [Double], by odds: [Double]) -> [Double] {
        if odds.allSatisfy({ $0 == 0 }) { return probabilities }
        let weights = zip(probabilities, odds + [0]).map { $0 * exp($1) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// What a class costs that was given this probability: its negative logarithm.
    public static func loss(_ probability: Double) -> Double { -log(max(probability, 1e-300)) }

    /// The natural logarithm of what is left, as evidence that adds up: 0 for no evidence, 3 for 0.95.
    public static func evidence(_ score: Double) -> Double { -log(max(1 - score, 0.0183)) }
}
