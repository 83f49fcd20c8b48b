/// Finds hits, one for each condition of a rule, near enough to each other and in the right order.
///
/// The hits form a chain: each begins where the one before has ended or later, at most `within` units after it, in the same
/// sentence unless the rule reaches across. One pass over the hits; a hit looks back over `within` units only.
struct HitChain {
    private struct Link {
        let span: Range<Int>
        let sentence: Int
        /// For each set of conditions met up to here: the link before (-1 for the first), or nil when it can't be.
        var before: [Int32?]
        /// For each set of conditions: the one that this hit meets.
        var condition: [UInt8]
    }

    private let within: Int
    private let across: Bool
    private let ordered: Bool
    private let all: Int
    private let view: TextView
    private var links: [Link] = []
    private var results: [[Range<Int>]] = []
    private var lastSentence = -1

    /// A rule that fires in more sentences than this has said enough.
    private static let most = 8

    init(rule: CompiledRule, view: TextView) {
        within = rule.within
        across = rule.across
        ordered = rule.ordered
        all = (1 << rule.groups.count) - 1
        self.view = view
    }

    /// Adds the next hit in the order of the text, with the bits of the conditions that its word meets.
    mutating func add(_ span: Range<Int>, conditions: UInt8) {
        guard results.count < Self.most else { return }
        let sentence = view.sentence(of: span.lowerBound).lowerBound
        guard sentence != lastSentence else { return }
        var link = Link(
            span: span, sentence: sentence, before: [Int32?](repeating: nil, count: all + 1),
            condition: [UInt8](repeating: 0, count: all + 1))
        for condition in 0..<8 where conditions >> UInt8(condition) & 1 != 0 {
            let bit = 1 << condition
            if !ordered || condition == 0, link.before[bit] == nil {
                link.before[bit] = -1
                link.condition[bit] = UInt8(condition)
            }
            extend(&link, with: condition)
        }
        links.append(link)
        if link.before[all] != nil {
            results.append(spans(endingAt: links.count - 1))
            lastSentence = across ? -1 : sentence
            if across { links.removeAll(keepingCapacity: true) }
        }
    }

    /// The chains found, at most one for each sentence that a chain ends in; spans in text order.
    func found() -> [[Range<Int>]] { results }

    private func extend(_ link: inout Link, with condition: Int) {
        let bit = 1 << condition
        for (index, other) in links.enumerated().reversed() {
            let distance = link.span.lowerBound - other.span.upperBound
            // Hits come in the order of their first unit; a word has at most some 40 units.
            if distance > within + 64 { break }
            guard distance >= 0, distance <= within, across || other.sentence == link.sentence else { continue }
            for met in 1...all where other.before[met] != nil && met & bit == 0 {
                if ordered, met != bit - 1 { continue }
                if link.before[met | bit] == nil {
                    link.before[met | bit] = Int32(index)
                    link.condition[met | bit] = UInt8(condition)
                }
            }
        }
    }

    private func spans(endingAt last: Int) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var index = last
        var met = all
        while index >= 0 {
            let link = links[index]
            spans.append(link.span)
            guard let before = link.before[met], before >= 0 else { break }
            met &= ~(1 << Int(link.condition[met]))
            index = Int(before)
        }
        return spans.reversed()
    }
}
