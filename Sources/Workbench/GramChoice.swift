internal import Classifying
internal import Glibc

/// The character runs that a layer learns: those that stand in at least two texts, the commonest first, as many as its table
/// holds.
///
/// A run that stands in few texts says more where it stands: its value in training is the logarithm of the share of texts
/// without it (inverse document frequency), and the penalty on its weight is so much the smaller. The weights that go into the
/// table have that factor in them, so that matching need not know of it.
struct GramChoice {
    /// The table; its weights are 0.
    private(set) var table: GramTable
    /// By row: how rare the run is.
    private let rarity: [Double]

    /// The fewest texts that a run must stand in.
    private static let leastTexts = 2
    /// One weight in so many may be cut off, so that the others are told apart more finely.
    private static let cut = 2_000

    init(_ texts: [ModelTrainer.Prepared], table: GramTable) {
        var counts: [UInt64: Int] = [:]
        var isNamed: Set<UInt64> = []
        for text in texts {
            var found = Set(text.classes.map(CharacterGrams.hash(ofClass:)))
            isNamed.formUnion(found)
            CharacterGrams.forEach(in: text.text) { hash, _, _ in found.insert(hash) }
            for hash in found { counts[hash, default: 0] += 1 }
        }
        var table = table
        var rarity = [Double](repeating: 0, count: 1 << table.bits)
        // The lexicons' named sets come first: they are few.
        let chosen = counts.filter { $0.value >= Self.leastTexts }.sorted {
            (isNamed.contains($0.key) ? 0 : 1, $1.value, $0.key) < (isNamed.contains($1.key) ? 0 : 1, $0.value, $1.key)
        }
        for (hash, count) in chosen {
            guard let row = table.insert(hash), rarity[row] == 0 else { continue }
            rarity[row] = max(0.05, log(Double(texts.count) / Double(count + 1)))
        }
        self.table = table
        self.rarity = rarity
    }

    /// A text as the regression takes it.
    func example(_ text: ModelTrainer.Prepared, label: Int) -> SoftmaxRegression.Example {
        var (features, values): ([Int32], [Double]) = ([], [])
        func add(_ hash: UInt64) {
            guard let row = table.row(of: hash) else { return }
            features.append(Int32(row))
            values.append(rarity[row])
        }
        let runs = CharacterGrams.forEach(in: text.text) { hash, _, _ in add(hash) }
        let plain = features.count
        for digest in text.classes { add(CharacterGrams.hash(ofClass: digest)) }
        let share = 1 / LinearModel.norm(runs)
        let classShare = LinearModel.classShare / LinearModel.norm(text.classes.count)
        for index in values.indices { values[index] *= index < plain ? share : classShare }
        return SoftmaxRegression.Example(
            features: features, values: values.map(Float.init), label: label, weight: text.weight)
    }

    /// The table with a regression's weights as signed bytes, and what a weight of one stands for.
    func filled(with regression: SoftmaxRegression) -> (table: GramTable, scale: Double) {
        func weight(_ row: Int, _ column: Int) -> Double {
            regression.weights[row * regression.stride + column] * rarity[row]
        }
        let rows = rarity.indices.filter { rarity[$0] > 0 }
        let sizes = rows.flatMap { row in (0..<table.columns).map { abs(weight(row, $0)) } }.sorted()
        guard let largest = sizes.dropLast(sizes.count / Self.cut).last, largest > 0 else { return (table, 1) }
        var filled = table
        let scale = largest / 127
        for row in rows {
            for column in 0..<table.columns {
                filled[row, column] = Int8(max(-127, min(127, (weight(row, column) / scale).rounded())))
            }
        }
        return (filled, scale)
    }
}
