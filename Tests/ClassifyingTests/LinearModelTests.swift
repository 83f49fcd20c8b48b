import Classifying
import Messages
import Testing

struct LinearModelTests {
    static func text(_ string: String) -> NormalizedText {
        var text = NormalizedText()
        let units = Array(string.utf16)
        text.reserve(units.count)
        var offset: UInt32 = 0
        for (index, unit) in units.enumerated() {
            let width: UInt32 = unit < 0x80 ? 1 : 3
            text.units[index] = unit
            text.starts[index] = offset
            text.ends[index] = offset + width
            offset += width
        }
        text.count = units.count
        return text
    }

    static func numbers(_ string: String) -> [Int] {
        var numbers: [Int] = []
        CharacterGrams(bits: 20).forEach(in: text(string)) { number, _, _ in numbers.append(number) }
        return numbers
    }

    @Test func `runs of one to three characters, the ends counted`() {
        var ranges: [Range<Int>] = []
        let count = CharacterGrams(bits: 20).forEach(in: Self.text("停水了")) { _, start, end in
            ranges.append(start..<end)
        }
        #expect(count == ranges.count)
        // 停, ^停, 水, 停水, ^停水, 了, 水了, 停水了, 了$, 水了$
        #expect(ranges == [0..<1, 0..<1, 1..<2, 0..<2, 0..<2, 2..<3, 1..<3, 0..<3, 2..<3, 1..<3])
    }

    @Test func `sums and dates sound alike, words do not`() {
        #expect(Self.numbers("欠3000元") == Self.numbers("欠8125元"))
        #expect(Self.numbers("欠3000元") != Self.numbers("还3000元"))
        #expect(CharacterGrams(bits: 20).forEach(in: NormalizedText()) { _, _, _ in } == 0)
    }

    @Test func `a named set speaks for a track as a run does`() {
        var model = LinearModel()
        model.trackWeights[CharacterGrams(bits: model.trackBits).number(ofClass: 7) * 4] = 50
        model.trackScale = 0.1
        #expect(model.trackSound(of: Self.text("甲"), classes: [7])[0] == 5 * LinearModel.classShare)
        #expect(model.trackSound(of: Self.text("甲"), classes: [8]) == .zero)
    }

    /// A model for which one word is a complaint.
    static func model(_ word: String) -> LinearModel {
        var model = LinearModel()
        CharacterGrams(bits: model.trackBits).forEach(in: text(word)) { number, start, end in
            if end - start == 2 { model.trackWeights[number * 4 + 1] = 100 }
        }
        model.trackScale = 0.1
        let width = LinearModel.evidenceNames.count
        // Nothing speaks for the other tracks.
        model.evidenceWeights[0] = -20
        model.evidenceWeights[2 * width] = -20
        model.evidenceWeights[width] = -2
        model.evidenceWeights[width + 2] = 1
        return model
    }

    @Test func `a text is flagged by its sound, and the runs that carried it are shown`() throws {
        let classifier = ComplaintClassifier(model: Self.model("停水"))
        let text = Self.text("又停水了")
        let sound = try #require(classifier.model).trackSound(of: text, classes: [])
        let isSuspicious = classifier.isSuspicious(sound, length: text.count)
        #expect(isSuspicious)
        let verdict = classifier.verdict(on: [], text: text, classes: [], sound: sound)
        #expect(verdict.flagged && verdict.track == .grievance)
        #expect(verdict.evidence == [Hit(rule: "model", span: 3..<9)])
        #expect(verdict.score > 0.5 && verdict.score < 1)
    }

    @Test func `what no rule and no run speaks for is not flagged`() throws {
        let classifier = ComplaintClassifier(model: Self.model("停水"))
        let text = Self.text("今天真热")
        let sound = try #require(classifier.model).trackSound(of: text, classes: [])
        let isSuspicious = classifier.isSuspicious(sound, length: text.count)
        #expect(!isSuspicious)
        let isFlagged = classifier.verdict(on: [], text: text, classes: [], sound: sound).flagged
        #expect(!isFlagged)
    }

    @Test func `bytes give the model back`() throws {
        var model = Self.model("停水")
        model.topicBias[3] = -0.25
        model.accept = 0.31
        let isSame = try LinearModel(bytes: model.bytes) == model
        #expect(isSame)
        let size = model.bytes.count
        #expect(size <= 1_000_000)
    }

    @Test func `a damaged model is refused with what is wrong`() {
        var bytes = Self.model("停水").bytes
        #expect(throws: ModelError(.notAModel)) { try LinearModel(bytes: Array("not a model at all".utf8) + bytes) }
        #expect(throws: ModelError(.length(expected: bytes.count, found: bytes.count - 1))) {
            try LinearModel(bytes: Array(bytes.dropLast()))
        }
        bytes[7] = 9
        #expect(throws: ModelError(.version(9))) { try LinearModel(bytes: bytes) }
        bytes[7] = 1
        bytes[5000] ^= 1
        #expect(throws: ModelError(.damaged)) { try LinearModel(bytes: bytes) }
    }
}
