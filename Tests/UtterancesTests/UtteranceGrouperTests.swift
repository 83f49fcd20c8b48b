import Messages
import Testing
import Utterances

struct UtteranceGrouperTests {
    /// One line of a script: who (0 = system), the second, what.
    struct Line: Sendable {
        let who: UInt64
        let at: Int64
        let text: String
        var kind = MessageKind.text
        var forwarded = false
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: [Line]
        let expected: [[Int32]]
        var testDescription: String { name }
    }

    private static func block(_ lines: [Line]) -> MessageBlock {
        var block = MessageBlock()
        block.groups = [GroupIdentity(id: "g", name: "", platform: .wechat)]
        for (index, line) in lines.enumerated() {
            var record = MessageBlock.Record()
            record.sentAt = line.at
            record.speakerKey = line.who
            record.line = Int32(index + 1)
            record.kind = line.kind
            record.forwarded = line.forwarded
            record.text = block.append(Array(line.text.utf8))
            block.records.append(record)
        }
        return block
    }

    @Test(arguments: [
        Case(
            name: "two lines within two minutes are one utterance",
            lines: [Line(who: 1, at: 0, text: "我的低保金"), Line(who: 1, at: 120, text: "被村干部截留了")],
            expected: [[0, 1]]),
        Case(
            name: "after more than two minutes a new one begins",
            lines: [Line(who: 1, at: 0, text: "我的低保金"), Line(who: 1, at: 121, text: "被村干部截留了")],
            expected: [[0], [1]]),
        Case(
            name: "another speaker ends it",
            lines: [
                Line(who: 1, at: 0, text: "路灯"), Line(who: 2, at: 1, text: "早"), Line(who: 1, at: 2, text: "坏了"),
            ],
            expected: [[0], [1], [2]]),
        Case(
            name: "a picture by the same speaker and a system line do not end it",
            lines: [
                Line(who: 1, at: 0, text: "路灯"), Line(who: 1, at: 1, text: "[图片]", kind: .image),
                Line(who: 0, at: 2, text: "某人加入了群聊", kind: .system), Line(who: 1, at: 3, text: "坏了"),
            ],
            expected: [[0, 3]]),
        Case(
            name: "another speaker's picture ends it",
            lines: [
                Line(who: 1, at: 0, text: "路灯"), Line(who: 2, at: 1, text: "[图片]", kind: .image),
                Line(who: 1, at: 2, text: "坏了"),
            ],
            expected: [[0], [2]]),
        Case(
            name: "placeholders, recalls and system lines are in none, transcripts are",
            lines: [
                Line(who: 1, at: 0, text: "[语音]", kind: .voice), Line(who: 2, at: 1, text: "撤回了一条消息", kind: .recall),
                Line(who: 3, at: 2, text: "水又停了", kind: .voice),
            ],
            expected: [[2]]),
        Case(
            name: "items of a forward do not join the speaker's own words",
            lines: [
                Line(who: 1, at: 0, text: "看看", forwarded: false), Line(who: 1, at: 1, text: "水停了", forwarded: true),
            ],
            expected: [[0], [1]]),
    ])
    func `groups what one speaker says in one go`(_ row: Case) {
        let runs = UtteranceGrouper().runs(in: Self.block(row.lines))
        #expect((0..<runs.count).map { Array(runs[$0]) } == row.expected)
    }

    @Test func `a run at an end of the block that nobody closed is open`() {
        let runs = UtteranceGrouper().runs(
            in: Self.block([Line(who: 1, at: 0, text: "水"), Line(who: 2, at: 1, text: "早")]))
        #expect(runs.headIsOpen && runs.tailIsOpen)
        let closed = UtteranceGrouper().runs(
            in: Self.block([
                Line(who: 3, at: 0, text: "[图片]", kind: .image), Line(who: 1, at: 0, text: "水"),
                Line(who: 2, at: 1, text: "[图片]", kind: .image),
            ]))
        #expect(!closed.headIsOpen && !closed.tailIsOpen)
    }

    @Test func `joins the lines with line breaks and says where each stands`() {
        let block = Self.block([Line(who: 1, at: 7, text: "水管"), Line(who: 1, at: 9, text: "爆了")])
        let utterance = UtteranceGrouper().utterance([0, 1], in: block)
        #expect(utterance.text == "水管\n爆了")
        #expect(utterance.lines == [0..<6, 7..<13])
        #expect(utterance.sentAt == 7)
    }

    @Test(arguments: 0..<40)
    func `every message with words is in exactly one run, in order`(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var time: Int64 = 0
        let lines = (0..<200).map { _ in
            time += Int64(next(150))
            return Line(
                who: UInt64(next(4)), at: time, text: "话", kind: MessageKind.allCases[next(MessageKind.allCases.count)],
                forwarded: next(5) == 0)
        }
        let block = Self.block(lines)
        let runs = UtteranceGrouper().runs(in: block)
        let spoken = block.records.indices.filter { UtteranceGrouper.hasWords(block.records[$0], in: block) }
        #expect(runs.members == spoken.map { Int32($0) })
        for run in 0..<runs.count {
            #expect(Set(runs[run].map { block.records[Int($0)].speakerKey }).count == 1)
            #expect(runs[run].count <= 12)
        }
    }
}
