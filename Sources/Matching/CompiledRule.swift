internal import ChineseText
internal import Lexicons
internal import Messages

/// A rule with its words in normal form.
struct CompiledRule: Sendable {
    let id: String
    let effect: RuleMatch.Effect
    /// For each condition the index of its word group.
    let groups: [Int]
    let within: Int
    let across: Bool
    let ordered: Bool
    let unless: [[UInt16]]
    let unlessAnywhere: [[UInt16]]
    let notAfter: [[UInt16]]
    let notBefore: [[UInt16]]
    let protect: [[UInt16]]
    let boundaries: Rule.Boundaries
    let pattern: Pattern?
    /// The group of the words of which one must be there before the pattern is tried; nil without a pattern.
    let requires: Int?

    /// All groups that must be hit before the rule is looked at.
    var gate: [Int] { requires.map { groups + [$0] } ?? groups }
}

/// Distinct lists of words: what conditions are compiled to. A list that many rules share is one group.
struct WordGroups {
    private(set) var terms: [[UInt16]] = []
    private(set) var groups: [[Int]] = []
    private var termIndex: [[UInt16]: Int] = [:]
    private var groupIndex: [[Int]: Int] = [:]

    private var folded: [String: [UInt16]] = [:]

    /// The normal form of a word; shared sets come by again and again.
    mutating func units(_ word: String) -> [UInt16] {
        if let known = folded[word] { return known }
        let units = TextNormalizer.shared.units(word)
        folded[word] = units
        return units
    }

    /// The group of these words, made if it is new.
    mutating func group(of words: [String]) -> Int {
        var ids: Set<Int> = []
        for word in words {
            let units = units(word)
            guard !units.isEmpty else { continue }
            if let id = termIndex[units] {
                ids.insert(id)
            } else {
                termIndex[units] = terms.count
                ids.insert(terms.count)
                terms.append(units)
            }
        }
        let key = ids.sorted()
        if let group = groupIndex[key] { return group }
        groupIndex[key] = groups.count
        groups.append(key)
        return groups.count - 1
    }
}
