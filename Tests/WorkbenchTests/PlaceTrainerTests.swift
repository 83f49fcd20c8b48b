import Foundation
import Testing
import Workbench

/// The model of places, taught by a few lines.
@Suite struct PlaceTrainerTests {
    private static let text = """
        {"text": "{A}村的路灯坏了", "group": "H", "place": "A"}
        {"text": "{A}村的水管爆了", "group": "H", "place": "A"}
        {"text": "{A}村的桥塌了，没人修", "group": "H", "place": "A"}
        {"text": "像{A}村那样装灯多好，我们村黑着", "group": "H", "place": "H"}
        {"text": "像{A}村那样修路多好，我们村全是坑", "group": "H", "place": "H"}
        {"text": "像{A}村那样通水多好，我们村还挑水", "group": "H", "place": "H"}
        """

    @Test func `equal lines give equal bytes, and other lines others`() {
        let lines = PlaceTrainer.lines(of: Data(Self.text.utf8)).lines
        let first = PlaceTrainer().model(of: [lines]).bytes
        #expect(first == PlaceTrainer().model(of: [lines]).bytes)
        #expect(first != PlaceTrainer().model(of: [Array(lines.prefix(5))]).bytes)
    }

    @Test func `what one half teaches holds on the other`() {
        let lines = PlaceTrainer.lines(of: Data(Self.text.utf8)).lines
        let parts = [[0, 1, 3, 4], [2, 5]].map { $0.map { lines[$0] } }
        let trained = PlaceTrainer().model(of: parts, isHeld: true)
        #expect(trained.villages == 6)
        #expect(trained.held.last?.right == 2)
        #expect(trained.held.map(\.of) == [4, 2])
    }

    @Test func `what is no line is told by its number`() {
        let data = Data(
            """
            {"text": "{A}村停水", "group": "H", "place": "B"}
            {"text": "{A}村停水", "group": "H", "place": "AB"}
            {"text": "{A}村停水", "group": "H", "place": ""}
            {"text": "{A}村停水"}

            {"text": "{A}村和{B}村停水", "group": null, "place": "AB"}
            """.utf8)
        let read = PlaceTrainer.lines(of: data)
        #expect(read.lines.count == 1)
        #expect(read.problems.map(\.line) == [1, 2, 3, 4])
        #expect(read.problems.map(\.problem) == [.unknownPlace, .unknownPlace, .unknownPlace, .notALine])
    }
}
