import Lexicons
import Matching
import Messages
import Testing

@testable import Pipeline

struct TextPieceTests {
    private static let shipped = Result {
        let lexicons = try LoadedLexicons(at: ImporterTests.lexicons)
        return TextAnalyser(try LexiconMatcher(lexicons.lexicon), model: lexicons.model)
    }

    private static func pieces(of text: String) -> [(String, Double)] {
        let scratch = LexiconMatcher.Scratch()
        var copy = text
        return copy.withUTF8 { bytes in
            scratch.normalize(bytes)
            return TextPiece.pieces(of: scratch.text).map {
                (String(decoding: bytes[$0.bytes], as: UTF8.self), $0.accept)
            }
        }
    }

    @Test func `sentences are pieces, in any spelling of their ends, and one short sentence is none`() {
        #expect(Self.pieces(of: "路灯坏了，三个月没人管").isEmpty)
        #expect(Self.pieces(of: "").isEmpty)
        #expect(
            Self.pieces(of: "今天天气不错。路灯坏了没人管！好\n晚上吃什么呢;去赶集了吗？").map(\.0) == [
                "今天天气不错。", "路灯坏了没人管！", "晚上吃什么呢;", "去赶集了吗？",
            ])
    }

    @Test func `a long sentence is tried in runs of clauses`() {
        let clauses = (1...12).map { "第\($0)件事情说一说，" }
        let found = Self.pieces(of: clauses.joined())
        #expect(found.allSatisfy { $0.1 == TextPiece.clauseAccept && $0.0.utf16.count <= TextPiece.mostOfClauses })
        for clause in clauses { #expect(found.contains { $0.0.contains(clause) }) }
        // With a full stop at its end it's the same sentence, and the whole is not tried again.
        #expect(Self.pieces(of: clauses.joined() + "完了。").count == found.count)
        // Where clauses have no commas there is nothing to cut at.
        #expect(Self.pieces(of: String(repeating: "说", count: 200)).isEmpty)
    }

    @Test(arguments: [
        "我们组的路灯坏了三个月，报了几次都没人来修。", "村支书把修路的钱装进了自己口袋。", "停水四天了，做饭都成问题，到底什么时候来水？",
        "低保名单里有主任的亲哥，家里三层楼两辆车。", "垃圾桶满了半个月没人清，臭得窗户都不敢开。",
    ])
    func `small talk in the same message does not drown a complaint`(complaint: String) throws {
        let talk = [
            "昨天和老同学去看了一场电影，演得还行。", "晚上吃的酸菜鱼，比上回那家便宜些。", "我儿子在学吉他，天天弹那首老歌。", "听说长城上面风很大，票价倒是不贵。",
            "周末打算去水库边钓鱼，有没有一起的？",
        ]
        let analyser = try Self.shipped.get()
        let scratch = LexiconMatcher.Scratch()
        #expect(!analyser.analysis(of: talk.joined(), scratch: scratch).verdict.flagged)
        for place in 0...talk.count {
            var parts = talk
            parts.insert(complaint, at: place)
            let before = parts[..<place].joined().utf8.count
            let verdict = analyser.analysis(of: parts.joined(), scratch: scratch).verdict
            #expect(verdict.flagged, "at \(place)")
            let said = before..<before + complaint.utf8.count
            #expect(verdict.evidence.contains { $0.span.overlaps(said) }, "at \(place): \(verdict.evidence)")
        }
    }
}
