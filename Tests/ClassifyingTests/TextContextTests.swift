@testable import Classifying
import Messages
import Testing

/// What stands beside a text, and guards that speak of the whole of it, move the model's word.
struct TextContextTests {
    private static func guarding(_ rule: String, factor: Double = 0.1, wholeText: Bool = true) -> RuleMatch {
        RuleMatch(
            rule: rule, effect: .guarding(tracks: [.grievance], wholeText: wholeText, factor: factor), spans: [0..<3],
            sentence: 0..<12)
    }

    /// A model that gives every text these log-odds of a grievance.
    private static func classifier(odds: Double) -> ComplaintClassifier {
        var model = LinearModel()
        model.accept = 0.25
        let width = LinearModel.evidenceNames.count
        model.evidenceWeights = model.evidenceWeights.map { _ in 0 }
        for track in 0..<3 { model.evidenceWeights[track * width] = track == 1 ? odds : -20 }
        return ComplaintClassifier(model: model)
    }

    private static func verdict(
        odds: Double, _ text: String, _ matches: [RuleMatch] = [], context: TextContext = .none
    ) throws -> Verdict {
        let classifier = classifier(odds: odds)
        let normal = LinearModelTests.text(text)
        let sound = try #require(classifier.model).trackSound(of: normal, classes: [])
        return classifier.verdict(on: matches, text: normal, classes: [], sound: sound, context: context)
    }

    private static let text = "三组那头的沟里又有一股味道飘过来"

    struct Kind: Sendable, CustomTestStringConvertible {
        let rules: [String]
        let kind: TextContext.Kind?
        var testDescription: String { rules.joined(separator: " ") }
    }

    @Test(arguments: [
        Kind(rules: [], kind: nil), Kind(rules: ["guard.thanks-done"], kind: nil),
        Kind(rules: ["guard.answer-sent"], kind: .answer), Kind(rules: ["guard.notice-outage"], kind: .notice),
        Kind(rules: ["guard.answer-ask-back"], kind: .question), Kind(rules: ["guard.ask-round"], kind: .question),
        Kind(rules: ["guard.notice-call", "guard.answer-sent", "guard.ask-round"], kind: .question),
        Kind(rules: ["guard.notice-call", "guard.answer-sent"], kind: .answer),
    ])
    func `a message's guards tell its kind`(_ row: Kind) {
        #expect(TextContext.kind(of: row.rules.map { Self.guarding($0) }) == row.kind)
    }

    @Test func `an answer after it raises what nearly was a flag, and the flag says so`() throws {
        let alone = try Self.verdict(odds: -1.4, Self.text)
        #expect(!alone.flagged)
        let answered = try Self.verdict(odds: -1.4, Self.text, context: TextContext(after: .answer))
        #expect(answered.flagged && answered.score > alone.score)
        let names = answered.evidence.map(\.rule)
        #expect(names.contains("context.answer-after"))
        #expect(answered.guards.isEmpty)
        // Where, and nothing of what was said there.
        let isInside = answered.evidence.allSatisfy { $0.span.upperBound <= Self.text.utf8.count }
        #expect(isInside)
    }

    @Test func `a notice before it lowers, and a flag that stays says so`() throws {
        let context = TextContext(before: .notice)
        let weak = try Self.verdict(odds: -0.9, Self.text, context: context)
        #expect(!weak.flagged)
        let strong = try Self.verdict(odds: 2, Self.text, context: context)
        #expect(strong.flagged && strong.guards == ["context.notice-before"])
        let names = strong.evidence.map(\.rule)
        #expect(!names.contains { $0.hasPrefix("context.") })
    }

    @Test func `a flag's own words tell its neighbours again`() {
        let answered = TextContext(named: ["water.no", "context.answer-after"])
        #expect(answered.reasons == TextContext(after: .answer).reasons)
        let both = TextContext(before: .notice, after: .answer)
        #expect(TextContext(named: both.reasons.map(\.name)).reasons == both.reasons)
        #expect(TextContext(named: ["guard.notice-outage"]) == .none)
    }

    @Test(arguments: [-6.0, -3.5, 3.5, 6])
    func `what is clear is not asked for its neighbours, and they could not turn it`(odds: Double) throws {
        let classifier = Self.classifier(odds: odds)
        let alone = try Self.verdict(odds: odds, Self.text)
        let isAsked = classifier.isWithinReach(alone.score)
        #expect(!isAsked)
        for before in [nil] + TextContext.Kind.allCases.map({ Optional($0) }) {
            for after in [nil] + TextContext.Kind.allCases.map({ Optional($0) }) {
                let other = try Self.verdict(odds: odds, Self.text, context: TextContext(before: before, after: after))
                #expect(other.flagged == alone.flagged)
            }
        }
    }

    @Test func `an answer's guard lowers what the model says, unless it is of one sentence among others`() throws {
        let free = try Self.verdict(odds: 0, Self.text)
        #expect(free.flagged)
        let guarded = try Self.verdict(odds: 0, Self.text, [Self.guarding("guard.answer-sent")])
        #expect(!guarded.flagged && guarded.score < free.score)
        let part = try Self.verdict(odds: 0, Self.text, [Self.guarding("guard.question-open", wholeText: false)])
        #expect(part.flagged && part.score == free.score)
    }
}
