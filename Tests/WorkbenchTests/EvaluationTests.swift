import Messages
import Testing
import Workbench

struct EvaluationTests {
    static func text(_ text: String, _ topic: Topic?, kind: String = "chat") -> LabelledText {
        LabelledText(
            text: text, track: topic?.track, topic: topic, kind: kind, origin: Origin(file: "x.jsonl", line: 1))
    }

    static func verdict(_ topic: Topic?, score: Double = 0.7) -> Verdict {
        guard let topic else { return .none }
        return Verdict(
            flagged: true, track: topic.track, topic: topic, severity: .low, score: score, evidence: [])
    }

    static let evaluation = Evaluation(
        [
            text("甲", .water), text("乙", .water), text("丙", .roads), text("丁", .fraud), text("戊", nil),
            text("己", nil, kind: "notice"),
        ],
        [verdict(.water, score: 0.9), verdict(nil), verdict(.fraud), verdict(.bribery), verdict(.roads), verdict(nil)])

    @Test func `counts what is found, what is right, and what is found as something else`() throws {
        let grievance = try #require(Self.evaluation.tracks[.grievance])
        #expect(grievance.recall == Proportion(1, of: 3))
        #expect(grievance.flagged == Proportion(2, of: 3))
        #expect(grievance.precision == Proportion(1, of: 2))
        let misconduct = try #require(Self.evaluation.tracks[.misconduct])
        #expect(misconduct.recall == Proportion(1, of: 1))
        #expect(misconduct.precision == Proportion(1, of: 2))
        #expect(abs((misconduct.f1 ?? 0) - 2 / 3) < 1e-9)
    }

    @Test func `lists each mistake once, as what it is`() {
        #expect(Self.evaluation.mistakes.map(\.kind) == [.miss, .track, .topic, .falseAlarm])
        #expect(Self.evaluation.alarms["chat"] == Proportion(1, of: 1))
        #expect(Self.evaluation.alarms["notice"] == Proportion(0, of: 1))
        #expect(Self.evaluation.accusations["chat"] == Proportion(0, of: 1))
    }

    @Test func `bins flags by score`() {
        #expect(Self.evaluation.bins.map(\.right) == [Proportion(2, of: 3), Proportion(1, of: 1)])
    }

    @Test func `macro F1 is the mean over the topics that stand in the lines`() {
        // water: recall 1/2, precision 1: 2/3; roads: 0; fraud: precision 0/1, recall 0/1: 0.
        #expect(abs(Self.evaluation.macroF1 - 2.0 / 9) < 1e-9)
    }

    @Test(arguments: [
        (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763), (88, 100, 0.802, 0.930),
    ])
    func `an interval as Wilson gives it`(_ row: (count: Int, total: Int, low: Double, high: Double)) throws {
        let interval = try #require(Proportion(row.count, of: row.total).interval)
        #expect(abs(interval.lowerBound - row.low) < 0.001 && abs(interval.upperBound - row.high) < 0.001)
        #expect(Proportion(0, of: 0).interval == nil)
    }
}
