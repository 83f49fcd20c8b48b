import Lexicons
import Matching
import Messages
@testable import Pipeline
import Testing

/// Who is greeted is not who is accused; with the shipped lexicons and model.
struct GreetingTests {
    private static let shipped = Result {
        let lexicons = try LoadedLexicons(at: ImporterTests.lexicons)
        return TextAnalyser(try LexiconMatcher(lexicons.lexicon), model: lexicons.model)
    }

    private static let greetings = ["书记您好，", "王书记，您好！", "李村长好，", "各位领导你好：", "@张主任 ", "尊敬的张镇长您好，"]

    @Test(arguments: ["三组那座石桥的桥墩子让水掏空了，车子都绕着走", "村口的路灯全黑了，两个月没人修", "门口的垃圾堆了一个星期没人清，臭得很"])
    func `a greeting makes no accusation of a complaint, and hits stand where they stood`(complaint: String) throws {
        let analyser = try Self.shipped.get()
        let scratch = LexiconMatcher.Scratch()
        let plain = analyser.analysis(of: complaint, scratch: scratch).verdict
        #expect(plain.track == .grievance)
        for greeting in Self.greetings {
            let found = analyser.analysis(of: greeting + complaint, scratch: scratch).verdict
            #expect(found.track == .grievance && found.topic == plain.topic, "\(greeting)")
            let first = greeting.utf8.count
            #expect(found.evidence.allSatisfy { $0.span.lowerBound >= first }, "\(greeting)")
            let words = { (verdict: Verdict, shift: Int) in
                Set(
                    verdict.evidence.filter { $0.rule != "model" }.map {
                        [$0.rule, "\($0.span.lowerBound - shift)", "\($0.span.upperBound - shift)"]
                    })
            }
            #expect(words(found, first) == words(plain, 0), "\(greeting)")
        }
    }

    @Test(arguments: [
        "书记把修路的钱装进自己口袋了", "王书记好处费收了我两千，事没办", "村支书晚上好几次带人打牌赌博", "我们村的干部晚上好酒好菜吃公款", "@村主任：把贪污的钱退回来",
        "张主任好几年不公开账目，低保钱都进了他口袋", "村主任你贪污低保的钱什么时候退",
    ])
    func `an official who is spoken of is no greeting`(report: String) throws {
        let found = try Self.shipped.get().analysis(of: report, scratch: LexiconMatcher.Scratch()).verdict
        #expect(found.track == .misconduct)
    }

    @Test(arguments: ["书记您好", "@张主任", "各位领导辛苦了", "书记", "@", "@好", "好书记"])
    func `nothing but a greeting is nothing to flag`(text: String) throws {
        #expect(!(try Self.shipped.get().analysis(of: text, scratch: LexiconMatcher.Scratch()).verdict.flagged))
    }
}
