import Classifying
import Lexicons
import Matching
import Messages
import Testing
import Workbench

struct ModelTrainerTests {
    static let taxonomy = Taxonomy(tracks: [:], topics: [:])

    /// Texts of two kinds that differ in words which no rule knows.
    static func texts(_ numbers: Range<Int>) -> [LabelledText] {
        let places = ["村口", "桥头", "井边", "坡上", "庙前", "河沿", "路东", "渡口"]
        let faults = ["水管爆了没人修", "路灯黑了半个月", "垃圾堆成山了", "电压低得灯都不亮"]
        let talk = ["今天赶集真热闹", "孩子考了一百分", "晚上一起吃饺子", "这雨下得真及时"]
        return numbers.flatMap { number -> [LabelledText] in
            let place = places[number % places.count]
            let origin = Origin(file: "x.jsonl", line: number)
            return [
                LabelledText(
                    text: "\(number)号\(place)\(faults[number % 4])", track: .grievance,
                    topic: [.water, .lighting, .sanitation, .electricity][number % 4], kind: "complaint", origin: origin
                ),
                LabelledText(
                    text: "\(number)号\(place)\(talk[number % 4])", track: nil, topic: nil, kind: "chat", origin: origin),
            ]
        }
    }

    static func trained() throws -> LinearModel {
        let matcher = try LexiconMatcher(Lexicon(rules: [], words: [], taxonomy: taxonomy))
        return ModelTrainer(matcher).model(
            texts: texts(0..<40), weights: texts(0..<40).map { _ in 1 }, fresh: texts(40..<80)
        )
        .model
    }

    @Test func `learns what complaints sound like, and of what`() throws {
        let model = try Self.trained()
        let matcher = try LexiconMatcher(Lexicon(rules: [], words: [], taxonomy: Self.taxonomy))
        let classifier = ComplaintClassifier(model: model)
        let scratch = LexiconMatcher.Scratch()
        for line in Self.texts(200..<216) {
            var copy = line.text
            copy.withUTF8 { scratch.normalize($0) }
            let sound = model.trackSound(of: scratch.text, classes: matcher.classes(in: scratch))
            let verdict = classifier.verdict(on: [], text: scratch.text, classes: [], sound: sound)
            #expect(verdict.track == line.track, "\(line.text)")
            #expect(verdict.topic == line.topic, "\(line.text)")
        }
    }

    @Test func `pairs are learned: what stands on both sides of other words`() throws {
        let between = ["一", "来", "见", "剩", "流", "下", "出", "进"]
        let texts = (0..<64).flatMap { number -> [LabelledText] in
            let middle = between[number % 8]
            let origin = Origin(file: "x.jsonl", line: number)
            return [
                LabelledText(
                    text: "没\(middle)水", track: .grievance, topic: .water, kind: "complaint", origin: origin),
                LabelledText(text: "水\(middle)没", track: nil, topic: nil, kind: "chat", origin: origin),
            ]
        }
        let matcher = try LexiconMatcher(Lexicon(rules: [], words: [], taxonomy: Self.taxonomy))
        let model = ModelTrainer(matcher).model(texts: [], weights: [], fresh: texts).model
        #expect(model.pairs != LinearModel().pairs)
        let scratch = LexiconMatcher.Scratch()
        func sound(_ text: String) -> Double {
            var copy = text
            copy.withUTF8 { scratch.normalize($0) }
            return model.trackSound(of: scratch.text, classes: [])[1]
        }
        #expect(sound("没滴水") > sound("水滴没") + 1)
        var without = model
        without.pairs = GramTable(rowCount: 0, columns: 3)
        var copy = "没滴水"
        copy.withUTF8 { scratch.normalize($0) }
        #expect(sound("没滴水") > without.trackSound(of: scratch.text, classes: [])[1])
    }

    @Test func `fresh lines that only mention a trouble count less than chat, in both layers`() throws {
        let matcher = try LexiconMatcher(Lexicon(rules: [], words: [], taxonomy: Self.taxonomy))
        func model(_ kind: String, _ weight: Double) -> LinearModel {
            let texts = Self.texts(0..<40).map { text in
                var text = text
                if text.track == nil { text.kind = kind }
                return text
            }
            var options = ModelTrainer.Options()
            options.mentionWeight = weight
            return ModelTrainer(matcher, options: options).model(texts: [], weights: [], fresh: texts).model
        }
        let isEqualAsChat = model("chat", 0.5) == model("chat", 1)
        let isEqualAsPolicy = model("policy", 0.5) == model("policy", 1)
        #expect(isEqualAsChat && !isEqualAsPolicy)
        // The less they count, the more the first layer leans to complaints.
        #expect(model("policy", 0.2).trackBias[1] > model("policy", 1).trackBias[1])
    }

    @Test func `equal texts give an equal model`() throws {
        let isSame = try Self.trained().bytes == Self.trained().bytes
        #expect(isSame)
    }

    @Test func `texts joined to small talk keep their label, and equal texts give equal pairs`() {
        let texts = Self.texts(0..<80)
        let pairs = JoinedTexts.pairs(of: texts)
        #expect(pairs.count > texts.count / 8 && pairs.count < texts.count / 2)
        for (joined, main) in pairs {
            #expect(joined.track == texts[main].track && joined.topic == texts[main].topic)
            #expect(joined.text.contains(texts[main].text) && joined.text != texts[main].text)
        }
        #expect(pairs.contains { $0.text.track == nil } && pairs.contains { $0.text.track != nil })
        #expect(JoinedTexts.pairs(of: texts).map(\.text) == pairs.map(\.text))
        #expect(JoinedTexts.pairs(of: texts.filter { $0.track != nil }).isEmpty)
    }
}
