/// How common words are, by the table that the segmenter cuts with.
package enum WordCosts {
    /// -log of a word's frequency in 1/128; nil for what is no word of the table.
    package static func cost(of word: String) -> Int? { cost(of: word.utf16) }

    /// The same in the units of a word's normal form.
    package static func cost(of word: some Sequence<UInt16>) -> Int? {
        let table = WordTable.shared
        var slot = 0
        for unit in word {
            guard let next = table.child(of: slot, table.classes[Int(unit)]) else { return nil }
            slot = next
        }
        let cost = slot == 0 ? 0 : table.cost(at: slot)
        return cost == 0 ? nil : cost
    }

    /// True for one of the some three thousand commonest words.
    package static func isOrdinary(_ word: String) -> Bool { cost(of: word).map { $0 <= ordinary } ?? false }

    /// e^(-1250/128) = 57 in a million.
    private static let ordinary = 1250

    /// True for one of the some sixteen thousand commonest words (医生, 手机, 垃圾): one says nothing about what somebody complains of.
    package static func isCommon(_ word: String) -> Bool { cost(of: word).map { $0 <= common } ?? false }

    /// e^(-1550/128) = 5.5 in a million.
    private static let common = 1550

    /// True for a word in current use, met once in a million words or more (上午, 大塘); 仙霞 and 西川 are not.
    package static func isCurrent(_ word: some Sequence<UInt16>) -> Bool { cost(of: word).map { $0 < rare } ?? false }

    /// e^(-1768/128) = one in a million.
    private static let rare = 1768
}
