import ChineseText
import Messages
import Testing
import Villages

/// What the model makes of the words around a village's name, set against the rules.
@Suite struct WordsAroundTests {
    private static let resolver = VillageResolver(Gazetteer(Places.entries))
    private static let rules = VillageResolver(rules: Gazetteer(Places.entries))
    private static let home = "980011100205"
    private static let other = "980011100208"

    /// The rules take each for a matter of 高坪村.
    @Test(arguments: [
        (text: "高坪村的收割机队什么时候过来", isHome: true),
        (text: "群里高坪村的老邱把钱还了没有", isHome: false),
    ])
    func `the words decide against the rules, or leave it to a person`(_ row: (text: String, isHome: Bool)) {
        #expect(Self.rules.attribution(of: row.text, home: Self.home)?.code == Self.other)
        let found = Self.resolver.resolution(of: row.text, home: Self.home)
        #expect(found.attribution?.code == (row.isHome ? Self.home : nil))
        #expect(found.reasons.first == .wordsAround)
        #expect(found.candidates.sorted() == [Self.home, Self.other])
        #expect(found.others.map(\.codes) == (row.isHome ? [[Self.other]] : []))
        let why = Self.resolver.explained(found, of: row.text, isChinese: true)
        #expect(why.contains("前后的话"))
        #expect(!why.contains("没有指明事情在别处"))
    }

    @Test func `what a person taught is not turned`() {
        let alias = TaughtAlias(
            id: 1, text: "老寨窝村", village: Self.other, scope: .group("g1"), author: "登记员", taughtOn: "2024-01-01")
        let taught = VillageResolver(Gazetteer(Places.entries, taught: [alias]))
        let found = taught.resolution(of: "老寨窝村的收割机队什么时候过来", in: .init(home: Self.home, group: "g1"))
        #expect(found.attribution?.code == Self.other)
        #expect(found.reasons.contains(.taught))
    }

    @Test func `where rules and words disagree and neither is sure, a person may choose among the villages`() {
        let texts = Places.sentences("sentences.jsonl").filter { $0.forwarded != true && $0.home != nil }
        var open = 0
        for row in texts {
            let found = Self.resolver.resolution(of: row.text, home: row.home)
            guard found.attribution == nil, found.reasons == [.wordsAround] else { continue }
            open += 1
            #expect(found.candidates.count > 1)
            #expect(row.home.map(found.candidates.contains) ?? false)
            #expect(!found.spans.isEmpty)
            let why = Self.resolver.explained(found, of: row.text, isChinese: true)
            #expect(why.contains("说不准事情在哪个村"))
        }
        #expect(open > 0)
    }

    @Test func `sentences set aside: 96 per cent right, at most 2 wrong`() {
        let rows = Places.sentences("sentences-aside.jsonl")
        let answers = rows.map {
            Self.resolver.attribution(of: $0.text, home: $0.home, forwarded: $0.forwarded ?? false)?.code
        }
        let right = zip(rows, answers).count { $0.gold == $1 }
        let wrong = zip(rows, answers).count { $1 != nil && $0.gold != $1 }
        #expect(Double(right) >= 0.96 * Double(rows.count))
        #expect(wrong <= 2)
    }

    /// No own name of a place is a sign: other villages in the same words come to the same.
    @Test func `a village's own name counts nothing`() throws {
        let names = ["高坪", "柳林", "岚洋", "石坎"]
        let odds = try names.map { name in
            let model = try #require(PlaceModel.shipped)
            var text = "听\(name)村的人说他们路灯坏了半年，我们村倒是修好了"
            var normalized = NormalizedText()
            text.withUTF8 { TextNormalizer.shared.normalize($0, into: &normalized) }
            let signs = PlaceSigns(
                text: normalized, names: [.init(span: 1..<4, kind: .village(0))], hasHome: true)
            return model.odds(signs.signs(of: .village(0)))
        }
        #expect(Set(odds).count == 1)
    }

    @Test func `a file of weights is read as it was written, and nothing else is read`() throws {
        let model = try #require(PlaceModel.shipped)
        #expect(PlaceModel(model.bytes) == model)
        #expect(PlaceModel(Array(model.bytes.dropLast())) == nil)
        #expect(PlaceModel([0] + model.bytes.dropFirst()) == nil)
    }
}
