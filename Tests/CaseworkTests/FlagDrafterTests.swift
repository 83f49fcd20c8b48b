import Casework
import Messages
import Testing

struct FlagDrafterTests {
    private let drafter = FlagDrafter(lexiconVersion: "aa11", gazetteerVersion: "bb22")

    private func finding(_ text: String, hitting words: String, verdict: Verdict? = nil) throws -> FlagDrafter.Finding {
        let range = try #require(text.firstRange(of: words))
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        let hit = Hit(rule: "embezzlement.withheld", span: start..<start + words.utf8.count)
        return FlagDrafter.Finding(
            groupID: "1@chatroom", sentAt: 1_772_409_600, text: text, quote: "打13800138000",
            verdict: verdict
                ?? Verdict(
                    flagged: true, track: .misconduct, topic: .embezzlement, severity: .high, score: 0.9,
                    evidence: [hit, hit], guards: ["g"], undecided: ["u"]),
            attribution: Attribution(code: "350999001201", name: "溪东村", basis: .text, confidence: 0.8),
            members: [3, 1])
    }

    @Test func `a flag holds masked words, moved hits and each rule once`() throws {
        let draft = try #require(drafter.draft(of: try finding("我叫王秀英,低保被截留", hitting: "截留")))
        #expect(draft.text == "我叫▮姓名▮,低保被截留")
        #expect(draft.quote == "打▮电话▮")
        #expect(draft.rules == ["embezzlement.withheld"])
        let span = try #require(draft.hits.first).span
        #expect(String(decoding: Array(draft.text.utf8)[span], as: UTF8.self) == "截留")
        #expect(draft.village == .init(code: "350999001201", name: "溪东村", basis: .text, confidence: 0.8))
        #expect(draft.members == [3, 1])
        #expect(draft.messageCount == 2)
        #expect(draft.guards == ["g"] && draft.undecided == ["u"])
        #expect(draft.lexiconVersion == "aa11" && draft.gazetteerVersion == "bb22")
    }

    @Test func `no verdict, no flag`() throws {
        #expect(drafter.draft(of: try finding("今天天气好", hitting: "天气", verdict: Verdict.none)) == nil)
    }

    @Test(
        arguments: [
            (1_772_380_799, 20513), (1_772_380_800, 20514), (0, 0), (-28_800, 0), (-28_801, -1), (57_600, 1),
        ] as [(Int64, Int)])
    func `a day is China's day`(_ seconds: Int64, _ day: Int) {
        #expect(FlagDraft.day(of: seconds) == day)
    }

    @Test func `a flag's fields name nobody and no time finer than a day`() throws {
        let draft = try #require(drafter.draft(of: try finding("低保被截留", hitting: "截留")))
        let fields = Set(Mirror(reflecting: draft).children.compactMap(\.label))
        #expect(
            fields == [
                "groupID", "village", "day", "track", "topic", "severity", "score", "text", "quote", "hits", "rules",
                "guards", "undecided", "lexiconVersion", "gazetteerVersion", "members", "messageCount", "placing",
            ])
    }
}
