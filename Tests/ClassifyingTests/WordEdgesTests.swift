import ChineseText
@testable import Classifying
import Messages
import Testing

struct WordEdgesTests {
    /// The stretch in brackets widens to the one in corners.
    @Test(arguments: [
        ("卖了四[十万]块", "卖了「四十万」块"), ("打1[23]45问", "打「12345」问"), ("基[本农田]上", "「基本农田」上"), ("[没有]水", "「没有」水"),
        ("[路灯]", "「路灯」"), ("修[路]", "修「路」"),
    ])
    func `what cuts a word or a number is widened to it`(_ row: (String, String)) {
        let plain = row.0.filter { !"[]".contains($0) }
        var copy = plain
        var text = NormalizedText()
        copy.withUTF8 { TextNormalizer.shared.normalize($0, into: &text) }
        let units = Array(row.0.utf16)
        let start = units.firstIndex(of: 0x5B) ?? 0
        let end = (units.firstIndex(of: 0x5D) ?? 1) - 1
        let wide = WordEdges.widened(start..<end, in: text)
        let marked =
            String(decoding: text.units[..<wide.lowerBound], as: UTF16.self) + "「"
            + String(decoding: text.units[wide], as: UTF16.self) + "」"
            + String(decoding: text.units[wide.upperBound..<text.count], as: UTF16.self)
        #expect(marked == row.1)
    }
}
