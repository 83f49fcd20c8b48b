internal import ChineseText
public import Foundation
internal import Messages
package import Villages

/// A message of an invented group in which other villages or the township are named, with the place that its matter belongs to.
///
/// Names are placeholders: `{A}`, `{B}`, `{C}` for the stems of other villages, `{H}` for home's, `{T}` and `{K}` for a township's
/// and a county's.
public struct PlaceLine: Decodable, Sendable {
    /// The message.
    public var text: String
    /// "H" where it was written in home's group; nil for a letter without a group.
    public var group: String?
    /// The letters of the villages that the matter belongs to: "A", "H", or "AB" where it is that of both; "T" for the township.
    public var place: String
}

/// Makes the model that tells from the words around a village's or the township's name whether the matter lies there, from labelled
/// lines.
///
/// Every other village of a line is one example: the matter lies there, or it doesn't; a line without one is an example of the
/// township, where it has a word for it, and else none. Equal lines give an equal model.
public struct PlaceTrainer: Sendable {
    /// How closely the model fits its lines: the inverse of the penalty on its weights.
    public var freedom = 0.06

    /// The defaults.
    public init() {}

    /// A village of a line.
    private struct Example {
        var line: Int
        var signs: [UInt32]
        var isPlace: Bool
    }

    /// What is wrong with a line.
    public enum Problem: String, Error {
        /// No JSON object with text and place.
        case notALine
        /// The place is none of the villages that the text names, nor H; or T where other villages are named.
        case unknownPlace
    }

    /// The lines of a JSONL file, and the numbers of those that are none.
    public static func lines(of data: Data) -> (lines: [PlaceLine], problems: [(line: Int, problem: Problem)]) {
        var lines: [PlaceLine] = []
        var problems: [(line: Int, problem: Problem)] = []
        for (number, bytes) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where !bytes.isEmpty {
            guard let line = try? JSONDecoder().decode(PlaceLine.self, from: Data(bytes)) else {
                problems.append((number + 1, .notALine))
                continue
            }
            let isKnown = line.place.allSatisfy {
                switch $0 {
                case "H": true
                case "T": !["{A}", "{B}", "{C}"].contains(where: line.text.contains)
                default: "ABC".contains($0) && line.text.contains("{\($0)}")
                }
            }
            if isKnown, !line.place.isEmpty {
                lines.append(line)
            } else {
                problems.append((number + 1, .unknownPlace))
            }
        }
        return (lines, problems)
    }

    /// A model taught by the lines of several hands; with `isHeld` also how much of each hand's lines a model gets right that the
    /// others taught.
    public func model(of parts: [[PlaceLine]], isHeld: Bool = false) -> TrainedPlaces {
        var next = 0
        let parts = parts.map { lines in
            defer { next += lines.count }
            return lines.enumerated().flatMap { Self.examples(next + $0.offset, $0.element) }
        }
        var held: [TrainedPlaces.Held] = []
        for (number, part) in parts.enumerated() where isHeld {
            let model = trained(parts.indices.filter { $0 != number }.flatMap { parts[$0] })
            held.append(.init(right: part.count { (model.odds($0.signs) > 0) == $0.isPlace }, of: part.count))
        }
        return TrainedPlaces(
            model: trained(parts.flatMap { $0 }), villages: parts.reduce(0) { $0 + $1.count }, held: held)
    }

    private func trained(_ examples: [Example]) -> PlaceModel {
        let common = Self.common(examples)
        var regression = SoftmaxRegression(features: PlaceModel.capacity, classes: 1, hasReference: true, stride: 1)
        regression.train(
            examples.map { example in
                let signs = example.signs.filter { common[Int($0)] }.map(Int32.init)
                return .init(
                    features: signs, values: [Float](repeating: 1, count: signs.count), label: example.isPlace ? 0 : 1,
                    weight: 1)
            }, freedom: freedom, rounds: 200)
        let weights = regression.weights.prefix(PlaceModel.capacity)
        let largest = weights.reduce(0) { max($0, abs($1)) }
        let scale = largest > 0 ? largest / 127 : 1
        return PlaceModel(
            weights: weights.map { Int8(($0 / scale).rounded()) }, scale: scale, bias: regression.bias[0])
    }

    /// Which signs stand in two lines or more.
    private static func common(_ examples: [Example]) -> [Bool] {
        var lines = [(first: Int, isCommon: Bool)](repeating: (-1, false), count: PlaceModel.capacity)
        for example in examples {
            for sign in example.signs {
                let at = Int(sign)
                if lines[at].first < 0 { lines[at].first = example.line }
                if lines[at].first != example.line { lines[at].isCommon = true }
            }
        }
        return lines.map(\.isCommon)
    }

    /// What stands for the placeholders: names that are no words.
    private static let stems: [(placeholder: String, stem: String)] = [
        ("{A}", "岚洋"), ("{B}", "葛陂"), ("{C}", "茆洼"), ("{H}", "濂塘"), ("{T}", "柏岙"), ("{K}", "岚溪"),
    ]

    /// The villages of a line.
    private static func examples(_ number: Int, _ line: PlaceLine) -> [Example] {
        var text = stems.reduce(line.text) { $0.replacing($1.placeholder, with: $1.stem) }
        var normalized = NormalizedText()
        text.withUTF8 { TextNormalizer.shared.normalize($0, into: &normalized) }
        var names: [PlaceSigns.Name] = []
        for place in 0..<max(0, normalized.count - 1) {
            let found = stems.firstIndex { $0.stem.utf16.elementsEqual(normalized.units[place...place + 1]) }
            guard let found else { continue }
            let kind: PlaceSigns.Kind =
                switch found {
                case 0...2: .village(found)
                case 3: .home
                case 4: .township
                default: .region
                }
            names.append(.init(span: PlaceSigns.whole(place..<place + 2, kind, in: normalized), kind: kind))
        }
        // Which village is asked where one is named, else whether it is the township.
        let asksOfVillages = names.contains { if case .village = $0.kind { true } else { false } }
        if !asksOfVillages { names = PlaceSigns.apart(names + PlaceSigns.townships(in: normalized)) }
        let signs = PlaceSigns(text: normalized, names: names, hasHome: line.group != nil)
        if !asksOfVillages {
            guard names.contains(where: { $0.kind == .township }) else { return [] }
            return [Example(line: number, signs: signs.signs(of: .township), isPlace: line.place.contains("T"))]
        }
        return (0...2).filter { village in names.contains { $0.kind == .village(village) } }.map { village in
            Example(
                line: number, signs: signs.signs(of: .village(village)),
                isPlace: line.place.contains(["A", "B", "C"][village]))
        }
    }
}

/// A model with what taught it.
public struct TrainedPlaces: Sendable {
    /// How much of one hand's lines a model gets right that the other hands taught.
    public struct Held: Sendable {
        /// Villages that the words alone get right.
        public var right: Int
        /// All of them.
        public var of: Int
    }

    package let model: PlaceModel
    /// How many villages of lines it was taught.
    public let villages: Int
    /// Part by part; empty where nobody asked.
    public let held: [Held]

    /// The bytes of its file.
    public var bytes: [UInt8] { model.bytes }
}
