public import Messages

/// A small linear model over a text's character runs and over what the rules say of it.
///
/// Two layers. The first sums one weight for each character run, one for each pair of characters with one or two others between
/// them (没…水), and one for each named set of the lexicons that has a word
/// in the text (村干部 … 名下 … 补贴 is cadres, holding, benefits, whatever words stand for them): how the text sounds, for each track and each topic
/// (topics without pairs). The
/// second weighs these sums against the rules' evidence and gives probabilities. Both are made by `ModelTrainer` in
/// Workbench; equal training data give equal bytes.
///
/// - Size: four bytes for each run and each pair that it knows for tracks, topics + 1 for each run that it knows for topics; a
///   million bytes at most.
/// - Cost: one look-up for each run and each pair of a text.
public struct LinearModel: Sendable, Equatable {
    /// What the second layer weighs; the order is that of its weights.
    public static let evidenceNames = [
        "bias", "text.misconduct", "text.grievance", "text.suggestion", "rules.misconduct", "rules.grievance",
        "rules.suggestion", "rules.sum.misconduct", "rules.sum.grievance", "stopped.misconduct", "stopped.grievance",
        "guards.misconduct", "guards.grievance", "length", "text.peak",
    ]

    /// How many they are.
    static let evidenceCount = 15

    /// The first layer's runs, for tracks: misconduct, grievance, suggestion.
    public var tracks = GramTable(rowCount: 65_536, columns: 3)
    /// The first layer's pairs, for tracks.
    public var pairs = GramTable(rowCount: 32_768, columns: 3)
    /// The first layer's runs, for topics, in the order of `Topic.allCases`.
    public var topics = GramTable(rowCount: 14_336, columns: Topic.allCases.count)
    /// What a weight of one stands for.
    public var trackScale = 1.0
    /// The same for pairs.
    public var pairScale = 1.0
    /// The same for topics.
    public var topicScale = 1.0
    /// Added to the sums, by track.
    public var trackBias = [0.0, 0.0, 0.0]
    /// Added to the sums, by topic.
    public var topicBias = [Double](repeating: 0, count: Topic.allCases.count)
    /// The second layer: for each track a weight for each of `evidenceNames`.
    public var evidenceWeights = [Double](repeating: 0, count: 3 * LinearModel.evidenceNames.count)
    /// How much the text's sound counts when the topic is chosen, beside the rules.
    public var topicShare = 1.0
    /// From this probability up that a text is a complaint, it is flagged.
    public var accept = 0.5
    /// The share of the misconduct track, among the tracks, from which it wins over the others.
    public var strictness = 0.5

    /// Makes a model that has learned nothing.
    public init() {}

    /// How a text sounds: for each track (`Track.allCases`) the log-odds against "nothing to flag", and as the last the peak:
    /// those of misconduct or grievance in the piece of the text in which they are highest.
    ///
    /// Small talk and thanks around a complaint outweigh it in the whole, not in its piece. A piece ends with a punctuation
    /// mark or a line and has at least `pieceRuns` runs; its pairs and the named sets are not counted in.
    public func trackSound(of text: NormalizedText, classes: [UInt32]) -> SIMD4<Double> {
        // Three plain sums: conversions between vectors of different widths are not inlined.
        var (misconduct, grievance, suggestion) = (0, 0, 0)
        var classSums = (0, 0, 0)
        var pairSums = (0, 0, 0)
        var piece = (first: 0, misconduct: 0, grievance: 0)
        var peak = -Double.infinity
        func endPiece(_ runs: Int) {
            let scale = trackScale / Self.norm(max(runs - piece.first, Self.pieceRuns))
            peak = max(
                peak, Double(misconduct - piece.misconduct) * scale + trackBias[0],
                Double(grievance - piece.grievance) * scale + trackBias[1])
            piece = (runs, misconduct, grievance)
        }
        let runs = tracks.rows.withUnsafeBufferPointer { rows in
            for digest in classes {
                let at = tracks.offset(of: CharacterGrams.hash(ofClass: digest), in: rows)
                guard at >= 0 else { continue }
                classSums.0 += Int(rows[at])
                classSums.1 += Int(rows[at + 1])
                classSums.2 += Int(rows[at + 2])
            }
            return pairs.rows.withUnsafeBufferPointer { pairRows in
                CharacterGrams.forEach(in: text) { hash, _, _ in
                    let at = tracks.offset(of: hash, in: rows)
                    guard at >= 0 else { return }
                    misconduct += Int(rows[at])
                    grievance += Int(rows[at + 1])
                    suggestion += Int(rows[at + 2])
                } pair: { hash, _, _ in
                    let at = pairs.offset(of: hash, in: pairRows)
                    guard at >= 0 else { return }
                    pairSums.0 += Int(pairRows[at])
                    pairSums.1 += Int(pairRows[at + 1])
                    pairSums.2 += Int(pairRows[at + 2])
                } pieceEnded: { runs in
                    if runs - piece.first >= Self.pieceRuns { endPiece(runs) }
                }
            }
        }
        if runs > piece.first || runs == 0 { endPiece(runs) }
        let scale = trackScale / Self.norm(runs)
        let classScale = trackScale * Self.classShare / Self.norm(classes.count)
        let pairScale = pairScale * Self.pairShare / Self.norm(CharacterGrams.pairs(ofRuns: runs))
        func sum(_ runs: Int, _ classes: Int, _ pairs: Int) -> Double {
            Double(runs) * scale + Double(classes) * classScale + Double(pairs) * pairScale
        }
        return SIMD4(
            sum(misconduct, classSums.0, pairSums.0) + trackBias[0],
            sum(grievance, classSums.1, pairSums.1) + trackBias[1],
            sum(suggestion, classSums.2, pairSums.2) + trackBias[2], peak)
    }

    /// The probability that a text complains, by its sound alone: no rule fired and no guard.
    func soundProbability(_ sound: SIMD4<Double>, length: Int) -> Double {
        let width = Self.evidenceCount
        let clipped = Self.clipped(sound)
        func odds(_ track: Int) -> Double {
            let row = track * width
            return evidenceWeights[row] + evidenceWeights[row + 1] * clipped[0] + evidenceWeights[row + 2] * clipped[1]
                + evidenceWeights[row + 3] * clipped[2] + evidenceWeights[row + width - 2] * Self.length(length)
                + evidenceWeights[row + width - 1] * clipped[3]
        }
        return Softmax.remainder(odds(0), odds(1), odds(2))
    }

    /// Sums beyond this say no more.
    static func clipped(_ sound: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(
            min(8, max(-8, sound[0])), min(8, max(-8, sound[1])), min(8, max(-8, sound[2])), min(8, max(-8, sound[3])))
    }

    /// A text's length as evidence.
    static func length(_ units: Int) -> Double { Double(min(units, 200)) / 50 }

    /// How a text sounds, topic by topic, in the order of `Topic.allCases`.
    public func topicSound(of text: NormalizedText, classes: [UInt32]) -> [Double] {
        let columns = topics.columns
        var sums = [Int32](repeating: 0, count: columns)
        var classSums = sums
        let runs = topics.rows.withUnsafeBufferPointer { rows in
            func add(_ hash: UInt64, to sums: inout [Int32]) {
                let at = topics.offset(of: hash, in: rows)
                guard at >= 0 else { return }
                for topic in 0..<columns { sums[topic] += Int32(rows[at + topic]) }
            }
            for digest in classes { add(CharacterGrams.hash(ofClass: digest), to: &classSums) }
            return CharacterGrams.forEach(in: text) { hash, _, _ in add(hash, to: &sums) }
        }
        let scale = topicScale / Self.norm(runs)
        let classScale = topicScale * Self.classShare / Self.norm(classes.count)
        return Topic.allCases.indices.map { topic in
            Double(sums[topic]) * scale + Double(classSums[topic]) * classScale + topicBias[topic]
        }
    }

    /// The fewest runs of a piece, some eight characters: shorter ones sound like anything.
    static let pieceRuns = 24

    /// What the named sets count beside the runs.
    public static let classShare = 0.5

    /// What the pairs count beside the runs.
    public static let pairShare = 0.7

    /// Long texts have more runs, not stronger ones.
    public static func norm(_ runs: Int) -> Double { Double(max(1, runs)).squareRoot() }

    /// The probabilities of the tracks (`Track.allCases`), and of nothing to flag as the last.
    public func probabilities(of evidence: [Double]) -> [Double] {
        let width = Self.evidenceNames.count
        var odds = [0.0, 0.0, 0.0, 0.0]
        for track in 0..<3 {
            for item in 0..<width { odds[track] += evidenceWeights[track * width + item] * evidence[item] }
        }
        return Softmax.probabilities(odds)
    }

    /// The runs and pairs that speak most for a track, as ranges of units, joined where they touch, in text order, widened to the words
    /// and numbers that their ends cut.
    ///
    /// Those that carry half of what speaks for it, at most `most`. A pair is named with what stands in it.
    public func carriers(of track: Track, in text: NormalizedText, most: Int = 6) -> [Range<Int>] {
        let column = Track.allCases.firstIndex(of: track) ?? 0
        var (runs, pairs): ([Sign], [Sign]) = ([], [])
        let count = CharacterGrams.forEach(in: text) { hash, start, end in
            guard end - start > 1 else { return }
            runs += sign(hash, start..<end, tracks, column, text)
        } pair: { hash, start, end in
            pairs += sign(hash, start..<end, self.pairs, column, text)
        }
        let share = pairScale * Self.pairShare / Self.norm(CharacterGrams.pairs(ofRuns: count))
        let found =
            (runs.map { Sign(weight: $0.weight * trackScale / Self.norm(count), range: $0.range) }
            + pairs.map { Sign(weight: $0.weight * share, range: $0.range) }).sorted {
                ($1.weight, $0.range.lowerBound, $0.range.upperBound)
                    < ($0.weight, $1.range.lowerBound, $1.range.upperBound)
            }
        let half = found.reduce(0) { $0 + $1.weight } / 2
        var carried = 0.0
        var chosen: [Range<Int>] = []
        for sign in found where chosen.count < most && carried <= half {
            carried += sign.weight
            chosen.append(WordEdges.widened(sign.range, in: text))
        }
        return Self.joined(chosen)
    }

    /// What speaks for a track, and where it stands.
    private struct Sign {
        let weight: Double
        let range: Range<Int>
    }

    /// A run or a pair that a table knows, that speaks for a track and that a person can read; else nothing.
    private func sign(
        _ hash: UInt64, _ range: Range<Int>, _ table: GramTable, _ column: Int, _ text: NormalizedText
    ) -> [Sign] {
        guard let row = table.row(of: hash), table[row, column] > 0,
            text.units[range].allSatisfy(Self.isWordUnit)
        else { return [] }
        return [Sign(weight: Double(table[row, column]), range: range)]
    }

    /// A letter, a digit or a Han character: what a person can make something of.
    private static func isWordUnit(_ unit: UInt16) -> Bool {
        unit &- 0x30 < 10 || unit &- 0x61 < 26 || (unit >= 0x3400 && unit < 0xA000)
    }

    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
