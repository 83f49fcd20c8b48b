internal import CICU

/// The words, their costs, how names are made, and the weights that join what is left over.
///
/// It lies in the program's read-only data, which the loader maps: there is no start to wait for and no file to miss.
/// Costs are -log of a frequency in 1/128. The layout is that of `Scripts/make-word-table.py`.
///
/// `@unchecked`: the pointers lead into constant data that lives as long as the process.
struct WordTable: @unchecked Sendable {
    /// One slot of the double-array trie.
    struct Slot {
        /// Where the children's slots begin; 0: none.
        let base: UInt32
        /// The parent's slot << 12 | the cost of the word that ends here, 0: none does.
        let check: UInt32
    }

    /// The roles that a character has in names, in the order of their tables.
    enum Role: Int {
        case surname, givenAlone, givenFirst, givenSecond, foreign
    }

    /// Per BMP code unit the character's number, 0 for those of no word.
    let classes: UnsafePointer<UInt16>
    let slots: UnsafePointer<Slot>
    let slotCount: Int
    private let roles: UnsafePointer<UInt8>
    private let classCount: Int
    /// Four weights (begin, middle, end, single) in each of 65,536 buckets.
    let joins: UnsafePointer<Int8>

    static let shared = WordTable()

    private init() {
        guard let table = cwords_table() else { preconditionFailure("the program has no table of words") }
        let start = UnsafeRawPointer(table)
        func number(_ offset: Int) -> Int { Int(start.load(fromByteOffset: offset, as: UInt32.self)) }
        // The file is made by a script and compiled in: a wrong one is a bug of the build, and shows in the first test.
        precondition(
            start.loadUnaligned(as: UInt64.self) == 0x3153_4452_4F57_534D && number(28) + 4 << 16 <= Int(cwords_size()),
            "words.bin is no table of words; make it with Scripts/make-word-table.py")
        classCount = number(8)
        slotCount = number(12)
        classes = (start + number(16)).assumingMemoryBound(to: UInt16.self)
        slots = (start + number(20)).assumingMemoryBound(to: Slot.self)
        roles = (start + number(24)).assumingMemoryBound(to: UInt8.self)
        joins = (start + number(28)).assumingMemoryBound(to: Int8.self)
    }

    /// What a character costs in a role, or nil where it doesn't play it.
    @inline(__always)
    func cost(of character: UInt16, as role: Role) -> Int? {
        let cost = roles[role.rawValue * classCount + Int(character)]
        return cost == 255 ? nil : Int(cost) * 8
    }

    /// The slot of a child, or nil; `slot` 0 is the root.
    @inline(__always)
    func child(of slot: Int, _ character: UInt16) -> Int? {
        let next = Int(slots[slot].base) + Int(character)
        guard character != 0, next < slotCount, Int(slots[next].check >> 12) == slot else { return nil }
        return next
    }

    /// The cost of the word that ends at a slot, 0 when none does.
    @inline(__always)
    func cost(at slot: Int) -> Int { Int(slots[slot].check & 0xFFF) }
}

extension WordSegmenter {
    /// Whether a word stands in the table of words, user words left out.
    ///
    /// In the units of its normal form.
    public static func isListed(_ word: some Sequence<UInt16>) -> Bool { WordCosts.cost(of: word) != nil }
}
