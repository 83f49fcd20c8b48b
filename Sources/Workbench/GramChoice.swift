internal import Classifying
internal import Glibc

/// The signs that one table of a layer learns, character runs with the named sets or pairs of characters: those that stand in
/// at least two texts, the commonest first, as many as the table holds.
///
/// A sign that stands in few texts says more where it stands: its value in training is the logarithm of the share of texts
/// without it (inverse document frequency), and the penalty on its weight is so much the smaller. The weights that go into the
/// table have that factor in them, so that matching need not know of it.
struct GramChoice {
    /// What a table knows.
    enum Signs {
        /// Character runs and the lexicons' named sets.
        case runs
        /// Pairs of characters with others between them.
        case pairs
    }

    /// The table; its weights are 0.
    private(set) var table: GramTable
    private let signs: Signs
    /// By row: how rare the sign is.
    private let rarity: [Double]

    /// The fewest texts that a sign must stand in.
    private static let leastTexts = 2
    /// One weight in so many may be cut off, so that the others are told apart more finely.
    private static let cut = 2_000

    init(_ texts: [ModelTrainer.Prepared], _ signs: Signs, table: GramTable) {
        var counts: [UInt64: Int] = [:]
        var isNamed: Set<UInt64> = []
        for text in texts {
            let found = signs.found(in: text)
            isNamed.formUnion(found.sets)
            for hash in Set(found.plain + found.sets) { counts[hash, default: 0] += 1 }
        }
        var table = table
        var rarity = [Double](repeating: 0, count: table.rowCount)
        // The lexicons' named sets come first: they are few.
        let chosen = counts.filter { $0.value >= Self.leastTexts }.sorted {
            (isNamed.contains($0.key) ? 0 : 1, $1.value, $0.key) < (isNamed.contains($1.key) ? 0 : 1, $0.value, $1.key)
        }
        for (hash, count) in chosen {
            guard let row = table.insert(hash), rarity[row] == 0 else { continue }
            rarity[row] = max(0.05, log(Double(texts.count) / Double(count + 1)))
        }
        self.table = table
        self.signs = signs
        self.rarity = rarity
    }

    /// What a text has of this table's signs, as a regression takes it: the numbers of the rows, and their values.
    func features(of text: ModelTrainer.Prepared) -> [(row: Int, value: Double)] {
        let found = signs.found(in: text)
        func features(_ hashes: [UInt64], _ share: Double) -> [(row: Int, value: Double)] {
            hashes.compactMap { hash in table.row(of: hash).map { ($0, rarity[$0] * share) } }
        }
        return features(found.plain, signs.share / LinearModel.norm(found.plain.count))
            + features(found.sets, LinearModel.classShare / LinearModel.norm(found.sets.count))
    }

    /// The table with a regression's weights as signed bytes, and what a weight of one stands for; `offset` is the number that
    /// the regression has for the table's first row.
    func filled(with regression: SoftmaxRegression, from offset: Int = 0) -> (table: GramTable, scale: Double) {
        func weight(_ row: Int, _ column: Int) -> Double {
            regression.weights[(offset + row) * regression.stride + column] * rarity[row]
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

extension GramChoice.Signs {
    /// What all of a text's signs together count, the named sets apart.
    fileprivate var share: Double { self == .pairs ? LinearModel.pairShare : 1 }

    /// The signs of a text, each as often as it stands there, and the named sets.
    fileprivate func found(in text: ModelTrainer.Prepared) -> (plain: [UInt64], sets: [UInt64]) {
        var plain: [UInt64] = []
        switch self {
        case .runs:
            CharacterGrams.forEach(in: text.text) { hash, _, _ in plain.append(hash) }
            return (plain, text.classes.map(CharacterGrams.hash(ofClass:)))
        case .pairs:
            CharacterGrams.forEach(in: text.text) { _, _, _ in
            } pair: { hash, _, _ in
                plain.append(hash)
            }
            return (plain, [])
        }
    }
}

extension SoftmaxRegression.Example {
    /// A text with what several tables know of it; each table's rows are numbered on from the one before.
    init(_ text: ModelTrainer.Prepared, label: Int, choices: [GramChoice]) {
        self.init(features: [], values: [], label: label, weight: text.weight)
        var offset = 0
        for choice in choices {
            for feature in choice.features(of: text) {
                features.append(Int32(offset + feature.row))
                values.append(Float(feature.value))
            }
            offset += choice.table.rowCount
        }
    }
}
