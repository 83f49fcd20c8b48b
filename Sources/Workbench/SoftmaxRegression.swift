internal import Classifying

/// Multinomial logistic regression over sparse features with a penalty on the squares of its weights.
///
/// The biases are not penalised. Deterministic: equal examples in equal order give equal weights.
struct SoftmaxRegression {
    /// One example: its features' numbers, each as often as it occurs, what each is multiplied by, its class, and how much
    /// it counts.
    struct Example {
        var features: [Int32]
        var values: [Float]
        var label: Int
        var weight: Double
    }

    /// Columns of a feature's row: the classes, padded.
    let stride: Int
    /// The classes that have weights.
    let classes: Int
    /// True when there is a further class whose log-odds are 0.
    let hasReference: Bool
    /// The rows, and behind them the biases.
    private(set) var weights: [Double]
    private let features: Int

    init(features: Int, classes: Int, hasReference: Bool, stride: Int) {
        self.features = features
        self.stride = stride
        self.classes = classes
        self.hasReference = hasReference
        weights = [Double](repeating: 0, count: (features + 1) * stride)
    }

    /// What is added to each class.
    var bias: [Double] { Array(weights[(features * stride)..<(features * stride + classes)]) }

    /// Fits the weights in at most so many rounds; `freedom` is the inverse of the penalty: large values fit closely.
    mutating func train(_ examples: [Example], freedom: Double, rounds: Int) {
        let penalty = 1 / freedom
        weights = QuasiNewton(rounds: rounds).minimum(from: weights) { point, slope in
            loss(examples, point, &slope, penalty)
        }
    }

    /// The loss at a point; fills in its slope.
    private func loss(
        _ examples: [Example], _ point: [Double], _ slope: inout [Double], _ penalty: Double
    ) -> Double {
        var loss = 0.0
        let penalised = features * stride
        point.withUnsafeBufferPointer { point in
            slope.withUnsafeMutableBufferPointer { slope in
                for index in slope.indices {
                    slope[index] = index < penalised ? penalty * point[index] : 0
                    if index < penalised { loss += 0.5 * penalty * point[index] * point[index] }
                }
                for example in examples { loss += step(example, point, slope, penalised) }
            }
        }
        return loss
    }

    private func step(
        _ example: Example, _ point: UnsafeBufferPointer<Double>, _ slope: UnsafeMutableBufferPointer<Double>,
        _ bias: Int
    ) -> Double {
        var odds = (0..<classes).map { point[bias + $0] }
        odds.withUnsafeMutableBufferPointer { odds in
            for (feature, value) in zip(example.features, example.values) {
                let row = Int(feature) * stride
                for item in 0..<classes { odds[item] += point[row + item] * Double(value) }
            }
        }
        if hasReference { odds.append(0) }
        var errors = Softmax.probabilities(odds)
        let loss = Softmax.loss(errors[example.label]) * example.weight
        errors[example.label] -= 1
        errors.withUnsafeMutableBufferPointer { errors in
            for item in errors.indices { errors[item] *= example.weight }
            for (feature, value) in zip(example.features, example.values) {
                let row = Int(feature) * stride
                for item in 0..<classes { slope[row + item] += errors[item] * Double(value) }
            }
            for item in 0..<classes { slope[bias + item] += errors[item] }
        }
        return loss
    }
}
