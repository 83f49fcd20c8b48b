/// What the segmenter asks of a single code unit, one look-up each.
struct UnitKinds: OptionSet, Sendable {
    let rawValue: UInt8

    /// A Han character of the BMP, 〇 and 々 among them.
    static let han = UnitKinds(rawValue: 1)
    /// 零〇一二…九十百千万亿两.
    static let numeral = UnitKinds(rawValue: 2)
    /// 十百千万亿.
    static let multiplier = UnitKinds(rawValue: 4)
    /// Stands by itself when no word of the table holds it: particles, adverbs, pronouns, measures.
    static let loner = UnitKinds(rawValue: 8)
    /// Punctuation that is a piece of its own whatever stands beside it.
    static let plain = UnitKinds(rawValue: 16)
    /// `0`…`9`.
    static let digit = UnitKinds(rawValue: 32)
    /// What a fixed span can begin with: a digit, `@`, `[`, h, w, — and ….
    static let opener = UnitKinds(rawValue: 64)

    /// By code unit.
    static let table: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 65_536)
        func add(_ kind: UnitKinds, _ units: some Sequence<UInt16>) {
            for unit in units { table[Int(unit)] |= kind.rawValue }
        }
        add(.han, 0x3400...0x4DBF)
        add(.han, 0x4E00...0x9FFF)
        add(.han, 0xF900...0xFAFF)
        add(.han, [0x3005, 0x3007])
        add(.numeral, "零〇一二三四五六七八九十百千万亿两".utf16)
        add(.multiplier, "十百千万亿".utf16)
        add(
            .loner,
            """
            的了是在和与也就都不有被把从对向为以及而但或于之其这那此该每各某我你他她它们吗呢吧啊呀很最更又再已将会能要可没到说着过得地一二三四五六七八九十百千万亿\
            两几多个位种次年月日时后前中上下里内外等并则却仍还才只给让使由因所者第
            """.utf16)
        add(.plain, "、。，！？；：（）《》〈〉「」『』【】“”".utf16)
        add(.digit, 0x30...0x39)
        add(.opener, 0x30...0x39)
        add(.opener, 0xFF10...0xFF19)
        add(.opener, "@[hHwW—…".utf16)
        return table
    }()
}
