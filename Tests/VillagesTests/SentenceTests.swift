import Messages
import Testing
import Villages

/// The labelled sentences of two invented counties.
///
/// `sentences-aside.jsonl` was set aside before the rules were written. Its first run gave 108 of 111 right and 2 wrong; what
/// was mended after that is no longer unseen.
@Suite struct SentenceTests {
    @Test func `there are as many sentences as were written`() {
        #expect(Places.entries.count == 53)
        #expect(Places.sentences("sentences.jsonl").count == 273)
        #expect(Places.sentences("sentences-aside.jsonl").count == 111)
    }

    @Test(arguments: Places.sentences("sentences.jsonl"))
    func `the group's home known: no village is wrong`(_ row: Places.Sentence) {
        let answer = Places.answer(row, withHome: true)
        #expect(answer == nil || answer?.code == row.gold)
    }

    @Test func `the group's home known: 99 of 100 are right`() {
        let rows = Places.sentences("sentences.jsonl")
        let right = rows.filter { Places.answer($0, withHome: true)?.code == $0.gold }.count
        #expect(Double(right) >= 0.99 * Double(rows.count))
    }

    @Test(arguments: Places.sentences("sentences.jsonl") + Places.sentences("sentences-aside.jsonl"))
    func `no home known: the village is right or nothing is said`(_ row: Places.Sentence) {
        let answer = Places.answer(row, withHome: false)
        #expect(answer == nil || answer?.code == row.gold)
    }

    @Test func `sentences set aside: 97 per cent right, at most 1 wrong`() {
        let rows = Places.sentences("sentences-aside.jsonl")
        let answers = rows.map { Places.answer($0, withHome: true)?.code }
        let right = zip(rows, answers).filter { $0.gold == $1 }.count
        let wrong = zip(rows, answers).filter { $1 != nil && $0.gold != $1 }.count
        #expect(Double(right) >= 0.97 * Double(rows.count))
        #expect(wrong <= 1)
    }
}
