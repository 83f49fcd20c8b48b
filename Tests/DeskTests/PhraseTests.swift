import Messages
import Testing

@testable import Desk

struct PhraseTests {
    @Test func `every phrase has words in both languages`() {
        for phrase in Phrase.allCases {
            #expect(Phrase.chinese[phrase]?.isEmpty == false, "\(phrase) in Chinese")
            #expect(Phrase.english[phrase]?.isEmpty == false, "\(phrase) in English")
        }
    }

    @Test func `both languages take the same values`() {
        func places(_ words: String) -> Set<Character> {
            Set(words.indices.filter { words[$0] == "{" }.map { words[words.index(after: $0)] })
        }
        for phrase in Phrase.allCases {
            #expect(places(phrase.text(in: .zh)) == places(phrase.text(in: .en)), "\(phrase)")
        }
    }

    @Test func `Chinese is Chinese and English is not`() {
        for phrase in Phrase.allCases {
            let hasHan = { (words: String) in words.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
            #expect(!hasHan(phrase.text(in: .en)), "\(phrase)")
            #expect(hasHan(phrase.text(in: .zh)) || phrase.text(in: .zh).count < 4, "\(phrase)")
        }
    }

    @Test func `a value is never taken for a place of another`() {
        #expect(Phrase.doneJoined.text(in: .en, ["{1}", "x"]) == "Flag {1} joined x")
    }

    @Test func `acts of the log are named in the reader's language, and an unknown one by its code`() {
        #expect(AuditWords.name("flags-list", in: .zh) == "看待审线索")
        #expect(AuditWords.name("reply", in: .zh) == "答复")
        #expect(AuditWords.name("from-another-version", in: .zh) == "from-another-version")
        #expect(Set(AuditWords.codes).count == AuditWords.codes.count)
    }
}
