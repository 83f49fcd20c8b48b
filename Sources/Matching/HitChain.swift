/// Finds hits, one for each condition of a rule, near enough to each other and in the right order.
///
/// The hits form a chain: each begins where the one before has ended or later, at most `within` units after it, in the same
/// sentence unless the rule reaches across. One pass over the hits; a hit looks back over `within` units only. The buffers
/// are reused from rule to rule.
struct HitChain {
    /// A rule that fires in more sentences than this has said enough.
    private static let most = 8
    /// A set of conditions that no chain ends in here.
    private static let none: Int32 = -2

    private var within = 0
    private var across = false
    private var ordered = false
    /// The set of all conditions, and how many sets there are: two to the number of conditions.
    private var all = 0
    private var sets = 1
    private var spans: [Range<Int>] = []
    private var sentences: [Int] = []
    /// For each hit and each set of conditions met up to it: the hit before, -1 for the first, or `none`.
    private var before: [Int32] = []
    /// For each of the same: the condition that this hit meets.
    private var condition: [UInt8] = []
    private var lastSentence = -1
    /// The chains found, at most one for each sentence that a chain ends in; spans in text order.
    private(set) var found: [[Range<Int>]] = []

    /// Starts anew for a rule.
    mutating func begin(_ rule: CompiledRule) {
        within = rule.within
        across = rule.across
        ordered = rule.ordered
        sets = 1 << rule.groups.count
        all = sets - 1
        found.removeAll(keepingCapacity: true)
        lastSentence = -1
        forget()
    }

    /// Starts anew for a rule with some of its limits lifted, to see which of them keeps it from firing.
    mutating func begin(_ rule: CompiledRule, within: Int, across: Bool, ordered: Bool) {
        begin(rule)
        (self.within, self.across, self.ordered) = (within, across, ordered)
    }

    private mutating func forget() {
        spans.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        before.removeAll(keepingCapacity: true)
        condition.removeAll(keepingCapacity: true)
    }

    /// Adds the next hit in the order of the text, with the bits of the conditions that its word meets.
    mutating func add(_ span: Range<Int>, conditions: UInt8, in view: TextView) {
        guard found.count < Self.most else { return }
        let sentence = view.sentence(of: span.lowerBound).lowerBound
        guard sentence != lastSentence else { return }
        let index = spans.count
        let base = index * sets
        spans.append(span)
        sentences.append(sentence)
        for _ in 0..<sets {
            before.append(Self.none)
            condition.append(0)
        }
        for bit in 0..<5 where conditions >> UInt8(bit) & 1 != 0 {
            if !ordered || bit == 0, before[base + (1 << bit)] == Self.none {
                before[base + (1 << bit)] = -1
                condition[base + (1 << bit)] = UInt8(bit)
            }
            extend(index, with: bit)
        }
        guard before[base + all] != Self.none else { return }
        found.append(chain(endingAt: index))
        lastSentence = across ? -1 : sentence
        if across { forget() }
    }

    private mutating func extend(_ index: Int, with bit: Int) {
        let span = spans[index]
        let base = index * sets
        var other = index - 1
        while other >= 0 {
            let distance = span.lowerBound - spans[other].upperBound
            // Hits come in the order of their first unit; a word has at most some 40 units.
            if distance > within + 64 { break }
            if distance >= 0, distance <= within, across || sentences[other] == sentences[index] {
                for met in 1...all where met & (1 << bit) == 0 && before[other * sets + met] != Self.none {
                    if ordered, met != (1 << bit) - 1 { continue }
                    let now = base + (met | (1 << bit))
                    if before[now] == Self.none {
                        before[now] = Int32(other)
                        condition[now] = UInt8(bit)
                    }
                }
            }
            other -= 1
        }
    }

    private func chain(endingAt last: Int) -> [Range<Int>] {
        var chain: [Range<Int>] = []
        var index = last
        var met = all
        while index >= 0 {
            chain.append(spans[index])
            let place = index * sets + met
            met &= ~(1 << Int(condition[place]))
            index = Int(before[place])
        }
        return chain.reversed()
    }
}
