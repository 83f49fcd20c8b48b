import CaseStore
import Foundation
import Messages
@testable import Pipeline
import Testing

/// What is said beside a message, with the shipped lexicons and model.
struct NeighbourTests {
    /// Nearly a flag by itself.
    private static let complaint = "后山掉石头"
    private static let answer = "您反映的情况已登记，正在协调清运"

    private func flags(_ said: [(who: String, at: Int, text: String)], jobs: Int = 1) async throws -> [FlagRecord] {
        let place = try ImporterTests.Place()
        let lines = said.map { ImporterTests.Said(who: $0.who, at: $0.at, text: $0.text) }
        let file = try place.write("a.jsonl", ImporterTests.chatLab(lines))
        _ = try await place.run([file], jobs: jobs)
        return try CaseStore(opening: place.data).records()
    }

    private func contexts(_ record: FlagRecord) -> [String] {
        ((record.content?.hits ?? []).map(\.rule) + record.guards).filter { $0.hasPrefix("context.") }
    }

    @Test func `an answer after a weak complaint is named in its flag, and no word of it is kept`() async throws {
        let flags = try await flags([("a", 0, Self.complaint), ("b", 60, Self.answer)])
        #expect(flags.map { $0.content?.text } == [Self.complaint])
        #expect(flags.flatMap(contexts) == ["context.answer-after"])
        #expect(flags.allSatisfy { $0.content?.quote == nil && $0.summary.messageCount == 1 })
    }

    @Test func `the same speaker's, a later hour's or another thing between is no neighbour`() async throws {
        let own = try await flags([("a", 0, Self.complaint), ("a", 600, Self.answer)])
        let late = try await flags([("a", 0, Self.complaint), ("b", 4_000, Self.answer)])
        let parted = try await flags([("a", 0, Self.complaint), ("c", 30, "早"), ("b", 60, Self.answer)])
        #expect((own + late + parted).flatMap(contexts).isEmpty)
    }

    @Test(arguments: [1, 2])
    func `a complaint that only its answer makes a flag is one wherever a chunk ends`(jobs: Int) async throws {
        let place = try ImporterTests.Place()
        var lines: [ImporterTests.Said] = []
        // Some megabytes: several chunks.
        for index in 0..<12_000 {
            lines.append(ImporterTests.Said(who: "a\(index)", at: index * 300, text: Self.complaint))
            lines.append(ImporterTests.Said(who: "b\(index)", at: index * 300 + 60, text: Self.answer))
        }
        let file = try place.write("big.jsonl", ImporterTests.chatLab(lines))
        let counts = try #require(try await place.run([file], jobs: jobs, isDryRun: true).first).counts
        #expect(counts.read == 24_000)
        #expect(counts.flagged + counts.extended == 12_000)
    }
}
