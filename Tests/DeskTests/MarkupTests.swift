import Testing

@testable import Desk

struct MarkupTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let shown: String
        var testDescription: String { shown }
    }

    @Test(arguments: [
        Row(text: "<script>alert(1)</script>", shown: "&lt;script&gt;alert(1)&lt;/script&gt;"),
        Row(text: "\" onfocus=\"x", shown: "&quot; onfocus=&quot;x"),
        Row(text: "it's & so", shown: "it&#39;s &amp; so"),
        Row(text: "a\u{202E}b", shown: "a⟪U+202E⟫b"), Row(text: "\u{1B}[31m红", shown: "⟪U+1B⟫[31m红"),
        Row(text: "贪\u{200B}污", shown: "贪⟪U+200B⟫污"), Row(text: "\u{FEFF}低保", shown: "⟪U+FEFF⟫低保"),
        Row(text: "\u{E0041}x", shown: "⟪U+E0041⟫x"), Row(text: "一\r\n二\t三", shown: "一\n二\t三"),
        Row(text: "👨‍👩‍👧", shown: "👨‍👩‍👧"), Row(text: "路灯坏了，没人管！", shown: "路灯坏了，没人管！"), Row(text: "", shown: ""),
    ])
    func `text is shown as text`(_ row: Row) {
        let text = row.text
        let html: Markup = "<p title=\"\(text)\">\(text)</p>"
        #expect(String(decoding: html.bytes, as: UTF8.self) == "<p title=\"\(row.shown)\">\(row.shown)</p>")
    }

    @Test func `markup goes into markup as it is`() {
        let less = "<"
        let inner: Markup = "<b>\(less)</b>"
        let html: Markup = "<p>\(inner)\(42)</p>"
        #expect(String(decoding: html.bytes, as: UTF8.self) == "<p><b>&lt;</b>42</p>")
    }

    @Test(arguments: 0..<50)
    func `no text ever opens a tag or leaves an attribute`(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let alphabet: [Unicode.Scalar] = [
            "<", ">", "\"", "'", "&", "村", "\u{202E}", "\u{200B}", "\u{7F}", "\u{85}", "x", "\u{1F600}",
        ]
        let text = String(
            String.UnicodeScalarView((0..<200).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }))
        let shown = Markup(text: text).bytes
        #expect(!shown.contains { [0x3C, 0x3E, 0x22, 0x27].contains($0) })
        #expect(String(validating: shown, as: UTF8.self) != nil)
    }
}
