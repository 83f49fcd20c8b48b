/// A text laid out for the detectors: folded scalars, their place in the bytes, and what was claimed so far.
///
/// A claimed scalar reads as ``barrier``, so that no later detector looks across it. A mask that stands in the text
/// already is a barrier from the start: this is why masking twice is masking once.
struct MaskScan {
    /// One stretch that a detector claimed, in scalars.
    struct Claim {
        var range: Range<Int>
        var kind: MaskKind
    }

    /// What a claimed scalar reads as; no detector matches it, and it counts as a boundary.
    static let barrier: UInt32 = 0
    /// The block that a mask begins and ends with.
    static let block: UInt32 = 0x25AE

    /// The scalars, full-width ASCII folded to ASCII and letters to lower case.
    private(set) var scalars: [UInt32] = []
    /// The byte offset of each scalar, and one more: the length.
    private(set) var offsets: [Int] = []
    /// What was claimed, in the order of finding.
    private(set) var claims: [Claim] = []

    /// Lays out a text.
    init(_ text: String) {
        scalars.reserveCapacity(text.utf8.count / 2)
        offsets.reserveCapacity(text.utf8.count / 2)
        var offset = 0
        for scalar in text.unicodeScalars {
            scalars.append(Self.folded(scalar.value))
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
        barOldMasks()
    }

    /// The number of scalars.
    var count: Int { scalars.count }

    /// The scalar at a place; the barrier outside the text, so that detectors need no bounds.
    subscript(place: Int) -> UInt32 {
        place >= 0 && place < scalars.count ? scalars[place] : Self.barrier
    }

    /// Takes a stretch, unless it is empty.
    mutating func claim(_ range: Range<Int>, as kind: MaskKind) {
        guard !range.isEmpty else { return }
        claims.append(Claim(range: range, kind: kind))
        for place in range { scalars[place] = Self.barrier }
    }

    /// True when the word stands at the place.
    func has(_ word: [UInt32], at place: Int) -> Bool {
        guard place >= 0, place + word.count <= scalars.count else { return false }
        for index in word.indices where scalars[place + index] != word[index] { return false }
        return true
    }

    /// The place after blanks.
    func skippingBlanks(from place: Int) -> Int {
        var place = place
        while Scalars.isBlank(self[place]) { place += 1 }
        return place
    }

    private mutating func barOldMasks() {
        let words = MaskKind.allCases.map { Scalars.of($0.word) }
        var place = 0
        while place < count {
            if scalars[place] == Self.block,
                let word = words.first(where: { has($0, at: place + 1) && self[place + 1 + $0.count] == Self.block })
            {
                let end = place + word.count + 2
                for inner in place..<end { scalars[inner] = Self.barrier }
                place = end
            } else {
                place += 1
            }
        }
    }

    private static func folded(_ value: UInt32) -> UInt32 {
        switch value {
        // NUL would read as a barrier, which is what it is.
        case 0x41...0x5A: value + 0x20
        case 0xFF21...0xFF3A: value - 0xFEE0 + 0x20
        case 0xFF01...0xFF5E: value - 0xFEE0
        case 0x3000: 0x20
        default: traditional[value] ?? value
        }
    }

    /// The Traditional characters that surnames and cues are written with; the detectors know the Simplified ones.
    private static let traditional: [UInt32: UInt32] = {
        let pairs =
            "陳陈張张劉刘黃黄趙赵吳吴孫孙羅罗鄭郑謝谢韓韩許许鄧邓馮冯葉叶盧卢蔣蒋蘇苏賴赖鍾钟鐘钟譚谭鄒邹陸陆龔龚嚴严錢钱湯汤龍龙莊庄蕭萧賈贾"
            + "閻阎餘余範范顧顾萬万塗涂歐欧駱骆聯联話话號号電电機机媽妈爺爷兒儿親亲婦妇戶户樓楼單单棟栋閩闽粵粤遼辽魯鲁貴贵雲云"
            + "組组隊队書书記记會会計计長长鎮镇鄉乡證证帳帐賬账銀银歲岁養养領领醫医"
        let values = Scalars.of(pairs)
        var table: [UInt32: UInt32] = [:]
        for index in stride(from: 0, to: values.count - 1, by: 2) where values[index] != values[index + 1] {
            table[values[index]] = values[index + 1]
        }
        return table
    }()
}

/// Words to look for at one place, the longest first.
struct WordSet {
    /// By the first scalar; nearly every place of a text ends the search there.
    private let byFirst: [UInt32: [[UInt32]]]
    private let byLast: [UInt32: [[UInt32]]]

    /// Reads words that are separated by blanks or line ends.
    init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map { Scalars.of(String($0)) }
            .sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: words) { $0[0] }
        byLast = Dictionary(grouping: words) { $0[$0.count - 1] }
    }

    /// The length of the longest word that begins at the place.
    func length(at place: Int, in scan: MaskScan) -> Int? {
        byFirst[scan[place]]?.first { scan.has($0, at: place) }?.count
    }

    /// The length of the longest word that ends right before the place, if no longer than the limit.
    func length(before place: Int, limit: Int = .max, in scan: MaskScan) -> Int? {
        byLast[scan[place - 1]]?.first { $0.count <= limit && scan.has($0, at: place - $0.count) }?.count
    }
}

/// The character classes that the detectors share, on folded scalars.
enum Scalars {
    static func of(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    static func isDigit(_ value: UInt32) -> Bool { value >= 0x30 && value <= 0x39 }
    static func isLetter(_ value: UInt32) -> Bool { value >= 0x61 && value <= 0x7A }
    static func isHan(_ value: UInt32) -> Bool {
        (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF)
            || (value >= 0x20000 && value <= 0x323AF) || value == 0x3007
    }

    /// Blanks on one line, the zero-width ones included.
    static func isBlank(_ value: UInt32) -> Bool {
        switch value {
        case 0x20, 0x09, 0xA0, 0x2000...0x200D, 0x202F, 0x205F, 0x2060, 0xFEFF: true
        default: false
        }
    }

    static func isLineEnd(_ value: UInt32) -> Bool { value == 0x0A || value == 0x0D || value == 0x2028 }
    static func isDash(_ value: UInt32) -> Bool {
        switch value {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x30FC, 0x7E, 0x5F, 0x2E, 0xB7, 0x2F: true
        default: false
        }
    }
    static func isStar(_ value: UInt32) -> Bool {
        value == 0x2A || value == 0x78 || value == 0xD7 || value == 0x2022 || value == 0x25CF || value == 0x2217
    }

    /// Whatever ends a clause: punctuation, blanks, line ends, the barrier, symbols.
    static func isBoundary(_ value: UInt32) -> Bool {
        !isHan(value) && !isDigit(value) && !isLetter(value)
    }

    private static let numerals = Set(of("一二三四五六七八九十百〇零两"))
    static func isHanNumeral(_ value: UInt32) -> Bool { numerals.contains(value) }
    static func isNumeral(_ value: UInt32) -> Bool { isDigit(value) || isHanNumeral(value) }
}
