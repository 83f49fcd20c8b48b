import ChatExports
import Foundation
import Messages
@testable import Pipeline
import Testing

/// Two exports of one group: what one has and the other lacks.
struct ComparisonTests {
    private typealias Said = ImporterTests.Said

    private static func collect(_ text: String) throws -> ExportMessages {
        let place = try ImporterTests.Place()
        let file = try ExportFile(path: try place.write("x", text), options: ExportOptions(now: 1_790_000_000))
        var messages = ExportMessages()
        while let chunk = try file.nextChunk() { messages.add(chunk.block()) }
        messages.keep { _ in true }
        return messages
    }

    /// `side day kinds`, such as `second 20515 text 2`.
    private static func lacks(_ one: String, _ two: String) throws -> [String] {
        let comparison = ExportComparison(try collect(one), try collect(two))
        return comparison.lacks.map { lack in
            let kinds = lack.kinds.sorted { $0.key.name < $1.key.name }.map { "\($0.key.name) \($0.value)" }
            return "\(lack.side) \(kinds.joined(separator: ", "))"
        }
    }

    private static let lines = (0..<20).map {
        Said(who: "w\($0)", at: $0 * 300, text: $0 % 4 == 0 ? "收到" : "第\($0)句", id: "74125896301\(100_000 + $0)")
    }

    private static func mail(_ lines: [Said]) -> String {
        // 1772400000 is 2026-03-02 05:20:00 in China.
        "青石湾村监督群 微信群上的聊天记录如下，请查收。\n\n—————  2026-03-02  —————\n\n\n"
            + lines.map { line in
                let clock = (19_200 + line.at) / 60
                let time = String(format: "%02d:%02d", clock / 60, clock % 60)
                return "名\(line.who)  \(time)\n\n\(line.text)\n\n"
            }.joined(separator: "\n")
    }

    @Test func `equal exports don't differ, however they name the speakers`() throws {
        let renamed = Self.lines.map { Said(who: "x" + $0.who, at: $0.at, text: $0.text, id: $0.id) }
        #expect(try Self.lacks(ImporterTests.chatLab(Self.lines), ImporterTests.chatLab(renamed)) == [])
    }

    @Test func `what one side took out is found, by ids and by words`() throws {
        let without = Self.lines.enumerated().filter { ![5, 8, 9].contains($0.offset) }.map(\.element)
        let bare = without.map { Said(who: $0.who, at: $0.at, text: $0.text) }
        for other in [ImporterTests.chatLab(without), ImporterTests.chatLab(bare), Self.mail(without)] {
            #expect(try Self.lacks(ImporterTests.chatLab(Self.lines), other) == ["second text 3"])
            #expect(try Self.lacks(other, ImporterTests.chatLab(Self.lines)) == ["first text 3"])
        }
    }

    @Test func `what lies outside the common time is no difference`() throws {
        let (early, late) = (Array(Self.lines[..<15]), Array(Self.lines[5...]))
        let comparison = ExportComparison(
            try Self.collect(ImporterTests.chatLab(early)), try Self.collect(ImporterTests.chatLab(late)))
        #expect(!comparison.differs)
        #expect(comparison.common == 10)
        #expect(comparison.counts[.first]?.outside == 5)
        #expect(comparison.counts[.second]?.outside == 5)
    }

    @Test func `exports without a common time differ`() throws {
        let comparison = ExportComparison(
            try Self.collect(ImporterTests.chatLab(Array(Self.lines[..<5]))),
            try Self.collect(ImporterTests.chatLab(Array(Self.lines[10...]))))
        #expect(comparison.differs)
        #expect(comparison.span == nil)
    }

    @Test(arguments: 0..<40)
    func `so many are lacking as were taken out`(seed: Int) throws {
        var random = Seeded(seed)
        var time = 0
        let lines = (0..<60).map { index in
            time += random.next(90)
            return Said(
                who: "w\(random.next(4))", at: time, text: ["好", "收到", "路灯坏了"][random.next(3)],
                id: "74125896301\(100_000 + index)")
        }
        // The first and the last stay, so that the time that both cover is the whole.
        let gone = Set((0..<random.next(12)).map { _ in 1 + random.next(58) })
        let rest = lines.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        let other = seed % 2 == 0 ? rest : rest.map { Said(who: $0.who, at: $0.at, text: $0.text) }
        let comparison = ExportComparison(
            try Self.collect(ImporterTests.chatLab(lines)), try Self.collect(ImporterTests.chatLab(other)))
        #expect(comparison.lacks.allSatisfy { $0.side == .second })
        #expect(comparison.lacks.reduce(0) { $0 + $1.count } == gone.count)
        #expect(comparison.common == rest.count)
    }
}
