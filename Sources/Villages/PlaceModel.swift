private import CPlaces

/// A linear model that tells from the words around a village's or the township's name whether the matter of a text lies there.
///
/// The rules name a part for each place that they have a frame for; what is said otherwise they leave as the place. This weighs all
/// that stands around the name, and was taught lines in which no rule had a hand. `minsheng gazetteer train` makes it; the shipped
/// one lies in the program.
///
/// - Size: one signed byte for each of `capacity` signs.
package struct PlaceModel: Sendable, Equatable {
    /// How many weights it has.
    package static let capacity = PlaceSigns.capacity

    /// One weight for each sign.
    private let weights: [Int8]
    /// What a weight of one stands for.
    private let scale: Double
    /// Added to the sum.
    private let bias: Double

    /// Makes a model of weights that are read in units of `scale`.
    package init(weights: [Int8], scale: Double, bias: Double) {
        precondition(weights.count == Self.capacity, "a model of \(weights.count) weights")
        self.weights = weights
        self.scale = scale
        self.bias = bias
    }

    /// The log-odds that the matter lies there, by the signs of the village's names: above 0 more likely than not.
    package func odds(_ signs: [UInt32]) -> Double {
        var sum = 0
        for sign in signs { sum += Int(weights[Int(sign)]) }
        return Double(sum) * scale + bias
    }

    /// The log-odds that the matter is that of what a text is asked about.
    func odds(_ signs: PlaceSigns, of question: PlaceSigns.Question) -> Double {
        var sum = 0
        weights.withUnsafeBufferPointer { weights in
            signs.forEach(of: question) { sum += Int(weights[Int($0)]) }
        }
        return Double(sum) * scale + bias
    }

    /// The model that lies in the program; nil where the program was built without one.
    package static let shipped: PlaceModel? = {
        guard let start = cplaces_weights() else { return nil }
        return PlaceModel(Array(UnsafeBufferPointer(start: start, count: Int(cplaces_size()))))
    }()

    /// A file: four letters, the numbers as bits of floats from the least byte up, the weights.
    private static let letters = Array("MSP1".utf8)
    private static let numbers = 2
    private static let head = 4 + 4 * numbers

    /// Reads a file's bytes; nil where they are none of this kind.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.head + Self.capacity, Array(bytes.prefix(4)) == Self.letters else { return nil }
        let numbers = (0..<Self.numbers).map { number in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 + 4 * number + $1]) << UInt32(8 * $1) }
            return Double(Float(bitPattern: bits))
        }
        guard numbers.allSatisfy(\.isFinite) else { return nil }
        self.init(
            weights: bytes.dropFirst(Self.head).map { Int8(bitPattern: $0) }, scale: numbers[0], bias: numbers[1])
    }

    /// The bytes of a file.
    package var bytes: [UInt8] {
        let numbers = [scale, bias].flatMap { number in
            let bits = Float(number).bitPattern
            return (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32(8 * $0)) }
        }
        return Self.letters + numbers + weights.map { UInt8(bitPattern: $0) }
    }
}
