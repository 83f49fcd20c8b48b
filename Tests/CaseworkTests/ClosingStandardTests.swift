import Casework
import Messages
import Testing

struct ClosingStandardTests {
    private func answered(evidence: Int) -> CaseFile {
        let day = CivilDay(20_513)
        var reply = CaseEvent(.reply, on: day, by: 2, ofUnit: 5, from: .inProgress, to: .replied)
        reply.reply = ReplyFacts(
            doneOn: day, evidence: evidence, saysWhat: true, saysResult: true, isStockPhrase: false)
        var asked = CaseEvent(.followUp, on: day, by: 3, ofUnit: 9, from: .replied, to: .followedUp)
        asked.reason = .satisfied
        return CaseFile(
            track: .grievance, topic: .roads, area: "350999001201", receivedOn: day, unit: 5,
            events: [CaseEvent(.register, on: day, from: nil, to: .registered), reply, asked])
    }

    @Test func `where a topic asks for proofs, a follow-up does not stand in for them`() {
        #expect(ClosingGate.missing(in: answered(evidence: 0)) == [])
        #expect(ClosingGate.missing(in: answered(evidence: 1), evidence: 2) == [.evidence])
        #expect(ClosingGate.missing(in: answered(evidence: 2), evidence: 2) == [])
    }

    @Test func `a topic's own standard comes before the general one`() {
        var policy = CasePolicy()
        (policy.closingEvidence, policy.topicEvidence) = (1, [.roads: 3])
        #expect(policy.evidence(for: .roads) == 3 && policy.evidence(for: .water) == 1)
    }

    @Test func `words about health and minors are known, and harmless ones are left alone`() {
        for text in ["家里孩子发烧", "患肝炎多年", "留守儿童没人接送"] { #expect(SensitiveMarks.stand(in: text)) }
        for text in ["水管坏了", "村医务室关门", "学校门口的路不平"] { #expect(!SensitiveMarks.stand(in: text)) }
    }
}
