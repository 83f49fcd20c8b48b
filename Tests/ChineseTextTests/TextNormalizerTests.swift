import ChineseText
import Messages
import Testing

struct TextNormalizerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let normal: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "plain text stays", text: "村里的路灯坏了", normal: "村里的路灯坏了"),
        Case(name: "full width becomes half width, lower case", text: "ＷｉＦｉ３０块！", normal: "wifi30块!"),
        Case(name: "traditional becomes simplified", text: "東聯村村委會主任說補貼沒發", normal: "东联村村委会主任说补贴没发"),
        Case(name: "what simplified text has stays", text: "乾隆 俱乐部 摔跤 狼藉 著名", normal: "乾隆俱乐部摔跤狼藉著名"),
        Case(name: "徵 and 後 are folded all the same", text: "徵地後", normal: "征地后"),
        Case(name: "noise between characters is dropped", text: "贪*污 贪·污 贪★污 贪“污”", normal: "贪污贪污贪污贪污"),
        Case(name: "a zero-width space vanishes", text: "低\u{200B}保\u{FEFF}", normal: "低保"),
        Case(name: "commas and full stops stay", text: "停水，三天。唉", normal: "停水,三天。唉"),
        Case(name: "an ellipsis and a dash part words", text: "路……灯——坏", normal: "路灯坏"),
        Case(
            name: "between digits a symbol is part of the number", text: "3.5万 8-10点 2026/3/2",
            normal: "3.5万8-10点2026/3/2"),
        Case(name: "what folds to several units", text: "㈱ﬁ①½", normal: "(株)fi11⁄2"),
        Case(name: "a letter and its mark become one", text: "cafe\u{301}", normal: "café"),
        Case(name: "a surrogate pair stays", text: "😂贪𠮷", normal: "😂贪𠮷"),
        Case(name: "mathematical letters become letters", text: "𝐀𝟏", normal: "a1"),
        Case(name: "line breaks are one kind", text: "甲\r\n乙\u{2028}丙", normal: "甲\n\n乙\n丙"),
        Case(name: "nothing stays nothing", text: "", normal: ""),
    ])
    func `folds what people write in different ways`(_ row: Case) {
        #expect(TextNormalizer.shared.normalized(row.text).string == row.normal)
    }

    @Test func `each unit knows the bytes it came from`() {
        let text = "ＯＫ贪*污㈱ﬁ臺灣é😂"
        let bytes = Array(text.utf8)
        let normal = TextNormalizer.shared.normalized(text)
        var seen: [String] = []
        for unit in 0..<normal.count {
            seen.append(String(decoding: bytes[normal.original(unit..<unit + 1)], as: UTF8.self))
        }
        #expect(
            seen == ["Ｏ", "Ｋ", "贪", "污", "㈱", "㈱", "㈱", "ﬁ", "ﬁ", "臺", "灣", "é", "😂", "😂"])
    }

    @Test func `gaps say what was dropped before a unit`() {
        let normal = TextNormalizer.shared.normalized("贪 污*腐 *.-败")
        #expect(Array(normal.gaps[..<normal.count]) == [[], .space, .symbol, [.space, .symbol, .wide]])
    }

    @Test(arguments: 0..<60)
    func `the fast way and ICU agree, and offsets are those of characters`(seed: Int) {
        var random = Seeded(seed)
        let alphabet: [Unicode.Scalar] = Array(
            "村路灯坏了低保，。！？ *.·-３０AbＣ東後乾\n\r\u{200B}\u{3000}😂👍🏻½㈱ﬁé\u{301}カﾞ각ᄀ".unicodeScalars)
        var text = ""
        for _ in 0..<random.next(40) { text.unicodeScalars.append(alphabet[random.next(alphabet.count)]) }
        let whole = TextNormalizer.shared.normalized(text)
        // A character that needs ICU sends the text the slow way; the part before it must come out alike.
        let slow = TextNormalizer.shared.normalized(text + "㈱")
        #expect(slow.string == whole.string + "(株)" || text.unicodeScalars.last.map { $0.value == 0x1100 } == true)
        var starts: Set<Int> = []
        var offset = 0
        for scalar in text.unicodeScalars {
            starts.insert(offset)
            offset += UTF8.width(scalar)
        }
        starts.insert(offset)
        for unit in 0..<whole.count {
            let source = whole.original(unit..<unit + 1)
            #expect(starts.contains(source.lowerBound) && starts.contains(source.upperBound) && !source.isEmpty)
            if unit > 0 { #expect(whole.starts[unit] >= whole.starts[unit - 1]) }
        }
    }
}

/// A small generator with a seed, so that a failing case can be repeated.
struct Seeded {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    /// 0 ..< bound.
    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % max(1, bound)
    }
}
